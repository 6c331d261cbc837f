package replies

import (
	"context"
	"strings"

	"charm.land/bubbles/v2/textarea"
	tea "charm.land/bubbletea/v2"

	"viberdeck/model"
	"viberdeck/ui/kit"
	"viberdeck/ui/term"
)

// noteBox writes a note of one or several lines about a reply. It stays on this host.
type noteBox struct {
	d     *kit.Deck
	about string
	area  textarea.Model
	wrong string
	// take receives the finished note.
	take func(text string) tea.Cmd
}

// openNote asks for a note about a reply; text is an unfinished note.
func (s *Replies) openNote(r model.Reply, text string, open func(kit.Dialog)) {
	store, operator := s.D.Store, s.D.Operator
	n := &noteBox{d: s.D, area: s.D.Style.NewArea("", 1),
		about: s.D.Tr("About %s. It stays on this host.", s.D.Phone(r.Phone)),
		take: func(text string) tea.Cmd {
			s.RecordStep(r.ID.String())
			return kit.Act(s.D, func(ctx context.Context) error { return store.AddNote(ctx, operator, r.ID, text) },
				s.finished(s.D.Tr("noted")))
		}}
	n.area.SetValue(text)
	n.area.Focus()
	s.under = underway{Action: actNote, Reply: int64(r.ID), dialog: n, typed: func() string { return n.area.Value() }}
	open(n)
}

// Title names the dialog.
func (n *noteBox) Title() string { return n.d.Tr("Note for colleagues") }

// Hint returns the key hints of the dialog.
func (n *noteBox) Hint() string { return n.d.Tr("Enter OK   ctrl+j new line   Esc cancel") }

// Update handles a message and reports whether the dialog has ended.
func (n *noteBox) Update(msg tea.Msg) (tea.Cmd, bool) {
	if key, ok := msg.(tea.KeyPressMsg); ok {
		switch key.String() {
		case "esc":
			return nil, true
		case "enter", "ctrl+s": // ctrl+s ends an answer
			text, err := model.NoteText(n.area.Value())
			if err != nil {
				n.wrong = n.d.Fault(err)
				return nil, false
			}
			return n.take(text), true
		case "alt+enter", "shift+enter", "ctrl+j":
			msg = tea.KeyPressMsg{Code: tea.KeyEnter}
		}
	}
	n.wrong = ""
	var cmd tea.Cmd
	n.area, cmd = n.area.Update(msg)
	return cmd, false
}

// Body draws the dialog within the given width and height.
func (n *noteBox) Body(w, h int) []string {
	lines := term.Wrap(n.about, w)
	if h < 5 {
		lines = nil // the note itself is more important
	}
	var tail []string
	if n.wrong != "" {
		tail = append(tail, n.d.Style.PaintWrapped(term.Warn, n.wrong, w)...)
	}
	n.area.SetWidth(max(4, w-3))
	n.area.SetHeight(max(1, min(n.area.LineCount()+1, h-len(lines)-len(tail))))
	for i, l := range strings.Split(n.area.View(), "\n") {
		mark := "  "
		if i == 0 {
			mark = "> "
		}
		lines = append(lines, mark+l)
	}
	return append(lines, tail...)
}
