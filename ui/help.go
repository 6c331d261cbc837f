package ui

import (
	"strings"

	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"
)

// bindings gives the tables of the keys of the screen in front, most particular first, with those
// of every screen at the end.
func (r *Root) bindings() [][]binding {
	return append(append([][]binding{}, r.screens[r.front].keys()...), r.global)
}

// tables gives the tables of the keys that work now, most particular first. Read-only mode takes
// outgoing ones out.
func (r *Root) tables() [][]binding {
	all := r.bindings()
	if !r.d.nothingLeaves() {
		return all
	}
	for i, table := range all {
		var kept []binding
		for _, b := range table {
			if !b.outgoing {
				kept = append(kept, b)
			}
		}
		all[i] = kept
	}
	return all
}

// title gives the name of the screen in front.
func (r *Root) title() string {
	return r.d.phrase(tabs[r.front].name)
}

// palette offers every action by name, with its key, and the reason when it is not available now:
// first those of the screen in front, then those that other screens have.
func (r *Root) palette() dialog {
	var all []binding
	var choices []choice
	offered := map[action]bool{}
	for _, table := range r.tables() {
		for _, b := range table {
			c := choice{name: r.d.word("action", string(b.action)),
				note: strings.TrimSpace(b.key() + "  " + r.d.phrase(b.help))}
			if why := r.why(b); why != "" {
				c.note, c.off = b.key()+" · "+r.d.tr("not now: %s", why), true
			}
			all, choices = append(all, b), append(choices, c)
			offered[b.action] = true
		}
	}
	for i, s := range r.screens {
		for _, table := range s.keys() {
			for _, b := range table {
				if offered[b.action] || b.outgoing && r.d.nothingLeaves() {
					continue
				}
				offered[b.action] = true
				all = append(all, b)
				choices = append(choices, choice{name: r.d.word("action", string(b.action)), off: true,
					note: b.key() + " · " + r.d.tr("not here: it belongs to %s, press %s first",
						r.d.phrase(tabs[i].name),
						tabs[i].key)})
			}
		}
	}
	return newPicker(r.d, r.d.tr("Actions of %s", r.title()), choices, false,
		func(i int, _ string) tea.Cmd { return r.run(all[i]) })
}

// help lists the keys of one screen. Typing searches them.
type help struct {
	d       *deck
	heading string
	tables  [][]binding
	input   textinput.Model
	top     int
}

func newHelp(d *deck, tables [][]binding, screen string) *help {
	h := &help{d: d, heading: d.tr("Keys of %s", screen), tables: tables,
		input: d.style.newInput(d.tr("type to search"))}
	h.input.CharLimit = 60
	h.input.Focus()
	return h
}

func (h *help) title() string { return h.heading }
func (h *help) hint() string  { return h.d.tr("↑↓ scroll   Esc closes") }

func (h *help) update(msg tea.Msg) (tea.Cmd, bool) {
	if key, ok := msg.(tea.KeyPressMsg); ok {
		switch key.String() {
		case "esc", "enter":
			return nil, true
		case "?", ",":
			return nil, true
		case "/", ".":
			if h.input.Value() == "" { // the key that searches elsewhere: what is typed here searches already
				return nil, false
			}
		case "up":
			h.top = max(0, h.top-1)
			return nil, false
		case "down":
			h.top++
			return nil, false
		case "pgup":
			h.top = max(0, h.top-10)
			return nil, false
		case "pgdown":
			h.top += 10
			return nil, false
		}
	}
	var cmd tea.Cmd
	h.input, cmd = h.input.Update(msg)
	h.top = 0
	return cmd, false
}

func (h *help) body(w, rows int) []string {
	widen(&h.input, max(1, w-3))
	wanted := strings.ToLower(h.input.Value())
	var lines []string
	for _, table := range h.tables {
		for _, b := range table {
			labels := make([]string, len(b.keys))
			for i, k := range b.keys {
				labels[i] = keyLabel(k)
			}
			keys, text := strings.Join(labels, " "), h.d.phrase(b.help)
			if b.dangerous {
				text += " " + h.d.tr("(asks first)")
			}
			if strings.Contains(strings.ToLower(keys+" "+h.d.word("action", string(b.action))+" "+text), wanted) {
				for i, l := range wrap(text, max(10, w-13)) {
					if i > 0 {
						keys = ""
					}
					lines = append(lines, h.d.style.paint(strong, fit(keys, 12))+" "+l)
				}
			}
		}
	}
	if len(lines) == 0 {
		lines = append(lines, "  "+h.d.tr("nothing matches"))
	}
	h.top = max(0, min(h.top, len(lines)-max(1, rows-1)))
	lines = lines[h.top:]
	return append([]string{"> " + h.input.View()}, lines[:min(len(lines), max(0, rows-1))]...)
}
