package cache

import (
	"context"
	"database/sql"
	"time"

	"viberdeck/model"
)

// ReadMarks returns replies of the account, oldest first, that a person has finished with and that
// the vendor has not been notified of. Those with an opt-out wait for its block, and those with an
// answer until it can no longer be recalled, which would open them again.
func (db *DB) ReadMarks(ctx context.Context, account string, limit int) ([]model.Reply, error) {
	return all(ctx, db.reader, "read what to report to the vendor", func(row scanner) (model.Reply, error) {
		r := model.Reply{Account: account}
		var who, received int64
		err := row(&r.ID, &r.VendorID, &r.Campaign, &r.CampaignRef, &who, &r.Text, &received, &r.State)
		r.Phone, r.ReceivedAt = phoneOf(who), timeOf(received)
		return r, err
	}, `SELECT r.id, r.vendor_id, r.campaign, r.campaign_ref, r.who, r.text, r.received_at, r.state
		FROM reply r JOIN account a ON a.id = r.account WHERE a.name = ? AND r.vendor_read = ?
		AND NOT EXISTS (SELECT 1 FROM block_push p WHERE p.account = r.account AND p.who = r.who
			AND p.not_before > ?)
		AND NOT EXISTS (SELECT 1 FROM campaign c WHERE c.answer_to = r.id AND c.answer_to > 0
			AND c.state IN `+recallableStates+`) ORDER BY r.id LIMIT ?`,
		account, readToReport, millis(db.now()), limit)
}

// ReadMarksDone notes that the vendor was notified of these replies. One that was opened again
// meanwhile counts as well: a vendor cannot be notified that a reply is unread.
func (db *DB) ReadMarksDone(ctx context.Context, ids []model.ReplyID, _ time.Time) error {
	if len(ids) == 0 {
		return nil
	}
	return db.write(ctx, func(tx *sql.Tx) error {
		for _, id := range ids {
			if _, err := tx.ExecContext(ctx, `UPDATE reply SET vendor_read = ? WHERE id = ?`, readReported,
				id); err != nil {
				return wrap("record that the vendor was notified", err)
			}
		}
		return nil
	}, model.TopicReplies)
}

// Blocks returns blacklist changes that have not been sent to the vendor yet and whose delay for
// undo is over. New blocks come before all removals, which some vendors can never be sent.
func (db *DB) Blocks(ctx context.Context, account string, limit int) ([]model.Block, error) {
	return all(ctx, db.reader, "read what to report to the vendor", func(row scanner) (model.Block, error) {
		var b model.Block
		var who int64
		err := row(&who, &b.Remove, &b.Reason)
		b.Phone = phoneOf(who)
		return b, err
	}, `SELECT * FROM (SELECT p.who, p.remove, p.reason FROM block_push p JOIN account a ON a.id = p.account
			WHERE a.name = ?1 AND p.who > 0 AND p.not_before <= ?2 AND p.remove = 0 ORDER BY p.who LIMIT ?3)
		UNION ALL SELECT * FROM (SELECT p.who, p.remove, p.reason FROM block_push p JOIN account a ON a.id = p.account
			WHERE a.name = ?1 AND p.who > 0 AND p.not_before <= ?2 AND p.remove = 1 ORDER BY p.who LIMIT ?3)
		LIMIT ?3`, account, millis(db.now()), limit)
}

// NextBlock returns when the delay for undo ends of the next change that Blocks does not give yet;
// zero: there is none.
func (db *DB) NextBlock(ctx context.Context, account string, now time.Time) (time.Time, error) {
	var next sql.NullInt64
	err := db.reader.QueryRowContext(ctx, `SELECT min(p.not_before) FROM block_push p JOIN account a ON a.id = p.account
		WHERE a.name = ? AND p.not_before > ?`, account, millis(now)).Scan(&next)
	return timeOf(next.Int64), failure("read what to report to the vendor", err)
}

// BlocksDone notes that the vendor received the changes, and what its own list holds since then. A
// change that was reversed while it was being sent remains to be sent.
func (db *DB) BlocksDone(ctx context.Context, account string, done []model.Block, now time.Time) error {
	return db.settleBlocks(ctx, account, done, func(account int64, b model.Block) []step {
		return []step{{`INSERT INTO vendor_block (account, who, reason, added_at) VALUES (?, ?, ?, ?)
			ON CONFLICT DO NOTHING`, []any{account, int64(b.Phone), b.Reason, millis(now)}}}
	})
}

// BlocksKeptHere notes that the changes need not be sent to the vendor, which has no list of its
// own.
func (db *DB) BlocksKeptHere(ctx context.Context, account string, done []model.Block) error {
	return db.settleBlocks(ctx, account, done, func(int64, model.Block) []step { return nil })
}

// settleBlocks takes changes from those that are to be sent; added stores that the vendor has a
// block.
func (db *DB) settleBlocks(ctx context.Context, account string, done []model.Block,
	added func(account int64, b model.Block) []step) error {
	if len(done) == 0 {
		return nil
	}
	return db.write(ctx, func(tx *sql.Tx) error {
		id, err := accountID(ctx, tx, account)
		if err != nil {
			return err
		}
		for _, b := range done {
			steps := []step{{`DELETE FROM block_push WHERE account = ? AND who = ? AND remove = ?`,
				[]any{id, int64(b.Phone), b.Remove}}}
			if b.Remove {
				steps = append(steps, step{`DELETE FROM vendor_block WHERE account = ? AND who = ?`,
					[]any{id, int64(b.Phone)}})
			} else {
				steps = append(steps, added(id, b)...)
			}
			if err := execAll(ctx, tx, "record what the vendor was notified of", steps...); err != nil {
				return err
			}
		}
		return nil
	}, model.TopicBlacklist)
}
