package campaigns

import (
	"cmp"
	"strings"

	tea "charm.land/bubbletea/v2"

	"viberdeck/model"
	"viberdeck/ui/kit"
	"viberdeck/ui/lang"
	"viberdeck/ui/term"
)

const actAgenda kit.Action = "agenda"

const (
	// AgendaFilter finds the campaigns that have not left yet.
	AgendaFilter = "state:scheduled,held,queued,needs-approval"
	agendaSort   = "send_at"
)

// inAgenda reports whether the list shows upcoming campaigns only.
func (s *Campaigns) inAgenda() bool {
	return s.Sort == agendaSort && !s.Desc && strings.HasPrefix(s.Filter, AgendaFilter)
}

// agenda shows upcoming campaigns of all vendors, the soonest first; pressed again it shows all
// campaigns.
func (s *Campaigns) agenda() tea.Cmd {
	if s.inAgenda() && s.Filter == AgendaFilter {
		return s.ApplyView(model.View{Filter: s.Home})
	}
	return s.ApplyView(model.View{Filter: AgendaFilter, Sort: agendaSort})
}

// agendaColumns begin with the time when a campaign leaves.
func (s *Campaigns) agendaColumns() []kit.Column[model.Campaign] {
	return []kit.Column[model.Campaign]{
		{Title: "leaves", Width: 10, Cell: leavesIn},
		{Title: "at", Width: 12, Drop: 1, Cell: func(d *kit.Deck, c model.Campaign) kit.Cell {
			at := c.SendAt
			if at.IsZero() && c.State == model.CampaignHeld {
				at = c.HoldUntil
			}
			return kit.Cell{Text: cmp.Or(d.When(at), "—"), Tone: term.Plain}
		}},
		{Title: "campaign", Width: 14, Grow: 3, Cell: func(_ *kit.Deck, c model.Campaign) kit.Cell {
			return kit.Cell{Text: c.Title(), Tone: term.Plain}
		}},
		{Title: "state", Width: 14, Drop: 4, Cell: s.stateCell},
		{Title: "account", Width: 9, Drop: 3, Cell: func(_ *kit.Deck, c model.Campaign) kit.Cell {
			return kit.Cell{Text: c.Account, Tone: term.Dim}
		}},
		{Title: "time there", Width: 19, Drop: 5, Cell: timeThere},
		{Title: "people", Width: 7, Right: true, Drop: 2,
			Cell: func(d *kit.Deck, c model.Campaign) kit.Cell {
				return kit.Cell{Text: d.TightFigure(c.Totals.Recipients), Tone: term.Plain}
			}},
		{Title: "cost", Width: lang.MoneyWidth, Right: true, Ours: true, Drop: 6, Cell: costCell},
		{Title: "sender", Width: 11, Grow: 1, Drop: 7,
			Cell: func(_ *kit.Deck, c model.Campaign) kit.Cell {
				return kit.Cell{Text: cmp.Or(c.SenderName, c.Sender), Tone: term.Dim}
			}},
	}
}

// leavesIn shows how long it is until a campaign leaves.
func leavesIn(d *kit.Deck, c model.Campaign) kit.Cell {
	switch at := c.SendAt; {
	case c.State == model.CampaignNeedsApproval && !at.After(d.Now):
		return kit.Cell{Text: d.Tr("approval?"), Tone: term.Warn}
	case c.State == model.CampaignHeld && c.HoldUntil.After(d.Now) && !at.After(c.HoldUntil):
		return kit.Cell{Text: d.Tr("in %s", d.Countdown(c.HoldUntil.Sub(d.Now))), Tone: term.Warn}
	case d.Overview.Brake.On:
		return kit.Cell{Text: d.Tr("brake on"), Tone: term.Bad}
	case at.After(d.Now):
		return kit.Cell{Text: d.Tr("in %s", d.Span(at.Sub(d.Now))), Tone: term.Accent}
	}
	return kit.Cell{Text: d.Tr("now"), Tone: term.Accent}
}

// timeThere formats when a campaign leaves in the time zone of its account, if that is a different
// one.
func timeThere(d *kit.Deck, c model.Campaign) kit.Cell {
	a, ok := d.Account(c.Account)
	if !ok || c.SendAt.IsZero() {
		return kit.Cell{Text: "", Tone: term.Dim}
	}
	return kit.Cell{Text: d.ClockIn(a.Location(), c.SendAt), Tone: term.Dim}
}
