package campaigns

import (
	"context"
	"strings"

	tea "charm.land/bubbletea/v2"

	"viberdeck/model"
	"viberdeck/ui/kit"
	"viberdeck/ui/term"
)

// actChoose chooses the campaign whose figures are shown.
const actChoose kit.Action = "choose a campaign"

// offered is how many campaigns are offered at once: the newest of those that match.
const offered = 50

// choose asks for a part of a campaign's name or its id, and opens the only match, or offers those
// that match.
func (s *Statistics) choose() tea.Cmd {
	d := s.d
	s.d.Open(kit.NewPrompt(d, d.Tr("Which campaign?"), d.Tr("a part of its name, or its id; empty: the newest"), nil,
		func(typed string) (tea.Cmd, error) {
			var f model.Filter
			if typed = strings.TrimSpace(typed); typed != "" {
				var err error
				if f, err = model.ParseFilter(`campaign:"`+strings.ReplaceAll(typed, `"`, "")+`"`, d.Now,
					d.Zone); err != nil {
					return nil, err
				}
			}
			return s.offer(f), nil
		}))
	return nil
}

// offer reads the campaigns that match.
func (s *Statistics) offer(f model.Filter) tea.Cmd {
	store, operator := s.d.Store, s.d.Operator
	return kit.Ask(s.d, &s.newest, func(ctx context.Context) (model.Page[model.Campaign], error) {
		return store.Campaigns(ctx, model.PageRequest{Filter: f, Limit: offered, Operator: operator})
	}, func(p model.Page[model.Campaign], err error) tea.Cmd {
		switch {
		case err != nil:
			return s.d.Fail(err)
		case len(p.Rows) == 0:
			return s.d.Say(s.d.Tr("no campaign matches"))
		case len(p.Rows) == 1:
			return s.about(p.Rows[0])
		}
		choices := make([]kit.Choice, len(p.Rows))
		for i, c := range p.Rows {
			at := c.SendAt
			if at.IsZero() {
				at = c.CreatedAt
			}
			choices[i] = kit.Choice{Name: term.Clip(c.Title(), 40), Note: c.Account + " · " + s.d.When(at)}
		}
		s.d.Open(kit.NewPicker(s.d, s.d.Tr("Which campaign?"), choices, false, func(i int, _ string) tea.Cmd {
			return s.about(p.Rows[i])
		}))
		return nil
	})
}

// about shows the figures of a campaign, here and in Recipients.
func (s *Statistics) about(c model.Campaign) tea.Cmd {
	s.focus.Opened, s.part, s.scroll = c, 0, 0
	return s.Show()
}
