package compose

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"viberdeck/model"
	"viberdeck/ui/kit"
	"viberdeck/ui/lang"
	"viberdeck/ui/term"
)

// SendConfirm is the last question before a campaign is stored for sending. It repeats everything
// that matters, and requires the number of people to be typed. If people have already received the
// same message, a word must be typed before that.
type SendConfirm struct {
	d       *kit.Deck
	plan    model.Plan
	preview *Preview
	key     string     // makes a repeated submit harmless
	typed   *kit.Typed // the number, and words required before it
	busy    bool
	way     *model.StoreProgress // set while it is being stored
	pulse   kit.Slot             // for redrawing the progress
	wrong   string               // why it could not be stored
	pager   kit.Pager
	// First is what must be read before anything else.
	First []string
	// Guard runs in the command before anything is stored; nil: no further check. Its error goes to
	// Refused, with the dialog closed.
	Guard   func(ctx context.Context) error
	Refused func(error) tea.Cmd
	// sent runs when the campaign has been stored and the dialog is closed.
	sent func(c model.Campaign) tea.Cmd
}

// NewSendConfirm makes the confirmation of a planned send.
func NewSendConfirm(d *kit.Deck, p model.Plan, key string, sent func(model.Campaign) tea.Cmd) *SendConfirm {
	return &SendConfirm{d: d, plan: p, key: key, sent: sent,
		typed:   kit.NewTyped(d, required(d, p)...),
		preview: &Preview{D: d, Content: func() model.Campaign { return p.Campaign }, people: p.People}}
}

// required returns what must be typed: a word for each doubt, and last the number of people.
func required(d *kit.Deck, p model.Plan) []kit.Required {
	var all []kit.Required
	word := func(name, what string) { all = append(all, kit.Required{Text: d.Word("typed", name), What: what}) }
	switch {
	case p.Overlap > 0:
		word("again", d.Tr("“again” to send it anyway (these people already got it)"))
	case answeredBefore(p):
		word("again", d.Tr("“again” to send a second answer (this reply has been answered)"))
	}
	if p.InList > 0 {
		word("blacklist", d.Tr("“blacklist” to send it although people of our blacklist may be in the list"))
	}
	if len(p.Quiet) > 0 && p.Answering == nil && !p.Test {
		word("quiet", d.Tr("“quiet” to send it into the quiet hours"))
	}
	if !p.Recipients.Known {
		word("send", d.Tr("“send” (the size of the list is unknown)"))
		return all
	}
	return append(all, kit.Required{Text: fmt.Sprint(p.Recipients.N),
		What: d.Tr("the number of people who will receive it")})
}

// answeredBefore reports whether the plan answers a reply that, as its author knows, has already
// been answered.
func answeredBefore(p model.Plan) bool { return p.Answering != nil && p.Answering.Last != 0 }

// WantsFull marks a dialog that takes the whole screen.
func (s *SendConfirm) WantsFull() {}

// Title names the dialog.
func (s *SendConfirm) Title() string { return s.d.Tr("Send it?") }

// Hint returns the key hints of the dialog.
func (s *SendConfirm) Hint() string {
	return s.d.Tr("Enter after typing   ↑↓ scroll   ctrl+p preview   Esc no, back to it")
}

// unconfirmedNote reports what was created at the vendor for a send that was not confirmed.
func (s *SendConfirm) unconfirmedNote() tea.Cmd {
	c := s.plan.Campaign
	if c.List == "" || c.VendorID == "" {
		return nil
	}
	return s.d.Say(s.d.Tr("mailing %s was prepared at %s and stays there unconfirmed: it reaches nobody and costs "+
		"nothing",
		c.VendorID, s.d.VendorName(c.Vendor)))
}

// Update handles a message and reports whether the dialog has ended.
func (s *SendConfirm) Update(msg tea.Msg) (tea.Cmd, bool) {
	if s.busy {
		return nil, false
	}
	if key, ok := msg.(tea.KeyPressMsg); ok {
		switch key.String() {
		case "esc":
			return s.unconfirmedNote(), true
		case "ctrl+p":
			s.d.Open(&fullPreview{Preview: s.preview})
			return nil, false
		case "up", "down", "pgup", "pgdown":
			s.pager.Scroll(key)
			return nil, false
		}
	}
	s.wrong = ""
	cmd, done := s.typed.Update(msg)
	if done {
		cmd = s.Store()
	}
	return cmd, false
}

// hold is the recall window; a test has none.
func (s *SendConfirm) hold() time.Duration {
	if s.plan.Test {
		return 0
	}
	return s.d.Send.HoldWindow()
}

// guarded is an error that a guard found before anything was stored.
type guarded struct{ error }

// Store stores the campaign for sending. If it is stored a second time, the key finds the first. If
// the confirmation is not on screen, Refused receives every error.
func (s *SendConfirm) Store() tea.Cmd {
	d, p, guard := s.d, s.plan, s.Guard
	store, operator, key, hold, approve := d.Store, d.Operator, s.key, s.hold(), d.Send.ApproveAbove
	s.busy, s.way = true, &model.StoreProgress{}
	p.Storing = s.way
	return tea.Batch(s.watchStoring(), kit.Ask(d, new(kit.Slot), func(ctx context.Context) (model.CampaignID, error) {
		if guard != nil {
			if err := guard(ctx); err != nil {
				return 0, guarded{err}
			}
		}
		id, err := store.Submit(ctx, operator, key, p, hold, approve)
		if err == nil || guard == nil || p.Answering == nil || model.KindOf(err) != model.KindConflict {
			return id, err
		}
		if found := guard(ctx); found != nil { // the reason for the store's refusal, in more detail
			return 0, guarded{found}
		}
		return 0, guarded{err}
	}, func(id model.CampaignID, err error) tea.Cmd {
		s.busy = false
		if g, ok := errors.AsType[guarded](err); ok {
			d.Close(s)
			return s.Refused(g.error)
		}
		if err != nil && !d.Holds(s) {
			return s.Refused(err)
		}
		if err != nil {
			s.wrong = d.Tr("not stored, nothing was sent: %s", d.Fault(err))
			return nil
		}
		d.Close(s)
		c := p.Campaign
		c.ID = id
		return s.sent(c)
	}))
}

// longToStore is the number of people from which storing takes so long that its progress is shown.
const longToStore = 20_000

// watchStoring redraws the progress of storing every second.
func (s *SendConfirm) watchStoring() tea.Cmd {
	if s.plan.People.Len() < longToStore {
		return nil
	}
	return kit.Later(&s.pulse, readingTick, func() tea.Cmd {
		if !s.busy {
			return nil
		}
		return s.watchStoring()
	})
}

// storing shows that the campaign is being stored, with the progress.
func (s *SendConfirm) storing() string {
	if done, people := s.way.Progress(); people > 0 {
		return s.d.Tr("storing: %d %% of the people", done*100/people)
	}
	return s.d.Tr("storing…")
}

// Body draws the dialog within the given width and height.
func (s *SendConfirm) Body(w, h int) []string {
	d := s.d
	var below []string
	switch {
	case s.busy:
		below = []string{d.Style.Paint(term.Accent, s.storing())}
	case s.wrong != "":
		below = d.Style.PaintWrapped(term.Bad, model.SanitiseLine(s.wrong), w-1)
	default:
		below = []string{d.Style.Paint(term.Dim, term.Cut(s.enterHint(), w-1))}
	}
	tail := term.Indent(s.typed.Body(w-1, below...), " ")
	room := max(1, h-len(tail))
	return append(withPreview(w, room, s.preview, func(w int) []string {
		return term.Box(term.Indent(s.pager.Visible(d, s.summary(max(10, w-2)), room), " "), w, room)
	}), tail...)
}

// enterHint says that Enter alone does nothing.
func (s *SendConfirm) enterHint() string {
	d := s.d
	if n := s.plan.Recipients; s.typed.Last() && n.Known {
		return d.Tr("Enter alone does nothing; %s", d.Plural(n.N, "person", "people"))
	}
	return d.Tr("Enter alone does nothing")
}

// summary says what will happen: through which account, to how many people, when, at what price,
// and who is left out.
func (s *SendConfirm) summary(w int) []string {
	p, d := s.plan, s.d
	c := p.Campaign
	a, _ := d.Account(c.Account)
	var lines []string
	part := func(label string, as term.Tone, text string) {
		for i, l := range term.Wrap(d.Discreet(text), max(1, w-13)) {
			l = strings.ReplaceAll(l, noBreak, " ")
			if i > 0 {
				label = ""
			}
			lines = append(lines, d.Style.Paint(term.Dim, term.Fit(label, 12))+" "+d.Style.Paint(as, l))
		}
	}
	for _, line := range s.First {
		part(d.Word("confirm", "note"), term.Bad, line)
	}
	answer := p.Answering != nil && p.People.Len() == 1 // an answer to a single person needs no counts
	if answer {
		part(d.Word("confirm", "answer"), term.Strong, d.Tr("Answer to %s", whole(d.Person(p.People.At(0)))))
	} else {
		part(d.Word("confirm", "campaign"), term.Strong, c.Name)
	}
	if s.plan.Test {
		part("", term.Warn, d.Tr("a test: to the staff's phones only; it costs as much as %s",
			d.Plural(p.Recipients.N, "message", "messages")))
	}
	part(d.Word("confirm", "through"), term.Plain, d.Tr("%s, account %s, sender %s", d.VendorName(c.Vendor), c.Account,
		cmp.Or(c.SenderName, c.Sender, d.Tr("the vendor's default"))))
	lists, named := p.Lists(), int64(p.People.Len())
	people := d.Plural(p.Recipients.N, "person", "people")
	switch {
	case !p.Recipients.Known:
		people = d.Tr("unknown: the vendor does not report the size of list %s", lists)
	case c.List != "":
		people = d.Tr("%s of the vendor's list %s", d.Plural(p.Recipients.N-named, "person", "people"), lists)
	}
	if c.List != "" && named > 0 {
		people = d.Tr("%s, and %s named beside it", people, d.Plural(named, "person", "people"))
	}
	part(d.Word("confirm", "recipients"), term.Strong, people)
	if !answer {
		part(d.Word("confirm", "given"), term.Plain, d.Tr("%s · %s · %s invalid · %s on the blacklist",
			lang.Count(p.Total), d.Plural(p.Duplicates, "duplicate", "duplicates"), lang.Count(p.Invalid),
			lang.Count(p.Suppressed)))
	}
	if line := p.CountryLine(lang.Count); line != "" {
		part(d.Word("confirm", "countries"), term.Plain, line)
	}
	caps, _ := d.Capabilities(c.Account)
	for _, fact := range p.Facts(model.PlanView{Account: a, Capabilities: caps, Zone: d.Zone, Now: d.Now,
		Hold: s.hold()}) {
		tone := term.Plain
		if fact.Warns {
			tone = term.Warn
		}
		part(d.Word(fact.Label.Context, fact.Label.Text), tone, d.Text(fact.Text))
	}
	if above := d.Send.ApproveAbove; above > 0 && (!p.Recipients.Known || p.Recipients.N > above) {
		part(d.Word("confirm", "approval"), term.Warn,
			d.Tr("more than %s: it waits until somebody else approves it", d.Plural(above, "person", "people")))
	}
	for i, line := range p.RepeatLines() {
		label, tone := "", term.Plain
		if i == 0 {
			label, tone = d.Word("confirm", "REPEAT"), term.Bad
		}
		part(label, tone, d.Text(line))
	}
	if line := p.InListLine(); !line.IsZero() {
		part(d.Word("confirm", "BLACKLIST"), term.Bad, d.Text(line))
	}
	for _, quiet := range p.Quiet {
		part(d.Word("confirm", "QUIET"), term.Bad, d.Text(quiet))
	}
	for _, warning := range p.Warnings {
		part(d.Word("confirm", "note"), term.Warn, d.Text(warning))
	}
	if !answer {
		part(d.Word("confirm", "first"), term.Plain, first(d, p.People))
	}
	if len(p.LeftOut) > 0 {
		part(d.Word("confirm", "left out"), term.Plain,
			d.Tr("on the blacklist: %s", prettyFew(d, p.LeftOut, p.Suppressed)))
	}
	for i, bad := range p.BadRows {
		if i == 5 {
			part("", term.Dim, d.Tr("and %d more that cannot be used", len(p.BadRows)-i))
			break
		}
		if d.Masked { // the typed text may be a phone with an extra digit
			part(d.Word("confirm", "not used"), term.Warn, d.Tr("%d. is not a phone; M shows what it is", bad.Line))
			continue
		}
		reason := d.Text(bad.Reason)
		if !strings.Contains(reason, bad.Text) {
			reason = d.Tr("“%s”: %s", bad.Text, reason)
		}
		part(d.Word("confirm", "not used"), term.Warn, fmt.Sprintf("%d. %s", bad.Line, reason))
	}
	if p.Calls > 0 && !answer {
		part(d.Word("confirm", "calls"), term.Dim, d.Tr("%d to the vendor. %s", p.Calls,
			cmp.Or(s.guardWords(), d.Tr("Nothing guards against a repeat."))))
	}
	for i := 0; p.Personal() && i < min(3, p.People.Len()); i++ {
		part(d.Word("confirm", "gets"), term.Plain, fmt.Sprintf("%s: %s", d.Person(p.People.At(i)), p.Example(i)))
	}
	if c.Message.Text != "" || c.Message.Template == "" {
		part(d.Word("form", "text"), term.Plain, cmp.Or(c.Message.Text, "—"))
	}
	if b := c.Message.Button; b.Caption != "" {
		part(d.Word("form", "button"), term.Plain, "["+b.Caption+"] "+b.URL)
	}
	if c.Message.ImageURL != "" {
		part(d.Word("form", "image"), term.Plain, c.Message.ImageURL)
	}
	for _, x := range p.Details() {
		part(DetailName(d, x.Name), term.Plain, d.Text(x.Words()))
	}
	return lines
}

func (s *SendConfirm) guardWords() string {
	caps, _ := s.d.Capabilities(s.plan.Campaign.Account)
	return s.d.Phrase(caps.Guard)
}

// noBreak is a space at which lines do not break.
const noBreak = "\u00a0"

// whole keeps the groups of a phone on one line.
func whole(phone string) string { return strings.ReplaceAll(phone, " ", noBreak) }

// first names the first recipients.
func first(d *kit.Deck, people model.People) string {
	const most = 4
	var names []string
	for _, r := range people.Slice(0, min(most, people.Len())) {
		names = append(names, whole(d.Person(r)))
	}
	if people.Len() > most {
		names = append(names, d.Tr("and %s more", lang.Count(int64(people.Len()-most))))
	}
	return cmp.Or(strings.Join(names, ", "), d.Tr("the people of the vendor's list"))
}

func prettyFew(d *kit.Deck, phones []model.Phone, all int64) string {
	const most = 4
	var names []string
	for _, p := range phones[:min(most, len(phones))] {
		names = append(names, whole(d.Phone(p)))
	}
	if n := all - int64(len(names)); n > 0 {
		names = append(names, d.Tr("and %s more", lang.Count(n)))
	}
	return strings.Join(names, ", ")
}
