package model

import (
	"context"
	"testing"
	"testing/synctest"
	"time"
)

func TestAWaitEndsAtItsTimeOrWhenItIsWokenOrWithItsContext(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		began := time.Now()
		if err := Pause(t.Context(), time.Minute); err != nil || time.Since(began) != time.Minute {
			t.Errorf("paused for %s: %v", time.Since(began), err)
		}
		wake := make(chan struct{}, 1)
		wake <- struct{}{}
		if woken, err := Wait(t.Context(), time.Hour, wake); !woken || err != nil {
			t.Errorf("woken %v: %v", woken, err)
		}
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if woken, err := Wait(ctx, time.Hour, wake); woken || err == nil {
			t.Errorf("an ended context: woken %v, %v", woken, err)
		}
		if since := time.Since(began); since != time.Minute+time.Second {
			t.Errorf("all took %s", since)
		}
	})
}

func TestWhatAProcessDoesFromTimeToTimeFallsOnTheSameMomentsAndNeverTwiceOnOne(t *testing.T) {
	t.Parallel()
	const every = 5 * time.Second
	start := time.Date(2026, 2, 3, 9, 0, 0, 0, time.UTC)
	moments := map[int]time.Duration{}
	for _, process := range []int{1, 2, 4711, 4712, 1 << 22} {
		first := start.Add(UntilBeat(start, every, process))
		moments[process] = first.Sub(start) % every
		for late := time.Duration(0); late < 20*time.Second; late += 137 * time.Millisecond {
			now := start.Add(late)
			wait := UntilBeat(now, every, process)
			if off := now.Add(wait).Sub(first) % every; off != 0 {
				t.Fatalf("process %d: after %s it is woken %s beside the moment", process, late, off)
			}
			if wait < every/10 || wait > every+every/10 {
				t.Fatalf("process %d: after %s it waits for %s", process, late, wait)
			}
			if twice := UntilBeat(now.Add(2*every), 2*every, process); (now.Add(2*every+twice).Sub(first))%every != 0 {
				t.Fatalf("process %d: what is done half as often is done at other moments", process)
			}
		}
	}
	for a, at := range moments {
		for b, bt := range moments {
			if a != b && (at-bt).Abs() < 100*time.Millisecond {
				t.Errorf("the processes %d and %d work at the same moment", a, b)
			}
		}
	}
	if wait := UntilBeat(start, every, 0); wait != every {
		t.Errorf("without a process: %s", wait)
	}
}
