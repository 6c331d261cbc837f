// Package term knows how text appears in a terminal: its width, which graphemes look alike
// everywhere, replacements for signs where there is no Unicode, and the colours of a theme.
package term

import (
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
)

// WidthOf is how many columns a drawn line takes, without its styles: ansi.StringWidth, but without
// searching for grapheme clusters in a line of standalone characters. Nearly all lines are like
// that, and measuring them is most of the work of a frame.
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

// Fits reports whether text without styles takes at most the given number of columns; false if that
// takes a closer look.
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

// styleLength is the length of the colour sequence (ESC [ … m) at the beginning of s, 0 for any
// other sequence.
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

// loneLength is the length in bytes of the character at the beginning of s if it takes one column
// and does not join with its neighbours unless they are of another kind: Latin and Cyrillic
// letters, and the program's own signs. It is 0 for all others.
func loneLength(s string) int {
	r, size := utf8.DecodeRuneInString(s)
	switch {
	case r >= 'À' && r <= 'ʯ', // Latin letters
		r >= 'Ѐ' && r <= 'ҁ', r >= 'Ҋ' && r <= 'ԯ', // Cyrillic, without combining characters
		r == '«', r == '»', r >= '–' && r <= '—', r >= '‘' && r <= '”', r == '…', r == '№', r == '·', r == '\u00a0',
		r >= '─' && r <= '▟', r == '▸', r == '◆', r == '●', r == '•', r >= '↑' && r <= '→': // lines, bars and signs
		return size
	}
	return 0
}
