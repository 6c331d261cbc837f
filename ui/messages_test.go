package ui

import (
	"strings"
	"testing"
	"time"

	"viberdeck/model"
	"viberdeck/ui/kit"
)

func TestWhatAColleagueDidIsShownUntilAKeyAndThenForgotten(t *testing.T) {
	t.Parallel()
	for language, want := range map[model.Language]string{model.English: "boris recalled your answer",
		model.Russian: "boris: ваш ответ «tomorrow» отозван"} {
		t.Run(string(language), func(t *testing.T) {
			t.Parallel()
			drive(t, 80, 24, func(o *kit.Options, _ *fakeStore) { o.Language = language }, func(d *driver) {
				d.store.notify("olga", model.Say("%s recalled your answer %q; its text waits where you wrote it",
					"boris",
					"tomorrow"))
				d.press("a") // she is writing when it comes
				d.store.changes <- []model.Topic{model.TopicReplies}
				d.wait(0)
				d.typeText("x")
				d.sees(want, "ctrl+s")
				d.wait(10 * time.Minute)
				d.sees(want)
				if len(d.store.notices["olga"]) != 1 {
					t.Error("it was forgotten unread")
				}
				d.typeText("y")
				d.seesNot(want)
				if got := d.store.last(); !strings.Contains(got, "olga has read notices to 1") {
					t.Errorf("the store was told %q", got)
				}
			})
		})
	}
}

func TestAMessageDoesNotCoverTheKeysOfWhatIsOpenedAfterIt(t *testing.T) {
	t.Parallel()
	drive(t, 80, 24, nil, func(d *driver) {
		d.press("esc")
		d.sees("this is the top level")
		d.press("2", "esc", "N")
		d.seesNot("this is the top level")
		d.press("esc", "1", "R")
		d.sees("it is unread already")
		d.press("enter")
		d.seesNot("it is unread already")
		d.press("R", "esc")
		d.seesNot("it is unread already")
	})
	paused := func(_ *kit.Options, f *fakeStore) {
		f.campaigns[29].State, f.progress.Unknown = model.CampaignPaused, 0
	}
	drive(t, 80, 24, paused, func(d *driver) { // the notice comes when the dialog is already open
		d.press("2")
		d.press("P")
		d.run(d.root.d.Say("paused: Sale 30"))
		d.sees("y yes", "Esc no", "paused: Sale 30")
	})
}

func TestABlockSaysWhenItIsSentToVendorsAndWhereItStays(t *testing.T) {
	t.Parallel()
	stays := func(o *kit.Options, f *fakeStore) {
		c := o.Capabilities[model.SendPulse]
		lacks := map[model.Action]string{model.ActBlacklistRemove: "take it off in the vendor's web office"}
		for act, why := range c.Lacks {
			if act != model.ActBlacklistAdd {
				lacks[act] = why
			}
		}
		c.Lacks = lacks
		o.Capabilities[model.SendPulse] = c
		f.blacklist[1].SendAt = start.Add(28 * time.Second)
	}
	drive(t, 80, 24, stays, func(d *driver) {
		d.press("j", "o")
		d.sees("It holds here at once. Vendors learn of it in", "Once shop knows of it, it stays there: take")
		d.press("esc", "6")
		d.sees("It stays blocked at shop: take it off in the vendor's web", "(shop in 28 s)")
		d.wait(8 * time.Second)
		d.sees("(shop in 20 s)")
		d.press("x")
		d.typeText("asked again")
		d.press("enter")
		d.sees("It stays blocked at shop: take it off")
		d.typeText("1")
		d.press("enter")
		d.sees("taken off here: 1 phone. It stays blocked at shop")
		d.seesNot("taken off the blacklist: 1 phone")
	})
	drive(t, 80, 24, stays, func(d *driver) {
		d.press("o") // its words are marked: u takes all of it back until a vendor is notified
		d.sees("until then u takes it back", "after that it stays at shop")
	})
}

func TestAHistoryDoesNotCallSentWhatWasRecalledOrIsToLeave(t *testing.T) {
	t.Parallel()
	change := func(_ *kit.Options, f *fakeStore) {
		f.events = []model.PersonEvent{
			{Kind: model.EventMessage, At: start.Add(24 * time.Hour), Text: "Hello Anna", Status: model.StatusQueued,
				Sending: model.CampaignScheduled, CampaignName: "Tomorrow"},
			{Kind: model.EventMessage, At: start, Text: "Come at nine", Status: model.StatusHeld,
				Sending: model.CampaignCancelled, CampaignName: "Answer"},
			{Kind: model.EventMessage, At: start, Text: "Hello {{name}}", Status: model.StatusRead, Template: true,
				Sending: model.CampaignSent, CampaignName: "Gone"},
			{Kind: model.EventMessage, At: start, Text: "Hello you", Status: model.StatusUnknown,
				Sending: model.CampaignUnknown, CampaignName: "Lost"}}
		f.conversation = f.events
	}
	drive(t, 80, 24, change, func(d *driver) {
		d.press("p")
		d.sees("· waits    scheduled · Tomorrow", "x not sent cancelled · Answer", "→ sent     read · Gone",
			"? unclear  unknown · Lost", "values not kept")
		d.press("esc", "enter")
		d.sees("waits   ", "scheduled · Tomorrow", "unsent  ", "cancelled · Answer", "unclear ", "unknown · Lost")
	})
}

func TestAnEmptyQueueNamesTheAccountsThatCouldNotBeRead(t *testing.T) {
	t.Parallel()
	drive(t, 80, 24, func(_ *kit.Options, f *fakeStore) {
		f.replies = nil
		for i := range f.overview.Accounts {
			f.overview.Accounts[i].SyncedAt = start.Add(-time.Hour)
			f.overview.Accounts[i].Known, f.overview.Accounts[i].Online = true, i > 0
		}
	}, func(d *driver) {
		d.sees("not all could be read: minsk.", "1h00 ago")
		d.seesNot("The queue is empty", "list now", " now ")
	})
}

func TestWhoDecidedABatchAndWhenStaysVisible(t *testing.T) {
	t.Parallel()
	drive(t, 120, 40, func(_ *kit.Options, f *fakeStore) {
		f.outbox[0].State, f.outbox[0].ResolvedBy, f.outbox[0].ResolvedAt = model.BatchDropped, "anna", start
	}, func(d *driver) {
		d.press("7")
		d.sees("decided by anna, 12:00: dropped")
	})
}

func TestAnErrorIsReadToItsEnd(t *testing.T) {
	t.Parallel()
	drive(t, 80, 24, nil, func(d *driver) {
		d.run(d.root.d.Fail(model.Errorf("%s end", strings.Repeat("a long reason of the vendor, ", 15))))
		d.sees("end\n")
	})
}
