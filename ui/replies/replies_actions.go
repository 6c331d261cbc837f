package replies

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"viberdeck/model"
	"viberdeck/ui/kit"
	"viberdeck/ui/lang"
	"viberdeck/ui/person"
	"viberdeck/ui/term"
)

// named returns the phones of replies for a dialog: the first ones, and how many more.
func named(d *kit.Deck, replies []model.Reply) []string {
	const most = 8
	var lines []string
	for i, r := range replies {
		if i == most {
			return append(lines, "  "+d.Tr("and %s more", lang.Count(int64(len(replies)-most))))
		}
		lines = append(lines, "  "+d.Phone(r.Phone)+"  "+term.Clip(d.Discreet(r.Text), 40))
	}
	return lines
}

// others returns the names of colleagues who have claimed some of the replies.
func (s *Replies) others(chosen []model.Reply) []string {
	var names []string
	for _, r := range chosen {
		if r.ClaimedBy != "" && r.ClaimedBy != s.D.Operator && !slices.Contains(names, r.ClaimedBy) {
			names = append(names, r.ClaimedBy)
		}
	}
	return names
}

// claimed says which colleagues have claimed some of the replies; nothing if none has.
func (s *Replies) claimed(chosen []model.Reply) []string {
	names := strings.Join(s.others(chosen), ", ")
	switch {
	case names == "":
		return nil
	case len(chosen) == 1:
		return []string{s.D.Tr("%s has claimed this one", names)}
	}
	return []string{s.D.Tr("%s has claimed some of these", names)}
}

// guarded asks first if a colleague has claimed some of the replies, or if there are many of them.
func (s *Replies) guarded(question string, chosen []model.Reply, yes func() tea.Cmd) tea.Cmd {
	claimed := s.claimed(chosen)
	if len(claimed) == 0 && len(chosen) == 1 {
		return yes()
	}
	s.D.Open(kit.NewConfirm(s.D, question, append(claimed, named(s.D, chosen)...), "", "", yes))
	return nil
}

func (s *Replies) done() tea.Cmd {
	chosen, ids := s.chosen()
	if all(chosen, model.ReplyDone) {
		return s.setState(ids, model.ReplyOpen, time.Time{}, s.reopened)
	}
	return s.guarded(s.D.Tr("Done with %s?", s.number(ids)), chosen, func() tea.Cmd {
		return s.setState(ids, model.ReplyDone, time.Time{}, func(replies string) string {
			return s.D.Tr("%s done; u takes it back", replies)
		})
	})
}

// all reports whether every reply is in a state.
func all(replies []model.Reply, state model.ReplyState) bool {
	return !slices.ContainsFunc(replies, func(r model.Reply) bool { return r.State != state })
}

// number returns the number of replies in words.
func (s *Replies) number(ids []model.ReplyID) string { return s.count(len(ids)) }

func (s *Replies) count(n int) string { return s.D.Plural(int64(n), "reply", "replies") }

func (s *Replies) reopened(replies string) string {
	return s.D.Tr("%s open again; u takes it back", replies)
}

// setState puts replies into a state, and shows the sentence for those that were in another. If a
// colleague had already done all of it, there is nothing for u to undo.
func (s *Replies) setState(ids []model.ReplyID, state model.ReplyState, until time.Time,
	sentence func(replies string) string) tea.Cmd {
	store, operator := s.D.Store, s.D.Operator
	s.leave(ids, state)
	return tea.Batch(s.surround(), kit.Ask(s.D, new(kit.Slot), func(ctx context.Context) (int, error) {
		return store.SetReplyState(ctx, operator, ids, state, until)
	}, func(changed int, err error) tea.Cmd {
		if changed == 0 {
			return s.finished(s.D.Tr("nothing changed: a colleague was quicker"))(err)
		}
		return s.finished(sentence(s.count(changed)))(err)
	}))
}

func (s *Replies) unread() tea.Cmd {
	chosen, _ := s.chosen()
	var ids []model.ReplyID // only those that are not unread already, so that their number is true
	for _, r := range chosen {
		if !r.Unread {
			ids = append(ids, r.ID)
		}
	}
	if len(ids) == 0 {
		return s.D.Say(s.D.Tr("all of them are unread already"))
	}
	store, operator := s.D.Store, s.D.Operator
	s.RecordStep(rowsOf(ids)...)
	return kit.Act(s.D, func(ctx context.Context) error { return store.SetUnread(ctx, operator, ids, true) },
		s.finished(s.D.Tr("%s unread again", s.number(ids))))
}

// claim claims the chosen replies, or releases them if all are already the operator's.
func (s *Replies) claim() tea.Cmd {
	chosen, ids := s.chosen()
	take := slices.ContainsFunc(chosen, func(r model.Reply) bool { return r.ClaimedBy != s.D.Operator })
	store, operator, session := s.D.Store, s.D.Operator, s.D.Session
	s.RecordStep(rowsOf(ids)...)
	return kit.Ask(s.D, new(kit.Slot), func(ctx context.Context) (int, error) {
		if take {
			return store.Claim(ctx, operator, session, ids)
		}
		return store.Release(ctx, operator, ids)
	},
		func(others int, err error) tea.Cmd {
			n := s.count(len(ids) - others)
			switch {
			case take && others > 0:
				return s.finished(s.D.Tr("%s claimed; colleagues see your name; %s a colleague has", n,
					lang.Count(int64(others))))(err)
			case take:
				return s.finished(s.D.Tr("%s claimed; colleagues see your name", n))(err)
			case others > 0:
				return s.finished(s.D.Tr("%s released; %s a colleague has", n, lang.Count(int64(others))))(err)
			}
			return s.finished(s.D.Tr("%s released", n))(err)
		})
}

// optOut blocks the phones of the chosen replies, after a question where one is needed.
func (s *Replies) optOut() tea.Cmd {
	chosen, ids := s.chosen()
	_, phones := onePerPhone(chosen)
	number := s.D.Plural(int64(len(phones)), "phone", "phones")
	return s.askToBlock(s.D.Tr("Block %s?", number), chosen, func() tea.Cmd {
		store, operator := s.D.Store, s.D.Operator
		s.opted = phones
		s.leave(ids, model.ReplyDone)
		return tea.Batch(s.surround(), kit.Act(s.D, func(ctx context.Context) error {
			return store.OptOut(ctx, operator, ids)
		}, func(err error) tea.Cmd {
			text := s.D.Tr("%s blocked here, at the vendors in %s; until then u takes it back", number,
				s.D.Words(model.OptOutDelay))
			if len(chosen) == 1 && chosen[0].Blocked {
				text = s.D.Tr("the phone stays blocked, and the reply is done; u takes it back")
			} else if kept := s.D.PermanentBlockNote(); kept != "" {
				text += "; " + kept
			}
			notice := s.finished(text)(err)
			if err != nil {
				return notice
			}
			return tea.Batch(notice, person.StillReached(s.D, phones))
		}))
	})
}

// onePerPhone returns the first reply of each phone, and the phones.
func onePerPhone(replies []model.Reply) (people []model.Reply, phones []model.Phone) {
	seen := map[model.Phone]bool{}
	for _, r := range replies {
		if !seen[r.Phone] {
			seen[r.Phone] = true
			people, phones = append(people, r), append(phones, r.Phone)
		}
	}
	return people, phones
}

// askToBlock names the phones that will be blocked, and blocks them after a yes. It does not ask
// about a reply whose words request it: the block waits model.OptOutDelay before it is sent to any
// vendor, and until then u undoes everything. It does ask about replies that a colleague has
// claimed.
func (s *Replies) askToBlock(question string, chosen []model.Reply, yes func() tea.Cmd) tea.Cmd {
	d, claimed := s.D, s.claimed(chosen)
	if len(chosen) == 1 && chosen[0].OptOut != "" && len(claimed) == 0 {
		return yes()
	}
	people, phones := onePerPhone(chosen)
	lines := append(claimed, d.Tr("%s will get nothing more, from any vendor:",
		d.Plural(int64(len(phones)), "phone", "phones")))
	lines = slices.Concat(lines, named(d, people), s.unasked(chosen), []string{
		d.Tr("It holds here at once. Vendors learn of it in %s; until then u leaves no trace there.",
			d.Words(model.OptOutDelay))}, d.PermanentBlockLines())
	want, what := "", ""
	if len(phones) > 1 {
		want, what = fmt.Sprint(len(phones)), d.Tr("the number of phones")
	}
	d.Open(kit.NewConfirm(d, question, lines, want, what, yes))
	return nil
}

// unasked returns the people who have not asked for an opt-out in any of the replies.
func (s *Replies) unasked(chosen []model.Reply) []string {
	if words := chosen[0].OptOut; len(chosen) == 1 && words != "" {
		return []string{s.D.Tr("It looks like an opt-out: “%s”.", model.SanitiseLine(s.D.Discreet(words)))}
	}
	asked := map[model.Phone]bool{}
	for _, r := range chosen {
		asked[r.Phone] = asked[r.Phone] || r.OptOut != ""
	}
	var never []model.Reply
	for _, r := range chosen {
		if !asked[r.Phone] {
			asked[r.Phone] = true // named only once
			never = append(never, r)
		}
	}
	switch {
	case len(never) == 0:
		return nil
	case len(chosen) == 1:
		return []string{s.D.Tr("Nothing in the reply asks for that.")}
	}
	return append([]string{s.D.Style.Paint(term.Warn, s.D.Tr("Never asked to stop: %s",
		s.D.Plural(int64(len(never)), "phone", "phones")))}, named(s.D, never)...)
}

// snooze asks until when.
func (s *Replies) snooze() tea.Cmd {
	chosen, ids := s.chosen()
	now := s.D.Now.In(s.D.Zone)
	morning := time.Date(now.Year(), now.Month(), now.Day()+1, 9, 0, 0, 0, s.D.Zone)
	monday := morning
	for monday.Weekday() != time.Monday {
		monday = monday.AddDate(0, 0, 1)
	}
	times := []time.Time{s.D.Now.Add(time.Hour), s.D.Now.Add(3 * time.Hour), morning, monday}
	choices := []kit.Choice{{Name: s.D.Tr("1 hour")}, {Name: s.D.Tr("3 hours")}, {Name: s.D.Tr("tomorrow 9:00")},
		{Name: s.D.Tr("Monday 9:00")}, {Name: s.D.Tr("another time…")}}
	for i, t := range times {
		choices[i].Note = s.D.OnDay(t)
	}
	if all(chosen, model.ReplySnoozed) {
		choices = append(choices, kit.Choice{Name: s.D.Tr("no longer: open again")})
	}
	title := s.D.Tr("Snooze until")
	example := term.Placeholder(s.D.Tr("15:30, tomorrow 9:00, 2026-12-01 09:00, 90m or 3d"))
	p := kit.NewPicker(s.D, title, choices, func(i int, _ string) tea.Cmd {
		if i > len(times) {
			return s.setState(ids, model.ReplyOpen, time.Time{}, s.reopened)
		}
		if i < len(times) {
			return s.until(ids, times[i])
		}
		s.D.Open(kit.NewPrompt(s.D, title, example, nil,
			func(text string) (tea.Cmd, error) { return s.untilTyped(ids, text) }))
		return nil
	})
	p.Input.Placeholder = example
	p.Read = func(text string) (string, func() tea.Cmd, error) {
		t, err := s.D.ParseTime(text)
		return s.D.OnDay(t), func() tea.Cmd { return s.until(ids, t) }, err
	}
	s.D.Open(p)
	return nil
}

// snoozeFor snoozes the chosen replies until a time as people write it.
func (s *Replies) snoozeFor(text string) (tea.Cmd, error) {
	_, ids := s.chosen()
	return s.untilTyped(ids, text)
}

func (s *Replies) untilTyped(ids []model.ReplyID, text string) (tea.Cmd, error) {
	t, err := s.D.ParseTime(text)
	if err != nil {
		return nil, err
	}
	return s.until(ids, t), nil
}

// until snoozes replies until a time.
func (s *Replies) until(ids []model.ReplyID, t time.Time) tea.Cmd {
	return s.setState(ids, model.ReplySnoozed, t, func(replies string) string {
		return s.D.Tr("%s snoozed until %s; u takes it back", replies, s.D.OnDay(t))
	})
}

// openLabels puts a label on all chosen replies, or removes it if all have it; text is the part of
// its name typed so far.
func (s *Replies) openLabels(text string, open func(kit.Dialog)) {
	at, _ := s.Grid.Current()
	chosen, ids := s.chosen()
	var names []string
	for _, r := range s.Grid.Rows {
		names = append(names, r.Item.Labels...)
	}
	for _, r := range chosen {
		names = append(names, r.Labels...)
	}
	slices.Sort(names)
	names = slices.Compact(names)
	choices := make([]kit.Choice, len(names))
	for i, l := range names {
		if choices[i] = (kit.Choice{Name: l}); allLabelled(chosen, l) {
			choices[i].Note = s.D.Tr("takes it off")
		}
	}
	p := kit.NewPicker(s.D, s.D.Tr("Label"), choices, func(i int, text string) tea.Cmd {
		if i >= 0 {
			text = names[i]
		}
		cmd, err := s.label(chosen, ids, text)
		if err != nil {
			return s.D.Fail(err)
		}
		return cmd
	})
	p.Free = true
	p.Input.SetValue(text)
	p.Search()
	s.under = underway{Action: actLabel, Reply: int64(at.ID), dialog: p,
		typed: func() string { return p.Input.Value() }}
	open(p)
}

// labelled labels the chosen replies with the name typed in the palette.
func (s *Replies) labelled(text string) (tea.Cmd, error) {
	chosen, ids := s.chosen()
	return s.label(chosen, ids, text)
}

// allLabelled reports whether all replies have a label.
func allLabelled(replies []model.Reply, name string) bool {
	return !slices.ContainsFunc(replies, func(r model.Reply) bool { return !slices.Contains(r.Labels, name) })
}

// label puts the label of that name on replies, or removes it if all have it.
func (s *Replies) label(replies []model.Reply, ids []model.ReplyID, text string) (tea.Cmd, error) {
	name, err := model.Label(text)
	if err != nil {
		return nil, err
	}
	store, operator := s.D.Store, s.D.Operator
	on, sentence := model.On, s.D.Tr("label %s on %s", name, s.number(ids))
	if allLabelled(replies, name) {
		on, sentence = model.Off, s.D.Tr("label %s off %s", name, s.number(ids))
	}
	s.RecordStep(rowsOf(ids)...)
	return kit.Act(s.D, func(ctx context.Context) error { return store.Label(ctx, operator, ids, name, on) },
		s.finished(sentence)), nil
}

func (s *Replies) copy() tea.Cmd {
	chosen, _ := s.chosen()
	phones := make([]string, len(chosen))
	for i, r := range chosen {
		phones[i] = r.Phone.String()
	}
	return s.D.CopiedPeople(phones)
}
