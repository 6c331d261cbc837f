package cache

import (
	"context"
	"errors"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"viberdeck/model"
)

// failure says what was being done when err came, and turns what a person can mend (a full disk, a
// damaged file, a busy one) into a sentence that says how. Application errors and nil stay as they
// are.
func failure[D deed](doing D, err error) error {
	if err == nil {
		return nil
	}
	if _, ok := errors.AsType[*model.Error](err); ok {
		return err
	}
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	e, ok := errors.AsType[*sqlite.Error](err)
	if !ok {
		return model.Errorf("%s: %w", deedText(doing), err)
	}
	refused := func(kind model.Kind, text string) error {
		return &model.Error{Kind: kind, Fate: model.FateNotSent,
			Text: model.Say("%s: %s", deedText(doing), model.Text{Format: text}), Err: err}
	}
	switch e.Code() & 0xff {
	case sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB:
		return refused(model.KindInternal, damagedText)
	case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED:
		return refused(model.KindConflict, "another process has been writing for five seconds; try again in a moment")
	case sqlite3.SQLITE_FULL:
		return refused(model.KindInternal, "the disk is full; make room and try again")
	case sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM:
		return refused(model.KindDenied,
			"the file or its directory cannot be written; mend its permissions or choose another with --cache")
	}
	return model.Errorf("%s: %w", deedText(doing), err)
}

const damagedText = "the cache file is damaged; move it away and put its newest copy (.bak-…) or a backup in its " +
	"place, " +
	"or start without it and lose what only it knows: unsent messages, triage, notes and our blacklist"

// isSQLite tells whether the error came from the file and not from a decision of this program.
func isSQLite(err error) bool {
	_, ok := errors.AsType[*sqlite.Error](err)
	return ok
}
