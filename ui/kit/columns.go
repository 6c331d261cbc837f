package kit

import (
	"strings"

	"viberdeck/ui/term"
)

// Cell is one field of a row: text from anywhere, and what it means.
type Cell struct {
	Text string
	Tone term.Tone
}

// Column says how one field of a list is shown.
type Column[T any] struct {
	Title string // in English
	Width int    // least width
	Want  int    // width it should have before columns of little worth take room; 0: its least width
	Grow  int    // share of the width that is left over
	Right bool
	Ours  bool // its text is the program's own, and the blanks in it align it
	Chip  bool // a sign in its tone stands before the text where there is room for it
	// drop orders what is left out when there is too little room: the largest number goes first, 0
	// stays always.
	Drop int
	Cell func(d *Deck, v T) Cell
}

// littleWorth is the drop from which a column gives way to one that has less than it wants.
const littleWorth = 6

// chipSign stands before the text of a chip.
const (
	chipSign  = "● "
	chipWidth = 2
)

// Shown gives the indexes of the columns that have room and their widths.
func Shown[T any](columns []Column[T], width int) (index, widths []int) {
	keep := make([]bool, len(columns))
	need, wanted := 0, 0
	for i, c := range columns {
		keep[i] = true
		need += c.Width + 1
		wanted += max(c.Width, c.Want) + 1
	}
	// drop leaves out the column of the least worth, as long as it is worth no more than that.
	drop := func(worth int) bool {
		worst := -1
		for i, c := range columns {
			if keep[i] && c.Drop >= worth && (worst < 0 || c.Drop > columns[worst].Drop) {
				worst = i
			}
		}
		if worst < 0 {
			return false
		}
		keep[worst] = false
		need -= columns[worst].Width + 1
		wanted -= max(columns[worst].Width, columns[worst].Want) + 1
		return true
	}
	for wanted-1 > width && drop(littleWorth) {
	}
	for need-1 > width && drop(1) {
	}
	// What stays even so gives way from the right, so that at least the beginning of each field is
	// seen.
	least := make([]int, len(columns))
	for i := len(columns) - 1; i >= 0; i-- {
		if least[i] = columns[i].Width; !keep[i] {
			continue
		}
		if over := need - 1 - width; over > 0 {
			give := min(over, max(0, least[i]-5))
			least[i], need = least[i]-give, need-give
		}
	}
	spare, shares := width-need+1, 0
	widen := func(i, by int) { least[i], spare = least[i]+by, spare-by }
	for i, c := range columns {
		if keep[i] {
			shares += c.Grow
			widen(i, max(0, min(spare, c.Want-least[i])))
		}
	}
	for i, c := range columns {
		if keep[i] && c.Chip && spare >= chipWidth {
			widen(i, chipWidth)
		}
	}
	for i, c := range columns {
		if !keep[i] {
			continue
		}
		w := least[i]
		if spare > 0 && c.Grow > 0 {
			part := spare * c.Grow / shares
			w, spare, shares = w+part, spare-part, shares-c.Grow
		}
		index, widths = append(index, i), append(widths, w)
	}
	return index, widths
}

// Heading gives the line of column titles.
func Heading[T any](d *Deck, columns []Column[T], index, widths []int) string {
	var b strings.Builder
	for n, i := range index {
		if n > 0 {
			b.WriteByte(' ')
		}
		title := d.Word("column", columns[i].Title)
		if columns[i].Right {
			b.WriteString(term.FitRight(title, widths[n]))
		} else {
			b.WriteString(term.Fit(title, widths[n]))
		}
	}
	return d.Style.Paint(term.Dim, b.String())
}

// hiddenTail is how many columns more than a cell shows are looked at for phones: the longest
// spelling of one.
const hiddenTail = 24

// DrawRow gives the line of one row behind its mark, " " for none. Under the cursor the mark and
// the first cell, which names the row, are one bar: the terminal library sends everything between
// the first and the last change of a row, so nothing further right is painted.
func DrawRow[T any](d *Deck, columns []Column[T], index, widths []int, v T, mark string, selected bool) string {
	line, first := toned{style: d.Style}, term.Accent
	if selected {
		first = term.Chosen
	}
	line.add(first, mark)
	for n, i := range index {
		c := columns[i].Cell(d, v)
		text := c.Text
		if columns[i].Chip && widths[n] >= columns[i].Width+chipWidth {
			text = chipSign + text
		}
		if d.Masked {
			text = d.Discreet(term.Clip(text, widths[n]+hiddenTail))
		}
		if columns[i].Ours {
			text = term.Cut(text, widths[n])
		} else {
			text = term.Clip(text, widths[n])
		}
		if columns[i].Right {
			text = term.FitRight(text, widths[n])
		} else {
			text = term.Fit(text, widths[n])
		}
		line.add(line.as, " ")
		tone := c.Tone
		if selected && n == 0 {
			tone = first
		}
		line.add(tone, text)
	}
	return line.String()
}

// toned collects a line of text in tones. Neighbours of one tone and the blanks between them are
// painted as one, and blanks at the ends of what is painted are not: on the wire a change of colour
// is as long as a word.
type toned struct {
	style *term.Theme
	done  strings.Builder
	part  []byte // in one tone, not painted yet
	as    term.Tone
}

// add puts text behind what is there. Blanks have no tone of their own.
func (l *toned) add(as term.Tone, text string) {
	if as != l.as && strings.Trim(text, " ") != "" {
		l.paint()
		l.as = as
	}
	l.part = append(l.part, text...)
}

func (l *toned) paint() {
	part := string(l.part)
	text := strings.TrimLeft(part, " ")
	l.done.WriteString(part[:len(part)-len(text)])
	bare := strings.TrimRight(text, " ")
	l.done.WriteString(l.style.Paint(l.as, bare))
	l.done.WriteString(text[len(bare):])
	l.part = l.part[:0]
}

// String ends the line.
func (l *toned) String() string {
	l.paint()
	return l.done.String()
}
