package sim

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// letters are what the world would have posted until a moment, in order, without a network.
func (b *bench) letters(until time.Time) []letter {
	var all []letter
	for {
		e, _ := b.world.setting.post.take(until)
		if e == nil {
			return all
		}
		all = append(all, b.world.hear(*e)...)
	}
}

func decoded(t *testing.T, l letter) any {
	t.Helper()
	var value any
	if err := decodeJSON(l.body, &value); err != nil {
		t.Fatalf("%s: %v", l.body, err)
	}
	return value
}

func hook(url string, events ...string) string {
	return fmt.Sprintf(`{"title":"Deck","url":%q,"domain":%q,"events":%s}`, url, WooxyDomain, jsonOf(events))
}

func TestWebhooksHearWhatHappensToEachMessage(t *testing.T) {
	t.Parallel()
	b := newBench(t, Options{Seed: 1})
	_, answer := b.wooxy("/v3/webhook/create", hook("http://127.0.0.1:1/all", wooxyEvents()...))
	wantText(t, "id", dig(t, answer, "webhookId"), "sim-webhook-0001")
	b.wooxy("/v3/webhook/create", hook("http://127.0.0.1:1/expired", wooxyExpired))
	final := map[string]int{}
	for i := range 5 {
		_, answer := b.wooxy("/v3/viber/batch", goodBatch("contacts", contacts(i*100, 99), "templateId",
			`"`+WooxyBonusTemplate+`"`))
		for _, id := range dig(t, answer, "success").(map[string]any) {
			final[text(id)] = 0
		}
	}
	kinds, repeats := map[string]int{}, 0
	for _, l := range b.letters(newYear.Add(72 * time.Hour)) {
		h := decoded(t, l)
		event := text(dig(t, h, "event"))
		if strings.HasSuffix(l.url, "/expired") {
			repeats++
			wantText(t, "event", event, wooxyExpired)
			continue
		}
		kinds[event]++
		switch event {
		case wooxyDelivered, wooxyFailed, wooxyExpired, wooxyRejected:
			final[text(dig(t, h, "id"))]++
		}
		if event == wooxyFailed {
			dig(t, h, "rawLog")
		}
		if phone := text(dig(t, h, "phoneNumber")); !strings.HasPrefix(phone, "+375") {
			t.Errorf("phone %q", phone)
		}
	}
	for id, n := range final {
		if n != 1 {
			t.Errorf("message %s ended %d times", id, n)
		}
	}
	for _, event := range wooxyEvents() {
		if kinds[event] == 0 && event != wooxySubscribed {
			t.Errorf("no %s in %v", event, kinds)
		}
	}
	if repeats != kinds[wooxyExpired] {
		t.Errorf("the second webhook hears %d events, want %d", repeats, kinds[wooxyExpired])
	}
}

func TestWebhooksAreListedAndRemovedAndThenHearNothing(t *testing.T) {
	t.Parallel()
	b := newBench(t, Options{})
	b.wooxy("/v3/webhook/create", hook("http://127.0.0.1:1/", wooxyEvents()...))
	_, answer := b.wooxy("/v3/webhook/list", "{}")
	wantText(t, "url", dig(t, answer, "data", 0, "url"), "http://127.0.0.1:1/")
	b.wooxy("/v3/viber/batch", goodBatch())
	b.wooxy("/v3/webhook/remove", `{"webhookId":"sim-webhook-0001"}`)
	if letters := b.letters(newYear.Add(72 * time.Hour)); len(letters) != 0 {
		t.Errorf("%d letters", len(letters))
	}
	for body, want := range map[string]string{
		hook("nowhere", wooxyViewed):     "Argument url must be a valid url",
		hook("http://127.0.0.1:1/"):      "Argument events required",
		hook("http://127.0.0.1:1/", "x"): "Event x not found",
		`{}`:                             "Argument title required",
	} {
		_, answer := b.wooxy("/v3/webhook/create", body)
		wantText(t, "error", dig(t, answer, "errors", 0), want)
	}
}

func TestPeopleWhoBlockTheSenderGetOnTheBlacklistAndThoseWhoLeaveAreNotActive(t *testing.T) {
	t.Parallel()
	b := newBench(t, Options{Seed: 1})
	b.wooxy("/v3/webhook/create", hook("http://127.0.0.1:1/", wooxyEvents()...))
	for i := range 5 {
		b.wooxy("/v3/viber/batch", goodBatch("contacts", contacts(i*100, 99)))
	}
	_, before := b.wooxy("/v3/viber/blacklist/find", "{}")
	wantText(t, "before", dig(t, before, "totalCount"), "47")
	failures, gone := 0, ""
	for _, l := range b.letters(newYear.Add(72 * time.Hour)) {
		switch h := decoded(t, l); text(dig(t, h, "event")) {
		case wooxyFailed:
			failures++
		case wooxyUnsubscribed:
			gone = text(dig(t, h, "phoneNumber"))
		}
	}
	b.clock.pass(72 * time.Hour)
	_, after := b.wooxy("/v3/viber/blacklist/find", "{}")
	wantText(t, "after", dig(t, after, "totalCount"), fmt.Sprint(47+failures))
	_, answer := b.wooxy("/v3/viber/batch", goodBatch("contacts", fmt.Sprintf(`[{"contact":%q}]`, gone)))
	wantText(t, "who left", dig(t, answer, "failed", gone), "Contact is not active")
}

func TestCallbacksOfRouteeReportProgressAndReplies(t *testing.T) {
	t.Parallel()
	b := newBench(t, Options{Seed: 1})
	_, answer := b.routee("POST", "/viber/campaign",
		goodMessage("to", jsonOf(plus(people(throw(5), greece, 300))), "ttl", "80000", "label", `"L"`,
			"callbackUrl", `"http://127.0.0.1:1/progress"`, "inboundUrl", `"http://localhost:1/replies"`,
			"isSessionMessage", "true"))
	id := text(dig(t, answer, "trackingId"))
	words, replies, last := map[string]int{}, 0, map[string]any{}
	for _, l := range b.letters(newYear.Add(72 * time.Hour)) {
		h := decoded(t, l)
		wantText(t, "campaign", dig(t, h, "campaignTrackingId"), id)
		wantText(t, "label", dig(t, h, "label"), "L")
		if strings.HasSuffix(l.url, "/replies") {
			replies++
			wantText(t, "direction", dig(t, h, "direction"), "Inbound")
			wantText(t, "to", dig(t, h, "to"), "Example Shop")
			wantText(t, "text", dig(t, h, "body", "text"), text(dig(t, h, "message")))
			dig(t, h, "sessionId")
			continue
		}
		words[text(dig(t, h, "status", "name"))]++
		last[text(dig(t, h, "trackingId"))] = dig(t, h, "status")
	}
	if words["Delivered"] == 0 || words["Seen"] == 0 || words["Undelivered"] == 0 || words["Failed"] == 0 ||
		replies == 0 {
		t.Errorf("told of %v and %d replies", words, replies)
	}
	b.clock.pass(72 * time.Hour)
	b.enterRoutee()
	_, answer = b.routee("GET", "/viber/tracking/campaign/"+id+"?size=2000", "")
	for _, row := range dig(t, answer, "content").([]any) {
		reported := last[text(dig(t, row, "trackingId"))]
		if word := text(dig(t, row, "status", "status")); !strings.EqualFold(word, text(dig(t, reported, "name"))) ||
			dig(t, row, "status", "date") != dig(t, reported, "updatedDate") {
			t.Errorf("tracking says %s, the last callback %s", jsonOf(dig(t, row, "status")), jsonOf(reported))
		}
	}
	_, sessions := b.routee("POST", "/viber/session?size=2000",
		jsonOf(map[string]any{"phoneNumber": dig(t, answer, "content", 0, "to")}))
	dig(t, sessions, "content", 0, "sessionId")
}

func TestNobodyHearsOfADeletedCampaignOrOnAnotherMachine(t *testing.T) {
	t.Parallel()
	b := newBench(t, Options{})
	_, answer := b.routee("POST", "/viber/campaign",
		goodMessage("scheduledDate", `"2027-01-12T10:00:00Z"`, "callbackUrl", `"http://127.0.0.1:1/"`))
	b.routee("DELETE", "/viber/campaign/"+text(dig(t, answer, "trackingId")), "")
	b.routee("POST", "/viber/campaign", goodMessage("callbackUrl", `"https://shop.example.com/"`, "inboundUrl",
		`"http://192.0.2.7/"`))
	if letters := b.letters(newYear.Add(100 * time.Hour)); len(letters) != 0 {
		t.Errorf("%d letters", len(letters))
	}
}

func TestOnlyAddressesOfThisMachineAreCalled(t *testing.T) {
	t.Parallel()
	for address, want := range map[string]bool{
		"http://127.0.0.1:80/x": true, "http://localhost/": true, "https://[::1]:8443/a?b=c": true,
		"http://127.9.9.9/":   true,
		"http://example.com/": false, "http://192.0.2.1/": false, "http://0.0.0.0/": false, "ftp://127.0.0.1/": false,
		"127.0.0.1":                     false,
		"http://127.0.0.1.example.com/": false, "http://localhost@example.com/": false, "": false, "http://%zz": false,
	} {
		if got := loopback(address); got != want {
			t.Errorf("%s: %v", address, got)
		}
	}
	refusing := &http.Client{Transport: roundTrip(func(*http.Request) (*http.Response, error) {
		return nil, io.ErrUnexpectedEOF
	})}
	if !deliver(t.Context(), refusing, letter{url: "http://example.com/"}) {
		t.Error("a letter to another machine was tried")
	}
}

type roundTrip func(*http.Request) (*http.Response, error)

func (f roundTrip) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

// served is a world that is served, its lives a million times faster, with a key for Wooxy.
func served(t *testing.T) (base string, stop func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	base, wait, err := Serve(ctx, "127.0.0.1:0", New(Options{Seed: 1, Speed: 1e6}))
	if err != nil {
		t.Fatal(err)
	}
	return base, func() {
		cancel()
		if err := wait(); err != nil {
			t.Errorf("ended with %v", err)
		}
	}
}

func postWooxy(t *testing.T, base, path, body string) {
	t.Helper()
	r, _ := http.NewRequestWithContext(t.Context(), http.MethodPost, base+"/wooxy"+path, strings.NewReader(body))
	r.Header.Set("Access-Token", fictitious.WooxyToken)
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	if answer, _ := io.ReadAll(resp.Body); !strings.Contains(string(answer), `"result":true`) {
		t.Fatalf("%s answered %s", path, answer)
	}
}

func TestAReceiverThatDoesNotAnswerInTimeOrWith200HearsTheSameAgain(t *testing.T) {
	t.Parallel()
	base, stop := served(t)
	defer stop()
	heard := make(chan string, 100)
	var calls atomic.Int32
	receiver := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var h happening
		if err := json.NewDecoder(r.Body).Decode(&h); err != nil {
			t.Error(err)
		}
		heard <- h.ID + h.Event
		switch calls.Add(1) {
		case 1:
			<-r.Context().Done() // until the sender has had enough
		case 2, 3:
			w.WriteHeader(http.StatusServiceUnavailable)
		}
	}))
	defer receiver.Close()
	postWooxy(t, base, "/v3/webhook/create", hook(receiver.URL, wooxyDelivered, wooxyFailed, wooxyExpired,
		wooxyRejected))
	postWooxy(t, base, "/v3/viber/batch", goodBatch("contacts", contacts(0, 1)))
	first := <-heard
	for i := range 3 {
		select {
		case again := <-heard:
			if again != first {
				t.Errorf("heard %s, then %s", first, again)
			}
		case <-time.After(10 * time.Second):
			t.Fatalf("not told again after %d times", i+1)
		}
	}
}

func TestCallbacksEndWithTheServersContextEvenWhileAReceiverIsSlow(t *testing.T) {
	t.Parallel()
	base, stop := served(t)
	arrived, done := make(chan struct{}, 1000), make(chan struct{})
	receiver := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		arrived <- struct{}{}
		_, _ = io.Copy(io.Discard, r.Body)
		select {
		case <-r.Context().Done():
		case <-done:
		}
	}))
	defer receiver.Close()
	defer close(done)
	postWooxy(t, base, "/v3/webhook/create", hook(receiver.URL, wooxyEvents()...))
	postWooxy(t, base, "/v3/viber/batch", goodBatch("contacts", contacts(0, 99)))
	<-arrived
	began := time.Now()
	stop()
	if took := time.Since(began); took > farewell {
		t.Errorf("the end took %v", took)
	}
}

func TestWebhooksArePausedForAsDocumented(t *testing.T) {
	t.Parallel()
	var total time.Duration
	for _, pause := range wooxyPauses() {
		total += pause
	}
	if n := len(wooxyPauses()); n != 15 || total != 300*time.Second+3600*time.Second+6*time.Hour {
		t.Errorf("%d pauses of %v together", n, total)
	}
}
