package ui

import (
	"strings"

	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"
)

// confirm asks before something happens. The default is No: Enter alone does nothing, and neither does the key that
// opened it. What is dangerous wants a word or a number typed.
type confirm struct {
	d       *deck
	heading string
	lines   []string
	want    string // to be typed; "" asks for y
	what    string // what the wanted text is, in words
	input   textinput.Model
	wrong   string
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
		return "y yes   Esc no"
	}
	return "Enter after typing " + c.what + "   Esc no"
}

func (c *confirm) update(msg tea.Msg) (tea.Cmd, bool) {
	key, isKey := msg.(tea.KeyPressMsg)
	if isKey && key.String() == "esc" {
		return nil, true
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
		if strings.Join(strings.Fields(c.input.Value()), "") == c.want {
			return c.yes(), true
		}
		if c.wrong = "that is not " + c.what; c.input.Value() == "" {
			c.wrong = ""
		}
		return nil, false
	}
	if _, paste := msg.(tea.PasteMsg); paste {
		c.wrong = "type it: a paste does not confirm"
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
	tail := []string{"", "Press y for yes. Enter does nothing."}
	if c.want != "" {
		c.input.SetWidth(max(1, w-20))
		tail = []string{"", "Type " + c.what + ": " + c.input.View(), c.d.style.paint(warn, c.wrong)}
	}
	if room := max(0, h-len(tail)); len(lines) > room {
		lines = append(lines[:max(0, room-1):max(0, room-1)], "…")
	}
	return append(lines, tail...)
}
