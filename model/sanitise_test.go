package model

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
	"unsafe"
)

func TestHonestTextSurvivesSanitising(t *testing.T) {
	t.Parallel()
	for _, s := range []string{
		"", "plain", "Здравствуйте, Анна! Сегодня скидка 20 % на всё.", "две\nстроки\n\nи ещё",
		"👨‍👩‍👧‍👦 family", "🏳️‍🌈 ❤️ 👍🏽", "🏴\U000E0067\U000E0062\U000E0073\U000E0063\U000E0074\U000E007F!", "🏴‍☠️",
		"🇧🇾🇺🇦",
		"\u0438\u0306 и\u0306", "Việt Nam", "e\u0301", "می\u200cخواهم", "हिन्दी", "עברית", "日本語", "1️⃣", "ў Ў і ї ґ ё",
		"«quoted» – \u00a0100 €",
	} {
		if got := Sanitise(s); got != s {
			t.Errorf("%q became %q", s, got)
		}
	}
}

func TestHostileTextIsMadeHarmless(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, in, want string }{
		{"colour", "a\x1b[31mred\x1b[0mb", "aredb"},
		{"cursor", "a\x1b[2;5Hb\x1b[?25lc", "abc"},
		{"title by BEL", "a\x1b]0;evil\x07b", "ab"},
		{"title by ST", "a\x1b]0;evil\x1b\\b", "ab"},
		{"clipboard", "a\x1b]52;c;ZXZpbA==\x07b", "ab"},
		{"DCS", "a\x1bP1$r0m\x1b\\b", "ab"},
		{"APC", "a\x1b_evil\x1b\\b", "ab"},
		{"PM", "a\x1b^evil\x1b\\b", "ab"},
		{"SOS", "a\x1bXevil\x1b\\b", "ab"},
		{"8-bit CSI", "a\u009b31mb", "ab"},
		{"8-bit OSC", "a\u009d0;evil\u009cb", "ab"},
		{"8-bit DCS", "a\u0090evil\u009cb", "ab"},
		{"OSC cancelled", "a\x1b]0;evil\x18b", "ab"},
		{"reset", "a\x1bcb", "ab"},
		{"charset", "a\x1b(0b", "ab"},
		{"lone ESC at the end", "a\x1b", "a"},
		{"ESC before Cyrillic", "a\x1bб", "aб"},
		{"ESC before newline", "a\x1b\nb", "a\nb"},
		{"unfinished CSI", "a\x1b[31", "a"},
		{"CSI before Cyrillic", "a\x1b[31привет", "aпривет"},
		{"unfinished OSC", "a\x1b]0;привет, это текст", "a0;привет, это текст"},
		{"OSC ended far away", "a\x1b]" + strings.Repeat("x", 5000) + "\x07b", "a" + strings.Repeat("x", 5000) + "b"},
		{"unfinished OSC before another", "\x1b]0;a\x1b]0;b\x07c", "0;ac"},
		{"C0", "a\x00\x01\x08\x0b\x0c\x0eb", "ab"},
		{"DEL and C1", "a\x7f\u0085\u0080b", "ab"},
		{"CRLF and CR", "a\r\nb\rc\n\rd", "a\nb\nc\n\nd"},
		{"tab", "a\tb", "a    b"},
		{"bidi", "a\u202eb\u202cc\u2066d\u2069e\u200ef\u200fg\u061ch", "abcdefgh"},
		{"line separators", "a\u2028b\u2029c", "a\nb\nc"},
		{"zero width", "a\u200bb\u2060c\ufeffd\u00ade", "abcde"},
		{"BOM first", "\ufeffa", "a"},
		{"tags outside a flag", "a\U000E0041\U000E0042b", "ab"},
		{"tags without an end", "🏴\U000E0067\U000E0062", "🏴"},
		{"invalid UTF-8", "a\xffb\xc3", "a\ufffdb\ufffd"},
		{"raw 8-bit CSI", "a\x9b31mb", "a\ufffd31mb"},
		{"Zalgo", "a" + strings.Repeat("\u0301", 50) + "b", "a" + strings.Repeat("\u0301", 8) + "b"},
		{"mark without a base", "\u0301a\n\u0301b", "a\nb"},
		{"joiners in a row", "a\u200d\u200d\u200db", "a\u200db"},
		{"joiner at the end", "a\u200d\nb\u200d", "a\nb"},
		{"surrogate", "a\xed\xa0\x80b", "a\ufffd\ufffd\ufffdb"},
	} {
		if got := Sanitise(c.in); got != c.want {
			t.Errorf("%s: %q became %q, want %q", c.name, c.in, got, c.want)
		}
	}
}

func TestOneLineStaysOneLine(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"":                          "",
		"two\nlines":                "two lines",
		" a \r\n\t b\u2028\u2029c ": "a b c",
		"a\u00a0\u3000b":            "a b",
		"\n":                        "",
		"x\x1b]0;t\x07 \x1b[1m y":   "x y",
		"a\u200d\n b":               "a\u200d b",
		"👨‍👩‍👧 семья":               "👨‍👩‍👧 семья",
	} {
		if got := SanitiseLine(in); got != want {
			t.Errorf("%q became %q, want %q", in, got, want)
		}
	}
}

func TestLongTextIsCutOnACharacter(t *testing.T) {
	t.Parallel()
	for _, unit := range []string{"a", "я", "👨‍👩‍👧‍👦", "a\n", "\x1b[31mя", "🏴\U000E0067\U000E0062\U000E007F",
		"e\u0301 "} {
		for _, cut := range []func(string) string{Sanitise, SanitiseLine} {
			got := cut(strings.Repeat(unit, maxText+1))
			if len(got) > maxText || len(got) < maxText-64 || !strings.HasSuffix(got, "…") || !utf8.ValidString(got) {
				t.Errorf("%q repeated: %d bytes, ends %q", unit, len(got), got[len(got)-8:])
			}
			if cut(got) != got {
				t.Errorf("%q repeated: cut twice differs", unit)
			}
		}
	}
	if s := strings.Repeat("a", maxText); Sanitise(s) != s {
		t.Error("text of exactly maxText was cut")
	}
}

func TestCleanTextIsNotCopied(t *testing.T) {
	s := "Здравствуйте, Анна!\nСегодня 😀"
	if got := Sanitise(s); unsafe.StringData(got) != unsafe.StringData(s) {
		t.Error("clean text was copied")
	}
	if n := testing.AllocsPerRun(10, func() { _ = SanitiseLine("Здравствуйте, Анна!") }); n != 0 {
		t.Errorf("%v allocations for clean text", n)
	}
}

func FuzzSanitise(f *testing.F) {
	for _, s := range []string{
		"a\x1b[31mred\x1b[0m", "\x1b]0;evil\x07", "\u009b31m", "👨‍👩‍👧‍👦", "и\u0306", "a\r\nb", "\xff", "\x1b(\x1b",
		"🏴\U000E0067\U000E0062\U000E007F", "a\u200d\n\u0301", "\u2028\t\u202e", "a\u200d \u0301",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		text, line := Sanitise(s), SanitiseLine(s)
		if again := Sanitise(text); again != text {
			t.Fatalf("%q → %q → %q", s, text, again)
		}
		if again := SanitiseLine(line); again != line {
			t.Fatalf("line %q → %q → %q", s, line, again)
		}
		for _, out := range []string{text, line} {
			if len(out) > maxText || !utf8.ValidString(out) {
				t.Fatalf("%q → %q", s, out)
			}
			for _, r := range out {
				if unicode.IsControl(r) && (r != '\n' || out == line && line != text) ||
					unicode.Is(unicode.Bidi_Control, r) || r == '\u2028' || r == '\u2029' || r == '\ufeff' {
					t.Fatalf("%q → %q has %U", s, out, r)
				}
			}
		}
		if strings.Contains(line, "\n") || strings.Contains(line, "  ") || strings.TrimSpace(line) != line {
			t.Fatalf("line %q → %q", s, line)
		}
	})
}

func BenchmarkSanitiseClean(b *testing.B) {
	s := "Здравствуйте, Анна! Сегодня скидка 20 % на всё."
	for b.Loop() {
		_ = Sanitise(s)
	}
}
