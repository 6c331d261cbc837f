package lists

import (
	"context"
	"strconv"

	tea "charm.land/bubbletea/v2"

	"viberdeck/model"
	"viberdeck/ui/compose"
	"viberdeck/ui/kit"
	"viberdeck/ui/lang"
	"viberdeck/ui/person"
)

// importList asks for a file of phones, says which are new, already there or invalid, and blocks
// the new ones after their number has been typed.
func (s *Blacklist) importList() tea.Cmd {
	d := s.D
	return compose.AskList(d, d.Tr("Block the people of which file? CSV, the first line names the columns"),
		d.Tr("will not be blocked"), func(a model.Audience) tea.Cmd {
			phones := a.People.Phones()
			store := d.Store
			return kit.Ask(d, new(kit.Slot), func(ctx context.Context) ([]model.Phone, error) {
				return store.NotBlocked(ctx, phones, nil)
			}, func(fresh []model.Phone, err error) tea.Cmd {
				switch {
				case err != nil:
					return d.Fail(err)
				case len(fresh) == 0:
					return d.Say(d.Tr("nobody is new: %s already there, %s invalid", lang.Count(int64(len(phones))),
						lang.Count(a.Invalid)))
				}
				return s.askReason(d.Tr("Why are they blocked?"),
					func(reason string) tea.Cmd { return s.confirmImport(fresh, len(phones)-len(fresh), a, reason) })
			})
		})
}

func (s *Blacklist) confirmImport(fresh []model.Phone, already int, a model.Audience, reason string) tea.Cmd {
	d := s.D
	n := int64(len(fresh))
	number := d.Plural(n, "phone", "phones")
	lines := []string{
		d.Tr("%s new · %s already there · %s invalid · %s given twice", lang.Count(n), lang.Count(int64(already)),
			lang.Count(a.Invalid), lang.Count(a.Duplicates)),
		d.Tr("%s will get nothing more, from any vendor.", number)}
	lines = append(append(lines, listed(d, fresh)...), d.Tr("Reason: %s", reason))
	d.Open(kit.NewConfirm(d, d.Tr("Block %s?", number), lines, strconv.Itoa(len(fresh)), d.Tr("the number of phones"),
		func() tea.Cmd {
			store, operator := d.Store, d.Operator
			return kit.Ask(d, new(kit.Slot), func(ctx context.Context) (int, error) {
				return store.Block(ctx, operator, fresh, reason, nil, model.SourceImport)
			}, func(added int, err error) tea.Cmd { return s.blocked(added, len(fresh), fresh, err) })
		}))
	return nil
}

// blocked reports the result of blocking several phones.
func (s *Blacklist) blocked(added, wanted int, phones []model.Phone, err error) tea.Cmd {
	d := s.D
	if err != nil {
		return tea.Batch(s.Again(), d.Fail(err))
	}
	return tea.Batch(s.Again(), d.Say(d.Tr("blocked: %s; blocked before: %s", d.Plural(int64(added), "phone", "phones"),
		lang.Count(int64(wanted-added)))), person.StillReached(d, phones))
}
