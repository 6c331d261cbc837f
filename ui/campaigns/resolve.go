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
	"viberdeck/ui/kit"
	"viberdeck/ui/term"
)

// resolve asks a person for the outcome of a batch. One of three words must be typed and, to send
// it again, then the number of people, as for a send.
type resolve struct {
	d      *kit.Deck
	row    model.OutboxRow
	mine   func() // records that the operator resolves it
	input  textinput.Model
	chosen *resolution   // already typed: the number of people is required next
	again  *model.Resend // who would receive it again and at what price, once it has been read
	typed  *kit.Typed    // that number, once it is known
	asked  kit.Slot
	wrong  string
	pager  kit.Pager
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
	for _, c := range r.resolutions() {
		if typed == c.word || typed == string(c.as) {
			return c, true
		}
	}
	return resolution{}, false
}

// Decides reports whether the key resolves the batch.
func (r *resolve) Decides(key tea.KeyPressMsg) bool {
	if r.chosen != nil {
		return r.typed != nil && r.typed.Decides(key)
	}
	c, ok := r.decided()
	return ok && key.String() == "enter" && c.as != model.ResolveResend
}

// Update handles a message and reports whether the dialog has ended.
func (r *resolve) Update(msg tea.Msg) (tea.Cmd, bool) {
	key, isKey := msg.(tea.KeyPressMsg)
	switch {
	case isKey && key.String() == "esc":
		return nil, true
	case isKey && r.pager.ScrollBesideField(key):
		return nil, false
	case r.chosen != nil && r.typed == nil: // the number of people is still being read
		return nil, false
	case r.chosen != nil:
		if cmd, done := r.typed.Update(msg); !done {
			return cmd, false
		}
		return r.carryOut(*r.chosen), true
	case isKey && key.String() == "enter":
		c, ok := r.decided()
		switch {
		case !ok:
			r.wrong = r.d.Tr("type one of the three words")
			return nil, false
		case c.as == model.ResolveResend:
			r.chosen, r.wrong, r.pager.Top = &c, "", 0
			return r.readAgain(), false
		}
		return r.carryOut(c), true
	}
	if _, paste := msg.(tea.PasteMsg); paste {
		r.wrong = r.d.Tr("type it: pasting does not decide")
		return nil, false
	}
	var cmd tea.Cmd
	r.input, cmd = r.input.Update(msg)
	return cmd, false
}

// carryOut stores the decision.
func (r *resolve) carryOut(c resolution) tea.Cmd {
	store, operator, id := r.d.Store, r.d.Operator, r.row.Batch
	r.mine()
	return kit.Act(r.d, func(ctx context.Context) error { return store.Resolve(ctx, operator, id, c.as) },
		r.d.SayOrFail(r.d.Tr("%s: batch %s is resolved as %s", term.Clip(r.row.CampaignName, 30), id, c.word)))
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
		r.typed = kit.NewTyped(r.d, kit.Required{Text: strconv.FormatInt(again.People, 10),
			What: r.d.Tr("the number of people")})
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
	return append(text, r.chosen.meaning)
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
	switch {
	case r.typed != nil:
		tail = append([]string{""}, r.typed.Body(w, "")...)
	case r.chosen != nil:
		tail = nil
	}
	return append(r.pager.Visible(r.d, lines, h-len(tail)), tail...)
}
