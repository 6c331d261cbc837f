package kit

import (
	"context"

	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"

	"viberdeck/ui/term"
)

// Prompt asks for one line of text.
type Prompt struct {
	d       *Deck
	heading string
	lines   []string
	Input   textinput.Model
	wrong   string
	// take receives the text; an error is shown in the dialog.
	take func(text string) (tea.Cmd, error)
	// kept is the name under which Keep stores unfinished text; "" stores nothing.
	kept  string
	saver Debounce
}

// NewPrompt makes a dialog that asks for one line.
func NewPrompt(d *Deck, heading, placeholder string, lines []string, take func(string) (tea.Cmd, error)) *Prompt {
	p := &Prompt{d: d, heading: heading, lines: lines, Input: d.Style.NewInput(placeholder), take: take}
	p.Input.CharLimit = 2000
	p.Input.Focus()
	return p
}

// Remember stores unfinished text under a name, and restores what an interrupted session left
// there. Esc and Enter discard it.
func (p *Prompt) Remember(name string) tea.Cmd {
	p.kept = name
	store, operator := p.d.Store, p.d.Operator
	return Ask(p.d, new(Slot), func(ctx context.Context) (string, error) {
		text, _, err := store.Setting(ctx, operator, name)
		return text, err
	}, func(text string, err error) tea.Cmd {
		if err != nil || text == "" || p.Input.Value() != "" {
			return nil // a convenience: its failure is not shown
		}
		p.Input.SetValue(text)
		p.Input.CursorEnd()
		return p.d.Say(p.d.Tr("what you began to write here is back"))
	})
}

// Setting returns the unfinished text.
func (p *Prompt) Setting() Setting { return Setting{p.kept, p.Input.Value()} }

// keep stores a text, if the prompt remembers any.
func (p *Prompt) keep(text string) tea.Cmd {
	p.saver.Forget()
	if p.kept == "" {
		return nil
	}
	return p.d.Keep(Setting{p.kept, text}, func(error) tea.Cmd { return nil })
}

// Title names the dialog.
func (p *Prompt) Title() string { return p.heading }

// Hint returns the key hints of the dialog.
func (p *Prompt) Hint() string { return p.d.Tr("Enter OK   Esc cancel") }

// Decides reports whether the key submits the text.
func (p *Prompt) Decides(key tea.KeyPressMsg) bool { return key.String() == "enter" }

// Update handles a message and reports whether the dialog has ended.
func (p *Prompt) Update(msg tea.Msg) (tea.Cmd, bool) {
	if key, ok := msg.(tea.KeyPressMsg); ok {
		switch key.String() {
		case "esc":
			return p.keep(""), true
		case "enter":
			cmd, err := p.take(p.Input.Value())
			if err != nil {
				p.wrong = p.d.Fault(err)
				return nil, false
			}
			return tea.Batch(cmd, p.keep("")), true
		}
	}
	was := p.Input.Value()
	var cmd tea.Cmd
	p.Input, cmd = p.Input.Update(msg)
	p.wrong = ""
	if p.kept != "" && p.Input.Value() != was {
		cmd = tea.Batch(cmd, p.saver.Changed(func() tea.Cmd { return p.keep(p.Input.Value()) }))
	}
	return cmd, false
}

// Body draws the dialog within the given width and height.
func (p *Prompt) Body(w, h int) []string {
	var lines []string
	for _, l := range p.lines {
		lines = append(lines, term.Wrap(l, w)...)
	}
	term.Widen(&p.Input, max(1, w-3))
	tail := []string{"> " + p.Input.View()}
	if p.wrong != "" {
		tail = append(tail, p.d.Style.PaintWrapped(term.Warn, p.wrong, w)...)
	}
	if room := max(0, h-len(tail)); len(lines) > room { // the typed text stays visible
		lines = lines[:room]
	}
	return append(lines, tail...)
}
