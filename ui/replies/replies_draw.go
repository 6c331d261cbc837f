package replies

import (
	"cmp"
	"fmt"
	"strings"

	"viberdeck/model"
	"viberdeck/ui/kit"
	"viberdeck/ui/lang"
	"viberdeck/ui/term"
)

// beside is the width from which the thread stands beside the list instead of below it.
const beside = 120

// View puts the thread beside the list, below it, or in its place, as the room allows.
func (s *Replies) View(w, h int) []string {
	s.tall = h >= 14
	switch {
	case s.reading:
		lines := append([]string{s.heading()}, s.detail(w-2)...)
		s.scroll = max(0, min(s.scroll, len(lines)-h))
		return term.Indent(lines[s.scroll:], " ")
	case len(s.Grid.Rows) == 0 || !s.tall:
		return s.List.View(w, h)
	case w >= beside:
		right := w * 2 / 5
		list, detail := term.Box(s.List.View(w-right-3, h), w-right-3, h), term.Box(s.detail(right), right, h)
		lines := make([]string, h)
		for i := range lines {
			lines[i] = list[i] + s.D.Style.Paint(term.Dim, " │ ") + detail[i]
		}
		return lines
	}
	detail := s.detail(w - 2)
	room := max(6, h/2-1)
	if len(detail) > room {
		detail = append(detail[:room-1:room-1], s.D.Style.Paint(term.Dim, s.D.Tr("… Enter reads it whole")))
	}
	// The rule stays where it is from row to row, so that moving on does not redraw the list.
	lines := term.Box(s.List.View(w, h-room-1), w, h-room-1)
	lines = append(lines, s.D.Style.Paint(term.Dim, " "+strings.Repeat("─", max(0, w-2))))
	return append(lines, term.Indent(detail, " ")...)
}

// heading names the person whose reply takes the whole screen.
func (s *Replies) heading() string {
	r := s.thread.Reply
	line := s.D.Style.Paint(term.Strong, s.D.Phone(r.Phone))
	if what := s.Gone(); what != "" {
		line = s.D.Style.Struck(s.D.Phone(r.Phone)) + " " + s.D.Style.Paint(term.Warn, what)
	}
	if r.State == model.ReplyOpen {
		line += s.D.Style.Paint(term.Dim, " "+s.D.Tr("waits %s", s.D.Age(r.ReceivedAt)))
	}
	if n := s.Grid.Place(); n > 0 && s.Matching.Known {
		line += s.D.Style.Paint(term.Dim, fmt.Sprintf(" · %s/%s", lang.Count(int64(n)), lang.Count(s.Matching.N)))
	}
	if n := len(s.Grid.Marks); n > 0 {
		line += s.D.Style.Paint(term.Accent, " · "+s.D.Tr("%s marked", lang.Count(int64(n))))
	}
	return line
}

// detail gives the reply under the cursor with what surrounds it: what we had sent, the words of an
// opt-out, notes and earlier replies of that phone.
func (s *Replies) detail(w int) []string {
	t, d := s.thread, s.D
	r := t.Reply
	if r.ID == 0 || w < 10 {
		return nil
	}
	var lines []string
	part := func(label string, as term.Tone, text string) {
		body := term.Wrap(d.Discreet(text), max(1, w-8))
		for i, l := range body {
			head := strings.Repeat(" ", 8)
			if i == 0 {
				head = d.Style.Paint(term.Dim, term.Fit(label, 8))
			}
			lines = append(lines, head+d.Style.Paint(as, l))
		}
	}
	if c := t.Sent; c != nil {
		part(d.Word("thread", "sent"), term.Dim, strings.Join(term.NonEmpty(c.Name, cmp.Or(c.SenderName, c.Sender),
			d.When(c.SendAt), status(t, d)), " · "))
		if c.Message.Text != "" {
			part("", term.Plain, c.Message.Text)
		}
		if b := c.Message.Button; b.Caption != "" {
			part("", term.Dim, "["+b.Caption+"] "+b.URL)
		}
	} else {
		part(d.Word("thread", "sent"), term.Dim, cmp.Or(r.CampaignName, r.CampaignRef,
			d.Tr("it is unknown which message this answers")))
	}
	part(d.Word("thread", "reply"), term.Dim, strings.Join(term.NonEmpty(d.When(r.ReceivedAt), r.Account,
		s.stateWords(r),
		labels(r)), " · "))
	part("", term.Strong, r.Text)
	if r.OptOut != "" {
		part("", term.Warn, d.Tr("looks like an opt-out (“%s”): o accepts it", model.SanitiseLine(r.OptOut)))
	} else if m, found := model.RecogniseOptIn(r.Text); found {
		part("", term.Good, d.Tr("asks for messages again (“%s”)", model.SanitiseLine(m.Words)))
	}
	for _, a := range t.Answers {
		part(d.Word("thread", "answer"), answerTone(a), answerFacts(d, a))
		part("", term.Plain, a.Text)
	}
	for _, n := range t.Notes {
		part(d.Word("thread", "note"), term.Accent, fmt.Sprintf("%s, %s: %s", n.By, d.When(n.At), n.Text))
	}
	for _, e := range t.Earlier {
		part(d.Word("thread", "earlier"), term.Dim, fmt.Sprintf("%s (%s): %s", d.When(e.ReceivedAt),
			d.Word("reply", string(e.State)), e.Text))
	}
	return lines
}

func (s *Replies) stateWords(r model.Reply) string {
	words := []string{}
	switch r.State {
	case model.ReplySnoozed:
		words = append(words, s.D.Tr("put off until %s", s.D.When(r.SnoozedUntil)))
	case model.ReplyDone:
		words = append(words, s.D.Tr("done by %s %s", cmp.Or(r.DoneBy, s.D.Tr("somebody")), s.D.When(r.DoneAt)))
	}
	if r.Unread {
		words = append(words, s.D.Word("reply", "unread"))
	}
	switch {
	case r.ClaimedBy == s.D.Operator && r.ClaimedBy != "":
		words = append(words, s.D.Word("reply", "yours"))
	case r.ClaimedBy != "":
		words = append(words, s.D.Tr("taken by %s", r.ClaimedBy))
	}
	if who := readerWords(s.D, r.ID); who != "" {
		words = append(words, who)
	}
	if r.Blocked {
		words = append(words, s.D.Word("reply", "blocked"))
	}
	return strings.Join(words, ", ")
}

func status(t model.Thread, d *kit.Deck) string {
	if t.Status == model.StatusUnknown {
		return ""
	}
	return strings.TrimSpace(d.Word("status", t.Status.String()) + " " + d.When(t.ReadAt))
}

func labels(r model.Reply) string {
	if len(r.Labels) == 0 {
		return ""
	}
	return "#" + strings.Join(r.Labels, " #")
}
