package replies

import (
	"context"
	"encoding/json"
	"slices"

	tea "charm.land/bubbletea/v2"

	"viberdeck/model"
	"viberdeck/ui/kit"
)

// mostMarksKept is how many marks the next session restores. If there are more, all are dropped: a
// part of them would be a different selection.
const mostMarksKept = 100

// repliesMemory is the state with which Replies opens: the place in the list, the thread, the marks
// and the dialog that was open.
type repliesMemory struct {
	kit.Place
	Reading bool     `json:"reading,omitempty"`
	Marked  []int64  `json:"marked,omitempty"` // ids
	Under   underway `json:"under,omitzero"`
}

// underway is a dialog about a reply that contains unfinished text.
type underway struct {
	Action kit.Action `json:"action"`
	Reply  int64      `json:"reply"`          // its id
	Text   string     `json:"text,omitempty"` // an answer stores its own
	dialog kit.Dialog
	typed  func() string
}

// Memory returns the state for the next session.
func (s *Replies) Memory() string {
	var m repliesMemory
	if err := json.Unmarshal([]byte(s.List.Memory()), &m.Place); err != nil {
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

func (s *Replies) marked() []int64 {
	if len(s.Grid.Marks) > mostMarksKept {
		return nil
	}
	var ids []int64
	for _, r := range s.Grid.Marks {
		ids = append(ids, int64(r.ID))
	}
	slices.Sort(ids)
	return ids
}

// half returns the dialog under way, the zero value if there is none.
func (s *Replies) half() underway {
	for _, o := range s.D.Dialogs {
		switch dlg := o.Dialog.(type) {
		case *answerBox:
			return underway{Action: actAnswer, Reply: int64(dlg.reply.ID)}
		case kit.Dialog:
			if dlg == s.under.dialog {
				u := s.under
				u.Text = u.typed()
				return u
			}
		}
	}
	return underway{}
}

// Restore continues with the state of the previous session.
func (s *Replies) Restore(text string) {
	var m repliesMemory
	if s.Loaded || json.Unmarshal([]byte(text), &m) != nil {
		return
	}
	s.List.Restore(text)
	s.returning = &m
}

// resume continues where the previous session ended, once the list has been read.
func (s *Replies) resume() tea.Cmd {
	m := s.returning
	if s.returning = nil; m == nil {
		return nil
	}
	if r, ok := s.Grid.Current(); ok && m.Reading {
		s.reading = r.ID.String() == m.ID
	}
	if len(m.Marked) == 0 {
		return s.reopen(m.Under)
	}
	q, err := s.Request()
	if err != nil {
		return nil
	}
	store, filter := s.D.Store, q.Filter
	return kit.Ask(s.D, &s.Marking, func(ctx context.Context) (map[string]model.Reply, error) {
		marks := map[string]model.Reply{}
		for _, id := range m.Marked {
			t, err := store.Thread(ctx, model.ReplyID(id))
			if err == nil && !kit.Excludes(filter, t.Reply.State) {
				marks[t.Reply.ID.String()] = t.Reply
			}
		}
		return marks, nil
	}, func(marks map[string]model.Reply, _ error) tea.Cmd {
		if len(s.Grid.Marks) == 0 {
			s.Grid.Marks = marks
		}
		return s.reopen(m.Under)
	})
}

// reopen opens the dialog that was under way with its text. The reply may have left the list in the
// meantime.
func (s *Replies) reopen(u underway) tea.Cmd {
	store := s.D.Store
	if u.Reply == 0 {
		return nil
	}
	return kit.Ask(s.D, new(kit.Slot), func(ctx context.Context) (model.Thread, error) {
		return store.Thread(ctx, model.ReplyID(u.Reply))
	},
		func(t model.Thread, err error) tea.Cmd {
			r, _ := s.Grid.Current()
			switch here := int64(r.ID) == u.Reply; {
			case err != nil:
			case u.Action == actAnswer && here && s.whyNotAnswer() == "":
				return s.openAnswer(t.Reply, s.D.OpenUnasked)
			case u.Action == actNote:
				s.openNote(t.Reply, u.Text, s.D.OpenUnasked)
			case u.Action == actLabel && here:
				s.openLabels(u.Text, s.D.OpenUnasked)
			}
			return nil
		})
}
