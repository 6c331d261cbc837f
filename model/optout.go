package model

import (
	"slices"
	"strings"
	"unicode"
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
	words := splitWords(text)
	if len(words) == 0 {
		return signAlone(text)
	}
	l := optOutLexicon()
	words = l.unglue(words)
	l.judge(words)
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
		func(w word) bool { return !w.polite && !l.isBeside(w) }) { // "🚫 реклама"
		return matchOf(text, words, 0, len(words)-1), true
	}
	return OptOutMatch{}, false
}

func matchOf(text string, words []word, first, last int) OptOutMatch {
	start, end := words[first].start, words[last].end
	return OptOutMatch{Words: text[start:end], Start: start, End: end}
}

// word is one word of a text with what separates it from the word before it.
type word struct {
	start, end int
	latin      string // as latinRussian writes it, if in Latin letters
	folded     string // Fold, in letters of one alphabet if two were mixed
	clause     bool   // punctuation or the end of a sentence precedes it
	sentence   bool   // a sentence ended before it
	asked      bool   // its sentence is a question
	quoted     bool   // it is in quotation marks
	polite     bool   // it does not change the meaning
	kinds      kinds
}

// is reports whether the word is one of the choices.
func (w word) is(choices []string) bool { return slices.Contains(choices, w.folded) }

func splitWords(text string) []word {
	var words []word
	clause, sentence := false, false
	firstOfSentence, quoted := 0, false
	for i := 0; i < len(text) && len(words) < maxOptOutWords; {
		r, size := utf8.DecodeRuneInString(text[i:])
		if isWordRune(r) {
			end := wordEnd(text, i)
			words = append(words, word{start: i, end: end, folded: oneAlphabet(text[i:end]), clause: clause || sentence,
				sentence: sentence, quoted: quoted})
			if sentence {
				firstOfSentence = len(words) - 1
			}
			clause, sentence = false, false
			i = end
			continue
		}
		switch {
		case r == '?' || (r == ';' || r == '\u037e') && endsGreek(words):
			for n := firstOfSentence; n < len(words) && !words[len(words)-1].is(questionTags); n++ {
				words[n].asked = true
			}
			sentence = true
		case r == '>' && (i == 0 || text[i-1] == '\n'): // a quoted line of our own message
			size = len(text[i:])
			if next := strings.IndexByte(text[i:], '\n'); next >= 0 {
				size = next
			}
		case r == '.', r == '!', r == '…', r == '\n', r == '\r', r == '\u2028', r == '\u2029':
			sentence = true
		case isQuote(r):
			quoted = strings.ContainsRune("«“„‹", r) || r == '"' && !quoted
		case !unicode.IsSpace(r) && r != '\'':
			clause = true
		}
		i += size
	}
	return words
}

// questionTags ask for consent to a wish: "don't text me, ok?".
var questionTags = foldedWords(
	`ок окей ладно хорошо договорились понятно ясно слышите пожалуйста добре гаразд домовились
	добра дамовіліся калі ласка ok okay alright right please deal ενταξει παρακαλω`)

// endsGreek reports whether the last word is Greek, where ";" ends a question.
func endsGreek(words []word) bool {
	if len(words) == 0 {
		return false
	}
	r, _ := utf8.DecodeRuneInString(words[len(words)-1].folded)
	return unicode.Is(unicode.Greek, r)
}

// signAlone recognises a text that is only a stop sign.
func signAlone(text string) (OptOutMatch, bool) {
	start := strings.IndexAny(text, optOutSigns)
	if start < 0 || strings.ContainsFunc(text, func(r rune) bool {
		return !unicode.IsSpace(r) && !strings.ContainsRune(optOutSigns+"!.", r) &&
			!unicode.Is(unicode.Variation_Selector, r)
	}) {
		return OptOutMatch{}, false
	}
	end := start + strings.LastIndexFunc(text[start:],
		func(r rune) bool { return strings.ContainsRune(optOutSigns, r) })
	_, size := utf8.DecodeRuneInString(text[end:])
	return OptOutMatch{Words: text[start : end+size], Start: start, End: end + size}, true
}

// wordEnd gives the end of the word that begins at start. A hyphen or apostrophe between letters
// belongs to the word: "non-stop" is one word.
func wordEnd(text string, start int) int {
	end := start
	for end < len(text) {
		r, size := utf8.DecodeRuneInString(text[end:])
		if !isWordRune(r) {
			next, _ := utf8.DecodeRuneInString(text[end+size:])
			inside := strings.ContainsRune("-‐‑'’ʼ`", r)
			if !inside || !isWordRune(next) {
				break
			}
		}
		end += size
	}
	return end
}

func isWordRune(r rune) bool {
	return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.M, r) &&
		!unicode.Is(unicode.Variation_Selector, r) && r != '\u20e3')
}

func isQuote(r rune) bool { return strings.ContainsRune("\"«»“”„‟‹›‘’`", r) }

var plainHyphens = strings.NewReplacer("‐", "-", "‑", "-")

// lookAlikes are the Latin letters that can be typed for a Cyrillic one without a visible
// difference.
var lookAlikes = strings.NewReplacer("a", "а", "b", "в", "c", "с", "e", "е", "h", "н", "i", "і", "k", "к", "m", "м",
	"o", "о", "p", "р", "t", "т", "x", "х", "y", "у", "3", "з", "0", "о")

// soundAlikes are Cyrillic letters to be replaced inside a Latin word.
var soundAlikes = strings.NewReplacer("а", "a", "в", "b", "с", "c", "е", "e", "н", "h", "і", "i", "к", "k", "м", "m",
	"о", "o", "р", "p", "п", "p", "т", "t", "х", "x", "у", "y")

// oneAlphabet folds a word and undoes common spellings: "CTOП" in mixed alphabets, "СТ0П",
// "СТОООП", "отпишите-ка".
func oneAlphabet(s string) string {
	folded := plainHyphens.Replace(squeeze(Fold(s)))
	for _, particle := range []string{"-то", "-ка", "-таки"} {
		folded = strings.TrimSuffix(folded, particle)
	}
	if zero := strings.IndexByte(folded, '0'); zero > 0 && keepDigits(folded) == "0" {
		o := "o"
		if first, _ := utf8.DecodeRuneInString(folded); unicode.Is(unicode.Cyrillic, first) {
			o = "о"
		}
		folded = folded[:zero] + o + folded[zero+1:]
	}
	latin, cyrillic := false, false
	for _, r := range folded {
		latin = latin || r >= 'a' && r <= 'z'
		cyrillic = cyrillic || unicode.Is(unicode.Cyrillic, r)
	}
	if !latin || !cyrillic {
		return folded
	}
	if replaced := lookAlikes.Replace(folded); !strings.ContainsFunc(replaced,
		func(r rune) bool { return r >= 'a' && r <= 'z' }) {
		return replaced
	}
	return soundAlikes.Replace(folded)
}

// squeeze reduces three or more equal letters to one.
func squeeze(s string) string {
	runes := []rune(s)
	out := runes[:0:0]
	for i := 0; i < len(runes); {
		n := i
		for n < len(runes) && runes[n] == runes[i] {
			n++
		}
		if n-i >= 3 && unicode.IsLetter(runes[i]) {
			out = append(out, runes[i])
		} else {
			out = append(out, runes[i:n]...)
		}
		i = n
	}
	return string(out)
}

// findStop looks for a first or last sentence made of stop words and politeness only. A question
// elsewhere in the text means that the person wants to talk.
func (l *lexicon) findStop(words []word, own []string) (first, last int, found bool) {
	politeBefore, weary := true, !slices.ContainsFunc(words, func(w word) bool { return w.is(l.assent) })
	for start := 0; start < len(words); {
		end := start + 1
		for end < len(words) && !words[end].sentence {
			end++
		}
		first, last, only := l.stopSentence(words, start, end, own, weary)
		if words[start].asked && end < len(words) && words[end].is(refusals) {
			only = false // "unsubscribe? no, I only asked for the price"
		}
		if only && (words[first].is(stopWords) || words[first].kinds&l.names["off"] != 0) && l.trades(words[end:]) {
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

func (l *lexicon) stopSentence(words []word, start, end int, own []string, weary bool) (first, last int, only bool) {
	first = -1
	besides := l.ofAny("me", "more", "fill")
	for n := start; n < end; n++ {
		w := words[n]
		switch {
		case l.isAlone(w.folded) || w.kinds&l.wishes != 0 || l.commands(w) && !w.asked || w.is(own) || weary &&
			!w.asked && l.isWeary(w.folded):
			if first < 0 {
				first = n
			}
			last = n
		case first >= 0 && last == n-1 && w.is(l.beside):
			if w.is(oneThing) && words[n-1].kinds&l.ofAny("off", "drop") != 0 && !slices.ContainsFunc(words,
				func(w word) bool { return w.kinds&l.names["number"] != 0 }) {
				return 0, 0, false // "cancel it"
			}
			last = n
		case !w.polite && !l.isBeside(w) && w.kinds&besides == 0 && strings.Trim(w.folded, "0123456789-") != "":
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
	return w.kinds&l.names["cease"] != 0 && !l.isWeary(w.folded) && !w.is(stopWords)
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
			if words[n-1].folded == "wrong" && words[n].kinds&l.names["number"] == 0 && !words[n].is(persons) {
				return false // "stop, wrong size"
			}
		}
		return slices.ContainsFunc(words, func(w word) bool { return w.kinds&l.says != 0 || w.is(refusals) })
	}
	future := slices.ContainsFunc(words, func(w word) bool {
		return w.is(conditions) || w.is(awaited) || w.kinds&l.names["asks"] != 0
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
	for n := len(words) - 1; n > 0; n-- {
		if words[n].clause && !allPolite(words[n:]) {
			first, last, found = l.stopClause(words, n, len(words))
			return first, last, found && (says(words[:n]) || said(words[last]) &&
				!l.askedOutside(words, n, len(words)) &&
				(!l.trades(words) || slices.ContainsFunc(words,
					func(w word) bool { return w.kinds&l.names["ads"] != 0 })))
		}
	}
	return 0, 0, false
}

// persons are words for people, as in "wrong person".
var persons = foldedWords(`person guy man woman lady contact`)

// awaited words speak of what is still to come.
var awaited = foldedWords(`будет будут появится появятся придет придут решите узнаете получится прийдет буде будуть
	зявиться прийде з'явіцца прыйдзе`)

// trades reports whether the words are about buying.
func (l *lexicon) trades(words []word) bool {
	return slices.ContainsFunc(words, func(w word) bool { return w.kinds&l.names["thing"] != 0 || w.is(trading) })
}

var trading = foldedWords(`
	приду беру возьму иду еду прыйду прийду забыл забыла промокод дорого дорогая дороговато expensive ακριβο рублей рубля руб цена
	цену цены ціна ціну цана цану стоит стоило говорили обещали заказывал заказывала замовляв
	замовляла купил купила оплатил оплатила размер размера адрес понял поняла спутал спутала
	price cost ordered paid size address understood τιμη μεγεθος παρηγγειλα нажал нажала
	натиснув націснуў`)

// refusals are words that say no.
var refusals = foldedWords(`нет ні не no nope οχι`)

// stopClause finds the words of optOutLast in a clause that contains nothing else.
func (l *lexicon) stopClause(words []word, from, to int) (first, last int, only bool) {
	first = -1
	for n := from; n < to; n++ {
		switch w := words[n]; {
		case w.asked:
			return 0, 0, false
		case w.is(l.last) || w.kinds&l.names["unsub"] != 0 || w.latin != "" && l.latinOf(l.lastLatin, w.folded):
			if first < 0 {
				first = n
			}
			last = n
		case !w.polite && !l.isBeside(w) && !w.is(contrasts):
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
	return 0, len(words) - 1, slices.Contains(l.alone, oneAlphabet(b.String()))
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
