package ui

import (
	"fmt"
	"testing"
	"time"

	"viberdeck/model"
	"viberdeck/ui/kit"
	"viberdeck/ui/lang"
)

func TestTheRussianWordsOnTheScreenAreTheOnesTheFilterTakes(t *testing.T) {
	t.Parallel()
	russian := lang.LanguageOf(model.Russian)
	// The contexts in which words of a field are shown, with the filter's names for those that are
	// shown otherwise; "" is not a word of that field.
	for _, shown := range []struct {
		context, field string
		otherwise      map[string]string
	}{
		{"status", "status", nil}, {"state", "state", nil}, {"sender state", "state", nil},
		{"batch", "state", map[string]string{"sending": "claimed", "UNKNOWN": "unknown"}},
		{"reply", "state", map[string]string{"blocked": "", "unread": "", "yours": ""}},
	} {
		if len(russian.Inside[shown.context]) == 0 {
			t.Errorf("no words are shown in the context %q", shown.context)
		}
		for english, own := range russian.Inside[shown.context] {
			if called, ok := shown.otherwise[english]; ok {
				english = called
			}
			if english == "" {
				continue
			}
			typed, err := model.ParseFilter(fmt.Sprintf("%s:%q ", shown.field, own), start, time.UTC)
			if err != nil || len(typed.Terms) != 1 || typed.Terms[0].Values[0] != english {
				t.Errorf("%s: %s is shown as %q, which the filter takes for %+v, %v", shown.context, english, own,
					typed.Terms, err)
			}
		}
	}
}

func TestTheRussianRepliesBeginWithWhatIsOpen(t *testing.T) {
	t.Parallel()
	russian, err := model.ParseFilter(lang.LanguageOf(model.Russian).Word("filter", "is:open"), start, time.UTC)
	if english, _ := model.ParseFilter("is:open", start, time.UTC); err != nil || russian.String() != english.String() {
		t.Errorf("the list of replies begins with %s, %v", russian, err)
	}
}

func TestAFilterThatTheListDoesNotUnderstandIsExplainedWhereItIsTyped(t *testing.T) {
	t.Parallel()
	drive(t, 120, 40, func(o *kit.Options, _ *fakeStore) { o.Language = model.Russian }, func(d *driver) {
		d.store.fail = model.Invalid("filter", "%s: means nothing in this list; it knows %s", model.FieldStatus,
			"account: vendor:")
		d.press("/", "с", "enter")
		d.sees("Ничего не выбрано: статус: в этом списке ничего не значит; есть поля")
		d.store.fail = nil
		d.press("/")
		d.press("esc")
		d.press("r")
		d.sees("1/12")
	})
}

func TestTheGuideToFiltersIsRussianForRussiansAndEachOfItsFiltersIsTaken(t *testing.T) {
	t.Parallel()
	russian := lang.LanguageOf(model.Russian)
	for _, row := range model.FilterReference() {
		own := russian.Word("filter", row.Write)
		if own == row.Write {
			t.Errorf("%s stands in the guide as it is in English", own)
		}
		if own == "-слово  -поле:значение" || own == "поле:а,б" {
			continue // what a filter looks like
		}
		english, err := model.ParseFilter(row.Write, start, time.UTC)
		typed, wrong := model.ParseFilter(own, start, time.UTC)
		if err != nil || wrong != nil || len(typed.Terms) != len(english.Terms) {
			t.Errorf("%s: %v; %s: %v", row.Write, err, own, wrong)
			continue
		}
		for i, term := range typed.Terms {
			if term.Field != english.Terms[i].Field {
				t.Errorf("%s is about %q, and %s about %q", own, term.Field, row.Write, english.Terms[i].Field)
			}
		}
	}
}
