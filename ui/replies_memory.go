package ui

import (
	"context"
	"encoding/json"
	"slices"

	tea "charm.land/bubbletea/v2"

	"viberdeck/model"
)

// mostMarksKept is how many marks the next session gets back. More are let go together: a part of
// them would be another choice.
const mostMarksKept = 100

// repliesMemory is what Replies opens with: the place in the list, the thread, the marks and the
// dialog that was under way.
type repliesMemory struct {
	place
	Reading bool     `json:"reading,omitempty"`
	Marked  []int64  `json:"marked,omitempty"` // ids
	Under   underway `json:"under,omitzero"`
}

// underway is a dialog about a reply with something half-written in it.
type underway struct {
	Action action `json:"action"`
	Reply  int64  `json:"reply"`          // its id
	Text   string `json:"text,omitempty"` // an answer keeps its own
	dialog dialog
	typed  func() string
}

func (s *replies) memory() string {
	var m repliesMemory
	if err := json.Unmarshal([]byte(s.list.memory()), &m.place); err != nil {
		return ""
	}
	if m.Reading = s.reading; s.returning != nil { // not read yet
		m.Reading, m.Marked, m.Under = s.returning.Reading, s.returning.Marked, s.returning.Under
	} else {
		m.Marked, m.Under = s.marked(), s.half()
	}
	text, err := json.Marshal(m)
	if err != nil {
		return ""
	}
	return string(text)
}

func (s *replies) marked() []int64 {
	if len(s.grid.marks) > mostMarksKept {
		return nil
	}
	var ids []int64
	for _, r := range s.grid.marks {
		ids = append(ids, int64(r.ID))
	}
	slices.Sort(ids)
	return ids
}

// half gives the dialog under way, the zero value when there is none.
func (s *replies) half() underway {
	for _, o := range s.d.dialogs {
		switch dlg := o.dialog.(type) {
		case *answerBox:
			return underway{Action: actAnswer, Reply: int64(dlg.reply.ID)}
		case dialog:
			if dlg == s.under.dialog {
				u := s.under
				u.Text = u.typed()
				return u
			}
		}
	}
	return underway{}
}

func (s *replies) recall(text string) {
	var m repliesMemory
	if s.loaded || json.Unmarshal([]byte(text), &m) != nil {
		return
	}
	s.list.recall(text)
	s.returning = &m
}

// resume goes on where the session before ended, once the list is there.
func (s *replies) resume() tea.Cmd {
	m := s.returning
	if s.returning = nil; m == nil {
		return nil
	}
	if r, ok := s.grid.current(); ok && m.Reading {
		s.reading = r.ID.String() == m.ID
	}
	if len(m.Marked) == 0 {
		return s.reopen(m.Under)
	}
	store, filter := s.d.Store, s.request().Filter
	return ask(s.d, &s.marking, func(ctx context.Context) (map[string]model.Reply, error) {
		marks := map[string]model.Reply{}
		for _, id := range m.Marked {
			t, err := store.Thread(ctx, model.ReplyID(id))
			if err == nil && !leaves(filter, t.Reply.State) {
				marks[t.Reply.ID.String()] = t.Reply
			}
		}
		return marks, nil
	}, func(marks map[string]model.Reply, _ error) tea.Cmd {
		if len(s.grid.marks) == 0 {
			s.grid.marks = marks
		}
		return s.reopen(m.Under)
	})
}

// reopen opens the dialog that was under way with what was written in it. The reply may have left
// the list meanwhile.
func (s *replies) reopen(u underway) tea.Cmd {
	store := s.d.Store
	if u.Reply == 0 {
		return nil
	}
	return ask(s.d, new(slot), func(ctx context.Context) (model.Thread, error) {
		return store.Thread(ctx, model.ReplyID(u.Reply))
	},
		func(t model.Thread, err error) tea.Cmd {
			r, _ := s.grid.current()
			switch here := int64(r.ID) == u.Reply; {
			case err != nil:
			case u.Action == actAnswer && here && s.whyNotAnswer() == "":
				return openAnswer(s.d, &s.leaving, t.Reply, "", s.d.openUnasked)
			case u.Action == actNote:
				s.openNote(t.Reply, u.Text, s.d.openUnasked)
			case u.Action == actLabel && here:
				s.openLabels(u.Text, s.d.openUnasked)
			}
			return nil
		})
}
