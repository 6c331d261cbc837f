package model

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Fold reduces text to what a search compares; both indexed text and queries are folded. It returns
// lower case in all scripts, plain letters for full-width and styled ones, Latin, Greek and
// Cyrillic letters without accents, е for ё, і for ї, у for ў, г for ґ (й stays й, however it was
// typed), no apostrophes or invisible characters, and single spaces for white space, with none at
// the ends.
//
// Fold(Fold(s)) == Fold(s). Lengths change: positions in folded text say nothing about the
// original.
func Fold(s string) string {
	if isFolded(s) {
		return s
	}
	if !strings.ContainsFunc(s, isComposed) {
		return foldDecomposed(s)
	}
	s = strings.ToValidUTF8(s, string(unicode.ReplacementChar)) // invalid bytes prevent decomposition
	// A standalone acute accent is an apostrophe here; decomposed it would be a space.
	s = strings.ReplaceAll(strings.ReplaceAll(s, "\u00b4", "'"), "\u1ffd", "'")
	// This recombines Korean syllables and the vowels of Indian scripts.
	return norm.NFC.String(foldDecomposed(norm.NFKD.String(s)))
}

// isComposed reports characters that may have to be decomposed: nearly all but those of plain
// English, Russian, Ukrainian and Greek, for which calling the library is a waste.
func isComposed(r rune) bool {
	switch {
	case r <= unicode.MaxASCII, r >= 'А' && r <= 'я', r >= 'α' && r <= 'ω':
		return false
	}
	return !strings.ContainsRune("Ёёієґ", r)
}

func foldDecomposed(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	last := rune(0) // held back: a breve after и still makes it й
	emit := func(r rune) {
		if last != 0 {
			b.WriteRune(last)
		}
		last = r
	}
	spaced := false
	for _, r := range s {
		if unicode.IsSpace(r) {
			spaced = true
			continue
		}
		if r == '\u0306' && last == 'и' && !spaced {
			last = 'й'
			continue
		}
		if isFoldedAway(r) {
			continue
		}
		if spaced && last != 0 {
			emit(' ')
		}
		spaced = false
		r = lower(r)
		plain, found := plainLetters[r]
		if !found {
			emit(r)
		}
		for _, one := range plain {
			emit(one)
		}
	}
	if last != 0 {
		b.WriteRune(last)
	}
	return b.String()
}

// isFolded reports whether s is already plain lower case: ASCII without apostrophes and the Russian
// letters.
func isFolded(s string) bool {
	previous := ' '
	for _, r := range s {
		switch {
		case r == ' ' && previous == ' ', r == '\'', r == '`':
			return false
		case r >= ' ' && r < 0x7f && (r < 'A' || r > 'Z'), r >= 'а' && r <= 'я':
		default:
			return false
		}
		previous = r
	}
	return s == "" || previous != ' '
}

// isFoldedAway reports characters that a search ignores: apostrophes, accents, controls, invisible
// ones.
func isFoldedAway(r rune) bool {
	switch r {
	case '\'', '`', '’', '‘', '‛', 'ʼ', 'ʹ', '′':
		return true
	}
	return unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || unicode.Is(accents, r)
}

// lower converts to upper case and back, so that final ς equals σ and the long ſ equals s.
// (cases.Fold of x/text turns Cherokee letters to and fro: folding twice would undo it.)
func lower(r rune) rune { return unicode.ToLower(unicode.ToUpper(r)) }

// accents are the combining marks of Latin, Greek and Cyrillic and the selectors of emoji. Marks of
// other scripts are vowels and stay, so it is not all of unicode.Mn.
var accents = &unicode.RangeTable{R16: []unicode.Range16{
	{Lo: 0x0300, Hi: 0x036f, Stride: 1}, {Lo: 0x0483, Hi: 0x0489, Stride: 1}, {Lo: 0x1ab0, Hi: 0x1aff, Stride: 1},
	{Lo: 0x1dc0, Hi: 0x1dff, Stride: 1}, {Lo: 0x20d0, Hi: 0x20ff, Stride: 1}, {Lo: 0xfe00, Hi: 0xfe0f, Stride: 1},
	{Lo: 0xfe20, Hi: 0xfe2f, Stride: 1},
}}

// plainLetters are the lower case letters that Unicode does not decompose, with what people type
// who do not have them on the keyboard.
var plainLetters = map[rune]string{
	'ß': "ss", 'æ': "ae", 'œ': "oe", 'ø': "o", 'đ': "d", 'ħ': "h", 'ı': "i", 'ł': "l", 'ŧ': "t", 'ґ': "г", 'ё': "е",
}
