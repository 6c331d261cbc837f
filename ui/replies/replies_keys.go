package replies

import (
	tea "charm.land/bubbletea/v2"

	"viberdeck/model"
	"viberdeck/ui/compose"
	"viberdeck/ui/kit"
	"viberdeck/ui/person"
)

// allKeys returns the tables of Replies. While a reply fills the screen, the keys of the list
// scroll its text, except those that go to the reply beside it.
func (s *Replies) allKeys() [][]kit.Binding {
	list := s.ListKeys()
	for _, b := range s.pager.Keys() {
		if b.Action == kit.ActUp || b.Action == kit.ActDown { // they go to another reply
			continue
		}
		list = kit.Instead(list, b.Action, func(own func() tea.Cmd) tea.Cmd {
			if s.reading {
				return b.Do()
			}
			return own()
		})
	}
	list = kit.Instead(list, kit.ActFilter, func(own func() tea.Cmd) tea.Cmd { // its line belongs to the list
		s.reading = false
		return own()
	})
	marks := s.MarkKeys()
	marks[0].Why = s.unless(func(model.Reply) string { return s.WhyNotMark() })
	return [][]kit.Binding{s.ownKeys(), s.QueueKeys(), marks, s.SortKeys(), list}
}

func (s *Replies) ownKeys() []kit.Binding {
	return []kit.Binding{
		{Action: actDone, Wants: model.IntentTriage, Changes: true, Keys: []string{"d"}, Short: "done", Outgoing: true,
			Do:    s.done,
			Ahead: s.ahead,
			Why:   s.unless(nil),
			Help:  "done: it leaves the queue and is marked read at the vendor; one that is done opens again"},
		{Action: actAnswer, Wants: model.IntentSend, Changes: true, Keys: []string{"a"}, Short: "answer",
			Outgoing: true, Dangerous: true,
			Help: "answer with a paid message to this person; wants the number 1 typed",
			Do:   s.On(func(r model.Reply) tea.Cmd { return s.openAnswer(r, s.D.Open) }),
			Why:  s.unless(func(model.Reply) string { return s.whyNotAnswer() })},
		{Action: actRecallAnswer, Wants: model.IntentStop, Keys: []string{"X"}, Short: "recall the answer",
			Outgoing: true,
			Help:     "recall the answer to this reply, or your last one, before it leaves; its text comes back",
			Do:       s.recallAnswer,
			Why:      s.whyNotUnsend},
		{Action: actClaim, Wants: model.IntentTriage, Changes: true, Keys: []string{"c"}, Short: "claim",
			Help: "take it for yourself, or give it back", Do: s.claim, Why: s.unless(nil)},
		{Action: actOptOut, Wants: model.IntentBlock, Changes: true, Keys: []string{"o"}, Short: "opt-out",
			Outgoing: true, Dangerous: true,
			Help: "accept a marked opt-out at once, u takes it back; block any other phone", Do: s.optOut,
			Ahead: s.aheadOfOptOut,
			Why:   s.unless(s.unlessMarked(s.whyNotOptOut))},
		{Action: actSnooze, Wants: model.IntentTriage, Changes: true, Keys: []string{"z"}, Short: "snooze",
			Help: "put it off until a time",
			Do:   s.snooze,
			With: s.snoozeFor, Takes: "2h",
			Why: s.unless(nil)},
		{Action: actUnread, Wants: model.IntentTriage, Changes: true, Keys: []string{"R"}, Help: "mark it unread again",
			Do:  s.unread,
			Why: s.unless(s.unlessMarked(s.whyNotUnread))},
		{Action: actNote, Wants: model.IntentTriage, Changes: true, Keys: []string{"n"},
			Help: "write a note; it never leaves this host",
			Do: s.On(func(r model.Reply) tea.Cmd {
				s.openNote(r, "", s.D.Open)
				return nil
			}), Why: s.unless(s.whyNotNote)},
		{Action: actLabel, Wants: model.IntentTriage, Changes: true, Keys: []string{"t"},
			Help: "put a label on it or take one off",
			Do: func() tea.Cmd {
				s.openLabels("", s.D.Open)
				return nil
			}, With: s.labelled, Takes: "vip", Why: s.unless(nil)},
		{Action: actMacro, Changes: true, Keys: []string{";"}, Outgoing: true,
			Help: "carry out a macro of the configuration; u takes all of it back", Do: s.showMacros,
			Why: s.unless(s.whyNotMacro)},
		compose.NewKey(s.D, ""),
		{Action: kit.ActPerson, Keys: []string{"p"}, Short: "history",
			Help: "everything that happened with this person, at all vendors",
			Do:   s.On(func(r model.Reply) tea.Cmd { return person.OpenPerson(s.D, r.Phone) }),
			Why:  s.unless(s.whyNoPhone)},
		{Action: kit.ActCopy, Keys: []string{"y"}, Help: "copy the phone to your own computer's clipboard", Do: s.copy,
			Why: s.unless(s.unlessMarked(s.whyNoPhone))},
		{Action: kit.ActOpen, Keys: []string{"enter"}, Help: "read it on the whole screen; Esc goes back",
			Do: func() tea.Cmd {
				s.reading, s.pager.Top = true, atReply
				return nil
			}, Why: s.unless(nil)},
	}
}

// unless returns why something cannot be done to the reply under the cursor: there must be one, and
// no reason against it.
func (s *Replies) unless(why func(model.Reply) string) func() string {
	return func() string {
		r, ok := s.Grid.Current()
		switch {
		case !ok:
			return s.D.Tr("there is no reply here")
		case why == nil:
			return ""
		}
		return why(r)
	}
}

// unlessMarked applies a reason against one reply only while no others are marked.
func (s *Replies) unlessMarked(why func(model.Reply) string) func(model.Reply) string {
	return func(r model.Reply) string {
		if len(s.Grid.Marks) > 0 {
			return ""
		}
		return why(r)
	}
}

// whyNotOptOut allows a marked opt-out to be accepted even for a person who is already blocked: the
// reply is then done, and a block that exists only at a vendor applies everywhere.
func (s *Replies) whyNotOptOut(r model.Reply) string {
	if r.Blocked && r.OptOut == "" {
		return s.D.Tr("the phone is on the blacklist already")
	}
	return s.whyNoPhone(r)
}

func (s *Replies) whyNotUnread(r model.Reply) string {
	if r.Unread {
		return s.D.Tr("it is unread already")
	}
	return ""
}

func (s *Replies) whyNotNote(model.Reply) string {
	if len(s.Grid.Marks) > 0 {
		return s.D.Tr("a note belongs to one reply; Esc takes the marks off")
	}
	return ""
}

func (s *Replies) whyNoPhone(r model.Reply) string {
	if r.Phone == 0 {
		return s.D.Tr("the vendor gave no phone")
	}
	return ""
}
