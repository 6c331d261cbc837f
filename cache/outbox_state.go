package cache

import (
	"context"
	"database/sql"
	"slices"
	"time"

	"viberdeck/model"
)

// tally is the progress of one of our campaigns, counted from its rows.
type tally struct {
	waiting, inFlight, accepted, refused, unknown, suppressed, held int64 // people
	claimed, acceptedBatches, refusedBatches, unknownBatches        int64 // batches by state: took is accepted
}

func (t tally) total() int64 {
	return t.waiting + t.inFlight + t.accepted + t.refused + t.unknown + t.suppressed + t.held
}

// waits says how many people wait.
func (t tally) waits() model.Count { return model.Counted(t.waiting, "person waits", "people wait") }

// beyondRecall says how many people have left and can no longer be recalled.
func (t tally) beyondRecall() model.Count {
	return model.Counted(t.inFlight+t.accepted+t.refused+t.unknown, "person is beyond recall",
		"people are beyond recall")
}

// count reads the tally. The people of a batch are counted by the vendor's answer, whatever became
// of them since. It reads all waiting people, so it is not for a transaction that writes.
func count(ctx context.Context, q querier, id model.CampaignID) (tally, error) {
	t, err := countBatches(ctx, q, id)
	if err == nil && t.unknownBatches > 0 {
		err = t.lookInto(ctx, q, id)
	}
	if err == nil {
		err = t.countStopped(ctx, q, id)
	}
	if err != nil {
		return t, err
	}
	var recalled bool
	err = q.QueryRowContext(ctx, `SELECT (SELECT count(*) FROM waiting WHERE campaign = ?1)
			+ (SELECT coalesce(sum(list_people), 0) FROM campaign c WHERE id = ?1 AND list <> ''
				AND state NOT IN ('cancelled', 'draft') AND `+leavesSQL+`),
		EXISTS (SELECT 1 FROM recalling WHERE campaign = ?1)`, id).Scan(&t.waiting, &recalled)
	if recalled { // people not taken back yet do not wait
		t.held, t.waiting = t.held+t.waiting, 0
	}
	return t, wrap(model.Say("count the people of %s", id), err)
}

// countBatches is the part of the tally that follows from the batches.
func countBatches(ctx context.Context, q querier, id model.CampaignID) (t tally, err error) {
	err = q.QueryRowContext(ctx, `SELECT
		coalesce(sum(size) FILTER (WHERE state = 'claimed'), 0), count(*) FILTER (WHERE state = 'claimed'),
		coalesce(sum(size - moved) FILTER (WHERE state = 'unknown'), 0), count(*) FILTER (WHERE state = 'unknown'),
		coalesce(sum(size - refused) FILTER (WHERE state = 'accepted'), 0),
		coalesce(sum(refused) FILTER (WHERE state IN ('accepted', 'refused')), 0),
		coalesce(sum(size) FILTER (WHERE state = 'dropped' AND (SELECT list FROM campaign c WHERE c.id = batch.campaign) <> ''), 0),
		count(*) FILTER (WHERE state = 'accepted'), count(*) FILTER (WHERE state = 'refused')
		FROM batch WHERE campaign = ?`, id).Scan(&t.inFlight, &t.claimed, &t.unknown, &t.unknownBatches, &t.accepted,
		&t.refused, &t.held, &t.acceptedBatches, &t.refusedBatches)
	return t, wrap(model.Say("count the batches of %s", id), err)
}

// countStopped adds the people of our campaign who stay here: only this program gives these two
// statuses, and none of the people is in a batch.
func (t *tally) countStopped(ctx context.Context, q querier, id model.CampaignID) error {
	var held int64
	err := q.QueryRowContext(ctx, `SELECT coalesce(sum(n) FILTER (WHERE status = ?2), 0),
		coalesce(sum(n) FILTER (WHERE status = ?3), 0) FROM recipient_count WHERE campaign = ?1`,
		id, model.StatusHeld, model.StatusSuppressed).Scan(&held, &t.suppressed)
	t.held += held
	return wrap(model.Say("count the people of %s", id), err)
}

// lookInto counts the people of unknown batches whose outcome the vendor's answer gave.
func (t *tally) lookInto(ctx context.Context, q querier, id model.CampaignID) error {
	var away, open uint32
	for _, s := range model.Statuses() {
		switch {
		case turnedAway(s):
			away |= 1 << s
		case s == model.StatusUnknown || s == model.StatusQueued:
			open |= 1 << s
		}
	}
	var accepted, refused int64
	err := q.QueryRowContext(ctx, `SELECT count(*) FILTER (WHERE (1 << r.status) & (?2 | ?3) = 0),
		count(*) FILTER (WHERE (1 << r.status) & ?2 <> 0) FROM batch b CROSS JOIN recipient r ON r.batch = b.id AND r.batch > 0
		WHERE b.campaign = ?1 AND b.state = 'unknown'`, id, away, open).Scan(&accepted, &refused)
	t.accepted, t.refused, t.unknown = t.accepted+accepted, t.refused+refused, t.unknown-accepted-refused
	return wrap(model.Say("count the people of %s", id), err)
}

// updateState moves one of our campaigns to the state that follows from its rows, and from the
// vendor's reports once everybody has left. States that a person chose stay as long as people wait;
// a pause also stays while a call of unknown outcome could be repeated. It reports whether anything
// changed.
func updateState(ctx context.Context, tx *sql.Tx, id model.CampaignID, now time.Time) (bool, error) {
	var state model.CampaignState
	var sendAt, due int64
	var waits, begun bool
	err := tx.QueryRowContext(ctx, `SELECT state, send_at, due_at, state <> 'cancelled' AND `+leavesSQL+`,
		EXISTS (SELECT 1 FROM batch WHERE campaign = c.id AND state IN ('claimed', 'accepted', 'refused'))
		FROM campaign c WHERE id = ? AND ours = 1`, id).Scan(&state, &sendAt, &due, &waits, &begun)
	if err != nil {
		return false, wrap(model.Say("settle %s", id), err)
	}
	switch state {
	case model.CampaignDraft, model.CampaignNeedsApproval, model.CampaignHeld:
		return false, nil
	case model.CampaignCancelled:
		if going, err := recalling(ctx, tx, id); err != nil || going {
			return false, err
		}
	case model.CampaignPaused:
		if waits {
			return false, nil
		}
	}
	switch { // before anything is counted: most of the time people wait
	case waits && begun:
		return setState(ctx, tx, id, model.CampaignSending, model.Text{})
	case waits && sendAt > 0 && due > millis(now):
		return setState(ctx, tx, id, model.CampaignScheduled, model.Text{})
	case waits:
		return setState(ctx, tx, id, model.CampaignQueued, model.Text{})
	}
	t, err := countBatches(ctx, tx, id)
	if err == nil {
		err = t.countStopped(ctx, tx, id)
	}
	if err != nil {
		return false, err
	}
	if t.unknownBatches > 0 && state == model.CampaignPaused {
		return false, nil
	}
	if t.claimed > 0 {
		// a call that is given back must still find it stopped
		if state == model.CampaignCancelled || state == model.CampaignPaused {
			return false, nil
		}
		return setState(ctx, tx, id, model.CampaignSending, model.Text{})
	}
	if err := keepCost(ctx, tx, id); err != nil {
		return false, err
	}
	return finish(ctx, tx, id, t, sendAt > millis(now), now)
}

// finish moves a campaign of which nobody waits and no call is under way to the state that its
// batches give it. later says that its messages are for a time that has not come.
func finish(ctx context.Context, tx *sql.Tx, id model.CampaignID, t tally, later bool, now time.Time) (bool, error) {
	switch {
	case t.unknownBatches > 0:
		return setState(ctx, tx, id, model.CampaignUnknown, model.Text{})
	case t.acceptedBatches > 0:
		answer, err := vendorState(ctx, tx, id)
		if err != nil {
			return false, err
		}
		return setState(ctx, tx, id, left(t, answer, later), model.Text{})
	case t.refusedBatches > 0:
		return setState(ctx, tx, id, model.CampaignFailed, model.Text{})
	case t.suppressed > 0 && t.held == 0:
		if err := answerStopped(ctx, tx, id, now); err != nil {
			return false, err
		}
		return setState(ctx, tx, id, model.CampaignCancelled, model.Say("everybody is on the blacklist"))
	}
	return setState(ctx, tx, id, model.CampaignCancelled, model.Text{})
}

// left returns the state of a campaign whose people have all left or been stopped, some of them
// accepted by the vendor.
func left(t tally, answer model.CampaignState, later bool) model.CampaignState {
	switch {
	case t.accepted == 0 && t.refused > 0:
		return model.CampaignFailed
	case answer != "" && answer != model.CampaignSent && answer != model.CampaignUnknown:
		return answer
	case later: // some vendors call a campaign sent once they have it
		return model.CampaignScheduled
	case t.refused > 0 || t.held > 0:
		return model.CampaignPartlySent
	}
	return model.CampaignSent
}

// vendorState combines the states that the vendor reports for the campaigns that make up one of
// ours; it is "" if the vendor reports none.
func vendorState(ctx context.Context, tx *sql.Tx, id model.CampaignID) (model.CampaignState, error) {
	reported, err := all(ctx, tx, model.Say("settle %s", id), single[model.CampaignState],
		`SELECT DISTINCT state FROM campaign_ref WHERE campaign = ? AND state <> ''`, id)
	if err != nil {
		return "", err
	}
	return joinStates(reported), nil
}

// joinStates returns the state of the whole from those of its parts: parts that are not over yet
// weigh most.
func joinStates(parts []model.CampaignState) model.CampaignState {
	if len(parts) <= 1 {
		return append(parts, "")[0]
	}
	for _, s := range []model.CampaignState{model.CampaignModeration, model.CampaignSending, model.CampaignScheduled,
		model.CampaignUnknown} {
		if slices.Contains(parts, s) {
			return s
		}
	}
	return model.CampaignPartlySent
}

// Progress returns the progress of one of our campaigns. The figures are counted from its rows.
func (db *DB) Progress(ctx context.Context, id model.CampaignID) (model.Progress, error) {
	p := model.Progress{Campaign: id}
	err := db.read(ctx, func(tx *sql.Tx) error {
		c, err := campaignByID(ctx, tx, id)
		if err != nil {
			return err
		}
		t, err := count(ctx, tx, id)
		if err != nil {
			return err
		}
		var started, notBefore, asked int64
		if err := tx.QueryRowContext(ctx,
			`SELECT (SELECT coalesce(min(claimed_at), 0) FROM batch WHERE campaign = c.id), c.last_error, c.not_before,
			coalesce((SELECT evidence FROM batch WHERE campaign = c.id AND state = 'unknown' ORDER BY id DESC LIMIT 1), ''),
			(SELECT coalesce(max(`+askedSQL+`), 0) FROM batch b WHERE b.campaign = c.id AND b.state = 'unknown'),
			coalesce((SELECT error FROM batch WHERE campaign = c.id AND state = 'refused' ORDER BY id DESC LIMIT 1), '')
			FROM campaign c WHERE c.id = ?`, int64(id)).
			Scan(&started, &p.Waits, &notBefore, &p.Evidence, &asked, &p.Refusal); err != nil {
			return wrap(model.Say("progress of %s", id), err)
		}
		p.StartedAt, p.AskedUntil = timeOf(started), timeOf(asked)
		if t.waiting == 0 {
			p.Waits = model.Text{}
		}
		if !p.Waits.IsZero() {
			p.NextTry = timeOf(notBefore)
		}
		if p.Deletion, err = deletionOf(ctx, tx, c); err != nil {
			return err
		}
		p.State, p.HoldUntil, p.PauseCause = c.State, c.HoldUntil, c.PauseCause
		p.SendAt, p.LeaveAt = c.SendAt, c.LeaveAt
		p.Total, p.Waiting, p.InFlight, p.Accepted = t.total(), t.waiting, t.inFlight, t.accepted
		p.Refused, p.Unknown, p.Suppressed, p.Held = t.refused, t.unknown, t.suppressed, t.held
		if p.Cost, err = batchCost(ctx, tx, id); err != nil {
			return err
		}
		if !p.Cost.Known {
			p.Cost = c.Cost
		}
		return nil
	})
	return p, err
}

// batchCost adds up what the campaign's batches cost according to the vendor's answers; it is
// unknown unless there is a cost for each that left.
func batchCost(ctx context.Context, q querier, id model.CampaignID) (model.Money, error) {
	costs, err := batchCosts(ctx, q, []any{int64(id)})
	return costs[id], err
}

// batchCosts is batchCost of several campaigns at once.
func batchCosts(ctx context.Context, q querier, campaigns []any) (map[model.CampaignID]model.Money, error) {
	if len(campaigns) == 0 {
		return nil, nil
	}
	return sumCosts(ctx, q, `SELECT campaign, cost, currency FROM batch
		WHERE campaign IN (`+in(len(campaigns))+`) AND state IN ('accepted', 'unknown', 'claimed')`, campaigns...)
}

// sumCosts adds up the amounts that a query finds for each campaign; the sum is unknown if there
// are none, or one of them is unknown.
func sumCosts(ctx context.Context, q querier, query string, args ...any) (map[model.CampaignID]model.Money, error) {
	sums := map[model.CampaignID]model.Money{}
	return sums, each(ctx, q, "costs", func(row scanner) error {
		var id model.CampaignID
		var amount sql.NullString
		var currency string
		if err := row(&id, &amount, &currency); err != nil {
			return err
		}
		cost := moneyOf(amount, currency)
		if sum, ok := sums[id]; ok {
			cost = sum.Plus(cost)
		}
		sums[id] = cost
		return nil
	}, query, args...)
}

// braked reports whether the brake is on.
func braked(ctx context.Context, q querier) (bool, error) {
	var on bool
	err := q.QueryRowContext(ctx, `SELECT active FROM brake`).Scan(&on)
	return on, wrap("the brake", err)
}
