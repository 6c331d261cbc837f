package ui

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// pattern is a sentence with gaps: the English parts around the gaps, and the translation with a
// numbered mark for each gap.
type pattern struct {
	parts []string
	gaps  []gapKind
	own   string
	solid int // characters outside the gaps: of two patterns that fit, the one with more of them says more
}

// gapKind says what may stand in a gap and which argument it is.
type gapKind struct {
	verb     byte // d: a number, q: quoted text, anything else: any text
	argument int  // from 0
	quoted   bool // text of somebody else, in quotes also in the translation
	late     bool // ends where the words after it stand last: "%s at %s" of a sentence and a name
}

var verbs = regexp.MustCompile(`%(\[(\d+)\])?[-+#0]*\d*(\.\d+)?([a-zA-Z])`)

// newPattern gives the pattern of a format and its translation; ok is false for a text without
// gaps, or with hardly a word around them.
func newPattern(english, own string) (p pattern, ok bool) {
	if !strings.Contains(english, "%") {
		return p, false
	}
	english = strings.ReplaceAll(english, "%%", "\x00")
	ownVerbs, translation := map[int]byte{}, []byte(nil)
	at := 0
	for _, v := range verbsOf(own) {
		ownVerbs[v.argument] = v.letter
		translation = fmt.Appendf(append(translation, own[at:v.start]...), "%%[%d]s", v.argument+1)
		at = v.end
	}
	p.own = string(append(translation, own[at:]...))
	at = 0
	part := func(end int) {
		text := strings.ReplaceAll(english[at:end], "\x00", "%")
		p.parts = append(p.parts, text)
		p.solid += len(strings.Trim(text, " :,.;()"))
	}
	for _, v := range verbsOf(english) {
		part(v.start)
		at = v.end
		p.gaps = append(p.gaps, gapKind{verb: v.letter, argument: v.argument, quoted: v.letter == 'q' &&
			ownVerbs[v.argument] == 'q'})
	}
	part(len(english))
	if n := len(p.gaps); n > 1 && p.parts[n] == "" {
		p.gaps[n-2].late = !strings.ContainsFunc(p.parts[n-1], unicode.IsPunct)
	}
	return p, len(p.gaps) > 0 && p.solid > 3
}

// verb is one verb of a format: its letter, its argument from 0, and where it stands.
type verb struct {
	letter     byte
	argument   int
	start, end int
}

// verbsOf gives the verbs of a format, which name their arguments in order or by number.
func verbsOf(format string) []verb {
	found := verbs.FindAllStringSubmatchIndex(format, -1)
	all := make([]verb, len(found))
	next := 0
	for i, m := range found {
		if m[4] >= 0 {
			if n, err := strconv.Atoi(format[m[4]:m[5]]); err == nil {
				next = n - 1
			}
		}
		all[i] = verb{letter: format[m[8]], argument: next, start: m[0], end: m[1]}
		next++
	}
	return all
}

// match gives the arguments of a sentence made from the pattern, without the quotes of %q.
func (p pattern) match(s string) (args []string, ok bool) {
	rest, ok := strings.CutPrefix(s, p.parts[0])
	if !ok {
		return nil, false
	}
	for i, gap := range p.gaps {
		part, last := p.parts[i+1], i == len(p.gaps)-1
		end, value := gap.end(rest, part, last)
		if end < 0 || value == "" && gap.verb != 'q' || !strings.HasPrefix(rest[end:], part) {
			return nil, false
		}
		for len(args) <= gap.argument {
			args = append(args, "")
		}
		args[gap.argument] = value
		rest = rest[end+len(part):]
	}
	return args, rest == ""
}

// end gives where the text in the gap ends, -1 when nothing fits, and the text.
func (g gapKind) end(s, part string, last bool) (int, string) {
	switch {
	case g.verb == 'd':
		n := len(s) - len(strings.TrimLeft(strings.TrimPrefix(s, "-"), "0123456789"))
		if n == 0 {
			return -1, ""
		}
		return n, s[:n]
	case g.verb == 'q':
		quoted, err := strconv.QuotedPrefix(s)
		if err != nil {
			return -1, ""
		}
		text, err := strconv.Unquote(quoted)
		if err != nil {
			return -1, ""
		}
		return len(quoted), text
	case last && strings.HasSuffix(s, part):
		return len(s) - len(part), s[:len(s)-len(part)]
	case last || part == "":
		return -1, ""
	}
	n := strings.Index(s, part)
	if g.late {
		n = strings.LastIndex(s, part)
	}
	return n, s[:max(n, 0)]
}

// fill writes the translation with the arguments, each as say gives it.
func (p pattern) fill(args []string, say func(string) string) string {
	values := make([]any, len(args))
	for i, arg := range args {
		if slices.ContainsFunc(p.gaps, func(g gapKind) bool { return g.argument == i && g.quoted }) {
			values[i] = "«" + arg + "»"
		} else {
			values[i] = say(arg)
		}
	}
	return fmt.Sprintf(p.own, values...)
}

// patterns are found by a word that stands in them and in few others.
type patterns struct {
	byWord   map[string][]pattern
	wordless []pattern // without a whole word outside the gaps
}

func newPatterns(all []pattern) patterns {
	found := patterns{byWord: map[string][]pattern{}}
	often, words := map[string]int{}, make([][]string, len(all))
	for i, p := range all {
		words[i] = p.words()
		for _, w := range words[i] {
			often[w]++
		}
	}
	for i, p := range all {
		if len(words[i]) == 0 {
			found.wordless = append(found.wordless, p)
			continue
		}
		rarest := slices.MinFunc(words[i], func(a, b string) int { return often[a] - often[b] })
		found.byWord[rarest] = append(found.byWord[rarest], p)
	}
	return found
}

// words are the whole words of the pattern; what touches a gap is none.
func (p pattern) words() []string {
	var words []string
	for w := range strings.FieldsSeq(strings.Join(p.parts, "\x00")) {
		if w = strings.TrimFunc(w, unicode.IsPunct); w != "" && !strings.Contains(w, "\x00") {
			words = append(words, w)
		}
	}
	return words
}

// find gives the pattern that says most of those a sentence may be made from, and its arguments.
func (f patterns) find(s string) (best pattern, args []string) {
	try := func(some []pattern) {
		for _, p := range some {
			if p.solid <= best.solid {
				continue
			}
			if a, ok := p.match(s); ok {
				best, args = p, a
			}
		}
	}
	for w := range strings.FieldsSeq(s) {
		try(f.byWord[strings.TrimFunc(w, unicode.IsPunct)])
	}
	try(f.wordless)
	return best, args
}
