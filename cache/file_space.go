package cache

import (
	"errors"
	"path/filepath"
	"time"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"viberdeck/model"
)

// roomForOutcomes is how much room the disk of the cache must have before more is claimed: far more
// than the outcomes of all calls under way, with the log in front of the file, can need.
const roomForOutcomes = 64 << 20

// fullFor is for how long a disk counts as full after a write found it so. A quota cannot be seen
// beforehand.
const fullFor = 30 * time.Second

// space returns how much room the disk of the cache has.
func (db *DB) space() model.DiskSpace {
	var s model.DiskSpace
	s.Free, s.Known = db.freeSpace(filepath.Dir(db.path))
	s.Low = s.Known && s.Free < roomForOutcomes || time.Since(time.UnixMilli(db.fullAt.Load())) < fullFor
	return s
}

// noticeFull remembers that a write found the disk full.
func (db *DB) noticeFull(err error) {
	if isFull(err) {
		db.fullAt.Store(time.Now().UnixMilli())
	}
}

// isFull reports whether a write failed for lack of room. Exceeding a quota gives other errors.
func isFull(err error) bool {
	e, ok := errors.AsType[*sqlite.Error](err)
	if !ok {
		return false
	}
	switch e.Code() {
	case sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR_WRITE, sqlite3.SQLITE_IOERR_SHMSIZE:
		return true
	}
	return false
}
