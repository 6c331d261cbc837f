package cache

import (
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

// listing says how one list is read: what to select and in which orders.
type listing[T any] struct {
	columns string
	from    string
	// parts, instead of from, are the members of a union that are read apart and merged: each can then follow an index of its own. Their rows
	// are called e.
	parts []string
	// natural is the order without a sort column; its keys are backed by an index where the list can be long.
	natural order
	// sorts maps the columns people sort by to expressions that are never NULL.
	sorts map[string]string
	// identity holds the expressions that tell one row from all others. They end every order, so that it is total.
	identity []string
	// scan reads one row: the columns, then the given destinations for its keys.
	scan func(rows *sql.Rows, keys []any) (T, error)
}

// order is a total order. All its keys run in one direction, so that one comparison of row values finds a place in it.
type order struct {
	name string
	keys []string
	desc bool
}

// cursor is a place in a list: a row by the values of its order's keys, of which the last ones are its identity.
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
		return c, model.Invalid("cursor", "this is no place in a list; begin at its start")
	}
	for i, k := range c.Keys {
		switch k := k.(type) {
		case string:
		case json.Number:
			n, err := k.Int64()
			if err != nil {
				return c, model.Invalid("cursor", "this is no place in a list; begin at its start")
			}
			c.Keys[i] = n
		default:
			return c, model.Invalid("cursor", "this is no place in a list; begin at its start")
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

// query builds the statement that reads one page, and one row more to see whether there are more.
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
	end := " ORDER BY " + strings.Join(o.keys, direction+", ") + direction + fmt.Sprintf(" LIMIT %d", pageSize(q)+1)
	if l.parts == nil {
		return "SELECT " + l.columns + ", " + strings.Join(o.keys, ", ") + " FROM " + l.from + w.String() + end, w.args
	}
	var parts []string
	var args []any
	for _, part := range l.parts {
		parts = append(parts, "SELECT * FROM (SELECT * FROM ("+part+") e"+w.String()+end+")")
		args = append(args, w.args...)
	}
	return "SELECT " + l.columns + ", " + strings.Join(o.keys, ", ") + " FROM (" + strings.Join(parts, " UNION ALL ") + ") e" + end, args
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

// readPage reads one page of a list. Rows of equal sort value never swap places and none is read twice or left out.
func readPage[T any](ctx context.Context, db querier, l listing[T], w where, q model.PageRequest) (model.Page[T], error) {
	var page model.Page[T]
	o, err := l.order(q)
	if err != nil {
		return page, err
	}
	at, err := l.place(ctx, db, o, q)
	if err != nil {
		return page, err
	}
	query, args := l.query(o, w, at, q)
	rows, err := db.QueryContext(ctx, query, args...)
	if err != nil {
		return page, fmt.Errorf("read a page: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		if len(page.Rows) == pageSize(q) {
			page.More = true
			break
		}
		values, into := make([]any, len(o.keys)), make([]any, len(o.keys))
		for i := range values {
			into[i] = &values[i]
		}
		row, err := l.scan(rows, into)
		if err != nil {
			return page, fmt.Errorf("read a row: %w", err)
		}
		page.Rows = append(page.Rows, row)
		page.Keys = append(page.Keys, cursor{o.name, values}.String())
	}
	if err := rows.Err(); err != nil {
		return page, fmt.Errorf("read a page: %w", err)
	}
	if q.Back {
		slices.Reverse(page.Rows)
		slices.Reverse(page.Keys)
	}
	return page, nil
}

// place is where the request's cursor stands in the order. A cursor of another order stands where the same row is now,
// so that sorting anew keeps the row; if that row is gone, the page begins at the list's start.
func (l listing[T]) place(ctx context.Context, db querier, o order, q model.PageRequest) (*cursor, error) {
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
		return nil, model.Invalid("cursor", "this is no place in this list; begin at its start")
	}
	values, into := make([]any, len(o.keys)), make([]any, len(o.keys))
	for i := range values {
		into[i] = &values[i]
	}
	err = db.QueryRowContext(ctx, "SELECT "+strings.Join(o.keys, ", ")+" FROM "+l.rows()+" WHERE "+rowValue(l.identity)+" = "+
		placeholders(len(l.identity)), at.Keys[len(at.Keys)-len(l.identity):]...).Scan(into...)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("find a row's place: %w", err)
	}
	return &cursor{o.name, values}, nil
}

// countRows counts the rows of a list that meet the conditions.
func countRows[T any](ctx context.Context, db querier, l listing[T], w where) (int64, error) {
	var n int64
	if err := db.QueryRowContext(ctx, "SELECT count(*) FROM "+l.rows()+w.String(), w.args...).Scan(&n); err != nil {
		return 0, fmt.Errorf("count rows: %w", err)
	}
	return n, nil
}

func rowValue(expressions []string) string {
	if len(expressions) == 1 {
		return expressions[0]
	}
	return "(" + strings.Join(expressions, ", ") + ")"
}

// placeholders gives "?" or "(?, ?, …)".
func placeholders(n int) string {
	if n == 1 {
		return "?"
	}
	return "(" + strings.TrimSuffix(strings.Repeat("?, ", n), ", ") + ")"
}
