package model

import (
	"encoding/json"
	"strings"
	"unicode"

	"github.com/shopspring/decimal"
)

// Money is an amount in a currency. The zero value means that the amount is unknown: it is shown as
// a dash, never as 0.
type Money struct {
	Amount   decimal.Decimal
	Currency string // ISO 4217 code as the vendor writes it; "" if the vendor gives none
	Known    bool
}

// amountPattern excludes large exponents and lengths that no price has: what it accepts is cheap to
// calculate with.
var amountPattern = NewPattern(`^[+-]?\d{1,18}([.,]\d{1,12})?([eE][+-]?\d)?$`)

// notOfCurrency reports characters that no currency name contains; a digit there would be the rest
// of the amount.
func notOfCurrency(r rune) bool { return !unicode.In(r, unicode.L, unicode.Sc) && r != '.' }

// NewMoney returns a known amount.
func NewMoney(amount decimal.Decimal, currency string) Money {
	return Money{Amount: amount, Currency: currency, Known: true}
}

// ParseMoney reads "0.04900 EUR", "1,5 BYN" or "3.10"; the comma is a decimal comma. Text that is
// not an amount, or is ambiguous, such as "1 000" or "1,000.50", gives an unknown Money and an
// error of KindInvalid.
func ParseMoney(s string) (Money, error) {
	number, currency, _ := strings.Cut(strings.Join(strings.Fields(s), " "), " ")
	if !amountPattern.MatchString(number) || strings.ContainsFunc(currency, notOfCurrency) {
		return Money{}, Invalid("money", "%q is not an amount; write it like 0.049 EUR", clip(s))
	}
	amount, err := decimal.NewFromString(strings.Replace(number, ",", ".", 1))
	if err != nil {
		return Money{}, Invalid("money", "%q is not an amount; write it like 0.049 EUR", clip(s))
	}
	return NewMoney(amount, currency), nil
}

// String returns "0.049 EUR", or a dash if the amount is unknown.
func (m Money) String() string {
	if !m.Known {
		return "—"
	}
	return strings.TrimSpace(m.Amount.String() + " " + m.Currency)
}

// Decimal returns the amount as a decimal string, nil if it is unknown.
func (m Money) Decimal() *string {
	if !m.Known {
		return nil
	}
	s := m.Amount.String()
	return &s
}

// AsReported returns the amount as reported by a vendor that writes 0 before it knows the amount: 0
// is unknown then.
func (m Money) AsReported() Money {
	if m.Amount.IsZero() {
		return Money{}
	}
	return m
}

// Times returns the amount n times; unknown stays unknown.
func (m Money) Times(n int64) Money {
	m.Amount = m.Amount.Mul(decimal.NewFromInt(n))
	return m
}

// eachPlaces is the number of decimal places to which a unit price is rounded.
const eachPlaces = 4

// Each returns the amount divided by n; it is unknown if the amount is unknown or n is 0.
func (m Money) Each(n int64) Money {
	if !m.Known || n <= 0 {
		return Money{}
	}
	m.Amount = m.Amount.DivRound(decimal.NewFromInt(n), eachPlaces)
	return m
}

// rounded returns the amount with as many decimal places as a unit price.
func (m Money) rounded() Money {
	m.Amount = m.Amount.Round(eachPlaces)
	return m
}

// Plus adds two amounts. Different currencies, or one unknown amount, give an unknown sum.
func (m Money) Plus(o Money) Money {
	if !m.Known || !o.Known || m.Currency != o.Currency {
		return Money{}
	}
	m.Amount = m.Amount.Add(o.Amount)
	return m
}

// MarshalJSON writes the amount as a decimal string, or null.
func (m Money) MarshalJSON() ([]byte, error) { return json.Marshal(m.Decimal()) }
