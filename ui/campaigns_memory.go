package ui

import "encoding/json"

// campaignsMemory is what Campaigns opens with: the list's place, and the campaign's part that was
// in front.
type campaignsMemory struct {
	List   string `json:"list"`
	Open   bool   `json:"open,omitempty"`
	Pane   int    `json:"pane,omitempty"`
	People string `json:"people,omitempty"`
}

func (s *campaigns) memory() string {
	m := campaignsMemory{List: s.list.memory()}
	if s.open != nil && s.open.campaign.ID == s.focus.opened.ID {
		m.Open, m.Pane, m.People = true, s.open.pane, s.open.people.memory()
	}
	text, err := json.Marshal(m)
	if err != nil {
		return ""
	}
	return string(text)
}

func (s *campaigns) recall(text string) {
	var m campaignsMemory
	if s.loaded || json.Unmarshal([]byte(text), &m) != nil {
		return
	}
	s.list.recall(m.List)
	if !m.Open || s.focus.opened.ID == 0 || m.Pane < 0 || m.Pane >= panes {
		return
	}
	s.open = newCampaignPage(s.d, s.focus, s.focus.opened)
	s.open.pane = m.Pane
	s.open.people.recall(m.People)
}
