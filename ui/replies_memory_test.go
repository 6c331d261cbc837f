package ui

import (
	"strings"
	"testing"
	"time"

	"viberdeck/model"
	"viberdeck/ui/kit"
)

func TestAKilledSessionComesBackToItsThreadMarksAndDialog(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name  string
		leave func(d *driver)
		back  []string
	}{
		{"thread", func(d *driver) { d.press("j", "enter") }, []string{" +375 29 333-22-01 waits 4h4", "2/12"}},
		{"marks", func(d *driver) { d.press("space", "j", "space") }, []string{"2 marked"}},
		{"note", func(d *driver) { d.press("j", "n"); d.typeText("перезвонить ей") },
			[]string{"Note for colleagues", "About +375 29 333-22-01", "> перезвонить ей"}},
		{"label", func(d *driver) { d.press("space", "space", "t"); d.typeText("deliv") },
			[]string{"Label", "> deliv", "2 marked"}},
		{"answer", func(d *driver) { d.press("j", "a"); d.typeText("завтра") },
			[]string{"Answer to +375 29 333-22-01", "завтра"}},
		{"nothing", func(d *driver) { d.press("j", "n"); d.typeText("x"); d.press("esc") }, []string{"2/12"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			var kept map[string]string
			drive(t, 80, 24, nil, func(d *driver) {
				c.leave(d)
				d.wait(kit.KeepPause) // and then it is killed
				kept = d.store.kept
			})
			next(t, kept, func(d *driver) {
				d.wait(time.Second)
				d.sees(c.back...)
				if c.name == "nothing" {
					d.seesNot("Note for colleagues")
				}
			})
		})
	}
}

func TestAHalfWrittenNoteOutlivesItsReplysLeavingTheQueue(t *testing.T) {
	t.Parallel()
	var kept map[string]string
	drive(t, 80, 24, nil, func(d *driver) {
		d.press("j", "n")
		d.typeText("call her")
		d.press("ctrl+c")
		kept = d.store.kept
	})
	drive(t, 80, 24, func(_ *kit.Options, f *fakeStore) { f.kept, f.replies[1].State = kept, model.ReplyDone },
		func(d *driver) {
			d.wait(time.Second)
			d.sees("About +375 29 333-22-01", "> call her")
			d.press("enter")
			if got := d.store.last(); got != "olga note r2 call her" {
				t.Errorf("the store was told %q", got)
			}
		})
}

func TestMarksOfRepliesThatLeftTheQueueDoNotComeBack(t *testing.T) {
	t.Parallel()
	var kept map[string]string
	drive(t, 80, 24, nil, func(d *driver) {
		d.press("space", "space", "space")
		d.wait(kit.KeepPause)
		kept = d.store.kept
	})
	drive(t, 80, 24, func(_ *kit.Options, f *fakeStore) { f.kept, f.replies[1].State = kept, model.ReplyDone },
		func(d *driver) {
			d.wait(time.Second)
			d.sees("2 marked")
			if strings.Contains(d.screen(), "3 marked") {
				t.Error("a mark came back to a reply that is done")
			}
		})
}
