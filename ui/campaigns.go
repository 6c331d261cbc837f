package ui

import (
	"cmp"
	"context"
	"slices"

	tea "charm.land/bubbletea/v2"

	"viberdeck/model"
)

// campaigns lists the campaigns of all vendors, and opens one.
type campaigns struct {
	listScreen[model.Campaign]
	focus    *focus
	open     *campaignPage // nil while the list is shown
	progress map[model.CampaignID]model.Progress
	measured slot
	everyday []column[model.Campaign] // columns of the list, and of the agenda
	next     []column[model.Campaign]
	// The keys of an open campaign: those of its parts, and those of the list that are for it too.
	panes     []binding
	whileOpen []binding
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
	own := s.ownKeys()
	s.tables = [][]binding{own, s.markKeys(), s.sortKeys(), s.listKeys()}
	s.whileOpen = slices.DeleteFunc(slices.Clone(own), func(b binding) bool {
		return slices.Contains([]action{actOpen, actCopy, actCompare, actAgenda}, b.action)
	})
	s.panes = s.paneKeys()
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
		return slices.Concat([][]binding{s.panes}, s.open.keys(), [][]binding{s.whileOpen})
	}
	return s.tables
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
