package cache

import (
	"context"
	"database/sql"
	"time"

	"viberdeck/model"
)

// Attention returns everything that may need a person. It counts the health of senders, so it is
// for a command that may take a second, and for a line on the screen that is seldom refreshed.
func (db *DB) Attention(ctx context.Context, p model.Patience) (model.Attention, error) {
	a := model.Attention{Patience: p}
	var err error
	if a.Overview, err = db.Overview(ctx, ""); err != nil {
		return a, err
	}
	if a.Senders, err = db.sendersLately(ctx); err != nil {
		return a, err
	}
	err = db.read(ctx, func(tx *sql.Tx) error {
		if err := openSends(ctx, tx, &a); err != nil {
			return err
		}
		if a.Late, a.LateFrom, err = lateReplies(ctx, tx, p, a.At); err != nil {
			return err
		}
		a.Kept, err = keptCounts(ctx, tx)
		return err
	})
	return a, err
}

// lateReplies counts the open replies that need attention, and returns when the oldest of them
// arrived.
func lateReplies(ctx context.Context, q querier, p model.Patience, now time.Time) (n int64, from time.Time, err error) {
	if p.Late == 0 {
		return 0, from, nil
	}
	var oldest int64
	err = q.QueryRowContext(ctx, `SELECT count(*), coalesce(min(received_at), 0) FROM reply
		WHERE state = 'open' AND received_at < ?`, millis(now.Add(-p.Late))).Scan(&n, &oldest)
	return n, timeOf(oldest), wrap("count late replies", err)
}

// openSends reads the sends that continue only after a decision.
func openSends(ctx context.Context, tx *sql.Tx, a *model.Attention) (err error) {
	if a.Unknown, err = openCampaigns(ctx, tx, `count(b.id), sum(b.size), min(b.claimed_at)`,
		` JOIN batch b ON b.campaign = c.id AND b.state = 'unknown' WHERE c.ours = 1 GROUP BY c.id`); err != nil {
		return err
	}
	const waiting = `0, ` + waitingSQL + `, 0`
	if a.Paused, err = openCampaigns(ctx, tx, waiting, ` WHERE c.ours = 1 AND c.state = 'paused'`); err != nil {
		return err
	}
	a.Approval, err = openCampaigns(ctx, tx, waiting, ` WHERE c.ours = 1 AND c.state = 'needs-approval'`)
	return err
}

// openCampaigns reads our own campaigns c, each with a number of batches, a number of people and a
// time.
func openCampaigns(ctx context.Context, tx *sql.Tx, figures, which string) ([]model.OpenCampaign, error) {
	return all(ctx, tx, "read what needs a person", func(row scanner) (o model.OpenCampaign, err error) {
		var since int64
		o.Campaign, err = scanCampaign(row, &o.Batches, &o.People, &since)
		o.Since = timeOf(since)
		return o, err
	}, `SELECT `+campaignColumns+`, `+figures+fromCampaign+which+` ORDER BY c.id`)
}

// keptCounts counts the callbacks that wait for a person, by account.
func keptCounts(ctx context.Context, q querier) ([]model.KeptCount, error) {
	return all(ctx, q, "count callbacks", func(row scanner) (k model.KeptCount, err error) {
		var since int64
		err = row(&k.Account, &k.N, &since)
		k.Since = timeOf(since)
		return k, err
	}, `SELECT a.name, count(*), min(c.received_at) FROM callback c JOIN account a ON a.id = c.account
		WHERE c.state = 'kept' GROUP BY a.name ORDER BY a.name`)
}
