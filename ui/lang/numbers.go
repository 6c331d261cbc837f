package lang

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"viberdeck/model"
)

// Count formats a whole number with thin spaces between groups: 1 240.
func Count(n int64) string { return grouped(strconv.FormatInt(n, 10)) }

// grouped groups the whole part of a number with thin spaces; the rest stays as it is.
func grouped(number string) string {
	rest := strings.TrimLeft(number, "-0123456789")
	whole := number[:len(number)-len(rest)]
	sign := whole[:len(whole)-len(strings.TrimLeft(whole, "-"))]
	whole = whole[len(sign):]
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + " " + whole[i:]
	}
	return sign + whole + rest
}

// TightCount formats a whole number for a narrow place: from ten thousand on in thousands, from ten
// million on in millions, rounded down.
func TightCount(n int64) string {
	switch {
	case n >= 10_000_000:
		return Count(n/1_000_000) + "M"
	case n >= 10_000:
		return Count(n/1_000) + "k"
	}
	return Count(n)
}

// Figure formats a count, or a dash if it is unknown.
func Figure(f model.Figure) string {
	if !f.Known {
		return "—"
	}
	return Count(f.N)
}

// TightFigure formats a figure for a column of seven: from one million on in millions, so that it
// is rounded and never cut.
func (l *Language) TightFigure(f model.Figure) string {
	if !f.Known || f.N < 1_000_000 {
		return Figure(f)
	}
	millions := strconv.FormatFloat(float64(f.N)/1e6, 'f', -1, 64)
	if len(millions) > 4 {
		millions = strings.TrimSuffix(millions[:4], ".")
	}
	return l.Decimal(millions) + " M"
}

// Share formats a part of a whole in percent, or a dash if one of them is unknown.
func (l *Language) Share(part, whole model.Figure) string {
	p, ok := part.Share(whole)
	switch {
	case !ok:
		return "—"
	case p == 100 || p == 0:
		return fmt.Sprintf("%.0f %%", p)
	}
	return l.Decimal(fmt.Sprintf("%.1f %%", p))
}

// Span formats a duration in one or two units for a narrow column: 12s, 4m, 4h12, 3d.
func (l *Language) Span(d time.Duration) string {
	switch {
	case d < 0:
		return l.Tr("%ds", 0)
	case d < time.Minute:
		return l.Tr("%ds", int(d.Seconds()))
	case d < time.Hour:
		return l.Tr("%dm", int(d.Minutes()))
	case d < 24*time.Hour:
		return l.Tr("%dh%02d", int(d.Hours()), int(d.Minutes())%60)
	}
	return l.Tr("%dd", int(d.Hours()/24))
}

// Price formats an amount, and an unknown one in words.
func (l *Language) Price(m model.Money) string {
	if !m.Known {
		return l.Tr("price unknown")
	}
	return l.Money(m)
}

// Money formats an amount with groups and the decimal separator of the language, or a dash if it is
// unknown.
func (l *Language) Money(m model.Money) string { return l.Decimal(grouped(m.String())) }

// decimalsInColumn is how many decimals an amount takes in a column.
const decimalsInColumn = 3

// MoneyWidth is the width of a column of amounts.
const MoneyWidth = 12

// MoneyInColumn formats an amount for a right-aligned column, with at least two decimals, so that
// decimal separators and currencies line up.
func (l *Language) MoneyInColumn(m model.Money) string {
	if !m.Known {
		return "—" + strings.Repeat(" ", decimalsInColumn+1+4)
	}
	amount := m.Amount.String()
	_, decimals, _ := strings.Cut(amount, ".")
	if len(decimals) < 2 {
		amount, decimals = m.Amount.StringFixed(2), "00"
	}
	after := fmt.Sprintf("%s %-3s", strings.Repeat(" ", max(0, decimalsInColumn-len(decimals))), m.Currency)
	for _, number := range []string{grouped(amount), amount} {
		if len(number)+len(after) <= MoneyWidth {
			return l.Decimal(number) + after
		}
	}
	return l.Money(m) // complete rather than aligned
}

// Rate formats a number per thousand.
func (l *Language) Rate(r float64) string { return l.Decimal(fmt.Sprintf("%.1f", r)) }

// Countdown formats the remaining time in whole seconds, a long one in minutes.
func (l *Language) Countdown(left time.Duration) string {
	if left >= 2*time.Minute {
		return l.Span(left)
	}
	return l.Tr("%d s", int((left+time.Second-1)/time.Second))
}

// Took formats the duration of a request.
func (l *Language) Took(d time.Duration) string {
	if d < time.Second {
		return l.Tr("%dms", d.Milliseconds())
	}
	return l.Decimal(l.Tr("%.1fs", d.Seconds()))
}

// Words formats a duration as people say it.
func (l *Language) Words(d time.Duration) string {
	switch {
	case d == 0:
		return "0"
	case d%time.Hour == 0:
		return l.Tr("%d h", int64(d/time.Hour))
	case d%time.Minute == 0:
		return l.Tr("%d min", int64(d/time.Minute))
	}
	return l.Tr("%d s", int64(d/time.Second))
}
