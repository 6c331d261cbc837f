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
}

// canary lets the first people of a campaign leave, and then none until they are judged. If more of
// them failed than the limit allows, a person has to decide.
func canary(ctx context.Context, tx *sql.Tx, c *leaving, now time.Time) (verdict, error) {
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
	switch {
	case round.open > 0:
		return verdict{why: model.Say("the first people are on their way")}, nil
	case now.Before(until):
		_, err := tx.ExecContext(ctx, `UPDATE campaign SET not_before = max(not_before, ?) WHERE id = ?`, millis(until),
			c.ID)
		return verdict{why: model.Say("it is not known yet how the first people fare")},
			wrap(model.Say("wait for the first of %s", c.ID), err)
	}
	if _, err := tx.ExecContext(ctx, `UPDATE campaign SET canary = 0 WHERE id = ?`, c.ID); err != nil {
		return verdict{}, wrap(model.Say("judge the first of %s", c.ID), err)
	}
	share := float64(round.failed) / float64(round.written)
	percent, limit := int(100*share+0.5), int(100*c.Canary.Limit+0.5)
	if share > c.Canary.Limit {
		return verdict{ask: true,
				why: model.Say("refused or not reached: %d of the first %s (%d %%, the limit is %d %%); "+
					"resume it to send the rest, or recall it", round.failed, model.Persons(round.written), percent,
					limit)},
			nil
	}
	return verdict{}, note(ctx, tx, now, "", "let the rest leave", c.ID,
		"refused or not reached: %d of the first %s (%d %%, the limit is %d %%)", round.failed,
		model.Persons(round.written), percent, limit)
}

func readCanary(ctx context.Context, tx *sql.Tx, c *leaving) (canaryRound, error) {
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
	return r, wrap(model.Say("read the first of %s", c.ID), err)
}
