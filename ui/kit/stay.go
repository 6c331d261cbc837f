package kit

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"viberdeck/model"
	"viberdeck/ui/term"

	"github.com/charmbracelet/x/ansi"
)

// SeenPause is how long a row that arrived by itself must have been on screen before a key may
// change it.
const SeenPause = 300 * time.Millisecond

// minePause is how long a row may take to leave the list after its operator's own step.
const minePause = 3 * time.Second

// RowChange is what happened to a row that is no longer in its list: its current state and who did
// what, the zero text if unknown.
type RowChange[T any] struct {
	Item T
	What model.Text
}

// Watched is a screen whose rows may be changed by another person while the cursor is on them.
type Watched interface {
	// WhyNotNow says why no key may change the chosen rows at this moment, "" if one may.
	WhyNotNow() string
	// UnmarkChanged removes the marks from rows that another person removed.
	UnmarkChanged()
	// Watch returns a check for a dialog about the chosen rows: it says what others have done to
	// them since, "" if nothing.
	Watch() func() string
	// BackTo puts the cursor on the row of a step that was undone.
	BackTo(Step) tea.Cmd
}

// Step is a change of rows that its operator can undo, with the place of the first of them.
type Step struct {
	topic   model.Topic
	id, key string
}

// Changing records that the operator changes these rows: they leave the list without a trace, and
// the cursor returns to them when the step is undone.
func (l *List[T]) Changing(ids ...string) {
	if l.mine == nil {
		l.mine = map[string]time.Time{}
	}
	for _, id := range ids {
		l.mine[id] = l.D.Now
	}
	l.RecordStep(ids...)
}

// RecordStep records a step of the operator that keeps these rows in the list: the cursor returns
// to them when it is undone.
func (l *List[T]) RecordStep(ids ...string) {
	first := -1
	for i, r := range l.Grid.Rows {
		if slices.Contains(ids, r.id) && (first < 0 || i == l.Grid.cursor) {
			first = i
		}
	}
	if first >= 0 {
		r := l.Grid.Rows[first]
		l.D.Steps = append(l.D.Steps, Step{l.topic, r.id, r.key})
	}
}

// IDOf returns the id of a row as the list knows it.
func (l *List[T]) IDOf(v T) string { return l.Grid.id(v) }

// Leave removes rows that the operator has finished with from the list at once. The cursor moves to
// the next one; after the last one it stays, because the rows before it were passed over.
func (l *List[T]) Leave(ids ...string) {
	l.Changing(ids...)
	gone := make(map[string]bool, len(ids))
	for _, id := range ids {
		gone[id] = true
	}
	g := &l.Grid
	at, others := g.currentRow(), false
	for i, r := range g.Rows {
		others = others || !gone[r.id]
		if i > g.cursor && !gone[r.id] {
			at.id = ""
		}
	}
	if gone[at.id] && others && !g.after {
		delete(gone, at.id)
		delete(g.Marks, at.id)
		g.Rows[g.cursor].gone, g.Rows[g.cursor].why = true, model.Say("that was the last one; u takes it back")
	}
	g.Remove(gone)
	l.Page.Forget() // a reading under way still has them
	if l.Matching.Known {
		l.Matching.N = max(0, l.Matching.N-int64(len(ids)))
	}
}

// PeekNext puts the cursor on the next row until back is called, which reports whether the original
// row is still there. It is nil if there is no next row, or if others are marked.
func (l *List[T]) PeekNext() (back func() bool) {
	g := &l.Grid
	at := g.currentRow()
	if len(g.Marks) > 0 || at.gone || g.cursor+1 >= len(g.Rows) || g.Rows[g.cursor+1].gone {
		return nil
	}
	g.Move(1)
	return func() bool {
		i := slices.IndexFunc(g.Rows, func(r row[T]) bool { return r.id == at.id })
		if i >= 0 {
			g.to(i)
		}
		return i >= 0
	}
}

// changedByMe reports whether the operator changed a row a moment ago.
func (l *List[T]) changedByMe(id string) bool {
	at, ok := l.mine[id]
	return ok && l.D.Now.Sub(at) < minePause
}

// merge replaces the rows with an automatic reading. A row that another person removed stays in
// place as long as the cursor is on it or it is marked.
func (l *List[T]) merge(w window[T]) tea.Cmd {
	g := &l.Grid
	before := map[string]bool{}
	for _, r := range g.Visible() {
		before[r.id] = true
	}
	at := g.currentRow()
	if len(g.Marks) == 0 {
		l.changedMarks = nil
	}
	for _, r := range w.rows {
		l.noteChanged(r.id, r.Item)
	}
	if g.replaceKeeping(w, l.changedByMe); l.startingUp() && !g.currentRow().gone {
		g.to(0)
	}
	shown := map[string]time.Time{}
	for _, r := range g.Visible() {
		if since, ok := l.shown[r.id]; ok {
			shown[r.id] = since
		}
		if !before[r.id] || r.id == at.id && !l.changedByMe(r.id) && l.Differs != nil && l.Differs(at.Item, r.Item) {
			shown[r.id] = l.D.Now
		}
	}
	if now := g.currentRow(); now.id != at.id && !l.changedByMe(at.id) {
		shown[now.id] = l.D.Now
	}
	l.shown = shown
	return tea.Batch(l.explain(), l.recheck())
}

// noteChanged records that another person changed a marked row: no key acts on it before the
// operator has looked at it again.
func (l *List[T]) noteChanged(id string, now T) {
	was, marked := l.Grid.Marks[id]
	if marked && !l.changedByMe(id) && l.Differs != nil && l.Differs(was, now) {
		l.markChanged(id, model.Say("somebody changed it meanwhile"))
	}
}

func (l *List[T]) markChanged(id string, what model.Text) {
	if l.changedMarks == nil {
		l.changedMarks = map[string]model.Text{}
	}
	l.changedMarks[id] = what
}

// recheck checks whether the marked rows outside the window are still in the list unchanged.
func (l *List[T]) recheck() tea.Cmd {
	outside := maps.Clone(l.Grid.Marks)
	for _, r := range l.Grid.Rows {
		delete(outside, r.id)
	}
	q, err := l.Request()
	if l.marked.Forget(); len(outside) == 0 || err != nil {
		return nil
	}
	read, id := l.Read, l.Grid.id
	q.Limit = model.BulkRows
	return Ask(l.D, &l.marked, func(ctx context.Context) (map[string]T, error) {
		there := map[string]T{}
		err := model.EachRow(ctx, read, q, func(v T) (bool, error) {
			if _, ok := outside[id(v)]; ok {
				there[id(v)] = v
			}
			return len(there) < len(outside), nil
		})
		return there, err
	}, func(there map[string]T, err error) tea.Cmd {
		if err != nil {
			return nil // the list itself reports that it cannot be read
		}
		for id := range outside {
			if now, ok := there[id]; ok {
				l.noteChanged(id, now)
			} else if !l.changedByMe(id) {
				l.markChanged(id, model.Say("no longer in this list"))
			}
		}
		return nil
	})
}

// explain asks what happened to the rows that another person removed.
func (l *List[T]) explain() tea.Cmd {
	fate := l.ChangeOf
	var gone []T
	for _, r := range l.Grid.Rows {
		if r.gone && r.why.IsZero() && len(gone) < PageRows {
			gone = append(gone, r.Item)
		}
	}
	if fate == nil || len(gone) == 0 {
		return nil
	}
	id := l.Grid.id
	return Ask(l.D, &l.fates, func(ctx context.Context) (map[string]RowChange[T], error) {
		all := map[string]RowChange[T]{}
		for _, v := range gone {
			if f, err := fate(ctx, v); err == nil {
				all[id(v)] = f
			}
		}
		return all, nil
	}, func(all map[string]RowChange[T], _ error) tea.Cmd {
		for i, r := range l.Grid.Rows {
			if f, ok := all[r.id]; ok && r.gone {
				l.Grid.Rows[i].Item, l.Grid.Rows[i].why = f.Item, f.What
			}
		}
		return l.Moved()
	})
}

// fateWords says what happened to a row that is gone.
func (l *List[T]) fateWords(r row[T]) string {
	if r.why.IsZero() {
		return l.D.Tr("no longer in this list")
	}
	return l.D.Text(r.why)
}

// Gone says what happened to the row under the cursor, "" if it is still in its list.
func (l *List[T]) Gone() string {
	if r := l.Grid.currentRow(); r.gone {
		return l.fateWords(r)
	}
	return ""
}

// WhyNotNow says why no key may change the chosen rows at this moment, "" if one may.
func (l *List[T]) WhyNotNow() string {
	r := l.Grid.currentRow()
	if r.gone {
		return l.D.Tr("%s; move the cursor first", l.fateWords(r))
	}
	if len(l.Grid.Marks) > 0 {
		if n, what := l.marksGone(); n > 0 {
			return l.D.Tr("%s of the marked is not marked any more: %s", l.D.Plural(int64(n), "row", "rows"), what)
		}
		return ""
	}
	if since, ok := l.shown[r.id]; ok && l.D.Now.Sub(since) < SeenPause {
		return l.D.Tr("this row came in just now: look at it first")
	}
	return ""
}

// marksGone counts the marked rows that another person changed or removed, and says what happened
// to one of them.
func (l *List[T]) marksGone() (n int, what string) {
	gone := map[string]string{}
	for id, why := range l.changedMarks {
		gone[id] = l.D.Text(why)
	}
	for _, r := range l.Grid.Rows {
		if r.gone {
			gone[r.id] = l.fateWords(r)
		}
	}
	for _, id := range slices.Sorted(maps.Keys(gone)) {
		if _, marked := l.Grid.Marks[id]; marked {
			n++
			what = cmp.Or(what, gone[id])
		}
	}
	return n, what
}

// UnmarkChanged removes the marks from rows that another person changed or removed.
func (l *List[T]) UnmarkChanged() {
	for id := range l.changedMarks {
		delete(l.Grid.Marks, id)
	}
	l.changedMarks = nil
	for _, r := range l.Grid.Rows {
		if r.gone {
			delete(l.Grid.Marks, r.id)
		}
	}
}

// Watch returns a check for a dialog about the chosen rows: it says what others have done to them
// since, "" if nothing.
func (l *List[T]) Watch() func() string {
	chosen := map[string]T{}
	for _, v := range l.Grid.Chosen() {
		chosen[l.Grid.id(v)] = v
	}
	return func() string {
		for id, what := range l.changedMarks {
			if _, ok := chosen[id]; ok {
				return l.D.Text(what)
			}
		}
		for _, r := range l.Grid.Rows {
			was, ok := chosen[r.id]
			switch {
			case ok && r.gone:
				return l.fateWords(r)
			case ok && !l.changedByMe(r.id) && l.Differs != nil && l.Differs(was, r.Item):
				return l.D.Tr("somebody changed it meanwhile")
			}
		}
		return ""
	}
}

// BackTo puts the cursor on the row of a step that was undone.
func (l *List[T]) BackTo(s Step) tea.Cmd {
	if s.topic != l.topic || s.id == "" {
		return l.Again()
	}
	delete(l.mine, s.id)
	delete(l.shown, s.id)
	l.wanted = Place{ID: s.id, Key: s.key}
	return l.fresh()
}

// drawGone returns the line of a row that another person removed: struck out, with who did what.
func (l *List[T]) drawGone(r row[T], line string, w int) string {
	what := "  " + term.Clip(l.fateWords(r), max(0, w-16))
	mark, text := ansi.Truncate(line, 2, ""), ansi.TruncateLeft(ansi.Strip(line), 2, "")
	room := max(0, w-2-term.WidthOf(what))
	// the spaces between columns are cut first, so that the row stays recognisable
	return mark + l.D.Style.Struck(term.Clip(text, room)) + l.D.Style.Paint(term.Warn, what)
}
