package model

import (
	"strings"
	"testing"
)

func TestMacrosOfTheConfigurationAreChecked(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		do   []string
		want string // "" takes it
	}{
		{[]string{"opt-out", "label stop", "done"}, ""},
		{[]string{"answer hours", "label time", "label price", "claim"}, ""},
		{[]string{"snooze 2h", "note call back tomorrow"}, ""},
		{[]string{"snooze tomorrow 9:00"}, ""},
		{nil, "needs a step"},
		{[]string{"dance"}, "is not a step"},
		{[]string{"done now"}, "nothing follows"},
		{[]string{"label"}, "a label has"},
		{[]string{"snooze"}, "like 2h"},
		{[]string{"note"}, "the note is empty"},
		{[]string{"answer"}, "name a prepared answer"},
		{[]string{"answer a", "answer b"}, "twice"},
		{[]string{"answer a", "opt-out"}, "never reaches"},
		{[]string{"done", "snooze 2h"}, "is not done"},
	} {
		err := (&Config{Macros: []Macro{{Name: "m", Do: tt.do}}}).Validate(nil)
		if tt.want == "" && err != nil || tt.want != "" && (err == nil || !strings.Contains(err.Error(), tt.want) ||
			!strings.Contains(err.Error(), "macro[0].do")) {
			t.Errorf("%q: %v, want %q", tt.do, err, tt.want)
		}
	}
	if err := (&Config{Macros: []Macro{{Name: "a", Do: []string{"done"}}, {Name: "A", Do: []string{"done"}}}}).
		Validate(nil); err == nil || !strings.Contains(err.Error(), "two macros are called") {
		t.Errorf("twins: %v", err)
	}
}
