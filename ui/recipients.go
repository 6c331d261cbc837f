package ui

import (
	"cmp"
	"context"

	tea "charm.land/bubbletea/v2"

	"viberdeck/model"
)

// actVendorWords shows what the vendor itself says of a message.
const actVendorWords action = "vendor's words"

// recipients lists the people of the chosen campaign, or of all campaigns.
type recipients struct {
	listScreen[model.Recipient]
	focus *focus
}

func newRecipients(d *deck, f *focus) *recipients {
	s := &recipients{focus: f}
	s.list = newList(d, model.TopicRecipients, "recipients",
		func(ctx context.Context, q model.PageRequest) (model.Page[model.Recipient], error) {
			return d.Store.Recipients(ctx, q)
		},
		func(v model.Recipient) string { return v.Campaign.String() + "/" + v.Phone.String() + "/" + v.Contact },
		recipientColumns, model.RecipientFields())
	s.sorts = []string{"status", "updated_at", "phone"}
	s.empty = "No people here. Their states come with the next reading from the vendor."
	s.tables = [][]binding{s.ownKeys(), s.markKeys(), s.sortKeys(), s.listKeys()}
	return s
}

func (s *recipients) ownKeys() []binding {
	none := func() string {
		if len(s.grid.rows) == 0 {
			return s.d.tr("there is nobody here")
		}
		return ""
	}
	return []binding{
		{action: actCopy, keys: []string{"y"}, short: "copy",
			help: "copy the phone (or the marked ones) to your own computer's clipboard", do: s.copy, why: none},
		{action: actWriteTo, keys: []string{"w"}, short: "write to",
			help: "a new draft to those marked, to all that match, or to this page", outgoing: true,
			do: s.writeTo, why: none},
		{action: actPerson, keys: []string{"p"}, short: "history",
			help: "everything that happened with this person, at all vendors",
			do: func() tea.Cmd {
				v, _ := s.grid.current()
				return openPerson(s.d, v.Phone)
			},
			why: func() string { return cmp.Or(none(), s.whyNoHistory()) }},
		{action: actVendorWords, keys: []string{"enter"}, short: "vendor says",
			help: "the vendor's own status, code and time of this message",
			do: func() tea.Cmd {
				v, _ := s.grid.current()
				s.d.open(&recipientBox{d: s.d, of: v})
				return nil
			}, why: none},
	}
}

func (s *recipients) copy() tea.Cmd {
	var people []string
	for _, v := range s.grid.chosen() {
		people = append(people, cmp.Or(v.Phone.String(), v.Contact))
	}
	return s.d.copiedPeople(people)
}

func (s *recipients) whyNoHistory() string {
	if v, _ := s.grid.current(); v.Phone == 0 {
		return s.d.tr("only a phone has a history; the vendor's list knows this person by something else")
	}
	return ""
}

var recipientColumns = []column[model.Recipient]{
	{title: "phone", width: 17, cell: func(d *deck, v model.Recipient) cell { return cell{d.person(v), plain} }},
	{title: "status", width: 11, cell: func(d *deck, v model.Recipient) cell {
		return cell{d.word("status", v.Status.String()), statusTone(v.Status)}
	}},
	{title: "vendor says", width: 12, drop: 3, cell: func(_ *deck, v model.Recipient) cell {
		return cell{v.VendorStatus, dim}
	}},
	{title: "campaign", width: 14, grow: 1, drop: 4,
		cell: func(_ *deck, v model.Recipient) cell { return cell{v.CampaignName, dim} }},
	{title: "price", width: 10, right: true, drop: 5,
		cell: func(d *deck, v model.Recipient) cell { return cell{d.decimal(v.Price.String()), plain} }},
	{title: "updated", width: 13, drop: 2, cell: func(d *deck, v model.Recipient) cell {
		return cell{cmp.Or(d.day(v.UpdatedAt), "—"), dim}
	}},
	{title: "reason", width: 10, grow: 3, drop: 1,
		cell: func(d *deck, v model.Recipient) cell { return cell{d.text(v.Reason), plain} }},
}

// show follows the chosen campaign.
func (s *recipients) show() tea.Cmd {
	if chosen := s.focus.opened; s.campaign != chosen.ID {
		s.campaign, s.loaded = chosen.ID, false
		s.order = clip(chosen.Title(), 30)
	}
	return s.listScreen.show()
}

func (s *recipients) back() (tea.Cmd, bool) {
	if cmd, ok := s.list.back(); ok {
		return cmd, true
	}
	if s.campaign != 0 {
		s.focus.opened = model.Campaign{}
		return tea.Batch(s.show(), s.d.say(s.d.tr("the recipients of all campaigns"))), true
	}
	return nil, false
}

// Actions that make a draft of people who are in a list.
const (
	actWriteTo    action = "write to them"
	actWriteAgain action = "retry failed"
)

// writeTo asks which of the people in the list become the audience of a new draft: each choice says
// its number.
func (s *recipients) writeTo() tea.Cmd {
	d, q, filter := s.d, s.request(), cmp.Or(s.filter, s.d.tr("all people"))
	var c model.Campaign
	if s.focus.opened.ID == s.campaign {
		c = s.focus.opened
	}
	if s.campaign != 0 {
		filter = d.tr("%s of %s", filter, c.Title())
	}
	var page []model.Recipient
	for _, r := range s.grid.visible() {
		page = append(page, r.item)
	}
	choices := []choice{{name: d.tr("all %s matching", figure(s.matching)),
		note: d.tr("%s, counted %s", filter, d.ago(s.matchingAt))},
		{name: d.tr("the %d on this page", len(page)), note: d.tr("as you see them")}}
	marked := len(s.grid.marks) > 0
	var chosen []model.Recipient
	if marked {
		chosen = s.grid.chosen()
		choices = append([]choice{{name: d.tr("the %s marked", count(int64(len(chosen)))),
			note: d.tr("wherever they are in the list")}}, choices...)
	}
	d.open(newPicker(d, d.tr("A new draft to whom?"), choices, false, func(i int, _ string) tea.Cmd {
		if !marked {
			i++
		}
		switch i {
		case 0:
			return draftTo(d, c, audienceOf(chosen, map[model.Phone]bool{}, audience{}), d.tr("marked in %s", filter))
		case 1:
			return draftToMatching(d, c, q, filter)
		}
		return draftTo(d, c, audienceOf(page, map[model.Phone]bool{}, audience{}), d.tr("one page of %s", filter))
	}))
	return nil
}
