package model

import (
	"errors"
	"maps"
	"slices"
	"strings"
	"testing"
)

func mustTemplate(t *testing.T, s string) Template {
	t.Helper()
	template, err := ParseTemplate(s)
	if err != nil {
		t.Fatalf("%q: %v", s, err)
	}
	return template
}

func TestARowIsPutIntoTheText(t *testing.T) {
	t.Parallel()
	row := map[string]string{"name": "Анна", " City ": " Minsk ", "empty": " ", "Имя": "Ольга", "braces": "{{name}}"}
	for _, c := range []struct {
		in, want string
		missing  []string
	}{
		{"", "", nil},
		{"plain } } {", "plain } } {", nil},
		{"Hello {{name}}!", "Hello Анна!", nil},
		{"{{ NAME }} {{city}}", "Анна Minsk", nil},
		{"{{name|friend}} {{nick|friend}}", "Анна friend", nil},
		{"{{empty|guest}}", "guest", nil},
		{"{{имя|друг}} {{ИМЯ}} {{город|наш город}}", "Ольга Ольга наш город", nil},
		{"{{empty}}-{{nick}}-{{Nick}}", "--", []string{"empty", "nick"}},
		{"{{nick|}}!", "!", nil},
		{"{{nick|a|b}}", "a|b", nil},
		{"{{nick| dear guest }}.", "dear guest.", nil},
		{`\{{name}} {{name}}`, "{{name}} Анна", nil},
		{`a\b \{ {`, `a\b \{ {`, nil},
		{"}} {{name}}", "}} Анна", nil},
		{"{{braces}}", "{{name}}", nil},
		{"{ {name} }", "{ {name} }", nil},
		{"строка\n{{name}}\n", "строка\nАнна\n", nil},
	} {
		got, missing := mustTemplate(t, c.in).Render(row)
		if got != c.want || !slices.Equal(missing, c.missing) {
			t.Errorf("%q: got %q, missing %q", c.in, got, missing)
		}
	}
}

func TestABrokenTemplateNamesThePlace(t *testing.T) {
	t.Parallel()
	for in, says := range map[string]string{
		"Привет {{name":   "character 8 is not closed",
		"{{":              "character 1 is not closed",
		"{{a {{b}}":       "character 1 is not closed",
		"{{a}} {{b}":      "character 7 is not closed",
		"ab{{}}":          "character 3 names no column",
		"{{ |friend}}":    "character 1 names no column",
		`\{{a}} {{  }}`:   "character 8 names no column",
		"{{name}} {{ | }": "character 10 is not closed",
	} {
		_, err := ParseTemplate(in)
		var e *Error
		if !errors.As(err, &e) || e.Kind != KindInvalid || e.Field != "text" ||
			!strings.Contains(e.Text.String(), says) {
			t.Errorf("%q: %v, want %q", in, err, says)
		}
	}
}

func TestATemplateNamesItsColumns(t *testing.T) {
	t.Parallel()
	template := mustTemplate(t, "{{name}} {{City|your town}} {{NAME|friend}} {{city|x}} {{code}}")
	if got := template.Columns(); !slices.Equal(got, []string{"name", "City", "code"}) {
		t.Errorf("columns %q", got)
	}
	if got := template.Fallbacks(); !maps.Equal(got, map[string]string{"name": "friend", "City": "your town"}) {
		t.Errorf("fallbacks %q", got)
	}
	if template.Plain() || !mustTemplate(t, `plain \{{x}}`).Plain() || !(Template{}).Plain() {
		t.Error("plain is told wrong")
	}
}

func TestATemplateIsWrittenInAVendorsOwnForm(t *testing.T) {
	t.Parallel()
	got := mustTemplate(t, `\{{ Hi {{name|friend}}, {{code}}`).Encode(func(column, fallback string) string {
		return "%" + column + ":" + fallback + "%"
	})
	if want := "{{ Hi %name:friend%, %code:%"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// written writes a template as ParseTemplate reads it. Spaces keep a brace that belongs to a name
// or to a fallback away from the braces around it.
func written(t Template) string {
	var b strings.Builder
	for _, p := range t.parts {
		switch {
		case p.column == "":
			b.WriteString(strings.ReplaceAll(p.text, "{{", `\{{`))
		case p.hasFallback:
			b.WriteString("{{ " + p.column + " | " + p.fallback + " }}")
		default:
			b.WriteString("{{ " + p.column + " }}")
		}
	}
	return b.String()
}

func FuzzTemplate(f *testing.F) {
	for _, s := range []string{"Hello {{name|friend}}", `\{{x}}`, "{{", "{{a|}}", "{{{a}}}", `{\{{`, "{{a}}}}",
		`{\{{b}}`, "{{} }}", "{{a| } }}"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		template, err := ParseTemplate(s)
		if err != nil {
			return
		}
		text, missing := template.Render(map[string]string{"a": "1"})
		again, err := ParseTemplate(written(template))
		if err != nil {
			t.Fatalf("%q → %q: %v", s, written(template), err)
		}
		if text2, missing2 := again.Render(map[string]string{"a": "1"}); text2 != text ||
			!slices.Equal(missing, missing2) {
			t.Fatalf("%q → %q: %q and %q", s, written(template), text, text2)
		}
		if template.Plain() && len(missing) > 0 {
			t.Fatalf("%q: plain, but misses %q", s, missing)
		}
	})
}
