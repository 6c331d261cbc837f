package ui

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"viberdeck/model"
)

// clipboardMost is how many bytes are offered to a terminal's clipboard: the sequence carries them
// in base64, and common terminals drop one of more than 100 000 characters without a word.
const clipboardMost = 74000

// copiedPeople offers phones to the clipboard. While masks are on, what was copied is not shown.
func (d *deck) copiedPeople(people []string) tea.Cmd {
	text := strings.Join(people, "\n")
	if d.masked || len(people) > 3 {
		return d.offer(text, d.plural(int64(len(people)), "phone", "phones"))
	}
	return d.offer(text, strings.Join(people, ", "))
}

// copied offers text to the clipboard of the person's own terminal.
func (d *deck) copied(text string) tea.Cmd { return d.offer(text, clip(text, 60)) }

// offer sends text to the clipboard of the person's own terminal by OSC 52, which reaches it
// through SSH. Nobody learns whether the terminal took it, so the message claims no more than that
// it was offered.
func (d *deck) offer(text, what string) tea.Cmd {
	d.lastCopied = text
	if n := len(text); n > clipboardMost {
		return d.say(d.tr("%s: too long for a terminal's clipboard (%s bytes, the limit is %s); Y shows it to "+
			"select, e writes a file", what,
			count(int64(n)), count(clipboardMost)))
	}
	sequence := ansi.SetSystemClipboard(text)
	switch {
	case d.has("TMUX="):
		// tmux takes the plain sequence with set-clipboard on, and hands the wrapped one on with
		// allow-passthrough on.
		return tea.Batch(tea.SetClipboard(text), tea.Raw(ansi.TmuxPassthrough(sequence)),
			d.say(d.tr("offered through tmux to your terminal's clipboard (OSC 52; needs tmux's set-clipboard on): "+
				"%s; Y shows it to select", what)))
	case d.has("STY="):
		return tea.Batch(tea.Raw(ansi.ScreenPassthrough(sequence, screenMost)),
			d.say(d.tr("offered through screen to your terminal's clipboard (OSC 52; it may refuse): %s; Y shows it "+
				"to select", what)))
	}
	return tea.Batch(tea.SetClipboard(text),
		d.say(d.tr("offered to your terminal's clipboard (OSC 52; it may refuse): %s; Y shows it to select", what)))
}

// screenMost is how many bytes GNU screen hands on in one piece.
const screenMost = 768

// has tells that the environment has the variable, set to something.
func (o Options) has(variable string) bool {
	return slices.ContainsFunc(o.Env, func(e string) bool {
		return strings.HasPrefix(e, variable) && len(e) > len(variable)
	})
}

// plainText shows what was copied last and nothing else, so that it can be selected with the
// terminal's own means where its clipboard is closed.
type plainText struct {
	d     *deck
	lines []string
	top   int
	rows  int
}

func newPlainText(d *deck) *plainText {
	return &plainText{d: d, lines: strings.Split(d.shownPhones(d.lastCopied), "\n")}
}

// shownPhones masks text that was copied while phones are masked.
func (d *deck) shownPhones(text string) string {
	if !d.masked {
		return text
	}
	lines := strings.Split(text, "\n")
	for i, l := range lines {
		if phone, err := model.ParsePhone(l, d.DefaultCountry); err == nil {
			lines[i] = d.phone(phone)
		}
	}
	return strings.Join(lines, "\n")
}

func (p *plainText) wantsFull()    {}
func (p *plainText) title() string { return "" }
func (p *plainText) hint() string {
	return p.d.tr("select it with the mouse; ↑↓ scroll   Esc closes")
}

func (p *plainText) update(msg tea.Msg) (tea.Cmd, bool) {
	key, ok := msg.(tea.KeyPressMsg)
	if !ok {
		return nil, false
	}
	switch command(key) {
	case "esc", "q", "enter", "Y":
		return nil, true
	case "up", "k":
		p.top--
	case "down", "j":
		p.top++
	case "pgup":
		p.top -= p.rows
	case "pgdown", "space":
		p.top += p.rows
	}
	p.top = max(0, min(p.top, len(p.lines)-1))
	return nil, false
}

// body gives the lines as they are: what a terminal wraps by itself it also joins again in a
// selection.
func (p *plainText) body(w, h int) []string {
	p.rows = max(1, h)
	var lines []string
	for _, l := range p.lines[p.top:] {
		if len(lines) >= h {
			break
		}
		lines = append(lines, wrap(l, w)...)
	}
	return lines[:min(len(lines), h)]
}
