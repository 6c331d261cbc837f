package ui

import (
	"maps"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"viberdeck/model"
	"viberdeck/ui/lang"
)

func TestATranslationHasTheGapsOfItsSentence(t *testing.T) {
	t.Parallel()
	russian := lang.LanguageOf(model.Russian)
	// Quoted English text need not be in the translation.
	alike := strings.NewReplacer("q", "s")
	for english, own := range russian.Texts {
		if alike.Replace(gaps(english)) != alike.Replace(gaps(own)) {
			t.Errorf("%q has the gaps %s, its translation %q has %s", english, gaps(english), own, gaps(own))
		}
	}
}

// gaps returns the verbs of a format in the order of their arguments.
func gaps(format string) string {
	found := gapOf.FindAllStringSubmatch(strings.ReplaceAll(format, "%%", ""), -1)
	byArgument := map[int]string{}
	at := 0
	for _, verb := range found {
		at++
		if number, err := strconv.Atoi(verb[2]); err == nil {
			at = number
		}
		byArgument[at] = verb[4]
	}
	var all []string
	for _, at := range slices.Sorted(maps.Keys(byArgument)) {
		all = append(all, byArgument[at])
	}
	return strings.Join(all, " ")
}

func TestARussianCountTakesOneOfThreeForms(t *testing.T) {
	t.Parallel()
	russian := lang.LanguageOf(model.Russian)
	for n, want := range map[int64]string{0: "строк", 1: "строка", 2: "строки", 4: "строки", 5: "строк", 11: "строк",
		12: "строк", 14: "строк", 21: "строка", 22: "строки", 25: "строк", 101: "строка",
		111: "строк", 1012: "строк", 1_000_001: "строка"} {
		if got := russian.Plural(n, "row", "rows"); got != lang.Count(n)+" "+want {
			t.Errorf("%d is counted as %q, want %q", n, got, want)
		}
	}
}

func BenchmarkLoadTheRussianTable(b *testing.B) {
	table, err := os.ReadFile("lang/messages/ru.po")
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		lang.ReadLanguage(table)
	}
}

func TestScreensOfOneLanguageShareItsTable(t *testing.T) {
	t.Parallel()
	if first, next := lang.LanguageOf(model.Russian), lang.LanguageOf(model.Russian); first == nil || first != next {
		t.Error("each session of a server keeps thousands of sentences of its own")
	}
	if lang.LanguageOf(model.English) != nil || lang.LanguageOf("xx") != nil {
		t.Error("a language without a table has one")
	}
}

func TestAFigureThatHasNoRoomIsRoundedAndNeverCut(t *testing.T) {
	t.Parallel()
	var english *lang.Language
	for n, want := range map[int64]string{0: "0", 999_999: "999 999", 1_000_000: "1 M", 1_234_567: "1.23 M",
		12_345_678: "12.3 M", 123_456_789: "123 M"} {
		if got := english.TightFigure(model.Known(n)); got != want {
			t.Errorf("%d is written %q, want %q", n, got, want)
		}
	}
	if got := lang.LanguageOf(model.Russian).TightFigure(model.Known(1_234_567)); got != "1,23 M" {
		t.Errorf("in Russian %q", got)
	}
	if got := english.TightFigure(model.Figure{}); got != "—" {
		t.Errorf("an unknown one is %q", got)
	}
}

func TestATimeOfAnotherYearIsItsDayInANarrowColumn(t *testing.T) {
	t.Parallel()
	drive(t, 80, 24, nil, func(d *driver) {
		for at, want := range map[time.Time]string{
			start.AddDate(-1, 0, 0): "3 Feb 2025", start.AddDate(0, 0, -1): "2 Feb 12:00", {}: ""} {
			if got := d.root.d.Day(at); got != want {
				t.Errorf("%v is written %q, want %q", at, got, want)
			}
		}
	})
}
