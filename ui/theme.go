package ui

import (
	"strings"

	"charm.land/bubbles/v2/textarea"
	"charm.land/bubbles/v2/textinput"
	"charm.land/lipgloss/v2"
)

// tone says what a piece of text means. Every tone is also told by a word or a sign, so that nothing is lost without
// colour.
type tone int

const (
	plain tone = iota
	dim
	strong
	accent
	good
	warn
	bad
)

// theme holds the styles for a light or a dark terminal. Ordinary text keeps the terminal's own colour.
type theme struct {
	tones [bad + 1]lipgloss.Style
	// around is what stands before and after a text in each tone: a screen has a thousand of them.
	around [bad + 1][2]string
	alarm  lipgloss.Style // demo, brake, offline
	box    lipgloss.Style // dialogs
}

func newTheme(dark bool) theme {
	pick := lipgloss.LightDark(dark)
	fg := func(light, dark string) lipgloss.Style {
		return lipgloss.NewStyle().Foreground(pick(lipgloss.Color(light), lipgloss.Color(dark)))
	}
	t := theme{
		alarm: lipgloss.NewStyle().Bold(true).Reverse(true),
		box: lipgloss.NewStyle().Border(lipgloss.RoundedBorder()).
			BorderForeground(pick(lipgloss.Color("#5B4FA8"), lipgloss.Color("#A99CFF"))).Padding(0, 1),
	}
	t.tones[plain] = lipgloss.NewStyle()
	t.tones[dim] = fg("#5F5F6B", "#9A9AA8")
	t.tones[strong] = lipgloss.NewStyle().Bold(true)
	t.tones[accent] = fg("#5B4FA8", "#A99CFF").Bold(true)
	t.tones[good] = fg("#1E6B34", "#7FD694")
	t.tones[warn] = fg("#8A5200", "#F0B457")
	t.tones[bad] = fg("#A3202A", "#FF8A8F").Bold(true)
	for i, style := range t.tones {
		t.around[i][0], t.around[i][1], _ = strings.Cut(style.Render("|"), "|")
	}
	return t
}

// paint gives one line of text in a tone.
func (t theme) paint(as tone, s string) string {
	if s == "" {
		return s
	}
	return t.around[as][0] + s + t.around[as][1]
}

// newInput gives a text field of one line. It has a drawn cursor that does not blink, and does not read the clipboard
// of the machine the program runs on.
func (t theme) newInput(placeholder string) textinput.Model {
	m := textinput.New()
	m.Prompt, m.Placeholder = "", placeholder
	m.KeyMap.Paste.SetEnabled(false)
	s := m.Styles()
	s.Cursor.Blink = false
	s.Focused.Text, s.Blurred.Text = lipgloss.NewStyle(), lipgloss.NewStyle()
	s.Focused.Placeholder, s.Blurred.Placeholder = t.tones[dim], t.tones[dim]
	m.SetStyles(s)
	return m
}

// newArea gives a text field of several lines, with the same rules.
func (t theme) newArea(placeholder string, lines int) textarea.Model {
	m := textarea.New()
	m.Prompt, m.Placeholder, m.ShowLineNumbers, m.CharLimit = "", placeholder, false, 0
	m.MaxHeight = 0
	m.KeyMap.Paste.SetEnabled(false)
	s := m.Styles()
	s.Cursor.Blink = false
	for _, state := range []*textarea.StyleState{&s.Focused, &s.Blurred} {
		state.Base, state.Text, state.CursorLine, state.EndOfBuffer = lipgloss.NewStyle(), lipgloss.NewStyle(), lipgloss.NewStyle(), lipgloss.NewStyle()
		state.Prompt, state.Placeholder = lipgloss.NewStyle(), t.tones[dim]
	}
	m.SetStyles(s)
	m.SetHeight(lines)
	return m
}
