package ui

import (
	"cmp"
	"fmt"
	"strings"

	"viberdeck/model"
)

// beside is the width from which the thread stands beside the list instead of below it.
const beside = 120

// view puts the thread beside the list, below it, or in its place, as the room allows.
func (s *replies) view(w, h int) []string {
	s.tall = h >= 14
	switch {
	case s.reading:
		lines := append([]string{s.heading()}, s.detail(w-2)...)
		s.scroll = max(0, min(s.scroll, len(lines)-h))
		return indent(lines[s.scroll:], " ")
	case len(s.grid.rows) == 0 || !s.tall:
		return s.list.view(w, h)
	case w >= beside:
		right := w * 2 / 5
		list, detail := box(s.list.view(w-right-3, h), w-right-3, h), box(s.detail(right), right, h)
		lines := make([]string, h)
		for i := range lines {
			lines[i] = list[i] + s.d.style.paint(dim, " │ ") + detail[i]
		}
		return lines
	}
	detail := s.detail(w - 2)
	room := max(6, h/2-1)
	if len(detail) > room {
		detail = append(detail[:room-1:room-1], s.d.style.paint(dim, s.d.tr("… Enter reads it whole")))
	}
	// The rule stays where it is from row to row, so that moving on does not redraw the list.
	lines := box(s.list.view(w, h-room-1), w, h-room-1)
	lines = append(lines, s.d.style.paint(dim, " "+strings.Repeat("─", max(0, w-2))))
	return append(lines, indent(detail, " ")...)
}

// heading names the person whose reply takes the whole screen.
func (s *replies) heading() string {
	r := s.thread.Reply
	line := s.d.style.paint(strong, s.d.phone(r.Phone))
	if r.State == model.ReplyOpen {
		line += s.d.style.paint(dim, " "+s.d.tr("waits %s", s.d.age(r.ReceivedAt)))
	}
	if n := s.grid.place(); n > 0 && s.matching.Known {
		line += s.d.style.paint(dim, fmt.Sprintf(" · %s/%s", count(int64(n)), count(s.matching.N)))
	}
	if n := len(s.grid.marks); n > 0 {
		line += s.d.style.paint(accent, " · "+s.d.tr("%s marked", count(int64(n))))
	}
	return line
}

// detail gives the reply under the cursor with what surrounds it: what we had sent, the words of an
// opt-out, notes and earlier replies of that phone.
func (s *replies) detail(w int) []string {
	t, d := s.thread, s.d
	r := t.Reply
	if r.ID == 0 || w < 10 {
		return nil
	}
	var lines []string
	part := func(label string, as tone, text string) {
		body := wrap(d.discreet(text), max(1, w-8))
		for i, l := range body {
			head := strings.Repeat(" ", 8)
			if i == 0 {
				head = d.style.paint(dim, fit(label, 8))
			}
			lines = append(lines, head+d.style.paint(as, l))
		}
	}
	if c := t.Sent; c != nil {
		part(d.word("thread", "sent"), dim, strings.Join(nonEmpty(c.Name, cmp.Or(c.SenderName, c.Sender),
			d.when(c.SendAt), status(t, d)), " · "))
		if c.Message.Text != "" {
			part("", plain, c.Message.Text)
		}
		if b := c.Message.Button; b.Caption != "" {
			part("", dim, "["+b.Caption+"] "+b.URL)
		}
	} else {
		part(d.word("thread", "sent"), dim, cmp.Or(r.CampaignName, r.CampaignRef,
			d.tr("nobody knows which message this answers")))
	}
	part(d.word("thread", "reply"), dim, strings.Join(nonEmpty(d.when(r.ReceivedAt), r.Account, s.stateWords(r),
		labels(r)), " · "))
	part("", strong, r.Text)
	if r.OptOut != "" {
		part("", warn, d.tr("looks like an opt-out (“%s”): o accepts it", model.SanitiseLine(r.OptOut)))
	}
	for _, n := range t.Notes {
		part(d.word("thread", "note"), accent, fmt.Sprintf("%s, %s: %s", n.By, d.when(n.At), n.Text))
	}
	for _, e := range t.Earlier {
		part(d.word("thread", "earlier"), dim, fmt.Sprintf("%s (%s): %s", d.when(e.ReceivedAt),
			d.word("reply", string(e.State)), e.Text))
	}
	return lines
}

func (s *replies) stateWords(r model.Reply) string {
	words := []string{}
	switch r.State {
	case model.ReplySnoozed:
		words = append(words, s.d.tr("put off until %s", s.d.when(r.SnoozedUntil)))
	case model.ReplyDone:
		words = append(words, s.d.tr("done by %s %s", cmp.Or(r.DoneBy, s.d.tr("somebody")), s.d.when(r.DoneAt)))
	}
	if r.Unread {
		words = append(words, s.d.word("reply", "unread"))
	}
	switch {
	case r.ClaimedBy == s.d.Operator && r.ClaimedBy != "":
		words = append(words, s.d.word("reply", "yours"))
	case r.ClaimedBy != "":
		words = append(words, s.d.tr("taken by %s", r.ClaimedBy))
	}
	if who := readerWords(s.d, r.ID); who != "" {
		words = append(words, who)
	}
	if r.Blocked {
		words = append(words, s.d.word("reply", "blocked"))
	}
	return strings.Join(words, ", ")
}

func status(t model.Thread, d *deck) string {
	if t.Status == model.StatusUnknown {
		return ""
	}
	return strings.TrimSpace(d.word("status", t.Status.String()) + " " + d.when(t.ReadAt))
}

func labels(r model.Reply) string {
	if len(r.Labels) == 0 {
		return ""
	}
	return "#" + strings.Join(r.Labels, " #")
}
