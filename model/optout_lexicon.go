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
	names   map[string]kinds
	sets    map[string]*wordSet // ruleWords
	plain   table               // the words as they are spelled
	russian table               // the Cyrillic ones as latinRussian writes them
	greek   table               // the others as latinGreek writes them
	sound   table               // the long Cyrillic ones as soundOf writes them
	vowels  table               // the long ones of russian, with similar vowels merged
	listed  nearWords           // words of the sets below, in which a typo is forgiven
	forms   map[string]string   // of listed, by their spelling in Latin letters
	optIn   []optOutRule
	rules   []optOutRule
	between kinds // kinds that ~ skips
	wishes  kinds // words that are opt-outs when a sentence says nothing else
	says    kinds // words next to which a word of last is a wish

	alone, weary, assent, last, beside, start, polite, notTypos *wordSet
}

// table returns the kinds of words, and of words by their beginnings, the stems.
type table struct {
	words, stems        map[string]kinds
	nearWords, nearStem nearWords
}

func newTable() table { return table{map[string]kinds{}, map[string]kinds{}, nearWords{}, nearWords{}} }

// add adds a word or a stem, in which a typo may be forgiven.
func (t table) add(form string, isStem bool, k kinds, typos bool) {
	known, add := t.words, t.nearWords.add
	if isStem {
		known, add = t.stems, t.nearStem.addStem
	}
	if typos && known[form] == 0 {
		add(form)
	}
	known[form] |= k
}

func (t table) kinds(word string) kinds {
	found := t.words[word] | t.stems[word]
	for end := range word {
		if end > 1 {
			found |= t.stems[word[:end]]
		}
	}
	return found
}

// meant returns the kinds of the words that a word may be with a typo.
func (t table) meant(word string) kinds {
	found := kinds(0)
	for _, meant := range t.nearWords.of(word) {
		if !isPast(word) || isPast(meant) {
			found |= t.words[meant]
		}
	}
	if found == 0 {
		for _, stem := range t.nearStem.begin(word) {
			found |= t.stems[stem]
		}
	}
	return found
}

// leastTypo is the length in letters from which a typo in a word is forgiven, leastSound that from
// which it may be spelled as it sounds.
const (
	leastTypo  = 6
	leastSound = 4
)

var optOutLexicon = sync.OnceValue(readLexicon)

func readLexicon() *lexicon {
	l := &lexicon{names: map[string]kinds{}, plain: newTable(), russian: newTable(), greek: newTable(),
		sound: newTable(), vowels: newTable(), listed: nearWords{}, forms: map[string]string{},
		alone: newWordSet(optOutAlone, 4), weary: newWordSet(optOutWeary, 4), assent: newWordSet(assents, 3),
		beside: newWordSet(optOutBeside, 2), last: newWordSet(optOutLast, 4), polite: newWordSet(politeness, 4),
		start: newWordSet(optInAlone, 4), notTypos: newWordSet(otherSense, 4)}
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
	l.sets = readSets(ruleWords)
	l.rules, l.optIn = l.readRules(optOutRules), l.readRules(optInRules)
	for n := range l.optIn {
		l.optIn[n].back = true
	}
	for _, set := range []*wordSet{l.alone, l.weary, l.last, l.polite, l.start} {
		for w := range set.words() {
			if utf8.RuneCountInString(w) >= leastTypo || misspelled.words()[w] {
				l.list(w)
			}
		}
	}
	for _, w := range stopWords {
		for _, slip := range slips(w) {
			l.alone.words()[slip] = true
		}
	}
	return l
}

// readSets reads the named sets of words.
func readSets(text string) map[string]*wordSet {
	sets, name := map[string]*wordSet{}, ""
	for line := range strings.Lines(text) {
		if first := strings.Fields(line); len(first) > 0 && !strings.HasPrefix(line, " ") {
			name, line = first[0], strings.TrimPrefix(line, first[0])
			sets[name] = newWordSet("", 3)
		}
		if name != "" {
			sets[name].list += line
		}
	}
	return sets
}

// list adds a word to those of the sets in which a typo is forgiven.
func (l *lexicon) list(w string) {
	l.listed.add(w)
	if written := latinWritten(w); written != w && len(written) >= leastTypo && l.forms[written] == "" {
		l.listed.add(written)
		l.forms[written] = w
	}
}

// ofAny returns the set of several named kinds.
func (l *lexicon) ofAny(names ...string) kinds {
	all := kinds(0)
	for _, name := range names {
		all |= l.names[name]
	}
	return all
}

// kind returns the set of one named kind.
func (l *lexicon) kind(name string) kinds {
	if l.names[name] == 0 {
		l.names[name] = 1 << len(l.names)
	}
	return l.names[name]
}

// add adds a word of optOutWords in all its forms.
func (l *lexicon) add(field string, k kinds) {
	stem, endings, _ := strings.Cut(field, "/")
	for _, ending := range append(strings.Split(endings, "/"), "") {
		form, isStem := strings.CutSuffix(stem+ending, "*")
		form = Fold(form)
		letters := utf8.RuneCountInString(form)
		typos := letters >= leastTypo || misspelled.words()[form]
		l.plain.add(form, isStem, k, typos)
		if letters >= leastTypo || !isStem && letters >= leastSound {
			l.sound.add(soundOf(form), isStem, k, false)
		}
		first, _ := utf8.DecodeRuneInString(form)
		if !isGreek(first) && form != "ня" { // "na" is another word in Greek and in English
			russian := latinRussian(form)
			l.russian.add(russian, isStem, k, typos && !isLatin(form) &&
				(len(russian) >= leastTypo || misspelled.words()[form]))
			if !isStem && letters >= leastTypo {
				l.vowels.add(latinVowels.Replace(russian), false, k, false)
			}
		}
		if !unicode.Is(unicode.Cyrillic, first) && (!isStem || letters > leastSound) {
			l.greek.add(latinGreek(form), isStem, k, typos && !isLatin(form))
		}
	}
}

// misspelled are short words that are so frequent that a typo is forgiven in them.
var misspelled = newWordSet(`номер нумар меня мене мяне шлите шлить шліть шліце слать слати слаць
	отказ спама texts again λιστα больш ласка чтобы нужны нужна треба трэба never leave block thelo cease
	хочу надо want dont alone list мені спам базы
	годзе спамом досыть досыць желаю можно можна спаму unsub`, 99)

// kindsOf returns the kinds of a word: of the word itself, or of one that was meant.
func (l *lexicon) kindsOf(w spellings, typos bool) kinds {
	found := l.plain.kinds(w.folded)
	if found != 0 {
		return found
	}
	letters := utf8.RuneCountInString(w.folded)
	if len(w.latin) > 0 {
		found = l.russian.kinds(w.latin[0]) | l.greek.kinds(w.greek[0])
	}
	if found != 0 || l.guarded(&w) {
		return found
	}
	if isLatin(w.folded) || letters >= leastSound {
		for _, way := range w.greek {
			found |= l.greek.kinds(way)
		}
	}
	for _, way := range w.latin {
		if found == 0 {
			found = l.russian.kinds(way)
		}
		if found == 0 && letters >= leastTypo {
			found = l.vowels.words[latinVowels.Replace(way)]
		}
	}
	single := withoutDoubles(w.folded)
	if found == 0 && single != w.folded {
		found = l.plain.words[single] // "мння"
	}
	if found != 0 || !typos || letters < leastSound {
		return found
	}
	if found = l.sound.kinds(w.sound); found != 0 {
		return found
	}
	if found = l.plain.meant(single); found == 0 && single != w.folded &&
		(!isLatin(single) || letters > leastTypo) {
		found = l.plain.meant(w.folded) // "хватт"
	}
	if isLatin(w.folded) {
		found |= l.russian.meant(w.latin[0]) | l.greek.meant(w.greek[0])
	}
	return found
}

// guarded reports whether a word is an ordinary one that must not be taken for another.
func (l *lexicon) guarded(w *spellings) bool {
	return l.notTypos.words()[w.folded] || len(w.latin) > 0 && l.notTypos.holds(w)
}

// correct takes an unknown word for one that was meant.
func (l *lexicon) correct(w *word) {
	if w.kinds = l.kindsOf(w.spellings, true); l.alone.words()[w.folded] {
		return
	}
	ways := []string{withoutDoubles(w.folded)}
	if len(w.latin) > 0 {
		ways = append(ways, w.latin[0], w.greek[0])
	}
	for _, way := range ways {
		for _, meant := range l.listed.of(way) {
			if isPast(w.folded) && !isPast(meant) {
				continue
			}
			if form := l.forms[meant]; form != "" {
				meant = form
			}
			w.spellings = spell(meant)
			w.polite = l.polite.has(*w)
			w.kinds |= l.kindsOf(w.spellings, false)
			return
		}
	}
}

// isAlone recognises a word of optOutAlone, with or without digits at its end: "stop2".
func (l *lexicon) isAlone(w word) bool {
	if l.alone.has(w) && (len(w.latin) == 0 || len(w.folded) >= leastTypo-1 || l.alone.words()[w.folded]) {
		return true
	}
	text := strings.TrimRight(w.folded, "0123456789")
	if l.alone.words()[strings.ReplaceAll(text, "-", "")] {
		return true // "с-т-о-п"
	}
	if first, second, two := strings.Cut(text, "-"); two && l.beside.words()[second] {
		text = first // "стоп-спам"
	}
	if parts := strings.Split(text, "-"); len(parts) > 2 &&
		!slices.ContainsFunc(parts, func(s string) bool { return !l.alone.words()[s] }) {
		return true // "стоп-стоп-стоп"
	}
	if half := len(text) / 2; text[:half] == text[half:] && l.alone.words()[text[:half]] {
		return true // "стопстоп"
	}
	return l.alone.words()[text] || len(text) > leastTypo && l.alone.words()[withoutDoubles(text)] // "стооп"
}

// isWeary recognises a word of optOutWeary.
func (l *lexicon) isWeary(w word) bool {
	wearied := slices.ContainsFunc([]string{"ли", "лі", "ете", "ατε"},
		func(s string) bool { return strings.HasSuffix(w.folded, s) }) &&
		l.plain.kinds(w.folded)&l.names["annoy"] != 0 // "заманали", "раздражаете"
	return wearied || l.weary.has(w)
}

// isPast reports whether a Russian verb is in the past tense: "отключил" is not "отключи" with a
// typo.
func isPast(word string) bool {
	return slices.ContainsFunc([]string{"л", "ла", "ли", "il", "ila", "ili", "al", "ala", "ali"},
		func(ending string) bool { return strings.HasSuffix(word, ending) })
}
