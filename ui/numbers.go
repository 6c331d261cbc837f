package ui

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"viberdeck/model"
)

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

// tightFigure writes a figure for a column of seven: one of a million and more in millions, so that
// it is rounded and never cut.
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

// price writes an amount; one that nobody knows in words.
func (l *language) price(m model.Money) string {
	if !m.Known {
		return l.tr("price unknown")
	}
	return l.decimal(m.String())
}

// money writes an amount with the decimal sign of the language; a dash where nobody knows it.
func (l *language) money(m model.Money) string { return l.decimal(m.String()) }

// rate writes a number per thousand.
func (l *language) rate(r float64) string { return l.decimal(fmt.Sprintf("%.1f", r)) }

// countdown writes the time that is left in whole seconds, a long one in minutes.
func (l *language) countdown(left time.Duration) string {
	if left >= 2*time.Minute {
		return l.span(left)
	}
	return l.tr("%d s", int((left+time.Second-1)/time.Second))
}

// took writes how long a request lasted.
func (l *language) took(d time.Duration) string {
	if d < time.Second {
		return l.tr("%dms", d.Milliseconds())
	}
	return l.decimal(l.tr("%.1fs", d.Seconds()))
}

// words writes a duration as people say it.
func (l *language) words(d time.Duration) string {
	switch {
	case d == 0:
		return "0"
	case d%time.Hour == 0:
		return l.tr("%d h", int64(d/time.Hour))
	case d%time.Minute == 0:
		return l.tr("%d min", int64(d/time.Minute))
	}
	return l.tr("%d s", int64(d/time.Second))
}
