package cache

import (
	"context"
	"database/sql"
	"maps"
	"slices"
	"strconv"

	"viberdeck/model"
)

const (
	// pricedCampaigns is from how many campaigns prices are learned, the newest.
	pricedCampaigns = 30
	// lookedAt is how many campaigns are looked at to find them.
	lookedAt = 100
	// pricedPeople is how many people of a campaign are looked at: the first ones, and as many of
	// each country that matters where the campaign has more.
	pricedPeople = 1000
)

// Prices gives what messages through the account have cost in its newest campaigns, by country as
// far as the vendor reports what single people cost, and the money in the account. However many
// people the campaigns have, it reads few of them.
func (db *DB) Prices(ctx context.Context, account string, countries []string) (model.PriceFacts, error) {
	var facts model.PriceFacts
	err := db.read(ctx, func(tx *sql.Tx) error {
		var w where
		w.add("a.name = ?", account)
		page, err := readPage(ctx, tx, campaignList(), w, model.PageRequest{Limit: lookedAt})
		if err != nil {
			return err
		}
		if err := fillFigures(ctx, tx, page.Rows); err != nil {
			return err
		}
		taught := 0
		for _, c := range page.Rows {
			paid, err := paidFor(ctx, tx, c, countries)
			if err != nil {
				return err
			}
			if facts.Paid = append(facts.Paid, paid...); len(paid) > 0 {
				taught++
			}
			if taught == pricedCampaigns {
				break
			}
		}
		all, err := readBalances(ctx, tx)
		for _, b := range all {
			if b.Account == account {
				facts.Balances = append(facts.Balances, b)
			}
		}
		return err
	})
	return facts, err
}

// paidFor gives what one campaign has cost, by country where that is known of single people.
func paidFor(ctx context.Context, q querier, c model.Campaign, countries []string) ([]model.Paid, error) {
	at := c.SendAt
	if at.IsZero() {
		at = c.CreatedAt
	}
	first := model.Paid{Campaign: c.ID, At: at, Kind: c.Kind(),
		WithSMS: c.SMS == model.SMSAsked || c.Fallback.Enabled()}
	people := c.Totals.Sent
	if !people.Known {
		people = c.Totals.Recipients
	}
	conditions := []string{"who <> 0"}
	if people.Known && people.N > pricedPeople {
		for _, country := range countries {
			if code := model.CallingCode(country); code != 0 {
				conditions = append(conditions, beginRanges("who", code)...)
			}
		}
	}
	groups := map[string]*model.Paid{}
	alone := true // all people seen are of one country
	var country string
	for i, condition := range conditions {
		err := each(ctx, q, model.Say("prices of %s", c.ID), func(row scanner) error {
			var who, n int64
			var amount sql.NullString
			var currency string
			if err := row(&who, &amount, &currency, &n); err != nil {
				return err
			}
			theirs := phoneOf(who).Country()
			if country == "" {
				country = theirs
			}
			alone = alone && theirs == country
			if i > 0 && theirs != "" && !slices.Contains(countries, theirs) {
				return nil
			}
			add(groups, first, theirs, moneyOf(amount, currency), n)
			return nil
		}, `SELECT min(who), price, coalesce((SELECT text FROM word WHERE id = currency), ''), count(*) FROM
			(SELECT who, price, currency FROM recipient WHERE campaign = ?1 AND `+condition+` LIMIT ?2)
			GROUP BY iif(who > 0, substr(who, 1, `+strconv.Itoa(countryDigits)+`), ''), price, currency`,
			int64(c.ID), pricedPeople)
		if err != nil {
			return nil, err
		}
	}
	if len(groups) > 0 {
		var paid []model.Paid
		for _, country := range slices.Sorted(maps.Keys(groups)) {
			paid = append(paid, *groups[country])
		}
		return paid, nil
	}
	if !c.Cost.Known || !c.Cost.Amount.IsPositive() || !people.Known || people.N <= 0 {
		return nil, nil
	}
	if alone && c.List == "" {
		first.Country = country
	}
	first.People, first.Sum, first.Dearest = people.N, c.Cost, c.Cost.Each(people.N)
	return []model.Paid{first}, nil
}

// add counts people of a country who cost the same. A price of 0 is none: the vendor has not
// charged yet, or not at all.
func add(groups map[string]*model.Paid, like model.Paid, country string, price model.Money, people int64) {
	if !price.Known || !price.Amount.IsPositive() {
		return
	}
	g := groups[country]
	if g == nil {
		like.Country, like.Sum = country, price.Times(0)
		g = &like
		groups[country] = g
	}
	if price.Currency != g.Sum.Currency {
		return
	}
	g.People, g.Sum = g.People+people, g.Sum.Plus(price.Times(people))
	if !g.Dearest.Known || price.Amount.GreaterThan(g.Dearest.Amount) {
		g.Dearest = price
	}
}
