package compose

import (
	"cmp"
	"errors"
	"strings"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"viberdeck/model"
	"viberdeck/ui/kit"
	"viberdeck/ui/lang"
	"viberdeck/ui/term"
)

// Widths of the preview: a phone shows about bubbleMost letters per line; previewLeast is the
// minimum screen width for a preview beside the form, and formMost its maximum distance from the
// left edge.
const (
	bubbleMost   = 40
	previewLeast = 100
	formMost     = 100
)

// Preview shows a message as on a phone, filled in for one of its recipients.
type Preview struct {
	D *kit.Deck
	// Content returns what to show: the current content of the form, or a planned campaign.
	Content func() model.Campaign
	people  model.People
	survey  model.Survey
	at      int // index in the survey: those with most gaps first
}

// person returns the recipient whose message is shown; ok is false if there is none.
func (p *Preview) person() (r model.Recipient, ok bool) {
	if p.at >= p.people.Len() {
		return r, false
	}
	if p.at < len(p.survey.Order) {
		return p.people.At(int(p.survey.Order[p.at])), true
	}
	return p.people.At(p.at), true
}

// Look sets the people a message goes to. The one shown stays in place if possible.
func (p *Preview) Look(people model.People, survey model.Survey) {
	p.people, p.survey = people, survey
	p.at = max(0, min(p.at, people.Len()-1))
}

// step goes to another recipient.
func (p *Preview) step(by int) { p.at = max(0, min(p.at+by, p.people.Len()-1)) }

// Lines draw the bubble with the person above and, below it, the counts and how well the columns
// are filled.
func (p *Preview) Lines(w int) []string {
	d := p.D
	c := p.Content()
	r, found := p.person()
	lines := []string{d.Style.Paint(term.Dim, term.Clip(d.Tr("as on the phone"), w))}
	if found {
		lines[0] = d.Style.Paint(term.Strong, term.Clip(d.Person(r), max(1, w-18))) + "  " +
			d.Style.Paint(term.Dim, d.Tr("%s of %s", lang.Count(int64(p.at+1)), lang.Count(int64(p.people.Len()))))
	}
	pieces, broken := finished(c.Message.Text, r)
	link, _ := finished(c.Message.Button.URL, r)
	lines = append(lines, p.bubble(c, pieces, link, min(w, bubbleMost))...)
	lines = append(lines, p.counts(c, pieces, link, w)...)
	say := func(as term.Tone, s string) {
		for _, l := range term.Wrap(s, w) {
			lines = append(lines, d.Style.Paint(as, l))
		}
	}
	if !broken.IsZero() {
		say(term.Bad, "! "+d.Text(broken))
	}
	reported := map[string]bool{}
	for _, x := range append(pieces, link...) {
		if reported[x.Column] || !found {
			continue
		}
		reported[x.Column] = true
		switch x.Filling {
		case model.FilledByFallback:
			say(term.Warn, d.Tr("{{%s}}: the fallback “%s”", x.Column, d.Discreet(x.Text)))
		case model.FilledByNothing:
			say(term.Bad, d.Tr("! {{%s}}: no value and no fallback", x.Column))
		case model.FilledByText, model.FilledByRow:
		}
	}
	for _, x := range p.survey.Places {
		switch {
		case x.Lacking > 0 && x.HasFallback:
			say(term.Dim, d.Tr("{{%s}}: fallback for %s", x.Column, d.Plural(x.Lacking, "person", "people")))
		case x.Lacking > 0:
			say(term.Bad, d.Tr("! {{%s}} is empty for %s: no send", x.Column, d.Plural(x.Lacking, "person", "people")))
		}
	}
	return lines
}

// bubble draws the message: who it is from, the image with its address, the text, the button with
// its address.
func (p *Preview) bubble(c model.Campaign, text, link []model.Piece, w int) []string {
	d, inner := p.D, max(1, w-4)
	from := " " + term.Clip(cmp.Or(c.SenderName, c.Sender, d.Tr("the vendor's default")), max(1, w-6)) + " "
	lines := []string{"╭─" + d.Style.Paint(term.Accent, from) +
		strings.Repeat("─", max(0, w-3-ansi.StringWidth(from))) +
		"╮"}
	row := func(s string) { lines = append(lines, "│ "+term.Fit(s, inner)+" │") }
	rows := func(as term.Tone, s string) {
		for _, l := range term.Wrap(s, inner) {
			row(d.Style.Paint(as, l))
		}
	}
	address := func(s string) { // in one piece as far as it fits
		for l := range strings.SplitSeq(ansi.Hardwrap(term.Stable(model.SanitiseLine(d.Discreet(s))), inner, true),
			"\n") {
			row(d.Style.Paint(term.Dim, l))
		}
	}
	m := c.Message
	if m.ImageURL != "" {
		word := " " + d.Tr("image") + " "
		fill := max(0, inner-ansi.StringWidth(word))
		row(d.Style.Paint(term.Dim, strings.Repeat("░", fill/2)+word+strings.Repeat("░", fill-fill/2)))
		address(m.ImageURL)
	}
	if m.Template != "" {
		rows(term.Dim, d.Tr("the vendor's template %s; only the vendor knows its text", m.Template))
	}
	switch {
	case len(text) > 0:
		for _, l := range p.painted(text, inner) {
			row(l)
		}
	case m.ImageURL == "" && m.Template == "":
		rows(term.Dim, d.Tr("no text yet"))
	}
	if b := m.Button; b.Caption != "" || b.URL != "" {
		row("")
		caption := d.Style.Paint(term.Strong, "[ "+term.Clip(cmp.Or(b.Caption, d.Tr("no words yet")), max(1, inner-4))+
			" ]")
		row(strings.Repeat(" ", max(0, inner-ansi.StringWidth(caption))/2) + caption)
		address("→ " + cmp.Or(wholeText(link), d.Tr("no address yet")))
	}
	return append(lines, "╰"+strings.Repeat("─", max(0, w-2))+"╯")
}

// painted wraps the finished text, with its fallbacks and gaps in tones of their own. A tone that
// continues past the end of a line is resumed in the next one, so that it never reaches the border.
func (p *Preview) painted(pieces []model.Piece, w int) []string {
	var b strings.Builder
	for _, x := range pieces {
		s := term.Stable(model.Sanitise(p.D.Discreet(x.Text)))
		switch x.Filling {
		case model.FilledByFallback:
			s = p.D.Style.Paint(term.Warn, s)
		case model.FilledByNothing:
			s = p.D.Style.Paint(term.Bad, "{{"+model.SanitiseLine(x.Column)+"}}")
		case model.FilledByText, model.FilledByRow:
		}
		b.WriteString(s)
	}
	lines := strings.Split(ansi.Wrap(b.String(), w, ""), "\n")
	open := ""
	for i, l := range lines {
		l = open + l
		if open = openTone(l); open != "" {
			l += p.D.Style.Around[term.Warn][1]
		}
		lines[i] = l
	}
	return lines
}

// openTone returns the sequence of a tone that begins in the line and does not end.
func openTone(line string) string {
	at := strings.LastIndex(line, "\x1b[")
	if at < 0 {
		return ""
	}
	sequence, _, _ := strings.Cut(line[at:], "m")
	if sequence == "\x1b[" || sequence == "\x1b[0" {
		return ""
	}
	return sequence + "m"
}

// counts shows the lengths of the parts beside the vendor's limits.
func (p *Preview) counts(c model.Campaign, text, link []model.Piece, w int) []string {
	d := p.D
	caps, _ := d.Capabilities(c.Account)
	l := caps.Limits
	var lines []string
	add := func(what, s string, limit int) {
		if s == "" {
			return
		}
		n, as := utf8.RuneCountInString(s), term.Dim
		line := d.Tr("%s: %d", what, n)
		if limit > 0 {
			line = d.Tr("%s: %d of %d", what, n, limit)
		}
		if limit > 0 && n > limit {
			as, line = term.Bad, "! "+d.Tr("%s: %d of %d, %d too many", what, n, limit, n-limit)
		}
		for _, l := range term.Wrap(line, w) {
			lines = append(lines, d.Style.Paint(as, l))
		}
	}
	add(d.Word("form", "text"), wholeText(text), l.TextMax)
	add(d.Word("form", "image"), c.Message.ImageURL, l.ImageURLMax)
	add(d.Word("form", "button"), c.Message.Button.Caption, l.CaptionMax)
	add(d.Word("form", "button goes to"), wholeText(link), l.LinkMax)
	return lines
}

// finished fills a person's columns into a text. An invalid text is shown as it is, with the error.
func finished(text string, r model.Recipient) (pieces []model.Piece, broken model.Text) {
	if text == "" {
		return nil, model.Text{}
	}
	t, err := model.ParseTemplate(text)
	if err != nil {
		broken = model.TextOf(err)
		if e, ok := errors.AsType[*model.Error](err); ok {
			broken = e.Text
		}
		return []model.Piece{{Text: text}}, broken
	}
	return t.Pieces(r.Vars), model.Text{}
}

// wholeText joins the pieces of a finished text.
func wholeText(pieces []model.Piece) string {
	var b strings.Builder
	for _, p := range pieces {
		b.WriteString(p.Text)
	}
	return b.String()
}

// fullPreview is the preview on the whole screen, where a person can step through the recipients.
type fullPreview struct {
	*Preview
	pager kit.Pager
}

// WantsFull marks a dialog that takes the whole screen.
func (p *fullPreview) WantsFull() {}

// Title names the dialog.
func (p *fullPreview) Title() string { return p.D.Tr("as on the phone") }

// Hint returns the key hints of the dialog.
func (p *fullPreview) Hint() string {
	return p.D.Tr("↑↓ next person   g the emptiest   PgUp PgDn scroll   Esc back")
}

// Update handles a message and reports whether the dialog has ended.
func (p *fullPreview) Update(msg tea.Msg) (tea.Cmd, bool) {
	key, ok := msg.(tea.KeyPressMsg)
	if !ok {
		return nil, false
	}
	switch kit.Command(key) {
	case "esc", "q", "ctrl+p", "enter":
		return nil, true
	case "up", "k", "left", "h":
		p.step(-1)
	case "down", "j", "right", "l", "space":
		p.step(1)
	case "g", "home":
		p.step(-p.people.Len())
	case "G", "end":
		p.step(p.people.Len())
	case "pgup", "pgdown":
		p.pager.Scroll(key)
	}
	return nil, false
}

// Body draws the dialog within the given width and height.
func (p *fullPreview) Body(w, h int) []string {
	return p.pager.Visible(p.D, term.Indent(p.Lines(max(1, w-2)), " "), h)
}

// withPreview draws the preview to the right of lines if there is room for both. draw returns the
// lines at a width.
func withPreview(w, h int, p *Preview, draw func(w int) []string) []string {
	if w < previewLeast {
		return draw(w)
	}
	const gap = 3
	left := min(w-bubbleMost-gap, formMost)
	lines, right := term.Box(draw(left), left, h), p.Lines(bubbleMost)
	if len(right) > h && h > 0 {
		right[h-1] = p.D.Style.Paint(term.Dim, p.D.Tr("ctrl+p shows the rest"))
	}
	for i := range min(h, len(right)) {
		lines[i] += strings.Repeat(" ", gap) + right[i]
	}
	return lines
}
