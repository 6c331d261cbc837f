package ui

import (
	"strings"

	"github.com/charmbracelet/x/ansi"

	"viberdeck/model"
)

// step is one line of the funnel, or one part of the whole.
type step struct {
	name string
	n    model.Figure
}

func (f *figures) steps() []step {
	d, t := f.d, f.stats.Totals
	return []step{{d.word("figure", "recipients"), t.Recipients}, {d.word("figure", "sent"), t.Sent},
		{d.word("figure", "delivered"), t.Delivered},
		{d.word("figure", "read"), t.Read}, {d.word("figure", "clicked"), t.Clicked}}
}

// Widths of the columns of the funnel and of the parts.
const (
	nameWidth   = 12
	numberWidth = 9
	shareWidth  = 9
	partsWidth  = nameWidth + numberWidth + shareWidth
)

// funnel gives each step with its number, its share of those sent and of the step before, and a bar
// where there is room.
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
	head := fit("", name) + fitRight(d.tr("number"), numberWidth)
	if w < nameWidth+numberWidth+2*shareWidth { // the age of the figures takes the place of what speaks for itself
		name--
		stamp, _ := d.asOf(f.stats.AsOf, f.offline(), f.stats.Settled)
		head = fit(stamp, name+numberWidth)
	}
	lines := []string{d.style.paint(dim, head+fitRight(d.tr("of sent"), shareWidth)+
		fitRight(d.tr("of prev"), shareWidth))}
	before, dashes := model.Figure{}, false
	for i, s := range steps {
		line := fit(s.name, name) + d.style.paint(strong, fitRight(figure(s.n), numberWidth))
		if !s.n.Known {
			dashes = true
			lines = append(lines, line+d.style.paint(dim, "  "+f.notTold()))
			continue
		}
		ofWhole, ofBefore := d.share(s.n, whole), d.share(s.n, before)
		if i == 0 {
			ofWhole, ofBefore = "", ""
		}
		line += fitRight(ofWhole, shareWidth) + fitRight(ofBefore, shareWidth)
		lines, before = append(lines, line+funnelBar(d, s.n.N, widest, w-name-numberWidth-2*shareWidth-1)), s.n
	}
	if reason := f.reason(); dashes && reason != "" {
		for _, l := range wrap("— "+reason, max(1, w)) {
			lines = append(lines, d.style.paint(dim, l))
		}
	}
	return lines
}

// funnelBar draws a part of the widest one, at most w columns wide; "" where that is too little to
// see anything. What is not nothing is seen.
func funnelBar(d *deck, n, widest int64, w int) string {
	if w < 4 || widest <= 0 || n <= 0 {
		return ""
	}
	return " " + d.style.paint(accent, strings.Repeat("█", max(1, int(n*int64(w)/widest))))
}

// notTold is why a figure is a dash, in few words.
func (f *figures) notTold() string {
	if f.stats.Settled {
		return f.d.tr("not told")
	}
	return f.d.tr("not told yet")
}

// reason is why the vendor gives no figures of its own, if that is so.
func (f *figures) reason() string {
	caps, ok := f.d.capabilities(f.campaign.Account)
	if !ok {
		return ""
	}
	return f.d.text(caps.Why(model.ActStatistics))
}

// parts say what became of everybody, so that they add up to the whole. Where the vendor's own
// figures do not, it is said and nothing is bent.
func (f *figures) parts(w int) []string {
	d, t, n := f.d, f.stats.Totals, f.stats.Totals.Recipients
	head := d.tr("of %s", d.plural(n.N, "recipient", "recipients"))
	if !n.Known {
		n = t.Sent
		head = d.tr("of %s sent", figure(n))
	}
	lines := []string{d.style.paint(dim, clip(head, w))}
	sum, told := int64(0), true
	part := func(p step) {
		line := fit(p.name, nameWidth) + d.style.paint(strong, fitRight(figure(p.n), numberWidth))
		if !p.n.Known {
			note := "  " + f.notTold()
			if gap := w - nameWidth - 1 - ansi.StringWidth(note); gap < numberWidth {
				line = fit(p.name, nameWidth) + fitRight("—", gap+1)
			}
			lines = append(lines, cut(line+d.style.paint(dim, note), w))
			return
		}
		lines = append(lines, line+fitRight(d.share(p.n, n), shareWidth)+
			funnelBar(d, p.n.N, n.N, w-nameWidth-numberWidth-shareWidth-1))
	}
	for _, p := range []step{{d.word("figure", "delivered"), t.Delivered},
		{d.word("figure", "undelivered"), t.Undelivered},
		{d.word("figure", "expired"), t.Expired}, {d.word("figure", "failed"), t.Failed},
		{d.word("figure", "unknown"), t.Unknown}} {
		sum, told = sum+p.n.N, told && p.n.Known
		part(p)
	}
	left := d.word("figure", "under way")
	if !told {
		left = d.word("figure", "the rest")
	}
	switch over := sum - n.N; {
	case !n.Known:
		part(step{left, model.Figure{}})
	case over <= 0:
		part(step{left, model.Known(-over)})
	default:
		for _, l := range wrap(d.tr("together %s, %s too many: these are the vendor's own figures, it counts some "+
			"people twice", count(sum), count(over)), max(1, w)) {
			lines = append(lines, d.style.paint(warn, l))
		}
	}
	return lines
}
