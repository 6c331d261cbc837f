package kit

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"viberdeck/model"
)

// Screen is one tab. Root uses screens only through this interface.
type Screen interface {
	// Show runs when the tab comes to the front. It requests data that is missing or old.
	Show() tea.Cmd
	// Changed runs when parts of the cache changed while the tab is in front.
	Changed(topics []model.Topic) tea.Cmd
	// Keys are the tables of the screen's keys, most specific first.
	Keys() [][]Binding
	// Typing reports whether a field of the screen receives keys and pastes as text; Typed passes
	// them to it.
	Typing() bool
	Typed(msg tea.Msg) tea.Cmd
	// Back goes one level up inside the screen; ok is false at its top level.
	Back() (cmd tea.Cmd, ok bool)
	// View returns at most h lines of at most w columns.
	View(w, h int) []string
	// Freshness is for the status line: the age of the list in front.
	Freshness() Freshness
	// Memory is the state with which the next session should open; Restore applies it.
	Memory() string
	Restore(memory string)
	// Counting reports whether something on screen changes by the second.
	Counting() bool
}

// ReadsReply is a screen on which a reply may be open for reading.
type ReadsReply interface {
	// Open returns that reply, 0 for none.
	Open() model.ReplyID
}

// Refreshed is a screen that does more when a person asks for a refresh than when it is shown.
type Refreshed interface {
	Refresh() tea.Cmd
}

// ListScreen implements what all screens around one list share.
type ListScreen[T any] struct {
	List[T]
	seen   bool
	Tables [][]Binding // the screen's keys, most specific first
}

// Show reads the data of the screen when it comes to the front.
func (s *ListScreen[T]) Show() tea.Cmd {
	s.seen = true
	return s.Again()
}

// Keys returns the tables of the keys of the screen.
func (s *ListScreen[T]) Keys() [][]Binding { return s.Tables }

// Typing reports whether a text field has the keys.
func (s *ListScreen[T]) Typing() bool { return s.Editing }

// Typed passes a key or a paste to the text field.
func (s *ListScreen[T]) Typed(msg tea.Msg) tea.Cmd { return s.TypeFilter(msg) }

// View draws the screen within the given width and height.
func (s *ListScreen[T]) View(w, h int) []string { return s.List.View(w, h) }

// Freshness returns the age of the data on screen.
func (s *ListScreen[T]) Freshness() Freshness { return Freshness{At: s.loadedAt, Err: s.err} }

// Counting reports whether something on the screen changes by the second.
func (s *ListScreen[T]) Counting() bool { return false }

// Freshness is the age of the list in front.
type Freshness struct {
	At  time.Time
	Err error
}
