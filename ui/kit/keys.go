package kit

import (
	tea "charm.land/bubbletea/v2"

	"viberdeck/model"
)

// Action names what a key does. The palette and the documentation use the same names.
type Action string

// Binding is one row of a key table: everything about a key. Dispatch, help, footer, palette,
// documents and the collision test all read it.
type Binding struct {
	Action Action
	Keys   []string
	Short  string // the word in the footer; "" keeps it out
	Help   string // the sentence in the help
	// For is the person's goal with the key; "": it belongs to this screen, see Goal.
	For Goal
	// With carries the action out with the text after its name in the palette; nil: it takes no
	// text. Takes is an example of that text, if the help has none.
	With  func(text string) (tea.Cmd, error)
	Takes string
	// Outgoing actions leave the host or change what may leave; read-only mode removes them.
	Outgoing bool
	// Wants is the intent for which the person needs permission; "" needs none.
	Wants model.Intent
	// Changes says that it changes the chosen rows: it is refused for a row that another person
	// removed or that has just arrived, and for a key that repeats by itself.
	Changes bool
	// Ahead shows at once the row that will be under the cursor after Do, for a key that has to
	// wait for a moment. back returns to the row where the key was pressed, before Do or in its
	// place, and reports whether it is still there; nil: nothing was shown.
	Ahead func() (show tea.Cmd, back func(do bool) (tea.Cmd, bool))
	// Dangerous actions ask before they act.
	Dangerous bool
	// Do carries it out.
	Do func() tea.Cmd
	// Why says in the person's language why it cannot be done now, "" if it can; nil: it always
	// can.
	Why func() string
}

// Goal is what people want to achieve with a key. Help and palette are in the order of Goals.
type Goal string

// The goals. Keys of a single screen act or look.
const (
	GoalAct    Goal = "Act"
	GoalLook   Goal = "Look closer"
	GoalFind   Goal = "Find and sort"
	GoalChoose Goal = "Choose several"
	GoalTake   Goal = "Copy and export"
	GoalMove   Goal = "Move"
	GoalAlways Goal = "On every screen"
	GoalViews  Goal = "Other views"
)

// Goals returns the goals in order, the most specific first.
func Goals() []Goal {
	return []Goal{GoalAct, GoalLook, GoalFind, GoalChoose, GoalTake, GoalMove, GoalAlways, GoalViews}
}

// Goal returns the goal of the key.
func (b Binding) Goal() Goal {
	switch {
	case b.For != "":
		return b.For
	case b.Action == ActCopy:
		return GoalTake
	case b.Changes || b.Outgoing || b.Dangerous || b.Wants != "":
		return GoalAct
	}
	return GoalLook
}

// For returns a table in which all keys have the given goal.
func For(g Goal, table []Binding) []Binding {
	for i := range table {
		table[i].For = g
	}
	return table
}

// WhyNot says why the action cannot be done now, "" if it can.
func (b Binding) WhyNot() string {
	if b.Why == nil {
		return ""
	}
	return b.Why()
}

// Key returns the first key as people write it.
func (b Binding) Key() string {
	if len(b.Keys) == 0 {
		return ""
	}
	return KeyLabel(b.Keys[0])
}

// KeyLabel writes a key as people do.
func KeyLabel(k string) string {
	switch k {
	case "up":
		return "↑"
	case "down":
		return "↓"
	case "left":
		return "←"
	case "right":
		return "→"
	case "pgup":
		return "PgUp"
	case "pgdown":
		return "PgDn"
	case "enter":
		return "Enter"
	case "esc":
		return "Esc"
	}
	return k
}

// Actions of every list.
const (
	ActUp       Action = "up"
	ActDown     Action = "down"
	ActPageUp   Action = "page up"
	ActPageDown Action = "page down"
	ActHalfUp   Action = "half a page up"
	ActHalfDown Action = "half a page down"
	ActFirst    Action = "first"
	ActLast     Action = "last"
	ActFilter   Action = "filter"
	actExport   Action = "export"
	ActSort     Action = "sort"
	actReverse  Action = "reverse order"
	ActMark     Action = "mark"
	actMarkAll  Action = "mark all matching"
	actMarkSeen Action = "mark those on screen"
	actMarkFrom Action = "mark from here to there"
	ActCopy     Action = "copy"
	ActOpen     Action = "open"
	ActPerson   Action = "history"
)

// Command returns the name of a pressed key as used in the tables: by its position on the keyboard
// if the layout is Cyrillic. It must not be used for text typed into a field. The tables bind
// nothing to "." and ",", which may therefore stand for "/" and "?".
func Command(msg tea.KeyPressMsg) string {
	k := msg.String()
	if typed := []rune(k); len(typed) == 1 {
		return string(model.LatinKey(typed[0]))
	}
	return k
}

// OnLatinLayout maps a letter pressed together with ctrl to its position on a plain layout.
// Terminals that use the kitty protocol send the letter of the layout, and under a Cyrillic one
// ctrl+c would not quit anything.
func OnLatinLayout(msg tea.KeyPressMsg) tea.KeyPressMsg {
	if latin := model.LatinKey(msg.Code); latin != msg.Code && msg.Mod.Contains(tea.ModCtrl) {
		msg.Code, msg.Text = latin, ""
	}
	return msg
}

// Find returns the row of the tables to which the key belongs.
func Find(key string, tables ...[]Binding) (Binding, bool) {
	for _, t := range tables {
		for _, b := range t {
			for _, k := range b.Keys {
				if k == key {
					return b, true
				}
			}
		}
	}
	return Binding{}, false
}
