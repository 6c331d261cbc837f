package cache

import (
	"cmp"
	"context"
	"database/sql"
	"slices"
	"time"

	"viberdeck/model"
)

const (
	// cutCampaigns is how many campaigns a cut counts at most, the newest first.
	cutCampaigns = 5000
	// cutPeople is how many people a cut by country reads at most: at about a million a second the
	// wait stays short.
	cutPeople = 2_000_000
	// countryDigits is enough to identify the country of a phone: +44 7781 is Guernsey, +44 7780 is
	// not.
	countryDigits = 6
)

// Cuts returns the figures of the campaigns a request matches, by vendor, by sender or by country,
// from what is stored here. Campaigns without figures are counted separately. By country it reads
// every person, so it is for a command that may take seconds.
func (db *DB) Cuts(ctx context.Context, by model.CutBy, q model.PageRequest) (model.Cuts, error) {
	cuts := model.Cuts{By: by}
	w, err := campaignsWhere(q)
	if err != nil {
		return cuts, err
	}
	err = db.read(ctx, func(tx *sql.Tx) error {
		campaigns, beyond, err := newestCampaigns(ctx, tx, w, cutCampaigns)
		if err != nil {
			return err
		}
		cuts.Beyond = beyond
		sum := cutSum{}
		switch by {
		case model.CutCountry:
			err = sum.byCountry(ctx, tx, campaigns, &cuts)
		case model.CutSender:
			err = nameSenders(ctx, tx, campaigns)
			sum.byCampaign(by, campaigns, &cuts)
		case model.CutVendor:
			sum.byCampaign(by, campaigns, &cuts)
		}
		cuts.Rows = sum.rows()
		return err
	})
	return cuts, err
}

// newestCampaigns reads about the given number of the newest campaigns with their figures, and
// counts the rest.
func newestCampaigns(ctx context.Context, tx *sql.Tx, w where, most int) ([]model.Campaign, int64, error) {
	var all []model.Campaign
	q := model.PageRequest{Limit: 500}
	for {
		// A page adds a condition to the list; a clone keeps the others' conditions separate.
		page, err := readPage(ctx, tx, campaignList(), where{slices.Clone(w.parts), slices.Clone(w.args)}, q)
		if err != nil {
			return nil, 0, err
		}
		if err := fillFigures(ctx, tx, page.Rows); err != nil {
			return nil, 0, err
		}
		all = append(all, page.Rows...)
		if !page.More || len(page.Rows) == 0 {
			return all, 0, nil
		}
		if len(all) >= most {
			n, err := countRows(ctx, tx, campaignList(), w)
			return all, n - int64(len(all)), err
		}
		q.Cursor = page.Keys[len(page.Keys)-1]
	}
}

// cutKey names one part of a cut.
type cutKey struct{ name, account string }

// cutSum adds the figures of each part up.
type cutSum map[cutKey]*model.Cut

func (sum cutSum) add(key cutKey, t model.Totals, campaigns int64) {
	c, ok := sum[key]
	if !ok {
		sum[key] = &model.Cut{Name: key.name, Account: key.account, Campaigns: campaigns, Totals: t}
		return
	}
	c.Totals, c.Campaigns = c.Totals.Plus(t), c.Campaigns+campaigns
}

func (sum cutSum) rows() []model.Cut {
	var all []model.Cut
	for _, c := range sum {
		all = append(all, *c)
	}
	slices.SortFunc(all, func(a, b model.Cut) int {
		return cmp.Or(cmp.Compare(b.Totals.Sent.N, a.Totals.Sent.N), cmp.Compare(a.Name, b.Name),
			cmp.Compare(a.Account, b.Account))
	})
	return all
}

// nameSenders fills in the sender's name for campaigns that have only its id, so that one sender is
// not counted as two.
func nameSenders(ctx context.Context, q querier, campaigns []model.Campaign) error {
	if !slices.ContainsFunc(campaigns, func(c model.Campaign) bool { return c.SenderName == "" && c.Sender != "" }) {
		return nil
	}
	ids, err := senderNames(ctx, q)
	if err != nil {
		return err
	}
	names := make(map[senderKey]string, len(ids))
	for k, id := range ids {
		names[senderKey{account: k.account, id: id}] = k.name
	}
	for i, c := range campaigns {
		if c.SenderName == "" {
			campaigns[i].SenderName = names[senderKey{account: c.Account, id: c.Sender}]
		}
	}
	return nil
}

func counted(cuts *model.Cuts, asOf time.Time) {
	cuts.Campaigns++
	if cuts.AsOf.IsZero() || asOf.Before(cuts.AsOf) {
		cuts.AsOf = asOf
	}
}

func (sum cutSum) byCampaign(by model.CutBy, campaigns []model.Campaign, cuts *model.Cuts) {
	for _, c := range campaigns {
		if !c.Totals.Sent.Known || c.Totals.Sent.N == 0 || !c.Totals.Delivered.Known {
			cuts.Without++
			continue
		}
		counted(cuts, c.AsOf)
		key := cutKey{name: string(c.Vendor)}
		if by == model.CutSender {
			if key = (cutKey{c.SenderName, c.Account}); key.name == "" {
				key.name = c.Sender
			}
		}
		sum.add(key, c.Totals, 1)
	}
}

func (sum cutSum) byCountry(ctx context.Context, tx *sql.Tx, campaigns []model.Campaign, cuts *model.Cuts) error {
	var read int64
	for i, c := range campaigns {
		people, err := countPeople(ctx, tx, []any{int64(c.ID)})
		if err != nil {
			return err
		}
		n := people[c.ID].of(model.Statuses()...)
		if n == 0 || !people[c.ID].reported() {
			cuts.Without++ // no people, or none with a delivery report from the vendor
			continue
		}
		if read += n; read > cutPeople && cuts.Campaigns > 0 {
			cuts.Beyond += int64(len(campaigns) - i)
			return nil
		}
		byCountry, err := countCountries(ctx, tx, c.ID)
		if err != nil {
			return err
		}
		counted(cuts, c.AsOf)
		for country, n := range byCountry {
			t := n.derive(model.Totals{})
			n.deliveries(&t) // the vendor reports here, so the others are under way
			t.OptOuts = model.Known(n[model.StatusOptedOut])
			sum.add(cutKey{name: country}, t, 1)
		}
	}
	return nil
}

// Countries counts the people of a campaign by country, "?" if a number has none.
func (db *DB) Countries(ctx context.Context, id model.CampaignID) (map[string]int64, error) {
	found, err := countCountries(ctx, db.reader, id)
	people := map[string]int64{}
	for country, byStatus := range found {
		for _, n := range byStatus {
			people[cmp.Or(country, "?")] += n
		}
	}
	return people, failure("count the people by country", err)
}

// countCountries counts the people of a campaign by country and status. The database groups them by
// their first digits, so that few numbers are looked up.
func countCountries(ctx context.Context, q querier, id model.CampaignID) (map[string]statusCounts, error) {
	found := map[string]statusCounts{}
	return found, each(ctx, q, model.Say("countries of %s", id), func(row scanner) error {
		var who, n int64
		var s model.DeliveryStatus
		var country string
		if err := row(&who, &country, &s, &n); err != nil {
			return err
		}
		if who != 0 {
			country = phoneOf(who).Country()
		}
		if found[country] == nil {
			found[country] = statusCounts{}
		}
		found[country][s] += n
		return nil
	}, `SELECT min(who), '', status, count(*) FROM recipient WHERE campaign = ?1 GROUP BY iif(who > 0, substr(who, 1, ?2), ''), status
		UNION ALL SELECT 0, country, status, n FROM forgotten_people WHERE campaign = ?1`, int64(id), countryDigits)
}
