package cache

import (
	"strings"
	"testing"
	"time"

	"viberdeck/model"
)

func TestNothingComesOfAKeptCallbackUntilAPersonReleasesIt(t *testing.T) {
	t.Parallel()
	db := open(t)
	accepted(t, db, "k1", 1, "ref-1")
	events := map[int64]model.CallbackEvent{}
	for i := range 3 {
		e := reportedOne(model.Phone(firstPhone+7+i), "", model.StatusOptedOut)
		c := posted(t, db, string(rune('a'+i)), 0)
		must(db.ApplyCallback(t.Context(), c, e, start()))(t)
		events[c.ID] = e
	}
	kept := must(db.KeptCallbacks(t.Context(), nil, 0, 10))(t)
	if len(kept) != 3 || kept[0].Account != "minsk" || kept[0].Note == "" || string(kept[0].Body) != "a" {
		t.Fatalf("kept are %+v", kept)
	}
	if of := must(db.KeptCallbacks(t.Context(), []string{"shop"}, 0, 10))(t); len(of) != 0 {
		t.Errorf("of another account: %+v", of)
	}
	if n, err := db.DecideCallbacks(t.Context(), "anna", []int64{kept[0].ID, kept[0].ID},
		model.CallbackReleased); err != nil || n != 1 {
		t.Errorf("released %d, %v", n, err)
	}
	if n, err := db.DecideCallbacks(t.Context(), "anna", []int64{kept[0].ID, kept[1].ID},
		model.CallbackDropped); err != nil || n != 1 {
		t.Errorf("dropped %d, %v", n, err)
	}
	again := must(db.NextCallbacks(t.Context(), 10))(t)
	if len(again) != 1 || !again[0].Released || again[0].ID != kept[0].ID {
		t.Fatalf("to be read are %+v", again)
	}
	must(db.ApplyCallback(t.Context(), again[0], events[again[0].ID], start()))(t)
	blocked := must(db.Blacklist(t.Context(), model.PageRequest{}))(t).Rows
	if len(blocked) != 1 || blocked[0].Phone != firstPhone+7 {
		t.Errorf("blocked are %+v", blocked)
	}
	if left := must(db.KeptCallbacks(t.Context(), nil, 0, 10))(t); len(left) != 1 || left[0].ID != kept[2].ID {
		t.Errorf("left are %+v", left)
	}
	log := must(db.Activities(t.Context(), 0, 10))(t)
	text := ""
	for _, a := range log {
		text += a.Operator + " " + a.Action + " " + a.Detail.String() + "; "
	}
	if !strings.Contains(text, "anna released 1 kept callback") ||
		!strings.Contains(text, "anna dropped 1 kept callback") {
		t.Errorf("the log says %s", text)
	}
}

func TestEverythingThatNeedsAPersonIsInOneList(t *testing.T) {
	t.Parallel()
	db, clock := openClocked(t)
	seedAccounts(t, db)
	ctx := t.Context()
	needs := func() string {
		var kinds []string
		for _, n := range must(db.Attention(ctx, model.Config{}.Patience()))(t).Needs(func(model.Vendor) model.Limits {
			return model.Limits{ComplaintsBlock: 5}
		}) {
			kinds = append(kinds, string(n.Kind)+": "+n.Text.String())
		}
		return strings.Join(kinds, "\n")
	}
	if got := needs(); got != "" {
		t.Fatalf("in the beginning: %s", got)
	}
	check := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	sent := submit(t, db, "k1", plan(3), 0)
	b := claim(t, db, sent, 2, 1)[0]
	check(db.RecordOutcomes(ctx, []model.Outcome{{Batch: b.ID, State: model.BatchUnknown, At: clock.Now()}}))
	check(db.PauseCampaign(ctx, sent, model.Say("12 errors in a row"), clock.Now()))
	_, err := db.Submit(ctx, "anna", "k2", plan(5), time.Minute, 4)
	check(err)
	check(db.SetHealth(ctx, model.Health{Account: "shop", Error: model.Say("the credentials are refused")},
		clock.Now()))
	check(db.SetAlarm(ctx, "callbacks", model.Say("the port is taken"), clock.Now()))
	check(db.SetBrake(ctx, "anna", model.On, "a fire"))
	_, err = db.SaveReplies(ctx, "minsk", []model.Reply{{VendorID: "1", Phone: firstPhone, Text: "Yes",
		ReceivedAt: clock.Now()}}, clock.Now())
	check(err)
	must(db.ApplyCallback(ctx, posted(t, db, "a", 0), reportedOne(firstPhone+9, "", model.StatusOptedOut),
		clock.Now()))(t)
	clock.Advance(24*time.Hour + time.Minute)
	got := needs()
	for _, want := range []string{"brake: the brake is on: nothing is sent until somebody takes it off (anna: a fire)",
		"alarm: the port is taken", "unknown: ", "1 batch with 2 people may or may not have left",
		"is paused, 1 person waits: 12 errors in a row; resume or recall it",
		"for 5 people, made by anna, waits for a second person's approval",
		"account: shop is offline: the credentials are refused", "late: 1 reply has waited for longer than 24 hours",
		"callbacks: 1 callback waits of minsk", "paused: ", "approval: "} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is missing in\n%s", want, got)
		}
	}
}
