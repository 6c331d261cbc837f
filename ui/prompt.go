package ui

import (
	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"
)

// prompt asks for one line of text.
type prompt struct {
	d       *deck
	heading string
	lines   []string
	input   textinput.Model
	wrong   string
	// take gets the text; an error stays in the dialog.
	take func(text string) (tea.Cmd, error)
}

func newPrompt(d *deck, heading, placeholder string, lines []string, take func(string) (tea.Cmd, error)) *prompt {
	p := &prompt{d: d, heading: heading, lines: lines, input: d.style.newInput(placeholder), take: take}
	p.input.CharLimit = 2000
	p.input.Focus()
	return p
}

func (p *prompt) title() string { return p.heading }
func (p *prompt) hint() string  { return p.d.tr("Enter takes it   Esc leaves it") }

func (p *prompt) update(msg tea.Msg) (tea.Cmd, bool) {
	if key, ok := msg.(tea.KeyPressMsg); ok {
		switch key.String() {
		case "esc":
			return nil, true
		case "enter":
			cmd, err := p.take(p.input.Value())
			if err != nil {
				p.wrong = p.d.sentence(err.Error())
				return nil, false
			}
			return cmd, true
		}
	}
	var cmd tea.Cmd
	p.input, cmd = p.input.Update(msg)
	p.wrong = ""
	return cmd, false
}

func (p *prompt) body(w, h int) []string {
	var lines []string
	for _, l := range p.lines {
		lines = append(lines, wrap(l, w)...)
	}
	widen(&p.input, max(1, w-3))
	tail := []string{"> " + p.input.View()}
	if p.wrong != "" {
		for _, l := range wrap(p.wrong, w) {
			tail = append(tail, p.d.style.paint(warn, l))
		}
	}
	if room := max(0, h-len(tail)); len(lines) > room { // what is typed stays in sight
		lines = lines[:room]
	}
	return append(lines, tail...)
}
