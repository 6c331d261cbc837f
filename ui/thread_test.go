package ui

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"viberdeck/model"
	"viberdeck/ui/kit"
)

// conversed gives the first reply a conversation around it.
func conversed(_ *kit.Options, f *fakeStore) {
	f.conversation = []model.PersonEvent{
		{Kind: model.EventReply, At: start.Add(-50 * time.Hour), Account: "shop", Text: "https://example.com/cat.png",
			State: model.ReplyDone, By: "anna", Reply: 90},
		{Kind: model.EventMessage, At: start.Add(-40 * time.Hour), Account: "shop", CampaignName: "Summer",
			Status: model.StatusUndelivered, Text: "Summer sale"},
		{Kind: model.EventBlock, At: start.Add(-10 * time.Minute), By: "boris",
			Reason: model.Say("opt-out: %s", "СТОП"), Source: model.SourceReply},
		{Kind: model.EventUnblock, At: start.Add(-5 * time.Minute), By: "anna", Text: "asked again"},
	}
}

func TestTheThreadIsTheWholeConversationInItsOrder(t *testing.T) {
	t.Parallel()
	drive(t, 80, 40, conversed, func(d *driver) {
		d.press("enter")
		screen, last := d.screen(), -1
		for _, part := range []string{"a picture: https://example.com/cat.png", "Summer sale", "Здравствуйте, Анна!",
			"СТОП", "called her", "opt-out: СТОП", "asked again"} {
			at := strings.Index(screen, part)
			if at <= last {
				t.Fatalf("%q stands at %d, after %d:\n%s", part, at, last, screen)
			}
			last = at
		}
		d.meanwhile("done", []model.ReplyID{1})
		d.store.changes <- []model.Topic{model.TopicReplies}
		d.wait(0)
		d.sees("now     12:00 · now done, by anna")
	})
	drive(t, 80, 24, conversed, func(d *driver) { // beside the list the reply itself stays in sight
		d.sees("Здравствуйте, Анна!", "minsk · unread", "Enter reads it whole")
	})
}

func TestALongReplyIsReadToItsEndAndAnswered(t *testing.T) {
	t.Parallel()
	long := func(_ *kit.Options, f *fakeStore) {
		f.replies[0].Text = strings.Repeat("слово ", 680) + "КОНЕЦ"
	}
	for _, size := range [][2]int{{80, 24}, {40, 10}} {
		drive(t, size[0], size[1], long, func(d *driver) {
			until := func(where string) {
				t.Helper()
				for range 200 {
					if strings.Contains(d.screen(), "КОНЕЦ") {
						return
					}
					d.press("pgdown")
				}
				t.Fatalf("%v: the end is never seen %s:\n%s", size, where, d.screen())
			}
			d.press("enter")
			d.sees("more; PgDn")
			until("in the thread")
			d.press("a")
			d.seesNot("КОНЕЦ")
			until("in the box")
			d.typeText("ok")
			d.sees("ok", "2 of 1 000 characters")
		})
	}
}

func TestInAThreadOnTheWholeScreenGEndsTheTextAndInTheListTheList(t *testing.T) {
	t.Parallel()
	long := func(o *kit.Options, f *fakeStore) {
		conversed(o, f)
		f.replies[0].Text = "НАЧАЛО " + strings.Repeat("слово ", 680) + "КОНЕЦ"
	}
	drive(t, 80, 24, long, func(d *driver) {
		person := d.selected()
		d.press("enter")
		d.seesNot("КОНЕЦ", "asked again")
		for _, keys := range [][2]string{{"G", "g"}, {"end", "home"}, {"П", "п"}} {
			d.press(keys[0])
			d.sees("333-22-00", "КОНЕЦ", "asked again")
			d.press(keys[1])
			d.sees("333-22-00", "a picture: https://example.com/cat.png")
			d.seesNot("КОНЕЦ")
		}
		d.press("esc")
		if d.selected() != person {
			t.Errorf("the cursor left %q for %q", person, d.selected())
		}
		d.press("G")
		if !strings.Contains(d.selected(), "333-22-11") {
			t.Errorf("in the list the cursor is on %q", d.selected())
		}
	})
}

func TestAQuestionNeverCoversTheReplyItIsAbout(t *testing.T) {
	t.Parallel()
	unasked := func(_ *kit.Options, f *fakeStore) { f.replies[0].Text, f.replies[0].OptOut = "Reply of Anna", "" }
	for _, size := range [][2]int{{80, 24}, {40, 10}, {120, 40}} {
		for _, reading := range []bool{false, true} {
			for key, asks := range map[string]string{
				"o": "Block 1 phone?", "z": "Snooze until", "n": "Note for colleagues",
				"t": "Label"} {
				t.Run(fmt.Sprint(size, reading, key), func(t *testing.T) {
					t.Parallel()
					drive(t, size[0], size[1], unasked, func(d *driver) {
						if reading {
							d.press("enter")
						}
						d.press(key)
						d.sees(asks)
						if n := strings.Count(d.screen(), "Reply of Anna"); n == 0 {
							t.Errorf("the reply is not in sight:\n%s", d.screen())
						}
					})
				})
			}
		}
	}
}

func TestANoteHasSeveralLines(t *testing.T) {
	t.Parallel()
	drive(t, 80, 24, nil, func(d *driver) {
		d.press("n")
		d.typeText("перезвонить")
		d.press("ctrl+j")
		d.typeText("после обеда")
		d.sees("> перезвонить", "  после обеда")
		d.press("enter")
		if got := d.store.last(); got != "olga note r1 перезвонить\nпосле обеда" {
			t.Errorf("the store was told %q", got)
		}
	})
}

func TestAReplyWithoutTextSaysSoInTheListTheThreadAndTheBox(t *testing.T) {
	t.Parallel()
	drive(t, 80, 24, func(_ *kit.Options, f *fakeStore) { f.replies[0].Text, f.replies[0].OptOut = "", "" },
		func(d *driver) {
			if n := strings.Count(d.screen(), "(no text)"); n != 2 {
				t.Errorf("it is said %d times:\n%s", n, d.screen())
			}
			d.press("a")
			d.sees("│ (no text)")
		})
}
