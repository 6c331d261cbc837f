package model

import (
	"slices"
	"strings"
	"unicode"
)

// Earlier is one of our campaigns with the same message as another one, or one like it.
type Earlier struct {
	ID     CampaignID
	Name   string
	People int64    // of the other one, to whom this one went or will go
	Text   string   // its text, with the caption of its button
	Lists  []string // kept at a vendor, to which both go
}

// EarlierNames returns the names of the campaigns.
func EarlierNames(all []Earlier) []string {
	names := make([]string, len(all))
	for i, e := range all {
		names[i] = e.Name
	}
	return names
}

// Words returns the words that a reader of the message sees: its text, with the caption of its
// button.
func (m Message) Words() string {
	return strings.TrimSpace(m.Text + "\n" + m.Button.Caption)
}

// Repeats reports whether the error of a plan only says that people got the same message already: a
// person may decide to send it again.
func (p Plan) Repeats(err error) bool { return KindOf(err) == KindConflict && p.Overlap > 0 }

// RepeatLines say how many of the people already got the message and how many did not, and how the
// text differs from each of the earlier ones. They are empty if no one got it.
func (p Plan) RepeatLines() []Text {
	if p.Overlap == 0 {
		return nil
	}
	lines := []Text{Say("%s got the same message already: %s",
		Counted(p.Overlap, "of these people", "of these people"), Listed(EarlierNames(p.Earlier)))}
	if rest := p.Recipients.N - p.Overlap; p.Recipients.Known && rest > 0 {
		lines = append(lines, Say("%s not got it", Counted(rest, "other person has", "other people have")))
	}
	now := p.Campaign.Message.Words()
	for _, e := range p.Earlier[:min(len(p.Earlier), earlierShown)] {
		if len(e.Lists) > 0 {
			lines = append(lines, Say("%s went to these lists too: %s", e.Name, Listed(e.Lists)))
		}
		added, left := TextChanges(e.Text, now)
		if len(added)+len(left) == 0 {
			lines = append(lines, Say("the text is that of %s, character by character", e.Name))
			continue
		}
		lines = append(lines, Say("%s said: %q", e.Name, Clip(SanitiseLine(e.Text), wordsShown)),
			Say("this says: %q", Clip(SanitiseLine(now), wordsShown)))
		if len(added) > 0 {
			lines = append(lines, Say("added: %s", Listed(added)))
		}
		if len(left) > 0 {
			lines = append(lines, Say("left out: %s", Listed(left)))
		}
	}
	return lines
}

const (
	// earlierShown is how many earlier messages a text is compared with on screen.
	earlierShown = 3
	// wordsShown is how many characters of each are shown.
	wordsShown = 160
	// mostCompared is the number of word pairs up to which two texts are compared word by word.
	mostCompared = 4 << 20
)

// TextChanges returns what was added to a text and what was left out, compared with an earlier one,
// in the order of the texts: words and signs in quotation marks, and white space if nothing else
// differs.
func TextChanges(before, now string) (added, left []string) {
	a, b := words(before), words(now)
	for len(a) > 0 && len(b) > 0 && a[0] == b[0] {
		a, b = a[1:], b[1:]
	}
	for len(a) > 0 && len(b) > 0 && a[len(a)-1] == b[len(b)-1] {
		a, b = a[:len(a)-1], b[:len(b)-1]
	}
	if len(a)*len(b) > mostCompared {
		return differing(b, a)
	}
	common := longestCommon(a, b)
	var more, less []string
	i, j := 0, 0
	for i < len(a) || j < len(b) {
		switch {
		case i < len(a) && j < len(b) && a[i] == b[j]:
			i, j = i+1, j+1
		case j < len(b) && (i == len(a) || common[i][j+1] >= common[i+1][j]):
			more, j = append(more, b[j]), j+1
		default:
			less, i = append(less, a[i]), i+1
		}
	}
	return differing(more, less)
}

// longestCommon returns, for each pair of positions, how many words the rests of both texts have in
// common, in order.
func longestCommon(a, b []string) [][]int32 {
	common := make([][]int32, len(a)+1)
	for i := range common {
		common[i] = make([]int32, len(b)+1)
	}
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			if a[i] == b[j] {
				common[i][j] = common[i+1][j+1] + 1
			} else {
				common[i][j] = max(common[i+1][j], common[i][j+1])
			}
		}
	}
	return common
}

// words splits a text into words, runs of white space, and single signs.
func words(s string) (all []string) {
	kind := func(r rune) int {
		switch {
		case unicode.IsLetter(r), unicode.IsDigit(r), unicode.IsMark(r):
			return 1
		case unicode.IsSpace(r):
			return 2
		}
		return 0
	}
	last := 0
	for _, r := range s {
		if k := kind(r); k != 0 && k == last {
			all[len(all)-1] += string(r)
		} else {
			all = append(all, string(r))
			last = k
		}
	}
	return all
}

// differing returns both in quotation marks, without white space if anything else differs.
func differing(more, less []string) (added, left []string) {
	blank := func(s string) bool { return strings.TrimSpace(s) == "" }
	for _, s := range slices.Concat(more, less) {
		if !blank(s) {
			return quoted(slices.DeleteFunc(more, blank)), quoted(slices.DeleteFunc(less, blank))
		}
	}
	return quoted(more), quoted(less)
}

// quoted puts the words into quotation marks, so that white space is visible.
func quoted(words []string) []string {
	for i, w := range words {
		words[i] = "“" + strings.NewReplacer("\n", "⏎", "\t", "⇥").Replace(w) + "”"
	}
	return words
}
