package cache

import (
	"testing"

	"viberdeck/model"
)

func TestAnAmountWithoutACurrencyIsInThatOfTheBalance(t *testing.T) {
	t.Parallel()
	money := func(s string) model.Money {
		t.Helper()
		m, err := model.ParseMoney(s)
		if err != nil {
			t.Fatal(err)
		}
		return m
	}
	for name, c := range map[string]struct {
		balances []model.Balance
		given    string
		want     string
	}{
		"one currency": {[]model.Balance{{Amount: money("9 EUR")}, {Name: "viber", Amount: money("2 EUR")}}, "0.10",
			"EUR"},
		"two": {[]model.Balance{{Amount: money("9 EUR")}, {Name: "viber", Amount: money("2 BYN")}}, "0.10",
			""},
		"none":          {[]model.Balance{{Amount: money("9")}}, "0.10", ""},
		"no balance":    {nil, "0.10", ""},
		"its own stays": {[]model.Balance{{Amount: money("9 EUR")}}, "0.10 UAH", "UAH"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			db := open(t)
			saveCampaigns(t, db, "shop-ua", found("v0"))
			if err := db.SaveBalance(t.Context(), "shop-ua", c.balances, start()); err != nil {
				t.Fatal(err)
			}
			listed := found("v1")
			listed.Cost = money(c.given)
			saveCampaigns(t, db, "shop-ua", listed, found("v2"))
			if err := db.SaveStatistics(t.Context(), "shop-ua", "v2", model.Statistics{Cost: money(c.given),
				AsOf: start()}); err != nil {
				t.Fatal(err)
			}
			if _, err := db.SaveRecipients(t.Context(), "shop-ua", "v1", []model.Recipient{{Phone: firstPhone,
				Status: model.StatusRead, Price: money(c.given), UpdatedAt: start()}}, start()); err != nil {
				t.Fatal(err)
			}
			for _, ref := range []string{"v1", "v2"} {
				if got, err := db.FindCampaign(t.Context(), ref); err != nil || !got.Cost.Known ||
					got.Cost.Currency != c.want {
					t.Errorf("%s costs %+v, %v", ref, got.Cost, err)
				}
			}
			page, err := db.Recipients(t.Context(), model.PageRequest{})
			if err != nil || len(page.Rows) != 1 || page.Rows[0].Price.Currency != c.want {
				t.Errorf("people %+v, %v", page.Rows, err)
			}
		})
	}
}
