package campaigns

import (
	"cmp"
	"context"
	"strings"

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
	s.List = kit.NewList(d, model.OutboxRows(),
		func(v model.OutboxRow) string {
			if v.Batch != 0 {
				return v.Batch.String()
			}
			return v.Campaign.String() + " " + string(v.State)
		}, outboxColumns())
	s.Empty = "Nothing waits to leave, and no outcome is unknown."
	s.Moved = s.measure
	s.Orders = outboxOrders()
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
		return s.On(func(v model.OutboxRow) tea.Cmd { return do(s.D, of(v)) })
	}
	return []kit.Binding{
		{Action: kit.ActOpen, Keys: []string{"enter"}, Short: "resolve",
			Help: "decide about a batch whose outcome is unknown", Outgoing: true, Dangerous: true,
			Changes: true,
			Do:      s.On(s.resolve), Why: s.Unless(s.whyNotResolve)},
		{Action: actPause, Wants: model.IntentStop, Changes: true, Keys: []string{"P"}, Short: "pause/resume",
			Help:     "pause the campaign at once, or resume it after a question",
			Outgoing: true, Do: on(compose.PauseOrResume),
			Why: s.Unless(func(v model.OutboxRow) string { return whyNotStop(s.D, actPause, of(v)) })},
		{Action: actRecall, Wants: model.IntentStop, Changes: true, Keys: []string{"X"}, Short: "recall",
			Help:     "recall what has not left yet",
			Outgoing: true, Dangerous: true, Do: on(recall),
			Why: s.Unless(func(v model.OutboxRow) string { return whyNotStop(s.D, actRecall, of(v)) })},
		compose.NewKey(s.D, ""),
		{Action: kit.ActCopy, Keys: []string{"y"}, Help: "copy batch and campaign to your own computer's clipboard",
			Do: s.On(func(v model.OutboxRow) tea.Cmd {
				return s.D.Copied(strings.Join(term.NonEmpty(v.Batch.String(), v.CampaignName), " "))
			}),
			Why: s.Unless(nil)},
	}
}

func (s *Outbox) resolve(v model.OutboxRow) tea.Cmd {
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

func outboxColumns() []kit.Column[model.OutboxRow] {
	return []kit.Column[model.OutboxRow]{
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
}

func outboxOrders() []kit.Order {
	return []kit.Order{
		{By: "campaign", Ascending: true},
		{By: "account", Ascending: true},
		{By: "state", Ascending: true},
	}
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
	return s.ViewAbove(w, h, append(s.progressLines(v, w-2), s.batchLines(v, w-2)...))
}

// progressLines show how far the campaign of a row is, once that has been read.
func (s *Outbox) progressLines(v model.OutboxRow, w int) []string {
	p := s.progress
	if p.Campaign != v.Campaign {
		return nil
	}
	lines := []string{s.D.Style.Paint(term.Strong, term.Clip(v.CampaignName, max(1, w/2))) + "  " +
		s.D.Style.Paint(kit.CampaignTone(p.State), s.D.Word("state", string(p.State)))}
	for _, l := range compose.ProgressLines(s.D, p, w) {
		lines = append(lines, term.WrapStyled(l, w)...)
	}
	if !p.Deletion.IsZero() {
		lines = append(lines, term.Wrap(s.D.Discreet(s.D.Text(p.Deletion)), w)...)
	}
	return lines
}

// batchLines say what happened to the batch of a row, and who decided about it.
func (s *Outbox) batchLines(v model.OutboxRow, w int) []string {
	var detail []string
	if v.ResolvedBy != "" {
		detail = append(detail, s.D.Tr("decided by %s, %s: %s", v.ResolvedBy, s.D.When(v.ResolvedAt),
			s.D.Word("batch", string(v.State))))
	}
	if v.AskedUntil.After(s.D.Now) {
		detail = append(detail, term.Wrap(askedAgain(s.D, v), w)...)
	}
	for _, l := range []model.Text{v.Error, v.Evidence} {
		if !l.IsZero() {
			detail = append(detail, term.Wrap(s.D.Discreet(s.D.Text(l)), w)...)
		}
	}
	return detail
}

// askedAgain says until when the program itself looks for the outcome of a batch.
func askedAgain(d *kit.Deck, v model.OutboxRow) string {
	return d.Tr("Until %s the program asks about it automatically: it makes the same call again under the same "+
		"name, which the vendor accepts only once. Decide after that.", d.When(v.AskedUntil))
}
