package cache

import (
	"context"
	"time"

	"viberdeck/model"
)

const (
	// knownFor is how far before a call the campaigns of its account are looked at, more than the
	// widest distance between time zones.
	knownFor = 3 * 24 * time.Hour
	// takenCalls is how many calls that the vendor took are compared with its clock.
	takenCalls = 50
)

// KnownBefore gives what was known of the account's campaigns at its vendor when the batch was
// claimed.
func (db *DB) KnownBefore(ctx context.Context, id model.BatchID) (model.KnownBefore, error) {
	k := model.KnownBefore{IDs: map[string]bool{}, Taken: map[string]time.Time{}}
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
	return k, each(ctx, db.reader, doing, func(row scanner) error {
		var ref string
		var at int64
		err := row(&ref, &at)
		k.Taken[ref] = timeOf(at)
		return err
	}, `SELECT f.vendor_id, t.claimed_at FROM (SELECT t.* FROM batch t JOIN batch b ON b.account = t.account
			JOIN campaign c ON c.id = t.campaign
			WHERE b.id = ? AND t.state = 'accepted' AND t.resolved_by = '' AND c.list = '' AND c.send_at <= t.claimed_at
			ORDER BY t.id DESC LIMIT ?) t CROSS JOIN campaign_ref f ON f.campaign = t.campaign
		WHERE f.vendor_id = t.vendor_ref
			OR NOT EXISTS (SELECT 1 FROM batch o WHERE o.campaign = t.campaign AND o.id <> t.id)`, id, takenCalls)
}
