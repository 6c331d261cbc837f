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
