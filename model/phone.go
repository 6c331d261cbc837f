package model

import (
	"bytes"
	"strconv"
	"strings"
	"unicode"

	"github.com/nyaruka/phonenumbers"
)

// Phone is a telephone number: the digits of its E.164 form as one integer, country code first,
// without "+". Zero means "no phone". E.164 allows 15 digits and no leading zero, so nothing is
// lost, comparing two phones is comparing two integers, and a database column needs no conversion.
type Phone int64

const (
	maxPhoneDigits = 15
	// minPhoneDigits is the shortest number in use (Niue: country code of three, four of its own).
	minPhoneDigits = 7
)

// wholeAsDecimal is a whole number written by a program that mistook it for a decimal:
// 375291111111.0.
var wholeAsDecimal = NewPattern(`^(\d{7,})[.,]0+$`)

// ParsePhone reads a number as a person writes it: with or without "+", with "00", with the trunk
// prefix of defaultCountry (an ISO code such as "BY"; "" for none), with spaces, brackets and
// dashes.
//
// Digits without "+" are read in this order: a mobile of defaultCountry, a full international
// number, any other number of defaultCountry. So "375291111111" is Belarusian whatever the default
// is.
// Errors are of KindInvalid, field "phone", with a sentence a person can act on.
func ParsePhone(s, defaultCountry string) (Phone, error) {
	s = strings.TrimSpace(s)
	if !isPlainNumber(s) {
		var err error
		if s, err = unwrapPhone(s); err != nil {
			return 0, err
		}
	}
	digits, plus, err := phoneDigits(s)
	if err != nil {
		return 0, err
	}
	if rest, found := strings.CutPrefix(digits, "00"); found {
		digits, plus = rest, true
	}
	switch {
	case digits == "":
		return 0, Invalid("phone", "no phone number given")
	case len(digits) > maxPhoneDigits+3:
		return 0, Invalid("phone", "%q has %s; a phone number has at most %d: is it two numbers?", clip(s),
			Counted(len(digits), "digit", "digits"), maxPhoneDigits)
	}
	country := strings.ToUpper(strings.TrimSpace(defaultCountry))
	if plus {
		return parseInternational(s, digits, country)
	}
	if country == "" {
		number, _ := validNumber("+"+digits, "")
		if number == nil {
			return 0, Invalid("phone",
				"%q is not a full international number: write it with + and the country code, or set default_country",
				clip(s))
		}
		return phoneOf(number), nil
	}
	national, why := validNumber(digits, country)
	if national != nil && isMobile(national) {
		return phoneOf(national), nil
	}
	if international, _ := validNumber("+"+digits, ""); international != nil {
		return phoneOf(international), nil
	}
	if national != nil {
		return phoneOf(national), nil
	}
	if rest, found := strings.CutPrefix(digits, "80"); found && country == "UA" { // the former long-distance prefix 8
		if old, _ := validNumber("0"+rest, country); old != nil {
			return phoneOf(old), nil
		}
	}
	return 0, Invalid("phone", "%q is not a phone number of %s, nor an international one: %s", clip(s), country, why)
}

// parseInternational reads digits that came with "+". "+8 029 …" and "+0 29 …" are common mistakes
// that can be recognised because no country code begins with 0, and none is 80.
func parseInternational(s, digits, country string) (Phone, error) {
	number, why := validNumber("+"+digits, "")
	if number == nil && country != "" && (digits[0] == '0' || strings.HasPrefix(digits, "80")) {
		number, _ = validNumber(digits, country)
	}
	if number == nil {
		return 0, Invalid("phone", "%q is not a phone number: %s", clip(s), why)
	}
	return phoneOf(number), nil
}

// PhoneFromVendor reads what a vendor sends as a number: digits, usually without "+". It is
// lenient: a number unknown to any numbering plan is still the number the vendor means. It refuses
// anything with letters, or with fewer than 7 or more than 15 digits.
func PhoneFromVendor(s string) (Phone, bool) {
	digits, _, err := phoneDigits(strings.TrimSpace(s))
	if err != nil {
		return 0, false
	}
	digits = strings.TrimPrefix(digits, "00")
	if len(digits) < minPhoneDigits || len(digits) > maxPhoneDigits || digits[0] == '0' {
		return 0, false
	}
	n, err := strconv.ParseInt(digits, 10, 64)
	if err != nil {
		return 0, false
	}
	return Phone(n), true
}

// String returns the E.164 form, "+375291111111", or "" for no phone.
func (p Phone) String() string {
	if p <= 0 {
		return ""
	}
	return "+" + strconv.FormatInt(int64(p), 10)
}

// Digits returns the E.164 form without "+", as most vendors require it: "375291111111", or "" for
// no phone.
func (p Phone) Digits() string {
	if p <= 0 {
		return ""
	}
	return strconv.FormatInt(int64(p), 10)
}

// Pretty returns the form for people: "+375 29 111-11-11". A number of no known plan is written as
// String writes it.
func (p Phone) Pretty() string {
	number := p.number()
	if number == nil {
		return p.String()
	}
	pretty := phonenumbers.Format(number, phonenumbers.INTERNATIONAL)
	if keepDigits(pretty) != p.Digits() {
		return p.String()
	}
	return pretty
}

// Masked returns Pretty with the digits that identify the person hidden: "+375 29 ***-**-11". The
// country code, the operator and the last two digits stay, so that two people can agree which
// number they are talking about.
func (p Phone) Masked() string {
	pretty := p.Pretty()
	total := len(p.Digits())
	shown := 3
	if total < 9 {
		shown = 0
	} else if parts := strings.Fields(pretty); len(parts) > 2 {
		shown = len(parts[0]) - 1 + min(3, len(parts[1]))
	}
	var b strings.Builder
	nth := 0
	for _, r := range pretty {
		if r >= '0' && r <= '9' {
			nth++
			if nth > shown && nth <= total-2 {
				r = '*'
			}
		}
		b.WriteRune(r)
	}
	return b.String()
}

// Country returns the ISO code of the country of the number, "BY", or "" if it is unknown or
// belongs to no country.
func (p Phone) Country() string {
	if region := onlyRegion(p.Digits()); region != "" {
		return region
	}
	number := p.number()
	if number == nil {
		return ""
	}
	region := phonenumbers.GetRegionCodeForNumber(number)
	if region == "001" || region == "ZZ" {
		return ""
	}
	return region
}

// MarshalText writes the E.164 form; no phone is the empty text.
func (p Phone) MarshalText() ([]byte, error) { return []byte(p.String()), nil }

// UnmarshalText reads E.164 with or without "+"; the empty text means no phone.
func (p *Phone) UnmarshalText(text []byte) error {
	if len(bytes.TrimSpace(text)) == 0 {
		*p = 0
		return nil
	}
	parsed, ok := PhoneFromVendor(string(text))
	if !ok {
		return Invalid("phone", "%q is not a phone number in international form", clip(string(text)))
	}
	*p = parsed
	return nil
}

// MarshalJSON writes "+375291111111", or null for no phone.
func (p Phone) MarshalJSON() ([]byte, error) {
	if p <= 0 {
		return []byte("null"), nil
	}
	return []byte(`"` + p.String() + `"`), nil
}

// UnmarshalJSON reads a string or a number; null, "" and 0 mean no phone.
func (p *Phone) UnmarshalJSON(data []byte) error {
	text := string(bytes.TrimSpace(data))
	if text == "null" || text == `""` || text == "0" {
		*p = 0
		return nil
	}
	if strings.HasPrefix(text, `"`) {
		unquoted, err := strconv.Unquote(text)
		if err != nil {
			return Errorf("phone %s: %w", clip(text), err)
		}
		return p.UnmarshalText([]byte(unquoted))
	}
	if strings.ContainsAny(text, ".eE") {
		// A JSON writer may print a large integer as 3.75291111111e+11, which loses nothing below
		// 2^53.
		f, err := strconv.ParseFloat(text, 64)
		if err != nil || f < 0 || f >= 1e15 {
			return Invalid("phone", "%q is not a phone number", clip(text))
		}
		text = strconv.FormatFloat(f, 'f', 0, 64)
	}
	return p.UnmarshalText([]byte(text))
}

// onlyRegion returns the region of the country code if it has only one: then the rest of the
// number, which is slow to read, does not matter. It returns "" for a code that several regions
// share, such as +7.
func onlyRegion(digits string) string {
	for n := 1; n <= min(3, len(digits)); n++ {
		code, err := strconv.Atoi(digits[:n])
		if err != nil {
			return ""
		}
		if regions := phonenumbers.GetRegionCodesForCountryCode(code); len(regions) > 0 {
			if len(regions) == 1 && regions[0] != "001" {
				return regions[0]
			}
			return ""
		}
	}
	return ""
}

func (p Phone) number() *phonenumbers.PhoneNumber {
	if p <= 0 {
		return nil
	}
	number, err := phonenumbers.Parse(p.String(), "")
	if err != nil {
		return nil
	}
	return number
}

// phoneDigits reduces a spelling to ASCII digits and reports whether it began with "+". Anything a
// person would not write inside one number is an error.
func phoneDigits(s string) (digits string, plus bool, err error) {
	s = strings.TrimPrefix(strings.TrimPrefix(s, "tel:"), "'")
	if whole := wholeAsDecimal().FindStringSubmatch(s); whole != nil {
		s = whole[1]
	}
	var b strings.Builder
	b.Grow(maxPhoneDigits)
	for _, r := range s {
		switch d, isDigit := digitValue(r); {
		case isDigit:
			b.WriteByte(d)
		case (r == '+' || r == '＋') && b.Len() == 0 && !plus:
			plus = true
		case strings.ContainsRune("()[].-/‐‑‒–—−·", r), unicode.IsSpace(r), unicode.Is(unicode.Cf, r):
		case r == ',' || r == ';':
			return "", false, Invalid("phone", "%q holds more than one number: write one phone in each cell", clip(s))
		case unicode.IsLetter(r):
			return "", false, Invalid("phone", "%q has letters in it: a phone number is digits only", clip(s))
		default:
			return "", false, Invalid("phone", "%q has %q in it, which a phone number cannot have", clip(s), r)
		}
	}
	return b.String(), plus, nil
}

// digitValue is the ASCII digit for a decimal digit in ASCII, full-width or Arabic form.
func digitValue(r rune) (byte, bool) {
	for _, zero := range [...]rune{'0', '０', '٠', '۰'} {
		if r >= zero && r <= zero+9 {
			return byte('0' + r - zero), true
		}
	}
	return 0, false
}

// validNumber parses a spelling; if no numbering plan contains it, it returns nil and the reason in
// words.
func validNumber(s, country string) (*phonenumbers.PhoneNumber, Text) {
	number, err := phonenumbers.Parse(s, country)
	if err != nil {
		if country == "" {
			return nil, Say("no country has this country code, or too few digits follow it")
		}
		return nil, Say("it has too few or too many digits")
	}
	if phonenumbers.IsValidNumber(number) {
		return number, Text{}
	}
	switch phonenumbers.IsPossibleNumberWithReason(number) {
	case phonenumbers.TOO_SHORT:
		return nil, Say("it has too few digits")
	case phonenumbers.TOO_LONG:
		return nil, Say("it has too many digits")
	default:
		return nil, Say("no operator has numbers that begin like this, or the number of digits is wrong")
	}
}

func isMobile(number *phonenumbers.PhoneNumber) bool {
	kind := phonenumbers.GetNumberType(number)
	return kind == phonenumbers.MOBILE || kind == phonenumbers.FIXED_LINE_OR_MOBILE
}

func phoneOf(number *phonenumbers.PhoneNumber) Phone {
	e164 := phonenumbers.Format(number, phonenumbers.E164)
	n, err := strconv.ParseInt(keepDigits(e164), 10, 64)
	if err != nil {
		return 0
	}
	return Phone(n)
}

func keepDigits(s string) string {
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, s)
}
