package vendors

import (
	"context"
	"errors"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

// until runs until ctx ends.
func until(ctx context.Context) error {
	<-ctx.Done()
	return ctx.Err()
}

func TestAServiceStartsOnceAndStopsAsOftenAsOneLikes(t *testing.T) {
	t.Parallel()
	var s Service
	if err := s.Start(t.Context(), until); err != nil {
		t.Fatal(err)
	}
	if err := s.Start(t.Context(), until); !errors.Is(err, errStarted) {
		t.Errorf("start twice: %v", err)
	}
	for range 3 {
		if err := s.Stop(); err != nil {
			t.Errorf("stop: %v", err)
		}
	}
	if err := s.Start(t.Context(), until); !errors.Is(err, errStopped) {
		t.Errorf("start after stop: %v", err)
	}
	<-s.Done()
}

func TestAServiceStoppedBeforeItsStartNeverStarts(t *testing.T) {
	t.Parallel()
	var s Service
	if err := s.Stop(); err != nil {
		t.Error(err)
	}
	if err := s.Start(t.Context(), func(context.Context) error { t.Error("it ran"); return nil }); !errors.Is(err, errStopped) {
		t.Errorf("start: %v", err)
	}
}

func TestAServiceGivesItsErrorAndItsPanicToWhoStopsIt(t *testing.T) {
	t.Parallel()
	var broken, panics Service
	oops := errors.New("oops")
	if err := errors.Join(broken.Start(t.Context(), func(context.Context) error { return oops }), panics.Start(t.Context(), func(context.Context) error { panic("oh") })); err != nil {
		t.Fatal(err)
	}
	<-broken.Done()
	<-panics.Done()
	for range 2 {
		if err := broken.Stop(); !errors.Is(err, oops) {
			t.Errorf("%v", err)
		}
		if err := panics.Stop(); err == nil || !strings.Contains(err.Error(), "oh") {
			t.Errorf("%v", err)
		}
	}
}

func TestOneEngineLeadsAndTheNextTakesOver(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "cache.db")
	synctest.Test(t, func(t *testing.T) {
		var leaders atomic.Int64
		lead := func(s *Service) {
			err := s.Start(t.Context(), func(ctx context.Context) error {
				return Lead(ctx, path, func(ctx context.Context) error {
					if leaders.Add(1) > 1 {
						t.Error("two lead")
					}
					defer leaders.Add(-1)
					return until(ctx)
				})
			})
			if err != nil {
				t.Fatal(err)
			}
		}
		var first, second, third Service
		lead(&first)
		synctest.Wait()
		lead(&second)
		time.Sleep(10 * time.Second)
		synctest.Wait()
		if led, err := TryLead(t.Context(), path, until); led || err != nil {
			t.Errorf("TryLead beside a leader: %v %v", led, err)
		}
		if err := first.Stop(); err != nil || leaders.Load() != 0 {
			t.Errorf("%v, %d lead", err, leaders.Load())
		}
		time.Sleep(lockEvery + time.Millisecond)
		synctest.Wait()
		if leaders.Load() != 1 {
			t.Error("nobody took over")
		}
		lead(&third)
		time.Sleep(time.Second)
		synctest.Wait()
		if err := third.Stop(); err != nil { // one that only waits
			t.Error(err)
		}
		if err := second.Stop(); err != nil {
			t.Error(err)
		}
		if led, err := TryLead(t.Context(), path, func(context.Context) error { return nil }); !led || err != nil {
			t.Errorf("TryLead alone: %v %v", led, err)
		}
	})
}

func TestALockThatCannotBeMadeSaysWhy(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "absent", "cache.db")
	err := Lead(t.Context(), path, until)
	_, tried := TryLead(t.Context(), path, until)
	for _, err := range []error{err, tried} {
		if err == nil || !strings.Contains(err.Error(), path+".lock") {
			t.Errorf("%v", err)
		}
	}
}
