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
		if got := (WaitingConfig{Limit: c.limit}).Long(c.age); got != c.long {
			t.Errorf("limit %v, age %s: got %v", c.limit, c.age, got)
		}
	}
}

func TestALimitOfWaitingIsZeroOrWithinItsBounds(t *testing.T) {
	t.Parallel()
	for limit, good := range map[time.Duration]bool{
		0: true, time.Minute: true, 30 * 24 * time.Hour: true,
		time.Minute - 1: false, 30*24*time.Hour + 1: false,
	} {
		c := Config{Waiting: WaitingConfig{Limit: &Duration{limit}}}
		err := c.Validate(testVendors())
		if named := err != nil && strings.Contains(err.Error(), "waiting.limit"); named == good {
			t.Errorf("%s: %v", limit, err)
		}
	}
}
