package storetest

import (
	"slices"
	"sync"
	"testing"
	"time"

	"viberdeck/model"
)

// claiming lists what holds for messages that leave, each of them once.
func claiming() []sentence {
	return []sentence{
		{"ASubmittedCampaignLeavesOnceInBatches", aSubmittedCampaignLeavesOnceInBatches},
		{"ASubmitRepeatedWithItsKeyStoresNothing", aSubmitRepeatedWithItsKeyStoresNothing},
		{"AHeldCampaignWaitsForItsRecallWindow", aHeldCampaignWaitsForItsRecallWindow},
		{"TheEndOfTheProgramBetweenClaimAndOutcomeLeavesUnknown",
			theEndOfTheProgramBetweenClaimAndOutcomeLeavesUnknown},
		{"TheBrakeStopsClaimsInEveryProcessAndOutlivesThem", theBrakeStopsClaimsInEveryProcessAndOutlivesThem},
		{"ConcurrentClaimsNeverGiveOnePersonToTwoBatches", concurrentClaimsNeverGiveOnePersonToTwoBatches},
		{"AListLeavesAsOneBatch", aListLeavesAsOneBatch},
		{"AcceptedForLaterIsScheduledUntilItsTime", acceptedForLaterIsScheduledUntilItsTime},
		{"ACampaignWhoseTimeHasLongPassedAsksAPerson", aCampaignWhoseTimeHasLongPassedAsksAPerson},
		{"TheOverviewTellsWhatIsOnlyHeldFromWhatLeaves", theOverviewDistinguishesWhatIsOnlyHeldFromWhatLeaves},
	}
}

func aSubmittedCampaignLeavesOnceInBatches(t *testing.T, place *place) {
	db := place.open()
	p := Plan(5)
	all := Audience(5)
	slices.Reverse(all)
	all[0].Vars = map[string]string{"name": "Anna"}
	p.People = model.PeopleOf(all...)
	id := Submit(t, db, "k1", p, 0)
	due, err := db.DueCampaigns(t.Context(), "minsk", Start())
	if err != nil || len(due) != 1 || due[0].ID != id || due[0].Message.Text != "Скидка 20 %" ||
		due[0].Vendor != model.SMSBy {
		t.Fatalf("due: %+v, %v", due, err)
	}
	batches := claim(t, db, id, 2, 2)
	if len(batches) != 2 || batches[0].Number != 1 || batches[1].Number != 2 ||
		batches[0].Attempt == batches[1].Attempt {
		t.Fatalf("batches: %+v", batches)
	}
	if got := batches[0]; got.Campaign.Name != "Autumn sale" || got.State != model.BatchClaimed ||
		!got.ClaimedAt.Equal(Start()) || got.Size != 2 {
		t.Errorf("batch: %+v", got)
	}
	rest := claim(t, db, id, 2, 2)
	left := Phones(append(batches, rest...))
	if slices.Reverse(left); len(left) != 5 || !slices.IsSorted(left) {
		t.Fatalf("claimed %v, want the order in which they were given", left)
	}
	if vars := batches[0].People[0].Vars; vars["name"] != "Anna" {
		t.Errorf("columns of the first person: %v", vars)
	}
	if again := claim(t, db, id, 2, 2); again != nil {
		t.Fatalf("claimed twice: %v", again)
	}
	WantState(t, db, id, model.CampaignSending)
	Record(t, db, Outcomes(append(batches, rest...), model.BatchAccepted, "")...)
	WantState(t, db, id, model.CampaignSent)
	if p := Progress(t, db, id); p.Total != 5 || p.Accepted != 5 || !p.Done() {
		t.Errorf("progress: %+v", p)
	}
}

func aSubmitRepeatedWithItsKeyStoresNothing(t *testing.T, place *place) {
	db := place.open()
	if first, second := Submit(t, db, "k1", Plan(3), 0), Submit(t, db, "k1", Plan(3), 0); first != second {
		t.Errorf("two campaigns: %s and %s", first, second)
	}
	if first, other := Submit(t, db, "k1", Plan(3), 0), Submit(t, db, "k2", Plan(3), 0); first == other {
		t.Error("another key gave the same campaign")
	}
	if _, err := db.Submit(t.Context(), "anna", "", Plan(1), 0, 0); model.KindOf(err) != model.KindInvalid {
		t.Errorf("without a key: %v", err)
	}
}

func aHeldCampaignWaitsForItsRecallWindow(t *testing.T, place *place) {
	db := place.open()
	id := Submit(t, db, "k1", Plan(3), 10*time.Second)
	WantState(t, db, id, model.CampaignHeld)
	if at, ok, err := db.NextDue(t.Context(), Start()); err != nil || !ok || !at.Equal(Start().Add(10*time.Second)) {
		t.Errorf("next due %v %v %v", at, ok, err)
	}
	if got := claim(t, db, id, 10, 1); got != nil {
		t.Fatalf("claimed from a held campaign: %v", got)
	}
	if due, err := db.DueCampaigns(t.Context(), "minsk", Start().Add(9*time.Second)); err != nil || len(due) != 0 {
		t.Fatalf("due too early: %v %v", due, err)
	}
	if due, err := db.DueCampaigns(t.Context(), "minsk", Start().Add(10*time.Second)); err != nil || len(due) != 1 {
		t.Fatalf("not due: %v %v", due, err)
	}
	if got := Phones(claimAt(t, db, id, 10, 1, Start().Add(10*time.Second))); len(got) != 3 {
		t.Fatalf("claimed %v", got)
	}
}

func theEndOfTheProgramBetweenClaimAndOutcomeLeavesUnknown(t *testing.T, place *place) {
	first := place.open()
	id := Submit(t, first, "k1", Plan(5), 0)
	batch := claim(t, first, id, 2, 1)[0]
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
	db := place.open()
	if n, err := db.RecoverClaims(t.Context(), Start()); err != nil || n != 1 {
		t.Fatalf("recovered %d, %v", n, err)
	}
	if n, err := db.RecoverClaims(t.Context(), Start()); err != nil || n != 0 {
		t.Fatalf("recovered %d again, %v", n, err)
	}
	unknown, err := db.UnknownBatches(t.Context(), "minsk")
	if err != nil || len(unknown) != 1 || unknown[0].ID != batch.ID || unknown[0].Attempt != batch.Attempt ||
		len(unknown[0].People) != 2 {
		t.Fatalf("unknown: %+v, %v", unknown, err)
	}
	if unknown[0].Err.String() != "the program ended before the answer came" {
		t.Errorf("the reason is %q", unknown[0].Err)
	}
	rest := claim(t, db, id, 2, 9)
	if got := Phones(rest); len(got) != 3 || slices.Contains(got, batch.People[0].Phone) {
		t.Fatalf("claimed %v after the crash", got)
	}
	Record(t, db, Outcomes(rest, model.BatchAccepted, "")...)
	WantState(t, db, id, model.CampaignUnknown)
	if p := Progress(t, db, id); p.Unknown != 2 || p.Accepted != 3 || p.Total != 5 {
		t.Errorf("progress: %+v", p)
	}
}

func theBrakeStopsClaimsInEveryProcessAndOutlivesThem(t *testing.T, place *place) {
	here, there := place.open(), place.open()
	id := Submit(t, here, "k1", Plan(2), 0)
	if err := there.SetBrake(t.Context(), "boris", model.On, "wrong text"); err != nil {
		t.Fatal(err)
	}
	if err := there.Close(); err != nil {
		t.Fatal(err)
	}
	for _, db := range []*opened{here, place.open()} {
		if got := claim(t, db, id, 10, 1); got != nil {
			t.Fatalf("claimed %v", got)
		}
		if due, err := db.DueCampaigns(t.Context(), "minsk", Start()); err != nil || due != nil {
			t.Fatalf("due %v %v", due, err)
		}
		if _, ok, err := db.NextDue(t.Context(), Start()); err != nil || ok {
			t.Fatalf("something becomes due: %v %v", ok, err)
		}
	}
	if err := here.SetBrake(t.Context(), "boris", model.Off, ""); err != nil {
		t.Fatal(err)
	}
	if got := claim(t, here, id, 10, 1); len(got) != 1 {
		t.Fatalf("claimed %v", got)
	}
}

func concurrentClaimsNeverGiveOnePersonToTwoBatches(t *testing.T, place *place) {
	const people = 1000
	handles := []*opened{place.open(), place.open()}
	id := Submit(t, handles[0], "k1", Plan(people), 0)
	var mu sync.Mutex
	times := map[model.Phone]int{}
	var wg sync.WaitGroup
	for worker := range 6 {
		wg.Go(func() {
			for {
				batches := claimAt(t, handles[worker%2], id, 17, 3, Start())
				if len(batches) == 0 {
					return
				}
				mu.Lock()
				for _, p := range Phones(batches) {
					times[p]++
				}
				mu.Unlock()
			}
		})
	}
	wg.Wait()
	for p, n := range times {
		if n != 1 {
			t.Errorf("%v was claimed %d times", p, n)
		}
	}
	if len(times) != people {
		t.Errorf("%d people were claimed, want %d", len(times), people)
	}
}

func aListLeavesAsOneBatch(t *testing.T, place *place) {
	for state, want := range map[model.BatchState]model.CampaignState{model.BatchAccepted: model.CampaignSent,
		model.BatchRefused: model.CampaignFailed, model.BatchUnknown: model.CampaignUnknown,
		model.BatchQueued: model.CampaignQueued} {
		for _, size := range []model.Figure{{}, model.Known(120)} {
			db := place.another(t).open()
			p := Plan(0)
			p.Campaign.List, p.Recipients, p.Campaign.VendorID = "clients", size, "m5"
			id := Submit(t, db, "k1", p, 0)
			if got := Progress(t, db, id); got.Waiting != size.N || got.Total != size.N {
				t.Errorf("progress before: %+v", got)
			}
			batches := claim(t, db, id, 100, 10)
			if len(batches) != 1 || len(batches[0].People) != 0 || batches[0].Size != int(size.N) ||
				batches[0].Campaign.VendorID != "m5" {
				t.Fatalf("batches: %+v", batches)
			}
			if again := claim(t, db, id, 100, 10); again != nil {
				t.Fatalf("claimed twice: %v", again)
			}
			Record(t, db, Outcomes(batches, state, "")...)
			WantState(t, db, id, want)
		}
	}
}

func acceptedForLaterIsScheduledUntilItsTime(t *testing.T, place *place) {
	db := place.open()
	p := Plan(2)
	p.Campaign.SendAt = Start().Add(time.Hour)
	id := Submit(t, db, "k1", p, 0)
	Record(t, db, Outcomes(claim(t, db, id, 10, 1), model.BatchAccepted, "")...)
	WantState(t, db, id, model.CampaignScheduled)
	if at, ok, err := db.NextDue(t.Context(), Start()); err != nil || !ok || !at.Equal(p.Campaign.SendAt) {
		t.Errorf("next due %v %v %v", at, ok, err)
	}
	if due, err := db.DueCampaigns(t.Context(), "minsk", p.Campaign.SendAt); err != nil || due != nil {
		t.Errorf("due: %v %v", due, err)
	}
	WantState(t, db, id, model.CampaignSent)
}

func aCampaignWhoseTimeHasLongPassedAsksAPerson(t *testing.T, place *place) {
	db := place.open()
	p := Plan(2)
	p.Campaign.SendAt = Start().Add(time.Hour)
	id := Submit(t, db, "k1", p, 0)
	if got := claimAt(t, db, id, 10, 1, Start().Add(3*time.Hour)); len(got) != 0 {
		t.Fatalf("claimed: %v", got)
	}
	if due, err := db.DueCampaigns(t.Context(), "minsk", Start().Add(3*time.Hour)); err != nil || due != nil {
		t.Fatalf("due: %v %v", due, err)
	}
	WantState(t, db, id, model.CampaignPaused)
	place.clock.Set(Start().Add(3 * time.Hour))
	if err := db.Resume(t.Context(), "anna", id); err != nil {
		t.Fatal(err)
	}
	if got := claim(t, db, id, 10, 1); len(got) != 1 || !got[0].Campaign.SendAt.IsZero() {
		t.Errorf("claimed %+v", got)
	}
}

func theOverviewDistinguishesWhatIsOnlyHeldFromWhatLeaves(t *testing.T, place *place) {
	db := place.open()
	Submit(t, db, "held", Plan(3), time.Hour)
	if o := must(db.Overview(t.Context(), "anna"))(t); o.Sending != 1 || o.Held != 1 {
		t.Errorf("held: %d of %d", o.Held, o.Sending)
	}
	Submit(t, db, "leaves", Plan(2), 0)
	if o := must(db.Overview(t.Context(), "anna"))(t); o.Sending != 2 || o.Held != 1 {
		t.Errorf("held: %d of %d", o.Held, o.Sending)
	}
}
