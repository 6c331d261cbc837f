package cache

import (
	"context"
	"database/sql"
	"time"

	"viberdeck/model"
)

// billCampaigns is how many campaigns a bill counts, the newest first.
const billCampaigns = 100_000

// Bills compares the expected cost of campaigns with the cost their vendors report, for those from
// one time up to another. It includes tests and archived campaigns, for they cost money too.
func (db *DB) Bills(ctx context.Context, from, until time.Time, zone *time.Location) ([]model.Bill, error) {
	var bills []model.Bill
	err := db.read(ctx, func(tx *sql.Tx) error {
		var w where
		w.add("c.sort_at >= ?", millis(from))
		w.add("c.sort_at < ?", millis(until))
		campaigns, _, err := newestCampaigns(ctx, tx, w, billCampaigns)
		bills = model.Bills(campaigns, zone)
		return err
	})
	return bills, err
}
