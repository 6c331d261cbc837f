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

// LanguageOf gives the language of the screens that suits an environment best: that of LC_ALL, else
// LC_MESSAGES, else LANG. A Belarusian locale gets Russian; one that is close to no language of the
// screens gets English.
func LanguageOf(env []string) Language {
	for _, name := range []string{"LC_ALL=", "LC_MESSAGES=", "LANG="} {
		for _, e := range env {
			if locale, ok := strings.CutPrefix(e, name); ok && locale != "" {
				return closest(locale, Languages())
			}
		}
	}
	return Languages()[0]
}

// closest gives the language that speakers of a locale, such as ru_BY.UTF-8, understand best among
// the given ones, and the first if none is close.
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
