package cache

import (
	"cmp"
	"context"
	"database/sql"
	"math"
	"time"

	"viberdeck/model"
)

// Resolve settles a batch whose outcome is unknown by a person's decision:
//   - accepted counts its people as taken by the vendor;
//   - resend lets them wait again, as the people of this batch: they are claimed separately, and
//     the blacklist is applied anew;
//   - dropped holds them here for good.
//
// People on whom the vendor has reported meanwhile did leave: whatever is decided for the rest,
// they stay in the batch and it counts as accepted for them. A batch that is not unknown is a
// conflict, and so is one whose call a living engine repeats automatically. Very many people follow
// the decision in pieces, and nothing of the campaign leaves before the last.
func (db *DB) Resolve(ctx context.Context, operator string, id model.BatchID, as model.Resolution) error {
	var over bool
	err := db.write(ctx, func(tx *sql.Tx) error {
		b, err := batchByID(ctx, tx, id)
		if err != nil {
			return err
		}
		if why, err := settled(ctx, tx, id, b.state, db.now()); err != nil || !why.IsZero() {
			return cmp.Or(err, conflict("%s", why))
		}
		if b.resolving != "" {
			return conflict("%s is being resolved as %s; look again in a moment", id, b.resolving)
		}
		if going, err := recalling(ctx, tx, b.campaign); err != nil || going && as == model.ResolveResend {
			return cmp.Or(err, conflict("%s is being recalled; try again in a moment", b.campaign))
		}
		if why, err := atWork(ctx, tx, b, db.now()); err != nil || !why.IsZero() {
			return cmp.Or(err, conflict("%s", why))
		}
		if why, err := listHasLeft(ctx, tx, b); as != model.ResolveAccepted && (err != nil || !why.IsZero()) {
			return cmp.Or(err, conflict("%s", why))
		}
		switch as {
		case model.ResolveAccepted, model.ResolveResend, model.ResolveDropped:
		default:
			return model.Invalid("as", "%q is not a decision; it is accepted, resend or dropped", as)
		}
		if _, err := tx.ExecContext(ctx, `UPDATE batch SET resolving = ?, resolved_by = ? WHERE id = ?`, as, operator,
			id); err != nil {
			return wrap(model.Say("resolve %s", id), err)
		}
		b.resolving = as
		over, err = (&resolution{db: db}).piece(ctx, tx, b, db.piece+1)
		return err
	}, sendTopics()...)
	if err != nil || over {
		return err
	}
	return db.finishResolving(ctx, id)
}

// listHasLeft says that the call to a list has left as a whole, if the vendor has reported on a
// person named beside the list; otherwise it is empty.
func listHasLeft(ctx context.Context, tx *sql.Tx, b batchRow) (model.Text, error) {
	var heard bool
	err := tx.QueryRowContext(ctx, `SELECT c.list <> '' AND EXISTS (SELECT 1 FROM recipient r WHERE r.batch = b.id
		AND r.batch > 0 AND r.status NOT IN (?2, ?3, ?4)) FROM batch b JOIN campaign c ON c.id = b.campaign WHERE b.id = ?1`,
		b.id, model.StatusUnknown, model.StatusQueued, model.StatusRejected).Scan(&heard)
	if err != nil || !heard {
		return model.Text{}, wrap(model.Say("resolve %s", b.id), err)
	}
	return model.Say("%s has left: the vendor has reported on a person named beside the list; resolve it as accepted",
		b.id), nil
}

// finishResolving carries out a decision about a batch for the people it has not reached yet.
func (db *DB) finishResolving(ctx context.Context, id model.BatchID) error {
	r := resolution{db: db}
	return db.untilOver(ctx, func(tx *sql.Tx, limit int) (_ []model.Topic, over bool, err error) {
		b, err := batchByID(ctx, tx, id)
		if err != nil || b.resolving == "" {
			return nil, true, err
		}
		over, err = r.piece(ctx, tx, b, limit)
		return sendTopics(), over, err
	})
}

// resolving reports whether a decision about people of the campaign is still being carried out.
func resolving(ctx context.Context, q querier, id model.CampaignID) (going bool, err error) {
	err = q.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM batch WHERE campaign = ? AND resolving <> '')`,
		id).Scan(&going)
	return going, wrap(model.Say("campaign %s", id), err)
}

// resolution carries out one decision.
type resolution struct {
	db    *DB
	after int64 // the last person processed
}

// piece carries the decision out for the next people of the batch whose outcome is unknown, and
// completes it with the last of them.
func (r *resolution) piece(ctx context.Context, tx *sql.Tx, b batchRow, limit int) (over bool, err error) {
	if r.after == 0 {
		r.after = math.MinInt64
	}
	who, err := all(ctx, tx, model.Say("resolve %s", b.id), single[int64],
		`SELECT who FROM recipient INDEXED BY recipient_of_batch WHERE batch = ? AND batch > 0 AND campaign = ? AND who > ? AND status = ?
		ORDER BY who LIMIT ?`, b.id, b.campaign, r.after, model.StatusUnknown, limit)
	if err != nil {
		return false, err
	}
	if len(who) > 0 {
		r.after = who[len(who)-1]
		if err := r.move(ctx, tx, b, who[0], r.after); err != nil {
			return false, model.Errorf("resolve %s: %w", b.id, err)
		}
	}
	if len(who) == limit {
		return false, nil
	}
	return true, wrap(model.Say("resolve %s", b.id), r.end(ctx, tx, b.id))
}

// move carries the decision out for the people from first to last.
func (r *resolution) move(ctx context.Context, tx *sql.Tx, b batchRow, first, last int64) error {
	const these = ` FROM recipient INDEXED BY recipient_of_batch WHERE campaign = ?1 AND batch = ?2
		AND batch > 0 AND who BETWEEN ?3 AND ?4 AND status = ?5`
	args := []any{b.campaign, b.id, first, last, model.StatusUnknown}
	status, to := model.StatusAccepted, int64(b.id)
	switch b.resolving {
	case model.ResolveResend:
		if _, err := tx.ExecContext(ctx, `INSERT OR REPLACE INTO resend (campaign, who, batch, place)
			SELECT campaign, who, batch, place`+these, args...); err != nil {
			return err
		}
		status, to = model.StatusQueued, waitingBatch
	case model.ResolveDropped:
		status, to = model.StatusHeld, 0
	}
	res, err := tx.ExecContext(ctx,
		`UPDATE recipient INDEXED BY recipient_of_batch SET status = ?6, batch = ?7 WHERE campaign = ?1 AND batch = ?2
		AND batch > 0 AND who BETWEEN ?3 AND ?4 AND status = ?5`, append(args, status, to)...)
	if err != nil || b.resolving == model.ResolveAccepted {
		return err
	}
	n, err := res.RowsAffected()
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `UPDATE batch SET moved = moved + ? WHERE id = ?`, n, b.id)
	return err
}

// end records the final state of the batch. One that all people left keeps their number, as
// history; if the vendor did take some, it becomes theirs.
func (r *resolution) end(ctx context.Context, tx *sql.Tx, id model.BatchID) error {
	b, err := batchByID(ctx, tx, id)
	if err != nil {
		return err
	}
	now, state, size, people := r.db.now(), model.BatchAccepted, b.size, b.size
	if b.resolving != model.ResolveAccepted {
		var left int64
		if err := tx.QueryRowContext(ctx, `SELECT count(*) FROM recipient INDEXED BY recipient_of_batch
			WHERE batch = ? AND batch > 0`, id).Scan(&left); err != nil {
			return err
		}
		c, err := campaignByID(ctx, tx, b.campaign)
		if err != nil {
			return err
		}
		list := c.List != "" // it left as a whole or not at all
		if !list && (b.moved > 0 || left > 0) {
			people = b.moved
		}
		switch {
		case left > 0 && !list:
			size = left
		case b.resolving == model.ResolveResend:
			state = model.BatchResent
		default:
			state = model.BatchDropped
			if list {
				size -= b.moved // people named beside the list stay here one by one
			}
		}
	}
	var operator string
	err = tx.QueryRowContext(ctx, `UPDATE batch SET state = ?, size = ?, moved = 0, resolving = '', settled_at = ?
		WHERE id = ? RETURNING resolved_by`, state, size, millis(now), id).Scan(&operator)
	if err != nil {
		return err
	}
	if b.resolving == model.ResolveResend {
		// The decision takes precedence over an earlier recall of the rest; a paused campaign waits
		// to be resumed.
		if err := letGo(ctx, tx, b.campaign, now); err != nil {
			return err
		}
	}
	if b.resolving != model.ResolveResend || people == 0 {
		if _, err := updateState(ctx, tx, b.campaign, now); err != nil {
			return err
		}
	}
	return note(ctx, tx, now, operator, "resolved", b.campaign, "%s as %s: %s", id, b.resolving, model.Persons(people))
}

// letGo queues a campaign by a person's decision, unless it is paused: then it waits to be resumed.
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
