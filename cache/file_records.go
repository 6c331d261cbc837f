package cache

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"
)

// fileRecord is what is kept about the cache file outside of it: beside it and in the state
// directory. A file that was copied, restored or moved differs from its records, and a file that
// lost its last changes is behind them. One record is enough; if there are two, both must agree
// with the file.
type fileRecord struct {
	Identity string `json:"identity"`
	Path     string `json:"path"`
	File     fileID `json:"file"`
	Host     string `json:"host"`
	Changes  int64  `json:"changes"` // how many changes of the file were committed: the sum of the topics' versions
}

// fileID distinguishes a file from its copies for as long as it exists, across restarts of the
// host. It is zero if the system does not provide it.
type fileID struct {
	Inode uint64 `json:"inode"`
	Born  int64  `json:"born"` // nanoseconds
}

// String formats the id for comparison.
func (f fileID) String() string { return fmt.Sprintf("%d.%d", f.Inode, f.Born) }

// recordSize is the size a record is padded to: it overwrites the older one in a single write, so
// that a reader sees either of them whole.
const recordSize = 1024

// places returns the paths of the records.
func (db *DB) places() []string {
	places := []string{db.path + ".id"}
	if db.stateDir != "" {
		places = append(places, filepath.Join(db.stateDir, "cache-"+db.identity+".id"))
	}
	return places
}

// readRecord reads a record; ok is false if there is no readable one.
func readRecord(path string) (r fileRecord, at time.Time, ok bool) {
	text, err := os.ReadFile(path)
	if err != nil {
		return r, at, false
	}
	info, err := os.Stat(path)
	if err != nil || json.Unmarshal(text, &r) != nil || r.Identity == "" {
		return r, at, false
	}
	return r, info.ModTime(), true
}

// outside reads the existing records of the file. It is called before the file is inspected: a
// change committed between the two then only leaves the records behind.
func (db *DB) outside() []foundRecord {
	var found []foundRecord
	for _, place := range db.places() {
		if r, at, ok := readRecord(place); ok {
			found = append(found, foundRecord{r, at})
		}
	}
	return found
}

// foundRecord is a record with the time at which it was written.
type foundRecord struct {
	fileRecord
	at time.Time
}

// writeRecord overwrites the record. With durable it outlives a power cut.
func writeRecord(path string, r fileRecord, mode os.FileMode, durable bool) error {
	text, err := json.Marshal(r)
	if err != nil {
		return fmt.Errorf("record of the cache: %w", err)
	}
	size := (len(text)/recordSize + 1) * recordSize
	text = append(text, bytes.Repeat([]byte(" "), size-len(text)-1)...)
	f, err := os.OpenFile(path, os.O_CREATE|os.O_WRONLY, mode)
	if err != nil {
		return fmt.Errorf("record of the cache: %w", err)
	}
	if info, err := f.Stat(); err == nil && info.Mode().Perm() != mode && info.Size() == 0 {
		_ = f.Chmod(mode) // undoes the umask; if this fails, the group reads less
	}
	_, err = f.WriteAt(append(text, '\n'), 0)
	if err == nil {
		err = f.Truncate(int64(size))
	}
	if err == nil && durable {
		err = f.Sync()
	}
	return errors.Join(err, f.Close())
}

// noteChanges updates the records after a commit. Only records of this very file are touched, so
// that a copy does not speak for it. A record that cannot be written weakens the safety net but is
// not a failure of the commit.
func (db *DB) noteChanges(changes int64) {
	for _, place := range db.places() {
		r, _, ok := readRecord(place)
		if !ok || r.Identity != db.identity || r.File != db.file || r.Path != db.path || r.Changes >= changes {
			continue
		}
		r.Changes = changes
		_ = writeRecord(place, r, db.recordMode(), false)
	}
}

// writeRecords writes all records anew. It fails if none could be written.
func (db *DB) writeRecords(changes int64) error {
	host, err := os.Hostname()
	if err != nil {
		host = "this host"
	}
	r := fileRecord{Identity: db.identity, Path: db.path, File: db.file, Host: host, Changes: changes}
	if db.stateDir != "" {
		_ = os.MkdirAll(db.stateDir, 0o700) // with an unwritable home only the record beside the file remains
	}
	var errs []error
	for _, place := range db.places() {
		if err := writeRecord(place, r, db.recordMode(), true); err != nil {
			errs = append(errs, err)
		}
	}
	if len(errs) == len(db.places()) {
		return errors.Join(errs...)
	}
	return nil
}

// recordMode returns the record the same readers and writers as the cache file.
func (db *DB) recordMode() os.FileMode {
	if info, err := os.Stat(db.path); err == nil {
		return info.Mode().Perm() & 0o660
	}
	return 0o600
}

// resolve follows symbolic links, so that a file has one path by whatever name it is opened. A file
// that does not exist yet is resolved by its directory.
func resolve(path string) (string, error) {
	resolved, err := filepath.EvalSymlinks(path)
	if err == nil {
		return resolved, nil
	}
	if target, linkErr := os.Readlink(path); linkErr == nil { // a link to a missing file
		if !filepath.IsAbs(target) {
			target = filepath.Join(filepath.Dir(path), target)
		}
		path = target
	}
	dir, dirErr := filepath.EvalSymlinks(filepath.Dir(path))
	if dirErr != nil {
		if errors.Is(dirErr, os.ErrNotExist) {
			return path, nil // the directory does not exist yet either
		}
		return "", dirErr
	}
	return filepath.Join(dir, filepath.Base(path)), nil
}

// other reports whether two paths name different files; a bind mount gives one file two paths.
func other(a, b string) bool {
	if a == b {
		return false
	}
	x, errA := os.Stat(a)
	y, errB := os.Stat(b)
	return errA != nil || errB != nil || !os.SameFile(x, y)
}
