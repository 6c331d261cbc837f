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

// besideWidth and paneHeight give the room of the thread beside the list and below it.
func besideWidth(w int) int { return w * 2 / 5 }
func paneHeight(h int) int  { return max(6, h/2-1) }

// View puts the thread beside the list, below it, or in its place, as the room allows.
func (s *Replies) View(w, h int) []string {
	s.tall = h >= 14
	switch {
	case s.reading:
		return s.asked(s.whole(w, h), w, h)
	case len(s.Grid.Rows) == 0:
		return s.List.View(w, h)
	case !s.tall:
		return s.asked(s.List.View(w, h), w, h)
	case w >= beside:
		right := besideWidth(w)
		list, detail := term.Box(s.List.View(w-right-3, h), w-right-3, h),
			term.Box(s.pane(right, h), right, h)
		lines := make([]string, h)
		for i := range lines {
			lines[i] = list[i] + s.D.Style.Paint(term.Dim, " │ ") + detail[i]
		}
		return lines
	}
	room := paneHeight(h)
	detail := s.pane(w-2, room)
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
