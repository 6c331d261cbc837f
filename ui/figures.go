package ui

import (
	"context"
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/guptarohit/asciigraph"

	"viberdeck/model"
)

// figures are the statistics of one campaign as people look at them: a funnel, what became of the rest, failures by
// reason with what to do about them, figures over time, cost. What nobody knows is a dash with the reason.
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

// lines give all of it, w columns wide.
func (f *figures) lines(w int) []string {
	d := f.d
	switch {
	case f.err != nil:
		return append([]string{""}, wrap("The figures could not be read: "+f.err.Error()+". Press r to try again.", max(1, w))...)
	case !f.loaded:
		return []string{"", "Reading…"}
	}
	state := f.stats.State
	if state == "" {
		state = f.campaign.State
	}
	lines := []string{fmt.Sprintf("%s · %s (%s) · %s", d.style.paint(strong, clip(f.campaign.Name, max(8, w/3))), f.campaign.Account, f.campaign.Vendor,
		d.style.paint(campaignTone(state), string(state))), f.asOf(), ""}
	lines = append(lines, f.funnel(w)...)
	lines = append(lines, "")
	lines = append(lines, f.rest(w)...)
	lines = append(lines, f.failures(w)...)
	lines = append(lines, f.chart(w)...)
	return lines
}

func (f *figures) asOf() string {
	if f.stats.AsOf.IsZero() {
		return f.d.style.paint(dim, "the vendor has not told any figure yet")
	}
	return f.d.style.paint(dim, "as of "+f.d.exactly(f.stats.AsOf)+", "+f.d.ago(f.stats.AsOf))
}

// step is one line of the funnel.
type step struct {
	name  string
	n     model.Figure
	whyNo string // why it may be unknown
}

func (f *figures) steps() []step {
	t := f.stats.Totals
	return []step{
		{"recipients", t.Recipients, "not told by the vendor"},
		{"sent", t.Sent, "not told by the vendor"},
		{"delivered", t.Delivered, "not told by the vendor"},
		{"read", t.Read, "not told by the vendor"},
		{"clicked", t.Clicked, "not counted by the vendor"},
	}
}

func (f *figures) funnel(w int) []string {
	d, steps := f.d, f.steps()
	whole := steps[1].n
	if !whole.Known {
		whole = steps[0].n
	}
	widest := int64(0)
	for _, s := range steps {
		widest = max(widest, s.n.N)
	}
	reason := f.reason()
	room := w - 47
	head := fit("", 11) + fitRight("number", 9) + fitRight("of sent", 10) + fitRight("of step before", 15)
	if w < 47 {
		head = fit("", 11) + fitRight("number", 9) + fitRight("of sent", 10)
	}
	lines := []string{d.style.paint(dim, head)}
	before := model.Figure{}
	for i, s := range steps {
		line := fit(s.name, 11) + d.style.paint(strong, fitRight(figure(s.n), 9))
		ofWhole, ofBefore := share(s.n, whole), share(s.n, before)
		if i == 0 {
			ofWhole, ofBefore = "", ""
		}
		line += fitRight(ofWhole, 10)
		if w >= 47 {
			line += fitRight(ofBefore, 15)
		}
		switch {
		case !s.n.Known && w > 60:
			line += "  " + d.style.paint(dim, clip(or(reason, s.whyNo), room))
		case s.n.Known && room > 8 && widest > 0:
			line += "  " + d.style.paint(accent, strings.Repeat("█", int(s.n.N*int64(room)/widest)))
		}
		lines = append(lines, line)
		if s.n.Known {
			before = s.n
		}
	}
	return lines
}

// reason is why the vendor gives no figures at all, if that is so.
func (f *figures) reason() string {
	caps, ok := f.d.capabilities(f.campaign.Account)
	if !ok {
		return ""
	}
	return caps.Why(model.ActStatistics)
}

// rest says what became of everybody, so that the parts add up to the whole.
func (f *figures) rest(w int) []string {
	t := f.stats.Totals
	whole, n := "recipients", t.Recipients
	if !n.Known {
		whole, n = "sent", t.Sent
	}
	sum, left := int64(0), "under way or stopped"
	var words []string
	for _, p := range []step{{"delivered", t.Delivered, ""}, {"undelivered", t.Undelivered, ""}, {"expired", t.Expired, ""}, {"failed", t.Failed, ""},
		{"unknown", t.Unknown, ""}} {
		words = append(words, p.name+" "+figure(p.n))
		if sum += p.n.N; !p.n.Known {
			left = "under way, stopped or not told"
		}
	}
	line := strings.Join(words, " + ")
	switch {
	case !n.Known:
		line += " + " + left + " —"
	case sum <= n.N:
		line += " + " + left + " " + count(n.N-sum) + " = " + whole + " " + count(n.N)
	default:
		line += fmt.Sprintf(" ≠ %s %s: the vendor's own figures differ by %s", whole, count(n.N), count(sum-n.N))
	}
	all := wrap(line, max(1, w))
	answers := fmt.Sprintf("replies %s · opt-outs %s", figure(t.Replies), figure(t.OptOuts))
	if t.Delivered.Known && t.Delivered.N > 0 && t.OptOuts.Known {
		answers += fmt.Sprintf(" (%.1f per 1000 delivered)", 1000*float64(t.OptOuts.N)/float64(t.Delivered.N))
	}
	return append(all, clip(answers+" · cost "+price(f.stats.Cost), w))
}

// failures groups those who did not get it by reason, with what to do next.
func (f *figures) failures(w int) []string {
	if len(f.stats.Reasons) == 0 {
		return nil
	}
	d := f.d
	lines := []string{"", d.style.paint(dim, "not delivered, by reason")}
	for i, r := range f.stats.Reasons {
		if i == 8 {
			lines = append(lines, d.style.paint(dim, fmt.Sprintf("  and %d reasons more", len(f.stats.Reasons)-i)))
			break
		}
		reason := min(30, max(8, w/4))
		line := fitRight(count(r.People), 8) + "  " + fit(r.Status.String(), 12) + fit(clip(or(r.Reason, "—"), reason), reason)
		lines = append(lines, line+d.style.paint(dim, clip(" → "+nextStep(r.Status), max(0, w-22-reason))))
	}
	return lines
}

// nextStep says what a person can do about people in that status.
func nextStep(s model.DeliveryStatus) string {
	switch s {
	case model.StatusExpired:
		return "not reached in time: a new try may work"
	case model.StatusUndelivered:
		return "perhaps not on Viber: use SMS"
	case model.StatusOptedOut:
		return "opted out: put on the blacklist"
	case model.StatusNoMoney:
		return "top up the balance, then send again"
	case model.StatusRejected:
		return "read the vendor's reason; do not repeat"
	case model.StatusFailed:
		return "a technical failure: a new try may work"
	case model.StatusUnknown:
		return "decide in Outbox"
	}
	return "wait"
}

// chart draws what was delivered and read over time, one under the other, so that no colour is needed.
func (f *figures) chart(w int) []string {
	samples := f.stats.Samples
	if len(samples) < 2 || w < 40 {
		return nil
	}
	delivered, read := make([]float64, len(samples)), make([]float64, len(samples))
	for i, s := range samples {
		delivered[i], read[i] = float64(s.Delivered), float64(s.Read)
	}
	span := fmt.Sprintf("%s to %s", f.d.when(samples[0].At), f.d.when(samples[len(samples)-1].At))
	half := min(60, (w-4)/2-10)
	if w < 100 {
		half = min(60, w-12)
	}
	draw := func(name string, series []float64) []string {
		plot := asciigraph.Plot(series, asciigraph.Width(half), asciigraph.Height(5), asciigraph.Precision(0), asciigraph.LowerBound(0))
		return append([]string{f.d.style.paint(dim, name+", "+span)}, strings.Split(plot, "\n")...)
	}
	left, right := draw("delivered", delivered), draw("read", read)
	lines := []string{""}
	if w < 100 {
		return append(append(lines, left...), append([]string{""}, right...)...)
	}
	for i := range max(len(left), len(right)) {
		var l, r string
		if i < len(left) {
			l = left[i]
		}
		if i < len(right) {
			r = right[i]
		}
		lines = append(lines, fit(l, w/2)+r)
	}
	return lines
}
