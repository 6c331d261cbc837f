package model

import (
	"strings"

	"github.com/nyaruka/phonenumbers"
)

const (
	tailDigits      = 4       // no numbering plan distinguishes mobiles and landlines by these
	leastRemembered = 11      // digits; the plans of shorter numbers depend on every digit
	mostRemembered  = 200_000 // beginnings
)

// PhoneReader reads the phones of a list, for one goroutine. The library takes 40 µs for a number;
// of numbers that differ only in their last four digits only one is parsed.
type PhoneReader struct {
	country string
	known   map[string]phoneBeginning // by what precedes the last four digits
}

// phoneBeginning is the result for numbers with the same beginning.
type phoneBeginning struct {
	begins   Phone // the number without its last four digits
	landline bool
}

// NewPhoneReader returns a reader of numbers that belong to the given country (two letters; "" for
// none) unless they contain a country code.
func NewPhoneReader(country string) PhoneReader {
	return PhoneReader{country: country, known: map[string]phoneBeginning{}}
}

// Read reads a phone as ParsePhone does, with its errors, and reports whether it is a landline.
func (r PhoneReader) Read(s string) (phone Phone, landline bool, err error) {
	key, tail := "", Phone(0)
	if digits := plainDigits(s); len(digits) > tailDigits {
		key = digits[:len(digits)-tailDigits]
		for _, d := range digits[len(key):] {
			tail = tail*10 + Phone(d-'0')
		}
		if known, ok := r.known[key]; ok {
			return known.begins*10_000 + tail, known.landline, nil
		}
	}
	if phone, err = ParsePhone(s, r.country); err != nil {
		return 0, false, err
	}
	if number := phone.number(); number != nil {
		landline = phonenumbers.GetNumberType(number) == phonenumbers.FIXED_LINE
	}
	if key != "" && phone%10_000 == tail && len(phone.Digits()) >= leastRemembered && len(r.known) < mostRemembered {
		r.known[strings.Clone(key)] = phoneBeginning{phone / 10_000, landline}
	}
	return phone, landline, nil
}

// plainDigits returns the digits of a number in one of the usual spellings, with "+" if it begins
// with one; "" for any other.
func plainDigits(s string) string {
	if isPlainNumber(s) {
		return s
	}
	var b [maxPhoneDigits + 4]byte
	n := 0
	for i := range len(s) {
		switch c := s[i]; {
		case c >= '0' && c <= '9', c == '+' && n == 0:
			if n == len(b) {
				return ""
			}
			b[n] = c
			n++
		case c == ' ', c == '-', c == '(', c == ')':
		default:
			return ""
		}
	}
	return string(b[:n])
}

// countryReader finds the countries of many phones as Phone.Country does.
type countryReader map[Phone]string // by the phone without its last four digits

func newCountryReader() countryReader { return countryReader{} }

func (c countryReader) of(p Phone) string {
	if len(p.Digits()) < leastRemembered {
		return p.Country()
	}
	country, known := c[p/10_000]
	if !known {
		country = p.Country()
		if len(c) < mostRemembered {
			c[p/10_000] = country
		}
	}
	return country
}
