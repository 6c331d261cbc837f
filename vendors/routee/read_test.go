package routee_test

import (
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"viberdeck/model"
	"viberdeck/vendors/routee"
	"viberdeck/vendors/sim"
	"viberdeck/vendors/vendortest"
)

const tracking = "GET /viber/tracking/campaign/c-1"

func TestAllPagesOfACampaignAreReadWithStatusReasonAndPrice(t *testing.T) {
	t.Parallel()
	f := newFake(t, map[string][]string{tracking: {recorded(t, "tracking-0.json"), recorded(t, "tracking-1.json")}})
	got := vendortest.All(t, adapter(t, f).Recipients(t.Context(), "c-1"))
	if n := len(f.To(tracking)); n != 2 || f.To(tracking)[1].Query != "page=1&size=200" {
		t.Errorf("%d requests, the second is %q", n, f.To(tracking)[1].Query)
	}
	want := []struct {
		phone                model.Phone
		status               model.DeliveryStatus
		word, reason, id, at string
		price                string
	}{
		{306948530920, model.StatusRead, "SEEN", "", "m-1", "2026-03-02T09:41:00Z", "0.0125"},
		{306948530921, model.StatusOptedOut, "Undelivered", "Opted Out", "m-2", "2026-03-02T09:30:00Z", "0.0125"},
		{306948530922, model.StatusNoMoney, "UNSENT", "Insufficient balance", "m-3", "2026-03-02T09:30:00Z", "0"},
		{306948530923, model.StatusUnknown, "PARKED", "", "m-4", "0001-01-01T00:00:00Z", "—"},
	}
	for i, w := range want {
		r := got[i]
		if r.Phone != w.phone || r.Status != w.status || r.VendorStatus != w.word || r.Reason.String() != w.reason ||
			r.VendorID != w.id ||
			r.UpdatedAt.Format(time.RFC3339) != w.at || r.Price.String() != w.price || r.Account != "promo-gr" {
			t.Errorf("%d: %+v, want %+v", i, r, w)
		}
	}
}

func TestTheEndOfThePagesIsFoundWhateverIsSaidOfIt(t *testing.T) {
	t.Parallel()
	row := func(id string) string {
		return `{"content":[{"trackingId":"` + id + `","to":"+306948530920","status":"QUEUED"}]`
	}
	for name, c := range map[string]struct {
		pages []string
		asked int
	}{
		"nothing said, then an empty page":  {[]string{row("a") + `}`, row("b") + `}`, `{"content":[]}`}, 3},
		"nothing said, the same page again": {[]string{row("a") + `}`}, 2},
		"last":                              {[]string{row("a") + `,"last":"false"}`, row("b") + `,"last":true}`}, 2},
		"the number of pages, as a text": {[]string{
			row("a") + `,"totalPages":"2"}`, row("b") + `,"totalPages":"2"}`}, 2},
		"a bare array": {[]string{`[{"trackingId":"a","to":"+306948530920","status":"QUEUED"}]`}, 1},
		"more pages than come": {[]string{
			row("a") + `,"totalPages":3}`, row("b") + `,"totalPages":3}`, `{"content":[]}`}, 3},
		"nothing at all":                {[]string{`{"content":null,"last":false,"totalPages":9}`}, 1},
		"fewer messages than there are": {[]string{row("a") + `,"totalElements":40,"totalPages":1}`}, 1},
	} {
		f := newFake(t, map[string][]string{tracking: c.pages})
		var failed error
		for _, err := range adapter(t, f).Recipients(t.Context(), "c-1") {
			failed = errors.Join(failed, err)
		}
		if short := name == "nothing at all" || name == "fewer messages than there are"; short != model.IsNotWhole(
			failed,
		) ||
			!short && failed != nil {
			t.Errorf("%s: %v", name, failed)
		}
		if n := len(f.To(tracking)); n != c.asked {
			t.Errorf("%s: %d requests, want %d", name, n, c.asked)
		}
	}
}

func TestStatusesAreKnownInAnyCase(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		word, detail string
		want         model.DeliveryStatus
	}{
		{"QUEUED", "", model.StatusAccepted}, {"queued", "", model.StatusAccepted},
		{"Delivered", "", model.StatusDelivered}, {"seen", "", model.StatusRead},
		{"EXPIRED", "TTL Expired", model.StatusExpired}, {"FAILED", "", model.StatusFailed},
		{"UNSENT", "", model.StatusNoMoney},
		{"UNDELIVERED", "Not Viber User", model.StatusUndelivered}, {"UNDELIVERED", "OptedOut", model.StatusOptedOut},
		{"UNDELIVERED", "OPTED_OUT", model.StatusOptedOut}, {"FAILED", "Message Rejected", model.StatusRejected},
		{"UNDELIVERED", "TTLExpired", model.StatusExpired}, {"Failed", "ttl-expired", model.StatusExpired},
		{"Failed", "NotViberUser", model.StatusUndelivered},
		{"UNDELIVERED", "Timed Out", model.StatusUndelivered}, {"DELIVERED", "Opted Out", model.StatusDelivered},
		{"PARKED", "Opted Out", model.StatusUnknown},
	} {
		body := `{"trackingId":"m","to":"+306948530920","status":{"name":"` + c.word +
			`","reason":{"detailedStatus":"` + c.detail + `"}}}`
		if _, r, err := routee.DecodeProgress([]byte(body)); err != nil || r.Status != c.want ||
			r.VendorStatus != c.word {
			t.Errorf("%s, %s: %s, %v; want %s", c.word, c.detail, r.Status, err, c.want)
		}
	}
}

func TestACallbackAndTrackingReportTheSame(t *testing.T) {
	t.Parallel()
	id, r, err := routee.DecodeProgress([]byte(recorded(t, "callback.json")))
	if err != nil || id != "c-1" || r.VendorID != "m-2" || r.Phone != 306948530921 ||
		r.Status != model.StatusUndelivered || r.Reason.String() != "Not Viber User" ||
		r.UpdatedAt.Format(time.RFC3339) != "2026-03-02T09:30:00Z" || r.Price.String() != "0.0125" ||
		r.List != "customers" {
		t.Errorf("%q %+v, %v", id, r, err)
	}
	other := `{"trackingId":"m-2","campaignTrackingId":"c-1","to":"306948530921","status":{"status":"UNDELIVERED","date":"2026-03-02T09:30:00Z",
		"reason":{"detailedStatus":"Not Viber User"}},"price":"0.0125","groups":["customers"]}`
	id2, r2, err := routee.DecodeProgress([]byte(other))
	r2.VendorStatus = r.VendorStatus
	if err != nil || id2 != id || !reflect.DeepEqual(r, r2) {
		t.Errorf("%q %+v, %v", id2, r2, err)
	}
	for _, body := range []string{`{}`, `[]`, `null`, `7`, `<html>`, ``, `{"status":{"name":"SEEN"}}`,
		`{"to":"+306948530920"}`} {
		if _, _, err := routee.DecodeProgress([]byte(body)); err == nil || model.KindOf(err) == model.KindInternal {
			t.Errorf("%s: %v", body, err)
		}
	}
}

func TestAnInboundMessageIsAReplyWhateverItsFieldsAreCalled(t *testing.T) {
	t.Parallel()
	r, err := routee.DecodeInbound([]byte(recorded(t, "inbound.json")))
	if err != nil || r.VendorID != "in-1" || r.CampaignRef != "c-1" || r.Phone != 306948530920 || r.Text != "STOP" ||
		!r.Unread || r.State != model.ReplyOpen ||
		r.ReceivedAt.Format(time.RFC3339) != "2026-03-02T10:00:00Z" {
		t.Errorf("%+v, %v", r, err)
	}
	for _, body := range []string{
		`{"from":"+306948530920","body":{"text":"STOP"},"date":"2026-03-02T10:00:00Z"}`,
		`{"from":306948530920,"text":"STOP"}`,
		`{"from":"+306948530920","message":"STOP","messageId":"x"}`,
	} {
		r, err := routee.DecodeInbound([]byte(body))
		again, _ := routee.DecodeInbound([]byte(body))
		if err != nil || r.Phone != 306948530920 || r.Text != "STOP" || r.VendorID == "" ||
			r.VendorID != again.VendorID {
			t.Errorf("%s: %+v, %v", body, r, err)
		}
	}
	seen, err := routee.DecodeInbound([]byte(`{"from":306948530920,"body":{"imageUrl":"https://example.com/a.jpg"}}`))
	if err != nil || seen.Text != "https://example.com/a.jpg" {
		t.Errorf("a picture: %+v, %v", seen, err)
	}
	for body, text := range map[string]string{
		`{"from":306948530920,"body":{"text":"broken","imageURL":"https://example.com/a.jpg"}}`: "broken " +
			"(a picture: https://example.com/a.jpg)",
		`{"from":306948530920,"message":"hi","body":{"imageURL":"https://a.by/b","url":"https://a.by/b"}}`: "hi " +
			"(a picture: https://a.by/b)",
		`{"from":306948530920,"body":{"videoURL":"https://example.com/v"}}`:    "(a video: https://example.com/v)",
		`{"from":306948530920,"body":{"fileUrl":"https://example.com/c.pdf"}}`: "https://example.com/c.pdf",
		`{"from":306948530920,"message":"\u001b[31mSTOP"}`:                     "␛STOP",
		`{"from":306948530920,"body":{"type":"sticker","stickerId":40133}}`:    "(a sticker)",
		`{"from":306948530920,"message":""}`:                                   "(no text)",
		`{"from":306948530920,"body":{"location":{"lat":1}}}`:                  "(no text)",
	} {
		if r, err := routee.DecodeInbound([]byte(body)); err != nil || model.ReplyBody(r.Text).String() != text {
			t.Errorf("%s: %+v, %v, want %q", body, r, err, text)
		}
	}
	hostile, err := routee.DecodeInbound([]byte(`{"from":"+306948530920","message":"\u001b]0;owned\u0007STOP"}`))
	if err != nil || strings.ContainsRune(hostile.Text, 0x1b) {
		t.Errorf("%q, %v", hostile.Text, err)
	}
	turned, err := routee.DecodeInbound(
		[]byte(`{"from":"Brand","to":"+306948530920","direction":"Inbound","message":"STOP"}`))
	if err != nil || turned.Phone != 306948530920 {
		t.Errorf("%+v, %v", turned, err)
	}
	for _, body := range []string{`{}`, `{"from":"Brand","message":"x"}`, recorded(t, "callback.json"),
		`{"from":"+306948530920","message":"x","direction":"OUTBOUND"}`, `{"from":"+306948530920"}`, `[]`, `<html>`} {
		if _, err := routee.DecodeInbound([]byte(body)); err == nil || model.KindOf(err) == model.KindInternal {
			t.Errorf("%s: %v", body, err)
		}
	}
}

func TestBalanceGroupsAndSenders(t *testing.T) {
	t.Parallel()
	f := newFake(t, map[string][]string{"GET /accounts/me/balance": {recorded(t, "balance.json")},
		"GET /groups/my": {recorded(t, "groups.json")}})
	a := adapter(t, f)
	if b, err := a.Balance(t.Context()); err != nil || len(b) != 1 || b[0].Amount.String() != "899.5 EUR" ||
		b[0].Account != "promo-gr" {
		t.Errorf("%+v, %v", b, err)
	}
	if l, err := a.Lists(t.Context()); err != nil || len(l) != 2 || l[0].ID != "customers" || l[0].People.Known {
		t.Errorf("%+v, %v", l, err)
	}
	if s, err := a.Senders(t.Context()); err != nil || len(s) != 1 || s[0].ID != "6f1e" ||
		s[0].Name != "Example Shop" || !s[0].FromConfig {
		t.Errorf("%+v, %v", s, err)
	}
}

func TestAPhoneIsBlockedByItsContactWhichIsMadeWhereThereIsNone(t *testing.T) {
	t.Parallel()
	const blacklist = "/contacts/my/blacklist/Viber"
	made := newFake(t, map[string][]string{
		"HEAD /contacts/my/mobile": {"404 ", "200 "},
		"POST /contacts/my":        {`{"id":"new","mobile":"+306948530999"}`},
		"GET /contacts/my":         {recorded(t, "contacts.json")}, "POST " + blacklist: {`{"updated":2}`},
	})
	if err := adapter(t, made).Block(t.Context(), []model.Phone{306948530999, 306948530932}, "asked"); err != nil {
		t.Fatal(err)
	}
	if got := string(made.To("POST " + blacklist)[0].Body); got != `{"contacts":["new","k-3"]}` {
		t.Errorf("blocked %s", got)
	}
	if got := string(made.To("POST /contacts/my")[0].Body); got != `{"mobile":"+306948530999"}` {
		t.Errorf("made %s", got)
	}
	if got := made.To("HEAD /contacts/my/mobile")[0].Query; got != "value=%2B306948530999" {
		t.Errorf("asked for %s", got)
	}
	// A contact that Routee turns out to have is looked for, page by page.
	known := newFake(t, map[string][]string{
		"HEAD /contacts/my/mobile": {"405 "}, "POST /contacts/my": {
			`409 {"code":"409002001","developerMessage":"exists"}`},
		"GET /contacts/my": {`{"content":[{"id":"k-9","mobile":"+306948530909"}],"last":false}`,
			recorded(t, "contacts.json")}, "POST " + blacklist: {`{"updated":1}`},
	})
	err := adapter(t, known).Block(t.Context(), []model.Phone{306948530930}, "")
	if err != nil || string(known.To("POST " + blacklist)[0].Body) != `{"contacts":["k-1"]}` ||
		len(known.To("GET /contacts/my")) != 2 {
		t.Errorf("%v, %v", err, known.To("GET /contacts/my"))
	}
	f := newFake(t, map[string][]string{"GET " + blacklist: {recorded(t, "blacklist.json")},
		"DELETE " + blacklist: {`{"updated":1}`}})
	a := adapter(t, f)
	if err := a.Unblock(t.Context(), []model.Phone{306948530931, 306948530999}); err != nil ||
		string(f.To("DELETE " + blacklist)[0].Body) != `{"contacts":["k-2"]}` {
		t.Errorf("%v, %s", err, f.To("DELETE " + blacklist)[0].Body)
	}
}

func TestTheSimulatedRouteeIsBlockedTrackedAndDeletedAt(t *testing.T) {
	t.Parallel()
	world := sim.New(sim.Options{Seed: 7, Now: vendortest.Standing, PerSecond: 1e6, Vendors: []string{"routee"}})
	a := simulatedAdapter(t, world)
	phones := []model.Phone{306948530920, 306948530921}
	for range 2 { // a second time it does no harm
		if err := a.Block(t.Context(), phones, "asked"); err != nil {
			t.Fatal(err)
		}
	}
	blocked := func() (n int) {
		for page, err := range a.Blacklist(t.Context()) {
			if err != nil {
				t.Fatal(err)
			}
			for _, e := range page {
				if slices.Contains(phones, e.Phone) {
					n++
				}
			}
		}
		return n
	}
	if n := blocked(); n != 2 {
		t.Errorf("%d of 2 are blocked", n)
	}
	if err := a.Unblock(t.Context(), phones); err != nil || blocked() != 0 {
		t.Errorf("%v, %d are still blocked", err, blocked())
	}
	people := vendortest.All(t, a.Recipients(t.Context(), sim.RouteeCampaign(2)))
	if len(people) < 20 || people[0].VendorStatus == "" {
		t.Fatalf("%d people", len(people))
	}
	if one, err := a.Message(t.Context(), people[0].VendorID); err != nil || one.Phone != people[0].Phone ||
		one.Status != people[0].Status {
		t.Errorf("%+v, %v; want %+v", one, err, people[0])
	}
	if _, err := a.Message(t.Context(), "none"); model.KindOf(err) != model.KindNotFound {
		t.Errorf("a message that is not there: %v", err)
	}
	if err := a.DeleteScheduled(t.Context(), sim.RouteeScheduled); err != nil {
		t.Error(err)
	}
	if err := a.DeleteScheduled(t.Context(), sim.RouteeScheduled); err == nil {
		t.Error("it was deleted twice")
	}
}
