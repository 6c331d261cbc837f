package model

import "strings"

// Environment is the variables of the person at a terminal, each as NAME=value: those of this
// process, or those that an SSH client has sent. If a name occurs several times, the last one
// counts.
type Environment []string

// Get returns the value of a variable, "" if it is not set.
func (e Environment) Get(name string) string {
	for i := len(e) - 1; i >= 0; i-- {
		if key, value, _ := strings.Cut(e[i], "="); key == name {
			return value
		}
	}
	return ""
}

// With returns the environment with one more variable.
func (e Environment) With(name, value string) Environment {
	return append(e[:len(e):len(e)], name+"="+value)
}

// locale returns the locale of a category, such as LC_MESSAGES, and the variable that sets it; ""
// if none does.
func (e Environment) locale(category string) (name, locale string) {
	for _, name := range []string{"LC_ALL", category, "LANG"} {
		if locale := e.Get(name); locale != "" {
			return name, locale
		}
	}
	return "", ""
}

// Characters returns the locale that says which characters the terminal has, and the variable that
// sets it; "" if none does.
func (e Environment) Characters() (name, locale string) { return e.locale("LC_CTYPE") }

// HasUnicode reports whether the locale has Unicode. If no locale is set, it is assumed, since
// today's terminals support it.
func (e Environment) HasUnicode() bool {
	_, locale := e.Characters()
	return locale == "" || strings.Contains(strings.ReplaceAll(strings.ToLower(locale), "-", ""), "utf8")
}

// NoColor follows no-color.org: the variable counts if it is set to anything.
func (e Environment) NoColor() bool { return e.Get("NO_COLOR") != "" }

// OverSSH reports whether it belongs to an SSH session.
func (e Environment) OverSSH() bool { return e.Get("SSH_TTY") != "" || e.Get("SSH_CONNECTION") != "" }

// Language returns the language of the screens that suits the environment best: that of LC_ALL,
// else LC_MESSAGES, else LANG. A Belarusian locale gets Russian; one that is close to no language
// of the screens gets English.
func (e Environment) Language() Language {
	_, locale := e.locale("LC_MESSAGES")
	if locale == "" {
		return Languages()[0]
	}
	return closest(locale, Languages())
}

// SpreadsheetSeparator returns the cell separator that a spreadsheet expects in a CSV file: a
// semicolon if the locale uses the comma in numbers.
func (e Environment) SpreadsheetSeparator() rune {
	_, locale := e.locale("LC_NUMERIC")
	if usesComma(locale) {
		return ';'
	}
	return ','
}
