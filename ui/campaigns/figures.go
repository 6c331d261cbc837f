package campaigns

import (
	"context"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"viberdeck/model"
	"viberdeck/ui/kit"
	"viberdeck/ui/term"
)

// figures are the statistics of one campaign for display: a funnel, the result for everyone,
// answers, cost, failures by reason with what to do about them, figures over time. Unknown values
// are a dash with the reason.
type figures struct {
	d        *kit.Deck
	campaign model.Campaign
	stats    model.Statistics
	loaded   bool
	err      error
	asked    kit.Slot
}

func newFigures(d *kit.Deck) *figures { return &figures{d: d} }

// about requests the figures of a campaign.
func (f *figures) about(c model.Campaign) tea.Cmd {
	if c.ID != f.campaign.ID {
		f.stats, f.loaded = model.Statistics{}, false
	}
	f.campaign = c
	if c.ID == 0 {
		return nil
	}
	store := f.d.Store
	return kit.Ask(f.d, &f.asked, func(ctx context.Context) (model.Statistics, error) {
		return store.Statistics(ctx, c.ID)
	},
		func(s model.Statistics, err error) tea.Cmd {
			if f.err = err; err == nil {
				f.stats, f.loaded = s, true
			}
			return nil
		})
}

func (f *figures) freshness() kit.Freshness { return kit.Freshness{At: f.stats.AsOf, Err: f.err} }

// Widths at which the layout of the figures changes.
const (
	pairFigures = 76  // from here: two blocks side by side; below, one under the other
	wideFigures = 160 // from here: three
)

// lines returns everything, w columns wide; charts take what is left of h lines.
func (f *figures) lines(w, h int) []string {
	switch {
	case f.err != nil:
		return append([]string{""}, term.Wrap(f.d.Tr("The figures could not be read: %s. Press r to try again.",
			f.d.Fault(f.err)), max(1, w))...)
	case !f.loaded:
		return []string{"", f.d.Tr("Reading…")}
	}
	blank := []string{""}
	var lines []string
	switch {
	case w < pairFigures:
		lines = slices.Concat(f.title(w), f.funnel(w), f.asOf(w), blank, f.parts(w), blank, f.answers(w), f.failures(w))
	case w < wideFigures:
		left := max(w*29/50, w-48)
		if w < 90 {
			left = w - partsWidth
		}
		if h > roomForTabs {
			lines = blank
		}
		lines = slices.Concat(f.title(w), f.asOf(w), lines,
			sideBySide(slices.Concat(f.funnel(left-1), blank, f.answers(left-1)),
				slices.Concat(f.parts(w-left), f.failures(w-left)), left, w))
	default:
		left, middle := w*34/100, w*22/100
		right := w - left - middle
		lines = slices.Concat(f.title(w), f.asOf(w), blank,
			sideBySide(sideBySide(slices.Concat(f.funnel(left-3), blank, f.answers(left-3)),
				f.parts(middle-3), left, left+middle), withoutBlank(f.failures(right)), left+middle, w))
	}
	lines = append(lines, f.sources(w)...)
	return append(lines, f.overTime(w, h-len(lines))...)
}

// withoutBlank removes a blank line at the beginning.
func withoutBlank(lines []string) []string {
	if len(lines) > 0 && lines[0] == "" {
		return lines[1:]
	}
	return lines
}

// sideBySide puts two blocks side by side.
func sideBySide(left, right []string, at, w int) []string {
	lines := make([]string, max(len(left), len(right)))
	left, right = term.Box(left, at, len(lines)), term.Box(right, w-at, len(lines))
	for i := range lines {
		lines[i] = left[i] + right[i]
	}
	return lines
}

func (f *figures) title(w int) []string {
	d, state := f.d, f.stats.State
	if state == "" {
		state = f.campaign.State
	}
	line := ""
	if w >= pairFigures {
		line = " · " + term.Clip(f.campaign.Account+" ("+d.VendorName(f.campaign.Vendor)+")", w/4)
	}
	line += " · " + d.Style.Paint(kit.CampaignTone(state), d.Word("state", string(state)))
	if own := f.stats.VendorState; own != "" && !strings.EqualFold(own, string(state)) && w >= pairFigures {
		line += d.Style.Paint(term.Dim, " · "+d.Tr("the vendor says: %s", term.Clip(own, 24)))
	}
	return []string{d.Style.Paint(term.Strong, term.Clip(f.campaign.Title(), max(8, w-term.WidthOf(line)))) + line}
}

// asOf shows how old the figures are and when the vendor is asked next.
func (f *figures) asOf(w int) []string {
	d, s := f.d, f.stats
	text, as := d.Tr("no figures from the vendor yet"), term.Dim
	if !s.AsOf.IsZero() {
		text, as = d.AsOf(s.AsOf, f.offline(), s.Settled)
		text += ", " + d.Ago(s.AsOf)
	}
	switch {
	case s.Settled:
		text += " · " + d.Tr("final: the vendor is not asked any more")
	case s.NextPoll.After(d.Now):
		text += " · " + d.Tr("asked again in %s", d.Span(s.NextPoll.Sub(d.Now)))
	case !s.NextPoll.IsZero():
		text += " · " + d.Tr("asked again now")
	}
	var lines []string
	for _, l := range term.Wrap(text, max(1, w)) {
		lines = append(lines, d.Style.Paint(as, l))
	}
	return lines
}

func (f *figures) offline() bool { return f.d.Offline(f.campaign.Account) }
