package lists

import (
	"context"
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"

	"viberdeck/model"
	"viberdeck/ui/kit"
	"viberdeck/ui/lang"
)

// compared is our blacklist beside that of one account's vendor.
type compared struct {
	account string
	all     []model.ComparedBlock
	model.Compared
}

// compare counts how our blacklist and the vendors' differ, and offers to align them.
func (s *Blacklist) compare() tea.Cmd {
	d := s.D
	var accounts []string
	var without []kit.Choice
	for _, a := range d.Accounts {
		caps, _ := d.Capabilities(a.Name)
		switch {
		case !caps.Can(model.ActBlacklistRead):
			without = append(without, kit.Choice{
				Name: a.Name, Note: d.Text(caps.Why(model.ActBlacklistRead)), Off: true})
		case !readOnce(d, a.Name):
			without = append(without, kit.Choice{
				Name: a.Name, Note: d.Tr("its blacklist has not been read yet"), Off: true})
		default:
			accounts = append(accounts, a.Name)
		}
	}
	store := d.Store
	return kit.Ask(d, new(kit.Slot), func(ctx context.Context) ([]compared, error) {
		var found []compared
		for _, account := range accounts {
			rows, err := store.CompareBlacklist(ctx, account)
			if err != nil {
				return nil, err
			}
			found = append(found, compared{account, rows, model.CountCompared(rows)})
		}
		return found, nil
	}, func(found []compared, err error) tea.Cmd {
		if err != nil {
			return d.Fail(err)
		}
		s.offerToAlign(found, without)
		return nil
	})
}

// readOnce reports whether an account's lists have been read.
func readOnce(d *kit.Deck, account string) bool {
	for _, h := range d.Overview.Accounts {
		if h.Account == account {
			return !h.SyncedAt.IsZero()
		}
	}
	return false
}

// offerToAlign shows the differences; Enter on one of them leads to the confirmation that aligns
// it.
func (s *Blacklist) offerToAlign(found []compared, without []kit.Choice) {
	d := s.D
	var choices []kit.Choice
	var do []func() tea.Cmd
	for _, c := range found {
		why := d.WhyNotOut(c.account)
		if caps, _ := d.Capabilities(c.account); why == "" {
			why = d.Text(caps.Why(model.ActBlacklistAdd))
		}
		here := kit.Choice{Name: d.Tr("%s: only here %s", c.account, lang.Count(int64(c.Here))),
			Note: d.Tr("Enter passes %s on to the vendor", lang.Count(int64(len(c.Push))))}
		switch {
		case why != "":
			here.Note, here.Off = why, true
		case len(c.Push) == 0 && c.ToBlock > 0:
			here.Note, here.Off = d.Tr("on their way to the vendor: %s", lang.Count(int64(c.ToBlock))), true
		case len(c.Push) == 0:
			here.Note, here.Off = d.Tr("nothing to pass on to the vendor"), true
		}
		there := kit.Choice{Name: d.Tr("%s: only at the vendor %s", c.account, lang.Count(int64(c.There))),
			Note: d.Tr("Enter blocks %s here too, everywhere", lang.Count(int64(len(c.Pull)))), Off: len(c.Pull) == 0}
		switch {
		case there.Off && c.ToUnblock > 0 && d.WhyPermanent(c.account) != "":
			there.Note = d.Tr("taken off here, stay there: %s", lang.Count(int64(c.ToUnblock)))
		case there.Off && c.ToUnblock > 0:
			there.Note = d.Tr("to be taken off there too: %s", lang.Count(int64(c.ToUnblock)))
		case there.Off:
			there.Note = d.Tr("nothing to take over")
		}
		both := kit.Choice{Name: d.Tr("%s: at both %s", c.account, lang.Count(int64(c.Both))), Off: true,
			Note: d.Tr("the same on both sides")}
		choices = append(choices, here, there, both)
		do = append(do, func() tea.Cmd { return s.push(c) }, func() tea.Cmd { return s.pull(c) }, nil)
	}
	p := kit.NewPicker(d, d.Tr("Compared with the vendors, as they were read last"), append(choices, without...),
		func(i int, _ string) tea.Cmd { return do[i]() })
	p.Keys = d.Tr("↑↓ Enter align   Esc close")
	p.Tall, p.NamesFirst = true, true // their counts must be seen
	d.Open(p)
}

// push requires the number and sends the vendor the blocks it lacks.
func (s *Blacklist) push(c compared) tea.Cmd {
	d := s.D
	n := len(c.Push)
	lines := append([]string{d.Tr("%s is to block these people too:", c.account)}, listed(d, c.Push)...)
	lines = append(lines, d.Tr("It leaves at once; u cannot undo it."))
	if why := d.WhyPermanent(c.account); why != "" {
		lines = append(lines, d.Tr("Once %s knows of it, it stays there: %s", c.account, why))
	}
	d.Open(kit.NewConfirm(d, d.Tr("Pass to %s: %s?", c.account, d.Plural(int64(n), "block", "blocks")), lines,
		strconv.Itoa(n), d.Tr("the number of phones"), func() tea.Cmd {
			store, operator := d.Store, d.Operator
			return kit.Ask(d, new(kit.Slot), func(ctx context.Context) (int, error) {
				return store.PushBlocks(ctx, operator, c.account, c.Push)
			}, func(count int, err error) tea.Cmd {
				if err != nil {
					return d.Fail(err)
				}
				return tea.Batch(s.Again(), d.Say(d.Tr("%s will get %s", c.account,
					d.Plural(int64(count), "block", "blocks"))))
			})
		}))
	return nil
}

// pull requires the number and blocks here the phones that the vendor blocks.
func (s *Blacklist) pull(c compared) tea.Cmd {
	d := s.D
	b := model.Pulled(c.all)
	lines := append([]string{d.Tr("%s will get nothing more, from any vendor.",
		d.Plural(int64(len(b.Phones)), "phone", "phones"))}, listed(d, b.Phones)...)
	lines = append(lines, d.Tr("The reason of %s is kept with each.", c.account))
	s.confirmBlock(d.Tr("Block here everybody that %s blocks?", c.account), lines, true, b)
	return nil
}

// vendorBlocks says since when each vendor blocks the person, and why if that differs from the
// reason of the entry, which was sent to it.
func vendorBlocks(d *kit.Deck, v model.BlacklistEntry) []string {
	lines := make([]string, 0, len(v.Vendors))
	for _, b := range v.Vendors {
		var facts []string
		if !b.At.IsZero() {
			facts = append(facts, d.Tr("since %s", d.When(b.At)))
		}
		if why := d.Discreet(d.Text(b.Reason)); why != "" && b.Reason.String() != v.Reason.String() {
			facts = append(facts, why)
		}
		line := b.Account
		if len(facts) > 0 {
			line += " (" + strings.Join(facts, ", ") + ")"
		}
		lines = append(lines, line)
	}
	return lines
}
