package replies

import (
	"strings"
	"time"

	"viberdeck/model"
	"viberdeck/ui/kit"
	"viberdeck/ui/person"
	"viberdeck/ui/term"
)

// piece is a part of a conversation, not yet drawn.
type piece struct {
	at    time.Time
	which int
	side  side
	label string // its kind, in one word
	head  string // when, by whom, in which state
	tone  term.Tone
	body  []paragraph
	// inline puts the head before the body in its first line, if the two sides are not set apart.
	inline bool
}

// paragraph is a text in a tone.
type paragraph struct {
	text string
	tone term.Tone
}

// The pieces at which a thread may begin.
const (
	otherPiece = iota
	sentPiece
	replyPiece
)

// side is the author of a piece of a conversation.
type side int

const (
	between side = iota // our notes and other events
	ours
	theirs
)

// note is what a colleague wrote about the person.
func note(d *kit.Deck, at time.Time, by, text string) piece {
	return piece{at: at, label: d.Word("thread", "note"), head: by + ", " + d.When(at), tone: term.Accent,
		body: []paragraph{{text, term.Accent}}, inline: true}
}

// event is something else that happened with the person.
func event(d *kit.Deck, e model.PersonEvent) piece {
	p := piece{at: e.At, side: ours, tone: term.Dim,
		head: strings.Join(term.NonEmpty(append([]string{d.When(e.At)}, person.About(d, e)...)...), " · ")}
	as := term.Plain
	switch e.Kind {
	case model.EventMessage:
		p.label, p.tone = messageWord(d, e)
	case model.EventReply:
		p.side, p.label = theirs, d.Word("thread", "reply")
	case model.EventNote:
		return note(d, e.At, e.By, e.Text)
	case model.EventBlock, model.EventVendor:
		p.side, p.label, as = between, d.Word("thread", "block"), term.Warn
	case model.EventUnblock:
		p.side, p.label, as = between, d.Word("thread", "allowed"), term.Good
	}
	if text := d.Text(e.Words()); text != "" {
		p.body = []paragraph{{text, as}}
	}
	return p
}

// messageWord says whether a message of ours has left, in a word that fits beside a conversation.
func messageWord(d *kit.Deck, e model.PersonEvent) (string, term.Tone) {
	switch {
	case e.Kept():
		return d.Word("thread", "unsent"), term.Dim
	case e.Waits():
		return d.Word("thread", "waits"), term.Warn
	case e.Status == model.StatusUnknown:
		return d.Word("thread", "unclear"), term.Warn
	}
	return d.Word("thread", "sent"), term.Dim
}

// drawing draws pieces of a conversation within a width.
type drawing struct {
	d     *kit.Deck
	w     int
	apart bool // theirs on the left, ours further right, as on a phone
}

func (p drawing) piece(v piece) []string {
	if p.apart {
		return p.bubble(v)
	}
	if v.inline && len(v.body) > 0 {
		return p.part(v.label, v.tone, v.head+": "+v.body[0].text)
	}
	lines := p.part(v.label, v.tone, v.head)
	for _, b := range v.body {
		lines = append(lines, p.part("", b.tone, b.text)...)
	}
	return lines
}

// part returns a text with a label before its first line.
func (p drawing) part(label string, as term.Tone, text string) []string {
	lines := term.Wrap(p.d.Discreet(text), max(1, p.w-8))
	for i, l := range lines {
		head := strings.Repeat(" ", 8)
		if i == 0 {
			head = p.d.Style.Paint(term.Dim, term.Fit(label, 8))
		}
		lines[i] = head + p.d.Style.Paint(as, l)
	}
	return lines
}

// bubble returns a piece with a bar on its left; ours are further right.
func (p drawing) bubble(v piece) []string {
	indent, bar := "", "│"
	tone := term.Dim
	switch v.side {
	case ours:
		indent = strings.Repeat(" ", p.w/5)
	case theirs:
		bar, tone = "┃", term.Accent
	case between:
	}
	room := max(8, p.w-len(indent)-2)
	head := term.Wrap(p.d.Discreet(v.label+" · "+v.head), room)
	lines := make([]string, 0, len(head)+len(v.body))
	add := func(as term.Tone, l string) {
		lines = append(lines, indent+p.d.Style.Paint(tone, bar)+" "+p.d.Style.Paint(as, l))
	}
	for _, l := range head {
		add(v.tone, l)
	}
	for _, b := range v.body {
		for _, l := range term.Wrap(p.d.Discreet(b.text), room) {
			add(b.tone, l)
		}
	}
	return lines
}
