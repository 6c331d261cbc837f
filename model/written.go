package model

import (
	"strings"
	"unicode/utf8"
)

// What people write with replies, phones and views, and their names. The command line, the screens
// and the cache share these rules.

const (
	// longestLabel is how many characters a label may have.
	longestLabel = 40
	// longestViewName is how many characters a view's name may have.
	longestViewName = 40
)

// Label returns a label of replies as it is stored: 1 to 40 characters of plain text in one line.
// Spaces inside it are allowed; surrounding ones are removed.
func Label(s string) (string, error) {
	s = strings.TrimSpace(SanitiseLine(s))
	if !shortName(s, longestLabel) {
		return "", Invalid("label", "a label has 1 to %d characters", longestLabel)
	}
	return s, nil
}

// NoteText returns a note on a reply as it is stored: plain text of any number of lines, without
// surrounding blanks.
func NoteText(s string) (string, error) {
	if s = strings.TrimSpace(Sanitise(s)); s == "" {
		return "", Invalid("note", "the note is empty")
	}
	return s, nil
}

// Reason returns a reason as it is stored: plain text in one line, without surrounding blanks. It
// is "" and an error if there is none.
func Reason(s string) (string, error) {
	if s = strings.TrimSpace(SanitiseLine(s)); s == "" {
		return "", Invalid("reason", "say why")
	}
	return s, nil
}

// longestOperator is how many characters an operator's name may have: it appears in status lines,
// lists and logs, and a login elsewhere may be of any length.
const longestOperator = 64

// OperatorName returns who is at the keys: the first of the names that is one, as one line of plain
// text, and the beginning of one that is too long.
func OperatorName(names ...string) string {
	for _, name := range names {
		if len(name) > 8*longestOperator { // what is not shown need not be read
			name = name[:8*longestOperator]
		}
		name = strings.TrimSpace(SanitiseLine(name))
		if letters := []rune(name); len(letters) > longestOperator {
			name = strings.TrimSpace(string(letters[:longestOperator]))
		}
		if name != "" {
			return name
		}
	}
	return "operator"
}

// shortName reports whether a name has 1 to most characters of plain text in one line.
func shortName(s string, most int) bool {
	n := utf8.RuneCountInString(s)
	return n > 0 && n <= most && s == SanitiseLine(s)
}
