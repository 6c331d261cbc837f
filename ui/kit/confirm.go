package kit

import (
	"slices"
	"strings"

	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"viberdeck/model"
	"viberdeck/ui/term"
)

// Confirm asks before something happens. The default is No: Enter alone does nothing, and neither
// does the key that opened it. Dangerous actions require typing a word or a number.
type Confirm struct {
	d       *Deck
	heading string
	lines   []string
	want    string // must be typed; "" asks for y
	what    string // describes the required text
	input   textinput.Model
	wrong   string
	scroll  int
	yes     func() tea.Cmd
}

// NewConfirm makes a dialog that asks before it acts.
func NewConfirm(d *Deck, heading string, lines []string, want, what string, yes func() tea.Cmd) *Confirm {
	c := &Confirm{d: d, heading: heading, lines: lines, want: want, what: what, yes: yes, input: d.Style.NewInput("")}
	c.input.CharLimit = 40
	c.input.Focus()
	return c
}

// Add appends lines that were read after the dialog was opened.
func (c *Confirm) Add(lines ...string) { c.lines = append(slices.Clone(c.lines), lines...) }

// Title names the dialog.
func (c *Confirm) Title() string { return c.heading }

// Hint returns the key hints of the dialog.
func (c *Confirm) Hint() string {
	if c.want == "" {
		return c.d.Tr("y yes   Esc no")
	}
	return c.d.Tr("Enter after typing it   Esc no")
}

// Decides reports whether the key would carry out the action.
func (c *Confirm) Decides(key tea.KeyPressMsg) bool {
	if c.want != "" {
		return key.String() == "enter" && Same(c.input.Value(), c.want)
	}
	return Command(key) == "y" || Command(key) == "Y"
}

// Update handles a message and reports whether the dialog has ended.
func (c *Confirm) Update(msg tea.Msg) (tea.Cmd, bool) {
	key, isKey := msg.(tea.KeyPressMsg)
	if isKey && key.String() == "esc" {
		return nil, true
	}
	if by := ScrollBy(key.String()); isKey && by != 0 {
		c.scroll += by
		return nil, false
	}
	if c.want == "" {
		switch {
		case isKey && (Command(key) == "y" || Command(key) == "Y"):
			return c.yes(), true
		case isKey && (Command(key) == "n" || Command(key) == "q"):
			return nil, true
		}
		return nil, false
	}
	if isKey && key.String() == "enter" {
		if Same(c.input.Value(), c.want) {
			return c.yes(), true
		}
		if c.wrong = c.d.Tr("that is not %s", c.what); c.input.Value() == "" {
			c.wrong = ""
		}
		return nil, false
	}
	if _, paste := msg.(tea.PasteMsg); paste {
		c.wrong = c.d.Tr("type it: pasting does not confirm")
		return nil, false
	}
	if isKey && IsNumber(c.want) && key.Text != "" && !IsNumber(key.Text) {
		c.wrong = c.d.Tr("that is not %s", c.what)
		return nil, false
	}
	var cmd tea.Cmd
	c.input, cmd = c.input.Update(msg)
	c.wrong = ""
	return cmd, false
}

// Body draws the dialog within the given width and height.
func (c *Confirm) Body(w, h int) []string {
	var lines []string
	for _, l := range c.lines {
		lines = append(lines, term.Wrap(l, w)...)
	}
	tail := []string{"", c.d.Tr("Press y for yes. Enter does nothing.")}
	if c.want != "" {
		const room = 10
		term.Widen(&c.input, room-1)
		tail = append([]string{""}, Labelled(c.d, c.d.Tr("Type %s: ", c.what), c.input.View(), w, room)...)
		tail = append(tail, warned(c.d, c.wrong, w)...)
	}
	if len(lines)+len(tail) > h {
		tail = slices.DeleteFunc(tail, func(s string) bool { return s == "" })
	}
	return append(Scrolled(c.d, lines, &c.scroll, max(0, h-len(tail))), tail...)
}

// Labelled returns a field after its label, which takes as many lines as it needs: text that must
// be typed must be fully readable. The field gets the given room after the last of them.
func Labelled(d *Deck, label, field string, w, room int) []string {
	lines := term.Wrap(strings.TrimRight(label, " "), max(1, w-1))
	for i := range lines {
		lines[i] = d.Style.Paint(term.Strong, lines[i])
	}
	if last := len(lines) - 1; ansi.StringWidth(lines[last])+1+room <= w {
		lines[last] += " " + field
		return lines
	}
	return append(lines, field)
}

// IsNumber reports whether a text consists of digits and the spaces between them.
func IsNumber(s string) bool { return s != "" && strings.Trim(s, "0123456789 ") == "" }

// Same compares the typed text with the required one. Spaces, as in "1 240", and case are ignored.
func Same(typed, wanted string) bool {
	return model.Fold(strings.Join(strings.Fields(typed), "")) == model.Fold(strings.Join(strings.Fields(wanted), ""))
}

// Scrolled returns the lines for which there is room, and indicates when there are more.
func Scrolled(d *Deck, lines []string, top *int, room int) []string {
	*top = max(0, min(*top, len(lines)-room))
	if len(lines) <= room {
		return lines
	}
	seen := slices.Clone(lines[*top : *top+room])
	if room > 1 && *top+room < len(lines) {
		seen[room-1] = d.Style.Paint(term.Warn, "↓ "+
			d.Tr("%s more", d.Plural(int64(len(lines)-*top-room+1), "line", "lines")))
	}
	return seen
}

// ScrollBy returns how far a key scrolls a dialog.
func ScrollBy(key string) int {
	return map[string]int{"up": -1, "down": 1, "pgup": -5, "pgdown": 5, "ctrl+u": -5, "ctrl+d": 5}[key]
}
