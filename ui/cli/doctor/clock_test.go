package doctor

import (
	"strings"
	"testing"
	"time"

	"viberdeck/model"
)

func TestTheClockOfAVendorIsNamedWhereTheAccountNamesNone(t *testing.T) {
	t.Parallel()
	noon := func() time.Time { return time.Date(2026, 1, 2, 12, 0, 0, 0, time.UTC) }
	vendors := model.Vendors{{Vendor: model.SMSBy, Capabilities: model.Capabilities{Zone: "Europe/Minsk"}}}
	found := Doctor{Vendors: vendors, Now: noon}.Clock(model.Config{TimeZone: "UTC", Accounts: []model.Account{
		{Name: "minsk", Vendor: model.SMSBy},
		{Name: "athens", Vendor: model.SMSBy, TimeZone: "Europe/Athens"}}})
	for i, want := range []string{"Europe/Minsk, where it is 15:00", "Europe/Athens, where it is 14:00"} {
		if got := found[i+1].Words; !strings.HasSuffix(got, want) {
			t.Errorf("%q does not end in %q", got, want)
		}
	}
}
