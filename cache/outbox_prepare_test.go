package cache

import (
	"cmp"
	"database/sql"
	"sync"
	"testing"
	"time"

	"viberdeck/model"
)

// nothingIn fails the test if anything is left of campaigns that were being prepared.
func nothingIn(t testing.TB, db *DB, campaigns int) {
	t.Helper()
	for _, table := range []string{"preparing", "recipient", "recipient_vars", "waiting",
		"recipient_count WHERE n > 0"} {
		if n := one[int](t, db, `SELECT count(*) FROM `+table); n != 0 {
			t.Errorf("%d rows are left of %s", n, table)
		}
	}
	if n := one[int](t, db, `SELECT count(*) FROM campaign`); n != campaigns {
		t.Errorf("%d campaigns", n)
	}
}

func TestManyPeopleAreStoredInSmallTransactionsAndLeaveOnlyAfterTheLast(t *testing.T) {
	t.Parallel()
	const most = storedPieces * testPiece
	const people = 5*most + 3
	seen := 0
	db, sizes := metered(t, func(db *DB, n int) {
		campaigns := must(db.Campaigns(t.Context(), model.PageRequest{}))(t).Rows
		if len(campaigns) > 0 { // the last one
			return
		}
		seen++
		for _, topic := range []model.Topic{model.TopicCampaigns, model.TopicRecipients, model.TopicOutbox} {
			if n := must(db.Count(t.Context(), topic, model.PageRequest{}))(t); n != 0 {
				t.Errorf("%d %s are counted while people are stored", n, topic)
			}
		}
		unfiltered := model.PageRequest{Filter: filtered(t, "is:open")}
		if n := must(db.Count(t.Context(), model.TopicRecipients, unfiltered))(t); n != 0 {
			t.Errorf("%d people are counted by a filter", n)
		}
		if due := must(db.DueCampaigns(t.Context(), "minsk", start()))(t); len(due) > 0 {
			t.Errorf("due are %v", due)
		}
		if o := must(db.Overview(t.Context(), ""))(t); o.Sending+o.Held != 0 {
			t.Errorf("the overview says %+v", o)
		}
		if h := must(db.PersonHistory(t.Context(), audience(1)[0].Phone, 0))(t); len(h.Events) > 0 {
			t.Errorf("her history: %v", h.Events)
		}
	})
	p := plan(people)
	all := p.People.Slice(0, p.People.Len())
	for i := range all {
		all[i].Vars = map[string]string{"name": "Anna"}
	}
	p.People = model.PeopleOf(all...)
	p.Storing = &model.StoreProgress{}
	id := submit(t, db, "k1", p, 0)
	if stored, of := p.Storing.Progress(); stored != people || of != people {
		t.Errorf("%d of %d are said to be stored", stored, of)
	}
	if seen < 6 {
		t.Errorf("seen %d times before the campaign", seen)
	}
	for i, n := range *sizes { // a person, the variables, and the count that a trigger keeps
		if n > 3*most+20 {
			t.Errorf("transaction %d changed %d rows", i, n)
		}
	}
	if pieceRows*storedPieces > 5000 {
		t.Errorf("a piece has %d rows", pieceRows*storedPieces)
	}
	if p := must(db.Progress(t.Context(), id))(t); p.Waiting != people || p.State != model.CampaignQueued {
		t.Errorf("then %+v", p)
	}
	if n := one[int](t, db, `SELECT count(*) FROM preparing`); n != 0 {
		t.Errorf("%d are still being prepared", n)
	}
}

func TestACrashWhilePeopleAreStoredLeavesNothingThatLeaves(t *testing.T) {
	t.Parallel()
	db, clock := openClocked(t)
	seedAccounts(t, db)
	var left model.CampaignID
	err := db.write(t.Context(), func(tx *sql.Tx) (err error) {
		if left, err = reserveCampaign(t.Context(), tx, db.now()); err != nil {
			return err
		}
		people := model.PeopleOf(audience(50)...)
		return cmp.Or(storePeople(t.Context(), tx, left, people), storeOrder(t.Context(), tx, left, people))
	})
	if err != nil {
		t.Fatal(err)
	}
	id := submit(t, db, "k1", plan(3), 0)
	if id == left {
		t.Fatalf("%s is given twice", id)
	}
	if batches := claim(t, db, id, 100, 10); len(batches) != 1 || batches[0].Size != 3 {
		t.Errorf("claimed %+v", batches)
	}
	if _, err := db.Forget(t.Context(), time.Time{}, func() error { return nil }); err != nil {
		t.Fatal(err)
	}
	if n := one[int](t, db, `SELECT count(*) FROM preparing`); n != 1 {
		t.Errorf("it is removed while it may go on: %d", n)
	}
	clock.Advance(abandonedAfter + time.Second)
	if _, err := db.Forget(t.Context(), time.Time{}, func() error { return nil }); err != nil {
		t.Fatal(err)
	}
	if n := one[int](t, db, `SELECT count(*) FROM recipient WHERE campaign = ?`, left); n != 0 {
		t.Errorf("%d people are left", n)
	}
	if n := one[int](t, db, `SELECT count(*) FROM waiting`); n != 0 {
		t.Errorf("%d people wait", n)
	}
	if n := one[int](t, db, `SELECT count(*) FROM recipient`); n != 3 {
		t.Errorf("%d people are stored", n)
	}
	if n := one[int](t, db, `SELECT count(*) FROM preparing`); n != 0 {
		t.Errorf("%d are being prepared", n)
	}
}

func TestASubmitThatWasHeldUpForTooLongIsRefusedWhole(t *testing.T) {
	t.Parallel()
	db, _ := metered(t, func(db *DB, n int) {
		if n == 3 { // another process takes it for the leftovers of a crash
			seed(t, db, func(exec func(string, ...any)) { exec(`UPDATE preparing SET abandoned = 1`) })
		}
	})
	_, err := db.Submit(t.Context(), "anna", "k1", plan(5*testPiece), 0, 0)
	if model.KindOf(err) != model.KindConflict {
		t.Errorf("it says %v", err)
	}
	nothingIn(t, db, 0)
}

func TestAPersonBlockedWhilePeopleAreStoredIsSuppressed(t *testing.T) {
	t.Parallel()
	blocked := audience(1)[0].Phone
	now := start()
	var db *DB
	n := 0
	db = must(Open(t.Context(), emptyFile(t), Options{piece: testPiece, Now: func() time.Time { return now },
		committed: func(int64) {
			if n++; n == 3 {
				now = now.Add(time.Second)
				if _, err := db.Block(t.Context(), "olga", []model.Phone{blocked}, "asked", nil, ""); err != nil {
					t.Error(err)
				}
			}
		}}))(t)
	defer db.Close()
	id := submit(t, db, "k1", plan(5*testPiece), 0)
	if p := must(db.Progress(t.Context(), id))(t); p.Suppressed != 1 || p.Waiting != 5*testPiece-1 {
		t.Errorf("the progress: %+v", p)
	}
}

func TestTheSameLargeSubmitTwiceAtOnceIsOneCampaign(t *testing.T) {
	t.Parallel()
	db := must(Open(t.Context(), emptyFile(t), Options{piece: testPiece, Now: start}))(t)
	defer db.Close()
	var both sync.WaitGroup
	var ids [2]model.CampaignID
	for i := range ids {
		both.Go(func() {
			var err error
			if ids[i], err = db.Submit(t.Context(), "anna", "k1", plan(3*testPiece), 0, 0); err != nil {
				t.Error(err)
			}
		})
	}
	both.Wait()
	if ids[0] != ids[1] || ids[0] == 0 {
		t.Errorf("campaigns %v", ids)
	}
	if n := one[int](t, db, `SELECT count(*) FROM recipient`); n != 3*testPiece {
		t.Errorf("%d people are stored", n)
	}
	if n := one[int](t, db, `SELECT count(*) FROM preparing`); n != 0 {
		t.Errorf("%d are being prepared", n)
	}
}

func TestTheRepeatGuardSeesWhatWasSubmittedWhilePeopleWereStored(t *testing.T) {
	t.Parallel()
	p := plan(5 * testPiece)
	p.RepeatSince = start().Add(-time.Hour)
	small := p
	small.People = model.PeopleOf(p.People.Slice(0, 3)...)
	db, _ := metered(t, func(db *DB, n int) {
		if n == 3 {
			submit(t, db, "first", small, 0)
		}
	})
	if _, err := db.Submit(t.Context(), "anna", "k1", p, 0, 0); model.KindOf(err) != model.KindConflict {
		t.Errorf("it says %v", err)
	}
	if n := one[int](t, db, `SELECT count(*) FROM recipient`); n != 3 {
		t.Errorf("%d people are stored", n)
	}
}
