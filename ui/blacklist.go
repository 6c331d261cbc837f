package ui

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"

	"viberdeck/model"
)

// Actions of Blacklist.
const (
	actAdd    action = "add"
	actRemove action = "remove"
)

// blacklist lists the phones that must not be written to, ours and those found at vendors.
type blacklist struct {
	listScreen[model.BlacklistEntry]
}

func newBlacklist(d *deck) *blacklist {
	s := &blacklist{}
	s.list = newList(d, model.TopicBlacklist, "blacklist",
		func(ctx context.Context, q model.PageRequest) (model.Page[model.BlacklistEntry], error) {
			return d.Store.Blacklist(ctx, q)
		},
		func(v model.BlacklistEntry) string { return v.Phone.String() + " " + strings.Join(v.Only, " ") },
		blacklistColumns, model.BlacklistFields())
	s.empty = "Nobody is blocked. Press a to block a phone."
	s.tables = [][]binding{s.ownKeys(), s.markKeys(), s.listKeys()}
	return s
}

func (s *blacklist) ownKeys() []binding {
	none := func() string {
		if len(s.grid.rows) == 0 {
			return s.d.tr("there is no phone here")
		}
		return ""
	}
	return []binding{
		{action: actAdd, keys: []string{"a"}, short: "add", help: "block phones at every vendor", outgoing: true,
			dangerous: true, do: s.add},
		{action: actRemove, keys: []string{"x"}, short: "remove",
			help: "take phones off the blacklist; wants a reason and their number", outgoing: true, dangerous: true,
			do: s.remove, why: none},
		{action: actCopy, keys: []string{"y"},
			help: "copy the phone (or the marked ones) to your own computer's clipboard",
			do:   func() tea.Cmd { return s.d.copiedPeople(phonesOf(s.grid.chosen())) }, why: none},
		{action: actPerson, keys: []string{"p"}, short: "history",
			help: "everything that happened with this person, at all vendors",
			do: func() tea.Cmd {
				v, _ := s.grid.current()
				return openPerson(s.d, v.Phone)
			}, why: none},
	}
}

var blacklistColumns = []column[model.BlacklistEntry]{
	{title: "phone", width: 17, cell: func(d *deck, v model.BlacklistEntry) cell {
		return cell{d.phone(v.Phone), plain}
	}},
	{title: "holds", width: 10, grow: 1, drop: 3, cell: holds},
	{title: "at the vendor", width: 14, grow: 1, drop: 2, cell: blockedAt},
	{title: "by", width: 8, drop: 4, cell: func(d *deck, v model.BlacklistEntry) cell {
		return cell{cmp.Or(v.AddedBy, d.word("source", string(v.Source))), dim}
	}},
	{title: "since", width: 13, drop: 5, cell: func(d *deck, v model.BlacklistEntry) cell {
		return cell{cmp.Or(d.day(v.AddedAt), "—"), dim}
	}},
	{title: "reason", width: 10, grow: 3, drop: 1,
		cell: func(d *deck, v model.BlacklistEntry) cell { return cell{d.text(v.Reason), plain} }},
}

// holds says for which accounts an entry counts.
func holds(d *deck, v model.BlacklistEntry) cell {
	if len(v.Only) > 0 {
		return cell{d.tr("only %s", strings.Join(v.Only, " ")), warn}
	}
	return cell{d.tr("everywhere"), plain}
}

// blockedAt says which vendors block the phone themselves, and which are still to be told.
func blockedAt(d *deck, v model.BlacklistEntry) cell {
	at := strings.Join(v.Accounts, " ")
	if len(v.Pending) > 0 {
		return cell{strings.Join(nonEmpty(at, d.tr("(%s to be told)", strings.Join(v.Pending, " "))), " "), warn}
	}
	return cell{cmp.Or(at, "—"), dim}
}

func (s *blacklist) view(w, h int) []string {
	if h < roomForAbout {
		return s.list.view(w, h)
	}
	return s.list.viewAbout(w, h, s.about)
}

// about says everything of one entry, for columns that had to be cut or left out.
func (s *blacklist) about(v model.BlacklistEntry) []fact {
	d := s.d
	origin := d.word("source", string(v.Source))
	if v.Reply != 0 {
		origin = d.tr("reply %s", v.Reply.String())
	}
	return []fact{
		{label: d.word("column", "reason"), value: cmp.Or(d.discreet(d.text(v.Reason)), "—")},
		{label: d.word("column", "by"), value: strings.Join(nonEmpty(v.AddedBy, origin, d.when(v.AddedAt)), " · ")},
		{label: d.word("column", "holds"), value: holds(d, v).text},
		{label: d.word("column", "at the vendor"), value: blockedAt(d, v).text},
	}
}

func phonesOf(entries []model.BlacklistEntry) []string {
	phones := make([]string, len(entries))
	for i, e := range entries {
		phones[i] = e.Phone.String()
	}
	return phones
}

// add asks for phones and a reason, says who will be blocked, and blocks them after a yes.
func (s *blacklist) add() tea.Cmd {
	d := s.d
	p := newPrompt(d, d.tr("Block phones"), "+375 29 111-11-11, 80291111112 …",
		[]string{d.tr("Phones, separated by anything; a paste may hold many.")},
		func(text string) (tea.Cmd, error) {
			b := readPhones(d.DefaultCountry, nil, text)
			if len(b.bad) > 0 {
				return nil, model.Invalid("phones", "%q is no phone", b.bad[0].Text)
			}
			if len(b.phones) == 0 {
				return nil, model.Invalid("phones", "give at least one phone")
			}
			return s.askReason(d.tr("Why are they blocked?"),
				func(reason string) tea.Cmd { return s.confirmAdd(b.phones, reason) }), nil
		})
	d.open(p)
	return p.remember("block phones")
}

// askReason wants a reason in words: the entry keeps it.
func (s *blacklist) askReason(heading string, then func(reason string) tea.Cmd) tea.Cmd {
	p := newPrompt(s.d, heading, s.d.tr("the reason stays with the entry"), nil, func(text string) (tea.Cmd, error) {
		if text = strings.TrimSpace(model.SanitiseLine(text)); text == "" {
			return nil, model.Invalid("reason", "say why")
		}
		return then(text), nil
	})
	s.d.open(p)
	return p.remember("block reason")
}

func (s *blacklist) confirmAdd(phones []model.Phone, reason string) tea.Cmd {
	d := s.d
	number := d.plural(int64(len(phones)), "phone", "phones")
	lines := append([]string{d.tr("No vendor will be used any more: %s", number)}, listed(d, phones)...)
	lines = append(lines, d.tr("Reason: %s", reason))
	want, what := "", ""
	if len(phones) > 1 {
		want, what = strconv.Itoa(len(phones)), d.tr("the number of phones")
	}
	d.open(newConfirm(d, d.tr("Block %s?", number), lines, want, what, func() tea.Cmd {
		store, operator := d.Store, d.Operator
		return ask(d, new(slot), func(ctx context.Context) (int, error) {
			return store.Block(ctx, operator, phones, reason, nil, model.SourceOperator)
		}, func(added int, err error) tea.Cmd {
			if err != nil {
				return d.fail(err)
			}
			return tea.Batch(s.again(), d.say(d.tr("blocked: %s; blocked before: %s",
				d.plural(int64(added), "phone", "phones"), count(int64(len(phones)-added)))))
		})
	}))
	return nil
}

// remove asks for a reason and the number of phones before they may be written to again.
func (s *blacklist) remove() tea.Cmd {
	d := s.d
	chosen := s.grid.chosen()
	phones := make([]model.Phone, len(chosen))
	for i, e := range chosen {
		phones[i] = e.Phone
	}
	slices.Sort(phones)
	return s.askReason(d.tr("Why may they be written to again?"), func(reason string) tea.Cmd {
		lines := append([]string{d.tr("These people may be written to again, at every vendor:")}, listed(d, phones)...)
		lines = append(lines, d.tr("Reason: %s", reason))
		d.open(newConfirm(d, d.tr("Take off the blacklist: %s?", d.plural(int64(len(phones)), "phone", "phones")),
			lines,
			strconv.Itoa(len(phones)), d.tr("the number of phones"), func() tea.Cmd {
				store, operator := d.Store, d.Operator
				return ask(d, new(slot), func(ctx context.Context) (int, error) {
					return store.Unblock(ctx, operator, phones, reason, nil)
				}, func(removed int, err error) tea.Cmd {
					if err != nil {
						return d.fail(err)
					}
					clear(s.grid.marks)
					return tea.Batch(s.again(), d.say(d.tr("taken off the blacklist: %s",
						d.plural(int64(removed), "phone", "phones"))))
				})
			}))
		return nil
	})
}

// listed gives the first phones for a dialog, and how many more.
func listed(d *deck, phones []model.Phone) []string {
	const most = 8
	var lines []string
	for i, p := range phones {
		if i == most {
			return append(lines, "  "+d.tr("and %s more", count(int64(len(phones)-most))))
		}
		lines = append(lines, "  "+d.phone(p))
	}
	return lines
}
