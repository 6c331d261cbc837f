package ui

import (
	"context"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"viberdeck/model"
	"viberdeck/ui/kit"
	"viberdeck/ui/term"
)

// openHandover writes the state of the work for the next shift.
func (r *Root) openHandover() tea.Cmd {
	d := r.d
	store, patience := d.Store, d.Patience
	return kit.Ask(d, &r.handover, func(ctx context.Context) (model.Handover, error) {
		return store.Handover(ctx, patience)
	}, func(h model.Handover, err error) tea.Cmd {
		if err != nil {
			return d.Fail(err)
		}
		var lines []string
		for _, l := range h.Lines(d.Operator, d.Zone, d.Masked, d.DefaultCountry) {
			lines = append(lines, d.Text(l))
		}
		d.Open(&handover{d: d, lines: lines})
		return nil
	})
}

// openNews repeats what happened while the operator was away, and adds what has happened since.
func (r *Root) openNews() tea.Cmd {
	d := r.d
	since := r.lastHere
	if since.IsZero() {
		since = d.Born
	}
	return r.askNews(since, func(g greeting, err error) tea.Cmd {
		switch {
		case err != nil:
			return d.Fail(err)
		case len(g.lines(d)) == 0:
			return d.Say(d.Tr("nothing has happened since %s", d.When(since)))
		}
		d.Open(&welcomeBox{d: d, greeting: g})
		return nil
	})
}

// askNews asks what has happened since a time.
func (r *Root) askNews(since time.Time, then func(greeting, error) tea.Cmd) tea.Cmd {
	store, operator, patience := r.d.Store, r.d.Operator, r.d.Patience
	return kit.Ask(r.d, &r.news, func(ctx context.Context) (greeting, error) {
		news, err := store.News(ctx, operator, since, patience)
		return greeting{news: news}, err
	}, then)
}

// handover is the text for the next shift on the whole screen.
type handover struct {
	d     *kit.Deck
	lines []string
	pager kit.Pager
}

// WantsFull makes the dialog take the whole screen.
func (h *handover) WantsFull() {}

// Title names the dialog.
func (h *handover) Title() string { return "" }

// Hint returns the key hints of the dialog.
func (h *handover) Hint() string { return h.d.Tr("y copy   ↑↓ scroll   Esc close") }

// Update handles a message and reports whether the dialog has ended.
func (h *handover) Update(msg tea.Msg) (tea.Cmd, bool) {
	key, ok := msg.(tea.KeyPressMsg)
	if !ok {
		return nil, false
	}
	switch kit.Command(key) {
	case "esc", "q":
		return nil, true
	case "y":
		return h.d.CopiedText(strings.Join(h.lines, "\n"), h.d.Tr("the hand-over")), false
	}
	h.pager.Scroll(key)
	return nil, false
}

// Body draws the dialog within the given width and height.
func (h *handover) Body(w, rows int) []string {
	var lines []string
	for _, l := range h.lines {
		lines = append(lines, term.Wrap(l, w)...)
	}
	return h.pager.Visible(h.d, lines, rows)
}
