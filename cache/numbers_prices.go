package cache

import (
	"cmp"
	"context"
	"database/sql"
	"maps"
	"slices"
	"strconv"

	"viberdeck/model"
)

const (
	// pricedCampaigns is how many campaigns, the newest, prices are learned from.
	pricedCampaigns = 30
	// lookedAt is how many campaigns are searched for them.
	lookedAt = 100
	// pricedPeople is how many people of a campaign are read: the first ones, and if the campaign
	// has more, as many of each country that matters.
	pricedPeople = 1000
)

// Prices returns what messages through the account have cost in its newest campaigns, by country if
// the vendor reports the cost for each person, and the money in the account. It reads few people,
// however many the campaigns have.
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

// paidFor returns the cost of one campaign, by country if it is known for each person.
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
	if !people.Known || people.N <= pricedPeople {
		countries = nil
	}
	groups, country, err := paidByCountry(ctx, q, first, countries)
	if err != nil {
		return nil, err
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
	if c.List == "" {
		first.Country = country
	}
	first.People, first.Sum, first.Dearest = people.N, c.Cost, c.Cost.Each(people.N)
	return []model.Paid{first}, nil
}

// paidByCountry adds up what is known of the cost of single people of the campaign of first: of
// some of all its people, and in addition of some in each of the given countries. only is the
// country of all people read, "" if there are several.
func paidByCountry(ctx context.Context, q querier, first model.Paid, countries []string) (
	groups map[string]*model.Paid, only string, err error) {
	conditions := []string{"who <> 0"}
	for _, country := range countries {
		if code := model.CallingCode(country); code != 0 {
			conditions = append(conditions, beginRanges("who", code)...)
		}
	}
	groups = map[string]*model.Paid{}
	alone := true
	for i, condition := range conditions {
		err := each(ctx, q, model.Say("prices of %s", first.Campaign), func(row scanner) error {
			var who, n int64
			var amount sql.NullString
			var currency string
			if err := row(&who, &amount, &currency, &n); err != nil {
				return err
			}
			theirs := phoneOf(who).Country()
			only = cmp.Or(only, theirs)
			alone = alone && theirs == only
			if i > 0 && theirs != "" && !slices.Contains(countries, theirs) {
				return nil
			}
			add(groups, first, theirs, moneyOf(amount, currency), n)
			return nil
		}, `SELECT min(who), price, coalesce((SELECT text FROM word WHERE id = currency), ''), count(*) FROM
			(SELECT who, price, currency FROM recipient WHERE campaign = ?1 AND `+condition+` LIMIT ?2)
			GROUP BY iif(who > 0, substr(who, 1, `+strconv.Itoa(countryDigits)+`), ''), price, currency`,
			int64(first.Campaign), pricedPeople)
		if err != nil {
			return nil, "", err
		}
	}
	if !alone {
		only = ""
	}
	return groups, only, nil
}

// add counts people of a country with the same cost. A price of 0 means none: the vendor has not
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
