package campaigns

import (
	"cmp"
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"viberdeck/model"
	"viberdeck/ui/kit"
	"viberdeck/ui/term"
)

// compare shows the rates of several campaigns side by side, across vendors. It draws data that the
// list has already read.
type compare struct {
	d      *kit.Deck
	rows   []rated
	at     int
	sorted int // index into compareOrders
}

func newCompare(d *kit.Deck, campaigns []model.Campaign) *compare {
	c := &compare{d: d}
	slices.SortFunc(campaigns, func(a, b model.Campaign) int { return cmp.Compare(b.ID, a.ID) })
	for _, v := range campaigns {
		c.rows = append(c.rows, rated{name: v.Title(), note: d.VendorName(v.Vendor), account: v.Account,
			totals: v.Totals,
			cost:   v.Cost, asOf: v.AsOf})
	}
	return c
}

// WantsFull marks a dialog that takes the whole screen.
func (c *compare) WantsFull() {}

// Title names the dialog.
func (c *compare) Title() string { return c.d.Tr("Compare") }

// Hint returns the key hints of the dialog.
func (c *compare) Hint() string { return c.d.Tr("↑↓ row   s order by the next rate   Esc close") }

// Update handles a message and reports whether the dialog has ended.
func (c *compare) Update(msg tea.Msg) (tea.Cmd, bool) {
	key, ok := msg.(tea.KeyPressMsg)
	if !ok {
		return nil, false
	}
	switch kit.Command(key) {
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

// compareOrder is the natural order of a comparison, or a rate by which it can be sorted.
type compareOrder struct {
	order string
	of    func(model.Totals) (float64, bool) // nil: as they are
}

func compareOrders() []compareOrder {
	return []compareOrder{
		{order: "newest first"},
		{order: "delivered", of: func(t model.Totals) (float64, bool) { return t.Delivered.Share(t.Sent) }},
		{order: "read", of: func(t model.Totals) (float64, bool) { return t.Read.Share(t.Delivered) }},
		{order: "replies", of: func(t model.Totals) (float64, bool) { return t.Replies.PerThousand(t.Delivered) }},
		{order: "opt-outs", of: func(t model.Totals) (float64, bool) { return t.OptOuts.PerThousand(t.Delivered) }},
	}
}

// order sorts by the next rate, best first; unknown values stay at the end. The cursor stays on its
// campaign.
func (c *compare) order() {
	orders := compareOrders()
	c.sorted = c.sorted%(len(orders)-1) + 1
	c.rows, c.at = orderedBy(c.rows, c.at, orders[c.sorted].of)
}

// Body draws the dialog within the given width and height.
func (c *compare) Body(w, h int) []string {
	d := c.d
	head := " " + d.Style.Paint(term.Accent, d.Tr("Compare %s",
		d.Plural(int64(len(c.rows)), "campaign", "campaigns"))) +
		d.Style.Paint(term.Dim, " · "+d.Tr("order: %s", d.Phrase(compareOrders()[c.sorted].order)))
	lines := rateTable(d, rateColumns("campaign", "vendor"), c.rows, c.at, w)
	age := c.oldest()
	room := max(1, h-3)
	if rows := lines[1:]; len(rows) > room {
		top := max(0, min(c.at-room/2, len(rows)-room))
		lines = append(lines[:1:1], rows[top:top+room]...)
	} else if len(rows)+4 <= room {
		lines = append(append(lines, ""), explainRates(d, w)...)
	}
	return append([]string{head, age}, lines...)
}

// oldest says how old the oldest figures of the table are.
func (c *compare) oldest() string {
	d, oldest, offline, never := c.d, time.Time{}, false, 0
	for _, r := range c.rows {
		switch {
		case r.asOf.IsZero():
			never++
		case oldest.IsZero() || r.asOf.Before(oldest):
			oldest = r.asOf
		}
		offline = offline || d.Offline(r.account)
	}
	text, as := d.AsOf(oldest, offline, true)
	if !oldest.IsZero() {
		text = d.Tr("the oldest: %s, %s", text, d.Ago(oldest))
	}
	if never > 0 {
		text += " · " + d.Tr("never reported: %d", never)
	}
	return " " + d.Style.Paint(as, text)
}
