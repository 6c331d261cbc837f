package ui

import (
	"fmt"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/exp/golden"

	"viberdeck/model"
	"viberdeck/ui/kit"
)

// hold gives answers a recall window of ten seconds.
func hold(o *kit.Options, _ *fakeStore) { o.Send.Hold = &model.Duration{Duration: 10 * time.Second} }

func TestAnAnswerNamesItsRouteAndLeavesAfterTheNumberOne(t *testing.T) {
	t.Parallel()
	drive(t, 100, 30, hold, func(d *driver) {
		d.press("j", "a")
		d.sees("Answer to +375 29 333-22-01", "Reply to received message",
			"through minsk (sms.by), sender Brand, price unknown", "0 of 1 000 characters")
		d.typeText("Завтра, q")
		d.sees("9 of 1 000 characters")
		d.press("enter")
		d.send(tea.PasteMsg{Content: "до 18:00\n"})
		d.press("ctrl+s")
		d.wait(time.Second)
		d.sees("recipients", "1 person", "price unknown", "Answer to +375 29 333-22-01", "sender Brand",
			"the number of people")
		d.seesNot("r2", "duplicates", "to the vendor.")
		d.press("enter")
		d.typeText("2")
		d.press("enter")
		d.sees("that is not")
		d.press("backspace")
		d.typeText("1")
		d.press("enter")
		if got := d.store.last(); got != "olga submit Answer to r2 1 people hold 10s approve 0" {
			t.Errorf("the store was told %q", got)
		}
		d.sees("[1 Replies", "answer leaves in 10 s: X recalls")
		if got := d.store.kept["olga/answer r2"]; got != "" {
			t.Errorf("the draft is still there: %s", got)
		}
		d.wait(4 * time.Second)
		d.sees("answer leaves in 6 s")
		d.press("X")
		if got := d.store.did[len(d.store.did)-2:]; !strings.Contains(fmt.Sprint(got), "olga recall c900") {
			t.Errorf("the store was told %q", got)
		}
		d.sees("Answer to +375 29 333-22-01", "Завтра, q", "до 18:00")
	})
}

func TestAfterTheRecallWindowNothingIsCalledBack(t *testing.T) {
	t.Parallel()
	drive(t, 100, 30, hold, func(d *driver) {
		d.press("a")
		d.typeText("ok")
		d.press("ctrl+s")
		d.wait(time.Second)
		d.typeText("1")
		d.press("enter")
		d.wait(11 * time.Second)
		d.store.changes <- []model.Topic{model.TopicReplies} // as the engine claims it
		d.wait(0)
		d.seesNot("answer leaves")
		count := len(d.store.did)
		d.press("X")
		d.sees("no answer waits to leave")
		if len(d.store.did) != count {
			t.Errorf("the store was told %q", d.store.last())
		}
	})
}

func TestHostileTextInHistoryAnswerAndNewsIsOnlyText(t *testing.T) {
	t.Parallel()
	change := func(o *kit.Options, f *fakeStore) {
		away(model.News{Failed: 1, Troubled: []string{hostile}})(o, f)
		f.replies[0].Text, f.replies[0].OptOut, f.replies[0].ClaimedBy = hostile, hostile, hostile
		f.senders[0].Name = hostile
		f.events = []model.PersonEvent{{Kind: model.EventMessage, At: start.Add(time.Hour), Account: hostile,
			CampaignName: hostile, Text: hostile,
			VendorStatus: hostile, Reason: model.Data(hostile), By: hostile},
			{Kind: model.EventBlock, Account: hostile, Text: hostile, By: hostile}}
	}
	drive(t, 100, 40, change, func(d *driver) {
		check := func(where string) {
			t.Helper()
			content := d.root.View().Content
			for _, r := range ansi.Strip(content) {
				if r < ' ' && r != '\n' || r >= 0x7f && r < 0xa0 ||
					strings.ContainsRune("\u202e\u2066\u2028\u2029\u200b", r) {
					t.Fatalf("%s: the screen holds %U", where, r)
				}
			}
			if strings.Contains(content, "\x1b]") || strings.Contains(content, "\x1b[31mred") {
				t.Fatalf("%s: a sequence of the text reached the terminal", where)
			}
		}
		check("news")
		d.wait(time.Second)
		d.press("esc", "1", "p")
		check("history")
		d.press("esc", "a")
		check("answer")
		d.typeText("hello")
		d.press("ctrl+s")
		d.wait(time.Second)
		check("confirmation")
		d.typeText("1")
		d.press("enter")
		d.sees("held back")
		check("held answer")
		if n := d.store.breaches.Load(); n != 0 {
			t.Errorf("the store was asked %d times from Update or View", n)
		}
	})
}

func TestAHalfWrittenAnswerIsKeptForEachReply(t *testing.T) {
	t.Parallel()
	var kept map[string]string
	drive(t, 80, 24, nil, func(d *driver) {
		d.press("a")
		d.typeText("first")
		d.press("esc", "j", "a")
		d.typeText("second")
		d.wait(kit.KeepPause) // and then it is killed
		kept = d.store.kept
	})
	next(t, kept, func(d *driver) {
		d.wait(time.Second) // it is open again
		d.sees("Answer to +375 29 333-22-01", "second")
		d.press("esc", "k", "a")
		d.sees("333-22-00", "first")
		d.seesNot("second")
		d.press("esc", "j", "a")
		d.sees("333-22-01", "second")
		d.press("ctrl+x", "esc")
		if got := d.store.kept["olga/answer r2"]; got != "" {
			t.Errorf("an emptied answer is still kept: %s", got)
		}
	})
}

func TestWritingTakesTheReplyAndLeavingEmptyGivesItBack(t *testing.T) {
	t.Parallel()
	drive(t, 80, 24, nil, func(d *driver) {
		d.press("a")
		if got := d.store.last(); got != "" {
			t.Errorf("for a look the store was told %q", got)
		}
		d.typeText("yes")
		if got := d.store.last(); got != "olga claim [r1]" || len(d.store.did) != 1 {
			t.Errorf("the store was told %q", got)
		}
		d.press("backspace", "backspace", "backspace", "esc")
		if got := d.store.last(); got != "olga release [r1]" {
			t.Errorf("the store was told %q", got)
		}
		d.press("j", "j", "a") // anna has that one
		d.typeText("yes")
		d.sees("anna has it")
		if got := d.store.last(); got != "olga release [r1]" {
			t.Errorf("the store was told %q", got)
		}
	})
}

func TestAnAnswerIsHeldUntilWhatAColleagueDidIsRead(t *testing.T) {
	t.Parallel()
	drive(t, 100, 30, hold, func(d *driver) {
		d.press("a")
		d.typeText("tomorrow")
		d.press("ctrl+s")
		d.wait(time.Second)
		d.store.change([]model.ReplyID{1}, func(r *model.Reply) {
			r.State, r.DoneBy, r.ClaimedBy = model.ReplyDone, "anna", "anna"
		})
		d.store.mu.Lock()
		d.store.events = []model.PersonEvent{{Kind: model.EventMessage, At: start.Add(time.Hour),
			Text: "She has been answered", By: "anna"}}
		d.store.mu.Unlock()
		d.typeText("1")
		d.press("enter")
		d.sees("held back", "now done, by anna", "anna has claimed it", "anna wrote: She has been answered", "tomorrow")
		if got := d.store.last(); strings.Contains(got, "submit") {
			t.Errorf("the store was told %q", got)
		}
		d.store.mu.Lock()
		d.store.events = nil
		d.store.mu.Unlock()
		d.press("ctrl+s")
		d.wait(time.Second)
		d.typeText("1")
		d.press("enter")
		if got := d.store.last(); !strings.Contains(got, "submit Answer to r1") {
			t.Errorf("after reading the store was told %q", got)
		}
	})
}

func TestAVendorThatSendsNoTextSaysWhy(t *testing.T) {
	t.Parallel()
	templates := func(o *kit.Options, _ *fakeStore) {
		c := o.Capabilities[model.SMSBy]
		c.Kinds = []model.MessageKind{model.KindTemplate}
		o.Capabilities[model.SMSBy] = c
	}
	drive(t, 100, 30, templates, func(d *driver) { // another account can carry it
		d.press("a")
		d.sees("not through minsk: sms.by sends no text of your own, only template",
			"through shop (SendPulse), sender the vendor's default"[:24])
	})
	drive(t, 100, 30, func(o *kit.Options, f *fakeStore) {
		templates(o, f)
		o.Accounts = o.Accounts[:1]
	}, func(d *driver) {
		d.press("a")
		d.sees("a answer: sms.by sends no text of your own, only template")
		d.seesNot("Answer to")
	})
	drive(t, 100, 30, func(o *kit.Options, _ *fakeStore) {
		o.Accounts[0].ReadOnly, o.Accounts[1].ReadOnly = true, true
	},
		func(d *driver) {
			d.press("a")
			d.sees("the account minsk is read-only")
		})
}

func TestAnAnswerToSomebodyOnTheBlacklistIsRefused(t *testing.T) {
	t.Parallel()
	drive(t, 100, 30, func(_ *kit.Options, f *fakeStore) { f.blocked[375293332200] = "opt-out" }, func(d *driver) {
		d.press("a")
		d.typeText("hello")
		d.press("ctrl+s")
		d.sees("no recipients are left")
	})
	drive(t, 100, 30, func(_ *kit.Options, f *fakeStore) { f.replies[0].Blocked = true }, func(d *driver) {
		d.press("a")
		d.sees("the phone is on the blacklist")
	})
}

func TestATextThatIsTooLongForTheVendorDoesNotLeave(t *testing.T) {
	t.Parallel()
	drive(t, 100, 30, nil, func(d *driver) {
		d.press("a")
		d.send(tea.PasteMsg{Content: strings.Repeat("я", 1001)})
		d.sees("1 001 of 1 000 characters: too long")
		d.press("ctrl+s")
		d.sees("! text")
		d.seesNot("Send it?")
	})
}

func TestGoldenAnswer(t *testing.T) {
	t.Parallel()
	for _, size := range goldenSizes {
		t.Run(fmt.Sprintf("%dx%d", size[0], size[1]), func(t *testing.T) {
			t.Parallel()
			drive(t, size[0], size[1], nil, func(d *driver) {
				d.press("j", "j", "j", "a")
				d.typeText("Завтра до 18:00")
				golden.RequireEqual(t, d.frame())
			})
		})
	}
}
