package cache

import (
	"reflect"
	"strings"
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

func TestUndoOfAnAnswerRecallsItUntilItHasLeft(t *testing.T) {
	t.Parallel()
	db, _ := seedQueue(t)
	before := everything(t, db)
	id, err := db.Submit(t.Context(), "anna", "a", answerPlan(1, "one"), time.Minute, 0)
	if err != nil {
		t.Fatal(err)
	}
	if text, err := db.Undo(t.Context(), "anna"); err != nil || !strings.Contains(text.String(), "1 answer") {
		t.Fatalf("undo says %q, %v", text, err)
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

func TestAVendorHearsOfAnOptOutOnlyWhenItCanNotBeTakenBackAnyMore(t *testing.T) {
	t.Parallel()
	db, clock := seedQueue(t)
	before := everything(t, db)
	if err := db.OptOut(t.Context(), "anna", replyIDs(1)); err != nil {
		t.Fatal(err)
	}
	report := func() (blocks, marks int) {
		b, err := db.Blocks(t.Context(), "minsk", 10)
		m, err2 := db.ReadMarks(t.Context(), "minsk", 10)
		if err != nil || err2 != nil {
			t.Fatal(err, err2)
		}
		return len(b), len(m)
	}
	clock.Advance(model.OptOutDelay - time.Second)
	if blocks, marks := report(); blocks != 0 || marks != 0 {
		t.Errorf("told too early: %d blocks, %d marks", blocks, marks)
	}
	if blocked, err := db.Blocked(t.Context(), "minsk", []model.Phone{375291111111}); err != nil || len(blocked) != 1 {
		t.Errorf("it does not hold here at once: %v, %v", blocked, err)
	}
	page, err := db.Blacklist(t.Context(), model.PageRequest{Limit: 10})
	if err != nil || len(page.Rows) != 1 || !page.Rows[0].SendAt.Equal(start().Add(model.OptOutDelay)) {
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
	if blocks, marks := report(); blocks != 1 || marks != 1 {
		t.Errorf("not told afterwards: %d blocks, %d marks", blocks, marks)
	}
}

// same requires everything that triage changes to be as it was.
func same(t *testing.T, before, after map[string][][]any) {
	t.Helper()
	for query, rows := range before {
		if !reflect.DeepEqual(rows, after[query]) {
			t.Errorf("%s\nwas %v\nis  %v", query, rows, after[query])
		}
	}
}

func TestAVendorHearsThatAnAnsweredReplyWasReadOnlyWhenTheAnswerCanNotBeRecalled(t *testing.T) {
	t.Parallel()
	db, clock := seedQueue(t)
	marked := func(want int, when string) {
		t.Helper()
		if marks := must(db.ReadMarks(t.Context(), "minsk", 10))(t); len(marks) != want {
			t.Errorf("%s: %d marks, want %d", when, len(marks), want)
		}
	}
	recalled := must(db.Submit(t.Context(), "anna", "a", answerPlan(1, "one"), time.Minute, 0))(t)
	marked(0, "in the recall window")
	must(db.Undo(t.Context(), "anna"))(t)
	wantState(t, db, recalled, model.CampaignCancelled)
	marked(0, "after the recall")
	id := must(db.Submit(t.Context(), "anna", "b", answerPlan(1, "two"), time.Minute, 0))(t)
	must(db.SetReplyState(t.Context(), "anna", replyIDs(2), model.ReplyDone, time.Time{}))(t)
	marked(1, "one is done without an answer, the other in the recall window")
	clock.Advance(time.Minute)
	must(db.DueCampaigns(t.Context(), "minsk", db.now()))(t)
	marked(1, "when it is due and can still be recalled")
	record1(t, db, outcome(claim(t, db, id, 1, 1), model.BatchAccepted, "")...)
	marked(2, "when the answer has left")
}
