package term

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"

	"viberdeck/model"
)

// Clip makes text from outside harmless and cuts it to the width.
func Clip(s string, width int) string {
	if width <= 0 {
		return ""
	}
	if s = Stable(model.SanitiseLine(s)); Fits(s, width) {
		return s
	}
	return ansi.Truncate(s, width, "…")
}

// Cut cuts our own text to the width and keeps its spaces.
func Cut(s string, width int) string { return ansi.Truncate(s, max(0, width), "…") }

// Fit cuts or pads a drawn line (it may hold styles) to exactly the width.
func Fit(s string, width int) string {
	n := WidthOf(s)
	switch {
	case width <= 0:
		return ""
	case n > width:
		s = ansi.Truncate(s, width, "…")
		n = WidthOf(s) // a wide character may not fill the last column
	}
	if n < width {
		s += strings.Repeat(" ", width-n)
	}
	return s
}

// FitRight is Fit with the text on the right.
func FitRight(s string, width int) string {
	if n := WidthOf(s); n < width {
		return strings.Repeat(" ", width-n) + s
	}
	return Fit(s, width)
}

// Splice puts text of the given number of columns over a drawn line, from column left on. Half of a
// wide character at either edge becomes a space.
func Splice(under, over string, left, columns int) string {
	w := WidthOf(under)
	before := ansi.Truncate(under, left, "")
	return Fit(before, left) + Fit(over, columns) +
		FitRight(ansi.TruncateLeft(under, left+columns, ""), max(0, w-left-columns))
}

// Wrap breaks text from outside into lines of at most the width, between words if possible and
// otherwise between graphemes.
func Wrap(s string, width int) []string {
	if width <= 0 {
		return nil
	}
	return strings.Split(ansi.Wrap(Stable(model.Sanitise(s)), width, ""), "\n")
}

// WholeParts breaks a line only between its parts, so that a word stays with its number.
func WholeParts(s string, width int) []string {
	const dot = " · "
	var lines []string
	for part := range strings.SplitSeq(s, dot) {
		if n := len(lines) - 1; n >= 0 && WidthOf(lines[n]+dot+part) <= width {
			lines[n] += dot + part
			continue
		}
		lines = append(lines, part)
	}
	return lines
}

// WrapStyled breaks a line that has already been drawn.
func WrapStyled(s string, width int) []string {
	return strings.Split(ansi.Wrap(s, max(1, width), ""), "\n")
}

// Capital capitalises the first letter of a sentence.
func Capital(s string) string {
	first, size := utf8.DecodeRuneInString(s)
	if size == 0 {
		return s
	}
	return string(unicode.ToUpper(first)) + s[size:]
}

// Box makes lines exactly w by h.
func Box(lines []string, w, h int) []string {
	out := make([]string, 0, h)
	for i := range h {
		if i < len(lines) {
			out = append(out, Fit(lines[i], w))
		} else {
			out = append(out, strings.Repeat(" ", max(0, w)))
		}
	}
	return out
}

// Indent puts something before each line.
func Indent(lines []string, by string) []string {
	out := make([]string, len(lines))
	for i, l := range lines {
		out[i] = by + l
	}
	return out
}

// NonEmpty returns the words that are not empty.
func NonEmpty(words ...string) []string {
	var kept []string
	for _, w := range words {
		if w != "" {
			kept = append(kept, model.SanitiseLine(w))
		}
	}
	return kept
}

// Bar draws a part of a whole.
func Bar(part, whole int64, w int) string {
	full := 0
	if whole > 0 {
		full = int(part * int64(w) / whole)
	}
	full = max(0, min(full, w))
	return strings.Repeat("█", full) + strings.Repeat("░", w-full)
}

// eighths are the ends of a bar, in eighths of a column.
var eighths = [...]string{"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"}

// SmallBar draws a share from 0 to 1 without the remainder of the whole, to an eighth of a column.
// A share above zero is always visible.
func SmallBar(share float64, w int) string {
	n := max(0, min(int(share*float64(8*w)+0.5), 8*w))
	if n == 0 && share > 0 {
		n = 1
	}
	return strings.Repeat("█", n/8) + eighths[n%8]
}

// Part is one part of a bar.
type Part struct {
	N    int64
	Sign string // one column wide
	Tone Tone
}

// Parts draws a bar of parts; the remainder of the whole is drawn as waiting. Every non-empty part
// has at least one cell.
func (t *Theme) Parts(parts []Part, whole int64, w int) string {
	cells := make([]int, len(parts)+1)
	left := w
	rest := whole
	for i, p := range parts {
		if whole <= 0 || p.N <= 0 {
			continue
		}
		rest -= p.N
		cells[i] = max(1, int(p.N*int64(w)/whole))
		left -= cells[i]
	}
	for left < 0 || left == 0 && rest > 0 { // the largest part shrinks
		cells[largest(cells)]--
		left++
	}
	if rest <= 0 && left > 0 {
		cells[largest(cells)] += left
		left = 0
	}
	line := ""
	for i, p := range parts {
		line += t.Paint(p.Tone, strings.Repeat(p.Sign, cells[i]))
	}
	return line + strings.Repeat("░", left)
}

func largest(cells []int) int {
	at := 0
	for i, n := range cells {
		if n > cells[at] {
			at = i
		}
	}
	return at
}
