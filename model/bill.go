package model

import (
	"cmp"
	"maps"
	"slices"
	"time"
)

// Bill compares what the campaigns of an account were expected to cost in a month with what the
// vendor says of them, in one currency.
type Bill struct {
	Account, Month, Currency string // Month is like 2026-11
	Campaigns                int64
	Expected, Reported       Money // sums of what is known; unknown where nothing is
	Difference               Money // what more than expected was reported, of the campaigns that have both
	Compared                 int64 // those that have both
	Unreported               int64 // those of which the vendor has said nothing yet
}

// Difference gives what more than expected a campaign cost, unknown unless both are known in one
// currency.
func Difference(expected, reported Money) Money { return reported.Plus(expected.Times(-1)) }

// Bills adds campaigns up by account, month in that zone and currency, the newest month first. Of
// what has not left nothing is expected.
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

// waits reports whether nobody has been written to yet, or never will be.
func (c Campaign) waits() bool {
	switch c.State {
	case CampaignDraft, CampaignNeedsApproval, CampaignScheduled, CampaignHeld, CampaignQueued, CampaignCancelled:
		return true
	}
	return false
}

// added is a sum that begins with nothing known.
func added(sum, m Money) Money {
	if !sum.Known {
		return m
	}
	return sum.Plus(m)
}

// Price gives what the campaign costs as its vendor says, before that what it is expected to.
func (c Campaign) Price() Money {
	if c.Cost.Known {
		return c.Cost
	}
	return c.Expected
}
