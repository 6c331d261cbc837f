package ui

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"viberdeck/model"
)

// Actions of Replies.
const (
	actDone   action = "done"
	actUnread action = "mark unread"
	actClaim  action = "claim"
	actOptOut action = "opt-out"
	actSnooze action = "snooze"
	actNote   action = "note"
	actLabel  action = "label"
	actAnswer action = "answer"
	actUnsend action = "recall the answer"
)

// replies is the queue of what people answered.
type replies struct {
	listScreen[model.Reply]
	thread    model.Thread
	threads   slot
	reading   bool // the thread takes the whole screen
	tall      bool // there is room for the thread beside or below the list
	scroll    int
	leaving   leaving        // the answer that can still be called back
	under     underway       // the dialog of this screen that was opened last
	returning *repliesMemory // what to go on with, until the list is read
}

// waitingLong is how long an open reply may wait before it is marked.
const waitingLong = 4 * time.Hour

func newReplies(d *deck) *replies {
	s := &replies{}
	s.list = newList(d, model.TopicReplies, "replies",
		func(ctx context.Context, q model.PageRequest) (model.Page[model.Reply], error) {
			return d.Store.Replies(ctx, q)
		},
		func(r model.Reply) string { return r.ID.String() }, replyColumns, model.ReplyFields())
	s.home = "is:open"
	s.filter, s.order = s.home, "oldest first"
	s.sorts = []string{"received_at", "phone", "campaign", "state", "account"}
	s.empty = "The queue is empty: nobody waits for an answer."
	s.tabbed = true
	s.moved = func() tea.Cmd { return tea.Batch(s.resume(), s.surround()) }
	s.extra = func() string {
		if left := s.leaving.left(d.now); left > 0 {
			return d.tr("answer leaves in %s: X recalls", d.countdown(left))
		}
		if n := d.overview.UnreadReplies; n > 0 {
			return d.tr("%s unread", count(n))
		}
		return ""
	}
	s.tables = s.allKeys()
	return s
}

var replyColumns = []column[model.Reply]{
	{title: "waits", width: 6, cell: func(d *deck, r model.Reply) cell {
		switch {
		case r.State == model.ReplyOpen && d.now.Sub(r.ReceivedAt) >= waitingLong:
			return cell{d.age(r.ReceivedAt) + "!", warn}
		case r.State == model.ReplyOpen:
			return cell{d.age(r.ReceivedAt), plain}
		case r.State == model.ReplySnoozed:
			return cell{d.word("short", "zz"), dim}
		}
		return cell{d.word("short", string(r.State)), dim}
	}},
	{title: "", width: 5, drop: 4, cell: func(d *deck, r model.Reply) cell {
		switch {
		case r.Blocked:
			return cell{d.word("short", "block"), dim}
		case r.OptOut != "":
			return cell{d.word("short", "stop?"), warn}
		}
		return cell{}
	}},
	{title: "who", width: 5, drop: 3, cell: func(d *deck, r model.Reply) cell {
		switch r.ClaimedBy {
		case "":
			if names := readersOf(d, r.ID); len(names) > 0 {
				return cell{"~" + names[0], dim}
			}
			return cell{}
		case d.Operator:
			return cell{d.word("short", "you"), good}
		}
		return cell{r.ClaimedBy, warn}
	}},
	{title: "", width: 1, drop: 5, cell: func(_ *deck, r model.Reply) cell {
		if r.Unread {
			return cell{"*", accent}
		}
		return cell{}
	}},
	{title: "phone", width: 17, cell: func(d *deck, r model.Reply) cell { return cell{d.phone(r.Phone), plain} }},
	{title: "campaign", width: 12, grow: 1, drop: 6, cell: func(_ *deck, r model.Reply) cell {
		return cell{cmp.Or(r.CampaignName, r.CampaignRef, "—"), dim}
	}},
	{title: "account", width: 8, drop: 8, cell: func(_ *deck, r model.Reply) cell { return cell{r.Account, dim} }},
	{title: "labels", width: 10, drop: 7, cell: func(_ *deck, r model.Reply) cell {
		return cell{strings.Join(r.Labels, " "), dim}
	}},
	{title: "text", width: 26, grow: 4, cell: func(_ *deck, r model.Reply) cell { return cell{r.Text, plain} }},
}

// open gives the reply whose thread is on screen.
func (s *replies) open() model.ReplyID {
	if !s.reading && !s.tall || len(s.grid.rows) == 0 {
		return 0
	}
	return s.thread.Reply.ID
}

// readersOf names the colleagues who have a reply open.
func readersOf(d *deck, id model.ReplyID) []string {
	var names []string
	for _, r := range d.overview.Readers {
		if r.Reply == id {
			names = append(names, r.Operator)
		}
	}
	return names
}

// readerWords say who has a reply open, "" when nobody else has.
func readerWords(d *deck, id model.ReplyID) string {
	switch names := readersOf(d, id); len(names) {
	case 0:
		return ""
	case 1:
		return d.tr("%s is reading", names[0])
	default:
		return d.tr("%s are reading", strings.Join(names, ", "))
	}
}

// surround asks for what surrounds the reply under the cursor.
func (s *replies) surround() tea.Cmd {
	r, ok := s.grid.current()
	if !ok {
		s.threads.forget()
		s.thread, s.reading = model.Thread{}, false
		return nil
	}
	if r.ID != s.thread.Reply.ID {
		s.thread, s.scroll = model.Thread{Reply: r}, 0
	}
	s.thread.Reply = r
	store := s.d.Store
	return ask(s.d, &s.threads, func(ctx context.Context) (model.Thread, error) { return store.Thread(ctx, r.ID) },
		func(t model.Thread, err error) tea.Cmd {
			if err != nil {
				return s.d.fail(model.Errorf("the reply could not be read whole: %w", err))
			}
			s.thread = t
			return nil
		})
}

func (s *replies) changed(topics []model.Topic) tea.Cmd {
	if slices.Contains(topics, model.TopicBlacklist) && !slices.Contains(topics, model.TopicReplies) {
		topics = append(topics, model.TopicReplies)
	}
	return s.list.changed(topics)
}

// whyNotAnswer tells why the reply under the cursor cannot be answered, "" when it can.
func (s *replies) whyNotAnswer() string {
	r, _ := s.grid.current()
	switch routes, why := routesFor(s.d, r.Account); {
	case len(s.grid.marks) > 0:
		return s.d.tr("an answer goes to one person; Esc takes the marks off")
	case r.Blocked:
		return s.d.tr("the phone is on the blacklist")
	case len(routes) == 0:
		return why
	}
	return ""
}

// counting keeps the countdown of an answer moving.
func (s *replies) counting() bool { return s.leaving.left(s.d.now) > 0 }

func (s *replies) back() (tea.Cmd, bool) {
	if s.reading {
		s.reading = false
		return nil, true
	}
	return s.list.back()
}

// chosen gives the replies an action is for: the marked ones, oldest first, or the one under the
// cursor.
func (s *replies) chosen() ([]model.Reply, []model.ReplyID) {
	all := s.grid.chosen()
	slices.SortFunc(all, func(a, b model.Reply) int { return a.ReceivedAt.Compare(b.ReceivedAt) })
	ids := make([]model.ReplyID, len(all))
	for i, r := range all {
		ids[i] = r.ID
	}
	return all, ids
}

// leave takes replies out of the queue on screen at once, or goes to the next row where they stay
// in the list. The store's answer then shows what is true.
func (s *replies) leave(ids []model.ReplyID, state model.ReplyState) {
	f := s.request().Filter
	if leaves(f, state) {
		gone := make(map[string]bool, len(ids))
		for _, id := range ids {
			gone[id.String()] = true
		}
		s.grid.remove(gone)
		s.page.forget() // what is being read still has them
		if s.matching.Known {
			s.matching.N = max(0, s.matching.N-int64(len(ids)))
		}
		return
	}
	if len(s.grid.marks) == 0 {
		s.grid.move(1)
	}
	clear(s.grid.marks)
}

// settled ends an intent: what it did in words, and the list as it is now.
func (s *replies) settled(sentence string) func(error) tea.Cmd {
	return func(err error) tea.Cmd {
		if err != nil {
			s.matchingAt = time.Time{}
			return tea.Batch(s.d.fail(err), s.again())
		}
		return tea.Batch(s.d.say(sentence), s.again())
	}
}

// click is for the list only: a reply that takes the whole screen has no rows.
func (s *replies) click(y int) tea.Cmd {
	if s.reading {
		return nil
	}
	return s.list.click(y)
}
