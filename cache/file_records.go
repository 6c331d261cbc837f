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

// fileRecord is what is kept outside of the cache file about it: beside it and in the state
// directory. A file that was copied, restored or moved differs from its records, and a file that
// lost its last changes is behind them. One record is enough; both must agree with the file.
type fileRecord struct {
	Identity string `json:"identity"`
	Path     string `json:"path"`
	File     fileID `json:"file"`
	Host     string `json:"host"`
	Changes  int64  `json:"changes"` // how many changes of the file were committed: the sum of the topics' versions
}

// fileID distinguishes a file from its copies as long as it exists, over restarts of the host. Zero
// where the system tells nothing.
type fileID struct {
	Inode uint64 `json:"inode"`
	Born  int64  `json:"born"` // nanoseconds
}

// String writes it for comparing.
func (f fileID) String() string { return fmt.Sprintf("%d.%d", f.Inode, f.Born) }

// recordSize is what a record is padded to: it is written over the older one in one piece, so that
// a reader sees one of them.
const recordSize = 1024

// places are the files of the records.
func (db *DB) places() []string {
	places := []string{db.path + ".id"}
	if db.stateDir != "" {
		places = append(places, filepath.Join(db.stateDir, "cache-"+db.identity+".id"))
	}
	return places
}

// readRecord reads a record; ok is false if there is none that can be read.
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

// outside reads the records of the file that there are. It is asked before the file is looked at: a
// change that is committed between the two then only leaves them behind.
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

// writeRecord writes over the record. With durable it outlives a power cut.
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
		_ = f.Chmod(mode) // just made, and cut by the umask; where it cannot be, the group reads less
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

// noteChanges keeps the records up with the file after a commit. Only records of this very file are
// touched, so that a copy does not speak for it. A record that cannot be written is a smaller net,
// not a failure of what was committed.
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
		_ = os.MkdirAll(db.stateDir, 0o700) // a home that cannot be written leaves the record beside the file
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

// recordMode gives the record the readers and writers of the cache file.
func (db *DB) recordMode() os.FileMode {
	if info, err := os.Stat(db.path); err == nil {
		return info.Mode().Perm() & 0o660
	}
	return 0o600
}

// resolve follows symbolic links, so that a file has one path whatever it is called by. A file that
// is to be made is resolved by its directory.
func resolve(path string) (string, error) {
	resolved, err := filepath.EvalSymlinks(path)
	if err == nil {
		return resolved, nil
	}
	if target, linkErr := os.Readlink(path); linkErr == nil { // a link to a file that is to be made
		if !filepath.IsAbs(target) {
			target = filepath.Join(filepath.Dir(path), target)
		}
		path = target
	}
	dir, dirErr := filepath.EvalSymlinks(filepath.Dir(path))
	if dirErr != nil {
		if errors.Is(dirErr, os.ErrNotExist) {
			return path, nil // the directory is to be made as well
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
