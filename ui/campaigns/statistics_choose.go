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

// offered is how many campaigns are offered at once, the newest matches.
const offered = 50

// choose asks which campaign's figures are shown.
func (s *Statistics) choose() tea.Cmd {
	s.d.Open(kit.NewPrompt(s.d, s.d.Tr("Which campaign?"),
		s.d.Tr("a part of its name, or its id; empty: the newest"), nil,
		func(typed string) (tea.Cmd, error) { return findCampaign(s.d, &s.newest, typed, s.about) }))
	return nil
}

// Find opens the only campaign with this id or this part of its name, or offers the matches.
func (s *Campaigns) Find(typed string) (tea.Cmd, error) {
	return findCampaign(s.D, &s.sought, typed, s.show)
}

// findCampaign reads the campaigns with an id or a part of a name, and takes the only match or
// offers the matches.
func findCampaign(d *kit.Deck, slot *kit.Slot, typed string, take func(model.Campaign) tea.Cmd) (tea.Cmd, error) {
	var f model.Filter
	if typed = strings.TrimSpace(typed); typed != "" {
		var err error
		if f, err = model.ParseFilter(`campaign:"`+strings.ReplaceAll(typed, `"`, "")+`"`, d.Now, d.Zone); err != nil {
			return nil, err
		}
	}
	store, operator := d.Store, d.Operator
	return kit.Ask(d, slot, func(ctx context.Context) (model.Page[model.Campaign], error) {
		return model.CampaignRows().Read(ctx, store, model.PageRequest{Filter: f, Limit: offered, Operator: operator})
	}, func(p model.Page[model.Campaign], err error) tea.Cmd {
		switch {
		case err != nil:
			return d.Fail(err)
		case len(p.Rows) == 0:
			return d.Say(d.Tr("no campaign matches"))
		case len(p.Rows) == 1:
			return take(p.Rows[0])
		}
		offer(d, p.Rows, take)
		return nil
	}), nil
}

// offer asks the person to choose one of several campaigns.
func offer(d *kit.Deck, all []model.Campaign, take func(model.Campaign) tea.Cmd) {
	choices := make([]kit.Choice, len(all))
	for i, c := range all {
		at := c.SendAt
		if at.IsZero() {
			at = c.CreatedAt
		}
		choices[i] = kit.Choice{Name: term.Clip(c.Title(), 40), Note: c.Account + " · " + d.When(at)}
	}
	d.Open(kit.NewPicker(d, d.Tr("Which campaign?"), choices, func(i int, _ string) tea.Cmd {
		return take(all[i])
	}))
}

// about shows the figures of a campaign, here and in Recipients.
func (s *Statistics) about(c model.Campaign) tea.Cmd {
	s.focus.Opened, s.part, s.pager.Top = c, 0, 0
	return s.Show()
}
