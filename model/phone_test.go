package model

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"
)

func TestAnySpellingOfAPhoneIsTheSamePhone(t *testing.T) {
	t.Parallel()
	for _, s := range []string{
		"80291111111", "+375 29 111-11-11", "375291111111", "(029) 111-11-11", "00375291111111",
		"00 375 29 1111111", "8 029 111 11 11", "8029-111-11-11", "291111111", "029 1111111",
		"+375 (29) 111-11-11", "+375２９1111111", "＋３７５２９１１１１１１１", "+375\u00a029\u00a0111\u00a011\u00a011",
		"\u202a+375291111111\u202c", "+375‑29‑111–11—11", "+375.29.111.11.11", "'+375291111111", "tel:+375291111111",
		"375291111111.0", "375291111111,00", "810375291111111", "+80291111111", "+8 029 111-11-11",
		" 375 29 111 11 11\n",
	} {
		p, err := ParsePhone(s, "BY")
		if err != nil || p != 375291111111 {
			t.Errorf("%q: got %v, %v", s, p, err)
		}
	}
}

func TestANumberOfAnotherCountryIsRecognisedDespiteTheDefault(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ in, country, want string }{
		{"306948530920", "BY", "+306948530920"},
		{"380501234567", "BY", "+380501234567"},
		{"375291111111", "DE", "+375291111111"},
		{"375291111111", "RU", "+375291111111"},
		{"375291111111", "US", "+375291111111"},
		{"375291111111", "", "+375291111111"},
		{"00306948530920", "", "+306948530920"},
		{"+7 916 123 45 67", "BY", "+79161234567"},
		{"89161234567", "RU", "+79161234567"},
		{"79161234567", "BY", "+79161234567"},
		{"8 017 200 00 00", "by", "+375172000000"},
		{"0501234567", "UA", "+380501234567"},
		{"6948530920", "GR", "+306948530920"},
		{"+39 06 1234 5678", "BY", "+390612345678"},
	} {
		p, err := ParsePhone(c.in, c.country)
		if err != nil || p.String() != c.want {
			t.Errorf("%q in %q: got %v, %v; want %s", c.in, c.country, p, err, c.want)
		}
	}
}

func TestAnInvalidPhoneIsRefusedWithASentence(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ in, country, says string }{
		{"", "BY", "no phone number"},
		{"  ", "BY", "no phone number"},
		{"00", "BY", "no phone number"},
		{"3.75291E+11", "BY", "spreadsheet"},
		{"3,75291E+11", "BY", "spreadsheet"},
		{"3E11", "BY", "spreadsheet"},
		{"1234", "BY", "not a phone number of BY"},
		{"89161234567", "BY", "not a phone number of BY"},
		{"80291111111", "", "default_country"},
		{"+375291111", "BY", "number of digits"},
		{"+3752911111111", "BY", "number of digits"},
		{"+999291111111", "BY", "country code"},
		{"anna", "BY", "letters"},
		{"+375291111111 ext 5", "BY", "extension"},
		{"+375291111111, +375291111112", "BY", "more than one"},
		{"+375291111111+", "BY", `'+'`},
		{"375291111111375291111112", "BY", "two numbers"},
		{"80291111111", "XX", "XX"},
	} {
		p, err := ParsePhone(c.in, c.country)
		var e *Error
		if p != 0 || !errors.As(err, &e) || e.Kind != KindInvalid || e.Field != "phone" {
			t.Errorf("%q: got %v, %v; want an invalid phone", c.in, p, err)
			continue
		}
		if !strings.Contains(err.Error(), c.says) {
			t.Errorf("%q: %q does not say %q", c.in, err, c.says)
		}
	}
}

func TestAPhoneIsWrittenForProgramsAndForPeople(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		p                                        Phone
		text, digits, pretty, masked, country, j string
	}{
		{375291111111, "+375291111111", "375291111111", "+375 29 111-11-11", "+375 29 ***-**-11", "BY",
			`"+375291111111"`},
		{306948530920, "+306948530920", "306948530920", "+30 694 853 0920", "+30 694 *** **20", "GR",
			`"+306948530920"`},
		{390612345678, "+390612345678", "390612345678", "+39 06 1234 5678", "+39 06 **** **78", "IT",
			`"+390612345678"`},
		{999123456789, "+999123456789", "999123456789", "+999123456789", "+999*******89", "", `"+999123456789"`},
		{6834002, "+6834002", "6834002", "+683 4002", "+*** **02", "NU", `"+6834002"`},
		{0, "", "", "", "", "", "null"},
		{-5, "", "", "", "", "", "null"},
	} {
		j, err := json.Marshal(c.p)
		if err != nil {
			t.Fatal(err)
		}
		got := []string{c.p.String(), c.p.Digits(), c.p.Pretty(), c.p.Masked(), c.p.Country(), string(j)}
		want := []string{c.text, c.digits, c.pretty, c.masked, c.country, c.j}
		for i := range got {
			if got[i] != want[i] {
				t.Errorf("%d: got %q, want %q", int64(c.p), got[i], want[i])
			}
		}
	}
}

func TestJSONPhonesAreReadInEveryFormVendorsUse(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]Phone{
		`null`: 0, `""`: 0, `0`: 0, `"+375291111111"`: 375291111111, `"375291111111"`: 375291111111,
		`375291111111`: 375291111111, `3.75291111111e+11`: 375291111111, `"375 29 1111111"`: 375291111111,
	} {
		p := Phone(1)
		if err := json.Unmarshal([]byte(in), &p); err != nil || p != want {
			t.Errorf("%s: got %v, %v", in, p, err)
		}
	}
	for _, in := range []string{`"anna"`, `12`, `-375291111111.5`, `1e30`, `true`, `{}`} {
		var p Phone
		if err := json.Unmarshal([]byte(in), &p); err == nil {
			t.Errorf("%s was read as %v", in, p)
		}
	}
}

func TestAPhoneIsAMapKeyInJSON(t *testing.T) {
	t.Parallel()
	j, err := json.Marshal(map[Phone]string{375291111111: "a"})
	if err != nil || string(j) != `{"+375291111111":"a"}` {
		t.Fatalf("got %s, %v", j, err)
	}
}

func TestVendorsPhonesAreReadLeniently(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]Phone{
		"375291111111": 375291111111, "+375291111111": 375291111111, "00375291111111": 375291111111,
		"999123456789": 999123456789, " 375291111111 ": 375291111111,
		"": 0, "0": 0, "12345": 0, "1234567890123456": 0, "anna@example.com": 0, "6f1c22d9aa": 0, "0291111111": 0,
		"null": 0,
	} {
		p, ok := PhoneFromVendor(in)
		if p != want || ok != (want != 0) {
			t.Errorf("%q: got %v, %v", in, p, ok)
		}
	}
}

func FuzzParsePhone(f *testing.F) {
	for _, s := range []string{"80291111111", "+375 29 111-11-11", "3.75291E+11", "٣٧٥", "+", "00", "\xff"} {
		f.Add(s, "BY")
	}
	f.Add("2025550123", "US")
	f.Fuzz(func(t *testing.T, s, country string) {
		p, err := ParsePhone(s, country)
		if err != nil {
			if p != 0 {
				t.Fatalf("%q: an error and %v", s, p)
			}
			return
		}
		again, err := ParsePhone(p.String(), "")
		if err != nil || again != p {
			t.Fatalf("%q: %v is read again as %v, %v", s, p, again, err)
		}
		if vendor, ok := PhoneFromVendor(p.Digits()); ok && vendor != p {
			t.Fatalf("%q: vendor's spelling of %v is %v", s, p, vendor)
		}
		if keepDigits(p.Pretty()) != p.Digits() {
			t.Fatalf("%q: pretty %q", s, p.Pretty())
		}
	})
}

func BenchmarkParsePhone(b *testing.B) {
	for b.Loop() {
		if _, err := ParsePhone("80291111111", "BY"); err != nil {
			b.Fatal(err)
		}
	}
}

func TestTheCountryOfANumberIsKnownAlsoWhereSeveralShareACode(t *testing.T) {
	t.Parallel()
	for phone, want := range map[Phone]string{
		375291111111: "BY", 380501234567: "UA", 306948530920: "GR", 79161234567: "RU", 77011234567: "KZ",
		12125550123:  "US",
		390612345678: "IT", 447400123456: "GB", 48512345678: "PL", 35799123456: "CY", 80012345678: "", 999291111111: "",
		0: "",
	} {
		if got := phone.Country(); got != want {
			t.Errorf("%s: got %q, want %q", phone, got, want)
		}
	}
}
