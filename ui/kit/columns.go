package kit

import (
	"cmp"
	"slices"
	"strings"

	"viberdeck/ui/term"
)

// Cell is one field of a row: its text, from any source, and its tone.
type Cell struct {
	Text string
	Tone term.Tone
}

// Column defines how one field of a list is shown.
type Column[T any] struct {
	Title string // in English
	Width int    // minimum width
	Want  int    // preferred width, granted before less important columns get room; 0: the minimum width
	Grow  int    // share of the remaining width
	Right bool
	Ours  bool // the text is the program's own, and its spaces align it
	Chip  bool // preceded by a sign in its tone if there is room
	// Drop orders the columns left out for lack of room: the largest number goes first, 0 always
	// stays.
	Drop int
	Cell func(d *Deck, v T) Cell
}

// Order is one way to sort a list.
type Order struct {
	By    string // the field of the rows, as in model.PageRequest
	Title string // in English, as a column title; "" is By
	// Ascending orders begin at A or at the smallest, others at the largest or the newest.
	Ascending bool
}

// orderOf returns the order by a field; ok is false if the list cannot be sorted by it.
func orderOf(orders []Order, field string) (o Order, ok bool) {
	i := slices.IndexFunc(orders, func(o Order) bool { return o.By == field })
	if i < 0 {
		return Order{By: field}, false
	}
	return orders[i], true
}

// sortedBy says by what a list is sorted, and in which direction.
func (d *Deck) sortedBy(o Order, desc bool) string {
	arrow := " ↑"
	if desc {
		arrow = " ↓"
	}
	return d.Tr("by %s", d.Word("column", cmp.Or(o.Title, o.By))) + arrow
}

// littleWorth is the Drop value from which a column gives way to one that has less than its
// preferred width.
const littleWorth = 6

// chipSign precedes the text of a chip.
const (
	chipSign  = "● "
	chipWidth = 2
)

// fitting chooses which columns have room.
type fitting[T any] struct {
	columns      []Column[T]
	keep         []bool
	need, wanted int // the width of those that are kept, at least and as they want it
}

func newFitting[T any](columns []Column[T]) *fitting[T] {
	f := &fitting[T]{columns: columns, keep: make([]bool, len(columns))}
	for i, c := range columns {
		f.keep[i] = true
		f.need += c.Width + 1
		f.wanted += max(c.Width, c.Want) + 1
	}
	return f
}

// drop leaves out the least important column, if it is at most that important.
func (f *fitting[T]) drop(worth int) bool {
	worst := -1
	for i, c := range f.columns {
		if f.keep[i] && c.Drop >= worth && (worst < 0 || c.Drop > f.columns[worst].Drop) {
			worst = i
		}
	}
	if worst < 0 {
		return false
	}
	f.keep[worst] = false
	f.need -= f.columns[worst].Width + 1
	f.wanted -= max(f.columns[worst].Width, f.columns[worst].Want) + 1
	return true
}

// Shown returns the indexes of the columns that fit, and their widths.
func Shown[T any](columns []Column[T], width int) (index, widths []int) {
	f := newFitting(columns)
	for f.wanted-1 > width && f.drop(littleWorth) {
	}
	for f.need-1 > width && f.drop(1) {
	}
	keep, need := f.keep, f.need
	// If that is not enough, columns shrink from the right, so that at least the beginning of each
	// field is visible.
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

// Heading returns the line of column titles.
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

// hiddenTail is how many columns beyond a cell are searched for phones: the longest spelling of
// one.
const hiddenTail = 24

// DrawRow returns the line of one row after its mark, " " for none. Under the cursor the mark and
// the first cell, which names the row, form one bar. The terminal library sends everything between
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

// toned builds a line of text in tones. Adjacent parts of the same tone, and the spaces between
// them, are painted together, and spaces at the ends of the painted text are not painted: on the
// wire a change of colour is as long as a word.
type toned struct {
	style *term.Theme
	done  strings.Builder
	part  []byte // in one tone, not yet painted
	as    term.Tone
}

// add appends text. Spaces have no tone of their own.
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

// String returns the complete line.
func (l *toned) String() string {
	l.paint()
	return l.done.String()
}
