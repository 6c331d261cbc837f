package cache

import (
	"context"
	"database/sql"
	"time"

	"viberdeck/model"
)

// endedSQL reports whether the last outcome in campaign c came after ?1.
const endedSQL = `coalesce((SELECT max(b.settled_at) FROM batch b WHERE b.campaign = c.id), 0) > ?1`

// pausedSQL reports whether campaign c was paused after ?1, other than by operator ?2.
const pausedSQL = `(c.state = 'paused' AND EXISTS (SELECT 1 FROM activity v WHERE v.campaign = c.id
	AND v.action = 'paused' AND v.at > ?1 AND v.operator <> ?2))`

// News returns what happened since the given time that the operator has not done. It leaves out
// tests.
func (db *DB) News(ctx context.Context, operator string, since time.Time, p model.Patience) (model.News, error) {
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
		if n.Deeds, err = db.deeds(ctx, tx, operator, since); err != nil {
			return err
		}
		if n.Late, n.NewlyLate, err = newlyLate(ctx, tx, p, since, db.now()); err != nil {
			return err
		}
		n.Troubled, err = texts(ctx, tx, `SELECT `+titleSQL+` FROM campaign c WHERE c.ours = 1 AND c.test = 0
			AND (c.state IN ('failed', 'partly-sent') AND `+endedSQL+` OR `+pausedSQL+
			`) ORDER BY c.sort_at DESC, c.id DESC LIMIT 5`, millis(since), operator)
		return err
	})
	return n, err
}

// deeds counts what operators other than the given one did with replies since a time, the most
// active first. A reply counts once: as answered, else as blocked, else as done, else as claimed.
func (db *DB) deeds(ctx context.Context, tx *sql.Tx, operator string, since time.Time) ([]model.Deeds, error) {
	return all(ctx, tx, "count what others did", func(row scanner) (d model.Deeds, err error) {
		return d, row(&d.Operator, &d.Answered, &d.Blocked, &d.Done, &d.Claimed)
	}, `WITH deed (who, kind) AS (
		SELECT r.done_by, CASE
			WHEN EXISTS (SELECT 1 FROM campaign w WHERE w.answer_to > 0 AND w.answer_to = r.id
				AND w.operator = r.done_by AND w.created_at > ?1 AND w.state NOT IN ('cancelled', 'failed')) THEN 1
			WHEN EXISTS (SELECT 1 FROM blacklist e WHERE e.removed_at = 0 AND e.who = r.who AND e.added_by = r.done_by
				AND e.added_at > ?1) THEN 2
			ELSE 3 END
			FROM reply r WHERE likely(r.state = 'done') AND r.done_at > ?1 AND r.done_by NOT IN ('', ?2)
		UNION ALL
		SELECT r.claimed_by, 4 FROM reply r WHERE `+claimedSQL(db.now())+` AND r.claimed_by <> ?2
			AND r.state <> 'done' AND EXISTS (SELECT 1 FROM journal j, json_each(j.before, '$.replies') c
				WHERE j.operator = r.claimed_by AND j.action = 'claim' AND j.undone = 0 AND c.value ->> 'id' = r.id
				AND j.id > coalesce((SELECT id FROM journal WHERE at <= ?1 ORDER BY id DESC LIMIT 1), 0)))
		SELECT who, sum(kind = 1), sum(kind = 2), sum(kind = 3), sum(kind = 4) FROM deed
		GROUP BY who ORDER BY count(*) DESC, who`, millis(since), operator)
}

// newlyLate counts the late replies, and those of them that became late since a time.
func newlyLate(ctx context.Context, tx *sql.Tx, p model.Patience, since, now time.Time) (late, newly int64, err error) {
	if late, _, err = lateReplies(ctx, tx, p, now); err != nil || late == 0 {
		return late, 0, err
	}
	before, _, err := lateReplies(ctx, tx, p, since)
	return late, max(0, late-before), err
}
