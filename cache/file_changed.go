package cache

import (
	"context"
	"time"

	"viberdeck/model"
)

// lookEvery is how often a watcher looks for what other processes changed. Changes of this process
// wake it at once.
const lookEvery = 300 * time.Millisecond

// Watcher tells one listener what has changed since it last asked. Each listener needs its own.
type Watcher struct {
	db   *DB
	seen map[model.Topic]int64
}

// Watch begins to watch: the first Changed says what changed from now on.
func (db *DB) Watch(ctx context.Context) (*Watcher, error) {
	seen, err := db.versions(ctx)
	if err != nil {
		return nil, err
	}
	return &Watcher{db: db, seen: seen}, nil
}

// Changed waits until a topic changes, in this or another process, or the context ends. It gives
// the topics that changed since the last call, merged. Only one goroutine may call it at a time.
func (w *Watcher) Changed(ctx context.Context) ([]model.Topic, error) {
	timer := time.NewTimer(lookEvery)
	defer timer.Stop()
	for {
		wake := w.db.waker() // taken before looking, so that no change falls between
		now, err := w.db.versions(ctx)
		if err != nil {
			return nil, err
		}
		var changed []model.Topic
		for _, t := range model.Topics() {
			if now[t] != w.seen[t] {
				changed = append(changed, t)
			}
		}
		if len(changed) > 0 {
			w.seen = now
			return changed, nil
		}
		timer.Reset(lookEvery)
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-wake:
		case <-timer.C:
		}
	}
}

// Changed is Watcher.Changed for the one listener that needs no watcher of its own: the dashboard.
func (db *DB) Changed(ctx context.Context) ([]model.Topic, error) { return db.watcher.Changed(ctx) }

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
	db.mu.Lock()
	defer db.mu.Unlock()
	close(db.wake)
	db.wake = make(chan struct{})
}
