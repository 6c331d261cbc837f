package model

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// optOutRule is one line of optOutRules.
type optOutRule struct {
	steps                                          []ruleStep
	denied, asked, here, order, whole, about, bids bool
	free                                           bool // the steps may come in any order
	back                                           bool // it belongs to optInRules
}

// ruleStep is a word kind, a word, or one of the signs of the notation.
type ruleStep struct {
	sign  byte // '~' '^' '$' '+', 0 for a word
	kind  kinds
	words *wordSet // one of them, if kind is 0
}

const mostBetween = 6 // words that ~ skips; + skips any words of the sentence

func (l *lexicon) readRules(text string) []optOutRule {
	var rules []optOutRule
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" && line[0] != '#' {
			rules = append(rules, l.readRule(line)...)
		}
	}
	return rules
}

// readRule reads a line; a "free" one becomes a rule for each order of its steps.
func (l *lexicon) readRule(line string) []optOutRule {
	var r optOutRule
	notation, flags, _ := strings.Cut(line, "|")
	for _, field := range strings.Fields(notation) {
		word := strings.Trim(field, `"`)
		switch {
		case strings.Contains("~^$+", field):
			r.steps = append(r.steps, ruleStep{sign: field[0]})
		case word != field:
			r.steps = append(r.steps, literal(word))
		case l.sets[field] != nil:
			r.steps = append(r.steps, ruleStep{words: l.sets[field]})
		default:
			r.steps = append(r.steps, ruleStep{kind: l.ofAny(strings.Split(field, "/")...)})
		}
	}
	for _, flag := range strings.Fields(flags) {
		r.denied = r.denied || flag == "denied"
		r.asked = r.asked || flag == "asked"
		r.here = r.here || flag == "here"
		r.order = r.order || flag == "order"
		r.whole = r.whole || flag == "whole"
		r.about = r.about || flag == "about"
		r.free = r.free || flag == "free"
		r.bids = r.bids || flag == "bids"
	}
	if !r.free {
		return []optOutRule{r}
	}
	var rules []optOutRule
	for _, steps := range l.orders(r.steps) {
		r.steps = steps
		rules = append(rules, r)
	}
	return rules
}

// orders returns the steps in every order in which a "not" comes before what it denies, with a ~
// between them. ^ and $ stay at the ends.
func (l *lexicon) orders(steps []ruleStep) [][]ruleStep {
	var before, after []ruleStep
	if steps[0].sign == '^' {
		before, steps = []ruleStep{{sign: '^'}, {sign: '~'}}, steps[1:]
	}
	if last := len(steps) - 1; steps[last].sign == '$' {
		after, steps = []ruleStep{{sign: '~'}, {sign: '$'}}, steps[:last]
	}
	var all [][]ruleStep
	var choose func(order []int)
	choose = func(order []int) {
		if len(order) == len(steps) {
			rule := slices.Clone(before)
			for n, at := range order {
				if n > 0 {
					rule = append(rule, ruleStep{sign: '~'})
				}
				rule = append(rule, steps[at])
			}
			all = append(all, append(rule, after...))
			return
		}
		for n := range steps {
			denied := n > 0 && steps[n-1].kind == l.names["not"] && !slices.Contains(order, n-1)
			if !slices.Contains(order, n) && !denied {
				choose(append(slices.Clone(order), n))
			}
		}
	}
	choose(nil)
	return all
}

// literal reads a word, or several with a / between them, one of which must be there.
func literal(words string) ruleStep {
	return ruleStep{words: newWordSet(strings.ReplaceAll(words, "/", " "), 1)}
}

// fits reports whether a word matches a step.
func (s *ruleStep) fits(w *word) bool {
	return w.kinds&s.kind != 0 || s.words != nil && s.words.holds(&w.spellings)
}

// glue joins "un subscribe", "от пишите", "ни каких" and "не пиши те" into the words that were
// meant.
func (l *lexicon) glue(words []word) []word {
	wishes, sends := l.ofAny("unsub", "leave", "none"), l.names["send"]
	for n := 0; n+1 < len(words); n++ {
		both := words[n].folded + words[n+1].folded
		if !words[n+1].clause && (l.plain.words[both]&wishes != 0 || l.plain.words[both]&sends != 0 &&
			l.plain.words[words[n+1].folded] == 0) {
			words[n].folded, words[n].end = both, words[n+1].end
			words = slices.Delete(words, n+1, n+2)
		}
	}
	return words
}

// unglue splits "нехочу", "отпишитеменя" and "НЕПИШИТЕМНЕ" into their words.
func (l *lexicon) unglue(words []word) []word {
	words = l.glue(words)
	for n := 0; n < len(words); n++ {
		parts := l.parts(words[n].folded)
		for at, part := range parts {
			if at == 0 {
				words[n].folded = part
				continue
			}
			next := word{start: words[n].start, end: words[n].end, spellings: spellings{folded: part},
				asked: words[n].asked}
			n++
			words = slices.Insert(words, n, next)
		}
	}
	return words
}

// parts returns the known words of which a word consists, or nil. One of them is a verb, and a typo
// is forgiven in what "not" is glued to.
func (l *lexicon) parts(s string) []string {
	if letters := utf8.RuneCountInString(s); letters < 5 || letters > 40 || l.plain.kinds(s) != 0 || isLatin(s) &&
		l.kindsOf(spell(s), false) != 0 {
		return nil
	}
	for _, not := range []string{"не", "ни", "ня", "ne"} {
		rest, ok := strings.CutPrefix(s, not)
		typos := utf8.RuneCountInString(rest) > 8
		if ok && (l.kindsOf(spell(rest), typos)|l.sound.words[soundOf(rest)])&l.ofAny("send", "want", "need",
			"intend") != 0 {
			return []string{not, rest}
		}
	}
	parts := l.cut(s, 5)
	if pieces := strings.Split(s, "-"); len(pieces) > 2 {
		parts = pieces // "больше-не-пишите"
	}
	if !slices.ContainsFunc(parts, func(s string) bool {
		return slices.Contains(stopWords, s) || len(s) > 3 &&
			l.plain.words[s]&l.ofAny("send", "want", "unsub", "drop", "cease") != 0
	}) {
		return nil
	}
	return parts
}

// cut divides a word into two to most known ones.
func (l *lexicon) cut(s string, most int) []string {
	known := l.ofAny("not", "send", "want", "need", "get", "unsub", "drop", "cease", "off", "me", "more", "my",
		"number")
	for end := range s {
		if end < 3 || l.plain.words[s[:end]]&known == 0 && !slices.Contains(stopWords, s[:end]) {
			continue
		}
		rest := s[end:]
		for _, preposition := range []string{"от", "из", "із", "ад", "від", "from"} {
			rest = strings.TrimPrefix(rest, preposition) // "отпишитеменяотрассылки"
		}
		if l.plain.words[rest]&known != 0 || l.plain.kinds(rest)&l.ofAny("ads", "list", "number") != 0 ||
			l.polite.words()[rest] && utf8.RuneCountInString(rest) > 1 {
			return []string{s[:end], rest}
		}
		if most > 2 {
			if others := l.cut(rest, most-1); others != nil {
				return append([]string{s[:end]}, others...)
			}
		}
	}
	return nil
}

// judge assigns each word its kinds.
func (l *lexicon) judge(words []word) {
	typos := len(words) <= 40
	for n := range words {
		w := &words[n]
		w.spellings = spell(w.folded)
		last := n+1 == len(words) || words[n+1].sentence
		w.polite = l.polite.has(*w) || last && w.folded == "а" || l.polite.words()[strings.ReplaceAll(w.folded, "-", "")]
		w.kinds = l.kindsOf(w.spellings, false)
		if w.kinds == 0 && typos && !w.polite && !l.guarded(&w.spellings) {
			l.correct(w)
		}
	}
	if about := l.ofAny("ads", "send", "sending"); !slices.ContainsFunc(words,
		func(w word) bool { return w.kinds&about != 0 }) {
		for n := range words { // "хватит этого?" asks about goods
			if words[n].asked && l.weary.has(words[n]) {
				words[n].kinds &^= l.names["cease"]
			}
		}
	}
	for n := range len(words) - 1 { // "больше двух": how many, not how long
		if words[n].folded == "block" && words[n+1].folded == "my" && (n+2 == len(words) ||
			words[n+2].kinds&l.names["number"] == 0) { // a card, a SIM
			words[n].kinds &^= l.names["threat"]
		}
		if words[n].folded == "σταματησε" && greekArticles.has(words[n+1]) { // "has the sale ended?"
			words[n].kinds &^= l.names["cease"]
		}
		if words[n+1].folded == "ли" { // "достаточно ли этого?"
			words[n].kinds &^= l.names["cease"]
		}
		if next := words[n+1].folded; quantities.has(words[n+1]) || next != "" && next[0] <= '9' {
			words[n].kinds &^= l.names["more"]
		}
	}
	if slices.ContainsFunc(words, func(w word) bool { return w.kinds&l.names["thing"] != 0 }) {
		for n := range words { // "не пишите ерунду, скажите, где заказ"
			if rubbish.has(words[n]) {
				words[n].kinds &^= l.names["ads"]
			}
		}
	}
	for n := range len(words) - 1 { // "don't call, text me": a verb, not a noun
		if words[n].clause && !words[n].sentence && words[n].kinds&l.names["send"] != 0 {
			words[n].kinds &^= l.names["ads"]
		}
	}
}

// greekArticles before a noun make it the subject of a verb.
var greekArticles = newWordSet(`ο η οι`, 4)

// findRule finds the first words that a rule takes for a wish.
func (l *lexicon) findRule(rules []optOutRule, words []word) (first, last int, found bool) {
	for start := range words {
		for n := range rules {
			r := &rules[n]
			if first := &r.steps[0]; first.sign == 0 && !first.fits(&words[start]) {
				continue // most rules, without the cost of a call
			}
			if end, ok := l.match(r.steps, words, start, start); ok && !l.spoiled(*r, words, start, end) {
				for end > start+1 && words[end-1].polite && words[end-1].kinds == 0 {
					end--
				}
				if start > 0 && !words[start].sentence && words[start-1].is([]string{"do", "does", "did"}) {
					start--
				}
				return start, end - 1, true
			}
		}
	}
	return 0, 0, false
}

// match tries steps from a word on and gives the index after the last word.
func (l *lexicon) match(steps []ruleStep, words []word, start, at int) (end int, ok bool) {
	for n, s := range steps {
		fits := at < len(words) && (at == start || !words[at].sentence)
		switch s.sign {
		case '^':
			for before := start - 1; before >= 0 && !words[before+1].sentence; before-- {
				if !words[before].polite {
					return 0, false
				}
			}
		case '$':
			if at < len(words) && subordinate.has(words[at]) {
				return 0, false
			}
			if fits && len(keepDigits(words[at].folded)) >= 7 { // a phone
				continue
			}
			if fits && !words[at].clause && !clauseOpeners.has(words[at]) && !words[at].polite {
				return 0, false
			}
		case '~':
			// one word may be anything: "вашу глупую рекламу"
			strange := n+1 < len(steps) && steps[n+1].kind == l.names["ads"]
			for passed := 0; passed <= mostBetween; passed++ {
				if end, ok := l.match(steps[n+1:], words, start, at); ok {
					return end, true
				}
				if at >= len(words) || at > start && words[at].sentence {
					return 0, false
				}
				if words[at].kinds&l.between == 0 && !words[at].polite {
					if !strange || words[at].kinds != 0 || isInfinitive(words[at].folded) || words[at].clause ||
						at+1 == len(words) ||
						!steps[n+1].fits(&words[at+1]) {
						return 0, false
					}
					strange = false
				}
				at++
			}
			return 0, false
		case '+':
			for ; at <= len(words); at++ {
				if end, ok := l.match(steps[n+1:], words, start, at); ok {
					return end, true
				}
				if at == len(words) || at > start && words[at].sentence {
					return 0, false
				}
			}
			return 0, false
		default:
			if !fits || !s.fits(&words[at]) {
				return 0, false
			}
			at++
		}
	}
	return at, true
}
