package model

import (
	"slices"
	"strings"
)

// A person who refuses one way to be reached and offers another does not opt out.

// otherwise reports whether the words after a match ask for something else instead: "don't call,
// text me", "не пишите, а позвоните", "не присылайте красный, пришлите синий". A person who refuses
// advertising opts out, whatever else is welcome.
func (l *lexicon) otherwise(words []word, start, end, to int) bool {
	asks := l.ofAny("send", "call")
	for n := end + 1; n < to; n++ { // "не шлите смс, лучше вайбер"
		if channels.has(words[n]) && (instead.has(words[n-1]) || n > end+1 && instead.has(words[n-2])) {
			return true
		}
	}
	for n := start; n < end; n++ { // "text" may be what is refused
		if words[n].kinds&l.names["ads"] != 0 && (words[n].kinds&asks == 0 || end-start > 2 && n > start+1) {
			return false
		}
	}
	for n := end; n < to; n++ { // "больше не надо, только хлеб"
		if onlyWords.has(words[n]) && (n == end || words[n].clause && n+1 < to &&
			(l.calls(words[start:end]) || words[n+1].kinds&l.ofAny("ads", "annoy", "sending") == 0)) {
			return true
		}
	}
	for n := sentenceStart(words, start); n < start; n++ { // "звоните, не пишите"
		if words[n].kinds&l.names["call"] != 0 && words[n+1].clause &&
			(n == 0 || words[n-1].kinds&l.names["not"] == 0) {
			return true
		}
	}
	for n := end; n < to; n++ {
		if words[n].kinds&asks == 0 || n > start && words[n-1].kinds&l.ofAny("not", "more", "sothat") != 0 {
			continue
		}
		if words[n].clause || instead.has(words[n-1]) {
			return true
		}
	}
	return false
}

// welcomes reports whether the text offers another way in place of the one that is refused, in
// either order and also in another sentence: "на почту не пишите, лучше сюда", "don't call, I am in
// a meeting. A message is fine".
func (l *lexicon) welcomes(words []word, start, end int) bool {
	calls := l.calls(words[start:end])
	from, to := clauseAround(words, start)
	channel := slices.ContainsFunc(words[from:max(to, end)], channels.has)
	for n := range words {
		if n >= start && n < end {
			continue
		}
		first, last := clauseAround(words, n)
		if slices.ContainsFunc(words[first:last], func(w word) bool {
			return w.kinds&l.ofAny("not", "cease", "drop", "leave", "unsub", "annoy") != 0
		}) {
			continue
		}
		near := words[max(first, n-2):min(last, n+4)]
		switch {
		case heres.has(words[n]), channels.has(words[n]) && (channel || calls):
			if slices.ContainsFunc(near, welcoming.has) || (channel || calls) &&
				(n > 0 && instead.has(words[n-1]) || slices.ContainsFunc(near, l.invites)) {
				return true
			}
		case (calls || channel) && words[n].kinds&l.names["ads"] != 0:
			if slices.ContainsFunc(near, func(w word) bool {
				return welcoming.has(w) || onlyWords.has(w) || calls && suffices.has(w)
			}) {
				return true
			}
		case calls && l.invites(words[n]) && words[n].kinds&l.names["call"] == 0:
			return true
		}
	}
	return false
}

// messageSuffices reports whether a message is enough in place of a call that was refused: "не
// звоните, хватит сообщения".
func (l *lexicon) messageSuffices(words []word, from, start int) bool {
	if !suffices.has(words[start]) || start+1 < len(words) && words[start+1].kinds&l.names["ads"] == 0 {
		return false
	}
	for n := from + 1; n < start; n++ {
		if words[n].kinds&l.names["call"] != 0 && words[n-1].kinds&l.names["not"] != 0 {
			return true
		}
	}
	return false
}

// invites reports whether a word asks for a message: "напишите", "text".
func (l *lexicon) invites(w word) bool {
	return inviting.has(w) || w.kinds&l.names["send"] != 0 && w.kinds&l.names["call"] == 0 && !isInfinitive(w.folded)
}

// bidsToWrite reports whether a Cyrillic word is such an imperative: "пишите", "пішыце", "пишіть".
func (l *lexicon) bidsToWrite(w word) bool {
	return w.sound != "" && (inviting.has(w) || w.kinds&l.names["send"] != 0) &&
		slices.ContainsFunc(bidding, func(s string) bool { return strings.HasSuffix(w.folded, s) })
}

// textsInstead reports whether a verb directly behind a refused way to be reached is what to do
// instead: "dont call just text", but not "dont call text or email me".
func (l *lexicon) textsInstead(words []word, start, at int) bool {
	before := words[at-1].folded
	if words[at].folded == "just" && at+1 < len(words) {
		at++
	}
	if !waysOffered.has(words[at]) || words[start].kinds&l.names["not"] == 0 || before == "text" &&
		words[at].folded == "message" { // one verb
		return false
	}
	for _, w := range words[at+1:] {
		if w.sentence {
			break
		}
		if waysOffered.has(w) || alternatives.has(w) || w.kinds&l.ofAny("more", "number") != 0 {
			return false
		}
	}
	return true
}

// clauseAround returns the bounds of the clause in which a word stands.
func clauseAround(words []word, at int) (from, to int) {
	for from = at; from > 0 && !words[from].clause; from-- {
	}
	for to = at + 1; to < len(words) && !words[to].clause; to++ {
	}
	return from, to
}

var (
	heres = newWordSet(`сюда сюди сюды здесь тут here εδω`, 3)
	// welcoming words say that a way suits a person better, or well.
	welcoming = newWordSet(`лучше удобнее удобней нормально краще зручніше зручней лепш лепей
		better best fine prefer rather instead suits καλυτερα προτιμω βολευει`, 3)
	suffices = newWordSet(`достаточно достатньо дастаткова хватит хопіць вистачить enough ok okay
		αρκει φτανει ενταξει`, 3)
	// waysRefused and waysOffered are English ways to be reached, which may lack punctuation.
	waysRefused  = newWordSet(`call email phone ring whatsapp mail text`, 9)
	waysOffered  = newWordSet(`call email phone ring whatsapp mail text txt message msg write`, 9)
	alternatives = newWordSet(`or and nor either`, 9)
	inviting     = newWordSet(`напишите напиши напишіть напиши напішыце напішы скиньте скинь черкните
		киньте`, 3)
)
