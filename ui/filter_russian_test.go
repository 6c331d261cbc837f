package ui

import (
	"fmt"
	"testing"
	"time"

	"viberdeck/model"
)

func TestTheRussianWordsOnTheScreenAreTheOnesTheFilterTakes(t *testing.T) {
	t.Parallel()
	russian := newLanguage(model.Russian)
	// Under a field stand the contexts in which its words are shown.
	for context, field := range map[string]string{
		"status": "status", "state": "state", "reply state": "state", "batch state": "state", "sender state": "state",
	} {
		for english, shown := range russian.inside[context] {
			typed, err := model.ParseFilter(fmt.Sprintf("%s:%q ", field, shown), start, time.UTC)
			if err != nil || len(typed.Terms) != 1 || typed.Terms[0].Values[0] != english {
				t.Errorf("%s: %s is shown as %q, which the filter takes for %+v, %v", context, english, shown, typed.Terms, err)
			}
		}
	}
}

func TestTheRussianRepliesBeginWithWhatIsOpen(t *testing.T) {
	t.Parallel()
	russian, err := model.ParseFilter(newLanguage(model.Russian).word("filter", "is:open"), start, time.UTC)
	if english, _ := model.ParseFilter("is:open", start, time.UTC); err != nil || russian.String() != english.String() {
		t.Errorf("the list of replies begins with %s, %v", russian, err)
	}
}

func TestAFilterThatTheListDoesNotUnderstandIsToldWhereItIsTyped(t *testing.T) {
	t.Parallel()
	drive(t, 120, 40, func(o *Options, _ *fakeStore) { o.Language = model.Russian }, func(d *driver) {
		d.store.fail = model.Invalid("filter", "%s: means nothing in this list; it knows %s", model.FieldStatus, "account: vendor:")
		d.press("/", "с", "enter")
		d.sees("фильтр: статус: в этом списке ничего не значит; есть поля")
		d.store.fail = nil
		d.press("/")
		d.press("esc")
		d.press("r")
		d.sees("1/12")
	})
}
