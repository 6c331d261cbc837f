package cache

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"viberdeck/model"
)

// This file is the gate: "may it leave now?" is answered here and nowhere else, for first calls,
// for calls that are repeated because their answer was lost, and for answers to replies, which are
// campaigns to one person.
//
// It is checked twice for each call, each time in a transaction during which nothing else in any
// process can write to the file:
//
//  1. ClaimBatch checks it and commits the claim durably. The calling worker already holds slot,
//     rate and login, so that the call follows at once.
//  2. Begin checks it again when the connection is open and the first byte of the request is about
//     to be written. Its transaction writes nothing and stays open until the request is written.
//
// A stop (brake, pause, recall, block) is a transaction as well. Either it commits before the
// second check: then the request is refused and the batch is given back. Or it waits for the end of
// the second check: then the request had begun when the stop was made. So nothing that contradicts
// a stop begins after the stop has returned, and a stop never waits longer than it takes to write
// one request.
//
// What is checked, and by what:
//
//	                                           at the claim    at the beginning
//	is the file the one that sends, and is
//	this process the one that leads?           mayLeave        mayLeave
//	brake, pause, recall, approval (a state)   mayLeave        mayLeave
//	is a decision being carried out?           mayLeave        mayLeave
//	is it its time?                            mayLeave        mayLeave
//	is it the account it was confirmed for?    mayLeave        mayLeave
//	does the vendor have all our blocks?       mayListLeave    mayListLeave     lists at a vendor
//	who is blocked?                            claimPeople     mayBegin         left out · kept here
//	is there room for outcomes?                mayClaimMore
//	is the next part due?                      mayClaimMore                     gradual sending
//	is it too late without asking?             tooLate         mayAskAgain      first · repeated calls
//	did the first people fare well?            canary
//	would it pass the daily cap?               readCap
//
// Each of these is in this file, except for mayListLeave (outbox_list.go), claimPeople
// (outbox_claim.go), canary and readCap, which are in files of their names.

// verdict is the gate's decision about a campaign.
type verdict struct {
	why         model.Text // why nothing of it may leave now; empty: it may
	needsPerson bool       // waiting does not change it: the campaign is paused for a person to decide
}

// late is how long after its time, or after an interruption, a campaign may still leave without a
// person's decision.
const late = 15 * time.Minute

// mayLeave checks everything that concerns the campaign as a whole, for first and later calls. What
// concerns single people (the blacklist) and numbers of them (caps) is checked for each batch: by
// claimPeople, mayListLeave and claimList before it is claimed, by mayBegin after.
func (db *DB) mayLeave(c *gateCampaign, now time.Time) verdict {
	switch {
	case !c.file.IsZero():
		return verdict{why: c.file}
	case c.braked:
		return verdict{why: model.Say("the brake is on")}
	case c.State != model.CampaignQueued && c.State != model.CampaignSending && c.State != model.CampaignUnknown:
		return verdict{why: model.Say("the campaign is %s", c.State)}
	case c.resolving:
		return verdict{why: model.Say("a decision about its people is being carried out")}
	case max(c.due, c.notBefore) > millis(now):
		return verdict{why: model.Say("it is not its time")}
	}
	why := db.differs(c)
	return verdict{why: why, needsPerson: !why.IsZero()}
}

// mayClaimMore checks what concerns only people not claimed yet: whether it is too late to continue
// without a person's decision, and whether the first people have fared well.
func (db *DB) mayClaimMore(ctx context.Context, tx *sql.Tx, c *gateCampaign, now time.Time) (verdict, error) {
	if v := db.mayLeave(c, now); !v.why.IsZero() {
		return v, nil
	}
	if db.space().Low {
		return verdict{why: noRoom()}, nil
	}
	if v, err := mayListLeave(ctx, tx, c); err != nil || !v.why.IsZero() {
		return v, err
	}
	if c.paced > millis(now) {
		return verdict{why: model.Say("it leaves gradually, and the next people are not due")}, nil
	}
	if v, err := tooLate(ctx, tx, c, now); err != nil || !v.why.IsZero() {
		return v, err
	}
	return canary(ctx, tx, c, now)
}

func noRoom() model.Text {
	return model.Say("the disk of the cache has no room for what would come of it")
}

// tooLate checks whether a campaign has been idle for long, since its own time or the last call of
// its account: a campaign that waits behind others in a busy account is not late.
func tooLate(ctx context.Context, tx *sql.Tx, c *gateCampaign, now time.Time) (verdict, error) {
	since := max(c.due, c.notBefore, c.paced, c.brakeSince, millis(c.SendAt))
	if since == 0 || millis(now.Add(-late)) <= since {
		return verdict{}, nil
	}
	var last, own int64
	err := tx.QueryRowContext(ctx, `SELECT (SELECT coalesce(max(claimed_at), 0) FROM
			(SELECT claimed_at FROM batch WHERE account = ?1 ORDER BY id DESC LIMIT 20)),
		(SELECT coalesce(max(claimed_at), 0) FROM batch WHERE campaign = ?2)`, c.account, c.ID).Scan(&last, &own)
	if err != nil || millis(now.Add(-late)) <= last {
		return verdict{}, wrap(model.Say("campaign %s", c.ID), err)
	}
	at := timeOf(max(since, own)).UTC().Format("2006-01-02 15:04")
	if own > 0 {
		return verdict{needsPerson: true,
			why: model.Say("it was interrupted at %s UTC; resume it to send the rest, or recall it",
				at)}, nil
	}
	return verdict{needsPerson: true,
		why: model.Say("it should have left at %s UTC; resume it to send it now, or recall it",
			at)}, nil
}

// gateCampaign is one of our campaigns, with what the gate and a claim need to know about it.
type gateCampaign struct {
	model.Campaign
	file       model.Text // why this process may send nothing from this file; empty: it may
	braked     bool
	recalled   bool
	resolving  bool  // a person's decision about one of its batches is being carried out
	brakeSince int64 // when the brake was last pulled or released
	account    int64
	confirmed  login
	due        int64 // from when it may leave
	notBefore  int64 // after a call that did not leave, or while the first people are awaited
	paced      int64 // until when no more people leave, as it is spread over time
	most       int64 // people who may leave now; 0: limited by the call only
	tries      int
	people     int64 // on its list
	number     int   // of its last batch
	again      again // the batch that the next one repeats
	cap        dailyCap
}

func (db *DB) readLeaving(ctx context.Context, tx *sql.Tx, id model.CampaignID) (*gateCampaign, error) {
	var c gateCampaign
	var people sql.NullInt64
	var err error
	c.Campaign, err = scanCampaign(tx.QueryRowContext(ctx,
		`SELECT `+campaignColumns+
			`, c.account, c.tries, c.due_at, c.not_before, c.paced_until, c.list_people, c.confirmed_at,
		c.credentials, (SELECT coalesce(max(number), 0) FROM batch WHERE campaign = c.id), (SELECT active FROM brake),
		(SELECT since FROM brake), c.recalled,
		EXISTS (SELECT 1 FROM batch WHERE campaign = c.id AND resolving <> '')`+fromCampaign+
			`WHERE c.id = ? AND c.ours = 1`, id).Scan,
		&c.account, &c.tries, &c.due, &c.notBefore, &c.paced, &people, &c.confirmed.vendor, &c.confirmed.hash,
		&c.number,
		&c.braked, &c.brakeSince, &c.recalled, &c.resolving)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, model.NotFound("there is no campaign %s of ours", id)
	}
	c.people = people.Int64
	if err == nil {
		c.file, err = db.whyNotFrom(ctx, tx)
	}
	return &c, wrap(model.Say("campaign %s", id), err)
}

// Begin is the second check, for a claimed batch or for the repeated call of an unknown one. If the
// call may begin, why is empty, and no other write is committed before done is called.
func (db *DB) Begin(ctx context.Context, id model.BatchID, now time.Time) (done func(), why model.Text, err error) {
	if db.writer == nil {
		return nil, model.Say("the cache was opened for reading only"), nil
	}
	tx, end, err := db.begin(ctx, beforeAll)
	if err != nil {
		return nil, why, failure(model.Say("ask whether %s may leave", id), err)
	}
	why, err = db.mayBegin(ctx, tx, id, now)
	if err != nil || !why.IsZero() {
		end()
		return nil, why, failure(model.Say("ask whether %s may leave", id), err)
	}
	context.AfterFunc(ctx, end)
	return end, why, nil // nothing was written
}

// mayBegin says why the call of a batch must not begin; it is empty if the call may. People can no
// longer be taken out of the batch, so a single person who was blocked meanwhile keeps all of it
// here.
func (db *DB) mayBegin(ctx context.Context, tx *sql.Tx, id model.BatchID, now time.Time) (model.Text, error) {
	b, err := batchByID(ctx, tx, id)
	if err != nil {
		return model.Text{}, err
	}
	if b.state != model.BatchClaimed && b.state != model.BatchUnknown {
		return model.Say("it is %s", b.state), nil
	}
	c, err := db.readLeaving(ctx, tx, b.campaign)
	if err != nil {
		return model.Text{}, err
	}
	if v := db.mayLeave(c, now); !v.why.IsZero() {
		return v.why, nil
	}
	if v, err := mayListLeave(ctx, tx, c); err != nil || !v.why.IsZero() {
		return v.why, err
	}
	var blocked int64
	err = tx.QueryRowContext(ctx,
		`SELECT count(*) FROM recipient r WHERE r.batch = ?1 AND r.batch > 0 AND `+blockedSQL, id,
		c.Account).Scan(&blocked)
	if err != nil {
		return model.Text{}, wrap(model.Say("blacklist of %s", id), err)
	}
	if blocked > 0 {
		return model.Say("%s", model.Counted(blocked, "of its people is on the blacklist by now",
			"of its people are on the blacklist by now")), nil
	}
	if b.state == model.BatchUnknown {
		return mayAskAgain(ctx, tx, b, c, now)
	}
	return model.Text{}, nil
}

// mayAskAgain says why the call of a batch whose answer was lost must not be repeated
// automatically. Repeating is harmless only under a unique name, which its tag makes it, and only
// for as long as was set when the answer was lost.
func mayAskAgain(ctx context.Context, tx *sql.Tx, b batchRow, c *gateCampaign, now time.Time) (model.Text, error) {
	var until int64
	err := tx.QueryRowContext(ctx, `SELECT asked_until FROM batch WHERE id = ?`, b.id).Scan(&until)
	switch {
	case err != nil:
		return model.Text{}, wrap(model.Say("batch %s", b.id), err)
	case c.recalled:
		return model.Say("the campaign was recalled"), nil
	case b.tag == "":
		return model.Say("its name at the vendor may be that of another campaign"), nil
	case until <= millis(now):
		return model.Say("it is too late to make its call again without asking"), nil
	}
	return model.Text{}, nil
}
