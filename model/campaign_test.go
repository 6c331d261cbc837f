package model

import (
	"strings"
	"testing"
	"time"
)

func TestEveryCampaignStateIsListedOnce(t *testing.T) {
	t.Parallel()
	seen := map[CampaignState]bool{}
	for _, s := range CampaignStates() {
		if s == "" || seen[s] {
			t.Errorf("%q is empty or listed twice", s)
		}
		seen[s] = true
	}
	if len(seen) != 13 {
		t.Errorf("%d states; the vocabulary has 13", len(seen))
	}
}

func TestAnyPartOfAnSMSFallbackAsksForOne(t *testing.T) {
	t.Parallel()
	if (SMSFallback{}).Enabled() {
		t.Error("nothing was asked for")
	}
	for _, f := range []SMSFallback{{Text: "a"}, {Sender: "a"}, {After: time.Minute}} {
		if !f.Enabled() {
			t.Errorf("%+v is ignored", f)
		}
	}
}

func TestACampaignIsDoneWhenNobodyWaitsOrIsUnderWay(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		p    Progress
		done bool
	}{
		{Progress{}, true}, {Progress{Total: 9, Accepted: 3, Refused: 2, Unknown: 1, Suppressed: 2, Held: 1}, true},
		{Progress{Total: 1, Waiting: 1}, false}, {Progress{Total: 1, InFlight: 1}, false},
	} {
		if c.p.Done() != c.done {
			t.Errorf("%+v: done %v", c.p, c.p.Done())
		}
	}
}

func TestACampaignWithoutANameIsKnownByItsText(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("я", 80)
	for _, tt := range []struct {
		c    Campaign
		want string
	}{
		{Campaign{Name: "Autumn", Message: Message{Text: "Hello"}, VendorID: "8483"}, "Autumn"},
		{Campaign{Message: Message{Text: "Hello\nthere"}, VendorID: "8483"}, "Hello there"},
		{Campaign{Message: Message{Text: long}}, long[:120] + "…"},
		{Campaign{Message: Message{ImageURL: "https://example.com/a.png"}, VendorID: "8483"}, "8483"},
	} {
		if got := tt.c.Title(); got != tt.want {
			t.Errorf("%q, want %q", got, tt.want)
		}
	}
}
