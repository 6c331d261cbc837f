package model

import (
	"strings"
	"testing"
)

func TestALabelIsALineOfAtMost40Characters(t *testing.T) {
	t.Parallel()
	for written, want := range map[string]string{
		"stop": "stop", "two words": "two words", "  around \n": "around",
		"перезвонить-послезавтра": "перезвонить-послезавтра",
		strings.Repeat("я", 40):   strings.Repeat("я", 40), strings.Repeat("я", 41): "", "": "", " \t": "",
		"\x1b[2J":         "",
		"quoted \"word\"": "quoted \"word\"",
	} {
		got, err := Label(written)
		if got != want || (err == nil) != (want != "") {
			t.Errorf("%q is kept as %q, %v", written, got, err)
		}
		if err != nil && KindOf(err) != KindInvalid {
			t.Errorf("%q: %v", written, err)
		}
	}
}

func TestANoteKeepsItsLinesAndAReasonHasOne(t *testing.T) {
	t.Parallel()
	if got, err := NoteText(" one\ntwo\x1b[2J \n"); err != nil || got != "one\ntwo" {
		t.Errorf("the note: %q, %v", got, err)
	}
	if _, err := NoteText(" \n "); KindOf(err) != KindInvalid {
		t.Errorf("an empty note: %v", err)
	}
	if got, err := Reason(" asked\nus "); err != nil || got != "asked us" {
		t.Errorf("the reason: %q, %v", got, err)
	}
	if got, err := Reason("\t"); got != "" || KindOf(err) != KindInvalid {
		t.Errorf("no reason: %q, %v", got, err)
	}
}

func TestTheOperatorIsTheFirstNameThatIsOne(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		names []string
		want  string
	}{
		{[]string{"", " ", "anna"}, "anna"}, {[]string{" olga \n", "anna"}, "olga"}, {[]string{"\x1b[31m", "x"}, "x"},
		{nil, "operator"}, {[]string{strings.Repeat("é", 5000)}, strings.Repeat("é", 64)},
		{[]string{strings.Repeat("a", 63) + " b\x1b[2J\u202e" + strings.Repeat("c", 1<<20)}, strings.Repeat("a", 63)},
	} {
		if got := OperatorName(c.names...); got != c.want {
			t.Errorf("of %q: %q", c.names, got)
		}
	}
}
