package cache

import (
	"context"
	"database/sql"
	"iter"
	"slices"

	"viberdeck/model"
)

// KeptCallbacks returns callbacks that wait for a person because their news was not applied,
// limited to the accounts if any are given, oldest first, beginning after the given one.
func (db *DB) KeptCallbacks(ctx context.Context, accounts []string, after int64, limit int) ([]model.PendingCallback,
	error) {
	names, err := jsonArg(accounts)
	if err != nil {
		return nil, err
	}
	return all(ctx, db.reader, "read callbacks", func(row scanner) (k model.PendingCallback, err error) {
		var at int64
		err = row(&k.ID, &k.Account, &k.Vendor, &k.Body, &at, &k.Note)
		k.ReceivedAt = timeOf(at)
		return k, err
	}, `SELECT c.id, a.name, c.vendor, c.body, c.received_at, c.note FROM callback c JOIN account a ON a.id = c.account
		WHERE c.state = 'kept' AND c.id > ?1 AND (?2 = '' OR a.name IN (SELECT value FROM json_each(nullif(?2, ''))))
		ORDER BY c.id LIMIT ?3`, after, names, limit)
}

// DecideCallbacks ends the wait of kept callbacks by a person's decision. Released ones are read
// again, and their news is applied no matter which person it is about; the others are dropped. It
// returns how many waited.
func (db *DB) DecideCallbacks(ctx context.Context, operator string, ids []int64,
	as model.CallbackDecision) (int, error) {
	set, did := `state = 'done', note = ?2`, string(as)
	if as == model.CallbackReleased {
		set = `state = 'new', released = 1, note = ?2`
	}
	decided := 0
	slices.Sort(ids)
	err := inPieces(ctx, db, slices.Compact(ids), func(tx *sql.Tx, part iter.Seq[int64]) ([]model.Topic, error) {
		n := 0
		for id := range part {
			res, err := tx.ExecContext(ctx, `UPDATE callback SET `+set+` WHERE id = ?1 AND state = 'kept'`, id,
				did+" by "+operator)
			if err != nil {
				return nil, wrap("decide about a callback", err)
			}
			one, err := res.RowsAffected()
			if err != nil {
				return nil, err
			}
			n += int(one)
		}
		if n == 0 {
			return nil, nil
		}
		decided += n
		return []model.Topic{model.TopicHealth, model.TopicLog},
			note(ctx, tx, db.now(), operator, did, 0, "%s", model.Counted(n, "kept callback", "kept callbacks"))
	})
	return decided, err
}
