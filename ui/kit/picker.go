package kit

import (
	"cmp"
	"slices"
	"strings"

	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
	"github.com/sahilm/fuzzy"

	"viberdeck/model"
	"viberdeck/ui/term"
)

// Choice is one line of a picker.
type Choice struct {
	Name string
	Note string // shown beside the name; if it cannot be taken now, why
	Off  bool
}

// Picker lets a person take one of several choices, found by typing parts of its name.
type Picker struct {
	d       *Deck
	heading string
	Choices []Choice
	found   []int
	at      int
	Input   textinput.Model
	// Free says that the typed text may be a new choice.
	Free bool
	// Numbered choices are taken by typing their number, 1 to 9.
	Numbered bool
	// NamesFirst gives the names all the room they need; the notes get what is left.
	NamesFirst bool
	// Tall shows as much of the note of the choice under the cursor as fits.
	Tall bool
	// Other are keys that do something else with the choice under the cursor, and Keys is the line
	// that describes them; "": the usual one.
	Other map[string]func(i int) tea.Cmd
	Keys  string
	// Read interprets the typed text as a choice of its own and describes it in words; an error
	// says why it cannot. Nil: only the listed choices count.
	Read  func(text string) (words string, take func() tea.Cmd, err error)
	words string         // the interpretation of the typed text
	typed func() tea.Cmd // takes it; nil if it cannot be interpreted
	wrong error          // why not
	// pick receives the index of the choice, or -1 and the text if a new one may be typed.
	pick func(i int, text string) tea.Cmd
}

// NewPicker makes a dialog with choices that can be searched by typing.
func NewPicker(d *Deck, heading string, choices []Choice, pick func(int, string) tea.Cmd) *Picker {
	p := &Picker{d: d, heading: heading, Choices: choices, pick: pick,
		Input: d.Style.NewInput(d.Tr("type to find"))}
	p.Input.CharLimit = 100
	p.Input.Focus()
	p.Search()
	return p
}

// Title names the dialog.
func (p *Picker) Title() string { return p.heading }

// Hint returns the key hints of the dialog.
func (p *Picker) Hint() string {
	if p.Keys != "" {
		return p.Keys
	}
	if p.Free {
		return p.d.Tr("↑↓ Enter choose   or type a new name   Esc cancel")
	}
	return p.d.Tr("↑↓ Enter choose   Esc cancel")
}

// Search narrows the choices to the typed text.
func (p *Picker) Search() {
	p.found, p.at, p.typed, p.wrong = p.found[:0], 0, nil, nil
	if p.Input.Value() == "" {
		for i := range p.Choices {
			p.found = append(p.found, i)
		}
		return
	}
	p.read(p.Input.Value())
	if p.look(p.Input.Value()); p.typed != nil {
		p.found = p.found[:0]
	}
	if len(p.found) == 0 && !p.Free && p.typed == nil { // typed with the Cyrillic layout on
		latin, wrong := strings.Map(model.LatinKey, p.Input.Value()), p.wrong
		if p.read(latin); p.typed == nil {
			p.wrong = wrong // about the current text
			p.look(latin)
		}
	}
}

// read tries to interpret the typed text as a choice of its own.
func (p *Picker) read(text string) {
	if p.Read == nil {
		return
	}
	words, take, err := p.Read(text)
	if p.wrong = err; err == nil {
		p.words, p.typed = words, take
	}
}

// look finds the choices whose name has a word that begins with the text, those that can be taken
// now first; then those whose name contains its letters in order, and last those whose note
// contains its words.
func (p *Picker) look(text string) {
	names := make([]string, len(p.Choices))
	for i, c := range p.Choices {
		names[i] = c.Name
	}
	for i, c := range p.Choices {
		if beginsAWord(c.Name, text) {
			p.found = append(p.found, i)
		}
	}
	slices.SortStableFunc(p.found, func(a, b int) int { return cmp.Compare(p.worth(a, text), p.worth(b, text)) })
	if p.wrong != nil { // almost a choice is not one: the person types on, or it is refused
		return
	}
	for _, m := range fuzzy.Find(text, names) {
		if !slices.Contains(p.found, m.Index) {
			p.found = append(p.found, m.Index)
		}
	}
	for i, c := range p.Choices {
		if strings.Contains(model.Fold(c.Note), model.Fold(text)) && !slices.Contains(p.found, i) {
			p.found = append(p.found, i)
		}
	}
}

// worth ranks the choices that have a word with this beginning: the smallest comes first.
func (p *Picker) worth(i int, text string) int {
	n := 0
	if p.Choices[i].Off {
		n += 2
	}
	if !strings.HasPrefix(model.Fold(p.Choices[i].Name), model.Fold(text)) {
		n++
	}
	return n
}

// beginsAWord reports whether the text is the beginning of a word in the name.
func beginsAWord(name, text string) bool {
	name, text = model.Fold(name), model.Fold(text)
	return strings.HasPrefix(name, text) || strings.Contains(name, " "+text)
}

// Decides reports whether the key takes a choice.
func (p *Picker) Decides(key tea.KeyPressMsg) bool {
	return key.String() == "enter" || p.numbered(key) >= 0
}

// numbered returns the choice with the number of the key, -1 for none.
func (p *Picker) numbered(key tea.KeyPressMsg) int {
	n := strings.Index("123456789", key.Text)
	if !p.Numbered || key.Text == "" || n >= len(p.Choices) || p.Input.Value() != "" {
		return -1
	}
	return n
}

// Update handles a message and reports whether the dialog has ended.
func (p *Picker) Update(msg tea.Msg) (tea.Cmd, bool) {
	if key, ok := msg.(tea.KeyPressMsg); ok {
		switch key.String() {
		case "esc":
			return nil, true
		case "up", "ctrl+p", "shift+tab":
			p.at = max(0, p.at-1)
			return nil, false
		case "down", "ctrl+n", "tab":
			p.at = max(0, min(len(p.found)-1, p.at+1))
			return nil, false
		case "enter":
			return p.take()
		}
		if do, ok := p.Other[key.String()]; ok && p.at < len(p.found) {
			return do(p.found[p.at]), false
		}
		if n := p.numbered(key); n >= 0 && p.Choices[n].Off {
			return p.whyOff(n), false
		} else if n >= 0 {
			p.found, p.at = []int{n}, 0
			return p.take()
		}
	}
	was := p.Input.Value()
	var cmd tea.Cmd
	p.Input, cmd = p.Input.Update(msg)
	if p.Input.Value() != was {
		p.Search()
	}
	return cmd, false
}

func (p *Picker) take() (tea.Cmd, bool) {
	if p.typed != nil {
		return p.typed(), true
	}
	if len(p.found) == 0 {
		if p.Free && p.Input.Value() != "" {
			return p.pick(-1, p.Input.Value()), true
		}
		return nil, false
	}
	i := p.found[p.at]
	if p.Choices[i].Off {
		return p.whyOff(i), false
	}
	return p.pick(i, ""), true
}

// whyOff says why a choice cannot be taken now.
func (p *Picker) whyOff(i int) tea.Cmd { return p.d.Say(p.Choices[i].Name + ": " + p.Choices[i].Note) }

// Body draws the dialog within the given width and height.
func (p *Picker) Body(w, h int) []string {
	term.Widen(&p.Input, max(1, w-3))
	lines := []string{"> " + p.Input.View()}
	whole := p.wholeNote(w, h)
	rows := max(1, h-1-len(whole))
	from := max(0, min(p.at-rows/2, len(p.found)-rows))
	widest := p.widest(w)
	for n := from; n < min(len(p.found), from+rows); n++ {
		c := p.Choices[p.found[n]]
		mark, as := " ", term.Plain
		if n == p.at {
			mark, as = "▸", term.Chosen
		}
		note := term.Clip(c.Note, max(0, w-widest-4))
		lines = append(lines, p.d.Style.Paint(as, mark+" "+term.Fit(term.Clip(c.Name, widest), widest))+"  "+
			p.d.Style.Paint(term.Dim, note))
	}
	switch {
	case p.typed != nil:
		lines = append(lines, p.d.Style.Paint(term.Chosen, "▸ "+p.words))
	case len(p.found) == 0 && p.wrong != nil:
		lines = append(lines, term.Indent(p.d.Style.PaintWrapped(term.Warn, p.d.Fault(p.wrong), w-2), "  ")...)
	case len(p.found) == 0 && p.Free && p.Input.Value() != "":
		lines = append(lines, "  "+p.d.Tr("Enter makes “%s”", term.Clip(p.Input.Value(), max(1, w-16))))
	case len(p.Choices) == 0 && p.Free:
		lines = append(lines, "  "+p.d.Tr("none yet: type the first"))
	case len(p.found) == 0:
		lines = append(lines, "  "+p.d.Tr("nothing matches"))
	}
	return append(lines, whole...)
}

// wholeNote repeats the note of the choice under the cursor below the list if it had to be cut.
func (p *Picker) wholeNote(w, h int) []string {
	if p.at >= len(p.found) || h < 8 && !p.Tall {
		return nil
	}
	note := p.Choices[p.found[p.at]].Note
	if ansi.StringWidth(note) <= w-p.widest(w)-4 {
		return nil
	}
	lines := append([]string{""}, p.d.Style.PaintWrapped(term.Dim, note, w)...)
	if h < 8 { // what the list leaves
		return lines[1:max(1, min(len(lines), h-len(p.found)))]
	}
	if p.Tall {
		return lines[:min(len(lines), max(4, h/2))]
	}
	return lines[:min(len(lines), 4)]
}

// widest returns the width of the names.
func (p *Picker) widest(w int) int {
	widest := 0
	for _, c := range p.Choices {
		widest = max(widest, ansi.StringWidth(c.Name))
	}
	if p.NamesFirst {
		return min(widest, max(1, w-4))
	}
	return min(widest, max(1, w/2))
}
