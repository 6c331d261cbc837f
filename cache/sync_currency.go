package cache

import (
	"context"

	"viberdeck/model"
)

// inBalance names the currency of an amount that a vendor gave without one: that of the account's
// balance, from which it was taken, where all of it is in one currency.
func inBalance(ctx context.Context, q querier, account int64, m model.Money) (model.Money, error) {
	if !m.Known || m.Currency != "" {
		return m, nil
	}
	err := q.QueryRowContext(ctx, `SELECT CASE WHEN count(DISTINCT currency) = 1 THEN max(currency) ELSE '' END
		FROM balance WHERE account = ? AND currency <> ''`, account).Scan(&m.Currency)
	return m, wrap("read balances", err)
}

// pricesInBalance does so for the prices of people of a campaign, whose vendor names the currency
// of all or of none. It returns the currency of those without one.
func pricesInBalance(ctx context.Context, q querier, id model.CampaignID, people []model.Recipient) (string, error) {
	for _, r := range people {
		if !r.Price.Known || r.Price.Currency != "" {
			continue
		}
		var account int64
		if err := q.QueryRowContext(ctx, `SELECT account FROM campaign WHERE id = ?`, id).Scan(&account); err != nil {
			return "", wrap("save recipients", err)
		}
		m, err := inBalance(ctx, q, account, r.Price)
		return m.Currency, err
	}
	return "", nil
}
