package model

import (
	"encoding/json"
	"strings"

	"github.com/shopspring/decimal"
)

// Money is an amount in a currency. The zero value means that nobody knows the amount: it is shown as a dash, never as 0.
type Money struct {
	Amount   decimal.Decimal
	Currency string // ISO 4217 code as the vendor writes it; "" where the vendor names none
	Known    bool
}

// NewMoney gives a known amount.
func NewMoney(amount decimal.Decimal, currency string) Money {
	return Money{Amount: amount, Currency: currency, Known: true}
}

// ParseMoney reads "0.04900 EUR", "1,5 BYN" or "3.10". Text that is no amount gives an unknown Money and an error.
func ParseMoney(s string) (Money, error) {
	fields := strings.Fields(s)
	if len(fields) == 0 || len(fields) > 2 {
		return Money{}, Invalid("money", "%q is no amount; write it like 0.049 EUR", s)
	}
	amount, err := decimal.NewFromString(strings.Replace(fields[0], ",", ".", 1))
	if err != nil || amount.Exponent() < -12 || amount.Exponent() > 12 || len(fields[0]) > 40 {
		return Money{}, Invalid("money", "%q is no amount; write it like 0.049 EUR", s)
	}
	m := Money{Amount: amount, Known: true}
	if len(fields) == 2 {
		m.Currency = SanitiseLine(fields[1])
	}
	return m, nil
}

// String gives "0.049 EUR", or a dash when the amount is not known.
func (m Money) String() string {
	if !m.Known {
		return "—"
	}
	return strings.TrimSpace(m.Amount.String() + " " + m.Currency)
}

// Decimal gives the amount as a decimal string, nil when it is not known.
func (m Money) Decimal() *string {
	if !m.Known {
		return nil
	}
	s := m.Amount.String()
	return &s
}

// Times gives the amount n times; unknown stays unknown.
func (m Money) Times(n int64) Money {
	m.Amount = m.Amount.Mul(decimal.NewFromInt(n))
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
