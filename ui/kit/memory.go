package kit

import (
	"context"
	"encoding/json"
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"
)

// KeepPause is how long after the first of a series of changes they are kept. A dropped line or a
// killed process loses no more than that.
const KeepPause = time.Second

// Debounce keeps a series of changes a moment after its first one, however long the series lasts.
// Waiting for a pause in it instead would keep nothing of somebody who types without one.
type Debounce struct {
	slot Slot
	due  bool
}

// Changed runs keep a moment later, unless that is on its way already.
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

// Forget lets what is on its way go.
func (s *Debounce) Forget() {
	s.slot.Forget()
	s.due = false
}

// Setting is a value that Keep holds under a name.
type Setting struct{ Name, Value string }

// HasSetting is a dialog with something half-written that outlives the end of the program.
type HasSetting interface{ Setting() Setting }

// Keep stores a keepsake. A failure is told only where a person would lose work.
func (d *Deck) Keep(k Setting, then func(error) tea.Cmd) tea.Cmd {
	store, operator := d.Store, d.Operator
	return Act(d, func(ctx context.Context) error { return store.SaveSetting(ctx, operator, k.Name, k.Value) }, then)
}

// Place is what a list opens with: its filter, its order and the row under the cursor.
type Place struct {
	Filter string `json:"filter"`
	Sort   string `json:"sort,omitempty"`
	Desc   bool   `json:"desc,omitempty"`
	ID     string `json:"id,omitempty"`
	Key    string `json:"key,omitempty"`
}

// Memory gives the list's place. A list that was not read yet gives the place it was to open with.
func (l *List[T]) Memory() string {
	p := l.wanted
	if l.Loaded {
		r := l.Grid.currentRow()
		p.ID, p.Key = r.id, r.key
	}
	p.Filter, p.Sort, p.Desc = l.Filter, l.Sort, l.Desc
	if l.Editing {
		p.Filter = l.before.filter // half-typed words are no filter yet
	}
	text, err := json.Marshal(p)
	if err != nil {
		return ""
	}
	return string(text)
}

// Restore opens the list at a place, as long as it was not read.
func (l *List[T]) Restore(text string) {
	var p Place
	if l.Loaded || json.Unmarshal([]byte(text), &p) != nil {
		return
	}
	if !slices.Contains(l.Sorts, p.Sort) {
		p.Sort, p.Desc = "", false
	}
	l.wanted, l.Filter, l.Sort, l.Desc = p, l.plainFilter(p.Filter), p.Sort, p.Desc
	l.returned = p.ID != ""
	l.before = snapshot[T]{grid: newGrid(l.Grid.id), filter: l.Home} // for Esc, when the filter is wrong
}

// startingUp says that the cursor stays at the beginning while the first reading fills the list. A
// list that was opened at a row stays with that row.
func (l *List[T]) startingUp() bool { return l.D.StartingUp() && !l.returned }
