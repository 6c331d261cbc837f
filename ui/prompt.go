package ui

import (
	"context"

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
	// kept is the name under which Keep holds what is half-typed; "" keeps nothing.
	kept  string
	saver soon
}

func newPrompt(d *deck, heading, placeholder string, lines []string, take func(string) (tea.Cmd, error)) *prompt {
	p := &prompt{d: d, heading: heading, lines: lines, input: d.style.newInput(placeholder), take: take}
	p.input.CharLimit = 2000
	p.input.Focus()
	return p
}

// remember keeps what is half-typed under a name, and brings back what was left there by a session
// that broke off. Esc and Enter forget it.
func (p *prompt) remember(name string) tea.Cmd {
	p.kept = name
	store, operator := p.d.Store, p.d.Operator
	return ask(p.d, new(slot), func(ctx context.Context) (string, error) {
		text, _, err := store.Kept(ctx, operator, name)
		return text, err
	}, func(text string, err error) tea.Cmd {
		if err != nil || text == "" || p.input.Value() != "" {
			return nil // a comfort: nobody is told that it failed
		}
		p.input.SetValue(text)
		p.input.CursorEnd()
		return p.d.say(p.d.tr("what you began to write here is back"))
	})
}

// keepsake gives what is half-typed.
func (p *prompt) keepsake() keepsake { return keepsake{p.kept, p.input.Value()} }

// keep stores a text, where the prompt remembers any.
func (p *prompt) keep(text string) tea.Cmd {
	p.saver.forget()
	if p.kept == "" {
		return nil
	}
	return p.d.keep(keepsake{p.kept, text}, func(error) tea.Cmd { return nil })
}

func (p *prompt) title() string { return p.heading }
func (p *prompt) hint() string  { return p.d.tr("Enter takes it   Esc leaves it") }

func (p *prompt) update(msg tea.Msg) (tea.Cmd, bool) {
	if key, ok := msg.(tea.KeyPressMsg); ok {
		switch key.String() {
		case "esc":
			return p.keep(""), true
		case "enter":
			cmd, err := p.take(p.input.Value())
			if err != nil {
				p.wrong = p.d.fault(err)
				return nil, false
			}
			return tea.Batch(cmd, p.keep("")), true
		}
	}
	was := p.input.Value()
	var cmd tea.Cmd
	p.input, cmd = p.input.Update(msg)
	p.wrong = ""
	if p.kept != "" && p.input.Value() != was {
		cmd = tea.Batch(cmd, p.saver.changed(func() tea.Cmd { return p.keep(p.input.Value()) }))
	}
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
