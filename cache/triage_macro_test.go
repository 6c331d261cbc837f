package cache

import (
	"strings"
	"testing"
	"time"

	"viberdeck/model"
)

func chainOf(t *testing.T, do ...string) model.Chain {
	t.Helper()
	return must(model.Macro{Name: "stop and thank", Do: do}.Chain(start(), time.UTC))(t)
}

func TestAMacroIsDoneAndUndoneAsOne(t *testing.T) {
	t.Parallel()
	db, _ := seedQueue(t)
	before := replyOf(t, db, 1)
	m := chainOf(t, "claim", "label stop", "note she asked twice", "opt-out", "done")
	if err := db.Chain(t.Context(), "anna", "s1", []model.ReplyID{1, 2}, m); err != nil {
		t.Fatal(err)
	}
	for _, id := range []model.ReplyID{1, 2} {
		thread := must(db.Thread(t.Context(), id))(t)
		r := thread.Reply
		if r.State != model.ReplyDone || !r.Blocked || len(r.Labels) != 1 || len(thread.Notes) != 1 {
			t.Errorf("after it: %+v, notes %+v", r, thread.Notes)
		}
	}
	did := must(db.Undo(t.Context(), "anna"))(t)
	if !strings.Contains(did.String(), "macro stop and thank") || !strings.Contains(did.String(), ": 2 replies, ") {
		t.Errorf("told %q", did)
	}
	thread := must(db.Thread(t.Context(), 1))(t)
	if r := thread.Reply; r.State != before.State || r.Blocked || len(r.Labels) != 0 || r.ClaimedBy != "" ||
		len(thread.Notes) != 0 {
		t.Errorf("after the undo: %+v, notes %+v", r, thread.Notes)
	}
	_, err := db.Undo(t.Context(), "anna")
	wantKind(t, "a second undo", err, model.KindNotFound)
}

func TestAMacroWithAStepThatIsNotPossibleDoesNothing(t *testing.T) {
	t.Parallel()
	db, clock := seedQueue(t)
	if _, err := db.Claim(t.Context(), "boris", "s2", []model.ReplyID{1}); err != nil {
		t.Fatal(err)
	}
	err := db.Chain(t.Context(), "anna", "s1", []model.ReplyID{1}, chainOf(t, "label stop", "claim", "done"))
	if err == nil || !strings.Contains(err.Error(), "claim: a colleague has this reply") {
		t.Errorf("a claim of a colleague: %v", err)
	}
	snooze := chainOf(t, "label later", "snooze 2h")
	clock.Advance(3 * time.Hour)
	if err := db.Chain(t.Context(), "anna", "s1", []model.ReplyID{1}, snooze); err == nil {
		t.Error("snoozed until a time that has gone")
	}
	seed(t, db, func(exec func(string, ...any)) { exec(`UPDATE reply SET who = 0 WHERE id = 2`) })
	if err := db.Chain(t.Context(), "anna", "s1", []model.ReplyID{2}, chainOf(t, "label stop", "opt-out")); err == nil {
		t.Error("nobody was blocked")
	}
	for _, id := range []model.ReplyID{1, 2} {
		if r := replyOf(t, db, id); len(r.Labels) != 0 || r.State != model.ReplyOpen {
			t.Errorf("something was done: %+v", r)
		}
	}
}

func TestAMacroThatAnswersIsStoredWithTheAnswerAndUndoneWithIt(t *testing.T) {
	t.Parallel()
	db, _ := seedQueue(t)
	p := answerPlan(1, "We open at nine.")
	p.Answering.Then, p.Answering.Session = chainOf(t, "answer hours", "label time", "note told her"), "s1"
	if _, err := db.Submit(t.Context(), "anna", "k", p, time.Minute, 0); err != nil {
		t.Fatal(err)
	}
	thread := must(db.Thread(t.Context(), 1))(t)
	if r := thread.Reply; r.State != model.ReplyDone || len(r.Labels) != 1 || len(thread.Notes) != 1 {
		t.Errorf("after it: %+v", thread)
	}
	if _, err := db.Undo(t.Context(), "anna"); err != nil {
		t.Fatal(err)
	}
	thread = must(db.Thread(t.Context(), 1))(t)
	if r := thread.Reply; r.State != model.ReplyOpen || len(r.Labels) != 0 || len(thread.Notes) != 0 ||
		thread.Answers[0].Stands() {
		t.Errorf("after the undo: %+v", thread)
	}
	p.Answering.Then = chainOf(t, "snooze 2h")
	p.Answering.Then.Until = start().Add(-time.Hour)
	if _, err := db.Submit(t.Context(), "anna", "k2", p, time.Minute, 0); err == nil {
		t.Error("the answer was stored without its other steps")
	}
	if n := len(must(db.Thread(t.Context(), 1))(t).Answers); n != 1 {
		t.Errorf("%d answers", n)
	}
}
