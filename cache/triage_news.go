package cache

import (
	"context"
	"database/sql"
	"time"

	"viberdeck/model"
)

// endedSQL reports whether the last outcome in campaign c came after ?1.
const endedSQL = `coalesce((SELECT max(b.settled_at) FROM batch b WHERE b.campaign = c.id), 0) > ?1`

// pausedSQL reports whether campaign c was paused by anybody else than ?2 after ?1.
const pausedSQL = `(c.state = 'paused' AND EXISTS (SELECT 1 FROM activity v WHERE v.campaign = c.id
	AND v.action = 'paused' AND v.at > ?1 AND v.operator <> ?2))`

// News gives what happened since the given time that the operator has not done. Tests are none.
func (db *DB) News(ctx context.Context, operator string, since time.Time) (model.News, error) {
	n := model.News{Since: since}
	err := db.read(ctx, func(tx *sql.Tx) error {
		err := tx.QueryRowContext(ctx, `SELECT coalesce(sum(c.state = 'sent' AND `+endedSQL+
			`), 0), coalesce(sum(c.state = 'partly-sent' AND `+endedSQL+`), 0),
			coalesce(sum(c.state = 'failed' AND `+endedSQL+`), 0), coalesce(sum(`+pausedSQL+`), 0),
			coalesce(sum(c.state = 'needs-approval' AND c.operator <> ?2 AND c.created_at > ?1), 0)
			FROM campaign c WHERE c.ours = 1 AND c.test = 0 AND c.state IN ('sent', 'partly-sent', 'failed', 'paused',
				'needs-approval')`, millis(since), operator).
			Scan(&n.Sent, &n.PartlySent, &n.Failed, &n.Paused, &n.Approvals)
		if err != nil {
			return model.Errorf("news: %w", err)
		}
		err = tx.QueryRowContext(ctx, `SELECT (SELECT count(*) FROM batch WHERE state = 'unknown' AND claimed_at > ?1),
			(SELECT count(*) FROM reply WHERE stored_at > ?1), (SELECT count(*) FROM reply WHERE stored_at > ?1
				AND state = 'open')`, millis(since)).
			Scan(&n.Unknown, &n.Replies, &n.OpenReplies)
		if err != nil {
			return model.Errorf("news: %w", err)
		}
		n.Troubled, err = texts(ctx, tx, `SELECT `+titleSQL+` FROM campaign c WHERE c.ours = 1 AND c.test = 0
			AND (c.state IN ('failed', 'partly-sent') AND `+endedSQL+` OR `+pausedSQL+
			`) ORDER BY c.sort_at DESC, c.id DESC LIMIT 5`, millis(since), operator)
		return err
	})
	return n, err
}
