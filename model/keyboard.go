package model

import (
	"slices"
	"unicode"
)

// keyRow is a row of keys as two layouts label them.
type keyRow struct{ latin, cyrillic string }

// letterRows returns the rows of a keyboard's letters on a Latin and on the Russian layout.
func letterRows() []keyRow {
	return []keyRow{
		{"qwertyuiop[]", "йцукенгшщзхъ"},
		{"asdfghjkl;'", "фывапролджэ"},
		{"zxcvbnm,.", "ячсмитьбю"},
	}
}

// shiftedRows returns what Cyrillic layouts type where letterRows has no entry: capital letters,
// Belarusian and Ukrainian letters, and the key of "/" and "?", which types "." and "," there.
func shiftedRows() []keyRow {
	return []keyRow{
		{"QWERTYUIOP{}", "ЙЦУКЕНГШЩЗХЪ"},
		{"ASDFGHJKL:\"", "ФЫВАПРОЛДЖЭ"},
		{"ZXCVBNM<>", "ЯЧСМИТЬБЮ"},
		{"ob]'\\", "ўіїєґ"},
		{"OB}\"", "ЎІЇЄ"},
		{"/?", ".,"},
	}
}

// LatinKey returns what a Latin layout types with the key with which a Cyrillic one types r. What
// no Cyrillic layout types is returned as it is.
func LatinKey(r rune) rune {
	for _, rows := range [][]keyRow{letterRows(), shiftedRows()} {
		for _, row := range rows {
			if at := slices.Index([]rune(row.cyrillic), r); at >= 0 {
				return []rune(row.latin)[at]
			}
		}
	}
	return r
}

// onOtherLayout returns the small letter's counterpart on the other layout, Latin or Russian; the
// result need not be a letter.
func onOtherLayout(letter rune) rune {
	for _, row := range letterRows() {
		latin, cyrillic := []rune(row.latin), []rune(row.cyrillic)
		if at := slices.Index(cyrillic, letter); at >= 0 {
			return latin[at]
		}
		if at := slices.Index(latin, letter); at >= 0 && unicode.IsLetter(letter) {
			return cyrillic[at]
		}
	}
	return letter
}

// besideOnKeyboard returns the letters to the left and to the right of one, on either layout.
func besideOnKeyboard(letter rune) []rune {
	for _, row := range letterRows() {
		for _, keys := range [][]rune{[]rune(row.latin), []rune(row.cyrillic)} {
			at := slices.Index(keys, letter)
			if at < 0 {
				continue
			}
			beside := slices.Concat(keys[max(0, at-1):at], keys[at+1:min(len(keys), at+2)])
			return slices.DeleteFunc(beside, func(r rune) bool { return !unicode.IsLetter(r) })
		}
	}
	return nil
}
