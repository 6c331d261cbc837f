package ui

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"viberdeck/model"
)

// fakeAnswers holds answers to replies and the notices about them to operators.
type fakeAnswers struct {
	answers []model.Answer
	book    model.Answerbook
	then    model.Chain // what went with the last answer
	// conversation is what else happened with the person of every reply.
	conversation []model.PersonEvent
	notices      map[string][]model.Notice
	told         int64 // notices
	now          func() time.Time
	// beforeSubmit happens when the store has begun to store a campaign, before it looks itself.
	beforeSubmit func()
}

// answersTo returns the answers to a reply, oldest first.
func (f *fakeStore) answersTo(id model.ReplyID) []model.Answer {
	var to []model.Answer
	for _, a := range f.answers {
		if a.Reply == id {
			to = append(to, a)
		}
	}
	return to
}

// counted returns a reply with what the list shows of its answers.
func (f *fakeStore) counted(r model.Reply) model.Reply {
	r.Answers, r.AnsweredBy, r.LastAnswer = 0, "", 0
	for _, a := range f.answersTo(r.ID) {
		if a.Stands() {
			r.Answers++
			r.AnsweredBy, r.LastAnswer = a.Operator, a.Campaign
		}
	}
	return r
}

// answer stores an answer to a reply, or refuses it, as the cache does.
func (f *fakeStore) answer(operator string, plan model.Plan, hold time.Duration) error {
	a := plan.Answering
	i := slices.IndexFunc(f.replies, func(r model.Reply) bool { return r.ID == a.Reply })
	if i < 0 {
		return model.NotFound("no reply %s", a.Reply)
	}
	r := f.counted(f.replies[i])
	refused := &model.Error{Kind: model.KindConflict}
	switch {
	case r.LastAnswer > a.Last:
		refused.Text = model.Say("%s has answered this person already: %q; read it before you answer again",
			r.AnsweredBy,
			"…")
		return refused
	case r.ClaimedBy != "" && r.ClaimedBy != operator && r.ClaimedBy != a.ClaimedBy:
		refused.Text = model.Say("%s has this reply; ask before you answer it", r.ClaimedBy)
		return refused
	}
	answer := model.Answer{Reply: a.Reply, Campaign: model.CampaignID(900 + len(f.answers)), Operator: operator,
		Account: plan.Campaign.Account, Sender: plan.Campaign.Sender, Text: plan.Campaign.Message.Text, At: f.now(),
		State: model.CampaignQueued, Status: model.StatusQueued}
	if hold > 0 {
		answer.State, answer.HoldUntil = model.CampaignHeld, f.now().Add(hold)
	}
	f.answers = append(f.answers, answer)
	f.then = a.Then
	f.replies[i].State, f.replies[i].DoneBy, f.replies[i].DoneAt = model.ReplyDone, operator, f.now()
	return nil
}

// recallAnswer gives a recalled answer back to its author.
func (f *fakeStore) recallAnswer(by string, id model.CampaignID) {
	i := slices.IndexFunc(f.answers, func(a model.Answer) bool { return a.Campaign == id })
	if i < 0 {
		return
	}
	a := &f.answers[i]
	a.State = model.CampaignCancelled
	draft, _ := json.Marshal(model.AnswerDraft{Text: a.Text, Account: a.Account, Sender: a.Sender})
	f.kept[a.Operator+"/"+model.AnswerDraftName(a.Reply)] = string(draft)
	for j := range f.replies {
		if r := &f.replies[j]; r.ID == a.Reply && f.counted(*r).Answers == 0 {
			r.State, r.DoneBy, r.DoneAt = model.ReplyOpen, "", time.Time{}
		}
	}
	if by != a.Operator {
		f.notify(a.Operator, model.Say("%s recalled your answer %q; its text waits where you wrote it", by, a.Text))
	}
}

// notify leaves a notice for an operator.
func (f *fakeStore) notify(operator string, text model.Text) {
	if f.notices == nil {
		f.notices = map[string][]model.Notice{}
	}
	f.told++
	f.notices[operator] = append(f.notices[operator], model.Notice{ID: f.told, At: f.now(), Text: text})
}

// leaveDue lets the answers leave whose recall window is over.
func (f *fakeStore) leaveDue() {
	for i := range f.answers {
		if a := &f.answers[i]; a.State == model.CampaignHeld && !a.HoldUntil.After(f.now()) {
			a.State, a.Status = model.CampaignSent, model.StatusAccepted
		}
	}
}

func (f *fakeStore) recallable() []model.Answer {
	var waiting []model.Answer
	for _, a := range slices.Backward(f.answers) {
		if a.Recallable() {
			waiting = append(waiting, a)
		}
	}
	return waiting
}

func (f *fakeStore) NoticesRead(_ context.Context, operator string, last int64) error {
	err := f.called()
	f.mu.Lock()
	defer f.mu.Unlock()
	f.did = append(f.did, fmt.Sprintf("%s has read notices to %d", operator, last))
	f.notices[operator] = slices.DeleteFunc(f.notices[operator], func(n model.Notice) bool { return n.ID <= last })
	return err
}
