package cache

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"iter"
	"slices"

	"viberdeck/model"
)

// CampaignsListed compares a complete reading of an account's campaigns, by the vendor's ids, with
// those listed before. It deletes nothing. If more than a few are missing and no person has
// confirmed it, the error is model.Shrunk; otherwise the missing ones no longer count as listed.
func (db *DB) CampaignsListed(ctx context.Context, account string, ids []string) error {
	var before []string
	var believed int64
	err := db.read(ctx, func(tx *sql.Tx) error {
		err := tx.QueryRowContext(ctx, `SELECT believe_until FROM account WHERE name = ?`, account).Scan(&believed)
		if errors.Is(err, sql.ErrNoRows) {
			return nil
		}
		if err == nil {
			before, err = all(ctx, tx, "listed campaigns", single[string], `SELECT r.vendor_id FROM campaign_ref r
				JOIN account a ON a.id = r.account WHERE a.name = ? AND r.listed = 1`, account)
		}
		return err
	})
	if err != nil {
		return err
	}
	is, was := setOf(ids), setOf(before)
	gone := slices.DeleteFunc(before, func(id string) bool { return is[id] })
	fresh := slices.DeleteFunc(slices.Clone(ids), func(id string) bool { return was[id] })
	known := len(fresh) + len(was)
	if err := db.markListed(ctx, account, fresh, true); err != nil {
		return err
	}
	if len(gone) > model.MostMissing(known) && believed <= millis(db.now()) {
		return model.ShrunkError(account, "campaigns", known, len(gone))
	}
	return db.markListed(ctx, account, gone, false)
}

// markListed stores for the given campaigns of an account whether its vendor lists them.
func (db *DB) markListed(ctx context.Context, account string, ids []string, listed bool) error {
	return inPieces(ctx, db, ids, func(tx *sql.Tx, part iter.Seq[string]) ([]model.Topic, error) {
		list, err := json.Marshal(slices.Collect(part))
		if err != nil {
			return nil, err
		}
		_, err = tx.ExecContext(ctx, `UPDATE campaign_ref SET listed = ?1 WHERE listed <> ?1
			AND account = (SELECT id FROM account WHERE name = ?2) AND vendor_id IN (SELECT value FROM json_each(?3))`,
			listed, account, string(list))
		return nil, err
	})
}
