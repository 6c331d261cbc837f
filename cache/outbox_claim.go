package cache

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"
	"math"
	"strings"
	"time"

	"viberdeck/model"
)

// blockedSQL tells whether ?2 (an account's name) must not write to r.who: an entry of ours holds
// there, or any vendor blocks the person, who will not care which vendor carries the message.
const blockedSQL = `(EXISTS (SELECT 1 FROM blacklist b WHERE b.who = r.who AND b.removed_at = 0
		AND (b.only = '' OR EXISTS (SELECT 1 FROM json_each(b.only) o WHERE o.value = ?2)))
	OR EXISTS (SELECT 1 FROM vendor_block v WHERE v.who = r.who))`

// DueCampaigns gives the campaigns of the account from which people may leave now, oldest first:
// held ones whose recall window has ended, and queued or sending ones in which somebody waits. A
// held one becomes queued. None while the brake is on.
func (db *DB) DueCampaigns(ctx context.Context, account string, now time.Time) ([]model.Campaign, error) {
	if on, err := braked(ctx, db.reader); err != nil || on {
		return nil, failure("read the brake", err)
	}
	id, err := knownAccount(ctx, db.reader, account)
	if err != nil || id == 0 {
		return nil, failure("read due campaigns", err)
	}
	if err := db.release(ctx, id, now); err != nil {
		return nil, err
	}
	return all(ctx, db.reader, "read due campaigns", campaignRow, `SELECT `+campaignColumns+fromCampaign+`
		WHERE c.ours = 1 AND c.state IN ('queued', 'sending') AND c.account = ?1 AND c.not_before <= ?2 AND `+leavesSQL+
		`
		ORDER BY c.id`, id, millis(now))
}

// leavesSQL tells whether somebody of campaign c waits to be claimed: a person, or the list as a
// whole.
const leavesSQL = `(c.list = '' AND EXISTS (SELECT 1 FROM recipient r WHERE r.campaign = c.id AND r.batch = -1)
	OR c.list <> '' AND NOT EXISTS (SELECT 1 FROM batch b WHERE b.campaign = c.id AND b.state <> 'resent'))`

// late is how long after its time a scheduled campaign may still leave without asking a person.
const late = 15 * time.Minute

// overSQL tells whether campaign c was accepted for a time of which the vendor says nothing more.
const overSQL = `(c.state = 'scheduled' AND c.send_at > 0 AND NOT EXISTS (SELECT 1 FROM campaign_ref f WHERE f.campaign = c.id AND f.state <> ''))`

// release queues the held campaigns whose recall window has ended, pauses those whose own time has
// long passed, and settles accepted ones when their time has come. It writes only if there are any.
func (db *DB) release(ctx context.Context, account int64, now time.Time) error {
	const due = ` FROM campaign c WHERE c.ours = 1 AND c.account = ?1 AND (c.state = 'held' AND c.hold_until <= ?2
		OR c.state = 'queued' AND c.send_at > 0 AND c.send_at < ?3 AND NOT EXISTS (SELECT 1 FROM batch b WHERE b.campaign = c.id)
		OR ` + overSQL + ` AND c.send_at <= ?2)`
	args := []any{account, millis(now), millis(now.Add(-late))}
	var n int
	if err := db.reader.QueryRowContext(ctx, `SELECT count(*)`+due, args...).Scan(&n); err != nil || n == 0 {
		return failure("read due campaigns", err)
	}
	return db.write(ctx, func(tx *sql.Tx) error {
		next := map[model.CampaignID]model.CampaignState{}
		err := each(ctx, tx, "read due campaigns", func(row scanner) error {
			var id model.CampaignID
			var state model.CampaignState
			var sendAt int64
			if err := row(&id, &state, &sendAt); err != nil {
				return err
			}
			switch {
			case state == model.CampaignScheduled:
				next[id] = model.CampaignScheduled
			case sendAt > 0 && sendAt < millis(now.Add(-late)):
				next[id] = model.CampaignPaused
			default:
				next[id] = model.CampaignQueued
			}
			return nil
		}, `SELECT c.id, c.state, c.send_at`+due, args...)
		if err != nil {
			return err
		}
		for id, state := range next {
			var err error
			switch state {
			case model.CampaignScheduled:
				_, err = settle(ctx, tx, id, now)
			case model.CampaignPaused:
				_, err = setState(ctx, tx, id, state, "its time has passed; resume it to send it now, or recall it")
			default:
				_, err = setState(ctx, tx, id, state, "")
			}
			if err != nil {
				return err
			}
		}
		return nil
	}, model.TopicCampaigns, model.TopicOutbox)
}

// NextDue tells when the next held or given-back campaign of any account becomes due. There is none
// while the brake is on.
func (db *DB) NextDue(ctx context.Context, now time.Time) (at time.Time, ok bool, err error) {
	var ms sql.NullInt64
	err = db.reader.QueryRowContext(ctx,
		`SELECT min(CASE c.state WHEN 'held' THEN c.hold_until WHEN 'scheduled' THEN c.send_at ELSE c.not_before END)
		FROM campaign c WHERE c.ours = 1 AND (c.state = 'held' OR c.state IN ('queued', 'sending') AND c.not_before > ?1 OR `+overSQL+`)
		AND (SELECT active FROM brake) = 0`, millis(now)).Scan(&ms)
	return timeOf(ms.Int64), ms.Valid, failure("read the next due time", err)
}

// ClaimBatches commits batches durably, before any of them is sent. People who are on the blacklist
// by now become suppressed and are in no batch. It gives none when the brake is on, the campaign
// may not send now or nobody waits; its state is then settled from its rows. A batch that would
// pass the daily cap is not claimed; if it is the first, the campaign is paused.
func (db *DB) ClaimBatches(ctx context.Context, id model.CampaignID, claim model.Claim, now time.Time) ([]model.Batch,
	error) {
	if claim.PerCall < 1 || claim.Batches < 1 {
		return nil, fmt.Errorf("claim %s: %d people a call, %d calls", id, claim.PerCall, claim.Batches)
	}
	var batches []model.Batch
	err := db.change(ctx, func(tx *sql.Tx) ([]model.Topic, error) {
		batches = nil
		c, err := claimable(ctx, tx, id, now)
		if err != nil || c == nil {
			return nil, err
		}
		if number, ok, err := repeated(ctx, tx, c, claim.PerCall); err != nil {
			return nil, fmt.Errorf("claim %s: %w", id, err)
		} else if ok {
			c.repeat = number
		}
		if c.cap, err = readCap(ctx, tx, c.account, claim.DailyCap, now); err != nil {
			return nil, fmt.Errorf("claim %s: %w", id, err)
		}
		var stopped int
		if c.List != "" {
			batches, err = claimList(ctx, tx, c, now)
		} else {
			batches, stopped, err = claimPeople(ctx, tx, c, claim, now)
		}
		if err != nil {
			return nil, fmt.Errorf("claim %s: %w", id, err)
		}
		if len(batches) == 0 && c.cap.met {
			return sendTopics(), pause(ctx, tx, id, c.cap.cause(c.Account), now)
		}
		settled, err := settle(ctx, tx, id, now)
		if err != nil || len(batches) == 0 && stopped == 0 && !settled {
			return nil, err
		}
		return sendTopics(), nil
	})
	if err != nil {
		return nil, err
	}
	return batches, nil
}

// toClaim is a campaign that may send now.
type toClaim struct {
	model.Campaign
	account int64
	tries   int
	people  int64 // of its list
	number  int   // of its last batch
	repeat  int   // number of the batch that the next one repeats; 0: none
	cap     dailyCap
}

// claimable reads the campaign, nil if it may not send now.
func claimable(ctx context.Context, tx *sql.Tx, id model.CampaignID, now time.Time) (*toClaim, error) {
	var c toClaim
	var braked bool
	var notBefore int64
	var people sql.NullInt64
	var err error
	c.Campaign, err = scanCampaign(tx.QueryRowContext(ctx,
		`SELECT `+campaignColumns+`, c.account, c.tries, c.not_before, c.list_people,
		(SELECT coalesce(max(number), 0) FROM batch WHERE campaign = c.id), (SELECT active FROM brake)`+fromCampaign+
			`WHERE c.id = ? AND c.ours = 1`, id).Scan,
		&c.account, &c.tries, &notBefore, &people, &c.number, &braked)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, model.NotFound("there is no campaign %s of ours", id)
	}
	if err != nil {
		return nil, fmt.Errorf("campaign %s: %w", id, err)
	}
	c.people = people.Int64
	if braked || c.State != model.CampaignQueued && c.State != model.CampaignSending || notBefore > millis(now) {
		return nil, nil
	}
	return &c, nil
}

// claimList claims the one batch of a campaign to a list at the vendor.
func claimList(ctx context.Context, tx *sql.Tx, c *toClaim, now time.Time) ([]model.Batch, error) {
	var live int
	err := tx.QueryRowContext(ctx, `SELECT count(*) FROM batch WHERE campaign = ? AND state <> 'resent'`,
		c.ID).Scan(&live)
	if err != nil || live > 0 || !c.cap.takes(c.people) {
		return nil, err
	}
	b, err := addBatch(ctx, tx, c, int(c.people), now)
	if err != nil {
		return nil, err
	}
	return []model.Batch{b}, nil
}

// claimPeople claims the people who waited longest in the order of their numbers, and suppresses
// those who are blocked.
func claimPeople(ctx context.Context, tx *sql.Tx, c *toClaim, most model.Claim, now time.Time) (batches []model.Batch,
	stopped int, err error) {
	var free []person
	for last, want := int64(math.MinInt64), most.PerCall*most.Batches; len(free) < want; {
		next, err := waitingPeople(ctx, tx, c, last, want-len(free))
		if err != nil {
			return nil, 0, err
		}
		if len(next) == 0 {
			break
		}
		last = next[len(next)-1].who
		for _, p := range next {
			if !p.blocked {
				free = append(free, p)
				continue
			}
			stopped++
			if _, err := tx.ExecContext(ctx,
				`UPDATE recipient SET batch = 0, status = ? WHERE campaign = ? AND who = ?`,
				model.StatusSuppressed, c.ID, p.who); err != nil {
				return nil, 0, err
			}
		}
	}
	claim, err := tx.PrepareContext(ctx, `UPDATE recipient SET batch = ? WHERE campaign = ? AND who = ?`)
	if err != nil {
		return nil, 0, err
	}
	defer claim.Close()
	for len(free) > 0 {
		n := min(most.PerCall, len(free))
		if !c.cap.takes(int64(n)) {
			break
		}
		b, err := addBatch(ctx, tx, c, n, now)
		if err != nil {
			return nil, 0, err
		}
		b.People = make([]model.Recipient, 0, n)
		for _, p := range free[:n] {
			if _, err := claim.ExecContext(ctx, b.ID, c.ID, p.who); err != nil {
				return nil, 0, err
			}
			p.Batch = b.ID
			b.People = append(b.People, p.Recipient)
		}
		batches, free = append(batches, b), free[n:]
	}
	return batches, stopped, nil
}

// person is one of the people who wait.
type person struct {
	model.Recipient
	who     int64
	blocked bool
}

func waitingPeople(ctx context.Context, tx *sql.Tx, c *toClaim, after int64, limit int) ([]person, error) {
	return all(ctx, tx, "read who waits", func(row scanner) (person, error) {
		p := person{Recipient: model.Recipient{Campaign: c.ID, Account: c.Account, Status: model.StatusQueued}}
		var vars string
		if err := row(&p.who, &p.Contact, &vars, &p.blocked); err != nil {
			return p, err
		}
		p.Phone = phoneOf(p.who)
		return p, jsonOf(vars, &p.Vars)
	}, `SELECT r.who, coalesce(k.text, ''), coalesce(x.vars, ''), `+blockedSQL+`
		FROM recipient r INDEXED BY recipient_waiting
		LEFT JOIN contact k ON k.id = -r.who LEFT JOIN recipient_vars x ON x.campaign = r.campaign AND x.who = r.who
		WHERE r.campaign = ?1 AND r.batch = -1 AND r.who > ?3 ORDER BY r.who LIMIT ?4`, c.ID, c.Account, after, limit)
}

// addBatch stores a claimed batch of size people with an attempt id of its own.
func addBatch(ctx context.Context, tx *sql.Tx, c *toClaim, size int, now time.Time) (model.Batch, error) {
	c.number++
	b := model.Batch{Campaign: c.Campaign, Number: c.number, State: model.BatchClaimed,
		Attempt: strings.ToLower(rand.Text()),
		Tries:   c.tries, ClaimedAt: timeOf(millis(now)), Size: size}
	if c.repeat > 0 {
		b.Number, b.Repeat, c.repeat = c.repeat, true, 0
	}
	res, err := tx.ExecContext(ctx,
		`INSERT INTO batch (campaign, account, number, state, attempt, tries, size, claimed_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
		c.ID, c.account, b.Number, b.State, b.Attempt, b.Tries, size, millis(now))
	if err != nil {
		return b, err
	}
	n, err := res.LastInsertId()
	b.ID = model.BatchID(n)
	return b, err
}
