package cache

import (
	"fmt"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"viberdeck/model"
)

func TestPricesAreLearnedFromWhatVendorsReported(t *testing.T) {
	t.Parallel()
	db := open(t)
	seedAccounts(t, db)
	for id := 1; id <= 4; id++ {
		seedCampaign(t, db, id, fmt.Sprint("campaign ", id))
	}
	seed(t, db, func(exec func(string, ...any)) {
		exec(`INSERT INTO word (id, text) VALUES (900, 'EUR')`)
		const person = `INSERT INTO recipient (campaign, who, status, price, currency) VALUES (?, ?, ?, ?, 900)`
		exec(person, 1, 375291111111, int(model.StatusDelivered), "0.04") // each person's price
		exec(person, 1, 306948530920, int(model.StatusDelivered), "0.06")
		exec(person, 1, 306948530921, int(model.StatusRejected), "0")
		exec(`UPDATE campaign SET cost = '0.49', currency = 'EUR', sent = 10 WHERE id = 2`) // of the whole campaign
		exec(addRecipient, 2, 375291111111, int(model.StatusDelivered), 0)
		// of no known person
		exec(`UPDATE campaign SET cost = '9', currency = 'EUR', sent = 10, sms = 'asked' WHERE id = 3`)
		exec(`INSERT INTO balance (account, name, amount, currency, as_of) VALUES (1, '', '7.5', 'EUR', 1)`)
	})
	facts := must(db.Prices(t.Context(), "minsk", []string{"BY"}))(t)
	got := map[string]string{}
	for _, p := range facts.Paid {
		got[fmt.Sprint(int64(p.Campaign), p.Country)] = fmt.Sprint(p.People, " ", p.Sum, " ", p.Dearest, " ", p.WithSMS)
	}
	for key, want := range map[string]string{"1BY": "1 0.04 EUR 0.04 EUR false", "1GR": "1 0.06 EUR 0.06 EUR false",
		"2BY": "10 0.49 EUR 0.049 EUR false", "3": "10 9 EUR 0.9 EUR true"} {
		if got[key] != want {
			t.Errorf("%s: %q, want %q", key, got[key], want)
		}
	}
	if len(got) != 4 || len(facts.Balances) != 1 || facts.Balances[0].Amount.String() != "7.5 EUR" {
		t.Errorf("%v, %v", got, facts.Balances)
	}
	if facts := must(db.Prices(t.Context(), "shop", nil))(t); len(facts.Paid) != 0 || len(facts.Balances) != 0 {
		t.Errorf("another account: %+v", facts)
	}
}

func TestEachCountryOfALargeCampaignTeachesItsPrice(t *testing.T) {
	t.Parallel()
	db := open(t)
	seedAccounts(t, db)
	seedCampaign(t, db, 1, "large")
	seed(t, db, func(exec func(string, ...any)) {
		exec(`INSERT INTO word (id, text) VALUES (900, 'EUR')`)
		exec(`UPDATE campaign SET sent = 3000 WHERE id = 1`)
		for country, price := range map[int64]string{306940000000: "0.06", 375290000000: "0.04", 380670000000: "0.05"} {
			exec(`WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 999)
				INSERT INTO recipient (campaign, who, status, price, currency) SELECT 1, ? + i, 6, ?, 900 FROM n`,
				country, price)
		}
	})
	seen := map[string]string{}
	for _, p := range must(db.Prices(t.Context(), "minsk", []string{"UA"}))(t).Paid {
		seen[p.Country] = p.Dearest.String()
	}
	if seen["UA"] != "0.05 EUR" || seen["GR"] != "0.06 EUR" {
		t.Errorf("%v", seen)
	}
}

func TestWhatACampaignWasToCostIsComparedWithWhatItCost(t *testing.T) {
	t.Parallel()
	db := open(t)
	seedAccounts(t, db)
	p := plan(2)
	p.Price.Expected = model.NewMoney(decimal.RequireFromString("0.10"), "EUR")
	id := submit(t, db, "k1", p, 0)
	if got := must(db.Statistics(t.Context(), id))(t).Expected.String(); got != "0.1 EUR" {
		t.Errorf("expected %s", got)
	}
	o := outcome(claim(t, db, id, 10, 1), model.BatchAccepted, "v1")
	o[0].Cost = model.NewMoney(decimal.RequireFromString("0.25"), "EUR")
	record1(t, db, o...)
	at := db.now()
	bills := must(db.Bills(t.Context(), at.AddDate(0, -1, 0), at.AddDate(0, 1, 0), time.UTC))(t)
	if len(bills) != 1 || bills[0].Account != "minsk" || bills[0].Month != at.Format("2006-01") ||
		bills[0].Compared != 1 ||
		bills[0].Difference.String() != "0.15 EUR" {
		t.Errorf("%+v", bills)
	}
	if bills := must(db.Bills(t.Context(), at.AddDate(0, 1, 0), at.AddDate(0, 2, 0), time.UTC))(t); len(bills) > 0 {
		t.Errorf("of another month: %+v", bills)
	}
}
