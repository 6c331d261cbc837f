package model

import (
	"strings"

	"golang.org/x/text/language"
)

// Language is a language of the screens, by its two letters. Logs, files and the command line speak
// English.
type Language string

// The languages of the screens.
const (
	English Language = "en"
	Russian Language = "ru"
)

// Languages lists the languages of the screens, the one for those who speak none of them first. A
// new one is a row here and a table in ui/lang/messages.
func Languages() []Language { return []Language{English, Russian} }

// LanguageOf gives the language of the screens that suits an environment best: that of LC_ALL, else
// LC_MESSAGES, else LANG. A Belarusian locale gets Russian, one that is close to none of ours
// English.
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

// closest gives the one of some languages that speakers of a locale, such as ru_BY.UTF-8,
// understand best, and the first where none is close.
func closest(locale string, among []Language) Language {
	locale, _, _ = strings.Cut(locale, ".")
	locale, _, _ = strings.Cut(locale, "@")
	wanted, err := language.Parse(strings.ReplaceAll(locale, "_", "-"))
	if err != nil {
		return among[0] // C, POSIX and what is misspelled
	}
	tags := make([]language.Tag, len(among))
	for i, l := range among {
		tags[i] = language.Make(string(l))
	}
	_, at, _ := language.NewMatcher(tags).Match(wanted)
	return among[at]
}
