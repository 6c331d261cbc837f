package cache

import (
	"slices"
	"testing"
	"time"

	"viberdeck/model"
)

func TestNewsSayWhatEndedStoppedAndArrivedSinceAndNothingOlder(t *testing.T) {
	t.Parallel()
	db, clock := openClocked(t)
	seedAccounts(t, db)
	end := func(key string, state model.BatchState) {
		id := submit(t, db, key, plan(2), 0)
		record1(t, db, model.Outcome{Batch: claim(t, db, id, 2, 1)[0].ID, State: state, Err: model.Data("why"),
			At: clock.Now()})
	}
	end("before", model.BatchAccepted)
	seedReply(t, db, 1, firstPhone, "old", 0)
	clock.Advance(time.Minute)
	since := clock.Now()
	if n := must(db.News(t.Context(), "anna", since, patient()))(t); n.Any() {
		t.Errorf("nothing has happened yet: %+v", n)
	}
	clock.Advance(time.Minute)
	end("sent", model.BatchAccepted)
	end("failed", model.BatchRefused)
	end("unknown", model.BatchUnknown)
	paused := submit(t, db, "paused", plan(1), time.Hour)
	if err := db.Pause(t.Context(), "boris", paused); err != nil {
		t.Fatal(err)
	}
	mine := submit(t, db, "mine", plan(1), time.Hour)
	if err := db.Pause(t.Context(), "anna", mine); err != nil {
		t.Fatal(err)
	}
	if _, err := db.Submit(t.Context(), "boris", "approve", plan(3), 0, 2); err != nil {
		t.Fatal(err)
	}
	seedReply(t, db, 2, firstPhone, "new", 2)
	seedReply(t, db, 3, firstPhone, "newer", 2)
	if _, err := db.SetReplyState(t.Context(), "boris", []model.ReplyID{3}, model.ReplyDone, time.Time{}); err != nil {
		t.Fatal(err)
	}
	n := must(db.News(t.Context(), "anna", since, patient()))(t)
	if n.Sent != 1 || n.Failed != 1 || n.Unknown != 1 || n.Paused != 1 || n.Approvals != 1 || n.Replies != 2 ||
		n.OpenReplies != 1 {
		t.Errorf("got %+v", n)
	}
	if !slices.Equal(n.Troubled, []string{"Autumn sale", "Autumn sale"}) {
		t.Errorf("in trouble: %q", n.Troubled)
	}
}

func TestATestSendIsNotNews(t *testing.T) {
	t.Parallel()
	db, clock := openClocked(t)
	seedAccounts(t, db)
	since := clock.Now()
	clock.Advance(time.Minute)
	for key, state := range map[string]model.BatchState{"a": model.BatchAccepted, "b": model.BatchRefused} {
		p := plan(2)
		p.Test = true
		id := submit(t, db, key, p, 0)
		record1(t, db, model.Outcome{Batch: claim(t, db, id, 2, 1)[0].ID, State: state, Err: model.Data("why"),
			At: clock.Now()})
	}
	if n := must(db.News(t.Context(), "anna", since, patient()))(t); n.Any() {
		t.Errorf("%+v", n)
	}
	if health := must(db.SenderHealth(t.Context(), since.Add(-time.Hour)))(t); len(health) > 0 {
		t.Errorf("the health of senders counts a test: %+v", health)
	}
}

// patient is how long people may wait by default.
func patient() model.Patience { return model.Config{}.Patience() }

func TestNewsSayWhatColleaguesDidWithTheRepliesAndWhatHasBecomeLate(t *testing.T) {
	t.Parallel()
	db, clock := openClocked(t)
	seedAccounts(t, db)
	ctx := t.Context()
	for i := 1; i <= 8; i++ {
		seedReply(t, db, i, firstPhone+model.Phone(i), "hello", 0)
	}
	done := func(who string, ids ...model.ReplyID) {
		t.Helper()
		if _, err := db.SetReplyState(ctx, who, ids, model.ReplyDone, time.Time{}); err != nil {
			t.Fatal(err)
		}
	}
	claim := func(who, session string, id model.ReplyID) {
		t.Helper()
		if err := db.Present(ctx, session, who, 0); err != nil {
			t.Fatal(err)
		}
		must(db.Claim(ctx, who, session, []model.ReplyID{id}))(t)
	}
	done("boris", 1)
	claim("boris", "s0", 8)
	clock.Advance(time.Minute)
	since := clock.Now()
	clock.Advance(time.Minute)
	done("boris", 2, 3)
	done("anna", 4)
	if err := db.OptOut(ctx, "boris", []model.ReplyID{5}); err != nil {
		t.Fatal(err)
	}
	must(db.Submit(ctx, "vera", "answer", answerPlan(6, "soon"), 0, 0))(t)
	claim("boris", "s1", 7)
	n := must(db.News(ctx, "anna", since, patient()))(t)
	want := []model.Deeds{{Operator: "boris", Done: 2, Blocked: 1, Claimed: 1}, {Operator: "vera", Answered: 1}}
	if !slices.Equal(n.Deeds, want) || n.Late != 0 {
		t.Errorf("got %+v, late %d; want %+v", n.Deeds, n.Late, want)
	}
	late := must(db.News(ctx, "anna", since, model.Patience{Late: 90 * time.Second}))(t)
	if late.Late != 2 || late.NewlyLate != 2 || !late.Any() {
		t.Errorf("got %d late, %d of them since; replies 7 and 8 are open", late.Late, late.NewlyLate)
	}
	if old := must(db.News(ctx, "anna", since, model.Patience{Late: 10 * time.Second}))(t); old.NewlyLate != 0 {
		t.Errorf("%d are said to be late since then; they were late before", old.NewlyLate)
	}
}
