package ui

import (
	"strings"
	"testing"
	"time"

	"viberdeck/model"
	"viberdeck/ui/kit"
)

func TestWhatNeedsAPersonIsCountedAndEnterLeadsThere(t *testing.T) {
	t.Parallel()
	drive(t, 80, 24, func(_ *kit.Options, f *fakeStore) {
		f.attention = model.Attention{
			Paused:  []model.OpenCampaign{{Campaign: f.campaigns[1], People: 60}},
			Unknown: []model.OpenCampaign{{Campaign: f.campaigns[0], Batches: 1, People: 20, Since: start}},
			Late:    3, LateFrom: start.Add(-48 * time.Hour),
		}
	}, func(d *driver) {
		d.wait(time.Second)
		d.sees("! 3 ")
		d.press("!")
		d.wait(time.Second)
		d.sees("1 batch with 20 people may or may not have left")
		d.press("enter")
		d.wait(time.Second)
		d.sees("[7 ")
		d.sees("state:unknown")
		d.press("!")
		d.wait(time.Second)
		d.press("down", "enter")
		d.wait(time.Second)
		d.sees("[2 ")
		if got := d.selected(); !strings.Contains(got, d.store.campaigns[1].Name[:6]) {
			t.Errorf("the cursor is on %q", got)
		}
	})
	drive(t, 80, 24, nil, func(d *driver) {
		d.press("!")
		d.wait(time.Second)
		d.sees("nothing needs you")
	})
}
