package ui

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"viberdeck/model"
	"viberdeck/ui/lang"
)

// countedThings finds a number beside a thing in the plural, which is wrong for one of them and has
// other forms in other languages.
var countedThings = regexp.MustCompile(`%(?:\[\d+\])?d (?:(?:more|new|other|known) )?([a-z]+s|people)\b|%s people\b`)

// numberIsNeverOne are the formats in which the number beside a plural cannot be 1, with the
// reason.
var numberIsNeverOne = map[string][]string{
	"a limit, far above one": {"a view needs a name of 1 to", "the list has more than", "the filter is longer than",
		"a label has 1 to", "people match; narrow the filter", "bytes, which is not a secret", "answer larger than",
		"times in a row; the next try is in", "a callback of more than", "of another shape than documented",
		"more than %d callbacks of"},
	"said of two and more, one has a sentence of its own": {"vendors know of", "answers have left",
		"names (hard links)", "it is given in"},
	"figures with a unit": {"slow line %d ms", "%d s"},
	"a verb, not a thing": {"at character %d names no column"},
}

func TestACountedThingIsSaidAsSuch(t *testing.T) {
	t.Parallel()
	var excused []string
	for _, formats := range numberIsNeverOne {
		excused = append(excused, formats...)
	}
	verbs := []string{"is", "has", "this", "its"}
	for text := range readSource(t).literals {
		found := countedThings.FindStringSubmatch(text)
		if found == nil || slices.Contains(verbs, found[1]) || strings.Contains(text, "SELECT") {
			continue
		}
		if !slices.ContainsFunc(excused, func(part string) bool { return strings.Contains(text, part) }) {
			t.Errorf("%q counts with a plain number; use model.Counted", text)
		}
	}
}

func TestOneIsCountedAsOne(t *testing.T) {
	t.Parallel()
	russian := lang.LanguageOf(model.Russian)
	for _, c := range []struct {
		of      func(n int) model.Text
		english [2]string // of 1 and 4
		russian [3]string // of 1, 4 and 5
	}{
		{func(n int) model.Text { return model.Say("%s", model.Persons(n)) }, [2]string{"1 person", "4 people"},
			[3]string{"1 человек", "4 человека", "5 человек"}},
		{func(n int) model.Text { return model.Say("%s", model.Counted(n, "person waits", "people wait")) },
			[2]string{"1 person waits", "4 people wait"},
			[3]string{"1 человек ждёт", "4 человека ждут", "5 человек ждут"}},
		{func(n int) model.Text {
			return model.Say("%s is %s: nothing waits any more, %s", "c7", model.CampaignSent,
				model.Counted(n, "person is beyond recall", "people are beyond recall"))
		}, [2]string{"c7 is sent: nothing waits any more, 1 person is beyond recall",
			"c7 is sent: nothing waits any more, 4 people are beyond recall"},
			[3]string{"c7: отправлена, никто уже не ждёт; 1 человека уже не отозвать",
				"c7: отправлена, никто уже не ждёт; 4 человек уже не отозвать",
				"c7: отправлена, никто уже не ждёт; 5 человек уже не отозвать"}},
		{func(n int) model.Text {
			return model.Forgotten{People: int64(n), Replies: 1, Contacts: 1, Lines: 1}.Text()
		},
			[2]string{"1 person, 1 reply, 1 contact and 1 line; the figures stay",
				"4 people, 1 reply, 1 contact and 1 line; the figures stay"},
			[3]string{"1 человек, 1 входящее сообщение, 1 контакт, 1 строка; показатели остаются",
				"4 человека, 1 входящее сообщение, 1 контакт, 1 строка; показатели остаются",
				"5 человек, 1 входящее сообщение, 1 контакт, 1 строка; показатели остаются"}},
	} {
		if got := [2]string{c.of(1).String(), c.of(4).String()}; got != c.english {
			t.Errorf("English says %q, want %q", got, c.english)
		}
		if got := [3]string{russian.Text(c.of(1)), russian.Text(c.of(4)), russian.Text(c.of(5))}; got != c.russian {
			t.Errorf("Russian says %q, want %q", got, c.russian)
		}
	}
}
