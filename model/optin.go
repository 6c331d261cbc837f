package model

import "slices"

// RecogniseOptIn proposes that a text asks for messages again: START, "подпишите снова". A person
// decides. A text that reads like an opt-out is not an opt-in.
func RecogniseOptIn(text string) (OptOutMatch, bool) {
	if _, out := RecogniseOptOut(text, nil); out {
		return OptOutMatch{}, false
	}
	l := optOutLexicon()
	words := l.read(text)
	if first, last, found := l.findRule(l.optIn, words); found && !l.asksForAnswer(words[first:last+1]) {
		return matchOf(text, words, first, last), true
	}
	first, last := -1, -1
	for n, w := range words {
		switch {
		case l.start.has(w):
			if first < 0 {
				first = n
			}
			last = n
		case !w.polite && !l.beside.has(w):
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

// optInRules are the wishes of people who want to get messages again, in the notation of
// optOutRules.
const optInRules = `
join ~ whom                      | denied
whom ~ join                      | denied
join ~ backto                    | denied
backto ~ join                    | denied
want ~ join                      | denied here
join ~ list                      | denied here
bring ~ me ~ list                | denied
bring ~ me ~ backto              | denied
bring ~ list                     | denied
bring ~ ads                      | denied
drop ~ me ~ black                | denied
drop ~ number ~ black            | denied
want ~ "обратно/назад/back" ~ $  | denied
"γραψτε/βαλτε" ~ me ~ backto
"sign" me "up"
"opt" ~ "in"                     | denied
send ~ backto ~ $                | denied
send ~ backto ~ ads              | denied
"keep" ~ sending                 | denied
"still" ~ want ~ ads             | denied
"turn" ~ ads ~ backto            | denied
"back" ~ "in" ~ $                | denied
"unblock" ~ number               | denied
"разблокируйте" ~ number         | denied
unsubbed + bring ~ $             | denied
unsubbed + "undo"
told ~ "stop" + "undo"
backto ~ send                    | denied
want ~ backto ~ get              | denied
want ~ get ~ ads                 | denied
want ~ get ~ backto              | denied
want ~ backto ~ ads              | denied
^ ~ join ~ $                     | denied
`

// optInAlone are opt-ins when a sentence says nothing else.
const optInAlone = `start unstop старт начать resume restart subscribe resubscribe подписаться
		подпишите підписатися підпишіть падпісацца падпішыце εναρξη εγγραφη optin opt-in`
