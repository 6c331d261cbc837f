package cache

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"time"

	"viberdeck/model"
)

// longestLife is the longest time for which news of a message can come if its campaign names no
// lifetime.
const longestLife = 14 * 24 * time.Hour

// UnknownBatches returns the batches of the account whose outcome is unknown, oldest first, with
// their people. It leaves out those that another copy of this file may have sent: how that copy
// called is unknown, so a person decides.
func (db *DB) UnknownBatches(ctx context.Context, account string) ([]model.Batch, error) {
	var batches []model.Batch
	err := db.read(ctx, func(tx *sql.Tx) error {
		var err error
		batches, err = readBatches(ctx, tx, `a.name = ? AND b.state = 'unknown' AND b.elsewhere = 0 ORDER BY b.id`,
			account)
		for i := range batches {
			if err == nil {
				batches[i].People, err = batchPeople(ctx, tx, batches[i])
			}
		}
		return err
	})
	return batches, err
}

// TrackedRefs returns accepted batches of the account whose reference has not been resolved to
// campaign ids yet or whose people are not final, newest first and without their people. Tracking
// ends a day after the messages' lifetime.
func (db *DB) TrackedRefs(ctx context.Context, account string, now time.Time) ([]model.Batch, error) {
	return readBatches(ctx, db.reader, `a.name = ? AND b.state = 'accepted' AND b.tracked = 0 AND b.vendor_ref <> ''
		AND max(b.settled_at, c.send_at) + 1000 * (CASE c.lifetime WHEN 0 THEN ?
			ELSE c.lifetime END + c.stretch + 86400) > ? ORDER BY b.id DESC`,
		account, seconds(longestLife), millis(now))
}

// SaveTracked stores what became of an accepted batch: further ids of its campaign, and its
// people's statuses.
func (db *DB) SaveTracked(ctx context.Context, batch model.BatchID, got model.Tracked, now time.Time) error {
	return db.change(ctx, func(tx *sql.Tx) ([]model.Topic, error) {
		b, err := batchByID(ctx, tx, batch)
		if err != nil {
			return nil, err
		}
		for _, ref := range got.VendorIDs {
			if err := link(ctx, tx, b.account, ref, false, b.campaign); err != nil {
				return nil, err
			}
		}
		done, err := saveStatuses(ctx, tx, b.campaign, got.People, now)
		if err != nil {
			return nil, err
		}
		topics := sendTopics()
		if len(done.optedOut) > 0 {
			if err := blockOfBatch(ctx, tx, b, done.optedOut, now); err != nil {
				return nil, err
			}
			topics = append(topics, model.TopicBlacklist)
		}
		if !got.Refused.IsZero() && b.state == model.BatchAccepted {
			n, err := turnAwayRest(ctx, tx, b, got, now)
			if err != nil {
				return nil, err
			}
			done.changed += n
		}
		// People are final if no news is expected of them; see model.DeliveryStatus.Final.
		if _, err := tx.ExecContext(ctx,
			`UPDATE batch SET tracked = 1 WHERE id = ?1 AND ?2 AND NOT EXISTS (SELECT 1 FROM recipient
			WHERE batch = ?1 AND batch > 0 AND (1 << status) & ?3 <> 0)`, b.id,
			len(got.VendorIDs) > 0 || len(got.People) > 0 || !got.Refused.IsZero(),
			openStatuses()); err != nil {
			return nil, model.Errorf("track %s: %w", batch, err)
		}
		settled, err := updateState(ctx, tx, b.campaign, now)
		if err != nil || done.changed == 0 && !settled {
			return nil, err
		}
		return topics, nil
	})
}

// blockOfBatch is blockOptedOut for people of a batch.
func blockOfBatch(ctx context.Context, tx *sql.Tx, b batchRow, people []int64, now time.Time) error {
	if len(people) == 0 {
		return nil
	}
	var account string
	if err := tx.QueryRowContext(ctx, `SELECT name FROM account WHERE id = ?`, b.account).Scan(&account); err != nil {
		return wrap("block who opted out of "+b.id.String(), err)
	}
	return blockOptedOut(ctx, tx, account, people, now)
}

// turnAwayRest marks as refused, with the reason, the people of a batch whom the vendor does not
// name among those it took. The batch stays accepted if the vendor took any. It returns how many
// people changed.
func turnAwayRest(ctx context.Context, tx *sql.Tx, b batchRow, got model.Tracked, now time.Time) (int, error) {
	as := cmp.Or(got.RefusedAs, model.StatusRejected)
	why, err := newWords(tx).id(ctx, got.Refused.Stored())
	if err != nil {
		return 0, err
	}
	named := make([]int64, 0, len(got.People))
	for _, r := range got.People {
		who, err := personID(ctx, tx, r)
		if err != nil {
			return 0, err
		}
		named = append(named, who)
	}
	list, err := json.Marshal(named)
	if err != nil {
		return 0, err
	}
	res, err := tx.ExecContext(ctx,
		`UPDATE recipient SET status = ?1, reason = ?2 WHERE batch = ?3 AND batch > 0 AND (1 << status) & ?4 <> 0
		AND status <> ?1 AND who NOT IN (SELECT value FROM json_each(?5))`,
		as, why, b.id, as.Sources(), string(list))
	if err != nil {
		return 0, wrap(model.Say("refused %s", b.id), err)
	}
	n, err := res.RowsAffected()
	if err != nil || n == 0 {
		return 0, err
	}
	state := model.BatchAccepted
	if n == b.size {
		state = model.BatchRefused
	}
	err = execAll(ctx, tx, model.Say("refused %s", b.id),
		step{`UPDATE batch SET state = ?, refused = refused + ?, error = ?, settled_at = ? WHERE id = ?`,
			[]any{state, n, got.Refused, millis(now), b.id}})
	if err == nil {
		err = note(ctx, tx, now, "", "refused", b.campaign, "%s: %d of %s: %s", b.id, n,
			model.Persons(b.size), got.Refused)
	}
	return int(n), err
}

// openStatuses is the bit set of the statuses that are not final.
func openStatuses() uint32 {
	var set uint32
	for _, s := range model.Statuses() {
		if !s.Final() {
			set |= 1 << s
		}
	}
	return set
}

// readBatches reads batches b of campaigns c of accounts a, with their campaigns and without their
// people.
func readBatches(ctx context.Context, q querier, where string, args ...any) ([]model.Batch, error) {
	return all(ctx, q, "read batches", func(row scanner) (b model.Batch, err error) {
		var claimed int64
		b.Campaign, err = scanCampaign(row, &b.ID, &b.Number, &b.State, &b.Attempt, &b.Tries, &b.Size, &claimed,
			&b.VendorRef, &b.Err, &b.Evidence, &b.Tag)
		b.ClaimedAt = timeOf(claimed)
		return b, err
	}, `SELECT `+campaignColumns+
		`, b.id, b.number, b.state, b.attempt, b.tries, b.size, b.claimed_at, b.vendor_ref, b.error, b.evidence, b.tag
		FROM batch b JOIN campaign c ON c.id = b.campaign JOIN account a ON a.id = b.account WHERE `+where, args...)
}

// batchPeople reads the people of a batch with their template columns.
func batchPeople(ctx context.Context, q querier, b model.Batch) ([]model.Recipient, error) {
	return all(ctx, q, model.Say("people of %s", b.ID), func(row scanner) (model.Recipient, error) {
		r := model.Recipient{Campaign: b.Campaign.ID, Account: b.Campaign.Account, Batch: b.ID}
		var who int64
		var vars string
		if err := row(&who, &r.Status, &r.Contact, &vars); err != nil {
			return r, err
		}
		r.Phone = phoneOf(who)
		return r, jsonOf(vars, &r.Vars)
	}, `SELECT r.who, r.status, coalesce(k.text, ''), coalesce(x.vars, '') FROM recipient r INDEXED BY recipient_of_batch
		LEFT JOIN contact k ON k.id = -r.who LEFT JOIN recipient_vars x ON x.campaign = r.campaign AND x.who = r.who
		WHERE r.batch = ? AND r.batch > 0 ORDER BY r.place, r.who`, b.ID)
}
