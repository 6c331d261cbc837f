package cache

import (
	"cmp"
	"context"
	"database/sql"
	"time"

	"viberdeck/model"
)

// Resolve settles a batch whose outcome is unknown by a person's decision:
//   - accepted counts its people as taken by the vendor;
//   - resend lets them wait again, as the people of this batch: they are claimed by themselves, and
//     the blacklist is applied anew;
//   - dropped holds them here for good.
//
// People of whom the vendor has reported something meanwhile did leave: whatever is decided for the
// rest, they stay in the batch and it counts as accepted for them. A batch that is not unknown is a
// conflict, and so is one whose call a living engine makes again by itself.
func (db *DB) Resolve(ctx context.Context, operator string, id model.BatchID, as model.Resolution) error {
	return db.write(ctx, func(tx *sql.Tx) error {
		b, err := batchByID(ctx, tx, id)
		if err != nil {
			return err
		}
		if b.state != model.BatchUnknown {
			return conflict("%s is %s; only a batch whose outcome is unknown can be resolved", id, b.state)
		}
		now := db.now()
		if why, err := atWork(ctx, tx, b, now); err != nil || !why.IsZero() {
			return cmp.Or(err, conflict("%s", why))
		}
		var people int64
		switch as {
		case model.ResolveAccepted:
			people, err = b.size, acceptUnknown(ctx, tx, b)
		case model.ResolveResend:
			if err = linkResent(ctx, tx, b); err == nil {
				people, err = takeBack(ctx, tx, b, model.BatchResent, model.StatusQueued, waitingBatch)
			}
		case model.ResolveDropped:
			people, err = takeBack(ctx, tx, b, model.BatchDropped, model.StatusHeld, 0)
		default:
			return model.Invalid("as", "%q is not a decision; it is accepted, resend or dropped", as)
		}
		if err != nil {
			return model.Errorf("resolve %s: %w", id, err)
		}
		if _, err := tx.ExecContext(ctx, `UPDATE batch SET settled_at = ?, resolved_by = ? WHERE id = ?`, millis(now),
			operator, id); err != nil {
			return wrap(model.Say("resolve %s", id), err)
		}
		if as == model.ResolveResend {
			// The decision outlives an earlier recall of the rest; a paused campaign waits for its
			// resumption.
			if err := letGo(ctx, tx, b.campaign, now); err != nil {
				return model.Errorf("resolve %s: %w", id, err)
			}
		}
		if as != model.ResolveResend || people == 0 {
			if _, err := updateState(ctx, tx, b.campaign, now); err != nil {
				return err
			}
		}
		return note(ctx, tx, now, operator, "resolved", b.campaign, "%s as %s: %s", id, as,
			model.Persons(people))
	}, sendTopics()...)
}

// letGo queues a campaign by a person's decision, unless it is paused: then it waits for its
// resumption.
func letGo(ctx context.Context, tx *sql.Tx, id model.CampaignID, now time.Time) error {
	c, err := campaignByID(ctx, tx, id)
	if err != nil || c.State == model.CampaignPaused {
		return err
	}
	if _, err := setState(ctx, tx, id, model.CampaignQueued, model.Text{}); err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx,
		`UPDATE campaign SET not_before = 0, recalled = 0, due_at = max(due_at, ?) WHERE id = ?`,
		millis(now), id)
	return wrap(model.Say("campaign %s", id), err)
}

func acceptUnknown(ctx context.Context, tx *sql.Tx, b batchRow) error {
	return execAll(ctx, tx, "accept",
		step{`UPDATE recipient SET status = ? WHERE batch = ? AND batch > 0 AND status = ?`,
			[]any{model.StatusAccepted, b.id, model.StatusUnknown}},
		step{`UPDATE batch SET state = 'accepted' WHERE id = ?`, []any{b.id}})
}

// takeBack takes the people of whom nothing is known out of the batch. The batch keeps their
// number, as history; if some did leave, it is theirs.
func takeBack(ctx context.Context, tx *sql.Tx, b batchRow, as model.BatchState, status model.DeliveryStatus,
	to int) (int64, error) {
	var all int64
	if err := tx.QueryRowContext(ctx, `SELECT count(*) FROM recipient WHERE batch = ? AND batch > 0`,
		b.id).Scan(&all); err != nil {
		return 0, err
	}
	res, err := tx.ExecContext(ctx,
		`UPDATE recipient SET status = ?, batch = ? WHERE batch = ? AND batch > 0 AND status = ?`,
		status, to, b.id, model.StatusUnknown)
	if err != nil {
		return 0, err
	}
	back, err := res.RowsAffected()
	if err != nil {
		return 0, err
	}
	if left := all - back; left > 0 {
		_, err = tx.ExecContext(ctx, `UPDATE batch SET state = 'accepted', size = ? WHERE id = ?`, left, b.id)
	} else {
		_, err = tx.ExecContext(ctx, `UPDATE batch SET state = ? WHERE id = ?`, as, b.id)
	}
	if all == 0 { // a list at the vendor: its people are not known here
		back = b.size
	}
	return back, err
}
