package model

import (
	"slices"
	"strings"
)

// Words that usually mean to leave may have another sense in their context.

// anotherSense reports whether the words of a match do not speak of leaving now.
func (l *lexicon) anotherSense(words []word, from, start, end, to int) bool {
	if end < to && !words[end].clause && prices.has(words[end]) { // "не надо больше скидывать цену"
		return true
	}
	if l.calls(words[start:end]) && slices.ContainsFunc(words[end:min(to, end+3)], bells.has) {
		return true // "не звонить в домофон"
	}
	if l.onDevice(words, start, end, to) || l.remindsOf(words, start, end, to) || l.writesWith(words, start, end) {
		return true
	}
	if !slices.ContainsFunc(words[start:end], func(w word) bool { return w.kinds&l.names["leave"] != 0 }) {
		return false
	}
	return l.asksWhatItCosts(words, from, start, to) || l.writesBack(words, from, start, end, to) ||
		l.pointless(words, from, start, to) || l.strikesOut(words, end)
}

// remindsOf reports whether the match refuses to be reminded of one thing: "больше не напоминайте
// про анализы".
func (l *lexicon) remindsOf(words []word, start, end, to int) bool {
	return end < to && topicWords.has(words[end]) && slices.ContainsFunc(words[start:end], reminding.has) &&
		!slices.ContainsFunc(words[end:to], func(w word) bool {
			return w.kinds&l.ofAny("ads", "offers", "yours") != 0
		})
}

// onDevice reports whether a question is about advertising in a device or a program: "как отключить
// рекламу на телефоне".
func (l *lexicon) onDevice(words []word, start, end, to int) bool {
	if !words[start].asked && !slices.ContainsFunc(words[max(0, start-3):end], func(w word) bool {
		return w.kinds&l.names["asks"] != 0 || w.folded == "πωσ"
	}) {
		return false
	}
	return slices.ContainsFunc(words[end:to], devices.has) &&
		!slices.ContainsFunc(words[start:to], func(w word) bool {
			return w.kinds&l.ofAny("yours", "sending") != 0
		})
}

// asksWhatItCosts reports whether a question is about the price of leaving, and not how to leave:
// "is unsubscribing free?".
func (l *lexicon) asksWhatItCosts(words []word, from, start, to int) bool {
	return words[start].asked && slices.ContainsFunc(words[from:to], costing.has) &&
		!slices.ContainsFunc(words[from:to], func(w word) bool { return w.kinds&l.ofAny("asks", "can", "me") != 0 })
}

// writesBack reports whether "отписаться" means to report, as a workman does: "мастер обещал
// отписаться", "отписаться о результатах".
func (l *lexicon) writesBack(words []word, from, start, end, to int) bool {
	if !slices.ContainsFunc(words[start:end], reporting.has) ||
		slices.ContainsFunc(words[start:min(to, end+3)], func(w word) bool {
			return fromWords.has(w) || w.kinds&l.ofAny("ads", "list", "yours") != 0
		}) {
		return false
	}
	for n := start - 1; n >= max(from, start-3) && !words[n+1].clause; n-- {
		if promising.has(words[n]) {
			return true
		}
	}
	for n := end; n < min(to, end+3) && !words[n].clause; n++ {
		if resulting.has(words[n]) {
			return true
		}
	}
	return false
}

// writesWith reports whether the match is about how to write: "не пишите больше маркером".
func (l *lexicon) writesWith(words []word, start, end int) bool {
	if end >= len(words) || words[end].clause || words[end].polite || words[end].kinds != 0 ||
		!slices.ContainsFunc(words[start:end], func(w word) bool { return strings.HasPrefix(w.folded, "пиш") }) {
		return false
	}
	return slices.ContainsFunc([]string{"ом", "ами", "кой", "кою"},
		func(s string) bool { return strings.HasSuffix(words[end].folded, s) })
}

// pointless reports whether a person says why not to leave: "какой смысл отписываться", "why would
// I unsubscribe". Who asks why it does not work, or why it is needed again, wants to leave.
func (l *lexicon) pointless(words []word, from, start, to int) bool {
	if slices.ContainsFunc(words[from:to], func(w word) bool {
		return w.kinds&l.ofAny("can", "anew", "cease", "send", "sending", "joined") != 0 &&
			w.folded != "would" && w.folded != "все"
	}) {
		return false
	}
	for n := start - 1; n >= max(from, start-5) && !words[n+1].clause; n-- {
		if points.has(words[n]) {
			return true
		}
	}
	return false
}

// strikesOut reports whether the Greek word strikes out something other than a person: "διαγραφή
// χρεών".
func (l *lexicon) strikesOut(words []word, end int) bool {
	if end >= len(words) || words[end].clause || !strings.HasPrefix(words[end-1].folded, "διαγραφ") {
		return false
	}
	w := words[end]
	return w.kinds == 0 && !w.polite && !l.beside.has(w) &&
		(w.asked || strings.HasSuffix(w.folded, "ων") || strings.HasSuffix(w.folded, "ουσ"))
}

// byMistake reports whether the person describes an unintended opt-out, or wants back: "случайно
// отписался", "верните меня в рассылку, я отписался".
func (l *lexicon) byMistake(words []word, from, start, end, to int) bool {
	left := l.ofAny("leave", "unsub", "unsubbed", "told")
	if !slices.ContainsFunc(words[start:end], func(w word) bool { return w.kinds&left != 0 }) {
		return false
	}
	for n := from; n < to; n++ {
		if mistakes.has(words[n]) || n > from && words[n].folded == "λαθοσ" && words[n-1].folded == "κατα" {
			return true
		}
	}
	if !slices.ContainsFunc(words[start:end], func(w word) bool { return w.kinds&l.names["unsubbed"] != 0 }) {
		return false
	}
	first, last, found := l.findRule(l.optIn, words)
	return found && slices.ContainsFunc(words[first:last+1],
		func(w word) bool { return w.kinds&l.ofAny("bring", "join") != 0 })
}

var (
	bells   = newWordSet(`домофон дверь двери звонок дамафон дзверы двері bell doorbell intercom κουδουνι`, 4)
	devices = newWordSet(`телефоне браузере айфоне андроиде хроме телевизоре компьютере ноутбуке
		экране тэлефоне браўзеры тэлевізары камп'ютары телефоні браузері айфоні телевізорі комп'ютері
		phone iphone android browser chrome tv laptop computer screen κινητο υπολογιστη τηλεοραση`, 4)
	costing = newWordSet(`платная платно бесплатная бесплатно платна безкоштовна безкоштовно
		бясплатная
		бясплатна free paid charged δωρεαν`, 3)
	prices    = newWordSet(`цену цены ціну цану price τιμη`, 3)
	reminding = newWordSet(`напоминать напоминайте напоминай нагадувати нагадуйте нагадуй нагадваць
		нагадвайце нагадвай remind`, 3)
	reporting = newWordSet(`отписаться отписатся отписываться адпісацца відписатися відписатись`, 3)
	promising = newWordSet(`обещал обещала обещали обещался должен должна должны обязан обязаны
		обіцяв обіцяла обіцяли повинен повинна повинні мав мала абяцаў абяцала абяцалі павінен павінна
		павінны`, 3)
	// resulting words follow "to report".
	resulting = newWordSet(`о об про насчет результату результатам итогу итогам факту готовности
		заявке заказу поводу срокам вопросу обеда вечера утра завтра результатом`, 3)
	points = newWordSet(`смысл смысла зачем незачем жалко жаль смысле сенс сенсу навіщо нащо шкода
		сэнс сэнсу навошта шкада point reason why λογος λογο νοημα γιατι`, 3)
)
