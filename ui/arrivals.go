package ui

import (
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"viberdeck/model"
	"viberdeck/ui/kit"
)

// alertPause is the least time between two alerts about replies that have arrived.
const alertPause = 10 * time.Second

// arrivals records the replies for which the person has been called.
type arrivals struct {
	known  bool          // the replies at the start have been read; there is no call for them
	last   model.ReplyID // later ones are new
	called time.Time
	next   kit.Slot
}

// alertNewReplies alerts the person when open replies have arrived. Replies that arrive soon after
// a call are included in the next one. The call gives their number and nothing about the people.
func (r *Root) alertNewReplies() tea.Cmd {
	a, o := &r.arrivals, r.d.Overview
	var fresh int64
	for _, id := range o.NewestOpen {
		if id > a.last {
			fresh++
		}
	}
	if !a.known || fresh == 0 {
		a.known, a.last = true, max(a.last, o.LastReply)
		return nil
	}
	if rest := alertPause - r.d.Now.Sub(a.called); rest > 0 {
		return kit.Later(&a.next, rest, r.alertNewReplies)
	}
	a.last, a.called = max(a.last, o.LastReply), r.d.Now
	return alert(r.d, r.d.Plural(fresh, "new reply", "new replies"))
}

// alert alerts a person who is looking elsewhere, as configured: by the terminal's bell and by a
// desktop notification. The focus stays where it is.
func alert(d *kit.Deck, text string) tea.Cmd {
	var out string
	if d.Calls.Desktop {
		out = d.PassThrough(ansi.Notify(text) + ansi.URxvtExt("notify", "viberdeck", text))
	}
	if d.Calls.Bell {
		out += "\a" // tmux and screen pass it on by themselves
	}
	if out == "" {
		return nil
	}
	return tea.Raw(out)
}
