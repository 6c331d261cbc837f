package cache

import (
	"context"
	"database/sql"
	"time"

	"viberdeck/model"
)

// Pass returns, for each of our own campaigns, what became of its people since a time, and who
// waits and why; the oldest campaigns come first, and those with neither are left out. The gate
// says why people wait.
func (db *DB) Pass(ctx context.Context, since time.Time) ([]model.PassResult, error) {
	var all []model.PassResult
	now := db.now()
	err := db.read(ctx, func(tx *sql.Tx) error {
		ids, err := passedIDs(ctx, tx, since)
		if err != nil {
			return err
		}
		for _, id := range ids {
			p, err := db.passed(ctx, tx, id, since, now)
			if err != nil {
				return err
			}
			all = append(all, p)
		}
		return nil
	})
	return all, err
}

func passedIDs(ctx context.Context, tx *sql.Tx, since time.Time) ([]model.CampaignID, error) {
	return all(ctx, tx, "read what a pass did", single[model.CampaignID],
		`SELECT c.id FROM campaign c WHERE `+leavingSQL+` UNION
		SELECT b.campaign FROM batch b WHERE b.account IN (SELECT id FROM account)
			AND max(b.claimed_at, b.settled_at) >= ? ORDER BY 1`, millis(since))
}

func (db *DB) passed(ctx context.Context, tx *sql.Tx, id model.CampaignID, since, now time.Time) (p model.PassResult,
	err error) {
	c, err := db.readLeaving(ctx, tx, id)
	if err != nil {
		return p, err
	}
	p.Campaign = c.Campaign
	var lastError, health model.Text
	err = tx.QueryRowContext(ctx, `SELECT coalesce(sum(b.size - b.refused) FILTER (WHERE b.state = 'accepted'), 0),
			coalesce(sum(b.refused) FILTER (WHERE b.state IN ('accepted', 'refused')), 0),
			coalesce(sum(b.size - b.moved) FILTER (WHERE b.state = 'unknown' AND b.claimed_at >= ?2), 0),
			iif(`+leavingSQL+`, `+waitingSQL+
		`, 0), c.last_error, coalesce((SELECT iif(h.online, '', h.error) FROM health h
			WHERE h.account = c.account), '')
		FROM campaign c LEFT JOIN batch b ON b.campaign = c.id AND max(b.claimed_at, b.settled_at) >= ?2 WHERE c.id = ?1`,
		id, millis(since)).Scan(&p.Accepted, &p.Refused, &p.Unknown, &p.Waiting, &lastError, &health)
	if err != nil || p.Waiting == 0 {
		return p, wrap(model.Say("read what a pass did of %s", id), err)
	}
	return p, db.whyWaits(ctx, tx, c, &p, lastError, health, now)
}

// whyWaits says why people of a campaign wait, and whether for anything but a time or a person.
func (db *DB) whyWaits(ctx context.Context, tx *sql.Tx, c *gateCampaign, p *model.PassResult, lastError,
	health model.Text,
	now time.Time) error {
	from := max(c.due, c.paced)
	if c.State == model.CampaignHeld {
		from = millis(c.HoldUntil)
	}
	if lastError.IsZero() { // the first people are awaited, not the vendor
		from = max(from, c.notBefore)
	}
	switch {
	case c.State == model.CampaignPaused || c.State == model.CampaignNeedsApproval:
		p.Person = true
		return nil
	case from > millis(now):
		p.Until = timeOf(from)
		return nil
	}
	c.State, c.notBefore = model.CampaignQueued, 0
	standing, _, err := db.standing(ctx, tx, db.outside())
	if err != nil {
		return err
	}
	c.file = standing.Text() // which process leads does not matter: its pass is over
	v := db.mayLeave(c, now)
	if v.why.IsZero() {
		if v, err = mayListLeave(ctx, tx, c); err != nil {
			return err
		}
	}
	if v.why.IsZero() && db.space().Low {
		v.why = noRoom()
	}
	engine, err := lastTerm(ctx, tx)
	if err != nil {
		return err
	}
	last := model.Say("nothing keeps them here: make another pass")
	if run := engine.run(thisProcess(), now); run.Term > 0 && run.Life != model.EngineEnded {
		last = model.Say("the engine: %s", run.Describe(now))
	}
	for _, why := range []model.Text{lastError, health, last} {
		if v.why.IsZero() {
			v.why = why
		}
	}
	p.Why = v.why
	return nil
}
