package model

import "strings"

// Language is a language of the screens, by its two letters. Logs, files and the command line speak
// English.
type Language string

// The languages of the screens.
const (
	English Language = "en"
	Russian Language = "ru"
)

// Languages lists the languages of the screens.
func Languages() []Language { return []Language{English, Russian} }

// LanguageOf gives the language an environment asks for: that of LC_ALL, else LC_MESSAGES, else
// LANG. English where they name none of ours.
func LanguageOf(env []string) Language {
	for _, name := range []string{"LC_ALL=", "LC_MESSAGES=", "LANG="} {
		for _, e := range env {
			if v, ok := strings.CutPrefix(e, name); ok && v != "" {
				if strings.HasPrefix(strings.ToLower(v), string(Russian)) {
					return Russian
				}
				return English
			}
		}
	}
	return English
}
