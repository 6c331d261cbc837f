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
	plain   table     // the words as they are spelled
	russian table     // the Cyrillic ones as latinRussian writes them
	greek   table     // all as latinGreek writes them
	sound   table     // the long Cyrillic ones as soundOf writes them
	vowels  table     // the long ones of russian, with similar vowels merged
	near    nearWords // long words
	nearby  nearWords // long Cyrillic ones as latinRussian writes them
	optIn   []optOutRule
	rules   []optOutRule
	between kinds // kinds that ~ skips
	wishes  kinds // words that are opt-outs when a sentence says nothing else
	says    kinds // words next to which a word of last is a wish

	alone, weary, assent, last, beside, start, polite, notTypos wordSet
}

// table gives the kinds of words, and of words by their beginnings.
type table struct{ words, stems map[string]kinds }

func newTable() table { return table{map[string]kinds{}, map[string]kinds{}} }

func (t table) kinds(word string) kinds {
	found := t.words[word] | t.stems[word]
	for end := range word {
		if end > 1 {
			found |= t.stems[word[:end]]
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
		sound: newTable(), vowels: newTable(), near: nearWords{}, nearby: nearWords{},
		alone: newWordSet(optOutAlone, 4), weary: newWordSet(optOutWeary, 4), assent: newWordSet(assents, 4),
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
	l.rules, l.optIn = l.readRules(optOutRules), l.readRules(optInRules)
	for n := range l.optIn {
		l.optIn[n].back = true
	}
	for _, w := range stopWords {
		for _, slip := range slips(w) {
			l.alone.plain[slip] = true
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

// add adds a word of optOutWords in all its forms.
func (l *lexicon) add(field string, k kinds) {
	stem, endings, _ := strings.Cut(field, "/")
	for _, ending := range append(strings.Split(endings, "/"), "") {
		form, isStem := strings.CutSuffix(stem+ending, "*")
		form = Fold(form)
		letters := utf8.RuneCountInString(form)
		l.addLatin(form, letters, isStem, k)
		if isStem {
			l.plain.stems[form] |= k
			if letters >= leastTypo {
				l.sound.stems[soundOf(form)] |= k
			}
			continue
		}
		if letters >= leastSound {
			l.sound.words[soundOf(form)] |= k
		}
		if letters >= leastTypo && l.plain.words[form] == 0 {
			l.near.add(form)
		}
		l.plain.words[form] |= k
	}
}

// addLatin adds the spellings that are compared with words in Latin letters, and with Greek words.
// Russian leaves Greek letters as they are, and the other way round.
func (l *lexicon) addLatin(form string, letters int, isStem bool, k kinds) {
	first, _ := utf8.DecodeRuneInString(form)
	if !isGreek(first) {
		russian := latinRussian(form)
		switch {
		case isStem:
			l.russian.stems[russian] |= k
		case form != "ня": // "na" is another word in Greek and in English
			if len(russian) >= leastTypo && !isLatin(form) && l.russian.words[russian] == 0 {
				l.nearby.add(russian)
			}
			l.russian.words[russian] |= k
		}
		if !isStem && letters >= leastTypo {
			l.vowels.words[latinVowels.Replace(russian)] |= k
		}
	}
	switch greek := latinGreek(form); {
	case unicode.Is(unicode.Cyrillic, first):
	case !isStem:
		l.greek.words[greek] |= k
	case letters >= leastSound:
		l.greek.stems[greek] |= k
	}
}

// kindsOf gives the kinds of a folded word: of the word itself, or of one that was meant.
func (l *lexicon) kindsOf(word string, typos bool) kinds {
	found := l.plain.kinds(word)
	letters := utf8.RuneCountInString(word)
	first, _ := utf8.DecodeRuneInString(word)
	switch {
	case found != 0:
		return found
	case isLatin(word):
		found = l.greek.kinds(latinGreek(word))
		for n, way := range latinWays(word) {
			if n == 0 || found == 0 {
				found |= l.russian.kinds(way)
			}
			if found == 0 && letters >= leastTypo {
				found = l.vowels.words[latinVowels.Replace(way)]
			}
		}
	case isGreek(first) && letters >= leastSound:
		found = l.greek.kinds(latinGreek(word))
	}
	if single := withoutDoubles(word); found == 0 && single != word {
		found = l.plain.words[single] // "мння"
	}
	if found != 0 || !typos || letters < leastSound || l.notTypos.plain[word] ||
		isLatin(word) && l.notTypos.russian[latinRussian(word)] {
		return found
	}
	if found = l.sound.kinds(soundOf(word)); found != 0 || letters < leastTypo-1 {
		return found
	}
	if isLatin(word) {
		for _, meant := range l.nearby.of(latinRussian(word)) {
			found |= l.russian.words[meant]
		}
	}
	for _, meant := range l.near.of(withoutDoubles(word)) {
		if !isPast(word) || isPast(meant) {
			found |= l.plain.words[meant]
		}
	}
	return found
}

// isAlone recognises a word of optOutAlone, with or without digits at its end: "stop2".
func (l *lexicon) isAlone(w word) bool {
	if l.alone.has(w) && (w.latin == "" || len(w.folded) >= leastTypo || l.alone.plain[w.folded]) {
		return true
	}
	text := strings.TrimRight(w.folded, "0123456789")
	if l.alone.plain[strings.ReplaceAll(text, "-", "")] {
		return true // "с-т-о-п"
	}
	if first, second, two := strings.Cut(text, "-"); two && l.beside.plain[second] {
		text = first // "стоп-спам"
	}
	if parts := strings.Split(text, "-"); len(parts) > 2 &&
		!slices.ContainsFunc(parts, func(s string) bool { return !l.alone.plain[s] }) {
		return true // "стоп-стоп-стоп"
	}
	if half := len(text) / 2; text[:half] == text[half:] && l.alone.plain[text[:half]] {
		return true // "стопстоп"
	}
	return l.alone.plain[text] || len(text) > leastTypo && l.alone.plain[withoutDoubles(text)] // "стооп"
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
	return strings.HasSuffix(word, "л") || strings.HasSuffix(word, "ла") || strings.HasSuffix(word, "ли")
}
