package kit

import (
	"maps"
	"slices"

	"viberdeck/model"
)

// PageRows is the number of rows to request in one keyset page.
const PageRows = 60

// row is one row of the window with its id and its key in the list's order.
type row[T any] struct {
	Item    T
	id, key string
	gone    bool       // another person removed it; it stays until the cursor leaves it
	why     model.Text // who did what
}

// grid is the part of a list that is held in memory: at most three pages around the rows on screen.
// The cursor, the marks and the scroll position belong to rows, not to indexes: whatever is read
// again, they stay with their rows.
type grid[T any] struct {
	id     func(T) string
	Rows   []row[T]
	cursor int // index into rows
	top    int // first row on screen
	Height int // rows on screen
	// before and after say that the list continues outside the window.
	before, after bool
	base          int // index of the first row in the whole list, -1 if unknown
	Marks         map[string]T
}

// window is a section of the list as read for a grid.
type window[T any] struct {
	rows          []row[T]
	before, after bool
	base          int
	at            int // index of the row at which it was asked to begin
}

func newGrid[T any](id func(T) string) grid[T] {
	return grid[T]{id: id, Marks: map[string]T{}, Height: 20}
}

// Current returns the row under the cursor.
func (g *grid[T]) Current() (T, bool) {
	if g.cursor < 0 || g.cursor >= len(g.Rows) {
		var none T
		return none, false
	}
	return g.Rows[g.cursor].Item, true
}

func (g *grid[T]) currentRow() row[T] {
	if g.cursor < 0 || g.cursor >= len(g.Rows) {
		return row[T]{}
	}
	return g.Rows[g.cursor]
}

// Place returns the number of the cursor's row in the whole list, 0 if unknown.
func (g *grid[T]) Place() int {
	if g.base < 0 || len(g.Rows) == 0 {
		return 0
	}
	return g.base + g.cursor + 1
}

// Move moves the cursor by rows.
func (g *grid[T]) Move(by int) { g.to(g.cursor + by) }

// to puts the cursor on the row at the index, and scrolls as little as possible.
func (g *grid[T]) to(i int) {
	i = max(0, min(i, len(g.Rows)-1))
	if left := g.currentRow(); i != g.cursor && left.gone {
		g.Rows = slices.Delete(slices.Clone(g.Rows), g.cursor, g.cursor+1)
		if delete(g.Marks, left.id); i > g.cursor {
			i--
		}
	}
	g.cursor = i
	g.scroll()
}

// page moves the cursor and the screen by a page, keeping one row of the previous page.
func (g *grid[T]) page(by int) { g.rowsOn(by * max(1, g.Height-1)) }

// halfPage moves the cursor and the screen by half a page.
func (g *grid[T]) halfPage(by int) { g.rowsOn(by * max(1, g.Height/2)) }

func (g *grid[T]) rowsOn(by int) {
	g.top += by
	g.to(g.cursor + by)
}

func (g *grid[T]) scroll() {
	h := max(1, g.Height)
	g.top = max(0, min(g.top, len(g.Rows)-h))
	if g.cursor < g.top {
		g.top = g.cursor
	}
	if g.cursor >= g.top+h {
		g.top = g.cursor - h + 1
	}
	g.top = max(0, g.top)
}

// open puts the cursor on a row in the middle of the screen, or, if that row is gone, on the row in
// its place.
func (g *grid[T]) open(id string, otherwise int) {
	i := slices.IndexFunc(g.Rows, func(r row[T]) bool { return r.id == id })
	if i < 0 {
		i = otherwise
	}
	g.top = i - g.Height/2
	g.to(i)
}

// resize sets the number of rows on screen.
func (g *grid[T]) resize(height int) {
	g.Height = max(1, height)
	g.scroll()
}

// Visible returns the rows on screen.
func (g *grid[T]) Visible() []row[T] {
	from := min(g.top, len(g.Rows))
	return g.Rows[from:min(len(g.Rows), from+max(1, g.Height))]
}

// wantsAfter reports whether the screen is near the end of the window and the list continues.
func (g *grid[T]) wantsAfter() bool { return g.after && g.top+2*g.Height >= len(g.Rows) }

// wantsBefore reports whether the screen is near the beginning of the window and the list
// continues.
func (g *grid[T]) wantsBefore() bool { return g.before && g.top < g.Height }

// limit is how many rows the window may hold.
func (g *grid[T]) limit() int { return 3 * max(PageRows, g.Height) }

// extend appends a page to the window, and drops as many rows from its beginning as needed.
func (g *grid[T]) extend(rows []row[T], more bool) {
	g.Rows, g.after = append(g.Rows, rows...), more
	if over := len(g.Rows) - g.limit(); over > 0 {
		over = min(over, g.top)
		g.Rows = slices.Clone(g.Rows[over:])
		g.cursor, g.top, g.before = g.cursor-over, g.top-over, true
		if g.base >= 0 {
			g.base += over
		}
	}
}

// precede inserts a page before the window, and drops as many rows from its end as needed.
func (g *grid[T]) precede(rows []row[T], more bool) {
	g.Rows, g.before = append(slices.Clone(rows), g.Rows...), more
	g.cursor, g.top = g.cursor+len(rows), g.top+len(rows)
	if g.base >= 0 {
		g.base -= len(rows)
	}
	if !more {
		g.base = 0
	}
	if n := g.limit(); len(g.Rows) > n {
		n = max(n, g.top+g.Height)
		if n < len(g.Rows) {
			g.Rows, g.after = g.Rows[:n:n], true
		}
	}
	g.scroll()
}

// replace replaces the window with a newly read one. The cursor stays on its row; if that row is
// gone it goes to the next remaining one, or else to the one before.
func (g *grid[T]) replace(w window[T]) {
	g.replaceKeeping(w, func(string) bool { return true })
}

// replaceKeeping is replace, but the row under the cursor and marked rows that are gone stay in
// place, struck out, unless they may leave.
func (g *grid[T]) replaceKeeping(w window[T], mayLeave func(id string) bool) {
	w.rows = g.merged(w, mayLeave)
	was, cursor, atStart := g.Rows, g.cursor, g.top == 0 && !g.before
	offset := g.cursor - g.top
	g.Rows, g.before, g.after, g.base = w.rows, w.before, w.after, w.base
	g.cursor = g.find(was, cursor)
	if g.top = g.cursor - offset; atStart && !g.before && g.cursor < g.Height {
		g.top = 0 // a person looking at the beginning of a list sees what arrives there
	}
	g.scroll()
	for i, r := range g.Rows { // refresh the marked rows
		if _, ok := g.Marks[r.id]; ok {
			g.Marks[r.id] = g.Rows[i].Item
		}
	}
}

// merged returns the rows of a window, interspersed with those that are gone but stay.
func (g *grid[T]) merged(w window[T], mayLeave func(id string) bool) []row[T] {
	at := make(map[string]int, len(w.rows))
	for i, r := range w.rows {
		at[r.id] = i
	}
	first, last := len(g.Rows), -1 // range of the old rows that the window still has
	for i, r := range g.Rows {
		if _, ok := at[r.id]; ok {
			first, last = min(first, i), i
		}
	}
	staying := map[int][]row[T]{} // by the row of the window before which they stay
	next := len(w.rows)
	for i := len(g.Rows) - 1; i >= 0; i-- {
		r := g.Rows[i]
		if n, ok := at[r.id]; ok {
			next = n
			continue
		}
		_, marked := g.Marks[r.id]
		within := (i > first || !w.before) && (i < last || !w.after) || i == g.cursor
		if (i == g.cursor || marked) && within && (r.gone || !mayLeave(r.id)) {
			r.gone = true
			staying[g.placeOf(at, i, next)] = slices.Insert(staying[g.placeOf(at, i, next)], 0, r)
		}
	}
	if len(staying) == 0 {
		return w.rows
	}
	rows := make([]row[T], 0, len(w.rows)+len(staying))
	for i := range len(w.rows) + 1 {
		rows = append(rows, staying[i]...)
		if i < len(w.rows) {
			rows = append(rows, w.rows[i])
		}
	}
	return rows
}

// placeOf returns the row of a window before which a row that is gone stays: after its former
// predecessor, or else before its former successor.
func (g *grid[T]) placeOf(at map[string]int, i, next int) int {
	for i--; i >= 0; i-- {
		if n, ok := at[g.Rows[i].id]; ok {
			return n + 1
		}
	}
	if next == len(at) {
		return 0
	}
	return next
}

// find returns the index of the cursor's row after the rows were read again.
func (g *grid[T]) find(was []row[T], cursor int) int {
	if len(was) == 0 || cursor >= len(was) {
		return 0
	}
	at := make(map[string]int, len(g.Rows))
	for i, r := range g.Rows {
		at[r.id] = i
	}
	for _, r := range was[cursor:] {
		if i, ok := at[r.id]; ok {
			return i
		}
	}
	for i := cursor - 1; i >= 0; i-- {
		if n, ok := at[was[i].id]; ok {
			return min(n+1, max(0, len(g.Rows)-1))
		}
	}
	return 0
}

// Remove removes rows from the window at once; the cursor goes to the next one.
func (g *grid[T]) Remove(ids map[string]bool) {
	kept := make([]row[T], 0, len(g.Rows))
	cursor := g.cursor
	for i, r := range g.Rows {
		if !ids[r.id] {
			kept = append(kept, r)
		} else if i < g.cursor {
			cursor--
		}
		if ids[r.id] {
			delete(g.Marks, r.id)
		}
	}
	g.Rows = kept
	g.to(cursor)
}

// toggle marks the row under the cursor or removes its mark, and moves to the next row.
func (g *grid[T]) toggle() {
	r := g.currentRow()
	if r.id == "" {
		return
	}
	if _, ok := g.Marks[r.id]; ok {
		delete(g.Marks, r.id)
	} else {
		g.Marks[r.id] = r.Item
	}
	g.Move(1)
}

// Chosen returns the marked rows, or, if there are none, the row under the cursor.
func (g *grid[T]) Chosen() []T {
	if len(g.Marks) > 0 {
		all := make([]T, 0, len(g.Marks))
		for _, id := range slices.Sorted(maps.Keys(g.Marks)) {
			all = append(all, g.Marks[id])
		}
		return all
	}
	if v, ok := g.Current(); ok {
		return []T{v}
	}
	return nil
}

// rowsOf joins a page's rows with their ids and keys.
func rowsOf[T any](p model.Page[T], id func(T) string) []row[T] {
	rows := make([]row[T], len(p.Rows))
	for i, v := range p.Rows {
		rows[i] = row[T]{Item: v, id: id(v)}
		if i < len(p.Keys) {
			rows[i].key = p.Keys[i]
		}
	}
	return rows
}
