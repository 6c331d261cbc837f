package ui

import (
	"slices"
	"strings"

	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"viberdeck/model"
)

// confirm asks before something happens. The default is No: Enter alone does nothing, and neither
// does the key that opened it. What is dangerous wants a word or a number typed.
type confirm struct {
	d       *deck
	heading string
	lines   []string
	want    string // to be typed; "" asks for y
	what    string // what the wanted text is, in words
	input   textinput.Model
	wrong   string
	scroll  int
	yes     func() tea.Cmd
}

func newConfirm(d *deck, heading string, lines []string, want, what string, yes func() tea.Cmd) *confirm {
	c := &confirm{d: d, heading: heading, lines: lines, want: want, what: what, yes: yes, input: d.style.newInput("")}
	c.input.CharLimit = 40
	c.input.Focus()
	return c
}

func (c *confirm) title() string { return c.heading }

func (c *confirm) hint() string {
	if c.want == "" {
		return c.d.tr("y yes   Esc no")
	}
	return c.d.tr("Enter after typing %s   Esc no", c.what)
}

func (c *confirm) update(msg tea.Msg) (tea.Cmd, bool) {
	key, isKey := msg.(tea.KeyPressMsg)
	if isKey && key.String() == "esc" {
		return nil, true
	}
	if by := scrollBy(key.String()); isKey && by != 0 {
		c.scroll += by
		return nil, false
	}
	if c.want == "" {
		switch {
		case isKey && (command(key) == "y" || command(key) == "Y"):
			return c.yes(), true
		case isKey && (command(key) == "n" || command(key) == "q"):
			return nil, true
		}
		return nil, false
	}
	if isKey && key.String() == "enter" {
		if same(c.input.Value(), c.want) {
			return c.yes(), true
		}
		if c.wrong = c.d.tr("that is not %s", c.what); c.input.Value() == "" {
			c.wrong = ""
		}
		return nil, false
	}
	if _, paste := msg.(tea.PasteMsg); paste {
		c.wrong = c.d.tr("type it: a paste does not confirm")
		return nil, false
	}
	var cmd tea.Cmd
	c.input, cmd = c.input.Update(msg)
	return cmd, false
}

func (c *confirm) body(w, h int) []string {
	var lines []string
	for _, l := range c.lines {
		lines = append(lines, wrap(l, w)...)
	}
	tail := []string{"", c.d.tr("Press y for yes. Enter does nothing.")}
	if c.want != "" {
		label := c.d.tr("Type %s: ", c.what)
		widen(&c.input, max(1, min(20, w-ansi.StringWidth(label)-1)))
		tail = []string{"", label + c.input.View(), c.d.style.paint(warn, c.wrong)}
	}
	if len(lines)+len(tail) > h {
		tail = slices.DeleteFunc(tail, func(s string) bool { return s == "" })
	}
	return append(scrolled(c.d, lines, &c.scroll, max(0, h-len(tail))), tail...)
}

// same compares what was typed with what was to be typed. Spaces, as in "1 240", and capitals do
// not matter.
func same(typed, wanted string) bool {
	return model.Fold(strings.Join(strings.Fields(typed), "")) == model.Fold(strings.Join(strings.Fields(wanted), ""))
}

// scrolled gives the lines that have room, and says when there are more.
func scrolled(d *deck, lines []string, top *int, room int) []string {
	*top = max(0, min(*top, len(lines)-room))
	if len(lines) <= room {
		return lines
	}
	seen := slices.Clone(lines[*top : *top+room])
	if room > 1 && *top+room < len(lines) {
		seen[room-1] = d.style.paint(warn, "↓ "+
			d.tr("%s more", d.plural(int64(len(lines)-*top-room+1), "line", "lines")))
	}
	return seen
}

// scrollBy gives how far a key scrolls a dialog.
func scrollBy(key string) int {
	return map[string]int{"up": -1, "down": 1, "pgup": -5, "pgdown": 5}[key]
}
