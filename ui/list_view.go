package ui

import (
	"cmp"
	"fmt"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"
)

// view gives the lines of the list: the filter line, the column titles where there is room, and the
// rows.
func (l *list[T]) view(w, h int) []string {
	lines := []string{l.top(w)}
	if w < 1 || h <= 1 {
		l.grid.resize(1)
		return lines
	}
	if l.tabbed && w >= 60 && h >= 9 {
		if tabs := l.viewLine(w); tabs != "" {
			lines = []string{tabs, lines[0]}
		}
	}
	rows := h - len(lines)
	inner := max(1, w-2)
	index, widths := shown(l.columns, inner)
	if rows >= 6 {
		lines = append(lines, "  "+heading(l.d, l.columns, index, widths))
		rows--
	}
	l.grid.resize(rows)
	l.above = len(lines)
	if len(l.grid.rows) == 0 {
		return append(lines, l.nothing(w)...)
	}
	for i, r := range l.grid.visible() {
		selected := l.grid.top+i == l.grid.cursor
		lines = append(lines, drawRow(l.d, l.columns, index, widths, r.item, l.mark(r.id, selected), selected))
	}
	return lines
}

// leastRows is how many lines a list keeps when what is known of the row under the cursor stands
// below it.
const leastRows = 4

// viewAbout gives the lines of the list and, where there is room, below it everything that is known
// of the row under the cursor.
func (l *list[T]) viewAbout(w, h int, facts func(T) []fact) []string {
	v, ok := l.grid.current()
	room := min(h/2, h-leastRows)
	if !ok || room < 2 {
		return l.view(w, h)
	}
	about := l.d.facts(facts(v), w-2)
	about = about[:min(len(about), room-1)]
	lines := box(l.view(w, h-len(about)-1), w, h-len(about)-1)
	return append(append(lines, " "+l.d.style.paint(dim, strings.Repeat("─", max(0, w-2)))), indent(about, " ")...)
}

// mark gives column 1 of a row: where the cursor is, or else what is marked; both together look
// unlike either.
func (l *list[T]) mark(id string, selected bool) string {
	_, marked := l.grid.marks[id]
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

// nothing says why there are no rows.
func (l *list[T]) nothing(w int) []string {
	text := l.d.phrase(l.empty)
	switch {
	case l.err != nil:
		text = l.d.tr("This list could not be read: %s. Press r to try again.", l.d.fault(l.err))
	case !l.loaded:
		text = l.d.tr("Reading…")
	case l.filter != "" && l.filter != l.home:
		text = l.d.tr("Nothing matches %s. Esc goes back.", l.filter)
	}
	lines := []string{""}
	for _, s := range wrap(text, max(1, w-4)) {
		lines = append(lines, "  "+s)
	}
	return lines
}

// top gives the filter line: what is filtered at the left, order, marks and count at the right.
func (l *list[T]) top(w int) string {
	right := l.summary()
	space := w - widthOf(right) - 2
	if l.editing {
		if space < 16 {
			right, space = "", w-1
		}
		widen(&l.input, max(1, space-4))
		line := fit(" / "+l.input.View(), max(1, space))
		if l.wrong != nil {
			right = l.d.style.paint(warn, clip(l.d.fault(l.wrong), w/2))
			line = fit(" / "+l.input.View(), max(1, w-widthOf(right)-2))
		}
		return line + " " + right
	}
	left := cmp.Or(l.d.discreet(l.shownFilter()), l.d.tr("all"))
	if name := l.views.named(l.filter, l.sorting()); name != "" {
		if left = l.d.tr("view “%s” · %s", name, left); widthOf(left) >= space {
			left = l.d.tr("view “%s”", name)
		}
	}
	if l.wrong != nil {
		return " " + fit(l.d.style.paint(warn, clip(l.d.fault(l.wrong), w-1)), w-1)
	}
	if space < 8 {
		return " " + clip(left, w-1)
	}
	return " " + fit(l.d.style.paint(accent, clip(left, space-1)), space) + l.d.style.paint(dim, right) + " "
}

func (l *list[T]) summary() string {
	var parts []string
	if n := len(l.grid.marks); n > 0 {
		parts = append(parts, l.d.tr("%s marked", count(int64(n))))
	}
	if extra := l.extra(); extra != "" {
		parts = append(parts, extra)
	}
	switch {
	case l.err != nil && len(l.grid.rows) > 0:
		parts = append(parts, l.d.tr("not read anew: r tries again"))
	case l.sort != "" && l.desc:
		parts = append(parts, l.d.tr("by %s", l.d.sortedBy(l.sort))+" ↓")
	case l.sort != "":
		parts = append(parts, l.d.tr("by %s", l.d.sortedBy(l.sort))+" ↑")
	case l.order != "":
		parts = append(parts, l.d.phrase(l.order))
	}
	switch place := l.grid.place(); {
	case l.matching.Known && place > 0:
		parts = append(parts, fmt.Sprintf("%s/%s", count(int64(place)), count(max(l.matching.N, int64(place)))))
	case l.matching.Known:
		parts = append(parts, count(l.matching.N))
	}
	if l.matching.Known && l.d.now.Sub(l.matchingAt) > time.Minute {
		parts = append(parts, l.d.tr("counted %s", l.d.ago(l.matchingAt)))
	}
	return strings.Join(parts, " · ")
}

// sortedBy names what a list is sorted by in the words of its columns.
func (d *deck) sortedBy(field string) string {
	switch field {
	case "created_at":
		field = "created"
	case "updated_at":
		field = "updated"
	case "received_at":
		field = "arrival"
	case "send_at":
		field = "when it leaves"
	}
	return d.word("column", field)
}

// click puts the cursor on the row at a line of the list's view.
func (l *list[T]) click(y int) tea.Cmd {
	at := l.grid.top + y - l.above
	if y < l.above || at >= len(l.grid.rows) || y-l.above >= l.grid.height {
		return nil
	}
	was := l.grid.currentRow().id
	if l.grid.to(at); l.grid.currentRow().id == was {
		return nil
	}
	return l.moved()
}
