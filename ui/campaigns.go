package ui

import (
	"cmp"
	"context"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"viberdeck/model"
)

var campaignKeys = []binding{
	{action: actOpen, keys: []string{"enter"}, short: "open",
		help: "open it: recipients, statistics, message, activity"},
	{action: actNew, keys: []string{"N"}, short: "new", help: "write a new campaign", outgoing: true},
	{action: actDuplicate, keys: []string{"D"}, short: "duplicate",
		help: "write a new campaign with the text and options of this one", outgoing: true},
	{action: actWriteAgain, keys: []string{"W"},
		help: "a new draft to those a finished campaign did not reach: worth retrying, or permanent", outgoing: true},
	{action: actPause, keys: []string{"P"}, short: "pause/resume", help: "pause it, or let it go on", outgoing: true,
		dangerous: true},
	{action: actRecall, keys: []string{"X"}, short: "recall", help: "call back what has not left yet", outgoing: true,
		dangerous: true},
	{action: actApprove, keys: []string{"v"}, help: "approve a campaign that waits for a second person", outgoing: true,
		dangerous: true},
	{action: actCompare, keys: []string{"C"}, short: "compare",
		help: "the rates of the marked campaigns side by side, across vendors"},
	{action: actAgenda, keys: []string{"a"}, short: "agenda",
		help: "what leaves next, at all vendors, the soonest first; again: all campaigns"},
	{action: actArchive, keys: []string{"H"},
		help: "put it (or the marked ones) away, or out again; is:archived shows what is away"},
	{action: actCopy, keys: []string{"y"}, help: "copy the campaign's id to your own computer's clipboard"},
}

var paneKeys = []binding{
	{action: actNextPane, keys: []string{"tab", "right", "l"}, short: "next pane",
		help: "the next part of the campaign"},
	{action: actPrevPane, keys: []string{"shift+tab", "left", "h"}, help: "the part before"},
}

// campaigns lists the campaigns of all vendors, and opens one.
type campaigns struct {
	listScreen[model.Campaign]
	focus    *focus
	open     *campaignPage // nil while the list is shown
	progress map[model.CampaignID]model.Progress
	measured slot
	everyday []column[model.Campaign] // columns of the list, and of the agenda
	next     []column[model.Campaign]
}

func newCampaigns(d *deck, f *focus) *campaigns {
	s := &campaigns{focus: f, progress: map[model.CampaignID]model.Progress{}}
	s.list = newList(d, model.TopicCampaigns, "campaigns",
		func(ctx context.Context, q model.PageRequest) (model.Page[model.Campaign], error) {
			return d.Store.Campaigns(ctx, q)
		},
		func(v model.Campaign) string { return v.ID.String() }, s.everydayColumns(), model.CampaignFields())
	s.everyday, s.next = s.columns, s.agendaColumns()
	s.order, s.sorts = "newest first", []string{
		"created_at", "name", "state", "account", "recipients", "sent", "delivered", agendaSort}
	s.empty = "No campaign is known. Press N to write one, or wait for the first reading from the vendors."
	s.moved = s.measure
	s.views.own = ownView{action: actAgenda, filter: agendaFilter, sort: agendaSort}
	return s
}

func (s *campaigns) everydayColumns() []column[model.Campaign] {
	return []column[model.Campaign]{
		{title: "campaign", width: 16, want: 28, grow: 3,
			cell: func(_ *deck, c model.Campaign) cell { return cell{c.Title(), plain} }},
		{title: "state", width: 14, cell: s.stateCell},
		{title: "account", width: 9, drop: 5, cell: func(_ *deck, c model.Campaign) cell {
			return cell{c.Account, dim}
		}},
		{title: "when", width: 12, drop: 4, cell: func(d *deck, c model.Campaign) cell {
			at := c.SendAt
			if at.IsZero() {
				at = c.CreatedAt
			}
			return cell{cmp.Or(d.day(at), "—"), dim}
		}},
		{title: "people", width: 7, right: true,
			cell: func(d *deck, c model.Campaign) cell { return cell{d.tightFigure(c.Totals.Recipients), plain} }},
		{title: "deliv", width: 7, right: true, drop: 2, cell: func(_ *deck, c model.Campaign) cell {
			return cell{s.d.share(c.Totals.Delivered, c.Totals.Sent), plain}
		}},
		{title: "read", width: 7, right: true, drop: 3,
			cell: func(_ *deck, c model.Campaign) cell { return cell{s.d.share(c.Totals.Read, c.Totals.Sent), plain} }},
		{title: "cost", width: 11, right: true, drop: 6,
			cell: func(d *deck, c model.Campaign) cell { return cell{d.decimal(c.Cost.String()), plain} }},
		{title: "kind", width: 10, drop: 9, cell: func(d *deck, c model.Campaign) cell {
			return cell{d.word("kind", string(c.Kind())), dim}
		}},
		{title: "sender", width: 11, grow: 1, drop: 8,
			cell: func(_ *deck, c model.Campaign) cell { return cell{cmp.Or(c.SenderName, c.Sender), dim} }},
		{title: "as of", width: 5, right: true, drop: 7,
			cell: func(d *deck, c model.Campaign) cell { return cell{d.age(c.AsOf), dim} }},
	}
}

// stateCell shows the state, and of a campaign on its way how far it has got.
func (s *campaigns) stateCell(d *deck, c model.Campaign) cell {
	p, ok := s.progress[c.ID]
	switch {
	case c.State == model.CampaignHeld && c.HoldUntil.After(d.now):
		return cell{d.tr("held %s", d.countdown(c.HoldUntil.Sub(d.now))), warn}
	case ok && c.State == model.CampaignSending && p.Total > 0:
		return cell{d.tr("sending %s", d.share(model.Known(p.Total-p.Waiting-p.InFlight), model.Known(p.Total))),
			accent}
	case c.State == model.CampaignUnknown && c.VendorState != "":
		return cell{"“" + c.VendorState + "”", warn}
	}
	as := campaignTone(c.State)
	if c.State == model.CampaignSent {
		as = dim // the usual end: a list of these is calm, and nothing in it looks like news
	}
	return cell{d.word("state", string(c.State)), as}
}

func (s *campaigns) keys() [][]binding {
	if s.open != nil {
		return append([][]binding{paneKeys}, append(s.open.keys(),
			slices.DeleteFunc(slices.Clone(campaignKeys), func(b binding) bool {
				return slices.Contains([]action{actOpen, actCopy, actCompare, actAgenda}, b.action)
			}))...)
	}
	return [][]binding{campaignKeys, markKeys, sortKeys, listKeys}
}

// counting keeps the countdowns of held campaigns moving.
func (s *campaigns) counting() bool {
	for _, r := range s.grid.visible() {
		if r.item.State == model.CampaignHeld {
			return true
		}
	}
	return false
}

// measure asks how far the campaigns on screen that are on their way have got.
func (s *campaigns) measure() tea.Cmd {
	if c, ok := s.grid.current(); ok && s.open == nil {
		s.focus.near = c
	}
	var ids []model.CampaignID
	for _, r := range s.grid.visible() {
		if r.item.State == model.CampaignSending && len(ids) < 10 {
			ids = append(ids, r.item.ID)
		}
	}
	if len(ids) == 0 {
		return nil
	}
	store := s.d.Store
	return ask(s.d, &s.measured, func(ctx context.Context) (map[model.CampaignID]model.Progress, error) {
		all := map[model.CampaignID]model.Progress{}
		for _, id := range ids {
			p, err := store.Progress(ctx, id)
			if err != nil {
				return all, err
			}
			all[id] = p
		}
		return all, nil
	}, func(all map[model.CampaignID]model.Progress, _ error) tea.Cmd {
		s.progress = all
		return nil
	})
}

// subject is the campaign an action is for.
func (s *campaigns) subject() (model.Campaign, bool) {
	if s.open != nil {
		return s.open.campaign, true
	}
	return s.grid.current()
}

func (s *campaigns) why(a action) string {
	c, ok := s.subject()
	switch a {
	case actOpen, actDuplicate, actWriteAgain, actPause, actRecall, actApprove, actArchive, actCopy:
		if !ok {
			return s.d.tr("there is no campaign here")
		}
	}
	switch a {
	case actCompare:
		if len(s.grid.marks) < 2 {
			return s.d.tr("space marks campaigns; it takes two")
		}
	case actNew, actDuplicate:
		if len(s.d.Accounts) == 0 {
			return s.d.tr("no account is configured")
		}
	case actArchive:
		return s.whyNotArchive(c)
	case actWriteAgain:
		return whyNotAgain(s.d, c)
	case actPause, actRecall:
		return cmp.Or(s.d.whyNotOut(c.Account), whyNotStop(s.d, a, c))
	case actApprove:
		if c.State != model.CampaignNeedsApproval {
			return s.d.tr("it waits for nobody's approval")
		}
		return s.d.whyNotOut(c.Account)
	}
	if s.open != nil {
		return s.open.why(a)
	}
	return ""
}

func (s *campaigns) back() (tea.Cmd, bool) {
	if s.open == nil {
		return s.list.back()
	}
	if cmd, ok := s.open.back(); ok {
		return cmd, true
	}
	s.open = nil
	return s.again(), true
}

func (s *campaigns) do(a action) tea.Cmd {
	c, _ := s.subject()
	switch a {
	case actNew:
		return openForm(s.d, model.Campaign{})
	case actDuplicate:
		return duplicate(s.d, c)
	case actWriteAgain:
		return writeAgain(s.d, c)
	case actPause:
		return pauseOrResume(s.d, c)
	case actRecall:
		return recall(s.d, c)
	case actApprove:
		return approve(s.d, c)
	case actArchive:
		return s.archive()
	}
	if s.open != nil {
		return s.open.do(a)
	}
	switch a {
	case actOpen:
		s.focus.opened = c
		s.open = newCampaignPage(s.d, s.focus, c)
		return s.open.show()
	case actAgenda:
		return s.agenda()
	case actCompare:
		s.d.open(newCompare(s.d, s.grid.chosen()))
		return nil
	case actCopy:
		return s.d.copied(strings.Join(nonEmpty(c.ID.String(), c.VendorID), " "))
	}
	return s.listScreen.do(a)
}

func (s *campaigns) show() tea.Cmd {
	if s.open != nil {
		return s.open.show()
	}
	return s.listScreen.show()
}

func (s *campaigns) changed(topics []model.Topic) tea.Cmd {
	if s.open != nil {
		return s.open.changed(topics)
	}
	if slices.Contains(topics, model.TopicOutbox) && !slices.Contains(topics, model.TopicCampaigns) {
		return s.measure()
	}
	return s.list.changed(topics)
}

func (s *campaigns) typing() bool {
	return s.open == nil && s.editing || s.open != nil && s.open.typing()
}

func (s *campaigns) typed(msg tea.Msg) tea.Cmd {
	if s.open != nil {
		return s.open.typed(msg)
	}
	return s.typeFilter(msg)
}

func (s *campaigns) freshness() freshness {
	if s.open != nil {
		return s.open.freshness()
	}
	return s.listScreen.freshness()
}

func (s *campaigns) view(w, h int) []string {
	if s.open != nil {
		return s.open.view(w, h)
	}
	if s.columns = s.everyday; s.inAgenda() {
		s.columns = s.next
	}
	return s.list.view(w, h)
}

// click is for the list only: an open campaign has no rows of its own.
func (s *campaigns) click(y int) tea.Cmd {
	if s.open != nil {
		return nil
	}
	return s.list.click(y)
}
