package cache

import (
	"context"
	"database/sql"
	"encoding/json"
	"time"

	"viberdeck/model"
)

// DeleteHandedOver requests that everything of a campaign that its vendor holds for a later time be
// deleted there. The engine does so; the result appears in the campaign's progress and in the
// activity log. Parts whose id at the vendor is unknown cannot be deleted from here, and parts of
// unknown outcome may be at the vendor or not: both are counted as such at once.
func (db *DB) DeleteHandedOver(ctx context.Context, operator string, id model.CampaignID) error {
	return db.decide(ctx, operator, "asked to delete", id,
		func(tx *sql.Tx, c model.Campaign, _ tally, now time.Time) (model.Text, error) {
			if !c.HandedOver(now) {
				return model.Text{}, conflict("%s is not scheduled at its vendor: it is %s", id, c.State)
			}
			res, err := tx.ExecContext(ctx,
				`INSERT INTO deletion (batch, operator, asked_at, state, detail)
				SELECT id, ?1, ?2, iif(vendor_ref = '', 'refused', ''), iif(vendor_ref = '', ?3, '') FROM batch
				WHERE campaign = ?4 AND state = 'accepted'
				ON CONFLICT DO UPDATE SET operator = excluded.operator, asked_at = excluded.asked_at,
					state = excluded.state, detail = excluded.detail, tries = 0 WHERE deletion.state = 'refused'`,
				operator, millis(now), model.Say("its id at the vendor is not known here"), id)
			if err != nil {
				return model.Text{}, wrap(model.Say("delete %s at the vendor", id), err)
			}
			n, err := res.RowsAffected()
			return model.Say("%s at %s", model.Counted(n, "part", "parts"), c.Account), err
		})
}

// Deletions returns what is to be deleted at the account's vendor, the next to leave first.
func (db *DB) Deletions(ctx context.Context, account string) ([]model.Deletion, error) {
	return all(ctx, db.reader, "read what is to be deleted", func(row scanner) (d model.Deletion, err error) {
		d.Campaign, err = scanCampaign(row, &d.Batch, &d.VendorRef, &d.Tries)
		return d, err
	}, `SELECT `+campaignColumns+`, b.id, b.vendor_ref, d.tries FROM deletion d JOIN batch b ON b.id = d.batch
		JOIN campaign c ON c.id = b.campaign JOIN account a ON a.id = b.account
		WHERE a.name = ? AND d.state = '' ORDER BY c.send_at, b.id`, account)
}

// DeletionBegins notes, before the call, that the vendor is asked to delete.
func (db *DB) DeletionBegins(ctx context.Context, batch model.BatchID) error {
	return db.write(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `UPDATE deletion SET tries = tries + 1 WHERE batch = ? AND state = ''`, batch)
		return wrap(model.Say("delete %s at the vendor", batch), err)
	})
}

// DeletionEnds stores the result of a deletion. The people of a deleted part stay here.
func (db *DB) DeletionEnds(ctx context.Context, d model.Deletion, now time.Time) error {
	return db.write(ctx, func(tx *sql.Tx) error {
		b, err := batchByID(ctx, tx, d.Batch)
		if err != nil {
			return err
		}
		var operator string
		err = tx.QueryRowContext(ctx, `UPDATE deletion SET state = ?, detail = ? WHERE batch = ? AND state = ''
			RETURNING operator`, d.State, d.Detail, b.id).Scan(&operator)
		if err != nil {
			return wrap(model.Say("delete %s at the vendor", b.id), err)
		}
		words := model.Say("%s of %s: could not be deleted: %s", b.id, model.Persons(b.size), d.Detail)
		switch d.State {
		case model.DeletionDone:
			words = model.Say("%s of %s: deleted, nobody gets it", b.id, model.Persons(b.size))
			if err := stayHere(ctx, tx, b); err != nil {
				return err
			}
		case model.DeletionUnknown:
			words = model.Say("%s of %s: it is unknown whether it was deleted: %s", b.id, model.Persons(b.size),
				d.Detail)
		}
		if _, err := updateState(ctx, tx, b.campaign, now); err != nil {
			return err
		}
		return note(ctx, tx, now, operator, "deletion", b.campaign, "%s", words)
	}, sendTopics()...)
}

// stayHere marks the people of a batch that the vendor deleted as held here.
func stayHere(ctx context.Context, tx *sql.Tx, b batchRow) error {
	return execAll(ctx, tx, model.Say("delete %s at the vendor", b.id),
		step{`UPDATE recipient SET status = ?, batch = 0 WHERE batch = ? AND batch > 0 AND (1 << status) & ? <> 0`,
			[]any{model.StatusHeld, b.id, openStatuses()}},
		step{`UPDATE batch SET state = 'dropped' WHERE id = ?`, []any{b.id}},
		step{`UPDATE campaign_ref SET state = '', poll_stopped = 1 WHERE account = ?1 AND campaign = ?2
			AND vendor_id = (SELECT vendor_ref FROM batch WHERE id = ?3)`, []any{b.account, b.campaign, b.id}})
}

// deletionOf returns the progress of a campaign's deletion at its vendor; it is empty if none was
// requested.
func deletionOf(ctx context.Context, q querier, c model.Campaign) (model.Text, error) {
	var asked, done, refused, unknown int64
	var why model.Text
	err := q.QueryRowContext(ctx,
		`SELECT count(*) FILTER (WHERE d.state = ''), count(*) FILTER (WHERE d.state = 'deleted'),
		count(*) FILTER (WHERE d.state = 'refused'), count(*) FILTER (WHERE d.state = 'unknown'),
		coalesce(max(d.detail), '') FROM deletion d JOIN batch b ON b.id = d.batch WHERE b.campaign = ?`, c.ID).
		Scan(&asked, &done, &refused, &unknown, &why)
	switch parts := asked + done + refused + unknown; {
	case err != nil || parts == 0:
		return model.Text{}, wrap(model.Say("campaign %s", c.ID), err)
	case asked > 0:
		return model.Say("%s is asked to delete it; there is no answer yet", c.Account), nil
	case done == parts:
		return model.Say("%s has deleted it: nobody gets it", c.Account), nil
	case refused > 0:
		return model.Say("%s could not delete it: %s; %s", c.Account, why, c.DeleteYourself(time.UTC)), nil
	}
	return model.Say("it is unknown whether %s deleted it: %s; %s", c.Account, why, c.DeleteYourself(time.UTC)), nil
}

// StillReached returns the campaigns that their vendors hold for a later time and that will then go
// to one of the people, whatever is blocked here meanwhile. They include those to lists kept at a
// vendor, whose people are not known here.
func (db *DB) StillReached(ctx context.Context, phones []model.Phone) ([]model.Campaign, error) {
	who := make([]int64, len(phones))
	for i, p := range phones {
		who[i] = int64(p)
	}
	list, err := json.Marshal(who)
	if err != nil {
		return nil, err
	}
	return all(ctx, db.reader, "read what was handed over", campaignRow, `SELECT `+campaignColumns+fromCampaign+`
		WHERE c.ours = 1 AND c.send_at > ?1 AND EXISTS (SELECT 1 FROM batch b WHERE b.campaign = c.id
			AND b.state IN ('claimed', 'accepted', 'unknown') AND (c.list <> '' OR EXISTS (SELECT 1 FROM recipient r
				WHERE r.campaign = c.id AND r.batch = b.id AND (1 << r.status) & ?3 <> 0 AND r.who IN (SELECT value FROM json_each(?2)))))
		ORDER BY c.send_at, c.id`, millis(db.now()), string(list), openStatuses())
}
