package ui

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"viberdeck/model"
)

// statistics shows the figures of the opened campaign, or else of the one under the cursor of Campaigns, or else of the
// newest one.
type statistics struct {
	d       *deck
	figures *figures
	newest  slot
	scroll  int
	none    bool // there is no campaign at all
}

func newStatistics(d *deck) *statistics { return &statistics{d: d, figures: newFigures(d)} }

func (s *statistics) name() (string, string) { return "Statistics", "Stats" }
func (s *statistics) keys() [][]binding      { return [][]binding{scrollKeys} }

func (s *statistics) show() tea.Cmd {
	c := s.d.campaign
	if c.ID == 0 {
		c = s.d.near
	}
	if c.ID != 0 {
		return s.figures.about(c)
	}
	store := s.d.Store
	return ask(s.d, &s.newest, func(ctx context.Context) (model.Page[model.Campaign], error) {
		return store.Campaigns(ctx, model.PageRequest{Limit: 1})
	}, func(p model.Page[model.Campaign], err error) tea.Cmd {
		if err != nil {
			return s.d.fail(err)
		}
		if s.none = len(p.Rows) == 0; s.none {
			return nil
		}
		return s.figures.about(p.Rows[0])
	})
}

func (s *statistics) changed(topics []model.Topic) tea.Cmd {
	for _, t := range topics {
		if t == model.TopicCampaigns || t == model.TopicRecipients {
			return s.show()
		}
	}
	return nil
}

func (s *statistics) why(action) string     { return "" }
func (s *statistics) typing() bool          { return false }
func (s *statistics) typed(tea.Msg) tea.Cmd { return nil }
func (s *statistics) freshness() freshness  { return s.figures.freshness() }
func (s *statistics) memory() string        { return "" }
func (s *statistics) recall(string)         {}
func (s *statistics) counting() bool        { return false }

// back lets go of the opened campaign.
func (s *statistics) back() (tea.Cmd, bool) {
	if s.d.campaign.ID == 0 {
		return nil, false
	}
	s.d.campaign = model.Campaign{}
	return s.show(), true
}

func (s *statistics) do(a action) tea.Cmd {
	s.scroll = max(0, s.scroll+map[action]int{actUp: -1, actDown: 1, actPageUp: -10, actPageDown: 10}[a])
	return nil
}

func (s *statistics) view(w, h int) []string {
	if s.none {
		return []string{"", " No campaign is known yet. Choose one in Campaigns with Enter."}
	}
	lines := s.figures.lines(w-2, h)
	s.scroll = max(0, min(s.scroll, len(lines)-h))
	return indent(lines[s.scroll:], " ")
}
