package ui

import (
	"testing"
	"time"
)

func TestARunningSendSaysRateAndTimeLeftAlsoToWhoComesLater(t *testing.T) {
	t.Parallel()
	change := func(_ *Options, f *fakeStore) { f.progress.StartedAt = start.Add(-5 * time.Minute) }
	drive(t, 120, 40, change, func(d *driver) {
		d.press("7")
		d.sees("100 people a minute since 11:55, about 7m left", "500 of 1 240", "accepted 400 · refused 0")
	})
}
