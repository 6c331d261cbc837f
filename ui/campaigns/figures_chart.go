package campaigns

import (
	"slices"
	"strings"
	"time"

	"github.com/charmbracelet/x/ansi"
	"github.com/guptarohit/asciigraph"

	"viberdeck/model"
	"viberdeck/ui/lang"
	"viberdeck/ui/term"
)

// sparks are the characters for heights.
const sparks = "▁▂▃▄▅▆▇█"

// curve is one figure over time.
type curve struct {
	name string
	of   func(model.Sample) int64
}

// overTime draws deliveries, reads and replies over time: one chart each if there is room,
// otherwise one line each. Every curve has its own picture, so that no colour is needed to
// distinguish them.
func (f *figures) overTime(w, room int) []string {
	samples := f.stats.Samples
	if len(samples) < 2 || w < 30 {
		return nil
	}
	d := f.d
	curves := []curve{{d.Word("figure", "delivered"), func(s model.Sample) int64 { return s.Delivered }},
		{d.Word("figure", "read"), func(s model.Sample) int64 { return s.Read }}}
	if slices.ContainsFunc(samples, func(s model.Sample) bool { return s.Replies > 0 }) {
		curves = append(curves, curve{d.Word("figure", "replies"), func(s model.Sample) int64 { return s.Replies }})
	}
	across := 1
	switch {
	case w >= 40*len(curves):
		across = len(curves)
	case w >= pairFigures:
		across = 2
	}
	down := (len(curves) + across - 1) / across
	// A chart has a title line, a line of times and a line of space, and is worth drawing from four
	// lines on.
	height := min(30, room/down-3)
	if height < 4 || w < pairFigures {
		return f.sparklines(curves, w)
	}
	var lines []string
	for row := range slices.Chunk(curves, across) {
		var blocks []string
		for i, c := range row {
			blocks = sideBySide(blocks, f.plot(c, w/across-2, height), i*(w/across), (i+1)*(w/across))
		}
		lines = append(append(lines, ""), blocks...)
	}
	return lines
}

// plot draws one curve with its times under it.
func (f *figures) plot(c curve, w, height int) []string {
	samples := f.stats.Samples
	last := c.of(samples[len(samples)-1])
	margin := max(len(lang.Count(last)), 3) + 3
	values := Resample(samples, c.of, max(4, w-margin))
	picture := asciigraph.Plot(values, asciigraph.Height(height-1), asciigraph.LowerBound(0),
		asciigraph.YAxisValueFormatter(func(v float64) string { return lang.Count(int64(v + 0.5)) }))
	lines := append([]string{f.d.Style.Paint(term.Dim, c.name) + " " + f.d.Style.Paint(term.Strong, lang.Count(last))},
		strings.Split(picture, "\n")...)
	return append(lines, f.d.Style.Paint(term.Dim, strings.Repeat(" ", margin)+f.times(max(4, w-margin))))
}

// sparklines draws one line per curve.
func (f *figures) sparklines(curves []curve, w int) []string {
	samples := f.stats.Samples
	width := min(72, w-11-10)
	lines := []string{""}
	for _, c := range curves {
		values := Resample(samples, c.of, width)
		top := slices.Max(values)
		var b strings.Builder
		steps := []rune(sparks)
		for _, v := range values {
			i := 0
			if top > 0 {
				i = int(v / top * float64(len(steps)-1))
			}
			b.WriteRune(steps[i])
		}
		lines = append(lines, term.Fit(c.name, 11)+f.d.Style.Paint(term.Accent, b.String())+
			term.FitRight(lang.Count(c.of(samples[len(samples)-1])), 10))
	}
	return append(lines, f.d.Style.Paint(term.Dim, strings.Repeat(" ", 11)+f.times(width)))
}

// times labels the beginning and the end of the period, and times between them if there is room.
func (f *figures) times(w int) string {
	samples := f.stats.Samples
	first, length := samples[0].At, samples[len(samples)-1].At.Sub(samples[0].At)
	from, to := f.d.When(first), f.d.When(first.Add(length))
	if w < ansi.StringWidth(from)+1+ansi.StringWidth(to) {
		return term.Clip(from, w)
	}
	line := from
	for steps, i := max(1, w/30), 1; i < steps; i++ {
		between := f.d.When(first.Add(length * time.Duration(i) / time.Duration(steps)))
		if at := w*i/steps - ansi.StringWidth(between)/2; at > ansi.StringWidth(line)+1 {
			line = term.Fit(line, at) + between
		}
	}
	if gap := w - ansi.StringWidth(line) - ansi.StringWidth(to); gap > 0 {
		return line + strings.Repeat(" ", gap) + to
	}
	return term.Fit(from, w-ansi.StringWidth(to)) + to
}

// Resample returns the figure at n equal steps of time: samples are taken when something changes,
// so between two of them the figure is that of the earlier one.
func Resample(samples []model.Sample, of func(model.Sample) int64, n int) []float64 {
	n = max(2, n)
	values := make([]float64, n)
	first, length := samples[0].At, samples[len(samples)-1].At.Sub(samples[0].At)
	at := 0
	for i := range values {
		now := first.Add(time.Duration(float64(length) * float64(i) / float64(n-1)))
		for at+1 < len(samples) && !samples[at+1].At.After(now) {
			at++
		}
		values[i] = float64(of(samples[at]))
	}
	values[n-1] = float64(of(samples[len(samples)-1]))
	return values
}
