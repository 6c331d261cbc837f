package cache

import (
	"context"
	"database/sql"

	"viberdeck/model"
)

// Pulse returns the figures for a monitoring system. It counts the waiting people, so it is for a
// caller that polls a few times a minute.
func (db *DB) Pulse(ctx context.Context) (model.Pulse, error) {
	p := model.Pulse{Batches: map[model.BatchState]int64{model.BatchClaimed: 0, model.BatchUnknown: 0}}
	var err error
	if p.Overview, err = db.Overview(ctx, ""); err != nil {
		return p, err
	}
	err = db.read(ctx, func(tx *sql.Tx) error {
		var oldest int64
		err := tx.QueryRowContext(ctx, `SELECT (SELECT coalesce(sum(`+waitingSQL+`), 0) FROM campaign c WHERE `+
			leavingSQL+`),
			(SELECT coalesce(min(received_at), 0) FROM reply WHERE state = 'open')`).Scan(&p.Waiting, &oldest)
		if err != nil {
			return err
		}
		p.OldestOpen = timeOf(oldest)
		return each(ctx, tx, "count batches", func(row scanner) error {
			var state model.BatchState
			var n int64
			err := row(&state, &n)
			p.Batches[state] = n
			return err
		}, `SELECT state, count(*) FROM batch WHERE account IN (SELECT id FROM account) AND state IN ('claimed', 'unknown')
			GROUP BY state`)
	})
	return p, err
}
