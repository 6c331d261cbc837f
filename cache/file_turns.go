package cache

import (
	"context"
	"database/sql"
	"errors"
	"sync"
	"sync/atomic"
	"time"

	"github.com/gofrs/flock"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

const (
	// polls is how long SQLite itself waits for the file before begin tries again. SQLite tries
	// ever more rarely, so a short time means frequent attempts.
	polls = 4 * time.Millisecond
	// busyFor is how long a write usually waits for those of other processes before it is refused.
	busyFor = 5 * time.Second
	// turnFor is how long a writer stands aside for waiting ones: each of them tries many times
	// meanwhile.
	turnFor = 60 * time.Millisecond
	// turnEvery is how often it checks whether they still wait.
	turnEvery = time.Millisecond
	// ignoreFor is how long writers do not stand aside after doing so in vain: a process that was
	// stopped while it waited must not slow down all others.
	ignoreFor = 10 * turnFor
)

// turns gives every process that uses the file its turn to write. SQLite keeps no queue: the first
// process to try at the right moment writes next, and a process whose transactions follow each
// other without a pause is always first. So a process that has to wait announces it by a shared
// lock on a file beside the cache, which the system frees with the process. A process about to
// write stands aside until the waiting ones have had their turn.
type turns struct {
	lock  func() *flock.Flock // of the file beside the cache
	after atomic.Int64        // when to stand aside again, in Unix milliseconds
}

func (db *DB) newTurns() *turns {
	return &turns{lock: func() *flock.Flock {
		_ = db.group.ready(db.path + ".turn") // a process that cannot lock it waits longer
		return flock.New(db.path+".turn", flock.SetPermissions(db.recordMode()))
	}}
}

// waiting announces to all processes that one waits, until done is called. If the file cannot be
// locked there is no announcement, and the wait may be longer.
func (t *turns) waiting() (done func()) {
	lock := t.lock()
	if held, err := lock.TryRLock(); err != nil || !held {
		_ = lock.Close()
		return func() {}
	}
	return func() { _ = lock.Close() }
}

// othersWait reports whether another process waits.
func (t *turns) othersWait() bool {
	lock := t.lock()
	defer lock.Close()
	held, err := lock.TryLock()
	return err == nil && !held
}

// yield leaves the file to the waiting processes, if there are any.
func (t *turns) yield(ctx context.Context) error {
	now := time.Now()
	if now.UnixMilli() < t.after.Load() || !t.othersWait() {
		return nil
	}
	ticker := time.NewTicker(turnEvery)
	defer ticker.Stop()
	for time.Since(now) < turnFor {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-ticker.C:
		}
		if !t.othersWait() {
			return nil
		}
	}
	t.after.Store(time.Now().Add(ignoreFor).UnixMilli())
	return nil
}

// begin begins to write as soon as those that waited before have had their turn. end finishes the
// transaction and rolls it back if it was not committed.
func (db *DB) begin(ctx context.Context, how writePriority) (tx *sql.Tx, end func(), err error) {
	began, writer, leave := time.Now(), db.first, func() {}
	if how != separately {
		writer = db.writer
		if leave, err = db.line.enter(ctx, how); err != nil {
			return nil, nil, err
		}
	}
	conn, err := writer.Conn(ctx)
	if err != nil {
		leave()
		return nil, nil, err
	}
	if err = db.turns.yield(ctx); err == nil {
		tx, err = db.await(ctx, conn, began)
	}
	if err != nil {
		err = errors.Join(err, conn.Close())
		leave()
		return nil, nil, err
	}
	return tx, sync.OnceFunc(func() {
		_ = tx.Rollback() // does nothing after the commit
		_ = conn.Close()
		leave()
	}), nil
}

// await begins the transaction once no other process writes. The patience counts from when the
// write was requested: writes in line behind one that waits in vain are not refused one after the
// other.
func (db *DB) await(ctx context.Context, conn *sql.Conn, began time.Time) (*sql.Tx, error) {
	tx, err := conn.BeginTx(ctx, nil)
	if !isBusy(err) {
		return tx, err
	}
	defer db.turns.waiting()()
	for isBusy(err) && time.Since(began) < db.patience && ctx.Err() == nil {
		tx, err = conn.BeginTx(ctx, nil)
	}
	return tx, err
}

// isBusy reports whether another process held the file.
func isBusy(err error) bool {
	e, ok := errors.AsType[*sqlite.Error](err)
	return ok && e.Code()&0xff == sqlite3.SQLITE_BUSY
}
