package cache

import (
	"testing"
	"time"

	"viberdeck/model"
)

func TestPreparedAnswersAreSharedReplacedAndDeleted(t *testing.T) {
	t.Parallel()
	db, _ := seedQueue(t)
	save := func(by, name, text string) {
		t.Helper()
		if err := db.SavePrepared(t.Context(), by, model.PreparedAnswer{Name: name, Text: text, Language: "ru",
			Labels: []string{"время"}}); err != nil {
			t.Fatal(err)
		}
	}
	save("anna", "Часы", "С девяти")
	save("boris", "часы", "С десяти, {{name|друзья}}")
	book := must(db.Answerbook(t.Context(), 0))(t)
	if len(book.Written) != 1 {
		t.Fatalf("%+v", book.Written)
	}
	if a := book.Written[0]; a.By != "boris" || a.Text != "С десяти, {{name|друзья}}" || a.Language != "ru" ||
		len(a.Labels) != 1 || a.Labels[0] != "время" || !a.At.Equal(start()) {
		t.Errorf("kept %+v", a)
	}
	err := db.SavePrepared(t.Context(), "anna", model.PreparedAnswer{Name: "x", Text: "{{name"})
	wantKind(t, "a text that cannot be filled in", err, model.KindInvalid)
	wantKind(t, "delete", db.DeletePrepared(t.Context(), "anna", "ЧАСЫ"), "")
	wantKind(t, "delete again", db.DeletePrepared(t.Context(), "anna", "часы"), model.KindNotFound)
	if book = must(db.Answerbook(t.Context(), 1))(t); len(book.Written) != 0 {
		t.Errorf("after it was deleted: %+v", book.Written)
	}
}

func TestUsesOfAPreparedAnswerCountForTheCampaignAndTheLabels(t *testing.T) {
	t.Parallel()
	db, _ := seedQueue(t)
	seedCampaign(t, db, 70, "Autumn")
	seed(t, db, func(exec func(string, ...any)) { exec(`UPDATE reply SET campaign = 70 WHERE id IN (1, 2)`) })
	if err := db.Label(t.Context(), "anna", []model.ReplyID{1, 3}, "price", model.On); err != nil {
		t.Fatal(err)
	}
	p := answerPlan(1, "С девяти")
	p.Answering.Prepared = "Часы"
	for range 2 { // a submit repeated with its key counts once
		if _, err := db.Submit(t.Context(), "anna", "k", p, time.Minute, 0); err != nil {
			t.Fatal(err)
		}
	}
	for reply, want := range map[model.ReplyID]model.AnswerUses{1: {Here: 2, All: 1}, 2: {Here: 1, All: 1},
		3: {Here: 1, All: 1}, 4: {All: 1}, 0: {All: 1}} {
		if got := must(db.Answerbook(t.Context(), reply))(t).Uses[model.Fold("часы")]; got != want {
			t.Errorf("reply %d: %+v, want %+v", reply, got, want)
		}
	}
}

func TestTheColumnsOfAPersonStayForTheThreadUntilAnOptOut(t *testing.T) {
	t.Parallel()
	db, _ := seedQueue(t)
	p := plan(1)
	p.People = model.PeopleOf(model.Recipient{Phone: 375291111111, Vars: map[string]string{"name": "Anna"}})
	id := submit(t, db, "k", p, 0)
	reached := func(status int) map[string]string {
		t.Helper()
		seed(t, db, func(exec func(string, ...any)) {
			exec(`UPDATE reply SET campaign = ? WHERE id = 1`, id)
			exec(`UPDATE recipient SET status = ? WHERE campaign = ?`, status, id)
		})
		return must(db.Answerbook(t.Context(), 1))(t).Columns
	}
	for _, status := range []int{4, 6, 7} {
		if got := reached(status); got["name"] != "Anna" {
			t.Errorf("at status %d: %v", status, got)
		}
	}
	if got := reached(14); len(got) != 0 {
		t.Errorf("after the opt-out: %v", got)
	}
}
