package cache

import (
	"context"
	"database/sql"
	"time"

	"viberdeck/model"
)

// DueCampaigns returns the campaigns of the account from which people may leave now, oldest first:
// held ones whose recall window has ended, and queued or sending ones with waiting people. A held
// one becomes queued. There are none while the brake is on or the disk has little room: that spares
// queries of the gate, which checks both again.
//
// It runs often for each account: the plus signs make SQLite use the index of the few of our
// campaigns that are not over (campaign_due) and none on the account.
func (db *DB) DueCampaigns(ctx context.Context, account string, now time.Time) ([]model.Campaign, error) {
	if on, err := braked(ctx, db.reader); err != nil || on {
		return nil, failure("read the brake", err)
	}
	if db.space().Low {
		return nil, nil
	}
	id, err := knownAccount(ctx, db.reader, account)
	if err != nil || id == 0 {
		return nil, failure("read due campaigns", err)
	}
	if s, err := db.Standing(ctx); err != nil || !s.MaySend() {
		return nil, err
	}
	if err := db.release(ctx, id, now); err != nil {
		return nil, err
	}
	return all(ctx, db.reader, "read due campaigns", campaignRow, `SELECT `+campaignColumns+fromCampaign+`
		WHERE c.ours = 1 AND c.state IN ('queued', 'sending') AND +c.account = ?1
		AND max(c.due_at, c.not_before, c.paced_until) <= ?2 AND `+leavesSQL+
		`
		ORDER BY c.id`, id, millis(now))
}

// leavesSQL reports whether anything of campaign c waits to be claimed: a person, or the list as a
// whole.
const leavesSQL = `(c.list = '' AND EXISTS (SELECT 1 FROM waiting w WHERE w.campaign = c.id)
	OR c.list <> '' AND NOT EXISTS (SELECT 1 FROM batch b WHERE b.campaign = c.id AND b.state <> 'resent'))`

// overSQL reports whether campaign c was accepted for a time and the vendor has since reported only
// that it has the campaign.
const overSQL = `(c.state = 'scheduled' AND c.send_at > 0 AND NOT ` + leavesSQL + `
	AND NOT EXISTS (SELECT 1 FROM campaign_ref f
	WHERE f.campaign = c.id AND f.state NOT IN ('', 'sent', 'unknown')))`

// releasedAtOnce is how many campaigns one transaction releases; the others follow at the next
// check.
const releasedAtOnce = 100

// release lets the held campaigns leave whose recall window has ended and the scheduled ones whose
// time has come, and updates those that the vendor accepted for a time that has come. It writes
// only if there are any.
func (db *DB) release(ctx context.Context, account int64, now time.Time) error {
	const due = ` FROM campaign c WHERE c.ours = 1 AND c.state IN ('held', 'scheduled') AND +c.account = ?1
		AND (c.state = 'held' AND c.hold_until <= ?2 OR c.state = 'scheduled' AND c.due_at <= ?2 AND ` + leavesSQL +
		` OR ` + overSQL + ` AND c.send_at <= ?2)`
	args := []any{account, millis(now)}
	var n int
	if err := db.reader.QueryRowContext(ctx, `SELECT count(*)`+due, args...).Scan(&n); err != nil || n == 0 {
		return failure("read due campaigns", err)
	}
	return db.write(ctx, func(tx *sql.Tx) error {
		next := map[model.CampaignID]model.CampaignState{}
		err := each(ctx, tx, "read due campaigns", func(row scanner) error {
			var id model.CampaignID
			var state model.CampaignState
			if err := row(&id, &state); err != nil {
				return err
			}
			next[id] = state
			return nil
		}, `SELECT c.id, c.state`+due+` LIMIT ?3`, append(args, releasedAtOnce)...)
		if err != nil {
			return err
		}
		for id, state := range next {
			if state == model.CampaignHeld {
				if _, err := setState(ctx, tx, id, model.CampaignQueued, model.Text{}); err != nil {
					return err
				}
			}
			if _, err := updateState(ctx, tx, id, now); err != nil { // scheduled again, if it is early
				return err
			}
		}
		return nil
	}, model.TopicCampaigns, model.TopicOutbox)
}

// NextDue returns when the next held or given-back campaign of any account becomes due. There is
// none while the brake is on.
func (db *DB) NextDue(ctx context.Context, now time.Time) (at time.Time, ok bool, err error) {
	var ms sql.NullInt64
	err = db.reader.QueryRowContext(ctx,
		`SELECT min(CASE c.state WHEN 'held' THEN c.hold_until
			WHEN 'scheduled' THEN iif(`+leavesSQL+
			`, c.due_at, c.send_at) ELSE max(c.due_at, c.not_before, c.paced_until) END)
		FROM campaign c WHERE c.ours = 1 AND c.state IN ('held', 'scheduled', 'queued', 'sending')
			AND (c.state = 'held' OR c.state = 'scheduled' AND `+leavesSQL+`
			OR c.state IN ('queued', 'sending') AND max(c.due_at, c.not_before, c.paced_until) > ?1 OR `+overSQL+`)
		AND (SELECT active FROM brake) = 0`, millis(now)).Scan(&ms)
	return timeOf(ms.Int64), ms.Valid, failure("read the next due time", err)
}

// Overdue reports whether a campaign of any account is due and something other than the brake keeps
// it here: the vendor, the rate, the disk, the standing of the file.
func (db *DB) Overdue(ctx context.Context, now time.Time) (overdue bool, err error) {
	err = db.reader.QueryRowContext(ctx, `SELECT (SELECT active FROM brake) = 0 AND EXISTS (SELECT 1 FROM campaign c
		WHERE c.ours = 1 AND c.state IN ('held', 'scheduled', 'queued', 'sending')
		AND (c.state = 'held' AND c.hold_until <= ?1 OR c.state = 'scheduled' AND c.due_at <= ?1 AND `+leavesSQL+`
		OR c.state IN ('queued', 'sending') AND max(c.due_at, c.not_before, c.paced_until) <= ?1 AND `+leavesSQL+`))`,
		millis(now)).Scan(&overdue)
	return overdue, failure("read what is overdue", err)
}
