package ui

import (
	"context"
	"encoding/json"
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"
)

// keepPause is how long after the first of a series of changes they are kept. A dropped line or a
// killed process loses no more than that.
const keepPause = time.Second

// soon keeps a series of changes a moment after its first one, however long the series lasts.
// Waiting for a pause in it instead would keep nothing of somebody who types without one.
type soon struct {
	slot slot
	due  bool
}

// changed runs keep a moment later, unless that is on its way already.
func (s *soon) changed(keep func() tea.Cmd) tea.Cmd {
	if s.due {
		return nil
	}
	s.due = true
	return later(&s.slot, keepPause, func() tea.Cmd {
		s.due = false
		return keep()
	})
}

// forget lets what is on its way go.
func (s *soon) forget() {
	s.slot.forget()
	s.due = false
}

// keepsake is a value that Keep holds under a name.
type keepsake struct{ name, value string }

// keeping is a dialog with something half-written that outlives the end of the program.
type keeping interface{ keepsake() keepsake }

// keep stores a keepsake. A failure is told only where a person would lose work.
func (d *deck) keep(k keepsake, then func(error) tea.Cmd) tea.Cmd {
	store, operator := d.Store, d.Operator
	return act(d, func(ctx context.Context) error { return store.Keep(ctx, operator, k.name, k.value) }, then)
}

// place is what a list opens with: its filter, its order and the row under the cursor.
type place struct {
	Filter string `json:"filter"`
	Sort   string `json:"sort,omitempty"`
	Desc   bool   `json:"desc,omitempty"`
	ID     string `json:"id,omitempty"`
	Key    string `json:"key,omitempty"`
}

// memory gives the list's place. A list that was not read yet gives the place it was to open with.
func (l *list[T]) memory() string {
	p := l.wanted
	if l.loaded {
		r := l.grid.currentRow()
		p.ID, p.Key = r.id, r.key
	}
	p.Filter, p.Sort, p.Desc = l.filter, l.sort, l.desc
	if l.editing {
		p.Filter = l.before.filter // half-typed words are no filter yet
	}
	text, err := json.Marshal(p)
	if err != nil {
		return ""
	}
	return string(text)
}

// recall opens the list at a place, as long as it was not read.
func (l *list[T]) recall(text string) {
	var p place
	if l.loaded || json.Unmarshal([]byte(text), &p) != nil {
		return
	}
	if !slices.Contains(l.sorts, p.Sort) {
		p.Sort, p.Desc = "", false
	}
	l.wanted, l.filter, l.sort, l.desc = p, l.plainFilter(p.Filter), p.Sort, p.Desc
	l.returned = p.ID != ""
}

// settling tells that the cursor stays at the beginning while the first reading fills the list. A
// list that was opened at a row stays with that row.
func (l *list[T]) settling() bool { return l.d.settling() && !l.returned }
