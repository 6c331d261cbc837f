package model

import (
	"strings"
	"unicode"
)

// writeSafeCell makes a value safe for a spreadsheet. If it begins with = + - @ or their full-width
// forms, with or without blanks before, it gets a leading apostrophe, which a spreadsheet takes for
// "this is text". The same is done after every character at which a spreadsheet may split the
// value, depending on its locale: the rest would become a separate cell.
//
// A phone in E.164 ("+" and digits only) stays as it is: it cannot be a formula, programs that read
// the export expect it plain, and an apostrophe would become part of the number if the file is
// imported instead of opened. Quoting for CSV is left to encoding/csv.
func writeSafeCell(s string) string {
	if s == "" || isE164(s) {
		return s
	}
	var b strings.Builder
	if strings.ContainsRune("\t\r\n", rune(s[0])) {
		b.WriteByte('\'')
	}
	begins := b.Len() == 0 // only blanks since the beginning of a cell
	for at, r := range s {
		switch {
		case begins && strings.ContainsRune("=+-@＝＋－＠", r):
			if !isE164(upTo(s[at:])) {
				b.WriteByte('\'')
			}
			begins = false
		case strings.ContainsRune(cellEnds, r):
			begins = at > 0 || b.Len() == 0
		case !unicode.IsSpace(r) && r != '"' && r != '\'':
			begins = false
		}
		b.WriteRune(r)
	}
	return b.String()
}

// cellEnds are the characters at which a spreadsheet may begin a new cell.
const cellEnds = ";,\t|\r\n"

// upTo returns the text before the next end of a cell.
func upTo(s string) string {
	if i := strings.IndexAny(s, cellEnds); i >= 0 {
		s = s[:i]
	}
	return strings.TrimSpace(s)
}

func isE164(s string) bool {
	digits, found := strings.CutPrefix(s, "+")
	return found && len(digits) >= minPhoneDigits && len(digits) <= maxPhoneDigits && digits[0] != '0' &&
		keepDigits(digits) == digits
}
