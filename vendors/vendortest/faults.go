package vendortest

import (
	"net/http"
	"testing"
	"time"

	"viberdeck/model"
	"viberdeck/vendors"
)

const webPage = "<!DOCTYPE html><html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>"

// namedFault is a fault after which no answer is usable.
type namedFault struct {
	name  string
	fault fault
	hasty bool // it ends only when the client gives up
}

// silences are the faults that leave a caller without a usable answer, whether or not the vendor
// acted.
func silences() []namedFault {
	return []namedFault{
		{name: "dropped before", fault: hangsUp},
		{name: "dropped after", fault: instead(hangsUp)},
		{name: "no answer", fault: instead(isSilent), hasty: true},
		{name: "cut off", fault: cutsOff},
		{name: "ended early", fault: endsEarly},
		{name: "500 with a web page", fault: instead(says(http.StatusInternalServerError, "text/html", webPage))},
		{name: "502 empty", fault: instead(says(http.StatusBadGateway, "text/html", ""))},
		{name: "200 with a web page", fault: instead(says(http.StatusOK, "text/html", webPage))},
		{name: "garbage", fault: instead(says(http.StatusOK, "application/json", "\x00\x1f\x8b\xff{{{"))},
		{name: "empty", fault: instead(says(http.StatusOK, "application/json", ""))},
	}
}

func testFailedReads(t *testing.T, b *bench) {
	faults := append(silences(), namedFault{name: "429",
		fault: says(http.StatusTooManyRequests, "application/json", `{}`)},
		namedFault{name: "redirected", fault: says(http.StatusFound, "text/html", webPage, "Location",
			"https://elsewhere.example/login")})
	for _, f := range faults {
		b.openHasty(t)
		want := model.KindOffline
		if f.name == "429" { // it is an answer, for which a slow machine may need time
			b.openWith(t, b.proxy.URL, vendors.ClientOptions{ReadTimeout: 10 * time.Second})
			want = model.KindLimited
		}
		b.proxy.spoil(b.notToken, -1, f.fault)
		if e := b.mustBeError(t, b.ask(t.Context())); e.Kind != want {
			t.Errorf("%s: kind %s, want %s", f.name, e.Kind, want)
		}
		b.proxy.heal()
		b.open(t)
		if err := b.ask(t.Context()); err != nil {
			t.Errorf("%s: does not recover: %v", f.name, err)
		}
	}
}

func testEndless(t *testing.T, b *bench) {
	b.proxy.spoil(b.notToken, -1, b.proxy.neverEnds)
	_ = b.mustBeError(t, b.ask(t.Context()))
	b.proxy.mu.Lock()
	defer b.proxy.mu.Unlock()
	// Data in the socket buffers is never read; the answer may be requested three times.
	if limit := int64(3 * (maxBody + 16<<20)); b.proxy.written > limit {
		t.Errorf("%d bytes were taken of an endless answer, want at most %d", b.proxy.written, limit)
	}
}

func testSecrets(t *testing.T, b *bench) {
	for _, status := range []int{http.StatusBadRequest, http.StatusNotFound, http.StatusTooManyRequests,
		http.StatusInternalServerError, http.StatusOK} {
		for _, match := range []func(*http.Request) bool{all, b.notToken} {
			b.openHasty(t)
			b.proxy.spoil(match, -1, echoes(status))
			for name, ask := range b.questions() {
				if err := ask(t.Context()); err == nil {
					t.Errorf("%s: no error after status %d", name, status)
				} else {
					_ = b.mustBeError(t, err)
				}
				if status >= http.StatusTooManyRequests {
					break // these are retried with pauses; one question is enough
				}
			}
			if b.SendPath != "" {
				_, err := b.send(t)
				_ = b.mustBeError(t, err)
			}
		}
	}
}

func testExpiredToken(t *testing.T, b *bench) {
	if b.TokenPath == "" {
		return
	}
	if err := b.ask(t.Context()); err != nil {
		t.Fatalf("read: %v", err)
	}
	status := http.StatusUnauthorized
	expired := func() fault { return says(status, "application/json", `{"error":"invalid_token","message":"expired"}`) }
	b.proxy.spoil(b.notToken, 1, expired())
	if err := b.ask(t.Context()); err != nil {
		t.Errorf("a read with an expired token: %v", err)
	}
	if b.ForbiddenIsExpired {
		status = http.StatusForbidden
	}
	b.proxy.spoil(b.notToken, 1, expired())
	if o, err := b.send(t); err != nil || o.State != model.BatchAccepted {
		t.Errorf("a send with an expired token: %v, %v", o.State, err)
	}
	if asked, passed := b.proxy.times(b.SendPath); asked != 2 || passed != 1 {
		t.Errorf("%d send requests of which %d reached the vendor, want 2 and 1", asked, passed)
	}
	if asked, _ := b.proxy.times(b.TokenPath); asked != 3 {
		t.Errorf("%d tokens were asked for, want 3", asked)
	}
}

func testRefusedCredentials(t *testing.T, b *bench) {
	refused := says(http.StatusUnauthorized, "application/json",
		`{"error":"invalid_client","message":"unknown client"}`)
	for _, match := range []func(*http.Request) bool{all, b.notToken} {
		b.open(t)
		before, _ := b.proxy.times("")
		b.proxy.spoil(match, -1, refused)
		if e := b.mustBeError(t, b.ask(t.Context())); e.Kind != model.KindDenied {
			t.Errorf("kind %s, want %s", e.Kind, model.KindDenied)
		}
		if after, _ := b.proxy.times(""); after-before > 4 {
			t.Errorf("%d requests with refused credentials", after-before)
		}
	}
}
