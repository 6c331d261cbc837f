package model

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// mobile draws a phone that its country's numbering plan knows, as its country code and the rest.
func mobile(t *rapid.T) (code, rest string) {
	plan := rapid.SampledFrom([]struct{ code, prefix, tail string }{
		{"375", "29", "[1-9][0-9]{6}"}, {"375", "33", "[1-9][0-9]{6}"}, {"375", "44", "[1-9][0-9]{6}"},
		{"380", "50", "[1-9][0-9]{6}"}, {"7", "916", "[1-9][0-9]{6}"}, {"48", "600", "[0-9]{6}"},
		{"30", "694", "[1-9][0-9]{6}"}, {"49", "1512", "[0-9]{7}"}, {"1", "212", "[2-9]5[0-9]{5}"},
	}).Draw(t, "plan")
	return plan.code, plan.prefix + rapid.StringMatching(plan.tail).Draw(t, "tail")
}

func TestPropertyAPhoneIsTheSameInAnySpelling(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		code, rest := mobile(t)
		var want Phone
		if _, err := fmt.Sscan(code+rest, &want); err != nil {
			t.Fatal(err)
		}
		spelled := rapid.SampledFrom([]string{"+", "00", "", "+ ", "tel:+", "'+"}).Draw(t, "prefix") + code
		for _, digit := range rest {
			spelled += rapid.SampledFrom([]string{"", "", "", " ", "-", "\u00a0", "."}).Draw(t, "gap") + string(digit)
		}
		country := rapid.SampledFrom([]string{"", "BY", "UA", "DE"}).Draw(t, "country")
		if got, err := ParsePhone(spelled, country); err != nil || got != want {
			t.Fatalf("%q in %q: got %v, %v; want %v", spelled, country, got, err, want)
		}
	})
}

func TestPropertyWhatIsWrittenOfAPhoneIsReadBack(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		code, rest := mobile(t)
		phone, err := ParsePhone("+"+code+rest, "")
		if err != nil {
			t.Fatal(err)
		}
		for _, written := range []string{phone.String(), phone.Digits(), phone.Pretty()} {
			if again, err := ParsePhone(written, ""); err != nil || again != phone {
				t.Errorf("%q: got %v, %v; want %v", written, again, err, phone)
			}
		}
		if again, ok := PhoneFromVendor(phone.Digits()); !ok || again != phone {
			t.Errorf("a vendor's %q: got %v, %v", phone.Digits(), again, ok)
		}
		masked := phone.Masked()
		if hidden := strings.Count(masked, "*"); hidden < 4 || strings.Contains(masked, rest[len(rest)-6:]) {
			t.Errorf("%v masked is %q", phone, masked)
		}
	})
}

func TestPropertyAFilterSaysWhatItWasReadFrom(t *testing.T) {
	t.Parallel()
	word := rapid.SampledFrom([]string{
		"price", "цена", `"two words"`, "«дзве мовы»", `"say \"no\""`, "10:30", "a,b", "x:y",
		"+375 29 111-11-11", "80291111111", "status:failed", "status:failed,Expired", "is:unread",
		"есть:открыто", "from:+37529", "from:anna@example.com,+37529", "campaign:\"autumn sale\",x",
		"before:2d", "after:2026-11-01", "до:вчера", "text:цена",
	})
	rapid.Check(t, func(t *rapid.T) {
		var terms []string
		for range rapid.IntRange(0, 6).Draw(t, "terms") {
			terms = append(terms, rapid.SampledFrom([]string{"", "-"}).Draw(t, "sign")+word.Draw(t, "term"))
		}
		text := strings.Join(terms, " ")
		first, err := ParseFilter(text, filterNow, filterZone)
		if err != nil {
			t.Skip(text, err)
		}
		again, err := ParseFilter(first.String(), filterNow, filterZone)
		if err != nil || !reflect.DeepEqual(again.Terms, first.Terms) {
			t.Fatalf("%q → %q is read differently: %+v, %v; first %+v", text, first, again.Terms, err, first.Terms)
		}
	})
}
