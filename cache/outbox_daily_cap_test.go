package cache

import (
	"testing"
	"time"

	"viberdeck/model"
)

func claimCapped(t *testing.T, db *DB, id model.CampaignID, most int64, now time.Time) []model.Batch {
	t.Helper()
	return claimAll(t, db, id, model.Claim{PerCall: 2, DailyCap: most}, 9, now)
}

func TestTheDailyCapHoldsWhenTwoCampaignsWerePlannedAtOnce(t *testing.T) {
	t.Parallel()
	db := open(t)
	first := submit(t, db, "k1", plan(3), 0)
	other := plan(3)
	other.Campaign.Message.Text = "Another message"
	second := submit(t, db, "k2", other, 0)
	if got := claimCapped(t, db, first, 5, start()); len(phonesOf(got)) != 3 {
		t.Fatalf("the first took %+v", got)
	}
	if got := claimCapped(t, db, first, 5, start()); len(got) != 0 ||
		progress(t, db, first).State != model.CampaignSending {
		t.Errorf("nobody waits in the first: %+v, %s", got, progress(t, db, first).State)
	}
	later := start().Add(10 * time.Minute)
	if got := claimCapped(t, db, second, 5, later); len(phonesOf(got)) != 2 {
		t.Fatalf("5 people may be written to, and the second took %+v", got)
	}
	if got := claimCapped(t, db, second, 5, later); len(got) != 0 {
		t.Fatalf("beyond the cap %+v was taken", got)
	}
	p := progress(t, db, second)
	want := "5 people were written to through minsk in 24 hours, and its daily cap is 5; resume it after " +
		start().Add(24*time.Hour).UTC().Format("2006-01-02 15:04") + " UTC"
	if p.State != model.CampaignPaused || p.PauseCause.String() != want || p.Waiting != 1 {
		t.Fatalf("it is %+v", p)
	}
	db.now = func() time.Time { return start().Add(24 * time.Hour) }
	if err := db.Resume(t.Context(), "anna", second); err != nil {
		t.Fatal(err)
	}
	if got := claimCapped(t, db, second, 5, start().Add(24*time.Hour)); len(phonesOf(got)) != 1 {
		t.Errorf("a day later the last one is taken: %+v", got)
	}
}

func TestABatchLargerThanTheDailyCapIsNotClaimed(t *testing.T) {
	t.Parallel()
	db := open(t)
	id := submit(t, db, "k1", plan(3), 0)
	if got := claimCapped(t, db, id, 1, start()); len(got) != 0 {
		t.Fatalf("taken: %+v", got)
	}
	want := "2 people would leave at once, and the daily cap of minsk is 1; raise daily_cap in the configuration, " +
		"start viberdeck again and resume, or recall it"
	if p := progress(t, db, id); p.State != model.CampaignPaused || p.PauseCause.String() != want {
		t.Errorf("it is %+v", p)
	}
	list := plan(0)
	list.Campaign.List, list.Recipients = "7", model.Known(6)
	id = submit(t, db, "k2", list, 0)
	if got := claimCapped(t, db, id, 5, start()); len(got) != 0 || progress(t, db, id).State != model.CampaignPaused {
		t.Errorf("a list of 6: %+v, %+v", got, progress(t, db, id))
	}
}

func TestRefusedPeopleAndGivenBackBatchesDoNotCountForTheDailyCap(t *testing.T) {
	t.Parallel()
	db := open(t)
	id := submit(t, db, "k1", plan(4), 0)
	batches := claim(t, db, id, 2, 2)
	record1(t, db, model.Outcome{Batch: batches[0].ID, State: model.BatchRefused, Err: model.Data("no"), At: start()})
	record1(t, db, model.Outcome{Batch: batches[1].ID, State: model.BatchQueued, At: start()})
	if got := claimCapped(t, db, id, 2, start().Add(time.Minute)); len(phonesOf(got)) != 2 {
		t.Errorf("taken: %+v, %+v", got, progress(t, db, id))
	}
}
