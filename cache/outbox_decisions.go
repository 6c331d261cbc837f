package cache

import (
	"cmp"
	"context"
	"database/sql"
	"time"

	"viberdeck/model"
)

func conflict(format string, args ...any) error {
	return &model.Error{Kind: model.KindConflict, Fate: model.FateRefused, Text: model.Say(format, args...)}
}

// decide runs a person's decision about one of our campaigns in one transaction, and adds a line to
// the activity log. The waiting people, perhaps a million, are counted for the wording before the
// transaction; whether any wait is checked within it.
func (db *DB) decide(ctx context.Context, operator, action string, id model.CampaignID,
	fn func(tx *sql.Tx, c model.Campaign, t tally, now time.Time) (detail model.Text, err error)) error {
	before, err := count(ctx, db.reader, id)
	if err != nil {
		return failure(model.Say("campaign %s", id), err)
	}
	return db.write(ctx, func(tx *sql.Tx) error {
		c, err := campaignByID(ctx, tx, id)
		if err != nil {
			return err
		}
		if !c.Ours {
			return conflict("%s was not made here; change it at the vendor", id)
		}
		t, err := countBatches(ctx, tx, id)
		if err != nil {
			return err
		}
		if t.waiting, err = stillWaiting(ctx, tx, id, before.waiting); err != nil {
			return err
		}
		now := db.now()
		detail, err := fn(tx, c, t, now)
		if err != nil {
			return err
		}
		return note(ctx, tx, now, operator, action, id, "%s", detail)
	}, append(sendTopics(), model.TopicReplies)...)
}

// stillWaiting returns how many people of a campaign wait, given how many did a moment ago.
func stillWaiting(ctx context.Context, tx *sql.Tx, id model.CampaignID, before int64) (int64, error) {
	var waits bool
	err := tx.QueryRowContext(ctx, `SELECT c.state <> 'cancelled' AND `+leavesSQL+` FROM campaign c WHERE id = ?`,
		id).Scan(&waits)
	if !waits {
		return 0, wrap(model.Say("campaign %s", id), err)
	}
	return max(before, 1), nil
}

// Pause stops further claims of the campaign, and calls that would be repeated because their answer
// was lost. Claimed batches continue.
func (db *DB) Pause(ctx context.Context, operator string, id model.CampaignID) error {
	return db.decide(ctx, operator, "paused", id,
		func(tx *sql.Tx, c model.Campaign, t tally, now time.Time) (model.Text, error) {
			asks, err := asksAgain(ctx, tx, id, now)
			if err != nil {
				return model.Text{}, err
			}
			switch {
			case c.State == model.CampaignHeld, c.State == model.CampaignQueued, c.State == model.CampaignSending:
			case c.State == model.CampaignScheduled && t.waiting > 0:
			case c.State == model.CampaignUnknown && asks:
			default:
				return model.Text{}, conflict("%s is %s: there is nothing to pause", id, c.State)
			}
			_, err = setState(ctx, tx, id, model.CampaignPaused, model.Say("paused by %s", operator))
			return model.Say("%s, %s", t.waits(), t.beyondRecall()), err
		})
}

// PauseCampaign is Pause by the program; the cause is a sentence for a person. A campaign with
// nothing left to claim keeps its state.
func (db *DB) PauseCampaign(ctx context.Context, id model.CampaignID, cause model.Text, now time.Time) error {
	return db.change(ctx, func(tx *sql.Tx) ([]model.Topic, error) {
		return sendTopics(), pauseGoing(ctx, tx, id, cause, now)
	})
}

// pauseGoing is pause for a campaign that may be over by now, or already stopped.
func pauseGoing(ctx context.Context, tx *sql.Tx, id model.CampaignID, cause model.Text, now time.Time) error {
	c, err := campaignByID(ctx, tx, id)
	if err != nil {
		return err
	}
	switch c.State {
	case model.CampaignHeld, model.CampaignQueued, model.CampaignSending:
		return pause(ctx, tx, id, cause, now)
	}
	return nil
}

// pause stops a campaign on behalf of the program itself.
func pause(ctx context.Context, tx *sql.Tx, id model.CampaignID, cause model.Text, now time.Time) error {
	if _, err := setState(ctx, tx, id, model.CampaignPaused, cause); err != nil {
		return err
	}
	return note(ctx, tx, now, "", "paused", id, "%s", cause)
}

// Resume lets a paused campaign continue: back in its recall window if that is not over, else at
// once. A scheduled time that has passed is dropped, because the person who resumes has decided to
// send now.
func (db *DB) Resume(ctx context.Context, operator string, id model.CampaignID) error {
	return db.decide(ctx, operator, "resumed", id,
		func(tx *sql.Tx, c model.Campaign, t tally, now time.Time) (model.Text, error) {
			if c.State != model.CampaignPaused {
				return model.Text{}, conflict("%s is %s, not paused", id, c.State)
			}
			if why, err := db.ofAnotherVendor(ctx, tx, id); err != nil || !why.IsZero() {
				return model.Text{}, cmp.Or(err, conflict("%s", why))
			}
			state := model.CampaignQueued
			if c.HoldUntil.After(now) {
				state = model.CampaignHeld
			}
			if _, err := setState(ctx, tx, id, state, model.Text{}); err != nil {
				return model.Text{}, err
			}
			err := execAll(ctx, tx, model.Say("resume %s", id),
				step{`UPDATE campaign SET due_at = max(due_at, ?1), not_before = 0, tries = 0, last_error = '',
					credentials = CASE WHEN ?2 <> '' AND (?4 OR credentials = '') THEN ?2 ELSE credentials END
					WHERE id = ?3`,
					[]any{millis(now), db.login(c.Account).hash, id, ofOtherAccount(c.PauseCause)}},
				step{`UPDATE campaign SET send_at = 0 WHERE id = ? AND send_at > 0 AND send_at < ?`,
					[]any{id, millis(now)}})
			if err == nil {
				err = acceptBlockedNow(ctx, tx, id)
			}
			if err != nil {
				return model.Text{}, err
			}
			_, err = updateState(ctx, tx, id, now)
			return model.Say("%s", t.waits()), err
		})
}

// Approve releases a campaign that needs a second person's approval, after its recall window. Its
// maker cannot approve it.
func (db *DB) Approve(ctx context.Context, operator string, id model.CampaignID) error {
	return db.decide(ctx, operator, "approved", id,
		func(tx *sql.Tx, c model.Campaign, _ tally, now time.Time) (model.Text, error) {
			var own bool // two names with one key are one person
			if err := tx.QueryRowContext(ctx, `SELECT maker_key <> '' AND maker_key = (SELECT key FROM activity_head)
				FROM campaign WHERE id = ?`, id).Scan(&own); err != nil {
				return model.Text{}, wrap("read who made it", err)
			}
			switch {
			case c.State != model.CampaignNeedsApproval:
				return model.Text{}, conflict("%s is %s: it needs no approval", id, c.State)
			case c.Operator == operator, own:
				return model.Text{}, &model.Error{Kind: model.KindDenied, Fate: model.FateRefused,
					Text: model.Say("%s was made by %s; somebody else has to approve it", id, c.Operator)}
			}
			// The stored end of the recall window was for a campaign without approval; it begins
			// now.
			state, held, due := model.CampaignQueued, time.Time{}, now
			if c.HoldUntil.After(c.CreatedAt) {
				due = now.Add(c.HoldUntil.Sub(c.CreatedAt))
				state, held = model.CampaignHeld, due
			}
			if _, err := setState(ctx, tx, id, state, model.Text{}); err != nil {
				return model.Text{}, err
			}
			_, err := tx.ExecContext(ctx,
				`UPDATE campaign SET hold_until = ?1, due_at = max(due_at, ?2), approved_by = ?3
				WHERE id = ?4`, millis(held), millis(due), operator, id)
			if err == nil {
				_, err = updateState(ctx, tx, id, now)
			}
			return model.Say("made by %s", c.Operator), wrap(model.Say("approve %s", id), err)
		})
}

// SetBrake stops every claim on the host, in all processes, until it is released. It survives a
// restart.
func (db *DB) SetBrake(ctx context.Context, operator string, on model.Switch, reason string) error {
	action := "took the brake off"
	if on {
		action = "pulled the brake"
	}
	now := db.now()
	return db.writeFirst(ctx, func(tx *sql.Tx) error {
		res, err := tx.ExecContext(ctx,
			`UPDATE brake SET active = ?1, by = ?2, reason = ?3, since = ?4 WHERE active <> ?1 OR ?1 = 1`,
			on, operator, reason, millis(now))
		if err != nil {
			return wrap("set the brake", err)
		}
		if n, err := res.RowsAffected(); err != nil || n == 0 {
			return err
		}
		return note(ctx, tx, now, operator, action, 0, "%s", reason)
	}, model.TopicOutbox, model.TopicHealth)
}
