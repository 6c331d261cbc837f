package ui

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"

	"viberdeck/model"
)

// sendConfirm is the last question before a campaign is stored for sending. It repeats everything
// that matters, and wants the number of people typed. A repeat to people who got the same message
// wants a word of its own first.
type sendConfirm struct {
	d       *deck
	plan    model.Plan
	preview *preview
	key     string // makes a repeated submit harmless
	test    bool   // to the staff
	input   textinput.Model
	again   bool // the word "again" was typed, or was not needed
	busy    bool
	wrong   string
	scroll  int
	// guard runs in the command before anything is stored; nil: nothing more to check. Its error
	// goes to refused, with the dialog closed.
	guard   func(ctx context.Context) error
	refused func(error) tea.Cmd
	// sent runs when the campaign is stored, with the dialog closed.
	sent func(c model.Campaign) tea.Cmd
}

func newSendConfirm(d *deck, p model.Plan, key string, test bool, sent func(model.Campaign) tea.Cmd) *sendConfirm {
	s := &sendConfirm{d: d, plan: p, key: key, test: test, sent: sent, again: p.Overlap == 0,
		input: d.style.newInput("")}
	s.preview = &preview{d: d, content: func() model.Campaign { return p.Campaign }, people: p.People}
	s.input.CharLimit = 20
	s.input.Focus()
	return s
}

func (s *sendConfirm) wantsFull()    {}
func (s *sendConfirm) title() string { return s.d.tr("Send it?") }
func (s *sendConfirm) hint() string {
	return s.d.tr("Enter after typing   ↑↓ scroll   ctrl+p preview   Esc no, back to it")
}

// want gives what is to be typed next, and what it is in words.
func (s *sendConfirm) want() (text, what string) {
	switch {
	case !s.again:
		return s.d.word("typed", "again"), s.d.tr("the word again, for these people get it a second time")
	case !s.plan.Recipients.Known:
		return s.d.word("typed", "send"), s.d.tr("the word send, for nobody knows how many people the list has")
	}
	return fmt.Sprint(s.plan.Recipients.N), s.d.tr("the number of people who will receive it")
}

func (s *sendConfirm) update(msg tea.Msg) (tea.Cmd, bool) {
	if s.busy {
		return nil, false
	}
	if _, paste := msg.(tea.PasteMsg); paste {
		s.wrong = s.d.tr("type it: a paste does not confirm")
		return nil, false
	}
	if key, ok := msg.(tea.KeyPressMsg); ok {
		switch key.String() {
		case "esc":
			return nil, true
		case "ctrl+p":
			s.d.open(&fullPreview{preview: s.preview})
			return nil, false
		case "up", "down", "pgup", "pgdown":
			s.scroll += scrollBy(key.String())
			return nil, false
		case "enter":
			return s.typed(), false
		}
	}
	var cmd tea.Cmd
	s.input, cmd = s.input.Update(msg)
	s.wrong = ""
	return cmd, false
}

// typed compares what was typed. Only the exact text goes on.
func (s *sendConfirm) typed() tea.Cmd {
	got := s.input.Value()
	want, what := s.want()
	switch {
	case strings.TrimSpace(got) == "":
		return nil
	case !same(got, want):
		s.wrong = s.d.tr("that is not %s", what)
		return nil
	}
	s.input.SetValue("")
	if !s.again {
		s.again = true
		return nil
	}
	return s.submit()
}

// guarded is what a guard found before anything was stored.
type guarded struct{ error }

// submit stores the campaign for sending. The key makes a second submit find the first.
func (s *sendConfirm) submit() tea.Cmd {
	d, p, guard := s.d, s.plan, s.guard
	store, operator, key, hold, approve := d.Store, d.Operator, s.key, d.Send.HoldWindow(), d.Send.ApproveAbove
	s.busy = true
	return ask(d, new(slot), func(ctx context.Context) (model.CampaignID, error) {
		if guard != nil {
			if err := guard(ctx); err != nil {
				return 0, guarded{err}
			}
		}
		return store.Submit(ctx, operator, key, p, hold, approve)
	}, func(id model.CampaignID, err error) tea.Cmd {
		s.busy = false
		if g, ok := errors.AsType[guarded](err); ok {
			d.close(s)
			return s.refused(g.error)
		}
		if err != nil {
			s.wrong = d.tr("not stored, nothing was sent: %s", d.fault(err))
			return nil
		}
		d.close(s)
		c := p.Campaign
		c.ID = id
		return s.sent(c)
	})
}

func (s *sendConfirm) body(w, h int) []string {
	d := s.d
	_, what := s.want()
	widen(&s.input, 8)
	tail := []string{d.style.paint(strong, cut(" "+d.tr("Type %s", what), w-12)+": ") + s.input.View()}
	switch {
	case s.busy:
		tail = append(tail, d.style.paint(accent, " "+d.tr("storing…")))
	case s.wrong != "":
		tail = append(tail, d.style.paint(bad, cut(" "+model.SanitiseLine(s.wrong), w)))
	default:
		tail = append(tail, d.style.paint(dim, cut(" "+s.nothing(), w)))
	}
	room := max(1, h-len(tail))
	return append(withPreview(w, room, s.preview, func(w int) []string {
		return box(indent(scrolled(d, s.summary(max(10, w-2)), &s.scroll, room), " "), w, room)
	}), tail...)
}

// nothing says that Enter alone does nothing.
func (s *sendConfirm) nothing() string {
	d := s.d
	if n := s.plan.Recipients; s.again && n.Known {
		return d.tr("the default is No: Enter alone does nothing; %s", d.plural(n.N, "person", "people"))
	}
	return d.tr("the default is No: Enter alone does nothing")
}

// summary says what will happen: through whom, to how many, when, how much, and who is left out.
func (s *sendConfirm) summary(w int) []string {
	p, d := s.plan, s.d
	c := p.Campaign
	a, _ := d.account(c.Account)
	var lines []string
	part := func(label string, as tone, text string) {
		for i, l := range wrap(d.discreet(text), max(1, w-13)) {
			if i > 0 {
				label = ""
			}
			lines = append(lines, d.style.paint(dim, fit(label, 12))+" "+d.style.paint(as, l))
		}
	}
	part(d.word("confirm", "campaign"), strong, c.Name)
	if s.test {
		part("", warn, d.tr("a test: to the staff's phones only; it costs as much as %s",
			d.plural(p.Recipients.N, "message", "messages")))
	}
	part(d.word("confirm", "through"), plain, d.tr("%s, account %s, sender %s", c.Vendor, c.Account,
		cmp.Or(c.SenderName, c.Sender, d.tr("the vendor's default"))))
	people := d.tr("nobody knows how many: the vendor does not tell the size of list %s", c.List)
	if p.Recipients.Known {
		people = d.plural(p.Recipients.N, "person", "people")
		if c.List != "" {
			people = d.tr("%s of the vendor's list %s", people, c.List)
		}
	}
	part(d.word("confirm", "receive it"), strong, people)
	part(d.word("confirm", "of"), plain, d.tr("%s given · %s duplicates · %s invalid · %s on the blacklist",
		count(p.Total), count(p.Duplicates), count(p.Invalid), count(p.Suppressed)))
	part(d.word("confirm", "cost"), plain, d.price(p.Cost))
	if c.SendAt.IsZero() {
		part(d.word("confirm", "when"), plain, d.tr("at once, after the recall window of %s",
			d.words(d.Send.HoldWindow())))
	} else {
		part(d.word("confirm", "when"), plain, clocks(d, c.SendAt, a))
	}
	if above := d.Send.ApproveAbove; above > 0 && p.Recipients.N > above {
		part(d.word("confirm", "approval"), warn,
			d.tr("more than %s people: it waits until somebody else approves it", count(above)))
	}
	if p.Overlap > 0 {
		part(d.word("confirm", "REPEAT"), bad, d.tr("%s of these people got the same message already: %s",
			count(p.Overlap), strings.Join(p.OverlapOf, ", ")))
	}
	for _, warning := range p.Warnings {
		part(d.word("confirm", "note"), warn, d.text(warning))
	}
	part(d.word("confirm", "first"), plain, first(d, p.People))
	if len(p.LeftOut) > 0 {
		part(d.word("confirm", "left out"), plain, d.tr("on the blacklist: %s", prettyFew(d, p.LeftOut, p.Suppressed)))
	}
	for i, bad := range p.BadRows {
		if i == 5 {
			part("", dim, d.tr("and %d more that cannot be used", len(p.BadRows)-i))
			break
		}
		if d.masked { // what was typed may be a phone with a digit too many
			part(d.word("confirm", "not used"), warn, d.tr("%d. is no phone; M shows what it is", bad.Line))
			continue
		}
		reason := d.text(bad.Reason)
		if !strings.Contains(reason, bad.Text) {
			reason = d.tr("“%s”: %s", bad.Text, reason)
		}
		part(d.word("confirm", "not used"), warn, fmt.Sprintf("%d. %s", bad.Line, reason))
	}
	if len(p.Countries) > 0 {
		var parts []string
		for _, code := range slices.Sorted(maps.Keys(p.Countries)) {
			parts = append(parts, code+" "+count(p.Countries[code]))
		}
		part(d.word("confirm", "countries"), plain, strings.Join(parts, " · "))
	}
	if p.Calls > 0 {
		part(d.word("confirm", "calls"), dim, d.tr("%d to the vendor. %s", p.Calls,
			cmp.Or(s.guardWords(), d.tr("Nothing guards against a repeat."))))
	}
	part(d.word("form", "text"), plain, cmp.Or(c.Message.Text, "—"))
	if b := c.Message.Button; b.Caption != "" {
		part(d.word("form", "button"), plain, "["+b.Caption+"] "+b.URL)
	}
	if c.Message.ImageURL != "" {
		part(d.word("form", "image"), plain, c.Message.ImageURL)
	}
	if c.Fallback.Enabled() {
		part(d.word("form", "SMS instead"), warn,
			d.tr("to those Viber does not reach, at a price of its own: %s", cmp.Or(c.Fallback.Text, c.Message.Text)))
	}
	return lines
}

func (s *sendConfirm) guardWords() string {
	caps, _ := s.d.capabilities(s.plan.Campaign.Account)
	return s.d.phrase(caps.Guard)
}

// first names the first recipients.
func first(d *deck, people []model.Recipient) string {
	const most = 4
	var names []string
	for _, r := range people[:min(most, len(people))] {
		names = append(names, d.person(r))
	}
	if len(people) > most {
		names = append(names, d.tr("and %s more", count(int64(len(people)-most))))
	}
	return cmp.Or(strings.Join(names, ", "), d.tr("the people of the vendor's list"))
}

func prettyFew(d *deck, phones []model.Phone, all int64) string {
	const most = 4
	var names []string
	for _, p := range phones[:min(most, len(phones))] {
		names = append(names, d.phone(p))
	}
	if n := all - int64(len(names)); n > 0 {
		names = append(names, d.tr("and %s more", count(n)))
	}
	return strings.Join(names, ", ")
}
