package ui

import (
	"maps"
	"slices"

	"viberdeck/model"
)

// pageRows is how many rows one keyset page asks for.
const pageRows = 60

// row is one row of the window with its id and its key in the list's order.
type row[T any] struct {
	item    T
	id, key string
}

// grid is the window of a list that is held in memory: at most three pages around the rows on
// screen. The cursor, the marks and the place of scrolling belong to rows, not to positions:
// whatever is read anew, they stay with their rows.
type grid[T any] struct {
	id     func(T) string
	rows   []row[T]
	cursor int // index into rows
	top    int // first row on screen
	height int // rows on screen
	// before and after tell that the list goes on outside the window.
	before, after bool
	base          int // place of the first row in the whole list, -1 where nobody knows
	marks         map[string]T
}

// window is what was read for a grid.
type window[T any] struct {
	rows          []row[T]
	before, after bool
	base          int
	at            int // index of the row it was asked to begin at
}

func newGrid[T any](id func(T) string) grid[T] {
	return grid[T]{id: id, marks: map[string]T{}, height: 20}
}

// current gives the row under the cursor.
func (g *grid[T]) current() (T, bool) {
	if g.cursor < 0 || g.cursor >= len(g.rows) {
		var none T
		return none, false
	}
	return g.rows[g.cursor].item, true
}

func (g *grid[T]) currentRow() row[T] {
	if g.cursor < 0 || g.cursor >= len(g.rows) {
		return row[T]{}
	}
	return g.rows[g.cursor]
}

// place gives the number of the cursor's row in the whole list, 0 where nobody knows.
func (g *grid[T]) place() int {
	if g.base < 0 || len(g.rows) == 0 {
		return 0
	}
	return g.base + g.cursor + 1
}

// move moves the cursor by rows.
func (g *grid[T]) move(by int) { g.to(g.cursor + by) }

// to puts the cursor on the row at the index, and scrolls as little as it must.
func (g *grid[T]) to(i int) {
	g.cursor = max(0, min(i, len(g.rows)-1))
	g.scroll()
}

// page moves cursor and screen by a page.
func (g *grid[T]) page(by int) {
	step := max(1, g.height-1)
	g.top += by * step
	g.to(g.cursor + by*step)
}

func (g *grid[T]) scroll() {
	h := max(1, g.height)
	g.top = max(0, min(g.top, len(g.rows)-h))
	if g.cursor < g.top {
		g.top = g.cursor
	}
	if g.cursor >= g.top+h {
		g.top = g.cursor - h + 1
	}
	g.top = max(0, g.top)
}

// open puts the cursor on a row in the middle of the screen, or where that is gone on the row in
// its place.
func (g *grid[T]) open(id string, otherwise int) {
	i := slices.IndexFunc(g.rows, func(r row[T]) bool { return r.id == id })
	if i < 0 {
		i = otherwise
	}
	g.top = i - g.height/2
	g.to(i)
}

// resize says how many rows are on screen.
func (g *grid[T]) resize(height int) {
	g.height = max(1, height)
	g.scroll()
}

// visible gives the rows on screen.
func (g *grid[T]) visible() []row[T] {
	from := min(g.top, len(g.rows))
	return g.rows[from:min(len(g.rows), from+max(1, g.height))]
}

// wantsAfter tells that the screen comes near the end of the window and the list goes on.
func (g *grid[T]) wantsAfter() bool { return g.after && g.top+2*g.height >= len(g.rows) }

// wantsBefore tells that the screen comes near the beginning of the window and the list goes on.
func (g *grid[T]) wantsBefore() bool { return g.before && g.top < g.height }

// limit is how many rows the window may hold.
func (g *grid[T]) limit() int { return 3 * max(pageRows, g.height) }

// extend puts a page after the window, and lets go of as much at its beginning.
func (g *grid[T]) extend(rows []row[T], more bool) {
	g.rows, g.after = append(g.rows, rows...), more
	if over := len(g.rows) - g.limit(); over > 0 {
		over = min(over, g.top)
		g.rows = slices.Clone(g.rows[over:])
		g.cursor, g.top, g.before = g.cursor-over, g.top-over, true
		if g.base >= 0 {
			g.base += over
		}
	}
}

// precede puts a page before the window, and lets go of as much at its end.
func (g *grid[T]) precede(rows []row[T], more bool) {
	g.rows, g.before = append(slices.Clone(rows), g.rows...), more
	g.cursor, g.top = g.cursor+len(rows), g.top+len(rows)
	if g.base >= 0 {
		g.base -= len(rows)
	}
	if !more {
		g.base = 0
	}
	if n := g.limit(); len(g.rows) > n {
		n = max(n, g.top+g.height)
		if n < len(g.rows) {
			g.rows, g.after = g.rows[:n:n], true
		}
	}
	g.scroll()
}

// replace puts a newly read window in place of the present one. The cursor stays on its row; when
// that row is gone it goes to the next one that is still there, else to the one before.
func (g *grid[T]) replace(w window[T]) {
	was, cursor, atStart := g.rows, g.cursor, g.top == 0 && !g.before
	offset := g.cursor - g.top
	g.rows, g.before, g.after, g.base = w.rows, w.before, w.after, w.base
	g.cursor = g.find(was, cursor)
	if g.top = g.cursor - offset; atStart && !g.before && g.cursor < g.height {
		g.top = 0 // whoever looks at the beginning of a list sees what comes in there
	}
	g.scroll()
	for i, r := range g.rows { // what is known of a marked row is renewed
		if _, ok := g.marks[r.id]; ok {
			g.marks[r.id] = g.rows[i].item
		}
	}
}

// find gives the index of the row that the cursor belongs to after the rows were read anew.
func (g *grid[T]) find(was []row[T], cursor int) int {
	if len(was) == 0 || cursor >= len(was) {
		return 0
	}
	at := make(map[string]int, len(g.rows))
	for i, r := range g.rows {
		at[r.id] = i
	}
	for _, r := range was[cursor:] {
		if i, ok := at[r.id]; ok {
			return i
		}
	}
	for i := cursor - 1; i >= 0; i-- {
		if n, ok := at[was[i].id]; ok {
			return min(n+1, max(0, len(g.rows)-1))
		}
	}
	return 0
}

// remove takes rows out of the window at once; the cursor goes to the next one.
func (g *grid[T]) remove(ids map[string]bool) {
	kept := make([]row[T], 0, len(g.rows))
	cursor := g.cursor
	for i, r := range g.rows {
		if !ids[r.id] {
			kept = append(kept, r)
		} else if i < g.cursor {
			cursor--
		}
		if ids[r.id] {
			delete(g.marks, r.id)
		}
	}
	g.rows = kept
	g.to(cursor)
}

// toggle marks the row under the cursor or takes the mark off, and goes on to the next row.
func (g *grid[T]) toggle() {
	r := g.currentRow()
	if r.id == "" {
		return
	}
	if _, ok := g.marks[r.id]; ok {
		delete(g.marks, r.id)
	} else {
		g.marks[r.id] = r.item
	}
	g.move(1)
}

// chosen gives the marked rows, or else the row under the cursor.
func (g *grid[T]) chosen() []T {
	if len(g.marks) > 0 {
		all := make([]T, 0, len(g.marks))
		for _, id := range slices.Sorted(maps.Keys(g.marks)) {
			all = append(all, g.marks[id])
		}
		return all
	}
	if v, ok := g.current(); ok {
		return []T{v}
	}
	return nil
}

// rowsOf joins a page's rows with their ids and keys.
func rowsOf[T any](p model.Page[T], id func(T) string) []row[T] {
	rows := make([]row[T], len(p.Rows))
	for i, v := range p.Rows {
		rows[i] = row[T]{item: v, id: id(v)}
		if i < len(p.Keys) {
			rows[i].key = p.Keys[i]
		}
	}
	return rows
}
