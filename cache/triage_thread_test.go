package cache

import (
	"fmt"
	"testing"
	"time"

	"viberdeck/model"
)

func TestAThreadHasTheWholeConversationInOrderAndWhatWasSentAsThePersonGotIt(t *testing.T) {
	t.Parallel()
	db, clock := seedQueue(t)
	ctx := t.Context()
	phone := model.Phone(375291111111)
	p := plan(1)
	p.Campaign.Message.Text = "Hello {{name}}, {{city|Minsk}}"
	p.People = model.PeopleOf(model.Recipient{Phone: phone, Vars: map[string]string{"name": "Anna"}})
	id := submit(t, db, "k", p, 0)
	seed(t, db, func(exec func(string, ...any)) {
		exec(`UPDATE reply SET campaign = ? WHERE id = 1`, id)
		exec(`UPDATE recipient SET status = ? WHERE campaign = ?`, model.StatusRead, id)
	})
	clock.Advance(time.Hour)
	seedReply(t, db, 50, phone, "and the price?", 70)
	if err := db.AddNote(ctx, "boris", 50, "one\ntwo"); err != nil {
		t.Fatal(err)
	}
	clock.Advance(time.Hour)
	if _, err := db.Submit(ctx, "anna", "a", answerPlan(1, "We open at nine."), time.Minute, 0); err != nil {
		t.Fatal(err)
	}
	if err := db.OptOut(ctx, "boris", []model.ReplyID{50}); err != nil {
		t.Fatal(err)
	}
	thread := must(db.Thread(ctx, 1))(t)
	if got := thread.Sent.Message.Text; got != "Hello Anna, Minsk" || thread.Template {
		t.Errorf("sent %q", got)
	}
	if p := thread.Person; p.Messages != 1 || p.Replies != 2 || p.OptOuts != 0 || !p.Since.Before(clock.Now()) {
		t.Errorf("the person %+v", p)
	}
	if len(thread.Answers) != 1 || thread.Answers[0].Text != "We open at nine." {
		t.Errorf("answers %+v", thread.Answers)
	}
	var got []string
	for _, e := range thread.Events {
		got = append(got, fmt.Sprintf("%s %s %q", e.Kind, e.By, e.Text))
	}
	want := []string{`note boris "one\ntwo"`, `reply boris "and the price?"`, `blocked boris "opt-out"`}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("events %q, want %q", got, want)
	}
}
