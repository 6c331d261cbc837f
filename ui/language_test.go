package ui

import (
	"maps"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"viberdeck/model"
)

func TestATranslationHasTheGapsOfItsSentence(t *testing.T) {
	t.Parallel()
	russian := newLanguage(model.Russian)
	for _, english := range slices.Sorted(maps.Keys(russian.texts)) {
		own := russian.texts[english]
		if gaps(english) != gaps(own) {
			t.Errorf("%q has the gaps %s, its translation %q has %s", english, gaps(english), own, gaps(own))
		}
	}
	for _, english := range slices.Sorted(maps.Keys(russian.inside["sentence"])) {
		// A quoted word of ours loses its quotes, and what is put in is text by then.
		own, plain := russian.inside["sentence"][english], strings.NewReplacer("q", "s", "d", "s", "v", "s", "w", "s")
		if plain.Replace(gaps(english)) != plain.Replace(gaps(own)) {
			t.Errorf("%q has the gaps %s, its translation %q has %s", english, gaps(english), own, gaps(own))
		}
	}
}

// gaps gives the verbs of a format in the order of their arguments.
func gaps(format string) string {
	found := verbs.FindAllString(strings.ReplaceAll(format, "%%", ""), -1)
	byArgument := map[int]string{}
	for i, verb := range found {
		at := i + 1
		if number, rest, ok := strings.Cut(strings.TrimPrefix(verb, "%["), "]"); ok {
			at, _ = strconv.Atoi(number)
			verb = "%" + rest
		}
		byArgument[at] = verb
	}
	var all []string
	for _, at := range slices.Sorted(maps.Keys(byArgument)) {
		all = append(all, byArgument[at])
	}
	return strings.Join(all, " ")
}

func TestARussianCountTakesOneOfThreeForms(t *testing.T) {
	t.Parallel()
	for n, want := range map[int64]int{0: 2, 1: 0, 2: 1, 4: 1, 5: 2, 11: 2, 12: 2, 14: 2, 21: 0, 22: 1, 25: 2, 101: 0,
		111: 2, 1012: 2, 1_000_001: 0} {
		if got := russianForm(n); got != want {
			t.Errorf("%d takes form %d, want %d", n, got, want)
		}
	}
}

func TestAFinishedSentenceIsRecognisedByItsPattern(t *testing.T) {
	t.Parallel()
	l := &language{texts: map[string]string{"it is missing": "не указано"}, inside: map[string]map[string]string{
		"field": {"name": "название"}, "sentence": {"image": "картинка"}}}
	for english, own := range map[string]string{
		"%d characters, the limit is %d":             "знаков: %d, допустимо не больше %d",
		"%s cannot send %s; it sends %s":             "%[2]s через %[1]s не отправить; можно: %[3]s",
		"%s is outside %s in steps of %s":            "%s вне пределов %s с шагом %s",
		"nobody answered: %s":                        "никто не ответил: %s",
		"%s (the vendor says: %s)":                   "%s (вендор сообщает: %s)",
		"the text asks for {{%s}}, which nobody has": "в тексте есть {{%s}}, а такого столбца нет",
	} {
		l.inside["sentence"][english] = own
	}
	l.learn()
	for english, want := range map[string]string{
		"1001 characters, the limit is 1000":                "знаков: 1001, допустимо не больше 1000",
		"wooxy cannot send image; it sends template":        "картинка через wooxy не отправить; можно: template",
		"name: it is missing":                               "название: не указано",
		"name: 31 characters, the limit is 30":              "название: знаков: 31, допустимо не больше 30",
		"nobody answered: it is missing":                    "никто не ответил: не указано",
		"it is missing (the vendor says: name is required)": "не указано (вендор сообщает: name is required)",
		"the text asks for {{code}}, which nobody has":      "в тексте есть {{code}}, а такого столбца нет",
		"Something a vendor wrote: 100% sure":               "Something a vendor wrote: 100% sure",
		"":                                                  "",
	} {
		if got := l.sentence(english); got != want {
			t.Errorf("%q is shown as %q, want %q", english, got, want)
		}
	}
	if got := (*language)(nil).sentence("it is missing"); got != "it is missing" {
		t.Errorf("English is shown as %q", got)
	}
}

func BenchmarkLoadTheRussianTable(b *testing.B) {
	for b.Loop() {
		newLanguage(model.Russian)
	}
}

func TestAFigureThatHasNoRoomIsRoundedAndNeverCut(t *testing.T) {
	t.Parallel()
	var english *language
	for n, want := range map[int64]string{0: "0", 999_999: "999 999", 1_000_000: "1 M", 1_234_567: "1.23 M",
		12_345_678: "12.3 M", 123_456_789: "123 M"} {
		if got := english.tightFigure(model.Known(n)); got != want {
			t.Errorf("%d is written %q, want %q", n, got, want)
		}
	}
	if got := newLanguage(model.Russian).tightFigure(model.Known(1_234_567)); got != "1,23 M" {
		t.Errorf("in Russian %q", got)
	}
	if got := english.tightFigure(model.Figure{}); got != "—" {
		t.Errorf("an unknown one is %q", got)
	}
}

func TestATimeOfAnotherYearIsItsDayInANarrowColumn(t *testing.T) {
	t.Parallel()
	drive(t, 80, 24, nil, func(d *driver) {
		for at, want := range map[time.Time]string{
			start.AddDate(-1, 0, 0): "3 Feb 2025", start.AddDate(0, 0, -1): "2 Feb 12:00", {}: ""} {
			if got := d.root.d.day(at); got != want {
				t.Errorf("%v is written %q, want %q", at, got, want)
			}
		}
	})
}
