package ui

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/charmbracelet/x/ansi"

	"viberdeck/model"
)

// clip makes text from outside harmless and cuts it to the width.
func clip(s string, width int) string {
	if width <= 0 {
		return ""
	}
	if s = steady(model.SanitiseLine(s)); fits(s, width) {
		return s
	}
	return ansi.Truncate(s, width, "…")
}

// cut cuts text of our own to the width, with its spaces as they are.
func cut(s string, width int) string { return ansi.Truncate(s, max(0, width), "…") }

// fit cuts or pads a drawn line (it may hold styles) to exactly the width.
func fit(s string, width int) string {
	n := widthOf(s)
	switch {
	case width <= 0:
		return ""
	case n > width:
		s = ansi.Truncate(s, width, "…")
		n = widthOf(s) // a wide character may not fill the last column
	}
	if n < width {
		s += strings.Repeat(" ", width-n)
	}
	return s
}

// fitRight is fit with the text at the right.
func fitRight(s string, width int) string {
	if n := widthOf(s); n < width {
		return strings.Repeat(" ", width-n) + s
	}
	return fit(s, width)
}

// wrap breaks text from outside into lines of at most the width, by words where it can and by grapheme where it must.
func wrap(s string, width int) []string {
	if width <= 0 {
		return nil
	}
	return strings.Split(ansi.Wrap(steady(model.Sanitise(s)), width, ""), "\n")
}

// wholeParts breaks a line between its parts only, so that a word stays with its number.
func wholeParts(s string, width int) []string {
	const dot = " · "
	var lines []string
	for part := range strings.SplitSeq(s, dot) {
		if n := len(lines) - 1; n >= 0 && widthOf(lines[n]+dot+part) <= width {
			lines[n] += dot + part
			continue
		}
		lines = append(lines, part)
	}
	return lines
}

// wrapStyled breaks a line that was drawn already.
func wrapStyled(s string, width int) []string {
	return strings.Split(ansi.Wrap(s, max(1, width), ""), "\n")
}

// box makes lines exactly w by h.
func box(lines []string, w, h int) []string {
	out := make([]string, 0, h)
	for i := range h {
		if i < len(lines) {
			out = append(out, fit(lines[i], w))
		} else {
			out = append(out, strings.Repeat(" ", max(0, w)))
		}
	}
	return out
}

// count writes a whole number with thin groups: 1 240.
func count(n int64) string {
	s := strconv.FormatInt(n, 10)
	sign := ""
	if strings.HasPrefix(s, "-") {
		sign, s = "-", s[1:]
	}
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + " " + s[i:]
	}
	return sign + s
}

// figure writes a count that may be unknown: a dash then.
func figure(f model.Figure) string {
	if !f.Known {
		return "—"
	}
	return count(f.N)
}

// tightFigure writes a figure for a column of seven: one of a million and more in millions, so that it is rounded and never cut.
func (l *language) tightFigure(f model.Figure) string {
	if !f.Known || f.N < 1_000_000 {
		return figure(f)
	}
	millions := strconv.FormatFloat(float64(f.N)/1e6, 'f', -1, 64)
	if len(millions) > 4 {
		millions = strings.TrimSuffix(millions[:4], ".")
	}
	return l.decimal(millions) + " M"
}

// share writes a part of a whole in percent, a dash when one of them is unknown.
func (l *language) share(part, whole model.Figure) string {
	p, ok := part.Share(whole)
	switch {
	case !ok:
		return "—"
	case p == 100 || p == 0:
		return fmt.Sprintf("%.0f %%", p)
	}
	return l.decimal(fmt.Sprintf("%.1f %%", p))
}

// span writes a duration in one or two units for a narrow column: 12s, 4m, 4h12, 3d.
func (l *language) span(d time.Duration) string {
	switch {
	case d < 0:
		return l.tr("%ds", 0)
	case d < time.Minute:
		return l.tr("%ds", int(d.Seconds()))
	case d < time.Hour:
		return l.tr("%dm", int(d.Minutes()))
	case d < 24*time.Hour:
		return l.tr("%dh%02d", int(d.Hours()), int(d.Minutes())%60)
	}
	return l.tr("%dd", int(d.Hours()/24))
}

// age writes how long ago a time was, a dash for a time nobody knows.
func (d *deck) age(t time.Time) string {
	if t.IsZero() {
		return "—"
	}
	return d.span(d.now.Sub(t))
}

// ago writes the age in words for a sentence.
func (d *deck) ago(t time.Time) string {
	if t.IsZero() {
		return d.tr("never")
	}
	if s := d.now.Sub(t); s < 5*time.Second {
		return d.tr("now")
	}
	return d.tr("%s ago", d.age(t))
}

// when writes a time as the operator sees it, shorter the nearer it is; "" for no time.
func (d *deck) when(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	local, today := t.In(d.Zone), d.now.In(d.Zone)
	switch {
	case local.YearDay() == today.YearDay() && local.Year() == today.Year():
		return local.Format("15:04")
	case local.Year() == today.Year():
		return d.date(local, "2 Jan 15:04")
	}
	return d.date(local, "2 Jan 2006 15:04")
}

// day writes a time for a narrow column: as when does, but of another year the day alone.
func (d *deck) day(t time.Time) string {
	if local := t.In(d.Zone); !t.IsZero() && local.Year() != d.now.In(d.Zone).Year() {
		return d.date(local, "2 Jan 2006")
	}
	return d.when(t)
}

// exactly writes a time to the second with its zone.
func (d *deck) exactly(t time.Time) string {
	if t.IsZero() {
		return "—"
	}
	return d.date(t.In(d.Zone), "2 Jan 2006 15:04:05 MST")
}
