package cache

import (
	"context"
	"database/sql"
	"fmt"

	"viberdeck/model"
)

// Statistics gives the figures of one campaign, how they grew, and its failures by reason.
func (db *DB) Statistics(ctx context.Context, id model.CampaignID) (model.Statistics, error) {
	var s model.Statistics
	err := db.read(ctx, func(tx *sql.Tx) error {
		c, err := readCampaign(ctx, tx, id)
		if err != nil {
			return err
		}
		s = model.Statistics{Campaign: id, Account: c.Account, Totals: c.Totals, State: c.State, VendorState: c.VendorState, Cost: c.Cost, AsOf: c.AsOf}
		if s.Samples, err = readSamples(ctx, tx, id); err != nil {
			return err
		}
		s.Reasons, err = readReasons(ctx, tx, id)
		return err
	})
	return s, err
}

func readSamples(ctx context.Context, q querier, id model.CampaignID) ([]model.Sample, error) {
	rows, err := q.QueryContext(ctx, `SELECT at, sent, delivered, "read", undelivered, replies FROM sample WHERE campaign = ? ORDER BY at`, id)
	if err != nil {
		return nil, fmt.Errorf("read samples: %w", err)
	}
	defer rows.Close()
	var all []model.Sample
	for rows.Next() {
		var s model.Sample
		var at int64
		if err := rows.Scan(&at, &s.Sent, &s.Delivered, &s.Read, &s.Undelivered, &s.Replies); err != nil {
			return nil, fmt.Errorf("read samples: %w", err)
		}
		s.At = timeOf(at)
		all = append(all, s)
	}
	return all, rows.Err()
}

// readReasons groups the failures of a campaign. It reads all its people, but only when some have failed.
func readReasons(ctx context.Context, q querier, id model.CampaignID) ([]model.ReasonCount, error) {
	people, err := countPeople(ctx, q, []any{int64(id)})
	if err != nil || people[id].of(failedStatuses()...) == 0 {
		return nil, err
	}
	args := []any{int64(id)}
	for _, s := range failedStatuses() {
		args = append(args, int64(s))
	}
	rows, err := q.QueryContext(ctx, `SELECT status, coalesce((SELECT text FROM word WHERE id = reason), ''), n FROM
		(SELECT status, reason, count(*) AS n FROM recipient WHERE campaign = ? AND status IN (`+in(len(args)-1)+`) GROUP BY status, reason)
		ORDER BY n DESC, status, reason`, args...)
	if err != nil {
		return nil, fmt.Errorf("read reasons: %w", err)
	}
	defer rows.Close()
	var all []model.ReasonCount
	for rows.Next() {
		var r model.ReasonCount
		if err := rows.Scan(&r.Status, &r.Reason, &r.People); err != nil {
			return nil, fmt.Errorf("read reasons: %w", err)
		}
		all = append(all, r)
	}
	return all, rows.Err()
}

// Activities gives who did what with a campaign, or with anything when id is 0, newest first.
func (db *DB) Activities(ctx context.Context, id model.CampaignID, limit int) ([]model.Activity, error) {
	if limit <= 0 {
		limit = defaultPage
	}
	var w where
	if id != 0 {
		w.add("campaign = ?", int64(id))
	}
	rows, err := db.reader.QueryContext(ctx, "SELECT at, operator, action, campaign, detail FROM activity"+w.String()+" ORDER BY id DESC LIMIT ?",
		append(w.args, limit)...)
	if err != nil {
		return nil, failure("read activities", err)
	}
	defer rows.Close()
	var all []model.Activity
	for rows.Next() {
		var a model.Activity
		var at int64
		if err := rows.Scan(&at, &a.Operator, &a.Action, &a.Campaign, &a.Detail); err != nil {
			return nil, failure("read activities", err)
		}
		a.At = timeOf(at)
		all = append(all, a)
	}
	return all, failure("read activities", rows.Err())
}
