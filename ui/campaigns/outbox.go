package campaigns

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strconv"
	"strings"

	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"

	"viberdeck/model"
	"viberdeck/ui/compose"
	"viberdeck/ui/kit"
	"viberdeck/ui/lang"
	"viberdeck/ui/term"
)

// Outbox lists what is waiting to leave, what is leaving, and what has an unknown outcome.
type Outbox struct {
	kit.ListScreen[model.OutboxRow]
	progress model.Progress
	asked    kit.Slot
}

// NewOutbox makes the outbox screen.
func NewOutbox(d *kit.Deck) *Outbox {
	s := &Outbox{}
	s.List = kit.NewList(d, model.TopicOutbox, "outbox",
		func(ctx context.Context, q model.PageRequest) (model.Page[model.OutboxRow], error) {
			return d.Store.Outbox(ctx, q)
		},
		func(v model.OutboxRow) string {
			if v.Batch != 0 {
				return v.Batch.String()
			}
			return v.Campaign.String() + " " + string(v.State)
		}, outboxColumns, model.OutboxFields())
	s.Empty = "Nothing waits to leave, and no outcome is unknown."
	s.Moved = s.measure
	s.Sorts = []string{"campaign", "account", "state"}
	s.Tables = [][]kit.Binding{s.ownKeys(), s.SortKeys(), s.ListKeys()}
	return s
}

func (s *Outbox) ownKeys() []kit.Binding {
	// of returns the campaign of a row. All campaigns here are ours.
	of := func(v model.OutboxRow) model.Campaign {
		return model.Campaign{ID: v.Campaign, Name: v.CampaignName, State: v.CampaignState, Account: v.Account,
			Ours: true}
	}
	on := func(do func(*kit.Deck, model.Campaign) tea.Cmd) func() tea.Cmd {
		return func() tea.Cmd {
			v, _ := s.Grid.Current()
			return do(s.D, of(v))
		}
	}
	unless := func(why func(model.OutboxRow) string) func() string {
		return func() string {
			v, ok := s.Grid.Current()
			if !ok {
				return s.D.Tr("there is nothing here")
			}
			return why(v)
		}
	}
	return []kit.Binding{
		{Action: kit.ActOpen, Keys: []string{"enter"}, Short: "resolve",
			Help: "decide about a batch whose outcome is unknown", Outgoing: true, Dangerous: true,
			Changes: true,
			Do:      s.resolve, Why: unless(s.whyNotResolve)},
		{Action: actPause, Wants: model.IntentStop, Changes: true, Keys: []string{"P"}, Short: "pause/resume",
			Help:     "pause the campaign at once, or resume it after a question",
			Outgoing: true, Do: on(kit.PauseOrResume),
			Why: unless(func(v model.OutboxRow) string { return whyNotStop(s.D, actPause, of(v)) })},
		{Action: actRecall, Wants: model.IntentStop, Changes: true, Keys: []string{"X"}, Short: "recall",
			Help:     "recall what has not left yet",
			Outgoing: true, Dangerous: true, Do: on(recall),
			Why: unless(func(v model.OutboxRow) string { return whyNotStop(s.D, actRecall, of(v)) })},
		compose.NewKey(s.D, ""),
		{Action: kit.ActCopy, Keys: []string{"y"}, Help: "copy batch and campaign to your own computer's clipboard",
			Do: func() tea.Cmd {
				v, _ := s.Grid.Current()
				return s.D.Copied(strings.Join(term.NonEmpty(v.Batch.String(), v.CampaignName), " "))
			},
			Why: unless(func(model.OutboxRow) string { return "" })},
	}
}

func (s *Outbox) resolve() tea.Cmd {
	v, _ := s.Grid.Current()
	r := newResolve(s.D, v)
	r.mine = func() { s.Changing(s.IDOf(v)) }
	s.D.Open(r)
	return nil
}

func (s *Outbox) whyNotResolve(v model.OutboxRow) string {
	if v.State != model.BatchUnknown {
		return s.D.Tr("only a batch whose outcome is unknown is decided by a person")
	}
	return ""
}

var outboxColumns = []kit.Column[model.OutboxRow]{
	{Title: "batch", Width: 7, Drop: 4, Cell: func(d *kit.Deck, v model.OutboxRow) kit.Cell {
		return kit.Cell{Text: cmp.Or(v.Batch.String(), d.Tr("waits")), Tone: term.Dim}
	}},
	{Title: "state", Width: 10, Chip: true, Cell: func(d *kit.Deck, v model.OutboxRow) kit.Cell {
		switch v.State {
		case model.BatchUnknown:
			return kit.Cell{Text: d.Word("batch", "UNKNOWN"), Tone: term.Bad}
		case model.BatchClaimed:
			return kit.Cell{Text: d.Word("batch", "sending"), Tone: term.Accent}
		case model.BatchRefused:
			return kit.Cell{Text: d.Word("batch", "refused"), Tone: term.Bad}
		case model.BatchAccepted:
			return kit.Cell{Text: d.Word("batch", "accepted"), Tone: term.Good}
		case model.BatchQueued:
			if v.CampaignState != model.CampaignQueued && v.CampaignState != model.CampaignSending &&
				v.CampaignState != "" {
				if v.CampaignState == model.CampaignNeedsApproval {
					return kit.Cell{Text: d.Tr("approval?"), Tone: term.Warn}
				}
				return kit.Cell{Text: d.Word("state", string(v.CampaignState)), Tone: term.Warn}
			}
		}
		return kit.Cell{Text: d.Word("batch", string(v.State)), Tone: term.Plain}
	}},
	{Title: "people", Width: 8, Right: true, Cell: func(_ *kit.Deck, v model.OutboxRow) kit.Cell {
		return kit.Cell{Text: lang.Count(v.Recipients), Tone: term.Plain}
	}},
	{Title: "campaign", Width: 12, Grow: 2, Cell: func(_ *kit.Deck, v model.OutboxRow) kit.Cell {
		return kit.Cell{Text: v.CampaignName, Tone: term.Plain}
	}},
	{Title: "account", Width: 9, Drop: 3, Cell: func(_ *kit.Deck, v model.OutboxRow) kit.Cell {
		return kit.Cell{Text: v.Account, Tone: term.Dim}
	}},
	{Title: "since/due", Width: 9, Drop: 2, Cell: func(d *kit.Deck, v model.OutboxRow) kit.Cell {
		switch {
		case v.Batch != 0:
			return kit.Cell{Text: d.Age(v.ClaimedAt), Tone: term.Dim}
		case v.CampaignState == model.CampaignPaused:
			return kit.Cell{Text: "—", Tone: term.Dim} // it leaves when someone resumes it
		case v.DueAt.After(d.Now):
			return kit.Cell{Text: d.Tr("in %s", d.Span(v.DueAt.Sub(d.Now))), Tone: term.Dim}
		}
		return kit.Cell{Text: d.Tr("now"), Tone: term.Dim}
	}},
	{Title: "what happened", Width: 12, Grow: 3, Drop: 1,
		Cell: func(d *kit.Deck, v model.OutboxRow) kit.Cell {
			return kit.Cell{Text: d.Text(v.Error), Tone: term.Plain}
		}},
}

// Counting keeps the countdown of a held campaign running.
func (s *Outbox) Counting() bool {
	for _, r := range s.Grid.Visible() {
		if r.Item.DueAt.After(s.D.Now) {
			return true
		}
	}
	return false
}

// measure asks for the progress of the campaign under the cursor.
func (s *Outbox) measure() tea.Cmd {
	v, ok := s.Grid.Current()
	if !ok {
		s.asked.Forget()
		s.progress = model.Progress{}
		return nil
	}
	store := s.D.Store
	return kit.Ask(s.D, &s.asked, func(ctx context.Context) (model.Progress, error) {
		return store.Progress(ctx, v.Campaign)
	},
		func(p model.Progress, err error) tea.Cmd {
			if err == nil {
				s.progress = p
			}
			return nil
		})
}

// View puts the progress of the campaign under the cursor below the list.
func (s *Outbox) View(w, h int) []string {
	v, ok := s.Grid.Current()
	if h < 12 || !ok {
		return s.List.View(w, h)
	}
	var detail []string
	if p := s.progress; p.Campaign != 0 {
		detail = append(detail, s.D.Style.Paint(term.Strong, term.Clip(v.CampaignName, max(1, w/2)))+"  "+
			s.D.Style.Paint(kit.CampaignTone(p.State), s.D.Word("state", string(p.State))))
	}
	for _, l := range kit.ProgressLines(s.D, s.progress, w-2) {
		detail = append(detail, term.WrapStyled(l, w-2)...)
	}
	if !s.progress.Deletion.IsZero() && s.progress.Campaign == v.Campaign {
		detail = append(detail, term.Wrap(s.D.Discreet(s.D.Text(s.progress.Deletion)), w-2)...)
	}
	if v.ResolvedBy != "" {
		detail = append(detail, s.D.Tr("decided by %s, %s: %s", v.ResolvedBy, s.D.When(v.ResolvedAt),
			s.D.Word("batch", string(v.State))))
	}
	if v.AskedUntil.After(s.D.Now) {
		detail = append(detail, term.Wrap(askedAgain(s.D, v), w-2)...)
	}
	for _, l := range []model.Text{v.Error, v.Evidence} {
		if !l.IsZero() {
			detail = append(detail, term.Wrap(s.D.Discreet(s.D.Text(l)), w-2)...)
		}
	}
	return s.ViewAbove(w, h, detail)
}

// askedAgain says until when the program itself looks for the outcome of a batch.
func askedAgain(d *kit.Deck, v model.OutboxRow) string {
	return d.Tr("Until %s the program asks about it automatically: it makes the same call again under the same "+
		"name, which the vendor accepts only once. Decide after that.", d.When(v.AskedUntil))
}

// resolve asks a person for the outcome of a batch. One of three words must be typed and, to send
// it again, then the number of people, as for a send.
type resolve struct {
	d      *kit.Deck
	row    model.OutboxRow
	mine   func() // records that the operator resolves it
	input  textinput.Model
	chosen *resolution   // already typed: the number of people is required next
	again  *model.Resend // who would receive it again and at what price, once it has been read
	asked  kit.Slot
	wrong  string
	scroll int
}

func newResolve(d *kit.Deck, row model.OutboxRow) *resolve {
	r := &resolve{d: d, row: row}
	all := r.resolutions()
	r.input = d.Style.NewInput(d.Tr("%s, %s or %s", all[0].word, all[1].word, all[2].word))
	r.input.CharLimit = 20
	r.input.Focus()
	return r
}

// Title names the dialog.
func (r *resolve) Title() string {
	return r.d.Tr("What became of batch %s of %s?", r.row.Batch, term.Clip(r.row.CampaignName, 30))
}

// Hint returns the key hints of the dialog.
func (r *resolve) Hint() string {
	if r.chosen != nil {
		return r.d.Tr("Enter after typing it   Esc no")
	}
	return r.d.Tr("Enter after the word   Esc decides nothing")
}

// resolution is one possible decision: the word to type for it, and its effect.
type resolution struct {
	as            model.Resolution
	word, meaning string
}

func (r *resolve) resolutions() []resolution {
	d := r.d
	return []resolution{
		{model.ResolveAccepted, d.Word("resolution", "accepted"), d.Tr("it left: count it as sent")},
		{model.ResolveResend, d.Word("resolution", "resend"),
			d.Tr("it did NOT leave: send it again. If it did leave after all, these people get it TWICE and it is " +
				"paid twice.")},
		{model.ResolveDropped, d.Word("resolution", "dropped"), d.Tr("it did not leave and must not be sent")},
	}
}

// decided returns the resolution that was typed, in the person's language or in English.
func (r *resolve) decided() (resolution, bool) {
	typed := strings.ToLower(strings.TrimSpace(r.input.Value()))
	if r.chosen != nil {
		return *r.chosen, r.again != nil && kit.Same(typed, strconv.FormatInt(r.again.People, 10))
	}
	for _, c := range r.resolutions() {
		if typed == c.word || typed == string(c.as) {
			return c, true
		}
	}
	return resolution{}, false
}

// Decides reports whether the key resolves the batch.
func (r *resolve) Decides(key tea.KeyPressMsg) bool {
	c, ok := r.decided()
	return ok && key.String() == "enter" && (c.as != model.ResolveResend || r.chosen != nil)
}

// Update handles a message and reports whether the dialog has ended.
func (r *resolve) Update(msg tea.Msg) (tea.Cmd, bool) {
	key, isKey := msg.(tea.KeyPressMsg)
	switch {
	case isKey && key.String() == "esc":
		return nil, true
	case isKey && kit.ScrollBy(key.String()) != 0:
		r.scroll += kit.ScrollBy(key.String())
		return nil, false
	case isKey && key.String() == "enter":
		c, ok := r.decided()
		if !ok {
			if r.wrong = r.d.Tr("type one of the three words"); r.chosen != nil {
				r.wrong = r.d.Tr("that is not %s", r.d.Tr("the number of people"))
			}
			return nil, false
		}
		if c.as == model.ResolveResend && r.chosen == nil {
			r.chosen, r.wrong, r.scroll = &c, "", 0
			r.input.SetValue("")
			r.input.Placeholder = ""
			return r.readAgain(), false
		}
		store, operator, id := r.d.Store, r.d.Operator, r.row.Batch
		r.mine()
		return kit.Act(r.d, func(ctx context.Context) error { return store.Resolve(ctx, operator, id, c.as) },
				r.d.SayOrFail(r.d.Tr("%s: batch %s is resolved as %s", term.Clip(r.row.CampaignName, 30), id, c.word))),
			true
	}
	if _, paste := msg.(tea.PasteMsg); paste {
		r.wrong = r.d.Tr("type it: pasting does not decide")
		return nil, false
	}
	var cmd tea.Cmd
	r.input, cmd = r.input.Update(msg)
	return cmd, false
}

// readAgain reads who would receive the batch again now, and at what price.
func (r *resolve) readAgain() tea.Cmd {
	store, id, zone := r.d.Store, r.row.Batch, r.d.Zone
	account, _ := r.d.Account(r.row.Account)
	return kit.Ask(r.d, &r.asked, func(ctx context.Context) (model.Resend, error) {
		again, err := store.Resending(ctx, id)
		if err != nil {
			return again, err
		}
		facts, err := store.Prices(ctx, again.Campaign.Account, slices.Sorted(maps.Keys(again.Countries)))
		return again.Estimated(facts, account.Prices, zone), err
	}, func(again model.Resend, err error) tea.Cmd {
		if err != nil {
			return r.d.Fail(err)
		}
		r.again = &again
		return nil
	})
}

// resending says who receives the batch again and at what price.
func (r *resolve) resending() []string {
	d := r.d
	if r.again == nil {
		return []string{d.Tr("reading who would get it again…")}
	}
	text := []string{d.Tr("%s: %s will get it AGAIN through %s.", r.row.CampaignName,
		d.Plural(r.again.People, "person", "people"), r.row.Account)}
	for _, line := range append(r.again.LeftOut(), r.again.Price.Lines()...) {
		text = append(text, d.Text(line))
	}
	return append(text, r.chosen.meaning, "", d.Tr("Type the number of people to send it to them again."))
}

// choices explains each decision beside its word.
func (r *resolve) choices(w int) []string {
	const word = 10
	var lines []string
	for _, c := range r.resolutions() {
		name := c.word
		for _, l := range term.Wrap(c.meaning, max(1, w-word)) {
			lines, name = append(lines, term.Fit(name, word)+l), ""
		}
	}
	return lines
}

// Body draws the dialog within the given width and height.
func (r *resolve) Body(w, h int) []string {
	d := r.d
	people := d.Plural(r.row.Recipients, "person", "people")
	text := []string{
		d.Tr("%s through %s, claimed %s. No answer came: it is unknown whether they got the message.",
			people, r.row.Account, d.Exactly(r.row.ClaimedAt)),
		d.Tr("What happened: %s", cmp.Or(d.Text(r.row.Error), d.Tr("the program ended before an answer came"))),
		d.Tr("Evidence: %s", cmp.Or(d.Text(r.row.Evidence),
			d.Tr("none; look at the vendor's site before you decide"))),
		"",
	}
	if r.row.AskedUntil.After(d.Now) {
		text = append(text[:3], askedAgain(d, r.row), "")
	}
	if r.chosen != nil {
		text = r.resending()
	}
	var lines []string
	for _, t := range text {
		lines = append(lines, term.Wrap(t, w)...)
	}
	if r.chosen == nil {
		lines = append(lines, r.choices(w)...)
	}
	term.Widen(&r.input, max(1, w-3))
	tail := []string{"", "> " + r.input.View(), r.d.Style.Paint(term.Warn, r.wrong)}
	return append(kit.Scrolled(r.d, lines, &r.scroll, max(0, h-len(tail))), tail...)
}
