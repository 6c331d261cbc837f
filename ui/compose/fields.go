package compose

import (
	"cmp"
	"slices"
	"strings"

	"charm.land/bubbles/v2/textarea"
	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"viberdeck/model"
	"viberdeck/ui/kit"
	"viberdeck/ui/lang"
	"viberdeck/ui/term"
)

// fieldKind is how a field of a form is filled in.
type fieldKind int

const (
	lineField   fieldKind = iota // one line of text
	areaField                    // several lines; Enter is a new line
	choiceField                  // one of several words, by left and right or by typing its beginning
	phonesField                  // many phones; Enter or a paste adds the typed text
	buttonField                  // Enter continues with the form
)

// labelWidth is the width of the field names in columns.
const labelWidth = 14

// areaLines is how many lines of a text are visible.
const areaLines = 5

// Field is one field of a form. Its key is its name in the campaign file and in errors.
type Field struct {
	Key, label string
	kind       fieldKind
	input      textinput.Model
	area       textarea.Model
	options    []kit.Choice
	at         int
	several    bool // it may hold several values, in the format of severalText
	People     PhoneSet
	why        string // why it cannot be used, in words; "" if it can
	busy       string // the work in progress on its content, in words; meanwhile it accepts no input
	Wrong      string // the error in its content
	found      string // what would be refused later, found while typing
	visited    bool   // it has had the focus
}

func newField(t *term.Theme, key, label string, kind fieldKind, placeholder string) *Field {
	f := &Field{Key: key, label: label, kind: kind}
	switch kind {
	case lineField, phonesField:
		f.input = t.NewInput(placeholder)
	case areaField:
		f.area = t.NewArea(placeholder, areaLines)
	}
	return f
}

// Value returns the content as text.
func (f *Field) Value() string {
	switch f.kind {
	case areaField:
		return f.area.Value()
	case choiceField:
		if f.at < len(f.options) {
			return f.options[f.at].Name
		}
		return ""
	case buttonField:
		return ""
	}
	return strings.TrimSpace(f.input.Value())
}

// filled returns what a person put into the field; for choices, one other than the first.
func (f *Field) filled() string {
	if f.kind == choiceField && f.at == 0 {
		return ""
	}
	return f.Value()
}

// Set fills the field.
func (f *Field) Set(s string) {
	switch f.kind {
	case areaField:
		f.area.SetValue(s)
	case choiceField:
		for i, o := range f.options {
			if o.Name == s {
				f.at = i
			}
		}
	case lineField, phonesField:
		f.input.SetValue(s)
		f.input.CursorEnd() // otherwise a longer value would keep the old position
	}
}

func (f *Field) focus(on bool) {
	f.visited = f.visited || !on
	switch {
	case f.kind == choiceField, f.kind == buttonField:
	case f.kind == areaField && on:
		f.area.Focus()
	case f.kind == areaField:
		f.area.Blur()
	case on:
		f.input.Focus()
	default:
		f.input.Blur()
	}
}

// update passes a message to the field and reports whether its content changed.
func (f *Field) update(msg tea.Msg, country string) (cmd tea.Cmd, changed bool) {
	if f.why != "" || f.busy != "" {
		return nil, false
	}
	was := f.Value()
	switch f.kind {
	case areaField:
		f.area, cmd = f.area.Update(msg)
	case choiceField:
		f.choose(msg)
	case phonesField:
		return f.collect(msg, country)
	case lineField:
		f.input, cmd = f.input.Update(msg)
	}
	if changed = f.Value() != was; changed {
		f.Wrong = ""
	}
	return cmd, changed
}

func (f *Field) choose(msg tea.Msg) {
	key, ok := msg.(tea.KeyPressMsg)
	if !ok || len(f.options) == 0 {
		return
	}
	n := len(f.options)
	switch key.String() {
	case "left":
		f.at = (f.at + n - 1) % n
	case "right", "space":
		f.at = (f.at + 1) % n
	default:
		for step := range n {
			i := (f.at + 1 + step) % n
			if key.Text != "" && strings.HasPrefix(strings.ToLower(f.options[i].Name), strings.ToLower(key.Text)) {
				f.at = i
				return
			}
		}
	}
}

// collect adds phones. A paste is taken as a whole, however long it is.
func (f *Field) collect(msg tea.Msg, country string) (tea.Cmd, bool) {
	add := func(text string) bool {
		before := f.People.total()
		f.People, f.Wrong = f.People.with(text, country), ""
		return f.People.total() != before
	}
	switch msg := msg.(type) {
	case tea.PasteMsg:
		changed := add(f.input.Value() + " " + msg.Content)
		f.input.SetValue("")
		return nil, changed
	case tea.KeyPressMsg:
		switch {
		case msg.String() == "enter" || msg.String() == ",":
			changed := add(f.input.Value())
			f.input.SetValue("")
			return nil, changed
		case msg.String() == "backspace" && f.input.Value() == "" && len(f.People.Bad) > 0:
			f.People.Bad = f.People.Bad[:len(f.People.Bad)-1]
			return nil, true
		case msg.String() == "backspace" && f.input.Value() == "" && len(f.People.Phones) > 0:
			// a command may be reading the removed one
			f.People.Phones = slices.Clip(f.People.Phones[:len(f.People.Phones)-1])
			return nil, true
		case msg.String() == "backspace" && f.input.Value() == "" && f.People.file.path != "":
			f.People.file = peopleFile{}
			return nil, true
		case msg.String() == "ctrl+u" && f.input.Value() == "":
			f.People = PhoneSet{}
			return nil, true
		}
	}
	var cmd tea.Cmd
	f.input, cmd = f.input.Update(msg)
	return cmd, false
}

// addTyped adds the phones that are typed and not yet added with Enter. A text that is not all
// phones stays in the field.
func (f *Field) addTyped(country string) error {
	typed := f.Value()
	if typed == "" {
		return nil
	}
	all := f.People.with(typed, country)
	if n := len(f.People.Bad); len(all.Bad) > n {
		return model.Invalid(f.Key, "%s", all.Bad[n].Reason)
	}
	f.People = all
	f.input.SetValue("")
	return nil
}

// drawn returns the content of a text field. An empty one without the focus, as most fields are, is
// drawn as its placeholder: drawing it as an editable text takes a hundred times as long.
func (f *Field) drawn(t *term.Theme, focused bool) string {
	switch empty := !focused && f.Value() == ""; {
	case empty:
		return t.Paint(term.Dim, cmp.Or(f.area.Placeholder, f.input.Placeholder))
	case f.kind == areaField:
		return f.area.View()
	}
	return f.input.View()
}

// lines draws the field: its label, its content, and remarks below it.
func (f *Field) lines(d *kit.Deck, w int, focused bool, hint string) []string {
	t, room := d.Style, max(4, w-labelWidth-2)
	mark, tone := " ", term.Dim
	if focused {
		mark, tone = t.Paint(term.Accent, "▸"), term.Strong
	}
	head := mark + t.Paint(tone, term.Fit(f.label, labelWidth)) + " "
	if f.why != "" {
		why := f.why
		if put := f.filled(); put != "" {
			why = d.Tr("not sent, %s: %s", f.why, model.SanitiseLine(put))
		}
		return []string{head + t.Paint(term.Dim, term.Clip("— "+why, room))}
	}
	if f.kind == buttonField {
		head = mark + strings.Repeat(" ", labelWidth+1)
	}
	content := f.content(d, room, focused)
	if text := cmp.Or(f.Wrong, f.found); text != "" {
		content = append(content, t.PaintWrapped(term.Bad, "! "+text, room)...)
	}
	if hint != "" && (focused || f.kind == areaField) {
		content = append(content, t.PaintWrapped(term.Dim, hint, room)...)
	}
	for i, l := range content {
		if i > 0 {
			head = strings.Repeat(" ", labelWidth+2)
		}
		content[i] = head + l
	}
	return content
}

// content draws what is in the field within a width.
func (f *Field) content(d *kit.Deck, w int, focused bool) []string {
	t := d.Style
	switch f.kind {
	case areaField:
		f.area.SetWidth(w)
		lines := strings.Split(f.drawn(t, focused), "\n")
		for i, l := range lines {
			lines[i] = ansi.Truncate(term.Stable(l), w, "") // the spaces at its end are cut
		}
		if !focused {
			lines = lines[:min(len(lines), max(1, f.area.LineCount()))]
		}
		return lines
	case choiceField:
		return []string{f.drawChoices(d, w)}
	case buttonField:
		return []string{t.Paint(term.Accent, "[ "+f.label+" ]")}
	case phonesField:
		term.Widen(&f.input, max(1, w-1))
		return append([]string{f.drawn(t, focused)}, term.Wrap(f.counted(d), w)...)
	}
	term.Widen(&f.input, max(1, w-1))
	return []string{f.drawn(t, focused)}
}

// shown returns a choice as the person reads it: our own names translated, others unchanged.
func (f *Field) shown(d *kit.Deck, name string) string {
	switch f.Key {
	case "class":
		return d.Word("class", name)
	case "hand_over":
		return d.Word("lies", name)
	case "one_by_one":
		return d.Word("answer", name)
	case "device":
		return d.Word("device", cmp.Or(name, "the vendor's default"))
	}
	return name
}

func (f *Field) drawChoices(d *kit.Deck, room int) string {
	t := d.Style
	line := ""
	for i, o := range f.options {
		name := term.Clip(f.shown(d, o.Name), 24)
		part := " " + name + " "
		if i == f.at {
			part = t.Paint(term.Strong, "‹"+name+"›")
		}
		line += part
	}
	if len(f.options) == 0 {
		return t.Paint(term.Dim, d.Tr("none"))
	}
	if ansi.StringWidth(line) > room {
		line = t.Paint(term.Strong, "‹"+term.Clip(f.shown(d, f.Value()), room-12)+"›") +
			t.Paint(term.Dim, " "+d.Tr("← → others"))
	}
	if f.at < len(f.options) && f.options[f.at].Note != "" {
		line += " " + t.Paint(term.Dim, term.Clip("("+f.options[f.at].Note+")", max(0, room-ansi.StringWidth(line)-1)))
	}
	return line
}

// counted says what has been collected.
func (f *Field) counted(d *kit.Deck) string {
	b := f.People
	if f.busy != "" {
		return f.busy
	}
	if b.total() == 0 {
		return d.Tr("none yet: type or paste them; ctrl+o takes a file")
	}
	var words []string
	if b.file.path != "" {
		words = append(words, b.file.words(d))
	}
	if n := len(b.contacts); n > 0 {
		words = append(words, d.Plural(int64(n), "contact", "contacts"))
	}
	if len(b.Phones) > 0 {
		words = append(words, d.Plural(int64(len(b.Phones)), "phone", "phones"))
	}
	if b.Origin != "" {
		words = append(words, b.Origin)
	}
	if b.duplicates > 0 {
		words = append(words, d.Tr("%s given twice", lang.Count(b.duplicates)))
	}
	if n := len(b.Bad); n > 0 {
		words = append(words, d.Tr("%s: “%s”", d.Plural(int64(n), "is not a phone", "are not phones"),
			model.SanitiseLine(b.Bad[n-1].Text)))
	}
	return strings.Join(words, ", ")
}

// take puts a known value into the field: replacing the content, or in addition to it if there may
// be several.
func (f *Field) take(value string) {
	if f.several {
		if values, err := readSeveral(f.Key, f.Value()); err == nil && !slices.Contains(values, value) {
			value = severalText(append(values, value))
		} else {
			return
		}
	}
	f.input.SetValue(value)
	f.input.CursorEnd()
	f.Wrong = ""
}

// nextOffer puts the next usable known value into the field.
func (f *Field) nextOffer() bool {
	for range f.options {
		f.at = (f.at + 1) % len(f.options)
		if o := f.options[f.at]; !o.Off {
			f.take(o.Name)
			return true
		}
	}
	return false
}
