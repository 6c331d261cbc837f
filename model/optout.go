package model

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// OptOutMatch is the part of a text that reads like a wish to get no more messages.
type OptOutMatch struct {
	Words      string // the words as in the text
	Start, End int    // byte offsets of Words in the text
}

// maxOptOutWords bounds the work on one text; people who opt out say so before that.
const maxOptOutWords = 400

// RecogniseOptOut proposes that a text is an opt-out, in Russian, Belarusian, Ukrainian, English or
// Greek, also in Latin letters; a person decides. Three things count: a sentence at the start or
// end of the text that consists of a word such as "STOP" and politeness only (optOutAlone), an
// explicit wish such as "не пишите мне больше" anywhere (optOutRules), and a sign such as 🛑 alone.
//
// extra are words (like "STOP") and phrases of several words (found anywhere) from the
// configuration.
func RecogniseOptOut(text string, extra []string) (OptOutMatch, bool) {
	l := optOutLexicon()
	words := l.read(text)
	m, found := l.optOut(text, words, extra)
	if found || l.understands(words) {
		return m, found
	}
	for _, other := range otherLayouts(text) {
		if m, found = l.optOut(other, l.read(other), nil); found {
			start := bytesOf(text, utf8.RuneCountInString(other[:m.Start]))
			end := bytesOf(text, utf8.RuneCountInString(other[:m.End]))
			return OptOutMatch{Words: text[start:end], Start: start, End: end}, true
		}
	}
	return OptOutMatch{}, false
}

// bytesOf returns the length in bytes of the first n characters of a text.
func bytesOf(text string, n int) int {
	for at := range text {
		if n == 0 {
			return at
		}
		n--
	}
	return len(text)
}

// read divides a text into judged words.
func (l *lexicon) read(text string) []word {
	words := l.unglue(joinSingles(splitWords(text)))
	l.judge(words)
	return words
}

// joinSingles makes one sentence of a text in which a full stop follows each word: "Не. Пишите.
// Мне."
func joinSingles(words []word) []word {
	if len(words) < 3 || slices.ContainsFunc(words[1:], func(w word) bool { return !w.sentence || w.asked }) {
		return words
	}
	for n := range words {
		words[n].clause, words[n].sentence = false, false
	}
	return words
}

// understands reports whether a word of three letters or more is known. If none is, the text may
// have been typed in another keyboard layout.
func (l *lexicon) understands(words []word) bool {
	return len(words) == 0 || len(words) > 20 || slices.ContainsFunc(words, func(w word) bool {
		return (w.kinds != 0 || w.polite) && utf8.RuneCountInString(w.folded) > 2
	})
}

// optOut finds the first wish in a text of which the words are given.
func (l *lexicon) optOut(text string, words []word, extra []string) (OptOutMatch, bool) {
	if len(words) == 0 {
		return signAlone(text)
	}
	var ownWords []string
	for _, e := range extra {
		own := splitWords(e)
		switch len(own) {
		case 0:
		case 1:
			ownWords = append(ownWords, own[0].folded)
		default:
			if first, last, found := findOwnPhrase(words, own); found {
				return matchOf(text, words, first, last), true
			}
		}
	}
	if first, last, found := l.findRule(l.rules, words); found {
		return matchOf(text, words, first, last), true
	}
	if first, last, found := l.findStop(words, ownWords); found {
		return matchOf(text, words, first, last), true
	}
	if strings.ContainsAny(text, optOutSigns) && !slices.ContainsFunc(words,
		func(w word) bool { return !w.polite && !l.beside.has(w) }) { // "🚫 реклама"
		return matchOf(text, words, 0, len(words)-1), true
	}
	return OptOutMatch{}, false
}

func matchOf(text string, words []word, first, last int) OptOutMatch {
	start, end := words[first].start, words[last].end
	return OptOutMatch{Words: text[start:end], Start: start, End: end}
}

func findOwnPhrase(words, own []word) (first, last int, found bool) {
	for start := 0; start+len(own) <= len(words); start++ {
		same := true
		for n := range own {
			same = same && words[start+n].folded == own[n].folded
		}
		if same {
			return start, start + len(own) - 1, true
		}
	}
	return 0, 0, false
}
