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
// It is asked twice for each call, each time in a transaction that no other writer of the file, in
// whatever process, can run beside:
//
//  1. ClaimBatch asks it and commits the claim durably. The worker that asks has slot, rate and
//     login in hand, so that the call follows at once.
//  2. Begin asks it again when the connection is open and the first byte of the request is about to
//     be written. Its transaction writes nothing and stays open until the request is written.
//
// A stop (brake, pause, recall, block) is a transaction as well. Either it commits before the
// second question: then the request is refused and the batch is given back. Or it waits for the end
// of the second question: then the request had begun when the stop was made. So nothing that
// contradicts a stop begins after the stop has returned, and a stop waits for nobody longer than it
// takes to write one request.
//
// What is asked, and by what:
//
//	                                           at the claim    at the beginning
//	is the file the one that sends, and is
//	this process the one that leads?           mayLeave        mayLeave
//	brake, pause, recall, approval (a state)   mayLeave        mayLeave
//	is a decision being carried out?           mayLeave        mayLeave
//	is it its time?                            mayLeave        mayLeave
//	is it the account it was confirmed for?    mayLeave        mayLeave
//	does the vendor know whom we block?        mayListLeave    mayListLeave     lists at a vendor
//	who is blocked?                            claimPeople     mayBegin         left out · kept here
//	is there room for outcomes?                mayClaimMore
//	is the next part due?                      mayClaimMore                     gradual sending
//	is it too late without asking?             tooLate         mayAskAgain      first · repeated calls
//	did the first people fare well?            canary
//	would it pass the daily cap?               readCap
//
// Each of these is in this file, but for mayListLeave (outbox_list.go), claimPeople
// (outbox_claim.go), canary and readCap, which are in files of their names.

// verdict is what the gate says of a campaign.
type verdict struct {
	why model.Text // why nothing of it may leave now; nothing: it may
	ask bool       // waiting does not change it: a person has to decide, so the campaign is paused
}

// late is how long after its time, or after it was interrupted, a campaign may still leave without
// asking a person.
const late = 15 * time.Minute

// mayLeave asks everything that concerns the campaign as a whole, of first and later calls. What
// concerns single people (the blacklist) and numbers of them (caps) is asked of each batch: by
// claimPeople, mayListLeave and claimList before it is claimed, by mayBegin after.
func (db *DB) mayLeave(c *leaving, now time.Time) verdict {
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
	why := c.differs(db.login(c.Account))
	return verdict{why: why, ask: !why.IsZero()}
}

// mayClaimMore asks what concerns only those who have not been claimed: whether it is too late to
// go on without asking, and whether the first people have fared well.
func (db *DB) mayClaimMore(ctx context.Context, tx *sql.Tx, c *leaving, now time.Time) (verdict, error) {
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

// tooLate asks whether a campaign has stood still for long, since its own time or the last call
// of its account: what waits behind others in a busy account is not late.
func tooLate(ctx context.Context, tx *sql.Tx, c *leaving, now time.Time) (verdict, error) {
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
		return verdict{ask: true,
			why: model.Say("it was interrupted at %s UTC; resume it to send the rest, or recall it",
				at)}, nil
	}
	return verdict{ask: true, why: model.Say("it should have left at %s UTC; resume it to send it now, or recall it",
		at)}, nil
}

// leaving is a campaign of ours with what the gate and a claim need to know of it.
type leaving struct {
	model.Campaign
	file       model.Text // why nothing may leave from this file by this process; empty: it may
	braked     bool
	recalled   bool
	resolving  bool  // what a person decided about a batch of it is being carried out
	brakeSince int64 // when the brake was pulled or taken off last
	account    int64
	confirmed  login
	due        int64 // from when it may leave
	notBefore  int64 // a call did not leave, or the first people are waited for
	paced      int64 // before when nobody more leaves, as it is spread over its stretch
	most       int64 // people who may leave now; 0: no limit but the call's
	tries      int
	people     int64 // of its list
	number     int   // of its last batch
	again      again // the batch that the next one repeats
	cap        dailyCap
}

func (db *DB) readLeaving(ctx context.Context, tx *sql.Tx, id model.CampaignID) (*leaving, error) {
	var c leaving
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

// Begin is the second question, for a claimed batch or for the repeated call of an unknown one.
// Where the call may begin why is empty, and no write of anybody is committed before done is
// called.
func (db *DB) Begin(ctx context.Context, id model.BatchID, now time.Time) (done func(), why model.Text, err error) {
	if db.writer == nil {
		return nil, model.Say("the cache was opened for reading only"), nil
	}
	tx, end, err := db.begin(ctx, foremost)
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

// mayBegin says why the call of a batch must not begin, nothing if it may. Nobody of the batch can
// be left out any more, so one person who was blocked meanwhile keeps the whole of it here.
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

// mayAskAgain says why the call of a batch whose answer was lost must not be made again by itself.
// It is harmless only under a name that is its own alone, which its tag makes it, and only for as
// long as was said when it was lost.
func mayAskAgain(ctx context.Context, tx *sql.Tx, b batchRow, c *leaving, now time.Time) (model.Text, error) {
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
