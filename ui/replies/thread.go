package replies

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"viberdeck/model"
	"viberdeck/ui/lang"
	"viberdeck/ui/term"
)

// atReply is the position of a thread that has not been scrolled: its reply, below the message that
// it answers.
const atReply = -1

// lately is something a colleague did with the reply while it was open here.
type lately struct {
	at   time.Time
	text string
}

// notice records what colleagues did with the reply of the thread since it was last seen.
func (s *Replies) notice(now model.Reply) {
	was := s.known
	s.known = now
	if was.ID != now.ID || now.DoneBy == s.D.Operator {
		return
	}
	if now.DoneBy == "" {
		was.State = now.State // opened again or snoozed, perhaps from here
	}
	for _, text := range triageNews(s.D, was, now) {
		s.lately = append(s.lately, lately{s.D.Now, text})
	}
}

// conversation is a drawn thread.
type conversation struct {
	lines []string
	sent  int // first line of the message that was answered
	reply int // first line of the reply
	end   int // the line after it
}

// top returns the first line to show in the given room: the message that was answered, if the reply
// fits below it, otherwise the reply. If room is left after the end it begins earlier.
func (c conversation) top(room int) int {
	from := c.reply
	if c.sent <= c.reply && min(c.end, c.reply+3)-c.sent < room {
		from = c.sent
	}
	return max(0, min(from, len(c.lines)-room))
}

// converse draws the whole conversation around the reply under the cursor, in order: what we sent,
// replies, our answers, notes, blocks, and what colleagues have done in the meantime.
func (s *Replies) converse(w int) conversation {
	t, d := s.thread, s.D
	if t.Reply.ID == 0 || w < 10 {
		return conversation{}
	}
	draw := drawing{d, w, s.apart}
	reply, sent := s.replyPiece(), s.sentPiece()
	sent.at = reply.at
	if t.Sent != nil && !t.Sent.SendAt.IsZero() && t.Sent.SendAt.Before(sent.at) {
		sent.at = t.Sent.SendAt
	}
	pieces := []piece{sent, reply}
	for _, a := range t.Answers {
		pieces = append(pieces, piece{at: a.At, side: ours, label: d.Word("thread", "answer"), head: answerFacts(d, a),
			tone: answerTone(a), body: []paragraph{{a.Text, term.Plain}}})
	}
	for _, n := range t.Notes {
		pieces = append(pieces, note(d, n.At, n.By, n.Text))
	}
	for _, e := range t.Events {
		pieces = append(pieces, event(d, e))
	}
	for _, l := range s.lately {
		pieces = append(pieces, piece{at: l.at, label: d.Word("thread", "now"), head: d.When(l.at) + " · " + l.text,
			tone: term.Warn})
	}
	slices.SortStableFunc(pieces, func(a, b piece) int { return a.at.Compare(b.at) })
	var c conversation
	for i, p := range pieces {
		if i > 0 && s.apart {
			c.lines = append(c.lines, "")
		}
		lines := draw.piece(p)
		switch p.which {
		case sentPiece:
			c.sent = len(c.lines)
		case replyPiece:
			c.reply, c.end = len(c.lines), len(c.lines)+len(lines)
		}
		c.lines = append(c.lines, lines...)
	}
	return c
}

// sentPiece is our message as this person received it.
func (s *Replies) sentPiece() piece {
	t, d := s.thread, s.D
	p := piece{which: sentPiece, side: ours, label: d.Word("thread", "sent"), tone: term.Dim}
	c := t.Sent
	if c == nil {
		p.head = cmp.Or(t.Reply.CampaignName, t.Reply.CampaignRef, d.Tr("it is unknown which message this answers"))
		return p
	}
	template := ""
	if t.Template {
		template = d.Tr("as a template, values not kept")
	}
	p.head = strings.Join(term.NonEmpty(c.Name, cmp.Or(c.SenderName, c.Sender),
		d.When(c.SendAt), status(t, d), template), " · ")
	if c.Message.Text != "" {
		p.body = append(p.body, paragraph{c.Message.Text, term.Plain})
	}
	if c.Message.ImageURL != "" {
		p.body = append(p.body, paragraph{d.Text(model.Say("(a picture: %s)", c.Message.ImageURL)), term.Dim})
	}
	if b := c.Message.Button; b.Caption != "" {
		p.body = append(p.body, paragraph{"[" + b.Caption + "] " + b.URL, term.Dim})
	}
	return p
}

// replyPiece is the reply itself, and what its words suggest.
func (s *Replies) replyPiece() piece {
	r, d := s.thread.Reply, s.D
	p := piece{which: replyPiece, at: r.ReceivedAt, side: theirs, label: d.Word("thread", "reply"), tone: term.Dim,
		head: strings.Join(term.NonEmpty(d.When(r.ReceivedAt), r.Account, s.stateWords(r), labels(r)), " · "),
		body: []paragraph{{d.Text(model.ReplyBody(r.Text)), term.Strong}}}
	if r.OptOut != "" {
		p.body = append(p.body, paragraph{d.Tr("looks like an opt-out (“%s”): o accepts it",
			model.SanitiseLine(r.OptOut)), term.Warn})
		return p
	}
	if m, found := model.RecogniseOptIn(r.Text); found {
		p.body = append(p.body, paragraph{d.Tr("asks for messages again (“%s”)", model.SanitiseLine(m.Words)),
			term.Good})
	}
	return p
}

// pane returns as much of the conversation as fits beside the list, from the answered message on,
// and indicates where there is more.
func (s *Replies) pane(w, room int) []string {
	c, d := s.converse(w), s.D
	top := c.top(room)
	lines := slices.Clone(c.lines[top:min(len(c.lines), top+room)])
	switch {
	case len(c.lines) <= room || room < 2:
	case top+room < len(c.lines):
		lines[room-1] = d.Style.Paint(term.Dim, d.Tr("… Enter reads it whole"))
	case top != c.sent && top != c.reply:
		lines[0] = d.Style.Paint(term.Dim, d.Tr("↑ earlier ones; Enter reads it whole"))
	}
	return lines
}

// whole returns the thread for the whole screen: a fixed heading, and the conversation, which
// scrolls.
func (s *Replies) whole(w, h int) []string {
	c, d := s.converse(w-2), s.D
	room := max(1, h-1)
	if s.pager.Top == atReply {
		s.pager.Top = c.top(room)
	}
	seen := s.pager.Visible(d, c.lines, room)
	if above := s.pager.Top; above > 0 && room > 3 && above != c.reply {
		seen[0] = d.Style.Paint(term.Warn, d.Tr("↑ %s more; PgUp", lang.Count(int64(above+1))))
	}
	return term.Indent(append([]string{s.heading()}, seen...), " ")
}

// Free returns the part of the screen, from its upper left corner, that a question about the reply
// under the cursor may cover without hiding the reply.
func (s *Replies) Free(w, h int) (int, int) {
	switch {
	case len(s.Grid.Rows) == 0 || len(s.Grid.Marks) > 1:
		return w, h
	case s.reading || !s.tall:
		return w, h - len(s.subject(w, h))
	case w >= beside:
		return w - besideWidth(w) - 3, h
	}
	room, c := s.paneHeight(h), s.converse(w-2)
	return w, h - room + c.reply - c.top(room)
}

// subject returns the reply that a question is about, in a third of the screen.
func (s *Replies) subject(w, h int) []string {
	c, most := s.converse(w-2), max(2, h/3)
	lines := c.lines[c.reply:c.end]
	if most < 3 && len(lines) > 1 {
		lines = lines[1:]
	}
	return term.Indent(lines[:min(len(lines), most)], " ")
}

// asked keeps the reply visible below a question that would cover it.
func (s *Replies) asked(lines []string, w, h int) []string {
	if !s.D.AsksAboutRows() || len(s.Grid.Rows) == 0 || len(s.Grid.Marks) > 1 {
		return lines
	}
	subject := s.subject(w, h)
	return append(term.Box(lines, w, h-len(subject)), subject...)
}
