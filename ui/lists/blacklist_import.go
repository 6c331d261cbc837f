package lists

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"viberdeck/model"
	"viberdeck/ui/compose"
	"viberdeck/ui/kit"
	"viberdeck/ui/lang"
)

// importList asks for a file of phones, says which are new, already there or invalid, and blocks
// the new ones after their number has been typed.
func (s *Blacklist) importList() tea.Cmd {
	d := s.D
	return compose.AskList(d, d.Tr("Block the people of which file? CSV, the first line names the columns"),
		d.Tr("will not be blocked"), func(list compose.List) tea.Cmd {
			phones := list.People.Phones()
			store := d.Store
			return kit.Ask(d, new(kit.Slot), func(ctx context.Context) (importing, error) {
				i := importing{list: list, Blocking: model.Blocking{Source: model.SourceImport}}
				i.Reasons, _ = list.People.Reasons(list.Reason)
				fresh, err := store.NotBlocked(ctx, phones, nil)
				i.Phones = fresh
				return i, err
			}, func(i importing, err error) tea.Cmd {
				switch {
				case err != nil:
					return d.Fail(err)
				case len(i.Phones) == 0:
					return d.Say(d.Tr("nobody is new: %s already there, %s invalid", lang.Count(int64(len(phones))),
						lang.Count(list.Invalid)))
				}
				i.already = len(phones) - len(i.Phones)
				return s.askImportReason(i)
			})
		})
}

// importing is a list whose new phones are to be blocked.
type importing struct {
	list    compose.List
	already int // phones of the list that are blocked
	model.Blocking
}

// unexplained is how many of the new phones have no reason of their own in the list.
func (i importing) unexplained() int {
	n := 0
	for _, p := range i.Phones {
		if i.Reasons[p] == "" {
			n++
		}
	}
	return n
}

// askImportReason asks why they are blocked, unless the list says so for each of them.
func (s *Blacklist) askImportReason(i importing) tea.Cmd {
	d, n := s.D, i.unexplained()
	heading := d.Tr("Why are they blocked?")
	switch {
	case n == 0:
		return s.confirmImport(i)
	case n < len(i.Phones):
		heading = d.Tr("Why are those blocked whose line names no reason (%s)?", d.Plural(int64(n), "phone", "phones"))
	}
	return s.askReason(heading, func(reason string) tea.Cmd {
		i.Reason = reason
		return s.confirmImport(i)
	})
}

func (s *Blacklist) confirmImport(i importing) tea.Cmd {
	d := s.D
	n := int64(len(i.Phones))
	number := d.Plural(n, "phone", "phones")
	lines := []string{
		d.Tr("%s new · %s already there · %s invalid · %s given twice", lang.Count(n), lang.Count(int64(i.already)),
			lang.Count(i.list.Invalid), lang.Count(i.list.Duplicates)),
		d.Tr("%s will get nothing more, from any vendor.", number)}
	for at, line := range listed(d, i.Phones) {
		if at < len(i.Phones) && i.Reasons[i.Phones[at]] != "" && at < mostListed {
			line += "  " + d.Discreet(i.Reasons[i.Phones[at]])
		}
		lines = append(lines, line)
	}
	if own := len(i.Phones) - i.unexplained(); own > 0 {
		lines = append(lines, d.Tr("Reasons: %s from the column “%s”", lang.Count(int64(own)), i.list.Reason))
	}
	if i.Reason != "" {
		lines = append(lines, d.Tr("Reason: %s", i.Reason))
	}
	s.confirmBlock(d.Tr("Block %s?", number), lines, true, i.Blocking)
	return nil
}
