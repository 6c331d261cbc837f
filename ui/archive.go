package ui

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"viberdeck/model"
)

const actArchive action = "archive"

// archivable gives the campaigns that the key is for, and whether they come out of the archive.
func (s *campaigns) archivable() (chosen []model.Campaign, out bool) {
	if s.open != nil {
		chosen = []model.Campaign{s.open.campaign}
	} else {
		chosen = s.grid.chosen()
	}
	for _, c := range chosen {
		if !c.Archived {
			return chosen, false
		}
	}
	return chosen, true
}

// whyNotArchive tells why the campaign cannot be put away. Of marked ones the store tells it.
func (s *campaigns) whyNotArchive(c model.Campaign) string {
	if c.Archived || c.Archivable() || s.open == nil && len(s.grid.marks) > 0 {
		return ""
	}
	return s.d.tr("it is not over (%s): only a campaign that is over can be put away",
		s.d.word("state", string(c.State)))
}

// archive puts campaigns away, or takes them out again: lists leave them out. It costs nothing and
// can be undone.
func (s *campaigns) archive() tea.Cmd {
	chosen, out := s.archivable()
	ids := make([]model.CampaignID, len(chosen))
	for i, c := range chosen {
		ids[i] = c.ID
	}
	d, store, operator := s.d, s.d.Store, s.d.Operator
	return act(d, func(ctx context.Context) error { return store.Archive(ctx, operator, ids, !out) },
		func(err error) tea.Cmd {
			if err != nil {
				return d.fail(err)
			}
			clear(s.grid.marks)
			number := d.plural(int64(len(ids)), "campaign", "campaigns")
			told := d.tr("put away: %s; is:archived shows them, u takes it back", number)
			if out {
				told = d.tr("taken out of the archive: %s", number)
			}
			return tea.Batch(d.say(told), s.show())
		})
}
