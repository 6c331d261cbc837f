package model

import (
	"strings"
	"testing"
	"unicode"
	"unsafe"
)

func TestFoldedTextIsWhatASearchCompares(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ in, want string }{
		{"", ""},
		{"Autumn Sale", "autumn sale"},
		{"ЁЛКА Ёлка елка", "елка елка елка"},
		{"е\u0308лка", "елка"},
		{"Їжак і ґанок", "іжак і ганок"},
		{"і\u0308жак", "іжак"},
		{"Ўсё", "усе"},
		{"у\u0306се", "усе"},
		{"Мой ЙОД", "мой йод"},
		{"мои\u0306", "мой"},
		{"МОИ\u0306", "мой"},
		{"и \u0306", "и"},
		{"за\u0301мок", "замок"},
		{"Façade Žižek ŁÓDŹ Øre", "facade zizek lodz ore"},
		{"cafe\u0301", "cafe"},
		{"Straße STRASSE ẞ", "strasse strasse ss"},
		{"Œuvre Æther ﬁn", "oeuvre aether fin"},
		{"ΆΝΝΑ Σίσυφος", "αννα σισυφοσ"},
		{"don't don’t об'єкт обʼєкт", "dont dont обєкт обєкт"},
		{"ＡＢＣ１２３", "abc123"},
		{"𝐒𝐓𝐎𝐏 𝟙𝟚", "stop 12"},
		{"  a \t\n b\u00a0\u3000c ", "a b c"},
		{"a\u200bb\u200dc\ufeff\u00ad", "abc"},
		{"İstanbul Iğdır", "istanbul igdir"},
		{"हिन्दी", "हिन्दी"},
		{"+375 29", "+375 29"},
		{"\xff", "\ufffd"},
		{"м² ½ ™ ①", "м2 1⁄2 tm 1"},
		{"ᾳ ᾼ", "α α"},
		{"don´t", "dont"},
		{"한국 한국 ガ", "한국 한국 ガ"},
	} {
		if got := Fold(c.in); got != c.want {
			t.Errorf("%q: got %q, want %q", c.in, got, c.want)
		}
	}
}

func TestFoldingAnyCharacterTwiceChangesNothing(t *testing.T) {
	t.Parallel()
	for r := rune(1); r <= unicode.MaxRune; r++ {
		once := Fold(string(r))
		if twice := Fold(once); twice != once {
			t.Fatalf("%U: %q then %q", r, once, twice)
		}
	}
}

func TestUpperAndLowerCaseFoldAlike(t *testing.T) {
	t.Parallel()
	for _, s := range []string{"ёлка їжак ўсё ґанок й", "žluťoučký kůň", "άννα", "straße", "ўсё й"} {
		if Fold(strings.ToUpper(s)) != Fold(s) {
			t.Errorf("%q: %q and %q", s, Fold(strings.ToUpper(s)), Fold(s))
		}
	}
}

func TestFoldedTextIsNotCopied(t *testing.T) {
	t.Parallel()
	s := "осенняя скидка 20 %"
	if got := Fold(s); unsafe.StringData(got) != unsafe.StringData(s) {
		t.Error("folded text was copied")
	}
}

func FuzzFold(f *testing.F) {
	for _, s := range []string{"Ёлка", "и'\u0306", "и\u0301\u0306", " a  b ", "ẞ", "İ", "\xff", "и\u200d\u0306", "\xf0ľ"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		once := Fold(s)
		if twice := Fold(once); twice != once {
			t.Fatalf("%q → %q → %q", s, once, twice)
		}
		if strings.TrimSpace(once) != once || strings.Contains(once, "  ") {
			t.Fatalf("%q → %q: white space", s, once)
		}
	})
}

func BenchmarkFold(b *testing.B) {
	s := "Здравствуйте, Анна! Сегодня скидка 20 % на всё."
	for b.Loop() {
		_ = Fold(s)
	}
}
