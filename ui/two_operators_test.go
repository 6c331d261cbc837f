package ui

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"pgregory.net/rapid"

	"viberdeck/model"
	"viberdeck/ui/kit"
	"viberdeck/ui/replies"
)

// steps are what a colleague may do to a reply.
var colleagueSteps = []string{"done", "snooze", "opt-out", "answer", "claim"}

func TestNoKeyChangesAReplyThatAColleagueHasJustChanged(t *testing.T) {
	t.Parallel()
	for _, language := range []model.Language{model.English, model.Russian} {
		for _, key := range []string{"d", "a", "c", "o", "z", "R", "n", "t"} {
			for _, step := range colleagueSteps {
				for place, there := range map[string][]string{"list": {"down"}, "whole screen": {"down", "enter"}} {
					t.Run(fmt.Sprintf("%s %s %s %s", language, key, step, place), func(t *testing.T) {
						t.Parallel()
						drive(t, 80, 24, func(o *kit.Options, _ *fakeStore) { o.Language = language }, func(d *driver) {
							d.press(there...)
							d.refuses(key, step, place == "list")
						})
					})
				}
			}
		}
	}
}

// refuses checks that a key does nothing to the second reply, which a colleague has just changed
// under the cursor.
func (d *driver) refuses(key, step string, list bool) {
	t := d.t
	t.Helper()
	d.wait(time.Second)
	d.meanwhile(step, []model.ReplyID{2})
	d.store.changes <- []model.Topic{model.TopicReplies}
	d.wait(0)
	d.press(key)
	if got := d.store.last(); got != "" || d.root.d.Top() != nil {
		t.Errorf("the store was told %q:\n%s", got, d.screen())
	}
	if list && !strings.Contains(d.selected(), "333-22-01") {
		t.Errorf("the cursor is on %q", d.selected())
	}
	d.sees("333-22-01")
	if d.wait(time.Second); step == "claim" {
		return
	}
	if d.press(key); d.store.last() != "" || d.root.d.Top() != nil {
		t.Errorf("after a second the store was told %q:\n%s", d.store.last(), d.screen())
	}
	if d.sees("333-22-01"); !list {
		d.press("esc")
	}
	if d.press("down"); !strings.Contains(d.selected(), "333-22-02") {
		t.Errorf("the cursor moved on to %q", d.selected())
	}
	d.seesNot("333-22-01")
}

func TestAKeyThatIsHeldDownChangesOneReply(t *testing.T) {
	t.Parallel()
	for _, delay := range []int{225, 250, 500, 660, 1000} {
		for _, rate := range []int{20, 33, 70} {
			drive(t, 80, 24, nil, func(d *driver) {
				d.press("d")
				d.wait(time.Duration(delay) * time.Millisecond)
				for range 20 {
					d.press("d")
					d.wait(time.Duration(rate) * time.Millisecond)
				}
				d.wait(time.Second)
				if got := fmt.Sprint(d.store.did); got != "[olga done [r1] -]" {
					t.Errorf("held after %d ms, every %d ms: the store was told %s", delay, rate, got)
				}
			})
		}
	}
}

func TestAQuickOperatorIsNeverSlowed(t *testing.T) {
	t.Parallel()
	for _, pause := range []int{90, 150, 200, 240, 400, 700} {
		drive(t, 80, 24, nil, func(d *driver) {
			for i := range 2 { // the third is a colleague's
				d.press("d")
				if i == 0 && len(d.store.did) != 1 {
					t.Error("the first key waited")
				}
				d.wait(time.Duration(pause) * time.Millisecond)
			}
			d.press("j") // the next key waits for nothing either
			if got := fmt.Sprint(d.store.did); got != "[olga done [r1] - olga done [r2] -]" {
				t.Errorf("a key every %d ms: the store was told %s", pause, got)
			}
		})
	}
}

func TestTheNextReplyIsShownWhileAKeyMayTurnOutToBeHeldDown(t *testing.T) {
	t.Parallel()
	drive(t, 80, 24, nil, func(d *driver) {
		d.press("d")
		d.wait(400 * time.Millisecond)
		before := d.selected()
		d.press("d") // done so far: [r1]
		next := d.selected()
		if got := fmt.Sprint(d.store.did); next == before || got != "[olga done [r1] -]" {
			t.Errorf("at once the cursor stands on %q, and the store was told %s", next, got)
		}
		d.wait(33 * time.Millisecond)
		d.press("d") // it is held down
		if d.selected() != before {
			t.Errorf("the cursor stands on %q, not back on %q", d.selected(), before)
		}
		d.wait(time.Second)
		d.press("d")
		d.wait(400 * time.Millisecond)
		if got := fmt.Sprint(d.store.did); d.selected() != next || got != "[olga done [r1] - olga done [r2] -]" {
			t.Errorf("pressed again: the cursor stands on %q, and the store was told %s", d.selected(), got)
		}
	})
}

func TestAKeyThatWaitsDoesNothingToTheNextReplyWhereAColleagueWasQuicker(t *testing.T) {
	t.Parallel()
	drive(t, 80, 24, nil, func(d *driver) {
		d.press("d")
		d.wait(400 * time.Millisecond)
		d.press("d") // it waits, and r3 is shown
		d.store.mu.Lock()
		d.store.replies[1].State, d.store.replies[1].DoneBy = model.ReplyDone, "anna"
		d.store.mu.Unlock()
		d.store.changes <- []model.Topic{model.TopicReplies}
		d.wait(40 * time.Millisecond)
		d.wait(repeatPause)
		if got := fmt.Sprint(d.store.did); got != "[olga done [r1] -]" {
			t.Errorf("the store was told %s", got)
		}
	})
}

// happening is one step of a script for two operators.
type happening struct {
	who   int    // 0: a colleague, 1: a person who writes, else the operator
	reply int    // of the colleague's step
	step  string // of the colleague
	keys  string // of the operator
	pause int    // milliseconds after it
}

func TestOperatorsOnOneQueueChangeOnlyWhatTheirCursorStoodOn(t *testing.T) {
	t.Parallel()
	runs, failed := 0, false
	rapid.Check(t, func(rt *rapid.T) {
		if runs++; runs > 15 && !failed { // each takes a second of a busy machine
			return
		}
		script := rapid.SliceOfN(rapid.Custom(func(rt *rapid.T) happening {
			return happening{who: rapid.IntRange(0, 3).Draw(rt, "who"), reply: rapid.IntRange(0, 11).Draw(rt, "reply"),
				step: rapid.SampledFrom(colleagueSteps).Draw(rt, "step"),
				keys: rapid.SampledFrom([]string{"d", "d", "d", "c", "R", "j", "k", "G", "g", "z enter", "o y",
					"n x enter"}).Draw(rt, "keys"),
				pause: rapid.IntRange(0, 600).Draw(rt, "pause")}
		}), 1, 20).Draw(rt, "script")
		wrong := ""
		synctest.Test(t, func(t *testing.T) {
			store := newFakeStore(start)
			d, end := begin(t, options(store), store, 80, 24)
			defer func() {
				end()
				time.Sleep(time.Hour)
			}()
			wrong = d.together(script)
		})
		if wrong != "" {
			failed = true
			rt.Fatal(wrong)
		}
	})
}

// together plays a script, and reports when a key changed a reply that was not under the cursor
// when the operator last moved it.
func (d *driver) together(script []happening) string {
	screen := d.root.screens[0].(*replies.Replies)
	under := func() string {
		r, _ := screen.Grid.Current()
		return r.ID.String()
	}
	d.press("down")
	stood := under()
	for _, h := range script {
		switch h.who {
		case 0:
			d.meanwhile(h.step, []model.ReplyID{model.ReplyID(h.reply + 1)})
			d.store.changes <- []model.Topic{model.TopicReplies}
			d.wait(0)
		case 1:
			d.store.mu.Lock()
			n := len(d.store.replies)
			d.store.replies = append(d.store.replies, model.Reply{ID: model.ReplyID(n + 1), Account: "minsk",
				Phone: model.Phone(375291000000 + int64(n)), ReceivedAt: d.root.d.Options.Now(),
				State: model.ReplyOpen})
			d.store.mu.Unlock()
			d.store.changes <- []model.Topic{model.TopicReplies}
			d.wait(0)
		default:
			did := len(d.store.did)
			d.press(strings.Fields(h.keys)...)
			d.wait(repeatPause) // a key that may be held down acts only now
			for _, text := range d.store.did[did:] {
				words := strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(" []", r) })
				if !slices.Contains(words, stood) {
					return fmt.Sprintf("the cursor stood on %s and %q did %q:\n%s", stood, h.keys, text, d.screen())
				}
			}
			for d.root.d.Top() != nil {
				d.press("esc")
			}
			stood = under()
		}
		d.wait(time.Duration(h.pause) * time.Millisecond)
	}
	return ""
}

func TestAMarkedReplyThatAColleagueChangedOutsideTheScreenIsNotActedOn(t *testing.T) {
	t.Parallel()
	for _, step := range colleagueSteps {
		t.Run(step, func(t *testing.T) {
			t.Parallel()
			drive(t, 100, 24, func(_ *kit.Options, f *fakeStore) {
				for i := range 200 {
					f.replies = append(f.replies, model.Reply{ID: model.ReplyID(100 + i), Account: "minsk",
						Phone:      model.Phone(375291000000 + int64(i)),
						ReceivedAt: start.Add(time.Duration(i) * time.Second),
						State:      model.ReplyOpen})
				}
			}, func(d *driver) {
				d.press("A")
				d.wait(time.Second)
				d.sees("212 marked")
				d.meanwhile(step, []model.ReplyID{250})
				d.store.changes <- []model.Topic{model.TopicReplies}
				d.wait(time.Second)
				d.press("d")
				d.sees("1 row of the marked is not marked any more")
				if d.root.d.Top() != nil || d.store.last() != "" {
					t.Errorf("the store was told %q:\n%s", d.store.last(), d.screen())
				}
				d.wait(time.Second)
				d.press("o")
				d.sees("211 phones")
			})
		})
	}
}
