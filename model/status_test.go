package model

import (
	"encoding/json"
	"strings"
	"testing"
)

// steps is the whole table, written a second time in words: from a status to those that may follow
// it.
var steps = map[string]string{
	"unknown": "accepted sent delivered read clicked expired undelivered rejected failed no-money opted-out",
	"queued": "held suppressed accepted sent delivered read clicked expired undelivered rejected failed " +
		"no-money opted-out unknown",
	"held":        "queued suppressed",
	"suppressed":  "",
	"accepted":    "sent delivered read clicked expired undelivered rejected failed no-money opted-out unknown",
	"sent":        "delivered read clicked expired undelivered rejected failed no-money opted-out unknown",
	"delivered":   "read clicked expired",
	"read":        "clicked",
	"clicked":     "",
	"expired":     "delivered read clicked",
	"undelivered": "delivered read clicked expired opted-out",
	"rejected":    "",
	"failed":      "delivered read clicked",
	"no-money":    "",
	"opted-out":   "",
}

func TestEveryStepOfAStatusIsAllowedOrForbiddenAsTheTableSays(t *testing.T) {
	t.Parallel()
	if len(steps) != len(Statuses()) {
		t.Fatalf("%d statuses, %d in the table", len(Statuses()), len(steps))
	}
	for _, from := range Statuses() {
		allowed := strings.Fields(steps[from.String()])
		for _, to := range Statuses() {
			want := from == to
			for _, word := range allowed {
				want = want || word == to.String()
			}
			if got := from.CanBecome(to); got != want {
				t.Errorf("%s to %s: allowed %v, want %v", from, to, got, want)
			}
			if got := to.Sources()&(1<<from) != 0; got != want {
				t.Errorf("the sources of %s hold %s: %v, want %v", to, from, got, want)
			}
		}
	}
}

func TestALateDeliveredDoesNotLowerRead(t *testing.T) {
	t.Parallel()
	for _, seen := range []DeliveryStatus{StatusRead, StatusClicked} {
		for _, late := range Statuses() {
			if late != StatusClicked && late != seen && seen.CanBecome(late) {
				t.Errorf("%s became %s", seen, late)
			}
		}
	}
}

func TestNothingThatArrivedOrFailedGoesBackToTheQueue(t *testing.T) {
	t.Parallel()
	for _, s := range Statuses() {
		if s.Left() && s.CanBecome(StatusQueued) {
			t.Errorf("%s may be queued again by a vendor's word", s)
		}
	}
}

func TestAStatusNobodyDefinedBecomesNothing(t *testing.T) {
	t.Parallel()
	strange := DeliveryStatus(200)
	for _, s := range Statuses() {
		if strange.CanBecome(s) || s.CanBecome(strange) {
			t.Errorf("status 200 and %s may become one another", s)
		}
	}
	if strange.String() != "unknown" || strange.Sources() != 0 {
		t.Errorf("got %s with sources %b", strange, strange.Sources())
	}
}

func TestAStatusKnowsWhetherItArrivedAndWhetherNewsMayCome(t *testing.T) {
	t.Parallel()
	in := func(list string, s DeliveryStatus) bool {
		for _, word := range strings.Fields(list) {
			if word == s.String() {
				return true
			}
		}
		return false
	}
	for _, s := range Statuses() {
		if got, want := s.Reached(), in("delivered read clicked", s); got != want {
			t.Errorf("%s: reached %v, want %v", s, got, want)
		}
		if got, want := s.Left(), !in("queued held suppressed", s); got != want {
			t.Errorf("%s: left %v, want %v", s, got, want)
		}
		if got, want := s.Final(), !in("unknown queued held accepted sent delivered", s); got != want {
			t.Errorf("%s: final %v, want %v", s, got, want)
		}
	}
}

func TestAStatusIsReadAsItIsWritten(t *testing.T) {
	t.Parallel()
	seen := map[DeliveryStatus]bool{}
	for _, s := range Statuses() {
		seen[s] = true
		text, err := json.Marshal(s)
		var back DeliveryStatus
		if err != nil || string(text) != `"`+s.String()+`"` || json.Unmarshal(text, &back) != nil || back != s {
			t.Errorf("%s was written as %s (%v) and read as %s", s, text, err, back)
		}
	}
	if len(seen) != len(statusNames) {
		t.Errorf("Statuses names %d of %d", len(seen), len(statusNames))
	}
	for _, bad := range []string{`"Delivered"`, `""`, `3`, `"seen"`} {
		s := StatusRead
		if err := json.Unmarshal([]byte(bad), &s); err == nil || s == StatusDelivered {
			t.Errorf("%s was read as %s", bad, s)
		}
	}
	if _, err := parseStatus("seen"); KindOf(err) != KindInvalid || !strings.Contains(err.Error(), "delivered, read") {
		t.Errorf("got %v", err)
	}
}
