// Package replies is the queue of incoming replies: list, thread, triage and answers.
package replies

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"viberdeck/model"
	"viberdeck/ui/kit"
	"viberdeck/ui/lang"
	"viberdeck/ui/term"
)

// Actions of Replies.
const (
	actDone         kit.Action = "done"
	actUnread       kit.Action = "mark unread"
	actClaim        kit.Action = "claim"
	actOptOut       kit.Action = "opt-out"
	actSnooze       kit.Action = "snooze"
	actNote         kit.Action = "note"
	actLabel        kit.Action = "label"
	actAnswer       kit.Action = "answer"
	actMacro        kit.Action = "macro"
	actRecallAnswer kit.Action = "recall the answer"
)

// Replies is the queue of incoming replies.
type Replies struct {
	kit.ListScreen[model.Reply]
	thread    model.Thread
	known     model.Reply // the reply of the thread as last seen
	lately    []lately    // what colleagues did with it while it was open
	threads   kit.Slot
	reading   bool           // the thread fills the screen
	tall      bool           // there is room for the thread beside or below the list
	apart     bool           // and to set their messages and ours apart in it
	pager     kit.Pager      // of the whole conversation
	opted     []model.Phone  // whose opt-outs were last accepted here
	under     underway       // the dialog of this screen that was opened last
	returning *repliesMemory // what to restore once the list has been read
}

// NewReplies makes the queue of replies.
func NewReplies(d *kit.Deck) *Replies {
	s := &Replies{pager: kit.Pager{ByPages: true}}
	s.List = kit.NewList(d, model.ReplyRows(),
		func(r model.Reply) string { return r.ID.String() }, s.columns())
	s.Home = "is:open"
	s.Filter, s.Natural, s.Orders = s.Home, "oldest first", replyOrders()
	s.Empty = "The queue is empty: nobody waits for an answer."
	s.Incomplete = func() string { return notRead(d) }
	s.Tabbed, s.Views.Queues = true, replyQueues()
	s.ChangeOf, s.Differs = s.fate, s.differs
	s.Moved = func() tea.Cmd { return tea.Batch(s.resume(), s.surround()) }
	s.Extra = func() string {
		if soon := s.recallCountdown(); soon != "" {
			return soon
		}
		if n := d.Overview.UnreadReplies; n > 0 {
			return d.Tr("%s unread", lang.Count(n))
		}
		return ""
	}
	s.Tables = s.allKeys()
	return s
}

// replyQueues returns the parts of the inbox in the order of their tabs.
func replyQueues() []kit.Queue {
	return []kit.Queue{
		{Name: "open", Filter: "is:open"},
		{Name: "unread", Filter: "is:unread", Drop: 1},
		{Name: "mine", Filter: "is:mine", Drop: 2},
		{Name: "opt-outs?", Filter: "is:open is:optout", Drop: 3},
		{Name: "snoozed", Filter: "is:snoozed", Drop: 4},
		{Name: "done today", Filter: "done:today", Drop: 5},
	}
}

// fresh is the age up to which an open reply is not yet highlighted.
const fresh = time.Hour

func (s *Replies) columns() []kit.Column[model.Reply] {
	return []kit.Column[model.Reply]{
		{Title: "phone", Width: 17, Cell: func(d *kit.Deck, r model.Reply) kit.Cell {
			return kit.Cell{Text: d.Phone(r.Phone), Tone: term.Plain}
		}},
		{Title: "waits", Width: 6, Cell: s.waitingCell},
		{Title: "stop", Width: 5, Drop: 3, Cell: func(d *kit.Deck, r model.Reply) kit.Cell {
			switch {
			case r.Blocked:
				return kit.Cell{Text: d.Word("short", "block"), Tone: term.Dim}
			case r.OptOut != "":
				return kit.Cell{Text: d.Word("short", "stop?"), Tone: term.Warn}
			}
			return kit.Cell{}
		}},
		{Title: "who", Width: 5, Drop: 2, Cell: ownerCell},
		{Title: "new", Width: 3, Drop: 4, Cell: func(_ *kit.Deck, r model.Reply) kit.Cell {
			switch {
			case r.AnsweredBy != "":
				return kit.Cell{Text: "→", Tone: term.Good}
			case r.Unread:
				return kit.Cell{Text: "*", Tone: term.Accent}
			}
			return kit.Cell{}
		}},
		{Title: "campaign", Width: 12, Grow: 1, Drop: 5, Cell: func(_ *kit.Deck, r model.Reply) kit.Cell {
			return kit.Cell{Text: cmp.Or(r.CampaignName, r.CampaignRef, "—"), Tone: term.Dim}
		}},
		{Title: "account", Width: 8, Drop: 8, Cell: func(_ *kit.Deck, r model.Reply) kit.Cell {
			return kit.Cell{Text: r.Account, Tone: term.Dim}
		}},
		{Title: "labels", Width: 10, Drop: 9, Cell: func(_ *kit.Deck, r model.Reply) kit.Cell {
			return kit.Cell{Text: strings.Join(r.Labels, " "), Tone: term.Dim}
		}},
		{Title: "text", Width: 24, Want: 34, Grow: 4, Cell: func(d *kit.Deck, r model.Reply) kit.Cell {
			return kit.Cell{Text: d.Text(model.ReplyBody(r.Text)), Tone: term.Plain}
		}},
	}
}

// waitingCell says how long a reply has been waiting, or that it is not.
func (s *Replies) waitingCell(d *kit.Deck, r model.Reply) kit.Cell {
	switch {
	case r.State == model.ReplySnoozed:
		return kit.Cell{Text: d.Word("short", "zz"), Tone: term.Dim}
	case r.State != model.ReplyOpen:
		return kit.Cell{Text: d.Word("short", string(r.State)), Tone: term.Dim}
	}
	return s.waited(d, r)
}

// waited says how long an open reply has been waiting, with a sign past the limit.
func (s *Replies) waited(d *kit.Deck, r model.Reply) kit.Cell {
	age := d.Now.Sub(r.ReceivedAt)
	switch {
	case d.Patience.In(s.CurrentView()).Long(r.Account, age):
		return kit.Cell{Text: d.Age(r.ReceivedAt) + "!", Tone: term.Warn}
	case age < fresh:
		return kit.Cell{Text: d.Age(r.ReceivedAt), Tone: term.Dim}
	}
	return kit.Cell{Text: d.Age(r.ReceivedAt), Tone: term.Plain}
}

// ownerCell names who has claimed a reply, or else who is reading it or has answered it.
func ownerCell(d *kit.Deck, r model.Reply) kit.Cell {
	switch r.ClaimedBy {
	case "":
		if names := readersOf(d, r.ID); len(names) > 0 {
			return kit.Cell{Text: "~" + names[0], Tone: term.Dim}
		}
		return kit.Cell{Text: r.AnsweredBy, Tone: term.Dim}
	case d.Operator:
		return kit.Cell{Text: d.Word("short", "you"), Tone: term.Good}
	}
	return kit.Cell{Text: r.ClaimedBy, Tone: term.Warn}
}

func replyOrders() []kit.Order {
	return []kit.Order{
		{By: "received_at", Title: "arrival"},
		{By: "phone", Ascending: true},
		{By: "campaign", Ascending: true},
		{By: "state", Ascending: true},
		{By: "account", Ascending: true},
	}
}

// Open returns the reply whose thread is on screen.
func (s *Replies) Open() model.ReplyID {
	if !s.reading && !s.tall || len(s.Grid.Rows) == 0 {
		return 0
	}
	return s.thread.Reply.ID
}

// readersOf names the colleagues who have a reply open.
func readersOf(d *kit.Deck, id model.ReplyID) []string {
	var names []string
	for _, r := range d.Overview.Readers {
		if r.Reply == id {
			names = append(names, r.Operator)
		}
	}
	return names
}

// readerWords say who has a reply open, "" if no one else has.
func readerWords(d *kit.Deck, id model.ReplyID) string {
	switch names := readersOf(d, id); len(names) {
	case 0:
		return ""
	case 1:
		return d.Tr("%s is reading", names[0])
	default:
		return d.Tr("%s are reading", strings.Join(names, ", "))
	}
}

// surround requests the data around the reply under the cursor.
func (s *Replies) surround() tea.Cmd {
	r, ok := s.Grid.Current()
	if !ok {
		s.threads.Forget()
		s.thread, s.reading = model.Thread{}, false
		return nil
	}
	if r.ID != s.thread.Reply.ID {
		s.thread, s.pager.Top, s.known, s.lately = model.Thread{Reply: r}, atReply, r, nil
	}
	s.thread.Reply = r
	store := s.D.Store
	return kit.Ask(s.D, &s.threads, func(ctx context.Context) (model.Thread, error) { return store.Thread(ctx, r.ID) },
		func(t model.Thread, err error) tea.Cmd {
			if err != nil {
				return s.D.Fail(model.Errorf("the reply could not be read whole: %w", err))
			}
			s.thread = t
			s.notice(t.Reply)
			return nil
		})
}

// Changed reads again what has changed.
func (s *Replies) Changed(topics []model.Topic) tea.Cmd {
	if slices.Contains(topics, model.TopicBlacklist) && !slices.Contains(topics, model.TopicReplies) {
		topics = append(topics, model.TopicReplies)
	}
	read := s.List.Changed(topics)
	if read == nil && len(s.thread.Answers) > 0 && (slices.Contains(topics, model.TopicCampaigns) ||
		slices.Contains(topics, model.TopicRecipients)) {
		return s.surround() // an answer has left, or arrived
	}
	return read
}

// whyNotAnswer says why the reply under the cursor cannot be answered, "" if it can.
func (s *Replies) whyNotAnswer() string {
	r, _ := s.Grid.Current()
	switch routes, why := routesFor(s.D, r.Account); {
	case len(s.Grid.Marks) > 0:
		return s.D.Tr("an answer goes to one person; Esc takes the marks off")
	case r.Blocked:
		return s.D.Tr("the phone is on the blacklist")
	case len(routes) == 0:
		return why
	}
	return ""
}

// Counting keeps the countdown of an answer running.
func (s *Replies) Counting() bool {
	return slices.ContainsFunc(s.D.Overview.Recallable,
		func(a model.Answer) bool { return a.State == model.CampaignHeld && a.HoldUntil.After(s.D.Now) })
}

// Back goes one level up; it returns false at the top level.
func (s *Replies) Back() (tea.Cmd, bool) {
	if s.reading {
		s.reading = false
		return nil, true
	}
	return s.List.Back()
}

// chosen returns the replies for an action: the marked ones, oldest first, or the one under the
// cursor.
func (s *Replies) chosen() ([]model.Reply, []model.ReplyID) {
	all := s.Grid.Chosen()
	slices.SortFunc(all, func(a, b model.Reply) int { return a.ReceivedAt.Compare(b.ReceivedAt) })
	ids := make([]model.ReplyID, len(all))
	for i, r := range all {
		ids[i] = r.ID
	}
	return all, ids
}

// leave removes replies from the queue on screen at once, or goes to the next row if they stay in
// the list. The store's answer then shows the actual state.
func (s *Replies) leave(ids []model.ReplyID, state model.ReplyState) {
	if s.leaves(state) {
		s.Leave(rowsOf(ids)...)
		return
	}
	s.Changing(rowsOf(ids)...)
	if len(s.Grid.Marks) == 0 {
		s.Grid.Move(1)
	}
	clear(s.Grid.Marks)
}

// ahead shows the next reply while the key that finishes this one waits, unless it asks a question.
func (s *Replies) ahead() (show tea.Cmd, back func(do bool) (tea.Cmd, bool)) {
	r, ok := s.Grid.Current()
	if !ok || r.State == model.ReplyDone || !s.leaves(model.ReplyDone) ||
		len(s.others([]model.Reply{r})) > 0 {
		return nil, nil
	}
	stood := s.PeekNext()
	if stood == nil {
		return nil, nil
	}
	return s.surround(), func(do bool) (tea.Cmd, bool) {
		switch there := stood(); {
		case !there:
			return s.D.Say(s.D.Tr("nothing changed: a colleague was quicker")), false
		case !do:
			return s.surround(), true
		}
		return nil, true
	}
}

// aheadOfOptOut is ahead for the key that accepts an opt-out; it asks about a reply that is none.
func (s *Replies) aheadOfOptOut() (show tea.Cmd, back func(do bool) (tea.Cmd, bool)) {
	if r, ok := s.Grid.Current(); ok && r.OptOut == "" {
		return nil, nil
	}
	return s.ahead()
}

// leaves reports whether the list excludes replies of that state.
func (s *Replies) leaves(state model.ReplyState) bool {
	q, err := s.Request()
	return err == nil && kit.Excludes(q.Filter, state)
}

// rowsOf returns the row ids of replies.
func rowsOf(ids []model.ReplyID) []string {
	all := make([]string, len(ids))
	for i, id := range ids {
		all[i] = id.String()
	}
	return all
}

// fate says what happened to a reply that is no longer in the list.
func (s *Replies) fate(ctx context.Context, r model.Reply) (kit.RowChange[model.Reply], error) {
	t, err := s.D.Store.Thread(ctx, r.ID)
	if err != nil {
		return kit.RowChange[model.Reply]{}, err
	}
	now := t.Reply
	f := kit.RowChange[model.Reply]{Item: now}
	switch {
	case now.Blocked && !r.Blocked && now.DoneBy != "":
		f.What = model.Say("%s accepted the opt-out", now.DoneBy)
	case now.AnsweredBy != "" && now.LastAnswer != r.LastAnswer:
		f.What = model.Say("answered by %s", now.AnsweredBy)
	case now.State == model.ReplyDone && now.DoneBy != "":
		f.What = model.Say("done by %s", now.DoneBy)
	case now.State == model.ReplyDone:
		f.What = model.Say("done meanwhile")
	case now.State == model.ReplySnoozed:
		f.What = model.Say("snoozed meanwhile")
	case now.ClaimedBy != r.ClaimedBy && now.ClaimedBy != "":
		f.What = model.Say("claimed by %s", now.ClaimedBy)
	}
	return f, nil
}

// differs reports whether someone else did something to a reply.
func (s *Replies) differs(was, now model.Reply) bool {
	own := now.Blocked && slices.Contains(s.opted, now.Phone)
	blocked := was.Blocked != now.Blocked && !own
	return was.State != now.State || blocked || was.LastAnswer != now.LastAnswer ||
		was.ClaimedBy != now.ClaimedBy && now.ClaimedBy != "" && now.ClaimedBy != s.D.Operator
}

// finished ends an intent: it shows what was done in words, and reads the list again.
func (s *Replies) finished(sentence string) func(error) tea.Cmd {
	return func(err error) tea.Cmd {
		if err != nil {
			s.MatchingAt = time.Time{}
			return tea.Batch(s.D.Fail(err), s.Again())
		}
		return tea.Batch(s.D.Say(sentence), s.Again())
	}
}

// Click applies only to the list: a reply that fills the screen has no rows.
func (s *Replies) Click(y int) tea.Cmd {
	if s.reading {
		return nil
	}
	return s.List.Click(y)
}

// notRead says which accounts may hold replies that have not been read from them, "" if all that
// can deliver replies have been read.
func notRead(d *kit.Deck) string {
	var names []string
	for _, h := range d.Overview.Accounts {
		caps, ok := d.Capabilities(h.Account)
		if ok && caps.Can(model.ActReplies) && (!h.Known || !h.Online || h.SyncedAt.IsZero()) {
			names = append(names, h.Account)
		}
	}
	if len(names) == 0 {
		return ""
	}
	return d.Tr("No reply is known to wait, but not all could be read: %s.", strings.Join(names, ", "))
}
