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
		model.Russian: "boris отозвал(а) ваш ответ"} {
		t.Run(string(language), func(t *testing.T) {
			t.Parallel()
			drive(t, 80, 24, func(o *kit.Options, _ *fakeStore) { o.Language = language }, func(d *driver) {
				d.store.tell("olga", model.Say("%s recalled your answer %q; its text waits where you wrote it", "boris",
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
	paused := func(_ *kit.Options, f *fakeStore) { f.campaigns[29].State = model.CampaignPaused }
	drive(t, 80, 24, paused, func(d *driver) { // what was told comes when the dialog is open already
		d.press("2")
		d.press("P")
		d.run(d.root.d.Say("paused: Sale 30"))
		d.sees("y yes", "Esc no", "paused: Sale 30")
	})
}

func TestAnErrorIsReadToItsEnd(t *testing.T) {
	t.Parallel()
	drive(t, 80, 24, nil, func(d *driver) {
		d.run(d.root.d.Fail(model.Errorf("%s end", strings.Repeat("a long reason of the vendor, ", 15))))
		d.sees("end\n")
	})
}
