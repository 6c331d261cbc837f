package ui

import (
	"cmp"
	"slices"

	tea "charm.land/bubbletea/v2"

	"viberdeck/model"
)

// compare shows the rates of several campaigns side by side, across vendors. It draws what the list already holds.
type compare struct {
	d      *deck
	rows   []rated
	at     int
	sorted int // column of sorts
}

func newCompare(d *deck, campaigns []model.Campaign) *compare {
	c := &compare{d: d}
	slices.SortFunc(campaigns, func(a, b model.Campaign) int { return cmp.Compare(b.ID, a.ID) })
	for _, v := range campaigns {
		c.rows = append(c.rows, rated{name: v.Title(), note: string(v.Vendor), totals: v.Totals, cost: v.Cost, asOf: v.AsOf})
	}
	return c
}

func (c *compare) wantsFull()    {}
func (c *compare) title() string { return "Compare" }
func (c *compare) hint() string  { return "↑↓ row   s order by the next rate   Esc closes" }

func (c *compare) update(msg tea.Msg) (tea.Cmd, bool) {
	key, ok := msg.(tea.KeyPressMsg)
	if !ok {
		return nil, false
	}
	switch command(key) {
	case "esc", "q", "C", "enter":
		return nil, true
	case "down", "j":
		c.at = min(c.at+1, len(c.rows)-1)
	case "up", "k":
		c.at = max(0, c.at-1)
	case "s":
		c.order()
	}
	return nil, false
}

// compareOrders are the rates a comparison can be ordered by.
var compareOrders = []struct {
	name string
	of   func(model.Totals) (float64, bool)
}{
	{"newest first", nil},
	{"delivered", func(t model.Totals) (float64, bool) { return t.Delivered.Share(t.Sent) }},
	{"read", func(t model.Totals) (float64, bool) { return t.Read.Share(t.Delivered) }},
	{"replies", func(t model.Totals) (float64, bool) { return t.Replies.PerThousand(t.Delivered) }},
	{"opt-outs", func(t model.Totals) (float64, bool) { return t.OptOuts.PerThousand(t.Delivered) }},
}

// order puts the best first by the next rate; what is unknown stays at the end. The cursor stays on its campaign.
func (c *compare) order() {
	c.sorted = c.sorted%(len(compareOrders)-1) + 1
	c.rows, c.at = orderedBy(c.rows, c.at, compareOrders[c.sorted].of)
}

func (c *compare) body(w, h int) []string {
	head := c.d.style.paint(accent, " Compare "+c.d.plural(int64(len(c.rows)), "campaign", "campaigns")) + c.d.style.paint(dim, " · order: "+compareOrders[c.sorted].name)
	lines := rateTable(c.d, rateColumns("campaign", "vendor"), c.rows, c.at, w)
	room := max(1, h-2)
	if rows := lines[1:]; len(rows) > room {
		top := max(0, min(c.at-room/2, len(rows)-room))
		lines = append(lines[:1:1], rows[top:top+room]...)
	} else if len(rows)+4 <= room {
		lines = append(append(lines, ""), explainRates(c.d, w)...)
	}
	return append([]string{head}, lines...)
}
