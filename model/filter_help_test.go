package model

import (
	"slices"
	"strings"
	"testing"
	"time"
)

func TestTheReferenceOfFiltersNamesEveryFieldAndPropertyAndCanBeTyped(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 12, 1, 12, 0, 0, 0, time.UTC)
	var all strings.Builder
	for _, row := range FilterReference() {
		all.WriteString(row.Write + " " + row.Help + "\n")
		for example := range strings.SplitSeq(row.Write, "  ") {
			if strings.HasPrefix(example, "field:") || strings.HasPrefix(example, "-field:") {
				continue // a shape, not a filter
			}
			if _, err := ParseFilter(example, now, time.UTC); err != nil {
				t.Errorf("%s: %v", example, err)
			}
		}
	}
	for _, f := range FilterFields() {
		if !strings.Contains(all.String(), f+":") {
			t.Errorf("the field %s is not explained", f)
		}
	}
	for _, v := range FilterIsValues() {
		if !slices.Contains(strings.Fields(all.String()), v) {
			t.Errorf("is:%s is not explained", v)
		}
	}
}

func TestTheLastWordOfAFilterIsCompletedInBothLanguages(t *testing.T) {
	t.Parallel()
	for typed, want := range map[string][]string{
		"acc": {"account:"}, "is:sn": {"is:snoozed"}, "from:+375 is:unr": {"from:+375 is:unread"}, "nothing": nil,
		"ста": {"статус:"}, "есть:отл": {"есть:отложено"}, "-is:arch": {"-is:archived"},
		"status:failed,exp": {"status:failed,expired"}, "state:moder": {"state:moderation"},
		"статус:нет": {"статус:нет-денег"}, "text:a": nil, "account:sh": {"account:shop-ua"},
		"is:open аккаунт:minsk,p": {"is:open аккаунт:minsk,promo-gr"}, "vendor:send": {"vendor:sendpulse"},
		"вендор:sms": {"вендор:smsby"},
	} {
		if got := CompleteFilter(typed, Account{Name: "minsk", Vendor: SMSBy},
			Account{Name: "shop-ua", Vendor: SendPulse},
			Account{Name: "promo-gr", Vendor: Routee}, Account{Name: "second", Vendor: SMSBy}); !slices.Equal(got,
			want) {
			t.Errorf("%q: %q", typed, got)
		}
	}
	now := time.Date(2026, 12, 1, 12, 0, 0, 0, time.UTC)
	for _, field := range []string{"is:", "status:", "state:", "есть:", "статус:", "состояние:"} {
		for _, filter := range CompleteFilter(field) {
			if _, err := ParseFilter(filter, now, time.UTC); err != nil {
				t.Errorf("%s is offered and refused: %v", filter, err)
			}
		}
	}
}
