package replies

import (
	"context"
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"viberdeck/model"
	"viberdeck/ui/kit"
)

// showMacros lists the chains of the configuration. A number or Enter carries one out.
func (s *Replies) showMacros() tea.Cmd {
	d := s.D
	chosen, _ := s.chosen()
	choices := make([]kit.Choice, len(d.Macros))
	chains := make([]model.Chain, len(d.Macros))
	for i, m := range d.Macros {
		var err error
		choices[i] = kit.Choice{Name: fmt.Sprintf("%d %s", i+1, m.Name), Note: strings.Join(m.Do, ", ")}
		var why string
		if chains[i], err = m.Chain(d.Now, d.Zone); err != nil {
			why = d.Fault(err)
		} else {
			why = s.whyNotChain(chains[i], chosen)
		}
		if why != "" {
			choices[i].Note, choices[i].Off = why, true
		}
	}
	p := kit.NewPicker(d, d.Tr("Macros"), choices, func(i int, _ string) tea.Cmd { return s.carryOut(chains[i]) })
	p.Numbered = true
	d.Open(p)
	return nil
}

func (s *Replies) whyNotMacro(model.Reply) string {
	if len(s.D.Macros) == 0 {
		return s.D.Tr("the configuration has none")
	}
	return ""
}

// whyNotChain says why a chain cannot be carried out on the chosen replies, "" if it can.
func (s *Replies) whyNotChain(m model.Chain, chosen []model.Reply) string {
	for _, r := range chosen {
		if m.Has(model.MacroOptOut) && r.Phone == 0 {
			return s.D.Tr("the vendor gave no phone")
		}
		if m.Has(model.MacroClaim) && r.ClaimedBy != "" && r.ClaimedBy != s.D.Operator {
			return s.D.Tr("%s has it", r.ClaimedBy)
		}
	}
	if m.Answer != "" {
		return s.whyNotAnswer()
	}
	return ""
}

// carryOut carries out a chain on the chosen replies. An answer in it is shown in its box first,
// and the other steps are carried out when it is stored. Blocks are confirmed as for a single key.
func (s *Replies) carryOut(m model.Chain) tea.Cmd {
	d := s.D
	chosen, ids := s.chosen()
	if len(chosen) == 0 {
		return nil
	}
	if m.Answer != "" {
		return s.openAnswerThen(chosen[0], m, d.Open)
	}
	yes := func() tea.Cmd {
		store, operator, session := d.Store, d.Operator, d.Session
		switch {
		case m.Has(model.MacroDone) || m.Has(model.MacroOptOut):
			s.leave(ids, model.ReplyDone)
		case m.Has(model.MacroSnooze):
			s.leave(ids, model.ReplySnoozed)
		default:
			s.RecordStep(rowsOf(ids)...)
		}
		return tea.Batch(s.surround(), kit.Act(d, func(ctx context.Context) error {
			return store.Chain(ctx, operator, session, ids, m)
		}, s.finished(d.Tr("%s: %s; u takes it back", m.Name, s.number(ids)))))
	}
	question := d.Tr("%s: %s?", m.Name, s.number(ids))
	if !m.Has(model.MacroOptOut) {
		return s.guarded(question, chosen, yes)
	}
	return s.askToBlock(question, chosen, yes)
}

// begin puts the prepared answer of a macro into the empty box, or says why that is not possible.
// Earlier text stays, and then the macro is not carried out.
func (b *answerBox) begin(m model.Chain) error {
	if m.Answer == "" {
		return nil
	}
	if strings.TrimSpace(b.area.Value()) != "" {
		return model.Errorf("your own draft of an answer is here: send or empty it, then use the macro")
	}
	a, ok := model.FindPrepared(b.book.All(b.d.Answers), m.Answer)
	if !ok {
		return model.NotFound("there is no prepared answer %q; the macro %s was not carried out", m.Answer, m.Name)
	}
	text, err := a.Fill(b.book.Values(b.reply, b.d.Operator))
	if err != nil {
		return err
	}
	b.then = m
	b.area.SetValue(text)
	b.used = preparedUse{name: a.Name, text: b.area.Value()}
	return nil
}
