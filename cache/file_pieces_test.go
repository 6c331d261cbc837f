package cache

import (
	"context"
	"database/sql"
	"iter"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"viberdeck/model"
)

// testPiece is the number of rows that a large write stores at a time in these tests.
const testPiece = 20

// metered opens a cache and returns the number of rows that each transaction on it changed,
// including the triggers' rows. after, if it is not nil, runs after each of them.
func metered(t testing.TB, after func(db *DB, n int)) (*DB, *[]int64) {
	t.Helper()
	var all []int64
	var db *DB
	within := false
	o := Options{Now: start, piece: testPiece, committed: func(rows int64) {
		if all = append(all, rows); after != nil && !within && db != nil {
			within = true
			after(db, len(all))
			within = false
		}
	}}
	db = must(Open(context.Background(), emptyFile(t), o))(t)
	t.Cleanup(func() { _ = db.Close() })
	return db, &all
}

func TestAWriteWaitsForAnotherProcess(t *testing.T) {
	t.Parallel()
	path := emptyFile(t)
	here, there := openAt(t, path), openAt(t, path)
	tx := must(there.writer.BeginTx(t.Context(), nil))(t)
	time.AfterFunc(100*time.Millisecond, func() { _ = tx.Commit() })
	for name, write := range map[string]func() error{
		"the brake": func() error { return here.SetBrake(t.Context(), "anna", model.On, "") },
		"another":   func() error { return here.Present(t.Context(), "s", "anna", 0) },
	} {
		if err := write(); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestTheBrakeDoesNotQueueBehindWritesOfItsOwnProcess(t *testing.T) {
	t.Parallel()
	db := open(t)
	conn := must(db.writer.Conn(t.Context()))(t) // other writers through it wait
	defer conn.Close()
	if err := db.SetBrake(t.Context(), "anna", model.On, ""); err != nil {
		t.Fatal(err)
	}
}

func TestALargeWriteStopsBetweenItsPieces(t *testing.T) {
	t.Parallel()
	db, _ := metered(t, nil)
	ctx, cancel := context.WithCancel(t.Context())
	parts := 0
	err := inPieces(ctx, db, make([]int, 3*testPiece), func(_ *sql.Tx, _ iter.Seq[int]) ([]model.Topic, error) {
		if parts++; parts == 2 {
			cancel()
		}
		return nil, nil
	})
	if err == nil || parts > 2 {
		t.Errorf("%d parts, %v", parts, err)
	}
}

func TestAPieceEndsWhenItHasTakenLongEnoughHoweverLongARowTakes(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		p := piece[int]{rows: make([]int, testPiece), began: time.Now()}
		for range p.all() {
			time.Sleep(pieceTakes / 2)
		}
		if p.taken != 2 {
			t.Errorf("it takes %d rows", p.taken)
		}
		p = piece[int]{rows: make([]int, testPiece), began: time.Now().Add(-time.Hour)}
		for range p.all() { // at least one, or it would never end
		}
		if p.taken != 1 {
			t.Errorf("it takes %d rows", p.taken)
		}
	})
}

func TestWhatAPieceHasLeftComesInTheNextOne(t *testing.T) {
	t.Parallel()
	db, _ := metered(t, nil)
	rows := make([]int, 2*testPiece+1)
	for i := range rows {
		rows[i] = i
	}
	var got []int
	err := inPieces(t.Context(), db, rows, func(_ *sql.Tx, part iter.Seq[int]) ([]model.Topic, error) {
		for some := range chunks(part, 3) {
			if got = append(got, some...); len(got)%2 == 0 {
				break
			}
		}
		return nil, nil
	})
	if err != nil || !slices.Equal(got, rows) {
		t.Errorf("%v, %v", got, err)
	}
}
