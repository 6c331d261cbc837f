package ui

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"viberdeck/model"
	"viberdeck/ui/kit"
	"viberdeck/ui/replies"
)

func TestTheDashboardOpensOnOpenRepliesOldestFirst(t *testing.T) {
	t.Parallel()
	drive(t, 100, 24, nil, func(d *driver) {
		d.sees("[1 Replies 12]", "is:open", "oldest first", "1/12", "stop?", "+375 29 333-22-00",
			"outbox 2 sending, 1 unknown",
			"here: you, anna", "LIVE", "online", "6 unread")
		if !strings.Contains(d.selected(), "+375 29 333-22-00") {
			t.Errorf("the cursor is on %q", d.selected())
		}
	})
}

func TestAfterDoneTheCursorIsOnTheNextReply(t *testing.T) {
	t.Parallel()
	drive(t, 80, 24, nil, func(d *driver) {
		d.press("j", "d")
		if got := d.store.last(); got != "olga done [r2] -" {
			t.Errorf("the store was told %q", got)
		}
		if !strings.Contains(d.selected(), "333-22-02") {
			t.Errorf("the cursor is on %q", d.selected())
		}
		d.seesNot("333-22-01 ")
		d.sees("/11", "1 reply done; u takes it back")
	})
}

func TestDoneAMomentAfterAColleagueSaysThatNothingChanged(t *testing.T) {
	t.Parallel()
	drive(t, 80, 24, nil, func(d *driver) {
		d.meanwhile("done", []model.ReplyID{1}) // not on this screen yet
		d.press("d")
		d.sees("nothing changed: a colleague was quicker")
		d.seesNot("u takes it back")
	})
}

func TestDonePressedTwiceQuicklyIsForTwoReplies(t *testing.T) {
	t.Parallel()
	drive(t, 80, 24, nil, func(d *driver) {
		d.hold = true
		d.press("d")
		d.wait(200 * time.Millisecond) // as quick as a person can be
		d.press("d")
		d.release()
		d.store.mu.Lock()
		defer d.store.mu.Unlock()
		if got := fmt.Sprint(d.store.did); got != "[olga done [r1] - olga done [r2] -]" {
			t.Errorf("the store was told %s", got)
		}
	})
}

func TestTheQueueSaysWhenItIsEmpty(t *testing.T) {
	t.Parallel()
	drive(t, 80, 24, nil, func(d *driver) {
		d.press("j", "j", "j") // past the one held by a colleague
		for range 9 {
			d.press("d")
		}
		d.press("A", "d", "y")
		d.sees("The queue is empty")
		d.press("d")
		d.sees("there is no reply here")
	})
}

func TestAFailedDoneBringsTheReplyBack(t *testing.T) {
	t.Parallel()
	drive(t, 80, 24, nil, func(d *driver) {
		d.store.mu.Lock()
		d.store.failIntent = model.Invalid("cache", "the disk is full")
		d.store.mu.Unlock()
		d.press("d")
		d.sees("333-22-00", "! cache: the disk is full")
		d.wait(time.Minute)
		d.sees("the disk is full") // an error stays until a key
		d.press("j")
		d.seesNot("the disk is full")
	})
}

func TestAColleaguesReplyIsNotTakenUnasked(t *testing.T) {
	t.Parallel()
	drive(t, 80, 24, nil, func(d *driver) {
		d.press("j", "j", "d")
		d.sees("anna has claimed this one")
		d.press("d", "enter")
		if got := d.store.last(); got != "" {
			t.Errorf("a second press confirmed: %q", got)
		}
		d.press("y")
		if got := d.store.last(); got != "olga done [r3] -" {
			t.Errorf("the store was told %q", got)
		}
	})
}

func TestAnOptOutNamesThePhonesAndAsks(t *testing.T) {
	t.Parallel()
	drive(t, 80, 24, nil, func(d *driver) {
		d.press("j", "o")
		d.sees("Block 1 phone?", "+375 29 333-22-01", "Nothing in the reply asks for that.")
		d.press("o", "enter", "esc", "k")
		if got := d.store.last(); got != "" {
			t.Errorf("nothing was confirmed, but the store was told %q", got)
		}
		d.press("space", "space", "o")
		d.sees("Block 2 phones?", "+375 29 333-22-01", "Never asked to stop: 1 phone")
		d.typeText("3")
		d.press("enter")
		d.sees("that is not the number of phones")
		d.press("backspace")
		d.typeText("2")
		d.press("enter")
		if got := d.store.last(); got != "olga opt-out [r1 r2]" {
			t.Errorf("the store was told %q", got)
		}
	})
}

func TestOneKeyAcceptsAnOptOutWhoseWordsAreMarked(t *testing.T) {
	t.Parallel()
	drive(t, 80, 24, nil, func(d *driver) {
		d.press("o")
		d.sees("1 phone blocked here, at the vendors in 30 s; until then u takes it back")
		if got := d.store.last(); got != "olga opt-out [r1]" {
			t.Errorf("the store was told %q", got)
		}
	})
	drive(t, 80, 24, func(_ *kit.Options, f *fakeStore) { f.replies[0].ClaimedBy = "anna" }, func(d *driver) {
		d.press("o")
		d.sees("Block 1 phone?", "anna has claimed this one")
		if got := d.store.last(); got != "" {
			t.Errorf("what a colleague holds was blocked unasked: %q", got)
		}
	})
}

func TestOneKeyAcceptsTheSecondOptOutOfAPersonWhoIsBlocked(t *testing.T) {
	t.Parallel()
	drive(t, 80, 24, func(_ *kit.Options, f *fakeStore) { f.replies[0].Blocked = true }, func(d *driver) {
		d.sees("o accepts it")
		d.press("o")
		d.sees("the phone stays blocked, and the reply is done; u takes it back")
		if got := d.store.last(); got != "olga opt-out [r1]" {
			t.Errorf("the store was told %q", got)
		}
	})
}

func TestMarkAllCountsWhatMatchesAndActsOnThat(t *testing.T) {
	t.Parallel()
	many := func(_ *kit.Options, f *fakeStore) {
		f.replies = nil
		for i := range 1240 {
			f.replies = append(f.replies, model.Reply{
				ID: model.ReplyID(i + 1), Phone: model.Phone(375291000000 + i), Text: "ok", State: model.ReplyOpen,
				ReceivedAt: start.Add(time.Duration(i-5000) * time.Minute)})
		}
	}
	drive(t, 80, 24, many, func(d *driver) {
		d.press("A")
		d.sees("1 240 marked")
		d.press("d")
		d.sees("Done with 1 240 replies?")
		d.press("y")
		d.sees("1 240 replies done")
		d.press("u")
		if got := d.store.last(); got != "olga undo" {
			t.Errorf("the store was told %q", got)
		}
	})
}

// What the screen said of marks that are gone must not stand there.
func TestTakingAllMarksOffIsSaid(t *testing.T) {
	t.Parallel()
	drive(t, 80, 24, nil, func(d *driver) {
		d.press("*")
		d.sees("rows marked: those on screen")
		d.press("A")
		d.sees("no longer marked: 9 rows")
		d.seesNot("those on screen", "10 marked")
		d.press("A")
		d.sees("12 rows marked: all that match")
	})
}

func TestClaimSnoozeLabelNoteUnread(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name string
		do   func(d *driver)
		want string
	}{
		{"claim", func(d *driver) { d.press("c") }, "olga claim [r1]"},
		{"release", func(d *driver) { d.press("c"); d.wait(200 * time.Millisecond); d.press("c") },
			"olga release [r1]"},
		{"unread", func(d *driver) { d.press("j", "R") }, "olga unread [r2] true"},
		{"one hour", func(d *driver) { d.press("z", "enter") }, "olga snoozed [r1] 2026-02-03T10:00:00Z"},
		{"tomorrow morning", func(d *driver) { d.press("z", "down", "down", "enter") },
			"olga snoozed [r1] 2026-02-04T06:00:00Z"},
		{"a typed time", func(d *driver) {
			d.press("z", "up", "down", "down", "down", "down", "enter")
			d.typeText("2026-02-05 15:30")
			d.press("enter")
		}, "olga snoozed [r1] 2026-02-05T12:30:00Z"},
		{"a time typed at once", func(d *driver) { d.press("z"); d.typeText("2h"); d.press("enter") },
			"olga snoozed [r1] 2026-02-03T11:00:00Z"},
		{"a time typed with the Cyrillic layout on",
			func(d *driver) { d.press("я"); d.typeText("2р"); d.press("enter") },
			"olga snoozed [r1] 2026-02-03T11:00:00Z"},
		{"a day typed in Russian", func(d *driver) { d.press("z"); d.typeText("завтра 9:30"); d.press("enter") },
			"olga snoozed [r1] 2026-02-04T06:30:00Z"},
		{"the beginning of a choice", func(d *driver) { d.press("z"); d.typeText("tomorrow 9:0"); d.press("enter") },
			"olga snoozed [r1] 2026-02-04T06:00:00Z"},
		{"a typed time that is refused changes nothing", func(d *driver) {
			d.press("c", "z")
			d.typeText("25:00")
			d.press("enter")
			d.sees("Snooze until", "is not a time")
		}, "olga claim [r1]"},
		{"label", func(d *driver) { d.press("t"); d.typeText("delivery"); d.press("enter") },
			"olga label [r1] delivery true"},
		{"note", func(d *driver) { d.press("n"); d.typeText("перезвонить"); d.press("enter") },
			"olga note r1 перезвонить"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			drive(t, 80, 24, nil, func(d *driver) {
				c.do(d)
				if got := d.store.last(); got != c.want {
					t.Errorf("the store was told %q, not %q", got, c.want)
				}
			})
		})
	}
}

func TestNewRepliesNeverMoveTheCursorToAnotherPerson(t *testing.T) {
	t.Parallel()
	drive(t, 80, 24, nil, func(d *driver) {
		d.press("j", "j")
		before := d.selected()
		d.store.mu.Lock()
		for i := range 90 { // older than all that are there: they come in above
			d.store.replies = append(d.store.replies,
				model.Reply{ID: model.ReplyID(1000 + i), Phone: model.Phone(375447000000 + i), Text: "old",
					State:      model.ReplyOpen,
					ReceivedAt: start.Add(-40*time.Hour + time.Duration(i)*time.Second)})
		}
		d.store.mu.Unlock()
		d.store.changes <- []model.Topic{model.TopicReplies}
		d.wait(0)
		if got := d.selected(); got != before {
			t.Errorf("the cursor went from %q to %q", before, got)
		}
		d.press("k", "k", "k")
		d.sees("+375 44 700-00-8")
	})
}

func TestAStaleAnswerIsDropped(t *testing.T) {
	t.Parallel()
	drive(t, 80, 24, nil, func(d *driver) {
		d.press("/")
		d.hold = true
		d.typeText("stop")
		d.wait(time.Second) // the question for "is:open stop" goes out
		slow := len(d.kept)
		d.press("backspace", "backspace", "backspace", "backspace")
		d.typeText("yes")
		d.wait(time.Second)
		if len(d.kept) <= slow {
			t.Fatal("the second question was not asked")
		}
		// The answers to the second question come first, those to the first one after them.
		var order []int
		for i := slow; i < len(d.kept); i++ {
			order = append(order, i)
		}
		for i := range slow {
			order = append(order, i)
		}
		d.release(order...)
		d.wait(time.Second)
		d.sees("Yes")
		d.seesNot("СТОП ")
	})
}

func TestEscInTheFilterRestoresListAndCursor(t *testing.T) {
	t.Parallel()
	drive(t, 80, 24, nil, func(d *driver) {
		d.press("j", "j", "j")
		before := d.selected()
		d.press("/")
		d.typeText("nothing at all")
		d.wait(time.Second)
		d.sees("Nothing matches")
		d.press("esc")
		if d.selected() != before {
			t.Errorf("the cursor went from %q to %q", before, d.selected())
		}
		d.sees("4/12")
	})
}

func TestTypingAFilterAsksOnceWhenThePersonPauses(t *testing.T) {
	t.Parallel()
	drive(t, 80, 24, nil, func(d *driver) {
		d.press("/")
		calls := d.store.calls.Load()
		for _, r := range "хочу" {
			d.send(tea.KeyPressMsg{Code: r, Text: string(r)})
			d.wait(50 * time.Millisecond)
		}
		if n := d.store.calls.Load() - calls; n != 0 {
			t.Errorf("%d questions while typing", n)
		}
		d.wait(kit.FilterPause)
		d.sees("Да, хочу!", "/2")
		d.seesNot("333-22-00")
	})
}

// What is found at once is shown, and what takes longer follows without a key.
func TestTheFirstHitsOfAFilterAreFollowedByTheRest(t *testing.T) {
	t.Parallel()
	drive(t, 80, 40, func(_ *kit.Options, f *fakeStore) { f.soon = 2 }, func(d *driver) {
		d.press("/")
		d.typeText("is:open")
		d.wait(kit.FilterPause)
		d.wait(time.Second)
		d.sees("1/12", "333-22-00", "333-22-11")
		d.press("enter", "G")
		d.sees("12/12")
	})
}

func TestTheThreadOnTheWholeScreenHasTheSameKeys(t *testing.T) {
	t.Parallel()
	drive(t, 60, 13, nil, func(d *driver) {
		d.seesNot("Здравствуйте")
		d.press("enter")
		d.sees("Здравствуйте", "called her")
		d.press("j", "d")
		if got := d.store.last(); got != "olga done [r2] -" {
			t.Errorf("the store was told %q", got)
		}
		d.press("esc")
		d.sees("333-22-02")
	})
}

func TestTheFirstReadingLeavesAnUntouchedCursorAtTheBeginning(t *testing.T) {
	t.Parallel()
	drive(t, 80, 24, nil, func(d *driver) {
		older := func(id model.ReplyID) {
			d.store.mu.Lock()
			d.store.replies = append(d.store.replies,
				model.Reply{ID: id, Phone: model.Phone(375447000000 + int(id)), Text: "old", State: model.ReplyOpen,
					ReceivedAt: start.Add(-time.Duration(id) * time.Hour)})
			d.store.mu.Unlock()
			d.store.changes <- []model.Topic{model.TopicReplies}
			d.wait(0)
		}
		older(100)
		if !strings.Contains(d.selected(), "700-01-00") {
			t.Errorf("the cursor is on %q", d.selected())
		}
		d.wait(10 * time.Second)
		older(200)
		if !strings.Contains(d.selected(), "700-01-00") {
			t.Errorf("later the cursor went to %q", d.selected())
		}
	})
}

func TestAColleagueWhoOnlyReadsIsNamedInListThreadAndAnswer(t *testing.T) {
	t.Parallel()
	drive(t, 100, 30, nil, func(d *driver) {
		d.store.mu.Lock()
		d.store.overview.Readers = []model.Reader{{Operator: "anna", Reply: 2}, {Operator: "boris", Reply: 2}}
		d.store.mu.Unlock()
		d.store.changes <- []model.Topic{model.TopicHealth}
		d.wait(0)
		d.press("j")
		if !strings.Contains(d.selected(), "~anna") {
			t.Errorf("the row does not name her: %q", d.selected())
		}
		d.sees("anna, boris are reading")
		d.press("a")
		d.sees("Answer to +375 29 333-22-01  anna, boris are reading")
		d.store.mu.Lock()
		d.store.overview.Readers = nil
		d.store.mu.Unlock()
		d.store.changes <- []model.Topic{model.TopicHealth}
		d.wait(0)
		d.seesNot("are reading")
	})
}

func TestTheOthersHearOfAnOpenReplyOnlyWhenTheCursorRests(t *testing.T) {
	t.Parallel()
	drive(t, 80, 24, nil, func(d *driver) {
		heard := func(want ...model.ReplyID) {
			t.Helper()
			d.wait(time.Second)
			d.store.mu.Lock()
			defer d.store.mu.Unlock()
			if !slices.Equal(d.store.opened, want) {
				t.Errorf("the others heard of %v, want %v", d.store.opened, want)
			}
			d.store.opened = nil
		}
		heard(0, 1)
		for range 5 {
			d.press("j")
			d.wait(100 * time.Millisecond)
		}
		heard(6)
		d.press("2")
		heard(0)
		d.press("1", "a")
		heard(6)
		d.press("esc", "/")
		d.typeText("nobody at all")
		d.wait(kit.FilterPause)
		heard(0)
	})
	drive(t, 40, 10, nil, func(d *driver) { // a list alone opens nothing
		d.wait(time.Second)
		d.press("enter")
		d.wait(time.Second)
		d.press("esc")
		d.wait(time.Second)
		if got := fmt.Sprint(d.store.opened); got != "[ r1 ]" {
			t.Errorf("the others heard of %s", got)
		}
	})
}

func TestWhatIsDoneOrPutOffOpensAgain(t *testing.T) {
	t.Parallel()
	change := func(_ *kit.Options, f *fakeStore) {
		f.replies[0].State, f.replies[1].State = model.ReplyDone, model.ReplySnoozed
	}
	drive(t, 80, 24, change, func(d *driver) {
		d.press("/")
		d.root.screens[0].(*replies.Replies).Input.SetValue("is:done")
		d.press("enter", "d")
		if got := d.store.last(); got != "olga open [r1] -" {
			t.Errorf("the store was told %q", got)
		}
		d.sees("1 reply open again; u takes it back")
		d.press("/")
		d.root.screens[0].(*replies.Replies).Input.SetValue("is:snoozed")
		d.press("enter", "z", "up", "down", "down", "down", "down", "down")
		d.sees("▸ no longer: open again")
		d.press("enter")
		if got := d.store.last(); got != "olga open [r2] -" {
			t.Errorf("the store was told %q", got)
		}
	})
}

func TestAKeyThatWouldChangeNothingSaysWhyInListAndThread(t *testing.T) {
	t.Parallel()
	changed := func(marked bool) func(*kit.Options, *fakeStore) {
		return func(_ *kit.Options, f *fakeStore) {
			f.replies[0].Unread, f.replies[0].Blocked = true, true
			if !marked {
				f.replies[0].OptOut = "" // a marked one is accepted also where the phone is blocked
			}
			f.replies[1].Phone = 0
		}
	}
	keys := []struct{ key, why string }{
		{"R", "R mark unread: it is unread already"},
		{"a", "a answer: the phone is on the blacklist"},
		{"X", "X recall the answer: no answer waits to leave"},
		{"o", "o opt-out: the phone is on the blacklist already"},
	}
	for _, into := range [][]string{nil, {"enter"}} {
		drive(t, 100, 24, changed(true), func(d *driver) {
			d.press(into...)
			d.sees("o accepts it")
			for _, c := range keys[:3] {
				d.press(c.key)
				d.sees(c.why)
			}
			if got := d.store.last(); got != "" {
				t.Errorf("the store was told %q", got)
			}
		})
		drive(t, 100, 24, changed(false), func(d *driver) {
			d.press(into...)
			for _, c := range keys {
				d.press(c.key)
				d.sees(c.why)
			}
			d.press("j")
			for _, key := range []string{"y", "p", "o"} {
				d.press(key)
				d.sees(": the vendor gave no phone")
			}
			d.press("space", "n")
			d.sees("a note belongs to one reply; Esc takes the marks off", "1 marked")
			d.press("a")
			d.sees("an answer goes to one person; Esc takes the marks off")
			if got := d.store.last(); got != "" {
				t.Errorf("the store was told %q", got)
			}
		})
	}
}

func TestFilteringInTheThreadGoesToTheList(t *testing.T) {
	t.Parallel()
	drive(t, 80, 24, nil, func(d *driver) {
		d.press("enter", "/")
		d.typeText("хочу")
		d.sees(" / is:open хочу")
		d.press("esc")
		d.sees("▸")
	})
}

func TestMarkingSeveralUnreadCountsOnlyThoseThatWereRead(t *testing.T) {
	t.Parallel()
	drive(t, 80, 24, func(_ *kit.Options, f *fakeStore) {
		for i := range f.replies {
			f.replies[i].Unread = i != 1
		}
	}, func(d *driver) {
		d.press("A", "R")
		d.sees("1 reply unread again")
		wantDid(t, d, "olga unread [r2] true")
	})
	drive(t, 80, 24, func(_ *kit.Options, f *fakeStore) {
		for i := range f.replies {
			f.replies[i].Unread = true
		}
	}, func(d *driver) {
		d.press("A", "R")
		d.sees("all of them are unread already")
		if len(d.store.did) > 0 {
			t.Errorf("it did %q", d.store.did)
		}
	})
}
