package ui

import (
	"testing"
	"time"

	"viberdeck/model"
	"viberdeck/ui/kit"
)

func TestARunningSendSaysRateAndTimeLeftAlsoToWhoComesLater(t *testing.T) {
	t.Parallel()
	change := func(_ *kit.Options, f *fakeStore) { f.progress.StartedAt = start.Add(-5 * time.Minute) }
	drive(t, 120, 40, change, func(d *driver) {
		d.press("7")
		d.sees("100 people a minute since 11:55, about 7m left", "500 of 1 240", "accepted 400 · refused 0")
	})
}

func TestASendThatWaitsForTheVendorSaysSoAndForHowLong(t *testing.T) {
	t.Parallel()
	limited := func(next time.Time) func(*kit.Options, *fakeStore) {
		return func(_ *kit.Options, f *fakeStore) {
			f.progress.InFlight, f.progress.Waits, f.progress.NextTry = 0,
				model.Say("%s asks for fewer requests; %s", "minsk",
					model.Say("nothing was sent, it is tried again by itself")), next
		}
	}
	drive(t, 120, 40, limited(start.Add(40*time.Second)), func(d *driver) {
		d.press("7")
		d.sees("next try in 40 s: minsk asks for fewer requests")
	})
	drive(t, 120, 40, limited(time.Time{}), func(d *driver) {
		d.press("7")
		d.sees("waits: minsk asks for fewer requests")
	})
}
