package ui

import (
	"cmp"
	"strings"

	"charm.land/bubbles/v2/textarea"
	"charm.land/bubbles/v2/textinput"
	"charm.land/lipgloss/v2"

	"viberdeck/model"
)

// tone says what a piece of text means. Every tone is also told by a word or a sign, so that
// nothing is lost without colour.
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

// theme holds the styles for a light or a dark terminal. Ordinary text keeps the terminal's own
// colour.
type theme struct {
	tones [bad + 1]lipgloss.Style
	// around is what stands before and after a text in each tone: a screen has a thousand of them.
	around [bad + 1][2]string
	alarm  lipgloss.Style // demo, brake, offline
	box    lipgloss.Style // dialogs
}

// colours holds the colours of a built-in theme; "" is the terminal's own.
type colours struct{ dim, accent, good, warn, bad, border string }

// builtIn gives the built-in colours, on a light and on a dark ground. Each keeps a contrast of 4.5
// to 1 at least, the high ones of 7 to 1.
func builtIn(base model.ThemeBase, dark bool) colours {
	switch {
	case base == model.ThemeHighContrast && dark:
		return colours{dim: "", accent: "#FFFFFF", good: "#66FF66", warn: "#FFFF55", bad: "#FF9C9C", border: "#FFFFFF"}
	case base == model.ThemeHighContrast:
		return colours{dim: "", accent: "#000000", good: "#004D14", warn: "#5C3300", bad: "#8A0000", border: "#000000"}
	case dark && base != model.ThemeLight || base == model.ThemeDark:
		return colours{dim: "#9A9AA8", accent: "#A99CFF", good: "#7FD694", warn: "#F0B457", bad: "#FF8A8F",
			border: "#A99CFF"}
	}
	return colours{dim: "#5F5F6B", accent: "#5B4FA8", good: "#1E6B34", warn: "#8A5200", bad: "#A3202A",
		border: "#5B4FA8"}
}

// newTheme gives the styles of a theme on a terminal with a dark or a light ground.
func newTheme(chosen model.Theme, dark bool) theme {
	p := builtIn(chosen.Base, dark)
	fg := func(own, base string) lipgloss.Style {
		if colour := cmp.Or(own, base); colour != "" {
			return lipgloss.NewStyle().Foreground(lipgloss.Color(colour))
		}
		return lipgloss.NewStyle()
	}
	t := theme{
		alarm: lipgloss.NewStyle().Bold(true).Reverse(true),
		box: lipgloss.NewStyle().Border(lipgloss.RoundedBorder()).
			BorderForeground(lipgloss.Color(cmp.Or(chosen.Border, p.border))).Padding(0, 1),
	}
	t.tones[plain] = lipgloss.NewStyle()
	t.tones[dim] = fg(chosen.Dim, p.dim)
	t.tones[strong] = lipgloss.NewStyle().Bold(true)
	t.tones[accent] = fg(chosen.Accent, p.accent).Bold(true)
	t.tones[good] = fg(chosen.Good, p.good)
	t.tones[warn] = fg(chosen.Warn, p.warn)
	t.tones[bad] = fg(chosen.Bad, p.bad).Bold(true)
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

// newInput gives a text field of one line. It has a drawn cursor that does not blink, and does not
// read the clipboard of the machine the program runs on.
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

// widen gives a text field its width. What it shows then begins anew, so that a field that was
// narrow for a while does not go on hiding the beginning of its text.
func widen(m *textinput.Model, w int) {
	if w == m.Width() {
		return
	}
	at := m.Position()
	m.SetWidth(w)
	m.CursorEnd()
	m.CursorStart()
	m.SetCursor(at)
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
		state.Base, state.Text, state.CursorLine, state.EndOfBuffer = lipgloss.NewStyle(), lipgloss.NewStyle(),
			lipgloss.NewStyle(), lipgloss.NewStyle()
		state.Prompt, state.Placeholder = lipgloss.NewStyle(), t.tones[dim]
	}
	m.SetStyles(s)
	m.SetHeight(lines)
	return m
}
