package cache

import (
	"context"
	"database/sql"
	"iter"
	"time"

	"viberdeck/model"
)

// No write waits longer than a quarter of a second. SQLite lets one transaction write at a time, so
// large writes are split into pieces of some tens of milliseconds and leave the file to others
// between them; waiting writers retry often enough to be served in such a pause. A write is large
// when the number of rows it touches grows with the data. Each of those goes through inPieces,
// which is given its rows, or untilOver, which looks for them.
const (
	// pieceRows is how many rows one transaction of a large write stores at most.
	pieceRows = 1000
	// storedAtOnce is how many people of a piece of a new campaign are stored together.
	// storedPieces is how many times pieceRows such a piece has at most: it does nothing else, so
	// its time alone limits it.
	storedAtOnce = 500
	storedPieces = 4
	// pieceTakes is how long a transaction of a large write continues to take rows. The time for
	// its other work and for the commit is added to that.
	pieceTakes = 25 * time.Millisecond
	// shortestPause is how long a large write leaves the file to others after each piece.
	// pauseShare is the share of the piece's time that it pauses, if that is longer.
	shortestPause = 5 * time.Millisecond
	pauseShare    = 4
)

// inPieces runs fn until it has taken all rows, each time in a separate transaction, and returns
// others their turn in between. The part given to fn ends when a piece is full or has taken long
// enough, so that a piece is short however slow the rows are on this machine at the moment. It can
// be ranged over once; rows that fn leaves in it come again in the next piece.
func inPieces[T any](ctx context.Context, db *DB, rows []T,
	fn func(tx *sql.Tx, part iter.Seq[T]) ([]model.Topic, error)) error {
	return inPiecesOf(ctx, db, db.piece, rows, fn)
}

// inPiecesOf is inPieces with at most the given number of rows in each piece.
func inPiecesOf[T any](ctx context.Context, db *DB, most int, rows []T,
	fn func(tx *sql.Tx, part iter.Seq[T]) ([]model.Topic, error)) error {
	for len(rows) > 0 {
		p := piece[T]{rows: rows[:min(len(rows), most)]}
		if err := db.change(ctx, func(tx *sql.Tx) ([]model.Topic, error) {
			p.began, p.taken = time.Now(), 0
			return fn(tx, p.all())
		}); err != nil {
			return err
		}
		if p.taken == 0 { // fn has no use for them
			p.taken = len(p.rows)
		}
		if rows = rows[p.taken:]; len(rows) == 0 {
			return nil
		}
		if err := leaveTo(ctx, time.Since(p.began)); err != nil {
			return err
		}
	}
	return nil
}

// piece is what one transaction of a large write may take.
type piece[T any] struct {
	rows  []T
	began time.Time
	taken int
}

func (p *piece[T]) all() iter.Seq[T] {
	return func(yield func(T) bool) {
		for p.taken < len(p.rows) && (p.taken == 0 || time.Since(p.began) < pieceTakes) {
			p.taken++
			if !yield(p.rows[p.taken-1]) {
				return
			}
		}
	}
}

// chunks returns the rows of a piece n at a time, for queries that cost less for several rows at
// once.
func chunks[T any](rows iter.Seq[T], n int) iter.Seq[[]T] {
	return func(yield func([]T) bool) {
		var some []T
		for r := range rows {
			if some = append(some, r); len(some) < n {
				continue
			}
			if !yield(some) {
				return
			}
			some = nil
		}
		if len(some) > 0 {
			yield(some)
		}
	}
}

// untilOver runs fn in separate transactions until it reports that nothing is left, and returns
// others their turn in between. It is for writes that look for their rows: fn must take no more of
// them than limit, which follows from how long the preceding rows took.
func (db *DB) untilOver(ctx context.Context,
	fn func(tx *sql.Tx, limit int) (topics []model.Topic, over bool, err error)) error {
	for p := db.pace(); ; {
		var began time.Time
		over := false
		err := db.change(ctx, func(tx *sql.Tx) (topics []model.Topic, err error) {
			began = time.Now()
			topics, over, err = fn(tx, p.size)
			return topics, err
		})
		if err != nil || over {
			return err
		}
		took := time.Since(began)
		p.took(took)
		if err := leaveTo(ctx, took); err != nil {
			return err
		}
	}
}

// pace sets the size of the pieces of a large write that looks for its rows: as many rows as take
// the time that others may wait, on this machine at the moment. The first pieces are small.
type pace struct {
	size        int // of the next piece
	least, most int
}

func (db *DB) pace() *pace {
	return &pace{size: max(1, db.piece/4), least: max(1, db.piece/20), most: db.piece}
}

// took sizes the next piece by the duration of the last one.
func (p *pace) took(d time.Duration) {
	switch {
	case d > pieceTakes:
		p.size = max(p.size/2, p.least)
	case d < pieceTakes/3:
		p.size = min(2*p.size, p.most)
	}
}

// leaveTo leaves the file to others after a piece of the given duration.
func leaveTo(ctx context.Context, took time.Duration) error {
	return model.Pause(ctx, max(shortestPause, took/pauseShare))
}

// changes returns how many rows the connection of a transaction has changed so far, for tests.
func (db *DB) changes(ctx context.Context, tx *sql.Tx) (n int64, err error) {
	if db.committed == nil {
		return 0, nil
	}
	err = tx.QueryRowContext(ctx, `SELECT total_changes()`).Scan(&n)
	return n, err
}
