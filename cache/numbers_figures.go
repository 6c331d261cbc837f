package cache

import (
	"context"
	"database/sql"
	"encoding/json"
	"slices"

	"viberdeck/model"
)

// figureColumns are the totals a vendor reports, in the order of totalsOf.
const figureColumns = `recipients, sent, delivered, "read", clicked, undelivered, failed, expired`

// totalsOf returns the values of figureColumns.
func totalsOf(t model.Totals) [8]sql.NullInt64 {
	return [8]sql.NullInt64{figureArg(t.Recipients), figureArg(t.Sent), figureArg(t.Delivered), figureArg(t.Read),
		figureArg(t.Clicked),
		figureArg(t.Undelivered), figureArg(t.Failed), figureArg(t.Expired)}
}

// refFigures is what a vendor reports about one of its campaigns.
type refFigures struct {
	state       model.CampaignState
	vendorState string
	n           [8]sql.NullInt64
	cost        sql.NullString
	currency    string
	asOf        int64
	told        string // JSON; "": nothing
	counted     bool   // n was counted from the people
}

// factsArg formats what else a vendor reports about its campaign.
func factsArg(reported []model.ReportedFact) (string, error) {
	if len(reported) == 0 {
		return "", nil
	}
	b, err := json.Marshal(reported)
	return string(b), err
}

// fillFacts adds what else the vendors report about campaigns, part by part, without duplicates.
func fillFacts(ctx context.Context, q querier, campaigns []model.Campaign) error {
	ids, at := make([]any, len(campaigns)), make(map[model.CampaignID]int, len(campaigns))
	for i, c := range campaigns {
		ids[i], at[c.ID] = int64(c.ID), i
	}
	type part struct {
		of   model.CampaignID
		told string
	}
	parts, err := all(ctx, q, "read what vendors say", func(row scanner) (p part, err error) {
		err = row(&p.of, &p.told)
		return p, err
	}, `SELECT campaign, told FROM campaign_ref WHERE campaign IN (`+in(len(ids))+`) AND told <> ''
		ORDER BY campaign, length(vendor_id), vendor_id`, ids...)
	for _, p := range parts {
		var reported []model.ReportedFact
		if err := json.Unmarshal([]byte(p.told), &reported); err != nil {
			return wrap(model.Say("what the vendor says of %s", p.of), err)
		}
		c := &campaigns[at[p.of]]
		for _, t := range reported {
			if !slices.Contains(c.Facts, t) {
				c.Facts = append(c.Facts, t)
			}
		}
	}
	return err
}

// vendorTotals reads a campaign's totals as the vendor itself reports them; they are unknown if
// they were counted from its people.
func vendorTotals(ctx context.Context, q querier, id model.CampaignID) (model.Totals, error) {
	found, err := all(ctx, q, model.Say("figures of %s", id), func(row scanner) (n [8]sql.NullInt64, err error) {
		err = row(pointers(&n)...)
		return n, err
	}, `SELECT `+figureColumns+` FROM campaign WHERE id = ? AND NOT EXISTS
		(SELECT 1 FROM campaign_ref WHERE campaign = campaign.id AND counted = 1)`, int64(id))
	if err != nil || len(found) == 0 {
		return model.Totals{}, err
	}
	var t model.Totals
	for i, f := range []*model.Figure{&t.Recipients, &t.Sent, &t.Delivered, &t.Read, &t.Clicked, &t.Undelivered,
		&t.Failed, &t.Expired} {
		*f = model.Figure{N: found[0][i].Int64, Known: found[0][i].Valid}
	}
	return t, nil
}

// known reports whether the vendor reported any figure.
func (f refFigures) known() bool { return f.n != [8]sql.NullInt64{} || f.cost.Valid }

// saveFigures stores what the vendor reports about its campaign; figures it omits stay known. It
// reports whether anything but the age changed.
func saveFigures(ctx context.Context, tx *sql.Tx, account int64, vendorID string, f refFigures) (bool, error) {
	var old refFigures
	var id model.CampaignID
	err := tx.QueryRowContext(ctx, `SELECT campaign, state, vendor_state, cost, currency, as_of, told, counted, `+
		figureColumns+`
		FROM campaign_ref WHERE account = ? AND vendor_id = ?`, account, vendorID).
		Scan(append([]any{&id, &old.state, &old.vendorState, &old.cost, &old.currency, &old.asOf, &old.told,
			&old.counted},
			pointers(&old.n)...)...)
	if err != nil {
		return false, model.Errorf("figures of %s: %w", vendorID, err)
	}
	next := old
	if f.state != "" {
		next.state, next.vendorState = f.state, f.vendorState
	}
	owned := !old.counted && old.n != [8]sql.NullInt64{} // the vendor's own totals are known
	for i, n := range f.n {
		if n.Valid && (!f.counted || !owned || i == 0) {
			next.n[i] = n
		}
	}
	if f.n != [8]sql.NullInt64{} {
		next.counted = f.counted && !owned
	}
	if f.told != "" {
		next.told = f.told
	}
	if f.cost.Valid {
		next.cost, next.currency = f.cost, f.currency
	}
	if f.known() {
		next.asOf = max(f.asOf, old.asOf)
	}
	if next == old {
		return false, nil
	}
	if old.counted && !next.counted { // the vendor's own totals begin another curve
		if _, err := tx.ExecContext(ctx, `DELETE FROM sample WHERE campaign = ?`, id); err != nil {
			return false, model.Errorf("samples of %s: %w", vendorID, err)
		}
	}
	_, err = tx.ExecContext(ctx,
		`UPDATE campaign_ref SET (state, vendor_state, cost, currency, as_of, reference, told, counted, `+
			figureColumns+`) = (`+in(16)+`)
		WHERE account = ? AND vendor_id = ?`,
		append(append([]any{next.state, next.vendorState, next.cost, next.currency, next.asOf, false, next.told,
			next.counted},
			values(next.n)...), account, vendorID)...)
	if err != nil {
		return false, model.Errorf("figures of %s: %w", vendorID, err)
	}
	age := next.asOf
	next.asOf = old.asOf
	return next != old, sumFigures(ctx, tx, id, age)
}

// lostPart reports whether the id of one of the vendor's campaigns that make up this campaign is
// unknown, so that the figures of the others are not the whole. The id of a list's campaign is
// known before its call.
func lostPart(ctx context.Context, q querier, id model.CampaignID) (lost bool, err error) {
	err = q.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM campaign c JOIN batch b ON b.campaign = c.id
		WHERE c.id = ? AND c.ours = 1 AND c.list = '' AND b.vendor_ref = '' AND b.state IN ('claimed', 'accepted',
			'unknown'))`, id).Scan(&lost)
	return lost, wrap(model.Say("parts of %s", id), err)
}

// sumFigures makes a campaign's figures the sum of those of the vendor's campaigns that make it up.
// A figure that one of them lacks is unknown, and all are unknown while one of them is lost; ids
// for which the vendor never reported a figure do not count.
func sumFigures(ctx context.Context, tx *sql.Tx, id model.CampaignID, asOf int64) error {
	lost, err := lostPart(ctx, tx, id)
	if err != nil {
		return err
	}
	parts, err := all(ctx, tx, model.Say("figures of %s", id), func(row scanner) (n [8]sql.NullInt64, err error) {
		err = row(pointers(&n)...)
		return n, err
	}, `SELECT `+figureColumns+` FROM campaign_ref WHERE campaign = ? AND as_of > 0`, id)
	if err != nil {
		return err
	}
	var sum [8]sql.NullInt64
	for p, n := range parts {
		if p == 0 {
			sum = n
			continue
		}
		for i := range sum {
			sum[i] = sql.NullInt64{Int64: sum[i].Int64 + n[i].Int64, Valid: sum[i].Valid && n[i].Valid}
		}
	}
	if lost {
		sum = [8]sql.NullInt64{}
	}
	cost, err := reportedCost(ctx, tx, id)
	if err == nil && !cost.Known {
		cost, err = batchCost(ctx, tx, id)
	}
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `UPDATE campaign SET (`+figureColumns+`) = (`+in(8)+
		`), cost = ?, currency = ?, as_of = max(as_of, ?), vendor_state = CASE ours WHEN 0 THEN vendor_state ELSE coalesce(
			(SELECT group_concat(DISTINCT f.vendor_state) FROM campaign_ref f WHERE f.campaign = campaign.id
				AND f.vendor_state <> ''), vendor_state) END
		WHERE id = ?`, append(values(sum), amountArg(cost), cost.Currency, asOf, id)...)
	return wrap(model.Say("figures of %s", id), err)
}

func pointers(n *[8]sql.NullInt64) []any {
	all := make([]any, len(n))
	for i := range n {
		all[i] = &n[i]
	}
	return all
}

func values(n [8]sql.NullInt64) []any {
	all := make([]any, len(n))
	for i := range n {
		all[i] = n[i]
	}
	return all
}
