package cache

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"viberdeck/cache/storetest"
)

// start is the time at which the tests' clock begins.
func start() time.Time { return storetest.Start() }

// open opens a cache on its own real file.
func open(t testing.TB) *DB {
	t.Helper()
	return openAt(t, emptyFile(t))
}

func openAt(t testing.TB, path string) *DB {
	t.Helper()
	db, err := Open(context.Background(), path, Options{Now: start})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}

func TestAFileIsMadeAndOpenedAgain(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "new", "cache.db")
	for range 2 {
		db, err := Open(t.Context(), path, Options{})
		if err != nil {
			t.Fatal(err)
		}
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

func TestTheLastToCloseTheFileLeavesNoJournalBesideIt(t *testing.T) {
	t.Parallel()
	path := emptyFile(t)
	writes, reads := openAt(t, path), openAt(t, path)
	submit(t, writes, "k1", plan(3), 0)
	must(reads.Overview(t.Context(), ""))(t)
	if err := errors.Join(writes.Close(), reads.Close()); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(path + "-wal"); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the journal is still there: %v", err)
	}
}

func TestAllWhoOpenANewFileAtTheSameInstantOpenIt(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "cache.db")
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			db, err := Open(t.Context(), path, Options{})
			if err == nil {
				err = db.Close()
			}
			if err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
}
