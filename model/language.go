package model

import (
	"strings"

	"golang.org/x/text/language"
)

// Language is a language of the screens, by its two-letter code. Logs, files and the command line
// are in English.
type Language string

// The languages of the screens.
const (
	English Language = "en"
	Russian Language = "ru"
)

// Languages lists the languages of the screens, beginning with the default. A new one needs a row
// here and a table in ui/lang/messages.
func Languages() []Language { return []Language{English, Russian} }

// closest returns the language that speakers of a locale, such as ru_BY.UTF-8, understand best
// among the given ones, and the first if none is close.
func closest(locale string, among []Language) Language {
	locale, _, _ = strings.Cut(locale, ".")
	locale, _, _ = strings.Cut(locale, "@")
	wanted, err := language.Parse(strings.ReplaceAll(locale, "_", "-"))
	if err != nil {
		return among[0] // C, POSIX and misspelled ones
	}
	tags := make([]language.Tag, len(among))
	for i, l := range among {
		tags[i] = language.Make(string(l))
	}
	_, at, _ := language.NewMatcher(tags).Match(wanted)
	return among[at]
}
