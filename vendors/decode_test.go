package vendors

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"viberdeck/model"
)

func TestInvalidJSONIsNamedAndQuotedHarmlessly(t *testing.T) {
	t.Parallel()
	redact := NewRedactor(testToken)
	for _, c := range []struct{ body, want string }{
		{"", "empty answer"},
		{"  \n", "empty answer"},
		{"<html><body>" + testToken, "a web page instead of data"},
		{`{"a":{"b":[1,2`, "cut off"},
		{`{"a":"b`, "cut off"},
		{"\x1b]0;evil\x07garbage " + testToken, "not JSON"},
		{`{"a":[1,2]}`, "another shape than documented"},
		{`{"n":"x"}`, "another shape than documented"},
		{`{} {}`, "not JSON"},
		{strings.Repeat("я", 10000), "not JSON"},
	} {
		var into struct {
			A String `json:"a"`
			N int    `json:"n"`
		}
		err := decode([]byte(c.body), &into, "minsk", redact)
		if model.KindOf(err) != model.KindOffline || model.FateOf(err) != model.FateUnknown ||
			!strings.Contains(err.Error(), c.want) || !strings.Contains(err.Error(), "minsk") {
			t.Errorf("%.20q: %v, want %q", c.body, err, c.want)
			continue
		}
		if s := err.Error(); strings.ContainsAny(s, "\x1b\x07\n") || utf8.RuneCountInString(s) > 300 {
			t.Errorf("%.20q: %q", c.body, s)
		}
		assertNoSecret(t, err.Error())
	}
	if err := Decode([]byte("\xef\xbb\xbf {\"a\":1}\n"), &struct{}{}); err != nil {
		t.Errorf("byte order mark: %v", err)
	}
}

func TestSecretsAreHiddenInEverySpelling(t *testing.T) {
	t.Parallel()
	r := NewRedactor(testToken, "abc", "", `q"uo\te&<`)
	for _, form := range append(spellings(testToken), spellings(`q"uo\te&<`)...) {
		if got := r.Clean("before " + form + " after"); strings.Contains(got, form) ||
			!strings.HasPrefix(got, "before ***") || !strings.HasSuffix(got, " after") {
			t.Errorf("%q became %q", form, got)
		}
	}
	if got := r.Clean("abc"); got != "abc" {
		t.Errorf("a short value was hidden: %q", got)
	}
	r.Hide("issued-later")
	r.Hide("issued-later-and-longer")
	if got := r.Clean("issued-later-and-longer, issued-later"); got != "***, ***" {
		t.Errorf("%q", got)
	}
	// Cleaning must not join the halves of a secret that a control character parted.
	if got := r.line("issued\u200b-later", 100); strings.Contains(got, "issued-later") {
		t.Errorf("%q", got)
	}
}

func FuzzRedactor(f *testing.F) {
	f.Add("secret", "a ", " b")
	f.Add(`s"\ %/+`, "", "")
	f.Fuzz(func(t *testing.T, secret, before, after string) {
		if len(secret) < minSecret || strings.Contains(hidden, secret) || strings.Contains(secret, "*") {
			return
		}
		r := NewRedactor(secret)
		for _, s := range []string{r.Clean(before + secret + after), r.line(before+secret+after, 80)} {
			if strings.Contains(s, secret) {
				t.Fatalf("%q shows in %q", secret, s)
			}
		}
	})
}

func TestScalarsAreReadInEveryFormVendorsUse(t *testing.T) {
	t.Parallel()
	type all struct {
		T String
		I Int
		N Number
		B Bool
	}
	read := func(v string) (a all, err error) {
		err = json.Unmarshal([]byte(`{"T":`+v+`,"I":`+v+`,"N":`+v+`,"B":`+v+`}`), &a)
		return a, err
	}
	for _, c := range []struct {
		in, text, integer, number string
		yes                       bool
	}{
		{`1`, "1", "1", "1", true},
		{`0`, "0", "0", "0", false},
		{`"1"`, "1", "1", "1", true},
		{`" 12 "`, " 12 ", "12", "12", false},
		{`12.0`, "12.0", "12", "12", false},
		{`"1,50"`, "1,50", "—", "1.5", false},
		{`0.049`, "0.049", "—", "0.049", false},
		{`-3`, "-3", "-3", "-3", false},
		{`1e3`, "1e3", "1000", "1000", false},
		{`1e999999999`, "1e999999999", "—", "—", false},
		{`"9223372036854775808"`, "9223372036854775808", "—", "9223372036854775808", false},
		{`null`, "", "—", "—", false},
		{`""`, "", "—", "—", false},
		{`[]`, "", "—", "—", false},
		{`true`, "true", "—", "—", true},
		{`"TRUE"`, "TRUE", "—", "—", true},
		{`"n/a"`, "n/a", "—", "—", false},
		{`"СТОП"`, "СТОП", "—", "—", false},
	} {
		a, err := read(c.in)
		number := a.N.Money("").String()
		if err != nil || string(a.T) != c.text || a.I.Figure().String() != c.integer || number != c.number ||
			bool(a.B) != c.yes {
			t.Errorf("%s: %v %q %s %s %v", c.in, err, a.T, a.I.Figure(), number, a.B)
		}
	}
	for _, in := range []string{`{}`, `[1]`, `{"a":1}`} {
		if _, err := read(in); err == nil {
			t.Errorf("%s was read as a scalar", in)
		}
	}
}

func TestListsAreReadInEveryFormVendorsUse(t *testing.T) {
	t.Parallel()
	type item struct {
		ID   String `json:"id"`
		Size Int    `json:"size"`
	}
	for in, want := range map[string]string{
		`[{"id":1},{"id":"b"}]`:             "1 b",
		`{"9":{"id":1},"1":{"id":2}}`:       "1 2",
		`{"id":7,"size":3}`:                 "7",
		`null`:                              "",
		`""`:                                "",
		`false`:                             "",
		`[]`:                                "",
		`{}`:                                "",
		`[null,{"id":1},null]`:              "1",
		` { "a" : { "id" : "x" } } `:        "x",
		`{"id":7,"size":{"id":"odd"}}`:      "error",
		`["a"]`:                             "error",
		`"a"`:                               "error",
		`{"a":{"id":1},"b":{"id":[1,2,3]}}`: "error",
	} {
		var l List[item]
		err := json.Unmarshal([]byte(in), &l)
		var ids []string
		for _, i := range l {
			ids = append(ids, string(i.ID))
		}
		got := strings.Join(ids, " ")
		if err != nil {
			got = "error"
		}
		if got != want {
			t.Errorf("%s: %q, want %q (%v)", in, got, want, err)
		}
	}
	for in, want := range map[string][]String{`["a",1]`: {"a", "1"}, `{"x":"a","y":2}`: {"a", "2"}, `"a"`: {"a"},
		`5`: {"5"}} {
		var l List[String]
		if err := json.Unmarshal([]byte(in), &l); err != nil || !slices.Equal(l, want) {
			t.Errorf("%s: %v %v", in, l, err)
		}
	}
}

func FuzzLenient(f *testing.F) {
	for _, s := range []string{`[{"id":1,"n":"2","d":"1,5","b":1,"l":[1]}]`, `{"a":{"id":null}}`, `{"id":"x"}`, `null`,
		`[[]]`, `{"a":1e99}`, "\xff", `{"d":1e-20}`} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		type item struct {
			ID String       `json:"id"`
			N  Int          `json:"n"`
			D  Number       `json:"d"`
			B  Bool         `json:"b"`
			L  List[String] `json:"l"`
		}
		var l List[item]
		if err := Decode(body, &l); err != nil {
			if model.KindOf(err) != model.KindOffline || !utf8.ValidString(err.Error()) ||
				strings.ContainsAny(err.Error(), "\x1b\n") {
				t.Fatalf("%q: %q", body, err)
			}
			return
		}
		for _, i := range l {
			if s := i.D.Money("").String(); len(s) > 80 {
				t.Fatalf("%q: an amount of %d characters", body, len(s))
			}
			if strings.ContainsAny(i.ID.Line(), "\x1b\n") {
				t.Fatalf("%q: %q", body, i.ID.Line())
			}
		}
		var again List[item]
		if bytes.Equal(body, []byte("null")) && (json.Unmarshal(body, &again) != nil || len(again) > 0) {
			t.Fatal("null is not empty")
		}
	})
}
