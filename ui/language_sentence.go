package ui

import (
	"regexp"
	"strings"
	"time"
)

// The rest of the program (model, cache, vendors) speaks English to logs, files and scripts. What of that reaches the
// screen is a finished sentence; it is recognised here by the pattern it was made from.

// learn makes the patterns of the sentences: those of the context "sentence", and those of the screens that say enough by
// themselves not to be taken for something else.
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

// sentence gives a finished English sentence of another part of the program in the language. What is not recognised, such
// as a vendor's own words, stays as it is.
func (l *language) sentence(s string) string {
	if l == nil || s == "" {
		return s
	}
	if own, ok := l.inside["sentence"][s]; ok {
		return own
	}
	if own, ok := l.texts[s]; ok {
		return own
	}
	if first, rest, several := strings.Cut(s, "\n"); several {
		return l.sentence(first) + "\n" + l.sentence(rest)
	}
	before, after, named := strings.Cut(s, ": ")
	if field, ok := l.field(before); ok && named {
		return field + ": " + l.sentence(after)
	}
	if p, args := l.patterns.find(s); p.parts != nil {
		return p.fill(args, l.argument)
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

// argument gives what stands in a gap of a sentence: a word of ours, a span of time, a date or another sentence. A single word
// that is none of ours is a name.
func (l *language) argument(s string) string {
	switch {
	case typedSpan.MatchString(s) && s != "":
		if d, err := time.ParseDuration(s); err == nil {
			return l.words(d)
		}
	case typedDate.MatchString(s):
		month := strings.Fields(s)[1]
		return strings.Replace(s, month, l.word("month", month), 1)
	case strings.Contains(s, ", "), strings.HasSuffix(s, ":"):
		if own := l.list(s); own != s {
			return own
		}
	case !strings.Contains(s, " "):
		return l.ownWord(s)
	}
	return l.sentence(s)
}

// list gives words with commas between them, or fields with spaces.
func (l *language) list(s string) string {
	if fields := strings.Fields(s); strings.HasSuffix(s, ":") { // "account: vendor:"
		for i, f := range fields {
			fields[i] = l.ownWord(strings.TrimSuffix(f, ":")) + ":"
		}
		return strings.Join(fields, " ")
	}
	words := strings.Split(s, ", ")
	for i, w := range words {
		words[i] = l.ownWord(w)
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
