package model

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// optOutRule is one line of optOutRules.
type optOutRule struct {
	steps                      []ruleStep
	denied, asked, here, order bool
}

// ruleStep is one kind of word, or one of the signs of the notation.
type ruleStep struct {
	sign  byte // '~' '^' '$' '+', 0 for a word
	kind  kinds
	word  string // itself, where the kind is 0
	latin string // a Cyrillic word as latinRussian writes it
}

const mostBetween = 6 // words that ~ passes over; + passes over any words of the sentence

func (l *lexicon) readRules(text string) []optOutRule {
	var rules []optOutRule
	for line := range strings.Lines(text) {
		if strings.TrimSpace(line) != "" {
			rules = append(rules, l.readRule(line))
		}
	}
	return rules
}

func (l *lexicon) readRule(line string) optOutRule {
	var r optOutRule
	steps, flags, _ := strings.Cut(line, "|")
	for _, field := range strings.Fields(steps) {
		word := strings.Trim(field, `"`)
		switch {
		case strings.Contains("~^$+", field):
			r.steps = append(r.steps, ruleStep{sign: field[0]})
		case word != field:
			r.steps = append(r.steps, l.literal(Fold(word)))
		default:
			r.steps = append(r.steps, ruleStep{kind: l.names[field]})
		}
	}
	for _, flag := range strings.Fields(flags) {
		r.denied = r.denied || flag == "denied"
		r.asked = r.asked || flag == "asked"
		r.here = r.here || flag == "here"
		r.order = r.order || flag == "order"
	}
	return r
}

func (l *lexicon) literal(word string) ruleStep {
	s := ruleStep{word: word}
	if first, _ := utf8.DecodeRuneInString(word); unicode.Is(unicode.Cyrillic, first) {
		s.latin = latinRussian(word)
	}
	return s
}

// fits reports whether a word is what a step asks for.
func (s ruleStep) fits(w word) bool {
	return w.kinds&s.kind != 0 || s.word != "" && (w.folded == s.word || s.latin != "" && w.latin == s.latin)
}

// unglue takes "нехочу" and "неприсылайте" for two words.
func (l *lexicon) unglue(words []word) []word {
	glued := l.ofAny("send", "want", "need", "intend")
	for n := 0; n < len(words); n++ {
		f := words[n].folded
		for _, not := range []string{"не", "ни", "ня", "ne"} {
			rest, ok := strings.CutPrefix(f, not)
			if ok && l.kindsOf(f, false) == 0 && l.kindsOf(rest, false)&glued != 0 {
				words[n].folded = not
				second := word{start: words[n].start, end: words[n].end, folded: rest, asked: words[n].asked}
				words = slices.Insert(words, n+1, second)
				break
			}
		}
	}
	return words
}

// judge gives each word its kinds.
func (l *lexicon) judge(words []word) {
	typos := len(words) <= 40
	for n := range words {
		if f := words[n].folded; f != "" && f[0] < utf8.RuneSelf { // a lone accent folds to nothing
			words[n].latin = latinRussian(f)
		}
		words[n].polite = words[n].is(l.polite) || slices.Contains(l.politeLatin, words[n].latin)
		words[n].kinds = l.kindsOf(words[n].folded, typos && !words[n].polite)
	}
	for n := range len(words) - 1 { // "don't call, text me": a verb, not a noun
		if words[n].clause && words[n].kinds&l.names["send"] != 0 && words[n+1].kinds&l.names["whom"] != 0 {
			words[n].kinds &^= l.names["ads"]
		}
	}
}

// findRule finds the first words that a rule takes for a wish.
func (l *lexicon) findRule(rules []optOutRule, words []word) (first, last int, found bool) {
	for start := range words {
		for _, r := range rules {
			if end, ok := l.match(r.steps, words, start, start); ok && !l.spoiled(r, words, start, end) {
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

// match tries steps at a word and gives the index after the last word.
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
			if at < len(words) && words[at].is(subordinate) {
				return 0, false
			}
			if fits && !words[at].clause && !words[at].is(clauseOpeners) && !words[at].polite {
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
						!steps[n+1].fits(words[at+1]) {
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
			if !fits || !s.fits(words[at]) {
				return 0, false
			}
			at++
		}
	}
	return at, true
}

// spoiled reports whether what stands around a match turns its meaning.
func (l *lexicon) spoiled(r optOutRule, words []word, start, end int) bool {
	if r.denied && l.deniedBefore(words, start) {
		return true
	}
	from, to := sentenceAround(words, start)
	around := func(name string) bool {
		return slices.ContainsFunc(words[from:to], func(w word) bool { return w.kinds&l.names[name] != 0 })
	}
	if r.here && (around("elsewhere") || l.fromElsewhere(words, end, to, words[start].asked || around("asks"))) {
		return true
	}
	if r.order && around("thing") || words[start].asked && (slices.ContainsFunc(words[from:to], asksMeaning) ||
		slices.ContainsFunc(words[from:start], isCondition)) {
		return true
	}
	if !r.asked {
		return r.denied && observedBefore(words, start)
	}
	if l.otherwise(words, start, end, to) {
		return true
	}
	if words[start].asked && (around("asks") || !around("can")) {
		return true
	}
	return start > from && (words[start-1].is(reporters) || slices.Contains(reportersLatin, words[start-1].latin) ||
		words[start].folded == "never" &&
			words[start-1].is(subjects))
}

// otherwise reports whether the words behind a match ask for something else instead: "don't call,
// text me", "не пишите, а позвоните", "не присылайте красный, пришлите синий". Whoever wants no
// advertising wants out, whatever else is welcome.
func (l *lexicon) otherwise(words []word, start, end, to int) bool {
	if slices.ContainsFunc(words[start:end], func(w word) bool { return w.kinds&l.names["ads"] != 0 }) {
		return false
	}
	if end < to && words[end].is(onlyWords) {
		return true // "больше не надо, только хлеб"
	}
	asks := l.ofAny("send", "call")
	for n := end; n < to; n++ {
		if words[n].kinds&asks == 0 || n > start && words[n-1].kinds&l.ofAny("not", "more", "sothat") != 0 {
			continue
		}
		if words[n].clause || words[n-1].is(instead) {
			return true
		}
	}
	return false
}

// asksMeaning reports whether a question with the word is about what something means.
func asksMeaning(w word) bool { return w.is(meanings) }

// isCondition reports whether the word makes a question one about what would follow: "if I
// unsubscribe, do I lose my points?".
func isCondition(w word) bool { return w.is(conditions) }

// isInfinitive reports whether a Russian word is a verb that something is to be done by.
func isInfinitive(folded string) bool {
	return strings.HasSuffix(folded, "ть") || strings.HasSuffix(folded, "ться") || strings.HasSuffix(folded, "ти")
}

// fromElsewhere reports whether the words behind a match say of what else than us: "from Netflix".
// Who asks how to leave "рассылку Озона" does not mean ours.
func (l *lexicon) fromElsewhere(words []word, end, to int, asks bool) bool {
	first := end
	if asks { // the name may stand behind what the rule took: "from Amazon emails"
		for first > 0 && first > end-4 && !words[first-1].is(fromWords) {
			first--
		}
		if first > 0 && words[first-1].is(fromWords) {
			return l.namesAnother(words[first:min(to, first+4)])
		}
	}
	if end >= to || !words[end].is(fromWords) {
		return false
	}
	if asks {
		return l.namesAnother(words[end+1 : min(to, end+5)])
	}
	ours := l.names["yours"] | l.names["ads"] | l.names["list"] | l.names["number"]
	unknown := false
	for _, w := range words[end+1 : min(to, end+5)] {
		if w.kinds&ours != 0 {
			return false
		}
		unknown = unknown || w.kinds&l.between == 0 && !w.polite
	}
	return unknown
}

// namesAnother reports whether a word is a name that is not known, and none says that it is ours.
func (l *lexicon) namesAnother(words []word) bool {
	known := l.names["ads"] | l.names["list"] | l.names["number"] | l.between
	unknown := false
	for _, w := range words {
		if w.kinds&l.names["yours"] != 0 || w.clause && unknown {
			break
		}
		if w.kinds&known == 0 && !w.polite {
			unknown = true
		}
	}
	return unknown && !slices.ContainsFunc(words, func(w word) bool { return w.kinds&l.names["yours"] != 0 })
}

// observedBefore reports whether the words at start are said of what somebody did: "why did you
// stop sending offers?".
func observedBefore(words []word, start int) bool {
	return start > 1 && words[start-1].is(subjects) && words[start-2].is([]string{"did", "have", "had", "has"})
}

// deniedBefore reports whether a "not" goes with the words at start: "не хочу отписаться", but not
// "не могу отписаться".
func (l *lexicon) deniedBefore(words []word, start int) bool {
	passes := l.between | l.names["want"] | l.names["need"] | l.names["intend"]
	for n := start - 1; n >= 0 && n >= start-5 && !words[n+1].sentence && !words[n+1].clause; n-- {
		if words[n].kinds&l.names["not"] != 0 || words[n].is(denials) {
			return true
		}
		if words[n].kinds&passes == 0 && !words[n].polite {
			return false
		}
	}
	return false
}

func sentenceAround(words []word, at int) (from, to int) {
	for from = at; from > 0 && !words[from].sentence; from-- {
	}
	for to = at + 1; to < len(words) && !words[to].sentence; to++ {
	}
	return from, to
}

var (
	// denials beside the words of the kind "not".
	denials = foldedWords(`без ведь without`)
	// reporters before "не пишите" make it a slip of "не пишете", an observation.
	reporters = foldedWords(`почему чему зачем отчего если калі якщо когда что чаму they why if who кто хто`)
	// instead begins what is wanted in the place of what was refused.
	instead    = foldedWords(`а але лучше лепш краще but rather instead αλλα`)
	onlyWords  = foldedWords(`только тільки толькі кроме окрім акрамя only except but μονο εκτος`)
	conditions = foldedWords(`если якщо калі коли if αν εαν`)
	// meanings make a question one about a word.
	meanings = foldedWords(`значит означает значить означає значыць азначае mean means σημαινει`)
	// reportersLatin are reporters as latinRussian writes them.
	reportersLatin = []string{"pocemu", "zacem", "otcego", "comu", "camu", "esli", "kogda"}
	// subordinate words go on with what seemed to end: "не пишите, что …".
	subordinate = foldedWords(`что що што that ότι`)
	// subjects before "never" make it an observation: "you never text me".
	subjects      = foldedWords(`i you we they he she it`)
	fromWords     = foldedWords(`от from ад від из з of απο`)
	clauseOpeners = foldedWords(
		`и а но или иначе я это у у і але або бо і ці and or i otherwise im потому так или потому если якщо калі if
		because since cause или спасибо και γιατι ή αλλιως`)
)

func foldedWords(s string) []string { return strings.Fields(Fold(s)) }
