package ui

import (
	"cmp"
	"context"
	"strings"

	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"

	"viberdeck/model"
)

// outbox lists what waits to leave, what is leaving, and what nobody knows the outcome of.
type outbox struct {
	listScreen[model.OutboxRow]
	progress model.Progress
	asked    slot
}

func newOutbox(d *deck) *outbox {
	s := &outbox{}
	s.list = newList(d, model.TopicOutbox, "outbox",
		func(ctx context.Context, q model.PageRequest) (model.Page[model.OutboxRow], error) {
			return d.Store.Outbox(ctx, q)
		},
		func(v model.OutboxRow) string {
			if v.Batch != 0 {
				return v.Batch.String()
			}
			return v.Campaign.String() + " " + string(v.State)
		}, outboxColumns, model.OutboxFields())
	s.empty = "Nothing waits to leave, and no outcome is unknown."
	s.moved = s.measure
	s.tables = [][]binding{s.ownKeys(), s.listKeys()}
	return s
}

func (s *outbox) ownKeys() []binding {
	// of gives the campaign of a row. All here are ours.
	of := func(v model.OutboxRow) model.Campaign {
		return model.Campaign{ID: v.Campaign, Name: v.CampaignName, State: v.CampaignState, Account: v.Account,
			Ours: true}
	}
	on := func(do func(*deck, model.Campaign) tea.Cmd) func() tea.Cmd {
		return func() tea.Cmd {
			v, _ := s.grid.current()
			return do(s.d, of(v))
		}
	}
	unless := func(why func(model.OutboxRow) string) func() string {
		return func() string {
			v, ok := s.grid.current()
			if !ok {
				return s.d.tr("nothing is here")
			}
			return why(v)
		}
	}
	return []binding{
		{action: actOpen, keys: []string{"enter"}, short: "resolve",
			help: "decide what became of a batch whose outcome nobody knows", outgoing: true, dangerous: true,
			do: s.resolve, why: unless(s.whyNotResolve)},
		{action: actPause, keys: []string{"P"}, short: "pause/resume", help: "pause the campaign, or let it go on",
			outgoing: true, dangerous: true, do: on(pauseOrResume),
			why: unless(func(v model.OutboxRow) string { return whyNotStop(s.d, actPause, of(v)) })},
		{action: actRecall, keys: []string{"X"}, short: "recall", help: "call back what has not left yet",
			outgoing: true, dangerous: true, do: on(recall),
			why: unless(func(v model.OutboxRow) string { return whyNotStop(s.d, actRecall, of(v)) })},
	}
}

func (s *outbox) resolve() tea.Cmd {
	v, _ := s.grid.current()
	s.d.open(newResolve(s.d, v))
	return nil
}

func (s *outbox) whyNotResolve(v model.OutboxRow) string {
	if v.State != model.BatchUnknown {
		return s.d.tr("only a batch whose outcome is unknown is decided by a person")
	}
	return ""
}

var outboxColumns = []column[model.OutboxRow]{
	{title: "batch", width: 7, drop: 4, cell: func(d *deck, v model.OutboxRow) cell {
		return cell{cmp.Or(v.Batch.String(), d.tr("waits")), dim}
	}},
	{title: "state", width: 10, cell: func(d *deck, v model.OutboxRow) cell {
		switch v.State {
		case model.BatchUnknown:
			return cell{d.word("batch", "UNKNOWN"), bad}
		case model.BatchClaimed:
			return cell{d.word("batch", "sending"), accent}
		case model.BatchRefused:
			return cell{d.word("batch", "refused"), bad}
		case model.BatchAccepted:
			return cell{d.word("batch", "accepted"), good}
		case model.BatchQueued:
			if v.CampaignState != model.CampaignQueued && v.CampaignState != model.CampaignSending &&
				v.CampaignState != "" {
				if v.CampaignState == model.CampaignNeedsApproval {
					return cell{d.tr("approval?"), warn}
				}
				return cell{d.word("state", string(v.CampaignState)), warn}
			}
		}
		return cell{d.word("batch", string(v.State)), plain}
	}},
	{title: "people", width: 8, right: true, cell: func(_ *deck, v model.OutboxRow) cell {
		return cell{count(v.Recipients), plain}
	}},
	{title: "campaign", width: 12, grow: 2, cell: func(_ *deck, v model.OutboxRow) cell {
		return cell{v.CampaignName, plain}
	}},
	{title: "account", width: 9, drop: 3, cell: func(_ *deck, v model.OutboxRow) cell { return cell{v.Account, dim} }},
	{title: "since/due", width: 9, drop: 2, cell: func(d *deck, v model.OutboxRow) cell {
		switch {
		case v.Batch != 0:
			return cell{d.age(v.ClaimedAt), dim}
		case v.CampaignState == model.CampaignPaused:
			return cell{"—", dim} // it leaves when somebody lets it go on
		case v.DueAt.After(d.now):
			return cell{d.tr("in %s", d.span(v.DueAt.Sub(d.now))), dim}
		}
		return cell{d.tr("now"), dim}
	}},
	{title: "what happened", width: 12, grow: 3, drop: 1,
		cell: func(d *deck, v model.OutboxRow) cell { return cell{d.text(v.Error), plain} }},
}

// counting keeps the countdown of a held campaign moving.
func (s *outbox) counting() bool {
	for _, r := range s.grid.visible() {
		if r.item.DueAt.After(s.d.now) {
			return true
		}
	}
	return false
}

// measure asks how far the campaign under the cursor has got.
func (s *outbox) measure() tea.Cmd {
	v, ok := s.grid.current()
	if !ok {
		s.asked.forget()
		s.progress = model.Progress{}
		return nil
	}
	store := s.d.Store
	return ask(s.d, &s.asked, func(ctx context.Context) (model.Progress, error) {
		return store.Progress(ctx, v.Campaign)
	},
		func(p model.Progress, err error) tea.Cmd {
			if err == nil {
				s.progress = p
			}
			return nil
		})
}

// view puts the progress of the campaign under the cursor below the list.
func (s *outbox) view(w, h int) []string {
	v, ok := s.grid.current()
	if h < 12 || !ok {
		return s.list.view(w, h)
	}
	var detail []string
	for _, l := range progressLines(s.d, s.progress, v.CampaignName, w-2) {
		detail = append(detail, wrapStyled(l, w-2)...)
	}
	for _, l := range []model.Text{v.Error, v.Evidence} {
		if !l.IsZero() {
			detail = append(detail, wrap(s.d.discreet(s.d.text(l)), w-2)...)
		}
	}
	const room = 7
	lines := box(s.list.view(w, h-room-1), w, h-room-1)
	lines = append(lines, s.d.style.paint(dim, " "+strings.Repeat("─", max(0, w-2))))
	return append(lines, indent(detail[:min(room, len(detail))], " ")...)
}

// resolve asks a person what became of a batch. One of three words must be typed.
type resolve struct {
	d      *deck
	row    model.OutboxRow
	input  textinput.Model
	wrong  string
	scroll int
}

func newResolve(d *deck, row model.OutboxRow) *resolve {
	r := &resolve{d: d, row: row}
	all := r.resolutions()
	r.input = d.style.newInput(d.tr("%s, %s or %s", all[0].word, all[1].word, all[2].word))
	r.input.CharLimit = 20
	r.input.Focus()
	return r
}

func (r *resolve) title() string {
	return r.d.tr("What became of %s of %s?", r.row.Batch, clip(r.row.CampaignName, 30))
}
func (r *resolve) hint() string { return r.d.tr("Enter after the word   Esc decides nothing") }

// resolution is one thing a person can decide: the word to type for it, and what it does.
type resolution struct {
	as            model.Resolution
	word, meaning string
}

func (r *resolve) resolutions() []resolution {
	d := r.d
	return []resolution{
		{model.ResolveAccepted, d.word("resolution", "accepted"), d.tr("it left: count it as sent")},
		{model.ResolveResend, d.word("resolution", "resend"),
			d.tr("it did NOT leave: send it again. If it did leave after all, these people get it TWICE and it is " +
				"paid twice.")},
		{model.ResolveDropped, d.word("resolution", "dropped"), d.tr("it did not leave, and shall not")},
	}
}

// decided gives the resolution that was typed, in the person's language or in English.
func (r *resolve) decided() (resolution, bool) {
	typed := strings.ToLower(strings.TrimSpace(r.input.Value()))
	for _, c := range r.resolutions() {
		if typed == c.word || typed == string(c.as) {
			return c, true
		}
	}
	return resolution{}, false
}

func (r *resolve) update(msg tea.Msg) (tea.Cmd, bool) {
	key, isKey := msg.(tea.KeyPressMsg)
	switch {
	case isKey && key.String() == "esc":
		return nil, true
	case isKey && scrollBy(key.String()) != 0:
		r.scroll += scrollBy(key.String())
		return nil, false
	case isKey && key.String() == "enter":
		c, ok := r.decided()
		if !ok {
			r.wrong = r.d.tr("type one of the three words")
			return nil, false
		}
		store, operator, id := r.d.Store, r.d.Operator, r.row.Batch
		return act(r.d, func(ctx context.Context) error { return store.Resolve(ctx, operator, id, c.as) },
			r.d.told(r.d.tr("%s is settled as %s", id, c.word))), true
	}
	if _, paste := msg.(tea.PasteMsg); paste {
		r.wrong = r.d.tr("type it: a paste does not decide")
		return nil, false
	}
	var cmd tea.Cmd
	r.input, cmd = r.input.Update(msg)
	return cmd, false
}

func (r *resolve) body(w, h int) []string {
	d := r.d
	text := []string{
		d.tr("%s through %s, claimed %s. No answer came, so nobody knows whether they got the message.",
			d.plural(r.row.Recipients, "person", "people"), r.row.Account, d.exactly(r.row.ClaimedAt)),
		d.tr("What happened: %s", cmp.Or(d.text(r.row.Error), d.tr("the program ended before an answer came"))),
		d.tr("Evidence: %s", cmp.Or(d.text(r.row.Evidence),
			d.tr("none; look at the vendor's own web page before you decide"))),
		"",
	}
	for _, c := range r.resolutions() {
		text = append(text, fit(c.word, 10)+c.meaning)
	}
	var lines []string
	for _, t := range text {
		lines = append(lines, wrap(t, w)...)
	}
	widen(&r.input, max(1, w-3))
	tail := []string{"", "> " + r.input.View(), r.d.style.paint(warn, r.wrong)}
	return append(scrolled(r.d, lines, &r.scroll, max(0, h-len(tail))), tail...)
}
