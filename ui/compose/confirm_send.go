package compose

import (
	"context"
	"errors"
	"fmt"
	"time"

	tea "charm.land/bubbletea/v2"

	"viberdeck/model"
	"viberdeck/ui/kit"
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
	line := s.plan.PreparedLine(s.d.VendorName(s.plan.Campaign.Vendor))
	if line.IsZero() {
		return nil
	}
	return s.d.Say(s.d.Text(line))
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
