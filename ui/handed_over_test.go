package ui

import (
	"strings"
	"testing"
	"time"

	"viberdeck/model"
	"viberdeck/ui/kit"
)

// lies makes the first campaign one that waits at an account's vendor for tomorrow, which can or
// cannot delete such campaigns.
func lies(account string, lacks map[model.Action]string) func(*kit.Options, *fakeStore) {
	return func(o *kit.Options, f *fakeStore) {
		caps := o.Capabilities[model.SMSBy]
		caps.Lacks = lacks
		o.Capabilities[model.SMSBy] = caps
		c := &f.campaigns[len(f.campaigns)-1]
		c.Name, c.Account, c.Ours, c.State = "Tomorrow", account, true, model.CampaignScheduled
		c.SendAt, c.LeaveAt, c.Totals.Recipients = start.Add(24*time.Hour), start.Add(-time.Hour), model.Known(7)
	}
}

func TestWhatLiesAtAVendorIsDeletedThereOrTheScreenSaysWhatToDo(t *testing.T) {
	t.Parallel()
	drive(t, 120, 40, lies("minsk", nil), func(d *driver) {
		d.press("2", "X")
		d.sees("Tomorrow is already at minsk for 4 Feb", "Delete it at the vendor?", "If it does not")
		d.press("y")
		if got := d.store.last(); !strings.HasSuffix(got, "at the vendor") {
			t.Errorf("the store was told %q", got)
		}
	})
	drive(t, 120, 40, lies("minsk", map[model.Action]string{model.ActCancelScheduled: "it has no call for that"}),
		func(d *driver) {
			d.press("2", "X")
			d.sees("it has no call for that", "find \"Tomorrow\" for 4 Feb 12:00")
			if got := d.store.last(); got != "" {
				t.Errorf("the store was told %q", got)
			}
		})
}
