// Package person shows everything that happened with one person.
package person

import (
	"cmp"
	"context"
	"math"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"viberdeck/model"
	"viberdeck/ui/kit"
	"viberdeck/ui/term"
)

// historyRows is how many events of one person are read first; at their end twice as many are read.
const historyRows = 500

// History shows on the whole screen what happened with one phone.
type History struct {
	d      *kit.Deck
	person model.PersonHistory
	asked  kit.Slot
	limit  int // how many events are requested
	loaded bool
	busy   bool // they are being read
	pager  kit.Pager
	Lines  []string // the drawn lines of the newest events, as far as the person has scrolled
	next   int      // the first event that has not been drawn
	drawn  drawnFor
}

// drawnFor is the state for which the lines were drawn; if it changes they are redrawn.
type drawnFor struct {
	w      int
	masked bool
	day    int
}

// OpenPerson shows everything that happened between us and a phone.
func OpenPerson(d *kit.Deck, phone model.Phone) tea.Cmd {
	p := &History{d: d, person: model.PersonHistory{Phone: phone}, limit: historyRows}
	d.Open(p)
	return p.read()
}

// WhyNoHistory says why there is no history of a person whose phone is 0, "" for any other.
func WhyNoHistory(d *kit.Deck, phone model.Phone) string {
	if phone == 0 {
		return d.Tr("only a phone has a history; the vendor's list knows this person by something else")
	}
	return ""
}

// AskPerson asks for a phone in any spelling and shows its history.
func AskPerson(d *kit.Deck) tea.Cmd {
	d.Open(kit.NewPrompt(d, d.Tr("Find a person"), "80291111111, +375 29 111-11-11 …",
		[]string{d.Tr("A phone in any spelling.")}, func(text string) (tea.Cmd, error) { return Find(d, text) }))
	return nil
}

// Find opens the history of a phone in any spelling.
func Find(d *kit.Deck, text string) (tea.Cmd, error) {
	phone, err := model.ParsePhone(text, d.DefaultCountry)
	if err != nil {
		return nil, err
	}
	return OpenPerson(d, phone), nil
}

func (p *History) read() tea.Cmd {
	store, phone, limit := p.d.Store, p.person.Phone, p.limit
	p.busy = true
	return kit.Ask(p.d, &p.asked, func(ctx context.Context) (model.PersonHistory, error) {
		return store.PersonHistory(ctx, phone, limit)
	},
		func(h model.PersonHistory, err error) tea.Cmd {
			if p.busy = false; err != nil {
				return p.d.Fail(err)
			}
			p.person, p.loaded, p.drawn = h, true, drawnFor{}
			return nil
		})
}

// older reads older events when the end of those already read is on screen.
func (p *History) older() tea.Cmd {
	if p.busy || !p.person.More || p.next < len(p.person.Events) || !p.pager.AtEnd(len(p.Lines)) {
		return nil
	}
	p.limit *= 2
	return p.read()
}

// WantsFull marks a dialog that takes the whole screen.
func (p *History) WantsFull() {}

// Title names the dialog.
func (p *History) Title() string { return p.d.Tr("History of %s", p.d.Phone(p.person.Phone)) }

// Hint returns the key hints of the dialog.
func (p *History) Hint() string {
	return p.d.Tr("↑↓ PgUp PgDn g G scroll   y copy the phone   r read again   Esc back")
}

// Update handles a message and reports whether the dialog has ended.
func (p *History) Update(msg tea.Msg) (tea.Cmd, bool) {
	key, ok := msg.(tea.KeyPressMsg)
	if !ok {
		return nil, false
	}
	switch kit.Command(key) {
	case "esc", "q", "p":
		return nil, true
	case "y":
		return p.d.CopiedPeople([]string{p.person.Phone.String()}), false
	case "r":
		return p.read(), false
	case "G", "end":
		p.drawTo(math.MaxInt)
	}
	p.pager.Scroll(key)
	return p.older(), false
}

// Body draws the dialog within the given width and height.
func (p *History) Body(w, h int) []string {
	t := p.d.Style
	head := []string{" " + t.Paint(term.Strong, p.d.Phone(p.person.Phone)) +
		t.Paint(term.Dim, term.Cut("   "+p.summary(), max(0, w-22)))}
	if p.person.Blocked {
		head = append(head, " "+t.Paint(term.Warn, term.Cut(p.d.Tr("blocked: nothing is sent to this phone"), w-1)))
	}
	if as := (drawnFor{w - 2, p.d.Masked, p.d.Now.In(p.d.Zone).YearDay()}); as != p.drawn {
		p.Lines, p.next, p.drawn = nil, 0, as
	}
	room := max(1, h-len(head))
	if p.loaded && len(p.person.Events) == 0 {
		nothing := p.d.Tr("Nothing is known of this phone: no message, no reply, no entry of the blacklist.")
		return append(head, term.Indent(term.Wrap(nothing, max(1, w-2)), " ")...)
	}
	p.drawTo(p.pager.Top + room + 1)
	from, end := p.pager.Range(len(p.Lines), room)
	seen := slices.Clone(p.Lines[from:end])
	switch {
	case len(seen) < 2:
	case end < len(p.Lines) || p.next < len(p.person.Events):
		seen[len(seen)-1] = t.Paint(term.Warn, p.d.Tr("↓ more"))
	case p.person.More:
		seen[len(seen)-1] = t.Paint(term.Warn, p.d.Tr("↓ older ones are being read…"))
	}
	return append(head, term.Indent(seen, " ")...)
}

// summary counts the events.
func (p *History) summary() string {
	if !p.loaded {
		return p.d.Tr("reading…")
	}
	n := map[model.EventKind]int64{}
	for _, e := range p.person.Events {
		n[e.Kind]++
	}
	words := []string{p.d.Plural(n[model.EventMessage], "message", "messages"),
		p.d.Plural(n[model.EventReply], "reply", "replies")}
	if notes := n[model.EventNote]; notes > 0 {
		words = append(words, p.d.Plural(notes, "note", "notes"))
	}
	if p.person.More {
		words = append(words, p.d.Tr("and older ones"))
	}
	return strings.Join(words, " · ")
}

// drawTo draws events, newest first, up to the given number of lines. Drawing thousands of them, or
// redrawing all at each key, would be noticeable.
func (p *History) drawTo(lines int) {
	for len(p.Lines) < lines && p.next < len(p.person.Events) {
		p.Lines = append(p.Lines, p.draw(p.person.Events[p.next], p.drawn.w)...)
		p.next++
	}
}

// draw returns the lines of one event.
func (p *History) draw(e model.PersonEvent, w int) []string {
	t, d := p.d.Style, p.d
	kind, as := EventWord(d, e)
	const at, word = 13, 10
	line := t.Paint(term.Dim, term.Fit(cmp.Or(d.When(e.At), "—"), at)) + " " + t.Paint(as, term.Fit(kind, word)) + " " +
		t.Paint(term.Dim, term.Clip(d.Discreet(strings.Join(About(d, e), " · ")), max(4, w-at-word-2)))
	lines := []string{line}
	margin := at + 1
	if w < 60 {
		margin = 2
	}
	for _, l := range NonBlank(term.Wrap(d.Discreet(d.Text(e.Words())), max(8, w-margin))) {
		lines = append(lines, strings.Repeat(" ", margin)+t.Paint(textTone(e), l))
	}
	return lines
}

// About describes the channel, campaign, result and operator of an event.
func About(d *kit.Deck, e model.PersonEvent) []string {
	var words []string
	switch e.Kind {
	case model.EventMessage:
		status := d.Word("status", e.Status.String())
		if e.VendorStatus != "" {
			status += " (" + e.VendorStatus + ")"
		}
		words = []string{status, named(e, d.Text(e.Words())), e.Account, d.Text(e.Reason), e.By}
		if e.Sending == model.CampaignCancelled || e.Waits() && !e.Sending.Over() {
			words[0] = d.Word("state", string(e.Sending))
		}
		if e.Template {
			words = append(words, d.Tr("as a template, values not kept"))
		}
	case model.EventReply:
		state := d.Word("reply", string(e.State))
		if e.State == model.ReplyDone && e.By != "" {
			state = d.Tr("done by %s", e.By)
		}
		words = []string{state, e.CampaignName, e.Account}
		if e.OptOut != "" {
			words = append(words, d.Tr("looks like an opt-out"))
		}
	case model.EventBlock:
		where := d.Tr("everywhere")
		if e.Account != "" {
			where = d.Tr("only %s", e.Account)
		}
		words = []string{where, e.By, d.Word("source", string(e.Source))}
	case model.EventUnblock, model.EventVendor, model.EventNote:
		words = []string{e.Account, e.By}
	}
	return term.NonEmpty(words...)
}

// named returns the name of the campaign of a message, "" if it has none and is named after the
// text that is shown below.
func named(e model.PersonEvent, text string) string {
	if start, cut := strings.CutSuffix(e.CampaignName, "…"); text == start || cut && strings.HasPrefix(text, start) {
		return ""
	}
	return e.CampaignName
}

// EventWord names an event in one word.
func EventWord(d *kit.Deck, e model.PersonEvent) (string, term.Tone) {
	switch e.Kind {
	case model.EventMessage:
		switch {
		case e.Kept():
			return "x " + d.Word("event", "not sent"), term.Dim
		case e.Waits():
			return "· " + d.Word("event", "waits"), term.Warn
		case e.Status == model.StatusUnknown:
			return "? " + d.Word("event", "unclear"), term.Warn
		}
		return "→ " + d.Word("event", "sent"), kit.StatusTone(e.Status)
	case model.EventReply:
		return "← " + d.Word("event", "reply"), term.Strong
	case model.EventNote:
		return "# " + d.Word("event", "note"), term.Accent
	case model.EventUnblock:
		return "+ " + d.Word("event", "allowed"), term.Good
	case model.EventBlock, model.EventVendor:
		return "x " + d.Word("event", "blocked"), term.Warn
	}
	return string(e.Kind), term.Plain
}

func textTone(e model.PersonEvent) term.Tone {
	if e.Kind == model.EventReply {
		return term.Strong
	}
	return term.Plain
}

// NonBlank returns the lines that are not empty.
func NonBlank(lines []string) []string {
	var kept []string
	for _, l := range lines {
		if strings.TrimSpace(l) != "" {
			kept = append(kept, l)
		}
	}
	return kept
}
