package cache

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"time"

	"viberdeck/model"
)

// callEnds is for how long an automatically repeated call may still be under way.
const callEnds = 2 * time.Minute

// again is a batch whose people wait to get the same message once more, because a person decided
// that it did not leave. The zero value means none.
type again struct {
	id     model.BatchID
	number int
	tag    string
	same   bool // all of them fit into one call, which is then the same call under the same name
}

// Resending returns the people who would get an unknown batch again if a person decided so now.
func (db *DB) Resending(ctx context.Context, id model.BatchID) (model.Resend, error) {
	r := model.Resend{}
	err := db.read(ctx, func(tx *sql.Tx) error {
		found, err := readBatches(ctx, tx, `b.id = ?`, id)
		if err != nil {
			return err
		}
		if len(found) == 0 {
			return model.NotFound("there is no batch %s", id)
		}
		b := found[0]
		if why, err := settled(ctx, tx, id, b.State, db.now()); err != nil || !why.IsZero() {
			return cmp.Or(err, conflict("%s", why))
		}
		err = tx.QueryRowContext(ctx, `SELECT evidence FROM batch WHERE id = ?`, id).Scan(&r.Evidence)
		if err != nil {
			return wrap(model.Say("batch %s", id), err)
		}
		if r.Campaign = b.Campaign; b.Campaign.List != "" {
			r.People = int64(b.Size)
			return nil
		}
		r.Countries = map[string]int64{}
		return each(ctx, tx, model.Say("people of %s", id), func(row scanner) error {
			var who int64
			var open, blocked bool
			err := row(&who, &open, &blocked)
			switch {
			case err != nil:
			case !open:
				r.Seen++
			case blocked:
				r.Blocked++
			default:
				r.People++
				r.Countries[cmp.Or(phoneOf(who).Country(), "?")]++
			}
			return err
		}, `SELECT r.who, r.status = ?3, `+blockedSQL+` FROM recipient r WHERE r.batch = ?1 AND r.batch > 0`, id,
			b.Campaign.Account, model.StatusUnknown)
	})
	return r, failure(model.Say("people of %s", id), err)
}

// relink stores again which batch people repeat, after their repeated call certainly did not leave.
func relink(ctx context.Context, tx *sql.Tx, b batchRow) error {
	_, err := tx.ExecContext(ctx, `INSERT OR REPLACE INTO resend (campaign, who, batch, place)
		SELECT r.campaign, r.who, o.repeats, r.place FROM batch o JOIN recipient r ON r.batch = o.id AND r.batch > 0
		WHERE o.id = ? AND o.repeats > 0 AND r.status = ?`, b.id, model.StatusQueued)
	return wrap(model.Say("batch %s", b.id), err)
}

// toRepeat finds the oldest batch of c that a person wants sent again and whose people still wait.
func toRepeat(ctx context.Context, tx *sql.Tx, c *gateCampaign, most int) (a again, err error) {
	if c.List != "" {
		err = tx.QueryRowContext(ctx, `SELECT id, number, tag FROM batch WHERE campaign = ?1 AND state = 'resent'
			ORDER BY id DESC LIMIT 1`, c.ID).Scan(&a.id, &a.number, &a.tag)
		a.same = true
	} else {
		var people int
		err = tx.QueryRowContext(ctx, `SELECT b.id, b.number, b.tag, (SELECT count(*) FROM (SELECT 1 FROM resend s
				WHERE s.campaign = b.campaign AND s.batch = b.id LIMIT ?2))
			FROM batch b WHERE b.id = (SELECT min(batch) FROM resend WHERE campaign = ?1)`, c.ID, most+1).
			Scan(&a.id, &a.number, &a.tag, &people)
		a.same = people <= most
	}
	if errors.Is(err, sql.ErrNoRows) {
		return again{}, nil
	}
	return a, wrap(model.Say("campaign %s", c.ID), err)
}

// askedSQL is until when the call of a batch b is repeated automatically, 0 if it is not, because a
// person recalled or paused the campaign.
const askedSQL = `iif((SELECT recalled = 0 AND state <> 'paused' FROM campaign WHERE id = b.campaign), b.asked_until, 0)`

// asksAgain reports whether a call of the campaign whose answer was lost is repeated automatically.
func asksAgain(ctx context.Context, tx *sql.Tx, id model.CampaignID, now time.Time) (asks bool, err error) {
	err = tx.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM batch b
		WHERE b.campaign = ? AND b.state = 'unknown' AND `+askedSQL+` > ?)`, id, millis(now)).Scan(&asks)
	return asks, wrap(model.Say("campaign %s", id), err)
}

// settled says why there is nothing to decide about a batch in that state; it is empty if the
// outcome is unknown. A call under way belongs to its engine, even if the engine has stopped.
func settled(ctx context.Context, q querier, id model.BatchID, state model.BatchState, now time.Time) (model.Text,
	error) {
	switch state {
	case model.BatchUnknown:
		return model.Text{}, nil
	case model.BatchClaimed:
		t, err := lastTerm(ctx, q)
		if err != nil {
			return model.Text{}, err
		}
		run := t.run(thisProcess(), now)
		if run.Life == model.EngineEnded {
			return model.Say("%s was under way when its engine ended; it is unknown, and can be resolved, once an "+
				"engine "+
				"runs again: a dashboard, or `viberdeck work --once`", id), nil
		}
		return model.Say("%s is under way and its answer may still come; decide after that. The engine: %s", id,
			run.Describe(now)), nil
	}
	return model.Say("%s is %s; only a batch whose outcome is unknown can be resolved", id, state), nil
}

// atWork says why no one can decide about the batch now: a living engine repeats its call
// automatically, or is doing so.
func atWork(ctx context.Context, tx *sql.Tx, b batchRow, now time.Time) (model.Text, error) {
	var until int64
	if err := tx.QueryRowContext(ctx, `SELECT `+askedSQL+` FROM batch b WHERE b.id = ?`,
		b.id).Scan(&until); err != nil {
		return model.Text{}, wrap(b.id.String(), err)
	}
	if until == 0 || millis(now) > until+callEnds.Milliseconds() {
		return model.Text{}, nil
	}
	t, err := lastTerm(ctx, tx)
	if err != nil || t.run(thisProcess(), now).Life == model.EngineEnded {
		return model.Text{}, err
	}
	return model.Say("%s is asked about automatically until %s UTC: its call is made again under the same name, "+
		"which the vendor accepts only once; decide after that, or once %s has ended", b.id,
		timeOf(until).UTC().Format("15:04"), t.run(thisProcess(), now).Text()), nil
}
