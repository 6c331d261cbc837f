package cache

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"time"

	"viberdeck/model"
)

// Recall takes back everybody who has not left, even while others are under way. If no one waits
// any more, the error says how many are beyond recall. The first small transaction stops the
// campaign; many people are then taken back in pieces.
func (db *DB) Recall(ctx context.Context, operator string, id model.CampaignID) error {
	err := db.decide(ctx, operator, "recalled", id,
		func(tx *sql.Tx, c model.Campaign, t tally, now time.Time) (model.Text, error) {
			return db.recall(ctx, tx, operator, c, t, now)
		})
	if err != nil {
		return err
	}
	return db.takeBackRest(ctx, id)
}

// recall is Recall inside a transaction, for as many people as one may change; it describes what it
// did. The campaign stays "cancelled" until all are taken back.
func (db *DB) recall(ctx context.Context, tx *sql.Tx, operator string, c model.Campaign, t tally,
	now time.Time) (model.Text, error) {
	id := c.ID
	if err := mayRecall(c, t); err != nil {
		return model.Text{}, err
	}
	if going, err := resolving(ctx, tx, id); err != nil || going {
		return model.Text{}, cmp.Or(err, conflict("people of %s are being taken back to be sent again or to stay; "+
			"try again in a moment", id))
	}
	if _, err := setState(ctx, tx, id, model.CampaignCancelled, model.Text{}); err != nil {
		return model.Text{}, err
	}
	err := execAll(ctx, tx, model.Say("recall %s", id), step{`INSERT INTO recalling (campaign) VALUES (?)`, []any{id}},
		step{`UPDATE campaign SET recalled = 1 WHERE id = ?`, []any{id}})
	if err == nil {
		_, err = takeBackSome(ctx, tx, id, db.pace().size, now)
	}
	if err == nil {
		err = unanswered(ctx, tx, operator, c, now)
	}
	return model.Say("%s, %s", model.Counted(t.waiting, "person stays here", "people stay here"), t.beyondRecall()), err
}

// mayRecall returns a conflict if no one can be taken back.
func mayRecall(c model.Campaign, t tally) error {
	id, gone, left := c.ID, t.beyondRecall(), t.claimed+t.acceptedBatches+t.refusedBatches+t.unknownBatches > 0
	switch c.State {
	case model.CampaignNeedsApproval, model.CampaignHeld, model.CampaignPaused:
	case model.CampaignQueued, model.CampaignSending, model.CampaignScheduled:
		if c.State == model.CampaignScheduled && t.waiting == 0 {
			return conflict("%s is already at its vendor: nothing waits here any more, %s; X in Campaigns deletes it "+
				"there if the vendor can, else %s", id, gone, c.DeleteYourself(time.UTC))
		}
		if left && t.waiting == 0 && c.List == "" {
			return conflict("%s is %s: nothing waits any more, %s", id, c.State, gone)
		}
	default:
		return conflict("%s is %s: nothing waits any more, %s", id, c.State, gone)
	}
	if c.List != "" && left {
		return conflict("%s has left as a whole: it is beyond recall", id)
	}
	return nil
}

// takeBackSome holds the next people of a recalled campaign here; over reports that they were the
// last.
func takeBackSome(ctx context.Context, tx *sql.Tx, id model.CampaignID, limit int, now time.Time) (over bool,
	err error) {
	// In the order of the table's key, in which people are stored: ordered by place, each of them
	// would be on a different page. All waiting people are queued; the second query makes sure that
	// none are left over.
	who, err := all(ctx, tx, model.Say("recall %s", id), single[int64],
		`SELECT who FROM recipient INDEXED BY recipient_by_status WHERE campaign = ? AND status = ? AND batch = -1
			ORDER BY who LIMIT ?`, id, model.StatusQueued, limit)
	if err == nil && len(who) == 0 {
		who, err = all(ctx, tx, model.Say("recall %s", id), single[int64],
			`SELECT who FROM waiting WHERE campaign = ? ORDER BY place, who LIMIT ?`, id, limit)
	}
	if err != nil {
		return false, err
	}
	if len(who) > 0 {
		these, err := jsonArg(who)
		if err != nil {
			return false, err
		}
		err = execAll(ctx, tx, model.Say("recall %s", id),
			step{`UPDATE recipient SET batch = 0, status = ?3 WHERE campaign = ?1 AND who IN (SELECT value FROM json_each(?2))`,
				[]any{id, these, model.StatusHeld}},
			step{`DELETE FROM recipient_vars WHERE campaign = ?1 AND who IN (SELECT value FROM json_each(?2))`,
				[]any{id, these}})
		if err != nil {
			return false, err
		}
		var more bool
		if err := tx.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM waiting WHERE campaign = ?)`, id).
			Scan(&more); err != nil || more {
			return false, wrap(model.Say("recall %s", id), err)
		}
	}
	if err := execAll(ctx, tx, model.Say("recall %s", id),
		step{`DELETE FROM recalling WHERE campaign = ?`, []any{id}}); err != nil {
		return false, err
	}
	_, err = updateState(ctx, tx, id, now)
	return true, err
}

// takeBackRest takes back the remaining people of a recalled campaign, if there are any.
func (db *DB) takeBackRest(ctx context.Context, id model.CampaignID) error {
	return db.untilOver(ctx, func(tx *sql.Tx, limit int) (_ []model.Topic, over bool, err error) {
		going, err := recalling(ctx, tx, id)
		if err != nil || !going {
			return nil, true, err
		}
		over, err = takeBackSome(ctx, tx, id, limit, db.now())
		return sendTopics(), over, err
	})
}

// recalling reports whether any people of the campaign are still to be taken back.
func recalling(ctx context.Context, q querier, id model.CampaignID) (going bool, err error) {
	err = q.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM recalling WHERE campaign = ?)`, id).Scan(&going)
	return going, wrap(model.Say("recall %s", id), err)
}

// finishRecalls takes back the people left over when a process ended.
func (db *DB) finishRecalls(ctx context.Context) error {
	ids, err := campaignIDs(ctx, db.reader, `SELECT campaign FROM recalling ORDER BY campaign`)
	for _, id := range ids {
		err = errors.Join(err, db.takeBackRest(ctx, id))
	}
	return err
}
