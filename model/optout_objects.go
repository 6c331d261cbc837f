package model

import "slices"

// The object of a verb decides what is refused: "не присылайте" without an object is about
// messages, "не присылайте пустые коробки" is not.

// otherObject reports whether what must not be sent any more is neither a message nor the content
// of messages: "перестаньте присылать пустые коробки", "stop sending the wrong size". Only verbs
// that may concern goods are checked, and only objects that follow them without a preposition.
func (l *lexicon) otherObject(words []word, start, end, to int) bool {
	if !slices.ContainsFunc(words[start:end], func(w word) bool {
		return w.kinds&l.names["ship"] != 0 || w.folded == "sending" ||
			end < to && determiners.has(words[end]) && w.kinds&l.names["sending"] != 0
	}) {
		return false
	}
	about := l.ofAny("ads", "offers", "annoy", "list", "number", "black", "told", "wrong")
	if slices.ContainsFunc(words[start:end], func(w word) bool { return w.kinds&about != 0 }) {
		return false
	}
	for n := end; n < to && !words[n].clause; n++ {
		w := words[n]
		switch {
		case topicWords.has(w):
			return false // "не присылайте мне про детские товары"
		case determiners.has(w) && n+1 < to && !words[n+1].clause && words[n+1].kinds == 0 && !words[n+1].polite:
			return true
		case prepositions.has(w), clauseOpeners.has(w), contents.has(w):
			return slices.ContainsFunc(words[n:to], func(w word) bool { return w.kinds&l.names["thing"] != 0 })
		case w.kinds&l.names["thing"] != 0:
			return true
		case w.folded == "wrong", w.kinds&l.names["not"] != 0:
		case w.kinds&about != 0:
			return false
		case w.kinds == 0 && !w.polite && !l.beside.has(w) && keepDigits(w.folded) != w.folded:
			return !l.qualified(words, n, to) // "stop sending dog food", but not "dog food offers"
		}
	}
	return false
}

// qualified reports whether the unknown words from at on are followed by a word for messages.
func (l *lexicon) qualified(words []word, at, to int) bool {
	for ; at < to && !words[at].clause && words[at].kinds&l.names["thing"] == 0; at++ {
		if words[at].kinds != 0 {
			return words[at].kinds&l.ofAny("ads", "offers") != 0
		}
	}
	return false
}

// namesOne reports whether a single thing is meant: "I don't need it anymore" is about goods,
// because messages are many.
func (l *lexicon) namesOne(words []word, start, end int) bool {
	wanted := l.ofAny("want", "need")
	return slices.ContainsFunc(words[start:end], func(w word) bool { return w.kinds&wanted != 0 }) &&
		slices.ContainsFunc(words[start:end], func(w word) bool { return oneThing.has(w) })
}

// callInstead reports whether a call is requested instead of what was refused: "не пишите смс,
// звоните".
func (l *lexicon) callInstead(words []word, start, end, to int) bool {
	if !slices.ContainsFunc(words[start:end], func(w word) bool { return w.kinds&l.names["not"] != 0 }) {
		return false
	}
	for n := end; n < to; n++ {
		if words[n].kinds&l.names["call"] != 0 && words[n-1].kinds&l.names["not"] == 0 &&
			(words[n].clause || words[n-1].clause || instead.has(words[n-1])) {
			return true
		}
	}
	return false
}

// calls reports whether calls are meant.
func (l *lexicon) calls(words []word) bool {
	return slices.ContainsFunc(words, func(w word) bool { return w.kinds&l.names["call"] != 0 })
}

// writeInstead reports whether the apparent object of a refusal is what to do instead: "звонить не
// надо, пишите".
func (l *lexicon) writeInstead(words []word, start, end int) bool {
	needed := false
	for n := start + 1; n < min(end+1, len(words)); n++ {
		w := words[n]
		if waysRefused.has(words[n-1]) && l.textsInstead(words, start, n) {
			return true
		}
		needed = (needed || words[n-1].kinds&l.names["need"] != 0) && w.kinds&l.names["not"] == 0
		if needed && n < end && (l.bidsToWrite(w) || w.clause && w.kinds&l.names["send"] != 0 &&
			words[n-1].kinds&l.names["need"] != 0 && !isInfinitive(w.folded)) {
			return true
		}
	}
	return false
}

// refusesToWrite reports whether the words refuse a way to be reached.
func (l *lexicon) refusesToWrite(words []word) bool {
	not := slices.ContainsFunc(words, func(w word) bool { return w.kinds&l.names["not"] != 0 })
	return not && slices.ContainsFunc(words, func(w word) bool { return w.kinds&l.names["send"] != 0 })
}

// parcel reports whether something other than messages must not be sent, because the person comes
// for it or speaks of an order: "не присылайте, заберу сам".
func (l *lexicon) parcel(words []word, start, end int) bool {
	messages := l.ofAny("me", "whom", "ads", "more", "number")
	ships := false
	if slices.ContainsFunc(words[start:end], func(w word) bool { return oneThing.has(w) }) {
		messages = l.ofAny("ads", "more", "number") // "не присылайте мне его, заберу сам"
	}
	if !slices.ContainsFunc(words[start:end], func(w word) bool { return w.kinds&l.names["not"] != 0 }) {
		return false
	}
	for _, w := range words[start:end] {
		if ship := w.kinds&l.names["ship"] != 0; ship || w.kinds&messages == 0 {
			ships = ships || ship
			continue
		}
		return false
	}
	fetches := func(w word) bool { return fetching.has(w) || w.kinds&l.ofAny("thing", "yet") != 0 }
	return ships && (slices.ContainsFunc(words, fetches) ||
		words[end-1].folded == "bother" && !l.saysNothingElse(words, start, end)) // "don't bother, I fixed it"
}

// thingBehind reports whether the object of a verb is goods: "больше не присылайте этого курьера".
func (l *lexicon) thingBehind(words []word, end, to int) bool {
	for n := end; n < min(to, end+3) && !words[n].clause; n++ {
		if words[n].kinds&l.names["thing"] != 0 {
			return true
		}
	}
	return false
}

var (
	prepositions = newWordSet(`у в на по из с со от до для ад із зі з са від про о об to from at on
		in for by with about σε στο στη στον στην από για`, 3)
	// contents are words for the content of messages.
	contents = newWordSet(`картинки картинку фото видео ссылки ссылку открытки напоминания новости
		новость купоны купон инфо информацию информации информация это этого такое всё все ничего
		нічого нічога ничё ничо вот малюнкі спасылкі навіны посилання новини нагадування reminders
		updates alerts coupons vouchers deals discounts links pictures videos news info information
		anything things them these those it that εικονες νεα συνδεσμους τιποτα`, 3)
	determiners = newWordSet(`этого эту этот этих гэтага гэту гэтых цього цю цих the his her their
		αυτον αυτην`, 3)
	oneThing = newWordSet(`it его ее її його яго яе το τον την`, 3)
	// fetching words speak of the way of goods to a person.
	fetching = newWordSet(`заберу заберем заедем заеду подъеду приду придем приеду зайду зайдем
		подойду подойдем сам сама сами самовывоз самовывозом куплю купила купил купили уточню
		передумал передумала занят занята дома нет забяру прыйду прийду приїду самовивіз pick
		collect come myself pickup bought changed έρθω περάσω παραλάβω μόνος μόνη`, 3)
	readAloud = foldedWords(`says reads`)
	// quoting words introduce something the person has read: "у вас написано отписаться".
	quoting = newWordSet(`написано сказано указано пишется написана says reads γραφει λεει`, 3)
)
