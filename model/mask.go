package model

import (
	"slices"
	"strings"
	"unicode"
)

// Limits of what counts as a phone inside a text.
const (
	leastMaskedDigits = 9 // fewer are a price, a date or a room, unless written like a local phone
	mostMaskedGroups  = 8 // "+ 3 7 5 29 111 11 11" has this many
)

// MaskPhones hides the phones in a text as Masked does for a single phone, in their original
// spelling: "8 029 111-11-11" becomes "8 029 ***-**-11". A number without "+" is read as one of
// defaultCountry or as a full international one. Dates and amounts of money stay.
func MaskPhones(text, defaultCountry string) string {
	if strings.IndexFunc(text, isDigit) < 0 {
		return text
	}
	runes := []rune(text)
	for i := nextNumber(runes, 0); i < len(runes); i = nextNumber(runes, i) {
		i = maskGroups(runes, digitGroups(runes, i), defaultCountry)
	}
	return string(runes)
}

func isDigit(r rune) bool {
	_, ok := digitValue(r)
	return ok
}

// nextNumber returns where the next number begins, or the length of the text if there is none.
func nextNumber(runes []rune, from int) int {
	for i := from; i < len(runes); i++ {
		if isDigit(runes[i]) {
			return i
		}
	}
	return len(runes)
}

// group is a run of digits in a text: [from, to).
type group struct{ from, to int }

// digitGroups returns the runs of digits that together may make one phone, beginning with the one
// at i.
func digitGroups(runes []rune, i int) []group {
	var groups []group
	for len(groups) < mostMaskedGroups && i < len(runes) && isDigit(runes[i]) {
		g := group{from: i}
		for i < len(runes) && isDigit(runes[i]) {
			i++
		}
		g.to = i
		groups = append(groups, g)
		for i < len(runes) && i < g.to+3 && joinsDigits(runes[i]) {
			i++
		}
	}
	return groups
}

// joinsDigits reports whether a sign may occur between the digits of one phone.
func joinsDigits(r rune) bool {
	return strings.ContainsRune("()[].-/‐‑‒–—−·", r) || r != '\n' && unicode.IsSpace(r) || unicode.Is(unicode.Cf, r)
}

// maskGroups hides the longest phone that the groups begin with, and returns where the search
// continues.
func maskGroups(runes []rune, groups []group, country string) int {
	first := groups[0]
	switch {
	case isDate(runes, groups):
		return groups[2].to
	case isAmount(runes, groups):
		return groups[len(groups)-1].to
	}
	begin := first.from
	if before := strings.TrimRight(string(runes[max(0, begin-2):begin]), "( "); strings.HasSuffix(before, "+") ||
		strings.HasSuffix(before, "＋") {
		begin = max(0, begin-2)
	}
	plus := begin < first.from
	for n := len(groups); n > 0; n-- {
		to := groups[n-1].to
		digits := countDigits(groups[:n])
		if digits < leastMaskedDigits || digits > maxPhoneDigits+2 {
			continue
		}
		spelling := string(runes[first.from:to])
		if plus {
			spelling = "+" + spelling
		}
		if phone, err := ParsePhone(spelling, country); err == nil {
			hide(runes, groups[:n], strings.Count(phone.Masked(), "*"))
			return to
		}
	}
	if isLocal(runes, groups) || plus && countDigits(groups) >= leastMaskedDigits {
		hide(runes, groups, 5)
		return groups[len(groups)-1].to
	}
	return first.to
}

// hide replaces the given number of digits before the last two by stars.
func hide(runes []rune, groups []group, stars int) {
	nth := 0
	for _, g := range slices.Backward(groups) {
		for i := g.to - 1; i >= g.from; i-- {
			if nth++; nth > 2 && nth <= 2+stars {
				runes[i] = '*'
			}
		}
	}
}

func countDigits(groups []group) int {
	n := 0
	for _, g := range groups {
		n += g.to - g.from
	}
	return n
}

// sizes reports whether the first groups have the given numbers of digits, with the sign between
// them.
func sizes(runes []rune, groups []group, between string, want ...int) bool {
	if len(groups) < len(want) {
		return false
	}
	for i, n := range want {
		g := groups[i]
		if g.to-g.from != n || i > 0 && string(runes[groups[i-1].to:g.from]) != between {
			return false
		}
	}
	return true
}

// isDate reports whether the groups begin with a date: 2026-12-01, 01.12.2026.
func isDate(runes []rune, groups []group) bool {
	return sizes(runes, groups, "-", 4, 2, 2) || sizes(runes, groups, ".", 2, 2, 4) ||
		sizes(runes, groups, "/", 2, 2, 4)
}

// isAmount reports whether the groups are a number of at most nine digits, grouped in thousands:
// 120 000, 1 240 000.
func isAmount(runes []rune, groups []group) bool {
	if len(groups) < 2 || countDigits(groups) > 9 || groups[0].to-groups[0].from > 3 {
		return false
	}
	for i, g := range groups[1:] {
		if g.to-g.from != 3 || g.from-groups[i].to != 1 || !unicode.IsSpace(runes[groups[i].to]) {
			return false
		}
	}
	return true
}

// isLocal reports whether the groups are a phone without its area code, as people write it:
// 111-11-11.
func isLocal(runes []rune, groups []group) bool {
	return len(groups) == 3 && sizes(runes, groups, "-", 3, 2, 2)
}
