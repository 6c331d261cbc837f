package wooxy_test

import (
	"reflect"
	"strings"
	"testing"
	"time"

	"viberdeck/model"
	"viberdeck/vendors/vendortest"
	"viberdeck/vendors/wooxy"
)

var at = time.Unix(1771923600, 0).UTC()

func TestAnEventSaysWhatBecameOfAMessage(t *testing.T) {
	t.Parallel()
	got, err := wooxy.DecodeEvent([]byte(recorded(t, "event.json")))
	want := []model.Recipient{{Phone: 375291111111, Status: model.StatusDelivered, VendorStatus: "viber-delivered",
		VendorID: "message-0001", UpdatedAt: at}}
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestManyEventsOfAnyShapeComeAtOnce(t *testing.T) {
	t.Parallel()
	got, err := wooxy.DecodeEvent([]byte(recorded(t, "events.json")))
	want := []model.Recipient{
		{Phone: 375291111111, Status: model.StatusRead, VendorStatus: "VIBER_VIEWED", VendorID: "17", UpdatedAt: at},
		{Contact: "anna@example.com", Status: model.StatusFailed, VendorStatus: "viber-failed",
			VendorID: "message-0002", Reason: model.Data("No such Viber user"), UpdatedAt: at},
		{Contact: "user-00001", Status: model.StatusUnknown, VendorStatus: "viber-teleported"},
	}
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestEachEventOfThePageHasItsStatus(t *testing.T) {
	t.Parallel()
	want := map[string]model.DeliveryStatus{
		"viber-delivered": model.StatusDelivered, "viber-failed": model.StatusFailed,
		"viber-expired":  model.StatusExpired,
		"viber-rejected": model.StatusRejected, "viber-viewed": model.StatusRead, "viber-clicked": model.StatusClicked,
		"viber-contact-channel-unsubscribed": model.StatusOptedOut,
	}
	names := wooxy.Events()
	if len(names) != len(want)+1 {
		t.Errorf("%d events", len(names))
	}
	for _, name := range names {
		got, err := wooxy.DecodeEvent([]byte(`{"event":"` + name + `","phoneNumber":"375291111111"}`))
		if name == "viber-contact-channel-subscribed" { // of the contact, not of a message
			if err != nil || len(got) != 0 {
				t.Errorf("%s: %+v, %v", name, got, err)
			}
			continue
		}
		if err != nil || len(got) != 1 || got[0].Status != want[name] || got[0].VendorStatus != name {
			t.Errorf("%s: %+v, %v", name, got, err)
		}
	}
}

func TestAPersonWhoBlockedTheSenderHasOptedOut(t *testing.T) {
	t.Parallel()
	for reason, want := range map[string]model.DeliveryStatus{
		"Viber user blocked": model.StatusOptedOut, "error: viber user blocked.": model.StatusOptedOut,
		"No such Viber user": model.StatusFailed, "": model.StatusFailed,
	} {
		got, err := wooxy.DecodeEvent([]byte(`{"event":"viber-failed","phoneNumber":"375291111111","rawLog":"` +
			reason + `"}`))
		if err != nil || len(got) != 1 || got[0].Status != want || got[0].Reason.String() != reason {
			t.Errorf("%q: %+v, %v", reason, got, err)
		}
	}
}

func TestAnInvalidEventIsAnErrorAndKeepsTheOthers(t *testing.T) {
	t.Parallel()
	for body, people := range map[string]int{
		"": 0, "null": 0, "[]": 0, "7": 0, `"words"`: 0, "<html>": 0, `{}`: 0, `{"event":"viber-viewed"}`: 0,
		`{"phoneNumber":"+375291111111"}`:                  0,
		`[{"event":"viber-viewed","id":"m1"},{"id":"m2"}]`: 1, `[{"event":"viber-viewed","id":{}}]`: 0,
	} {
		got, err := wooxy.DecodeEvent([]byte(body))
		if err == nil || model.KindOf(err) == model.KindInternal || len(got) != people {
			t.Errorf("%s: %+v, %v", body, got, err)
		}
	}
}

func TestTheTimeOfAnEventIsKnownOrItIsNot(t *testing.T) {
	t.Parallel()
	for written, want := range map[string]time.Time{
		`1771923600`: at, `"1771923600"`: at, `1771923600123`: at.Add(123 * time.Millisecond),
		`"2026-02-24 09:00:00"`: at,
		`0`:                     {}, `-5`: {}, `null`: {}, `"soon"`: {}, `9999999999999999999`: {},
		`999999999999999999`: {}, `1.5`: {},
	} {
		got, err := wooxy.DecodeEvent([]byte(`{"event":"viber-viewed","id":"m1","datetime":` + written + `}`))
		if err != nil || !got[0].UpdatedAt.Equal(want) {
			t.Errorf("%s: %v, %v; want %v", written, got, err, want)
		}
	}
}

func FuzzDecodeEvent(f *testing.F) {
	f.Add([]byte(recorded(f, "event.json")))
	f.Add([]byte(recorded(f, "events.json")))
	f.Add([]byte(`{"event":{"a":1},"datetime":1e400}`))
	f.Add([]byte(`{"a":{"event":"viber-viewed","id":1},"b":{"event":"x","contact":"y\u202e"}}`))
	f.Fuzz(func(t *testing.T, body []byte) {
		people, err := wooxy.DecodeEvent(body)
		subscribed := strings.Contains(strings.ToLower(string(body)), "subscribed")
		if err == nil && len(people) == 0 && !subscribed || err != nil && model.KindOf(err) == model.KindInternal {
			t.Errorf("%d people, %v", len(people), err)
		}
		vendortest.Harmless(t, people)
		for _, p := range people {
			if strings.TrimSpace(p.VendorStatus) == "" || p.VendorID == "" && p.Phone == 0 && p.Contact == "" {
				t.Errorf("nobody: %+v", p)
			}
		}
	})
}
