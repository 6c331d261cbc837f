package ui

import (
	"cmp"
	"slices"
	"strings"

	"charm.land/bubbles/v2/textarea"
	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"viberdeck/model"
)

// fieldKind says how a field of a form is filled in.
type fieldKind int

const (
	lineField   fieldKind = iota // one line of text
	areaField                    // several lines; Enter is a new line
	choiceField                  // one of some words, by left and right or by typing its beginning
	phonesField                  // many phones; Enter or a paste adds what is typed
	buttonField                  // Enter goes on with the form
)

// areaLines is how many lines of a text are shown.
const areaLines = 5

// field is one field of a form. Its key is the name the campaign file and the errors give it.
type field struct {
	key, label string
	kind       fieldKind
	input      textinput.Model
	area       textarea.Model
	options    []choice
	at         int
	bag        bag
	why        string // why it cannot be used, in words; "" when it can
	busy       string // what is being done to its content, in words; it takes nothing meanwhile
	wrong      string // what is wrong with its content
	found      string // what would be refused later, seen while typing
	visited    bool   // the focus was here
}

func newField(t theme, key, label string, kind fieldKind, placeholder string) *field {
	f := &field{key: key, label: label, kind: kind}
	switch kind {
	case lineField, phonesField:
		f.input = t.newInput(placeholder)
	case areaField:
		f.area = t.newArea(placeholder, areaLines)
	}
	return f
}

// value gives the content as text.
func (f *field) value() string {
	switch f.kind {
	case areaField:
		return f.area.Value()
	case choiceField:
		if f.at < len(f.options) {
			return f.options[f.at].name
		}
		return ""
	case buttonField:
		return ""
	}
	return strings.TrimSpace(f.input.Value())
}

// set fills the field.
func (f *field) set(s string) {
	switch f.kind {
	case areaField:
		f.area.SetValue(s)
	case choiceField:
		for i, o := range f.options {
			if o.name == s {
				f.at = i
			}
		}
	case lineField, phonesField:
		f.input.SetValue(s)
	}
}

func (f *field) focus(on bool) {
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

// update hands a message to the field and tells whether its content changed.
func (f *field) update(msg tea.Msg, country string) (cmd tea.Cmd, changed bool) {
	if f.why != "" || f.busy != "" {
		return nil, false
	}
	was := f.value()
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
	if changed = f.value() != was; changed {
		f.wrong = ""
	}
	return cmd, changed
}

func (f *field) choose(msg tea.Msg) {
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
			if key.Text != "" && strings.HasPrefix(strings.ToLower(f.options[i].name), strings.ToLower(key.Text)) {
				f.at = i
				return
			}
		}
	}
}

// collect adds phones. A paste is taken whole and at once, however long it is.
func (f *field) collect(msg tea.Msg, country string) (tea.Cmd, bool) {
	add := func(text string) bool {
		before := f.bag.total()
		f.bag, f.wrong = f.bag.with(text, country), ""
		return f.bag.total() != before
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
		case msg.String() == "backspace" && f.input.Value() == "" && len(f.bag.bad) > 0:
			f.bag.bad = f.bag.bad[:len(f.bag.bad)-1]
			return nil, true
		case msg.String() == "backspace" && f.input.Value() == "" && len(f.bag.phones) > 0:
			f.bag.phones = slices.Clip(f.bag.phones[:len(f.bag.phones)-1]) // a command may be reading the one that goes
			return nil, true
		case msg.String() == "backspace" && f.input.Value() == "" && f.bag.file.path != "":
			f.bag.file = peopleFile{}
			return nil, true
		case msg.String() == "ctrl+u" && f.input.Value() == "":
			f.bag = bag{}
			return nil, true
		}
	}
	var cmd tea.Cmd
	f.input, cmd = f.input.Update(msg)
	return cmd, false
}

// lines draw the field: its label, its content, and below it what there is to say about it.
func (f *field) lines(d *deck, w int, focused bool, hint string) []string {
	t := d.style
	const label = 14
	mark := " "
	if focused {
		mark = t.paint(accent, "▸")
	}
	room := max(4, w-label-2)
	head := func(s string) string {
		if focused {
			return mark + t.paint(strong, fit(s, label)) + " "
		}
		return mark + t.paint(dim, fit(s, label)) + " "
	}
	if f.why != "" {
		return []string{head(f.label) + t.paint(dim, clip("— "+f.why, room))}
	}
	var lines []string
	switch f.kind {
	case areaField:
		f.area.SetWidth(room)
		for i, l := range strings.Split(f.area.View(), "\n") {
			l = ansi.Truncate(steady(l), room, "") // the spaces at its end give way
			if i == 0 {
				lines = append(lines, head(f.label)+l)
			} else {
				lines = append(lines, strings.Repeat(" ", label+2)+l)
			}
		}
		if !focused {
			lines = lines[:min(len(lines), max(1, f.area.LineCount()))]
		}
	case choiceField:
		lines = append(lines, head(f.label)+f.drawChoices(d, room))
	case phonesField:
		widen(&f.input, max(1, room-1))
		lines = append(lines, head(f.label)+f.input.View())
		for _, l := range wrap(f.counted(d), room) {
			lines = append(lines, strings.Repeat(" ", label+2)+l)
		}
	case buttonField:
		lines = append(lines, mark+strings.Repeat(" ", label+1)+t.paint(accent, "[ "+f.label+" ]"))
	default:
		widen(&f.input, max(1, room-1))
		lines = append(lines, head(f.label)+f.input.View())
	}
	below := func(as tone, s string) {
		for _, l := range wrap(s, room) {
			lines = append(lines, strings.Repeat(" ", label+2)+t.paint(as, l))
		}
	}
	if said := cmp.Or(f.wrong, f.found); said != "" {
		below(bad, "! "+said)
	}
	if hint != "" && (focused || f.kind == areaField) {
		below(dim, hint)
	}
	return lines
}

// shown gives a choice as the person reads it: names of ours in the language, names of theirs as
// they are.
func (f *field) shown(d *deck, name string) string {
	if f.key == "class" {
		return d.word("class", name)
	}
	return name
}

func (f *field) drawChoices(d *deck, room int) string {
	t := d.style
	line := ""
	for i, o := range f.options {
		name := clip(f.shown(d, o.name), 24)
		part := " " + name + " "
		if i == f.at {
			part = t.paint(strong, "‹"+name+"›")
		}
		line += part
	}
	if len(f.options) == 0 {
		return t.paint(dim, d.tr("none"))
	}
	if ansi.StringWidth(line) > room {
		line = t.paint(strong, "‹"+clip(f.shown(d, f.value()), room-12)+"›") + t.paint(dim, " "+d.tr("← → others"))
	}
	if f.at < len(f.options) && f.options[f.at].note != "" {
		line += " " + t.paint(dim, clip(f.options[f.at].note, max(0, room-ansi.StringWidth(line)-1)))
	}
	return line
}

// counted says what has been collected.
func (f *field) counted(d *deck) string {
	b := f.bag
	if f.busy != "" {
		return f.busy
	}
	if b.total() == 0 {
		return d.tr("none yet: type or paste them; ctrl+o takes a file")
	}
	var words []string
	if b.file.path != "" {
		words = append(words, b.file.words(d))
	}
	if len(b.phones) > 0 {
		words = append(words, d.plural(int64(len(b.phones)), "phone", "phones"))
	}
	if b.origin != "" {
		words = append(words, b.origin)
	}
	if b.duplicates > 0 {
		words = append(words, d.tr("%s given twice", count(b.duplicates)))
	}
	if n := len(b.bad); n > 0 {
		words = append(words, d.tr("%s: “%s”", d.plural(int64(n), "is no phone", "are no phones"),
			model.SanitiseLine(b.bad[n-1].Text)))
	}
	return strings.Join(words, ", ")
}

// nextOffer puts the next known value that may be used into the field.
func (f *field) nextOffer() bool {
	for range f.options {
		f.at = (f.at + 1) % len(f.options)
		if o := f.options[f.at]; !o.off {
			f.input.SetValue(o.name)
			f.input.CursorEnd()
			return true
		}
	}
	return false
}

// offered names the known values of a field.
func (f *field) offered(none string) string {
	var known []string
	for _, o := range f.options {
		word := o.name
		if o.off || f.key == "list" {
			word += " (" + o.note + ")"
		}
		known = append(known, word)
	}
	if len(known) == 0 {
		return none
	}
	return "ctrl+n: " + strings.Join(known, ", ")
}
