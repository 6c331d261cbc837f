package cache

import (
	"context"
	"database/sql"
	"errors"
	"io/fs"
	"os"
	"time"

	"github.com/gofrs/flock"

	"viberdeck/model"
)

const (
	// leadEvery is how often a waiting process checks whether it may lead, and again after a report
	// of the system: the files of a process that ends are closed one after the other.
	leadEvery = 500 * time.Millisecond
	// leadAnyway is when it checks although nothing was reported.
	leadAnyway = 5 * time.Second
	// lookAfter is how often a leader checks whether file and lock are still those it began with.
	// Where the system reports changes of them, it checks at once, and otherwise with each sign of
	// life.
	lookAfter = time.Second
	// checksPerHeartbeat is how many checks pass between two signs of life.
	checksPerHeartbeat = 5
	// silentAfter is how old the last sign of life of a leader may be.
	silentAfter = 30 * time.Second
)

// Take waits until no other process leads, and leads from then on: only this process may claim.
// Leadership belongs to the file. It consists of a lock beside the file, which the system frees
// when the process ends, however it ends, and of the number of the term in the file, which every
// claim checks. So a second path to the file gains nothing, and a lost lock loses nothing.
func (db *DB) Take(ctx context.Context) (model.LeadTerm, error) {
	for again := leadEvery; ; {
		reported := db.reporting() // before trying, so that no report is missed in between
		t, led, err := db.TryTake(ctx)
		if led || err != nil && !isBusy(err) {
			return t, err
		}
		if !reported {
			again = leadEvery
		}
		woken, err := model.Wait(ctx, again, db.reports.files)
		if err != nil {
			return model.LeadTerm{}, err
		}
		if again = leadAnyway; woken {
			again = leadEvery
		}
	}
}

// TryTake is Take without waiting: led is false while another process leads.
func (db *DB) TryTake(ctx context.Context) (t model.LeadTerm, led bool, err error) {
	if db.fileReplaced() {
		return t, false, conflict("%s", model.FileStanding{Kind: model.StandingGone, Here: db.path}.Text())
	}
	l := &leader{db: db, lost: make(chan struct{})}
	if held, err := l.hold(); err != nil || !held {
		return t, false, err
	}
	if led, err = l.begin(ctx); err != nil || !led {
		return t, false, errors.Join(err, l.lock.Close())
	}
	inner, stop := context.WithCancel(context.WithoutCancel(ctx))
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		l.watch(inner)
	}()
	return model.LeadTerm{Number: l.number, Lost: l.lost, End: func() error {
		stop()
		<-ended
		return l.end(context.WithoutCancel(ctx))
	}}, true, nil
}

// leader is this process's side of a term.
type leader struct {
	db     *DB
	lock   *flock.Flock
	locked string // which file the lock is on
	number int64
	lost   chan struct{}
}

// hold takes the lock beside the file; held is false while another process has it. A lock file that
// was removed or replaced meanwhile does not count.
func (l *leader) hold() (held bool, err error) {
	path := l.db.path + ".lock"
	if err := l.db.group.ready(path); err != nil {
		return false, refuse(model.KindDenied, err,
			"%s, which keeps a second engine away, cannot be locked; make it writable", path)
	}
	lock := flock.New(path, flock.SetPermissions(l.db.recordMode()))
	held, err = lock.TryLock()
	if err == nil && held {
		var info, now os.FileInfo
		if info, err = lock.Stat(); err == nil {
			now, err = os.Stat(path)
		}
		held = err == nil && os.SameFile(info, now)
		if errors.Is(err, os.ErrNotExist) {
			err = nil
		}
	}
	if err != nil || !held {
		_ = lock.Close()
		if errors.Is(err, fs.ErrPermission) && l.db.ledByOthers() {
			return false, nil // another user's engine works: this process only browses
		}
		if err != nil {
			return false, refuse(model.KindDenied, err,
				"%s, which keeps a second engine away, cannot be locked; make it writable", path)
		}
		return false, nil
	}
	id, _, err := fileIDOf(path)
	if err != nil {
		_ = lock.Close()
		return false, nil //nolint:nilerr // removed just now: the next try makes it anew
	}
	l.lock, l.locked = lock, id.String()
	return true, nil
}

// ledByOthers reports whether the engine of another process is alive.
func (db *DB) ledByOthers() bool {
	last, err := lastTerm(context.Background(), db.reader)
	return err == nil && last.number > 0 && last.ended.IsZero() && last.lives(db.self, db.now())
}

// begin begins the term, unless the one before continues: its process is alive and holds another
// lock, because its lock file was removed.
func (l *leader) begin(ctx context.Context) (led bool, err error) {
	self := l.db.self
	err = l.db.change(ctx, func(tx *sql.Tx) ([]model.Topic, error) {
		led = false
		last, err := lastTerm(ctx, tx)
		if err != nil {
			return nil, err
		}
		now := l.db.now()
		if last.number > 0 && last.ended.IsZero() && last.lock != l.locked && last.lives(self, now) {
			return nil, nil
		}
		res, err := tx.ExecContext(ctx,
			`INSERT INTO term (host, system, process, born, lock, began_at, seen_at) VALUES (?, ?, ?, ?, ?, ?, ?)`,
			self.host, self.system, self.id, self.born, l.locked, millis(now), millis(now))
		if err != nil {
			return nil, wrap("begin to lead", err)
		}
		if l.number, err = res.LastInsertId(); err != nil {
			return nil, err
		}
		led = true
		return []model.Topic{model.TopicHealth}, execAll(ctx, tx, "begin to lead",
			step{`UPDATE term SET ended_at = ?1 WHERE number < ?2 AND ended_at = 0`, []any{millis(now), l.number}},
			step{`DELETE FROM term WHERE number < ?`, []any{l.number - termsKept}})
	})
	if led {
		l.db.term.Store(l.number)
	}
	return led, err
}

// termsKept is how many terms the file remembers.
const termsKept = 100

// watch maintains the term until ctx ends: it writes signs of life, and closes lost when this
// process must not lead any more.
func (l *leader) watch(ctx context.Context) {
	look, every := lookAfter, checksPerHeartbeat
	if l.db.reporting() {
		look, every = lookAfter*checksPerHeartbeat, 1
	}
	again := func() time.Duration { return model.UntilBeat(time.Now(), look, l.db.self.id) }
	timer := time.NewTimer(again())
	defer timer.Stop()
	for n := 0; ; n %= every {
		select {
		case <-ctx.Done():
			return
		case <-l.db.reports.files:
		case <-timer.C:
			timer.Reset(again())
			n++
		}
		if l.db.fileReplaced() || n == every && !l.heartbeat(ctx) {
			close(l.lost)
			return
		}
		l.restoreLockFile()
	}
}

// heartbeat writes a sign of life; it reports whether the term is still this process's. If the
// cache is too busy, the next one must do.
func (l *leader) heartbeat(ctx context.Context) bool {
	own := true
	_ = l.db.change(ctx, func(tx *sql.Tx) ([]model.Topic, error) {
		res, err := tx.ExecContext(ctx, `UPDATE term SET seen_at = ?, lock = ?
			WHERE number = ? AND number = (SELECT max(number) FROM term)`, millis(l.db.now()), l.locked, l.number)
		if err != nil {
			return nil, err
		}
		n, err := res.RowsAffected()
		own = err != nil || n > 0
		return nil, err
	})
	return own
}

// restoreLockFile restores a removed lock file, so that the next process finds this one's lock and
// need not look for its signs of life.
func (l *leader) restoreLockFile() {
	now, _, err := fileIDOf(l.db.path + ".lock")
	if err == nil && now.String() == l.locked {
		return
	}
	next := &leader{db: l.db}
	if held, err := next.hold(); err == nil && held {
		_ = l.lock.Close()
		l.lock, l.locked = next.lock, next.locked
	}
}

// end ends the term and frees the lock.
func (l *leader) end(ctx context.Context) error {
	err := l.db.change(ctx, func(tx *sql.Tx) ([]model.Topic, error) {
		_, err := tx.ExecContext(ctx, `UPDATE term SET ended_at = ?1, seen_at = ?1 WHERE number = ?2 AND ended_at = 0`,
			millis(l.db.now()), l.number)
		return []model.Topic{model.TopicHealth}, wrap("end to lead", err)
	})
	if l.db.fileReplaced() { // whatever was written there no longer counts
		err = nil
	}
	return errors.Join(err, l.lock.Close())
}

// termRow is a term as the file has it.
type termRow struct {
	number             int64
	process            process
	lock               string
	began, seen, ended time.Time
}

func lastTerm(ctx context.Context, q querier) (t termRow, err error) {
	var began, seen, ended int64
	p := &t.process
	err = q.QueryRowContext(ctx, `SELECT number, host, system, process, born, lock, began_at, seen_at, ended_at
		FROM term ORDER BY number DESC LIMIT 1`).
		Scan(&t.number, &p.host, &p.system, &p.id, &p.born, &t.lock, &began, &seen, &ended)
	if errors.Is(err, sql.ErrNoRows) {
		return t, nil
	}
	t.began, t.seen, t.ended = timeOf(began), timeOf(seen), timeOf(ended)
	return t, wrap("read who runs the engine", err)
}

// lives reports whether the process of an open term may still be at work. On another system only
// its signs of life show it.
func (t termRow) lives(self process, now time.Time) bool {
	if t.process.system == self.system {
		return t.process.exists()
	}
	return now.Sub(t.seen) < silentAfter
}

// run returns the state of the term's engine.
func (t termRow) run(self process, now time.Time) model.EngineRun {
	e := model.EngineRun{Term: t.number, Host: t.process.host, Process: t.process.id, Began: t.began, Seen: t.seen,
		Life: model.EngineWorks}
	here := t.process.system == self.system
	switch {
	case t.number == 0 || !t.ended.IsZero() || here && !t.process.exists():
		e.Life = model.EngineEnded
	case here && t.process.stopped():
		e.Life = model.EngineStopped
	case now.Sub(t.seen) >= silentAfter:
		e.Life = model.EngineSilent
	}
	return e
}

// EngineRun returns the process that runs the engine of this file, or ran it last.
func (db *DB) EngineRun(ctx context.Context) (model.EngineRun, error) {
	t, err := lastTerm(ctx, db.reader)
	return t.run(db.self, db.now()), failure("read who runs the engine", err)
}
