package campaigns

import "encoding/json"

// campaignsMemory is the state with which Campaigns opens: the list's place, and the part of the
// open campaign that was in front.
type campaignsMemory struct {
	List   string `json:"list"`
	Open   bool   `json:"open,omitempty"`
	Pane   int    `json:"pane,omitempty"`
	People string `json:"people,omitempty"`
}

// Memory returns the state for the next session.
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

// Restore continues with the state of the previous session.
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
