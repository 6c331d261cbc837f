package cache

import (
	"context"
	"errors"
	"time"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"viberdeck/model"
)

// failure adds to err what was being done, and turns problems a person can fix (a full disk, a
// damaged file, a busy one) into a sentence that says how. Application errors and nil are returned
// unchanged.
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
	refused := func(kind model.Kind, text string) *model.Error {
		return &model.Error{Kind: kind, Fate: model.FateNotSent,
			Text: model.Say("%s: %s", deedText(doing), model.Text{Format: text}), Err: err}
	}
	soon := func(kind model.Kind, text string) *model.Error {
		e := refused(kind, text)
		e.RetryAfter = time.Second
		return e
	}
	if e.Code() == sqlite3.SQLITE_IOERR_SHORT_READ {
		e := refused(model.KindInternal, brokenUpText)
		e.Err = nil // the sentence is complete, and "disk I/O error" is misleading
		return e
	}
	if isFull(err) {
		return soon(model.KindInternal, diskFull)
	}
	switch e.Code() & 0xff {
	case sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB:
		return refused(model.KindInternal, damagedText)
	case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED:
		return soon(model.KindConflict, "another process has been writing for five seconds; try again in a moment")
	case sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM:
		return refused(model.KindDenied,
			"the file or its directory cannot be written; fix its permissions or choose another with --cache")
	}
	return model.Errorf("%s: %w", deedText(doing), err)
}

const diskFull = "the disk is full, or over its quota; make room and try again"

const brokenUpText = "a part of the cache file is missing: it, or the -wal beside it, was moved or removed " +
	"while the program ran; end all viberdeck programs that use it, put the parts back together if they still exist, " +
	"and start again"

const damagedText = "the cache file is damaged; move it away and put its newest copy (.bak-…) or a backup in its " +
	"place, " +
	"or start without it and lose what only it knows: unsent messages, triage, notes and our blacklist"

// busy names the process that has blocked all writes, if it can be found, or reports that the file
// no longer exists.
func (db *DB) busy(ctx context.Context, err error) error {
	if db.fileReplaced() {
		return &model.Error{Kind: model.KindNotFound, Fate: model.FateNotSent, Err: err,
			Text: model.FileStanding{Kind: model.StandingGone, Here: db.path}.Text()}
	}
	if !isBusy(err) {
		return err
	}
	e := &model.Error{Kind: model.KindConflict, Fate: model.FateNotSent, Err: err, RetryAfter: time.Second}
	run, lookErr := db.EngineRun(ctx)
	writer, name := holder(db.path)
	switch {
	case lookErr == nil && run.Blocks():
		e.Text = model.Say("nobody can write to the cache: the engine: %s", run.Describe(db.now()))
	case writer.id == 0:
		return err
	case writer.stopped():
		e.Text = model.Say("nobody can write to the cache: process %d (%s) writes to it and was stopped by a "+
			"signal; resume it "+
			"(kill -CONT %d) or end it (kill -9 %d)", writer.id, name, writer.id, writer.id)
	default:
		e.Text = model.Say("nobody can write to the cache while process %d (%s) does; try again in a moment, or end it",
			writer.id, name)
	}
	return e
}
