package cache

import (
	"context"
	"encoding/json"
	"maps"
	"os"
	"sync"
	"sync/atomic"
	"time"

	"viberdeck/model"
)

const (
	// lookEvery is how often at most, and without the system's reports how often, to check for
	// changes by other processes. Changes in this process wake all watchers at once.
	lookEvery = 300 * time.Millisecond
	// lookWhole is after how many checks to look at the file itself and not only at the record
	// beside it: a process may have been killed between its commit and its record.
	lookWhole = 10
	// lookAnyway is when to check although nothing was reported.
	lookAnyway = 20 * time.Second
)

// Watcher reports to one listener what has changed since its last call. Each listener needs its
// own.
type Watcher struct {
	db   *DB
	seen map[model.Topic]int64
}

// changing is what all watchers of one open file share, so that a hundred of them query the file no
// more often than one.
type changing struct {
	looker chan struct{} // held by the watcher that checks for changes by other processes
	looked time.Time     // when it last did
	record beside        // as it was then
	looks  int           // since the file itself was last queried

	count atomic.Int64 // of possible changes
	mu    sync.Mutex   // held while the versions are read
	asOf  int64        // the count at the time
	known map[model.Topic]int64
}

// Watch begins to watch: the first Changed gives what has changed since Watch.
func (db *DB) Watch(ctx context.Context) (*Watcher, error) {
	seen, err := db.versions(ctx)
	if err != nil {
		return nil, err
	}
	return &Watcher{db: db, seen: seen}, nil
}

// Changed waits until a topic changes, in this or another process, or the context ends. It returns
// the topics that changed since the last call, merged. Only one goroutine may call it at a time.
func (w *Watcher) Changed(ctx context.Context) ([]model.Topic, error) {
	for {
		wake := w.db.waker() // taken before looking, so that no change is missed in between
		if changed, err := w.look(ctx); err != nil || len(changed) > 0 {
			return changed, err
		}
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-wake:
		case w.db.changing.looker <- struct{}{}:
			w.db.lookOut(ctx, wake)
			<-w.db.changing.looker
		}
	}
}

// look returns what has changed since the last look.
func (w *Watcher) look(ctx context.Context) ([]model.Topic, error) {
	now, err := w.db.latest(ctx)
	if err != nil {
		return nil, err
	}
	var changed []model.Topic
	for _, t := range model.Topics() {
		if now[t] != w.seen[t] {
			changed = append(changed, t)
		}
	}
	w.seen = now
	return changed, nil
}

// lookOut checks for changes by other processes, on behalf of all watchers, until it finds some or
// the caller is woken. Every process writes the record beside the file after each commit that
// changed a topic, so the file itself is queried only when that record has changed. Where the
// system reports that, nothing is looked at before.
func (db *DB) lookOut(ctx context.Context, wake <-chan struct{}) {
	timer := time.NewTimer(0)
	defer timer.Stop()
	for c := &db.changing; ; {
		timer.Reset(time.Until(c.looked.Add(lookEvery)))
		if !rest(ctx, wake, timer.C, nil) {
			return
		}
		reported := c.record.text != "" && db.reporting()
		if reported {
			timer.Reset(lookAnyway)
			if !rest(ctx, wake, timer.C, db.reports.news) {
				return
			}
		}
		c.looked = time.Now()
		c.looks++
		if !c.record.news(db) && !reported && c.looks < lookWhole {
			continue
		}
		c.looks = 0
		if now, err := db.versions(ctx); err != nil || !maps.Equal(now, c.last()) {
			db.wakeAll()
			return
		}
	}
}

// rest waits for the time or the bell. It reports false if it was woken or the context ended
// before.
func rest(ctx context.Context, wake <-chan struct{}, at <-chan time.Time, bell <-chan struct{}) bool {
	select {
	case <-ctx.Done():
		return false
	case <-wake:
		return false
	case <-at:
	case <-bell:
	}
	return true
}

// beside is the record beside the file as it was last seen.
type beside struct {
	text  string
	stamp time.Time // when it was written
	sure  bool      // it cannot have been rewritten since with the same stamp
}

// coarse is longer than two writes with the same stamp can be apart.
const coarse = 100 * time.Millisecond

// news reports whether the record differs from the last look, or whether there is no record of this
// very file and so nothing to go by.
func (b *beside) news(db *DB) bool {
	place := db.path + ".id"
	info, err := os.Stat(place)
	if err == nil && b.sure && info.ModTime().Equal(b.stamp) {
		return false
	}
	before := *b
	*b = beside{}
	if err != nil {
		return true
	}
	sure := time.Since(info.ModTime()) > coarse
	text, err := os.ReadFile(place)
	var r fileRecord
	if err != nil || json.Unmarshal(text, &r) != nil || r.Identity != db.identity || r.File != db.file ||
		r.Path != db.path {
		return true
	}
	*b = beside{string(text), info.ModTime(), sure}
	return b.text != before.text
}

// latest returns the versions of the topics, reading them again if something may have changed since
// the last reading.
func (db *DB) latest(ctx context.Context) (map[model.Topic]int64, error) {
	c := &db.changing
	c.mu.Lock()
	defer c.mu.Unlock()
	count := c.count.Load() // before reading, so that no change is missed in between
	if c.known != nil && c.asOf == count {
		return c.known, nil
	}
	now, err := db.versions(ctx)
	if err == nil {
		c.known, c.asOf = now, count
	}
	return now, err
}

// last returns the versions that were read last.
func (c *changing) last() map[model.Topic]int64 {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.known
}

// Changed is screenWatcher.Changed for the one listener that needs no watcher of its own, the local
// dashboard.
func (db *DB) Changed(ctx context.Context) ([]model.Topic, error) { return db.screen.Changed(ctx) }

func (db *DB) versions(ctx context.Context) (map[model.Topic]int64, error) {
	versions := make(map[model.Topic]int64, 8)
	return versions, each(ctx, db.reader, "read what changed", func(row scanner) error {
		var t model.Topic
		var v int64
		err := row(&t, &v)
		versions[t] = v
		return err
	}, `SELECT name, version FROM topic`)
}

func (db *DB) waker() <-chan struct{} {
	db.mu.Lock()
	defer db.mu.Unlock()
	return db.wake
}

func (db *DB) wakeAll() {
	db.changing.count.Add(1)
	db.mu.Lock()
	defer db.mu.Unlock()
	close(db.wake)
	db.wake = make(chan struct{})
}
