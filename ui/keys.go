package ui

import (
	tea "charm.land/bubbletea/v2"
)

// action names what a key does. The names are those of the palette and the documentation.
type action string

// binding is one row of a key table: everything there is to know of a key. Dispatch, help, footer,
// palette, documents and the collision test all read it.
type binding struct {
	action action
	keys   []string
	short  string // the word in the footer; "" keeps it out of there
	help   string // the sentence in the help
	// outgoing actions leave the host or change what may leave; read-only mode removes them.
	outgoing bool
	// dangerous actions ask before they act.
	dangerous bool
	// do carries it out.
	do func() tea.Cmd
	// why tells in the person's language why it cannot be done now, "" when it can; nil: it always
	// can.
	why func() string
}

// whyNot tells why the action cannot be done now, "" when it can.
func (b binding) whyNot() string {
	if b.why == nil {
		return ""
	}
	return b.why()
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

// scrollKeys are those of text that is longer than the screen; they change the number of the first
// line shown.
func scrollKeys(first *int) []binding {
	by := func(lines int) func() tea.Cmd {
		return func() tea.Cmd {
			*first = max(0, *first+lines)
			return nil
		}
	}
	return []binding{
		{action: actUp, keys: []string{"up", "k"}, help: "scroll up", do: by(-1)},
		{action: actDown, keys: []string{"down", "j"}, help: "scroll down", do: by(1)},
		{action: actPageUp, keys: []string{"pgup"}, help: "a page up", do: by(-10)},
		{action: actPageDown, keys: []string{"pgdown"}, help: "a page down", do: by(10)},
	}
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
