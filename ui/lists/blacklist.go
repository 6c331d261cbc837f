package lists

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"

	"viberdeck/model"
	"viberdeck/ui/compose"
	"viberdeck/ui/kit"
	"viberdeck/ui/lang"
	"viberdeck/ui/person"
	"viberdeck/ui/term"
)

// Actions of Blacklist.
const (
	actAdd     kit.Action = "add"
	actRemove  kit.Action = "remove"
	actCompare kit.Action = "compare"
	actImport  kit.Action = "import…"
)

// Blacklist lists the phones that must not be written to, both ours and those found at vendors.
type Blacklist struct {
	kit.ListScreen[model.BlacklistEntry]
}

// NewBlacklist makes the blacklist screen.
func NewBlacklist(d *kit.Deck) *Blacklist {
	s := &Blacklist{}
	s.List = kit.NewList(d, model.BlacklistRows(),
		func(v model.BlacklistEntry) string {
			return cmp.Or(v.Phone.String(), v.Contact) + " " + strings.Join(v.Only, " ")
		},
		blacklistColumns())
	s.Empty = "Nobody is blocked. Press o to block a phone."
	s.ChangeOf = s.fate
	s.Orders, s.NoRow = blacklistOrders(), "there is no phone here"
	s.Tables = [][]kit.Binding{s.ownKeys(), s.MarkKeys(), s.SortKeys(), s.ListKeys()}
	return s
}

func (s *Blacklist) ownKeys() []kit.Binding {
	return []kit.Binding{
		{Action: actAdd, Wants: model.IntentBlock, Keys: []string{"o"}, Short: "add",
			Help: "block phones at every vendor", Outgoing: true,
			Dangerous: true, Do: s.add},
		{Action: actRemove, Wants: model.IntentUnblock, Changes: true, Keys: []string{"x"}, Short: "remove",
			Help: "take phones off the blacklist; wants a reason and their number", Outgoing: true, Dangerous: true,
			Do: s.remove, Why: s.Unless(nil)},
		compose.NewKey(s.D, ""),
		{Action: kit.ActCopy, Keys: []string{"y"},
			Help: "copy the phone (or the marked ones) to your own computer's clipboard",
			Do:   func() tea.Cmd { return s.D.CopiedPeople(phonesOf(s.Grid.Chosen())) }, Why: s.Unless(nil)},
		{Action: kit.ActPerson, Keys: []string{"p"}, Short: "history",
			Help: "everything that happened with this person, at all vendors",
			Do:   s.On(func(v model.BlacklistEntry) tea.Cmd { return person.OpenPerson(s.D, v.Phone) }),
			Why:  s.Unless(func(v model.BlacklistEntry) string { return person.WhyNoHistory(s.D, v.Phone) })},
		{Action: actCompare, Wants: model.IntentBlock, Keys: []string{"C"}, Short: "compare",
			Help: "compare with each vendor's blacklist, and align them in either direction", Outgoing: true,
			Dangerous: true, Do: s.compare},
		{Action: actImport, Wants: model.IntentBlock, Keys: []string{"i"}, Short: "import",
			Help: "block the people of a file: who is new, already there or invalid is shown first", Outgoing: true,
			Dangerous: true, Do: s.importList},
	}
}

func blacklistColumns() []kit.Column[model.BlacklistEntry] {
	return []kit.Column[model.BlacklistEntry]{
		{Title: "phone", Width: 17, Cell: func(d *kit.Deck, v model.BlacklistEntry) kit.Cell {
			return kit.Cell{Text: d.Person(model.Recipient{Phone: v.Phone, Contact: v.Contact}), Tone: term.Plain}
		}},
		{Title: "at the vendor", Width: 18, Grow: 2, Drop: 2, Cell: blockedWhere},
		{Title: "by", Width: 8, Drop: 4, Cell: func(d *kit.Deck, v model.BlacklistEntry) kit.Cell {
			return kit.Cell{Text: cmp.Or(v.AddedBy, d.Word("source", string(v.Source))), Tone: term.Dim}
		}},
		{Title: "since", Width: 13, Drop: 5, Cell: func(d *kit.Deck, v model.BlacklistEntry) kit.Cell {
			return kit.Cell{Text: cmp.Or(d.Day(v.AddedAt), "—"), Tone: term.Dim}
		}},
		{Title: "reason", Width: 10, Grow: 3, Drop: 1,
			Cell: func(d *kit.Deck, v model.BlacklistEntry) kit.Cell {
				if v.Back != nil {
					return kit.Cell{Text: d.Tr("wants back: “%s”", v.Back.Words), Tone: term.Warn}
				}
				return kit.Cell{Text: d.Text(v.Reason), Tone: term.Plain}
			}},
	}
}

func blacklistOrders() []kit.Order {
	return []kit.Order{
		{By: "phone", Ascending: true},
		{By: "added_at", Title: "since"},
	}
}

// fate says what happened to an entry that is no longer in the list.
func (s *Blacklist) fate(ctx context.Context, v model.BlacklistEntry) (kit.RowChange[model.BlacklistEntry], error) {
	f := kit.RowChange[model.BlacklistEntry]{Item: v, What: model.Say("taken off the blacklist")}
	if v.Phone == 0 {
		return f, nil
	}
	h, err := s.D.Store.PersonHistory(ctx, v.Phone, 10)
	for _, e := range h.Events {
		if e.Kind == model.EventUnblock && e.By != "" {
			f.What = model.Say("taken off the blacklist by %s", e.By)
			break
		}
	}
	return f, err
}

// holds says to which accounts an entry applies.
func holds(d *kit.Deck, v model.BlacklistEntry) kit.Cell {
	if len(v.Only) > 0 {
		return kit.Cell{Text: d.Tr("only %s", strings.Join(v.Only, " ")), Tone: term.Warn}
	}
	return kit.Cell{Text: d.Tr("everywhere"), Tone: term.Plain}
}

// blockedWhere says where an entry is known. It applies everywhere, as nearly all do, unless it is
// limited to certain accounts.
func blockedWhere(d *kit.Deck, v model.BlacklistEntry) kit.Cell {
	if len(v.Only) == 0 {
		return blockedAt(d, v)
	}
	only := holds(d, v)
	v.Accounts = slices.DeleteFunc(slices.Clone(v.Accounts), func(a string) bool { return slices.Contains(v.Only, a) })
	if at := blockedAt(d, v).Text; at != "—" {
		only.Text += " · " + at
	}
	return only
}

// blockedAt says which vendors block the phone themselves, and which have not yet been notified.
func blockedAt(d *kit.Deck, v model.BlacklistEntry) kit.Cell {
	at := strings.Join(v.Accounts, " ")
	if pending := pendingAt(d, v); len(pending) > 0 {
		return kit.Cell{Text: strings.Join(term.NonEmpty(at, strings.Join(pending, " ")), " "), Tone: term.Warn}
	}
	return kit.Cell{Text: cmp.Or(at, "—"), Tone: term.Dim}
}

// pendingAt says which changes have not yet been sent to which vendors.
func pendingAt(d *kit.Deck, v model.BlacklistEntry) []string {
	var pending []string
	told := slices.DeleteFunc(slices.Clone(v.Pending), func(account string) bool {
		caps, known := d.Capabilities(account)
		return known && !caps.Can(model.ActBlacklistAdd) // it has no list, so there is nothing to tell
	})
	if at := strings.Join(told, " "); at != "" {
		if left := v.SendAt.Sub(d.Now); left > 0 {
			pending = append(pending, d.Tr("(%s in %s)", at, d.Countdown(left)))
		} else {
			pending = append(pending, d.Tr("(not yet at %s)", at))
		}
	}
	var freed, kept []string
	for _, account := range v.Freeing {
		if d.WhyPermanent(account) == "" {
			freed = append(freed, account)
		} else {
			kept = append(kept, account)
		}
	}
	if len(freed) > 0 {
		pending = append(pending, d.Tr("(still to be freed at %s)", strings.Join(freed, " ")))
	}
	if len(kept) > 0 {
		pending = append(pending, d.Tr("(taken off here, stays at %s)", strings.Join(kept, " ")))
	}
	return pending
}

// View draws the screen within the given width and height.
func (s *Blacklist) View(w, h int) []string {
	if h < roomForAbout {
		return s.List.View(w, h)
	}
	return s.List.ViewAbout(w, h, s.about)
}

// about returns all details of one entry, for columns that had to be cut or left out.
func (s *Blacklist) about(v model.BlacklistEntry) []kit.Fact {
	d := s.D
	origin := d.Word("source", string(v.Source))
	var facts []kit.Fact
	if v.Back != nil {
		facts = append(facts, kit.Fact{Label: d.Tr("wants back"), Value: d.Tr("“%s”, %s; x takes the block off",
			d.Discreet(v.Back.Words), d.When(v.Back.At))})
	}
	vendors := []string{blockedAt(d, v).Text}
	if len(v.Vendors) > 0 {
		vendors = append(vendorBlocks(d, v), pendingAt(d, v)...)
	}
	return append(facts, []kit.Fact{
		{Label: d.Word("column", "reason"), Value: cmp.Or(d.Discreet(d.Text(v.Reason)), "—")},
		{Label: d.Word("column", "by"), Value: strings.Join(term.NonEmpty(v.AddedBy, origin, d.When(v.AddedAt)),
			" · ")},
		{Label: d.Word("column", "holds"), Value: holds(d, v).Text},
		{Label: d.Word("column", "at the vendor"), Value: strings.Join(append(vendors,
			stays(d, []model.BlacklistEntry{v})...), ". ")},
	}...)
}

// Counting keeps the countdown running until the vendors are notified.
func (s *Blacklist) Counting() bool {
	for _, r := range s.Grid.Visible() {
		if r.Item.SendAt.After(s.D.Now) {
			return true
		}
	}
	return false
}

// stays says where blocks remain that cannot be lifted from here, and why.
func stays(d *kit.Deck, entries []model.BlacklistEntry) []string {
	var lines, words []string
	for _, e := range entries {
		for _, account := range e.Accounts {
			if why := d.WhyPermanent(account); why != "" && !slices.Contains(words, account) {
				words = append(words, account)
				lines = append(lines, d.Tr("It stays blocked at %s: %s", account, why))
			}
		}
	}
	return lines
}

func phonesOf(entries []model.BlacklistEntry) []string {
	phones := make([]string, len(entries))
	for i, e := range entries {
		phones[i] = cmp.Or(e.Phone.String(), e.Contact)
	}
	return phones
}

// add asks for phones and a reason, says who will be blocked, and blocks them after a yes.
func (s *Blacklist) add() tea.Cmd {
	d := s.D
	p := kit.NewPrompt(d, d.Tr("Block phones"), "+375 29 111-11-11, 80291111112 …",
		[]string{d.Tr("Phones, separated by anything; a paste may hold many.")},
		func(text string) (tea.Cmd, error) {
			b := compose.ReadPhones(d.DefaultCountry, nil, text)
			if len(b.Bad) > 0 {
				return nil, model.Invalid("phones", "%q is not a phone", b.Bad[0].Text)
			}
			if len(b.Phones) == 0 {
				return nil, model.Invalid("phones", "give at least one phone")
			}
			return s.askReason(d.Tr("Why are they blocked?"),
				func(reason string) tea.Cmd { return s.confirmAdd(b.Phones, reason) }), nil
		})
	d.Open(p)
	return p.Remember("block phones")
}

// askReason requires a reason in words, which is stored with the entry.
func (s *Blacklist) askReason(heading string, then func(reason string) tea.Cmd) tea.Cmd {
	p := kit.NewPrompt(s.D, heading, s.D.Tr("the reason stays with the entry"), nil,
		func(text string) (tea.Cmd, error) {
			text, err := model.Reason(text)
			if err != nil {
				return nil, err
			}
			return then(text), nil
		})
	s.D.Open(p)
	return p.Remember("block reason")
}

func (s *Blacklist) confirmAdd(phones []model.Phone, reason string) tea.Cmd {
	d := s.D
	number := d.Plural(int64(len(phones)), "phone", "phones")
	lines := append([]string{d.Tr("%s will get nothing more, from any vendor.", number)}, listed(d, phones)...)
	lines = append(lines, d.Tr("Reason: %s", reason))
	s.confirmBlock(d.Tr("Block %s?", number), lines, len(phones) > 1,
		model.Blocking{Phones: phones, Reason: reason, Source: model.SourceOperator})
	return nil
}

// confirmBlock asks, with counted by the number of phones, and blocks them. Vendors are notified
// after model.OptOutDelay, and until then u takes all of it back.
func (s *Blacklist) confirmBlock(question string, lines []string, counted bool, b model.Blocking) {
	d := s.D
	b.Delay = model.OptOutDelay
	lines = append(lines, d.Tr("It holds here at once. Vendors learn of it in %s; until then u leaves no trace there.",
		d.Words(b.Delay)))
	lines = append(lines, d.PermanentBlockLines()...)
	want, what := "", ""
	if counted {
		want, what = strconv.Itoa(len(b.Phones)), d.Tr("the number of phones")
	}
	d.Open(kit.NewConfirm(d, question, lines, want, what, func() tea.Cmd {
		store, operator := d.Store, d.Operator
		return kit.Ask(d, new(kit.Slot), func(ctx context.Context) (int, error) {
			return store.BlockAll(ctx, operator, b)
		}, func(added int, err error) tea.Cmd { return s.blocked(added, b, err) })
	}))
}

// blocked reports the result of blocking phones.
func (s *Blacklist) blocked(added int, b model.Blocking, err error) tea.Cmd {
	d := s.D
	if err != nil {
		return tea.Batch(s.Again(), d.Fail(err))
	}
	said := []string{d.Tr("blocked: %s; blocked before: %s", d.Plural(int64(added), "phone", "phones"),
		lang.Count(int64(len(b.Phones)-added)))}
	if added > 0 {
		said = append(said, d.Tr("at the vendors in %s; until then u takes it back", d.Words(b.Delay)))
		said = append(term.NonEmpty(said...), term.NonEmpty(d.PermanentBlockNote())...)
	}
	return tea.Batch(s.Again(), d.Say(strings.Join(said, "; ")), person.StillReached(d, b.Phones))
}

// remove asks for a reason and the number of phones before they may be written to again.
func (s *Blacklist) remove() tea.Cmd {
	d := s.D
	chosen := s.Grid.Chosen()
	var phones []model.Phone
	var contacts []model.BlacklistEntry
	for _, e := range chosen {
		if e.Phone != 0 {
			phones = append(phones, e.Phone)
		} else {
			contacts = append(contacts, e)
		}
	}
	slices.Sort(phones)
	return s.askReason(d.Tr("Why may they get messages again?"), func(reason string) tea.Cmd {
		remain := stays(d, chosen)
		who := d.Tr("These people may get messages again, from every vendor:")
		if len(remain) > 0 {
			who = d.Tr("These people may get messages again, except where they stay blocked:")
		}
		lines := append([]string{who}, listed(d, phones)...)
		for _, e := range contacts {
			lines = append(lines, "  "+d.Person(model.Recipient{Contact: e.Contact})+" "+strings.Join(e.Only, " "))
		}
		lines = append(append(lines, d.Tr("Reason: %s", reason)), remain...)
		d.Open(kit.NewConfirm(d, d.Tr("Take off the blacklist: %s?", d.Plural(int64(len(chosen)), "phone", "phones")),
			lines,
			strconv.Itoa(len(chosen)), d.Tr("the number of phones"), func() tea.Cmd {
				store, operator := d.Store, d.Operator
				for _, e := range chosen {
					s.Changing(s.IDOf(e))
				}
				return kit.Ask(d, new(kit.Slot), func(ctx context.Context) (int, error) {
					return unblock(ctx, store, operator, phones, contacts, reason)
				}, func(removed int, err error) tea.Cmd {
					if err != nil {
						return d.Fail(err)
					}
					clear(s.Grid.Marks)
					if len(remain) > 0 {
						return tea.Batch(s.Again(), d.Say(d.Tr("taken off here: %s. %s",
							d.Plural(int64(removed), "phone", "phones"), strings.Join(remain, ". "))))
					}
					return tea.Batch(s.Again(), d.Say(d.Tr("taken off the blacklist: %s",
						d.Plural(int64(removed), "phone", "phones"))))
				})
			}))
		return nil
	})
}

// unblock removes phones from the blacklist everywhere, and contacts in their accounts.
func unblock(ctx context.Context, store kit.Store, operator string, phones []model.Phone,
	contacts []model.BlacklistEntry, reason string) (int, error) {
	n, err := store.Unblock(ctx, operator, phones, reason, nil)
	for _, e := range contacts {
		if err != nil {
			break
		}
		var more int
		more, err = store.UnblockContacts(ctx, operator, []string{e.Contact}, reason, e.Only)
		n += more
	}
	return n, err
}

// mostListed is how many phones a dialog names.
const mostListed = 8

// listed returns the first phones for a dialog, and the number of the others.
func listed(d *kit.Deck, phones []model.Phone) []string {
	var lines []string
	for i, p := range phones {
		if i == mostListed {
			return append(lines, "  "+d.Tr("and %s more", lang.Count(int64(len(phones)-mostListed))))
		}
		lines = append(lines, "  "+d.Phone(p))
	}
	return lines
}
