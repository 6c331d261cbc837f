package cache

import (
	"context"
	"database/sql"

	"viberdeck/model"
)

// identify reads which file this is, and writes its records if it is new. A file of an older
// program, which had no identity, is accepted unless the record beside it says that a newer one was
// in its place.
func (db *DB) identify(ctx context.Context) error {
	var err error
	if db.file, _, err = fileIDOf(db.path); err != nil {
		return err
	}
	var recorded bool
	if err := db.reader.QueryRowContext(ctx, `SELECT identity, recorded FROM file`).Scan(&db.identity,
		&recorded); err != nil {
		return failure("read which cache this is", err)
	}
	if db.writer == nil {
		return nil
	}
	if recorded {
		if err := db.noteMissingChanges(ctx); err != nil {
			return err
		}
		return db.rewriteRecords(ctx)
	}
	return db.change(ctx, func(tx *sql.Tx) ([]model.Topic, error) {
		var ours bool
		err := tx.QueryRowContext(ctx, `SELECT recorded, EXISTS (SELECT 1 FROM campaign WHERE ours = 1) FROM file`).
			Scan(&recorded, &ours)
		if err != nil || recorded {
			return nil, err
		}
		if _, _, before := readRecord(db.path + ".id"); before && ours {
			return nil, nil
		}
		changes, err := changesOf(ctx, tx)
		if err != nil {
			return nil, err
		}
		if err := db.writeRecords(changes); err != nil {
			return nil, err
		}
		_, err = tx.ExecContext(ctx, `UPDATE file SET recorded = 1`)
		return nil, err
	})
}

// noteMissingChanges notes in a file that lacks changes how many it lacks, before anything in it is
// changed: later changes make up for their number but not for their content.
func (db *DB) noteMissingChanges(ctx context.Context) error {
	s, _, err := db.standing(ctx, db.reader, db.outside())
	if err != nil || s.Kind != model.StandingRestored || s.Behind == 0 {
		return err
	}
	return db.change(ctx, func(tx *sql.Tx) ([]model.Topic, error) {
		_, err := tx.ExecContext(ctx, `UPDATE file SET behind = ? WHERE behind = 0`, s.Behind)
		return nil, wrap("note that this cache lacks changes", err)
	})
}

// rewriteRecords rewrites the records if one of them is missing and nothing speaks against the
// file.
func (db *DB) rewriteRecords(ctx context.Context) error {
	whole := true
	for _, place := range db.places() {
		_, _, ok := readRecord(place)
		whole = whole && ok
	}
	if whole {
		return nil
	}
	standing, changes, err := db.standing(ctx, db.reader, db.outside())
	if err != nil || !standing.MaySend() {
		return err
	}
	_ = db.writeRecords(changes) // the other record still exists
	return nil
}

// changesOf counts all changes ever committed.
func changesOf(ctx context.Context, q querier) (n int64, err error) {
	err = q.QueryRowContext(ctx, `SELECT coalesce(sum(version), 0) FROM topic`).Scan(&n)
	return n, wrap("count the changes", err)
}

// Standing reports whether messages may leave from this file, and if not, why.
func (db *DB) Standing(ctx context.Context) (model.FileStanding, error) {
	s, _, err := db.standing(ctx, db.reader, db.outside())
	return s, failure("look whether this cache is the one that sends", err)
}

// fileReplaced reports whether the path no longer leads to the open file, or the path of its log
// (-wal) no longer to the log that was seen before. While the file is open for writing, SQLite
// neither removes its log nor makes another.
func (db *DB) fileReplaced() bool {
	now, _, err := fileIDOf(db.path)
	if err != nil || now != db.file {
		return true
	}
	if db.writer == nil {
		return false
	}
	now, _, err = fileIDOf(db.path + "-wal")
	if known := db.log.Load(); known != nil {
		return err != nil || now != *known
	}
	if err == nil {
		db.log.CompareAndSwap(nil, &now)
	}
	return false
}

// standing compares the file with its records, which were read before q's view of the file began.
// It is cheap, and runs in every transaction that claims.
func (db *DB) standing(ctx context.Context, q querier, outside []foundRecord) (s model.FileStanding, changes int64,
	err error) {
	s.Here = db.path
	if db.fileReplaced() {
		s.Kind = model.StandingGone
		return s, 0, nil
	}
	if changes, err = changesOf(ctx, q); err != nil {
		return s, 0, err
	}
	var behind int64
	if err := q.QueryRowContext(ctx, `SELECT behind FROM file`).Scan(&behind); err != nil {
		return s, 0, wrap("read which cache this is", err)
	}
	for _, r := range outside {
		kind := db.compare(r.fileRecord, changes)
		if kind == model.StandingRight || s.Kind != model.StandingRight {
			continue
		}
		s.Kind, s.Path, s.Host, s.Seen, s.Behind = kind, r.Path, r.Host, r.at, max(0, r.Changes-changes)
	}
	if behind > 0 {
		s.Behind = behind
	}
	switch {
	case len(outside) == 0:
		s.Kind = model.StandingCopied
	case s.Kind == model.StandingRight && behind > 0:
		r := outside[0]
		s.Kind, s.Path, s.Host, s.Seen = model.StandingRestored, r.Path, r.Host, r.at
	}
	return s, changes, nil
}

// compare returns the verdict of one record on the file.
func (db *DB) compare(r fileRecord, changes int64) model.StandingKind {
	switch {
	case r.Identity != db.identity: // the place was another cache's
		return model.StandingRestored
	case r.File != db.file && other(r.Path, db.path):
		return model.StandingCopied
	case r.File != db.file, r.Changes > changes:
		return model.StandingRestored
	case other(r.Path, db.path):
		return model.StandingMoved
	}
	return model.StandingRight
}

// Stakes counts what waits in the file.
func (db *DB) Stakes(ctx context.Context) (s model.Stakes, err error) {
	outside := db.outside()
	err = db.read(ctx, func(tx *sql.Tx) error {
		if s.Standing, _, err = db.standing(ctx, tx, outside); err != nil {
			return err
		}
		return tx.QueryRowContext(ctx, `SELECT count(*), coalesce(sum(people), 0),
			(SELECT count(*) FROM batch WHERE state = 'claimed')
			FROM (SELECT `+waitingSQL+` AS people FROM campaign c WHERE `+leavingSQL+`)`).
			Scan(&s.Campaigns, &s.People, &s.InFlight)
	})
	return s, err
}

// leavingSQL reports whether campaign c is ours and has people who wait to be sent to, now or after
// a person's decision.
const leavingSQL = `c.ours = 1 AND c.state IN ('held', 'needs-approval', 'scheduled', 'queued', 'sending', 'paused')
	AND ` + leavesSQL

// waitingSQL counts the people of campaign c who wait.
const waitingSQL = `(SELECT count(*) FROM waiting w WHERE w.campaign = c.id)
	+ iif(c.list <> '', coalesce(c.list_people, 0), 0)`

func campaignIDs(ctx context.Context, q querier, query string) ([]model.CampaignID, error) {
	return all(ctx, q, "read campaigns", single[model.CampaignID], query)
}

// whyNotFrom says why this process may send nothing from this file: another one leads, or the file
// is not the one that sends. It is empty if the process may send.
func (db *DB) whyNotFrom(ctx context.Context, tx *sql.Tx) (model.Text, error) {
	var current int64
	if err := tx.QueryRowContext(ctx, `SELECT coalesce(max(number), 0) FROM term`).Scan(&current); err != nil {
		return model.Text{}, wrap("read who runs the engine", err)
	}
	if db.term.Load() != current {
		return model.Say("another process runs the engine on this cache now"), nil
	}
	s, _, err := db.standing(ctx, tx, db.outside()) // nothing can commit meanwhile
	return s.Text(), err
}
