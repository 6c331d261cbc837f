package cache

import (
	"context"
	"database/sql"
)

// scanner reads the columns of one row into what its arguments point to, as (*sql.Rows).Scan does.
type scanner = func(dest ...any) error

// querier is what *sql.DB, *sql.Tx and *sql.Conn have in common for reading.
type querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

// all reads every row that a query finds. Errors say what was being done.
func all[T any, D deed](ctx context.Context, q querier, doing D, scan func(row scanner) (T, error), query string,
	args ...any) ([]T, error) {
	var found []T
	err := each(ctx, q, doing, func(row scanner) error {
		v, err := scan(row)
		found = append(found, v)
		return err
	}, query, args...)
	if err != nil {
		return nil, err
	}
	return found, nil
}

// each is all for rows that are taken one at a time. take uses what it has scanned only if there
// was no error: whoever leaves a view ends its reading at any moment, also between a row and its
// values.
func each[D deed](ctx context.Context, q querier, doing D, take func(row scanner) error, query string,
	args ...any) error {
	rows, err := q.QueryContext(ctx, query, args...)
	if err != nil {
		return failure(doing, err)
	}
	defer rows.Close()
	for rows.Next() {
		if err := take(rows.Scan); err != nil {
			return failure(doing, err)
		}
	}
	return failure(doing, rows.Err())
}

// single scans a row of a single column.
func single[T any](row scanner) (T, error) {
	var v T
	err := row(&v)
	return v, err
}
