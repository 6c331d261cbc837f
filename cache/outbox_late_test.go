package cache

import (
	"testing"
	"time"

	"viberdeck/cache/storetest"
	"viberdeck/model"
)

// paused is why a campaign waits for a person.
func TestWhatShouldHaveLeftLongAgoAsksBeforeItLeaves(t *testing.T) {
	t.Parallel()
	db := open(t)
	id := submit(t, db, "k1", plan(3), 10*time.Second)
	back := start().Add(72 * time.Hour) // the engine did not run for three days
	if _, err := db.DueCampaigns(t.Context(), "minsk", back); err != nil {
		t.Fatal(err)
	}
	if got := claimAt(t, db, id, 10, 9, back); len(got) != 0 {
		t.Fatalf("it left three days late: %+v", got)
	}
	storetest.WantPaused(t, db, id, "it should have left at 2026-03-02 09:00 UTC")
	db.now = func() time.Time { return back }
	if err := db.Resume(t.Context(), "boris", id); err != nil {
		t.Fatal(err)
	}
	if got := claimAt(t, db, id, 10, 9, back); len(phonesOf(got)) != 3 {
		t.Errorf("resumed, it left to %+v", got)
	}
}

func TestWhatWasInterruptedForLongAsksBeforeItGoesOn(t *testing.T) {
	t.Parallel()
	db := open(t)
	id := submit(t, db, "k1", plan(4), 0)
	claimAt(t, db, id, 1, 1, start().Add(time.Minute))
	if got := claimAt(t, db, id, 1, 1, start().Add(10*time.Minute)); len(got) != 1 {
		t.Fatal("an interruption of nine minutes stopped it")
	}
	if got := claimAt(t, db, id, 1, 1, start().Add(26*time.Minute)); len(got) != 0 {
		t.Fatalf("it went on by itself: %+v", got)
	}
	storetest.WantPaused(t, db, id, "it was interrupted at 2026-03-02 09:10 UTC")
}

func TestWhatWaitsBehindOthersIsNotLate(t *testing.T) {
	t.Parallel()
	db := open(t)
	first, second := submit(t, db, "k1", plan(9), 0), submit(t, db, "k2", plan(9), 0)
	for minute := range 6 {
		claimAt(t, db, first, 1, 1, start().Add(time.Duration(minute)*10*time.Minute))
	}
	if got := claimAt(t, db, second, 1, 1, start().Add(51*time.Minute)); len(got) != 1 {
		t.Errorf("it is %+v", progress(t, db, second))
	}
}

func TestWhatTheBrakeKeptHereIsNotLateWhenItIsTakenOff(t *testing.T) {
	t.Parallel()
	db := open(t)
	id := submit(t, db, "k1", plan(3), 0)
	if err := db.SetBrake(t.Context(), "anna", model.On, ""); err != nil {
		t.Fatal(err)
	}
	later := start().Add(3 * time.Hour)
	db.now = func() time.Time { return later }
	if err := db.SetBrake(t.Context(), "anna", model.Off, ""); err != nil {
		t.Fatal(err)
	}
	if got := claimAt(t, db, id, 10, 9, later.Add(time.Minute)); len(got) != 1 {
		t.Errorf("it is %+v", progress(t, db, id))
	}
}

func TestAScheduledCampaignStaysHereUntilShortlyBeforeItsTime(t *testing.T) {
	t.Parallel()
	db := open(t)
	p := plan(3)
	p.Campaign.SendAt = start().Add(24 * time.Hour)
	p.Campaign.LeaveAt = p.Campaign.SendAt.Add(-5 * time.Minute)
	id := submit(t, db, "k1", p, 10*time.Second)
	due := func(at time.Time) int {
		t.Helper()
		all, err := db.DueCampaigns(t.Context(), "minsk", at)
		if err != nil {
			t.Fatal(err)
		}
		return len(all)
	}
	if n := due(start().Add(time.Minute)); n != 0 {
		t.Fatal("it is due at once")
	}
	wantState(t, db, id, model.CampaignScheduled)
	if at, ok, err := db.NextDue(t.Context(), start().Add(time.Minute)); err != nil || !ok ||
		!at.Equal(p.Campaign.LeaveAt) {
		t.Errorf("next due %v %v %v", at, ok, err)
	}
	if got := claimAt(t, db, id, 10, 9, start().Add(time.Hour)); len(got) != 0 {
		t.Fatalf("it left a day early: %+v", got)
	}
	if _, err := db.Block(t.Context(), "anna", []model.Phone{firstPhone}, "asked", nil,
		model.SourceOperator); err != nil {
		t.Fatal(err)
	}
	if err := db.Pause(t.Context(), "anna", id); err != nil {
		t.Fatal(err)
	}
	db.now = func() time.Time { return start().Add(time.Minute) }
	if err := db.Resume(t.Context(), "anna", id); err != nil {
		t.Fatal(err)
	}
	wantState(t, db, id, model.CampaignScheduled)
	if n := due(p.Campaign.LeaveAt); n != 1 {
		t.Fatalf("it is not due: %+v", progress(t, db, id))
	}
	got := claimAt(t, db, id, 10, 9, p.Campaign.LeaveAt)
	if len(phonesOf(got)) != 2 || !got[0].Campaign.SendAt.Equal(p.Campaign.SendAt) {
		t.Errorf("claimed %+v", got)
	}
}

func TestAScheduledCampaignThatWaitsHereCanBeRecalled(t *testing.T) {
	t.Parallel()
	db := open(t)
	p := plan(3)
	p.Campaign.SendAt = start().Add(24 * time.Hour)
	p.Campaign.LeaveAt = p.Campaign.SendAt.Add(-5 * time.Minute)
	id := submit(t, db, "k1", p, 0)
	if _, err := db.DueCampaigns(t.Context(), "minsk", start()); err != nil {
		t.Fatal(err)
	}
	if err := db.Recall(t.Context(), "anna", id); err != nil {
		t.Fatal(err)
	}
	wantState(t, db, id, model.CampaignCancelled)
}
