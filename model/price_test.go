package model

import (
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"
)

func euros(s string) Money { return NewMoney(decimal.RequireFromString(s), "EUR") }

// paid returns a campaign from which the price per person of a country was learned.
func paid(id CampaignID, country string, people int64, sum, dearest string) Paid {
	return Paid{Campaign: id, At: noon().AddDate(0, 0, -int(id)), Kind: KindText, Country: country, People: people,
		Sum: euros(sum), Dearest: euros(dearest)}
}

func TestASendIsPricedFromWhatTheVendorReportedAndTheConfigurationSays(t *testing.T) {
	t.Parallel()
	learned := []Paid{paid(1, "BY", 10, "0.49", "0.05"), paid(2, "BY", 30, "1.47", "0.049"),
		paid(3, "GR", 4, "0.4", "0.1")}
	greek := ConfigPrice{Country: "GR", Message: "0.3", SMS: "0.06", Currency: "EUR"}
	elsewhere := ConfigPrice{Message: "0.2", Currency: "EUR"}
	for name, c := range map[string]struct {
		facts      PriceFacts
		configured []ConfigPrice
		countries  map[string]int64
		list       Figure
		fallback   string
		expected   string
		maximum    string
		says       string
	}{
		"one country": {PriceFacts{Paid: learned}, nil, map[string]int64{"BY": 100}, Figure{}, "", "4.9 EUR", "5 EUR",
			"from 2 campaigns, newest 3 Mar 2026"},
		"learned ones are newer": {PriceFacts{Paid: learned}, []ConfigPrice{greek}, map[string]int64{"GR": 2}, Figure{},
			"", "0.2 EUR", "0.2 EUR", "from 1 campaign,"},
		"the configuration alone": {PriceFacts{}, []ConfigPrice{greek}, map[string]int64{"GR": 2}, Figure{}, "",
			"0.6 EUR", "0.6 EUR", "from the prices in the configuration"},
		"an SMS to everybody": {PriceFacts{Paid: learned}, []ConfigPrice{greek}, map[string]int64{"GR": 2}, Figure{},
			"привет", "0.2 EUR", "0.32 EUR", "at most 0.32 EUR"},
		"a long SMS": {PriceFacts{Paid: learned}, []ConfigPrice{greek}, map[string]int64{"GR": 2}, Figure{},
			strings.Repeat("я", 71), "0.2 EUR", "0.44 EUR", ""},
		"an SMS of unknown price": {PriceFacts{Paid: learned}, nil, map[string]int64{"GR": 2}, Figure{}, "hi",
			"0.2 EUR", "—", "the maximum is unknown: no price of an SMS is known"},
		"a country nobody wrote to": {PriceFacts{Paid: learned}, nil, map[string]int64{"BY": 10, "AU": 1}, Figure{}, "",
			"0.59 EUR", "0.6 EUR", "no price is known for AU 1: counted at the dearest known"},
		"such a country with a price for the others": {PriceFacts{Paid: learned}, []ConfigPrice{elsewhere},
			map[string]int64{"AU": 1}, Figure{}, "", "0.2 EUR", "0.2 EUR", "configuration"},
		"a vendor's list": {PriceFacts{Paid: learned[:2]}, nil, nil, Known(100), "", "4.9 EUR", "5 EUR", "expected"},
		"a list of unknown size": {PriceFacts{Paid: learned[:2]}, nil, nil, Figure{}, "", "—", "—",
			"0.049 EUR a message"},
		"nothing": {PriceFacts{}, nil, map[string]int64{"BY": 5}, Figure{}, "hi", "—", "—", "price unknown"},
		"money": {PriceFacts{Paid: learned, Balances: []Balance{{Amount: euros("10")}}}, nil,
			map[string]int64{"BY": 100},
			Figure{}, "", "4.9 EUR", "5 EUR", "the balance is 10 EUR; 5.1 EUR will be left"},
		"too little money": {PriceFacts{Paid: learned, Balances: []Balance{{Amount: euros("4")}}}, nil,
			map[string]int64{"BY": 100}, Figure{}, "", "4.9 EUR", "5 EUR", "is too low: 0.9 EUR more is needed"},
	} {
		plan := Plan{Campaign: goodCampaign(), Countries: c.countries, Recipients: c.list}
		plan.Campaign.Message = Message{Text: "x"}
		plan.Campaign.Fallback = SMSFallback{Text: c.fallback}
		e := EstimateOf(plan, c.facts, c.configured, time.UTC)
		if e.Expected.String() != c.expected || e.Maximum.String() != c.maximum {
			t.Errorf("%s: expected %s, at most %s; want %s, %s", name, e.Expected, e.Maximum, c.expected, c.maximum)
		}
		if text := ListedBy("; ", e.Lines()).String(); !strings.Contains(text, c.says) {
			t.Errorf("%s: says %q", name, text)
		}
	}
}

func TestAMessageOfTheSameKindAndWithoutSMSPricesFirst(t *testing.T) {
	t.Parallel()
	picture, mixed := paid(1, "BY", 10, "2", "0.2"), paid(2, "BY", 10, "9", "0.9")
	picture.Kind, mixed.WithSMS = KindTextImageButton, true
	plan := Plan{Campaign: Campaign{Message: Message{Text: "x"}}, Countries: map[string]int64{"BY": 10}}
	facts := PriceFacts{Paid: []Paid{picture, mixed, paid(3, "BY", 10, "0.5", "0.05")}}
	if e := EstimateOf(plan, facts, nil, time.UTC); e.Expected.String() != "0.5 EUR" {
		t.Errorf("got %s", e.Expected)
	}
}

func TestAConfiguredPriceIsChecked(t *testing.T) {
	t.Parallel()
	for says, p := range map[string]ConfigPrice{
		"country: ":  {Country: "Greece", Message: "1", Currency: "EUR"},
		"currency: ": {Message: "1"},
		"needs mess": {Currency: "EUR"},
		"message: ":  {Message: "0", Currency: "EUR"},
		"sms: ":      {SMS: "-1", Currency: "EUR"},
	} {
		errs := p.validate("")
		if len(errs) != 1 || !strings.Contains(errs[0].Error(), says) {
			t.Errorf("%+v: %v", p, errs)
		}
	}
}

func TestAnSMSIsCountedInParts(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]int{"": 1, strings.Repeat("a", 160): 1, strings.Repeat("a", 161): 2,
		strings.Repeat("я", 70): 1, strings.Repeat("я", 71): 2, strings.Repeat("€", 81): 2,
		strings.Repeat("😀", 36): 2} {
		if got := SMSParts(text); got != want {
			t.Errorf("%.20q: %d, want %d", text, got, want)
		}
	}
}
