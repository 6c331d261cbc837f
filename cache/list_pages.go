package cache

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"viberdeck/model"
)

const (
	defaultPage = 60
	largestPage = 5000
)

// listing defines how one list is read: what to select and in which orders.
type listing[T any] struct {
	columns string
	from    string
	// counted, if given, replaces from when the list is counted.
	counted string
	// handle, for lists with many rows, holds the columns that find one row at once. In orders
	// other than the natural one the displayed columns are then read only for the rows found, not
	// for all that had to be sorted.
	handle []string
	// apart does the same in the natural order; the rows are then found in counted, if given.
	apart bool
	// short says that a page may end before the list although it is not full.
	short bool
	// split holds conditions of which each row of the list meets exactly one, each an index's
	// range, for filters that name several.
	split []string
	// parts, instead of from, are the members of a union that are read separately and merged, so
	// that each can follow its own index. Their rows are called e.
	parts []string
	// natural is the order without a sort column; an index backs its keys if the list can be long.
	natural order
	// sorts maps the columns people sort by to expressions that are never NULL.
	sorts map[string]string
	// identity holds the expressions that distinguish a row from all others. They end every order,
	// so that it is total.
	identity []string
	// scan reads one row: the columns, then the given destinations for its keys.
	scan func(row scanner, keys []any) (T, error)
}

// order is a total order. All its keys run in one direction, so that one comparison of row values
// finds a place in it.
type order struct {
	name string
	keys []string
	desc bool
}

// cursor is a place in a list: a row by the values of its order's keys, of which the last ones are
// its identity.
type cursor struct {
	Order string `json:"o"`
	Keys  []any  `json:"k"`
}

func (c cursor) String() string {
	// Keys are only integers and texts, which JSON can always write.
	text, _ := json.Marshal(c)
	return base64.RawURLEncoding.EncodeToString(text)
}

func parseCursor(s string) (cursor, error) {
	var c cursor
	text, err := base64.RawURLEncoding.DecodeString(s)
	if err == nil {
		d := json.NewDecoder(strings.NewReader(string(text)))
		d.UseNumber()
		err = d.Decode(&c)
	}
	if err != nil {
		return c, model.Invalid("cursor", "this is not a place in a list; start from its beginning")
	}
	for i, k := range c.Keys {
		switch k := k.(type) {
		case string:
		case json.Number:
			n, err := k.Int64()
			if err != nil {
				return c, model.Invalid("cursor", "this is not a place in a list; start from its beginning")
			}
			c.Keys[i] = n
		default:
			return c, model.Invalid("cursor", "this is not a place in a list; start from its beginning")
		}
	}
	return c, nil
}

// order finds the order a request asks for.
func (l listing[T]) order(q model.PageRequest) (order, error) {
	if q.Sort == "" {
		return l.natural, nil
	}
	expression, ok := l.sorts[q.Sort]
	if !ok {
		return order{}, model.Invalid("sort", "this list cannot be sorted by %q; it can by %s", q.Sort,
			strings.Join(slices.Sorted(maps.Keys(l.sorts)), ", "))
	}
	return order{name: q.Sort, keys: append([]string{expression}, l.identity...), desc: q.Desc}, nil
}

// query builds the statement that reads one page, plus one row to see whether there are more.
func (l listing[T]) query(o order, w where, at *cursor, q model.PageRequest) (string, []any) {
	desc := o.desc != q.Back
	if at != nil {
		compare := ">"
		if desc {
			compare = "<"
		}
		if q.From {
			compare += "="
		}
		w.add(rowValue(o.keys)+" "+compare+" "+placeholders(len(o.keys)), at.Keys...)
	}
	direction := " ASC"
	if desc {
		direction = " DESC"
	}
	begin := "SELECT " + l.columns + ", " + strings.Join(o.keys, ", ") + " FROM "
	limit := fmt.Sprintf(" LIMIT %d", pageSize(q)+1)
	end := orderBy(o.keys, direction) + limit
	switch {
	case l.handle != nil && (q.Sort != "" || l.split != nil || l.apart):
		found, args := l.found(o.keys, w, direction, limit)
		return begin + l.from + " WHERE " + rowValue(l.handle) + " IN (" + found + ")" + orderBy(o.keys, direction),
			args
	case l.parts == nil:
		return begin + l.from + w.String() + end, w.args
	}
	var parts []string
	var args []any
	for _, part := range l.parts {
		parts = append(parts, "SELECT * FROM (SELECT * FROM ("+part+") e"+w.String()+end+")")
		args = append(args, w.args...)
	}
	return begin + "(" + strings.Join(parts, " UNION ALL ") + ") e" + end, args
}

// found builds the statement that finds the handles of a page's rows.
func (l listing[T]) found(keys []string, w where, direction, limit string) (string, []any) {
	handle, end := strings.Join(l.handle, ", "), orderBy(keys, direction)+limit
	if l.split == nil {
		from := l.from
		if l.apart {
			from = cmp.Or(l.counted, l.from)
		}
		return "SELECT " + handle + " FROM " + from + w.String() + end, w.args
	}
	columns, named := handle, make([]string, len(keys))
	for i, key := range keys {
		named[i] = fmt.Sprintf("k%d", i)
		columns += ", " + key + " AS " + named[i]
	}
	var parts []string
	var args []any
	for _, part := range l.splits(w) {
		parts = append(parts, "SELECT * FROM (SELECT "+columns+" FROM "+l.from+part.String()+end+")")
		args = append(args, part.args...)
	}
	return "SELECT " + strings.ReplaceAll(handle, "r.", "") + " FROM (" + strings.Join(parts, " UNION ALL ") + ")" +
		orderBy(named, direction) + limit, args
}

// splits returns the conditions for each part of a list that is read by ranges, or those for the
// whole list.
func (l listing[T]) splits(w where) []where {
	if l.split == nil {
		return []where{w}
	}
	var all []where
	for _, condition := range l.split {
		all = append(all, where{append(slices.Clone(w.parts), condition), w.args})
	}
	return all
}

func orderBy(keys []string, direction string) string {
	return " ORDER BY " + strings.Join(keys, direction+", ") + direction
}

// rows is what a list is selected from when its order does not matter.
func (l listing[T]) rows() string {
	if l.parts == nil {
		return l.from
	}
	return "(" + strings.Join(l.parts, " UNION ALL ") + ") e"
}

func pageSize(q model.PageRequest) int {
	if q.Limit <= 0 {
		return defaultPage
	}
	return min(q.Limit, largestPage)
}

// readPage reads one page of a list. Rows with equal sort values never swap places, and no row is
// read twice or left out.
func readPage[T any](ctx context.Context, db querier, l listing[T], w where, q model.PageRequest) (model.Page[T],
	error) {
	var page model.Page[T]
	o, err := l.order(q)
	if err != nil {
		return page, err
	}
	at, err := l.place(ctx, db, o, w, q)
	if err != nil {
		return page, err
	}
	query, args := l.query(o, w, at, q)
	page.More = l.short
	err = each(ctx, db, "read a page", func(row scanner) error {
		if len(page.Rows) == pageSize(q) {
			page.More = true
			return nil
		}
		values, into := make([]any, len(o.keys)), make([]any, len(o.keys))
		for i := range values {
			into[i] = &values[i]
		}
		found, err := l.scan(row, into)
		if err != nil {
			return err
		}
		page.Rows = append(page.Rows, found)
		page.Keys = append(page.Keys, cursor{o.name, values}.String())
		return nil
	}, query, args...)
	if err != nil {
		return page, err
	}
	if q.Back {
		slices.Reverse(page.Rows)
		slices.Reverse(page.Keys)
	}
	return page, nil
}

// place is where the request's cursor is in the order. A cursor of another order moves to where the
// same row is now, so that sorting by another column keeps the row; if that row is gone from the
// list, the page begins at the start of the list.
func (l listing[T]) place(ctx context.Context, db querier, o order, w where, q model.PageRequest) (*cursor, error) {
	if q.Cursor == "" {
		return nil, nil
	}
	at, err := parseCursor(q.Cursor)
	if err != nil {
		return nil, err
	}
	if at.Order == o.name && len(at.Keys) == len(o.keys) {
		return &at, nil
	}
	if at.Order == o.name || len(at.Keys) < len(l.identity) {
		return nil, model.Invalid("cursor", "this is not a place in this list; start from its beginning")
	}
	values, into := make([]any, len(o.keys)), make([]any, len(o.keys))
	for i := range values {
		into[i] = &values[i]
	}
	w.parts, w.args = slices.Clone(w.parts), slices.Clone(w.args)
	w.add(rowValue(l.identity)+" = "+placeholders(len(l.identity)), at.Keys[len(at.Keys)-len(l.identity):]...)
	err = db.QueryRowContext(ctx, "SELECT "+strings.Join(o.keys, ", ")+" FROM "+l.rows()+w.String(),
		w.args...).Scan(into...)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, model.Errorf("find a row's place: %w", err)
	}
	return &cursor{o.name, values}, nil
}

// countRows counts the rows of a list that meet the conditions.
func countRows[T any](ctx context.Context, db querier, l listing[T], w where) (int64, error) {
	var sum int64
	for _, part := range l.splits(w) {
		var n int64
		if err := db.QueryRowContext(ctx, "SELECT count(*) FROM "+cmp.Or(l.counted, l.rows())+part.String(),
			part.args...).Scan(&n); err != nil {
			return 0, model.Errorf("count rows: %w", err)
		}
		sum += n
	}
	return sum, nil
}

func rowValue(expressions []string) string {
	if len(expressions) == 1 {
		return expressions[0]
	}
	return "(" + strings.Join(expressions, ", ") + ")"
}

// placeholders returns "?" or "(?, ?, …)".
func placeholders(n int) string {
	if n == 1 {
		return "?"
	}
	return "(" + strings.TrimSuffix(strings.Repeat("?, ", n), ", ") + ")"
}
