package cache

import (
	"context"
	"database/sql"
	"time"

	"viberdeck/model"
)

// No write of anybody waits longer than a quarter of a second. SQLite lets one transaction write at
// a time, so large writes come in pieces, each of which takes some tens of milliseconds, and leave
// the file to others between them; and whoever waits asks often enough to be served in such a
// pause.
const (
	// pieceRows is how many people, replies or campaigns one transaction of a large write stores at
	// most: a write beside it waits some twenty milliseconds.
	pieceRows = 1000
	// pieceTakes is how long a piece may take before the next one is smaller.
	pieceTakes = 40 * time.Millisecond
	// shortestPause is how long a large write leaves the file to others after each piece, and
	// pauseShare which part of the time that the piece took, if that is longer.
	shortestPause = 5 * time.Millisecond
	pauseShare    = 4
)

// inPieces runs fn for each part of a large write, each part in a transaction of its own, and gives
// others their turn between them.
func inPieces[T any](ctx context.Context, db *DB, rows []T,
	fn func(tx *sql.Tx, part []T) ([]model.Topic, error)) error {
	alone := len(rows) <= db.piece
	for p := db.pace(); len(rows) > 0; {
		part, began := rows[:min(len(rows), p.size)], time.Now()
		if err := db.change(ctx, func(tx *sql.Tx) ([]model.Topic, error) { return fn(tx, part) }); err != nil {
			return err
		}
		rows = rows[len(part):]
		if alone {
			return nil
		}
		if err := p.rest(ctx, time.Since(began)); err != nil {
			return err
		}
	}
	return nil
}

// pace is how a large write goes on: pieces of as many rows as take the time that others may wait,
// on this machine and just now, and a pause after each.
type pace struct {
	size        int // of the next piece
	least, most int
}

func (db *DB) pace() *pace { return &pace{size: db.piece, least: max(1, db.piece/20), most: db.piece} }

// rest leaves the file to others after a piece that took so long, and sizes the next one by it.
func (p *pace) rest(ctx context.Context, took time.Duration) error {
	switch {
	case took > pieceTakes:
		p.size = max(p.size/2, p.least)
	case took < pieceTakes/3:
		p.size = min(2*p.size, p.most)
	}
	return leaveTo(ctx, took)
}

// leaveTo leaves the file to others after a piece that took so long.
func leaveTo(ctx context.Context, took time.Duration) error {
	timer := time.NewTimer(max(shortestPause, took/pauseShare))
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}

// changes gives how many rows the connection of a transaction has changed so far, for tests.
func (db *DB) changes(ctx context.Context, tx *sql.Tx) (n int64, err error) {
	if db.committed == nil {
		return 0, nil
	}
	err = tx.QueryRowContext(ctx, `SELECT total_changes()`).Scan(&n)
	return n, err
}
