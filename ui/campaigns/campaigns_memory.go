package campaigns

import "encoding/json"

// campaignsMemory is what Campaigns opens with: the list's place, and the campaign's part that was
// in front.
type campaignsMemory struct {
	List   string `json:"list"`
	Open   bool   `json:"open,omitempty"`
	Pane   int    `json:"pane,omitempty"`
	People string `json:"people,omitempty"`
}

// Memory gives what the screen remembers until the next session.
func (s *Campaigns) Memory() string {
	m := campaignsMemory{List: s.List.Memory()}
	if s.Open != nil && s.Open.campaign.ID == s.focus.Opened.ID {
		m.Open, m.Pane, m.People = true, s.Open.Pane, s.Open.people.Memory()
	}
	text, err := json.Marshal(m)
	if err != nil {
		return ""
	}
	return string(text)
}

// Restore goes on with what the session before remembered.
func (s *Campaigns) Restore(text string) {
	var m campaignsMemory
	if s.Loaded || json.Unmarshal([]byte(text), &m) != nil {
		return
	}
	s.List.Restore(m.List)
	if !m.Open || s.focus.Opened.ID == 0 || m.Pane < 0 || m.Pane >= panes {
		return
	}
	s.Open = NewCampaignPage(s.D, s.focus, s.focus.Opened)
	s.Open.Pane = m.Pane
	s.Open.people.Restore(m.People)
}
