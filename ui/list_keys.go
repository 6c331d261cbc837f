package ui

import (
	tea "charm.land/bubbletea/v2"
)

// listKeys are the keys of every list.
func (l *list[T]) listKeys() []binding {
	jump := func(last bool) func() tea.Cmd {
		return func() tea.Cmd { return tea.Batch(l.jump(last), l.moved()) }
	}
	return []binding{
		{action: actUp, keys: []string{"up", "k"}, help: "the row above", do: l.stepping(func() { l.grid.move(-1) })},
		{action: actDown, keys: []string{"down", "j"}, help: "the row below",
			do: l.stepping(func() { l.grid.move(1) })},
		{action: actPageUp, keys: []string{"pgup", "ctrl+b"}, help: "a page up",
			do: l.stepping(func() { l.grid.page(-1) })},
		{action: actPageDown, keys: []string{"pgdown", "ctrl+f"}, help: "a page down",
			do: l.stepping(func() { l.grid.page(1) })},
		{action: actFirst, keys: []string{"g", "home"}, help: "the first row", do: jump(false)},
		{action: actLast, keys: []string{"G", "end"}, help: "the last row", do: jump(true)},
		{action: actFilter, keys: []string{"/"}, short: "filter",
			help: "filter: words, or field:value; Esc restores list and cursor", do: l.startFilter},
		{action: actViews, keys: []string{"V"},
			help: "the saved views of this list and their counts; save the filter as one", do: l.openViews},
		{action: actExport, keys: []string{"e"}, help: "write what is filtered into a file, CSV or JSON Lines",
			do: l.export},
	}
}

// sortKeys are the keys of lists whose order can be chosen.
func (l *list[T]) sortKeys() []binding {
	return []binding{
		{action: actSort, keys: []string{"s"}, help: "sort by the next column; the cursor stays on its row",
			do: l.nextSort},
		{action: actReverse, keys: []string{"S"}, help: "turn the order around; the cursor stays on its row",
			do: l.reverse},
	}
}

// markKeys are the keys of lists whose rows can be marked.
func (l *list[T]) markKeys() []binding {
	some := func(mark func() tea.Cmd) func() tea.Cmd {
		return func() tea.Cmd {
			if len(l.grid.rows) == 0 {
				return l.d.say(l.d.tr("there is nothing here to mark"))
			}
			return mark()
		}
	}
	return []binding{
		{action: actMark, keys: []string{"space"}, help: "mark the row, or take the mark off",
			do: some(l.stepping(l.grid.toggle))},
		{action: actMarkAll, keys: []string{"A"}, help: "mark all that match the filter, or take all marks off",
			do: some(l.markAll)},
	}
}

// stepping gives what a key does that may bring the cursor to another row: what is needed there is
// read.
func (l *list[T]) stepping(step func()) func() tea.Cmd {
	return func() tea.Cmd {
		was := l.grid.currentRow().id
		step()
		cmd := l.more()
		if l.grid.currentRow().id != was {
			cmd = tea.Batch(cmd, l.moved())
		}
		return cmd
	}
}

// instead gives a table with another deed for one of its actions; the list's own is handed over.
func instead(table []binding, of action, do func(own func() tea.Cmd) tea.Cmd) []binding {
	for i, b := range table {
		if b.action == of {
			own := b.do
			table[i].do = func() tea.Cmd { return do(own) }
		}
	}
	return table
}
