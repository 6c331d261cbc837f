package model

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// word is one word of a text with what separates it from the word before it.
type word struct {
	start, end int
	spellings
	clause   bool // punctuation or the end of a sentence precedes it
	sentence bool // a sentence ended before it
	asked    bool // its sentence is a question
	quoted   bool // it is in quotation marks
	polite   bool // it does not change the meaning
	kinds    kinds
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
			words = append(words, word{start: i, end: end, spellings: spellings{folded: oneAlphabet(text[i:end])},
				clause:   clause || sentence,
				sentence: sentence, quoted: quoted})
			if sentence {
				firstOfSentence = len(words) - 1
			}
			clause, sentence = false, false
			i = end
			continue
		}
		switch {
		case r == '?' || (r == ';' || r == '\u037e') && isInGreek(words[firstOfSentence:]):
			for n := firstOfSentence; n < len(words) && !questionTags.words()[words[len(words)-1].folded]; n++ {
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
var questionTags = newWordSet(`ок окей ладно хорошо договорились понятно ясно слышите пожалуйста
		добре гаразд домовились добра дамовіліся калі ласка ok okay alright right please deal
		ενταξει παρακαλω`, 3)

// isInGreek reports whether a sentence is Greek, where ";" ends a question, also behind a name in
// Latin letters.
func isInGreek(words []word) bool {
	return slices.ContainsFunc(words, func(w word) bool {
		r, _ := utf8.DecodeRuneInString(w.folded)
		return isGreek(r)
	})
}

// signAlone recognises a text that is only stop signs, also beside signs for messages or anger.
func signAlone(text string) (OptOutMatch, bool) {
	stops := strings.ContainsAny(text, optOutSigns) ||
		strings.ContainsAny(text, crossSigns) && strings.ContainsAny(text, messageSigns)
	isSign := func(r rune) bool { return strings.ContainsRune(optOutSigns+crossSigns+messageSigns+angrySigns, r) }
	start := strings.IndexFunc(text, isSign)
	if !stops || strings.ContainsFunc(text, func(r rune) bool {
		return !unicode.IsSpace(r) && !isSign(r) && !strings.ContainsRune("!.", r) &&
			!unicode.In(r, unicode.Variation_Selector, unicode.Sk) && r != zeroWidthJoiner && r != '♂' && r != '♀'
	}) {
		return OptOutMatch{}, false
	}
	end := strings.LastIndexFunc(text, isSign)
	_, size := utf8.DecodeRuneInString(text[end:])
	return OptOutMatch{Words: text[start : end+size], Start: start, End: end + size}, true
}

// zeroWidthJoiner joins the parts of a sign, such as 🙅‍♀️.
const zeroWidthJoiner = '\u200d'

// wordEnd returns the end of the word that begins at start. A hyphen or apostrophe between letters
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
