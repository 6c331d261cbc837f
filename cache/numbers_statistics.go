package cache

import (
	"context"
	"database/sql"
	"time"

	"viberdeck/model"
)

// Statistics returns the figures of one campaign, how they grew, and its failures by reason.
func (db *DB) Statistics(ctx context.Context, id model.CampaignID) (model.Statistics, error) {
	var s model.Statistics
	err := db.read(ctx, func(tx *sql.Tx) error {
		c, err := readCampaign(ctx, tx, id)
		if err != nil {
			return err
		}
		s = model.Statistics{Campaign: id, Account: c.Account, CampaignName: c.Title(), Totals: c.Totals,
			State:       c.State,
			VendorState: c.VendorState, SMS: c.SMS,
			Cost: c.Cost, Expected: c.Expected, AsOf: c.AsOf, Facts: c.Facts}
		if s.Own, err = vendorTotals(ctx, tx, id); err != nil {
			return err
		}
		people, err := countPeople(ctx, tx, []any{int64(id)})
		if err != nil {
			return err
		}
		if n := people[id]; n.reported() {
			s.Counted = n.derive(model.Totals{})
		}
		if s.Samples, err = readSamples(ctx, tx, id); err != nil {
			return err
		}
		if s.Quoted, err = batchCost(ctx, tx, id); err != nil {
			return err
		}
		if s.Reported, err = reportedCost(ctx, tx, id); err != nil {
			return err
		}
		if s.NextPoll, s.Settled, err = nextPoll(ctx, tx, id, db.now()); err != nil {
			return err
		}
		s.Reasons, err = readReasons(ctx, tx, id)
		return err
	})
	return s, err
}

func readSamples(ctx context.Context, q querier, id model.CampaignID) ([]model.Sample, error) {
	return all(ctx, q, "read samples", func(row scanner) (model.Sample, error) {
		var s model.Sample
		var at int64
		err := row(&at, &s.Sent, &s.Delivered, &s.Read, &s.Undelivered, &s.Replies)
		s.At = timeOf(at)
		return s, err
	}, `SELECT at, sent, delivered, "read", undelivered, replies FROM sample WHERE campaign = ? ORDER BY at`, id)
}

// reportedCost adds up the costs the vendor reports for the parts of the campaign; it is unknown
// unless each part has one.
func reportedCost(ctx context.Context, q querier, id model.CampaignID) (model.Money, error) {
	if lost, err := lostPart(ctx, q, id); err != nil || lost {
		return model.Money{}, err
	}
	costs, err := sumCosts(ctx, q,
		`SELECT campaign, cost, currency FROM campaign_ref WHERE campaign = ? AND reference = 0`,
		int64(id))
	return costs[id], err
}

// nextPoll returns when any part of a campaign is polled next, and whether none is polled any more.
func nextPoll(ctx context.Context, q querier, id model.CampaignID, now time.Time) (next time.Time, settled bool,
	err error) {
	var parts, asked, at int64
	err = q.QueryRowContext(ctx,
		`SELECT count(*), coalesce(sum(poll_stopped = 0), 0), coalesce(min(iif(poll_stopped = 0, poll_next, NULL)), 0)
		FROM campaign_ref WHERE campaign = ? AND reference = 0`, id).Scan(&parts, &asked, &at)
	if err != nil || parts == 0 || asked == 0 {
		return time.Time{}, parts > 0, wrap(model.Say("next poll of %s", id), err)
	}
	if next = timeOf(at); next.Before(now) {
		next = now
	}
	return next, false, nil
}

// readReasons returns the failures of a campaign by reason, from the stored counts.
func readReasons(ctx context.Context, q querier, id model.CampaignID) ([]model.ReasonCount, error) {
	var failed uint32
	for _, s := range failedStatuses() {
		failed |= 1 << s
	}
	return all(ctx, q, "read reasons", func(row scanner) (model.ReasonCount, error) {
		var r model.ReasonCount
		err := row(&r.Status, &r.Reason, &r.People)
		return r, err
	}, `WITH told AS (SELECT status, reason, sum(n) AS n FROM (
			SELECT status, reason, n FROM reason_count WHERE campaign = ?1
			UNION ALL SELECT status, reason, n FROM forgotten_people WHERE campaign = ?1 AND reason <> 0) GROUP BY status, reason)
		SELECT status, coalesce((SELECT text FROM word WHERE id = reason), ''), n FROM (SELECT * FROM told
			UNION ALL SELECT status, 0, n - coalesce((SELECT sum(n) FROM told t WHERE t.status = c.status), 0)
				FROM recipient_count c WHERE campaign = ?1)
		WHERE (1 << status) & ?2 <> 0 AND n > 0 ORDER BY n DESC, status, reason`, int64(id), failed)
}

// Activities returns the activity log of a campaign, or all of it when id is 0, newest first.
func (db *DB) Activities(ctx context.Context, id model.CampaignID, limit int) ([]model.Activity, error) {
	page, err := db.Activity(ctx, model.PageRequest{Campaign: id, Limit: limit})
	return page.Rows, err
}
