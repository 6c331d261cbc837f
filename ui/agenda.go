package ui

import (
	"cmp"

	tea "charm.land/bubbletea/v2"

	"viberdeck/model"
)

const actAgenda action = "agenda"

const (
	// agendaFilter finds the campaigns that are still to leave.
	agendaFilter = "state:scheduled,held,queued,needs-approval"
	agendaSort   = "send_at"
)

// inAgenda tells that the list shows what leaves next.
func (s *campaigns) inAgenda() bool { return s.sort == agendaSort && !s.desc }

// agenda shows what leaves next, at all vendors, the soonest first; pressed again it shows all
// campaigns.
func (s *campaigns) agenda() tea.Cmd {
	if s.inAgenda() && s.filter == agendaFilter {
		return s.applyView(model.View{Filter: s.home})
	}
	return s.applyView(model.View{Filter: agendaFilter, Sort: agendaSort})
}

// agendaColumns say first of all when a campaign leaves.
func (s *campaigns) agendaColumns() []column[model.Campaign] {
	return []column[model.Campaign]{
		{title: "leaves", width: 10, cell: leavesIn},
		{title: "at", width: 12, drop: 1, cell: func(d *deck, c model.Campaign) cell {
			at := c.SendAt
			if at.IsZero() && c.State == model.CampaignHeld {
				at = c.HoldUntil
			}
			return cell{cmp.Or(d.when(at), "—"), plain}
		}},
		{title: "campaign", width: 14, grow: 3, cell: func(_ *deck, c model.Campaign) cell {
			return cell{c.Title(), plain}
		}},
		{title: "state", width: 14, drop: 4, cell: s.stateCell},
		{title: "account", width: 9, drop: 3, cell: func(_ *deck, c model.Campaign) cell {
			return cell{c.Account, dim}
		}},
		{title: "time there", width: 19, drop: 5, cell: timeThere},
		{title: "people", width: 7, right: true, drop: 2,
			cell: func(d *deck, c model.Campaign) cell { return cell{d.tightFigure(c.Totals.Recipients), plain} }},
		{title: "cost", width: 11, right: true, drop: 6,
			cell: func(_ *deck, c model.Campaign) cell { return cell{c.Cost.String(), plain} }},
		{title: "sender", width: 11, grow: 1, drop: 7,
			cell: func(_ *deck, c model.Campaign) cell { return cell{cmp.Or(c.SenderName, c.Sender), dim} }},
	}
}

// leavesIn says how long it is until a campaign leaves.
func leavesIn(d *deck, c model.Campaign) cell {
	switch at := c.SendAt; {
	case c.State == model.CampaignNeedsApproval && !at.After(d.now):
		return cell{d.tr("approval?"), warn}
	case c.State == model.CampaignHeld && c.HoldUntil.After(d.now) && !at.After(c.HoldUntil):
		return cell{d.tr("in %s", d.countdown(c.HoldUntil.Sub(d.now))), warn}
	case d.overview.Brake.On:
		return cell{d.tr("brake on"), bad}
	case at.After(d.now):
		return cell{d.tr("in %s", d.span(at.Sub(d.now))), accent}
	}
	return cell{d.tr("now"), accent}
}

// timeThere writes when a campaign leaves in the time zone of its account, where that is another
// one.
func timeThere(d *deck, c model.Campaign) cell {
	a, ok := d.account(c.Account)
	if !ok || c.SendAt.IsZero() {
		return cell{"", dim}
	}
	there := c.SendAt.In(a.Location())
	_, offset := there.Zone()
	if _, ours := c.SendAt.In(d.Zone).Zone(); ours == offset {
		return cell{"", dim}
	}
	return cell{there.Format("15:04 ") + a.Location().String(), dim}
}
