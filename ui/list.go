package ui

import (
	"context"
	"errors"
	"slices"
	"time"

	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"

	"viberdeck/model"
)

// filterPause is how long a person may pause while typing a filter before the list is read.
const filterPause = 120 * time.Millisecond

// markLimit is how many rows may be marked at once.
const markLimit = 20000

// reader reads one page of a list from the store.
type reader[T any] func(ctx context.Context, q model.PageRequest) (model.Page[T], error)

// list is a grid with its filter line, its questions to the store and its keys: the body of every
// list screen.
type list[T any] struct {
	d       *deck
	topic   model.Topic
	command string // the subcommand that prints this list
	read    reader[T]
	columns []column[T]
	fields  []model.RowField[T] // what an export writes
	empty   string              // what an empty list says
	order   string              // the natural order in words
	sorts   []string
	views   *views
	tabbed  bool // the views stand above the list, where there is room

	grid     grid[T]
	home     string // the filter the screen opens with
	filter   string // the filter in force
	campaign model.CampaignID
	sort     string
	desc     bool

	input   textinput.Model
	editing bool
	before  snapshot[T] // what Esc in the filter line goes back to
	wrong   error       // why the filter cannot be understood
	page    slot
	counted slot
	tally   slot // a count that waits because the one before is young
	pause   slot
	marking slot

	above      int   // lines of the view above the first row
	wanted     place // where the first reading opens
	returned   bool  // it opened at a row
	loaded     bool
	loadedAt   time.Time
	err        error
	matching   model.Figure
	matchingAt time.Time // zero: count again
	// extra is what the screen adds to the filter line.
	extra func() string
	// moved runs when the row under the cursor may be another one.
	moved func() tea.Cmd
}

// snapshot is what the filter line remembers for Esc.
type snapshot[T any] struct {
	grid     grid[T]
	filter   string
	matching model.Figure
}

func newList[T any](d *deck, topic model.Topic, command string, read reader[T], id func(T) string, columns []column[T],
	fields []model.RowField[T]) list[T] {
	return list[T]{d: d, topic: topic, command: command, read: read, columns: columns, fields: fields,
		grid: newGrid(id), empty: "Nothing here yet.", views: newViews(d, topic),
		input: d.style.newInput(d.tr("words, field:value, -not")), moved: func() tea.Cmd { return nil },
		extra: func() string { return "" }}
}

// request gives the question for the list as it is filtered now.
func (l *list[T]) request() model.PageRequest {
	f, err := model.ParseFilter(l.filter, l.d.now, l.d.Zone)
	if l.wrong = err; err != nil {
		f = model.Filter{}
	}
	return model.PageRequest{Filter: f.InCountry(l.d.DefaultCountry), Campaign: l.campaign, Sort: l.sort, Desc: l.desc,
		Limit: max(pageRows, l.grid.height), Operator: l.d.Operator}
}

// fresh reads the list from its beginning, and counts it.
func (l *list[T]) fresh() tea.Cmd {
	q, read, id := l.request(), l.read, l.grid.id
	if l.wrong != nil {
		return nil
	}
	wanted := l.wanted
	return tea.Batch(ask(l.d, &l.page, func(ctx context.Context) (window[T], error) {
		if wanted.Key != "" {
			if w, err := readAround(ctx, read, id, q, wanted.Key, row[T]{}); err == nil {
				return w, nil
			}
		}
		p, err := read(ctx, q)
		return window[T]{rows: rowsOf(p, id), after: p.More}, err
	}, func(w window[T], err error) tea.Cmd {
		if !l.landed(err) {
			return nil
		}
		l.grid.rows, l.grid.cursor, l.grid.top = nil, 0, 0
		l.grid.replace(w)
		if wanted.ID != "" {
			l.grid.open(wanted.ID, w.at)
		}
		l.wanted = place{}
		return l.moved()
	}), l.recount())
}

// again reads the rows on screen anew: the cursor and the scrolling stay with their rows.
func (l *list[T]) again() tea.Cmd {
	if !l.loaded {
		return l.fresh()
	}
	key := ""
	if l.grid.top > 0 || l.grid.before {
		if v := l.grid.visible(); len(v) > 0 {
			key = v[0].key
		}
	}
	reread := l.around(key)
	if wait := time.Second - l.d.now.Sub(l.matchingAt); wait > 0 {
		return tea.Batch(reread, later(&l.tally, wait, l.recount))
	}
	return tea.Batch(reread, l.recount())
}

// around reads the window that begins at the key. The cursor stays on its row.
func (l *list[T]) around(key string) tea.Cmd {
	q, read, id, cursor := l.request(), l.read, l.grid.id, l.grid.currentRow()
	if l.wrong != nil {
		return nil
	}
	if l.settling() {
		cursor = row[T]{}
	}
	return ask(l.d, &l.page, func(ctx context.Context) (window[T], error) {
		return readAround(ctx, read, id, q, key, cursor)
	}, func(w window[T], err error) tea.Cmd {
		if !l.landed(err) {
			return nil
		}
		if l.grid.replace(w); l.settling() {
			l.grid.to(0)
		}
		return l.moved()
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

// landed notes that an answer came. A filter that the list does not understand is told where the
// filter stands.
func (l *list[T]) landed(err error) bool {
	if l.err = err; err == nil {
		l.loaded, l.loadedAt = true, l.d.now
	}
	if e, ok := errors.AsType[*model.Error](err); ok && e.Field == "filter" && l.loaded {
		l.wrong, l.err = err, nil
	}
	return err == nil
}

func (l *list[T]) recount() tea.Cmd {
	q, store, topic := l.request(), l.d.Store, l.topic
	counted := ask(l.d, &l.counted, func(ctx context.Context) (int64, error) { return store.Count(ctx, topic, q) },
		func(n int64, err error) tea.Cmd {
			if err == nil {
				l.matching, l.matchingAt = model.Known(n), l.d.now
			}
			return nil
		})
	if !l.tabbed {
		return counted
	}
	return tea.Batch(counted, l.views.refresh(l.campaign))
}

// more reads the next or the previous page when the screen comes near the end of what is held.
func (l *list[T]) more() tea.Cmd {
	q, read, id := l.request(), l.read, l.grid.id
	rows := l.grid.rows
	switch {
	case len(rows) == 0:
		return nil
	case l.grid.wantsAfter():
		q.Cursor = rows[len(rows)-1].key
	case l.grid.wantsBefore():
		q.Cursor, q.Back = rows[0].key, true
	default:
		return nil
	}
	return ask(l.d, &l.page, func(ctx context.Context) (model.Page[T], error) { return read(ctx, q) },
		func(p model.Page[T], err error) tea.Cmd {
			if !l.landed(err) {
				return nil
			}
			if q.Back {
				l.grid.precede(rowsOf(p, id), p.More)
			} else {
				l.grid.extend(rowsOf(p, id), p.More)
			}
			return nil
		})
}

// jump goes to the first or the last row of the list, reading it when it is not held.
func (l *list[T]) jump(last bool) tea.Cmd {
	if last && !l.grid.after {
		l.grid.to(len(l.grid.rows) - 1)
		return nil
	}
	if !last && !l.grid.before {
		l.grid.to(0)
		return nil
	}
	q, read, id := l.request(), l.read, l.grid.id
	q.Back = last
	return ask(l.d, &l.page, func(ctx context.Context) (model.Page[T], error) { return read(ctx, q) },
		func(p model.Page[T], err error) tea.Cmd {
			if !l.landed(err) {
				return nil
			}
			g := &l.grid
			g.rows, g.before, g.after, g.base = rowsOf(p, id), last && p.More, !last && p.More, 0
			if last && p.More {
				if g.base = -1; l.matching.Known {
					g.base = int(l.matching.N) - len(g.rows)
				}
			}
			g.top = 0
			if g.to(0); last {
				g.to(len(g.rows) - 1)
			}
			return l.moved()
		})
}

// markAll marks every row that matches the filter, with the true number, or takes all marks off.
func (l *list[T]) markAll() tea.Cmd {
	if len(l.grid.marks) > 0 {
		clear(l.grid.marks)
		return nil
	}
	tooMany := model.Invalid("filter", "more than %s rows match; narrow the filter to mark them all", count(markLimit))
	if l.matching.Known && l.matching.N > markLimit && l.d.now.Sub(l.matchingAt) < time.Minute {
		return l.d.fail(tooMany)
	}
	q, read, id := l.request(), l.read, l.grid.id
	q.Limit = 1000
	return ask(l.d, &l.marking, func(ctx context.Context) (map[string]T, error) {
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
			return l.d.fail(err)
		}
		l.grid.marks = all
		return l.d.say(l.d.tr("%s marked: all that match", l.d.plural(int64(len(all)), "row", "rows")))
	})
}

// nextSort goes to the next column the list can be sorted by, after the last one back to its
// natural order. The cursor stays on its row.
func (l *list[T]) nextSort() tea.Cmd {
	if len(l.sorts) == 0 {
		return nil
	}
	if i := slices.Index(l.sorts, l.sort); i+1 < len(l.sorts) {
		l.sort = l.sorts[i+1]
		l.desc = !slices.Contains(wordColumns, l.sort)
	} else {
		l.sort, l.desc = "", false
	}
	return l.around(l.grid.currentRow().key)
}

// wordColumns are sorted from A to Z at first; times and numbers from the largest.
var wordColumns = []string{"name", "state", "status", "account", "campaign", "phone"}

// reverse turns the chosen order around. The cursor stays on its row.
func (l *list[T]) reverse() tea.Cmd {
	if l.sort == "" {
		return l.d.say(l.d.tr("the natural order stays as it is; s sorts by a column"))
	}
	l.desc = !l.desc
	return l.around(l.grid.currentRow().key)
}

// changed re-reads what is on screen when the list's topic is among those that changed.
func (l *list[T]) changed(topics []model.Topic) tea.Cmd {
	if !slices.Contains(topics, l.topic) {
		return nil
	}
	return l.again()
}
