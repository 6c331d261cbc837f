package ui

import (
	"cmp"
	"context"
	"math"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"viberdeck/model"
)

// historyRows is how many events of one person are read at first; at their end twice as many are.
const historyRows = 500

// history is what happened with one phone on the whole screen.
type history struct {
	d      *deck
	person model.PersonHistory
	asked  slot
	limit  int // how many events are asked for
	loaded bool
	busy   bool // they are being read
	scroll int
	room   int      // lines that are seen
	lines  []string // what was drawn of the newest events: as far as somebody has scrolled
	next   int      // the first event that was not drawn
	drawn  drawnFor
}

// drawnFor is what the lines were drawn for; for anything else they are drawn anew.
type drawnFor struct {
	w      int
	masked bool
	day    int
}

// openPerson shows everything that happened between us and a phone.
func openPerson(d *deck, phone model.Phone) tea.Cmd {
	p := &history{d: d, person: model.PersonHistory{Phone: phone}, limit: historyRows}
	d.open(p)
	return p.read()
}

// askPerson asks for a phone in any spelling and shows its history.
func askPerson(d *deck) tea.Cmd {
	d.open(newPrompt(d, d.tr("Whose history?"), "80291111111, +375 29 111-11-11 …",
		[]string{d.tr("A phone in any spelling.")}, func(text string) (tea.Cmd, error) {
			phone, err := model.ParsePhone(text, d.DefaultCountry)
			if err != nil {
				return nil, err
			}
			return openPerson(d, phone), nil
		}))
	return nil
}

func (p *history) read() tea.Cmd {
	store, phone, limit := p.d.Store, p.person.Phone, p.limit
	p.busy = true
	return ask(p.d, &p.asked, func(ctx context.Context) (model.PersonHistory, error) {
		return store.PersonHistory(ctx, phone, limit)
	},
		func(h model.PersonHistory, err error) tea.Cmd {
			if p.busy = false; err != nil {
				return p.d.fail(err)
			}
			p.person, p.loaded, p.drawn = h, true, drawnFor{}
			return nil
		})
}

// older reads older events when the end of those that were read is on screen.
func (p *history) older() tea.Cmd {
	if p.busy || !p.person.More || p.next < len(p.person.Events) || p.scroll+p.room < len(p.lines) {
		return nil
	}
	p.limit *= 2
	return p.read()
}

func (p *history) wantsFull()    {}
func (p *history) title() string { return p.d.tr("History of %s", p.d.phone(p.person.Phone)) }
func (p *history) hint() string {
	return p.d.tr("↑↓ PgUp PgDn g G scroll   y copy the phone   r read again   Esc back")
}

func (p *history) update(msg tea.Msg) (tea.Cmd, bool) {
	key, ok := msg.(tea.KeyPressMsg)
	if !ok {
		return nil, false
	}
	switch k := command(key); k {
	case "esc", "q", "p":
		return nil, true
	case "y":
		return p.d.copiedPeople([]string{p.person.Phone.String()}), false
	case "r":
		return p.read(), false
	case "g", "home":
		p.scroll = 0
	case "G", "end":
		p.drawTo(math.MaxInt)
		p.scroll = len(p.lines)
	default:
		by := map[string]int{"up": -1, "k": -1, "down": 1, "j": 1, "pgup": -10, "pgdown": 10}
		p.scroll = max(0, p.scroll+by[k])
	}
	return p.older(), false
}

func (p *history) body(w, h int) []string {
	t := p.d.style
	head := []string{" " + t.paint(strong, p.d.phone(p.person.Phone)) +
		t.paint(dim, cut("   "+p.summary(), max(0, w-22)))}
	if p.person.Blocked {
		head = append(head, " "+t.paint(warn, cut(p.d.tr("blocked: no vendor is used for this phone"), w-1)))
	}
	if as := (drawnFor{w - 2, p.d.masked, p.d.now.In(p.d.Zone).YearDay()}); as != p.drawn {
		p.lines, p.next, p.drawn = nil, 0, as
	}
	if p.room = max(1, h-len(head)); p.loaded && len(p.person.Events) == 0 {
		nothing := p.d.tr("Nothing is known of this phone: no message, no reply, no entry of the blacklist.")
		return append(head, indent(wrap(nothing, max(1, w-2)), " ")...)
	}
	p.drawTo(p.scroll + p.room + 1)
	p.scroll = max(0, min(p.scroll, len(p.lines)-p.room))
	end := min(len(p.lines), p.scroll+p.room)
	seen := slices.Clone(p.lines[p.scroll:end])
	switch {
	case len(seen) < 2:
	case end < len(p.lines) || p.next < len(p.person.Events):
		seen[len(seen)-1] = t.paint(warn, p.d.tr("↓ more"))
	case p.person.More:
		seen[len(seen)-1] = t.paint(warn, p.d.tr("↓ older ones are being read…"))
	}
	return append(head, indent(seen, " ")...)
}

// summary counts what there is.
func (p *history) summary() string {
	if !p.loaded {
		return p.d.tr("reading…")
	}
	n := map[model.EventKind]int64{}
	for _, e := range p.person.Events {
		n[e.Kind]++
	}
	words := []string{p.d.plural(n[model.EventMessage], "message", "messages"),
		p.d.plural(n[model.EventReply], "reply", "replies")}
	if notes := n[model.EventNote]; notes > 0 {
		words = append(words, p.d.plural(notes, "note", "notes"))
	}
	if p.person.More {
		words = append(words, p.d.tr("and older ones"))
	}
	return strings.Join(words, " · ")
}

// drawTo draws events, newest first, until there are so many lines. Drawing thousands of them, or
// all of them anew at each key, would be felt.
func (p *history) drawTo(lines int) {
	for len(p.lines) < lines && p.next < len(p.person.Events) {
		p.lines = append(p.lines, p.draw(p.person.Events[p.next], p.drawn.w)...)
		p.next++
	}
}

// draw gives the lines of one event.
func (p *history) draw(e model.PersonEvent, w int) []string {
	t, d := p.d.style, p.d
	kind, as := eventWord(d, e)
	const at, word = 13, 10
	line := t.paint(dim, fit(cmp.Or(d.when(e.At), "—"), at)) + " " + t.paint(as, fit(kind, word)) + " " +
		t.paint(dim, clip(d.discreet(strings.Join(p.about(e), " · ")), max(4, w-at-word-2)))
	lines := []string{line}
	margin := at + 1
	if w < 60 {
		margin = 2
	}
	for _, l := range nonBlank(wrap(d.discreet(e.Text), max(8, w-margin))) {
		lines = append(lines, strings.Repeat(" ", margin)+t.paint(textTone(e), l))
	}
	return lines
}

// about says by which way, in which campaign, with which end and by whom.
func (p *history) about(e model.PersonEvent) []string {
	var words []string
	switch e.Kind {
	case model.EventMessage:
		status := p.d.word("status", e.Status.String())
		if e.VendorStatus != "" {
			status += " (" + e.VendorStatus + ")"
		}
		words = []string{status, e.CampaignName, e.Account, p.d.text(e.Reason), e.By}
	case model.EventReply:
		state := p.d.word("reply", string(e.State))
		if e.State == model.ReplyDone && e.By != "" {
			state = p.d.tr("done by %s", e.By)
		}
		words = []string{state, e.CampaignName, e.Account}
		if e.OptOut != "" {
			words = append(words, p.d.tr("looks like an opt-out"))
		}
	case model.EventBlock:
		where := p.d.tr("everywhere")
		if e.Account != "" {
			where = p.d.tr("only %s", e.Account)
		}
		words = []string{where, e.By, p.d.word("source", string(e.Source))}
	case model.EventUnblock, model.EventVendor, model.EventNote:
		words = []string{e.Account, e.By}
	}
	return nonEmpty(words...)
}

// eventWord names an event in one word.
func eventWord(d *deck, e model.PersonEvent) (string, tone) {
	switch e.Kind {
	case model.EventMessage:
		return "→ " + d.word("event", "sent"), statusTone(e.Status)
	case model.EventReply:
		return "← " + d.word("event", "reply"), strong
	case model.EventNote:
		return "# " + d.word("event", "note"), accent
	case model.EventUnblock:
		return "+ " + d.word("event", "allowed"), good
	case model.EventBlock, model.EventVendor:
		return "x " + d.word("event", "blocked"), warn
	}
	return string(e.Kind), plain
}

func textTone(e model.PersonEvent) tone {
	if e.Kind == model.EventReply {
		return strong
	}
	return plain
}

func nonBlank(lines []string) []string {
	var kept []string
	for _, l := range lines {
		if strings.TrimSpace(l) != "" {
			kept = append(kept, l)
		}
	}
	return kept
}
