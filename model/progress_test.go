package model

import (
	"testing"
	"time"

	"github.com/shopspring/decimal"
)

func TestTheRateIsTheSameWhenSomebodyBeginsToLookLater(t *testing.T) {
	t.Parallel()
	start := time.Date(2026, 2, 3, 9, 0, 0, 0, time.UTC)
	p := Progress{Total: 1000, Waiting: 600, InFlight: 100, Accepted: 280, Refused: 15, Unknown: 5, Suppressed: 30,
		StartedAt: start}
	now := start.Add(3 * time.Minute)
	if rate, left := p.PerMinute(now), p.TimeLeft(now); rate != 100 || left != 7*time.Minute {
		t.Errorf("%v a minute, %v left", rate, left)
	}
	for _, unknown := range []Progress{{}, {StartedAt: now, Accepted: 5}} {
		if unknown.PerMinute(now) != 0 || unknown.TimeLeft(now) != 0 {
			t.Errorf("%+v has a rate", unknown)
		}
	}
}

func TestTheRestIsPricedByItselfAndNotByWhatHasLeft(t *testing.T) {
	t.Parallel()
	euros := func(amount string) Money { return NewMoney(decimal.RequireFromString(amount), "EUR") }
	p := Progress{Total: 20_000, Waiting: 16_000, Accepted: 4000, Cost: euros("200")}
	for _, tt := range []struct {
		name string
		c    Campaign
		p    Progress
		want string
	}{
		{"the expected cost is for all", Campaign{Expected: euros("1000"), Cost: euros("200")}, p, "800 EUR"},
		{"only the others' cost is known", Campaign{Cost: euros("200")}, p, "800 EUR"},
		{"nobody has left and nothing was expected", Campaign{}, Progress{Total: 9, Waiting: 9}, ""},
	} {
		if got := tt.p.PriceOfRest(tt.c); got.Known != (tt.want != "") || got.Known && got.String() != tt.want {
			t.Errorf("%s: %s, want %q", tt.name, got, tt.want)
		}
	}
}
