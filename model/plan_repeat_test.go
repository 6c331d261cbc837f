package model

import (
	"slices"
	"strings"
	"testing"
)

func TestWhatATextHasMoreThanAnEarlierOneIsSaid(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		before, now string
		added, left []string
	}{
		{"Sale today", "Sale today", nil, nil},
		{"Sale today", "Sale today!", []string{"“!”"}, nil},
		{"Sale today.", "SALE  today", []string{"“SALE”"}, []string{"“Sale”", "“.”"}},
		{"Sale, today", "Sale 🎉 today", []string{"“🎉”"}, []string{"“,”"}},
		{"", "Hi", []string{"“Hi”"}, nil},
		{"one\ntwo", "one two", []string{"“ ”"}, []string{"“⏎”"}},
	} {
		added, left := TextChanges(c.before, c.now)
		if !slices.Equal(added, c.added) || !slices.Equal(left, c.left) {
			t.Errorf("%q, %q: added %q, left out %q", c.before, c.now, added, left)
		}
	}
	long := strings.Repeat("a b ", 3000)
	if added, left := TextChanges("x "+long+" y", "z "+long+" w"); len(added) == 0 || len(left) == 0 {
		t.Error("long texts are the same")
	}
}

func TestARepeatSaysWhoHasNotGotItAndHowTheTextDiffers(t *testing.T) {
	t.Parallel()
	p := Plan{Recipients: Known(10), Overlap: 4, Earlier: []Earlier{{Name: "Spring", People: 4, Text: "Sale\ntoday"},
		{Name: "Again", People: 1, Text: "Sale today!"}}}
	p.Campaign.Message.Text = "Sale today!"
	var all []string
	for _, line := range p.RepeatLines() {
		all = append(all, line.String())
	}
	const want = `4 of these people got the same message already: Spring, Again
6 other people have not got it
Spring said: "Sale today"
this says: "Sale today!"
added: “!”
the text is that of Again, character by character`
	if got := strings.Join(all, "\n"); got != want {
		t.Errorf("it says\n%s\nwant\n%s", got, want)
	}
	p.Overlap = 0
	if lines := p.RepeatLines(); len(lines) != 0 {
		t.Errorf("%v", lines)
	}
}
