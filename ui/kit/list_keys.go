package kit

import (
	tea "charm.land/bubbletea/v2"
)

// ListKeys are the keys of every list.
func (l *List[T]) ListKeys() []Binding {
	jump := func(last bool) func() tea.Cmd {
		return func() tea.Cmd { return tea.Batch(l.jump(last), l.Moved()) }
	}
	return []Binding{
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
		{Action: ActFirst, Keys: []string{"g", "home"}, Help: "the first row", Do: jump(false)},
		{Action: ActLast, Keys: []string{"G", "end"}, Help: "the last row", Do: jump(true)},
		{Action: ActFilter, Keys: []string{"/"}, Short: "filter",
			Help: "filter: words, or field:value; Esc restores list and cursor", Do: l.startFilter},
		{Action: actViews, Keys: []string{"V"},
			Help: "the saved views of this list and their counts; save the filter as one", Do: l.openViews},
		{Action: actExport, Keys: []string{"e"}, Help: "write what is filtered into a file, CSV or JSON Lines",
			Do: l.export},
	}
}

// SortKeys are the keys of lists whose order can be chosen.
func (l *List[T]) SortKeys() []Binding {
	return []Binding{
		{Action: ActSort, Keys: []string{"s"}, Help: "sort by the next column; the cursor stays on its row",
			Do: l.nextSort},
		{Action: actReverse, Keys: []string{"S"}, Help: "reverse the order; the cursor stays on its row",
			Do: l.reverse},
	}
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
	return []Binding{
		{Action: ActMark, Keys: []string{"space"}, Help: "mark the row, or take the mark off",
			Do: some(l.stepping(func() {
				delete(l.strayed, l.Grid.currentRow().id) // its operator sees it as it is now
				l.Grid.toggle()
			})), Why: l.WhyNotMark},
		{Action: actMarkAll, Keys: []string{"A"}, Help: "mark all that match the filter, or take all marks off",
			Do: some(l.markAll)},
	}
}

// WhyNotMark says why the row under the cursor cannot be marked, "" when it can.
func (l *List[T]) WhyNotMark() string {
	if what := l.Gone(); what != "" {
		return l.D.Tr("%s; move the cursor on first", what)
	}
	return ""
}

// stepping gives what a key does that may bring the cursor to another row: what is needed there is
// read.
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

// Instead gives a table with another deed for one of its actions; the list's own is handed over.
func Instead(table []Binding, of Action, do func(own func() tea.Cmd) tea.Cmd) []Binding {
	for i, b := range table {
		if b.Action == of {
			own := b.Do
			table[i].Do = func() tea.Cmd { return do(own) }
		}
	}
	return table
}
