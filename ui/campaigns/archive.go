package campaigns

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"viberdeck/model"
	"viberdeck/ui/kit"
)

const actArchive kit.Action = "archive"

// archivable returns the campaigns for the key, and whether they are taken out of the archive.
func (s *Campaigns) archivable() (chosen []model.Campaign, out bool) {
	if s.Open != nil {
		chosen = []model.Campaign{s.Open.campaign}
	} else {
		chosen = s.Grid.Chosen()
	}
	for _, c := range chosen {
		if !c.Archived {
			return chosen, false
		}
	}
	return chosen, true
}

// whyNotArchive says why the campaign cannot be archived. For marked ones the store says so.
func (s *Campaigns) whyNotArchive(c model.Campaign) string {
	if c.Archived || c.Archivable() || s.Open == nil && len(s.Grid.Marks) > 0 {
		return ""
	}
	return s.D.Tr("it is not over (%s): only a campaign that is over can be put away",
		s.D.Word("state", string(c.State)))
}

// archive archives campaigns, which hides them from lists, or takes them out again. It costs
// nothing and can be undone.
func (s *Campaigns) archive() tea.Cmd {
	chosen, out := s.archivable()
	ids, names := make([]model.CampaignID, len(chosen)), []string{}
	for i, c := range chosen {
		ids[i] = c.ID
		names = append(names, c.ID.String())
	}
	s.Changing(names...)
	d, store, operator := s.D, s.D.Store, s.D.Operator
	return kit.Act(d, func(ctx context.Context) error { return store.Archive(ctx, operator, ids, model.Switch(!out)) },
		func(err error) tea.Cmd {
			if err != nil {
				return d.Fail(err)
			}
			clear(s.Grid.Marks)
			number := d.Plural(int64(len(ids)), "campaign", "campaigns")
			text := d.Tr("archived: %s; is:archived shows them, u takes it back", number)
			if out {
				text = d.Tr("taken out of the archive: %s", number)
			}
			return tea.Batch(d.Say(text), s.Show())
		})
}
