package ui

import (
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// cell is one field of a row: text from anywhere, and what it means.
type cell struct {
	text string
	tone tone
}

// column says how one field of a list is shown.
type column[T any] struct {
	title string // in English
	width int    // least width
	want  int    // width it should have before columns of little worth take room; 0: its least width
	grow  int    // share of the width that is left over
	right bool
	// drop orders what is left out when there is too little room: the largest number goes first, 0
	// stays always.
	drop int
	cell func(d *deck, v T) cell
}

// littleWorth is the drop from which a column gives way to one that has less than it wants.
const littleWorth = 8

// shown gives the indexes of the columns that have room and their widths.
func shown[T any](columns []column[T], width int) (index, widths []int) {
	keep := make([]bool, len(columns))
	need, wanted := 0, 0
	for i, c := range columns {
		keep[i] = true
		need += c.width + 1
		wanted += max(c.width, c.want) + 1
	}
	// drop leaves out the column of the least worth, as long as it is worth no more than that.
	drop := func(worth int) bool {
		worst := -1
		for i, c := range columns {
			if keep[i] && c.drop >= worth && (worst < 0 || c.drop > columns[worst].drop) {
				worst = i
			}
		}
		if worst < 0 {
			return false
		}
		keep[worst] = false
		need -= columns[worst].width + 1
		wanted -= max(columns[worst].width, columns[worst].want) + 1
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
		if least[i] = columns[i].width; !keep[i] {
			continue
		}
		if over := need - 1 - width; over > 0 {
			give := min(over, max(0, least[i]-5))
			least[i], need = least[i]-give, need-give
		}
	}
	spare, shares := width-need+1, 0
	for i, c := range columns {
		if keep[i] {
			shares += c.grow
		}
	}
	for i, c := range columns {
		if !keep[i] {
			continue
		}
		w := least[i]
		if spare > 0 && c.grow > 0 {
			part := spare * c.grow / shares
			w, spare, shares = w+part, spare-part, shares-c.grow
		}
		index, widths = append(index, i), append(widths, w)
	}
	return index, widths
}

// heading gives the line of column titles.
func heading[T any](d *deck, columns []column[T], index, widths []int) string {
	var b strings.Builder
	for n, i := range index {
		if n > 0 {
			b.WriteByte(' ')
		}
		title := d.word("column", columns[i].title)
		if columns[i].right {
			b.WriteString(fitRight(title, widths[n]))
		} else {
			b.WriteString(fit(title, widths[n]))
		}
	}
	return d.style.paint(dim, b.String())
}

// headWidth is how many columns at the beginning of the selected row are drawn as its mark is.
// Together they say enough; a whole cell or row, or a cell further to the right, would make every
// cursor move several times as long on the wire.
const headWidth = 2

// hiddenTail is how many columns more than a cell shows are looked at for phones: the longest
// spelling of one.
const hiddenTail = 24

// drawRow gives the line of one row behind its mark, " " for none.
func drawRow[T any](d *deck, columns []column[T], index, widths []int, v T, mark string, selected bool) string {
	line := toned{style: d.style}
	line.add(accent, mark)
	for n, i := range index {
		c := columns[i].cell(d, v)
		text := c.text
		if d.masked {
			text = d.discreet(clip(text, widths[n]+hiddenTail))
		}
		text = clip(text, widths[n])
		if columns[i].right {
			text = fitRight(text, widths[n])
		} else {
			text = fit(text, widths[n])
		}
		line.add(line.as, " ")
		if selected && n == 0 {
			head := ansi.Truncate(text, headWidth, "")
			line.add(accent, head)
			text = text[len(head):]
		}
		line.add(c.tone, text)
	}
	return line.String()
}

// toned collects a line of text in tones. Neighbours of one tone and the blanks between them are
// painted as one, and blanks at the ends of what is painted are not: on the wire a change of colour
// is as long as a word.
type toned struct {
	style theme
	done  strings.Builder
	part  []byte // in one tone, not painted yet
	as    tone
}

// add puts text behind what is there. Blanks have no tone of their own.
func (l *toned) add(as tone, text string) {
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
	l.done.WriteString(l.style.paint(l.as, bare))
	l.done.WriteString(text[len(bare):])
	l.part = l.part[:0]
}

// String ends the line.
func (l *toned) String() string {
	l.paint()
	return l.done.String()
}
