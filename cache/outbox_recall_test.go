package cache

import (
	"database/sql"
	"testing"
	"time"

	"viberdeck/model"
)

func TestManyPeopleAreTakenBackInSmallTransactionsOfWhichTheFirstStopsAll(t *testing.T) {
	t.Parallel()
	const people = 5*testPiece + 3
	var id model.CampaignID
	steps := 0
	db, sizes := metered(t, func(db *DB, _ int) {
		if id == 0 {
			return
		}
		steps++
		c := must(db.Campaign(t.Context(), id))(t)
		p := must(db.Progress(t.Context(), id))(t)
		if c.State != model.CampaignCancelled || p.Waiting != 0 || p.Held != people || p.Total != people {
			t.Errorf("after step %d it is %s, %+v", steps, c.State, p)
		}
		if _, ok, err := db.ClaimBatch(t.Context(), id, model.Claim{PerCall: 5}, start()); ok || err != nil {
			t.Errorf("after step %d somebody leaves: %v", steps, err)
		}
	})
	id = submit(t, db, "k1", plan(people), time.Hour)
	steps = 0
	before := len(*sizes)
	if err := db.Recall(t.Context(), "anna", id); err != nil {
		t.Fatal(err)
	}
	for i, n := range (*sizes)[before:] { // a person, the order and the counts that triggers keep
		if n > 4*testPiece+20 {
			t.Errorf("transaction %d changed %d rows", i, n)
		}
	}
	if n := one[int](t, db, `SELECT count(*) FROM recipient WHERE batch = 0 AND status = 2`); n != people || steps < 5 {
		t.Errorf("%d are held after %d steps", n, steps)
	}
	if n := one[int](t, db, `SELECT count(*) FROM recalling`); n != 0 {
		t.Errorf("%d recalls are under way", n)
	}
}

func TestARecallThatACrashInterruptedIsFinishedAndNobodyLeaves(t *testing.T) {
	t.Parallel()
	db, _ := metered(t, nil)
	id := submit(t, db, "k1", plan(3*testPiece), 0)
	b := claim(t, db, id, 5, 1)[0]
	if err := db.RecordOutcomes(t.Context(), []model.Outcome{
		{Batch: b.ID, State: model.BatchUnknown, At: start()}}); err != nil {
		t.Fatal(err)
	}
	if err := db.Pause(t.Context(), "anna", id); err != nil {
		t.Fatal(err)
	}
	err := db.decide(t.Context(), "anna", "recalled", id, func(tx *sql.Tx, c model.Campaign,
		n tally, now time.Time) (model.Text, error) {
		return db.recall(t.Context(), tx, "anna", c, n, now) // the first transaction, and then a crash
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Resolve(t.Context(), "anna", b.ID, model.ResolveResend); model.KindOf(err) != model.KindConflict {
		t.Errorf("a batch of it is sent again meanwhile: %v", err)
	}
	if _, ok, err := db.ClaimBatch(t.Context(), id, model.Claim{PerCall: 5}, start()); ok || err != nil {
		t.Errorf("somebody leaves: %v", err)
	}
	if _, err := db.Forget(t.Context(), time.Time{}, func() error { return nil }); err != nil {
		t.Fatal(err)
	}
	p := must(db.Progress(t.Context(), id))(t)
	if p.State != model.CampaignUnknown || p.Waiting != 0 || p.Held != 3*testPiece-5 || p.Unknown != 5 {
		t.Errorf("in the end %+v", p)
	}
	if _, ok, err := db.ClaimBatch(t.Context(), id, model.Claim{PerCall: 5}, start()); ok || err != nil {
		t.Errorf("somebody leaves in the end: %v", err)
	}
	if err := db.Resolve(t.Context(), "anna", b.ID, model.ResolveResend); err != nil {
		t.Fatal(err)
	}
	if again := claim(t, db, id, 100, 5); len(again) != 1 || again[0].Size != 5 {
		t.Errorf("then %+v leave", again)
	}
}
