package kit

import (
	"context"
	"encoding/json"
	"time"

	tea "charm.land/bubbletea/v2"
)

// KeepPause is how long after the first of a series of changes they are stored. A dropped
// connection or a killed process loses no more than that.
const KeepPause = time.Second

// Debounce stores a series of changes a moment after the first one, however long the series lasts.
// Waiting for a pause instead would store nothing while a person types without one.
type Debounce struct {
	slot Slot
	due  bool
}

// Changed runs keep a moment later, unless that is already scheduled.
func (s *Debounce) Changed(keep func() tea.Cmd) tea.Cmd {
	if s.due {
		return nil
	}
	s.due = true
	return Later(&s.slot, KeepPause, func() tea.Cmd {
		s.due = false
		return keep()
	})
}

// Forget cancels what is scheduled.
func (s *Debounce) Forget() {
	s.slot.Forget()
	s.due = false
}

// Setting is a value that Keep stores under a name.
type Setting struct{ Name, Value string }

// HasSetting is a dialog with unfinished text that outlives the program.
type HasSetting interface{ Setting() Setting }

// Keep stores a setting. A failure is shown only where a person would lose work.
func (d *Deck) Keep(k Setting, then func(error) tea.Cmd) tea.Cmd {
	store, operator := d.Store, d.Operator
	return Act(d, func(ctx context.Context) error { return store.SaveSetting(ctx, operator, k.Name, k.Value) }, then)
}

// Place is how a list opens: its filter, its order and the row under the cursor.
type Place struct {
	Filter string `json:"filter"`
	Sort   string `json:"sort,omitempty"`
	Desc   bool   `json:"desc,omitempty"`
	ID     string `json:"id,omitempty"`
	Key    string `json:"key,omitempty"`
}

// Memory returns the list's place. A list that has not been read yet returns the place at which it
// was to open.
func (l *List[T]) Memory() string {
	p := l.wanted
	if l.Loaded {
		r := l.Grid.currentRow()
		p.ID, p.Key = r.id, r.key
	}
	p.Filter, p.Sort, p.Desc = l.Filter, l.Sort, l.Desc
	if l.Editing {
		p.Filter = l.before.filter // half-typed words are not a filter yet
	}
	text, err := json.Marshal(p)
	if err != nil {
		return ""
	}
	return string(text)
}

// Restore opens the list at a place, unless it has already been read.
func (l *List[T]) Restore(text string) {
	var p Place
	if l.Loaded || json.Unmarshal([]byte(text), &p) != nil {
		return
	}
	if _, ok := orderOf(l.Orders, p.Sort); !ok {
		p.Sort, p.Desc = "", false
	}
	l.wanted, l.Filter, l.Sort, l.Desc = p, l.plainFilter(p.Filter), p.Sort, p.Desc
	l.returned = p.ID != ""
	l.before = snapshot[T]{grid: newGrid(l.Grid.id), filter: l.Home} // for Esc, if the filter is invalid
}

// startingUp reports whether the cursor stays at the beginning while the first reading fills the
// list. A list that was opened at a row stays at that row.
func (l *List[T]) startingUp() bool { return l.D.StartingUp() && !l.returned }
