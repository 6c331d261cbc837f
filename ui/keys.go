package ui

import (
	tea "charm.land/bubbletea/v2"
)

// action names what a key does. The names are those of the palette and the documentation.
type action string

// binding is one row of a key table. Dispatch, help, footer, palette and the collision test all
// read it.
type binding struct {
	action action
	keys   []string
	short  string // the word in the footer; "" keeps it out of there
	help   string // the sentence in the help
	// outgoing actions leave the host or change what may leave; read-only mode removes them.
	outgoing bool
	// dangerous actions ask before they act.
	dangerous bool
}

// key gives the first key as people write it.
func (b binding) key() string {
	if len(b.keys) == 0 {
		return ""
	}
	return keyLabel(b.keys[0])
}

func keyLabel(k string) string {
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

// Actions of every screen.
const (
	actHelp     action = "help"
	actPalette  action = "palette"
	actBack     action = "back"
	actQuit     action = "quit"
	actBrake    action = "brake"
	actUndo     action = "undo"
	actRefresh  action = "refresh"
	actFind     action = "person…"
	actMask     action = "mask phones"
	actLanguage action = "language"
	actPlain    action = "plain text"
	actMouse    action = "mouse"
)

var globalKeys = []binding{
	{action: actHelp, keys: []string{"?"}, short: "help", help: "the keys of this screen"},
	{action: actPalette, keys: []string{":"}, help: "find an action by its name"},
	{action: actUndo, keys: []string{"u"}, help: "take back your last step on replies or in the archive"},
	{action: actRefresh, keys: []string{"r", "ctrl+l"}, help: "read this screen again and draw it anew"},
	{action: actBrake, keys: []string{"B"}, help: "stop (or allow) everything that has not left this host",
		dangerous: true},
	{action: actBack, keys: []string{"esc"}, help: "one level up; never leaves the program"},
	{action: actQuit, keys: []string{"q"}, short: "back/quit",
		help: "one level up; at the top level it ends the program"},
	{action: actFind, keys: []string{"F"},
		help: "find a person by phone in any spelling: everything that happened, at all vendors"},
	{action: actMask, keys: []string{"M"},
		help: "show phones with stars, for whoever looks on, or whole again, which is written down"},
	{action: actLanguage, keys: []string{"L"}, help: "the screens in English or in Russian; remembered for you"},
	{action: actPlain, keys: []string{"Y"},
		help: "what was copied last as plain text, to select it with the terminal's own means"},
	{action: actMouse, keys: []string{"m"},
		help: "the mouse for tabs, rows and scrolling, or back to the terminal to select text"},
}

// Actions of every list.
const (
	actUp       action = "up"
	actDown     action = "down"
	actPageUp   action = "page up"
	actPageDown action = "page down"
	actFirst    action = "first"
	actLast     action = "last"
	actFilter   action = "filter"
	actExport   action = "export"
	actSort     action = "sort"
	actReverse  action = "reverse order"
	actMark     action = "mark"
	actMarkAll  action = "mark all matching"
	actCopy     action = "copy"
	actOpen     action = "open"
	actPerson   action = "history"
)

var listKeys = []binding{
	{action: actUp, keys: []string{"up", "k"}, help: "the row above"},
	{action: actDown, keys: []string{"down", "j"}, help: "the row below"},
	{action: actPageUp, keys: []string{"pgup", "ctrl+b"}, help: "a page up"},
	{action: actPageDown, keys: []string{"pgdown", "ctrl+f"}, help: "a page down"},
	{action: actFirst, keys: []string{"g", "home"}, help: "the first row"},
	{action: actLast, keys: []string{"G", "end"}, help: "the last row"},
	{action: actFilter, keys: []string{"/"}, short: "filter",
		help: "filter: words, or field:value; Esc restores list and cursor"},
	{action: actViews, keys: []string{"V"},
		help: "the saved views of this list and their counts; save the filter as one"},
	{action: actExport, keys: []string{"e"}, help: "write what is filtered into a file, CSV or JSON Lines"},
}

var sortKeys = []binding{
	{action: actSort, keys: []string{"s"}, help: "sort by the next column; the cursor stays on its row"},
	{action: actReverse, keys: []string{"S"}, help: "turn the order around; the cursor stays on its row"},
}

var markKeys = []binding{
	{action: actMark, keys: []string{"space"}, help: "mark the row, or take the mark off"},
	{action: actMarkAll, keys: []string{"A"}, help: "mark all that match the filter, or take all marks off"},
}

// positions gives, for what a Cyrillic layout types, the key in that place of a plain layout. "."
// and "," are bound nowhere, so they may stand for "/" and "?".
var positions = func() map[string]string {
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

// command gives the name of a pressed key as the tables write it: by its place on the keyboard
// where the layout is Cyrillic. It must not be used for what is typed into a field.
func command(msg tea.KeyPressMsg) string {
	k := msg.String()
	if latin, ok := positions[k]; ok {
		return latin
	}
	return k
}

// byPlace gives a letter that is pressed together with ctrl its place on a plain layout. Terminals
// that speak the kitty protocol name the letter of the layout, and under a Cyrillic one ctrl+c
// would leave nothing.
func byPlace(msg tea.KeyPressMsg) tea.KeyPressMsg {
	if latin, ok := positions[string(msg.Code)]; ok && msg.Mod.Contains(tea.ModCtrl) {
		msg.Code, msg.Text = []rune(latin)[0], ""
	}
	return msg
}

// find gives the row of the tables that the key belongs to.
func find(key string, tables ...[]binding) (binding, bool) {
	for _, t := range tables {
		for _, b := range t {
			for _, k := range b.keys {
				if k == key {
					return b, true
				}
			}
		}
	}
	return binding{}, false
}
