package kit

import (
	"context"
	"errors"
	"slices"
	"time"

	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"

	"viberdeck/model"
	"viberdeck/ui/lang"
)

// FilterPause is how long a person may pause while typing a filter before the list is read.
const FilterPause = 120 * time.Millisecond

// markLimit is how many rows may be marked at once.
const markLimit = 20000

// List is a grid with its filter line, its queries to the store and its keys: the body of every
// list screen.
type List[T any] struct {
	D       *Deck
	topic   model.Topic
	command string // the subcommand that prints this list
	Read    model.PageReader[T]
	Columns []Column[T]
	fields  []model.RowField[T] // the columns of an export
	Empty   string              // the text of an empty list
	NoRow   string              // why a key for a row can do nothing there
	// Incomplete explains, in place of Empty, that rows may be missing and why; nil or "" if none
	// can be.
	Incomplete func() string
	Natural    string // the natural order in words
	Orders     []Order
	Views      *views
	Tabbed     bool // the views are above the list, if there is room

	Grid     grid[T]
	Home     string // the initial filter of the screen
	Filter   string // the current filter
	Campaign model.CampaignID
	Sort     string
	Desc     bool

	Input   textinput.Model
	Editing bool
	before  snapshot[T] // what Esc in the filter line restores
	wrong   error       // why the filter is invalid
	Page    Slot
	counted Slot
	tally   Slot // a count that is delayed because the last one is recent
	pause   Slot
	Marking Slot

	// ChangeOf reads a row again that is no longer in the list and says who did what; nil: unknown.
	ChangeOf func(context.Context, T) (RowChange[T], error)
	// Differs says that someone has done something to a row that a key must not ignore.
	Differs      func(was, now T) bool
	fates        Slot
	changedMarks map[string]model.Text // marked rows that another person changed or removed, and the details
	marked       Slot                  // the query about marked rows outside the window
	mine         map[string]time.Time  // rows the operator changed, and when
	shown        map[string]time.Time  // rows on screen that arrived by themselves, and when

	origin     Place  // where the cursor was before filtering
	above      int    // lines of the view above the first row
	begun      row[T] // where a range of marks begins; no id: none
	wanted     Place  // where the first reading opens
	returned   bool   // it opened at a row
	Loaded     bool
	loadedAt   time.Time
	err        error
	Matching   model.Figure
	MatchingAt time.Time // zero: count again
	// Extra is the screen's addition to the filter line.
	Extra func() string
	// Moved runs when the row under the cursor may have changed.
	Moved func() tea.Cmd
}

// snapshot is what the filter line remembers for Esc.
type snapshot[T any] struct {
	grid     grid[T]
	filter   string
	sort     string
	desc     bool
	matching model.Figure
}

// NewList makes the screen of a list, whose rows id tells apart.
func NewList[T any](d *Deck, rows model.RowList[T], id func(T) string, columns []Column[T]) List[T] {
	read := func(ctx context.Context, q model.PageRequest) (model.Page[T], error) {
		return rows.Read(ctx, d.Store, q)
	}
	return List[T]{D: d, topic: rows.Topic, command: string(rows.Topic), Read: read, Columns: columns,
		fields: rows.Fields(), Grid: newGrid(id), Empty: "Nothing here yet.", NoRow: "there is nothing here",
		Views: newViews(d, rows.Topic),
		Input: d.Style.NewInput(d.Tr("words, field:value, -not")), Moved: func() tea.Cmd { return nil },
		Extra: func() string { return "" }}
}

// Whole reports whether all rows of the list are in memory.
func (l *List[T]) Whole() bool { return !l.Grid.before && !l.Grid.after }

// Request returns the query for the list as filtered now. An invalid filter is an error.
func (l *List[T]) Request() (model.PageRequest, error) {
	f, err := model.ParseFilter(l.Filter, l.D.Now, l.D.Zone)
	if err != nil {
		return model.PageRequest{}, err
	}
	return model.PageRequest{Filter: f.InCountry(l.D.DefaultCountry), Campaign: l.Campaign, Sort: l.Sort, Desc: l.Desc,
		Limit: max(PageRows, l.Grid.Height), Operator: l.D.Operator}, nil
}

// fresh reads the list from its beginning and counts it.
func (l *List[T]) fresh() tea.Cmd {
	l.begun = row[T]{}
	q, err := l.Request()
	if err != nil {
		return l.refuse(err)
	}
	read, id, wanted := l.Read, l.Grid.id, l.wanted
	first := q
	first.Soon = true
	return tea.Batch(Ask(l.D, &l.Page, func(ctx context.Context) (window[T], error) {
		if wanted.Key != "" {
			if w, err := readAround(ctx, read, id, q, wanted.Key, row[T]{}); err == nil {
				return w, nil
			}
		}
		p, err := read(ctx, first)
		return window[T]{rows: rowsOf(p, id), after: p.More}, err
	}, func(w window[T], err error) tea.Cmd {
		if !l.landed(err) {
			return l.refuse(err)
		}
		l.Grid.Rows, l.Grid.cursor, l.Grid.top = nil, 0, 0
		l.Grid.replace(w)
		if wanted.ID != "" {
			l.Grid.open(wanted.ID, w.at)
		}
		l.wanted = Place{}
		if w.after && len(w.rows) < q.Limit { // only the first hits
			return tea.Batch(l.more(), l.Moved())
		}
		return l.Moved()
	}), l.recount())
}

// Again reads the rows on screen again: the cursor and the scroll position stay with their rows.
func (l *List[T]) Again() tea.Cmd {
	if !l.Loaded || l.wanted.ID != "" {
		return l.fresh()
	}
	key := ""
	if l.Grid.top > 0 || l.Grid.before {
		if v := l.Grid.Visible(); len(v) > 0 {
			key = v[0].key
		}
	}
	reread := l.around(key)
	if wait := time.Second - l.D.Now.Sub(l.MatchingAt); wait > 0 {
		return tea.Batch(reread, Later(&l.tally, wait, l.recount))
	}
	return tea.Batch(reread, l.recount())
}

// around reads the window that begins at the key. The cursor stays on its row.
func (l *List[T]) around(key string) tea.Cmd {
	q, err := l.Request()
	if err != nil {
		return l.refuse(err)
	}
	read, id, cursor := l.Read, l.Grid.id, l.Grid.currentRow()
	if l.startingUp() {
		cursor = row[T]{}
	}
	return Ask(l.D, &l.Page, func(ctx context.Context) (window[T], error) {
		return readAround(ctx, read, id, q, key, cursor)
	}, func(w window[T], err error) tea.Cmd {
		if !l.landed(err) {
			return l.refuse(err)
		}
		return tea.Batch(l.merge(w), l.Moved())
	})
}

// readAround reads a window that begins at the key ("": at the beginning of the list), with a page
// before it. The row under the cursor stays in the window even if many new rows arrived above it.
func readAround[T any](ctx context.Context, read model.PageReader[T], id func(T) string, q model.PageRequest,
	key string,
	cursor row[T]) (window[T], error) {
	if key == "" {
		p, err := read(ctx, q)
		w := window[T]{rows: rowsOf(p, id), after: p.More}
		has := func(r row[T]) bool { return r.id == cursor.id }
		if err != nil || cursor.key == "" || !p.More || slices.ContainsFunc(w.rows, has) {
			return w, err
		}
		around, err := readAround(ctx, read, id, q, cursor.key, row[T]{})
		if err != nil || !slices.ContainsFunc(around.rows, has) {
			return w, err
		}
		return around, nil
	}
	q.Cursor, q.From = key, true
	p, err := read(ctx, q)
	if err != nil {
		return window[T]{}, err
	}
	q.From, q.Back = false, true
	b, err := read(ctx, q)
	w := window[T]{rows: append(rowsOf(b, id), rowsOf(p, id)...), before: b.More, after: p.More, at: len(b.Rows)}
	if b.More {
		w.base = -1
	}
	return w, err
}

// landed records that an answer arrived.
func (l *List[T]) landed(err error) bool {
	if l.err = err; err == nil {
		l.Loaded, l.loadedAt, l.wrong = true, l.D.Now, nil
	}
	return err == nil
}

// refuse removes an invalid filter: it selects nothing, and its text goes back to where it can be
// corrected. Any other error leaves the list as it is.
func (l *List[T]) refuse(err error) tea.Cmd {
	if e, ok := errors.AsType[*model.Error](err); !ok || e.Field != "filter" {
		return nil
	}
	l.wrong, l.err, l.Matching = err, nil, model.Figure{}
	l.Grid.Rows, l.Grid.before, l.Grid.after = nil, false, false
	l.Grid.to(0)
	clear(l.Grid.Marks)
	if l.Editing {
		return l.Moved()
	}
	l.Editing, l.Input = true, l.D.Style.NewInput(l.D.Tr("words, field:value, -not"))
	l.Input.SetValue(l.shownFilter())
	l.Input.CursorEnd()
	return tea.Batch(l.Moved(), l.Input.Focus())
}

func (l *List[T]) recount() tea.Cmd {
	q, err := l.Request()
	if err != nil {
		return nil // the row query reports it
	}
	store, topic := l.D.Store, l.topic
	counted := Ask(l.D, &l.counted, func(ctx context.Context) (int64, error) { return store.Count(ctx, topic, q) },
		func(n int64, err error) tea.Cmd {
			if err == nil {
				l.Matching, l.MatchingAt = model.Known(n), l.D.Now
			}
			return nil
		})
	if !l.Tabbed {
		return counted
	}
	return tea.Batch(counted, l.Views.refresh(l.Filter, l.Campaign))
}

// more reads the next or the previous page when the screen is near the end of the rows in memory.
func (l *List[T]) more() tea.Cmd {
	q, err := l.Request()
	read, id, rows := l.Read, l.Grid.id, l.Grid.Rows
	switch {
	case err != nil || len(rows) == 0:
		return nil
	case l.Grid.wantsAfter():
		q.Cursor = rows[len(rows)-1].key
	case l.Grid.wantsBefore():
		q.Cursor, q.Back = rows[0].key, true
	default:
		return nil
	}
	return Ask(l.D, &l.Page, func(ctx context.Context) (model.Page[T], error) { return read(ctx, q) },
		func(p model.Page[T], err error) tea.Cmd {
			if !l.landed(err) {
				return nil
			}
			if q.Back {
				l.Grid.precede(rowsOf(p, id), p.More)
			} else {
				l.Grid.extend(rowsOf(p, id), p.More)
			}
			return nil
		})
}

// markAll marks every row that matches the filter and shows the exact number, or removes all marks.
func (l *List[T]) markAll() tea.Cmd {
	if n := len(l.Grid.Marks); n > 0 {
		clear(l.Grid.Marks)
		return l.D.Say(l.D.Tr("no longer marked: %s", l.D.Plural(int64(n), "row", "rows")))
	}
	tooMany := model.Invalid("filter", "more than %s rows match; narrow the filter to mark them all",
		lang.Count(markLimit))
	if l.Matching.Known && l.Matching.N > markLimit && l.D.Now.Sub(l.MatchingAt) < time.Minute {
		return l.D.Fail(tooMany)
	}
	q, err := l.Request()
	if err != nil {
		return l.D.Fail(err)
	}
	read, id := l.Read, l.Grid.id
	q.Limit = model.BulkRows
	return Ask(l.D, &l.Marking, func(ctx context.Context) (map[string]T, error) {
		all := map[string]T{}
		err := model.EachRow(ctx, read, q, func(v T) (bool, error) {
			if all[id(v)] = v; len(all) > markLimit {
				return false, tooMany
			}
			return true, nil
		})
		return all, err
	}, func(all map[string]T, err error) tea.Cmd {
		if err != nil {
			return l.D.Fail(err)
		}
		l.Grid.Marks, l.changedMarks = all, nil
		return l.D.Say(l.D.Tr("%s marked: all that match", l.D.Plural(int64(len(all)), "row", "rows")))
	})
}

// nextSort goes to the next column by which the list can be sorted, and after the last one back to
// its natural order. The cursor stays on its row.
func (l *List[T]) nextSort() tea.Cmd {
	if len(l.Orders) == 0 {
		return nil
	}
	next := slices.IndexFunc(l.Orders, func(o Order) bool { return o.By == l.Sort }) + 1
	if l.Sort, l.Desc = "", false; next < len(l.Orders) {
		l.Sort, l.Desc = l.Orders[next].By, !l.Orders[next].Ascending
	}
	return l.around(l.Grid.currentRow().key)
}

// reverse reverses the chosen order. The cursor stays on its row.
func (l *List[T]) reverse() tea.Cmd {
	if l.Sort == "" {
		return l.D.Say(l.D.Tr("the natural order stays as it is; s sorts by a column"))
	}
	l.Desc = !l.Desc
	return l.around(l.Grid.currentRow().key)
}

// Changed reads the rows on screen again if the list's topic is among those that changed.
func (l *List[T]) Changed(topics []model.Topic) tea.Cmd {
	if !slices.Contains(topics, l.topic) {
		return nil
	}
	return l.Again()
}
