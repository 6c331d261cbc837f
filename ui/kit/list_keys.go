package kit

import (
	"context"
	"slices"

	tea "charm.land/bubbletea/v2"

	"viberdeck/model"
	"viberdeck/ui/lang"
)

// ListKeys are the keys of every list.
func (l *List[T]) ListKeys() []Binding {
	jump := func(to edge) func() tea.Cmd {
		return func() tea.Cmd { return tea.Batch(l.jump(to), l.Moved()) }
	}
	return append(For(GoalMove, []Binding{
		{Action: ActUp, Keys: []string{"up", "k"}, Help: "the row above", Do: l.stepping(func() { l.Grid.Move(-1) })},
		{Action: ActDown, Keys: []string{"down", "j"}, Help: "the row below",
			Do: l.stepping(func() { l.Grid.Move(1) })},
		{Action: ActHalfUp, Keys: []string{"ctrl+u"}, Help: "half a page up",
			Do: l.stepping(func() { l.Grid.halfPage(-1) })},
		{Action: ActHalfDown, Keys: []string{"ctrl+d"}, Help: "half a page down",
			Do: l.stepping(func() { l.Grid.halfPage(1) })},
		{Action: ActPageUp, Keys: []string{"pgup", "ctrl+b"}, Help: "a page up",
			Do: l.stepping(func() { l.Grid.page(-1) })},
		{Action: ActPageDown, Keys: []string{"pgdown", "ctrl+f"}, Help: "a page down",
			Do: l.stepping(func() { l.Grid.page(1) })},
		{Action: ActFirst, Keys: []string{"g", "home"}, Help: "the first row", Do: jump(firstRow)},
		{Action: ActLast, Keys: []string{"G", "end"}, Help: "the last row", Do: jump(lastRow)},
	}),
		Binding{Action: ActFilter, Keys: []string{"/"}, Short: "filter", For: GoalFind,
			Help: "filter: words, or field:value; Esc restores list and cursor", Do: l.startFilter,
			With: l.filterBy},
		Binding{Action: actViews, Keys: []string{"V"}, For: GoalFind,
			Help: "the saved views of this list and their counts; save the filter as one", Do: l.openViews},
		Binding{Action: actExport, Keys: []string{"e"}, Help: "write what is filtered into a file, CSV or JSON Lines",
			For: GoalTake, Do: l.export})
}

// SortKeys are the keys of lists whose order can be chosen.
func (l *List[T]) SortKeys() []Binding {
	return For(GoalFind, []Binding{
		{Action: ActSort, Keys: []string{"s"}, Help: "sort by the next column; the cursor stays on its row",
			Do: l.nextSort},
		{Action: actReverse, Keys: []string{"S"}, Help: "reverse the order; the cursor stays on its row",
			Do: l.reverse},
	})
}

// MarkKeys are the keys of lists whose rows can be marked.
func (l *List[T]) MarkKeys() []Binding {
	some := func(mark func() tea.Cmd) func() tea.Cmd {
		return func() tea.Cmd {
			if len(l.Grid.Rows) == 0 {
				return l.D.Say(l.D.Tr("there is nothing here to mark"))
			}
			return mark()
		}
	}
	return For(GoalChoose, []Binding{
		{Action: ActMark, Keys: []string{"space"}, Help: "mark the row, or take the mark off",
			Do: some(l.stepping(func() {
				delete(l.changedMarks, l.Grid.currentRow().id) // the operator sees its current state
				l.Grid.toggle()
			})), Why: l.WhyNotMark},
		{Action: actMarkAll, Keys: []string{"A"}, Help: "mark all that match the filter, or take all marks off",
			Do: some(l.markAll)},
		{Action: actMarkSeen, Keys: []string{"*"}, Help: "mark the rows on screen, and no others",
			Do: some(func() tea.Cmd { return l.markRows(l.Grid.Visible(), l.D.Tr("those on screen")) })},
		{Action: actMarkFrom, Keys: []string{"-"}, Why: l.WhyNotMark,
			Help: "begin a range of marks here; again at its other end: mark all from there to here",
			Do:   some(l.markRange)},
	})
}

// markRows marks rows in addition to those already marked; which describes them in words. Rows that
// another person removed are left out.
func (l *List[T]) markRows(rows []row[T], which string) tea.Cmd {
	n := 0
	for _, r := range rows {
		if r.gone {
			continue
		}
		delete(l.changedMarks, r.id)
		l.Grid.Marks[r.id] = r.Item
		n++
	}
	words := l.D.Tr("%s marked: %s", l.D.Plural(int64(n), "row", "rows"), which)
	if all := len(l.Grid.Marks); all > n {
		words += "; " + l.D.Tr("%s marked in all", lang.Count(int64(all)))
	}
	return l.D.Say(words)
}

// markRange begins a range at the cursor, or marks the range that was begun. Its rows may have left
// the window in the meantime, so they are read.
func (l *List[T]) markRange() tea.Cmd {
	here, from := l.Grid.currentRow(), l.begun
	if from.id == "" || here.id == from.id {
		l.begun = here
		return l.D.Say(l.D.Tr("the range begins here; go to its other end and press - again"))
	}
	l.begun = row[T]{}
	at := func(id string) int { return slices.IndexFunc(l.Grid.Rows, func(r row[T]) bool { return r.id == id }) }
	if a, b := at(from.id), at(here.id); a >= 0 && b >= 0 {
		return l.markRows(l.Grid.Rows[min(a, b):max(a, b)+1], l.D.Tr("from there to here"))
	}
	q, err := l.Request()
	if err != nil {
		return l.D.Fail(err)
	}
	read, id := l.Read, l.Grid.id
	return Ask(l.D, &l.Marking, func(ctx context.Context) ([]row[T], error) {
		rows, err := readRange(ctx, read, id, q, from, here.id)
		if rows == nil && err == nil {
			rows, err = readRange(ctx, read, id, q, here, from.id)
		}
		if rows == nil && err == nil {
			err = model.NotFound("the beginning of the range is no longer in the list, or more than %s rows before it",
				lang.Count(markLimit))
		}
		return rows, err
	}, func(rows []row[T], err error) tea.Cmd {
		if err != nil {
			return l.D.Fail(err)
		}
		return l.markRows(rows, l.D.Tr("from there to here"))
	})
}

// readRange reads the rows up to the one with the id, nil if that does not follow within markLimit
// rows.
func readRange[T any](ctx context.Context, read model.PageReader[T], id func(T) string, q model.PageRequest,
	from row[T],
	to string) ([]row[T], error) {
	q.Limit, q.Cursor, q.From = model.BulkRows, from.key, true
	var all []row[T]
	for len(all) < markLimit {
		p, err := read(ctx, q)
		if err != nil {
			return nil, err
		}
		for _, r := range rowsOf(p, id) {
			if all = append(all, r); r.id == to {
				return all, nil
			}
		}
		if !p.More || len(p.Keys) == 0 {
			return nil, nil
		}
		q.Cursor, q.From = p.Keys[len(p.Keys)-1], false
	}
	return nil, nil
}

// WhyNotMark says why the row under the cursor cannot be marked, "" if it can.
func (l *List[T]) WhyNotMark() string {
	if what := l.Gone(); what != "" {
		return l.D.Tr("%s; move the cursor first", what)
	}
	return ""
}

// On returns the action of a key that does something with the row under the cursor.
func (l *List[T]) On(do func(T) tea.Cmd) func() tea.Cmd {
	return func() tea.Cmd {
		v, _ := l.Grid.Current()
		return do(v)
	}
}

// Unless returns why such a key can do nothing: there is no row, or what why says of it. Nil: only
// that there is none.
func (l *List[T]) Unless(why func(T) string) func() string {
	return func() string {
		v, ok := l.Grid.Current()
		switch {
		case !ok:
			return l.D.Phrase(l.NoRow)
		case why == nil:
			return ""
		}
		return why(v)
	}
}

// edge is an end of a list.
type edge int

const (
	firstRow edge = iota
	lastRow
)

// jump goes to the first or the last row of the list, reading it if it is not in memory.
func (l *List[T]) jump(to edge) tea.Cmd {
	last := to == lastRow
	if last && !l.Grid.after {
		l.Grid.to(len(l.Grid.Rows) - 1)
		return nil
	}
	if !last && !l.Grid.before {
		l.Grid.to(0)
		return nil
	}
	q, err := l.Request()
	if err != nil {
		return l.refuse(err)
	}
	read, id := l.Read, l.Grid.id
	q.Back = last
	return Ask(l.D, &l.Page, func(ctx context.Context) (model.Page[T], error) { return read(ctx, q) },
		func(p model.Page[T], err error) tea.Cmd {
			if !l.landed(err) {
				return nil
			}
			g := &l.Grid
			g.Rows, g.before, g.after, g.base = rowsOf(p, id), last && p.More, !last && p.More, 0
			if last && p.More {
				if g.base = -1; l.Matching.Known {
					g.base = int(l.Matching.N) - len(g.Rows)
				}
			}
			g.top = 0
			if g.to(0); last {
				g.to(len(g.Rows) - 1)
			}
			return l.Moved()
		})
}

// stepping returns the action of a key that may move the cursor to another row, followed by reading
// the rows needed there.
func (l *List[T]) stepping(step func()) func() tea.Cmd {
	return func() tea.Cmd {
		was := l.Grid.currentRow().id
		step()
		cmd := l.more()
		if l.Grid.currentRow().id != was {
			cmd = tea.Batch(cmd, l.Moved())
		}
		return cmd
	}
}

// filterBy applies a filter as if it had been typed into the filter line.
func (l *List[T]) filterBy(text string) (tea.Cmd, error) {
	if _, err := model.ParseFilter(l.plainFilter(text), l.D.Now, l.D.Zone); err != nil {
		return nil, err
	}
	return l.ApplyView(model.View{Filter: l.plainFilter(text), Sort: l.sorting()}), nil
}

// Instead returns a table in which one action is replaced; do receives the list's own.
func Instead(table []Binding, of Action, do func(own func() tea.Cmd) tea.Cmd) []Binding {
	for i, b := range table {
		if b.Action == of {
			own, with := b.Do, b.With
			table[i].Do = func() tea.Cmd { return do(own) }
			if with != nil {
				table[i].With = func(text string) (tea.Cmd, error) {
					cmd, err := with(text)
					if err != nil {
						return nil, err
					}
					return do(func() tea.Cmd { return cmd }), nil
				}
			}
		}
	}
	return table
}
