package cli

import (
	"slices"
	"testing"
)

func TestTheShellCompletesTheLastWordOfAFilter(t *testing.T) {
	t.Parallel()
	for typed, want := range map[string][]string{
		"acc": {"account:"}, "is:sn": {"is:snoozed"}, "from:+375 is:unr": {"from:+375 is:unread"}, "nothing": nil,
	} {
		if got, _ := completeFilter(nil, nil, typed); !slices.Equal(got, want) {
			t.Errorf("%q: %q", typed, got)
		}
	}
}
