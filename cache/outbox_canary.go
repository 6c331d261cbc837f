package cache

import (
	"context"
	"database/sql"
	"time"

	"viberdeck/model"
)

// canaryRound is the progress of the people who go first.
type canaryRound struct {
	written int64 // people in calls that were made
	open    int64 // calls without an outcome
	last    time.Time
	failed  int64
	unread  bool // what became of them at the vendor was not read since
}

// readAgain is how soon the gate looks whether the first people were read at the vendor.
const readAgain = 5 * time.Second

// canary lets the first people of a campaign leave, and then none until they are judged: when their
// time is over and what became of them has been read at the vendor, where it can be. If more of
// them failed than the limit allows, or nothing of them is read for long, a person has to decide.
func canary(ctx context.Context, tx *sql.Tx, c *gateCampaign, now time.Time) (verdict, error) {
	if c.Canary.People == 0 {
		return verdict{}, nil
	}
	round, err := readCanary(ctx, tx, c)
	if err != nil {
		return verdict{}, err
	}
	if c.most = c.Canary.People - round.written; c.most > 0 {
		return verdict{}, nil
	}
	c.most = 0
	if c.SendAt.After(round.last) {
		round.last = c.SendAt
	}
	until := round.last.Add(c.Canary.Wait)
	share := float64(round.failed) / float64(round.written)
	tooMany := share > c.Canary.Limit
	unread := round.unread && !tooMany
	switch {
	case round.open > 0:
		return verdict{why: model.Say("the first people are on their way")}, nil
	case now.Before(until):
		return awaitFirst(ctx, tx, c, until)
	case unread && now.Before(until.Add(late)):
		return awaitFirst(ctx, tx, c, now.Add(readAgain))
	}
	if _, err := tx.ExecContext(ctx, `UPDATE campaign SET canary = 0 WHERE id = ?`, c.ID); err != nil {
		return verdict{}, wrap(model.Say("judge the first of %s", c.ID), err)
	}
	if unread {
		return verdict{needsPerson: true,
			why: model.Say("it is not known how the first %s fared: nothing was read of them at %s; "+
				"resume it to send the rest, or recall it", model.Persons(round.written), c.Account)}, nil
	}
	percent, limit := int(100*share+0.5), int(100*c.Canary.Limit+0.5)
	if tooMany {
		return verdict{needsPerson: true,
				why: model.Say("refused or not reached: %d of the first %s (%d %%, the limit is %d %%); "+
					"resume it to send the rest, or recall it", round.failed, model.Persons(round.written), percent,
					limit)},
			nil
	}
	return verdict{}, note(ctx, tx, now, "", "let the rest leave", c.ID,
		"refused or not reached: %d of the first %s (%d %%, the limit is %d %%)", round.failed,
		model.Persons(round.written), percent, limit)
}

// awaitFirst lets nobody leave before a time, because the first people cannot be judged yet.
func awaitFirst(ctx context.Context, tx *sql.Tx, c *gateCampaign, until time.Time) (verdict, error) {
	_, err := tx.ExecContext(ctx, `UPDATE campaign SET not_before = max(not_before, ?) WHERE id = ?`, millis(until),
		c.ID)
	return verdict{why: model.Say("it is not known yet how the first people fare")},
		wrap(model.Say("wait for the first of %s", c.ID), err)
}

func readCanary(ctx context.Context, tx *sql.Tx, c *gateCampaign) (canaryRound, error) {
	var r canaryRound
	var last int64
	err := tx.QueryRowContext(ctx, `SELECT coalesce(sum(size), 0), count(*) FILTER (WHERE state = 'claimed'),
		max(coalesce(max(claimed_at), 0), coalesce(max(settled_at), 0)), coalesce(sum(size) FILTER (WHERE state = 'unknown'), 0)
		FROM batch WHERE campaign = ? AND state NOT IN ('resent', 'dropped')`, c.ID).Scan(&r.written, &r.open, &last,
		&r.failed)
	if err != nil {
		return r, wrap(model.Say("read the first of %s", c.ID), err)
	}
	r.last = timeOf(last)
	var failed int64
	err = tx.QueryRowContext(ctx,
		`SELECT count(*) FROM recipient WHERE campaign = ? AND batch > 0 AND status IN (?, ?, ?, ?, ?, ?)`,
		c.ID, model.StatusRejected, model.StatusFailed, model.StatusUndelivered, model.StatusNoMoney,
		model.StatusOptedOut,
		model.StatusExpired).Scan(&failed)
	r.failed += failed
	if err == nil {
		// a reference is not a campaign to ask about yet; a vendor without either cannot be asked
		err = tx.QueryRowContext(ctx, `SELECT count(*) FILTER (WHERE reference = 1) > 0
				AND count(*) FILTER (WHERE reference = 0) = 0
			OR count(*) FILTER (WHERE reference = 0 AND poll_stopped = 0 AND poll_last < ?2) > 0
			FROM campaign_ref WHERE campaign = ?1`, c.ID, millis(r.last)).Scan(&r.unread)
	}
	return r, wrap(model.Say("read the first of %s", c.ID), err)
}
