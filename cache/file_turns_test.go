package cache

import (
	"context"
	"database/sql"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"viberdeck/model"
)

// busy writes to the cache from several goroutines without a pause, as the claims of an engine do,
// until end is called. It counts the transactions.
func busy(t *testing.T, db *DB) (writes *atomic.Int64, end func()) {
	t.Helper()
	ctx, stop := context.WithCancel(t.Context())
	writes = new(atomic.Int64)
	ended := make(chan struct{})
	const workers = 4
	for range workers {
		go func() {
			defer func() { ended <- struct{}{} }()
			for ctx.Err() == nil {
				_ = db.write(ctx, func(tx *sql.Tx) error {
					writes.Add(1)
					_, err := tx.ExecContext(ctx, `UPDATE campaign SET tries = tries + 1`)
					<-time.After(time.Millisecond) // a slow disk
					return err
				})
			}
		}()
	}
	return writes, func() {
		stop()
		for range workers {
			<-ended
		}
	}
}

func TestAProcessThatNeverStopsWritingGivesOthersTheirTurn(t *testing.T) {
	t.Parallel()
	path := emptyFile(t)
	here, there := openAt(t, path), openAt(t, path) // another process
	writes, end := busy(t, here)
	defer end()
	var passed []int64
	for range 40 {
		for start := writes.Load(); writes.Load() < start+2; {
			<-time.After(time.Millisecond)
		}
		asked := writes.Load()
		err := there.change(t.Context(), func(*sql.Tx) ([]model.Topic, error) {
			passed = append(passed, writes.Load()-asked)
			return nil, nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	slices.Sort(passed)
	if most := passed[len(passed)*9/10]; most > 12 {
		t.Errorf("while another process waited, %d transactions of the busy one passed: %v", most, passed)
	}
	t.Log(passed)
}

func TestNobodyStandsAsideForAProcessThatStoppedWhileItWaited(t *testing.T) {
	t.Parallel()
	path := emptyFile(t)
	here, there := openAt(t, path), openAt(t, path)
	defer there.turns.waiting()()
	if err := here.Present(t.Context(), "s", "anna", 0); err != nil {
		t.Fatal(err)
	}
	if here.turns.after.Load() == 0 {
		t.Error("a waiting process was not noticed")
	}
}
