package cache

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/gofrs/flock"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"viberdeck/model"
)

// thoroughBelow is the size in bytes up to which a file is checked completely at the start. Damage
// in a larger file is found when the damaged part is used, and reported in the same words.
const thoroughBelow = 4 << 20

// shortRead occurs in the verdict on a file with a missing part.
const shortRead = "error code=522" // SQLITE_IOERR_SHORT_READ

// prepareFile makes sure that there is a file at path that may be opened, and returns its absolute
// path.
func prepareFile(path string, o Options, group sharing) (string, error) {
	dir := filepath.Dir(path)
	if !o.ReadOnly {
		there, _ := exists(dir)
		if err := os.MkdirAll(dir, 0o700); err != nil {
			return "", refuse(model.KindDenied, err,
				"the directory %s cannot be made; choose another file with --cache", dir)
		}
		if err := group.folder(dir, !there); err != nil {
			return "", err
		}
	}
	if name, err := o.fileSystem(dir); err != nil {
		return "", refuse(model.KindDenied, err, "the directory %s cannot be read; choose another file with --cache",
			dir)
	} else if name != "" {
		return "", refuse(model.KindInvalid, nil,
			"%s is on a network file system (%s), where several processes would damage it; "+
				"choose a file on a local disk with --cache", path, name)
	}
	resolved, err := resolve(path)
	if err != nil {
		return "", refuse(model.KindDenied, err, "%s cannot be read; choose another file with --cache", path)
	}
	path = resolved
	there, err := exists(path)
	switch {
	case err != nil:
		return "", refuse(model.KindDenied, err,
			"%s cannot be read; fix its permissions or choose another file with --cache", path)
	case there:
		if err := group.files(path, o.ReadOnly); err != nil {
			return "", err
		}
		return path, checkFile(path, o.ReadOnly)
	case o.ReadOnly:
		return "", refuse(model.KindNotFound, nil, "there is no cache file %s yet; start once without --read-only",
			path)
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_WRONLY, group.mode())
	if err != nil {
		return "", refuse(model.KindDenied, err,
			"%s cannot be made; make its directory writable or choose another file with --cache", path)
	}
	return path, errors.Join(f.Close(), group.give(path))
}

// checkFile refuses a file that is not an SQLite file or must not be used as requested. An empty
// file counts as one without tables.
func checkFile(path string, readOnly bool) error {
	info, err := os.Stat(path)
	if err == nil && !info.Mode().IsRegular() {
		return refuse(model.KindInvalid, nil, "%s is not a file; choose another with --cache", path)
	}
	use, flag := "written", os.O_RDWR
	if readOnly {
		use, flag = "read", os.O_RDONLY
	}
	if _, names, err := fileIDOf(path); err == nil && names > 1 && !readOnly {
		return refuse(model.KindConflict, nil,
			"%s has %d names (hard links), and each would get a journal of its own, which damages it; "+
				"remove the other names", path, names)
	}
	f, err := os.OpenFile(path, flag, 0)
	if err != nil {
		return refuse(model.KindDenied, err,
			"%s cannot be %s; fix its permissions or choose another file with --cache", path,
			model.Word{Context: "use", Text: use})
	}
	defer f.Close()
	head := make([]byte, 16)
	n, err := io.ReadFull(f, head)
	if n == 0 && errors.Is(err, io.EOF) {
		return nil
	}
	if err != nil || !bytes.Equal(head, []byte("SQLite format 3\x00")) {
		return refuse(model.KindInvalid, nil,
			"%s is not a cache file, or it is damaged; it was left as it is. Move it away or choose another with "+
				"--cache",
			path)
	}
	return nil
}

// openSchema opens a file for reading. It refuses one this program must not use, and copies and
// then updates an older one.
func openSchema(ctx context.Context, path string, o Options, group sharing) (*sql.DB, error) {
	newest, err := newestMigration()
	if err != nil {
		return nil, err
	}
	reader, _, err := openInspected(ctx, path, newest, o.mode())
	if !isChanging(err) && (err != nil || reader != nil) {
		return reader, err
	}
	if o.ReadOnly {
		return nil, refuse(model.KindConflict, nil,
			"%s was written by an older program; start once without --read-only to bring it up to date", path)
	}
	// Only one process migrates; the others wait for it and find nothing left to do.
	if err := group.ready(path + ".migrate"); err != nil {
		return nil, refuse(model.KindDenied, err,
			"%s cannot be locked; make its directory writable or choose another file with --cache", path)
	}
	lock := flock.New(path+".migrate", flock.SetPermissions(group.mode()))
	if ok, err := lock.TryLockContext(ctx, 50*time.Millisecond); err != nil || !ok {
		return nil, refuse(model.KindDenied, err,
			"%s cannot be locked; make its directory writable or choose another file with --cache", path)
	}
	defer lock.Unlock()
	reader, version, err := openInspected(ctx, path, newest, o.mode())
	if err != nil || reader != nil {
		return reader, err
	}
	if err := migrate(ctx, path, version, newest, group); err != nil {
		return nil, err
	}
	return openReader(path, o.mode())
}

// isChanging reports whether another process changed the schema while it was being inspected.
func isChanging(err error) bool {
	e, ok := errors.AsType[*sqlite.Error](err)
	return ok && e.Code()&0xff == sqlite3.SQLITE_SCHEMA
}

// openInspected returns the version of the schema and, if it is the newest, the file open for
// reading: each connection that is opened parses the whole schema. It writes nothing to the file.
func openInspected(ctx context.Context, path string, newest int64, mode string) (*sql.DB, int64, error) {
	reader, err := openReader(path, mode)
	if err != nil {
		return nil, 0, err
	}
	version, err := inspect(ctx, reader, path, newest)
	if err != nil || version != newest {
		return nil, version, errors.Join(err, reader.Close())
	}
	return reader, version, nil
}

// inspect returns the version of the schema, 0 for a file without tables.
func inspect(ctx context.Context, db *sql.DB, path string, newest int64) (int64, error) {
	var tables, ours int64
	err := db.QueryRowContext(ctx,
		`SELECT count(*), count(*) FILTER (WHERE name = 'goose_db_version') FROM sqlite_schema`).Scan(&tables, &ours)
	switch {
	case err != nil:
		return 0, failure(model.Say("open %s", path), err)
	case tables == 0:
		return 0, nil
	case ours == 0:
		return 0, refuse(model.KindInvalid, nil,
			"%s is a database of another program; choose another file with --cache", path)
	}
	if info, err := os.Stat(path); err == nil && info.Size() <= thoroughBelow {
		var verdict string
		if err := db.QueryRowContext(ctx, `PRAGMA quick_check(1)`).Scan(&verdict); err != nil {
			return 0, failure(model.Say("open %s", path), err)
		}
		if strings.Contains(verdict, shortRead) {
			return 0, refuse(model.KindInternal, nil, "open %s: %s", path, brokenUpText)
		}
		if verdict != "ok" {
			return 0, refuse(model.KindInternal, nil, "open %s: %s (%s)", path, damagedText, verdict)
		}
	}
	var version int64
	if err := db.QueryRowContext(ctx,
		`SELECT coalesce(max(version_id), 0) FROM goose_db_version`).Scan(&version); err != nil {
		return 0, failure(model.Say("open %s", path), err)
	}
	if version > newest {
		return 0, refuse(model.KindConflict, nil,
			"%s was written by a newer viberdeck (schema %d, this one knows %d); update this program, "+
				"or choose another file with --cache", path, version, newest)
	}
	return version, nil
}

// backUp copies the database to a new file beside it; an older copy with the same name is kept.
func backUp(ctx context.Context, db *sql.DB, name string, group sharing) error {
	target := name
	f, err := os.OpenFile(target, os.O_CREATE|os.O_EXCL|os.O_WRONLY, group.mode())
	for n := 2; errors.Is(err, fs.ErrExist); n++ {
		target = fmt.Sprintf("%s.%d", name, n)
		f, err = os.OpenFile(target, os.O_CREATE|os.O_EXCL|os.O_WRONLY, group.mode())
	}
	if err == nil {
		err = errors.Join(f.Close(), group.give(target))
	}
	if err != nil {
		return refuse(model.KindDenied, err,
			"the cache cannot be copied to %s before its schema changes; make room there", target)
	}
	if _, err := db.ExecContext(ctx, `VACUUM INTO ?`, target); err != nil {
		return errors.Join(failure(model.Say("copy the cache to %s", target), err), os.Remove(target))
	}
	return nil
}

func refuse(kind model.Kind, cause error, format string, args ...any) error {
	return &model.Error{Kind: kind, Fate: model.FateNotSent, Text: model.Say(format, args...), Err: cause}
}
