package model

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// People write the same word in many ways: in Latin letters, as it sounds, with the ending of a
// neighbouring language, with a typo, in the wrong keyboard layout. Each way is reduced here to one
// spelling, so that a word need be listed only once.

// wordSet is a set of words, in the ways they are written.
type wordSet struct {
	plain, russian, greek, sound map[string]bool
	initials                     uint64 // of all of them, for a quick answer
}

// newWordSet reads a list of words. Those of fewer letters than least are recognised only as they
// are.
func newWordSet(list string, least int) wordSet {
	s := wordSet{map[string]bool{}, map[string]bool{}, map[string]bool{}, map[string]bool{}, 0}
	add := func(way map[string]bool, word string) {
		way[word] = true
		s.initials |= initial(word)
	}
	for _, w := range foldedWords(list) {
		add(s.plain, w)
		first, _ := utf8.DecodeRuneInString(w)
		letters := utf8.RuneCountInString(w)
		switch {
		case letters < least:
		case isGreek(first):
			add(s.greek, latinGreek(w))
		case unicode.Is(unicode.Cyrillic, first):
			add(s.russian, latinRussian(w))
			if letters >= leastSound {
				add(s.sound, soundOf(w))
			}
		}
	}
	return s
}

// initial gives the first letter of a word as one of 64 bits.
func initial(word string) uint64 {
	first, _ := utf8.DecodeRuneInString(word)
	return 1 << (first & 63)
}

// has reports whether a word of which the spellings are known is in the set.
func (s *wordSet) has(w word) bool {
	return s.initials&w.initials != 0 && (s.plain[w.folded] || w.latin != "" && s.russian[w.latin] ||
		w.greek != "" && s.greek[w.greek] || w.sound != "" && s.sound[w.sound])
}

func isLatin(word string) bool { return word != "" && word[0] < utf8.RuneSelf }

func isGreek(r rune) bool { return unicode.Is(unicode.Greek, r) }

var (
	russianLetters = strings.NewReplacer("а", "a", "б", "b", "в", "v", "г", "g", "д", "d", "е", "e", "ж", "zh", "з",
		"z", "и", "i", "й", "y", "к", "k", "л", "l", "м", "m", "н", "n", "о", "o", "п", "p", "р", "r", "с", "s", "т",
		"t",
		"у", "u", "ф", "f", "х", "h", "ц", "c", "ч", "ch", "ш", "sh", "щ", "sh", "ъ", "", "ы", "y", "ь", "", "э", "e",
		"ю", "yu", "я", "ya", "і", "i", "є", "e", "ł", "l")
	// manyRussianWays unifies the ways to write Russian in Latin letters.
	manyRussianWays = strings.NewReplacer("shch", "s", "sch", "s", "sh", "s", "zh", "z", "kh", "h", "tch", "c", "ch",
		"c", "ts", "c", "cz", "c", "sz", "s", "tz", "c", "ya", "a", "ja", "a", "ia", "a", "ie", "e", "yu", "u", "ju",
		"u",
		"iu", "u", "ye", "e", "je", "e", "yo", "o", "jo", "o", "x", "h", "w", "s", "q", "k", "j", "i", "y", "i", "-",
		"")
	// sounds are the spellings that sound alike, in Russian or to a neighbour.
	sounds = strings.NewReplacer("ться", "ца", "тся", "ца", "тс", "ц", "о", "а", "ы", "и", "э", "и", "е", "и", "і", "и",
		"є", "и", "ю", "у", "я", "а", "ь", "", "ъ", "")
	latinVowels  = strings.NewReplacer("o", "a", "e", "i")
	greekLetters = strings.NewReplacer("α", "a", "β", "v", "γ", "g", "δ", "d", "ε", "e", "ζ", "z", "η", "i", "θ", "th",
		"ι", "i", "κ", "k", "λ", "l", "μ", "m", "ν", "n", "ξ", "x", "ο", "o", "π", "p", "ρ", "r", "σ", "s", "ς", "s",
		"τ", "t", "υ", "y", "φ", "f", "χ", "x", "ψ", "ps", "ω", "o")
	manyGreekWays = strings.NewReplacer("ou", "u", "oy", "u", "ei", "i", "oi", "i", "ai", "e", "ks", "x", "ch", "x",
		"ph", "f", "th", "t", "8", "t", "9", "t", "3", "x", "4", "ps", "w", "o", "y", "i", "h", "i", "b", "v", "u", "i",
		"j", "x")
)

// latinRussian writes a word as Russian in Latin letters, however it was written.
func latinRussian(word string) string {
	return withoutDoubles(manyRussianWays.Replace(russianLetters.Replace(word)))
}

// latinWays gives the readings of a word in Latin letters: "ch" is ч or х, "w" is ш or в, "h" is х
// or г, "4" is ч and "6" is ш.
func latinWays(word string) []string {
	ways := []string{latinRussian(word)}
	for _, other := range otherReadings {
		if next := other.Replace(word); len(word) > 4 && next != word {
			ways = append(ways, latinRussian(next))
		}
	}
	return ways
}

var otherReadings = []*strings.Replacer{
	strings.NewReplacer("ch", "h", "4", "ch", "6", "sh"), strings.NewReplacer("w", "v"),
	strings.NewReplacer("ch", "ch", "sh", "sh", "zh", "zh", "kh", "kh", "cz", "cz", "sz", "sz", "h", "g"),
}

// latinGreek writes a word as Greek in Latin letters.
func latinGreek(word string) string {
	return withoutDoubles(manyGreekWays.Replace(greekLetters.Replace(word)))
}

func withoutDoubles(s string) string {
	var b strings.Builder
	before := rune(0)
	if !strings.ContainsFunc(s, func(r rune) bool { same := r == before; before = r; return same }) {
		return s
	}
	before = 0
	for _, r := range s {
		if r != before {
			b.WriteRune(r)
		}
		before = r
	}
	return b.String()
}

// soundOf writes a word as it sounds to a person who cannot spell: "атпишыти" is "отпишите". The
// endings of an imperative are the same in three languages: "уберіть", "убярыце".
func soundOf(word string) string {
	for _, ending := range imperatives {
		if stem, ok := strings.CutSuffix(word, ending[0]); ok {
			word = stem + ending[1]
			break
		}
	}
	return sounds.Replace(word)
}

var imperatives = [][2]string{{"іть", "ите"}, {"іте", "ите"}, {"ить", "ите"}, {"ыть", "ите"}, {"ыце", "ите"},
	{"іце", "ите"}, {"ице", "ите"}, {"ыця", "ите"}, {"іця", "ите"}, {"йце", "йте"}, {"йця", "йте"}, {"йть", "йте"}}

// nearWords are the long words in which a typo is forgiven, by their first two letters and by their
// last three: a typo changes one of these at most.
type nearWords map[string][][]rune

func (near nearWords) add(word string) {
	letters := []rune(word)
	start, end := nearKeys(letters)
	near[start] = append(near[start], letters)
	near[end] = append(near[end], letters)
}

func nearKeys(letters []rune) (start, end string) {
	return string(letters[:2]) + "…", string(letters[len(letters)-3:])
}

// of gives the words that a word of five letters or more may be with one typo.
func (near nearWords) of(word string) []string {
	var found []string
	letters := []rune(word)
	if len(letters) < leastTypo-1 {
		return nil
	}
	start, end := nearKeys(letters)
	for _, key := range []string{start, end} {
		for _, meant := range near[key] {
			if length := len(meant) - len(letters); length >= -1 && length <= 1 && oneTypo(letters, meant) {
				found = append(found, string(meant))
			}
		}
	}
	return found
}

// oneTypo reports whether two words differ by a letter that is missing or by one that is easily
// taken for the other, or whether two letters are swapped.
func oneTypo(x, y []rune) bool {
	for len(x) > 0 && len(y) > 0 && x[0] == y[0] {
		x, y = x[1:], y[1:]
	}
	for len(x) > 0 && len(y) > 0 && x[len(x)-1] == y[len(y)-1] {
		x, y = x[:len(x)-1], y[:len(y)-1]
	}
	switch {
	case len(x) == 1 && len(y) == 1:
		return mistaken(x[0], y[0])
	case len(x) == 2 && len(y) == 2:
		return x[0] == y[1] && x[1] == y[0]
	}
	return max(len(x), len(y)) <= 1
}

// alike are letters that people confuse.
var alike = strings.Fields(`аоеиыэяюуіє aeiouy αεηιουω бп вф гкх дт жшщ зсц чщц bp vf gk dt sz ck βπ`)

// mistaken reports whether one letter is easily typed for another.
func mistaken(x, y rune) bool {
	return touch(x, y) || slices.ContainsFunc(alike, func(letters string) bool {
		return strings.ContainsRune(letters, x) && strings.ContainsRune(letters, y)
	})
}

// slips gives the ways to miss one letter of a word: its neighbours in the row, or two letters
// swapped.
func slips(word string) []string {
	var all []string
	letters := []rune(word)
	for n, r := range letters {
		for _, next := range besideOnKeyboard(r) {
			all = append(all, string(letters[:n])+string(next)+string(letters[n+1:]))
		}
		if n > 0 {
			all = append(all, string(letters[:n-1])+string(r)+string(letters[n-1])+string(letters[n+1:]))
		}
	}
	return slices.DeleteFunc(all, func(s string) bool { return s == "atop" || s == "стол" })
}
