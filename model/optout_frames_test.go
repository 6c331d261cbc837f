package model

import (
	"os"
	"strings"
	"testing"
)

// TestAWishIsFoundInEveryCombinationOfItsWords fills the frames of a table with all their words:
// each verb with each object in each of five languages.
func TestAWishIsFoundInEveryCombinationOfItsWords(t *testing.T) {
	t.Parallel()
	table, err := os.ReadFile("testdata/opt_out_frames.txt")
	if err != nil {
		t.Fatal(err)
	}
	words := map[string][]string{}
	for line := range strings.Lines(string(table)) {
		if line = strings.TrimSpace(line); line == "" {
			clear(words)
			continue
		}
		if name, list, ok := strings.Cut(line, " = "); ok {
			words[name] = strings.Split(list, "|")
			continue
		}
		sign, frame, _ := strings.Cut(line, " ")
		if sign != "+" && sign != "-" {
			continue
		}
		for _, text := range sentencesOf(frame, words) {
			if m, found := RecogniseOptOut(text, nil); found != (sign == "+") {
				t.Errorf("%s: %q: found %v %q", frame, text, found, m.Words)
			}
		}
	}
}

// sentencesOf replaces each {name} of a frame by each of its words.
func sentencesOf(frame string, words map[string][]string) []string {
	before, rest, ok := strings.Cut(frame, "{")
	if !ok {
		return []string{frame}
	}
	name, after, _ := strings.Cut(rest, "}")
	var all []string
	for _, word := range words[name] {
		all = append(all, sentencesOf(before+word+after, words)...)
	}
	return all
}
