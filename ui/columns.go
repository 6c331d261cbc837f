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
	grow  int    // share of the width that is left over
	right bool
	// drop orders what is left out when there is too little room: the largest number goes first, 0 stays always.
	drop int
	lead bool // this cell begins bold on the selected row
	cell func(d *deck, v T) cell
}

// shown gives the indexes of the columns that have room and their widths.
func shown[T any](columns []column[T], width int) (index, widths []int) {
	keep := make([]bool, len(columns))
	need := 0
	for i, c := range columns {
		keep[i] = true
		need += c.width + 1
	}
	for need-1 > width {
		worst := -1
		for i, c := range columns {
			if keep[i] && c.drop > 0 && (worst < 0 || c.drop > columns[worst].drop) {
				worst = i
			}
		}
		if worst < 0 {
			break
		}
		keep[worst] = false
		need -= columns[worst].width + 1
	}
	// What stays even so gives way from the right, so that at least the beginning of each field is seen.
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

// boldWidth is how many columns of the selected row's leading cell are bold. Together with the mark they say enough; a whole
// cell or row would make every cursor move several times as long on the wire.
const boldWidth = 2

// drawRow gives the line of one row.
func drawRow[T any](d *deck, columns []column[T], index, widths []int, v T, selected bool) string {
	var b strings.Builder
	for n, i := range index {
		if n > 0 {
			b.WriteByte(' ')
		}
		c := columns[i].cell(d, v)
		text := clip(c.text, widths[n])
		if columns[i].right {
			text = fitRight(text, widths[n])
		} else {
			text = fit(text, widths[n])
		}
		if selected && columns[i].lead {
			head := ansi.Truncate(text, boldWidth, "")
			b.WriteString(d.style.paint(strong, head))
			text = text[len(head):]
		}
		b.WriteString(d.style.paint(c.tone, text))
	}
	return b.String()
}
