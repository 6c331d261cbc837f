package model

import (
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// People write the same word in many ways: in Latin letters, as it sounds, with the ending of a
// neighbouring language, with a typo, in the wrong keyboard layout. Each way is reduced here to one
// spelling, so that a word need be listed only once.

// wordSet is a set of words, in the ways they are written, which are worked out when the set is
// first asked: most commands recognise no opt-out.
type wordSet struct {
	list  string
	least int // a word of fewer letters is recognised only as it is
	read  sync.Once

	plain, russian, greek, sound map[string]bool
	initials                     uint64 // of all of them, for a quick answer
}

func newWordSet(list string, least int) *wordSet { return &wordSet{list: list, least: least} }

func (s *wordSet) spellOut() {
	s.plain, s.russian, s.greek, s.sound = map[string]bool{}, map[string]bool{}, map[string]bool{}, map[string]bool{}
	add := func(way map[string]bool, word string) {
		way[word] = true
		s.initials |= initial(word)
	}
	for _, w := range foldedWords(s.list) {
		add(s.plain, w)
		first, _ := utf8.DecodeRuneInString(w)
		letters := utf8.RuneCountInString(w)
		switch {
		case letters < s.least:
		case isGreek(first):
			add(s.greek, latinGreek(w))
		case unicode.Is(unicode.Cyrillic, first):
			add(s.russian, latinRussian(w))
			if letters > leastSound {
				add(s.sound, soundOf(w))
			}
		}
	}
}

// words returns the words as they are listed.
func (s *wordSet) words() map[string]bool {
	s.read.Do(s.spellOut)
	return s.plain
}

// initial returns the first letter of a word as one of 64 bits.
func initial(word string) uint64 {
	first, _ := utf8.DecodeRuneInString(word)
	return 1 << (first & 63)
}

// spellings are the ways in which a word is looked up.
type spellings struct {
	folded   string   // Fold, in letters of one alphabet if two were mixed
	latin    []string // as latinRussian writes it, in each reading, if in Latin letters
	greek    []string // as latinGreek writes it, if in Latin or Greek letters
	sound    string   // as soundOf writes it, if Cyrillic
	initials uint64   // the first letters of all
}

func spell(folded string) spellings {
	s := spellings{folded: folded, initials: initial(folded)}
	first, _ := utf8.DecodeRuneInString(folded)
	switch {
	case folded == "": // a lone accent folds to nothing
	case isEnglish(folded):
		s.latin, s.greek = []string{folded}, []string{folded}
	case first < utf8.RuneSelf:
		s.latin, s.greek = readings(folded, latinRussian, russianReadings), readings(folded, latinGreek, greekReadings)
	case isGreek(first):
		s.greek = []string{latinGreek(folded)}
	default:
		s.sound = soundOf(folded)
	}
	for _, way := range slices.Concat(s.latin, s.greek, []string{s.sound}) {
		if way != "" {
			s.initials |= initial(way)
		}
	}
	return s
}

// isEnglish reports whether a word is so frequent in English that it is read as nothing else: "any"
// is not "яны".
func isEnglish(folded string) bool {
	switch folded {
	case "any", "way", "we", "they", "there", "these", "those", "what", "who", "why", "when", "time", "some",
		"were", "was", "has", "had", "have", "make", "see", "say", "same", "day", "new", "now", "our", "out",
		"she", "her", "his", "with", "from", "that", "would", "could", "should", "been", "their", "them", "then":
		return true
	}
	return false
}

// has reports whether a word of which the spellings are known is in the set.
func (s *wordSet) has(w word) bool { return s.holds(&w.spellings) }

func (s *wordSet) holds(w *spellings) bool {
	s.read.Do(s.spellOut)
	return s.initials&w.initials != 0 && (s.plain[w.folded] || w.sound != "" && s.sound[w.sound] ||
		len(w.latin) > 0 && slices.ContainsFunc(w.latin, func(way string) bool { return s.russian[way] }) ||
		len(w.greek) > 0 && slices.ContainsFunc(w.greek, func(way string) bool { return s.greek[way] }))
}

// latinWritten writes a Cyrillic or Greek word in Latin letters.
func latinWritten(word string) string {
	if first, _ := utf8.DecodeRuneInString(word); isGreek(first) {
		return latinGreek(word)
	}
	return latinRussian(word)
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
	if strings.ContainsAny(word, "46") && strings.ContainsFunc(word, unicode.IsLetter) {
		word = digits.Replace(word)
	}
	return withoutDoubles(manyRussianWays.Replace(russianLetters.Replace(word)))
}

// readings writes a word in each way in which its Latin letters can be read.
func readings(word string, write func(string) string, others []reading) []string {
	ways := []string{write(word)}
	for _, other := range others {
		if len(word) < other.least {
			continue
		}
		if next := other.letters.Replace(word); next != word {
			if way := write(next); !slices.Contains(ways, way) {
				ways = append(ways, way)
			}
		}
	}
	return ways
}

// reading is a way to read Latin letters in words of at least so many letters.
type reading struct {
	least   int
	letters *strings.Replacer
}

var (
	// russianReadings: "ch" is ч or х, "w" is ш or в, "h" is х or г, and "j" is й or ж.
	russianReadings = []reading{
		{5, strings.NewReplacer("ch", "h")}, {5, strings.NewReplacer("w", "v")},
		{5, strings.NewReplacer("ch", "ch", "sh", "sh", "zh", "zh", "kh", "kh", "cz", "cz", "sz", "sz", "h", "g")},
		{3, strings.NewReplacer("ja", "zha", "je", "zhe", "ji", "zhi", "jo", "zho", "ju", "zhu", "jn", "zhn")},
	}
	// greekReadings: "th" is θ or τη, and some write the letter of the same key.
	greekReadings = []reading{
		{4, strings.NewReplacer("th", "ti")}, {4, strings.NewReplacer("h", "x")},
		{5, strings.NewReplacer("u", "th", "v", "o", "c", "ps", "j", "x", "w", "s")},
	}
	// digits are written for letters inside a word.
	digits = strings.NewReplacer("4", "ch", "6", "sh")
)

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

// nearWords are the words in which a typo is forgiven, by parts of them of which a typo leaves one
// as it is.
type nearWords map[string][][]rune

func (near nearWords) add(word string) {
	letters := []rune(word)
	for _, key := range nearKeys(letters) {
		near[key] = append(near[key], letters)
	}
}

// nearKeys returns the first two letters and the last three of a word, of a short one also the
// first and the last two, or the last.
func nearKeys(letters []rune) []string {
	keys := []string{string(letters[:2]) + "…", string(letters[len(letters)-3:])}
	if len(letters) <= leastTypo {
		keys = append(keys, string(letters[:1])+"…"+string(letters[len(letters)-2:]))
		if len(letters) <= leastSound {
			keys = append(keys, string(letters[:1])+"…"+string(letters[len(letters)-1:])) // "мняе"
		}
	}
	return keys
}

// of returns the words that a word may be with one typo.
func (near nearWords) of(word string) []string {
	var found []string
	letters := []rune(word)
	if len(letters) < leastSound {
		return nil
	}
	for _, key := range nearKeys(letters) {
		for _, meant := range near[key] {
			length := len(meant) - len(letters)
			if length >= -1 && length <= 1 && oneTypo(letters, meant) && !slices.Contains(found, string(meant)) {
				found = append(found, string(meant))
			}
		}
	}
	return found
}

// addStem adds the beginning of a word.
func (near nearWords) addStem(stem string) {
	letters := []rune(stem)
	for _, key := range []string{string(letters[:2]) + "…", string(letters[2:4])} {
		near[key] = append(near[key], letters)
	}
}

// begin returns the words with which a word may begin, with one typo in them.
func (near nearWords) begin(word string) []string {
	var found []string
	letters := []rune(word)
	if len(letters) < leastSound+1 {
		return nil
	}
	keys := []string{string(letters[:2]) + "…", string(letters[1:3]), string(letters[2:4]), string(letters[3:5])}
	for _, key := range keys {
		for _, meant := range near[key] {
			for length := len(meant) - 1; length <= min(len(meant)+1, len(letters)); length++ {
				if len(letters) <= length+mostEnding && oneTypo(letters[:length], meant) {
					found = append(found, string(meant))
				}
			}
		}
	}
	return found
}

// mostEnding is the number of letters that may follow the beginning of a word.
const mostEnding = 4

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
var alike = []string{"аоеиыэяюуіє", "aeiouy", "αεηιουω", "бп", "вф", "гкх", "дт", "жшщ", "зсц", "чщц", "bp", "vf",
	"gk", "dt", "sz", "ck", "βπ"}

// mistaken reports whether one letter is easily typed for another.
func mistaken(x, y rune) bool {
	return touch(x, y) || slices.ContainsFunc(alike, func(letters string) bool {
		return strings.ContainsRune(letters, x) && strings.ContainsRune(letters, y)
	})
}

// slips returns the ways to miss one letter of a word: its neighbours in the row, or two letters
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
