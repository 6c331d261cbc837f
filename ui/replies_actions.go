package ui

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"viberdeck/model"
)

// named gives the phones of replies for a dialog: the first ones, and how many more.
func named(d *deck, replies []model.Reply) []string {
	const most = 8
	var lines []string
	for i, r := range replies {
		if i == most {
			return append(lines, "  "+d.tr("and %s more", count(int64(len(replies)-most))))
		}
		lines = append(lines, "  "+d.phone(r.Phone)+"  "+clip(d.discreet(r.Text), 40))
	}
	return lines
}

// others gives the names of colleagues who have taken some of the replies.
func (s *replies) others(chosen []model.Reply) []string {
	var names []string
	for _, r := range chosen {
		if r.ClaimedBy != "" && r.ClaimedBy != s.d.Operator && !slices.Contains(names, r.ClaimedBy) {
			names = append(names, r.ClaimedBy)
		}
	}
	return names
}

// guarded asks the question first when a colleague has taken some of the replies, or when there are
// many of them.
func (s *replies) guarded(question string, chosen []model.Reply, yes func() tea.Cmd) tea.Cmd {
	if names := s.others(chosen); len(names) > 0 {
		s.d.open(newConfirm(s.d, question, append([]string{s.d.tr("%s took some of these:", strings.Join(names, ", "))},
			named(s.d, chosen)...), "", "", yes))
		return nil
	}
	if len(chosen) > 1 {
		s.d.open(newConfirm(s.d, question, named(s.d, chosen), "", "", yes))
		return nil
	}
	return yes()
}

func (s *replies) done() tea.Cmd {
	chosen, ids := s.chosen()
	if all(chosen, model.ReplyDone) {
		return s.setState(ids, model.ReplyOpen, time.Time{}, s.d.tr("%s open again; u takes it back", s.number(ids)))
	}
	return s.guarded(s.d.tr("Done with %s?", s.number(ids)), chosen, func() tea.Cmd {
		return s.setState(ids, model.ReplyDone, time.Time{}, s.d.tr("%s done; u takes it back", s.number(ids)))
	})
}

// all tells whether every reply is in a state.
func all(replies []model.Reply, state model.ReplyState) bool {
	return !slices.ContainsFunc(replies, func(r model.Reply) bool { return r.State != state })
}

// number counts replies in words.
func (s *replies) number(ids []model.ReplyID) string {
	return s.d.plural(int64(len(ids)), "reply", "replies")
}

// setState puts replies into a state and tells the sentence when that is done.
func (s *replies) setState(ids []model.ReplyID, state model.ReplyState, until time.Time, sentence string) tea.Cmd {
	store, operator := s.d.Store, s.d.Operator
	s.leave(ids, state)
	return tea.Batch(s.surround(), act(s.d, func(ctx context.Context) error {
		return store.SetReplyState(ctx, operator, ids, state, until)
	},
		s.settled(sentence)))
}

func (s *replies) unread() tea.Cmd {
	_, ids := s.chosen()
	store, operator := s.d.Store, s.d.Operator
	return act(s.d, func(ctx context.Context) error { return store.SetUnread(ctx, operator, ids, true) },
		s.settled(s.d.tr("%s unread again", s.number(ids))))
}

// claim takes the chosen replies, or gives them back when all are the operator's already.
func (s *replies) claim() tea.Cmd {
	chosen, ids := s.chosen()
	take := slices.ContainsFunc(chosen, func(r model.Reply) bool { return r.ClaimedBy != s.d.Operator })
	store, operator, session := s.d.Store, s.d.Operator, s.d.Session
	return ask(s.d, new(slot), func(ctx context.Context) (int, error) {
		return store.Claim(ctx, operator, session, ids, take)
	},
		func(others int, err error) tea.Cmd {
			n := s.d.plural(int64(len(ids)-others), "reply", "replies")
			switch {
			case take && others > 0:
				return s.settled(s.d.tr("%s taken: the others see your name; %s a colleague has", n,
					count(int64(others))))(err)
			case take:
				return s.settled(s.d.tr("%s taken: the others see your name", n))(err)
			case others > 0:
				return s.settled(s.d.tr("%s given back; %s a colleague has", n, count(int64(others))))(err)
			}
			return s.settled(s.d.tr("%s given back", n))(err)
		})
}

// optOut names the phones that will be blocked, and blocks them after a yes.
func (s *replies) optOut() tea.Cmd {
	chosen, ids := s.chosen()
	var phones []model.Phone
	for _, r := range chosen {
		if !slices.Contains(phones, r.Phone) {
			phones = append(phones, r.Phone)
		}
	}
	number := s.d.plural(int64(len(phones)), "phone", "phones")
	lines := []string{s.d.tr("No vendor will be used any more for %s:", number)}
	lines = append(lines, named(s.d, chosen)...)
	if words := chosen[0].OptOut; len(chosen) == 1 && words != "" {
		lines = append(lines, s.d.tr("It looks like an opt-out: “%s”.", model.SanitiseLine(s.d.discreet(words))))
	}
	lines = append(lines, s.d.tr("u takes it back as long as no vendor was told."))
	yes := func() tea.Cmd {
		store, operator := s.d.Store, s.d.Operator
		s.leave(ids, model.ReplyDone)
		return tea.Batch(s.surround(), act(s.d, func(ctx context.Context) error {
			return store.OptOut(ctx, operator, ids)
		},
			s.settled(s.d.tr("%s blocked everywhere; u takes it back", number))))
	}
	want, what := "", ""
	if len(phones) > 1 {
		want, what = fmt.Sprint(len(phones)), s.d.tr("the number of phones")
	}
	s.d.open(newConfirm(s.d, s.d.tr("Block %s?", number), lines, want, what, yes))
	return nil
}

// snooze asks until when.
func (s *replies) snooze() tea.Cmd {
	chosen, ids := s.chosen()
	now := s.d.now.In(s.d.Zone)
	morning := time.Date(now.Year(), now.Month(), now.Day()+1, 9, 0, 0, 0, s.d.Zone)
	monday := morning
	for monday.Weekday() != time.Monday {
		monday = monday.AddDate(0, 0, 1)
	}
	times := []time.Time{s.d.now.Add(time.Hour), s.d.now.Add(3 * time.Hour), morning, monday}
	choices := []choice{{name: s.d.tr("1 hour")}, {name: s.d.tr("3 hours")}, {name: s.d.tr("tomorrow 9:00")},
		{name: s.d.tr("Monday 9:00")}, {name: s.d.tr("another time…")}}
	for i, t := range times {
		choices[i].note = s.d.onDay(t)
	}
	until := func(t time.Time) tea.Cmd {
		return s.setState(ids, model.ReplySnoozed, t,
			s.d.tr("%s put off until %s; u takes it back", s.number(ids), s.d.onDay(t)))
	}
	if all(chosen, model.ReplySnoozed) {
		choices = append(choices, choice{name: s.d.tr("no longer: open again")})
	}
	s.d.open(newPicker(s.d, s.d.tr("Put off until"), choices, false, func(i int, _ string) tea.Cmd {
		if i > len(times) {
			return s.setState(ids, model.ReplyOpen, time.Time{},
				s.d.tr("%s open again; u takes it back", s.number(ids)))
		}
		if i < len(times) {
			return until(times[i])
		}
		s.d.open(newPrompt(s.d, s.d.tr("Put off until"), s.d.tr("15:30, tomorrow 9:00, 2026-12-01 09:00, 90m or 3d"),
			nil, func(text string) (tea.Cmd, error) {
				t, err := s.d.parseTime(text)
				if err != nil {
					return nil, err
				}
				return until(t), nil
			}))
		return nil
	}))
	return nil
}

// openNote asks for a note about a reply; text is what was written of it before.
func (s *replies) openNote(r model.Reply, text string, open func(dialog)) {
	store, operator := s.d.Store, s.d.Operator
	p := newPrompt(s.d, s.d.tr("Note for colleagues"), "",
		[]string{s.d.tr("About %s. It stays on this host.", s.d.phone(r.Phone))},
		func(text string) (tea.Cmd, error) {
			if text = strings.TrimSpace(model.Sanitise(text)); text == "" {
				return nil, model.Invalid("note", "write something, or press Esc")
			}
			return act(s.d, func(ctx context.Context) error { return store.AddNote(ctx, operator, r.ID, text) },
				s.settled(s.d.tr("noted"))), nil
		})
	p.input.SetValue(text)
	s.under = underway{Action: actNote, Reply: int64(r.ID), dialog: p, typed: func() string { return p.input.Value() }}
	open(p)
}

// openLabels puts a label on all chosen replies, or takes it off when all have it; text is what was
// typed of its name before.
func (s *replies) openLabels(text string, open func(dialog)) {
	at, _ := s.grid.current()
	chosen, ids := s.chosen()
	used := map[string]int{}
	for _, r := range s.grid.rows {
		for _, l := range r.item.Labels {
			used[l] += 0
		}
	}
	for _, r := range chosen {
		for _, l := range r.Labels {
			used[l]++
		}
	}
	var names []string
	for l := range used {
		names = append(names, l)
	}
	slices.Sort(names)
	choices := make([]choice, len(names))
	for i, l := range names {
		if choices[i] = (choice{name: l}); used[l] == len(chosen) {
			choices[i].note = s.d.tr("takes it off")
		}
	}
	store, operator := s.d.Store, s.d.Operator
	p := newPicker(s.d, s.d.tr("Label"), choices, true, func(i int, text string) tea.Cmd {
		name, on := strings.TrimSpace(model.SanitiseLine(text)), true
		if i >= 0 {
			name, on = names[i], used[names[i]] < len(chosen)
		}
		if name == "" {
			return nil
		}
		sentence := s.d.tr("label %s on %s", name, s.number(ids))
		if !on {
			sentence = s.d.tr("label %s off %s", name, s.number(ids))
		}
		return act(s.d, func(ctx context.Context) error { return store.Label(ctx, operator, ids, name, on) },
			s.settled(sentence))
	})
	p.input.SetValue(text)
	p.search()
	s.under = underway{Action: actLabel, Reply: int64(at.ID), dialog: p,
		typed: func() string { return p.input.Value() }}
	open(p)
}

func (s *replies) copy() tea.Cmd {
	chosen, _ := s.chosen()
	phones := make([]string, len(chosen))
	for i, r := range chosen {
		phones[i] = r.Phone.String()
	}
	return s.d.copiedPeople(phones)
}

// recallAnswer calls back the answer that waits, and opens the box with its text.
func (s *replies) recallAnswer() tea.Cmd {
	d, l := s.d, s.leaving
	store, operator := d.Store, d.Operator
	return act(d, func(ctx context.Context) error { return store.Recall(ctx, operator, l.campaign) },
		func(err error) tea.Cmd {
			if err != nil {
				return d.fail(err)
			}
			s.leaving = leaving{}
			return tea.Batch(d.say(d.tr("recalled: nothing was sent")),
				openAnswer(d, &s.leaving, l.reply, l.text, d.open))
		})
}
