package ui

import (
	"cmp"
	"slices"
	"time"

	"viberdeck/model"
)

// rated is one line of a table of rates: a campaign, or the part of the figures of one vendor,
// sender or country.
type rated struct {
	name    string
	note    string // the vendor or the account
	account string
	totals  model.Totals
	cost    model.Money
	asOf    time.Time
}

// rateColumns show rates side by side. The first is named by the table.
func rateColumns(first, second string) []column[rated] {
	share := func(of func(model.Totals) (model.Figure, model.Figure)) func(*deck, rated) cell {
		return func(d *deck, r rated) cell { return cell{d.share(of(r.totals)), plain} }
	}
	perThousand := func(of func(model.Totals) model.Figure, warnAt float64) func(*deck, rated) cell {
		return func(d *deck, r rated) cell { return d.perThousand(of(r.totals), r.totals.Delivered, warnAt) }
	}
	return []column[rated]{
		{title: first, width: 10, grow: 3, cell: func(_ *deck, r rated) cell { return cell{r.name, plain} }},
		{title: second, width: 9, grow: 1, drop: 8, cell: func(_ *deck, r rated) cell { return cell{r.note, dim} }},
		{title: "sent", width: 9, right: true, cell: func(_ *deck, r rated) cell {
			return cell{figure(r.totals.Sent), plain}
		}},
		{title: "deliv", width: 7, right: true, cell: share(func(t model.Totals) (model.Figure, model.Figure) {
			return t.Delivered, t.Sent
		})},
		{title: "read", width: 7, right: true, drop: 1,
			cell: share(func(t model.Totals) (model.Figure, model.Figure) { return t.Read, t.Delivered })},
		{title: "click", width: 7, right: true, drop: 6,
			cell: share(func(t model.Totals) (model.Figure, model.Figure) { return t.Clicked, t.Delivered })},
		{title: "undel", width: 7, right: true, drop: 5,
			cell: share(func(t model.Totals) (model.Figure, model.Figure) { return t.Undelivered, t.Sent })},
		{title: "expired", width: 7, right: true, drop: 7,
			cell: share(func(t model.Totals) (model.Figure, model.Figure) { return t.Expired, t.Sent })},
		{title: "failed", width: 7, right: true, drop: 4,
			cell: share(func(t model.Totals) (model.Figure, model.Figure) { return t.Failed, t.Recipients })},
		{title: "repl/1000", width: 9, right: true, drop: 3,
			cell: perThousand(func(t model.Totals) model.Figure { return t.Replies }, 0)},
		{title: "stop/1000", width: 9, right: true, drop: 2,
			cell: perThousand(func(t model.Totals) model.Figure { return t.OptOuts }, optOutWarning)},
		{title: "cost", width: 12, right: true, drop: 9,
			cell: func(d *deck, r rated) cell { return cell{d.money(r.cost), plain} }},
		{title: "each deliv", width: 14, right: true, drop: 10,
			cell: func(d *deck, r rated) cell { return cell{d.money(eachDelivered(r)), plain} }},
		{title: "as of", width: 5, right: true, drop: 11,
			cell: func(d *deck, r rated) cell { return cell{d.age(r.asOf), dim} }},
	}
}

// eachDelivered is what one delivered message cost.
func eachDelivered(r rated) model.Money {
	if !r.totals.Delivered.Known {
		return model.Money{}
	}
	return r.cost.Each(r.totals.Delivered.N)
}

// orderedBy puts rows with the largest rate first; those without one stay at the end. It gives the
// cursor's new place.
func orderedBy(rows []rated, at int, of func(model.Totals) (float64, bool)) ([]rated, int) {
	index := make([]int, len(rows))
	for i := range index {
		index[i] = i
	}
	slices.SortStableFunc(index, func(a, b int) int {
		x, known := of(rows[a].totals)
		y, other := of(rows[b].totals)
		switch {
		case known && other:
			return cmp.Compare(y, x)
		case known:
			return -1
		case other:
			return 1
		}
		return 0
	})
	ordered := make([]rated, len(rows))
	for i, from := range index {
		ordered[i] = rows[from]
	}
	return ordered, max(0, slices.Index(index, at))
}

// rateTable draws rows under their titles, w columns wide; the row at the index is marked.
func rateTable(d *deck, columns []column[rated], rows []rated, at, w int) []string {
	index, widths := shown(columns, max(1, w-2))
	lines := []string{"  " + heading(d, columns, index, widths)}
	for i, r := range rows {
		mark := " "
		if i == at {
			mark = "▸"
		}
		lines = append(lines, drawRow(d, columns, index, widths, r, mark, i == at))
	}
	return lines
}

// explainRates says what the rates are shares of.
func explainRates(d *deck, w int) []string {
	var lines []string
	for _, l := range wrap(d.tr("deliv, undel, expired: share of sent · read, click: share of delivered · failed: "+
		"share of recipients · repl, stop: replies and opt-outs "+
		"per 1000 delivered, ! from 5 opt-outs on · — is unknown"), max(1, w-4)) {
		lines = append(lines, "  "+d.style.paint(dim, l))
	}
	return lines
}
