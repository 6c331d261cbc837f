package ui

import (
	"context"
	"fmt"
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"viberdeck/model"
)

// figures are the statistics of one campaign as people look at them: a funnel, what became of the rest, failures by
// reason with what to do about them, answers, cost, figures over time. What nobody knows is a dash with the reason.
type figures struct {
	d        *deck
	campaign model.Campaign
	stats    model.Statistics
	loaded   bool
	err      error
	asked    slot
}

func newFigures(d *deck) *figures { return &figures{d: d} }

// about asks for the figures of a campaign.
func (f *figures) about(c model.Campaign) tea.Cmd {
	if c.ID != f.campaign.ID {
		f.stats, f.loaded = model.Statistics{}, false
	}
	f.campaign = c
	if c.ID == 0 {
		return nil
	}
	store := f.d.Store
	return ask(f.d, &f.asked, func(ctx context.Context) (model.Statistics, error) { return store.Statistics(ctx, c.ID) },
		func(s model.Statistics, err error) tea.Cmd {
			if f.err = err; err == nil {
				f.stats, f.loaded = s, true
			}
			return nil
		})
}

func (f *figures) freshness() freshness { return freshness{at: f.stats.AsOf, err: f.err} }

// Widths at which the figures are laid out anew.
const (
	narrowFigures = 60  // below: one short line a figure
	wideFigures   = 110 // from here: failures and answers stand beside the funnel
)

// lines give all of it, w columns wide; charts take what is left of h lines.
func (f *figures) lines(w, h int) []string {
	switch {
	case f.err != nil:
		return append([]string{""}, wrap("The figures could not be read: "+f.err.Error()+". Press r to try again.", max(1, w))...)
	case !f.loaded:
		return []string{"", "Reading…"}
	}
	var lines []string
	switch {
	case w < narrowFigures:
		lines = slices.Concat([]string{f.title(w)}, f.funnel(w), f.asOf(w), f.parts(w), f.answers(w), f.failures(w))
	case w < wideFigures:
		lines = slices.Concat([]string{f.title(w)}, f.asOf(w), f.funnel(w), []string{""}, f.parts(w), f.answers(w), f.failures(w))
	default:
		left := w * 11 / 20
		lines = slices.Concat([]string{f.title(w)}, f.asOf(w), []string{""},
			sideBySide(slices.Concat(f.funnel(left-3), []string{""}, f.parts(left-3)), slices.Concat(f.answers(w-left), f.failures(w-left)), left, w))
	}
	return append(lines, f.overTime(w, h-len(lines))...)
}

// sideBySide puts two blocks side by side.
func sideBySide(left, right []string, at, w int) []string {
	lines := make([]string, max(len(left), len(right)))
	left, right = box(left, at, len(lines)), box(right, w-at, len(lines))
	for i := range lines {
		lines[i] = left[i] + right[i]
	}
	return lines
}

func (f *figures) title(w int) string {
	d, state := f.d, f.stats.State
	if state == "" {
		state = f.campaign.State
	}
	word := d.style.paint(campaignTone(state), string(state))
	if w < narrowFigures {
		return d.style.paint(strong, clip(f.campaign.Title(), max(8, w-24))) + " · " + word + d.style.paint(dim, " · "+d.ago(f.stats.AsOf))
	}
	return fmt.Sprintf("%s · %s (%s) · %s", d.style.paint(strong, clip(f.campaign.Title(), max(8, w/2))), f.campaign.Account, f.campaign.Vendor, word)
}

// oldFigures is when the figures of a campaign that is still asked about are called old.
const oldFigures = time.Hour

// asOf says how old the figures are and when the vendor is asked next.
func (f *figures) asOf(w int) []string {
	d, s := f.d, f.stats
	text, as := "the vendor has not told any figure yet", dim
	if !s.AsOf.IsZero() {
		text = "as of " + d.exactly(s.AsOf) + ", " + d.ago(s.AsOf)
		switch {
		case f.offline():
			text, as = "cached "+text, warn
		case !s.Settled && d.now.Sub(s.AsOf) > oldFigures:
			text, as = "OLD: "+text, warn
		}
	}
	switch {
	case s.Settled:
		text += " · final: the vendor is not asked any more"
	case s.NextPoll.After(d.now):
		text += " · asked again in " + d.span(s.NextPoll.Sub(d.now))
	case !s.NextPoll.IsZero():
		text += " · asked again now"
	}
	var lines []string
	for _, l := range wrap(text, max(1, w)) {
		lines = append(lines, d.style.paint(as, l))
	}
	return lines
}

func (f *figures) offline() bool {
	return slices.ContainsFunc(f.d.overview.Accounts, func(h model.Health) bool {
		return h.Account == f.campaign.Account && h.Known && !h.Online
	})
}
