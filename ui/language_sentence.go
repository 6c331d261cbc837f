package ui

import (
	"regexp"
	"strings"
	"time"
)

// The rest of the program (model, cache, vendors) speaks English to logs, files and scripts. What
// of that reaches the screen is a finished sentence; it is recognised here by the pattern it was
// made from.

// learn makes the patterns of the sentences: those of the context "sentence", and those of the
// screens that say enough by themselves not to be taken for something else.
func (l *language) learn() {
	const enough = 12
	var all []pattern
	for english, own := range l.inside["sentence"] {
		if p, ok := newPattern(english, own); ok {
			all = append(all, p)
		}
	}
	for english, own := range l.texts {
		if p, ok := newPattern(english, own); ok && p.solid >= enough {
			all = append(all, p)
		}
	}
	l.patterns = newPatterns(all)
}

// sentence gives a finished English sentence of another part of the program in the language. What
// is not recognised, such as a vendor's own words, stays as it is.
func (l *language) sentence(s string) string {
	if l == nil || s == "" {
		return s
	}
	if first, rest, several := strings.Cut(s, "\n"); several {
		return l.sentence(first) + "\n" + l.sentence(rest)
	}
	if own, ok := l.whole(s); ok {
		return own
	}
	if before, after, named := strings.Cut(s, ": "); named {
		if field, ok := l.field(before); ok {
			return field + ": " + l.said(after)
		}
	}
	return l.said(s)
}

// mostPieces is how often a sentence is cut in search of parts that are ours; what has more is a
// stranger's.
const mostPieces = 4

// whole gives a sentence that has no gaps.
func (l *language) whole(s string) (string, bool) {
	if own, ok := l.inside["sentence"][s]; ok {
		return own, true
	}
	own, ok := l.texts[s]
	return own, ok
}

// said gives a sentence that does not begin with the field it is about.
func (l *language) said(s string) string {
	if own, ok := l.whole(s); ok {
		return own
	}
	before, after, named := strings.Cut(s, ": ")
	// "write to the cache: …"
	if own, ok := l.inside["sentence"][before]; ok && named && strings.Contains(before, " ") {
		return own + ": " + l.sentence(after)
	}
	if p, args := l.patterns.find(s); p.parts != nil {
		return p.fill(args, l.argument)
	}
	if strings.Count(s, "; ") > mostPieces || strings.Count(s, ": ") > mostPieces {
		return s
	}
	if first, rest, several := strings.Cut(s, "; "); several {
		return l.sentence(first) + "; " + l.sentence(rest)
	}
	if named {
		return l.argument(before) + ": " + l.sentence(after)
	}
	return s
}

var accountField = regexp.MustCompile(`^account ([^ ]+)\.([a-z_]+)$`)

// field names a field of the campaign file or the configuration that a sentence is about.
func (l *language) field(s string) (string, bool) {
	if own, ok := l.inside["field"][s]; ok {
		return own, true
	}
	if parts := accountField.FindStringSubmatch(s); parts != nil {
		return l.inside["field"]["account"] + " " + parts[1] + "." + parts[2], true
	}
	return "", false
}

var (
	typedSpan = regexp.MustCompile(`^(\d+h)?(\d+m)?(\d+s)?$`)
	typedDate = regexp.MustCompile(`^\d{1,2} [A-Z][a-z]{2}( \d{4})?( \d{2}:\d{2})?$`)
)

// argument gives what stands in a gap of a sentence: a span of time, a date, a word of ours or
// another sentence. A single word that is none of ours is a name.
func (l *language) argument(s string) string {
	if own, ok := l.lasting(s); ok {
		return own
	}
	if typedDate.MatchString(s) {
		month := strings.Fields(s)[1]
		return strings.Replace(s, month, l.word("month", month), 1)
	}
	if strings.HasSuffix(s, ":") {
		return l.fields(s)
	}
	if !strings.Contains(s, " ") {
		return l.ownWord(s)
	}
	if own := l.sentence(s); own != s {
		return own
	}
	return l.list(s)
}

// lasting gives a span of time, or the limits of one, as the rest of the program writes them.
func (l *language) lasting(s string) (string, bool) {
	if least, most, two := strings.Cut(s, " to "); two {
		from, okFrom := l.lasting(least)
		to, okTo := l.lasting(most)
		return l.tr(l.inside["sentence"]["%s to %s"], from, to), okFrom && okTo
	}
	if least, more := strings.CutSuffix(s, " or more"); more {
		from, ok := l.lasting(least)
		return l.tr(l.inside["sentence"]["%s or more"], from), ok
	}
	d, err := time.ParseDuration(s)
	return l.words(d), err == nil && typedSpan.MatchString(s)
}

// fields gives the fields of a filter, as "account: vendor:".
func (l *language) fields(s string) string {
	names := strings.Fields(s)
	for i, f := range names {
		names[i] = l.ownWord(strings.TrimSuffix(f, ":")) + ":"
	}
	return strings.Join(names, " ")
}

// list gives words and counts with commas between them.
func (l *language) list(s string) string {
	words := strings.Split(s, ", ")
	for i, w := range words {
		if words[i] = l.ownWord(w); w != "" && w[0] >= '0' && w[0] <= '9' {
			words[i] = l.sentence(w)
		}
	}
	return strings.Join(words, ", ")
}

// ownWord gives a word of ours in a sentence, such as a state, a status or a layout.
func (l *language) ownWord(s string) string {
	for _, context := range []string{"sentence", "state", "status"} {
		if own, ok := l.inside[context][s]; ok {
			return own
		}
	}
	return s
}
