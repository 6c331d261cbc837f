package kit

import (
	"cmp"
	"errors"
	"fmt"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"viberdeck/model"
	"viberdeck/ui/lang"
	"viberdeck/ui/term"
)

// roomForQueues is the height from which a line with the queues is shown above the list.
const roomForQueues = 6

// View returns the lines of the list: the filter line, the column titles where there is room, and
// the rows.
func (l *List[T]) View(w, h int) []string {
	lines := []string{l.top(w)}
	if w < 1 || h <= 1 {
		l.Grid.resize(1)
		return lines
	}
	if l.Tabbed && w >= 60 && h >= 9 {
		if tabs := l.viewLine(w); tabs != "" {
			lines = []string{tabs, lines[0]}
		}
	}
	if queues := l.queueLine(w); queues != "" && h >= roomForQueues {
		lines = append([]string{queues}, lines...)
	}
	rows := h - len(lines)
	inner := max(1, w-2)
	index, widths := Shown(l.Columns, inner)
	if rows >= 6 {
		lines = append(lines, "  "+Heading(l.D, l.Columns, index, widths))
		rows--
	}
	l.Grid.resize(rows)
	l.above = len(lines)
	if len(l.Grid.Rows) == 0 {
		return append(lines, l.nothing(w)...)
	}
	for i, r := range l.Grid.Visible() {
		selected := l.Grid.top+i == l.Grid.cursor
		line := DrawRow(l.D, l.Columns, index, widths, r.Item, l.mark(r.id, selected), selected)
		if r.gone {
			line = l.drawGone(r, line, w)
		}
		lines = append(lines, line)
	}
	return lines
}

// leastRows is how many lines a list keeps when the details of the row under the cursor are below
// it.
const leastRows = 4

// ViewAbout returns the lines of the list and, if there is room, below it all details of the row
// under the cursor.
func (l *List[T]) ViewAbout(w, h int, facts func(T) []Fact) []string {
	v, ok := l.Grid.Current()
	if !ok || min(h/2, h-leastRows) < 2 {
		return l.View(w, h)
	}
	return l.ViewAbove(w, h, l.D.Facts(facts(v), w-2))
}

// ViewAbove returns the lines of the list above other lines, which get at most half of the room and
// no more than they fill: the list has the rest.
func (l *List[T]) ViewAbove(w, h int, below []string) []string {
	room := min(h/2, h-leastRows)
	if room < 2 {
		return l.View(w, h)
	}
	below = below[:min(len(below), room-1)]
	lines := term.Box(l.View(w, h-len(below)-1), w, h-len(below)-1)
	return append(append(lines, " "+l.D.Style.Paint(term.Dim, strings.Repeat("─", max(0, w-2)))),
		term.Indent(below, " ")...)
}

// mark returns column 1 of a row: the cursor, or else the mark; both together look different from
// either.
func (l *List[T]) mark(id string, selected bool) string {
	_, marked := l.Grid.Marks[id]
	switch {
	case selected && marked:
		return "◆"
	case selected:
		return "▸"
	case marked:
		return "•"
	}
	return " "
}

// nothing says why the list is empty.
func (l *List[T]) nothing(w int) []string {
	text := l.D.Phrase(l.Empty)
	if l.Incomplete != nil {
		text = cmp.Or(l.Incomplete(), text)
	}
	switch {
	case l.wrong != nil:
		text = l.D.Tr("Nothing is selected: %s. Correct it and press Enter; Esc goes back.", l.slip())
	case l.err != nil:
		text = l.D.Tr("This list could not be read: %s. Press r to try again.", l.D.Fault(l.err))
	case !l.Loaded:
		text = l.D.Tr("Reading…")
	case l.Filter != "" && l.Filter != l.Home:
		text = l.D.Tr("Nothing matches %s. Esc goes back.", l.shownFilter())
	}
	lines := []string{""}
	for _, s := range term.Wrap(text, max(1, w-4)) {
		lines = append(lines, "  "+s)
	}
	return lines
}

// slip says what is wrong with the filter without repeating it.
func (l *List[T]) slip() string {
	if e, ok := errors.AsType[*model.Error](l.wrong); ok {
		return l.D.Text(e.Text)
	}
	return l.D.Fault(l.wrong)
}

// top returns the filter line: the filter on the left; order, marks and count on the right.
func (l *List[T]) top(w int) string {
	right := l.summary()
	space := w - term.WidthOf(right) - 2
	if l.Editing {
		if space < 16 {
			right, space = "", w-1
		}
		term.Widen(&l.Input, max(1, space-4))
		line := term.Fit(" / "+l.Input.View(), max(1, space))
		switch {
		case l.wrong != nil && len(l.Grid.Rows) == 0:
			right = "" // the list shows the complete error
		case l.wrong != nil:
			right = l.D.Style.Paint(term.Warn, term.Clip(l.slip(), w/2))
			line = term.Fit(" / "+l.Input.View(), max(1, w-term.WidthOf(right)-2))
		}
		return line + " " + right
	}
	left := cmp.Or(l.D.Discreet(l.shownFilter()), l.D.Tr("all"))
	if name := l.Views.named(l.Filter, l.sorting()); name != "" {
		if left = l.D.Tr("view “%s” · %s", name, left); term.WidthOf(left) >= space {
			left = l.D.Tr("view “%s”", name)
		}
	}
	if l.wrong != nil {
		return " " + term.Fit(l.D.Style.Paint(term.Warn, term.Clip(l.slip(), w-1)), w-1)
	}
	if space < 8 {
		return " " + term.Clip(left, w-1)
	}
	return " " + term.Fit(l.D.Style.Paint(term.Accent, term.Clip(left, space-1)), space) +
		l.D.Style.Paint(term.Dim, right) + " "
}

func (l *List[T]) summary() string {
	var parts []string
	if n := len(l.Grid.Marks); n > 0 {
		parts = append(parts, l.D.Tr("%s marked", lang.Count(int64(n))))
	}
	if l.begun.id != "" {
		parts = append(parts, l.D.Tr("a range is begun"))
	}
	if extra := l.Extra(); extra != "" {
		parts = append(parts, extra)
	}
	switch {
	case l.err != nil && len(l.Grid.Rows) > 0:
		parts = append(parts, l.D.Tr("not updated: r tries again"))
	case l.Sort != "":
		by, _ := orderOf(l.Orders, l.Sort)
		parts = append(parts, l.D.sortedBy(by, l.Desc))
	case l.Natural != "":
		parts = append(parts, l.D.Phrase(l.Natural))
	}
	switch place := l.Grid.Place(); {
	case l.Matching.Known && place > 0:
		parts = append(parts, fmt.Sprintf("%s/%s", lang.Count(int64(place)),
			lang.Count(max(l.Matching.N, int64(place)))))
	case l.Matching.Known:
		parts = append(parts, lang.Count(l.Matching.N))
	}
	if l.Matching.Known && l.D.Now.Sub(l.MatchingAt) > time.Minute {
		parts = append(parts, l.D.Tr("counted %s", l.D.Ago(l.MatchingAt)))
	}
	return strings.Join(parts, " · ")
}

// Click puts the cursor on the row at a line of the list's view.
func (l *List[T]) Click(y int) tea.Cmd {
	at := l.Grid.top + y - l.above
	if y < l.above || at >= len(l.Grid.Rows) || y-l.above >= l.Grid.Height {
		return nil
	}
	was := l.Grid.currentRow().id
	if l.Grid.to(at); l.Grid.currentRow().id == was {
		return nil
	}
	return l.Moved()
}
