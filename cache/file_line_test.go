package cache

import (
	"context"
	"slices"
	"testing"
	"testing/synctest"
)

func TestACallThatIsToBeginGoesBeforeOtherWritesAndEachKindInItsOrder(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var l line
		leave, err := l.enter(t.Context(), false)
		if err != nil {
			t.Fatal(err)
		}
		var served []string
		for _, who := range []string{"record 1", "call 1", "record 2", "call 2"} {
			go func() {
				leave, err := l.enter(t.Context(), who[0] == 'c')
				if err != nil {
					t.Error(err)
					return
				}
				served = append(served, who)
				leave()
			}()
			synctest.Wait() // it stands in line
		}
		leave()
		synctest.Wait()
		if want := []string{"call 1", "call 2", "record 1", "record 2"}; !slices.Equal(served, want) {
			t.Errorf("served %q, want %q", served, want)
		}
	})
}

func TestWhoGivesUpWaitingToWriteKeepsNobodyElseFromIt(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var l line
		leave, err := l.enter(t.Context(), false)
		if err != nil {
			t.Fatal(err)
		}
		ctx, giveUp := context.WithCancel(t.Context())
		var refused error
		go func() { _, refused = l.enter(ctx, false) }()
		synctest.Wait()
		served := false
		go func() {
			leave, err := l.enter(t.Context(), false)
			if served = err == nil; served {
				leave()
			}
		}()
		synctest.Wait()
		giveUp()
		synctest.Wait()
		leave()
		synctest.Wait()
		if refused == nil || !served {
			t.Errorf("who gave up got %v, who stood behind was served: %v", refused, served)
		}
		if leave, err := l.enter(t.Context(), true); err != nil {
			t.Error(err)
		} else {
			leave()
		}
	})
}
