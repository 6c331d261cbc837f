package model

import (
	"slices"
	"strings"
	"testing"
	"time"
)

func TestACampaignFileFillsInWhatItLeavesOut(t *testing.T) {
	t.Parallel()
	c, err := CampaignFile{Text: "Hello"}.Campaign(Account{Name: "minsk", Vendor: SMSBy}, noon())
	if err != nil {
		t.Fatal(err)
	}
	if c.Account != "minsk" || c.Vendor != SMSBy || c.State != CampaignDraft || !c.Ours ||
		c.Class != ClassPromotional || !c.CreatedAt.Equal(noon()) {
		t.Errorf("got %+v", c)
	}
	if c.Name != "Campaign 2026-03-04 12-00-00" || !c.SendAt.IsZero() || c.Fallback.Enabled() || c.Lifetime != 0 ||
		c.Stretch != 0 {
		t.Errorf("got %+v", c)
	}
	caps := ableCapabilities() // Routee's rule for names is the narrowest
	c.Sender = "444"
	if err := CheckCampaign(c, caps, noon()); err != nil {
		t.Errorf("a vendor refuses the defaults: %v", err)
	}
}

func TestEveryKeyOfACampaignFileReachesTheCampaign(t *testing.T) {
	t.Parallel()
	f := CampaignFile{
		Account: "promo", Name: " Autumn sale ", Sender: " 444 ", Text: " Hello ", ImageURL: "i",
		Upload: Upload{"/p", "s"}, OneByOne: true,
		Button: Button{"c", "u"}, File: File{"n", "t", "u"},
		Video: Video{"u", "t", 1, 2}, Class: ClassTransactional,
		SendAt:   time.Date(2026, 12, 1, 10, 0, 0, 0, time.FixedZone("", 2*60*60)),
		Lifetime: Duration{time.Hour}, Stretch: Duration{2 * time.Hour}, Label: "l", Tags: []string{"t"}, Device: "all",
		Template:    "7",
		ContactList: "9", Variables: map[string]FileValue{"a": {Text: "b"}, "n": {"5", ValueInteger}},
		List:        FileIDs{" 12 ", "13", "12"},
		CallbackURL: "cb", InboundURL: "in",
	}
	f.Fallback.Text, f.Fallback.Sender, f.Fallback.After = "sms", "Shop", Duration{time.Minute}
	c, err := f.Campaign(Account{Name: "promo", Vendor: Routee}, noon())
	if err != nil {
		t.Fatal(err)
	}
	if c.Name != "Autumn sale" || !c.Options.OneByOne || c.Sender != "444" || c.List != "12" ||
		!slices.Equal(c.Lists(), []string{"12", "13"}) || c.Class != ClassTransactional ||
		c.Lifetime != time.Hour || c.Stretch != 2*time.Hour {
		t.Errorf("got %+v", c)
	}
	if want := (Message{" Hello ", "i", Upload{"/p", "s"}, Button{"c", "u"}, File{"n", "t", "u"}, Video{"u", "t", 1, 2},
		"7"}); c.Message != want {
		t.Errorf("got %+v", c.Message)
	}
	if c.Fallback != (SMSFallback{"sms", "Shop", time.Minute}) ||
		c.SendAt.Format(time.RFC3339) != "2026-12-01T08:00:00Z" {
		t.Errorf("got %+v at %s", c.Fallback, c.SendAt)
	}
	o := c.Options
	if o.Label != "l" || !slices.Equal(o.Tags, f.Tags) || o.Device != "all" || o.ContactList != "9" ||
		o.Variables["a"] != "b" || o.Variables["n"] != "5" || o.Kinds["n"] != ValueInteger ||
		o.Kinds["a"] != ValueText || o.CallbackURL != "cb" || o.InboundURL != "in" {
		t.Errorf("got %+v", o)
	}
}

func TestATimeToSendAtNeedsItsZone(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"datetime-local", "date-local", "time-local"} {
		f := CampaignFile{Text: "Hello", SendAt: time.Date(2026, 12, 1, 10, 0, 0, 0, time.FixedZone(name, 0))}
		_, err := f.Campaign(Account{}, noon())
		expectField(t, name, err, "send_at", "2026-12-01T10:00:00+02:00")
	}
}

func TestThePhonesOfACampaignFileAreCounted(t *testing.T) {
	t.Parallel()
	f := CampaignFile{Phones: []string{"80291111111", "+375 29 111-11-11", "no phone\x1b[2J", "+306948530920", "12",
		"375291111111"}}
	a := f.ReadAudience("BY")
	if a.Total != 6 || a.Duplicates != 2 || a.Invalid != 2 || a.People.Len() != 2 || a.List.Known {
		t.Errorf("got %+v", a)
	}
	if a.People.At(0).Phone != 375291111111 || a.People.At(1).Phone != 306948530920 {
		t.Errorf("got %v", a.People)
	}
	if len(a.BadRows) != 2 || a.BadRows[0].Line != 3 || a.BadRows[1].Line != 5 {
		t.Fatalf("got %+v", a.BadRows)
	}
	for _, bad := range a.BadRows {
		if bad.Reason.IsZero() || strings.Contains(bad.Text+bad.Reason.String(), "\x1b") {
			t.Errorf("got %+v", bad)
		}
	}
	if empty := (CampaignFile{}).ReadAudience("BY"); empty.Total != 0 || empty.People.Len() != 0 {
		t.Errorf("got %+v", empty)
	}
}
