package cache

import (
	"context"
	"database/sql"
	"encoding/json"
	"iter"

	"viberdeck/model"
)

// NotBlocked returns, in their order, the phones that Block would add: those that no entry of our
// own blocks everywhere or, with only, for all of those accounts.
func (db *DB) NotBlocked(ctx context.Context, phones []model.Phone, only []string) ([]model.Phone, error) {
	who := make([]int64, len(phones))
	for i, p := range phones {
		who[i] = int64(p)
	}
	wanted, err := json.Marshal(who)
	if err != nil {
		return nil, err
	}
	accounts, err := jsonArg(only)
	if err != nil {
		return nil, err
	}
	return all(ctx, db.reader, "read the blacklist", single[model.Phone],
		`SELECT w.value FROM json_each(?1) w WHERE NOT EXISTS (SELECT 1 FROM blacklist b
			WHERE b.who = w.value AND b.removed_at = 0 AND (b.only = '' OR ?2 <> '' AND NOT EXISTS (
				SELECT 1 FROM json_each(?2) a WHERE a.value NOT IN (SELECT o.value FROM json_each(b.only) o))))
		ORDER BY w.key`, string(wanted), accounts)
}

// CompareBlacklist returns the phones blocked through an account by one of our entries, by its
// vendor as last read, or by both. Those blocked only here come first, then those blocked only
// there.
func (db *DB) CompareBlacklist(ctx context.Context, account string) ([]model.ComparedBlock, error) {
	const pending = `(SELECT p.remove FROM block_push p WHERE p.account = ?2 AND p.who = `
	doing := model.Say("compare the blacklists for %s", account)
	id, err := all(ctx, db.reader, doing, single[int64], `SELECT id FROM account WHERE name = ?`,
		account)
	if err != nil {
		return nil, err
	}
	known := append(id, 0)[0]
	return all(ctx, db.reader, doing, func(row scanner) (model.ComparedBlock, error) {
		c := model.ComparedBlock{Account: account}
		var remove sql.NullBool
		var blocked int // 0 only here, 1 only there, 2 at both
		err := row(&c.Phone, &blocked, &c.Reason, &remove)
		c.Here, c.There = blocked != 1, blocked != 0
		c.ToBlock, c.ToUnblock = remove.Valid && !remove.Bool, remove.Bool
		return c, err
	}, `SELECT b.who, 2 * EXISTS (SELECT 1 FROM vendor_block v WHERE v.account = ?2 AND v.who = b.who),
			b.reason, `+pending+`b.who) FROM blacklist b WHERE `+oursSQL+`
		UNION ALL SELECT v.who, 1, v.reason, `+pending+`v.who) FROM vendor_block v WHERE v.account = ?2 AND v.who > 0
			AND NOT EXISTS (SELECT 1 FROM blacklist b WHERE b.who = v.who AND `+oursSQL+`)
		ORDER BY 2, 1`, account, known)
}

// PushBlocks queues our entries to be sent to the account's vendor, and returns how many it queued:
// those that still apply there and are not queued already.
func (db *DB) PushBlocks(ctx context.Context, operator, account string, phones []model.Phone) (count int, err error) {
	now := db.now()
	err = inPieces(ctx, db, phones, func(tx *sql.Tx, part iter.Seq[model.Phone]) ([]model.Topic, error) {
		id, err := accountID(ctx, tx, account)
		if err != nil {
			return nil, err
		}
		n := 0
		for p := range part {
			owed, err := queueBlock(ctx, tx, account, id, int64(p))
			if err != nil {
				return nil, wrap("what to report to vendors", err)
			}
			n += owed
		}
		count += n
		if n == 0 {
			return nil, nil
		}
		return []model.Topic{model.TopicBlacklist},
			note(ctx, tx, now, operator, "passed on blocks", 0, "%s: %s", account,
				model.Persons(n))
	})
	return count, err
}
