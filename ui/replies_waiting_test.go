package ui

import (
	"testing"
	"time"

	"viberdeck/ui/kit"
)

func TestAReplyIsMarkedFromTheConfiguredWaitOn(t *testing.T) {
	t.Parallel()
	drive(t, 100, 24, nil, func(d *driver) {
		d.sees("5h00!", "3h40")
		d.seesNot("3h40!")
	})
	limited := func(limit time.Duration) func(*kit.Options, *fakeStore) {
		return func(o *kit.Options, _ *fakeStore) { o.Patience.Usual = limit }
	}
	drive(t, 100, 24, limited(3*time.Hour), func(d *driver) {
		d.sees("3h40!", "3h00!", "2h40")
		d.seesNot("2h40!")
		d.wait(20 * time.Minute)
		d.sees("3h00!", "333-22-08 2h40 ")
		d.seesNot("2h40!", "333-22-07 2h40")
	})
	own := func(o *kit.Options, f *fakeStore) {
		o.Patience.Accounts = map[string]time.Duration{
			"minsk": 200 * time.Minute}
	}
	drive(t, 100, 24, own, func(d *driver) { d.sees("5h00!", "3h40!", "3h00") })
	drive(t, 100, 24, limited(0), func(d *driver) {
		d.sees("5h00")
		d.seesNot("5h00!", "4h00!")
	})
}
