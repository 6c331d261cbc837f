package kit

import (
	tea "charm.land/bubbletea/v2"

	"viberdeck/model"
)

// Action names what a key does. The names are those of the palette and the documentation.
type Action string

// Binding is one row of a key table: everything there is to know of a key. Dispatch, help, footer,
// palette, documents and the collision test all read it.
type Binding struct {
	Action Action
	Keys   []string
	Short  string // the word in the footer; "" keeps it out of there
	Help   string // the sentence in the help
	// For is what people want with it; "": it belongs to this screen, see Goal.
	For Goal
	// With carries it out with what is typed behind its name in the palette; nil: it takes nothing.
	// Takes is an example of that, where the help has none.
	With  func(text string) (tea.Cmd, error)
	Takes string
	// outgoing actions leave the host or change what may leave; read-only mode removes them.
	Outgoing bool
	// Wants is what the person must be allowed to intend; "" wants nothing.
	Wants model.Intent
	// Changes says that it changes the chosen rows: it refuses a row that somebody else took away
	// or that came in just now, and a key that repeats by itself.
	Changes bool
	// Ahead shows at once what will be under the cursor when Do is over, where a key has to wait
	// for a moment. What it gives goes back to where the key was pressed, before Do or in its
	// place, and says whether that is still there; nil: nothing was shown.
	Ahead func() (show tea.Cmd, back func(do bool) (tea.Cmd, bool))
	// dangerous actions ask before they act.
	Dangerous bool
	// do carries it out.
	Do func() tea.Cmd
	// why tells in the person's language why it cannot be done now, "" when it can; nil: it always
	// can.
	Why func() string
}

// Goal is what people want with a key. Help and palette are in the order of Goals.
type Goal string

// The goals. Keys of one screen alone act or look.
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

// Goals gives them in their order, the most particular first.
func Goals() []Goal {
	return []Goal{GoalAct, GoalLook, GoalFind, GoalChoose, GoalTake, GoalMove, GoalAlways, GoalViews}
}

// Goal says what people want with the key.
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

// For gives a table whose keys are all for one goal.
func For(g Goal, table []Binding) []Binding {
	for i := range table {
		table[i].For = g
	}
	return table
}

// WhyNot says why the action cannot be done now, "" when it can.
func (b Binding) WhyNot() string {
	if b.Why == nil {
		return ""
	}
	return b.Why()
}

// Key gives the first key as people write it.
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

// ScrollKeys are those of text that is longer than the screen; they change the number of the first
// line shown.
func ScrollKeys(first *int) []Binding {
	by := func(lines int) func() tea.Cmd {
		return func() tea.Cmd {
			*first = max(0, *first+lines)
			return nil
		}
	}
	return For(GoalMove, []Binding{
		{Action: ActUp, Keys: []string{"up", "k"}, Help: "scroll up", Do: by(-1)},
		{Action: ActDown, Keys: []string{"down", "j"}, Help: "scroll down", Do: by(1)},
		{Action: ActHalfUp, Keys: []string{"ctrl+u"}, Help: "half a page up", Do: by(-5)},
		{Action: ActHalfDown, Keys: []string{"ctrl+d"}, Help: "half a page down", Do: by(5)},
		{Action: ActPageUp, Keys: []string{"pgup"}, Help: "a page up", Do: by(-10)},
		{Action: ActPageDown, Keys: []string{"pgdown"}, Help: "a page down", Do: by(10)},
	})
}

// Positions gives, for what a Cyrillic layout types, the key in that place of a plain layout. "."
// and "," are bound nowhere, so they may stand for "/" and "?".
var Positions = func() map[string]string {
	m := make(map[string]string, 80)
	for _, row := range [][2]string{
		{"йцукенгшщзхъ", "qwertyuiop[]"}, {"фывапролджэ", "asdfghjkl;'"}, {"ячсмитьбю", "zxcvbnm,."},
		{"ЙЦУКЕНГШЩЗХЪ", "QWERTYUIOP{}"}, {"ФЫВАПРОЛДЖЭ", "ASDFGHJKL:\""}, {"ЯЧСМИТЬБЮ", "ZXCVBNM<>"},
		// Belarusian and Ukrainian letters in those places.
		{"ўіїєґ", "ob]'\\"}, {"ЎІЇЄ", "OB}\""},
		// The key of "/" and "?" types "." and "," there.
		{".,", "/?"},
	} {
		latin := []rune(row[1])
		for i, r := range []rune(row[0]) {
			m[string(r)] = string(latin[i])
		}
	}
	return m
}()

// Command gives the name of a pressed key as the tables write it: by its place on the keyboard
// where the layout is Cyrillic. It must not be used for what is typed into a field.
func Command(msg tea.KeyPressMsg) string {
	k := msg.String()
	if latin, ok := Positions[k]; ok {
		return latin
	}
	return k
}

// ByPlace gives a letter that is pressed together with ctrl its place on a plain layout. Terminals
// that speak the kitty protocol name the letter of the layout, and under a Cyrillic one ctrl+c
// would leave nothing.
func ByPlace(msg tea.KeyPressMsg) tea.KeyPressMsg {
	if latin, ok := Positions[string(msg.Code)]; ok && msg.Mod.Contains(tea.ModCtrl) {
		msg.Code, msg.Text = []rune(latin)[0], ""
	}
	return msg
}

// Find gives the row of the tables that the key belongs to.
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
