package kit

import (
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

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
		return tea.Batch(tea.SetClipboard(text), tea.Raw(d.PassThrough(sequence)),
			d.Say(d.Tr("offered through tmux to your terminal's clipboard (OSC 52; needs tmux's set-clipboard on): "+
				"%s; Y shows it to select", what)))
	case d.Env.Get("STY") != "":
		return tea.Batch(tea.Raw(d.PassThrough(sequence)),
			d.Say(d.Tr("offered through screen to your terminal's clipboard (OSC 52; it may refuse): %s; Y shows it "+
				"to select", what)))
	}
	return tea.Batch(tea.SetClipboard(text),
		d.Say(d.Tr("offered to your terminal's clipboard (OSC 52; it may refuse): %s; Y shows it to select", what)))
}

// screenMost is how many bytes GNU screen passes on in one piece.
const screenMost = 768

// PassThrough wraps a sequence so that tmux or screen, if the program runs in one, passes it on to
// the person's own terminal.
func (o Options) PassThrough(sequence string) string {
	switch {
	case o.Env.Get("TMUX") != "":
		return ansi.TmuxPassthrough(sequence)
	case o.Env.Get("STY") != "":
		return ansi.ScreenPassthrough(sequence, screenMost)
	}
	return sequence
}
