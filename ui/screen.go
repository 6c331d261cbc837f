package ui

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"viberdeck/model"
)

// screen is one tab. Root knows screens by this interface alone.
type screen interface {
	// show runs when the tab comes to the front. It asks for what is missing or old.
	show() tea.Cmd
	// changed runs when parts of the cache changed while the tab is in front.
	changed(topics []model.Topic) tea.Cmd
	// keys are the tables of the screen's keys, most particular first.
	keys() [][]binding
	// typing tells that a field of the screen takes keys and pastes as text; typed hands them over.
	typing() bool
	typed(msg tea.Msg) tea.Cmd
	// back goes one level up inside the screen; ok is false at its top level.
	back() (cmd tea.Cmd, ok bool)
	// view gives at most h lines of at most w columns.
	view(w, h int) []string
	// freshness is for the status line: how old the list in front is.
	freshness() freshness
	// memory is what the next session should open with; recall takes it.
	memory() string
	recall(memory string)
	// counting tells that something on screen changes by the second.
	counting() bool
}

// attentive is a screen on which a reply may be open for reading.
type attentive interface {
	// open gives that reply, 0 for none.
	open() model.ReplyID
}

// listScreen gives a screen around one list what all such screens do alike.
type listScreen[T any] struct {
	list[T]
	seen   bool
	tables [][]binding // of its keys, most particular first
}

func (s *listScreen[T]) show() tea.Cmd {
	s.seen = true
	return s.again()
}

func (s *listScreen[T]) keys() [][]binding         { return s.tables }
func (s *listScreen[T]) typing() bool              { return s.editing }
func (s *listScreen[T]) typed(msg tea.Msg) tea.Cmd { return s.typeFilter(msg) }
func (s *listScreen[T]) view(w, h int) []string    { return s.list.view(w, h) }
func (s *listScreen[T]) freshness() freshness      { return freshness{at: s.loadedAt, err: s.err} }
func (s *listScreen[T]) counting() bool            { return false }

// freshness says how old the list in front is.
type freshness struct {
	at  time.Time
	err error
}
