package cache

import (
	"reflect"
	"strings"
	"sync"
	"testing"
	"time"

	"viberdeck/model"
)

// answerPlan is a planned answer to a reply of seedQueue, with what its author knows.
func answerPlan(reply model.ReplyID, text string) model.Plan {
	p := plan(1)
	p.Campaign.Message.Text = text
	p.People = model.PeopleOf(model.Recipient{Phone: model.Phone(375291111110 + int64(reply))})
	p.Answering = &model.Answering{Reply: reply}
	return p
}

func replyOf(t *testing.T, db *DB, id model.ReplyID) model.Reply {
	t.Helper()
	thread, err := db.Thread(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	return thread.Reply
}

func TestOfTwoOperatorsWhoAnswerAtTheSameInstantOneIsRefused(t *testing.T) {
	t.Parallel()
	db, _ := seedQueue(t)
	var all sync.WaitGroup
	errs := make([]error, 2)
	for i, operator := range []string{"anna", "boris"} {
		all.Go(func() {
			_, errs[i] = db.Submit(t.Context(), operator, operator, answerPlan(1, "hello from "+operator), time.Minute,
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

func TestTwoRepliesOfOnePersonAreAnsweredOnceUntilSomebodySaysAgain(t *testing.T) {
	t.Parallel()
	db, clock := seedQueue(t)
	const second, third = 77, 78
	seedReply(t, db, second, 375291111111, "и ещё вопрос", 6)
	clock.Advance(time.Hour)
	first, err := db.Submit(t.Context(), "anna", "a", answerPlan(1, "one"), 0, 0)
	if err != nil {
		t.Fatal(err)
	}
	if r := replyOf(t, db, second); r.State != model.ReplyOpen || r.AnsweredBy != "anna" || r.LastAnswer != first {
		t.Errorf("the other reply does not show the answer: %+v", r)
	}
	p := answerPlan(1, "two")
	p.Answering.Reply = second
	_, err = db.Submit(t.Context(), "boris", "b", p, 0, 0)
	wantConflict(t, err)
	p.Answering.Last = first
	if _, err := db.Submit(t.Context(), "boris", "b", p, 0, 0); err != nil {
		t.Fatal(err)
	}
	if r := replyOf(t, db, 1); r.Answers != 1 || r.AnsweredBy != "anna" {
		t.Errorf("what is done has the other's answer too: %+v", r)
	}
	clock.Advance(time.Hour)
	seedReply(t, db, third, 375291111111, "спасибо", 180)
	if r := replyOf(t, db, third); r.Answers != 0 {
		t.Errorf("what came after the answers counts as answered: %+v", r)
	}
}

func TestAnAnswerIsAddedToAnotherOnlyByWhoSaysThatTheyKnowOfIt(t *testing.T) {
	t.Parallel()
	db, _ := seedQueue(t)
	first, err := db.Submit(t.Context(), "anna", "a", answerPlan(1, "one"), 0, 0)
	if err != nil {
		t.Fatal(err)
	}
	p := answerPlan(1, "two")
	_, err = db.Submit(t.Context(), "boris", "b", p, 0, 0)
	wantConflict(t, err)
	p.Answering.Last = first
	if _, err := db.Submit(t.Context(), "boris", "b", p, 0, 0); err != nil {
		t.Fatal(err)
	}
	thread, err := db.Thread(t.Context(), 1)
	if err != nil || len(thread.Answers) != 2 || thread.Answers[0].Text != "one" ||
		thread.Answers[1].Operator != "boris" {
		t.Errorf("got %+v, %v", thread.Answers, err)
	}
}

func TestAYesToOneAnswerIsNoYesToAnotherThatCameInItsPlace(t *testing.T) {
	t.Parallel()
	db, _ := seedQueue(t)
	first, err := db.Submit(t.Context(), "anna", "a", answerPlan(1, "one"), time.Minute, 0)
	if err != nil {
		t.Fatal(err)
	}
	p := answerPlan(1, "two")
	p.Answering.Last = first // boris has read it and says again
	if err := db.Recall(t.Context(), "anna", first); err != nil {
		t.Fatal(err)
	}
	if _, err := db.Submit(t.Context(), "clara", "c", answerPlan(1, "three"), time.Minute, 0); err != nil {
		t.Fatal(err)
	}
	_, err = db.Submit(t.Context(), "boris", "b", p, time.Minute, 0)
	wantConflict(t, err)
	if r := replyOf(t, db, 1); r.Answers != 1 || r.AnsweredBy != "clara" {
		t.Errorf("the reply is %+v", r)
	}
}

func TestAReplyThatAColleagueHasIsAnsweredOnlyByWhoPassesOverTheClaim(t *testing.T) {
	t.Parallel()
	db, clock := seedQueue(t)
	if _, err := db.Claim(t.Context(), "boris", "s2", replyIDs(1), true); err != nil {
		t.Fatal(err)
	}
	p := answerPlan(1, "one")
	_, err := db.Submit(t.Context(), "anna", "a", p, 0, 0)
	wantConflict(t, err)
	p.Answering.ClaimedBy = "boris"
	if _, err := db.Submit(t.Context(), "anna", "a", p, 0, 0); err != nil {
		t.Fatal(err)
	}
	if _, err := db.Claim(t.Context(), "boris", "s2", replyIDs(2), true); err != nil {
		t.Fatal(err)
	}
	clock.Advance(2 * presenceLasts) // boris has gone
	if _, err := db.Submit(t.Context(), "anna", "c", answerPlan(2, "two"), 0, 0); err != nil {
		t.Errorf("the claim of somebody who has gone holds: %v", err)
	}
}

func TestAnAnswerRecalledByAColleagueWaitsInItsAuthorsBoxAndTheAuthorIsTold(t *testing.T) {
	t.Parallel()
	db, _ := seedQueue(t)
	id, err := db.Submit(t.Context(), "anna", "a", answerPlan(1, "we call you"), time.Minute, 0)
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Recall(t.Context(), "boris", id); err != nil {
		t.Fatal(err)
	}
	if r := replyOf(t, db, 1); r.State != model.ReplyOpen || r.AnsweredBy != "" {
		t.Errorf("the reply is %+v", r)
	}
	draft, _, err := db.Setting(t.Context(), "anna", model.AnswerDraftName(1))
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

func TestUndoOfAnAnswerRecallsItUntilItHasLeft(t *testing.T) {
	t.Parallel()
	db, _ := seedQueue(t)
	before := everything(t, db)
	id, err := db.Submit(t.Context(), "anna", "a", answerPlan(1, "one"), time.Minute, 0)
	if err != nil {
		t.Fatal(err)
	}
	if said, err := db.Undo(t.Context(), "anna"); err != nil || !strings.Contains(said.String(), "1 answer") {
		t.Fatalf("undo says %q, %v", said, err)
	}
	wantState(t, db, id, model.CampaignCancelled)
	same(t, before, everything(t, db))
	id, err = db.Submit(t.Context(), "anna", "b", answerPlan(1, "two"), 0, 0)
	if err != nil {
		t.Fatal(err)
	}
	record1(t, db, outcome(claim(t, db, id, 1, 1), model.BatchAccepted, "")...)
	if _, err := db.Undo(t.Context(), "anna"); model.KindOf(err) != model.KindConflict {
		t.Errorf("undo of what has left: %v", err)
	}
	if r := replyOf(t, db, 1); r.State != model.ReplyDone || r.AnsweredBy != "anna" {
		t.Errorf("the reply is %+v", r)
	}
}

func TestAnAnswerStoppedByAnOptOutTellsItsAuthor(t *testing.T) {
	t.Parallel()
	db, _ := seedQueue(t)
	id, err := db.Submit(t.Context(), "anna", "a", answerPlan(1, "one"), 0, 0)
	if err != nil {
		t.Fatal(err)
	}
	if err := db.OptOut(t.Context(), "boris", replyIDs(1)); err != nil {
		t.Fatal(err)
	}
	if got := claim(t, db, id, 1, 1); len(got) != 0 {
		t.Fatalf("claimed %v", got)
	}
	wantState(t, db, id, model.CampaignCancelled)
	seen, err := db.Overview(t.Context(), "anna")
	if err != nil || len(seen.Notices) != 1 || !strings.Contains(seen.Notices[0].Text.String(), "was not sent") {
		t.Errorf("anna is told %+v, %v", seen.Notices, err)
	}
}

func TestAVendorHearsOfAnOptOutOnlyWhenItCanNotBeTakenBackAnyMore(t *testing.T) {
	t.Parallel()
	db, clock := seedQueue(t)
	before := everything(t, db)
	if err := db.OptOut(t.Context(), "anna", replyIDs(1)); err != nil {
		t.Fatal(err)
	}
	told := func() (blocks, marks int) {
		b, err := db.Blocks(t.Context(), "minsk", 10)
		m, err2 := db.ReadMarks(t.Context(), "minsk", 10)
		if err != nil || err2 != nil {
			t.Fatal(err, err2)
		}
		return len(b), len(m)
	}
	clock.Advance(model.OptOutDelay - time.Second)
	if blocks, marks := told(); blocks != 0 || marks != 0 {
		t.Errorf("told too early: %d blocks, %d marks", blocks, marks)
	}
	if blocked, err := db.Blocked(t.Context(), "minsk", []model.Phone{375291111111}); err != nil || len(blocked) != 1 {
		t.Errorf("it does not hold here at once: %v, %v", blocked, err)
	}
	page, err := db.Blacklist(t.Context(), model.PageRequest{Limit: 10})
	if err != nil || len(page.Rows) != 1 || !page.Rows[0].TellAt.Equal(start().Add(model.OptOutDelay)) {
		t.Errorf("the list says %+v, %v", page.Rows, err)
	}
	if _, err := db.Undo(t.Context(), "anna"); err != nil {
		t.Fatal(err)
	}
	same(t, before, everything(t, db))
	if err := db.OptOut(t.Context(), "anna", replyIDs(1)); err != nil {
		t.Fatal(err)
	}
	clock.Advance(model.OptOutDelay)
	if blocks, marks := told(); blocks != 1 || marks != 1 {
		t.Errorf("not told afterwards: %d blocks, %d marks", blocks, marks)
	}
}

// same wants everything that triage changes to be as it was.
func same(t *testing.T, before, after map[string][][]any) {
	t.Helper()
	for query, rows := range before {
		if !reflect.DeepEqual(rows, after[query]) {
			t.Errorf("%s\nwas %v\nis  %v", query, rows, after[query])
		}
	}
}

func TestARecalledAnswerStandsBeforeWhatItsAuthorHasBegunSince(t *testing.T) {
	t.Parallel()
	db, _ := seedQueue(t)
	id, err := db.Submit(t.Context(), "anna", "a", answerPlan(1, "we call you"), time.Minute, 0)
	if err != nil {
		t.Fatal(err)
	}
	if err := db.SaveSetting(t.Context(), "anna", model.AnswerDraftName(1), `{"text":"and thank you"}`); err != nil {
		t.Fatal(err)
	}
	if err := db.Recall(t.Context(), "anna", id); err != nil {
		t.Fatal(err)
	}
	draft, _, err := db.Setting(t.Context(), "anna", model.AnswerDraftName(1))
	if err != nil || !strings.Contains(draft, `we call you\n\nand thank you`) {
		t.Errorf("the box has %q, %v", draft, err)
	}
}

func TestUndoOfASecondAnswerRecallsThatOneAlone(t *testing.T) {
	t.Parallel()
	db, _ := seedQueue(t)
	first, err := db.Submit(t.Context(), "anna", "a", answerPlan(1, "one"), time.Minute, 0)
	if err != nil {
		t.Fatal(err)
	}
	p := answerPlan(1, "two")
	p.Answering.Last = first
	second, err := db.Submit(t.Context(), "anna", "b", p, time.Minute, 0)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.Undo(t.Context(), "anna"); err != nil {
		t.Fatal(err)
	}
	wantState(t, db, first, model.CampaignHeld)
	wantState(t, db, second, model.CampaignCancelled)
	if r := replyOf(t, db, 1); r.State != model.ReplyDone || r.Answers != 1 {
		t.Errorf("the reply is %+v", r)
	}
}

func TestEverybodySeesWhichAnswersCanStillBeRecalledNewestFirst(t *testing.T) {
	t.Parallel()
	db, _ := seedQueue(t)
	var ids []model.CampaignID
	for i, operator := range []string{"anna", "boris"} {
		id, err := db.Submit(t.Context(), operator, operator, answerPlan(model.ReplyID(i+1), operator), time.Minute, 0)
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
