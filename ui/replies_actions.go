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
			return append(lines, fmt.Sprintf("  and %s more", count(int64(len(replies)-most))))
		}
		lines = append(lines, "  "+d.phone(r.Phone)+"  "+clip(r.Text, 40))
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

// guarded asks first when a colleague has taken some of the replies, or when there are many of them.
func (s *replies) guarded(what string, chosen []model.Reply, yes func() tea.Cmd) tea.Cmd {
	if names := s.others(chosen); len(names) > 0 {
		s.d.open(newConfirm(s.d, what+" "+s.d.plural(int64(len(chosen)), "reply", "replies")+"?",
			append([]string{strings.Join(names, ", ") + " took some of these:"}, named(s.d, chosen)...), "", "", yes))
		return nil
	}
	if len(chosen) > 1 {
		s.d.open(newConfirm(s.d, what+" "+s.d.plural(int64(len(chosen)), "reply", "replies")+"?", named(s.d, chosen), "", "", yes))
		return nil
	}
	return yes()
}

func (s *replies) done() tea.Cmd {
	chosen, ids := s.chosen()
	return s.guarded("Done with", chosen, func() tea.Cmd { return s.setState(ids, model.ReplyDone, time.Time{}, "done") })
}

func (s *replies) setState(ids []model.ReplyID, state model.ReplyState, until time.Time, word string) tea.Cmd {
	store, operator := s.d.Store, s.d.Operator
	s.leave(ids, state)
	return tea.Batch(s.surround(), act(s.d, func(ctx context.Context) error { return store.SetReplyState(ctx, operator, ids, state, until) },
		s.settled(s.d.plural(int64(len(ids)), "reply", "replies")+" "+word+"; u takes it back")))
}

func (s *replies) unread() tea.Cmd {
	_, ids := s.chosen()
	store, operator := s.d.Store, s.d.Operator
	return act(s.d, func(ctx context.Context) error { return store.SetUnread(ctx, operator, ids, true) },
		s.settled(s.d.plural(int64(len(ids)), "reply", "replies")+" unread again"))
}

// claim takes the chosen replies, or gives them back when all are the operator's already.
func (s *replies) claim() tea.Cmd {
	chosen, ids := s.chosen()
	take := slices.ContainsFunc(chosen, func(r model.Reply) bool { return r.ClaimedBy != s.d.Operator })
	store, operator, session := s.d.Store, s.d.Operator, s.d.Session
	return ask(s.d, new(slot), func(ctx context.Context) (int, error) { return store.Claim(ctx, operator, session, ids, take) },
		func(others int, err error) tea.Cmd {
			word := "taken: the others see your name"
			if !take {
				word = "given back"
			}
			sentence := s.d.plural(int64(len(ids)-others), "reply", "replies") + " " + word
			if others > 0 {
				sentence += fmt.Sprintf("; %d a colleague has", others)
			}
			return s.settled(sentence)(err)
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
	lines := []string{"No vendor will be used any more for " + s.d.plural(int64(len(phones)), "phone:", "phones:")}
	lines = append(lines, named(s.d, chosen)...)
	if words := chosen[0].OptOut; len(chosen) == 1 && words != "" {
		lines = append(lines, fmt.Sprintf("It looks like an opt-out: “%s”.", model.SanitiseLine(words)))
	}
	lines = append(lines, "u takes it back as long as no vendor was told.")
	yes := func() tea.Cmd {
		store, operator := s.d.Store, s.d.Operator
		s.leave(ids, model.ReplyDone)
		return tea.Batch(s.surround(), act(s.d, func(ctx context.Context) error { return store.OptOut(ctx, operator, ids) },
			s.settled(s.d.plural(int64(len(phones)), "phone", "phones")+" blocked everywhere; u takes it back")))
	}
	want, what := "", ""
	if len(phones) > 1 {
		want, what = fmt.Sprint(len(phones)), "the number of phones"
	}
	s.d.open(newConfirm(s.d, "Block "+s.d.plural(int64(len(phones)), "phone", "phones")+"?", lines, want, what, yes))
	return nil
}

// snooze asks until when.
func (s *replies) snooze() tea.Cmd {
	_, ids := s.chosen()
	now := s.d.now.In(s.d.Zone)
	morning := time.Date(now.Year(), now.Month(), now.Day()+1, 9, 0, 0, 0, s.d.Zone)
	monday := morning
	for monday.Weekday() != time.Monday {
		monday = monday.AddDate(0, 0, 1)
	}
	times := []time.Time{s.d.now.Add(time.Hour), s.d.now.Add(3 * time.Hour), morning, monday}
	choices := []choice{{name: "1 hour"}, {name: "3 hours"}, {name: "tomorrow 9:00"}, {name: "Monday 9:00"}, {name: "another time…"}}
	for i, t := range times {
		choices[i].note = t.In(s.d.Zone).Format("Mon 2 Jan 15:04")
	}
	until := func(t time.Time) tea.Cmd {
		return s.setState(ids, model.ReplySnoozed, t, "put off until "+t.In(s.d.Zone).Format("Mon 2 Jan 15:04"))
	}
	s.d.open(newPicker(s.d, "Put off until", choices, false, func(i int, _ string) tea.Cmd {
		if i < len(times) {
			return until(times[i])
		}
		s.d.open(newPrompt(s.d, "Put off until", "15:30, 2026-12-01 09:00, 90m or 3d", nil, func(text string) (tea.Cmd, error) {
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

func (s *replies) note() tea.Cmd {
	r, _ := s.grid.current()
	store, operator := s.d.Store, s.d.Operator
	s.d.open(newPrompt(s.d, "Note for colleagues", "", []string{"About " + s.d.phone(r.Phone) + ". It stays on this host."},
		func(text string) (tea.Cmd, error) {
			if text = strings.TrimSpace(model.Sanitise(text)); text == "" {
				return nil, model.Invalid("note", "write something, or press Esc")
			}
			return act(s.d, func(ctx context.Context) error { return store.AddNote(ctx, operator, r.ID, text) }, s.settled("noted")), nil
		}))
	return nil
}

// label puts a label on all chosen replies, or takes it off when all have it.
func (s *replies) label() tea.Cmd {
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
			choices[i].note = "takes it off"
		}
	}
	store, operator := s.d.Store, s.d.Operator
	s.d.open(newPicker(s.d, "Label", choices, true, func(i int, text string) tea.Cmd {
		name, on := strings.TrimSpace(model.SanitiseLine(text)), true
		if i >= 0 {
			name, on = names[i], used[names[i]] < len(chosen)
		}
		if name == "" {
			return nil
		}
		word := "label " + name + " on "
		if !on {
			word = "label " + name + " off "
		}
		return act(s.d, func(ctx context.Context) error { return store.Label(ctx, operator, ids, name, on) },
			s.settled(word+s.d.plural(int64(len(ids)), "reply", "replies")))
	}))
	return nil
}

func (s *replies) copy() tea.Cmd {
	chosen, _ := s.chosen()
	phones := make([]string, len(chosen))
	for i, r := range chosen {
		phones[i] = r.Phone.String()
	}
	return s.d.copiedPeople(phones)
}
