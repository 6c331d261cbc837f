package ui

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"viberdeck/model"
	"viberdeck/ui/kit"
)

// callPause is the least time between two calls for replies that have arrived.
const callPause = 10 * time.Second

// arrivals is what the person has been called for.
type arrivals struct {
	known  bool          // the replies of the start were read; nobody is called for them
	last   model.ReplyID // later ones are new
	called time.Time
	next   kit.Slot
}

// callForReplies calls the person when open replies have arrived. Those that arrive soon after a
// call are counted in the next one. The call says how many there are and nothing about anybody.
func (r *Root) callForReplies() tea.Cmd {
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
	if rest := callPause - r.d.Now.Sub(a.called); rest > 0 {
		return kit.Later(&a.next, rest, r.callForReplies)
	}
	a.last, a.called = max(a.last, o.LastReply), r.d.Now
	return r.d.Call(r.d.Plural(fresh, "new reply", "new replies"))
}
