package cache

import (
	"cmp"
	"context"
	"crypto/rand"
	"database/sql"
	"math"
	"strings"
	"time"

	"viberdeck/model"
)

// blockedSQL reports whether ?2 (an account's name) must not write to r.who: one of our entries
// applies there, or any vendor blocks the person, who will not care which vendor carries the
// message.
const blockedSQL = `(EXISTS (SELECT 1 FROM blacklist b WHERE b.who = r.who AND ` + appliesAtSQL + `?2)))
	OR EXISTS (SELECT 1 FROM vendor_block v WHERE v.who = r.who))`

// ClaimBatch commits one batch durably before it is sent, after checking the gate. People who have
// been blacklisted meanwhile become suppressed and are in no batch. There is no batch (ok is false)
// when nothing may leave or no one waits; the campaign's state is then derived from its rows. A
// campaign is paused if the gate requires a person's decision or if its next batch would exceed the
// daily cap.
func (db *DB) ClaimBatch(ctx context.Context, id model.CampaignID, claim model.Claim, now time.Time) (b model.Batch,
	ok bool, err error) {
	if claim.PerCall < 1 {
		return b, false, model.Errorf("claim %s: %s a call", id, model.Persons(claim.PerCall))
	}
	for stopped := 1; err == nil && !ok && stopped > 0; { // none of those examined was free
		b, ok, stopped, err = db.claimBatch(ctx, id, claim, now)
	}
	return b, ok && err == nil, err
}

// claimBatch is ClaimBatch in one transaction, which suppresses no more people than one may change.
func (db *DB) claimBatch(ctx context.Context, id model.CampaignID, claim model.Claim, now time.Time) (b model.Batch,
	ok bool, stopped int, err error) {
	err = db.changeBy(ctx, beforeOthers, func(tx *sql.Tx) ([]model.Topic, error) {
		ok, stopped = false, 0
		c, err := db.readLeaving(ctx, tx, id)
		if err != nil {
			return nil, err
		}
		switch v, err := db.mayClaimMore(ctx, tx, c, now); {
		case err != nil:
			return nil, model.Errorf("claim %s: %w", id, err)
		case v.needsPerson:
			return sendTopics(), pause(ctx, tx, id, v.why, now)
		case !v.why.IsZero():
			return nil, nil
		}
		most := claim.PerCall
		if c.most > 0 {
			most = min(most, int(c.most))
		}
		pace, err := paceOf(ctx, tx, c, claim)
		if err != nil {
			return nil, model.Errorf("claim %s: %w", id, err)
		}
		if pace.People > 0 {
			most = min(most, int(pace.People))
		}
		if c.again, err = toRepeat(ctx, tx, c, most); err != nil {
			return nil, model.Errorf("claim %s: %w", id, err)
		}
		if c.cap, err = readCap(ctx, tx, c.account, claim.DailyCap, now); err != nil {
			return nil, model.Errorf("claim %s: %w", id, err)
		}
		if c.List != "" {
			b, ok, stopped, err = claimList(ctx, tx, c, claim, now)
		} else {
			b, ok, stopped, err = db.claimPeople(ctx, tx, c, claim, most, now)
		}
		if err != nil {
			return nil, model.Errorf("claim %s: %w", id, err)
		}
		if ok && pace.Gap > 0 {
			if err := waitFor(ctx, tx, id, now.Add(pace.Gap)); err != nil {
				return nil, err
			}
		}
		if c.cap.met {
			return sendTopics(), pause(ctx, tx, id, c.cap.cause(c.Account), now)
		}
		settled, err := updateState(ctx, tx, id, now)
		if err != nil || !ok && stopped == 0 && !settled {
			return nil, err
		}
		return sendTopics(), nil
	})
	return b, ok, stopped, err
}

// paceOf returns the pace of a campaign that is to leave gradually from here.
func paceOf(ctx context.Context, tx *sql.Tx, c *gateCampaign, claim model.Claim) (model.Pace, error) {
	if !claim.Paced || c.Stretch <= 0 || c.List != "" {
		return model.Pace{}, nil
	}
	people, err := countPeople(ctx, tx, []any{int64(c.ID)})
	return model.PaceOf(c.Stretch, people[c.ID].of(model.Statuses()...)), err
}

// waitFor lets no more people of a campaign leave before a time.
func waitFor(ctx context.Context, tx *sql.Tx, id model.CampaignID, at time.Time) error {
	_, err := tx.ExecContext(ctx, `UPDATE campaign SET paced_until = ? WHERE id = ?`, millis(at), id)
	return wrap(model.Say("pace %s", id), err)
}

// claimList claims the one batch of a campaign to a list at the vendor, together with all people
// named beside the list.
func claimList(ctx context.Context, tx *sql.Tx, c *gateCampaign, how model.Claim, now time.Time) (b model.Batch,
	ok bool, stopped int, err error) {
	var live int
	err = tx.QueryRowContext(ctx, `SELECT count(*) FROM batch WHERE campaign = ? AND state <> 'resent'`,
		c.ID).Scan(&live)
	if err != nil || live > 0 {
		return b, false, 0, err
	}
	named, stopped, err := freePeople(ctx, tx, c, math.MaxInt32, math.MaxInt32)
	if err != nil || !c.cap.takes(c.people+int64(len(named))) {
		return b, false, stopped, err
	}
	b, err = addBatch(ctx, tx, c, int(c.people)+len(named), how, now)
	if err == nil {
		err = putInto(ctx, tx, &b, named)
	}
	return b, err == nil, stopped, err
}

// claimPeople claims people in the order in which they were given, and suppresses those who are
// blocked. The people of a batch that a person wants sent again are claimed separately, before all
// others.
func (db *DB) claimPeople(ctx context.Context, tx *sql.Tx, c *gateCampaign, how model.Claim, most int,
	now time.Time) (b model.Batch, ok bool,
	stopped int, err error) {
	free, stopped, err := freePeople(ctx, tx, c, most, db.piece)
	if err != nil || len(free) == 0 || !c.cap.takes(int64(len(free))) {
		return b, false, stopped, err
	}
	if b, err = addBatch(ctx, tx, c, len(free), how, now); err == nil {
		err = putInto(ctx, tx, &b, free)
	}
	return b, err == nil, stopped, err
}

// freePeople returns the next waiting people who are not blocked, at most the given number, and
// suppresses the blocked ones before them, until it has suppressed the given number.
func freePeople(ctx context.Context, tx *sql.Tx, c *gateCampaign, most, stops int) (free []person, stopped int,
	err error) {
	for last := (person{who: math.MinInt64}); len(free) < most && stopped < stops; {
		next, err := waitingPeople(ctx, tx, c, last, most-len(free))
		if err != nil {
			return nil, 0, err
		}
		if len(next) == 0 {
			break
		}
		last = next[len(next)-1]
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
	return free, stopped, nil
}

// putInto puts waiting people into a new batch.
func putInto(ctx context.Context, tx *sql.Tx, b *model.Batch, free []person) error {
	who := make([]int64, len(free))
	b.People = make([]model.Recipient, len(free))
	for i, p := range free {
		p.Batch = b.ID
		who[i], b.People[i] = p.who, p.Recipient
	}
	if len(who) == 0 {
		return nil // a list alone
	}
	these, err := jsonArg(who)
	if err != nil {
		return err
	}
	id := b.Campaign.ID
	if n, err := affected(ctx, tx, model.Say("campaign %s", id), `UPDATE recipient SET batch = ? WHERE campaign = ?
		AND +batch = -1 AND who IN (SELECT value FROM json_each(?))`, b.ID, id, these); err != nil ||
		n != int64(len(free)) {
		return cmp.Or(err, model.Errorf("claimed %d of %s", n, model.Counted(len(free), "person", "people")))
	}
	return nil
}

// person is one of the waiting people.
type person struct {
	model.Recipient
	who     int64
	blocked bool
}

// waitingPeople reads the next waiting people, those of the batch to be repeated if there is one.
func waitingPeople(ctx context.Context, tx *sql.Tx, c *gateCampaign, after person, limit int) ([]person, error) {
	from := `waiting s CROSS JOIN recipient r ON r.campaign = s.campaign AND r.who = s.who
		WHERE s.campaign = ?1 AND (s.place, s.who) > (?3, ?6) AND r.batch = -1 AND ?5 = 0
		ORDER BY s.place, s.who LIMIT ?4`
	if c.again.id > 0 {
		from = `resend s INDEXED BY resend_of_batch CROSS JOIN recipient r ON r.campaign = s.campaign AND r.who = s.who
			WHERE s.campaign = ?1 AND s.batch = ?5 AND (s.place, s.who) > (?3, ?6) AND r.batch = -1
			ORDER BY s.place, s.who LIMIT ?4`
	}
	return all(ctx, tx, "read who waits", func(row scanner) (person, error) {
		p := person{Recipient: model.Recipient{Campaign: c.ID, Account: c.Account, Status: model.StatusQueued}}
		var vars string
		if err := row(&p.who, &p.Place, &p.Contact, &vars, &p.blocked); err != nil {
			return p, err
		}
		p.Phone = phoneOf(p.who)
		return p, jsonOf(vars, &p.Vars)
	}, `SELECT w.who, w.place, coalesce(k.text, ''), coalesce(x.vars, ''), w.blocked
		FROM (SELECT r.campaign, r.who, r.place, `+blockedSQL+` AS blocked FROM `+from+`) w
		LEFT JOIN contact k ON k.id = -w.who
		LEFT JOIN recipient_vars x ON x.campaign = w.campaign AND x.who = w.who ORDER BY w.place, w.who`,
		c.ID, c.Account, after.Place, limit, c.again.id, after.who)
}

// addBatch stores a claimed batch of size people with its own attempt id and tag. One that repeats
// another keeps that one's number and tag, so that a vendor that accepts the same call only once
// recognises it.
func addBatch(ctx context.Context, tx *sql.Tx, c *gateCampaign, size int, claim model.Claim,
	now time.Time) (model.Batch, error) {
	c.number++
	b := model.Batch{Campaign: c.Campaign, Number: c.number, State: model.BatchClaimed,
		Attempt: strings.ToLower(rand.Text()), Tag: strings.ToLower(rand.Text())[:model.TagLength],
		Tries: c.tries, ClaimedAt: timeOf(millis(now)), Size: size}
	if c.again.same {
		b.Number, b.Tag, b.Repeat = c.again.number, cmp.Or(c.again.tag, b.Tag), true
		c.number--
	}
	if err := tx.QueryRowContext(ctx,
		`SELECT EXISTS (SELECT 1 FROM campaign WHERE account = ? AND name = ? AND id <> ?)`,
		c.account, c.Name, c.ID).Scan(&b.Namesake); err != nil {
		return b, err
	}
	var until time.Time
	if claim.AskAgain > 0 {
		until = later(now, c.SendAt).Add(claim.AskAgain)
	}
	res, err := tx.ExecContext(ctx,
		`INSERT INTO batch (campaign, account, number, state, attempt, tries, size, claimed_at, tag, repeats, asked_until, term,
			known_before)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, (SELECT coalesce(max(number), 0) FROM term),
			(SELECT coalesce(max(id), 0) FROM campaign))`,
		c.ID, c.account, b.Number, b.State, b.Attempt, b.Tries, size, millis(now), b.Tag, c.again.id, millis(until))
	if err != nil {
		return b, err
	}
	n, err := res.LastInsertId()
	b.ID = model.BatchID(n)
	return b, err
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}
