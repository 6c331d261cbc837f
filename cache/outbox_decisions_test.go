package cache

import (
	"slices"
	"strings"
	"testing"
	"time"

	"viberdeck/cache/storetest"
	"viberdeck/model"
)

func TestRecallTakesBackEverybodyBeforeAnybodyLeft(t *testing.T) {
	t.Parallel()
	db := open(t)
	id := submit(t, db, "k1", plan(3), time.Minute)
	if err := db.Recall(t.Context(), "boris", id); err != nil {
		t.Fatal(err)
	}
	wantState(t, db, id, model.CampaignCancelled)
	if got, _ := statusOf(t, db, id, firstPhone); got != model.StatusHeld {
		t.Errorf("status %s", got)
	}
	if due, err := db.DueCampaigns(t.Context(), "minsk", start().Add(time.Hour)); err != nil || len(due) != 0 {
		t.Errorf("due %v, %v", due, err)
	}
	wantConflict(t, db.Recall(t.Context(), "boris", id))
	wantConflict(t, db.Pause(t.Context(), "boris", id))
	wantConflict(t, db.Resume(t.Context(), "boris", id))
}

func TestARecallWhileOthersAreUnderWayTakesTheRestBackAndNobodyMoreLeaves(t *testing.T) {
	t.Parallel()
	db := open(t)
	id := submit(t, db, "k1", plan(5), 0)
	batches := claim(t, db, id, 2, 1)
	if err := db.Recall(t.Context(), "anna", id); err != nil {
		t.Fatal(err)
	}
	if got := claim(t, db, id, 2, 1); got != nil {
		t.Fatalf("claimed from a recalled campaign: %v", got)
	}
	if p := progress(t, db, id); p.InFlight != 2 || p.Held != 3 || p.Waiting != 0 {
		t.Errorf("progress %+v", p)
	}
	record1(t, db, outcome(batches, model.BatchAccepted, "")...)
	wantState(t, db, id, model.CampaignPartlySent)
	if p := progress(t, db, id); p.Accepted != 2 || p.Held != 3 || p.Total != 5 {
		t.Errorf("progress %+v", p)
	}
	err := db.Recall(t.Context(), "anna", id)
	wantConflict(t, err)
	if !strings.Contains(err.Error(), "2 people are beyond recall") {
		t.Errorf("the error says %q", err)
	}
}

func TestAPausedCampaignIsRecalledWhileOthersAreUnderWay(t *testing.T) {
	t.Parallel()
	db := open(t)
	id := submit(t, db, "k1", plan(5), 0)
	batches := claim(t, db, id, 2, 1)
	if err := db.Pause(t.Context(), "anna", id); err != nil {
		t.Fatal(err)
	}
	if p := progress(t, db, id); p.State != model.CampaignPaused || p.PauseCause.String() != "paused by anna" {
		t.Errorf("progress %+v", p)
	}
	if got := claim(t, db, id, 2, 1); got != nil {
		t.Fatalf("claimed from a paused campaign: %v", got)
	}
	if err := db.Recall(t.Context(), "anna", id); err != nil {
		t.Fatal(err)
	}
	record1(t, db, outcome(batches, model.BatchAccepted, "")...)
	wantState(t, db, id, model.CampaignPartlySent)
	if p := progress(t, db, id); p.Accepted != 2 || p.Held != 3 || p.Total != 5 {
		t.Errorf("progress %+v", p)
	}
}

func TestARecalledCampaignTakesNobodyBackFromACallThatDidNotLeave(t *testing.T) {
	t.Parallel()
	db := open(t)
	id := submit(t, db, "k1", plan(5), 0)
	batches := claim(t, db, id, 2, 1)
	if err := db.Pause(t.Context(), "anna", id); err != nil {
		t.Fatal(err)
	}
	if err := db.Recall(t.Context(), "anna", id); err != nil {
		t.Fatal(err)
	}
	record1(t, db, outcome(batches, model.BatchQueued, "refused connection")...)
	wantState(t, db, id, model.CampaignCancelled)
	if p := progress(t, db, id); p.Held != 5 || p.Waiting != 0 {
		t.Errorf("progress %+v", p)
	}
}

func TestResumeSendsEachRemainingPersonOnce(t *testing.T) {
	t.Parallel()
	db := open(t)
	id := submit(t, db, "k1", plan(4), 0)
	first := claim(t, db, id, 2, 1)
	if err := db.PauseCampaign(t.Context(), id, model.Data("12 errors in a row: 401 at minsk"), start()); err != nil {
		t.Fatal(err)
	}
	record1(t, db, outcome(first, model.BatchAccepted, "")...)
	if p := progress(t, db, id); p.State != model.CampaignPaused ||
		p.PauseCause.String() != "12 errors in a row: 401 at minsk" {
		t.Errorf("progress %+v", p)
	}
	if err := db.Resume(t.Context(), "anna", id); err != nil {
		t.Fatal(err)
	}
	rest := claim(t, db, id, 2, 9)
	if got := phonesOf(rest); len(got) != 2 || got[0] != firstPhone+2 {
		t.Errorf("claimed %v", got)
	}
	record1(t, db, outcome(rest, model.BatchAccepted, "")...)
	wantState(t, db, id, model.CampaignSent)
}

func TestAPausedCampaignWithNobodyLeftToPauseIsOver(t *testing.T) {
	t.Parallel()
	db := open(t)
	id := submit(t, db, "k1", plan(2), 0)
	batches := claim(t, db, id, 1, 2)
	if err := db.Pause(t.Context(), "anna", id); err != nil {
		t.Fatal(err)
	}
	record1(t, db, outcome(batches[:1], model.BatchAccepted, "")...)
	wantState(t, db, id, model.CampaignPaused)
	record1(t, db, outcome(batches[1:], model.BatchAccepted, "")...)
	wantState(t, db, id, model.CampaignSent)
}

func TestAPauseInTheRecallWindowGoesBackIntoIt(t *testing.T) {
	t.Parallel()
	db := open(t)
	id := submit(t, db, "k1", plan(1), time.Minute)
	if err := db.Pause(t.Context(), "anna", id); err != nil {
		t.Fatal(err)
	}
	if err := db.Resume(t.Context(), "anna", id); err != nil {
		t.Fatal(err)
	}
	wantState(t, db, id, model.CampaignHeld)
}

func TestALargeCampaignNeedsASecondPerson(t *testing.T) {
	t.Parallel()
	db := open(t)
	id, err := db.Submit(t.Context(), "anna", "k1", plan(3), 10*time.Second, 2)
	if err != nil {
		t.Fatal(err)
	}
	wantState(t, db, id, model.CampaignNeedsApproval)
	if due, err := db.DueCampaigns(t.Context(), "minsk", start().Add(time.Hour)); err != nil || len(due) != 0 {
		t.Fatalf("due %v, %v", due, err)
	}
	if err := db.Approve(t.Context(), "anna", id); model.KindOf(err) != model.KindDenied {
		t.Fatalf("its maker approved it: %v", err)
	}
	db.now = func() time.Time { return start().Add(time.Hour) }
	if err := db.Approve(t.Context(), "boris", id); err != nil {
		t.Fatal(err)
	}
	if p := progress(t, db, id); p.State != model.CampaignHeld ||
		!p.HoldUntil.Equal(start().Add(time.Hour+10*time.Second)) {
		t.Errorf("progress %+v", p)
	}
	wantConflict(t, db.Approve(t.Context(), "boris", id))
	at := must(db.Submit(t.Context(), "anna", "at once", plan(3), 0, 2))(t)
	if err := db.Approve(t.Context(), "boris", at); err != nil {
		t.Fatal(err)
	}
	if p := progress(t, db, at); p.State != model.CampaignQueued || !p.HoldUntil.IsZero() {
		t.Errorf("without a recall window: %+v", p)
	}
	if small, err := db.Submit(t.Context(), "anna", "k2", plan(2), 0, 2); err != nil {
		t.Fatal(err)
	} else {
		wantState(t, db, small, model.CampaignQueued)
	}
}

func TestDecisionsAboutAVendorsOwnCampaignAreRefused(t *testing.T) {
	t.Parallel()
	db := open(t)
	saveCampaigns(t, db, "shop-ua", found("v1"))
	id := ref(t, db, "shop-ua", "v1").ID
	wantConflict(t, db.Pause(t.Context(), "anna", id))
	if err := db.Pause(t.Context(), "anna", 99); model.KindOf(err) != model.KindNotFound {
		t.Errorf("got %v", err)
	}
}

func TestEveryDecisionIsInTheLogOfWhoDidWhat(t *testing.T) {
	t.Parallel()
	db := open(t)
	id := submit(t, db, "k1", plan(3), time.Minute)
	for _, err := range []error{db.Pause(t.Context(), "boris", id), db.Resume(t.Context(), "clara", id),
		db.Recall(t.Context(), "anna", id)} {
		if err != nil {
			t.Fatal(err)
		}
	}
	got, err := db.Activities(t.Context(), id, 0)
	if err != nil || len(got) != 4 {
		t.Fatalf("%+v, %v", got, err)
	}
	for i, want := range []string{"anna recalled", "clara resumed", "boris paused", "anna submitted"} {
		if line := got[i].Operator + " " + got[i].Action; line != want || !got[i].At.Equal(start()) {
			t.Errorf("line %d is %q at %v, want %q", i, line, got[i].At, want)
		}
	}
}

func TestTheSameMessageToTheSamePeopleIsNoticed(t *testing.T) {
	t.Parallel()
	db := open(t)
	first := plan(5)
	first.Campaign.Account = "shop-ua"
	id := submit(t, db, "k1", first, 0)
	like := first.Campaign
	like.Message.Text = "скидка… 20%!! 👍"
	ask := func(since time.Time) (int64, []string) {
		t.Helper()
		n, names, err := db.Overlap(t.Context(), like,
			model.PeopleOf(model.Recipient{Phone: firstPhone + 3}, model.Recipient{Phone: firstPhone + 4},
				model.Recipient{Phone: firstPhone + 5}), since)
		if err != nil {
			t.Fatal(err)
		}
		return n, model.EarlierNames(names)
	}
	if n, names := ask(start().Add(-time.Hour)); n != 2 || len(names) != 1 || names[0] != "Autumn sale" {
		t.Errorf("%d people of %v", n, names)
	}
	if n, _, err := db.Overlap(t.Context(), model.Campaign{Message: model.Message{Text: "Скидка 21 %"}},
		model.PeopleOf(model.Recipient{Phone: firstPhone}),
		start()); err != nil ||
		n != 0 {
		t.Errorf("%d people of another message, %v", n, err)
	}
	record1(t, db, outcome(claim(t, db, id, 10, 1), model.BatchAccepted, "")...)
	if n, _ := ask(start().Add(time.Minute)); n != 0 {
		t.Errorf("%d people outside the window", n)
	}
	// The recalled people did not get it.
	second := submit(t, db, "k2", plan(9), time.Minute)
	if err := db.Recall(t.Context(), "anna", second); err != nil {
		t.Fatal(err)
	}
	if n, _ := ask(start().Add(-time.Hour)); n != 2 {
		t.Errorf("%d people", n)
	}
}

func TestBlockedPhonesAreNamedWithTheReason(t *testing.T) {
	t.Parallel()
	db := open(t)
	if err := db.Accounts(t.Context(), []model.Account{{Name: "minsk"}, {Name: "shop-ua"}}); err != nil {
		t.Fatal(err)
	}
	for _, b := range []struct {
		phone model.Phone
		only  []string
	}{{firstPhone, nil}, {firstPhone + 1, []string{"shop-ua"}}} {
		if _, err := db.Block(t.Context(), "anna", []model.Phone{b.phone}, "asked", b.only,
			model.SourceOperator); err != nil {
			t.Fatal(err)
		}
	}
	if err := db.SaveBlacklist(t.Context(), "shop-ua", []model.BlacklistEntry{{Phone: firstPhone + 2}},
		start()); err != nil {
		t.Fatal(err)
	}
	for _, n := range []int{4, 2 * askedOneByOne} {
		var phones []model.Phone
		for _, r := range audience(n) {
			phones = append(phones, r.Phone)
		}
		got, err := db.Blocked(t.Context(), "minsk", phones)
		if err != nil || len(got) != 2 || got[firstPhone] != "on our blacklist: asked" ||
			got[firstPhone+2] != "blocked at shop-ua" {
			t.Errorf("of %d phones: %v, %v", n, got, err)
		}
	}
	if got, err := db.Blocked(t.Context(), "minsk", nil); err != nil || len(got) != 0 {
		t.Errorf("of none: %v, %v", got, err)
	}
}

func TestTheDailyCapCountsThoseWhoWait(t *testing.T) {
	t.Parallel()
	db := open(t)
	id := submit(t, db, "k1", plan(5), 0)
	batches := claim(t, db, id, 3, 1)
	record1(t, db, model.Outcome{Batch: batches[0].ID, State: model.BatchAccepted, At: start(),
		People: []model.Recipient{{Phone: firstPhone, Status: model.StatusRejected}}})
	for since, want := range map[time.Duration]int64{-time.Hour: 4, time.Hour: 2} {
		if n, err := db.SentSince(t.Context(), "minsk", start().Add(since)); err != nil || n != want {
			t.Errorf("%d since %v, want %d, %v", n, since, want, err)
		}
	}
	if n, err := db.SentSince(t.Context(), "nobody", start()); err != nil || n != 0 {
		t.Errorf("%d, %v", n, err)
	}
}

func TestWhatScreensKeepIsPerOperator(t *testing.T) {
	t.Parallel()
	db := open(t)
	for _, v := range []string{"is:open", "is:unread"} {
		if err := db.SaveSetting(t.Context(), "anna", "replies.filter", v); err != nil {
			t.Fatal(err)
		}
	}
	if v, ok, err := db.Setting(t.Context(), "anna", "replies.filter"); err != nil || !ok || v != "is:unread" {
		t.Errorf("%q %v %v", v, ok, err)
	}
	if _, ok, err := db.Setting(t.Context(), "boris", "replies.filter"); err != nil || ok {
		t.Errorf("%v %v", ok, err)
	}
	if err := db.SaveSetting(t.Context(), "anna", "replies.filter", ""); err != nil {
		t.Fatal(err)
	}
	if _, ok, err := db.Setting(t.Context(), "anna", "replies.filter"); err != nil || ok {
		t.Errorf("%v %v", ok, err)
	}
}

func TestTheClaimsOfASessionThatIsGoneFallFree(t *testing.T) {
	t.Parallel()
	db := open(t)
	now := start()
	db.now = func() time.Time { return now }
	for i := range 2 {
		r := model.Reply{VendorID: string(rune('a' + i)), Phone: firstPhone, Text: "?", ReceivedAt: start()}
		if _, err := db.SaveReplies(t.Context(), "minsk", []model.Reply{r}, start()); err != nil {
			t.Fatal(err)
		}
	}
	for session, operator := range map[string]string{"s1": "anna", "s2": "boris"} {
		if err := db.Present(t.Context(), session, operator, 0); err != nil {
			t.Fatal(err)
		}
	}
	claims := func() int { return one[int](t, db, `SELECT count(*) FROM reply WHERE claimed_by <> ''`) }
	for id, who := range map[model.ReplyID][2]string{1: {"anna", "s1"}, 2: {"boris", "s2"}} {
		if _, err := db.Claim(t.Context(), who[0], who[1], []model.ReplyID{id}); err != nil {
			t.Fatal(err)
		}
	}
	if n := claims(); n != 2 {
		t.Fatalf("%d claims", n)
	}
	if err := db.Leave(t.Context(), "s2"); err != nil {
		t.Fatal(err)
	}
	if n := claims(); n != 1 {
		t.Errorf("%d claims after one left", n)
	}
	now = now.Add(31 * time.Second)
	if err := db.Present(t.Context(), "s3", "clara", 0); err != nil {
		t.Fatal(err)
	}
	if n := claims(); n != 0 {
		t.Errorf("%d claims after the other was not heard of", n)
	}
	storetest.Lead(t, db)
	if o, err := db.Overview(t.Context(), "anna"); err != nil || o.Engine.Life != model.EngineWorks ||
		len(o.Operators) != 1 || o.Operators[0] != "clara" {
		t.Errorf("overview %+v, %v", o, err)
	}
}

func TestWhoHasAReplyOpenIsSeenByTheOthersAtOnce(t *testing.T) {
	t.Parallel()
	db := open(t)
	now := start()
	db.now = func() time.Time { return now }
	ctx := t.Context()
	must(0, db.Present(ctx, "s1", "anna", 0))(t)
	must(0, db.Present(ctx, "s2", "boris", 0))(t)
	health := func() int64 { return one[int64](t, db, `SELECT version FROM topic WHERE name = 'health'`) }
	readers := func(want ...model.Reader) {
		t.Helper()
		o := must(db.Overview(ctx, "boris"))(t)
		if !slices.Equal(o.Readers, want) {
			t.Errorf("read by %v, want %v", o.Readers, want)
		}
	}
	before := health()
	must(0, db.Present(ctx, "s1", "anna", 7))(t)
	if health() == before {
		t.Error("nobody hears that a reply was opened")
	}
	before = health()
	must(0, db.Present(ctx, "s1", "anna", 7))(t)
	must(0, db.Present(ctx, "s2", "boris", 0))(t)
	if health() != before {
		t.Error("staying at a reply wakes the others")
	}
	must(0, db.Present(ctx, "s4", "boris", 9))(t) // another session of the same operator is not a colleague
	readers(model.Reader{Operator: "anna", Reply: 7})
	must(0, db.Leave(ctx, "s1"))(t)
	readers()
	must(0, db.Present(ctx, "s1", "anna", 7))(t)
	now = now.Add(31 * time.Second)
	readers()
}
