package ui

import (
	"strings"

	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"

	"viberdeck/ui/kit"
	"viberdeck/ui/term"
)

// bindings returns the key tables of the screen in front, most specific first, ending with the
// global ones.
func (r *Root) bindings() [][]kit.Binding {
	return append(append([][]kit.Binding{}, r.screens[r.front].Keys()...), r.global)
}

// tables returns the tables of the keys that work now, most specific first. In read-only mode it
// omits outgoing actions.
func (r *Root) tables() [][]kit.Binding {
	all := r.bindings()
	if !r.d.NothingLeaves() {
		return all
	}
	for i, table := range all {
		var kept []kit.Binding
		for _, b := range table {
			if !b.Outgoing {
				kept = append(kept, b)
			}
		}
		all[i] = kept
	}
	return all
}

// title returns the name of the screen in front.
func (r *Root) title() string {
	return r.d.Phrase(r.tabs[r.front].name)
}

// help lists the keys of one screen. Typing searches them.
type help struct {
	d       *kit.Deck
	heading string
	tables  [][]kit.Binding
	input   textinput.Model
	pager   kit.Pager
}

func newHelp(d *kit.Deck, tables [][]kit.Binding, screen string) *help {
	h := &help{d: d, heading: d.Tr("Keys of %s", screen), tables: tables,
		input: d.Style.NewInput(d.Tr("type to search"))}
	h.input.CharLimit = 60
	h.input.Focus()
	return h
}

// Title names the dialog.
func (h *help) Title() string { return h.heading }

// Hint returns the key hints of the dialog.
func (h *help) Hint() string { return h.d.Tr("↑↓ scroll   Esc close") }

// Update handles a message and reports whether the dialog has ended.
func (h *help) Update(msg tea.Msg) (tea.Cmd, bool) {
	if key, ok := msg.(tea.KeyPressMsg); ok {
		switch key.String() {
		case "esc", "enter":
			return nil, true
		case "?", ",":
			return nil, true
		case "/", ".":
			if h.input.Value() == "" { // the search key of other screens: here typing already searches
				return nil, false
			}
		}
		if h.pager.ScrollBesideField(key) {
			return nil, false
		}
	}
	var cmd tea.Cmd
	h.input, cmd = h.input.Update(msg)
	h.pager.Top = 0
	return cmd, false
}

// Body draws the dialog within the given width and height.
func (h *help) Body(w, rows int) []string {
	term.Widen(&h.input, max(1, w-3))
	wanted := strings.ToLower(h.input.Value())
	var lines []string
	for _, goal := range kit.Goals() {
		var of []string
		for _, table := range h.tables {
			for _, b := range table {
				if b.Goal() == goal {
					of = append(of, h.about(b, w, wanted)...)
				}
			}
		}
		if len(of) == 0 {
			continue
		}
		if len(lines) > 0 {
			lines = append(lines, "")
		}
		lines = append(append(lines, h.d.Style.Paint(term.Accent, h.d.Phrase(string(goal)))), of...)
	}
	if len(lines) == 0 {
		lines = append(lines, "  "+h.d.Tr("nothing matches"))
	}
	return append([]string{"> " + h.input.View()}, h.pager.Visible(h.d, lines, rows-1)...)
}

// about returns the lines about one key, none if it does not match the search.
func (h *help) about(b kit.Binding, w int, wanted string) []string {
	labels := make([]string, len(b.Keys))
	for i, k := range b.Keys {
		labels[i] = kit.KeyLabel(k)
	}
	keys, text := strings.Join(labels, " "), h.d.Phrase(b.Help)
	if b.Dangerous {
		text += " " + h.d.Tr("(asks first)")
	}
	if !strings.Contains(strings.ToLower(keys+" "+h.d.Word("action", string(b.Action))+" "+text), wanted) {
		return nil
	}
	var lines []string
	for i, l := range term.Wrap(text, max(10, w-13)) {
		if i > 0 {
			keys = ""
		}
		lines = append(lines, h.d.Style.Paint(term.Strong, term.Fit(keys, 12))+" "+l)
	}
	return lines
}
