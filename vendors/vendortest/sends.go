package vendortest

import (
	"bytes"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"viberdeck/model"
	"viberdeck/vendors"
)

// send sends the subject's batch, each time as the next one of its campaign: a vendor may accept a
// name only once.
func (b *bench) send(t *testing.T) (model.Outcome, error) {
	t.Helper()
	d, ok := b.adapter.(vendors.Dispatcher)
	if !ok {
		t.Fatal("the adapter sends nothing")
	}
	next := b.Batch
	b.Batch.Number++
	return d.Send(t.Context(), nil, next)
}

// sends matches the paid call.
func (b *bench) sends(r *http.Request) bool {
	return pathEnds(b.SendPath)(r) && r.Method == http.MethodPost
}

func testSend(t *testing.T, b *bench) {
	d, ok := b.adapter.(vendors.Dispatcher)
	if !ok {
		return
	}
	if n := d.PerCall(b.Batch.Campaign); n < 1 || n > b.adapter.Capabilities().Limits.PeoplePerCall {
		t.Errorf("%d people a call", n)
	}
	o, err := b.send(t)
	if err != nil || o.State != model.BatchAccepted || !b.named(o) || o.Batch != b.Batch.ID || o.At.IsZero() {
		t.Errorf("outcome %+v, %v; want accepted with the vendor's reference, the batch and a time", o, err)
	}
	if asked, _ := b.proxy.times(b.SendPath); asked != 1 {
		t.Errorf("%d calls, want 1", asked)
	}
	if tracker, ok := b.adapter.(vendors.Tracker); ok {
		if _, err := tracker.Track(t.Context(), o.VendorRef); err != nil {
			t.Errorf("track %s: %v", o.VendorRef, err)
		}
	}
}

// named reports whether an outcome has the vendor's reference: the batch's or, where the vendor
// knows only single messages, that of each person's message.
func (b *bench) named(o model.Outcome) bool {
	if o.VendorRef != "" {
		return true
	}
	ids := map[string]bool{}
	for _, p := range o.People {
		if p.VendorID != "" && p.Status == model.StatusAccepted {
			ids[p.VendorID] = true
		}
	}
	return len(ids) == len(b.Batch.People)
}

// mustSendOnce sends with a fault and fails unless exactly one request was made.
func (b *bench) mustSendOnce(t *testing.T, f namedFault) *model.Error {
	t.Helper()
	return b.mustSend(t, f, 1)
}

// mustSend sends with a fault and fails unless exactly the given number of requests were made.
func (b *bench) mustSend(t *testing.T, f namedFault, times int) *model.Error {
	t.Helper()
	b.open(t)
	if f.hasty {
		b.openHasty(t)
	}
	before, _ := b.proxy.times(b.SendPath)
	b.proxy.spoil(b.sends, -1, f.fault)
	defer b.proxy.heal()
	o, err := b.send(t)
	if err == nil {
		t.Fatalf("%s: outcome %+v without an error", f.name, o)
	}
	if after, _ := b.proxy.times(b.SendPath); after-before != times {
		t.Errorf("%s: %d requests, want exactly %d", f.name, after-before, times)
	}
	return b.mustBeError(t, err)
}

func testLostSends(t *testing.T, b *bench) {
	if b.SendPath == "" {
		return
	}
	faults := append(silences(),
		namedFault{name: "endless", fault: b.proxy.neverEnds},
		namedFault{name: "an answer without a reference",
			fault: instead(says(http.StatusOK, "application/json", `{"status":"OK","result":{}}`))},
		namedFault{name: "an empty list", fault: instead(says(http.StatusOK, "application/json", `[]`))},
		namedFault{name: "503", fault: instead(says(http.StatusServiceUnavailable, "application/json",
			`{"message":"maintenance"}`))},
		namedFault{name: "408", fault: instead(says(http.StatusRequestTimeout, "text/plain", ""))},
	)
	for _, f := range faults {
		if e := b.mustSendOnce(t, f); e.Fate != model.FateUnknown {
			t.Errorf("%s: fate %q, want unknown", f.name, e.Fate)
		}
	}
}

func testUnsent(t *testing.T, b *bench) {
	if b.SendPath == "" {
		return
	}
	e := b.mustSendOnce(t, namedFault{name: "429",
		fault: says(http.StatusTooManyRequests, "application/json", `{}`, "Retry-After", "7")})
	if e.Fate != model.FateNotSent || e.Kind != model.KindLimited || e.RetryAfter != 7*time.Second {
		t.Errorf("429: fate %q, kind %s, after %s; want not-sent, limited, 7s", e.Fate, e.Kind, e.RetryAfter)
	}
	b.openWith(t, "http://127.0.0.1:1", vendors.ClientOptions{ReadTimeout: time.Second})
	_, err := b.send(t)
	if e := b.mustBeError(t, err); e.Fate != model.FateNotSent || e.Kind != model.KindOffline {
		t.Errorf("nobody listens: fate %q, kind %s; want not-sent, offline", e.Fate, e.Kind)
	}
	if b.TokenPath == "" {
		return
	}
	for _, f := range silences() {
		b.openHasty(t)
		b.proxy.spoil(pathEnds(b.TokenPath), -1, f.fault)
		_, err := b.send(t)
		if e := b.mustBeError(t, err); e.Fate == model.FateUnknown {
			t.Errorf("the login fails by %s: the fate of the send is unknown, but nothing was sent", f.name)
		}
		b.proxy.heal()
	}
}

func testRefusedSend(t *testing.T, b *bench) {
	if b.SendPath == "" {
		return
	}
	for _, status := range []int{http.StatusBadRequest, http.StatusForbidden, http.StatusNotFound} {
		times := 1
		if status == http.StatusForbidden && b.ForbiddenIsExpired {
			times = 2 // once more with a new token
		}
		e := b.mustSend(t, namedFault{name: "refused",
			fault: says(status, "application/json", `{"error":"no\u001b[2J such thing","message":"no"}`)}, times)
		if e.Fate != model.FateRefused || e.Vendor == "" {
			t.Errorf("status %d: fate %q, vendor's words %q; want refused with the words", status, e.Fate, e.Vendor)
		}
	}
}

// testBesideYes adds other words to the vendor's acceptance: what it accepted stays accepted.
func testBesideYes(t *testing.T, b *bench) {
	if b.SendPath == "" {
		return
	}
	const words = "2 phones are odd"
	b.proxy.spoil(b.sends, -1, rewritten(func(tree any) any {
		if fields, ok := tree.(map[string]any); ok {
			fields["errors"] = []any{words}
		}
		return tree
	}))
	o, err := b.send(t)
	if err != nil || o.State != model.BatchAccepted || !b.named(o) || !strings.Contains(o.Err.String(), words) {
		t.Errorf("outcome %+v, %v; want accepted, the reference and %q", o, err, words)
	}
}

// testWords makes a vendor answer with words that contradict the status: the words count.
func testWords(t *testing.T, b *bench) {
	if b.SendPath == "" {
		return
	}
	for _, c := range []struct {
		status int
		words  string
		kind   model.Kind
		fate   model.Fate
		field  string
	}{
		{http.StatusOK, "Request limit exceeded", model.KindLimited, model.FateNotSent, ""},
		{http.StatusBadRequest, "Request limit exceeded", model.KindLimited, model.FateNotSent, ""},
		{http.StatusOK, "Server unavailable", model.KindUnknown, model.FateUnknown, ""},
		{http.StatusNotFound, "Page not found", model.KindInvalid, model.FateRefused, "base_url"},
		{http.StatusOK, "Payment required", model.KindMoney, model.FateRefused, ""},
		{http.StatusBadRequest, "Payment required", model.KindMoney, model.FateRefused, ""},
		{http.StatusBadRequest, "Not enough money", model.KindMoney, model.FateRefused, ""},
		{http.StatusPaymentRequired, "no", model.KindMoney, model.FateRefused, ""},
		{http.StatusForbidden, "forbidden", model.KindDenied, model.FateRefused, ""},
		{http.StatusForbidden, "this sender is not yours", model.KindInvalid, model.FateRefused, "sender"},
		{http.StatusForbidden, "the phone number is in our stop list", model.KindInvalid, model.FateRefused, "phones"},
	} {
		times := 1
		if c.status == http.StatusForbidden && b.adapter.Account().Vendor == model.Routee {
			times = 2 // with a new token
		}
		e := b.mustSend(t, namedFault{name: c.words,
			fault: says(c.status, "application/json", `{"error":"`+c.words+`"}`)}, times)
		if e.Kind != c.kind || e.Fate != c.fate || e.Field != c.field || e.Vendor == "" {
			t.Errorf("%d %s: %s, fate %q, field %q, vendor %q", c.status, c.words, e.Kind, e.Fate, e.Field, e.Vendor)
		}
		b.open(t)
		b.proxy.spoil(b.notToken, -1, says(http.StatusOK, "application/json", `{"error":"`+c.words+`"}`))
		if err := b.ask(t.Context()); err == nil {
			t.Errorf("a reading answered with %q is believed", c.words)
		}
		b.proxy.heal()
	}
}

// replaceJSON changes the body of a request if it is a JSON object.
func replaceJSON(r *http.Request, change func(fields map[string]any)) {
	body, _ := io.ReadAll(r.Body)
	if tree, ok := fromJSON(body); ok {
		if fields, isObject := tree.(map[string]any); isObject {
			change(fields)
			body = asJSON(fields)
		}
	}
	r.Body, r.ContentLength = io.NopCloser(bytes.NewReader(body)), int64(len(body))
}

// replaceForm encodes r.PostForm as the body again.
func replaceForm(r *http.Request) {
	body := r.PostForm.Encode()
	r.Body, r.ContentLength = io.NopCloser(strings.NewReader(body)), int64(len(body))
	r.Form, r.PostForm = nil, nil
}
