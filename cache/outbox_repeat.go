package cache

import (
	"context"
	"database/sql"
	"fmt"

	"viberdeck/model"
)

// WhyNotRepeat tells why the call of an unknown batch must not be made again without a person's
// decision, "" if it may. What holds for a claim holds for it: no brake, no stopped campaign, and
// nobody who is on the blacklist by now. Here nobody can be left out, because the same call has the
// same people. Nor may another campaign of the name have left through the account: then a vendor
// that has the name may mean that one.
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
		err = tx.QueryRowContext(ctx,
			`SELECT a.name, c.state FROM campaign c JOIN account a ON a.id = c.account WHERE c.id = ?`,
			b.campaign).Scan(&account, &state)
		if err != nil {
			return wrap("campaign of "+batch.String(), err)
		}
		var namesakes, blocked int64
		err = tx.QueryRowContext(ctx,
			`SELECT count(*) FROM campaign c JOIN campaign o ON o.account = c.account AND o.ours = 1 AND o.id <> c.id AND o.name = c.name
			WHERE c.id = ? AND EXISTS (SELECT 1 FROM batch b WHERE b.campaign = o.id AND b.state IN ('claimed', 'accepted', 'unknown'))`, b.campaign).Scan(&namesakes)
		if err != nil {
			return wrap("campaigns called like that of "+batch.String(), err)
		}
		err = tx.QueryRowContext(ctx, `SELECT count(*) FROM recipient r WHERE r.batch = ?1 AND r.batch > 0 AND `+
			blockedSQL, batch, account).Scan(&blocked)
		switch {
		case err != nil:
			return wrap("blacklist of "+batch.String(), err)
		case b.state != model.BatchUnknown:
			why = fmt.Sprintf("it is %s", b.state)
		case on:
			why = "the brake is on"
		case state == model.CampaignCancelled || state == model.CampaignPaused:
			why = fmt.Sprintf("the campaign is %s", state)
		case namesakes > 0:
			why = "another campaign of this name was sent before, and the vendor would mean that one"
		case blocked > 0:
			why = fmt.Sprintf("%d of its people are on the blacklist by now", blocked)
		}
		return nil
	})
	return why, err
}

// repeated tells whether those who wait for campaign c are exactly the people of one batch that a
// person wants sent again. Then the next batch repeats it under its number, so that a vendor that
// takes the same call once only recognises it. People who cannot be told apart from others who wait
// go out in batches of new numbers.
func repeated(ctx context.Context, tx *sql.Tx, c *toClaim, perCall int) (number int, ok bool, err error) {
	var size, batches, waiting, id, resolved int64
	err = tx.QueryRowContext(ctx,
		`SELECT count(*), coalesce(max(number), 0), coalesce(max(size), 0), coalesce(max(id), 0), coalesce(max(settled_at), 0) FROM batch b
		WHERE campaign = ?1 AND state = 'resent' AND NOT EXISTS (SELECT 1 FROM batch n WHERE n.campaign = ?1 AND n.number = b.number AND n.id > b.id)`, c.ID).
		Scan(&batches, &number, &size, &id, &resolved)
	if err != nil || batches != 1 || c.List == "" && size > int64(perCall) {
		return 0, false, err
	}
	if c.List != "" {
		return number, true, nil
	}
	// Nobody has been claimed since, so whoever it was still waits; if they are as many as all who
	// wait, they are these.
	var since int64
	err = tx.QueryRowContext(ctx,
		`SELECT (SELECT count(*) FROM batch WHERE campaign = ?1 AND id <> ?3 AND claimed_at >= ?2),
		(SELECT count(*) FROM recipient WHERE campaign = ?1 AND batch = -1)`, c.ID, resolved, id).Scan(&since, &waiting)
	return number, err == nil && since == 0 && waiting == size, err
}
