package cache

import (
	"context"
	"database/sql"
	"iter"

	"viberdeck/model"
)

// Only the vendor knows who is on a list kept there, so no one can be left out of it here. If the
// vendor has its own blacklist, it must hold all phones that we block, and those that only another
// vendor blocks, before the list leaves. If it has none, a person has accepted the entries up to a
// certain one (campaign.despite). At any vendor a person has accepted contacts that are not phones,
// which no vendor's blacklist holds (campaign.despite_contacts).

const (
	// holdsSQL reports whether an entry b of our blacklist applies at ?1, an account's name.
	holdsSQL = appliesAtSQL + `?1))`
	// oursSQL is holdsSQL for phones.
	oursSQL = `b.who > 0 AND ` + holdsSQL
	// elsewhereSQL reports whether v is a phone that a vendor blocks and we do not.
	elsewhereSQL = `v.who > 0 AND NOT EXISTS (SELECT 1 FROM blacklist b WHERE b.who = v.who AND ` + holdsSQL + `)`
)

// OnBlacklist counts the people who must not be written to through the account, and returns the
// newest entry at the time of counting.
func (db *DB) OnBlacklist(ctx context.Context, account string) (n model.ListBlocks, err error) {
	err = db.reader.QueryRowContext(ctx, `SELECT count(*) FILTER (WHERE b.who > 0), count(*) FILTER (WHERE b.who < 0),
		(SELECT count(DISTINCT v.who) FROM vendor_block v WHERE `+elsewhereSQL+`),
		(SELECT coalesce(max(id), 0) FROM blacklist) FROM blacklist b WHERE `+holdsSQL, account).
		Scan(&n.Phones, &n.Contacts, &n.Elsewhere, &n.AsOf)
	return n, failure("count the blacklist", err)
}

// blockedSince counts the people blocked for the account after that entry: all, or only contacts
// that are not phones.
func blockedSince(ctx context.Context, tx *sql.Tx, account string, entry int64, contacts bool) (n int64, err error) {
	err = tx.QueryRowContext(ctx, `SELECT count(*) FROM blacklist b WHERE b.id > ?2 AND (b.who < 0 OR NOT ?3) AND `+
		holdsSQL, account, entry, contacts).Scan(&n)
	return n, wrap("count the blacklist", err)
}

// acceptBlocked stores that a person accepted a list that may include people of our blacklist, and
// refuses it if there are more of them than that person was told.
func acceptBlocked(ctx context.Context, tx *sql.Tx, id model.CampaignID, p model.Plan) error {
	if p.Campaign.List == "" {
		return nil
	}
	n, err := blockedSince(ctx, tx, p.Campaign.Account, p.BlockedAsOf, p.VendorBlocks)
	if err != nil {
		return err
	}
	if n > 0 {
		return &model.Error{Kind: model.KindConflict, Field: "list", Fate: model.FateRefused,
			Text: model.Say("%s since this was checked and may be in the list; check it again",
				model.Counted(n, "person was put on the blacklist", "people were put on the blacklist"))}
	}
	_, err = tx.ExecContext(ctx, `UPDATE campaign SET despite = iif(?1, NULL, ?2), despite_contacts = iif(?1, ?2, NULL)
		WHERE id = ?3`, p.VendorBlocks, p.BlockedAsOf, id)
	return wrap(model.Say("campaign %s", id), err)
}

// acceptBlockedNow takes the resumption of a list as accepting the people blocked since the last
// one, which the cause of its pause named.
func acceptBlockedNow(ctx context.Context, tx *sql.Tx, id model.CampaignID) error {
	const newest = `(SELECT coalesce(max(id), 0) FROM blacklist)`
	_, err := tx.ExecContext(ctx, `UPDATE campaign SET despite = iif(despite IS NULL, NULL, `+newest+`),
		despite_contacts = iif(despite_contacts IS NULL, NULL, `+newest+`) WHERE id = ? AND list <> ''`, id)
	return wrap(model.Say("campaign %s", id), err)
}

// mayListLeave is the part of the gate that deals with our blacklist and a list kept at a vendor.
func mayListLeave(ctx context.Context, tx *sql.Tx, c *gateCampaign) (verdict, error) {
	if c.List == "" {
		return verdict{}, nil
	}
	var despite, contacts sql.NullInt64
	var looked, owed int64
	err := tx.QueryRowContext(ctx, `SELECT despite, despite_contacts, blocks_at, (SELECT count(*) FROM block_push p
			WHERE p.account = c.account AND p.who > 0 AND p.remove = 0) FROM campaign c WHERE c.id = ?`, c.ID).
		Scan(&despite, &contacts, &looked, &owed)
	switch {
	case err != nil:
		return verdict{}, wrap(model.Say("campaign %s", c.ID), err)
	case !despite.Valid && looked == 0:
		return verdict{why: model.Say("the vendor's blacklist has not been compared with ours")}, nil
	case !despite.Valid && owed > 0:
		return verdict{why: model.Say("%s at the vendor first",
			model.Counted(owed, "person has to be blocked", "people have to be blocked"))}, nil
	case !despite.Valid && !contacts.Valid:
		return verdict{}, nil
	}
	n, err := blockedSince(ctx, tx, c.Account, max(despite.Int64, contacts.Int64), !despite.Valid)
	if err != nil || n == 0 {
		return verdict{}, err
	}
	return verdict{needsPerson: true,
		why: model.Say("%s since it was confirmed and may be in the list; resume it to send all "+
			"the same, or recall it",
			model.Counted(n, "person was put on the blacklist", "people were put on the blacklist"))}, nil
}

// QueueMissingBlocks notes which phones of our blacklist, and of those that only another vendor
// blocks, the vendor of a campaign's list has not confirmed, and counts those not yet sent to it. A
// list that a person accepted owes nothing.
func (db *DB) QueueMissingBlocks(ctx context.Context, id model.CampaignID) (owed int64, err error) {
	doing := model.Say("compare the blacklists for %s", id)
	var account int64
	var name string
	var despite sql.NullInt64
	err = db.reader.QueryRowContext(ctx,
		`SELECT a.id, a.name, c.despite FROM campaign c JOIN account a ON a.id = c.account
		WHERE c.id = ? AND c.list <> ''`, id).Scan(&account, &name, &despite)
	if err != nil || despite.Valid {
		return 0, failure(doing, err)
	}
	missing, err := all(ctx, db.reader, doing, single[int64], `SELECT b.who FROM blacklist b WHERE `+oursSQL+`
		AND NOT EXISTS (SELECT 1 FROM vendor_block v WHERE v.account = ?2 AND v.who = b.who)
		AND NOT EXISTS (SELECT 1 FROM block_push p WHERE p.account = ?2 AND p.who = b.who AND p.remove = 0)
		UNION SELECT v.who FROM vendor_block v WHERE v.account <> ?2 AND `+elsewhereSQL+`
		AND NOT EXISTS (SELECT 1 FROM vendor_block o WHERE o.account = ?2 AND o.who = v.who)
		AND NOT EXISTS (SELECT 1 FROM block_push p WHERE p.account = ?2 AND p.who = v.who AND p.remove = 0)
		ORDER BY 1`, name, account)
	if err != nil {
		return 0, err
	}
	err = inPieces(ctx, db, missing, func(tx *sql.Tx, part iter.Seq[int64]) ([]model.Topic, error) {
		for who := range part {
			n, err := queueBlock(ctx, tx, name, account, who)
			if err == nil && n == 0 {
				err = queueForeignBlock(ctx, tx, name, account, who)
			}
			if err != nil {
				return nil, wrap(doing, err)
			}
		}
		return []model.Topic{model.TopicBlacklist}, nil
	})
	if err != nil {
		return 0, err
	}
	err = db.change(ctx, func(tx *sql.Tx) ([]model.Topic, error) {
		return nil, execAll(ctx, tx, doing, step{`UPDATE campaign SET blocks_at = ? WHERE id = ? AND blocks_at = 0`,
			[]any{millis(db.now()), id}})
	})
	if err != nil {
		return 0, err
	}
	err = db.reader.QueryRowContext(ctx, `SELECT count(*) FROM block_push WHERE account = ? AND who > 0 AND remove = 0`,
		account).Scan(&owed)
	return owed, failure(doing, err)
}

// queueBlock queues one of our entries for the vendor of an account where it applies, and returns
// how many were added to the queue: none if the entry was removed meanwhile or is queued already.
func queueBlock(ctx context.Context, tx *sql.Tx, name string, account, who int64) (int, error) {
	res, err := tx.ExecContext(ctx, `INSERT INTO block_push (account, who, remove, reason, not_before)
		SELECT ?2, b.who, 0, b.reason, 0 FROM blacklist b WHERE `+oursSQL+` AND b.who = ?3
		ON CONFLICT DO UPDATE SET remove = 0, reason = excluded.reason, not_before = 0 WHERE remove = 1`,
		name, account, who)
	if err != nil {
		return 0, err
	}
	n, err := res.RowsAffected()
	return int(n), err
}

// queueForeignBlock is queueBlock for a phone that only another vendor blocks.
func queueForeignBlock(ctx context.Context, tx *sql.Tx, name string, account, who int64) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO block_push (account, who, remove, reason, not_before)
		SELECT ?2, v.who, 0, max(v.reason), 0 FROM vendor_block v WHERE v.who = ?3 AND v.account <> ?2 AND `+
		elsewhereSQL+`
		GROUP BY v.who ON CONFLICT DO UPDATE SET remove = 0, reason = excluded.reason, not_before = 0 WHERE remove = 1`,
		name, account, who)
	return err
}
