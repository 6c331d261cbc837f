package cache

import (
	"database/sql"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"viberdeck/cache/storetest"
	"viberdeck/model"
)

// sizeLog counts the rows that each transaction changed.
type sizeLog struct {
	mu   sync.Mutex
	rows []int64
}

func (s *sizeLog) add(rows int64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.rows = append(s.rows, rows)
}

// taken returns the counts and resets them.
func (s *sizeLog) taken() []int64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	rows := s.rows
	s.rows = nil
	return rows
}

// copied returns a copy of a cache in which so many people of one campaign wait, and the number of
// rows that each transaction on it changed.
func copied(t *testing.T, people int) (twin *DB, id model.CampaignID, sizes *sizeLog) {
	t.Helper()
	p := newPlace(t)
	db := p.open(p.path)
	id = submit(t, db, "a", plan(people), 0)
	closed(t, db)
	to := filepath.Join(p.root, "copy", "cache.db")
	copyFile(t, p.path, to)
	sizes = &sizeLog{}
	twin, err := Open(t.Context(), to, Options{Now: start, StateDir: filepath.Join(p.root, "state"), piece: testPiece,
		committed: sizes.add})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = twin.Close() })
	storetest.Lead(t, twin)
	sizes.taken()
	return twin, id, sizes
}

func TestManyPeopleBecomeUnknownInSmallTransactionsWhenACopyIsAdopted(t *testing.T) {
	t.Parallel()
	// The last piece is full, has a few people, or has one.
	for _, people := range []int{5 * testPiece, 5*testPiece + 3, 5*testPiece + 1} {
		db, id, sizes := copied(t, people)
		stakes, err := db.Adopt(t.Context(), "anna")
		if err != nil || stakes.People != int64(people) || stakes.Campaigns != 1 {
			t.Fatalf("%+v, %v", stakes, err)
		}
		small(t, sizes.taken(), 5)
		stands(t, db, model.StandingRight)
		p := progress(t, db, id)
		if p.State != model.CampaignUnknown || p.Unknown != int64(people) || p.Total != int64(people) ||
			leaves(t, db) != 0 {
			t.Errorf("of %d: %+v", people, p)
		}
	}
}

func TestAnAdoptionThatACrashInterruptedSendsNothingAndGoesOn(t *testing.T) {
	t.Parallel()
	// More people wait after the crash, or none do.
	for _, people := range []int{2*testPiece + 3, testPiece} {
		crashedAdoption(t, people)
	}
}

func crashedAdoption(t *testing.T, people int) {
	t.Helper()
	db, id, _ := copied(t, people)
	a := adoption{db: db, operator: "anna"}
	err := db.change(t.Context(), func(tx *sql.Tx) ([]model.Topic, error) {
		topics, over, err := a.piece(t.Context(), tx, testPiece)
		if over {
			t.Error("it is over after the first piece")
		}
		return topics, err // and then a crash
	})
	if err != nil {
		t.Fatal(err)
	}
	stands(t, db, model.StandingCopied)
	if _, ok, err := db.ClaimBatch(t.Context(), id, model.Claim{PerCall: 5}, start()); ok || err != nil {
		t.Errorf("somebody leaves: %v", err)
	}
	if _, err := db.Adopt(t.Context(), "anna"); err != nil {
		t.Fatal(err)
	}
	p := progress(t, db, id)
	if p.State != model.CampaignUnknown || p.Unknown != int64(people) || p.Total != int64(people) ||
		leaves(t, db) != 0 {
		t.Errorf("of %d: %+v", people, p)
	}
	if n := one[int](t, db, `SELECT count(*) FROM batch`); n != 1 {
		t.Errorf("%d batches", n)
	}
}

func TestADecisionAboutAVeryLargeBatchIsCarriedOutInSmallTransactions(t *testing.T) {
	t.Parallel()
	const people = 5*testPiece + 3
	for as, want := range map[model.Resolution]model.CampaignState{
		model.ResolveAccepted: model.CampaignSent, model.ResolveDropped: model.CampaignCancelled,
		model.ResolveResend: model.CampaignQueued,
	} {
		t.Run(string(as), func(t *testing.T) {
			t.Parallel()
			db, id, sizes := copied(t, people)
			if _, err := db.Adopt(t.Context(), "anna"); err != nil {
				t.Fatal(err)
			}
			sizes.taken()
			batch := one[model.BatchID](t, db, `SELECT id FROM batch`)
			if err := db.Resolve(t.Context(), "anna", batch, as); err != nil {
				t.Fatal(err)
			}
			small(t, sizes.taken(), 5)
			wantState(t, db, id, want)
			p := progress(t, db, id)
			got := map[model.Resolution]int64{model.ResolveAccepted: p.Accepted, model.ResolveDropped: p.Held,
				model.ResolveResend: p.Waiting}[as]
			if got != people || p.Total != people {
				t.Errorf("%+v", p)
			}
			if as != model.ResolveResend {
				return
			}
			again := claim(t, db, id, 7, 100)
			if got := len(setOf(phonesOf(again))); got != people || len(phonesOf(again)) != people {
				t.Errorf("%d people leave in %d places", got, len(phonesOf(again)))
			}
			if n := one[int](t, db, `SELECT count(*) FROM resend`); n != 0 {
				t.Errorf("%d links are left", n)
			}
		})
	}
}

func TestNothingLeavesWhileADecisionIsCarriedOutAndACrashOfItIsMadeGood(t *testing.T) {
	t.Parallel()
	const people = 3 * testPiece
	db, id, _ := copied(t, people)
	if _, err := db.Adopt(t.Context(), "anna"); err != nil {
		t.Fatal(err)
	}
	batch := one[model.BatchID](t, db, `SELECT id FROM batch`)
	seed(t, db, func(exec func(string, ...any)) {
		exec(`UPDATE batch SET resolving = 'resend', resolved_by = 'anna' WHERE id = ?`, batch)
	})
	err := db.change(t.Context(), func(tx *sql.Tx) ([]model.Topic, error) {
		b, err := batchByID(t.Context(), tx, batch)
		if err != nil {
			return nil, err
		}
		_, err = (&resolution{db: db}).piece(t.Context(), tx, b, testPiece)
		return nil, err // and then a crash
	})
	if err != nil {
		t.Fatal(err)
	}
	if p := progress(t, db, id); p.Waiting != testPiece || p.Unknown != people-testPiece || p.Total != people {
		t.Errorf("half-way: %+v", p)
	}
	seed(t, db, func(exec func(string, ...any)) { // as another outcome of the campaign would make it
		exec(`UPDATE campaign SET state = 'sending' WHERE id = ?`, id)
	})
	if _, ok, err := db.ClaimBatch(t.Context(), id, model.Claim{PerCall: 5}, start()); ok || err != nil {
		t.Errorf("somebody leaves: %v", err)
	}
	wantConflict(t, db.Resolve(t.Context(), "boris", batch, model.ResolveDropped))
	wantConflict(t, db.Recall(t.Context(), "boris", id))
	if _, err := db.Forget(t.Context(), time.Time{}, func() error { return nil }); err != nil {
		t.Fatal(err)
	}
	if p := progress(t, db, id); p.Waiting != people || p.Total != people {
		t.Errorf("in the end: %+v", p)
	}
	if _, ok, err := db.ClaimBatch(t.Context(), id, model.Claim{PerCall: 5}, start()); !ok || err != nil {
		t.Errorf("nobody leaves: %v", err)
	}
}
