package ui

import (
	tea "charm.land/bubbletea/v2"

	"viberdeck/model"
)

// allKeys gives the tables of Replies. While a reply takes the whole screen, the keys of the list
// scroll it.
func (s *replies) allKeys() [][]binding {
	scroll := func(by int) func(func() tea.Cmd) tea.Cmd {
		return func(own func() tea.Cmd) tea.Cmd {
			if !s.reading {
				return own()
			}
			s.scroll = max(0, s.scroll+by)
			return nil
		}
	}
	list := instead(instead(s.listKeys(), actPageUp, scroll(-10)), actPageDown, scroll(10))
	list = instead(list, actFilter, func(own func() tea.Cmd) tea.Cmd { // its line belongs to the list
		s.reading = false
		return own()
	})
	marks := s.markKeys()
	marks[0].why = s.unless(nil)
	return [][]binding{s.ownKeys(), marks, s.sortKeys(), list}
}

func (s *replies) ownKeys() []binding {
	on := func(do func(model.Reply) tea.Cmd) func() tea.Cmd {
		return func() tea.Cmd {
			r, _ := s.grid.current()
			return do(r)
		}
	}
	return []binding{
		{action: actDone, keys: []string{"d"}, short: "done", outgoing: true, do: s.done, why: s.unless(nil),
			help: "done: it leaves the queue, and the vendor is told that it was read; what is done already opens again"},
		{action: actAnswer, keys: []string{"a"}, short: "answer", outgoing: true, dangerous: true,
			help: "answer with a paid message to this person; wants the number 1 typed",
			do:   on(func(r model.Reply) tea.Cmd { return openAnswer(s.d, &s.leaving, r, "", s.d.open) }),
			why:  s.unless(func(model.Reply, bool) string { return s.whyNotAnswer() })},
		{action: actUnsend, keys: []string{"X"}, short: "recall the answer", outgoing: true,
			help: "call back the answer that has not left yet; its text comes back", do: s.recallAnswer,
			why: s.whyNotUnsend},
		{action: actClaim, keys: []string{"c"}, short: "claim", help: "take it for yourself, or give it back",
			do: s.claim, why: s.unless(nil)},
		{action: actOptOut, keys: []string{"o"}, short: "opt-out", outgoing: true, dangerous: true,
			help: "accept the opt-out: block the phone at every vendor", do: s.optOut, why: s.unless(s.whyNotOptOut)},
		{action: actSnooze, keys: []string{"z"}, short: "snooze", help: "put it off until a time", do: s.snooze,
			why: s.unless(nil)},
		{action: actUnread, keys: []string{"R"}, help: "mark it unread again", do: s.unread,
			why: s.unless(s.whyNotUnread)},
		{action: actNote, keys: []string{"n"}, help: "write a note; it never leaves this host",
			do: on(func(r model.Reply) tea.Cmd {
				s.openNote(r, "", s.d.open)
				return nil
			}), why: s.unless(s.whyNotNote)},
		{action: actLabel, keys: []string{"t"}, help: "put a label on it or take one off", do: func() tea.Cmd {
			s.openLabels("", s.d.open)
			return nil
		}, why: s.unless(nil)},
		{action: actPerson, keys: []string{"p"}, short: "history",
			help: "everything that happened with this person, at all vendors",
			do:   on(func(r model.Reply) tea.Cmd { return openPerson(s.d, r.Phone) }),
			why:  s.unless(func(r model.Reply, _ bool) string { return s.whyNoPhone(r, true) })},
		{action: actCopy, keys: []string{"y"}, help: "copy the phone to your own computer's clipboard", do: s.copy,
			why: s.unless(s.whyNoPhone)},
		{action: actOpen, keys: []string{"enter"}, help: "read it on the whole screen; Esc goes back",
			do: func() tea.Cmd {
				s.reading, s.scroll = true, 0
				return nil
			}, why: s.unless(nil)},
	}
}

// unless gives why something cannot be done to the reply under the cursor: there must be one, and
// nothing else against it. One tells that no others are marked.
func (s *replies) unless(why func(r model.Reply, one bool) string) func() string {
	return func() string {
		r, ok := s.grid.current()
		switch {
		case !ok:
			return s.d.tr("there is no reply here")
		case why == nil:
			return ""
		}
		return why(r, len(s.grid.marks) == 0)
	}
}

func (s *replies) whyNotUnsend() string {
	if s.leaving.left(s.d.now) == 0 {
		return s.d.tr("no answer waits to leave")
	}
	return ""
}

func (s *replies) whyNotOptOut(r model.Reply, one bool) string {
	if one && r.Blocked {
		return s.d.tr("the phone is on the blacklist already")
	}
	return s.whyNoPhone(r, one)
}

func (s *replies) whyNotUnread(r model.Reply, one bool) string {
	if one && r.Unread {
		return s.d.tr("it is unread already")
	}
	return ""
}

func (s *replies) whyNotNote(_ model.Reply, one bool) string {
	if !one {
		return s.d.tr("a note belongs to one reply; Esc takes the marks off")
	}
	return ""
}

func (s *replies) whyNoPhone(r model.Reply, one bool) string {
	if one && r.Phone == 0 {
		return s.d.tr("the vendor gave no phone")
	}
	return ""
}
