package cache

import (
	"testing"

	"viberdeck/model"
)

func TestAReplysOptOutIsRecognisedHoweverItArrives(t *testing.T) {
	t.Parallel()
	db := must(Open(t.Context(), emptyFile(t), Options{Now: start, OptOutWords: []string{"basta"}}))(t)
	t.Cleanup(func() { _ = db.Close() })
	seedAccounts(t, db)
	want := map[string]string{"СТОП": "СТОП", "basta": "basta", "Спасибо": ""}
	for text := range want {
		reply := model.Reply{VendorID: "read " + text, Phone: first, Text: text, ReceivedAt: start()}
		must(db.SaveReplies(t.Context(), "minsk", []model.Reply{reply}, start()))(t)
		reply.VendorID = "posted " + text
		apply(t, db, text, 0, model.CallbackEvent{Replies: []model.Reply{reply}})
	}
	for _, r := range must(db.Replies(t.Context(), model.PageRequest{}))(t).Rows {
		if r.OptOut != want[r.Text] {
			t.Errorf("%s: opt-out %q, want %q", r.VendorID, r.OptOut, want[r.Text])
		}
	}
	if n := one[int](t, db, `SELECT count(*) FROM reply`); n != 6 {
		t.Errorf("%d replies", n)
	}
}

func TestAKnownReplyIsNotReadForAnOptOutAgain(t *testing.T) {
	t.Parallel()
	db := open(t)
	seedAccounts(t, db)
	reply := model.Reply{VendorID: "r1", Phone: first, Text: "СТОП", OptOut: "what the vendor says",
		ReceivedAt: start()}
	for _, fresh := range []int{1, 0} {
		if n := must(db.SaveReplies(t.Context(), "minsk", []model.Reply{reply}, start()))(t); n != fresh {
			t.Errorf("%d new replies, want %d", n, fresh)
		}
		reply.OptOut = ""
	}
	if got := one[string](t, db, `SELECT optout FROM reply`); got != "what the vendor says" {
		t.Errorf("opt-out %q", got)
	}
}
