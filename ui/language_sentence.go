package ui

import (
	"fmt"
	"regexp"
	"strings"
)

// The rest of the program (model, cache, vendors) speaks English to logs, files and scripts. What of that reaches the
// screen is a finished sentence; it is recognised here by the pattern it was made from.

// pattern is a sentence with gaps: the English parts around the gaps, and the translation with a mark for each gap.
type pattern struct {
	parts []string
	own   string
	solid int // characters outside the gaps: of two patterns that fit, the one with more of them says more
}

var verbs = regexp.MustCompile(`%(\[\d+\])?[-+#0]*\d*(\.\d+)?[a-zA-Z]`)

// newPattern gives the pattern of a format and its translation; ok is false for a text without gaps, or with hardly a word
// around them.
func newPattern(english, own string) (pattern, bool) {
	parts := verbs.Split(strings.ReplaceAll(english, "%%", "\x00"), -1)
	p := pattern{parts: parts, own: verbs.ReplaceAllStringFunc(own, func(verb string) string {
		if i := strings.IndexByte(verb, ']'); i > 0 {
			return "%" + verb[1:i+1] + "s"
		}
		return "%s"
	})}
	for i := range p.parts {
		p.parts[i] = strings.ReplaceAll(p.parts[i], "\x00", "%")
		p.solid += len(strings.Trim(p.parts[i], " :,.;()"))
	}
	return p, len(parts) > 1 && p.solid > 3
}

// match gives what stands in the gaps of a sentence made from the pattern.
func (p pattern) match(s string) (gaps []string, ok bool) {
	rest, ok := strings.CutPrefix(s, p.parts[0])
	if !ok {
		return nil, false
	}
	for i, part := range p.parts[1:] {
		end := len(rest)
		if part != "" {
			if last := i == len(p.parts)-2; last {
				if end = strings.LastIndex(rest, part); end < 0 || end+len(part) != len(rest) {
					return nil, false
				}
			} else if end = strings.Index(rest, part); end < 0 {
				return nil, false
			}
		}
		gaps = append(gaps, rest[:end])
		rest = rest[min(len(rest), end+len(part)):]
	}
	return gaps, rest == ""
}

// sentence gives a finished English sentence of another part of the program in the language. What is not recognised, such
// as a vendor's own words, stays as it is.
func (l *language) sentence(s string) string {
	if l == nil || s == "" {
		return s
	}
	if own, ok := l.texts[s]; ok {
		return own
	}
	before, after, named := strings.Cut(s, ": ")
	if field, ok := l.inside["field"][before]; ok && named {
		return field + ": " + l.sentence(after)
	}
	var best pattern
	var gaps []string
	for _, p := range l.patterns {
		if p.solid <= best.solid {
			continue
		}
		if g, ok := p.match(s); ok {
			best, gaps = p, g
		}
	}
	if best.parts != nil {
		args := make([]any, len(gaps))
		for i, g := range gaps {
			args[i] = l.sentence(g)
		}
		return fmt.Sprintf(best.own, args...)
	}
	if named {
		return before + ": " + l.sentence(after)
	}
	return s
}
