package ui

import (
	"cmp"
	"slices"
	"strings"

	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
	"github.com/sahilm/fuzzy"

	"viberdeck/model"
)

// choice is one line of a picker.
type choice struct {
	name string
	note string // beside the name; for what cannot be taken now, why
	off  bool
}

// picker takes one of several choices, found by typing parts of its name.
type picker struct {
	d       *deck
	heading string
	choices []choice
	found   []int
	at      int
	input   textinput.Model
	free    bool // what is typed may be a new choice
	// pick gets the index of the choice, or -1 and the text where a new one may be typed.
	pick func(i int, text string) tea.Cmd
}

func newPicker(d *deck, heading string, choices []choice, free bool, pick func(int, string) tea.Cmd) *picker {
	p := &picker{d: d, heading: heading, choices: choices, free: free, pick: pick,
		input: d.style.newInput(d.tr("type to find"))}
	p.input.CharLimit = 100
	p.input.Focus()
	p.search()
	return p
}

func (p *picker) title() string { return p.heading }

func (p *picker) hint() string {
	if p.free {
		return p.d.tr("↑↓ Enter takes   a new name may be typed   Esc leaves")
	}
	return p.d.tr("↑↓ Enter takes   Esc leaves")
}

func (p *picker) search() {
	p.found, p.at = p.found[:0], 0
	if p.input.Value() == "" {
		for i := range p.choices {
			p.found = append(p.found, i)
		}
		return
	}
	p.look(p.input.Value())
	if len(p.found) == 0 && !p.free { // typed with the Cyrillic layout on
		var b strings.Builder
		for _, r := range p.input.Value() {
			b.WriteString(cmp.Or(positions[string(r)], string(r)))
		}
		p.look(b.String())
	}
}

// look finds the choices whose name has a word that begins so, first what can be taken now; after
// them those whose name has the letters in this order, and last those whose explanation has the
// words.
func (p *picker) look(text string) {
	names := make([]string, len(p.choices))
	for i, c := range p.choices {
		names[i] = c.name
	}
	for i, c := range p.choices {
		if beginsAWord(c.name, text) {
			p.found = append(p.found, i)
		}
	}
	slices.SortStableFunc(p.found, func(a, b int) int { return cmp.Compare(p.worth(a, text), p.worth(b, text)) })
	for _, m := range fuzzy.Find(text, names) {
		if !slices.Contains(p.found, m.Index) {
			p.found = append(p.found, m.Index)
		}
	}
	for i, c := range p.choices {
		if strings.Contains(model.Fold(c.note), model.Fold(text)) && !slices.Contains(p.found, i) {
			p.found = append(p.found, i)
		}
	}
}

// worth orders the choices that have a word with this beginning: the smallest is first.
func (p *picker) worth(i int, text string) int {
	n := 0
	if p.choices[i].off {
		n += 2
	}
	if !strings.HasPrefix(model.Fold(p.choices[i].name), model.Fold(text)) {
		n++
	}
	return n
}

// beginsAWord tells that the text is the beginning of a word of the name.
func beginsAWord(name, text string) bool {
	name, text = model.Fold(name), model.Fold(text)
	return strings.HasPrefix(name, text) || strings.Contains(name, " "+text)
}

func (p *picker) update(msg tea.Msg) (tea.Cmd, bool) {
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
	}
	was := p.input.Value()
	var cmd tea.Cmd
	p.input, cmd = p.input.Update(msg)
	if p.input.Value() != was {
		p.search()
	}
	return cmd, false
}

func (p *picker) take() (tea.Cmd, bool) {
	if len(p.found) == 0 {
		if p.free && p.input.Value() != "" {
			return p.pick(-1, p.input.Value()), true
		}
		return nil, false
	}
	i := p.found[p.at]
	if p.choices[i].off {
		return p.d.say(p.choices[i].name + ": " + p.choices[i].note), false
	}
	return p.pick(i, ""), true
}

func (p *picker) body(w, h int) []string {
	widen(&p.input, max(1, w-3))
	lines := []string{"> " + p.input.View()}
	whole := p.wholeNote(w, h)
	rows := max(1, h-1-len(whole))
	from := max(0, min(p.at-rows/2, len(p.found)-rows))
	widest := p.widest(w)
	for n := from; n < min(len(p.found), from+rows); n++ {
		c := p.choices[p.found[n]]
		mark, as := " ", plain
		if n == p.at {
			mark, as = p.d.style.paint(accent, "▸"), strong
		}
		note := clip(c.note, w-widest-4)
		lines = append(lines, mark+" "+p.d.style.paint(as, fit(clip(c.name, widest), widest))+"  "+
			p.d.style.paint(dim, note))
	}
	switch {
	case len(p.found) == 0 && p.free && p.input.Value() != "":
		lines = append(lines, "  "+p.d.tr("Enter makes “%s”", clip(p.input.Value(), max(1, w-16))))
	case len(p.choices) == 0 && p.free:
		lines = append(lines, "  "+p.d.tr("none yet: type the first"))
	case len(p.found) == 0:
		lines = append(lines, "  "+p.d.tr("nothing matches"))
	}
	return append(lines, whole...)
}

// wholeNote gives what stands beside the choice under the cursor once more below the list where it
// had to be cut.
func (p *picker) wholeNote(w, h int) []string {
	if p.at >= len(p.found) || h < 8 {
		return nil
	}
	note := p.choices[p.found[p.at]].note
	if ansi.StringWidth(note) <= w-p.widest(w)-4 {
		return nil
	}
	lines := []string{""}
	for _, l := range wrap(note, w) {
		lines = append(lines, p.d.style.paint(dim, l))
	}
	return lines[:min(len(lines), 4)]
}

// widest gives the width of the names.
func (p *picker) widest(w int) int {
	widest := 0
	for _, c := range p.choices {
		widest = max(widest, ansi.StringWidth(c.name))
	}
	return min(widest, max(1, w/2))
}
