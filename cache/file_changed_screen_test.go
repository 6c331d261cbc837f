package cache

import (
	"context"
	"maps"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"viberdeck/model"
)

// committing is a cache without a file in virtual time. Its watchers wait as for the file, while
// another one checks for other processes.
func committing() (db *DB, commit func(topics ...model.Topic)) {
	db = &DB{shared: &shared{wake: make(chan struct{})}}
	c := &db.changing
	c.looker = make(chan struct{}, 1)
	c.looker <- struct{}{}
	c.known = map[model.Topic]int64{}
	return db, func(topics ...model.Topic) {
		c.mu.Lock()
		c.known, c.asOf = maps.Clone(c.known), c.asOf+1
		for _, t := range topics {
			c.known[t]++
		}
		c.mu.Unlock()
		db.wakeAll()
	}
}

// report is what a screen heard, and when.
type report struct {
	topics []model.Topic
	after  time.Duration
}

// listen gives what a screen hears until the context ends.
func listen(ctx context.Context, db *DB) <-chan report {
	reports, began := make(chan report, 100), time.Now()
	w := &screenWatcher{Watcher: &Watcher{db: db}}
	go func() {
		defer close(reports)
		for {
			topics, err := w.Changed(ctx)
			if err != nil {
				return
			}
			reports <- report{topics, time.Since(began)}
		}
	}()
	synctest.Wait()
	return reports
}

func TestAScreenHearsOfABurstOfTenCommitsOnceAndOfASingleOneSoon(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		ctx, end := context.WithCancel(t.Context())
		db, commit := committing()
		heard := listen(ctx, db)
		for i := range 10 {
			commit(model.TopicRecipients, []model.Topic{model.TopicCampaigns, model.TopicReplies}[i%2])
			time.Sleep(20 * time.Millisecond)
		}
		want := []model.Topic{model.TopicCampaigns, model.TopicRecipients, model.TopicReplies}
		if got := <-heard; !slices.Equal(got.topics, want) || got.after > 300*time.Millisecond {
			t.Errorf("of the burst %v after %v", got.topics, got.after)
		}
		time.Sleep(time.Hour)
		committed := time.Now()
		commit(model.TopicOutbox)
		if got := <-heard; !slices.Equal(got.topics, []model.Topic{model.TopicOutbox}) ||
			time.Since(committed) > 300*time.Millisecond {
			t.Errorf("of the single commit %v after %v", got.topics, time.Since(committed))
		}
		end()
		if more, ok := <-heard; ok {
			t.Errorf("again of %v", more)
		}
	})
}

// commits commits the topic that many times at that distance and gives what a screen hears of it.
func commits(t *testing.T, topic model.Topic, times int, apart time.Duration) (all []report) {
	ctx, end := context.WithCancel(t.Context())
	db, commit := committing()
	heard := listen(ctx, db)
	for range times {
		commit(topic)
		time.Sleep(apart)
	}
	end()
	for r := range heard {
		all = append(all, r)
	}
	return all
}

func TestAScreenHearsOfChangesThatNeverPause(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		all, last := commits(t, model.TopicRecipients, 200, 20*time.Millisecond), time.Duration(0)
		for _, r := range all {
			if r.after-last > 300*time.Millisecond {
				t.Errorf("nothing was heard from %v to %v", last, r.after)
			}
			last = r.after
		}
		if len(all) < 13 || len(all) > 16 {
			t.Errorf("heard %d times", len(all))
		}
	})
}

func TestAScreenHearsOfPeopleAndAccountsTwiceASecond(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		if all := commits(t, model.TopicHealth, 50, 200*time.Millisecond); len(all) < 17 || len(all) > 21 {
			t.Errorf("heard %d times", len(all))
		}
	})
}

func TestAChangeInAnotherProcessIsOnScreenWithinFourTenthsOfASecond(t *testing.T) {
	t.Parallel()
	if lookEvery+quietFor > 400*time.Millisecond {
		t.Errorf("it takes %v", lookEvery+quietFor)
	}
}
