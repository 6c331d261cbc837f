package ui

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"viberdeck/model"
	"viberdeck/ui/kit"
)

// overSlowLine makes the dashboard one at the far end of SSH.
func overSlowLine(o *kit.Options, _ *fakeStore) { o.Env = append(o.Env, "SSH_TTY=/dev/pts/3") }

// reply lets the terminal answer after the given time.
func (d *driver) reply(after time.Duration) {
	d.t.Helper()
	if d.root.latency.asked.IsZero() {
		d.t.Fatal("the terminal was not asked")
	}
	d.wait(after - d.root.d.Options.Now().Sub(d.root.latency.asked))
	d.send(tea.CursorPositionMsg{})
}

func TestASlowLineIsMeasuredAndNamedAndAQuickOneIsNot(t *testing.T) {
	t.Parallel()
	drive(t, 120, 40, overSlowLine, func(d *driver) {
		d.seesNot("slow line")
		d.reply(320 * time.Millisecond)
		d.wait(time.Second)
		d.sees("slow line 320 ms")
		d.wait(presencePause)
		d.reply(120 * time.Millisecond) // neither slow nor quick: it stays as it was
		d.wait(time.Second)
		d.sees("slow line 120 ms")
		d.wait(presencePause)
		d.reply(40 * time.Millisecond)
		d.wait(time.Second)
		d.seesNot("slow line")
	})
}

func TestATerminalThatDoesNotAnswerIsAskedOnceAndTheLineIsNotCalledSlow(t *testing.T) {
	t.Parallel()
	drive(t, 120, 40, overSlowLine, func(d *driver) {
		for range 120 {
			d.wait(slowTick)
		}
		d.seesNot("slow line")
		if waits := d.root.d.Options.Now().Sub(d.root.latency.asked); waits < 9*time.Minute {
			t.Errorf("the question is %s old: it was asked again", waits)
		}
	})
}

func TestALineThatStopsAnsweringIsSlow(t *testing.T) {
	t.Parallel()
	drive(t, 120, 40, overSlowLine, func(d *driver) {
		d.reply(20 * time.Millisecond)
		for range 8 {
			d.wait(slowTick)
		}
		d.sees("slow line")
	})
}

func TestWithoutSSHTheTerminalIsNotAsked(t *testing.T) {
	t.Parallel()
	drive(t, 80, 24, nil, func(d *driver) {
		d.wait(time.Minute)
		if !d.root.latency.asked.IsZero() {
			t.Error("a local terminal was asked")
		}
	})
}

func TestTheConfigurationForcesTheSlowLineOnAndOff(t *testing.T) {
	t.Parallel()
	drive(t, 120, 40, func(o *kit.Options, _ *fakeStore) { o.SlowLine = model.SlowLineOn },
		func(d *driver) { d.sees("slow line") })
	drive(t, 120, 40, func(o *kit.Options, s *fakeStore) {
		overSlowLine(o, s)
		o.SlowLine = model.SlowLineOff
	}, func(d *driver) {
		d.reply(time.Second)
		d.seesNot("slow line")
	})
}

func TestOnASlowLineAHeldKeyDrawsFewFramesAndTheLastOne(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		slow model.SlowLine
		most int
	}{{model.SlowLineOn, 4}, {model.SlowLineOff, 20}} {
		drive(t, 80, 24, func(o *kit.Options, _ *fakeStore) { o.SlowLine = tt.slow }, func(d *driver) {
			d.press("3")
			d.wait(time.Second)
			frames, last := 0, d.root.View().Content
			look := func() {
				if now := d.root.View().Content; now != last {
					frames, last = frames+1, now
				}
			}
			for i := range 20 { // a key held for 0.6 seconds
				d.press([]string{"j", "k", "j"}[i%3])
				look()
				d.wait(30 * time.Millisecond)
				look()
			}
			d.wait(time.Second)
			if frames > tt.most || tt.slow == model.SlowLineOff && frames < 15 {
				t.Errorf("slow %s: %d frames", tt.slow, frames)
			}
			if got := d.root.draw(); d.root.View().Content != got {
				t.Errorf("slow %s: the last frame was not drawn", tt.slow)
			}
		})
	}
}

func TestTheTerminalsAnswerIsNotAKey(t *testing.T) {
	t.Parallel()
	drive(t, 80, 24, overSlowLine, func(d *driver) {
		d.send(tea.KeyPressMsg{Code: tea.KeyF3})
		if d.root.d.Touched() {
			t.Error("the answer of the terminal counted as a key")
		}
		if !strings.Contains(d.root.View().Content, "Replies") {
			t.Error("no screen")
		}
	})
}

func TestAskingAgainEndsTheQuestionBefore(t *testing.T) {
	t.Parallel()
	d := &kit.Deck{Ctx: t.Context()}
	var s kit.Slot
	ended := make(chan error, 1)
	first := kit.Ask(d, &s, func(ctx context.Context) (int, error) {
		<-ctx.Done()
		ended <- ctx.Err()
		return 0, ctx.Err()
	}, func(int, error) tea.Cmd { return nil })
	answered := make(chan tea.Msg, 1)
	go func() { answered <- first() }()
	second := kit.Ask(d, &s, func(ctx context.Context) (int, error) { return 2, ctx.Err() },
		func(int, error) tea.Cmd { return nil })
	if err := <-ended; !errors.Is(err, context.Canceled) {
		t.Errorf("the first question ended with %v", err)
	}
	if a, ok := (<-answered).(kit.Result); !ok || !a.Stale() {
		t.Error("the first answer would land")
	}
	if a, ok := second().(kit.Result); !ok || a.Stale() {
		t.Error("the second answer would not land")
	}
}
