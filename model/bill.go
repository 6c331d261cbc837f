package model

import (
	"cmp"
	"maps"
	"slices"
	"time"
)

// Bill compares the expected cost of an account's campaigns in a month with the cost the vendor
// reports, in one currency.
type Bill struct {
	Account, Month, Currency string // Month is like 2026-11
	Campaigns                int64
	Expected, Reported       Money // sums of the known amounts; unknown if there are none
	Difference               Money // reported beyond the expected, of the campaigns with both
	Compared                 int64 // those that have both
	Unreported               int64 // without a report from the vendor yet
}

// Difference returns how much more than expected a campaign cost; it is unknown unless both are
// known in one currency.
func Difference(expected, reported Money) Money { return reported.Plus(expected.Times(-1)) }

// Bills adds campaigns up by account, month in that zone and currency, the newest month first.
// Campaigns that have not left have no expected cost.
func Bills(campaigns []Campaign, zone *time.Location) []Bill {
	type key struct{ account, month, currency string }
	sums := map[key]*Bill{}
	for _, c := range campaigns {
		at := c.SendAt
		if at.IsZero() {
			at = c.CreatedAt
		}
		if c.waits() {
			c.Expected = Money{}
		}
		if at.IsZero() || !c.Expected.Known && !c.Cost.Known {
			continue
		}
		row := func(currency string) *Bill {
			k := key{c.Account, at.In(zone).Format("2006-01"), currency}
			if sums[k] == nil {
				sums[k] = &Bill{Account: k.account, Month: k.month, Currency: k.currency}
			}
			return sums[k]
		}
		if c.Expected.Known {
			sum := row(c.Expected.Currency)
			sum.Expected = added(sum.Expected, c.Expected)
		}
		if c.Cost.Known {
			sum := row(c.Cost.Currency)
			sum.Reported = added(sum.Reported, c.Cost)
			sum.Campaigns++
			if more := Difference(c.Expected, c.Cost); more.Known {
				sum.Difference = added(sum.Difference, more)
				sum.Compared++
			}
			continue
		}
		sum := row(c.Expected.Currency)
		sum.Campaigns++
		sum.Unreported++
	}
	return slices.SortedFunc(func(yield func(Bill) bool) {
		for b := range maps.Values(sums) {
			if !yield(*b) {
				return
			}
		}
	}, func(a, b Bill) int {
		return cmp.Or(cmp.Compare(b.Month, a.Month), cmp.Compare(a.Account, b.Account),
			cmp.Compare(a.Currency, b.Currency))
	})
}

// waits reports whether nothing has been sent yet, or ever will be.
func (c Campaign) waits() bool {
	switch c.State {
	case CampaignDraft, CampaignNeedsApproval, CampaignScheduled, CampaignHeld, CampaignQueued, CampaignCancelled:
		return true
	}
	return false
}

// PriceOfRest returns what those who still wait are expected to cost: their share of what was
// expected for all, or else what the others cost each. What the campaign has cost so far says
// nothing of it.
func (p Progress) PriceOfRest(c Campaign) Money {
	if c.Expected.Known {
		return c.Expected.Times(p.Waiting).Each(p.Total)
	}
	return p.Cost.Times(p.Waiting).Each(p.Accepted)
}

// added adds to a sum that begins unknown.
func added(sum, m Money) Money {
	if !sum.Known {
		return m
	}
	return sum.Plus(m)
}

// Price returns the cost that the vendor reports, or until then the expected cost.
func (c Campaign) Price() Money {
	if c.Cost.Known {
		return c.Cost
	}
	return c.Expected
}
