package campaigns

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"viberdeck/model"
	"viberdeck/ui/kit"
	"viberdeck/ui/lang"
	"viberdeck/ui/term"
)

// cutSpan is the period for which the figures of many campaigns are broken down.
const cutSpan = "30d"

// cuts show the funnel by vendor, sender or country: of the open campaign, or of all campaigns of
// the last 30 days. Counting may take seconds, so results are kept until a recount is requested.
type cuts struct {
	d     *kit.Deck
	asked kit.Slot
	busy  bool
	err   error
	of    cutQuestion
	kept  map[cutQuestion]model.Cuts
	// The breakdowns below the figures of a campaign, and whether one of them is being counted.
	wanted     []cutQuestion
	filling    kit.Slot
	fillingNow bool
}

// cutQuestion identifies a count: the dimension, and the campaign (0: all of the last 30 days).
type cutQuestion struct {
	by       model.CutBy
	campaign model.CampaignID
}

func newCuts(d *kit.Deck) *cuts { return &cuts{d: d, kept: map[cutQuestion]model.Cuts{}} }

// about shows a breakdown, and counts it unless it has been counted already. With anew it is
// counted again.
func (c *cuts) about(of cutQuestion, anew bool) tea.Cmd {
	changed := of != c.of
	if c.of = of; changed {
		c.busy, c.err = false, nil
		c.asked.Forget()
	}
	if _, ok := c.kept[of]; c.busy || ok && !anew {
		return nil
	}
	read, err := c.read(of)
	if c.err = err; err != nil {
		return nil
	}
	c.busy = true
	return kit.Ask(c.d, &c.asked, read, func(v model.Cuts, err error) tea.Cmd {
		if c.busy, c.err = false, err; err == nil {
			c.kept[of] = v
		}
		return nil
	})
}

// read returns the function that counts a breakdown.
func (c *cuts) read(of cutQuestion) (func(context.Context) (model.Cuts, error), error) {
	q := model.PageRequest{Campaign: of.campaign, Operator: c.d.Operator}
	if of.campaign == 0 {
		var err error
		if q.Filter, err = model.ParseFilter("after:"+cutSpan, c.d.Now, c.d.Zone); err != nil {
			return nil, err
		}
	}
	store := c.d.Store
	return func(ctx context.Context) (model.Cuts, error) { return store.Cuts(ctx, of.by, q) }, nil
}

// besideFigures are the breakdowns shown below the figures of a campaign on a large screen.
func besideFigures(campaign model.CampaignID) []cutQuestion {
	return []cutQuestion{{model.CutCountry, campaign}, {by: model.CutSender}, {by: model.CutVendor}}
}

// fill counts those breakdowns that have not been counted yet, one after another. A count under way
// is not started again, however often it is requested.
func (c *cuts) fill(of []cutQuestion) tea.Cmd {
	c.wanted = of
	for _, q := range of {
		if _, ok := c.kept[q]; ok || c.fillingNow {
			continue
		}
		read, err := c.read(q)
		if err != nil {
			return nil
		}
		c.fillingNow = true
		return kit.Ask(c.d, &c.filling, read, func(v model.Cuts, err error) tea.Cmd {
			if c.fillingNow = false; err != nil {
				return nil // they also have their own screen, which shows the error
			}
			c.kept[q] = v
			return c.fill(c.wanted)
		})
	}
	return nil
}

// mostBeside is the maximum number of rows of a breakdown below the figures of a campaign.
const mostBeside = 6

// beside draws breakdowns side by side, w columns wide; those not yet counted are left out.
func (c *cuts) beside(of []cutQuestion, w int) []string {
	var lines []string
	part := w / len(of)
	for i, q := range of {
		v, ok := c.kept[q]
		if !ok {
			continue
		}
		what := c.d.Tr("the last 30 days")
		if q.campaign != 0 {
			what = c.d.Tr("this campaign")
		}
		rows := c.rows(q)
		if !v.AsOf.IsZero() {
			what += " · " + c.d.Age(v.AsOf)
		}
		block := append([]string{c.heading(q.by, what)},
			rateTable(c.d, c.columns(q.by), rows[:min(mostBeside, len(rows))], -1, part-2)...)
		lines = sideBySide(lines, block, i*part, (i+1)*part)
	}
	return lines
}

// heading names a breakdown and its subject.
func (c *cuts) heading(by model.CutBy, of string) string {
	d := c.d
	name := d.Tr("by vendor")
	switch by {
	case model.CutSender:
		name = d.Tr("by sender")
	case model.CutCountry:
		name = d.Tr("by country")
	}
	return d.Style.Paint(term.Strong, name) + d.Style.Paint(term.Dim, " · "+of)
}

// columns returns the columns of the breakdown, without those about the cost of single campaigns.
func (c *cuts) columns(by model.CutBy) []kit.Column[rated] {
	first, second := "vendor", "campaigns"
	switch by {
	case model.CutSender:
		first, second = "sender", "account"
	case model.CutCountry:
		first = "country"
	}
	all := rateColumns(first, second)
	const ofCampaigns = 3 // the last columns
	return all[:len(all)-ofCampaigns]
}

func (c *cuts) rows(of cutQuestion) []rated {
	d, v := c.d, c.kept[of]
	rows := make([]rated, len(v.Rows))
	for i, r := range v.Rows {
		name, note := r.Name, d.Plural(r.Campaigns, "campaign", "campaigns")
		if of.by == model.CutSender {
			note = r.Account
		}
		switch {
		case name == "":
			name = d.Word("figure", "unknown")
		case of.by == model.CutVendor:
			name = d.VendorName(model.Vendor(name))
		}
		rows[i] = rated{name: name, note: note, totals: r.Totals, asOf: v.AsOf}
	}
	return rows
}

// lines draws the breakdown, w columns wide; campaign is the name of its campaign, if it is about
// one.
func (c *cuts) lines(w int, campaign string) []string {
	d, v := c.d, c.kept[c.of]
	of := d.Tr("all campaigns of the last 30 days")
	if c.of.campaign != 0 {
		of = term.Clip(campaign, 40)
	}
	lines := []string{c.heading(c.of.by, of)}
	switch {
	case c.err != nil:
		return append(lines, term.Wrap(d.Tr("The figures could not be read: %s. Press r to try again.",
			d.Fault(c.err)), max(1, w))...)
	case c.busy && len(v.Rows) == 0:
		return append(lines, "", d.Tr("Counting…"))
	case len(v.Rows) == 0:
		return append(lines, "", d.Tr("No campaign with figures here yet."))
	}
	text, as := c.counting()
	for _, l := range term.Wrap(text, max(1, w)) {
		lines = append(lines, d.Style.Paint(as, l))
	}
	lines = append(append(lines, ""), rateTable(d, c.columns(c.of.by), c.rows(c.of), -1, w)...)
	return append(append(lines, ""), explainRates(d, w)...)
}

// counting says what the figures cover, how old they are, and what is left out.
func (c *cuts) counting() (string, term.Tone) {
	d, v := c.d, c.kept[c.of]
	text, as := d.AsOf(v.AsOf, d.Offline(""), true)
	text += ", " + d.Ago(v.AsOf) + " · " + d.Tr("%s counted", d.Plural(v.Campaigns, "campaign", "campaigns"))
	if v.Without > 0 {
		text += " · " + d.Tr("%s without figures here", lang.Count(v.Without))
	}
	if v.Beyond > 0 {
		text += " · " + d.Tr("%s older ones left out: too many to count at once", lang.Count(v.Beyond))
	}
	if c.busy {
		text += " · " + d.Tr("recounting…")
	}
	return text, as
}
