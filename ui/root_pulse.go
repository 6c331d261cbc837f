package ui

import (
	"context"
	"errors"
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"viberdeck/model"
	"viberdeck/ui/kit"
)

// The rhythms of the dashboard.
const (
	presencePause = 10 * time.Second // how often other sessions are notified that this one is alive
	// how long a reply is open before others are notified: the cursor may only be passing
	attendPause       = 300 * time.Millisecond
	slowTick          = 5 * time.Second // how often ages on screen are redrawn
	fastTick          = time.Second     // the same during a countdown
	changedPause      = 2 * time.Second // wait before asking again for changes after an error
	presenceSavePause = time.Minute     // how often the operator's presence is stored
)

// beat notifies the others that this session is alive and reads the data of the status line.
func (r *Root) beat() tea.Cmd {
	d := r.d
	r.heartbeat = d.Now
	present := tea.Batch(r.present(), r.latency.probe(d.Now))
	if d.Now.Sub(r.remindedAt) < presenceSavePause || !r.restored {
		return tea.Batch(present, r.readOverview())
	}
	return tea.Batch(present, r.readOverview(), r.remember())
}

// present notifies the others that this session is alive and which reply it has open.
func (r *Root) present() tea.Cmd {
	store, session, operator, open := r.d.Store, r.d.Session, r.d.Operator, r.reading
	return kit.Act(r.d, func(ctx context.Context) error { return store.Present(ctx, session, operator, open) },
		func(error) tea.Cmd { return nil })
}

// announceReading notifies the others when another reply is open here, once it has stayed open for
// a moment.
func (r *Root) announceReading() tea.Cmd {
	var open model.ReplyID
	if s, ok := r.screens[r.front].(kit.ReadsReply); ok {
		open = s.Open()
	}
	if open == r.reading {
		return nil
	}
	r.reading = open
	return kit.Later(&r.readingSlot, attendPause, r.present)
}

// readOverview reads the data of the status line.
func (r *Root) readOverview() tea.Cmd {
	store, operator := r.d.Store, r.d.Operator
	return kit.Ask(r.d, &r.overview, func(ctx context.Context) (model.Overview, error) {
		return store.Overview(ctx, operator)
	},
		func(o model.Overview, err error) tea.Cmd {
			if err == nil {
				r.d.Overview = o
				r.showNotices()
				return tea.Batch(r.alertNewReplies(), r.readNeeds())
			}
			return r.readNeeds()
		})
}

// watch waits until the cache changes. The next wait begins after this one's answer has been
// handled, so that a burst of changes becomes one reading.
func (r *Root) watch() tea.Cmd {
	return kit.Ask(r.d, &r.changes, r.d.Store.Changed, func(topics []model.Topic, err error) tea.Cmd {
		switch {
		case errors.Is(err, context.Canceled):
			return nil
		case err != nil:
			return kit.Later(&r.changesPause, changedPause, r.watch)
		}
		cmds := []tea.Cmd{r.changed(topics)}
		if r.slow() {
			cmds = append(cmds, kit.Later(&r.changesPause, slowChanges, r.watch))
		} else {
			cmds = append(cmds, r.watch())
		}
		if dlg, ok := r.livelyDialog(); ok {
			cmds = append(cmds, dlg.Tick())
		}
		return tea.Batch(cmds...)
	})
}

// changed reads again what is on screen of the topics.
func (r *Root) changed(topics []model.Topic) tea.Cmd {
	read := tea.Batch(r.screens[r.front].Changed(topics), r.d.Follow())
	if !slices.ContainsFunc(topics, func(t model.Topic) bool { return t != model.TopicLog }) {
		return read // a change of the log affects nothing else
	}
	r.needs.changed = true
	return tea.Batch(read, r.readOverview())
}

// livelyDialog returns the dialog in front if what it shows changes by the second.
func (r *Root) livelyDialog() (kit.Ticking, bool) {
	if o := r.d.Top(); o != nil {
		l, ok := o.Dialog.(kit.Ticking)
		return l, ok
	}
	return nil, false
}

// counting reports whether something on screen changes by the second.
func (r *Root) counting() bool {
	_, ok := r.livelyDialog()
	return ok || r.screens[r.front].Counting()
}

// Tick redraws ages from time to time, and every second during a countdown.
func (r *Root) Tick() tea.Cmd {
	ages, countdown := slowTick, fastTick
	if r.slow() {
		ages, countdown = slowAges, slowCountdown
	}
	wait := model.UntilBeat(r.d.Now, ages, r.d.Process)
	if r.fast = r.counting(); r.fast {
		wait = countdown
	}
	return kit.Later(&r.clock, wait, func() tea.Cmd {
		cmds := []tea.Cmd{r.Tick()}
		if dlg, ok := r.livelyDialog(); ok {
			cmds = append(cmds, dlg.Tick())
		}
		if r.d.Now.Sub(r.heartbeat) > presencePause-fastTick {
			cmds = append(cmds, r.beat())
		}
		return tea.Batch(cmds...)
	})
}
