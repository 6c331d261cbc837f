package ui

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"viberdeck/model"
	"viberdeck/ui/campaigns"
	"viberdeck/ui/kit"
	"viberdeck/ui/term"
)

func euros(s string) model.Money { return model.NewMoney(decimal.RequireFromString(s), "EUR") }

func TestQuotedAndReportedCostStandSideBySideAndADifferenceIsFlagged(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		quoted, reported, total model.Money
		theirs                  bool
		want                    []string
	}{
		{euros("58.8"), euros("60.1"), model.Money{}, false,
			[]string{"cost quoted", "58.8 EUR", "cost reported", "60.1 EUR  ≠ DIFFERS by 1.3 EUR"}},
		{euros("58.8"), model.NewMoney(decimal.RequireFromString("58.8"), "BYN"), model.Money{}, false,
			[]string{"58.8 EUR", "58.8 BYN  ≠ another currency"}},
		{euros("58.8"), euros("58.80"), model.Money{}, false, []string{"cost", "58.8 EUR  reported, as quoted"}},
		{euros("58.8"), model.Money{}, model.Money{}, false,
			[]string{"58.8 EUR", "cost reported", "—  not reported by the vendor"}},
		{model.Money{}, euros("58.8"), model.Money{}, false, []string{"—  none was given", "58.8 EUR"}},
		{model.Money{}, euros("58.8"), model.Money{}, true, []string{"—  not sent from here", "58.8 EUR"}},
		{model.Money{}, model.Money{}, euros("58.8"), false, []string{"cost", "58.8 EUR"}},
		{model.Money{}, model.Money{}, model.Money{}, false, []string{"cost", "—  not reported by the vendor"}},
	} {
		change := func(_ *kit.Options, f *fakeStore) {
			f.stats.Quoted, f.stats.Reported, f.stats.Cost = c.quoted, c.reported, c.total
			f.campaigns[29].Ours = !c.theirs
		}
		drive(t, 120, 40, change, func(d *driver) {
			d.press("4")
			d.sees(c.want...)
		})
	}
}

func TestViberAndSMSStandApartWithTheirCost(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name string
		use  model.SMSUse
		only bool
		want []string
	}{
		{"nobody gets an SMS", model.SMSNone, false,
			[]string{"delivered by Viber 1 000 · 58.8 EUR", "delivered by SMS   0 · 0 EUR  not asked for"}},
		{"the vendor tells of Viber only", model.SMSAsked, true,
			[]string{"delivered by Viber 1 000 · —", "delivered by SMS   —  not reported separately",
				"— the vendor reports what arrived by Viber, but neither how many SMS"}},
		{"the vendor counts both together", model.SMSAsked, false,
			[]string{"delivered by Viber —  at least 700, read there", "delivered by SMS   —  not reported separately",
				"— the vendor counts messages and SMS together"}},
		{"nobody knows", model.SMSUnknown, false,
			[]string{"delivered by Viber —", "the vendor does not report whether SMS"}},
	} {
		change := func(o *kit.Options, f *fakeStore) {
			f.stats.SMS = c.use
			caps := o.Capabilities[model.SMSBy]
			caps.ViberDeliveriesOnly = c.only
			o.Capabilities[model.SMSBy] = caps
		}
		drive(t, 240, 60, change, func(d *driver) {
			d.press("4")
			d.sees(c.want...)
		})
	}
}

func TestASMSThatNobodyGotHasNoCostToLookFor(t *testing.T) {
	t.Parallel()
	drive(t, 240, 60, func(_ *kit.Options, f *fakeStore) {
		f.stats.SMS = model.SMSNone
		f.stats.Cost, f.stats.Quoted, f.stats.Reported = model.Money{}, model.Money{}, model.Money{}
	}, func(d *driver) {
		d.press("4")
		d.sees("delivered by SMS   0  not asked for")
	})
}

func TestFiguresSayTheirAgeAndWhenTheVendorIsAskedNext(t *testing.T) {
	t.Parallel()
	see := func(change func(f *fakeStore), want string) {
		t.Helper()
		drive(t, 120, 40, func(_ *kit.Options, f *fakeStore) { change(f) }, func(d *driver) {
			d.press("4")
			d.sees(want)
		})
	}
	see(func(f *fakeStore) { f.stats.NextPoll = start.Add(48 * time.Second) },
		"as of 11:59:48, 12s ago · asked again in 48s")
	see(func(f *fakeStore) { f.stats.Settled = true }, "final: the vendor is not asked any more")
	see(func(f *fakeStore) { f.stats.AsOf = start.Add(-3 * time.Hour) }, "OLD 09:00:00, 3h00 ago")
	see(func(f *fakeStore) { f.overview.Accounts[0].Online = false }, "cached 11:59:48, 12s ago")
	see(func(f *fakeStore) { f.stats.AsOf = time.Time{} }, "no figures from the vendor yet")
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
		if got := (model.ReasonCount{Status: c.status,
			Reason: model.Data(c.reason)}).NextStep().String(); got != c.want {
			t.Errorf("%s %q: %q", c.status, c.reason, got)
		}
	}
}

func TestRepliesAreALineOfTheirOwnOverTimeAndAMissingOneHasItsReason(t *testing.T) {
	t.Parallel()
	change := func(_ *kit.Options, f *fakeStore) {
		for i := range f.stats.Samples {
			f.stats.Samples[i].Replies = int64(i)
		}
		f.stats.Totals.Replies = model.Figure{}
	}
	drive(t, 200, 60, change, func(d *driver) {
		d.press("4")
		d.sees("delivered 990", "read 630", "replies 9",
			"replies            —  no reply has come through this account yet",
			"opt-outs           2  2.0 per 1000 delivered")
	})
}

func TestSamplesBecomeEqualStepsOfTime(t *testing.T) {
	t.Parallel()
	at := func(minutes int, delivered int64) model.Sample {
		return model.Sample{At: start.Add(time.Duration(minutes) * time.Minute), Delivered: delivered}
	}
	samples := []model.Sample{at(0, 0), at(1, 10), at(10, 40)}
	got := campaigns.Resample(samples, func(s model.Sample) int64 { return s.Delivered }, 6)
	if want := []float64{0, 10, 10, 10, 10, 40}; !slices.Equal(got, want) {
		t.Errorf("got %v", got)
	}
}

func TestFiguresInRussianFitEverySizeAndLeaveNothingInEnglish(t *testing.T) {
	t.Parallel()
	change := func(o *kit.Options, f *fakeStore) {
		o.Language = model.Russian
		f.stats.Quoted, f.stats.Reported, f.stats.SMS = euros("58.8"), euros("60.1"), model.SMSAsked
	}
	for _, size := range goldenSizes {
		for _, keys := range [][]string{{"4"}, {"4", "tab"}, {"4", "tab", "tab"}, {"2", "space", "space", "C"}, {"5"},
			{"3", "enter"}} {
			drive(t, size[0], size[1], change, func(d *driver) {
				d.press(keys...)
				for line := range strings.SplitSeq(d.screen(), "\n") {
					if term.WidthOf(line) > size[0] {
						t.Errorf("%v at %d columns: %q", keys, size[0], line)
					}
				}
				d.seesNot("delivered", "of sent", "as of", "campaigns", "per 1000", "health", "unknown", "order:")
			})
		}
	}
	drive(t, 120, 40, change, func(d *driver) {
		d.press("4")
		d.sees("доставлено      1 000   83,3 %   83,3 %", "всего: 1 240 получателей", "60,1 EUR  ≠ РАЗНИЦА 1,3 EUR",
			"12,0 на 1000 доставок", "доставлено в Viber",
			"почему не дошло, что делать", "нет в Viber: отправить SMS", "на 11:59:48, 12с назад")
	})
}
