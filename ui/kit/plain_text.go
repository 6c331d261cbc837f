package kit

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"viberdeck/model"
	"viberdeck/ui/term"
)

// PlainText shows only the text copied last, so that it can be selected by means of the terminal if
// its clipboard is not accessible.
type PlainText struct {
	d     *Deck
	lines []string
	pager Pager
}

// NewPlainText shows what was copied last as plain text.
func NewPlainText(d *Deck) *PlainText {
	return &PlainText{d: d, lines: strings.Split(d.shownPhones(d.LastCopied), "\n")}
}

// shownPhones masks text that was copied while phones are masked.
func (d *Deck) shownPhones(text string) string {
	if !d.Masked {
		return text
	}
	lines := strings.Split(text, "\n")
	for i, l := range lines {
		if phone, err := model.ParsePhone(l, d.DefaultCountry); err == nil {
			lines[i] = d.Phone(phone)
		}
	}
	return strings.Join(lines, "\n")
}

// WantsFull marks a dialog that takes the whole screen.
func (p *PlainText) WantsFull() {}

// Title names the dialog.
func (p *PlainText) Title() string { return "" }

// Hint returns the key hints of the dialog.
func (p *PlainText) Hint() string {
	return p.d.Tr("select it with the mouse; ↑↓ scroll   Esc close")
}

// Update handles a message and reports whether the dialog has ended.
func (p *PlainText) Update(msg tea.Msg) (tea.Cmd, bool) {
	key, ok := msg.(tea.KeyPressMsg)
	if !ok {
		return nil, false
	}
	switch Command(key) {
	case "esc", "q", "enter", "Y":
		return nil, true
	}
	p.pager.Scroll(key)
	return nil, false
}

// Body returns the lines unwrapped: lines that the terminal wraps itself are joined again in a
// selection.
func (p *PlainText) Body(w, h int) []string {
	from, _ := p.pager.Range(len(p.lines)+h-1, h) // wrapped, the last line may need the whole room
	var lines []string
	for _, l := range p.lines[from:] {
		if len(lines) >= h {
			break
		}
		lines = append(lines, term.Wrap(l, w)...)
	}
	return lines[:min(len(lines), h)]
}
