package replies

import (
	"cmp"
	"context"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"viberdeck/model"
	"viberdeck/ui/kit"
	"viberdeck/ui/person"
	"viberdeck/ui/term"
)

// answerFacts says who answered a reply, when, and with what result.
func answerFacts(d *kit.Deck, a model.Answer) string {
	by := cmp.Or(a.Operator, d.Tr("somebody"))
	if by == d.Operator {
		by = d.Word("short", "you")
	}
	return strings.Join(term.NonEmpty(by, d.When(a.At), answerState(d, a)), " · ")
}

// answerState returns the result of an answer, or how long it can still be recalled.
func answerState(d *kit.Deck, a model.Answer) string {
	left := a.HoldUntil.Sub(d.Now)
	switch {
	case a.State == model.CampaignCancelled:
		return d.Tr("recalled, it was not sent")
	case a.Status == model.StatusSuppressed:
		return d.Tr("not sent: the phone is on the blacklist")
	case a.State == model.CampaignHeld && left > 0:
		return d.Tr("leaves in %s: X recalls it", d.Countdown(left))
	case a.State == model.CampaignNeedsApproval:
		return d.Tr("waits for approval: X recalls it")
	case a.Recallable():
		return d.Tr("waits to leave: X recalls it")
	case a.Status == model.StatusUnknown || a.Status == model.StatusQueued:
		return strings.Join(term.NonEmpty(d.Word("state", string(a.State)), a.Reason), ": ")
	}
	return strings.Join(term.NonEmpty(d.Word("status", a.Status.String()), a.Reason), ": ")
}

// answerTone is dim for an answer that did not go out.
func answerTone(a model.Answer) term.Tone {
	if a.Stands() {
		return term.Good
	}
	return term.Dim
}

// lastStanding returns the newest answer that has reached the person, or still may; 0 for none.
func lastStanding(answers []model.Answer) (last model.CampaignID) {
	for _, a := range answers {
		if a.Stands() {
			last = max(last, a.Campaign)
		}
	}
	return last
}

// answerLines shows in the box what was already answered: the newest answer in full, and as much of
// the earlier ones as fits.
func (b *answerBox) answerLines(w, h int) []string {
	d, t := b.d, b.d.Style
	var lines []string
	for i, a := range slices.Backward(b.answers) {
		head, as := d.Tr("an answer, not sent: %s", answerFacts(d, a)), term.Dim
		if a.Stands() {
			head, as = d.Tr("answered: %s", answerFacts(d, a)), term.Warn
		}
		text := person.NonBlank(term.Wrap(d.Discreet(a.Text), max(8, w-4)))
		if i < len(b.answers)-1 && len(text) > 1 || h <= 12 {
			text = text[:min(1, len(text))]
		}
		own := []string{}
		for _, l := range term.Wrap(head, max(8, w-2)) {
			own = append(own, " "+t.Paint(as, l))
		}
		lines = append(append(own, term.Indent(text, "  ")...), lines...)
		if len(lines) > h/3 {
			break
		}
	}
	return lines
}

// toRecall returns the answer that X recalls: the newest one to the reply under the cursor, whoever
// wrote it, otherwise the operator's own last one. It is read from the store, so it does not matter
// which session wrote the answer.
func (s *Replies) toRecall() (model.Answer, bool) {
	at, _ := s.Grid.Current()
	var own *model.Answer
	for i, a := range s.D.Overview.Recallable { // newest first
		if a.Reply == at.ID {
			return a, true
		}
		if own == nil && a.Operator == s.D.Operator {
			own = &s.D.Overview.Recallable[i]
		}
	}
	if own == nil {
		return model.Answer{}, false
	}
	return *own, true
}

func (s *Replies) whyNotUnsend() string {
	if _, ok := s.toRecall(); ok {
		return ""
	}
	if len(s.D.Overview.Recallable) > 0 {
		return s.D.Tr("no answer waits to leave here; X in 7 Outbox recalls a colleague's")
	}
	return s.D.Tr("no answer waits to leave")
}

// recallAnswer recalls a waiting answer. The operator's own text goes back into its box; a
// colleague's is kept for the colleague, who is notified.
func (s *Replies) recallAnswer() tea.Cmd {
	d := s.D
	a, _ := s.toRecall()
	store, operator := d.Store, d.Operator
	return kit.Act(d, func(ctx context.Context) error { return store.Recall(ctx, operator, a.Campaign) },
		func(err error) tea.Cmd {
			if err != nil {
				return tea.Batch(d.Fail(err), s.Again())
			}
			d.Overview.Recallable = slices.DeleteFunc(slices.Clone(d.Overview.Recallable),
				func(other model.Answer) bool { return other.Campaign == a.Campaign })
			if a.Operator != operator {
				return tea.Batch(s.Again(),
					d.Say(d.Tr("recalled: nothing was sent; %s is notified and gets the text back", a.Operator)))
			}
			return tea.Batch(s.Again(), d.Say(d.Tr("recalled: nothing was sent")), s.openAnswerTo(a.Reply))
		})
}

// recallCountdown says how long the operator's own last answer, or the one to the reply under the
// cursor, can still be recalled; "" if none is waiting.
func (s *Replies) recallCountdown() string {
	a, ok := s.toRecall()
	if !ok {
		return ""
	}
	if left := a.HoldUntil.Sub(s.D.Now); a.State == model.CampaignHeld && left > 0 {
		return s.D.Tr("answer leaves in %s: X recalls", s.D.Countdown(left))
	}
	return s.D.Tr("an answer waits to leave: X recalls")
}
