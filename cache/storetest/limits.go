package storetest

import (
	"fmt"
	"testing"
	"time"

	"viberdeck/model"
)

// limiting lists what holds for canaries, caps and paces.
func limiting() []sentence {
	return []sentence{
		{"TheRestLeavesOnlyWhenTheFirstHaveFaredWell", theRestLeavesOnlyWhenTheFirstHaveFaredWell},
		{"TheRestAsksWhenTooManyOfTheFirstFailed", theRestAsksWhenTooManyOfTheFirstFailed},
		{"TheFirstAreJudgedOnlyByWhatWasReadOfThemSince", theFirstAreJudgedOnlyByWhatWasReadOfThemSince},
		{"NobodyGoesFirstInASmallCampaign", nobodyGoesFirstInASmallCampaign},
		{"TheDailyCapHoldsWhenTwoCampaignsWerePlannedAtOnce", theDailyCapHoldsWhenTwoCampaignsWerePlannedAtOnce},
		{"ABatchLargerThanTheDailyCapIsNotClaimed", aBatchLargerThanTheDailyCapIsNotClaimed},
		{"RefusedPeopleAndGivenBackBatchesDoNotCountForTheDailyCap",
			refusedPeopleAndGivenBackBatchesDoNotCountForTheDailyCap},
		{"ACampaignIsSpreadOverItsStretchWhereTheVendorCannot", aCampaignIsSpreadOverItsStretchWhereTheVendorCannot},
		{"ABatchThatIsPacedMayBegin", aBatchThatIsPacedMayBegin},
	}
}

// canaryPlan lets 2 of n people go first, of whom at most a fifth may fail within ten minutes.
func canaryPlan(n int) model.Plan {
	p := Plan(n)
	p.Campaign.Canary = model.Canary{People: 2, Limit: 0.2, Wait: 10 * time.Minute}
	return p
}

func theRestLeavesOnlyWhenTheFirstHaveFaredWell(t *testing.T, place *place) {
	db := place.open()
	id := Submit(t, db, "k1", canaryPlan(10), 0)
	first := claimAt(t, db, id, 5, 9, Start())
	if len(first) != 1 || len(first[0].People) != 2 {
		t.Fatalf("first left %d", len(Phones(first)))
	}
	if got := claimAt(t, db, id, 5, 9, Start().Add(time.Minute)); len(got) != 0 {
		t.Fatalf("others left while the first were on their way: %+v", got)
	}
	Record(t, db, Outcomes(first, model.BatchAccepted, "")...)
	if got := claimAt(t, db, id, 5, 9, Start().Add(9*time.Minute)); len(got) != 0 {
		t.Fatalf("others left before the first were judged: %+v", got)
	}
	if at, ok, err := db.NextDue(t.Context(), Start().Add(time.Minute)); err != nil || !ok ||
		!at.Equal(Start().Add(10*time.Minute)) {
		t.Errorf("next due %v %v %v", at, ok, err)
	}
	if got := claimAt(t, db, id, 5, 9, Start().Add(10*time.Minute)); len(Phones(got)) != 8 {
		t.Errorf("the rest: %d", len(Phones(got)))
	}
}

func theRestAsksWhenTooManyOfTheFirstFailed(t *testing.T, place *place) {
	db := place.open()
	id := Submit(t, db, "k1", canaryPlan(10), 0)
	first := claimAt(t, db, id, 5, 9, Start())
	o := Outcomes(first, model.BatchAccepted, "")
	o[0].People = []model.Recipient{{Phone: FirstPhone, Status: model.StatusRejected,
		Reason: model.Data("not a Viber user")}}
	Record(t, db, o...)
	claimAt(t, db, id, 5, 9, Start())
	later := Start().Add(10 * time.Minute)
	if got := claimAt(t, db, id, 5, 9, later); len(got) != 0 {
		t.Fatalf("the rest left: %+v", got)
	}
	WantPaused(t, db, id, "refused or not reached: 1 of the first 2 people (50 %, the limit is 20 %)")
	if err := db.Resume(t.Context(), "anna", id); err != nil {
		t.Fatal(err)
	}
	if got := claimAt(t, db, id, 5, 9, later); len(Phones(got)) != 8 {
		t.Errorf("resumed, %d left", len(Phones(got)))
	}
}

func theFirstAreJudgedOnlyByWhatWasReadOfThemSince(t *testing.T, place *place) {
	db := place.open()
	for i, read := range []bool{true, false, false} {
		vendorID := fmt.Sprintf("v%d", i)
		id := Submit(t, db, vendorID, canaryPlan(10), 0)
		o := Outcomes(claimAt(t, db, id, 5, 9, Start()), model.BatchAccepted, "")
		o[0].VendorRef = vendorID
		if i < 2 { // the last has only a reference, which is not yet a campaign to ask about
			o[0].VendorIDs = []string{vendorID}
		}
		Record(t, db, o...)
		late := Start().Add(11 * time.Minute)
		if got := claimAt(t, db, id, 5, 9, late); len(got) != 0 {
			t.Fatalf("the rest left before anything was read of the first: %+v", got)
		}
		if read {
			if err := db.SavePolls(t.Context(), []model.Poll{
				{Account: "minsk", VendorID: vendorID, LastAt: late}}); err != nil {
				t.Fatal(err)
			}
			if got := claimAt(t, db, id, 5, 9, late.Add(time.Minute)); len(Phones(got)) != 8 {
				t.Errorf("the rest: %d", len(Phones(got)))
			}
			continue
		}
		if got := claimAt(t, db, id, 5, 9, Start().Add(26*time.Minute)); len(got) != 0 {
			t.Fatalf("the rest left unread: %+v", got)
		}
		WantPaused(t, db, id, "nothing was read of them at minsk")
	}
}

func nobodyGoesFirstInASmallCampaign(t *testing.T, place *place) {
	db := place.open()
	id := Submit(t, db, "k1", canaryPlan(2), 0)
	if got := claimAt(t, db, id, 1, 9, Start()); len(got) != 2 {
		t.Errorf("%d left", len(got))
	}
}

func claimCapped(t *testing.T, db *opened, id model.CampaignID, most int64, now time.Time) []model.Batch {
	t.Helper()
	return Claim(t, db, id, model.Claim{PerCall: 2, DailyCap: most}, 9, now)
}

func theDailyCapHoldsWhenTwoCampaignsWerePlannedAtOnce(t *testing.T, place *place) {
	db := place.open()
	first := Submit(t, db, "k1", Plan(3), 0)
	other := Plan(3)
	other.Campaign.Message.Text = "Another message"
	second := Submit(t, db, "k2", other, 0)
	if got := claimCapped(t, db, first, 5, Start()); len(Phones(got)) != 3 {
		t.Fatalf("the first took %+v", got)
	}
	if got := claimCapped(t, db, first, 5, Start()); len(got) != 0 ||
		Progress(t, db, first).State != model.CampaignSending {
		t.Errorf("nobody waits in the first: %+v, %s", got, Progress(t, db, first).State)
	}
	later := Start().Add(10 * time.Minute)
	if got := claimCapped(t, db, second, 5, later); len(Phones(got)) != 2 {
		t.Fatalf("5 people may be written to, and the second took %+v", got)
	}
	if got := claimCapped(t, db, second, 5, later); len(got) != 0 {
		t.Fatalf("beyond the cap %+v was taken", got)
	}
	p := Progress(t, db, second)
	want := "5 people were written to through minsk in 24 hours, and its daily cap is 5; resume it after " +
		Start().Add(24*time.Hour).UTC().Format("2006-01-02 15:04") + " UTC"
	if p.State != model.CampaignPaused || p.PauseCause.String() != want || p.Waiting != 1 {
		t.Fatalf("it is %+v", p)
	}
	place.clock.Set(Start().Add(24 * time.Hour))
	if err := db.Resume(t.Context(), "anna", second); err != nil {
		t.Fatal(err)
	}
	if got := claimCapped(t, db, second, 5, Start().Add(24*time.Hour)); len(Phones(got)) != 1 {
		t.Errorf("a day later the last one is taken: %+v", got)
	}
}

func aBatchLargerThanTheDailyCapIsNotClaimed(t *testing.T, place *place) {
	db := place.open()
	id := Submit(t, db, "k1", Plan(3), 0)
	if got := claimCapped(t, db, id, 1, Start()); len(got) != 0 {
		t.Fatalf("taken: %+v", got)
	}
	want := "2 people would leave at once, and the daily cap of minsk is 1; raise daily_cap in the configuration, " +
		"start viberdeck again and resume, or recall it"
	if p := Progress(t, db, id); p.State != model.CampaignPaused || p.PauseCause.String() != want {
		t.Errorf("it is %+v", p)
	}
	list := Plan(0)
	list.Campaign.List, list.Recipients = "7", model.Known(6)
	id = Submit(t, db, "k2", list, 0)
	if got := claimCapped(t, db, id, 5, Start()); len(got) != 0 || Progress(t, db, id).State != model.CampaignPaused {
		t.Errorf("a list of 6: %+v, %+v", got, Progress(t, db, id))
	}
}

func refusedPeopleAndGivenBackBatchesDoNotCountForTheDailyCap(t *testing.T, place *place) {
	db := place.open()
	id := Submit(t, db, "k1", Plan(4), 0)
	batches := claim(t, db, id, 2, 2)
	Record(t, db, model.Outcome{Batch: batches[0].ID, State: model.BatchRefused, Err: model.Data("no"), At: Start()})
	Record(t, db, model.Outcome{Batch: batches[1].ID, State: model.BatchQueued, At: Start()})
	if got := claimCapped(t, db, id, 2, Start().Add(time.Minute)); len(Phones(got)) != 2 {
		t.Errorf("taken: %+v, %+v", got, Progress(t, db, id))
	}
}

func aCampaignIsSpreadOverItsStretchWhereTheVendorCannot(t *testing.T, place *place) {
	db, clock := place.open(), place.clock
	p := Plan(6)
	p.Campaign.Stretch = time.Hour
	id := Submit(t, db, "k", p, 0)
	paced := model.Claim{PerCall: 100, Paced: true}
	for i := range 6 {
		if got := Claim(t, db, id, paced, 1, clock.Now()); len(got) != 1 || got[0].Size != 1 {
			t.Fatalf("step %d: %+v", i, got)
		}
		if i == 5 {
			break
		}
		if got := Claim(t, db, id, paced, 1, clock.Now()); len(got) != 0 {
			t.Fatalf("step %d: more left at once: %+v", i, got)
		}
		if due := must(db.DueCampaigns(t.Context(), "minsk", clock.Now()))(t); len(due) != 0 {
			t.Fatalf("step %d: it is due: %+v", i, due)
		}
		next, ok, err := db.NextDue(t.Context(), clock.Now())
		if err != nil || !ok || !next.Equal(clock.Now().Add(10*time.Minute)) {
			t.Fatalf("step %d: next %s, %v, %v", i, next, ok, err)
		}
		clock.Advance(10 * time.Minute)
	}
	whole := Submit(t, db, "other", Plan(3), 0)
	if got := Claim(t, db, whole, paced, 9, clock.Now()); len(got) != 1 || got[0].Size != 3 {
		t.Errorf("without a stretch: %+v", got)
	}
}

func aBatchThatIsPacedMayBegin(t *testing.T, place *place) {
	db, clock := place.open(), place.clock
	p := Plan(4)
	p.Campaign.Stretch = time.Hour
	id := Submit(t, db, "k", p, 0)
	got := Claim(t, db, id, model.Claim{PerCall: 100, Paced: true}, 1, clock.Now())
	done, why, err := db.Begin(t.Context(), got[0].ID, clock.Now())
	if err != nil || !why.IsZero() {
		t.Fatalf("%s, %v", why, err)
	}
	done()
}
