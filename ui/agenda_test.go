package ui

import (
	"testing"
	"time"

	"viberdeck/model"
	"viberdeck/ui/campaigns"
	"viberdeck/ui/kit"
)

// withAgenda returns a store with campaigns that are still to leave, and accounts in three zones.
func withAgenda(o *kit.Options, f *fakeStore) {
	o.Accounts[0].TimeZone, o.Accounts[1].TimeZone = "Etc/GMT-3", "Etc/GMT-2"
	waits := func(id model.CampaignID, account, name string, state model.CampaignState,
		in time.Duration) model.Campaign {
		return model.Campaign{ID: id, Account: account, Ours: true, Name: name, State: state, SendAt: start.Add(in),
			Totals: model.Totals{Recipients: model.Known(40)}}
	}
	f.campaigns = []model.Campaign{
		waits(60, "minsk", "Завтрак", model.CampaignScheduled, 3*time.Hour+10*time.Minute),
		waits(50, "shop", "Lunch", model.CampaignScheduled, 50*time.Hour),
		waits(40, "shop", "Dinner", model.CampaignNeedsApproval, -time.Hour),
	}
}

func TestTheAgendaSaysWhenCampaignsLeaveHereAndInTheZoneOfTheirAccount(t *testing.T) {
	t.Parallel()
	drive(t, 120, 24, withAgenda, func(d *driver) {
		d.press("2", "Г") // the key of U under a Cyrillic layout
		d.sees("view “agenda” · "+campaigns.AgendaFilter, "by when it leaves ↑", "in 3h10", "15:10", "in 2d",
			"13:00 Etc/GMT-2",
			"approval?")
		d.seesNot("Etc/GMT-3", "as of")
		d.press("U")
		d.seesNot(campaigns.AgendaFilter, "in 3h10")
		d.sees("newest first", "as of")
	})
	drive(t, 40, 10, withAgenda, func(d *driver) {
		d.press("2", "U")
		d.sees("in 3h10", "Завтрак")
	})
}

func TestACampaignThatIsOverIsPutAwayAndTakenOutAgain(t *testing.T) {
	t.Parallel()
	drive(t, 100, 24, nil, func(d *driver) {
		d.store.campaigns = []model.Campaign{
			{ID: 3, Account: "minsk", Ours: true, Name: "Old", State: model.CampaignSent},
			{ID: 2, Account: "minsk", Ours: true, Name: "On its way", State: model.CampaignSending},
			{ID: 1, Account: "shop", Name: "Theirs", State: model.CampaignDraft},
		}
		d.press("2", "r", "j", "H")
		d.sees("H archive: it is not over (sending)")
		d.press("g", "H")
		if got := d.store.last(); got != "olga archive [c3] true" {
			t.Errorf("the store was told %q", got)
		}
		d.sees("archived: 1 campaign; is:archived shows them, u takes it back")
		d.press("g", "H") // the fake leaves it in the list
		if got := d.store.last(); got != "olga archive [c3] false" {
			t.Errorf("the store was told %q", got)
		}
		d.press("g", "space", "G", "space", "H")
		if got := d.store.last(); got != "olga archive [c1 c3] true" {
			t.Errorf("the store was told %q", got)
		}
		d.seesNot("marked")
	})
}

func TestACountThatIsYoungerThanAChangeIsMadeAnew(t *testing.T) {
	t.Parallel()
	drive(t, 80, 24, nil, func(d *driver) {
		d.press("2")
		d.store.campaigns = d.store.campaigns[:2]
		d.store.changes <- []model.Topic{model.TopicCampaigns}
		d.wait(100 * time.Millisecond)
		d.wait(2 * time.Second)
		d.sees("1/2")
	})
}

func TestWhatIsTypedStaysInSightOnASmallScreen(t *testing.T) {
	t.Parallel()
	drive(t, 40, 10, nil, func(d *driver) {
		d.press("e", "ctrl+u")
		d.typeText("/tmp/x.csv")
		d.sees("> /tmp/x.csv")
	})
}

func TestOutsideTheAgendaNothingIsShownAsLeavingNow(t *testing.T) {
	t.Parallel()
	drive(t, 100, 30, nil, func(d *driver) {
		d.press("2", "U")
		d.wait(time.Second)
		d.sees("leaves     at")
		d.press("esc")
		d.wait(time.Second)
		d.seesNot("leaves     at")
	})
}
