package ui

import (
	"fmt"
	"slices"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"viberdeck/model"
	"viberdeck/ui/kit"
)

// arrive stores open replies up to that id, and lets the dashboard read them.
func (d *driver) arrive(last model.ReplyID) {
	d.store.mu.Lock()
	o := &d.store.overview
	for id := o.LastReply + 1; id <= last; id++ {
		o.NewestOpen = slices.Insert(o.NewestOpen, 0, id)
	}
	o.LastReply = last
	d.store.mu.Unlock()
	d.run(d.root.readOverview())
	d.settle()
}

// calls returns what was written to the terminal itself.
func (d *driver) calls() (all []string) {
	for _, m := range d.messages {
		if raw, ok := m.(tea.RawMsg); ok {
			all = append(all, fmt.Sprint(raw.Msg))
		}
	}
	return all
}

func calling(bell, desktop bool, env ...string) func(*kit.Options, *fakeStore) {
	return func(o *kit.Options, s *fakeStore) {
		o.Calls, o.Env = model.AlertConfig{Bell: bell, Desktop: desktop}, env
		s.overview.NewestOpen, s.overview.LastReply = []model.ReplyID{500, 499}, 500
	}
}

func (d *driver) called(want ...string) {
	d.t.Helper()
	if got := d.calls(); !slices.Equal(got, want) {
		d.t.Errorf("called with %q, want %q", got, want)
	}
}

func TestRepliesThatArriveCallAtMostOnceInTenSecondsAndNotAtTheStart(t *testing.T) {
	t.Parallel()
	const one, three = "\x1b]9;1 new reply\a\x1b]777;notify;viberdeck;1 new reply\a",
		"\x1b]9;3 new replies\a\x1b]777;notify;viberdeck;3 new replies\a"
	drive(t, 100, 24, calling(false, true), func(d *driver) {
		d.called()
		before := d.screen()
		d.arrive(501)
		d.called(one)
		if d.screen() != before {
			t.Error("the call changed the screen")
		}
		d.arrive(502)
		d.wait(3 * time.Second)
		d.arrive(504)
		d.wait(3 * time.Second)
		d.called(one)
		d.wait(alertPause)
		d.called(one, three)
		d.wait(time.Hour)
		d.called(one, three)
	})
}

func TestAReplyThatIsOpenAgainOrWasDealtWithCallsNobody(t *testing.T) {
	t.Parallel()
	drive(t, 100, 24, calling(true, false), func(d *driver) {
		d.store.mu.Lock()
		d.store.overview.NewestOpen = []model.ReplyID{500, 499, 7}
		d.store.mu.Unlock()
		d.arrive(500)
		d.called()
		d.arrive(501)
		d.called("\a")
	})
}

func TestACallIsMadeOnlyAsConfiguredAndReachesTheTerminalThroughTmux(t *testing.T) {
	t.Parallel()
	drive(t, 100, 24, calling(false, false), func(d *driver) {
		d.arrive(503)
		d.called()
	})
	drive(t, 100, 24, calling(true, true, "TMUX=/tmp/tmux-0/default,1,0", "LANG=ru_RU.UTF-8"), func(d *driver) {
		d.arrive(503)
		d.called("\x1bPtmux;\x1b\x1b]9;3 новых сообщения\a\x1b\x1b]777;notify;viberdeck;3 новых сообщения\a\x1b\\\a")
	})
}
