package cache

import (
	"context"
	"slices"
	"time"

	"viberdeck/model"
)

const (
	// quietFor is for how long nothing must change for a burst to have ended. With lookEvery it is
	// what a change in another process takes to be seen: 0.4 s at most.
	quietFor = 75 * time.Millisecond
	// burstLasts is the longest time for which a burst is gathered.
	burstLasts = 250 * time.Millisecond
	// calmly is the least time between two reports of changes that concern only who is present,
	// what they read, how the accounts are and what was requested of them. Otherwise two hundred
	// people who log in and move their cursors would have every screen redrawn all the time. Who
	// reads what must be on the screens of the others within a second of opening it, and of that
	// second a screen itself uses three tenths.
	calmly = 500 * time.Millisecond
)

// screenWatcher is a Watcher for a screen, which reads and draws again after each report: a burst
// of changes is one report, since the engine commits ten times while it asks vendors for news once.
type screenWatcher struct {
	*Watcher
	pending []model.Topic // changes of the burst that is not reported yet
	heard   time.Time     // when changes that concern only people and accounts were last reported
}

func (db *DB) watchForScreen(ctx context.Context) (*screenWatcher, error) {
	w, err := db.Watch(ctx)
	return &screenWatcher{Watcher: w}, err
}

// Changed is Watcher.Changed, reported after the burst.
func (w *screenWatcher) Changed(ctx context.Context) ([]model.Topic, error) {
	if len(w.pending) == 0 {
		topics, err := w.Watcher.Changed(ctx)
		if err != nil {
			return nil, err
		}
		w.pending = topics
	}
	calm, stop := context.WithDeadline(ctx, w.heard.Add(calmly))
	defer stop()
	began := time.Now()
	for calm.Err() == nil && calmTopics(w.pending) {
		more, err := w.Watcher.Changed(calm)
		if err != nil && calm.Err() == nil {
			return nil, err
		}
		w.pending = merged(w.pending, more)
	}
	if gathered := calmTopics(w.pending) && time.Since(began) >= quietFor; !gathered {
		if err := w.db.settle(ctx); err != nil {
			return nil, err
		}
	}
	more, err := w.look(ctx)
	if err != nil {
		return nil, err
	}
	topics := merged(w.pending, more)
	w.pending = nil
	if calmTopics(topics) {
		w.heard = time.Now()
	}
	return topics, nil
}

// calmTopics reports whether the topics concern only people and accounts.
func calmTopics(topics []model.Topic) bool {
	return !slices.ContainsFunc(topics,
		func(t model.Topic) bool { return t != model.TopicHealth && t != model.TopicLog })
}

func merged(topics, more []model.Topic) []model.Topic {
	for _, t := range more {
		if !slices.Contains(topics, t) {
			topics = append(topics, t)
		}
	}
	return topics
}

// settle waits until nothing is committed for a moment, or for burstLasts. Nothing is read.
func (db *DB) settle(ctx context.Context) error {
	end := time.NewTimer(burstLasts)
	defer end.Stop()
	quiet := time.NewTimer(quietFor)
	defer quiet.Stop()
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-end.C:
			return nil
		case <-quiet.C:
			return nil
		case <-db.waker():
			quiet.Reset(quietFor)
		}
	}
}
