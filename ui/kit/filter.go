package kit

import (
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"

	"viberdeck/model"
)

// startFilter opens the filter line.
func (l *List[T]) startFilter() tea.Cmd {
	l.before = l.snapshot()
	l.Editing, l.Input = true, l.D.Style.NewInput(l.D.Tr("words, field:value, -not"))
	if l.Filter != "" {
		l.Input.SetValue(l.shownFilter() + " ")
	}
	l.Input.CursorEnd()
	return l.Input.Focus()
}

// snapshot returns the current list, for Esc.
func (l *List[T]) snapshot() snapshot[T] {
	now := snapshot[T]{grid: l.Grid, filter: l.Filter, sort: l.Sort, desc: l.Desc, matching: l.Matching}
	now.grid.Marks = maps.Clone(l.Grid.Marks)
	return now
}

// setFilter applies a filter and reads the list from its beginning. Marks on rows that may no
// longer be visible are removed.
func (l *List[T]) setFilter(s string) tea.Cmd {
	if s = l.plainFilter(s); s == l.Filter && l.Loaded {
		return nil
	}
	if _, err := model.ParseFilter(s, l.D.Now, l.D.Zone); err != nil {
		l.wrong = err // it is invalid: the previous filter stays
		return nil
	}
	back := Place{}
	if r := l.Grid.currentRow(); l.Filter == l.Home && l.Loaded {
		l.origin = Place{ID: r.id, Key: r.key}
	} else if s == l.Home {
		back = l.origin
	}
	l.Filter, l.wanted = s, back
	clear(l.Grid.Marks)
	return l.fresh()
}

// plainFilter returns the filter in the form in which it is stored and compared: the screen's
// initial filter and those of the queues are the same in every language.
func (l *List[T]) plainFilter(s string) string {
	s = strings.TrimSpace(s)
	if at, rest := l.Views.inQueue(s); at >= 0 {
		return strings.TrimSpace(l.Views.Queues[at].Filter + " " + rest)
	}
	if l.Home == "" || s == l.Home {
		return s
	}
	typed, err := model.ParseFilter(s, l.D.Now, l.D.Zone)
	home, homeErr := model.ParseFilter(l.Home, l.D.Now, l.D.Zone)
	if err == nil && homeErr == nil && typed.String() == home.String() {
		return l.Home
	}
	return s
}

// shownFilter returns the current filter as the person reads it.
func (l *List[T]) shownFilter() string {
	if l.Filter == l.Home {
		return l.D.Word("filter", l.Home)
	}
	return l.Views.shown(l.Filter)
}

// TypeFilter handles a message while the filter line is open.
func (l *List[T]) TypeFilter(msg tea.Msg) tea.Cmd {
	if key, ok := msg.(tea.KeyPressMsg); ok {
		switch key.String() {
		case "esc":
			l.endFilter()
			l.pause.Forget()
			l.Page.Forget()
			l.counted.Forget()
			l.Grid, l.Filter, l.Matching, l.wrong = l.before.grid, l.before.filter, l.before.matching, nil
			l.Sort, l.Desc = l.before.sort, l.before.desc
			return tea.Batch(l.Moved(), l.Again())
		case "enter":
			l.pause.Forget()
			cmd := l.setFilter(l.Input.Value())
			switch {
			case l.wrong == nil:
				l.endFilter()
			case len(l.Grid.Rows) > 0: // an empty list says what to correct, so the filter line need not
				return tea.Batch(cmd, l.D.Fail(l.wrong))
			}
			return cmd
		case "tab":
			return l.completeFilter()
		case "?":
			if l.explains(l.Input.Value()) {
				l.D.Open(&filterGuide{d: l.D})
				return nil
			}
		case "up", "down", "pgup", "pgdown":
			b, _ := Find(key.String(), l.ListKeys())
			return b.Do()
		}
	}
	was := l.Input.Value()
	var cmd tea.Cmd
	l.Input, cmd = l.Input.Update(msg)
	return tea.Batch(cmd, l.typedSince(was))
}

// explains reports whether a question mark after the typed text asks for the guide: it is at the
// beginning of a word, or after a value of a field that accepts no other text.
func (l *List[T]) explains(typed string) bool {
	last := typed[strings.LastIndexByte(typed, ' ')+1:]
	return last == "" || strings.Contains(last, ":") && len(l.ways(typed)) > 0
}

// ways returns the possible completions of the last word of a filter.
func (l *List[T]) ways(typed string) []string {
	return model.CompleteFilter(typed, l.D.Accounts...)
}

// typedSince applies the filter soon, if it has changed.
func (l *List[T]) typedSince(was string) tea.Cmd {
	if l.Input.Value() == was {
		return nil
	}
	return Later(&l.pause, FilterPause, func() tea.Cmd { return l.setFilter(l.Input.Value()) })
}

// completeFilter completes the last word as far as it is unambiguous, and lists the possibilities
// if there are several.
func (l *List[T]) completeFilter() tea.Cmd {
	was := l.Input.Value()
	ways := l.ways(was)
	if len(ways) == 0 {
		return nil
	}
	at := strings.LastIndexByte(was, ' ') + 1
	whole, words := ways[0], make([]string, len(ways))
	for i, way := range ways {
		for !strings.HasPrefix(way, whole) {
			_, size := utf8.DecodeLastRuneInString(whole)
			whole = whole[:len(whole)-size]
		}
		words[i] = way[at:]
	}
	if len(whole) > len(was) {
		l.Input.SetValue(whole)
		l.Input.CursorEnd()
		return l.typedSince(was)
	}
	return l.D.Say(strings.Join(words, "  "))
}

func (l *List[T]) endFilter() {
	l.Editing = false
	l.Input.Blur()
}

// Back goes one level up inside the list: first marks, then the filter. It returns false if the
// list is as it opened.
func (l *List[T]) Back() (tea.Cmd, bool) {
	switch {
	case l.begun.id != "":
		l.begun = row[T]{}
		return nil, true
	case len(l.Grid.Marks) > 0:
		clear(l.Grid.Marks)
		return nil, true
	case l.Filter != l.Home:
		return l.setFilter(l.Home), true
	case l.Sort != "":
		l.Sort, l.Desc = "", false
		return l.around(l.Grid.currentRow().key), true
	}
	return nil, false
}

// Excludes reports whether the filter excludes a reply of that state.
func Excludes(f model.Filter, state model.ReplyState) bool {
	for _, t := range f.Terms {
		if t.Field == model.FieldDone && !t.Negate && state != model.ReplyDone {
			return true
		}
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

// filterGuide shows the filter language while a filter is being typed.
type filterGuide struct {
	d     *Deck
	pager Pager
}

// Title names the dialog.
func (g *filterGuide) Title() string { return g.d.Tr("Filters") }

// Hint returns the key hints of the dialog.
func (g *filterGuide) Hint() string { return g.d.Tr("↑↓ scroll   Esc close") }

// Update handles a message and reports whether the dialog has ended.
func (g *filterGuide) Update(msg tea.Msg) (tea.Cmd, bool) {
	key, ok := msg.(tea.KeyPressMsg)
	return nil, ok && !g.pager.Scroll(key)
}

// Body draws the reference.
func (g *filterGuide) Body(w, h int) []string {
	var rows []Fact
	for _, row := range model.FilterReference() {
		rows = append(rows, Fact{Label: g.d.Word("filter", row.Write), Value: g.d.Phrase(row.Help)})
	}
	return g.pager.Visible(g.d, g.d.Facts(rows, w), h)
}
