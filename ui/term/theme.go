package term

import (
	"cmp"
	"strings"

	"charm.land/bubbles/v2/textarea"
	"charm.land/bubbles/v2/textinput"
	"charm.land/lipgloss/v2"

	"viberdeck/model"
)

// Tone is the meaning of a piece of text. Every tone is also expressed by a word or a sign, so that
// nothing is lost without colour.
type Tone int

// The tones.
const (
	Plain Tone = iota
	Dim
	Strong
	Accent
	Good
	Warn
	Bad
	Chosen // under the cursor
)

// Theme holds the styles for a light or a dark terminal. Ordinary text keeps the terminal's own
// colour.
type Theme struct {
	tones [Chosen + 1]lipgloss.Style
	// Around is the text before and after a piece in each tone, precomputed because a screen has a
	// thousand pieces.
	Around [Chosen + 1][2]string
	Alarm  lipgloss.Style // demo, brake, offline
	Box    lipgloss.Style // dialogs
}

// Colours holds the colours of a built-in theme; "" is the terminal's own.
type Colours struct{ Dim, Accent, Good, Warn, Bad, Border string }

// BuiltIn returns the built-in colours for a light or dark background. Their contrast is at least
// 4.5 to 1, and 7 to 1 in the high-contrast themes.
func BuiltIn(base model.ThemeBase, dark bool) Colours {
	switch {
	case base == model.ThemeHighContrast && dark:
		return Colours{Dim: "", Accent: "#FFFFFF", Good: "#66FF66", Warn: "#FFFF55", Bad: "#FF9C9C", Border: "#FFFFFF"}
	case base == model.ThemeHighContrast:
		return Colours{Dim: "", Accent: "#000000", Good: "#004D14", Warn: "#5C3300", Bad: "#8A0000", Border: "#000000"}
	case dark && base != model.ThemeLight || base == model.ThemeDark:
		return Colours{Dim: "#9A9AA8", Accent: "#A99CFF", Good: "#7FD694", Warn: "#F0B457", Bad: "#FF8A8F",
			Border: "#A99CFF"}
	}
	return Colours{Dim: "#5F5F6B", Accent: "#5B4FA8", Good: "#1E6B34", Warn: "#8A5200", Bad: "#A3202A",
		Border: "#5B4FA8"}
}

// NewTheme returns the styles of a theme on a terminal with a dark or light background.
func NewTheme(chosen model.Theme, dark bool) *Theme {
	p := BuiltIn(chosen.Base, dark)
	fg := func(own, base string) lipgloss.Style {
		if colour := cmp.Or(own, base); colour != "" {
			return lipgloss.NewStyle().Foreground(lipgloss.Color(colour))
		}
		return lipgloss.NewStyle()
	}
	t := &Theme{
		Alarm: lipgloss.NewStyle().Bold(true).Reverse(true),
		Box: lipgloss.NewStyle().Border(lipgloss.RoundedBorder()).
			BorderForeground(lipgloss.Color(cmp.Or(chosen.Border, p.Border))).Padding(0, 1),
	}
	t.tones[Plain] = lipgloss.NewStyle()
	t.tones[Dim] = fg(chosen.Dim, p.Dim)
	t.tones[Strong] = lipgloss.NewStyle().Bold(true)
	t.tones[Accent] = fg(chosen.Accent, p.Accent).Bold(true)
	t.tones[Good] = fg(chosen.Good, p.Good)
	t.tones[Warn] = fg(chosen.Warn, p.Warn)
	t.tones[Bad] = fg(chosen.Bad, p.Bad).Bold(true)
	t.tones[Chosen] = fg(chosen.Accent, p.Accent).Reverse(true)
	for i, style := range t.tones {
		t.Around[i][0], t.Around[i][1], _ = strings.Cut(style.Render("|"), "|")
	}
	return t
}

// Paint returns one line of text in a tone.
func (t *Theme) Paint(as Tone, s string) string {
	if s == "" {
		return s
	}
	return t.Around[as][0] + s + t.Around[as][1]
}

// PaintWrapped returns a text in a tone, in as many lines as it needs.
func (t *Theme) PaintWrapped(as Tone, text string, w int) []string {
	lines := Wrap(text, max(1, w))
	for i, l := range lines {
		lines[i] = t.Paint(as, l)
	}
	return lines
}

// Struck returns text that is struck out. Words beside it say what happened.
func (t *Theme) Struck(s string) string {
	if s == "" {
		return s
	}
	return lipgloss.NewStyle().Strikethrough(true).Faint(true).Render(s)
}

// NewInput makes a text field of one line. It has a drawn cursor that does not blink, and does not
// read the clipboard of the host on which the program runs.
func (t *Theme) NewInput(placeholder string) textinput.Model {
	m := textinput.New()
	m.Prompt, m.Placeholder = "", Placeholder(placeholder)
	m.KeyMap.Paste.SetEnabled(false)
	s := m.Styles()
	s.Cursor.Blink = false
	s.Focused.Text, s.Blurred.Text = lipgloss.NewStyle(), lipgloss.NewStyle()
	s.Focused.Placeholder, s.Blurred.Placeholder = t.tones[Dim], t.tones[Dim]
	m.SetStyles(s)
	return m
}

// Placeholder formats the text of an empty field, so that it is not mistaken for a value where
// there is no colour.
func Placeholder(s string) string {
	if s == "" {
		return ""
	}
	return "(" + s + ")"
}

// Widen sets the width of a text field. It also resets the visible part, so that a field that was
// narrow for a while does not continue to hide the beginning of its text.
func Widen(m *textinput.Model, w int) {
	if w == m.Width() {
		return
	}
	at := m.Position()
	m.SetWidth(w)
	m.CursorEnd()
	m.CursorStart()
	m.SetCursor(at)
}

// NewArea returns a text field of several lines, with the same rules.
func (t *Theme) NewArea(placeholder string, lines int) textarea.Model {
	m := textarea.New()
	m.Prompt, m.Placeholder, m.ShowLineNumbers, m.CharLimit = "", Placeholder(placeholder), false, 0
	m.MaxHeight = 0
	m.KeyMap.Paste.SetEnabled(false)
	s := m.Styles()
	s.Cursor.Blink = false
	for _, state := range []*textarea.StyleState{&s.Focused, &s.Blurred} {
		state.Base, state.Text, state.CursorLine, state.EndOfBuffer = lipgloss.NewStyle(), lipgloss.NewStyle(),
			lipgloss.NewStyle(), lipgloss.NewStyle()
		state.Prompt, state.Placeholder = lipgloss.NewStyle(), t.tones[Dim]
	}
	m.SetStyles(s)
	m.SetHeight(lines)
	return m
}
