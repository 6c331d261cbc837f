package storetest

import (
	"strings"
	"sync"
	"testing"
	"time"

	"viberdeck/model"
)

// answering lists what holds for answers to replies.
func answering() []sentence {
	return []sentence{
		{"OfTwoOperatorsWhoAnswerAtTheSameInstantOneIsRefused", ofTwoOperatorsWhoAnswerAtTheSameInstantOneIsRefused},
		{"TwoRepliesOfOnePersonAreAnsweredOnceUntilSomebodySaysAgain",
			twoRepliesOfOnePersonAreAnsweredOnceUntilSomebodySaysAgain},
		{"AnAnswerIsAddedToAnotherOnlyByWhoSaysThatTheyKnowOfIt",
			anAnswerIsAddedToAnotherOnlyByWhoSaysThatTheyKnowOfIt},
		{"AYesToOneAnswerIsNoYesToAnotherThatCameInItsPlace", aYesToOneAnswerDoesNotConfirmAnotherInItsPlace},
		{"AReplyThatAColleagueHasIsAnsweredOnlyByWhoPassesOverTheClaim",
			aReplyThatAColleagueHasIsAnsweredOnlyByWhoPassesOverTheClaim},
		{"AnAnswerRecalledByAColleagueWaitsInItsAuthorsBoxAndTheAuthorIsTold",
			anAnswerRecalledByAColleagueWaitsInItsAuthorsBoxWithANotice},
		{"AnAnswerStoppedByAnOptOutTellsItsAuthor", anAnswerStoppedByAnOptOutNotifiesItsAuthor},
		{"ARecalledAnswerStandsBeforeWhatItsAuthorHasBegunSince",
			aRecalledAnswerStandsBeforeWhatItsAuthorHasBegunSince},
		{"UndoOfASecondAnswerRecallsThatOneAlone", undoOfASecondAnswerRecallsThatOneAlone},
		{"EverybodySeesWhichAnswersCanStillBeRecalledNewestFirst",
			everybodySeesWhichAnswersCanStillBeRecalledNewestFirst},
	}
}

func ofTwoOperatorsWhoAnswerAtTheSameInstantOneIsRefused(t *testing.T, place *place) {
	db := queue(t, place)
	var all sync.WaitGroup
	errs := make([]error, 2)
	for i, operator := range []string{"anna", "boris"} {
		all.Go(func() {
			_, errs[i] = db.Submit(t.Context(), operator, operator, db.answer(1, "hello from "+operator), time.Minute,
				0)
		})
	}
	all.Wait()
	if (errs[0] == nil) == (errs[1] == nil) {
		t.Fatalf("both or none: %v, %v", errs[0], errs[1])
	}
	refused, first := errs[0], "boris"
	if refused == nil {
		refused, first = errs[1], "anna"
	}
	if model.KindOf(refused) != model.KindConflict || !strings.Contains(refused.Error(), first+" has answered") {
		t.Errorf("the second was refused with %v", refused)
	}
	if r := replyOf(t, db, 1); r.AnsweredBy != first || r.Answers != 1 || r.State != model.ReplyDone ||
		r.DoneBy != first {
		t.Errorf("the reply is %+v", r)
	}
}

func twoRepliesOfOnePersonAreAnsweredOnceUntilSomebodySaysAgain(t *testing.T, place *place) {
	db, clock := queue(t, place), place.clock
	second := db.receive(t, 375291111111, "и ещё вопрос", 6)
	clock.Advance(time.Hour)
	first, err := db.Submit(t.Context(), "anna", "a", db.answer(1, "one"), 0, 0)
	if err != nil {
		t.Fatal(err)
	}
	if r := replyOf(t, db, second); r.State != model.ReplyOpen || r.AnsweredBy != "anna" || r.LastAnswer != first {
		t.Errorf("the other reply does not show the answer: %+v", r)
	}
	p := db.answer(1, "two")
	p.Answering.Reply = db.reply(second)
	_, err = db.Submit(t.Context(), "boris", "b", p, 0, 0)
	WantConflict(t, err)
	p.Answering.Last = first
	if _, err := db.Submit(t.Context(), "boris", "b", p, 0, 0); err != nil {
		t.Fatal(err)
	}
	if r := replyOf(t, db, 1); r.Answers != 1 || r.AnsweredBy != "anna" {
		t.Errorf("what is done has the other's answer too: %+v", r)
	}
	clock.Advance(time.Hour)
	third := db.receive(t, 375291111111, "спасибо", 180)
	if r := replyOf(t, db, third); r.Answers != 0 {
		t.Errorf("what came after the answers counts as answered: %+v", r)
	}
}

func anAnswerIsAddedToAnotherOnlyByWhoSaysThatTheyKnowOfIt(t *testing.T, place *place) {
	db := queue(t, place)
	first, err := db.Submit(t.Context(), "anna", "a", db.answer(1, "one"), 0, 0)
	if err != nil {
		t.Fatal(err)
	}
	p := db.answer(1, "two")
	_, err = db.Submit(t.Context(), "boris", "b", p, 0, 0)
	WantConflict(t, err)
	p.Answering.Last = first
	if _, err := db.Submit(t.Context(), "boris", "b", p, 0, 0); err != nil {
		t.Fatal(err)
	}
	thread, err := db.Thread(t.Context(), db.reply(1))
	if err != nil || len(thread.Answers) != 2 || thread.Answers[0].Text != "one" ||
		thread.Answers[1].Operator != "boris" {
		t.Errorf("got %+v, %v", thread.Answers, err)
	}
}

func aYesToOneAnswerDoesNotConfirmAnotherInItsPlace(t *testing.T, place *place) {
	db := queue(t, place)
	first, err := db.Submit(t.Context(), "anna", "a", db.answer(1, "one"), time.Minute, 0)
	if err != nil {
		t.Fatal(err)
	}
	p := db.answer(1, "two")
	p.Answering.Last = first // boris has read it and repeats his answer
	if err := db.Recall(t.Context(), "anna", first); err != nil {
		t.Fatal(err)
	}
	if _, err := db.Submit(t.Context(), "clara", "c", db.answer(1, "three"), time.Minute, 0); err != nil {
		t.Fatal(err)
	}
	_, err = db.Submit(t.Context(), "boris", "b", p, time.Minute, 0)
	WantConflict(t, err)
	if r := replyOf(t, db, 1); r.Answers != 1 || r.AnsweredBy != "clara" {
		t.Errorf("the reply is %+v", r)
	}
}

func aReplyThatAColleagueHasIsAnsweredOnlyByWhoPassesOverTheClaim(t *testing.T, place *place) {
	db, clock := queue(t, place), place.clock
	if _, err := db.Claim(t.Context(), "boris", "s2", db.replies(1)); err != nil {
		t.Fatal(err)
	}
	p := db.answer(1, "one")
	_, err := db.Submit(t.Context(), "anna", "a", p, 0, 0)
	WantConflict(t, err)
	p.Answering.ClaimedBy = "boris"
	if _, err := db.Submit(t.Context(), "anna", "a", p, 0, 0); err != nil {
		t.Fatal(err)
	}
	if _, err := db.Claim(t.Context(), "boris", "s2", db.replies(2)); err != nil {
		t.Fatal(err)
	}
	clock.Advance(time.Minute) // boris has gone
	if _, err := db.Submit(t.Context(), "anna", "c", db.answer(2, "two"), 0, 0); err != nil {
		t.Errorf("the claim of somebody who has gone holds: %v", err)
	}
}

func anAnswerRecalledByAColleagueWaitsInItsAuthorsBoxWithANotice(t *testing.T, place *place) {
	db := queue(t, place)
	id, err := db.Submit(t.Context(), "anna", "a", db.answer(1, "we call you"), time.Minute, 0)
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Recall(t.Context(), "boris", id); err != nil {
		t.Fatal(err)
	}
	if r := replyOf(t, db, 1); r.State != model.ReplyOpen || r.AnsweredBy != "" {
		t.Errorf("the reply is %+v", r)
	}
	draft, _, err := db.Setting(t.Context(), "anna", model.AnswerDraftName(db.reply(1)))
	if err != nil || !strings.Contains(draft, "we call you") {
		t.Errorf("the box has %q, %v", draft, err)
	}
	seen, err := db.Overview(t.Context(), "anna")
	if err != nil || len(seen.Notices) != 1 || !strings.Contains(seen.Notices[0].Text.String(),
		"boris recalled your answer") {
		t.Fatalf("anna is told %+v, %v", seen.Notices, err)
	}
	if err := db.NoticesRead(t.Context(), "anna", seen.Notices[0].ID); err != nil {
		t.Fatal(err)
	}
	if seen, err = db.Overview(t.Context(), "anna"); err != nil || len(seen.Notices) != 0 {
		t.Errorf("told again: %+v, %v", seen.Notices, err)
	}
}

func anAnswerStoppedByAnOptOutNotifiesItsAuthor(t *testing.T, place *place) {
	db := queue(t, place)
	id, err := db.Submit(t.Context(), "anna", "a", db.answer(1, "one"), 0, 0)
	if err != nil {
		t.Fatal(err)
	}
	if err := db.OptOut(t.Context(), "boris", db.replies(1)); err != nil {
		t.Fatal(err)
	}
	if got := claim(t, db, id, 1, 1); len(got) != 0 {
		t.Fatalf("claimed %v", got)
	}
	WantState(t, db, id, model.CampaignCancelled)
	seen, err := db.Overview(t.Context(), "anna")
	if err != nil || len(seen.Notices) != 1 || !strings.Contains(seen.Notices[0].Text.String(), "was not sent") {
		t.Errorf("anna is told %+v, %v", seen.Notices, err)
	}
}

func aRecalledAnswerStandsBeforeWhatItsAuthorHasBegunSince(t *testing.T, place *place) {
	db := queue(t, place)
	id, err := db.Submit(t.Context(), "anna", "a", db.answer(1, "we call you"), time.Minute, 0)
	if err != nil {
		t.Fatal(err)
	}
	if err := db.SaveSetting(t.Context(), "anna", model.AnswerDraftName(db.reply(1)),
		`{"text":"and thank you"}`); err != nil {
		t.Fatal(err)
	}
	if err := db.Recall(t.Context(), "anna", id); err != nil {
		t.Fatal(err)
	}
	draft, _, err := db.Setting(t.Context(), "anna", model.AnswerDraftName(db.reply(1)))
	if err != nil || !strings.Contains(draft, `we call you\n\nand thank you`) {
		t.Errorf("the box has %q, %v", draft, err)
	}
}

func undoOfASecondAnswerRecallsThatOneAlone(t *testing.T, place *place) {
	db := queue(t, place)
	first, err := db.Submit(t.Context(), "anna", "a", db.answer(1, "one"), time.Minute, 0)
	if err != nil {
		t.Fatal(err)
	}
	p := db.answer(1, "two")
	p.Answering.Last = first
	second, err := db.Submit(t.Context(), "anna", "b", p, time.Minute, 0)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.Undo(t.Context(), "anna"); err != nil {
		t.Fatal(err)
	}
	WantState(t, db, first, model.CampaignHeld)
	WantState(t, db, second, model.CampaignCancelled)
	if r := replyOf(t, db, 1); r.State != model.ReplyDone || r.Answers != 1 {
		t.Errorf("the reply is %+v", r)
	}
}

func everybodySeesWhichAnswersCanStillBeRecalledNewestFirst(t *testing.T, place *place) {
	db := queue(t, place)
	var ids []model.CampaignID
	for i, operator := range []string{"anna", "boris"} {
		id, err := db.Submit(t.Context(), operator, operator, db.answer(i+1, operator), time.Minute, 0)
		if err != nil {
			t.Fatal(err)
		}
		ids = append(ids, id)
	}
	seen, err := db.Overview(t.Context(), "clara")
	if err != nil || len(seen.Recallable) != 2 || seen.Recallable[0].Campaign != ids[1] ||
		seen.Recallable[1].Reply != 1 || seen.Recallable[1].Operator != "anna" {
		t.Fatalf("clara sees %+v, %v", seen.Recallable, err)
	}
	if err := db.Recall(t.Context(), "clara", ids[1]); err != nil {
		t.Fatal(err)
	}
	if seen, err = db.Overview(t.Context(), "clara"); err != nil || len(seen.Recallable) != 1 {
		t.Errorf("after the recall %+v, %v", seen.Recallable, err)
	}
}
