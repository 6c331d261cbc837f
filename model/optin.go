package model

import "slices"

// RecogniseOptIn proposes that a text asks for messages again: START, "подпишите снова". A person
// decides. A text that reads like an opt-out is not an opt-in.
func RecogniseOptIn(text string) (OptOutMatch, bool) {
	words := splitWords(text)
	if len(words) == 0 {
		return OptOutMatch{}, false
	}
	if _, out := RecogniseOptOut(text, nil); out {
		return OptOutMatch{}, false
	}
	l := optOutLexicon()
	words = l.unglue(words)
	l.judge(words)
	if first, last, found := l.findRule(l.optIn, words); found && !l.asksForAnswer(words[first:last+1]) {
		return matchOf(text, words, first, last), true
	}
	first, last := -1, -1
	for n, w := range words {
		switch {
		case slices.Contains(l.start, w.folded):
			if first < 0 {
				first = n
			}
			last = n
		case !w.polite && !w.is(l.beside):
			return OptOutMatch{}, false
		}
	}
	if first < 0 || words[first].asked {
		return OptOutMatch{}, false
	}
	return matchOf(text, words, first, last), true
}

// asksForAnswer reports whether the words ask for one answer, not for messages: "call me back".
func (l *lexicon) asksForAnswer(words []word) bool {
	back := slices.ContainsFunc(words, func(w word) bool { return w.folded == "back" || w.folded == "it" })
	return slices.ContainsFunc(words, func(w word) bool {
		return w.kinds&l.names["call"] != 0 || back && w.kinds&l.names["send"] != 0
	})
}
