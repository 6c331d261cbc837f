package ui

import (
	"strings"
	"testing"

	"viberdeck/model"
	"viberdeck/ui/kit"
)

func TestMarkedCampaignsStandSideBySideAcrossVendors(t *testing.T) {
	t.Parallel()
	change := func(_ *kit.Options, f *fakeStore) {
		f.campaigns[28].Vendor, f.campaigns[28].Account = model.SendPulse, "shop"
		f.campaigns[28].Totals = model.Totals{Recipients: model.Known(100), Sent: model.Known(100),
			Delivered: model.Known(95), Replies: model.Known(0), OptOuts: model.Known(2)}
		f.campaigns[27].Totals.Delivered = model.Figure{}
	}
	drive(t, 120, 40, change, func(d *driver) {
		d.press("2", "C")
		d.sees("space marks campaigns; it takes two")
		d.press("space", "space", "space", "C")
		d.sees("Compare 3 campaigns", "SendPulse", "95.0 %", "21.1!")
		row := func(n int) string { return strings.Split(d.screen(), "\n")[4+n] }
		if !strings.Contains(row(2), "Sale 28") || !strings.Contains(row(2), "—") || strings.Contains(row(2), " 0.0") ||
			strings.Contains(row(2), " 0 %") {
			t.Errorf("the third row is %q", row(2))
		}
		d.press("j", "s")
		d.sees("order: delivered")
		if !strings.Contains(row(0), "Sale 29") || !strings.HasPrefix(d.selected(), "▸ Sale 29") {
			t.Errorf("the cursor is on %q", d.selected())
		}
		d.press("esc")
		d.sees("[2 Campaigns]", "3 marked")
	})
}

func TestFiguresAreCutAndCountedOnceUntilAskedAgain(t *testing.T) {
	t.Parallel()
	drive(t, 120, 40, nil, func(d *driver) {
		d.press("4", "tab")
		d.sees("by country · all campaigns of the last 30 days", "BY", "unknown",
			"as of 11:59:00, 1m ago · 2 campaigns counted", "1 without figures here", "33.3!")
		calls := d.store.calls.Load()
		d.press("tab", "shift+tab")
		if n := d.store.calls.Load() - calls; n > 2 {
			t.Errorf("%d questions for one new cut", n)
		}
		d.press("tab")
		d.sees("by sender", "Brand")
		calls = d.store.calls.Load()
		d.press("r")
		if d.store.calls.Load() == calls {
			t.Error("it was not counted anew")
		}
		d.press("esc")
		d.sees("Sale 30 · minsk (sms.by)")
	})
	drive(t, 120, 40, nil, func(d *driver) {
		d.press("2", "enter", "4", "tab")
		d.sees("by country · Sale 30", "31 campaigns")
	})
}
