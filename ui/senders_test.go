package ui

import (
	"errors"
	"strings"
	"testing"
	"time"

	"viberdeck/model"
	"viberdeck/ui/kit"
	"viberdeck/ui/lists"
	"viberdeck/ui/term"
)

// blocking returns a store whose vendor blocks senders above 5 % of complaints, with so many
// complaints in 1000 delivered.
func blocking(complaints int64) func(*kit.Options, *fakeStore) {
	return func(o *kit.Options, f *fakeStore) {
		caps := o.Capabilities[model.SMSBy]
		caps.Limits.ComplaintsBlock = 5
		o.Capabilities[model.SMSBy] = caps
		f.health[0].Delivered, f.health[0].Complaints = model.Known(1000), model.Known(complaints)
	}
}

func TestASenderIsWarnedOfWellBeforeItsVendorBlocksIt(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		complaints int64
		want       []string
	}{
		{12, []string{"good", "12.0", "good  warned from 20.0 complaints per 1000, blocked above 50.0"}},
		{25, []string{"WARNING", "25.0!", "slow down: the vendor blocks above 50.0 complaints per 1000"}},
		{80, []string{"DANGER", "80.0!", "DANGER  the vendor blocks above 50.0 complaints per 1000"}},
	} {
		drive(t, 120, 40, blocking(c.complaints), func(d *driver) {
			d.press("5")
			d.sees(c.want...)
		})
	}
	drive(t, 40, 10, blocking(80), func(d *driver) {
		d.press("5")
		d.sees("DANGER  the vendor blocks")
	})
}

func TestTheHealthOfASenderHasItsAgeAndADashHasItsReason(t *testing.T) {
	t.Parallel()
	drive(t, 120, 40, nil, func(d *driver) {
		d.press("5")
		d.sees("delivered  83.3 % of 28 800", "opt-outs   2.0 per 1000 delivered", "complaints 3.0 per 1000 delivered",
			"the vendor states no level at which it blocks",
			"24 campaigns since 4 Jan 12:00 · 2 without figures here", "as of 11:59:00, 1m ago")
		d.press("j")
		d.sees("—  nothing was sent in this name over 30 days", "moderator The name is a trade mark of somebody else",
			"countries UA · traffic: — · account: shop (SendPulse)")
	})
	unknown := func(_ *kit.Options, f *fakeStore) {
		f.health[0].Campaigns, f.health[0].Without, f.health[0].Sent, f.health[0].Delivered = 0, 3, model.Figure{},
			model.Figure{}
		f.overview.Accounts[0].Online = false
	}
	drive(t, 120, 40, unknown, func(d *driver) {
		d.press("5")
		d.sees("—  the vendor has not reported whether anything arrived: 3 campaigns", "listed    cached 12:00:00")
	})
}

func TestTheListOfSendersDoesNotWaitForTheirHealth(t *testing.T) {
	t.Parallel()
	drive(t, 80, 24, nil, func(d *driver) {
		d.root.screens[4].(*lists.Senders).Health.Busy = true // under way
		d.press("5")
		d.sees("Brand", "approved", "—  it is being counted…")
	})
	failing := func(_ *kit.Options, f *fakeStore) { f.failHealth = errors.New("disk full") }
	drive(t, 80, 24, failing, func(d *driver) {
		d.press("5")
		d.sees("Brand", "approved", "could not be counted: disk full")
	})
}

func TestTheHealthIsCountedOnceAMinuteAtMost(t *testing.T) {
	t.Parallel()
	drive(t, 80, 24, nil, func(d *driver) {
		d.press("5")
		s := d.root.screens[4].(*lists.Senders)
		first := s.Health.At
		d.press("4", "5")
		if !s.Health.At.Equal(first) {
			t.Error("it was counted again at once")
		}
		d.wait(2 * time.Minute)
		d.press("4", "5")
		if s.Health.At.Equal(first) {
			t.Error("it was never counted again")
		}
	})
}

func TestASenderOfTheConfigurationSaysThatItsVendorCannotList(t *testing.T) {
	t.Parallel()
	for _, language := range []struct {
		is   model.Language
		want string
	}{{model.English, "kept in config, vendor cannot list"},
		{model.Russian, "из настроек: вендор не отдаёт список"}} {
		change := func(o *kit.Options, f *fakeStore) {
			o.Language = language.is
			f.senders[0].FromConfig = true
		}
		for _, size := range goldenSizes {
			drive(t, size[0], size[1], change, func(d *driver) {
				d.press("5")
				if size[1] > 10 {
					d.sees(language.want)
				}
				for line := range strings.SplitSeq(d.screen(), "\n") {
					if term.WidthOf(line) > size[0] {
						t.Errorf("%d columns: %q", size[0], line)
					}
				}
			})
		}
	}
}
