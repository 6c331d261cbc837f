package storetest

import (
	"context"
	"strings"
	"testing"
	"time"

	"viberdeck/model"
)

// stopping lists what holds for sends that a person stopped.
func stopping() []sentence {
	return []sentence{
		{"ALostCallIsNotMadeAgainByItselfLongAfterIt", aLostCallIsNotMadeAgainByItselfLongAfterIt},
		{"AStopAfterTheClaimKeepsTheRequestHere", aStopAfterTheClaimKeepsTheRequestHere},
		{"AStopWaitsForARequestThatHasBegun", aStopWaitsForARequestThatHasBegun},
		{"ABeginningThatNobodyEndsEndsWithItsContext", aBeginningThatIsNotEndedEndsWithItsContext},
		{"ACallWhoseAnswerWasLostIsNotRepeatedAfterAPauseOrARecall",
			aCallWhoseAnswerWasLostIsNotRepeatedAfterAPauseOrARecall},
		{"ACampaignWhoseLostCallsAreMadeAgainCanBePaused", aCampaignWhoseLostCallsAreMadeAgainCanBePaused},
	}
}

// stops are all the ways a person can keep a claimed batch here, each with the reason the gate then
// gives.
func stops(t *testing.T, b model.Batch) map[string]func(*opened) error {
	t.Helper()
	return map[string]func(*opened) error{
		"the brake is on": func(db *opened) error {
			return db.SetBrake(t.Context(), "anna", model.On, "a fire")
		},
		"the campaign is paused": func(db *opened) error { return db.Pause(t.Context(), "anna", b.Campaign.ID) },
		"1 of its people is on the blacklist": func(db *opened) error {
			_, err := db.Block(t.Context(), "anna", []model.Phone{b.People[1].Phone}, "asked", nil,
				model.SourceOperator)
			return err
		},
	}
}

func aStopAfterTheClaimKeepsTheRequestHere(t *testing.T, place *place) {
	for _, want := range []string{"the brake is on", "the campaign is paused", "1 of its people is on the blacklist"} {
		one := place.another(t)
		db, other := one.open(), one.open() // another process
		b := claim(t, db, Submit(t, db, "k1", Plan(5), 0), 3, 1)[0]
		if err := stops(t, b)[want](other); err != nil {
			t.Fatal(err)
		}
		done, why, err := db.Begin(t.Context(), b.ID, Start())
		if err != nil || done != nil || !strings.Contains(why.String(), want) {
			t.Errorf("%q, %v; want %q", why, err, want)
		}
	}
}

func aStopWaitsForARequestThatHasBegun(t *testing.T, place *place) {
	db, other := place.open(), place.open()
	b := claim(t, db, Submit(t, db, "k1", Plan(5), 0), 3, 1)[0]
	for want, stop := range stops(t, b) {
		done, why, err := db.Begin(t.Context(), b.ID, Start())
		if err != nil || why.String() != "" {
			t.Fatalf("%q, %v", why, err)
		}
		stopped := make(chan error, 1)
		go func() { stopped <- stop(other) }()
		select {
		case err := <-stopped:
			t.Errorf("%s: the stop returned (%v) while a request was being written", want, err)
		case <-time.After(30 * time.Millisecond):
			done()
			if err := <-stopped; err != nil {
				t.Fatal(err)
			}
		}
		if _, why, err := db.Begin(t.Context(), b.ID, Start()); err != nil || why.String() == "" {
			t.Errorf("%s: the next request begins after the stop: %v", want, err)
		}
		if err := other.SetBrake(t.Context(), "anna", model.Off, ""); err != nil {
			t.Fatal(err)
		}
		if p := Progress(t, db, b.Campaign.ID); p.State == model.CampaignPaused {
			if err := other.Resume(t.Context(), "anna", b.Campaign.ID); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := other.Unblock(t.Context(), "anna", []model.Phone{b.People[1].Phone}, "again", nil); err != nil {
			t.Fatal(err)
		}
	}
}

func aBeginningThatIsNotEndedEndsWithItsContext(t *testing.T, place *place) {
	db := place.open()
	b := claim(t, db, Submit(t, db, "k1", Plan(5), 0), 3, 1)[0]
	call, cancel := context.WithCancel(t.Context())
	if _, why, err := db.Begin(call, b.ID, Start()); err != nil || why.String() != "" {
		t.Fatalf("%q, %v", why, err)
	}
	cancel()
	if err := db.SetBrake(t.Context(), "anna", model.On, ""); err != nil {
		t.Error(err)
	}
}

func aCallWhoseAnswerWasLostIsNotRepeatedAfterAPauseOrARecall(t *testing.T, place *place) {
	db := place.open()
	id := Submit(t, db, "k1", Plan(3), 0)
	b, _, err := db.ClaimBatch(t.Context(), id, model.Claim{PerCall: 2, AskAgain: time.Hour}, Start())
	if err != nil {
		t.Fatal(err)
	}
	whole := Claim(t, db, Submit(t, db, "k2", Plan(2), 0), model.Claim{PerCall: 2, AskAgain: time.Hour}, 1, Start())[0]
	for _, c := range []model.CampaignID{id, whole.Campaign.ID} {
		if err := db.Pause(t.Context(), "anna", c); err != nil {
			t.Fatal(err)
		}
	}
	Record(t, db, Outcomes([]model.Batch{b, whole}, model.BatchUnknown, "no answer")...)
	begins := func(id model.BatchID, want string) {
		t.Helper()
		done, why, err := db.Begin(t.Context(), id, Start())
		if done != nil {
			done()
		}
		if err != nil || why.String() != want {
			t.Errorf("%s: %q, %v; want %q", id, why, err, want)
		}
	}
	begins(b.ID, "the campaign is paused")
	begins(whole.ID, "the campaign is paused")
	if err := db.Resume(t.Context(), "anna", whole.Campaign.ID); err != nil {
		t.Fatal(err)
	}
	begins(whole.ID, "")
	if err := db.Recall(t.Context(), "anna", id); err != nil {
		t.Fatal(err)
	}
	if p := Progress(t, db, id); p.State != model.CampaignUnknown || !p.AskedUntil.IsZero() {
		t.Errorf("recalled: %+v", p)
	}
	begins(b.ID, "the campaign was recalled")
}

func aLostCallIsNotMadeAgainByItselfLongAfterIt(t *testing.T, place *place) {
	db := place.open()
	asked := Claim(t, db, Submit(t, db, "k1", Plan(3), 0), model.Claim{PerCall: 3, AskAgain: time.Hour}, 1, Start())[0]
	never := claim(t, db, Submit(t, db, "k2", Plan(2), 0), 2, 1)[0]
	Record(t, db, Outcomes([]model.Batch{asked, never}, model.BatchUnknown, "no answer")...)
	for _, c := range []struct {
		batch  model.Batch
		after  time.Duration
		begins bool
	}{{asked, 59 * time.Minute, true}, {asked, 61 * time.Minute, false}, {asked, 72 * time.Hour, false},
		{never, time.Minute, false}} {
		done, why, err := db.Begin(t.Context(), c.batch.ID, Start().Add(c.after))
		if done != nil {
			done()
		}
		if err != nil || (done != nil) != c.begins || why.IsZero() != c.begins {
			t.Errorf("%s after %s: %q, %v; want it to begin: %v", c.batch.ID, c.after, why, err, c.begins)
		}
	}
}

func aCampaignWhoseLostCallsAreMadeAgainCanBePaused(t *testing.T, place *place) {
	db := place.open()
	b, _, err := db.ClaimBatch(t.Context(), Submit(t, db, "k1", Plan(3), 0),
		model.Claim{PerCall: 3, AskAgain: time.Hour}, Start())
	if err != nil {
		t.Fatal(err)
	}
	other := claim(t, db, Submit(t, db, "k2", Plan(2), 0), 2, 1)[0]
	Record(t, db, Outcomes([]model.Batch{b, other}, model.BatchUnknown, "no answer")...)
	WantConflict(t, db.Pause(t.Context(), "anna", other.Campaign.ID)) // it is not being sent
	if err := db.Pause(t.Context(), "anna", b.Campaign.ID); err != nil {
		t.Fatal(err)
	}
	if done, why, err := db.Begin(t.Context(), b.ID, Start()); err != nil || done != nil || why.IsZero() {
		t.Fatalf("the call is made again: %q, %v", why, err)
	}
	if err := db.Resolve(t.Context(), "anna", b.ID, model.ResolveDropped); err != nil {
		t.Errorf("what is not asked again cannot be resolved: %v", err)
	}
}
