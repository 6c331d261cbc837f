package cache

import (
	"context"

	"viberdeck/model"
)

// PeopleOf returns how many people of the vendor's campaign are known here, 0 if unknown, and for
// how many people of the whole campaign more news is expected. One of our campaigns may be several
// at the vendor: then it counts those who left in the call with that id. For a list at the vendor,
// whose people become known only when reported, more news is expected of all others too.
func (db *DB) PeopleOf(ctx context.Context, account, vendorID string, id model.CampaignID) (expected, open int64,
	err error) {
	err = db.reader.QueryRowContext(ctx, `SELECT
		coalesce((SELECT sum(b.size - b.refused) FROM batch b JOIN account a ON a.id = b.account
				WHERE b.campaign = ?1 AND a.name = ?2 AND b.vendor_ref = ?3 AND b.state IN ('accepted', 'unknown')),
			(SELECT sum(n) FROM recipient_count WHERE campaign = ?1 AND (1 << status) & ?4 <> 0
				AND (SELECT count(*) FROM campaign_ref WHERE campaign = ?1 AND reference = 0) = 1), 0),
		coalesce((SELECT sum(n) FROM recipient_count WHERE campaign = ?1 AND (1 << status) & ?5 <> 0), 0)
			+ max(0, coalesce((SELECT sum(b.size - b.refused) FROM batch b JOIN campaign c ON c.id = b.campaign
				WHERE c.id = ?1 AND c.list <> '' AND b.state IN ('accepted', 'unknown')), 0)
			- coalesce((SELECT sum(n) FROM recipient_count WHERE campaign = ?1 AND (1 << status) & ?4 <> 0), 0))`,
		id, account, vendorID, leftStatuses(), openStatuses()).Scan(&expected, &open)
	return expected, open, failure("count the people of "+id.String(), err)
}

// Reported counts the people of a campaign whose messages its vendor has reported before: a reading
// that gives fewer is short. It is 0 where the campaign is several at the vendor.
func (db *DB) Reported(ctx context.Context, id model.CampaignID) (n int64, err error) {
	var set uint32
	for _, s := range reportedStatuses() {
		set |= 1 << s
	}
	err = db.reader.QueryRowContext(ctx, `SELECT coalesce(sum(n), 0) FROM recipient_count
		WHERE campaign = ?1 AND (1 << status) & ?2 <> 0
			AND (SELECT count(*) FROM campaign_ref WHERE campaign = ?1 AND reference = 0) = 1`, id, set).Scan(&n)
	return n, failure("count the people of "+id.String(), err)
}

// leftStatuses is the bit set of the statuses of messages that the vendor took, or may have.
func leftStatuses() uint32 {
	var set uint32
	for _, s := range model.Statuses() {
		if s.Left() && s != model.StatusRejected && s != model.StatusNoMoney {
			set |= 1 << s
		}
	}
	return set
}
