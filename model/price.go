package model

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/shopspring/decimal"
)

// ConfigPrice is the price of a message to a country according to the configuration. Prices
// reported by vendors since then are newer and take precedence.
type ConfigPrice struct {
	Country  string `toml:"country"` // ISO code; "": every country without a price of its own
	Message  string `toml:"message"` // decimal; "": not known
	SMS      string `toml:"sms"`     // of one SMS part that is sent instead; "": not known
	Currency string `toml:"currency"`
}

// message and sms parse the amounts, which were validated with the configuration.
func (p ConfigPrice) message() Money { return p.money(p.Message) }
func (p ConfigPrice) sms() Money     { return p.money(p.SMS) }

func (p ConfigPrice) money(s string) Money {
	if s == "" {
		return Money{}
	}
	m, err := ParseMoney(s + " " + p.Currency)
	if err != nil {
		return Money{}
	}
	return m
}

// validate reports what is wrong with the price; at is the place of its keys in the file.
func (p ConfigPrice) validate(at string) (errs []error) {
	add := func(key, format string, args ...any) { errs = append(errs, Invalid(at+key, format, args...)) }
	if p.Country != "" && !isCountry(p.Country) {
		add("country", "%q is not a country; write two capital letters like BY", p.Country)
	}
	if p.Currency == "" {
		add("currency", "it is missing; write it like EUR")
	}
	if p.Message == "" && p.SMS == "" {
		add("message", "a price needs message, sms or both")
	}
	for _, x := range []struct{ key, value string }{{"message", p.Message}, {"sms", p.SMS}} {
		if m := p.money(x.value); x.value != "" && (!m.Known || !m.Amount.IsPositive()) {
			add(x.key, "%q is not a price; write it like \"0.049\", and the currency apart", x.value)
		}
	}
	return errs
}

// Paid is what the people of one country cost in one campaign, as reported by its vendor.
type Paid struct {
	Campaign CampaignID
	At       time.Time
	Kind     MessageKind
	WithSMS  bool   // some of them may have got an SMS, which the price includes
	Country  string // ISO code; "": several, or unknown
	People   int64
	Sum      Money // of these people
	Dearest  Money // of one of them
}

// PriceFacts are what is stored about the prices of an account.
type PriceFacts struct {
	Paid     []Paid // newest first
	Balances []Balance
}

// Estimate says what a send will cost before anything leaves. An amount without any
// information is unknown, never 0.
type Estimate struct {
	Expected Money
	Maximum  Money // every SMS fires, at the highest price seen
	// Each is the price of one message if the number of people is unknown.
	Each  Money
	Basis Text   // where the amounts come from
	Notes []Text // what it does not include, or could not find
	// Balance is the money in the account, and Left what remains of it after the expected cost.
	Balance Balance
	Left    Money
}

// tariff is the price of one message, and the highest seen.
type tariff struct {
	each, dearest Money
	campaigns     map[CampaignID]bool // that it was learned from; none: the configuration
	newest        time.Time
}

// estimate prices the plan from the vendor's reports and the configuration.
func (p Planner) estimate(ctx context.Context, plan *Plan) error {
	countries := slices.Sorted(maps.Keys(plan.Countries))
	facts, err := p.Reader.Prices(ctx, plan.Campaign.Account, countries)
	if err != nil {
		return Errorf("prices of %s: %w", plan.Campaign.Account, err)
	}
	account, _ := FindAccount(p.Accounts, plan.Campaign.Account)
	plan.Price = EstimateOf(*plan, facts, account.Prices, p.zone())
	return nil
}

// EstimateOf prices a plan. Times in it are written in zone.
func EstimateOf(plan Plan, facts PriceFacts, configured []ConfigPrice, zone *time.Location) Estimate {
	book := priceBook{facts: facts.Paid, configured: configured, kind: plan.Campaign.Kind()}
	book.currency = book.newestCurrency()
	var e Estimate
	countries := plan.Countries
	if len(countries) == 0 && plan.Recipients.Known {
		countries = map[string]int64{"": plan.Recipients.N}
	}
	var used []tariff
	var guessed []string
	expected, maximum := NewMoney(decimal.Zero, book.currency), NewMoney(decimal.Zero, book.currency)
	parts := int64(max(1, plan.SMSParts, SMSParts(plan.Campaign.SMSText())))
	noSMS := false
	for _, country := range slices.Sorted(maps.Keys(countries)) {
		n := countries[country]
		t, exact := book.message(country)
		if !t.each.Known {
			return Estimate{Notes: e.Notes}.withBalance(facts.Balances, book.currency)
		}
		if !exact && country != "" && country != "?" {
			guessed = append(guessed, fmt.Sprintf("%s %d", country, n))
		}
		used = append(used, t)
		expected, maximum = expected.Plus(t.each.Times(n)), maximum.Plus(t.dearest.Times(n))
		if plan.Campaign.Fallback.Enabled() {
			sms := book.sms(country)
			noSMS = noSMS || !sms.Known
			maximum = maximum.Plus(sms.Times(parts * n))
		}
	}
	if len(countries) == 0 {
		t, _ := book.message("")
		e.Each, used = t.each, append(used, t)
	} else {
		e.Expected, e.Maximum = expected.rounded(), maximum.rounded()
	}
	if e.Expected.Known || e.Each.Known {
		e.Basis = basisOf(used, zone)
	}
	if len(guessed) > 0 {
		e.Notes = append(e.Notes, Say("no price is known for %s: counted at the dearest known", Listed(guessed)))
	}
	if noSMS {
		e.Notes = append(e.Notes, Say("the maximum is unknown: no price of an SMS is known; write sms under "+
			"[[account.price]] in the configuration"))
	}
	return e.withBalance(facts.Balances, book.currency)
}

// basisOf says what the tariffs are based on.
func basisOf(used []tariff, zone *time.Location) Text {
	newest, seen := time.Time{}, map[CampaignID]bool{}
	for _, t := range used {
		maps.Copy(seen, t.campaigns)
		if t.newest.After(newest) {
			newest = t.newest
		}
	}
	if len(seen) == 0 {
		return Say("from the prices in the configuration")
	}
	return Say("from %s, newest %s", Counted(len(seen), "campaign", "campaigns"), Moment{newest.In(zone), "2 Jan 2006"})
}

// withBalance adds the account's money in the currency of the prices, or if there are no prices its
// only balance.
func (e Estimate) withBalance(balances []Balance, currency string) Estimate {
	i := slices.IndexFunc(balances, func(b Balance) bool {
		return b.Name == "viber" && b.Amount.Known && (currency == "" || b.Amount.Currency == currency)
	})
	if i < 0 {
		i = slices.IndexFunc(balances, func(b Balance) bool {
			return b.Amount.Known && (b.Amount.Currency == currency || currency == "" && len(balances) == 1)
		})
	}
	if i < 0 {
		return e
	}
	if e.Balance = balances[i]; e.Expected.Known {
		e.Left = e.Balance.Amount.Plus(e.Expected.Times(-1))
	}
	return e
}

// Lines says in words what the send will cost, how that is known, and how much money there is.
func (e Estimate) Lines() []Text {
	var all []Text
	switch {
	case e.Expected.Known && e.Maximum.Known && e.Maximum.Amount.GreaterThan(e.Expected.Amount):
		all = append(all, Say("expected %s, at most %s (%s)", e.Expected, e.Maximum, e.Basis))
	case e.Expected.Known:
		all = append(all, Say("expected %s (%s)", e.Expected, e.Basis))
	case e.Each.Known:
		all = append(all, Say("%s a message (%s); how many there are is unknown", e.Each.rounded(), e.Basis))
	default:
		all = append(all, Say("price unknown"))
	}
	all = append(all, e.Notes...)
	switch {
	case !e.Balance.Amount.Known:
	case e.Short():
		all = append(all, Say("the balance of %s is too low: %s more is needed", e.Balance.Amount, e.Left.Times(-1)))
	case e.Left.Known:
		all = append(all, Say("the balance is %s; %s will be left", e.Balance.Amount, e.Left))
	default:
		all = append(all, Say("the balance is %s", e.Balance.Amount))
	}
	return all
}

// Short reports whether the account's money does not cover the expected cost.
func (e Estimate) Short() bool { return e.Left.Known && e.Left.Amount.IsNegative() }

// priceBook finds the price of a message.
type priceBook struct {
	facts      []Paid
	configured []ConfigPrice
	kind       MessageKind
	currency   string
}

// newestCurrency returns the currency that the vendor used last, else the configuration's. Other
// currencies are not counted, because no exchange rates are known here.
func (b priceBook) newestCurrency() string {
	if len(b.facts) > 0 {
		return b.facts[0].Sum.Currency
	}
	for _, c := range b.configured {
		return c.Currency
	}
	return ""
}

// message returns the price of a message to a country, and whether it really is a price for that
// country: that of messages of the same kind if there were any, else of any kind; else the
// configured one; else that of campaigns to several countries. If there is none, it is the highest
// price known for the account.
func (b priceBook) message(country string) (t tariff, exact bool) {
	ofKind := func(p Paid) bool { return p.Kind == b.kind }
	whatever := func(Paid) bool { return true }
	in := func(country string, fits func(Paid) bool) func(Paid) bool {
		return func(p Paid) bool { return p.Country == country && fits(p) }
	}
	known := []tariff{b.learned(in(country, ofKind)), b.learned(in(country, whatever)), b.configuredFor(country),
		b.configuredFor(""), b.learned(in("", ofKind)), b.learned(in("", whatever))}
	if country == "" || country == "?" {
		known = []tariff{b.learned(ofKind), b.learned(whatever), b.configuredFor("")}
	}
	for _, t := range known {
		if t.each.Known {
			return t, true
		}
	}
	dearest := b.learned(whatever)
	dearest.each = dearest.dearest
	for _, c := range b.configured {
		if m := c.message(); m.Known && m.Currency == b.currency && (!dearest.each.Known ||
			m.Amount.GreaterThan(dearest.each.Amount)) {
			dearest.each, dearest.dearest = m, m
		}
	}
	return dearest, false
}

// configuredFor returns the configuration's price for a country, or with "" for all others.
func (b priceBook) configuredFor(country string) tariff {
	for _, c := range b.configured {
		if m := c.message(); c.Country == country && m.Known && m.Currency == b.currency {
			return tariff{each: m, dearest: m}
		}
	}
	return tariff{}
}

// learned sums up the campaigns that fit. If some sent no SMS, only they count.
func (b priceBook) learned(fits func(Paid) bool) tariff {
	for _, withSMS := range []bool{false, true} {
		t, sum, people := tariff{campaigns: map[CampaignID]bool{}}, NewMoney(decimal.Zero, b.currency), int64(0)
		for _, p := range b.facts {
			if p.Sum.Currency != b.currency || p.People <= 0 || p.WithSMS != withSMS || !fits(p) {
				continue
			}
			if t.campaigns[p.Campaign] = true; p.At.After(t.newest) {
				t.newest = p.At
			}
			sum, people = sum.Plus(p.Sum), people+p.People
			if !t.dearest.Known || p.Dearest.Amount.GreaterThan(t.dearest.Amount) {
				t.dearest = p.Dearest
			}
		}
		if people > 0 {
			t.each = NewMoney(sum.Amount.DivRound(decimal.NewFromInt(people), 2*eachPlaces), b.currency)
			return t
		}
	}
	return tariff{}
}

// sms returns the price of one part of an SMS to a country.
func (b priceBook) sms(country string) Money {
	dearest := Money{}
	for _, c := range b.configured {
		m := c.sms()
		if !m.Known || m.Currency != b.currency {
			continue
		}
		if c.Country == country && country != "" {
			return m
		}
		if !dearest.Known || m.Amount.GreaterThan(dearest.Amount) {
			dearest = m
		}
	}
	return dearest
}
