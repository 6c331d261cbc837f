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
	typed   *Typed // nil asks for y
	pager   Pager
	yes     func() tea.Cmd
}

// NewConfirm makes a dialog that asks before it acts: for y, or if want is not "" for that text,
// which what describes.
func NewConfirm(d *Deck, heading string, lines []string, want, what string, yes func() tea.Cmd) *Confirm {
	c := &Confirm{d: d, heading: heading, lines: lines, yes: yes}
	if want != "" {
		c.typed = NewTyped(d, Required{want, what})
	}
	return c
}

// Add appends lines that were read after the dialog was opened.
func (c *Confirm) Add(lines ...string) { c.lines = append(slices.Clone(c.lines), lines...) }

// Title names the dialog.
func (c *Confirm) Title() string { return c.heading }

// Hint returns the key hints of the dialog.
func (c *Confirm) Hint() string {
	if c.typed == nil {
		return c.d.Tr("y yes   Esc no")
	}
	return c.d.Tr("Enter after typing it   Esc no")
}

// Decides reports whether the key would carry out the action.
func (c *Confirm) Decides(key tea.KeyPressMsg) bool {
	if c.typed != nil {
		return c.typed.Decides(key)
	}
	return Command(key) == "y" || Command(key) == "Y"
}

// Update handles a message and reports whether the dialog has ended.
func (c *Confirm) Update(msg tea.Msg) (tea.Cmd, bool) {
	key, isKey := msg.(tea.KeyPressMsg)
	if isKey && key.String() == "esc" {
		return nil, true
	}
	if isKey && c.scroll(key) {
		return nil, false
	}
	switch {
	case c.typed != nil:
		if cmd, done := c.typed.Update(msg); !done {
			return cmd, false
		}
		return c.yes(), true
	case isKey && c.Decides(key):
		return c.yes(), true
	case isKey && (Command(key) == "n" || Command(key) == "q"):
		return nil, true
	}
	return nil, false
}

// Body draws the dialog within the given width and height.
func (c *Confirm) Body(w, h int) []string {
	var lines []string
	for _, l := range c.lines {
		lines = append(lines, term.Wrap(l, w)...)
	}
	tail := []string{"", c.d.Tr("Press y for yes. Enter does nothing.")}
	if c.typed != nil {
		tail = append([]string{""}, c.typed.Body(w, "")...)
	}
	if len(lines)+len(tail) > h {
		tail = slices.DeleteFunc(tail, func(s string) bool { return s == "" })
	}
	return append(c.pager.Visible(c.d, lines, h-len(tail)), tail...)
}

func (c *Confirm) scroll(key tea.KeyPressMsg) bool {
	if c.typed != nil {
		return c.pager.ScrollBesideField(key)
	}
	return c.pager.Scroll(key)
}

// Required is a word or a number that must be typed before something happens, and how the person is
// asked for it.
type Required struct{ Text, What string }

// Typed is the part of a dialog in which the required texts are typed, one after the other. Only
// typing confirms: pasting does not, Enter alone does nothing, and a field for a number takes no
// letters.
type Typed struct {
	d     *Deck
	left  []Required // the last one stays: the action may fail and be confirmed again
	input textinput.Model
	wrong string
}

// NewTyped makes the field for at least one required text.
func NewTyped(d *Deck, required ...Required) *Typed {
	t := &Typed{d: d, left: required, input: d.Style.NewInput("")}
	t.input.CharLimit = 40
	t.input.Focus()
	return t
}

// Last reports whether only one required text is left.
func (t *Typed) Last() bool { return len(t.left) == 1 }

// Decides reports whether the key confirms the last required text.
func (t *Typed) Decides(key tea.KeyPressMsg) bool {
	return key.String() == "enter" && t.Last() && t.right()
}

// right reports whether the required text has been typed.
func (t *Typed) right() bool { return same(t.input.Value(), t.left[0].Text) }

// Update handles a message and reports whether everything has been typed and confirmed.
func (t *Typed) Update(msg tea.Msg) (cmd tea.Cmd, done bool) {
	if _, paste := msg.(tea.PasteMsg); paste {
		t.wrong = t.d.Tr("type it: pasting does not confirm")
		return nil, false
	}
	key, isKey := msg.(tea.KeyPressMsg)
	want := t.left[0]
	switch {
	case isKey && key.String() == "enter" && strings.TrimSpace(t.input.Value()) == "":
		return nil, false
	case isKey && key.String() == "enter" && t.right():
		t.input.SetValue("")
		if t.wrong, done = "", t.Last(); !done {
			t.left = t.left[1:]
		}
		return nil, done
	case isKey && key.String() == "enter",
		isKey && isNumber(want.Text) && key.Text != "" && !isNumber(key.Text):
		t.wrong = t.d.Tr("that is not %s", want.What)
		return nil, false
	}
	t.input, cmd = t.input.Update(msg)
	t.wrong = ""
	return cmd, false
}

// Body returns the question and the field, and below them what is wrong with the typed text, or
// else the given lines.
func (t *Typed) Body(w int, below ...string) []string {
	const room = 10
	term.Widen(&t.input, room-1)
	if t.wrong != "" {
		below = t.d.Style.PaintWrapped(term.Warn, model.SanitiseLine(t.wrong), w)
	}
	return append(labelled(t.d, t.d.Tr("Type %s: ", t.left[0].What), t.input.View(), w, room), below...)
}

// labelled returns a field after its label, which takes as many lines as it needs: text that must
// be typed must be fully readable. The field gets the given room after the last of them.
func labelled(d *Deck, label, field string, w, room int) []string {
	lines := d.Style.PaintWrapped(term.Strong, strings.TrimRight(label, " "), w-1)
	if last := len(lines) - 1; ansi.StringWidth(lines[last])+1+room <= w {
		lines[last] += " " + field
		return lines
	}
	return append(lines, field)
}

// isNumber reports whether a text consists of digits and the spaces between them.
func isNumber(s string) bool { return s != "" && strings.Trim(s, "0123456789 ") == "" }

// same compares the typed text with the required one. Spaces, as in "1 240", and case are ignored.
func same(typed, wanted string) bool {
	return model.Fold(strings.Join(strings.Fields(typed), "")) == model.Fold(strings.Join(strings.Fields(wanted), ""))
}
