package cache

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"viberdeck/model"
)

// link notes that the vendor knows the campaign by this id. If synchronisation met the vendor's
// campaign before it was known to be ours, the two become one: replies and samples move, and what
// can be read from the vendor again is dropped. An id that belongs to another of our campaigns
// stays with it, which is logged. A reference is an id by which the vendor knows a call, and
// perhaps no campaign: it is linked, but not polled until it turns out to be a campaign's.
func link(ctx context.Context, tx *sql.Tx, account int64, vendorID string, reference bool, id model.CampaignID) error {
	if vendorID == "" {
		return nil
	}
	var other model.CampaignID
	var ours bool
	err := tx.QueryRowContext(ctx, `SELECT r.campaign, c.ours FROM campaign_ref r JOIN campaign c ON c.id = r.campaign
		WHERE r.account = ? AND r.vendor_id = ?`, account, vendorID).Scan(&other, &ours)
	switch {
	case err == nil && other == id && reference:
		return nil
	case err == nil && other == id:
		return execAll(ctx, tx, model.Say("link campaign %s", id),
			step{`UPDATE campaign SET cost = NULL, currency = '' WHERE id = ? AND ours = 1
				AND EXISTS (SELECT 1 FROM campaign_ref WHERE account = ? AND vendor_id = ? AND reference = 1)`,
				[]any{id, account, vendorID}},
			step{`UPDATE campaign_ref SET reference = 0 WHERE account = ? AND vendor_id = ? AND reference = 1`,
				[]any{account, vendorID}})
	case err == nil && ours:
		var made int64
		if err := tx.QueryRowContext(ctx, `SELECT created_at FROM campaign WHERE id = ?`, id).Scan(&made); err != nil {
			return wrap(model.Say("link campaign %s", id), err)
		}
		return note(ctx, tx, timeOf(made), "", "doubted", id, "the vendor's id %s is already that of %s", vendorID,
			other)
	case err == nil:
		return absorb(ctx, tx, other, id)
	case !errors.Is(err, sql.ErrNoRows):
		return wrap(model.Say("link campaign %s", id), err)
	}
	err = execAll(ctx, tx, model.Say("link campaign %s", id),
		step{`INSERT INTO campaign_ref (account, vendor_id, campaign, reference) VALUES (?, ?, ?, ?)`,
			[]any{account, vendorID, id, reference}},
		step{`UPDATE campaign SET vendor_id = ?1 WHERE id = ?2 AND (vendor_id = '' OR ?3 = 0 AND EXISTS (SELECT 1 FROM campaign_ref r
			WHERE r.account = ?4 AND r.vendor_id = campaign.vendor_id AND r.reference = 1))`,
			[]any{vendorID, id, reference, account}},
		// The cost of the other parts is no longer the whole cost.
		step{`UPDATE campaign SET cost = NULL, currency = '' WHERE id = ? AND ours = 1 AND ? = 0`,
			[]any{id, reference}})
	if err != nil {
		return err
	}
	more, err := joinReplies(ctx, tx, account, vendorID, joinedAtOnce)
	if err == nil && more {
		err = execAll(ctx, tx, model.Say("link campaign %s", id),
			step{`INSERT INTO joining (account, vendor_id) VALUES (?, ?) ON CONFLICT DO NOTHING`,
				[]any{account, vendorID}})
	}
	return err
}

// joinedAtOnce is how many replies or people are joined to a campaign in the transaction that
// learns of it; the others follow in pieces.
const joinedAtOnce = 100

// joinReplies assigns the next replies that came before the vendor's campaign was known to that
// campaign, and reports whether there may be more.
func joinReplies(ctx context.Context, tx *sql.Tx, account int64, vendorID string, limit int) (more bool, err error) {
	n, err := affected(ctx, tx, model.Say("replies to %s", vendorID), `UPDATE reply SET campaign =
		(SELECT campaign FROM campaign_ref WHERE account = ?1 AND vendor_id = ?2) WHERE id IN
		(SELECT id FROM reply WHERE campaign = 0 AND campaign_ref <> '' AND account = ?1 AND campaign_ref = ?2 LIMIT ?3)`,
		account, vendorID, limit)
	return n == int64(limit), err
}

// finishJoining assigns campaigns the replies that were too many for the transaction that learned
// of the campaigns.
func (db *DB) finishJoining(ctx context.Context) error {
	type ref struct {
		account  int64
		vendorID string
	}
	refs, err := all(ctx, db.reader, "look for replies to join", func(row scanner) (r ref, err error) {
		err = row(&r.account, &r.vendorID)
		return r, err
	}, `SELECT account, vendor_id FROM joining`)
	for _, r := range refs {
		err = errors.Join(err, db.untilOver(ctx, func(tx *sql.Tx, limit int) ([]model.Topic, bool, error) {
			more, err := joinReplies(ctx, tx, r.account, r.vendorID, limit)
			if err == nil && !more {
				err = execAll(ctx, tx, "join replies", step{`DELETE FROM joining WHERE account = ? AND vendor_id = ?`,
					[]any{r.account, r.vendorID}})
			}
			return []model.Topic{model.TopicReplies, model.TopicCampaigns}, !more, err
		}))
	}
	return err
}

// absorb makes the found campaign a part of ours. Its row and its ids at the vendor go at once;
// other rows, which may be many, follow in pieces, the first of them here.
func absorb(ctx context.Context, tx *sql.Tx, found, ours model.CampaignID) error {
	err := execAll(ctx, tx, fmt.Sprintf("join campaign %s to %s", found, ours),
		step{`UPDATE campaign SET vendor_id = (SELECT vendor_id FROM campaign WHERE id = ?) WHERE id = ?
			AND vendor_id = ''`, []any{found, ours}},
		step{`UPDATE campaign_ref SET campaign = ? WHERE campaign = ?`, []any{ours, found}},
		step{`UPDATE OR IGNORE sample SET campaign = ? WHERE campaign = ?`, []any{ours, found}},
		step{`DELETE FROM sample WHERE campaign = ?`, []any{found}},
		step{`DELETE FROM archived WHERE campaign = ?`, []any{found}},
		step{`DELETE FROM campaign_text WHERE rowid = ?`, []any{found}},
		step{`DELETE FROM campaign WHERE id = ?`, []any{found}},
		step{`INSERT INTO absorbed (found, ours) VALUES (?, ?)`, []any{found, ours}},
		step{`INSERT INTO preparing (campaign, began_at, touched_at, abandoned, absorbed_by) VALUES (?, 0, 0, 1, ?)`,
			[]any{found, ours}})
	if err != nil {
		return err
	}
	if _, _, err := removePiece(ctx, tx, found, joinedAtOnce); err != nil {
		return err
	}
	return sumFigures(ctx, tx, ours, 0)
}

// step is one statement of several that belong together.
type step struct {
	sql  string
	args []any
}

func execAll[D deed](ctx context.Context, tx *sql.Tx, doing D, steps ...step) error {
	for _, s := range steps {
		if _, err := tx.ExecContext(ctx, s.sql, s.args...); err != nil {
			return model.Errorf("%s: %w", deedText(doing), err)
		}
	}
	return nil
}

// affected runs a statement and returns how many rows it changed.
func affected[D deed](ctx context.Context, tx *sql.Tx, doing D, query string, args ...any) (int64, error) {
	res, err := tx.ExecContext(ctx, query, args...)
	if err != nil {
		return 0, wrap(doing, err)
	}
	return res.RowsAffected()
}

// deed says what was being done when something went wrong: plain words or a sentence.
type deed interface{ string | model.Text }

func deedText[D deed](doing D) model.Text {
	switch doing := any(doing).(type) {
	case model.Text:
		return doing
	case string:
		return model.Text{Format: doing}
	}
	return model.Text{}
}

func wrap[D deed](doing D, err error) error {
	if err != nil {
		return model.Errorf("%s: %w", deedText(doing), err)
	}
	return nil
}
