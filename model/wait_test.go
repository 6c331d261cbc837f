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
