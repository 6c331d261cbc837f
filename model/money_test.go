package model

import (
	"encoding/json"
	"testing"

	"github.com/shopspring/decimal"
)

func TestAnAmountIsReadAsVendorsWriteIt(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"0.04900 EUR":      "0.049 EUR",
		"1,5 BYN":          "1.5 BYN",
		"3.10":             "3.1",
		"0":                "0",
		" 12 USD ":         "12 USD",
		"12\u00a0руб.":     "12 руб.",
		"5 €":              "5 €",
		"-4.20 EUR":        "-4.2 EUR",
		"4.9E-5 EUR":       "0.000049 EUR",
		"0.000000000001 X": "0.000000000001 X",
	} {
		m, err := ParseMoney(in)
		if err != nil || !m.Known || m.String() != want {
			t.Errorf("%q: got %s, %v; want %s", in, m, err, want)
		}
	}
}

func TestAnInvalidAmountIsUnknownAndNeverZero(t *testing.T) {
	t.Parallel()
	for _, in := range []string{"", " ", "EUR", "EUR 5", "free", "1 000", "1 000 BYN", "1,000.50", "1.2.3", "NaN",
		"Inf", "0x10", "1e99 EUR",
		"1e999999999", "5 EUR EUR", "5 E\x1b[2J", "99999999999999999999999999999999999999999999"} {
		m, err := ParseMoney(in)
		if KindOf(err) != KindInvalid || m.Known || m.String() != "—" || m.Decimal() != nil {
			t.Errorf("%q: got %s, %v", in, m, err)
		}
		if text, err := json.Marshal(m); err != nil || string(text) != "null" {
			t.Errorf("%q: JSON %s, %v", in, text, err)
		}
	}
}

func TestMoneyIsWrittenAsADecimalString(t *testing.T) {
	t.Parallel()
	m := NewMoney(decimal.RequireFromString("0.10"), "EUR")
	if text, err := json.Marshal(m); err != nil || string(text) != `"0.1"` {
		t.Errorf("got %s, %v", text, err)
	}
	if d := m.Decimal(); d == nil || *d != "0.1" {
		t.Errorf("got %v", d)
	}
}

func TestASumIsExactAndUnknownAsSoonAsAPartIs(t *testing.T) {
	t.Parallel()
	eur := func(s string) Money { return NewMoney(decimal.RequireFromString(s), "EUR") }
	if got := eur("0.1").Plus(eur("0.2")).String(); got != "0.3 EUR" {
		t.Errorf("0.1 + 0.2 gives %s", got)
	}
	for _, o := range []Money{{}, NewMoney(decimal.NewFromInt(1), "USD"), NewMoney(decimal.NewFromInt(1), "")} {
		if a, b := eur("1").Plus(o), o.Plus(eur("1")); a.Known || b.Known {
			t.Errorf("1 EUR and %s give %s and %s", o, a, b)
		}
	}
	if got := eur("0.049").Times(1000).String(); got != "49 EUR" {
		t.Errorf("0.049 EUR a thousand times gives %s", got)
	}
	if got := (Money{}).Times(1000); got.Known {
		t.Errorf("an unknown price a thousand times gives %s", got)
	}
}

func FuzzParseMoney(f *testing.F) {
	for _, s := range []string{"0.04900 EUR", "1,5 BYN", "3.10", "-1e-9", "1 000", "€"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		m, err := ParseMoney(s)
		if (err == nil) != m.Known {
			t.Fatalf("%q: known %v, %v", s, m.Known, err)
		}
		if err != nil {
			return
		}
		if SanitiseLine(m.String()) != m.String() {
			t.Fatalf("%q gives %q", s, m.String())
		}
		if back, err := ParseMoney(m.String()); err == nil &&
			(!back.Amount.Equal(m.Amount) || back.Currency != m.Currency) {
			t.Fatalf("%q gives %q, read back as %q", s, m, back)
		}
	})
}

func TestAPriceOfEachIsUnknownForNobody(t *testing.T) {
	t.Parallel()
	whole, err := ParseMoney("58.8 EUR")
	if err != nil {
		t.Fatal(err)
	}
	if got := whole.Each(1000).String(); got != "0.0588 EUR" {
		t.Errorf("got %s", got)
	}
	if whole.Each(0).Known || (Money{}).Each(3).Known {
		t.Error("a share of nobody, or of an unknown amount, is known")
	}
}
