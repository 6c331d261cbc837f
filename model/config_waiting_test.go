package model

import (
	"strings"
	"testing"
	"time"
)

func TestAReplyHasWaitedLongFromTheConfiguredAgeOn(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		limit *Duration
		age   time.Duration
		long  bool
	}{
		{nil, 4*time.Hour - 1, false}, {nil, 4 * time.Hour, true},
		{&Duration{time.Hour}, time.Hour - 1, false}, {&Duration{time.Hour}, time.Hour, true},
		{&Duration{}, 1000 * time.Hour, false},
	} {
		if got := (Config{Waiting: WaitingConfig{Limit: c.limit}}).Patience().Long("minsk", c.age); got != c.long {
			t.Errorf("limit %v, age %s: got %v", c.limit, c.age, got)
		}
	}
}

func TestAnAccountMayHaveALimitOfItsOwn(t *testing.T) {
	t.Parallel()
	p := Config{Accounts: []Account{{Name: "vip", Waiting: &Duration{10 * time.Minute}},
		{Name: "news", Waiting: &Duration{}}, {Name: "minsk"}}}.Patience()
	for _, c := range []struct {
		account string
		age     time.Duration
		long    bool
	}{
		{"vip", 9 * time.Minute, false}, {"vip", 10 * time.Minute, true},
		{"news", 1000 * time.Hour, false},
		{"minsk", 10 * time.Minute, false}, {"minsk", 4 * time.Hour, true}, {"gone", 4 * time.Hour, true},
	} {
		if got := p.Long(c.account, c.age); got != c.long {
			t.Errorf("%s after %s: got %v", c.account, c.age, got)
		}
	}
	if p.Late != 24*time.Hour {
		t.Errorf("late after %s", p.Late)
	}
}

func TestALimitOfWaitingIsZeroOrWithinItsBounds(t *testing.T) {
	t.Parallel()
	for limit, good := range map[time.Duration]bool{
		0: true, time.Minute: true, 30 * 24 * time.Hour: true,
		time.Minute - 1: false, 30*24*time.Hour + 1: false,
	} {
		c := Config{Waiting: WaitingConfig{Limit: &Duration{limit}, Late: &Duration{limit}},
			Accounts: []Account{{Name: "vip", Waiting: &Duration{limit}}}}
		err := c.Validate(testVendors())
		for _, key := range []string{"waiting.limit", "waiting.late", "account vip.waiting"} {
			if named := err != nil && strings.Contains(err.Error(), key); named == good {
				t.Errorf("%s, %s: %v", key, limit, err)
			}
		}
	}
}

func TestTheLimitOfAViewTakesThePlaceOfAllOthersWhileItIsShown(t *testing.T) {
	t.Parallel()
	p := Config{Waiting: WaitingConfig{Limit: &Duration{time.Hour}},
		Accounts: []Account{{Name: "vip", Waiting: &Duration{10 * time.Minute}}}}.Patience()
	for _, c := range []struct {
		view    View
		account string
		age     time.Duration
		long    bool
	}{
		{View{}, "minsk", time.Hour, true}, {View{}, "vip", 10 * time.Minute, true},
		{View{Waiting: &Duration{30 * time.Minute}}, "minsk", 30*time.Minute - 1, false},
		{View{Waiting: &Duration{30 * time.Minute}}, "minsk", 30 * time.Minute, true},
		{View{Waiting: &Duration{30 * time.Minute}}, "vip", 29 * time.Minute, false}, // the shorter one does not count
		{View{Waiting: &Duration{2 * time.Hour}}, "minsk", time.Hour, false},
		{View{Waiting: &Duration{}}, "vip", 1000 * time.Hour, false},
	} {
		if got := p.In(c.view).Long(c.account, c.age); got != c.long {
			t.Errorf("view %v, account %s after %s: got %v", c.view.Waiting, c.account, c.age, got)
		}
	}
	if late := p.In(View{Waiting: &Duration{time.Minute}}).Late; late != p.Late {
		t.Errorf("late after %s", late)
	}
	if !p.Long("vip", 10*time.Minute) {
		t.Error("a view changed the rule of the account for others")
	}
}
