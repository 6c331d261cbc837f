package cache

import (
	"context"
	"database/sql"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"viberdeck/model"
)

// pairs writes two lines of the activity log in each transaction until the context ends, and
// returns the longest wait.
func pairs(ctx context.Context, t *testing.T, db *DB) (longest time.Duration, written int) {
	for ctx.Err() == nil {
		began := time.Now()
		err := db.write(ctx, func(tx *sql.Tx) error {
			for _, side := range []string{"a", "b"} {
				if err := note(ctx, tx, began, side, "wrote", 0, "%d", written); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil && ctx.Err() == nil {
			t.Error(err)
			return longest, written
		}
		written++
		longest = max(longest, time.Since(began))
	}
	return longest, written
}

func TestABackupIsOneMomentOfTheFileWhileOthersWrite(t *testing.T) {
	t.Parallel()
	db := open(t)
	submit(t, db, "k", plan(2000), time.Minute)
	ctx, stop := context.WithCancel(t.Context())
	var writing sync.WaitGroup
	writing.Go(func() {
		longest, written := pairs(ctx, t, db)
		t.Logf("%d writes, the longest took %s", written, longest)
	})
	for n := range 5 {
		target := filepath.Join(t.TempDir(), "backup.db")
		size, err := db.Backup(t.Context(), "anna", target)
		if err != nil {
			t.Fatal(err)
		}
		info, err := os.Stat(target)
		if err != nil || info.Mode().Perm() != 0o600 || info.Size() != size {
			t.Errorf("%v, %v, %d bytes were said", info, err, size)
		}
		copied := must(Open(t.Context(), target, Options{StateDir: db.stateDir}))(t)
		var a, b, people int
		err = copied.reader.QueryRowContext(t.Context(), `SELECT (SELECT count(*) FROM activity WHERE operator = 'a'),
			(SELECT count(*) FROM activity WHERE operator = 'b'), (SELECT count(*) FROM recipient)`).Scan(&a, &b,
			&people)
		if err != nil || a != b || people != 2000 {
			t.Errorf("backup %d: %d and %d of a pair, %d people, %v", n, a, b, people, err)
		}
		if s, err := copied.Standing(t.Context()); err != nil || s.MaySend() {
			t.Errorf("messages may leave from a backup: %+v, %v", s, err)
		}
		if err := copied.Close(); err != nil {
			t.Error(err)
		}
	}
	stop()
	writing.Wait()
	if s, err := db.Standing(t.Context()); err != nil || !s.MaySend() {
		t.Errorf("the original: %+v, %v", s, err)
	}
}

func TestABackupReplacesNothingAndLeavesNothingHalfDone(t *testing.T) {
	t.Parallel()
	db := open(t)
	dir := t.TempDir()
	link := filepath.Join(dir, "link")
	if err := os.Symlink(filepath.Join(dir, "nowhere"), link); err != nil {
		t.Fatal(err)
	}
	journal := filepath.Join(dir, "old.db-wal")
	if err := os.WriteFile(journal, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for what, target := range map[string]string{"the cache itself": db.Path(), "a link to nowhere": link,
		"a file with a journal": filepath.Join(dir, "old.db"), "a folder": dir,
		"a folder that is not there": filepath.Join(dir, "none", "backup.db")} {
		_, err := db.Backup(t.Context(), "anna", target)
		wantKind(t, what, err, model.KindInvalid)
	}
	db.freeSpace = func(string) (int64, bool) { return 10, true }
	_, err := db.Backup(t.Context(), "anna", filepath.Join(dir, "full.db"))
	wantKind(t, "a full disk", err, model.KindInvalid)
	db.freeSpace = freeSpace
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := db.Backup(ctx, "anna", filepath.Join(dir, "stopped.db")); err == nil {
		t.Error("a backup that was stopped is said to be done")
	}
	if left := must(os.ReadDir(dir))(t); len(left) != 2 {
		t.Errorf("left behind: %v", left)
	}
}
