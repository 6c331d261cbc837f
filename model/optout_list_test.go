package model

import (
	"bufio"
	"hash/fnv"
	"os"
	"strings"
	"testing"
)

// answer is one line of the list of answers.
type answer struct {
	language string
	wants    bool // no more messages
	text     string
}

func readAnswers(t *testing.T, path string) []answer {
	t.Helper()
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = file.Close() }()
	var all []answer
	seen := map[string]bool{}
	for s := bufio.NewScanner(file); s.Scan(); {
		if strings.HasPrefix(s.Text(), "#") || s.Text() == "" {
			continue
		}
		parts := strings.SplitN(s.Text(), " ", 3)
		if len(parts) != 3 || parts[1] != "+" && parts[1] != "-" || seen[parts[0]+parts[2]] {
			t.Fatalf("%s: %q is not a line, or is there twice", path, s.Text())
		}
		seen[parts[0]+parts[2]] = true
		all = append(all, answer{parts[0], parts[1] == "+", parts[2]})
	}
	return all
}

// TestOptOutsAreFoundAndOthersAreNot measures both halves of the list. Words and rules were chosen
// with both in view, so that the figures show how well the list is kept, not how well an unseen
// sentence is recognised. Before the rules were tried on them, of the first sixteen sets that are
// in the list now 98, 87, 92, 87, (near-misses only) 79, 91, 88, 93, 89, 87, 87, 94, (odd ones) 77,
// (ordinary ones) 98, (without Russian) 92 and 88 % were found, and 5, 4, 4, 1, 16, 3, 3, 1, 1, 2,
// 1, 2, 4, 0, 0 and (near-misses only) 0 % falsely proposed; of four that were mixed from all
// languages after that, 94, 90, 88 and 86 % were found, and 1, 5, 2 and 5 % falsely proposed; of
// ordinary ones by somebody else 99 and 1 %. Of eight only of constructions that no line had yet,
// 87, 95, 77, 82, 78, 88, (other people's misses, reworded) 71 and 67 % were found, and 3, 1, 7, 6,
// 6, 5, 11 and 3 % falsely proposed. Of five of short texts without punctuation, 54 (other people's
// misses), 92, 90, 81 and 82 % were found, and 18, 1, 1, 1 and 1 % falsely proposed.
func TestOptOutsAreFoundAndOthersAreNot(t *testing.T) {
	t.Parallel()
	var halves [2]tally
	for _, a := range readAnswers(t, "testdata/opt_outs.txt") {
		hash := fnv.New32a()
		_, _ = hash.Write([]byte(a.text))
		halves[hash.Sum32()>>8&1].add(t, a)
	}
	for n, h := range halves {
		t.Logf("half %d", n+1)
		h.judge(t)
	}
}

func TestOptOutsOfAListThatNoRuleWasMadeForAreFound(t *testing.T) {
	t.Parallel()
	var all tally
	for _, a := range readAnswers(t, "testdata/opt_outs_unseen.txt") {
		all.add(t, a)
	}
	all.judge(t)
}

// tally counts how answers are recognised.
type tally struct{ wanted, found, others, falsely int }

func (c *tally) add(t *testing.T, a answer) {
	t.Helper()
	m, found := RecogniseOptOut(a.text, nil)
	if a.wants {
		c.wanted++
		if found {
			c.found++
		} else {
			t.Logf("not found: %s %q", a.language, a.text)
		}
		return
	}
	c.others++
	if found {
		c.falsely++
		t.Logf("falsely proposed: %s %q by %q", a.language, a.text, m.Words)
	}
}

// judge wants what a house can rely on: at most 3 % of the opt-outs missed, and 1 % of the others
// proposed.
func (c *tally) judge(t *testing.T) {
	t.Helper()
	t.Logf("%d of %d opt-outs found, %d of %d others falsely proposed", c.found, c.wanted, c.falsely, c.others)
	if c.found*100 < c.wanted*97 || c.falsely*100 > c.others {
		t.Error("fewer than 97 % are found, or more than 1 % falsely proposed")
	}
}
