package kit

import (
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"viberdeck/model"
	"viberdeck/ui/lang"
	"viberdeck/ui/term"
)

// ClipboardMost is how many bytes are offered to a terminal's clipboard: the sequence carries them
// in base64, and common terminals silently drop one of more than 100 000 characters.
const ClipboardMost = 74000

// CopiedPeople offers phones to the clipboard. While masks are on, the message does not show what
// was copied.
func (d *Deck) CopiedPeople(people []string) tea.Cmd {
	text := strings.Join(people, "\n")
	if d.Masked || len(people) > 3 {
		return d.offer(text, d.Plural(int64(len(people)), "phone", "phones"))
	}
	return d.offer(text, strings.Join(people, ", "))
}

// Copied offers text to the clipboard of the person's own terminal.
func (d *Deck) Copied(text string) tea.Cmd { return d.offer(text, term.Clip(text, 60)) }

// CopiedText offers a longer text to the clipboard, which the message describes by name.
func (d *Deck) CopiedText(text, name string) tea.Cmd { return d.offer(text, name) }

// offer sends text to the clipboard of the person's own terminal by OSC 52, which also works
// through SSH. Whether the terminal accepted it is unknown, so the message says only that it was
// offered.
func (d *Deck) offer(text, what string) tea.Cmd {
	d.LastCopied = text
	if n := len(text); n > ClipboardMost {
		return d.Say(d.Tr("%s: too long for a terminal's clipboard (%s bytes, the limit is %s); Y shows it to "+
			"select, e writes a file", what,
			lang.Count(int64(n)), lang.Count(ClipboardMost)))
	}
	sequence := ansi.SetSystemClipboard(text)
	switch {
	case d.Env.Get("TMUX") != "":
		// tmux accepts the plain sequence with set-clipboard on, and passes the wrapped one on with
		// allow-passthrough on.
		return tea.Batch(tea.SetClipboard(text), tea.Raw(ansi.TmuxPassthrough(sequence)),
			d.Say(d.Tr("offered through tmux to your terminal's clipboard (OSC 52; needs tmux's set-clipboard on): "+
				"%s; Y shows it to select", what)))
	case d.Env.Get("STY") != "":
		return tea.Batch(tea.Raw(ansi.ScreenPassthrough(sequence, screenMost)),
			d.Say(d.Tr("offered through screen to your terminal's clipboard (OSC 52; it may refuse): %s; Y shows it "+
				"to select", what)))
	}
	return tea.Batch(tea.SetClipboard(text),
		d.Say(d.Tr("offered to your terminal's clipboard (OSC 52; it may refuse): %s; Y shows it to select", what)))
}

// screenMost is how many bytes GNU screen passes on in one piece.
const screenMost = 768

// Alert alerts a person who is looking elsewhere, as configured: by the terminal's bell and by a
// desktop notification. The focus stays where it is.
func (d *Deck) Alert(text string) tea.Cmd {
	var out string
	if d.Calls.Desktop {
		out = ansi.Notify(text) + ansi.URxvtExt("notify", "viberdeck", text)
		switch {
		case d.Env.Get("TMUX") != "":
			out = ansi.TmuxPassthrough(out)
		case d.Env.Get("STY") != "":
			out = ansi.ScreenPassthrough(out, screenMost)
		}
	}
	if d.Calls.Bell {
		out += "\a" // tmux and screen pass it on by themselves
	}
	if out == "" {
		return nil
	}
	return tea.Raw(out)
}

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
