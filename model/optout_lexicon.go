package model

import (
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// kinds is a set of word kinds.
type kinds uint64

// lexicon is the parsed form of optOutWords and optOutRules.
type lexicon struct {
	names       map[string]kinds
	words       map[string]kinds
	stems       map[string]kinds // the beginnings of words
	latinStems  map[string]kinds
	greekStems  map[string]kinds
	latinSound  map[string]kinds   // the long ones of latin, with similar vowels merged
	sound       map[string]kinds   // long Cyrillic words as they sound
	latin       map[string]kinds   // Cyrillic words in Latin letters, as latinRussian writes them
	greeklish   map[string]kinds   // Greek ones, as latinGreek writes them
	long        map[int][]longWord // words in which a typo is forgiven, by their length
	optIn       []optOutRule
	rules       []optOutRule
	between     kinds // kinds that ~ skips
	alone       []string
	weary       []string
	assent      []string
	last        []string
	lastLatin   []string
	wishes      kinds // words that are opt-outs when a sentence says nothing else
	says        kinds // words next to which a word of last is a wish
	beside      []string
	besideLatin []string
	aloneSound  []string // of alone, as they sound
	aloneLatin  []string // of alone, as latinRussian or latinGreek writes them
	wearyLatin  []string
	start       []string // optInAlone
	polite      []string
	politeLatin []string
	politeGreek []string
	politeSound []string // long ones, as they sound
	notTypos    []string
}

// leastTypo is the length in letters from which a typo in a word is forgiven.
const leastTypo = 6

var optOutLexicon = sync.OnceValue(readLexicon)

func readLexicon() *lexicon {
	l := &lexicon{names: map[string]kinds{}, words: map[string]kinds{}, stems: map[string]kinds{},
		latinStems: map[string]kinds{}, greekStems: map[string]kinds{}, latin: map[string]kinds{},
		latinSound: map[string]kinds{}, sound: map[string]kinds{}, greeklish: map[string]kinds{},
		long:  map[int][]longWord{},
		alone: foldedWords(optOutAlone), weary: foldedWords(optOutWeary), assent: foldedWords(assents),
		beside: foldedWords(optOutBeside), last: foldedWords(optOutLast), polite: foldedWords(politeness),
		start: foldedWords(optInAlone), notTypos: foldedWords(otherSense)}
	name := ""
	for line := range strings.Lines(optOutWords) {
		fields := strings.Fields(line)
		if len(fields) > 0 && !strings.HasPrefix(line, " ") {
			name, fields = fields[0], fields[1:]
		}
		for _, field := range fields {
			l.add(field, l.kind(name))
		}
	}
	for _, name := range []string{"me", "our", "fill", "more", "my"} {
		l.between |= l.kind(name)
	}
	l.says = l.ofAny("not", "ads", "annoy", "wrong", "none", "send", "sending", "sent", "get", "leave", "unsub")
	l.wishes = l.ofAny("unsub", "leave", "alone")
	l.rules, l.optIn = l.readRules(optOutRules), l.readRules(optInRules)
	for n := range l.optIn {
		l.optIn[n].back = true
	}
	for _, w := range l.polite {
		if first, _ := utf8.DecodeRuneInString(w); unicode.Is(unicode.Greek, first) && utf8.RuneCountInString(w) > 3 {
			l.politeGreek = append(l.politeGreek, latinGreek(w))
		}
		if first, _ := utf8.DecodeRuneInString(w); unicode.Is(unicode.Cyrillic, first) &&
			utf8.RuneCountInString(w) > 3 {
			if utf8.RuneCountInString(w) >= leastTypo {
				l.politeSound = append(l.politeSound, soundOf(w))
			}
			l.politeLatin = append(l.politeLatin, latinRussian(w))
		}
	}
	for _, w := range l.beside {
		if first, _ := utf8.DecodeRuneInString(w); unicode.Is(unicode.Cyrillic, first) && len(w) > 2 {
			l.besideLatin = append(l.besideLatin, latinRussian(w))
		}
	}
	for _, w := range l.last {
		if first, _ := utf8.DecodeRuneInString(w); first >= utf8.RuneSelf {
			l.lastLatin = append(l.lastLatin, latinRussian(w), latinGreek(w))
		}
	}
	for _, w := range l.weary {
		l.wearyLatin = append(l.wearyLatin, latinRussian(w), latinGreek(w))
	}
	for _, w := range l.alone {
		if first, _ := utf8.DecodeRuneInString(w); first >= utf8.RuneSelf && utf8.RuneCountInString(w) >= leastTypo {
			l.aloneLatin = append(l.aloneLatin, latinRussian(w), latinGreek(w))
		}
		if utf8.RuneCountInString(w) >= leastTypo {
			l.aloneSound = append(l.aloneSound, soundOf(w))
		}
		if other := otherLayout(w); other != "" {
			l.alone = append(l.alone, other)
		}
		if slices.Contains(stopWords, w) {
			l.alone = append(l.alone, slips(w)...)
		}
	}
	return l
}

// ofAny gives the set of several named kinds.
func (l *lexicon) ofAny(names ...string) kinds {
	all := kinds(0)
	for _, name := range names {
		all |= l.names[name]
	}
	return all
}

// kind gives the set of one named kind.
func (l *lexicon) kind(name string) kinds {
	if l.names[name] == 0 {
		l.names[name] = 1 << len(l.names)
	}
	return l.names[name]
}

// add adds a word of the table in all its forms.
func (l *lexicon) add(field string, k kinds) {
	stem, endings, _ := strings.Cut(field, "/")
	for _, ending := range append(strings.Split(endings, "/"), "") {
		form, isStem := strings.CutSuffix(stem+ending, "*")
		form = Fold(form)
		l.addLatin(form, isStem, k)
		if isStem {
			l.stems[form] |= k
			continue
		}
		l.words[form] |= k
		letters := []rune(form)
		if len(letters) >= leastTypo-1 {
			l.sound[soundOf(form)] |= k
		}
		if len(letters) >= leastTypo {
			l.long[len(letters)] = append(l.long[len(letters)], longWord{form, letters})
		}
	}
}

// addLatin adds the forms that are compared with words in Latin letters. Russian leaves Greek
// letters as they are, and the other way round.
func (l *lexicon) addLatin(form string, isStem bool, k kinds) {
	first, _ := utf8.DecodeRuneInString(form)
	if !unicode.Is(unicode.Greek, first) {
		russian := latinRussian(form)
		switch {
		case isStem:
			l.latinStems[russian] |= k
		case form != "ня": // "na" is another word in Greek and in English
			l.latin[russian] |= k
		}
		if !isStem && utf8.RuneCountInString(form) >= leastTypo {
			l.latinSound[latinSounds.Replace(russian)] |= k
		}
	}
	if unicode.Is(unicode.Cyrillic, first) {
		return
	}
	if greek := latinGreek(form); isStem {
		l.greekStems[greek] |= k
	} else {
		l.greeklish[greek] |= k
	}
}

// kindsOf gives the kinds of a folded word.
func (l *lexicon) kindsOf(word string, typos bool) kinds {
	found := l.plainKinds(word)
	first, _ := utf8.DecodeRuneInString(word)
	if found == 0 && first < utf8.RuneSelf {
		russian, greek := latinRussian(word), latinGreek(word)
		found = l.latin[russian] | stemKinds(l.latinStems, russian) | l.greeklish[greek] | stemKinds(l.greekStems,
			greek)
	}
	if found == 0 && first < utf8.RuneSelf && utf8.RuneCountInString(word) >= leastTypo {
		found = l.latinSound[latinSounds.Replace(latinRussian(word))]
	}
	if single := withoutDoubles(word); found == 0 && single != word {
		found = l.words[single] // "мння"
	}
	length := utf8.RuneCountInString(word)
	if found != 0 || !typos || length < leastTypo-1 || slices.Contains(l.notTypos, word) {
		return found
	}
	if found = l.sound[soundOf(word)]; found != 0 || length < leastTypo {
		return found
	}
	letters := []rune(withoutDoubles(word))
	for n := len(letters) - 1; n <= len(letters)+1; n++ {
		for _, long := range l.long[n] {
			if oneTypo(letters, long.letters) && (!isPast(word) || isPast(long.word)) {
				found |= l.words[long.word]
			}
		}
	}
	return found
}

func (l *lexicon) plainKinds(word string) kinds {
	return l.words[word] | stemKinds(l.stems, word)
}

func stemKinds(stems map[string]kinds, word string) kinds {
	found := stems[word]
	for end := range word {
		if end > 1 {
			found |= stems[word[:end]]
		}
	}
	return found
}

// isPast reports whether a Russian verb is in the past tense: "отключил" is not "отключи" with a
// typo.
func isPast(word string) bool {
	return strings.HasSuffix(word, "л") || strings.HasSuffix(word, "ла") || strings.HasSuffix(word, "ли")
}

// longWord is a word in which a typo is forgiven.
type longWord struct {
	word    string
	letters []rune
}

// oneTypo reports whether two words of nearly the same length differ by one letter, or two letters
// are swapped.
func oneTypo(x, y []rune) bool {
	for len(x) > 0 && len(y) > 0 && x[0] == y[0] {
		x, y = x[1:], y[1:]
	}
	for len(x) > 0 && len(y) > 0 && x[len(x)-1] == y[len(y)-1] {
		x, y = x[:len(x)-1], y[:len(y)-1]
	}
	return max(len(x), len(y)) <= 1 || len(x) == 2 && len(y) == 2 && x[0] == y[1] && x[1] == y[0]
}

var (
	russianLetters = strings.NewReplacer("а", "a", "б", "b", "в", "v", "г", "g", "д", "d", "е", "e", "ж", "zh", "з",
		"z",
		"и", "i", "й", "y", "к", "k", "л", "l", "м", "m", "н", "n", "о", "o", "п", "p", "р", "r", "с", "s", "т", "t",
		"у", "u",
		"ф", "f", "х", "h", "ц", "c", "ч", "ch", "ш", "sh", "щ", "sh", "ъ", "", "ы", "y", "ь", "", "э", "e", "ю", "yu",
		"я", "ya",
		"і", "i", "є", "e")
	// manyRussianWays unifies the ways to write Russian in Latin letters.
	manyRussianWays = strings.NewReplacer("shch", "s", "sch", "s", "sh", "s", "zh", "z", "kh", "h", "tch", "c", "ch",
		"c", "ts", "c", "cz", "c", "sz", "s",
		"tz", "c", "ya", "a", "ja", "a", "ia", "a", "ie", "e", "yu", "u", "ju", "u", "iu", "u", "ye", "e", "je", "e",
		"yo", "o",
		"jo", "o",
		"x", "h", "w", "s", "q", "k", "j", "i", "y", "i", "-", "")
	sounds = strings.NewReplacer("ться", "ца", "тся", "ца", "тс", "ц", "о", "а", "ы", "и", "э", "и", "е", "и", "і", "и",
		"ь",
		"", "ъ", "")
	latinSounds  = strings.NewReplacer("o", "a", "e", "i")
	greekLetters = strings.NewReplacer("α", "a", "β", "v", "γ", "g", "δ", "d", "ε", "e", "ζ", "z", "η", "i", "θ", "th",
		"ι", "i",
		"κ", "k", "λ", "l", "μ", "m", "ν", "n", "ξ", "x", "ο", "o", "π", "p", "ρ", "r", "σ", "s", "ς", "s", "τ", "t",
		"υ", "y",
		"φ", "f", "χ", "x", "ψ", "ps", "ω", "o")
	manyGreekWays = strings.NewReplacer("ou", "u", "oy", "u", "ei", "i", "oi", "i", "ai", "e", "ks", "x", "ch", "x",
		"ph", "f",
		"th", "t", "8", "t", "w", "o", "y", "i", "h", "i", "b", "v", "u", "i", "j", "x")
)

// latinRussian writes a word as Russian in Latin letters, however it was written.
func latinRussian(word string) string {
	return withoutDoubles(manyRussianWays.Replace(russianLetters.Replace(word)))
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

// otherLayout gives a word that was typed in the other keyboard layout: "cnjg" for "стоп". It is ""
// if the result does not consist of letters, or is a word: "щаа", off in Russian positions, is "in
// a moment".
func otherLayout(word string) string {
	other := strings.Map(onOtherLayout, word)
	if other == word || other == "щаа" || strings.ContainsFunc(other,
		func(r rune) bool { return !unicode.IsLetter(r) }) {
		return ""
	}
	return other
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

// isAlone recognises a word of optOutAlone, with or without digits at its end: "stop2".
func (l *lexicon) isAlone(word string) bool {
	if word = strings.TrimRight(word, "0123456789"); slices.Contains(l.alone, strings.ReplaceAll(word, "-", "")) {
		return true // "с-т-о-п"
	}
	if first, second, two := strings.Cut(word, "-"); two && slices.Contains(l.beside, second) {
		word = first // "стоп-спам"
	}
	if parts := strings.Split(word, "-"); len(parts) > 2 &&
		!slices.ContainsFunc(parts, func(s string) bool { return !slices.Contains(l.alone, s) }) {
		return true // "стоп-стоп-стоп"
	}
	if half := len(word) / 2; word[:half] == word[half:] && slices.Contains(l.alone, word[:half]) {
		return true // "стопстоп"
	}
	if len(word) > leastTypo && slices.Contains(l.alone, withoutDoubles(word)) {
		return true // "стооп"
	}
	return slices.Contains(l.alone, word) || len(word) >= leastTypo && l.latinOf(l.aloneLatin, word) ||
		utf8.RuneCountInString(word) >= leastTypo && !slices.Contains(l.notTypos, word) &&
			slices.Contains(l.aloneSound, soundOf(word))
}

// soundOf writes a word as it sounds to a person who cannot spell: "атпишыти" is "отпишите".
func soundOf(word string) string { return sounds.Replace(word) }

// isBeside recognises a word of optOutBeside.
func (l *lexicon) isBeside(w word) bool {
	return w.is(l.beside) || slices.Contains(l.besideLatin, w.latin)
}

// isWeary recognises a word of optOutWeary.
func (l *lexicon) isWeary(word string) bool {
	wearied := (strings.HasSuffix(word, "ли") || strings.HasSuffix(word, "ете")) &&
		l.plainKinds(word)&l.names["annoy"] != 0 // "заманали", "раздражаете"
	return wearied || slices.Contains(l.weary, word) || len(word) >= leastTypo && l.latinOf(l.wearyLatin, word)
}

func (l *lexicon) latinOf(words []string, word string) bool {
	return word[0] < utf8.RuneSelf &&
		(slices.Contains(words, latinRussian(word)) || slices.Contains(words, latinGreek(word)))
}
