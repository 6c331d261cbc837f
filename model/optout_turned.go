package model

import (
	"slices"
	"strings"
)

// spoiled reports whether the context of a match reverses its meaning.
func (l *lexicon) spoiled(r optOutRule, words []word, start, end int) bool {
	if r.denied && (l.deniedBefore(words, start) || l.deniedBehind(words, end)) {
		return true
	}
	from, to := sentenceAround(words, start)
	around := func(name string) bool {
		return slices.ContainsFunc(words[from:to], func(w word) bool { return w.kinds&l.names[name] != 0 })
	}
	if r.bids && !l.bids(words, lastSaying(words, start, end)) || l.promised(words, from, start, end, to) {
		return true
	}
	if r.here && (l.elsewhere(words, from, start, end, to) ||
		l.fromElsewhere(words, end, to, words[start].asked || around("asks"))) {
		return true
	}
	if r.whole && !l.saysNothingElse(words, start, end) || l.wantsThem(words, from, start, to) ||
		r.about && l.aboutElse(words, start, end, to) || quotedOnly(words, start, end) || instructs(words, from, to) ||
		words[start].asked && to < len(words) && refusals.has(words[to]) {
		return true
	}
	if !r.back && l.byMistake(words, from, start, end, to) || l.reported(words, from, start, end) || start > 0 &&
		(topicWords.has(words[start-1]) || !words[start].clause && quoting.has(words[start-1]) ||
			slices.ContainsFunc(words[max(from, start-4):start], func(w word) bool { return w.is(readAloud) })) ||
		l.parcel(words, start, end) || l.otherObject(words, start, end, to) || r.order &&
		(l.namesOne(words, start, end) || l.sets["lack"].has(words[start]) && l.calls(words[start:end])) ||
		r.asked && (l.notYet(words, start, end) || l.thingBehind(words, end, to) || l.assertion(words, start)) {
		return true
	}
	if r.asked && l.praised(words, from, start, to) {
		return true
	}
	if r.order && around("thing") || words[start].asked && (slices.ContainsFunc(words[from:to], asksMeaning) ||
		l.hasCondition(words[from:start])) {
		return true
	}
	if end < to && subordinate.has(words[end]) && words[end-1].kinds&l.ofAny("send", "more") != 0 {
		return true // "больше не пишите, что есть в наличии": what not to write
	}
	if l.anotherSense(words, from, start, end, to) {
		return true
	}
	if l.messageSuffices(words, from, start) || l.callInstead(words, start, end, to) ||
		l.writeInstead(words, start, end) {
		return true
	}
	if (r.asked || l.refusesToWrite(words[start:end])) && (l.otherwise(words, start, end, to) ||
		l.welcomes(words, start, end)) {
		return true
	}
	if !r.asked {
		return r.denied && observedBefore(words, start)
	}
	if words[start].asked && (around("asks") || !around("can")) {
		return true
	}
	consents := slices.ContainsFunc(words[start:end], func(w word) bool { return w.kinds&l.names["consent"] != 0 })
	return !consents && start > from && observing.has(words[start]) && subjects.has(words[start-1]) ||
		l.reporterBefore(words, from, start)
}

// reporterBefore reports whether "не пишите" is a misspelled "не пишете", which is an observation:
// "почему вы мне не пишите".
func (l *lexicon) reporterBefore(words []word, from, start int) bool {
	for n := start - 1; n >= from && !words[n+1].clause; n-- {
		if reporters.has(words[n]) { // not "так что не пишите"
			return !please.has(words[n+1]) && (n == from || words[n-1].folded != "так")
		}
		if words[n].kinds&l.between == 0 && !words[n].polite && !subjects.has(words[n]) {
			return false
		}
	}
	return false
}

// conditional reports whether the words begin with "if". "An" is also an English article.
func (l *lexicon) conditional(words []word) bool {
	if words[0].folded == "an" {
		return len(words) > 1 && words[1].kinds != 0 && l.plain.kinds(words[1].folded) == 0
	}
	return conditions.has(words[0]) && (len(words) == 1 || !please.has(words[1]))
}

// lastSaying returns the last word of a match that is not mere politeness.
func lastSaying(words []word, start, end int) int {
	last := end - 1
	for last > start && words[last].polite {
		last--
	}
	return last
}

// promised reports whether the person only says on what condition they would leave: "if you don't
// refund me I will unsubscribe". A condition about messages is a threat, and a wish.
func (l *lexicon) promised(words []word, from, start, end, to int) bool {
	threatens := l.threatens(words[start:end])
	if words[start].kinds&l.ofAny("leave", "off", "unsub") == 0 && !threatens {
		return false
	}
	about := l.ofAny("cease", "can", "anew")
	if threatens {
		about |= l.ofAny("send", "sending", "sent", "willsend", "ads", "number")
	}
	condition, future := false, words[start].folded == "отпишусь"
	for n := from; n < to; n++ {
		condition = condition || l.conditional(words[n:to])
		future = future || n < start && futures.has(words[n])
		if (threatens || n < start || n >= end) && words[n].kinds&about != 0 || continuing.has(words[n]) {
			return false
		}
	}
	return condition && (future || threatens)
}

func (l *lexicon) threatens(words []word) bool {
	return slices.ContainsFunc(words, func(w word) bool { return w.kinds&l.names["threat"] != 0 })
}

// saysNothingElse reports whether each clause around the words is polite or about messages: "no
// more" is a wish alone and beside "this is spam", but not in "no more, I am full".
func (l *lexicon) saysNothingElse(words []word, start, end int) bool {
	if slices.ContainsFunc(words[start:end], func(w word) bool {
		return nothings.has(w) || slices.Contains(w.latin, "nicego")
	}) &&
		!slices.ContainsFunc(words, func(w word) bool { return w.kinds&l.names["yours"] != 0 }) {
		return false // "больше ничего не надо" answers our question, "от вас" does not
	}
	about := l.ofAny("ads", "annoy", "wrong", "send", "sending", "sent", "get", "leave", "unsub", "need", "told")
	for from := 0; from < len(words); {
		to, silent, speaks := from, true, false
		for ; to == from || to < len(words) && !words[to].clause; to++ {
			w := words[to]
			silent = silent && (w.polite || w.kinds&l.between != 0 || l.beside.has(w) || clauseOpeners.has(w) ||
				refusals.has(w) || to >= start && to < end)
			speaks = speaks || w.kinds&about != 0 && (to < start || to >= end)
		}
		if !silent && !speaks {
			return false
		}
		from = to
	}
	return true
}

// quotedOnly reports whether a match is in quotation marks, with other words outside them.
func quotedOnly(words []word, start, end int) bool {
	return !slices.ContainsFunc(words[start:end], func(w word) bool { return !w.quoted }) &&
		slices.ContainsFunc(words, func(w word) bool { return !w.quoted && !w.polite })
}

// instructs reports whether the words are those of our own message: "reply STOP to opt out".
func instructs(words []word, from, to int) bool {
	return slices.ContainsFunc(words[from:to], func(w word) bool { return instructions.has(w) }) &&
		slices.ContainsFunc(words[from:to], func(w word) bool { return w.is(stopWords) })
}

// notYet reports whether a wish holds for a while only: "пока не присылайте", "don't send it yet".
func (l *lexicon) notYet(words []word, start, end int) bool {
	if l.threatens(words[start:end]) {
		return false // "сейчас заблокирую"
	}
	if start > 0 && !words[start].clause {
		start--
	}
	return slices.ContainsFunc(words[start:min(len(words), end+1)], func(w word) bool {
		return w.kinds&l.names["yet"] != 0 || w.folded == "до"
	})
}

// assertion reports whether "not" belongs to a statement of what something is: "this is not spam,
// right?".
func (l *lexicon) assertion(words []word, start int) bool {
	if start > 0 && words[start].kinds&l.names["not"] != 0 && copulas.has(words[start-1]) {
		return true
	}
	return start+1 < len(words) && words[start+1].is([]string{"спам", "spam"}) && // "я не спам"
		words[start].is([]string{"не", "not"}) && (start > 0 && words[start-1].folded != "do" ||
		start == 0 && !allPolite(words[2:]))
}

// reported reports whether another person says the words, and not to us: "my mom asked how to
// unsubscribe".
func (l *lexicon) reported(words []word, from, start, end int) bool {
	for n := from + 1; n < end; n++ {
		if words[n].kinds&l.ofAny("told", "unsubbed") != 0 &&
			(others.has(words[n-1]) || n > from+1 && others.has(words[n-2])) {
			return n >= start || !slices.ContainsFunc(words[n:start],
				func(w word) bool { return w.kinds&l.names["yours"] != 0 })
		}
	}
	return false
}

// wantsThem reports whether the person wants messages all the same: "my husband wrote STOP, but I
// want the offers", "I wanted to unsubscribe, but the offers are good".
func (l *lexicon) wantsThem(words []word, from, start, to int) bool {
	wished := slices.ContainsFunc(words[from:start], func(w word) bool { return wishes.has(w) })
	if wished && slices.ContainsFunc(words[start:to], changedMind.has) {
		return true
	}
	for n := start; n+1 < to; n++ {
		if (contrasts.has(words[n]) || words[n].folded == "а") && l.stays(words[n+1:to]) {
			return true
		}
		no := words[n].folded == "no" && l.plain.kinds(words[n+1].folded) == 0 // "dumala otpisatsya, no horosho"
		if !contrasts.has(words[n]) && !no {
			continue
		}
		if wished && !slices.ContainsFunc(words[n:to], func(w word) bool {
			return w.kinds&l.ofAny("can", "not", "leave", "asks") != 0
		}) {
			return true
		}
		for ; n < to && words[n].kinds&l.names["not"] == 0; n++ {
			if words[n].kinds&l.names["want"] != 0 {
				return !slices.ContainsFunc(words[n:to],
					func(w word) bool { return w.kinds&(l.names["cease"]|l.names["leave"]|l.names["off"]) != 0 })
			}
		}
	}
	return false
}

// praised reports whether the person likes the messages, and only says how: "рассылка интересная,
// не бросайте".
func (l *lexicon) praised(words []word, from, start, to int) bool {
	return slices.ContainsFunc(words[from:start], praising.has) &&
		!slices.ContainsFunc(words[from:to], func(w word) bool {
			return contrasts.has(w) || w.kinds&l.ofAny("more", "annoy", "drop", "leave", "unsub") != 0
		}) && !slices.ContainsFunc(words[from:start], func(w word) bool { return w.kinds&l.names["not"] != 0 })
}

// stays reports whether the words after a "but" say that messages may go on: "но пусть приходит",
// "а меня оставьте".
func (l *lexicon) stays(words []word) bool {
	first := words[:min(4, len(words))]
	return slices.ContainsFunc(first, staying.has) && !slices.ContainsFunc(words, func(w word) bool {
		return w.kinds&l.ofAny("peace", "alone", "not", "cease", "drop", "off") != 0
	})
}

// asksMeaning reports whether a question with the word is about what something means.
func asksMeaning(w word) bool { return meanings.has(w) }

// hasCondition reports whether a question is about consequences: "if I unsubscribe, do I lose my
// points?".
func (l *lexicon) hasCondition(words []word) bool {
	for n := range words {
		if l.conditional(words[n:]) {
			return true
		}
	}
	return false
}

// isInfinitive reports whether a Russian word looks like an infinitive.
func isInfinitive(folded string) bool {
	return strings.HasSuffix(folded, "ть") || strings.HasSuffix(folded, "ться") || strings.HasSuffix(folded, "ти")
}

// observedBefore reports whether the words at start describe what someone did: "why did you stop
// sending offers?".
func observedBefore(words []word, start int) bool {
	return start > 1 && subjects.has(words[start-1]) && words[start-2].is([]string{"did", "have", "had", "has"})
}

// deniedBefore reports whether a "not" applies to the words at start: "не хочу отписаться", but not
// "не могу отписаться".
func (l *lexicon) deniedBefore(words []word, start int) bool {
	passes := l.between | l.names["want"] | l.names["told"] | l.names["need"] | l.names["intend"]
	refused := false // "not interested" precedes, which says nothing of an imperative
	for n := start - 1; n >= 0 && n >= start-5 && !words[n+1].sentence && !words[n+1].clause; n-- {
		if words[n].kinds&l.names["not"] != 0 || denials.has(words[n]) {
			return !refused
		}
		refused = refused || words[n].kinds&l.ofAny("want", "need") != 0 && l.bids(words, start)
		if requests.has(words[n]) {
			return n > 0 && !words[n].clause && words[n-1].kinds&l.names["not"] != 0 // "я не прошу меня отписать"
		}
		if words[n].kinds&passes == 0 && !words[n].polite {
			return false
		}
	}
	return false
}

// bids reports whether the word at start is an imperative: "remove me", but not "to remove me".
func (l *lexicon) bids(words []word, start int) bool {
	w := words[start]
	if w.kinds&l.ofAny("drop", "unsub", "off", "cease") == 0 || start > 0 && subordinating.has(words[start-1]) {
		return false
	}
	if isLatin(w.folded) {
		return !strings.HasSuffix(w.folded, "t")
	}
	return slices.ContainsFunc(bidding, func(s string) bool { return strings.HasSuffix(w.folded, s) })
}

var (
	bidding       = []string{"те", "це", "іть", "йть", "τε", "ψε", "σε", "λε"}
	subordinating = newWordSet(`to be have getting get να na чтоб чтобы щоб каб`, 3)
)

// deniedBehind reports whether the words before end are something the person does not want:
// "отписаться не хочу", "отписки мне не нужны".
func (l *lexicon) deniedBehind(words []word, end int) bool {
	unwanted := l.ofAny("want", "intend")
	if words[end-1].kinds&l.names["leave"] != 0 {
		unwanted |= l.names["need"]
		for end < len(words) && !words[end].clause && words[end].kinds&l.names["not"] == 0 &&
			words[end].kinds&l.between != 0 {
			end++
		}
	}
	return end+1 < len(words) && !words[end].clause && words[end].kinds&l.names["not"] != 0 &&
		words[end+1].kinds&unwanted != 0
}

func sentenceStart(words []word, at int) int {
	for at > 0 && !words[at].sentence {
		at--
	}
	return at
}

func sentenceAround(words []word, at int) (from, to int) {
	from = sentenceStart(words, at)
	for to = at + 1; to < len(words) && !words[to].sentence; to++ {
	}
	return from, to
}
