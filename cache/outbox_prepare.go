package cache

import (
	"context"
	"database/sql"
	"errors"
	"iter"
	"time"

	"viberdeck/model"
)

// abandonedAfter is how long no people of a campaign have been stored when it counts as left behind
// by a crash. A process that continues after that long is refused.
const abandonedAfter = 2 * time.Minute

// prepare stores the people of a new campaign in pieces, under an id that no campaign has yet:
// nothing can leave until finish makes the campaign. finish receives the newest entry of the
// blacklist from before. People are stored in the order of the table, by phone, and begin to wait
// in the order in which they were given. If that fails, what was stored is removed, now or by the
// next sweep.
func (db *DB) prepare(ctx context.Context, given, byPhone model.People, way *model.StoreProgress,
	finish func(id model.CampaignID, entry int64) error) (err error) {
	if err := db.sweep(ctx); err != nil {
		return err
	}
	var id model.CampaignID
	var entry int64
	err = db.write(ctx, func(tx *sql.Tx) (err error) {
		if id, err = reserveCampaign(ctx, tx, db.now()); err != nil {
			return err
		}
		return tx.QueryRowContext(ctx, `SELECT coalesce(max(id), 0) FROM blacklist`).Scan(&entry)
	})
	if err != nil {
		return err
	}
	defer func() {
		if err == nil {
			return
		}
		gone := context.WithoutCancel(ctx)
		left := db.abandon(gone, id)
		if left == nil && ctx.Err() == nil {
			left = db.removePrepared(gone, id)
		}
		err = errors.Join(err, left)
	}()
	way.Begin(given.Len())
	if err := db.storeInPieces(ctx, id, byPhone, way, storePeople); err != nil {
		return err
	}
	if err := db.storeInPieces(ctx, id, given, way, storeOrder); err != nil {
		return err
	}
	return finish(id, entry)
}

// storeInPieces stores one kind of rows of the people of a campaign that is being prepared.
func (db *DB) storeInPieces(ctx context.Context, id model.CampaignID, people model.People,
	way *model.StoreProgress, store func(context.Context, *sql.Tx, model.CampaignID, model.People) error) error {
	most := storedPieces * db.piece
	return inPiecesOf(ctx, db, most, indices(people.Len()),
		func(tx *sql.Tx, part iter.Seq[int32]) ([]model.Topic, error) {
			if err := stillPreparing(ctx, tx, id, db.now()); err != nil {
				return nil, err
			}
			for some := range chunks(part, storedAtOnce) {
				these := people.Part(int(some[0]), int(some[len(some)-1])+1)
				if err := store(ctx, tx, id, these); err != nil {
					return nil, err
				}
				way.Add(these.Len())
			}
			return nil, nil
		})
}

// reserveCampaign takes the next free id for a campaign that is being prepared.
func reserveCampaign(ctx context.Context, tx *sql.Tx, now time.Time) (id model.CampaignID, err error) {
	err = tx.QueryRowContext(ctx, `INSERT INTO preparing (campaign, began_at, touched_at) VALUES (`+freeCampaign+
		`, ?1, ?1) RETURNING campaign`, millis(now)).Scan(&id)
	return id, wrap("prepare a campaign", err)
}

// freeCampaign is an id that no campaign has, not even one that is being prepared.
const freeCampaign = `1 + max((SELECT coalesce(max(id), 0) FROM campaign), (SELECT coalesce(max(campaign), 0) FROM preparing),
	(SELECT coalesce(max(found), 0) FROM absorbed))`

// stillPreparing refuses to continue with a campaign that counts as abandoned.
func stillPreparing(ctx context.Context, tx *sql.Tx, id model.CampaignID, now time.Time) error {
	res, err := tx.ExecContext(ctx, `UPDATE preparing SET touched_at = ? WHERE campaign = ? AND abandoned = 0`,
		millis(now), id)
	if err != nil {
		return wrap("prepare a campaign", err)
	}
	if n, err := res.RowsAffected(); err != nil || n > 0 {
		return err
	}
	return conflict("storing the people was interrupted for too long; nothing was submitted: try again")
}

// abandon marks a campaign that is being prepared, so that nothing may be added to it.
func (db *DB) abandon(ctx context.Context, id model.CampaignID) error {
	return db.write(ctx, func(tx *sql.Tx) error {
		return execAll(ctx, tx, "give a campaign up",
			step{`UPDATE preparing SET abandoned = 1 WHERE campaign = ?`, []any{id}})
	})
}

// sweep finishes what was begun in pieces and not completed: recalls, decisions about very large
// batches, replies to a campaign that became known, campaigns whose preparation was abandoned, and
// those that another has absorbed.
func (db *DB) sweep(ctx context.Context) error {
	if err := db.finishRecalls(ctx); err != nil {
		return err
	}
	if err := db.finishJoining(ctx); err != nil {
		return err
	}
	resolving, err := batchIDs(ctx, db.reader, `SELECT id FROM batch INDEXED BY batch_resolving WHERE resolving <> ''`)
	for _, id := range resolving {
		err = errors.Join(err, db.finishResolving(ctx, id))
	}
	if err != nil {
		return err
	}
	old := []any{millis(db.now().Add(-abandonedAfter))}
	const left = `abandoned = 1 OR touched_at < ?`
	ids, err := all(ctx, db.reader, "look for what a crash left", single[model.CampaignID],
		`SELECT campaign FROM preparing WHERE `+left, old...)
	if err != nil || len(ids) == 0 {
		return err
	}
	err = db.write(ctx, func(tx *sql.Tx) error {
		return execAll(ctx, tx, "give a campaign up", step{`UPDATE preparing SET abandoned = 1 WHERE ` + left, old})
	})
	for _, id := range ids {
		if err == nil {
			err = db.removePrepared(ctx, id)
		}
	}
	return err
}

// removePrepared removes an abandoned campaign, in pieces. Its id is free again at the end.
func (db *DB) removePrepared(ctx context.Context, id model.CampaignID) error {
	return db.untilOver(ctx, func(tx *sql.Tx, limit int) (topics []model.Topic, over bool, err error) {
		moved, more, err := removePiece(ctx, tx, id, limit)
		if moved {
			topics = []model.Topic{model.TopicReplies, model.TopicLog}
		}
		return topics, !more, err
	})
}

// removePiece moves what belongs to an abandoned campaign to the one that has absorbed it, if any,
// and removes its people, at most limit rows of each.
func removePiece(ctx context.Context, tx *sql.Tx, id model.CampaignID, limit int) (moved, more bool, err error) {
	var by model.CampaignID
	err = tx.QueryRowContext(ctx, `SELECT absorbed_by FROM preparing WHERE campaign = ? AND abandoned = 1`,
		id).Scan(&by)
	if errors.Is(err, sql.ErrNoRows) {
		return false, false, nil
	}
	if err != nil {
		return false, false, wrap("remove what was prepared", err)
	}
	if by != 0 {
		if moved, more, err = moveTo(ctx, tx, by, id, limit); err != nil {
			return moved, more, err
		}
	}
	who, err := all(ctx, tx, "remove what was prepared", single[any],
		`SELECT who FROM recipient WHERE campaign = ? ORDER BY who LIMIT ?`, id, limit)
	if err != nil {
		return moved, more, err
	}
	if n := len(who); n > 0 {
		these := []any{id, who[0], who[n-1]}
		err := execAll(ctx, tx, "remove what was prepared",
			step{`DELETE FROM recipient_vars WHERE campaign = ? AND who BETWEEN ? AND ?`, these},
			step{`DELETE FROM recipient WHERE campaign = ? AND who BETWEEN ? AND ?`, these})
		if err != nil || n == limit {
			return moved, true, err
		}
	}
	if more {
		return moved, true, nil
	}
	return moved, false, execAll(ctx, tx, "remove what was prepared",
		step{`DELETE FROM recipient_count WHERE campaign = ?`, []any{id}},
		step{`DELETE FROM reason_count WHERE campaign = ?`, []any{id}},
		step{`DELETE FROM preparing WHERE campaign = ?`, []any{id}})
}

// moveTo moves replies and log lines of an absorbed campaign to the one that has absorbed it.
func moveTo(ctx context.Context, tx *sql.Tx, by, id model.CampaignID, limit int) (moved, more bool, err error) {
	for _, query := range []string{
		`UPDATE reply SET campaign = ?1 WHERE id IN (SELECT id FROM reply WHERE campaign = ?2 LIMIT ?3)`,
	} {
		res, err := tx.ExecContext(ctx, query, by, id, limit)
		if err != nil {
			return moved, more, wrap("join campaigns", err)
		}
		n, err := res.RowsAffected()
		if err != nil {
			return moved, more, err
		}
		moved, more = moved || n > 0, more || n == int64(limit)
	}
	return moved, more, nil
}

// known refuses people without a phone or contact.
func known(people model.People) error {
	for _, r := range people.Who() {
		if r.Phone == 0 && r.Contact == "" {
			return model.Invalid("phones", "a recipient has neither a phone nor a contact")
		}
	}
	return nil
}

// indices returns the numbers from 0 to n-1.
func indices(n int) []int32 {
	all := make([]int32, n)
	for i := range all {
		all[i] = int32(i)
	}
	return all
}
