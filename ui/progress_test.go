package ui

import (
	"testing"
	"time"

	"viberdeck/model"
	"viberdeck/ui/compose"
	"viberdeck/ui/kit"
)

func TestARunningSendSaysRateAndTimeLeftAlsoToWhoComesLater(t *testing.T) {
	t.Parallel()
	change := func(_ *kit.Options, f *fakeStore) { f.progress.StartedAt = start.Add(-5 * time.Minute) }
	drive(t, 120, 40, change, func(d *driver) {
		d.press("7")
		d.sees("100 people a minute since 11:55, about 7m left", "400 of 1 240",
			"accepted 400 · refused 0 · unknown 100")
	})
}

func TestASendThatWaitsForTheVendorSaysSoAndForHowLong(t *testing.T) {
	t.Parallel()
	limited := func(next time.Time) func(*kit.Options, *fakeStore) {
		return func(_ *kit.Options, f *fakeStore) {
			f.progress.InFlight, f.progress.Waits, f.progress.NextTry = 0,
				model.Say("%s asks for fewer requests; %s", "minsk",
					model.Say("nothing was sent, and it is tried again automatically")), next
		}
	}
	drive(t, 120, 40, limited(start.Add(40*time.Second)), func(d *driver) {
		d.press("7")
		d.sees("next try in 40 s: minsk asks for fewer requests")
	})
	drive(t, 120, 40, limited(time.Time{}), func(d *driver) {
		d.press("7")
		d.sees("waits: minsk asks for fewer requests")
	})
}

// follows opens the progress of the newest campaign in its current state.
func follows(p model.Progress, test func(d *driver)) func(t *testing.T) {
	return func(t *testing.T) {
		t.Parallel()
		drive(t, 80, 24, func(o *kit.Options, f *fakeStore) {
			f.progress = p
			c := o.Capabilities[model.SMSBy]
			c.Guard = "After a lost answer the mailings are compared."
			o.Capabilities[model.SMSBy] = c
		}, func(d *driver) {
			dlg := compose.NewProgress(d.root.d, model.Campaign{ID: 30, Name: "Sale 30", Account: "minsk"})
			d.root.d.Open(dlg)
			d.run(dlg.Tick())
			d.settle()
			test(d)
		})
	}
}

func TestTheProgressOfASendNeverSaysDoneWhenItIsNot(t *testing.T) {
	t.Parallel()
	t.Run("unknown", follows(model.Progress{State: model.CampaignSending, Total: 900, Unknown: 900,
		Evidence: model.Say("the first request may still be under way")}, func(d *driver) {
		d.sees("Outcome unknown: Sale 30", "????", "0 of 900", "It is unknown whether 900 people got it",
			"After a lost answer the mailings are compared.", "the first request may still be under way",
			"Enter in 7 Outbox.")
		d.seesNot("█", "900 of 900", "has accepted")
	}))
	t.Run("refused", follows(model.Progress{State: model.CampaignFailed, Total: 40, Refused: 40,
		Refusal: model.Data("no such sender")}, func(d *driver) {
		d.sees("Not sent: Sale 30", "xxxx", "40 people refused by the vendor: no such sender",
			"Nobody was accepted: nothing was sent.")
		d.seesNot("█")
	}))
	t.Run("in part", follows(model.Progress{State: model.CampaignPartlySent, Total: 40, Accepted: 39, Refused: 1},
		func(d *driver) {
			d.sees("Sent in part: Sale 30", "█", "x", "The vendor has accepted 39 of 40 people.")
		}))
	t.Run("recalled", follows(model.Progress{State: model.CampaignCancelled, Total: 31, Held: 31}, func(d *driver) {
		d.sees("Recalled: Sale 30", "Recalled. Nobody got it.", "not sent 31")
		d.seesNot("█")
	}))
	t.Run("recalled in part", follows(model.Progress{State: model.CampaignCancelled, Total: 31, Held: 11, Accepted: 20},
		func(d *driver) { d.sees("Recalled. 20 people had left before.", "not sent 11", "accepted 20") }))
	t.Run("dropped", follows(model.Progress{State: model.CampaignPartlySent, Total: 228, Accepted: 127, Refused: 1,
		Held: 100}, func(d *driver) {
		d.sees("accepted 127", "refused 1", "unknown 0", "not sent 100", "228 of 228")
	}))
	t.Run("sent", follows(model.Progress{State: model.CampaignSent, Total: 12, Accepted: 12}, func(d *driver) {
		d.sees("Sent: Sale 30", "The vendor has accepted everybody.")
	}))
	t.Run("scheduled", follows(model.Progress{State: model.CampaignHeld, Total: 12, Waiting: 12,
		HoldUntil: start.Add(10 * time.Second), SendAt: start.Add(24 * time.Hour),
		LeaveAt: start.Add(24*time.Hour - 5*time.Minute)}, func(d *driver) {
		d.sees("Scheduled: Sale 30", "scheduled for", "X recalls it at no cost until", "X recall")
		d.seesNot("leaves in", "Leaves soon")
	}))
	t.Run("at the vendor for later", follows(model.Progress{State: model.CampaignScheduled, Total: 12, Accepted: 12},
		func(d *driver) {
			d.sees("Scheduled: Sale 30", "The vendor has accepted everybody.")
			d.seesNot("Sent:")
		}))
	t.Run("stopped", follows(model.Progress{State: model.CampaignPaused, Total: 12, Waiting: 12, PauseCause: model.Data(
		"12 errors in a row: 401 at minsk; the token is wrong or was withdrawn; give a new one in the configuration"),
	}, func(d *driver) {
		d.sees("Stopped: Sale 30", "P resume", "configuration") // to its end
		d.seesNot("sending goes on")
	}))
}

func TestTheOutboxShowsNoFiguresOfAnotherCampaignBelowItsName(t *testing.T) {
	t.Parallel()
	change := func(_ *kit.Options, f *fakeStore) { f.outbox[1].Campaign, f.outbox[1].CampaignName = 30, "Sale 30" }
	drive(t, 100, 30, change, func(d *driver) {
		d.press("7")
		d.sees("Sale 29  sending", "accepted 400")
		d.hold = true // the progress of the next one is still being read
		d.press("j")
		d.seesNot("accepted 400", "Sale 30  sending")
		d.release(len(d.kept) - 1)
		d.sees("Sale 30  sending", "accepted 400")
	})
}
