package model

import "slices"

// A wish may be about somebody else: another sender, another list.

// aboutElse reports whether the words after a match show that something else is meant: "согласия на
// операцию", "подписку на кино", "из списка должников".
func (l *lexicon) aboutElse(words []word, start, end, to int) bool {
	for n := start; n < min(to, end+4) && (n < end || !words[n].clause); n++ {
		if words[n].kinds&l.ofAny("queue", "black", "elsewhere") != 0 {
			return true
		}
	}
	if end+1 >= to || !aboutWords.has(words[end]) {
		return false
	}
	ours := l.ofAny("yours", "ads", "offers", "list", "number", "send", "sending", "get", "me")
	for n := end + 1; n < min(to, end+5) && !words[n].clause; n++ {
		if words[n].kinds&ours != 0 {
			return false
		}
	}
	return true
}

// elsewhere reports whether the clause of a match, or a question around it, names another service.
func (l *lexicon) elsewhere(words []word, from, start, end, to int) bool {
	if !words[start].asked {
		for ; start > from && !words[start].clause; start-- {
		}
		for ; end < to && !words[end].clause; end++ {
		}
		from, to = start, end
	}
	return slices.ContainsFunc(words[from:to], func(w word) bool { return w.kinds&l.names["elsewhere"] != 0 })
}

// fromElsewhere reports whether the words after a match name another sender: "from Netflix". A
// person who asks how to leave "рассылку Озона" does not mean ours.
func (l *lexicon) fromElsewhere(words []word, end, to int, asks bool) bool {
	first := end
	if asks { // the name may be part of the match: "from Amazon emails"
		for first > 0 && first > end-4 && !fromWords.has(words[first-1]) {
			first--
		}
		if first > 0 && fromWords.has(words[first-1]) {
			return l.namesAnother(words[first:min(to, first+4)])
		}
	}
	if asks && end < to && !words[end].clause && words[end-1].kinds&l.ofAny("ads", "list") != 0 &&
		words[end].kinds == 0 && !words[end].polite && !l.beside.has(words[end]) {
		return true // "как отключить рассылку Озона?"
	}
	for asks && end < to && !words[end].clause && words[end].kinds&(l.names["ads"]|l.between) != 0 &&
		!fromWords.has(words[end]) {
		end++ // "как перестать получать спам от банка?"
	}
	if end >= to || !fromWords.has(words[end]) {
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

// namesAnother reports whether a word is an unknown name, and none refers to us.
func (l *lexicon) namesAnother(words []word) bool {
	known := l.names["ads"] | l.names["list"] | l.names["number"] | l.between
	unknown := false
	for n, w := range words {
		switch {
		case n > 0 && w.clause && unknown:
			return true // "от рассылки Озона, у вас кто-нибудь знает?"
		case w.kinds&l.names["yours"] != 0:
			return false
		case w.kinds&known == 0 && !w.polite:
			unknown = true
		}
	}
	return unknown
}
