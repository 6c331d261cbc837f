package campaigns

import (
	"cmp"
	"slices"
	"time"

	"viberdeck/model"
	"viberdeck/ui/kit"
	"viberdeck/ui/lang"
	"viberdeck/ui/term"
)

// rated is one line of a table of rates: a campaign, or the share of one vendor, sender or country
// in the figures.
type rated struct {
	name    string
	note    string // the vendor or the account
	account string
	totals  model.Totals
	cost    model.Money
	asOf    time.Time
}

// rateColumns show rates side by side. first and second are the titles of the first columns.
func rateColumns(first, second string) []kit.Column[rated] {
	share := func(of func(model.Totals) (model.Figure, model.Figure)) func(*kit.Deck, rated) kit.Cell {
		return func(d *kit.Deck, r rated) kit.Cell { return kit.Cell{Text: d.Share(of(r.totals)), Tone: term.Plain} }
	}
	perThousand := func(of func(model.Totals) model.Figure, warnAt float64) func(*kit.Deck, rated) kit.Cell {
		return func(d *kit.Deck, r rated) kit.Cell { return d.PerThousand(of(r.totals), r.totals.Delivered, warnAt) }
	}
	return []kit.Column[rated]{
		{Title: first, Width: 10, Grow: 3, Cell: func(_ *kit.Deck, r rated) kit.Cell {
			return kit.Cell{Text: r.name, Tone: term.Plain}
		}},
		{Title: second, Width: 9, Grow: 1, Drop: 8,
			Cell: func(_ *kit.Deck, r rated) kit.Cell { return kit.Cell{Text: r.note, Tone: term.Dim} }},
		{Title: "sent", Width: 9, Right: true, Cell: func(_ *kit.Deck, r rated) kit.Cell {
			return kit.Cell{Text: lang.Figure(r.totals.Sent), Tone: term.Plain}
		}},
		{Title: "deliv", Width: 7, Right: true, Cell: share(func(t model.Totals) (model.Figure, model.Figure) {
			return t.Delivered, t.Sent
		})},
		{Title: "read", Width: 7, Right: true, Drop: 1,
			Cell: share(func(t model.Totals) (model.Figure, model.Figure) { return t.Read, t.Delivered })},
		{Title: "click", Width: 7, Right: true, Drop: 6,
			Cell: share(func(t model.Totals) (model.Figure, model.Figure) { return t.Clicked, t.Delivered })},
		{Title: "undel", Width: 7, Right: true, Drop: 5,
			Cell: share(func(t model.Totals) (model.Figure, model.Figure) { return t.Undelivered, t.Sent })},
		{Title: "expired", Width: 7, Right: true, Drop: 7,
			Cell: share(func(t model.Totals) (model.Figure, model.Figure) { return t.Expired, t.Sent })},
		{Title: "failed", Width: 7, Right: true, Drop: 4,
			Cell: share(func(t model.Totals) (model.Figure, model.Figure) { return t.Failed, t.Recipients })},
		{Title: "repl/1000", Width: 9, Right: true, Drop: 3,
			Cell: perThousand(func(t model.Totals) model.Figure { return t.Replies }, 0)},
		{Title: "stop/1000", Width: 9, Right: true, Drop: 2,
			Cell: perThousand(func(t model.Totals) model.Figure { return t.OptOuts }, kit.OptOutWarning)},
		{Title: "cost", Width: 12, Right: true, Ours: true, Drop: 9,
			Cell: func(d *kit.Deck, r rated) kit.Cell {
				return kit.Cell{Text: d.MoneyInColumn(r.cost), Tone: term.Plain}
			}},
		{Title: "each deliv", Width: 14, Right: true, Ours: true, Drop: 10,
			Cell: func(d *kit.Deck, r rated) kit.Cell {
				return kit.Cell{Text: d.MoneyInColumn(eachDelivered(r)), Tone: term.Plain}
			}},
		{Title: "as of", Width: 5, Right: true, Drop: 11,
			Cell: func(d *kit.Deck, r rated) kit.Cell { return kit.Cell{Text: d.Age(r.asOf), Tone: term.Dim} }},
	}
}

// eachDelivered is the cost of one delivered message.
func eachDelivered(r rated) model.Money {
	if !r.totals.Delivered.Known {
		return model.Money{}
	}
	return r.cost.Each(r.totals.Delivered.N)
}

// orderedBy sorts rows by rate, largest first; those without one stay at the end. It returns the
// cursor's new index.
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
func rateTable(d *kit.Deck, columns []kit.Column[rated], rows []rated, at, w int) []string {
	index, widths := kit.Shown(columns, max(1, w-2))
	lines := []string{"  " + kit.Heading(d, columns, index, widths)}
	for i, r := range rows {
		mark := " "
		if i == at {
			mark = "▸"
		}
		lines = append(lines, kit.DrawRow(d, columns, index, widths, r, mark, i == at))
	}
	return lines
}

// explainRates says what the rates are shares of.
func explainRates(d *kit.Deck, w int) []string {
	var lines []string
	for _, l := range term.Wrap(
		d.Tr("deliv, undel, expired: share of sent · read, click: share of delivered · failed: "+
			"share of recipients · repl, stop: replies and opt-outs "+
			"per 1000 delivered, ! from 5 opt-outs on · — is unknown"), max(1, w-4)) {
		lines = append(lines, "  "+d.Style.Paint(term.Dim, l))
	}
	return lines
}
