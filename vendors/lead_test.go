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
func until(ctx context.Context, _ Term) error {
	<-ctx.Done()
	return ctx.Err()
}

func TestOneEngineLeadsAndTheNextTakesOver(t *testing.T) {
	t.Parallel()
	l := FileLock(filepath.Join(t.TempDir(), "cache.db"))
	synctest.Test(t, func(t *testing.T) {
		var leaders atomic.Int64
		lead := func() (stop func() error) {
			ctx, cancel := context.WithCancel(t.Context())
			ended := make(chan error, 1)
			go func() {
				ended <- Lead(ctx, l, func(ctx context.Context, term Term) error {
					if leaders.Add(1) > 1 {
						t.Error("two lead")
					}
					defer leaders.Add(-1)
					return until(ctx, term)
				})
			}()
			return func() error {
				cancel()
				if err := <-ended; !errors.Is(err, context.Canceled) {
					return err
				}
				return nil
			}
		}
		first := lead()
		synctest.Wait()
		second := lead()
		time.Sleep(10 * time.Second)
		synctest.Wait()
		if led, err := TryLead(t.Context(), l, until); led || err != nil {
			t.Errorf("TryLead beside a leader: %v %v", led, err)
		}
		if err := first(); err != nil || leaders.Load() != 0 {
			t.Errorf("%v, %d lead", err, leaders.Load())
		}
		time.Sleep(lockEvery + time.Millisecond)
		synctest.Wait()
		if leaders.Load() != 1 {
			t.Error("nobody took over")
		}
		third := lead()
		time.Sleep(time.Second)
		synctest.Wait()
		if err := third(); err != nil { // one that only waits
			t.Error(err)
		}
		if err := second(); err != nil {
			t.Error(err)
		}
		if led, err := TryLead(t.Context(), l, func(context.Context, Term) error { return nil }); !led || err != nil {
			t.Errorf("TryLead alone: %v %v", led, err)
		}
	})
}

func TestALockThatCannotBeMadeSaysWhy(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "absent", "cache.db")
	err := Lead(t.Context(), FileLock(path), until)
	_, tried := TryLead(t.Context(), FileLock(path), until)
	for _, err := range []error{err, tried} {
		if err == nil || !strings.Contains(err.Error(), path+".lock") {
			t.Errorf("%v", err)
		}
	}
}

// counted is a leadership that is there at once, counts its terms and loses each when it is told
// to.
type counted struct {
	terms, ended int64
	lose         chan struct{} // of the current term
}

func (c *counted) Take(context.Context) (Term, error) {
	c.terms++
	c.lose = make(chan struct{})
	return Term{Number: c.terms, Lost: c.lose, End: func() error { c.ended++; return nil }}, nil
}

func (c *counted) TryTake(ctx context.Context) (Term, bool, error) {
	t, err := c.Take(ctx)
	return t, true, err
}

func TestALeaderThatLosesItsTermStopsAndWorksAgainInItsNext(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		c := &counted{}
		done := errors.New("done")
		err := Lead(t.Context(), c, func(ctx context.Context, term Term) error {
			if term.Number == 3 {
				return done
			}
			close(c.lose)
			<-ctx.Done()
			return nil // what was under way is finished
		})
		if !errors.Is(err, done) || c.terms != 3 || c.ended != 3 {
			t.Errorf("%v after %d terms, of which %d ended", err, c.terms, c.ended)
		}
		led, err := TryLead(t.Context(), c, func(ctx context.Context, _ Term) error {
			close(c.lose)
			<-ctx.Done()
			return nil
		})
		if !led || !errors.Is(err, errLost) || c.ended != 4 {
			t.Errorf("a pass that lost its term: %v %v", led, err)
		}
	})
}
