package campaigns

import (
	"strings"

	"github.com/charmbracelet/x/ansi"

	"viberdeck/model"
	"viberdeck/ui/kit"
	"viberdeck/ui/lang"
	"viberdeck/ui/term"
)

// step is one line of the funnel, or one part of the whole.
type step struct {
	name string
	n    model.Figure
}

func (f *figures) steps() []step {
	d, t := f.d, f.stats.Totals
	return []step{{d.Word("figure", "recipients"), t.Recipients}, {d.Word("figure", "sent"), t.Sent},
		{d.Word("figure", "delivered"), t.Delivered},
		{d.Word("figure", "read"), t.Read}, {d.Word("figure", "clicked"), t.Clicked}}
}

// Widths of the columns of the funnel and of the parts.
const (
	nameWidth   = 12
	numberWidth = 9
	shareWidth  = 9
	partsWidth  = nameWidth + numberWidth + shareWidth
)

// funnel shows each step with its number, its share of those sent and of the step before, and a bar
// if there is room.
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
	name := nameWidth
	head := term.Fit("", name) + term.FitRight(d.Tr("number"), numberWidth)
	if w < nameWidth+numberWidth+2*shareWidth { // the age of the figures replaces the self-explanatory part
		name--
		stamp, _ := d.AsOf(f.stats.AsOf, f.offline(), f.stats.Settled)
		head = term.Fit(stamp, name+numberWidth)
	}
	lines := []string{d.Style.Paint(term.Dim, head+term.FitRight(d.Tr("of sent"), shareWidth)+
		term.FitRight(d.Tr("of prev"), shareWidth))}
	before, dashes := model.Figure{}, false
	for i, s := range steps {
		line := term.Fit(s.name, name) + d.Style.Paint(term.Strong, term.FitRight(lang.Figure(s.n), numberWidth))
		if !s.n.Known {
			dashes = true
			lines = append(lines, line+d.Style.Paint(term.Dim, "  "+f.notReported()))
			continue
		}
		ofWhole, ofBefore := d.Share(s.n, whole), d.Share(s.n, before)
		if i == 0 {
			ofWhole, ofBefore = "", ""
		}
		line += term.FitRight(ofWhole, shareWidth) + term.FitRight(ofBefore, shareWidth)
		lines, before = append(lines, line+funnelBar(d, s.n.N, widest, w-name-numberWidth-2*shareWidth-1)), s.n
	}
	if reason := f.reason(); dashes && reason != "" {
		lines = append(lines, d.Style.PaintWrapped(term.Dim, "— "+reason, w)...)
	}
	return lines
}

// funnelBar draws a part of the widest one, at most w columns wide; "" if that is too narrow to be
// useful. A value above zero is always visible.
func funnelBar(d *kit.Deck, n, widest int64, w int) string {
	if w < 4 || widest <= 0 || n <= 0 {
		return ""
	}
	return " " + d.Style.Paint(term.Accent, strings.Repeat("█", max(1, int(n*int64(w)/widest))))
}

// notReported is a short reason why a figure is a dash.
func (f *figures) notReported() string {
	if f.stats.Settled {
		return f.d.Tr("not reported")
	}
	return f.d.Tr("not reported yet")
}

// reason says why the vendor has no figures of its own, if that is so.
func (f *figures) reason() string {
	caps, ok := f.d.Capabilities(f.campaign.Account)
	if !ok {
		return ""
	}
	return f.d.Text(caps.Why(model.ActStatistics))
}

// parts shows the results for everyone, so that they add up to the whole. If the vendor's own
// figures do not add up, it says so and changes nothing.
func (f *figures) parts(w int) []string {
	d, t, n := f.d, f.stats.Totals, f.stats.Totals.Recipients
	head := d.Tr("of %s", d.Plural(n.N, "recipient", "recipients"))
	if !n.Known {
		n = t.Sent
		head = d.Tr("of %s sent", lang.Figure(n))
	}
	lines := []string{d.Style.Paint(term.Dim, term.Clip(head, w))}
	sum, known := int64(0), true
	part := func(p step) {
		line := term.Fit(p.name, nameWidth) + d.Style.Paint(term.Strong, term.FitRight(lang.Figure(p.n), numberWidth))
		if !p.n.Known {
			note := "  " + f.notReported()
			if gap := w - nameWidth - 1 - ansi.StringWidth(note); gap < numberWidth {
				line = term.Fit(p.name, nameWidth) + term.FitRight("—", gap+1)
			}
			lines = append(lines, term.Cut(line+d.Style.Paint(term.Dim, note), w))
			return
		}
		lines = append(lines, line+term.FitRight(d.Share(p.n, n), shareWidth)+
			funnelBar(d, p.n.N, n.N, w-nameWidth-numberWidth-shareWidth-1))
	}
	for _, p := range []step{{d.Word("figure", "delivered"), t.Delivered},
		{d.Word("figure", "undelivered"), t.Undelivered},
		{d.Word("figure", "expired"), t.Expired}, {d.Word("figure", "failed"), t.Failed},
		{d.Word("figure", "unknown"), t.Unknown}} {
		sum, known = sum+p.n.N, known && p.n.Known
		part(p)
	}
	left := d.Word("figure", "under way")
	switch {
	case f.campaign.State.NotBegun():
		left = d.Word("figure", "waiting")
	case !known:
		left = d.Word("figure", "the rest")
	}
	switch over := sum - n.N; {
	case !n.Known:
		part(step{left, model.Figure{}})
	case over <= 0:
		part(step{left, model.Known(-over)})
	default:
		why := d.Tr("together %s, %s too many: these are the vendor's own figures, it counts some people twice",
			lang.Count(sum), lang.Count(over))
		if c := f.stats.Counted.Recipients; !f.campaign.Ours && c.Known && c.N < sum {
			why = d.Tr("together %s: the vendor names only %s of the people", lang.Count(sum), lang.Count(c.N))
		}
		lines = append(lines, d.Style.PaintWrapped(term.Warn, why, w)...)
	}
	return lines
}

// sources shows both counts if they differ: the vendor's own totals and the people one by one.
func (f *figures) sources(w int) []string {
	d, s := f.d, f.stats
	if !s.Differ() {
		return nil
	}
	report := func(source string, t model.Totals) string {
		var parts []string
		for _, p := range []step{{d.Word("figure", "sent"), t.Sent}, {d.Word("figure", "delivered"), t.Delivered},
			{d.Word("figure", "read"), t.Read}, {d.Word("figure", "clicked"), t.Clicked},
			{d.Word("figure", "undelivered"), t.Undelivered}, {d.Word("figure", "failed"), t.Failed}} {
			if p.n.Known {
				parts = append(parts, p.name+" "+lang.Figure(p.n))
			}
		}
		return source + " " + strings.Join(parts, " · ")
	}
	lines := []string{""}
	for _, text := range []string{report(d.Tr("the vendor's totals:"), s.Own),
		report(d.Tr("counted person by person:"), s.Counted)} {
		lines = append(lines, d.Style.PaintWrapped(term.Dim, text, w)...)
	}
	return lines
}
