package cache

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"iter"
	"time"

	"viberdeck/model"
)

// SaveReplies stores the new replies and returns how many there were. Known ones keep their triage.
// A new reply reopens the snoozed ones of the same person, who no longer needs to be waited for.
func (db *DB) SaveReplies(ctx context.Context, account string, replies []model.Reply, now time.Time) (int, error) {
	fresh := 0
	err := inPieces(ctx, db, replies, func(tx *sql.Tx, part iter.Seq[model.Reply]) ([]model.Topic, error) {
		id, err := accountID(ctx, tx, account)
		if err != nil {
			return nil, err
		}
		n, changed := 0, false
		for r := range part {
			isNew, linked, err := db.saveReply(ctx, tx, id, r, now)
			if err != nil {
				return nil, model.Errorf("reply %q of %s: %w", r.VendorID, account, err)
			}
			if isNew {
				n++
			}
			changed = changed || isNew || linked
		}
		if !changed {
			return nil, nil
		}
		fresh += n
		return []model.Topic{model.TopicReplies}, nil
	})
	return fresh, err
}

// saveReply stores one reply unless it is known. A known one whose campaign was unknown is linked
// to its campaign now. Nothing else stores replies, so each is read here for an opt-out, however it
// arrived.
func (db *DB) saveReply(ctx context.Context, tx *sql.Tx, account int64, r model.Reply, now time.Time) (isNew,
	linked bool, err error) {
	if r.VendorID == "" {
		r.VendorID = madeUpID(r)
	}
	if r.Campaign == 0 && r.CampaignRef != "" {
		err := tx.QueryRowContext(ctx, `SELECT campaign FROM campaign_ref WHERE account = ? AND vendor_id = ?`, account,
			r.CampaignRef).Scan(&r.Campaign)
		if err != nil && !errors.Is(err, sql.ErrNoRows) {
			return false, false, err
		}
	}
	if gone, err := forgotten(ctx, tx, account, r.VendorID); err != nil || gone {
		return false, false, err
	}
	received := r.ReceivedAt
	if received.IsZero() {
		received = now
	}
	res, err := tx.ExecContext(ctx,
		`INSERT INTO reply (account, vendor_id, campaign, campaign_ref, who, text, received_at, stored_at)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
		account, r.VendorID, r.Campaign, r.CampaignRef, int64(r.Phone), r.Text, millis(past(received, now)),
		millis(now))
	if err != nil {
		return false, false, err
	}
	if n, err := res.RowsAffected(); err != nil {
		return false, false, err
	} else if n == 0 {
		if r.Campaign == 0 {
			return false, false, nil
		}
		res, err := tx.ExecContext(ctx,
			`UPDATE reply SET campaign = ? WHERE account = ? AND vendor_id = ? AND campaign = 0`, r.Campaign, account,
			r.VendorID)
		if err != nil {
			return false, false, err
		}
		n, err := res.RowsAffected()
		return false, n > 0, err
	}
	id, err := res.LastInsertId()
	if err != nil {
		return false, false, err
	}
	if match, found := model.RecogniseOptOut(model.ReplyWords(r.Text), db.optOutWords); found && r.OptOut == "" {
		r.OptOut = match.Words
	}
	return true, false, execAll(ctx, tx, "index",
		step{`UPDATE reply SET optout = ?1 WHERE id = ?2 AND ?1 <> ''`, []any{r.OptOut, id}},
		step{`INSERT INTO reply_text (rowid, text) VALUES (?, ?)`, []any{id, model.Fold(r.Text)}},
		step{`UPDATE reply SET state = 'open', snoozed_until = 0 WHERE who = ? AND who <> 0 AND state = 'snoozed'`,
			[]any{int64(r.Phone)}})
}

// forgotten reports whether the reply was removed because of its age.
func forgotten(ctx context.Context, q querier, account int64, vendorID string) (gone bool, err error) {
	err = q.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM forgotten_reply WHERE account = ? AND vendor_id = ?)`,
		account, vendorID).Scan(&gone)
	return gone, wrap("removed replies", err)
}

// madeUpID identifies a reply without a vendor's id by everything the vendor says about it.
func madeUpID(r model.Reply) string {
	h := sha256.Sum256(fmt.Appendf(nil, "%d|%d|%s|%s", r.Phone, millis(r.ReceivedAt), r.CampaignRef, r.Text))
	return "sha256:" + hex.EncodeToString(h[:12])
}
