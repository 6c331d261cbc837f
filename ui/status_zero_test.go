package ui

import (
	"testing"

	"viberdeck/ui/kit"
)

func TestTheStatusLineLeavesOutACountOfZero(t *testing.T) {
	t.Parallel()
	drive(t, 120, 30, func(_ *kit.Options, f *fakeStore) { f.overview.Sending, f.overview.Unknown = 0, 1 },
		func(d *driver) {
			d.sees("outbox 1 unknown")
			d.seesNot("0 sending")
		})
}
