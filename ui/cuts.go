package ui

import (
	"context"
	"fmt"

	tea "charm.land/bubbletea/v2"

	"viberdeck/model"
)

// cutSpan is how far back figures of many campaigns are cut.
const cutSpan = "30d"

// cuts show the funnel cut by vendor, sender or country: of the opened campaign, or of all of the last 30 days. Counting may
// take seconds, so what was counted is kept until it is asked for again.
type cuts struct {
	d     *deck
	asked slot
	busy  bool
	err   error
	of    cutQuestion
	kept  map[cutQuestion]model.Cuts
}

// cutQuestion is what was counted: by what, and of which campaign (0: all of the last 30 days).
type cutQuestion struct {
	by       model.CutBy
	campaign model.CampaignID
}

func newCuts(d *deck) *cuts { return &cuts{d: d, kept: map[cutQuestion]model.Cuts{}} }

// about shows a cut, and counts it unless it was counted already. With anew it is counted again.
func (c *cuts) about(of cutQuestion, anew bool) tea.Cmd {
	changed := of != c.of
	if c.of = of; changed {
		c.busy, c.err = false, nil
		c.asked.forget()
	}
	if _, ok := c.kept[of]; c.busy || ok && !anew {
		return nil
	}
	q := model.PageRequest{Campaign: of.campaign, Operator: c.d.Operator}
	if of.campaign == 0 {
		q.Filter, c.err = model.ParseFilter("after:"+cutSpan, c.d.now, c.d.Zone)
		if c.err != nil {
			return nil
		}
	}
	c.busy = true
	store := c.d.Store
	return ask(c.d, &c.asked, func(ctx context.Context) (model.Cuts, error) { return store.Cuts(ctx, of.by, q) },
		func(v model.Cuts, err error) tea.Cmd {
			if c.busy, c.err = false, err; err == nil {
				c.kept[of] = v
			}
			return nil
		})
}

func (c *cuts) lines(w int, name string) []string {
	d, v := c.d, c.kept[c.of]
	what := "all campaigns of the last 30 days"
	if c.of.campaign != 0 {
		what = clip(name, 40)
	}
	lines := []string{d.style.paint(strong, "by "+string(c.of.by)) + d.style.paint(dim, " · "+what)}
	switch {
	case c.err != nil:
		return append(lines, wrap("The figures could not be read: "+c.err.Error()+". Press r to try again.", max(1, w))...)
	case c.busy && len(v.Rows) == 0:
		return append(lines, "", "Counting…")
	case len(v.Rows) == 0:
		return append(lines, "", "No campaign with figures here yet.")
	}
	for _, l := range wrap(counting(d, v, c.busy), max(1, w)) {
		lines = append(lines, d.style.paint(dim, l))
	}
	lines = append(lines, "")
	rows := make([]rated, len(v.Rows))
	for i, r := range v.Rows {
		note := c.d.plural(r.Campaigns, "campaign", "campaigns")
		if c.of.by == model.CutSender {
			note = r.Account
		}
		rows[i] = rated{name: or(r.Name, "unknown "+string(c.of.by)), note: note, totals: r.Totals, asOf: v.AsOf}
	}
	second := "campaigns"
	if c.of.by == model.CutSender {
		second = "account"
	}
	all := rateColumns(string(c.of.by), second)
	const withoutCost = 3 // the last columns are those of campaigns only
	lines = append(lines, rateTable(d, all[:len(all)-withoutCost], rows, -1, w)...)
	return append(append(lines, ""), explainRates(d, w)...)
}

// counting says what the figures are of, how old they are, and what is left out.
func counting(d *deck, v model.Cuts, busy bool) string {
	text := d.plural(v.Campaigns, "campaign", "campaigns") + " counted, the oldest figure as of " + d.ago(v.AsOf)
	if v.Without > 0 {
		text += fmt.Sprintf(" · %s without figures here", count(v.Without))
	}
	if v.Beyond > 0 {
		text += fmt.Sprintf(" · %s older ones left out: too many to count at once", count(v.Beyond))
	}
	if busy {
		text += " · counting anew…"
	}
	return text
}
