package model

import (
	"slices"
	"unicode"
)

// keyRow is a row of keys as three layouts label them.
type keyRow struct{ latin, cyrillic, greek string }

// letterRows returns the rows of a keyboard's letters on a Latin, the Russian and the Greek layout,
// where one key gives the next letter an accent.
func letterRows() []keyRow {
	return []keyRow{
		{"qwertyuiop[]", "йцукенгшщзхъ", ";ςερτυθιοπ[]"},
		{"asdfghjkl;'", "фывапролджэ", "ασδφγηξκλ\u0301'"},
		{"zxcvbnm,.", "ячсмитьбю", "ζχψωβνμ,."},
	}
}

// shiftedRows returns what Cyrillic layouts type where letterRows has no entry: capital letters,
// Belarusian and Ukrainian letters, and the key of "/" and "?", which types "." and "," there.
func shiftedRows() []keyRow {
	return []keyRow{
		{latin: "QWERTYUIOP{}", cyrillic: "ЙЦУКЕНГШЩЗХЪ"},
		{latin: "ASDFGHJKL:\"", cyrillic: "ФЫВАПРОЛДЖЭ"},
		{latin: "ZXCVBNM<>", cyrillic: "ЯЧСМИТЬБЮ"},
		{latin: "ob]'\\", cyrillic: "ўіїєґ"},
		{latin: "OB}\"", cyrillic: "ЎІЇЄ"},
		{latin: "/?", cyrillic: ".,"},
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

// otherLayouts returns a text as it was meant if it was typed on a Latin layout instead of the
// Russian or Greek one, or on the Russian one instead of a Latin one: "cnjg" for "стоп", character
// by character. A sign at the end of a word is either a letter or itself: "cgfcb,j.".
func otherLayouts(text string) []string {
	var all []string
	for _, pair := range [][2]func(keyRow) string{
		{keyRow.onLatin, keyRow.onCyrillic}, {keyRow.onLatin, keyRow.onGreek}, {keyRow.onCyrillic, keyRow.onLatin},
	} {
		written, spared := []rune(text), []rune(text)
		for n, r := range []rune(text) {
			for _, row := range letterRows() {
				at := slices.Index([]rune(pair[0](row)), unicode.ToLower(r))
				if at < 0 {
					continue
				}
				written[n] = []rune(pair[1](row))[at]
				if unicode.IsLetter(r) || n+1 < len(written) && unicode.IsLetter(spared[n+1]) {
					spared[n] = written[n]
				}
			}
		}
		all = append(all, string(written))
		if !slices.Equal(written, spared) {
			all = append(all, string(spared))
		}
	}
	return all
}

func (row keyRow) onLatin() string    { return row.latin }
func (row keyRow) onCyrillic() string { return row.cyrillic }
func (row keyRow) onGreek() string    { return row.greek }

// besideOnKeyboard returns the letters to the left and to the right of one, on each layout.
func besideOnKeyboard(letter rune) []rune {
	for _, row := range letterRows() {
		for _, keys := range [][]rune{[]rune(row.latin), []rune(row.cyrillic), []rune(row.greek)} {
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

// touch reports whether the keys of two letters touch on any layout.
func touch(x, y rune) bool {
	rows := letterRows()
	for n, row := range rows {
		for _, layout := range []func(keyRow) string{keyRow.onLatin, keyRow.onCyrillic, keyRow.onGreek} {
			at := slices.Index([]rune(layout(row)), x)
			if at < 0 {
				continue
			}
			for _, near := range rows[max(n-1, 0):min(n+2, len(rows))] {
				keys := []rune(layout(near))
				if slices.Contains(keys[min(max(at-1, 0), len(keys)):min(at+2, len(keys))], y) {
					return true
				}
			}
		}
	}
	return false
}
