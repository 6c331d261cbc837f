package cache

import (
	"context"
	"database/sql"
	"fmt"

	"viberdeck/model"
)

// WhyNotRepeat tells why the call of an unknown batch must not be made again without a person's decision, "" if it may. What holds
// for a claim holds for it: no brake, no stopped campaign, and nobody who is on the blacklist by now. Here nobody can be left
// out, because the same call has the same people.
func (db *DB) WhyNotRepeat(ctx context.Context, batch model.BatchID) (why string, err error) {
	err = db.read(ctx, func(tx *sql.Tx) error {
		b, err := batchByID(ctx, tx, batch)
		if err != nil {
			return err
		}
		on, err := braked(ctx, tx)
		if err != nil {
			return err
		}
		var account string
		var state model.CampaignState
		err = tx.QueryRowContext(ctx, `SELECT a.name, c.state FROM campaign c JOIN account a ON a.id = c.account WHERE c.id = ?`, b.campaign).Scan(&account, &state)
		if err != nil {
			return wrap("campaign of "+batch.String(), err)
		}
		var blocked int64
		err = tx.QueryRowContext(ctx, `SELECT count(*) FROM recipient r WHERE r.batch = ?1 AND r.batch > 0 AND `+blockedSQL, batch, account).Scan(&blocked)
		switch {
		case err != nil:
			return wrap("blacklist of "+batch.String(), err)
		case b.state != model.BatchUnknown:
			why = fmt.Sprintf("it is %s", b.state)
		case on:
			why = "the brake is on"
		case state == model.CampaignCancelled || state == model.CampaignPaused:
			why = fmt.Sprintf("the campaign is %s", state)
		case blocked > 0:
			why = fmt.Sprintf("%d of its people are on the blacklist by now", blocked)
		}
		return nil
	})
	return why, err
}
