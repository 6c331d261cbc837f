package model

import "slices"

// A short text without punctuation may complain first and end in a bare wish: "каждый день шлете
// хватит", "не знаю вас удалите", "im not interested stop".

// endsComplaint reports whether the word is such a wish, and the words before it complain.
func (l *lexicon) endsComplaint(words []word, at int) bool {
	w, before := words[at], words[:at]
	if !l.commands(w) && !l.isWeary(w) && !l.last.has(w) || w.kinds&l.names["ads"] != 0 || l.calls(before) ||
		subordinating.has(words[at-1]) || quantities.has(words[at-1]) || words[at-1].kinds&l.names["not"] != 0 {
		return false
	}
	if spelledAs(desisting, w) || w.kinds&l.names["unsub"] != 0 { // not "как приедет отпишите"
		return !slices.ContainsFunc(before, func(w word) bool {
			return conditions.has(w) || awaited.has(w) || resulting.has(w) || w.kinds&l.ofAny("asks", "yet", "thing") != 0
		})
	}
	about := l.ofAny("annoy", "sending")
	if !l.isWeary(w) && !w.is(stopWords) { // "сообщения хватит": it suffices
		about |= l.ofAny("ads", "list")
	}
	for n, w := range before {
		if w.kinds&about != 0 && !w.polite || spelledAs(bothering, w) || customers.has(w) || movedAway.has(w) ||
			excess.has(w) || always.has(w) && l.commands(words[at]) || l.meansUs(words, n) ||
			w.kinds&l.names["not"] != 0 && slices.ContainsFunc(before[n+1:min(at, n+4)], strangers.has) {
			return true
		}
	}
	return false
}

// meansUs reports whether the words from n on are about the sender: "от вас", "you send", "wrong
// person".
func (l *lexicon) meansUs(words []word, n int) bool {
	w, next := words[n], words[n+1]
	wrong := w.folded == "wrong" && (persons.has(next) || next.kinds&l.names["number"] != 0)
	return wrong || fromWords.has(w) && next.is([]string{"вас", "you", "σασ", "εσασ"}) ||
		w.is([]string{"you", "u", "вы", "ви"}) && next.kinds&l.ofAny("send", "sending") != 0
}

// spelledAs reports whether a word is in a set, in Latin letters too, but not by its sound:
// "пишете" sounds like "пишите".
func spelledAs(set *wordSet, w word) bool {
	return set.words()[w.folded] || isLatin(w.folded) && set.has(w)
}

var (
	// desisting words bid a person to stop what annoys, and not a car or a machine.
	desisting = newWordSet(`прекратите прекрати прекращайте прекращай перестаньте перестань уймитесь
		угомонитесь припиніть припини припиняйте припинить перастаньце перастань спыніцеся
		σταματηστε σταματα σταματατε`, 6)
	// always and excess are words about how often messages come.
	always = newWordSet(`каждый каждое каждую каждые ежедневно кажен кажный кожны кожную кожен кожного кожну
		щодня щоденно щоразу штодня every daily constantly καθε`, 4)
	excess = newWordSet(`many слишком чересчур забагато занадто зашмат занадта занадто`, 5)
	// movedAway words say why messages are of no use.
	movedAway = newWordSet(`переехал переехала переехали уехал уехала живу жыву пераехалі переїхав переїхала переїхали
		виїхав виїхала пераехаў пераехала moved μετακομισα`, 5)
	// bothering words say what the sender does all the time.
	bothering = newWordSet(`шлете пишете присылаете спамите рассылаете достаете донимаете названиваете
		шлеце шляце пішаце пишаце дасылаеце прысылаеце спаміце дакучаеце надсилаєте
		присилаєте спаміте набридаєте στελνετε στελνεις γραφετε ενοχλειτε`, 4)
	// strangers are words, behind a "not", of a person who has nothing to do with us: "номер не
	// давал", "не знаю вас", "не интересно".
	strangers = newWordSet(`интересно интересует интересуют цікаво цікавить цікавлять цікава цікавіць
		interested ενδιαφερει ενδιαφερομαι давал давала давали даваў давав оставлял оставляла залишав залишала
		пакідаў пакідала подписывался подписывалась підписувався підписувалась падпісваўся
		падпісвалася знаю ведаю know gave give signed subscribed ξερω εδωσα`, 3)
)
