package cache

import (
	"context"
	"database/sql"
	"slices"
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
	// shortestPause is how long a large write leaves the file to others after each piece, and
	// pauseShare which part of the time that the piece took, if that is longer.
	shortestPause = 5 * time.Millisecond
	pauseShare    = 4
)

// inPieces runs fn for each part of a large write, each part in a transaction of its own, and gives
// others their turn between them.
func inPieces[T any](ctx context.Context, db *DB, rows []T,
	fn func(tx *sql.Tx, part []T) ([]model.Topic, error)) error {
	for part := range slices.Chunk(rows, db.piece) {
		began := time.Now()
		if err := db.change(ctx, func(tx *sql.Tx) ([]model.Topic, error) { return fn(tx, part) }); err != nil {
			return err
		}
		if len(rows) <= db.piece {
			return nil
		}
		if err := leaveTo(ctx, time.Since(began)); err != nil {
			return err
		}
	}
	return nil
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
