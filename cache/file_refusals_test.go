package cache

import (
	"bytes"
	"context"
	"database/sql"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"viberdeck/model"
)

// refused opens a file that must be refused, and checks that the file stays as it was.
func refused(t *testing.T, path string, o Options, kind model.Kind, words ...string) {
	t.Helper()
	before, _ := os.ReadFile(path)
	db, err := Open(t.Context(), path, o)
	if err == nil {
		_ = db.Close()
		t.Fatal("it was opened")
	}
	if model.KindOf(err) != kind {
		t.Errorf("kind %s, want %s: %v", model.KindOf(err), kind, err)
	}
	for _, w := range words {
		if !strings.Contains(err.Error(), w) {
			t.Errorf("%q does not say %q", err, w)
		}
	}
	if after, _ := os.ReadFile(path); !bytes.Equal(before, after) {
		t.Error("the file was changed")
	}
}

// filled is the path of a closed cache with some content, all of it in the main file.
func filled(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "cache.db")
	db := openAt(t, path)
	submit(t, db, "k1", plan(2000), 0)
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

// alter runs a statement on the file as another program would.
func alter(t *testing.T, path, statement string) {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.ExecContext(t.Context(), statement); err != nil {
		t.Fatal(err)
	}
}

func TestAFileOnANetworkFileSystemIsRefused(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "cache.db")
	refused(t, path, Options{fileSystem: func(string) (string, error) { return "NFS", nil }}, model.KindInvalid, "NFS",
		"local disk", "--cache")
	if there, err := exists(path); err != nil || there {
		t.Errorf("a file was made: %v, %v", there, err)
	}
}

func TestAFileOfANewerProgramIsRefused(t *testing.T) {
	t.Parallel()
	path := filled(t)
	alter(t, path, `INSERT INTO goose_db_version (version_id, is_applied) VALUES (900, 1)`)
	refused(t, path, Options{}, model.KindConflict, "newer viberdeck", "900", "update this program")
}

func TestADatabaseOfAnotherProgramIsRefused(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "other.db")
	alter(t, path, `CREATE TABLE mail (id INTEGER)`)
	refused(t, path, Options{}, model.KindInvalid, "another program")
}

func TestAFileThatIsNotADatabaseIsRefused(t *testing.T) {
	t.Parallel()
	for _, content := range []string{"hello, this is a letter and no database", "short",
		"SQLite format 2\x00" + strings.Repeat("x", 5000)} {
		path := filepath.Join(t.TempDir(), "cache.db")
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		refused(t, path, Options{}, model.KindInvalid, "not a cache file")
	}
	refused(t, t.TempDir(), Options{}, model.KindInvalid, "not a file")
}

func TestADamagedFileIsRefusedAndLeftAsItIs(t *testing.T) {
	t.Parallel()
	for name, damage := range map[string]func([]byte) []byte{
		"cut in half":        func(b []byte) []byte { return b[:len(b)/2] },
		"cut after its head": func(b []byte) []byte { return b[:100] },
		"garbage in the head": func(b []byte) []byte {
			return append(append(b[:16:16], bytes.Repeat([]byte{0xa5}, 84)...), b[100:]...)
		},
		"garbage in the first page": func(b []byte) []byte {
			return append(append(b[:100:100], bytes.Repeat([]byte{0xa5}, 3000)...), b[3100:]...)
		},
		"garbage in the middle": func(b []byte) []byte {
			return append(append(b[:len(b)/2:len(b)/2], bytes.Repeat([]byte{0xa5}, 20000)...), b[len(b)/2+20000:]...)
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			path := filled(t)
			content, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(path, damage(content), 0o600); err != nil {
				t.Fatal(err)
			}
			refused(t, path, Options{}, model.KindInternal, "damaged", "move it away")
		})
	}
}

func TestADirectoryThatCannotBeWrittenIsRefused(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	refused(t, filepath.Join(file, "cache.db"), Options{}, model.KindDenied, "directory", "--cache")
}

func TestOnlyTheOwnerCanReadANewFile(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "data", "cache.db")
	db := openAt(t, path)
	submit(t, db, "k1", plan(1), 0)
	for name, want := range map[string]os.FileMode{path: 0o600, path + "-wal": 0o600, filepath.Dir(path): 0o700} {
		info, err := os.Stat(name)
		if err != nil || info.Mode().Perm() != want {
			t.Errorf("%s: %v, %v", name, info.Mode(), err)
		}
	}
}

func TestPathsWithSignsAreTakenAsTheyAre(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "a b?c#d%20&e", "кэш.db")
	openAt(t, path)
	if there, err := exists(path); err != nil || !there {
		t.Errorf("%v, %v", there, err)
	}
}

func TestAFileIsCopiedBeforeItsSchemaChanges(t *testing.T) {
	t.Parallel()
	path := filled(t)
	w := openWriter(writing(path, busyFor))
	defer w.Close()
	for _, want := range []string{path + ".bak-1", path + ".bak-1.2"} {
		if err := backUp(t.Context(), w, path+".bak-1", sharing{}); err != nil {
			t.Fatal(err)
		}
		info, err := os.Stat(want)
		if err != nil || info.Mode().Perm() != 0o600 {
			t.Fatalf("%v, %v", info, err)
		}
		openAt(t, want)
		if n := one[int](t, openAt(t, want), `SELECT count(*) FROM recipient`); n != 2000 {
			t.Errorf("%d people in the copy", n)
		}
	}
}

func TestReadOnlyChangesNothing(t *testing.T) {
	t.Parallel()
	refused(t, filepath.Join(t.TempDir(), "none.db"), Options{ReadOnly: true}, model.KindNotFound, "no cache file")
	path := filled(t)
	db, err := Open(t.Context(), path, Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if n := one[int](t, db, `SELECT count(*) FROM recipient`); n != 2000 {
		t.Errorf("%d people", n)
	}
	if err := db.SetBrake(t.Context(), "anna", model.On, ""); model.KindOf(err) != model.KindDenied {
		t.Errorf("it was changed: %v", err)
	}
}

func TestWhatIsWrittenOutlivesAPowerCut(t *testing.T) {
	t.Parallel()
	db := open(t)
	for pragma, want := range map[string]string{
		"synchronous": "2", "journal_mode": "wal", "foreign_keys": "1", "temp_store": "2"} {
		var got string
		if err := db.writer.QueryRowContext(t.Context(), `PRAGMA `+pragma).Scan(&got); err != nil || got != want {
			t.Errorf("%s is %s, want %s, %v", pragma, got, want, err)
		}
	}
}

func TestManyProcessesMayOpenANewFileAtOnce(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "cache.db")
	errs := make(chan error)
	for range 6 {
		go func() {
			db, err := Open(context.Background(), path, Options{})
			if err == nil {
				err = db.Close()
			}
			errs <- err
		}()
	}
	for range 6 {
		if err := <-errs; err != nil {
			t.Error(err)
		}
	}
}

func TestAFileLeftByAKilledProcessIsRead(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "cache.db")
	db := openAt(t, path)
	submit(t, db, "k1", plan(10), 0)
	// A killed process leaves the main file and a log that was not merged into it.
	copied := filepath.Join(t.TempDir(), "cache.db")
	for _, suffix := range []string{"", "-wal"} {
		content, err := os.ReadFile(path + suffix)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(copied+suffix, content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if n := one[int](t, openAt(t, copied), `SELECT count(*) FROM recipient`); n != 10 {
		t.Errorf("%d people", n)
	}
}

func TestAChangeInAnotherProcessIsNoticed(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "cache.db")
	here, there := openAt(t, path), openAt(t, path)
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	for _, db := range []*DB{there, here} {
		if err := db.SetBrake(ctx, "anna", model.On, "test"); err != nil {
			t.Fatal(err)
		}
		got, err := here.Changed(ctx)
		if err != nil || len(got) != 2 || got[0] != model.TopicOutbox || got[1] != model.TopicHealth {
			t.Errorf("changed %v, %v", got, err)
		}
	}
}

func TestEveryListenerHearsOfAChangeInAnotherProcessAlsoWithoutARecordBesideTheFile(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "cache.db")
	here, there := openAt(t, path), openAt(t, path)
	var listeners []*Watcher
	for range 20 {
		listeners = append(listeners, must(here.Watch(t.Context()))(t))
	}
	for _, on := range []bool{true, false} {
		heard := make(chan error, len(listeners))
		for _, w := range listeners {
			go func() {
				_, err := w.Changed(t.Context())
				heard <- err
			}()
		}
		if !on {
			if err := os.Remove(path + ".id"); err != nil {
				t.Fatal(err)
			}
		}
		if err := there.SetBrake(t.Context(), "anna", model.Switch(on), "test"); err != nil {
			t.Fatal(err)
		}
		for range listeners {
			if err := <-heard; err != nil {
				t.Error(err)
			}
		}
	}
}

func TestAListenerThatWaitsIsWokenAtOnceByItsOwnProcess(t *testing.T) {
	t.Parallel()
	db := open(t)
	w, err := db.Watch(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	before := db.waker()
	submit(t, db, "k1", plan(1), 0)
	select {
	case <-before:
	default:
		t.Error("nobody was woken")
	}
	if got, err := w.Changed(t.Context()); err != nil || len(got) != 3 {
		t.Errorf("changed %v, %v", got, err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if got, err := w.Changed(ctx); err == nil {
		t.Errorf("changed again: %v", got)
	}
}
