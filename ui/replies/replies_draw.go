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

// beside is the width from which the thread is shown beside the list instead of below it.
const beside = 120

// besideWidth returns the width of the thread beside the list.
func besideWidth(w int) int { return w * 2 / 5 }

// mostHead is the maximum number of lines above the rows of a list.
const mostHead = 4

// paneHeight returns the height of the thread below the list: two fifths of the screen, plus what a
// short list leaves free. It is the same for every row, so that moving the cursor does not redraw
// the list.
func (s *Replies) paneHeight(h int) int {
	least := max(6, h*2/5)
	if s.Whole() {
		least = max(least, h-1-mostHead-len(s.Grid.Rows))
	}
	return least
}

// View puts the thread beside the list, below it, or in its place, depending on the room.
func (s *Replies) View(w, h int) []string {
	s.tall, s.apart = h >= 14, w >= beside
	switch {
	case s.reading:
		return s.asked(s.whole(w, h), w, h)
	case len(s.Grid.Rows) == 0:
		return s.List.View(w, h)
	case !s.tall:
		return s.asked(s.List.View(w, h), w, h)
	case s.apart:
		right := besideWidth(w)
		list, detail := term.Box(s.List.View(w-right-3, h), w-right-3, h),
			term.Box(s.wide(right, h), right, h)
		lines := make([]string, h)
		for i := range lines {
			lines[i] = list[i] + s.D.Style.Paint(term.Dim, " │ ") + detail[i]
		}
		return lines
	}
	room := s.paneHeight(h)
	detail := s.pane(w-2, room)
	if left := room - len(detail); left > 0 {
		about := append(s.person(), s.possible(w-2, left)...)
		detail = append(detail, about[:min(left, len(about))]...)
	}
	lines := term.Box(s.List.View(w, h-room-1), w, h-room-1)
	lines = append(lines, s.D.Style.Paint(term.Dim, " "+strings.Repeat("─", max(0, w-2))))
	return append(lines, term.Indent(detail, " ")...)
}

// wide returns the thread beside the list: the conversation, below it the person, and the possible
// actions. The lower part keeps its place whatever the conversation is.
func (s *Replies) wide(w, h int) []string {
	d := s.D
	below := append([]string{d.Style.Paint(term.Dim, strings.Repeat("─", w)),
		d.Style.Paint(term.Strong, d.Phone(s.thread.Reply.Phone))}, s.person()...)
	below = append(append(below, ""), term.Box(s.possible(w, h/4), w, h/4)...)
	room := h - len(below)
	return append(term.Box(s.pane(w, room), w, room), below...)
}

// person summarises in two lines our history with the person of the thread.
func (s *Replies) person() []string {
	d, t := s.D, s.thread.Person
	if t.Replies == 0 {
		return []string{"", ""} // not read yet
	}
	known := d.Tr("known since %s", d.Date(t.Since.In(d.Zone), "2 Jan 2006"))
	line := d.Style.Paint(term.Dim, known)
	if s.thread.Reply.Blocked {
		line += d.Style.Paint(term.Warn, " · "+d.Tr("blocked: nothing is sent to this phone"))
	}
	return []string{strings.Join([]string{d.Plural(t.Messages, "message", "messages"),
		d.Plural(t.Replies, "reply", "replies"), d.Plural(t.OptOuts, "opt-out", "opt-outs")}, " · "), line}
}

// possible lists, in at most the given number of lines, the actions possible for the reply now.
func (s *Replies) possible(w, most int) []string {
	d, keys := s.D, 0
	var can []kit.Binding
	for _, b := range s.Tables[0] {
		if len(can) < most && b.WhyNot() == "" {
			can, keys = append(can, b), max(keys, term.WidthOf(b.Key())+1)
		}
	}
	lines := make([]string, len(can))
	for i, b := range can {
		lines[i] = d.Style.Paint(term.Accent, term.Fit(b.Key(), keys)) + " " +
			d.Style.Paint(term.Dim, firstParts(d.Phrase(b.Help), w-keys-1))
	}
	return lines
}

// firstParts returns as many parts of a sentence as fit; the help (?) has all of it.
func firstParts(text string, w int) string {
	for term.WidthOf(text) > w {
		i := strings.LastIndexAny(text, ";:,")
		if i <= 0 {
			break
		}
		text = text[:i]
	}
	return term.Cut(text, w)
}

// heading names the person whose reply fills the screen.
func (s *Replies) heading() string {
	r := s.thread.Reply
	line := s.D.Style.Paint(term.Strong, s.D.Phone(r.Phone))
	if what := s.Gone(); what != "" {
		line = s.D.Style.Struck(s.D.Phone(r.Phone)) + " " + s.D.Style.Paint(term.Warn, what)
	}
	if r.State == model.ReplyOpen {
		waited := s.waited(s.D, r)
		line += s.D.Style.Paint(waited.Tone, " "+s.D.Tr("waits %s", waited.Text))
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
		words = append(words, s.D.Tr("snoozed until %s", s.D.When(r.SnoozedUntil)))
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
		words = append(words, s.D.Tr("claimed by %s", r.ClaimedBy))
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
