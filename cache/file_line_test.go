package cache

import (
	"context"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
)

func TestACallThatIsToBeginGoesBeforeOtherWritesAndEachKindInItsOrder(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var l writeQueue
		leave, err := l.enter(t.Context(), normalPriority)
		if err != nil {
			t.Fatal(err)
		}
		var served []string
		ways := map[string]writePriority{"record": normalPriority, "claim": beforeOthers, "call": beforeAll}
		for _, who := range []string{"record 1", "claim 1", "call 1", "record 2", "claim 2", "call 2"} {
			go func() {
				kind, _, _ := strings.Cut(who, " ")
				leave, err := l.enter(t.Context(), ways[kind])
				if err != nil {
					t.Error(err)
					return
				}
				served = append(served, who)
				leave()
			}()
			synctest.Wait() // it waits in the queue
		}
		leave()
		synctest.Wait()
		if want := []string{"call 1", "call 2", "claim 1", "claim 2", "record 1", "record 2"}; !slices.Equal(served,
			want) {
			t.Errorf("served %q, want %q", served, want)
		}
	})
}

func TestWhoGivesUpWaitingToWriteKeepsNobodyElseFromIt(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var l writeQueue
		leave, err := l.enter(t.Context(), normalPriority)
		if err != nil {
			t.Fatal(err)
		}
		ctx, giveUp := context.WithCancel(t.Context())
		var refused error
		go func() { _, refused = l.enter(ctx, normalPriority) }()
		synctest.Wait()
		served := false
		go func() {
			leave, err := l.enter(t.Context(), normalPriority)
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
		if leave, err := l.enter(t.Context(), beforeOthers); err != nil {
			t.Error(err)
		} else {
			leave()
		}
	})
}
