package ui

import (
	"maps"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"viberdeck/model"
)

// startFilter opens the filter line.
func (l *list[T]) startFilter() tea.Cmd {
	l.before = snapshot[T]{grid: l.grid, filter: l.filter, matching: l.matching}
	l.before.grid.marks = maps.Clone(l.grid.marks)
	l.editing, l.input = true, l.d.style.newInput(l.d.tr("words, field:value, -not"))
	if l.filter != "" {
		l.input.SetValue(l.shownFilter() + " ")
	}
	l.input.CursorEnd()
	return l.input.Focus()
}

// setFilter puts a filter in force and reads the list from its beginning. Marks on rows that may no
// longer be seen go.
func (l *list[T]) setFilter(s string) tea.Cmd {
	if s = l.plainFilter(s); s == l.filter && l.loaded {
		return nil
	}
	l.filter, l.wanted = s, place{}
	clear(l.grid.marks)
	return l.fresh()
}

// plainFilter gives the filter as it is remembered and compared: the one the screen opens with is
// the same in every language.
func (l *list[T]) plainFilter(s string) string {
	s = strings.TrimSpace(s)
	if l.home == "" || s == l.home {
		return s
	}
	typed, err := model.ParseFilter(s, l.d.now, l.d.Zone)
	home, homeErr := model.ParseFilter(l.home, l.d.now, l.d.Zone)
	if err == nil && homeErr == nil && typed.String() == home.String() {
		return l.home
	}
	return s
}

// shownFilter gives the filter in force as the person reads it.
func (l *list[T]) shownFilter() string {
	if l.filter == l.home {
		return l.d.word("filter", l.home)
	}
	return l.filter
}

// typeFilter handles a message while the filter line is open.
func (l *list[T]) typeFilter(msg tea.Msg) tea.Cmd {
	if key, ok := msg.(tea.KeyPressMsg); ok {
		switch key.String() {
		case "esc":
			l.endFilter()
			l.pause.forget()
			l.page.forget()
			l.counted.forget()
			l.grid, l.filter, l.matching, l.wrong = l.before.grid, l.before.filter, l.before.matching, nil
			return l.moved()
		case "enter":
			l.endFilter()
			l.pause.forget()
			cmd := l.setFilter(l.input.Value())
			if l.wrong != nil { // the filter line has no room for the whole sentence
				return tea.Batch(cmd, l.d.fail(l.wrong))
			}
			return cmd
		case "up", "down", "pgup", "pgdown":
			b, _ := find(key.String(), l.listKeys())
			return b.do()
		}
	}
	was := l.input.Value()
	var cmd tea.Cmd
	l.input, cmd = l.input.Update(msg)
	if l.input.Value() == was {
		return cmd
	}
	return tea.Batch(cmd, later(&l.pause, filterPause, func() tea.Cmd { return l.setFilter(l.input.Value()) }))
}

func (l *list[T]) endFilter() {
	l.editing = false
	l.input.Blur()
}

// back goes one level up inside the list: marks, then the filter. It is false when the list is as
// it opened.
func (l *list[T]) back() (tea.Cmd, bool) {
	switch {
	case len(l.grid.marks) > 0:
		clear(l.grid.marks)
		return nil, true
	case l.filter != l.home:
		return l.setFilter(l.home), true
	case l.sort != "":
		l.sort, l.desc = "", false
		return l.around(l.grid.currentRow().key), true
	}
	return nil, false
}

// leaves tells whether a reply of that state is left out by the filter.
func leaves(f model.Filter, state model.ReplyState) bool {
	for _, t := range f.Terms {
		if t.Field != model.FieldIs || t.Negate {
			continue
		}
		states := slices.DeleteFunc(slices.Clone(t.Values), func(v string) bool {
			return v != model.IsOpen && v != model.IsSnoozed && v != model.IsDone
		})
		if len(states) > 0 && !slices.Contains(states, string(state)) {
			return true
		}
	}
	return false
}
