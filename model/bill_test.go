package model

import (
	"testing"
	"time"
)

func TestTheBillComparesByAccountMonthAndCurrency(t *testing.T) {
	t.Parallel()
	money := func(s string) Money {
		m, err := ParseMoney(s)
		if s != "" && err != nil {
			t.Fatal(err)
		}
		return m
	}
	campaign := func(account, day, expected, cost string, state CampaignState) Campaign {
		at, err := time.Parse(time.RFC3339, day)
		if err != nil {
			t.Fatal(err)
		}
		return Campaign{Account: account, SendAt: at, State: state, Expected: money(expected), Cost: money(cost)}
	}
	minsk := time.FixedZone("", 3*60*60)
	got := Bills([]Campaign{
		campaign("a", "2026-10-31T22:30:00Z", "10 EUR", "12.5 EUR", CampaignSent), // November in Minsk
		campaign("a", "2026-11-20T10:00:00Z", "5 EUR", "", CampaignSending),
		campaign("a", "2026-11-21T10:00:00Z", "", "1 EUR", CampaignSent),
		campaign("a", "2026-11-21T10:00:00Z", "7 EUR", "3 BYN", CampaignSent),
		campaign("a", "2026-11-22T10:00:00Z", "99 EUR", "", CampaignCancelled),
		campaign("b", "2026-10-01T10:00:00Z", "2 BYN", "2 BYN", CampaignSent),
	}, minsk)
	want := []Bill{
		{Account: "a", Month: "2026-11", Currency: "BYN", Campaigns: 1, Reported: money("3 BYN")},
		{Account: "a", Month: "2026-11", Currency: "EUR", Campaigns: 3, Expected: money("22 EUR"),
			Reported: money("13.5 EUR"), Difference: money("2.5 EUR"), Compared: 1, Unreported: 1},
		{Account: "b", Month: "2026-10", Currency: "BYN", Campaigns: 1, Expected: money("2 BYN"),
			Reported: money("2 BYN"), Difference: money("0 BYN"), Compared: 1},
	}
	if len(got) != len(want) {
		t.Fatalf("%+v", got)
	}
	for i, b := range got {
		w := want[i]
		same := b.Account == w.Account && b.Month == w.Month && b.Currency == w.Currency &&
			b.Campaigns == w.Campaigns &&
			b.Compared == w.Compared && b.Unreported == w.Unreported && b.Expected.String() == w.Expected.String() &&
			b.Reported.String() == w.Reported.String() && b.Difference.String() == w.Difference.String()
		if !same {
			t.Errorf("row %d is %+v, want %+v", i, b, w)
		}
	}
}
