package cache

import (
	"context"
	"time"

	"viberdeck/model"
)

const (
	// knownFor is how long before a call the campaigns of its account are examined: more than the
	// widest distance between time zones.
	knownFor = 3 * 24 * time.Hour
	// takenCalls is how many calls that the vendor took are compared with its clock, and
	// takenWithin how soon they were answered: a late answer says little of when it acted.
	takenCalls  = 50
	takenWithin = time.Minute
	// rivalFor is how long after a call the vendor may still make its campaign.
	rivalFor = time.Hour
)

// KnownBefore returns what was known of the account's campaigns at its vendor when the batch was
// claimed.
func (db *DB) KnownBefore(ctx context.Context, id model.BatchID) (model.KnownBefore, error) {
	k := model.KnownBefore{IDs: map[string]bool{}, Taken: map[string]model.MadeBetween{}}
	doing := model.Say("what was known before %s", id)
	err := each(ctx, db.reader, doing, func(row scanner) error {
		var ref string
		err := row(&ref)
		k.IDs[ref] = true
		return err
	}, `SELECT f.vendor_id FROM batch b CROSS JOIN campaign c ON c.account = b.account CROSS JOIN campaign_ref f ON f.campaign = c.id
		WHERE b.id = ?1 AND (c.sort_at = 0 OR c.sort_at > b.claimed_at - ?2) AND (c.ours = 0 AND c.id <= b.known_before OR c.ours = 1
			AND (c.id <> b.campaign OR EXISTS (SELECT 1 FROM batch o WHERE o.campaign = b.campaign AND o.id <> b.id
				AND o.vendor_ref = f.vendor_id)))`, id, knownFor.Milliseconds())
	if err != nil {
		return k, err
	}
	if k.Rivals, err = readBatches(ctx, db.reader, rivalsSQL, id, rivalFor.Milliseconds()); err != nil {
		return k, err
	}
	return k, each(ctx, db.reader, doing, func(row scanner) error {
		var ref string
		var made, answered int64
		err := row(&ref, &made, &answered)
		k.Taken[ref] = model.MadeBetween{From: timeOf(made), Until: timeOf(answered)}
		return err
	}, `SELECT f.vendor_id, t.claimed_at, t.settled_at FROM (SELECT t.* FROM batch t JOIN batch b ON b.account = t.account
			JOIN campaign c ON c.id = t.campaign
			WHERE b.id = ? AND t.state = 'accepted' AND t.resolved_by = '' AND c.list = '' AND c.send_at <= t.claimed_at
				AND t.settled_at BETWEEN t.claimed_at AND t.claimed_at + ?
			ORDER BY t.id DESC LIMIT ?) t CROSS JOIN campaign_ref f ON f.campaign = t.campaign
		WHERE f.vendor_id = t.vendor_ref
			OR NOT EXISTS (SELECT 1 FROM batch o WHERE o.campaign = t.campaign AND o.id <> t.id)`,
		id, takenWithin.Milliseconds(), takenCalls)
}

// rivalsSQL finds the rivals of batch ?1: calls to the same people that are under way, whose answer
// was lost, or that were accepted and whose campaign at the vendor has no id yet.
const rivalsSQL = `b.account = (SELECT account FROM batch WHERE id = ?1) AND EXISTS (SELECT 1 FROM batch o
	WHERE o.id = ?1 AND b.id <> o.id AND b.size = o.size AND b.claimed_at > o.claimed_at - ?2
	AND (b.state IN ('claimed', 'unknown') OR b.state = 'accepted' AND (SELECT count(*) FROM campaign_ref f
		WHERE f.campaign = b.campaign AND f.reference = 0) < (SELECT count(*) FROM batch n
		WHERE n.campaign = b.campaign AND n.state = 'accepted'))
	AND b.size = (SELECT count(*) FROM recipient r JOIN recipient s ON s.campaign = b.campaign AND s.who = r.who
		WHERE r.batch = o.id AND r.batch > 0 AND s.batch = b.id)) ORDER BY b.id`
