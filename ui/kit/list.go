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

// reader reads one page of a list from the store.
type reader[T any] func(ctx context.Context, q model.PageRequest) (model.Page[T], error)

// List is a grid with its filter line, its questions to the store and its keys: the body of every
// list screen.
type List[T any] struct {
	D       *Deck
	topic   model.Topic
	command string // the subcommand that prints this list
	Read    reader[T]
	Columns []Column[T]
	fields  []model.RowField[T] // what an export writes
	Empty   string              // what an empty list says
	// Lacks says instead of Empty that rows may be missing, and why; nil or "" when none can be.
	Lacks  func() string
	Order  string // the natural order in words
	Sorts  []string
	Views  *views
	Tabbed bool // the views stand above the list, where there is room

	Grid     grid[T]
	Home     string // the filter the screen opens with
	Filter   string // the filter in force
	Campaign model.CampaignID
	Sort     string
	Desc     bool

	Input   textinput.Model
	Editing bool
	before  snapshot[T] // what Esc in the filter line goes back to
	wrong   error       // why the filter cannot be understood
	Page    Slot
	counted Slot
	tally   Slot // a count that waits because the one before is young
	pause   Slot
	Marking Slot

	// Fate re-reads a row that is no longer in the list and says who did what; nil: it is unknown.
	Fate func(context.Context, T) (Fate[T], error)
	// Differs says that somebody did something to a row that a key on it must not pass over.
	Differs func(was, now T) bool
	fates   Slot
	strayed map[string]model.Text // marked rows that somebody else changed or took away, and what is known of it
	marked  Slot                  // the question after marked rows outside the window
	mine    map[string]time.Time  // rows the operator changed, and when
	shown   map[string]time.Time  // rows on screen that came in by themselves, and when

	origin     Place  // where the cursor was before the list was filtered
	above      int    // lines of the view above the first row
	begun      row[T] // where a range of marks begins; no id: none does
	wanted     Place  // where the first reading opens
	returned   bool   // it opened at a row
	Loaded     bool
	loadedAt   time.Time
	err        error
	Matching   model.Figure
	MatchingAt time.Time // zero: count again
	// extra is what the screen adds to the filter line.
	Extra func() string
	// moved runs when the row under the cursor may be another one.
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

// NewList makes a list of the rows that read gives.
func NewList[T any](d *Deck, topic model.Topic, command string, read reader[T], id func(T) string, columns []Column[T],
	fields []model.RowField[T]) List[T] {
	return List[T]{D: d, topic: topic, command: command, Read: read, Columns: columns, fields: fields,
		Grid: newGrid(id), Empty: "Nothing here yet.", Views: newViews(d, topic),
		Input: d.Style.NewInput(d.Tr("words, field:value, -not")), Moved: func() tea.Cmd { return nil },
		Extra: func() string { return "" }}
}

// Whole reports whether all rows of the list are held.
func (l *List[T]) Whole() bool { return !l.Grid.before && !l.Grid.after }

// Request gives the question for the list as it is filtered now. A wrong filter asks for nothing.
func (l *List[T]) Request() (model.PageRequest, error) {
	f, err := model.ParseFilter(l.Filter, l.D.Now, l.D.Zone)
	if err != nil {
		return model.PageRequest{}, err
	}
	return model.PageRequest{Filter: f.InCountry(l.D.DefaultCountry), Campaign: l.Campaign, Sort: l.Sort, Desc: l.Desc,
		Limit: max(PageRows, l.Grid.Height), Operator: l.D.Operator}, nil
}

// fresh reads the list from its beginning, and counts it.
func (l *List[T]) fresh() tea.Cmd {
	l.begun = row[T]{}
	q, err := l.Request()
	if err != nil {
		return l.refuse(err)
	}
	read, id, wanted := l.Read, l.Grid.id, l.wanted
	return tea.Batch(Ask(l.D, &l.Page, func(ctx context.Context) (window[T], error) {
		if wanted.Key != "" {
			if w, err := readAround(ctx, read, id, q, wanted.Key, row[T]{}); err == nil {
				return w, nil
			}
		}
		p, err := read(ctx, q)
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
		return l.Moved()
	}), l.recount())
}

// Again reads the rows on screen anew: the cursor and the scrolling stay with their rows.
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
		return tea.Batch(l.land(w), l.Moved())
	})
}

// readAround reads a window that begins at the key ("": at the beginning of the list), with a page
// before it. The row under the cursor stays in the window even when many new rows came in above it.
func readAround[T any](ctx context.Context, read reader[T], id func(T) string, q model.PageRequest, key string,
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

// landed notes that an answer came.
func (l *List[T]) landed(err error) bool {
	if l.err = err; err == nil {
		l.Loaded, l.loadedAt, l.wrong = true, l.D.Now, nil
	}
	return err == nil
}

// refuse takes a filter that nobody understands out of force: it selects nothing, and its words go
// back to where they are corrected. Any other error leaves the list as it is.
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
		return nil // whoever reads the rows says so
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

// more reads the next or the previous page when the screen comes near the end of what is held.
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

// jump goes to the first or the last row of the list, reading it when it is not held.
func (l *List[T]) jump(last bool) tea.Cmd {
	if last && !l.Grid.after {
		l.Grid.to(len(l.Grid.Rows) - 1)
		return nil
	}
	if !last && !l.Grid.before {
		l.Grid.to(0)
		return nil
	}
	q, err := l.Request()
	if err != nil {
		return l.refuse(err)
	}
	read, id := l.Read, l.Grid.id
	q.Back = last
	return Ask(l.D, &l.Page, func(ctx context.Context) (model.Page[T], error) { return read(ctx, q) },
		func(p model.Page[T], err error) tea.Cmd {
			if !l.landed(err) {
				return nil
			}
			g := &l.Grid
			g.Rows, g.before, g.after, g.base = rowsOf(p, id), last && p.More, !last && p.More, 0
			if last && p.More {
				if g.base = -1; l.Matching.Known {
					g.base = int(l.Matching.N) - len(g.Rows)
				}
			}
			g.top = 0
			if g.to(0); last {
				g.to(len(g.Rows) - 1)
			}
			return l.Moved()
		})
}

// markAll marks every row that matches the filter, with the true number, or takes all marks off.
func (l *List[T]) markAll() tea.Cmd {
	if len(l.Grid.Marks) > 0 {
		clear(l.Grid.Marks)
		return nil
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
	q.Limit = 1000
	return Ask(l.D, &l.Marking, func(ctx context.Context) (map[string]T, error) {
		all := map[string]T{}
		for {
			p, err := read(ctx, q)
			if err != nil {
				return nil, err
			}
			for _, v := range p.Rows {
				all[id(v)] = v
			}
			if !p.More || len(p.Keys) == 0 {
				return all, nil
			}
			if len(all) >= markLimit {
				return nil, tooMany
			}
			q.Cursor = p.Keys[len(p.Keys)-1]
		}
	}, func(all map[string]T, err error) tea.Cmd {
		if err != nil {
			return l.D.Fail(err)
		}
		l.Grid.Marks, l.strayed = all, nil
		return l.D.Say(l.D.Tr("%s marked: all that match", l.D.Plural(int64(len(all)), "row", "rows")))
	})
}

// nextSort goes to the next column the list can be sorted by, after the last one back to its
// natural order. The cursor stays on its row.
func (l *List[T]) nextSort() tea.Cmd {
	if len(l.Sorts) == 0 {
		return nil
	}
	if i := slices.Index(l.Sorts, l.Sort); i+1 < len(l.Sorts) {
		l.Sort = l.Sorts[i+1]
		l.Desc = !slices.Contains(wordColumns, l.Sort)
	} else {
		l.Sort, l.Desc = "", false
	}
	return l.around(l.Grid.currentRow().key)
}

// wordColumns are sorted from A to Z at first; times and numbers from the largest.
var wordColumns = []string{"name", "state", "status", "account", "campaign", "phone"}

// reverse turns the chosen order around. The cursor stays on its row.
func (l *List[T]) reverse() tea.Cmd {
	if l.Sort == "" {
		return l.D.Say(l.D.Tr("the natural order stays as it is; s sorts by a column"))
	}
	l.Desc = !l.Desc
	return l.around(l.Grid.currentRow().key)
}

// Changed re-reads what is on screen when the list's topic is among those that changed.
func (l *List[T]) Changed(topics []model.Topic) tea.Cmd {
	if !slices.Contains(topics, l.topic) {
		return nil
	}
	return l.Again()
}
