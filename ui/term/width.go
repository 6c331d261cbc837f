// Package term knows how text stands in a terminal: how wide it is, which graphemes are drawn alike
// everywhere, what takes the place of signs where there is no Unicode, and the colours of a theme.
package term

import (
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
)

// WidthOf is how many columns a drawn line takes, styles left out: ansi.StringWidth, without
// looking for grapheme clusters in a line whose characters stand alone. Nearly all lines are such,
// and measuring them is most of the work of a frame.
func WidthOf(s string) int {
	n := 0
	for i := 0; i < len(s); {
		switch c := s[i]; {
		case c >= ' ' && c <= '~':
			n++
			i++
		case c == '\x1b':
			length := styleLength(s[i:])
			if length == 0 {
				return ansi.StringWidth(s)
			}
			i += length
		default:
			size := loneLength(s[i:])
			if size == 0 {
				return ansi.StringWidth(s)
			}
			n++
			i += size
		}
	}
	return n
}

// Fits says that text without styles takes at most so many columns; false where only a closer look
// would tell.
func Fits(s string, columns int) bool {
	n := 0
	for i := 0; i < len(s); n++ {
		if c := s[i]; c >= ' ' && c <= '~' {
			i++
			continue
		}
		size := loneLength(s[i:])
		if size == 0 {
			return false
		}
		i += size
	}
	return n <= columns
}

// styleLength is the length of the colour sequence (ESC [ … m) that s begins with, 0 if it is
// another one.
func styleLength(s string) int {
	if len(s) < 2 || s[1] != '[' {
		return 0
	}
	for i := 2; i < len(s); i++ {
		switch c := s[i]; {
		case c == 'm':
			return i + 1
		case (c < '0' || c > '9') && c != ';':
			return 0
		}
	}
	return 0
}

// loneLength is the length in bytes of the character that s begins with if it takes one column and
// joins with none beside it unless that one is of another kind: letters of Latin and Cyrillic, and
// the program's own signs. It is 0 for all others.
func loneLength(s string) int {
	r, size := utf8.DecodeRuneInString(s)
	switch {
	case r >= 'À' && r <= 'ʯ', // letters of Latin
		r >= 'Ѐ' && r <= 'ҁ', r >= 'Ҋ' && r <= 'ԯ', // of Cyrillic, without what combines
		r == '«', r == '»', r >= '–' && r <= '—', r >= '‘' && r <= '”', r == '…', r == '№', r == '·', r == '\u00a0',
		r >= '─' && r <= '▟', r == '▸', r == '◆', r == '●', r == '•', r >= '↑' && r <= '→': // lines, bars and signs
		return size
	}
	return 0
}
