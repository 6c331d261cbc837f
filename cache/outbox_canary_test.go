package cache

import (
	"testing"
	"time"

	"viberdeck/model"
)

// canaryPlan has 2 of n people go first, of whom at most a fifth may fail within ten minutes.
func canaryPlan(n int) model.Plan {
	p := plan(n)
	p.Campaign.Canary = model.Canary{People: 2, Limit: 0.2, Wait: 10 * time.Minute}
	return p
}

func TestTheRestLeavesOnlyWhenTheFirstHaveFaredWell(t *testing.T) {
	t.Parallel()
	db := open(t)
	id := submit(t, db, "k1", canaryPlan(10), 0)
	first := claimAt(t, db, id, 5, 9, start())
	if len(first) != 1 || len(first[0].People) != 2 {
		t.Fatalf("first left %d", len(phonesOf(first)))
	}
	if got := claimAt(t, db, id, 5, 9, start().Add(time.Minute)); len(got) != 0 {
		t.Fatalf("others left while the first were on their way: %+v", got)
	}
	record1(t, db, outcome(first, model.BatchAccepted, "")...)
	if got := claimAt(t, db, id, 5, 9, start().Add(9*time.Minute)); len(got) != 0 {
		t.Fatalf("others left before the first were judged: %+v", got)
	}
	if at, ok, err := db.NextDue(t.Context(), start().Add(time.Minute)); err != nil || !ok ||
		!at.Equal(start().Add(10*time.Minute)) {
		t.Errorf("next due %v %v %v", at, ok, err)
	}
	if got := claimAt(t, db, id, 5, 9, start().Add(10*time.Minute)); len(phonesOf(got)) != 8 {
		t.Errorf("the rest: %d", len(phonesOf(got)))
	}
}

func TestTheRestAsksWhenTooManyOfTheFirstFailed(t *testing.T) {
	t.Parallel()
	db := open(t)
	id := submit(t, db, "k1", canaryPlan(10), 0)
	first := claimAt(t, db, id, 5, 9, start())
	o := outcome(first, model.BatchAccepted, "")
	o[0].People = []model.Recipient{{Phone: firstPhone, Status: model.StatusRejected,
		Reason: model.Data("not a Viber user")}}
	record1(t, db, o...)
	claimAt(t, db, id, 5, 9, start())
	later := start().Add(10 * time.Minute)
	if got := claimAt(t, db, id, 5, 9, later); len(got) != 0 {
		t.Fatalf("the rest left: %+v", got)
	}
	pausedFor(t, db, id, "refused or not reached: 1 of the first 2 people (50 %, the limit is 20 %)")
	if err := db.Resume(t.Context(), "anna", id); err != nil {
		t.Fatal(err)
	}
	if got := claimAt(t, db, id, 5, 9, later); len(phonesOf(got)) != 8 {
		t.Errorf("resumed, %d left", len(phonesOf(got)))
	}
}

func TestNobodyGoesFirstInASmallCampaign(t *testing.T) {
	t.Parallel()
	db := open(t)
	id := submit(t, db, "k1", canaryPlan(2), 0)
	if got := claimAt(t, db, id, 1, 9, start()); len(got) != 2 {
		t.Errorf("%d left", len(got))
	}
}
