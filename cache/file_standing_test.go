package cache

import (
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"viberdeck/cache/storetest"
	"viberdeck/model"
)

// place is a cache in its own folder, with a state directory next to the folder.
type place struct {
	t    *testing.T
	root string
	path string
}

func newPlace(t *testing.T) place {
	root := t.TempDir()
	return place{t, root, filepath.Join(root, "data", "cache.db")}
}

// open opens a cache that shares the place's state directory.
func (p place) open(path string) *DB {
	p.t.Helper()
	db, err := Open(p.t.Context(), path, Options{Now: start, StateDir: filepath.Join(p.root, "state")})
	if err != nil {
		p.t.Fatal(err)
	}
	p.t.Cleanup(func() { _ = db.Close() })
	return db
}

func closed(t *testing.T, db *DB) {
	t.Helper()
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
}

// copyFile copies over whatever is at the target, as cp does: an existing file stays the same file.
func copyFile(t *testing.T, from, to string) {
	t.Helper()
	in, err := os.Open(from)
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	if err := os.MkdirAll(filepath.Dir(to), 0o700); err != nil {
		t.Fatal(err)
	}
	out, err := os.OpenFile(to, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.Copy(out, in); err != nil {
		t.Fatal(err)
	}
	if err := out.Close(); err != nil {
		t.Fatal(err)
	}
}

// leaves returns the number of people who may leave from the file now.
func leaves(t *testing.T, db *DB) int {
	t.Helper()
	n := storetest.Leaving(t, db)
	for _, id := range must(campaignIDs(t.Context(), db.reader, `SELECT id FROM campaign WHERE ours = 1`))(t) {
		n += len(phonesOf(claim(t, db, id, 100, 1))) // the gate itself refuses campaigns that are not reported as due
	}
	return n
}

func stands(t *testing.T, db *DB, want model.StandingKind) model.FileStanding {
	t.Helper()
	s, err := db.Standing(t.Context())
	if err != nil || s.Kind != want {
		t.Fatalf("it stands as %q (%+v), want %q, %v", s.Kind, s, want, err)
	}
	if got := s.Text().String(); (got == "") != s.MaySend() {
		t.Fatalf("in words: %q", got)
	}
	return s
}

func TestACacheThatIsOpenedAgainWhereItWasSends(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	db := p.open(p.path)
	submit(t, db, "a", plan(3), 0)
	closed(t, db)
	db = p.open(p.path)
	stands(t, db, model.StandingRight)
	if n := leaves(t, db); n != 3 {
		t.Errorf("%d people leave", n)
	}
}

func TestACopySendsNothingAndCanBeReadAndTriaged(t *testing.T) {
	t.Parallel()
	for name, with := range map[string]func(t *testing.T, p place, to string){
		"alone": func(t *testing.T, p place, to string) { copyFile(t, p.path, to) },
		"with the record beside it": func(t *testing.T, p place, to string) {
			copyFile(t, p.path, to)
			copyFile(t, p.path+".id", to+".id")
		},
		"on another host": func(t *testing.T, p place, to string) {
			copyFile(t, p.path, to)
			if err := os.RemoveAll(filepath.Join(p.root, "state")); err != nil {
				t.Fatal(err)
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := newPlace(t)
			db := p.open(p.path)
			submit(t, db, "a", plan(3), 0)
			closed(t, db)
			other := filepath.Join(p.root, "other", "cache.db")
			with(t, p, other)
			twin := p.open(other)
			stands(t, twin, model.StandingCopied)
			if n := leaves(t, twin); n != 0 {
				t.Errorf("%d people leave from a copy", n)
			}
			if _, err := twin.Block(t.Context(), "anna", []model.Phone{firstPhone}, "asked", nil,
				model.SourceOperator); err != nil {
				t.Errorf("nothing can be decided in a copy: %v", err)
			}
			if page, err := twin.Campaigns(t.Context(), model.PageRequest{Limit: 10}); err != nil ||
				len(page.Rows) != 1 {
				t.Errorf("a copy cannot be read: %v", err)
			}
			closed(t, twin)
			db = p.open(p.path)
			stands(t, db, model.StandingRight)
			if n := leaves(t, db); n != 3 {
				t.Errorf("%d people leave from the original", n)
			}
		})
	}
}

func TestARestoredBackupSendsNothing(t *testing.T) {
	t.Parallel()
	for name, restore := range map[string]func(t *testing.T, p place, backup string){
		"written over the file": func(t *testing.T, p place, backup string) { copyFile(t, backup, p.path) },
		"in its place": func(t *testing.T, p place, backup string) {
			if err := os.Rename(backup, p.path); err != nil {
				t.Fatal(err)
			}
		},
		"with the record beside it": func(t *testing.T, p place, backup string) {
			copyFile(t, backup, p.path)
			copyFile(t, backup+".id", p.path+".id")
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := newPlace(t)
			db := p.open(p.path)
			submit(t, db, "a", plan(3), 0)
			closed(t, db)
			backup := filepath.Join(p.root, "backup")
			copyFile(t, p.path, backup)
			copyFile(t, p.path+".id", backup+".id")
			db = p.open(p.path)
			if n := leaves(t, db); n != 3 {
				t.Fatalf("%d people leave", n)
			}
			closed(t, db)
			restore(t, p, backup)
			db = p.open(p.path)
			if s := stands(t, db, model.StandingRestored); name == "written over the file" &&
				(s.Behind == 0 || !strings.Contains(s.Text().String(), "that came last")) {
				t.Errorf("it is not said how far it is behind: %+v", s)
			}
			if n := leaves(t, db); n != 0 {
				t.Errorf("%d people leave again", n)
			}
		})
	}
}

func TestARestoredBackupSendsNothingHoweverMuchIsDoneInIt(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	db := p.open(p.path)
	submit(t, db, "a", plan(3), 0)
	closed(t, db)
	backup := filepath.Join(p.root, "backup")
	copyFile(t, p.path, backup)
	db = p.open(p.path)
	if n := leaves(t, db); n != 3 {
		t.Fatalf("%d people leave", n)
	}
	closed(t, db)
	copyFile(t, backup, p.path)
	var behind int64
	for range 4 {
		db = p.open(p.path)
		s := stands(t, db, model.StandingRestored)
		if behind == 0 {
			behind = s.Behind
		}
		if s.Behind != behind {
			t.Errorf("it lacks %d changes now, and %d before", s.Behind, behind)
		}
		for i := range 20 {
			if _, err := db.Block(t.Context(), "anna", []model.Phone{firstPhone + model.Phone(i)}, "asked", nil,
				model.SourceOperator); err != nil {
				t.Fatal(err)
			}
			if _, err := db.Unblock(t.Context(), "anna", []model.Phone{firstPhone + model.Phone(i)}, "asked",
				nil); err != nil {
				t.Fatal(err)
			}
		}
		if n := leaves(t, db); n != 0 {
			t.Fatalf("%d people leave again", n)
		}
		closed(t, db)
	}
	db = p.open(p.path)
	if _, err := db.Adopt(t.Context(), "anna"); err != nil {
		t.Fatal(err)
	}
	stands(t, db, model.StandingRight)
	closed(t, db)
	stands(t, p.open(p.path), model.StandingRight)
}

func TestAMovedFileSendsNothingUntilItIsAdoptedAndThenGoesOn(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	db := p.open(p.path)
	id := submit(t, db, "a", plan(3), 0)
	closed(t, db)
	moved := filepath.Join(p.root, "moved.db")
	if err := os.Rename(p.path, moved); err != nil {
		t.Fatal(err)
	}
	db = p.open(moved)
	if s := stands(t, db, model.StandingMoved); s.Path != p.path || s.Host == "" || s.Seen.IsZero() {
		t.Errorf("it is not said from where and since when: %+v", s)
	}
	if n := leaves(t, db); n != 0 {
		t.Fatalf("%d people leave", n)
	}
	if _, err := db.Adopt(t.Context(), "anna"); err != nil {
		t.Fatal(err)
	}
	stands(t, db, model.StandingRight)
	wantState(t, db, id, model.CampaignQueued)
	if n := leaves(t, db); n != 3 {
		t.Errorf("%d people leave after it was adopted", n)
	}
	_, err := db.Adopt(t.Context(), "anna")
	wantConflict(t, err)
}

func TestWhatMayHaveLeftFromAnotherCopyIsUnknownOnceThisOneIsAdopted(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	db := p.open(p.path)
	queued := submit(t, db, "a", plan(3), 0)
	held := submit(t, db, "b", plan(2), time.Hour)
	later := plan(4)
	later.Campaign.SendAt, later.Campaign.LeaveAt = start().Add(time.Hour), start().Add(time.Hour)
	scheduled := submit(t, db, "c", later, 0)
	closed(t, db)
	other := filepath.Join(p.root, "other.db")
	copyFile(t, p.path, other)
	twin := p.open(other)
	if s, err := twin.Stakes(t.Context()); err != nil || s.Campaigns != 3 || s.People != 9 ||
		s.Standing.Path != p.path {
		t.Errorf("at stake: %+v, %v", s, err)
	}
	stakes, err := twin.Adopt(t.Context(), "anna")
	if err != nil || stakes.Campaigns != 3 || stakes.People != 9 {
		t.Fatalf("adopted: %+v, %v", stakes, err)
	}
	stands(t, twin, model.StandingRight)
	for _, id := range []model.CampaignID{queued, held, scheduled} {
		wantState(t, twin, id, model.CampaignUnknown)
	}
	if n := leaves(t, twin); n != 0 {
		t.Errorf("%d people leave although they may have got it", n)
	}
	if b, err := twin.UnknownBatches(t.Context(), "minsk"); err != nil || len(b) != 0 {
		t.Errorf("the vendor is asked about calls of another copy: %+v, %v", b, err)
	}
	if err := twin.Resolve(t.Context(), "anna", 1, model.ResolveResend); err != nil {
		t.Fatal(err)
	}
	if n := leaves(t, twin); n != 3 {
		t.Errorf("%d people leave after a person decided", n)
	}
	if p, err := Open(t.Context(), p.path, Options{Now: start, StateDir: filepath.Join(p.root, "state")}); err != nil {
		t.Fatal(err)
	} else {
		defer p.Close()
		stands(t, p, model.StandingCopied)
		if n := leaves(t, p); n != 0 {
			t.Errorf("%d people leave from the one that was given up", n)
		}
	}
}

func TestOneRecordIsEnoughAndTheOtherIsMadeAnew(t *testing.T) {
	t.Parallel()
	for _, lost := range []string{"data/cache.db.id", "state"} {
		p := newPlace(t)
		closed(t, p.open(p.path))
		if err := os.RemoveAll(filepath.Join(p.root, lost)); err != nil {
			t.Fatal(err)
		}
		db := p.open(p.path)
		stands(t, db, model.StandingRight)
		for _, place := range db.places() {
			if _, _, ok := readRecord(place); !ok {
				t.Errorf("without %s: no record at %s", lost, place)
			}
		}
	}
}

func TestBothRecordsLostWantAPersonsWord(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	closed(t, p.open(p.path))
	for _, lost := range []string{"data/cache.db.id", "state"} {
		if err := os.RemoveAll(filepath.Join(p.root, lost)); err != nil {
			t.Fatal(err)
		}
	}
	db := p.open(p.path)
	stands(t, db, model.StandingCopied)
	if _, err := db.Adopt(t.Context(), "anna"); err != nil {
		t.Fatal(err)
	}
	stands(t, db, model.StandingRight)
}

func TestAFreshCacheInTheOldOnesPlaceSends(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	closed(t, p.open(p.path))
	if err := os.Remove(p.path); err != nil {
		t.Fatal(err)
	}
	stands(t, p.open(p.path), model.StandingRight)
}

func TestASymbolicLinkLeadsToTheSameFile(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	closed(t, p.open(p.path))
	link := filepath.Join(p.root, "link.db")
	if err := os.Symlink(p.path, link); err != nil {
		t.Fatal(err)
	}
	db := p.open(link)
	stands(t, db, model.StandingRight)
	if db.Path() != p.path {
		t.Errorf("its path is %s", db.Path())
	}
}

func TestAFileWithTwoNamesIsRefused(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	closed(t, p.open(p.path))
	if err := os.Link(p.path, p.path+".2"); err != nil {
		t.Skip(err)
	}
	_, err := Open(t.Context(), p.path+".2", Options{})
	wantConflict(t, err)
	if !strings.Contains(err.Error(), "hard links") {
		t.Error(err)
	}
}

func TestAFileThatIsRemovedOrReplacedWhileOpenSendsNothingMore(t *testing.T) {
	t.Parallel()
	for name, away := range map[string]func(path string) error{
		"removed":             os.Remove,
		"its log was removed": func(path string) error { return os.Remove(path + "-wal") },
		"replaced": func(path string) error {
			return exec.Command("sh", "-c", `cp "$0" "$0.new" && mv "$0.new" "$0"`, path).Run()
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := newPlace(t)
			db := p.open(p.path)
			submit(t, db, "a", plan(3), 0)
			stands(t, db, model.StandingRight)
			if err := away(p.path); err != nil {
				t.Fatal(err)
			}
			stands(t, db, model.StandingGone)
			if n := leaves(t, db); n != 0 {
				t.Errorf("%d people leave", n)
			}
			if _, _, err := db.TryTake(t.Context()); err == nil ||
				!strings.Contains(err.Error(), "removed or replaced") {
				t.Errorf("to lead: %v", err)
			}
		})
	}
}

// While others write, a reader must not mistake records newer than its snapshot for a restored
// backup.
func TestAFileThatIsWrittenWhileItIsLookedAtIsNotTakenForAnOlderOne(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	a, b := p.open(p.path), p.open(p.path)
	done := make(chan error, 1)
	go func() {
		var err error
		for i := 0; i < 300 && err == nil; i++ {
			err = a.SetHealth(t.Context(), model.Health{Account: "minsk", Online: i%2 == 0}, start())
		}
		done <- err
	}()
	for {
		select {
		case err := <-done:
			if err != nil {
				t.Error(err)
			}
			return
		default:
		}
		o := must(b.Overview(t.Context(), "anna"))(t)
		s := must(b.Stakes(t.Context()))(t)
		if !o.Standing.MaySend() || !s.Standing.MaySend() {
			t.Fatalf("%s / %s", o.Standing.Text(), s.Standing.Text())
		}
	}
}

func TestAWriteToACacheThatWasRemovedSaysSo(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	db := p.open(p.path)
	if err := os.Remove(p.path); err != nil {
		t.Fatal(err)
	}
	db.writer.SetMaxIdleConns(0) // as after a write that was interrupted: the file is opened again
	_, err := db.Block(t.Context(), "anna", []model.Phone{firstPhone}, "asked", nil, model.SourceOperator)
	if model.KindOf(err) != model.KindNotFound || !strings.Contains(err.Error(), "was removed or replaced") {
		t.Errorf("%v", err)
	}
}
