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

// UntilBeat returns how long it is until the next of a process's moments for what it does from time
// to time. They are the same for everything in the process, so that it is woken once for all of it,
// and differ from process to process, so that a host with many is not busy with all at once. The
// process 0 has none: the whole time is returned.
func UntilBeat(now time.Time, every time.Duration, process int) time.Duration {
	if process == 0 {
		return every
	}
	own := now.Add(time.Duration(process) * 618_033_989 * time.Nanosecond % every)
	wait := own.Truncate(every).Add(every).Sub(own)
	if wait < every/10 { // the clock of the host was late, or it is that moment
		wait += every
	}
	return wait
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
