package kit

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"viberdeck/model"
)

// Screen is one tab. Root knows screens by this interface alone.
type Screen interface {
	// show runs when the tab comes to the front. It asks for what is missing or old.
	Show() tea.Cmd
	// changed runs when parts of the cache changed while the tab is in front.
	Changed(topics []model.Topic) tea.Cmd
	// keys are the tables of the screen's keys, most particular first.
	Keys() [][]Binding
	// typing says that a field of the screen takes keys and pastes as text; typed hands them over.
	Typing() bool
	Typed(msg tea.Msg) tea.Cmd
	// back goes one level up inside the screen; ok is false at its top level.
	Back() (cmd tea.Cmd, ok bool)
	// view gives at most h lines of at most w columns.
	View(w, h int) []string
	// freshness is for the status line: how old the list in front is.
	Freshness() Freshness
	// memory is what the next session should open with; recall takes it.
	Memory() string
	Restore(memory string)
	// counting says that something on screen changes by the second.
	Counting() bool
}

// Attentive is a screen on which a reply may be open for reading.
type Attentive interface {
	// open gives that reply, 0 for none.
	Open() model.ReplyID
}

// Refreshed is a screen that does more when a person asks for it anew than when it is shown.
type Refreshed interface {
	Refresh() tea.Cmd
}

// ListScreen gives a screen around one list what all such screens do alike.
type ListScreen[T any] struct {
	List[T]
	seen   bool
	Tables [][]Binding // of its keys, most particular first
}

// Show reads what the screen shows, when it comes to the front.
func (s *ListScreen[T]) Show() tea.Cmd {
	s.seen = true
	return s.Again()
}

// Keys gives the tables of the keys of the screen.
func (s *ListScreen[T]) Keys() [][]Binding { return s.Tables }

// Typing says that a text field has the keys.
func (s *ListScreen[T]) Typing() bool { return s.Editing }

// Typed hands a key or a paste to the text field.
func (s *ListScreen[T]) Typed(msg tea.Msg) tea.Cmd { return s.TypeFilter(msg) }

// View draws the screen in so many columns and lines.
func (s *ListScreen[T]) View(w, h int) []string { return s.List.View(w, h) }

// Freshness says how old is what the screen shows.
func (s *ListScreen[T]) Freshness() Freshness { return Freshness{At: s.loadedAt, Err: s.err} }

// Counting says that something on the screen changes by the second.
func (s *ListScreen[T]) Counting() bool { return false }

// Freshness says how old the list in front is.
type Freshness struct {
	At  time.Time
	Err error
}
