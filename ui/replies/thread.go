package replies

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"viberdeck/model"
	"viberdeck/ui/kit"
	"viberdeck/ui/lang"
	"viberdeck/ui/person"
	"viberdeck/ui/term"
)

// atReply is the place of a thread that was not scrolled: its reply, with what it answers above it.
const atReply = -1

// lately is something a colleague did with the reply while it was open here.
type lately struct {
	at   time.Time
	text string
}

// notice notes what colleagues did with the reply of the thread since it was seen last.
func (s *Replies) notice(now model.Reply) {
	was := s.known
	s.known = now
	if was.ID != now.ID || now.DoneBy == s.D.Operator {
		return
	}
	if now.DoneBy == "" {
		was.State = now.State // opened again or put off, perhaps from here
	}
	for _, text := range triageNews(s.D, was, now) {
		s.lately = append(s.lately, lately{s.D.Now, text})
	}
}

// piece is a part of a conversation.
type piece struct {
	at    time.Time
	lines []string
	which int
}

// The pieces that a thread begins at.
const (
	otherPiece = iota
	sentPiece
	replyPiece
)

// conversation is a thread as it is drawn.
type conversation struct {
	lines []string
	sent  int // the line where what was answered begins
	reply int // the line where the reply begins
	end   int // the line behind it
}

// top gives the line to begin with in so much room: what was answered, if the reply has room below
// it, else the reply.
func (c conversation) top(room int) int {
	if c.sent <= c.reply && min(c.end, c.reply+3)-c.sent < room {
		return c.sent
	}
	return c.reply
}

// converse draws the whole conversation around the reply under the cursor, in its order: what we
// sent, replies, our answers, notes, blocks, and what colleagues did meanwhile.
func (s *Replies) converse(w int) conversation {
	t, d := s.thread, s.D
	if t.Reply.ID == 0 || w < 10 {
		return conversation{}
	}
	draw := drawing{d, w}
	pieces := []piece{{at: t.Reply.ReceivedAt, which: replyPiece, lines: s.replyLines(draw)}}
	sentAt := t.Reply.ReceivedAt
	if t.Sent != nil && !t.Sent.SendAt.IsZero() && t.Sent.SendAt.Before(sentAt) {
		sentAt = t.Sent.SendAt
	}
	pieces = append([]piece{{at: sentAt, which: sentPiece, lines: s.sentLines(draw)}}, pieces...)
	for _, a := range t.Answers {
		pieces = append(pieces, piece{at: a.At, lines: append(
			draw.part(d.Word("thread", "answer"), answerTone(a), answerFacts(d, a)),
			draw.part("", term.Plain, a.Text)...)})
	}
	for _, n := range t.Notes {
		pieces = append(pieces, piece{at: n.At, lines: draw.part(d.Word("thread", "note"), term.Accent,
			n.By+", "+d.When(n.At)+": "+n.Text)})
	}
	for _, e := range t.Events {
		pieces = append(pieces, piece{at: e.At, lines: draw.event(e)})
	}
	for _, l := range s.lately {
		pieces = append(pieces, piece{at: l.at, lines: draw.part(d.Word("thread", "now"), term.Warn,
			d.When(l.at)+" · "+l.text)})
	}
	slices.SortStableFunc(pieces, func(a, b piece) int { return a.at.Compare(b.at) })
	var c conversation
	for _, p := range pieces {
		switch p.which {
		case sentPiece:
			c.sent = len(c.lines)
		case replyPiece:
			c.reply, c.end = len(c.lines), len(c.lines)+len(p.lines)
		}
		c.lines = append(c.lines, p.lines...)
	}
	return c
}

// drawing draws parts of a conversation in so many columns.
type drawing struct {
	d *kit.Deck
	w int
}

// part gives a text with a label before its first line.
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

// event gives something else that happened with the person.
func (p drawing) event(e model.PersonEvent) []string {
	d := p.d
	label, as := d.Word("thread", "sent"), term.Plain
	switch e.Kind {
	case model.EventMessage:
	case model.EventReply:
		label, as = d.Word("thread", "reply"), term.Plain
	case model.EventNote:
		return p.part(d.Word("thread", "note"), term.Accent, e.By+", "+d.When(e.At)+": "+e.Text)
	case model.EventBlock, model.EventVendor:
		label, as = d.Word("thread", "block"), term.Warn
	case model.EventUnblock:
		label, as = d.Word("thread", "allowed"), term.Good
	}
	lines := p.part(label, term.Dim, strings.Join(term.NonEmpty(append([]string{d.When(e.At)},
		person.About(d, e)...)...), " · "))
	if said := d.Text(e.Said()); said != "" {
		lines = append(lines, p.part("", as, said)...)
	}
	return lines
}

// sentLines give what we had sent, as this person got it.
func (s *Replies) sentLines(draw drawing) []string {
	t, d := s.thread, s.D
	label := d.Word("thread", "sent")
	c := t.Sent
	if c == nil {
		return draw.part(label, term.Dim, cmp.Or(t.Reply.CampaignName, t.Reply.CampaignRef,
			d.Tr("it is unknown which message this answers")))
	}
	template := ""
	if t.Template {
		template = d.Tr("as a template, values not kept")
	}
	lines := draw.part(label, term.Dim, strings.Join(term.NonEmpty(c.Name, cmp.Or(c.SenderName, c.Sender),
		d.When(c.SendAt), status(t, d), template), " · "))
	if c.Message.Text != "" {
		lines = append(lines, draw.part("", term.Plain, c.Message.Text)...)
	}
	if c.Message.ImageURL != "" {
		lines = append(lines, draw.part("", term.Dim, d.Text(model.Say("(a picture: %s)", c.Message.ImageURL)))...)
	}
	if b := c.Message.Button; b.Caption != "" {
		lines = append(lines, draw.part("", term.Dim, "["+b.Caption+"] "+b.URL)...)
	}
	return lines
}

// replyLines give the reply itself, and what its words look like.
func (s *Replies) replyLines(draw drawing) []string {
	r, d := s.thread.Reply, s.D
	lines := draw.part(d.Word("thread", "reply"), term.Dim, strings.Join(term.NonEmpty(d.When(r.ReceivedAt), r.Account,
		s.stateWords(r), labels(r)), " · "))
	lines = append(lines, draw.part("", term.Strong, d.Text(model.ReplyBody(r.Text)))...)
	if r.OptOut != "" {
		return append(lines, draw.part("", term.Warn,
			d.Tr("looks like an opt-out (“%s”): o accepts it", model.SanitiseLine(r.OptOut)))...)
	}
	if m, found := model.RecogniseOptIn(r.Text); found {
		lines = append(lines, draw.part("", term.Good,
			d.Tr("asks for messages again (“%s”)", model.SanitiseLine(m.Words)))...)
	}
	return lines
}

// pane gives as much of the conversation as there is room for beside the list, from what was
// answered on, and says where there is more.
func (s *Replies) pane(w, room int) []string {
	c, d := s.converse(w), s.D
	top := c.top(room)
	lines := c.lines[top:]
	if len(lines) <= room && top == 0 || room < 2 {
		return lines
	}
	more := d.Tr("… Enter reads it whole")
	if len(lines) < room {
		more = d.Tr("↑ earlier ones; Enter reads it whole")
	}
	if len(lines) == room && top > 0 {
		return lines
	}
	lines = lines[:min(len(lines), room-1):min(len(lines), room-1)]
	return append(lines, d.Style.Paint(term.Dim, more))
}

// whole gives the thread on the whole screen: a heading that stays, and the conversation, which
// scrolls.
func (s *Replies) whole(w, h int) []string {
	c, d := s.converse(w-2), s.D
	room := max(1, h-1)
	if s.scroll == atReply {
		s.scroll = c.top(room)
		if len(c.lines) <= room {
			s.scroll = 0
		}
	}
	s.scroll = max(0, min(s.scroll, len(c.lines)-room))
	seen := slices.Clone(c.lines[s.scroll:min(len(c.lines), s.scroll+room)])
	if below := len(c.lines) - s.scroll - room; below > 0 && room > 2 {
		seen[room-1] = d.Style.Paint(term.Warn, d.Tr("↓ %s more; PgDn", lang.Count(int64(below+1))))
	}
	if s.scroll > 0 && room > 3 && s.scroll != c.reply {
		seen[0] = d.Style.Paint(term.Warn, d.Tr("↑ %s more; PgUp", lang.Count(int64(s.scroll+1))))
	}
	return term.Indent(append([]string{s.heading()}, seen...), " ")
}

// Free gives the part of the screen, from its upper left corner, that a question about the reply
// under the cursor may cover: not the reply itself.
func (s *Replies) Free(w, h int) (int, int) {
	switch {
	case len(s.Grid.Rows) == 0 || len(s.Grid.Marks) > 1:
		return w, h
	case s.reading || !s.tall:
		return w, h - len(s.subject(w, h))
	case w >= beside:
		return w - besideWidth(w) - 3, h
	}
	room, c := paneHeight(h), s.converse(w-2)
	return w, h - room + c.reply - c.top(room)
}

// subject gives the reply that a question is about, in a third of the screen.
func (s *Replies) subject(w, h int) []string {
	c, most := s.converse(w-2), max(2, h/3)
	lines := c.lines[c.reply:c.end]
	if most < 3 && len(lines) > 1 {
		lines = lines[1:]
	}
	return term.Indent(lines[:min(len(lines), most)], " ")
}

// asked keeps the reply in sight below a question that would cover it.
func (s *Replies) asked(lines []string, w, h int) []string {
	if !s.D.AsksAboutRows() || len(s.Grid.Rows) == 0 || len(s.Grid.Marks) > 1 {
		return lines
	}
	subject := s.subject(w, h)
	return append(term.Box(lines, w, h-len(subject)), subject...)
}
