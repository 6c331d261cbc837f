package model

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// findStop looks for a first or last sentence made of stop words and politeness only. A question
// elsewhere in the text means that the person wants to talk.
func (l *lexicon) findStop(words []word, own []string) (first, last int, found bool) {
	politeBefore, weary := true, !slices.ContainsFunc(words, func(w word) bool { return l.assent.has(w) })
	for start := 0; start < len(words); {
		end := start + 1
		for end < len(words) && !words[end].sentence {
			end++
		}
		first, last, only := l.stopSentence(words, start, end, own, weary)
		if words[start].asked && end < len(words) && refusals.has(words[end]) {
			only = false // "unsubscribe? no, I only asked for the price"
		}
		if only && l.saidOfGoods(words[first]) && l.trades(words[end:]) {
			only = false // "Стоп. Вы же говорили 20 рублей"
		}
		if only && (politeBefore || politeUntil(words, end)) && !l.askedOutside(words, start, end) {
			return first, last, true
		}
		politeBefore = politeBefore && allPolite(words[start:end])
		start = end
	}
	if first, last, found = l.besideStop(words); found {
		return first, last, true
	}
	return l.spelledStop(words)
}

// saidOfGoods reports whether a word may also be said about goods, or a conversation: "хватит".
func (l *lexicon) saidOfGoods(w word) bool {
	return w.is(stopWords) || l.isWeary(w) || w.kinds&l.names["off"] != 0
}

func (l *lexicon) stopSentence(words []word, start, end int, own []string, weary bool) (first, last int, only bool) {
	first = -1
	besides := l.ofAny("me", "more", "fill")
	for n := start; n < end; n++ {
		w := words[n]
		switch {
		case l.isAlone(w) || w.kinds&l.wishes != 0 || l.commands(w) && !w.asked || w.is(own) || weary &&
			!w.asked && l.isWeary(w):
			if first < 0 {
				first = n
			}
			last = n
		case first >= 0 && last == n-1 && l.beside.has(w):
			if oneThing.has(w) && words[n-1].kinds&l.ofAny("off", "drop") != 0 && !slices.ContainsFunc(words,
				func(w word) bool { return w.kinds&l.names["number"] != 0 }) {
				return 0, 0, false // "cancel it"
			}
			last = n
		case !w.polite && !l.beside.has(w) && w.kinds&besides == 0 && strings.Trim(w.folded, "0123456789-") != "":
			return 0, 0, false
		}
	}
	return first, last, first >= 0
}

func allPolite(words []word) bool {
	return !slices.ContainsFunc(words, func(w word) bool { return !w.polite })
}

func politeUntil(words []word, from int) bool { return allPolite(words[from:]) }

// askedOutside reports whether the text asks about something else; a question about messages does
// not count: "Why do you keep texting me? Stop it".
func (l *lexicon) askedOutside(words []word, start, end int) bool {
	about := l.ofAny("send", "sending", "ads", "number", "get", "can")
	for n, w := range words {
		if w.asked && (n < start || n >= end) {
			from, to := sentenceAround(words, n)
			has := func(k kinds) bool {
				return slices.ContainsFunc(words[from:to], func(w word) bool { return w.kinds&k != 0 })
			}
			if !has(about) || has(l.names["thing"]) {
				return true
			}
		}
	}
	return false
}

// commands reports whether the word bids us to stop: "прекратите", but not "хватит" or "стоп",
// which may be said of anything.
func (l *lexicon) commands(w word) bool {
	return w.kinds&l.names["cease"] != 0 && !l.isWeary(w) && !w.is(stopWords)
}

// besideStop finds a first or last clause of only "стоп", "уберите" and politeness, next to words
// that refuse or are about messages: "не интересно, уберите", "STOP - wrong number".
func (l *lexicon) besideStop(words []word) (first, last int, found bool) {
	says := func(words []word) bool {
		if l.trades(words) {
			return false
		}
		for n := 1; n < len(words); n++ {
			if words[n-1].kinds&l.names["not"] != 0 && words[n].kinds&l.names["send"] != 0 {
				return false // no rule has recognised a wish: "стоп, не отправляйте посылку"
			}
			if words[n-1].folded == "wrong" && words[n].kinds&l.names["number"] == 0 && !persons.has(words[n]) {
				return false // "stop, wrong size"
			}
		}
		return slices.ContainsFunc(words, func(w word) bool { return w.kinds&l.says != 0 || refusals.has(w) })
	}
	future := slices.ContainsFunc(words, func(w word) bool {
		return conditions.has(w) || awaited.has(w) || w.kinds&l.names["asks"] != 0
	})
	said := func(w word) bool { // "ως εδώ, σταματήστε" is said to us, whatever the reason
		return l.commands(w) || w.kinds&l.names["unsub"] != 0 && !future // not "как приедет, отпишите"
	}
	for n := 1; n < len(words); n++ {
		if !words[n].clause {
			continue
		}
		if first, last, found = l.stopClause(words, 0, n); found && says(words[n:]) {
			return first, last, true
		}
		break
	}
	if first, found = l.finalStop(words); found {
		return first, first, true
	}
	for n := len(words) - 1; n > 0; n-- {
		if words[n].clause && !allPolite(words[n:]) {
			first, last, found = l.stopClause(words, n, len(words))
			found = found && !l.messageSuffices(words, sentenceStart(words, n), first)
			return first, last, found && (says(words[:n]) || said(words[last]) &&
				!l.askedOutside(words, n, len(words)) &&
				(!l.trades(words) || slices.ContainsFunc(words,
					func(w word) bool { return w.kinds&l.names["ads"] != 0 })))
		}
	}
	return 0, 0, false
}

// finalStop finds a stop word at the end of a text that is about messages or repeats itself: "еще
// раз стоп", "не ваш клиент стоп", or another such word after a complaint: "пишете и пишете
// хватит".
func (l *lexicon) finalStop(words []word) (at int, found bool) {
	mere := func(w word) bool { return w.polite || l.beside.has(w) && !l.isWeary(w) }
	for at = len(words) - 1; at > 0 && mere(words[at]); at-- {
	}
	before := words[:at]
	if words[at].asked || at == 0 {
		return 0, false
	}
	if words[at].kinds&l.names["alone"] != 0 && words[at-1].kinds&l.names["not"] == 0 {
		return at, true // "денег нет на ваши шубы отстаньте"
	}
	if l.trades(words) {
		return 0, false
	}
	if !words[at].is(stopWords) {
		return at, l.endsComplaint(words, at)
	}
	if slices.ContainsFunc(words[max(0, at-3):at], func(w word) bool { return w.kinds&l.names["not"] != 0 }) {
		return 0, false // "love your texts, don't ever stop"
	}
	about := l.ofAny("ads", "annoy", "sending", "none", "anew")
	return at, l.endsComplaint(words, at) ||
		slices.ContainsFunc(before, func(w word) bool { return w.kinds&about != 0 || customers.has(w) })
}

// customers are words for what the person no longer is.
var customers = newWordSet(`клиент клиентка клієнт клієнтка кліент кліентка customer client
        πελατης`, 3)

// persons are words for people, as in "wrong person".
var persons = newWordSet(`person guy man woman lady contact`, 3)

// awaited words speak of what is still to come.
var awaited = newWordSet(`будет будут появится появятся придет придут решите узнаете получится
		прийдет буде будуть зявиться прийде з'явіцца прыйдзе`, 3)

// trades reports whether the words are about buying.
func (l *lexicon) trades(words []word) bool {
	for n, w := range words {
		refused := buying.has(w) && (n > 0 && words[n-1].kinds&l.names["not"] != 0 ||
			n+2 < len(words) && words[n+1].kinds&l.names["not"] != 0 && words[n+2].kinds&l.names["intend"] != 0)
		if !refused && (w.kinds&l.names["thing"] != 0 || trading.has(w)) {
			return true
		}
	}
	return false
}

// buying words are refused by who is no customer: "заказывать не буду, отпишите".
var buying = newWordSet(`заказывать заказывал заказывала покупать покупаю покупал покупала куплю беру
		брать замовляти замовляв замовляла замаўляць замаўляў замаўляла купляти купляць ordered
		buying`, 3)

var trading = newWordSet(`памер памеру памеры розмір розміру размеру размер замовляла заказваў
		заказвала купіў купіла купив оплатила заплаціў каштуе коштує кошт вартість рублёў гривень
		гривні ευρω ευρώ αγορασα παιρνω πληρωσα κοστος приду беру бяру возьму иду еду прыйду прийду
		забыл
		забыла промокод дорого дорогая дороговато expensive ακριβο рублей рубля руб цена цену цены
		ціна ціну цана цану стоит стоило говорили обещали заказывал заказывала замовляв купил
		купила оплатил размера адрес понял поняла спутал спутала price cost ordered paid size
		address understood τιμη μεγεθος παρηγγειλα нажал нажала натиснув націснуў`, 3)

// refusals are words that say no.
var refusals = newWordSet(`нет ні не no nope οχι`, 3)

// stopClause finds the words of optOutLast in a clause that contains nothing else.
func (l *lexicon) stopClause(words []word, from, to int) (first, last int, only bool) {
	first = -1
	for n := from; n < to; n++ {
		switch w := words[n]; {
		case w.asked:
			return 0, 0, false
		case l.last.has(w) || w.kinds&l.names["unsub"] != 0:
			if first < 0 {
				first = n
			}
			last = n
		case !w.polite && !l.beside.has(w) && !contrasts.has(w):
			return 0, 0, false
		}
	}
	return first, last, first >= 0
}

// spelledStop recognises "С Т О П" or "сто п": the letters of the whole text make a stop word.
func (l *lexicon) spelledStop(words []word) (first, last int, found bool) {
	var b strings.Builder
	for _, w := range words {
		if utf8.RuneCountInString(w.folded) > 3 {
			return 0, 0, false
		}
		b.WriteString(w.folded)
	}
	return 0, len(words) - 1, l.alone.words()[oneAlphabet(b.String())]
}
