package cache

import (
	"context"
	"database/sql"

	"viberdeck/model"
)

// undo removes the steps that are too old to be undone.
func (f *forgetting) undo(ctx context.Context) error {
	var steps int64
	return f.repeat(ctx, &steps, func(tx *sql.Tx, limit int) (int64, error) {
		return affected(ctx, tx, "remove what is old",
			`DELETE FROM journal WHERE id IN (SELECT id FROM journal ORDER BY id LIMIT ?2) AND at < ?1`,
			millis(f.db.now().Add(-undoKept)), quarter(limit))
	})
}

// orphans selects contacts k that no row refers to.
const orphans = `NOT EXISTS (SELECT 1 FROM recipient r WHERE r.who = -k.id AND r.who < 0) AND NOT EXISTS (SELECT 1
	FROM reply r WHERE r.who = -k.id)
	AND NOT EXISTS (SELECT 1 FROM vendor_block v WHERE v.who = -k.id) AND NOT EXISTS (SELECT 1 FROM blacklist b WHERE b.who = -k.id)`

// contacts removes the identifiers of people who are no longer mentioned anywhere.
func (f *forgetting) contacts(ctx context.Context) error {
	for {
		ids, err := all(ctx, f.db.reader, "look for old contacts", single[int64],
			`SELECT k.id FROM contact k WHERE `+orphans+` LIMIT ?`, quarter(f.pace.size))
		if err != nil || len(ids) == 0 {
			return err
		}
		var n int64
		err = f.db.change(ctx, func(tx *sql.Tx) ([]model.Topic, error) {
			args := make([]any, len(ids))
			for i, id := range ids {
				args[i] = id
			}
			n, err = affected(ctx, tx, "remove what is old",
				`DELETE FROM contact AS k WHERE k.id IN (`+in(len(ids))+`) AND `+orphans, args...)
			return nil, err
		})
		if err != nil || n == 0 {
			return err
		}
		f.done.Contacts += n
		if err := f.breathe(); err != nil {
			return err
		}
	}
}

// requests removes old lines of the request log, whose ids follow their times.
func (f *forgetting) requests(ctx context.Context) error {
	return f.repeat(ctx, &f.done.Lines, func(tx *sql.Tx, limit int) (int64, error) {
		return affected(ctx, tx, "remove what is old",
			`DELETE FROM request_log WHERE id IN (SELECT id FROM request_log ORDER BY id LIMIT ?2) AND at < ?1`,
			f.before, limit)
	})
}

// callbacks removes what vendors posted and no longer needs to be read.
func (f *forgetting) callbacks(ctx context.Context) error {
	return f.repeat(ctx, &f.done.Lines, func(tx *sql.Tx, limit int) (int64, error) {
		return affected(ctx, tx, "remove what is old",
			`DELETE FROM callback WHERE id IN (SELECT id FROM callback WHERE state IN ('done', 'kept') AND received_at < ?1 LIMIT ?2)`,
			f.before, quarter(limit))
	})
}

// phonesIn finds what may be a phone: with a plus, or with more digits than any id of this program.
var phonesIn = model.NewPattern(`\+[0-9]{7,15}|\b[0-9]{10,15}\b`)

// withoutPhone replaces a phone that was removed.
const withoutPhone = "(a phone, removed)"

// lines are the texts that may contain a phone, each with the column of its time.
var lines = []struct{ table, column, at string }{
	{"activity", "detail", "at"}, {"batch", "error", "claimed_at"}, {"batch", "evidence", "claimed_at"},
}

// phonesInLines removes the phones from old lines and keeps the lines.
func (f *forgetting) phonesInLines(ctx context.Context) error {
	for _, l := range lines {
		for after := int64(0); ; {
			last, found, err := linesWithPhones(ctx, f.db.reader,
				`SELECT id, `+l.column+` FROM `+l.table+` WHERE id > ? AND `+l.at+` < ?
				AND `+l.column+` GLOB '*[0-9][0-9][0-9][0-9][0-9][0-9][0-9]*' ORDER BY id LIMIT ?`, after, f.before,
				quarter(f.pace.size))
			if err != nil {
				return err
			}
			if last == 0 {
				break
			}
			after = last
			if len(found) == 0 {
				continue
			}
			err = f.db.change(ctx, func(tx *sql.Tx) ([]model.Topic, error) {
				for id, text := range found {
					if err := execAll(ctx, tx, "phones in the log",
						step{`UPDATE ` + l.table + ` SET ` + l.column + ` = ? WHERE id = ?`,
							[]any{text, id}}); err != nil {
						return nil, err
					}
				}
				if l.table == "activity" {
					return nil, redacted(ctx, tx, f.db.now(), found)
				}
				return nil, nil
			})
			if err != nil {
				return err
			}
			f.done.Lines += int64(len(found))
			if err := f.breathe(); err != nil {
				return err
			}
		}
	}
	return nil
}

// linesWithPhones reads lines and returns those that change when their phones are removed, and the
// last id of all, 0 if there is none.
func linesWithPhones(ctx context.Context, q querier, query string, args ...any) (last int64, found map[int64]string,
	err error) {
	found = map[int64]string{}
	err = each(ctx, q, "look for phones in the log", func(row scanner) error {
		var text string
		if err := row(&last, &text); err != nil {
			return err
		}
		if without := withoutPhones(text); without != text {
			found[last] = without
		}
		return nil
	}, query, args...)
	return last, found, err
}

// withoutPhones removes the phones from a stored sentence, or from a plain line of an older
// version.
func withoutPhones(text string) string {
	return model.StoredText(text).Clean(func(s string) string {
		return phonesIn().ReplaceAllString(s, withoutPhone)
	}).Stored()
}
