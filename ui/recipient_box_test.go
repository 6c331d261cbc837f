package ui

import (
	"testing"
	"time"

	"viberdeck/model"
	"viberdeck/ui/kit"
)

func TestOneKeyShowsTheVendorsOwnStatusCodeAndTime(t *testing.T) {
	t.Parallel()
	change := func(_ *kit.Options, f *fakeStore) {
		f.recipients[0].VendorStatus, f.recipients[0].Reason, f.recipients[0].VendorID = "NOT_DELIVERED", model.Data(
			"9 not a Viber user"), "m-17"
		f.recipients[1].VendorStatus, f.recipients[1].UpdatedAt = "", time.Time{}
	}
	for _, size := range goldenSizes {
		drive(t, size[0], size[1], change, func(d *driver) {
			d.press("3", "enter")
			d.sees("NOT_DELIVERED", "9 not a Viber user", "delivered")
			if size[1] > 10 {
				d.sees("3 Feb 2026 11:00:00", "m-17", "Sale 30")
			}
			d.press("x")
			d.seesNot("NOT_DELIVERED   ")
			d.press("j", "enter")
			d.sees("vendor's word —")
			d.press("p")
			d.sees("Nothing is known of this phone")
		})
	}
	drive(t, 80, 24, func(o *kit.Options, f *fakeStore) { change(o, f); o.Language = model.Russian }, func(d *driver) {
		d.press("2", "enter", "enter")
		d.sees("статус у вендора NOT_DELIVERED", "причина, код     9 not a Viber user", "доставлен")
	})
}
