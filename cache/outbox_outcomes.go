package cache

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"maps"
	"slices"
	"time"

	"viberdeck/model"
)

// recoveredAtOnce is how many batches one transaction of RecoverClaims ends: a call can have a
// thousand people.
const recoveredAtOnce = 2

// RecoverClaims turns claims without an outcome into unknown ones: the program ended before the
// answer came, and the vendor may have acted. Claims of the current term are left alone: they are
// in progress. It returns the number of batches.
func (db *DB) RecoverClaims(ctx context.Context, now time.Time) (int, error) {
	for all := 0; ; {
		var n int
		err := db.change(ctx, func(tx *sql.Tx) ([]model.Topic, error) {
			ids, err := batchIDs(ctx, tx,
				`SELECT id FROM batch WHERE account IN (SELECT id FROM account) AND state = 'claimed'
				AND (term = 0 OR term < (SELECT max(number) FROM term)) ORDER BY id LIMIT ?`, recoveredAtOnce)
			if n = len(ids); err != nil || n == 0 {
				return nil, err
			}
			outcomes := make([]model.Outcome, n)
			for i, id := range ids {
				outcomes[i] = model.Outcome{Batch: id, State: model.BatchUnknown,
					Err: model.Say("the program ended before the answer came"), At: now}
			}
			return sendTopics(), recordAll(ctx, tx, outcomes)
		})
		if all += n; err != nil || n < recoveredAtOnce {
			return all, err
		}
	}
}

// RecordOutcomes commits the outcomes of batches and what follows from them (opt-outs, the state of
// the campaign, its pause), durably and in one transaction. Each batch has one outcome: one for a
// batch that is neither claimed nor unknown changes nothing but the log.
func (db *DB) RecordOutcomes(ctx context.Context, outcomes []model.Outcome) error {
	if len(outcomes) == 0 {
		return nil
	}
	return db.write(ctx, func(tx *sql.Tx) error { return recordAll(ctx, tx, outcomes) }, sendTopics()...)
}

// RecordWait stores why no call of the campaign could begin, to be shown with what waits, and until
// when the vendor asked to wait. With a cause it pauses the campaign.
func (db *DB) RecordWait(ctx context.Context, id model.CampaignID, why string, notBefore time.Time,
	cause model.Text) error {
	return db.write(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx,
			`UPDATE campaign SET tries = tries + 1, last_error = ?, not_before = max(not_before, ?)
			WHERE id = ? AND ours = 1`, why, millis(notBefore), id)
		if err == nil && !cause.IsZero() {
			err = pauseGoing(ctx, tx, id, cause, db.now())
		}
		return wrap(model.Say("campaign %s", id), err)
	}, sendTopics()...)
}

// batchRow is what an outcome needs to know about its batch.
type batchRow struct {
	id       model.BatchID
	campaign model.CampaignID
	account  int64
	state    model.BatchState
	tries    int
	size     int64
	tag      string // "": its name at the vendor is not unique

	resolving model.Resolution // a person's decision while it is carried out
	moved     int64            // people taken out of it so far
}

func batchByID(ctx context.Context, tx *sql.Tx, id model.BatchID) (batchRow, error) {
	b := batchRow{id: id}
	err := tx.QueryRowContext(ctx, `SELECT campaign, account, state, tries, size, tag, resolving, moved FROM batch
		WHERE id = ?`, id).
		Scan(&b.campaign, &b.account, &b.state, &b.tries, &b.size, &b.tag, &b.resolving, &b.moved)
	if errors.Is(err, sql.ErrNoRows) {
		return b, model.NotFound("there is no batch %s", id)
	}
	return b, wrap(model.Say("batch %s", id), err)
}

func recordAll(ctx context.Context, tx *sql.Tx, outcomes []model.Outcome) error {
	touched := map[model.CampaignID]time.Time{}
	paused := map[model.CampaignID]model.Text{}
	for _, o := range outcomes {
		cause := o.Pause
		b, err := batchByID(ctx, tx, o.Batch)
		open := b.state == model.BatchClaimed || b.state == model.BatchUnknown && b.resolving == ""
		switch {
		case model.KindOf(err) == model.KindNotFound: // given back before, or not in this file
			continue
		case err != nil:
			return err
		case !open:
			err = note(ctx, tx, o.At, "", "ignored", b.campaign, "a late outcome (%s) for %s, which is %s", o.State,
				b.id, b.state)
		default:
			touched[b.campaign] = o.At
			o, err = onlyNew(ctx, tx, b, o)
			if err == nil {
				o.Cost, err = inBalance(ctx, tx, b.account, o.Cost)
			}
			if err == nil {
				err = record(ctx, tx, b, o)
			}
		}
		if err != nil {
			return model.Errorf("outcome of %s: %w", o.Batch, err)
		}
		if !cause.IsZero() {
			touched[b.campaign], paused[b.campaign] = o.At, cause
		}
	}
	for _, id := range slices.Sorted(maps.Keys(touched)) {
		if _, err := updateState(ctx, tx, id, touched[id]); err != nil {
			return err
		}
		if cause := paused[id]; !cause.IsZero() {
			if err := pauseGoing(ctx, tx, id, cause, touched[id]); err != nil {
				return err
			}
		}
	}
	return nil
}

// onlyNew accepts what was found of an unknown batch as proof only if it is new: an id that belongs
// to another of our campaigns, or that was known before the call, proves nothing about this one,
// which stays unknown.
func onlyNew(ctx context.Context, tx *sql.Tx, b batchRow, o model.Outcome) (model.Outcome, error) {
	if b.state != model.BatchUnknown || o.State != model.BatchAccepted {
		return o, nil
	}
	for _, id := range append([]string{o.VendorRef}, o.VendorIDs...) {
		var other model.CampaignID
		err := tx.QueryRowContext(ctx, `SELECT r.campaign FROM campaign_ref r JOIN campaign c ON c.id = r.campaign
			WHERE r.account = ? AND r.vendor_id = ? AND r.campaign <> ?
			AND (c.ours = 1 OR c.id <= (SELECT known_before FROM batch WHERE id = ?))`, b.account, id,
			b.campaign, b.id).Scan(&other)
		switch {
		case errors.Is(err, sql.ErrNoRows):
			continue
		case err != nil:
			return o, model.Errorf("outcome of %s: %w", b.id, err)
		}
		return model.Outcome{Batch: o.Batch, State: model.BatchUnknown, At: o.At,
				Evidence: model.Say("what fits at the vendor, %s, belongs to %s: it says nothing of this one", id,
					other)},
			nil
	}
	return o, nil
}

// record applies one outcome to an open batch.
func record(ctx context.Context, tx *sql.Tx, b batchRow, o model.Outcome) error {
	var rest model.DeliveryStatus
	var reason model.Text
	switch o.State {
	case model.BatchAccepted:
		rest = model.StatusAccepted
	case model.BatchRefused:
		rest, reason = cmp.Or(o.RefusedAs, model.StatusRejected), o.Err
	case model.BatchUnknown:
		rest = model.StatusUnknown
	case model.BatchQueued:
		return giveBack(ctx, tx, b, o)
	default:
		return model.Errorf("a batch cannot become %q", o.State)
	}
	words := newWords(tx)
	why, err := words.id(ctx, reason.Stored())
	if err != nil {
		return err
	}
	refused, optedOut, err := recordPeople(ctx, tx, words, b, o, rest)
	if err == nil {
		err = recordRest(ctx, tx, b, o, rest, why)
	}
	if err == nil {
		err = blockOfBatch(ctx, tx, b, optedOut, o.At)
	}
	if err != nil {
		return err
	}
	if o.State == model.BatchRefused {
		refused = b.size
	}
	if err := recordBatch(ctx, tx, b, o, refused); err != nil {
		return err
	}
	return linkAll(ctx, tx, b, o)
}

// recordBatch applies the outcome to the batch itself, of whose people so many were refused.
func recordBatch(ctx context.Context, tx *sql.Tx, b batchRow, o model.Outcome, refused int64) error {
	if _, err := tx.ExecContext(ctx,
		`UPDATE batch SET state = ?1, settled_at = ?2, refused = ?3, error = CASE WHEN ?4 = '' AND ?1 = 'unknown'
			THEN error ELSE ?4 END, vendor_ref = CASE WHEN ?5 = '' THEN vendor_ref ELSE ?5 END,
		evidence = CASE WHEN ?6 = '' THEN evidence ELSE ?6 END, cost = coalesce(?7, cost), currency = CASE
			WHEN ?8 = '' THEN currency ELSE ?8 END WHERE id = ?9`,
		o.State, millis(o.At), refused, o.Err, o.VendorRef, o.Evidence, costArg(o.Cost), o.Cost.Currency,
		b.id); err != nil {
		return err
	}
	if o.State == model.BatchAccepted && !o.Err.IsZero() {
		if err := note(ctx, tx, o.At, "", "answered", b.campaign, "%s: %s", b.id, o.Err); err != nil {
			return err
		}
	}
	if o.State == model.BatchAccepted || o.State == model.BatchRefused { // the vendor answers
		if _, err := tx.ExecContext(ctx, `UPDATE campaign SET tries = 0, last_error = '' WHERE id = ?`,
			b.campaign); err != nil {
			return err
		}
	}
	return nil
}

// linkAll connects the ids that the vendor gave in an outcome to the batch's campaign.
func linkAll(ctx context.Context, tx *sql.Tx, b batchRow, o model.Outcome) error {
	if err := link(ctx, tx, b.account, o.VendorRef, true, b.campaign); err != nil {
		return err
	}
	text, err := factsArg(o.Facts)
	if err != nil {
		return err
	}
	for _, id := range o.VendorIDs {
		if err := link(ctx, tx, b.account, id, false, b.campaign); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, `UPDATE campaign_ref SET told = ?1 WHERE account = ?2 AND vendor_id = ?3
			AND ?1 <> ''`, text, b.account, id); err != nil {
			return err
		}
	}
	return nil
}

// recordRest applies the outcome of the batch to those of its people whose own is not known, by
// this answer or an earlier one.
func recordRest(ctx context.Context, tx *sql.Tx, b batchRow, o model.Outcome, rest model.DeliveryStatus,
	why int64) error {
	open := []int64{}
	for _, r := range o.People {
		if undecided(r.Status) {
			who, err := personID(ctx, tx, r)
			if err != nil {
				return err
			}
			open = append(open, who)
		}
	}
	but, err := jsonArg(open)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `UPDATE recipient SET status = ?, reason = ? WHERE batch = ? AND batch > 0
		AND status IN (?, ?) AND who NOT IN (SELECT value FROM json_each(?))`,
		rest, why, b.id, model.StatusQueued, model.StatusUnknown, cmp.Or(but, "[]"))
	return err
}

// undecided reports whether a status says nothing about what became of the person's message.
func undecided(s model.DeliveryStatus) bool {
	return s == model.StatusQueued || s == model.StatusUnknown
}

// recordPeople applies the outcomes of single people, counts those the vendor refused, and returns
// those who opted out there. Those whose outcome became known earlier keep it, unless it is only
// that of the batch (rest).
func recordPeople(ctx context.Context, tx *sql.Tx, words *wordbook, b batchRow, o model.Outcome,
	rest model.DeliveryStatus) (refused int64, optedOut []int64, err error) {
	for _, r := range o.People {
		who, err := personID(ctx, tx, r)
		if err != nil {
			return 0, nil, err
		}
		reason, err1 := words.id(ctx, r.Reason.Stored())
		own, err2 := words.id(ctx, r.VendorStatus)
		currency, err3 := words.id(ctx, r.Price.Currency)
		if err := errors.Join(err1, err2, err3); err != nil {
			return 0, nil, err
		}
		res, err := tx.ExecContext(
			ctx,
			`UPDATE recipient SET status = ?, reason = ?, vendor_status = ?, vendor_id = nullif(?, ''), price = ?, currency = ?,
			updated_at = ? WHERE campaign = ? AND who = ? AND batch = ? AND status IN (?, ?, ?)`,
			r.Verdict(),
			reason,
			own,
			r.VendorID,
			priceArg(r),
			currency,
			millis(past(r.UpdatedAt, o.At)),
			b.campaign,
			who,
			b.id,
			rest,
			model.StatusQueued,
			model.StatusUnknown,
		)
		if err != nil {
			return 0, nil, err
		}
		n, err := res.RowsAffected()
		if err != nil {
			return 0, nil, err
		}
		if turnedAway(r.Verdict()) {
			refused += n
		}
		if r.Status == model.StatusOptedOut && n > 0 {
			optedOut = append(optedOut, who)
		}
	}
	return refused, optedOut, nil
}

// giveBack lets the people of a batch that certainly did not leave wait again, and removes the
// batch. If the vendor refused some by name, they stay in it.
func giveBack(ctx context.Context, tx *sql.Tx, b batchRow, o model.Outcome) error {
	refused, optedOut, err := recordPeople(ctx, tx, newWords(tx), b, o, model.StatusQueued)
	if err != nil {
		return err
	}
	if err := blockOfBatch(ctx, tx, b, optedOut, o.At); err != nil {
		return err
	}
	if err := relink(ctx, tx, b); err != nil {
		return err
	}
	var recalled bool // while this batch was under way: then its people do not wait again
	if err := tx.QueryRowContext(ctx, `SELECT state = 'cancelled' OR recalled FROM campaign WHERE id = ?`,
		b.campaign).Scan(&recalled); err != nil {
		return err
	}
	to, status := waitingBatch, model.StatusQueued
	if recalled {
		to, status = 0, model.StatusHeld
	}
	err = execAll(ctx, tx, "give back",
		step{`UPDATE recipient SET batch = ?, status = ? WHERE batch = ? AND batch > 0 AND status IN (?, ?)`,
			[]any{to, status, b.id, model.StatusQueued, model.StatusUnknown}},
		step{`UPDATE campaign SET not_before = max(not_before, ?) WHERE id = ?`,
			[]any{millis(o.NotBefore), b.campaign}})
	if err == nil && !o.Err.IsZero() { // no error: no call was made because the program was asked to stop
		_, err = tx.ExecContext(ctx, `UPDATE campaign SET tries = max(tries, ?), last_error = ? WHERE id = ?`,
			b.tries+1, o.Err, b.campaign)
	}
	if err != nil {
		return err
	}
	if refused == 0 {
		_, err = tx.ExecContext(ctx, `DELETE FROM batch WHERE id = ?`, b.id)
		return err
	}
	_, err = tx.ExecContext(ctx,
		`UPDATE batch SET state = 'refused', size = ?1, refused = ?1, error = ?2, settled_at = ?3 WHERE id = ?4`,
		refused, o.Err, millis(o.At), b.id)
	return err
}

// keepCost stores the total cost of the batches once everybody has left, until the vendor reports
// the campaign's cost itself.
func keepCost(ctx context.Context, tx *sql.Tx, id model.CampaignID) error {
	cost, err := batchCost(ctx, tx, id)
	if err != nil || !cost.Known {
		return err
	}
	_, err = tx.ExecContext(ctx, `UPDATE campaign SET cost = ?, currency = ? WHERE id = ?
		AND NOT EXISTS (SELECT 1 FROM campaign_ref f WHERE f.campaign = campaign.id AND f.cost IS NOT NULL)`,
		amountArg(cost), cost.Currency, id)
	return wrap(model.Say("cost of %s", id), err)
}

func batchIDs(ctx context.Context, q querier, query string, args ...any) ([]model.BatchID, error) {
	return all(ctx, q, "batches", single[model.BatchID], query, args...)
}

// turnedAway reports whether the status means that the vendor did not accept the person's message.
func turnedAway(s model.DeliveryStatus) bool {
	switch s {
	case model.StatusRejected, model.StatusFailed, model.StatusNoMoney, model.StatusOptedOut, model.StatusUndelivered:
		return true
	}
	return false
}
