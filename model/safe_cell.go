package model

import (
	"strings"
	"unicode"
)

// WriteSafeCell makes a value safe for a spreadsheet. Where it begins with = + - @ or their
// full-width forms, blanks before it or not, an apostrophe is put in front, which a spreadsheet
// takes for "this is text". So it is after every character at which a spreadsheet may split the
// value, whatever separator its locale has: there the rest would become a cell of its own.
//
// A phone in E.164 ("+" and digits alone) stays as it is: it cannot be a formula, programs that
// read the export expect it plain, and an apostrophe would become part of the number wherever the
// file is not opened but imported. Quoting for CSV is left to encoding/csv.
func WriteSafeCell(s string) string {
	if s == "" || isE164(s) {
		return s
	}
	var b strings.Builder
	if strings.ContainsRune("\t\r\n", rune(s[0])) {
		b.WriteByte('\'')
	}
	begins := b.Len() == 0 // nothing but blanks since the beginning of a cell
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

// cellEnds are the characters at which a spreadsheet may begin another cell.
const cellEnds = ";,\t|\r\n"

// upTo gives what stands before the next end of a cell.
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
