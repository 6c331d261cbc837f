package model

import (
	"reflect"
	"strings"
	"testing"
)

func TestACopyHasAllThatAFormDoesNotShow(t *testing.T) {
	t.Parallel()
	c := Campaign{Vendor: Wooxy, Ours: true, Message: Message{Template: "t1"}, Options: Options{
		Tags: []string{
			"a",
			"b",
		}, Device: "phone", ContactList: "cl-9", Variables: map[string]string{"n": "5", "a": "x"}}}
	k := c.Carry()
	spelled := func(v Vendor) string { return map[Vendor]string{Wooxy: "Wooxy", Routee: "Routee"}[v] }
	if got := k.To(Campaign{Vendor: Wooxy}); !reflect.DeepEqual(got.Options, c.Options) || !k.NoSender ||
		len(k.Lost) > 0 {
		t.Errorf("%+v, %+v", got, k)
	}
	var words []string
	for _, d := range c.Details() {
		words = append(words, string(d.Name)+" "+d.Value)
	}
	if got := strings.Join(words, "; "); got != "contact list cl-9; tags a, b; device phone; variables a=x, n=5" {
		t.Error(got)
	}
	if got := k.To(Campaign{Vendor: Routee}); !reflect.DeepEqual(got.Options, Options{}) {
		t.Errorf("Routee got %+v", got.Options)
	}
	if got := Lines(k.LostAt(Routee, spelled)...).String(); !strings.Contains(got,
		"what only Wooxy has is not carried to Routee: cl-9; a, b; phone") {
		t.Error(got)
	}
	if got := k.LostAt(Wooxy, spelled); len(got) > 0 {
		t.Error(got)
	}
}

func TestACopySaysWhatTheVendorDoesNotShow(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		campaign Campaign
		lost     int
	}{
		{Campaign{Vendor: SMSBy, KindWord: KindTextImageButton, Message: Message{Text: "x"}}, 1},
		{Campaign{Vendor: SMSBy, KindWord: KindText, Message: Message{Text: "x"}}, 0},
		{Campaign{Vendor: SendPulse, Message: Message{Text: "x"}, SMS: SMSAsked}, 1},
		{Campaign{Vendor: SendPulse, Message: Message{Text: "x"}, SMS: SMSAsked, Ours: true}, 0},
		{Campaign{Vendor: Routee, Ours: true, Message: Message{
			File: File{Name: "a.pdf", Type: "pdf", URL: "https://a.by/a"}}}, 0},
	} {
		if got := c.campaign.Carry(); len(got.Lost) != c.lost || got.File != c.campaign.Message.File {
			t.Errorf("%+v: %+v", c.campaign, got)
		}
	}
}
