package model

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// The weights of the scorer, as logarithms of a probability.
const (
	certainLead  = 4.0   // the best must be this much likelier than the next: about 50 times
	leastALetter = -5.5  // the least average score of a letter of a language
	lonelySign   = -9.0  // a sign that occurs in no text, such as ╬
	undefined    = -25.0 // a byte that is undefined in the encoding
	oddCase      = -6.0  // a capital letter after a small one: "бООБ"
	smallInitial = -2.0  // lists contain more names than other words
	twoScripts   = -8.0  // letters of two alphabets in one word: "Josй"
	mostAlien    = 4     // one word in so many may have a letter that the language does not have
	quietSigns   = "«»“”„‘’‚–—…№°§©®™€\u00a0\u00ad·•ºª¡¿"
)

// encodingGuess is one way to read a text.
type encodingGuess struct {
	name  string
	score float64
	text  string // the words that decide, decoded this way
	alien int    // words with a letter that the language does not have
}

// guessEncoding guesses the encoding of an 8-bit text by its letters. It returns the best guess,
// and the others that cannot be excluded, likeliest first. There are no others if it is certain.
func guessEncoding(sample []byte) (best encodingGuess, others []encodingGuess) {
	runs, letters := markedRuns(sample)
	var guesses []encodingGuess
	for _, language := range languageSamples() {
		model := countLetters(language.text)
		for n, name := range language.encodings {
			g := encodingGuess{name: name, score: -float64(n) / 100} // of equals the likeliest
			decode := charmapNamed(name)
			var words []string
			for _, run := range runs {
				word := decodeBytes(decode, run)
				g.score += model.score(word)
				if model.alien(word) {
					g.alien++
				}
				if len(words) < 3 {
					words = append(words, word)
				}
			}
			g.text = strings.Join(words, " ")
			guesses = append(guesses, g)
		}
	}
	slices.SortStableFunc(guesses, func(a, b encodingGuess) int { return cmp.Compare(b.score, a.score) })
	best = guesses[0]
	if best.name == encodingKOI8U { // it writes Russian as KOI8-R does
		if i := slices.IndexFunc(guesses, func(g encodingGuess) bool {
			return g.name == encodingKOI8R && g.text == best.text
		}); i >= 0 {
			best.name = encodingKOI8R
		}
	}
	seen := map[string]bool{best.text: true}
	sure := best.score/float64(max(1, letters)) >= leastALetter && best.alien*mostAlien <= len(runs)
	for _, g := range guesses[1:] {
		if seen[g.text] || sure && best.score-g.score >= certainLead || len(others) == 3 {
			continue
		}
		seen[g.text] = true
		others = append(others, g)
	}
	return best, others
}

const mostRuns = 2000 // words examined

// markedRuns returns the words that contain a byte beyond ASCII, each once, and how many such bytes
// there are.
func markedRuns(sample []byte) (runs [][]byte, letters int) {
	seen := map[string]bool{}
	for from := 0; from < len(sample) && len(runs) < mostRuns; {
		to := from
		for to < len(sample) && (sample[to] >= utf8.RuneSelf || isASCIILetter(sample[to]) ||
			sample[to] == '\'' && to > from) {
			to++
		}
		run := sample[from:to]
		if slices.ContainsFunc(run, func(b byte) bool { return b >= utf8.RuneSelf }) && !seen[string(run)] {
			seen[string(run)] = true
			runs = append(runs, run)
			letters += len(run)
		}
		from = to + 1
	}
	return runs, letters
}

func isASCIILetter(b byte) bool { return b|0x20 >= 'a' && b|0x20 <= 'z' }

// letterModel knows how often letters occur, and follow each other, in a language. A space is the
// edge of a word.
type letterModel struct {
	single map[rune]float64
	pair   map[[2]rune]float64
	total  float64
}

func countLetters(text string) letterModel {
	m := letterModel{single: map[rune]float64{}, pair: map[[2]rune]float64{}}
	before := ' '
	for _, r := range strings.Join(strings.Fields(text), " ") + " " {
		r = withoutTonos(r)
		m.single[r]++
		m.pair[[2]rune{before, r}]++
		m.total++
		before = r
	}
	return m
}

// likely returns the log probability of a letter after another.
func (m letterModel) likely(before, r rune) float64 {
	known := m.single[before]
	pair := m.pair[[2]rune{before, r}] / max(1, known)
	return math.Log(0.55*pair + 0.44*m.single[r]/m.total + 0.0005)
}

// alien reports whether a word has a Cyrillic letter that the language does not have, as those that
// a Macintosh wrote have where they are read as Windows-1251: "Ђнна".
func (m letterModel) alien(word string) bool {
	return strings.ContainsFunc(word, func(r rune) bool {
		return unicode.Is(unicode.Cyrillic, r) && m.single[unicode.ToLower(r)] == 0
	})
}

// score judges a word.
func (m letterModel) score(word string) float64 {
	score := 0.0
	before, lower, script := ' ', false, rune(0)
	for _, r := range word {
		switch {
		case r == utf8.RuneError:
			score += undefined
			before = ' '
			continue
		case !unicode.IsLetter(r) && r != '\'':
			if strings.ContainsRune(quietSigns, r) {
				score += -5
			} else {
				score += lonelySign
			}
			before, lower, script = ' ', false, 0
			continue
		case unicode.IsUpper(r) && lower:
			score += oddCase
		}
		if before == ' ' && unicode.IsLower(r) {
			score += smallInitial
		}
		if s := scriptOf(r); s != 0 {
			if script != 0 && s != script {
				score += twoScripts
			}
			script = s
		}
		lower = unicode.IsLower(r)
		r = withoutTonos(unicode.ToLower(r))
		score += m.likely(before, r)
		before = r
	}
	return score + m.likely(before, ' ')
}

// withoutTonos removes the accent of a Greek letter, because capitals are written without it.
func withoutTonos(r rune) rune {
	if i := strings.IndexRune("άαέεήηίιόούυώω", r); i >= 0 && i%4 == 0 {
		plain, _ := utf8.DecodeRuneInString("άαέεήηίιόούυώω"[i+2:])
		return plain
	}
	return r
}

// scriptOf identifies the alphabet of a letter by one of its letters.
func scriptOf(r rune) rune {
	switch {
	case unicode.Is(unicode.Latin, r):
		return 'a'
	case unicode.Is(unicode.Cyrillic, r):
		return 'а'
	case unicode.Is(unicode.Greek, r):
		return 'α'
	}
	return 0
}

func decodeBytes(c *charmap.Charmap, b []byte) string {
	var out strings.Builder
	out.Grow(2 * len(b))
	for _, c8 := range b {
		out.WriteRune(c.DecodeByte(c8))
	}
	return out.String()
}
