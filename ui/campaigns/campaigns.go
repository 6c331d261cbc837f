// Package campaigns shows campaigns, the people of one, their statistics and the outbox.
package campaigns

import (
	"cmp"
	"context"
	"slices"

	tea "charm.land/bubbletea/v2"

	"viberdeck/model"
	"viberdeck/ui/compose"
	"viberdeck/ui/kit"
	"viberdeck/ui/lang"
	"viberdeck/ui/term"
)

// Campaigns lists the campaigns of all vendors, and opens one.
type Campaigns struct {
	kit.ListScreen[model.Campaign]
	focus    *Focus
	Open     *CampaignPage // nil while the list is shown
	progress map[model.CampaignID]model.Progress
	measured kit.Slot
	sought   kit.Slot
	everyday []kit.Column[model.Campaign] // columns of the list, and of the agenda
	next     []kit.Column[model.Campaign]
	// The keys of an open campaign: those of its parts, and those of the list that apply to it as
	// well.
	Panes     []kit.Binding
	whileOpen []kit.Binding
}

// NewCampaigns makes the campaigns screen.
func NewCampaigns(d *kit.Deck, f *Focus) *Campaigns {
	s := &Campaigns{focus: f, progress: map[model.CampaignID]model.Progress{}}
	s.List = kit.NewList(d, model.CampaignRows(),
		func(v model.Campaign) string { return v.ID.String() }, s.everydayColumns())
	s.everyday, s.next = s.Columns, s.agendaColumns()
	s.Natural, s.Orders = "newest first", campaignOrders()
	s.Empty = "No campaign is known. Press N to write one, or wait for the first reading from the vendors."
	s.Moved, s.ChangeOf = s.measure, s.fate
	s.Views.Own = kit.OwnView{Action: actAgenda, Filter: AgendaFilter, Sort: agendaSort}
	own := s.ownKeys()
	s.Tables = [][]kit.Binding{own, s.MarkKeys(), s.SortKeys(), s.ListKeys()}
	s.whileOpen = slices.DeleteFunc(slices.Clone(own), func(b kit.Binding) bool {
		return slices.Contains([]kit.Action{kit.ActOpen, kit.ActCopy, actCompare, actAgenda, compose.ActNew}, b.Action)
	})
	s.Panes = s.paneKeys()
	d.Sent = s.sent
	return s
}

// sent shows the list with the cursor on a campaign that was stored for sending: the next key must
// apply to it and to no other.
func (s *Campaigns) sent(id model.CampaignID) tea.Cmd {
	s.Open = nil
	return s.GoTo(id.String())
}

func campaignOrders() []kit.Order {
	return []kit.Order{
		{By: "created_at", Title: "created"},
		{By: "name", Ascending: true},
		{By: "state", Ascending: true},
		{By: "account", Ascending: true},
		{By: "recipients"},
		{By: "sent"},
		{By: "delivered"},
		{By: agendaSort, Title: "when it leaves"},
	}
}

func (s *Campaigns) everydayColumns() []kit.Column[model.Campaign] {
	return []kit.Column[model.Campaign]{
		{Title: "campaign", Width: 16, Want: 24, Grow: 3,
			Cell: func(_ *kit.Deck, c model.Campaign) kit.Cell { return kit.Cell{Text: c.Title(), Tone: term.Plain} }},
		{Title: "state", Width: 14, Chip: true, Cell: s.stateCell},
		{Title: "account", Width: 8, Drop: 4, Cell: func(_ *kit.Deck, c model.Campaign) kit.Cell {
			return kit.Cell{Text: c.Account, Tone: term.Dim}
		}},
		{Title: "when", Width: 12, Drop: 3, Cell: func(d *kit.Deck, c model.Campaign) kit.Cell {
			at := c.SendAt
			if at.IsZero() {
				at = c.CreatedAt
			}
			return kit.Cell{Text: cmp.Or(d.Day(at), "—"), Tone: term.Dim}
		}},
		{Title: "people", Width: 7, Right: true,
			Cell: func(d *kit.Deck, c model.Campaign) kit.Cell {
				return kit.Cell{Text: d.TightFigure(c.Totals.Recipients), Tone: term.Plain}
			}},
		{Title: "deliv", Width: 7, Right: true, Drop: 2, Cell: func(_ *kit.Deck, c model.Campaign) kit.Cell {
			return kit.Cell{Text: s.D.Share(c.Totals.Delivered, c.Totals.Sent), Tone: term.Plain}
		}},
		barColumn(term.Dim, func(t model.Totals) model.Figure { return t.Delivered }),
		{Title: "read", Width: 7, Right: true, Drop: 6,
			Cell: func(_ *kit.Deck, c model.Campaign) kit.Cell {
				return kit.Cell{Text: s.D.Share(c.Totals.Read, c.Totals.Sent), Tone: term.Plain}
			}},
		barColumn(term.Accent, func(t model.Totals) model.Figure { return t.Read }),
		{Title: "cost", Width: lang.MoneyWidth, Right: true, Ours: true, Drop: 7, Cell: costCell},
		{Title: "kind", Width: 10, Drop: 11, Cell: func(d *kit.Deck, c model.Campaign) kit.Cell {
			return kit.Cell{Text: d.Word("kind", string(c.Kind())), Tone: term.Dim}
		}},
		{Title: "sender", Width: 11, Grow: 1, Drop: 10,
			Cell: func(_ *kit.Deck, c model.Campaign) kit.Cell {
				return kit.Cell{Text: cmp.Or(c.SenderName, c.Sender), Tone: term.Dim}
			}},
		{Title: "as of", Width: 5, Right: true, Drop: 8,
			Cell: func(d *kit.Deck, c model.Campaign) kit.Cell {
				return kit.Cell{Text: d.Age(c.AsOf), Tone: term.Dim}
			}},
	}
}

// costCell shows what a campaign cost.
func costCell(d *kit.Deck, c model.Campaign) kit.Cell {
	return kit.Cell{Text: d.MoneyInColumn(c.Cost), Tone: term.Plain}
}

// barColumn draws a share of those sent beside its number, if a list has enough room.
func barColumn(as term.Tone, of func(model.Totals) model.Figure) kit.Column[model.Campaign] {
	const width = 4
	return kit.Column[model.Campaign]{Width: width, Drop: 9, Cell: func(_ *kit.Deck, c model.Campaign) kit.Cell {
		percent, _ := of(c.Totals).Share(c.Totals.Sent)
		return kit.Cell{Text: term.SmallBar(percent/100, width), Tone: as}
	}}
}

// stateCell shows the state and, for a campaign under way, its progress.
func (s *Campaigns) stateCell(d *kit.Deck, c model.Campaign) kit.Cell {
	p, ok := s.progress[c.ID]
	switch {
	case c.State == model.CampaignHeld && c.HoldUntil.After(d.Now):
		return kit.Cell{Text: d.Tr("held %s", d.Countdown(c.HoldUntil.Sub(d.Now))), Tone: term.Warn}
	case ok && c.State == model.CampaignSending && p.Total > 0:
		return kit.Cell{Text: d.Tr("sending %s",
			d.Share(model.Known(p.Total-p.Waiting-p.InFlight), model.Known(p.Total))),
			Tone: term.Accent}
	case c.State == model.CampaignUnknown && c.VendorState != "":
		return kit.Cell{Text: d.Tr("“%s”", c.VendorState), Tone: term.Warn}
	}
	as := kit.CampaignTone(c.State)
	if c.State == model.CampaignSent {
		as = term.Dim // the usual end: a list of these is calm, and nothing in it looks like news
	}
	return kit.Cell{Text: d.Word("state", string(c.State)), Tone: as}
}

// Keys returns the tables of the keys of the screen.
func (s *Campaigns) Keys() [][]kit.Binding {
	if s.Open != nil {
		return slices.Concat([][]kit.Binding{s.Panes}, s.Open.keys(), [][]kit.Binding{s.whileOpen})
	}
	return s.Tables
}

// Counting keeps the countdowns of held campaigns running.
func (s *Campaigns) Counting() bool {
	for _, r := range s.Grid.Visible() {
		if r.Item.State == model.CampaignHeld {
			return true
		}
	}
	return false
}

// measure asks for the progress of the campaigns on screen that are under way.
func (s *Campaigns) measure() tea.Cmd {
	if c, ok := s.Grid.Current(); ok && s.Open == nil {
		s.focus.near = c
	}
	var ids []model.CampaignID
	for _, r := range s.Grid.Visible() {
		if r.Item.State == model.CampaignSending && len(ids) < 10 {
			ids = append(ids, r.Item.ID)
		}
	}
	if len(ids) == 0 {
		return nil
	}
	store := s.D.Store
	return kit.Ask(s.D, &s.measured, func(ctx context.Context) (map[model.CampaignID]model.Progress, error) {
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

// subject is the campaign to which an action applies.
func (s *Campaigns) subject() (model.Campaign, bool) {
	if s.Open != nil {
		return s.Open.campaign, true
	}
	return s.Grid.Current()
}

// WhyNotNow says why no key may change the chosen campaigns, "" if one may.
func (s *Campaigns) WhyNotNow() string {
	if s.Open != nil {
		return ""
	}
	return s.List.WhyNotNow()
}

// Watch returns a check for a dialog about the chosen campaigns.
func (s *Campaigns) Watch() func() string {
	if s.Open != nil {
		return nil
	}
	return s.List.Watch()
}

// BackTo puts the cursor on the campaign of a step that was undone.
func (s *Campaigns) BackTo(step kit.Step) tea.Cmd {
	if s.Open != nil {
		return s.Open.show()
	}
	return s.List.BackTo(step)
}

// fate says what happened to a campaign that is no longer in the list.
func (s *Campaigns) fate(ctx context.Context, c model.Campaign) (kit.RowChange[model.Campaign], error) {
	now, err := s.D.Store.Campaign(ctx, c.ID)
	f := kit.RowChange[model.Campaign]{Item: now}
	switch {
	case err != nil:
		return f, err
	case now.Archived && !c.Archived:
		f.What = model.Say("put away meanwhile")
	case now.State != c.State:
		f.What = model.Say("now %s", model.Word{Context: "state", Text: string(now.State)})
	}
	return f, nil
}

// Back goes one level up; it returns false at the top level.
func (s *Campaigns) Back() (tea.Cmd, bool) {
	if s.Open == nil {
		return s.List.Back()
	}
	if cmd, ok := s.Open.back(); ok {
		return cmd, true
	}
	s.Open = nil
	return s.Again(), true
}

// Show reads the data of the screen when it comes to the front.
func (s *Campaigns) Show() tea.Cmd {
	if s.Open != nil {
		return s.Open.show()
	}
	return s.ListScreen.Show()
}

// Changed reads again what has changed.
func (s *Campaigns) Changed(topics []model.Topic) tea.Cmd {
	if s.Open != nil {
		return s.Open.changed(topics)
	}
	if slices.Contains(topics, model.TopicOutbox) && !slices.Contains(topics, model.TopicCampaigns) {
		return s.measure()
	}
	return s.List.Changed(topics)
}

// Typing reports whether a text field has the keys.
func (s *Campaigns) Typing() bool {
	return s.Open == nil && s.Editing || s.Open != nil && s.Open.typing()
}

// Typed passes a key or a paste to the text field.
func (s *Campaigns) Typed(msg tea.Msg) tea.Cmd {
	if s.Open != nil {
		return s.Open.typed(msg)
	}
	return s.TypeFilter(msg)
}

// Freshness returns the age of the data on screen.
func (s *Campaigns) Freshness() kit.Freshness {
	if s.Open != nil {
		return s.Open.freshness()
	}
	return s.ListScreen.Freshness()
}

// View draws the screen within the given width and height.
func (s *Campaigns) View(w, h int) []string {
	if s.Open != nil {
		return s.Open.view(w, h)
	}
	if s.Columns = s.everyday; s.inAgenda() {
		s.Columns = s.next
	}
	return s.List.View(w, h)
}

// Click applies only to the list: an open campaign has no rows of its own.
func (s *Campaigns) Click(y int) tea.Cmd {
	if s.Open != nil {
		return nil
	}
	return s.List.Click(y)
}
