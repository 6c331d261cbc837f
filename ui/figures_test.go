package ui

import (
	"slices"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"viberdeck/model"
)

func euros(s string) model.Money { return model.NewMoney(decimal.RequireFromString(s), "EUR") }

func TestQuotedAndReportedCostStandSideBySideAndADifferenceIsFlagged(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		quoted, reported, total model.Money
		want                    string
	}{
		{euros("58.8"), euros("60.1"), model.Money{}, "cost quoted 58.8 EUR · reported 60.1 EUR · they DIFFER by 1.3 EUR"},
		{euros("58.8"), euros("58.80"), model.Money{}, "cost 58.8 EUR reported, as quoted"},
		{euros("58.8"), model.Money{}, model.Money{}, "cost quoted 58.8 EUR · reported — (not told by the vendor)"},
		{model.Money{}, euros("58.8"), model.Money{}, "cost quoted — · reported 58.8 EUR"},
		{model.Money{}, model.Money{}, model.Money{}, "cost price unknown"},
	} {
		change := func(_ *Options, f *fakeStore) {
			f.stats.Quoted, f.stats.Reported, f.stats.Cost = c.quoted, c.reported, c.total
		}
		drive(t, 100, 40, change, func(d *driver) {
			d.press("4")
			d.sees(c.want)
		})
	}
}

func TestFiguresSayTheirAgeAndWhenTheVendorIsAskedNext(t *testing.T) {
	t.Parallel()
	see := func(change func(f *fakeStore), want string) {
		t.Helper()
		drive(t, 120, 40, func(_ *Options, f *fakeStore) { change(f) }, func(d *driver) {
			d.press("4")
			d.sees(want)
		})
	}
	see(func(f *fakeStore) { f.stats.NextPoll = start.Add(48 * time.Second) }, "12s ago · asked again in 48s")
	see(func(f *fakeStore) { f.stats.Settled = true }, "final: the vendor is not asked any more")
	see(func(f *fakeStore) { f.stats.AsOf = start.Add(-3 * time.Hour) }, "OLD: as of 3 Feb 2026 09:00:00 +03, 3h00 ago")
	see(func(f *fakeStore) { f.overview.Accounts[0].Online = false }, "cached as of")
	see(func(f *fakeStore) { f.stats.AsOf = time.Time{} }, "the vendor has not told any figure yet")
}

func TestFailuresNameTheNextStep(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		status model.DeliveryStatus
		reason string
		want   string
	}{
		{model.StatusUndelivered, "Not a Viber user", "not on Viber: use SMS"},
		{model.StatusFailed, "no viber on this phone", "not on Viber: use SMS"},
		{model.StatusOptedOut, "not on viber any more", "opted out: blacklist"},
		{model.StatusExpired, "", "expired: retry"},
		{model.StatusNoMoney, "", "no money: top up, then retry"},
		{model.StatusUnknown, "", "unknown: decide in Outbox"},
		{model.StatusRejected, "spam", "refused: read why, do not repeat"},
	} {
		if got := nextStep(c.status, c.reason); got != c.want {
			t.Errorf("%s %q: %q", c.status, c.reason, got)
		}
	}
}

func TestRepliesAreALineOfTheirOwnOverTimeAndAMissingOneHasItsReason(t *testing.T) {
	t.Parallel()
	change := func(_ *Options, f *fakeStore) {
		for i := range f.stats.Samples {
			f.stats.Samples[i].Replies = int64(i)
		}
		f.stats.Totals.Replies = model.Figure{}
	}
	drive(t, 200, 60, change, func(d *driver) {
		d.press("4")
		d.sees("delivered 990", "read 630", "replies 9", "replies — · opt-outs 2 (2.0 per 1000 delivered) (this account has given no reply yet)")
	})
}

func TestSamplesBecomeEqualStepsOfTime(t *testing.T) {
	t.Parallel()
	at := func(minutes int, delivered int64) model.Sample {
		return model.Sample{At: start.Add(time.Duration(minutes) * time.Minute), Delivered: delivered}
	}
	samples := []model.Sample{at(0, 0), at(1, 10), at(10, 40)}
	got := resample(samples, func(s model.Sample) int64 { return s.Delivered }, 6)
	if want := []float64{0, 10, 10, 10, 10, 40}; !slices.Equal(got, want) {
		t.Errorf("got %v", got)
	}
}
