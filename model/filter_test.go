package model

import (
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"
)

var (
	filterNow  = time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)
	filterZone = time.FixedZone("Minsk", 3*60*60)
)

func mustFilter(t *testing.T, s string) Filter {
	t.Helper()
	f, err := ParseFilter(s, filterNow, filterZone)
	if err != nil {
		t.Fatalf("%q: %v", s, err)
	}
	return f
}

func TestAFilterIsReadIntoTerms(t *testing.T) {
	t.Parallel()
	text := func(values ...string) Term { return Term{Field: FieldText, Op: OpContains, Values: values} }
	negated := func(term Term) Term { term.Negate = true; return term }
	phones := func(term Term, patterns ...PhonePattern) Term { term.Phones = patterns; return term }
	whole := PhonePattern{"375291111111", PhoneWhole}
	from := Term{Field: FieldFrom, Op: OpPhone}
	for _, c := range []struct {
		in   string
		want []Term
	}{
		{"", nil},
		{"  ", nil},
		{"осень скидка", []Term{text("осень"), text("скидка")}},
		{`"autumn sale" «осень тут» “x y” „z w“`,
			[]Term{text("autumn sale"), text("осень тут"), text("x y"), text("z w")}},
		{`-word -"two words"`, []Term{negated(text("word")), negated(text("two words"))}},
		{`"say \"no\" \\ \n"`, []Term{text(`say "no" \ \n`)}},
		{`"status:failed" 10:30 a,b`, []Term{text("status:failed"), text("10:30"), text("a,b")}},
		{"status:failed,Expired", []Term{{Field: FieldStatus, Op: OpEqual, Values: []string{"failed", "expired"}}}},
		{"-STATUS:failed,", []Term{{Field: FieldStatus, Op: OpEqual, Values: []string{"failed"}, Negate: true}}},
		{`campaign:"autumn sale",«осень»`, []Term{
			{Field: FieldCampaign, Op: OpContains, Values: []string{"autumn sale", "осень"}}}},
		{`reason:"not viber"`, []Term{{Field: FieldReason, Op: OpContains, Values: []string{"not viber"}}}},
		{"text:price", []Term{text("price")}},
		{"text:price,цена", []Term{text("price", "цена")}},
		{"is:unread,Mine", []Term{{Field: FieldIs, Op: OpIs, Values: []string{"unread", "mine"}}}},
		{"from:+37529", []Term{phones(from, PhonePattern{"37529", PhonePrefix})}},
		{"from:0037529", []Term{phones(from, PhonePattern{"37529", PhonePrefix})}},
		{"from:375291111111", []Term{phones(from, whole)}},
		{"from:+375 29 111-11-11 price", []Term{phones(from, whole), text("price")}},
		{`phone:"+375 29 111-11-11"`, []Term{{Field: FieldPhone, Op: OpPhone, Phones: []PhonePattern{whole}}}},
		{"phone:1111", []Term{{Field: FieldPhone, Op: OpPhone, Phones: []PhonePattern{{"1111", PhonePart}}}}},
		{"from:anna@example.com,+37529", []Term{
			{Field: FieldFrom, Op: OpPhone, Values: []string{"anna@example.com"},
				Phones: []PhonePattern{{"37529", PhonePrefix}}}}},
		{"+375 29 111-11-11", []Term{phones(text("+375 29 111-11-11"), whole)}},
		{"375291111111", []Term{phones(text("375291111111"), whole)}},
		{"80291111111", []Term{phones(text("80291111111"), PhonePattern{"80291111111", PhonePart})}},
		{"before:2d", []Term{{Field: FieldBefore, Op: OpBefore, Values: []string{"2d"},
			Time: filterNow.Add(-48 * time.Hour)}}},
		{"after:3H", []Term{{Field: FieldAfter, Op: OpAfter, Values: []string{"3h"},
			Time: filterNow.Add(-3 * time.Hour)}}},
		{"after:30m", []Term{{Field: FieldAfter, Op: OpAfter, Values: []string{"30m"},
			Time: filterNow.Add(-30 * time.Minute)}}},
		{"before:1w", []Term{{Field: FieldBefore, Op: OpBefore, Values: []string{"1w"},
			Time: filterNow.Add(-168 * time.Hour)}}},
		{"before:today", []Term{{Field: FieldBefore, Op: OpBefore, Values: []string{"today"},
			Time: time.Date(2026, 11, 21, 0, 0, 0, 0, filterZone)}}},
		{"after:yesterday", []Term{{Field: FieldAfter, Op: OpAfter, Values: []string{"yesterday"},
			Time: time.Date(2026, 11, 20, 0, 0, 0, 0, filterZone)}}},
		{"after:2026-11-01", []Term{{Field: FieldAfter, Op: OpAfter, Values: []string{"2026-11-01"},
			Time: time.Date(2026, 11, 1, 0, 0, 0, 0, filterZone)}}},
		{"after:2026-11-01t10:00", []Term{{Field: FieldAfter, Op: OpAfter, Values: []string{"2026-11-01T10:00"},
			Time: time.Date(2026, 11, 1, 10, 0, 0, 0, filterZone)}}},
	} {
		f := mustFilter(t, c.in)
		if f.Incomplete || !reflect.DeepEqual(f.Terms, c.want) {
			t.Errorf("%q:\n got %+v\nwant %+v", c.in, f, c.want)
		}
		if f.Empty() != (len(c.want) == 0) {
			t.Errorf("%q: empty is %v", c.in, f.Empty())
		}
		if again := mustFilter(t, f.String()); !reflect.DeepEqual(again.Terms, f.Terms) {
			t.Errorf("%q → %q is read differently: %+v", c.in, f.String(), again)
		}
	}
}

func TestAFilterInTypingIsIncompleteNotWrong(t *testing.T) {
	t.Parallel()
	for _, in := range []string{
		"price status:", "price status: ", `price "open`, "price «open", `price campaign:"autumn`, "price -",
		"price -status:",
		"price is:", "price is:unr", "price is:done,op", "price before:", "price before:2", "price before:2026-1",
		"price after:tod", "price after:2026-11-01T1",
		`price "open\`, `price status:failed,"x`, `price status:""`,
	} {
		f := mustFilter(t, in)
		if !f.Incomplete || len(f.Terms) != 1 || f.Terms[0].Values[0] != "price" {
			t.Errorf("%q: %+v", in, f)
		}
	}
}

func TestAWrongFilterSaysWhereAndWhatIsAllowed(t *testing.T) {
	t.Parallel()
	for in, says := range map[string][]string{
		"цена foo:bar":                {`"foo:"`, "character 6", "status, state"},
		"-foo:bar":                    {"character 2"},
		"https://example.com":         {"quotes"},
		"is:frobbed":                  {"is:frobbed", "character 4", "unread"},
		"is:unr price":                {"is:unr"},
		"is:unr ":                     {"is:unr"},
		"before:soon":                 {"before:soon", "character 8", "2026-11-01"},
		"before:2026-13-01 x":         {"before:2026-13-01"},
		"after:2d,3d":                 {"after:2d,3d"},
		strings.Repeat("слово ", 900): {"longer"},
	} {
		_, err := ParseFilter(in, filterNow, filterZone)
		var e *Error
		if !errors.As(err, &e) || e.Kind != KindInvalid || e.Field != "filter" {
			t.Errorf("%q: %v", in, err)
			continue
		}
		for _, s := range says {
			if !strings.Contains(e.Text.String(), s) {
				t.Errorf("%q: %q does not say %q", in, e.Text.String(), s)
			}
		}
	}
}

func TestANationalSpellingFindsThePersonOnceTheCountryIsKnown(t *testing.T) {
	t.Parallel()
	for _, in := range []string{"80291111111", "+375 29 111-11-11", "375291111111", "from:80291111111",
		"phone:029 111-11-11", "8 029 111 11 11", "from:8029", "1111", "from:+37529"} {
		term := mustFilter(t, in).InCountry("BY").Terms[0]
		matches := func(p PhonePattern) bool { return p.Matches(375291111111) }
		if !slices.ContainsFunc(term.Phones, matches) {
			t.Errorf("%q does not find the person: %+v", in, term)
		}
		other := func(p PhonePattern) bool { return p.Matches(375332222222) }
		if slices.ContainsFunc(term.Phones, other) {
			t.Errorf("%q finds somebody else: %+v", in, term)
		}
	}
	if f := mustFilter(t, "from:80291111111"); f.InCountry("BY").String() != "from:+375291111111" ||
		f.String() != "from:80291111111" {
		t.Errorf("got %q and %q", f.InCountry("BY"), f)
	}
}

func TestTheFieldsCanBeCompleted(t *testing.T) {
	t.Parallel()
	for _, field := range FilterFields() {
		value := map[string]string{"is": "open", "before": "2d", "after": "2d", "done": "today"}[field]
		if value == "" {
			value = "x"
		}
		if f := mustFilter(t, field+":"+value); len(f.Terms) != 1 || string(f.Terms[0].Field) != field {
			t.Errorf("%s: %+v", field, f)
		}
	}
	for _, value := range FilterIsValues() {
		mustFilter(t, "is:"+value+" ")
	}
}

func FuzzFilter(f *testing.F) {
	for _, s := range []string{
		`from:+37529 campaign:"autumn" text:price before:2d`, `-"a b" «c»`, "status:a,b is:open", `"\`, `text:",",x`,
		`text:"-a" --a`,
		`есть:открыто -статус:"нет денег",сбой до:2д`, "состояние:ждёт-одобр после:01.11.2026т10:00", "от:+37529 ЁЖ: ",
		`"+3752" "911111111"`, "text:\u0301a", "text:a\u200d -", "from:0000375291111111", "from:+0375291111111",
		`text:" a "`, "8 0 -29 11111111",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		filter, err := ParseFilter(s, filterNow, filterZone)
		if err != nil || len(s) > maxFilter/4 {
			return
		}
		canonical := filter.String()
		again, err := ParseFilter(canonical, filterNow, filterZone)
		if err != nil || again.Incomplete {
			t.Fatalf("%q → %q: %+v %v", s, canonical, again, err)
		}
		if !reflect.DeepEqual(again.Terms, filter.Terms) {
			t.Fatalf("%q → %q:\n%+v\n%+v", s, canonical, filter.Terms, again.Terms)
		}
	})
}
