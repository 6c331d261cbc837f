package model

import (
	"context"
	"time"
)

// Pause waits for d; an error means that ctx ended before.
func Pause(ctx context.Context, d time.Duration) error {
	_, err := Wait(ctx, d, nil)
	return err
}

// Wait waits for d, or until it is woken, whichever comes first. An error means that ctx ended
// before. A nil wake never wakes.
func Wait(ctx context.Context, d time.Duration, wake <-chan struct{}) (woken bool, err error) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return false, ctx.Err()
	case <-wake:
		return true, nil
	case <-timer.C:
		return false, nil
	}
}
