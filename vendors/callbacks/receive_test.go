package callbacks

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"viberdeck/model"
	"viberdeck/vendors"
)

func TestAnAddressIsNamedByAccountAndSecret(t *testing.T) {
	t.Parallel()
	secret := Secret(testKey(), "promo gr/1")
	if len(secret) != 64 || secret != Secret(testKey(), "promo gr/1") || secret == Secret(testKey(), "loyalty") ||
		secret == Secret([]byte("another"), "promo gr/1") {
		t.Errorf("secret %q", secret)
	}
	if got, want := Path("promo gr/1", secret), "/callbacks/promo%20gr%2F1/"+secret; got != want {
		t.Errorf("path %s, want %s", got, want)
	}
	store := &fakeStore{}
	if w := call(t, serving(t, options(store)), http.MethodPost, address("promo gr/1"), "",
		`{"text":"x"}`); w.Code != http.StatusOK || len(store.callbacks) != 1 {
		t.Errorf("answered %d, stored %v", w.Code, store.bodies())
	}
}

func TestEveryWrongAddressHasTheSameAnswer(t *testing.T) {
	t.Parallel()
	store, lines := &fakeStore{}, &logged{}
	o := options(store)
	o.Log = lines.add
	r := serving(t, o)
	secret := Secret(testKey(), "loyalty")
	answers := map[string]bool{}
	for _, target := range []string{
		"/", "/callbacks", "/callbacks/", "/callbacks/loyalty", "/callbacks/loyalty/",
		"/callbacks/loyalty/" + secret[1:], "/callbacks/loyalty/" + strings.ToUpper(secret),
		"/callbacks/loyalty/" + secret + "/", "/callbacks/loyalty/" + secret + "0", "/callbacks/nobody/" + secret,
		"/callbacks//" + secret,
		"/callbacks/promo%20gr%2F1/" + secret, "//callbacks/loyalty/" + secret, "/callbacks/loyalty//" + secret,
		"/CALLBACKS/loyalty/" + secret,
	} {
		for _, method := range []string{http.MethodPost, http.MethodGet, http.MethodDelete} {
			w := call(t, r, method, target, "", `{"text":"x"}`)
			answers[fmt.Sprint(w.Code, w.Header(), w.Body)] = true
			if w.Code != http.StatusNotFound {
				t.Errorf("%s %s: %d", method, target, w.Code)
			}
		}
	}
	if len(answers) != 1 {
		t.Errorf("%d different answers: %v", len(answers), answers)
	}
	if len(store.callbacks) != 0 || lines.text() != "" {
		t.Errorf("stored %v, logged %s", store.bodies(), lines.text())
	}
}

func TestWhatAVendorSaysIsStoredInWhateverForm(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, method, query, contentType, body string
		status                                 int
		stored                                 []string
	}{
		{"JSON", "POST", "", "application/json", `{"a":1}`, 200, []string{`{"a":1}`}},
		{"JSON to an address with a query", "POST", "?shop=1", "application/json", `{"a":1}`, 200, []string{`{"a":1}`}},
		{"a form", "POST", "", "application/x-www-form-urlencoded", "uuid=1&status=READ", 200,
			[]string{"uuid=1&status=READ"}},
		{"a form and a query", "POST", "?uuid=1", "application/x-www-form-urlencoded; charset=utf-8", "status=READ",
			200, []string{"uuid=1&status=READ"}},
		{"a query", "GET", "?uuid=1&status=READ", "", "", 200, []string{"uuid=1&status=READ"}},
		{"rubbish", "POST", "", "", "\x00\xff<html>", 200, []string{"\x00\xff<html>"}},
		{"nothing", "POST", "", "application/json", "", 200, nil},
		{"a look whether somebody is there", "HEAD", "", "", "", 200, nil},
		{"another method", "PUT", "", "", "x", 405, nil},
		{"credentials", "POST", "", "application/json", `{"token":"token-0123456789"}`, 200,
			[]string{`{"token":"***"}`}},
		{"as much as is allowed", "POST", "", "", strings.Repeat("x", defaultBody), 200,
			[]string{strings.Repeat("x", defaultBody)}},
		{"more than that", "POST", "", "", strings.Repeat("x", defaultBody+1), 413, nil},
	} {
		store := &fakeStore{}
		w := call(t, serving(t, options(store)), c.method, address("loyalty")+c.query, c.contentType, c.body)
		if got := store.bodies(); w.Code != c.status || !slices.Equal(got, c.stored) {
			t.Errorf("%s: answered %d, stored %.60q", c.name, w.Code, got)
		}
	}
}

func TestAThousandRepetitionsAreStoredOnce(t *testing.T) {
	t.Parallel()
	store := &fakeStore{}
	o := options(store)
	o.PerSecond, o.Burst = 10_000, 2000
	r := serving(t, o)
	var posts sync.WaitGroup
	for range 10 {
		posts.Go(func() {
			for range 100 {
				if got := post(t, r, `{"text":"same"}`); got != http.StatusOK {
					t.Errorf("answered %d", got)
				}
			}
		})
	}
	posts.Wait()
	if got := store.bodies(); len(got) != 1 {
		t.Errorf("%d are stored", len(got))
	}
}

func TestASlowStoreIsAnsweredWithinASecond(t *testing.T) {
	t.Parallel()
	for name, slow := range map[string]func(context.Context) error{
		"one that heeds its context":   func(ctx context.Context) error { <-ctx.Done(); return ctx.Err() },
		"one that takes long":          func(context.Context) error { time.Sleep(5 * time.Second); return nil },
		"one that fails":               func(context.Context) error { return errors.New("the disk is full") },
		"one that is just fast enough": nil,
	} {
		synctest.Test(t, func(t *testing.T) {
			store, lines := &fakeStore{onStore: slow}, &logged{}
			want := http.StatusServiceUnavailable
			if slow == nil {
				store.onStore, want = func(context.Context) error { time.Sleep(600 * time.Millisecond); return nil },
					http.StatusOK
			}
			o := options(store)
			o.Log = lines.add
			r := serving(t, o)
			began := time.Now()
			if got, took := post(t, r, `{"text":"x"}`), time.Since(began); got != want || took > time.Second {
				t.Errorf("%s: answered %d after %s", name, got, took)
			}
			if want != http.StatusOK && !strings.Contains(lines.text(), "loyalty callback 503 the cache was too slow") {
				t.Errorf("%s: the log says %q", name, lines.text())
			}
		})
	}
}

func TestAFloodOfOneAccountIsSlowedAndDoesNotTouchAnother(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		store, lines := &fakeStore{}, &logged{}
		o := options(store)
		o.Log = lines.add
		r := serving(t, o)
		n := 0
		flood := func() (taken int) {
			for range 600 {
				n++
				if post(t, r, fmt.Sprintf(`{"text":"%d"}`, n)) == http.StatusOK {
					taken++
				}
			}
			return taken
		}
		if got := flood(); got != 400 {
			t.Errorf("%d at once", got)
		}
		w := call(t, r, http.MethodPost, address("promo gr/1"), "", `{"text":"x"}`)
		refused := call(t, r, http.MethodPost, address("loyalty"), "", `{"text":"x"}`)
		if w.Code != http.StatusOK || refused.Code != http.StatusTooManyRequests ||
			refused.Header().Get("Retry-After") != "1" {
			t.Errorf("answered %d and %d", w.Code, refused.Code)
		}
		time.Sleep(time.Second)
		if got := flood(); got != 200 {
			t.Errorf("%d a second later", got)
		}
		if got := strings.Count(lines.text(), "\n"); got > 2*logBurst {
			t.Errorf("the flood fills the log with %d lines", got)
		}
	})
}

func TestAReceiverIsNotMadeOfHalves(t *testing.T) {
	t.Parallel()
	for name, spoil := range map[string]func(*Options){
		"no store":        func(o *Options) { o.Store = nil },
		"no secret":       func(o *Options) { o.Accounts[0].Secret = "" },
		"no name":         func(o *Options) { o.Accounts[0].Name = "" },
		"no decoder":      func(o *Options) { o.Accounts[0].Decode = nil },
		"twice one name":  func(o *Options) { o.Accounts[1].Name = o.Accounts[0].Name },
		"nothing at all ": func(o *Options) { *o = Options{} },
	} {
		o := options(&fakeStore{})
		spoil(&o)
		if _, err := New(o); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

func FuzzReceive(f *testing.F) {
	f.Add("POST", "", "application/json", []byte(`{"phone":"375290000001","text":"СТОП"}`))
	f.Add("POST", "a=b", "application/x-www-form-urlencoded", []byte("uuid=1;2&%zz"))
	f.Add("GET", "uuid=%00%1b]52;c;x%07", "", []byte(nil))
	f.Add("POST", "", "", []byte("\x1b[2J\u202e\x00\xff"))
	f.Fuzz(func(t *testing.T, method, query, contentType string, body []byte) {
		store, lines := &fakeStore{}, &logged{}
		o := options(store)
		o.Log = lines.add
		o.Accounts[0].Decode = vendors.FirstOf(decodeTest, vendors.Registry{}.Decoder(model.Account{}))
		r := serving(t, o)
		req := httptest.NewRequestWithContext(t.Context(), http.MethodPost, address("loyalty"),
			strings.NewReader(string(body)))
		req.Method, req.URL.RawQuery = method, query
		req.Header.Set("Content-Type", contentType)
		w := httptest.NewRecorder()
		r.receive(w, req)
		if err := r.Drain(t.Context()); err != nil {
			t.Fatal(err)
		}
		if left, err := store.NextCallbacks(t.Context(), 1); err != nil || len(left) != 0 {
			t.Fatalf("left: %v, %v", left, err)
		}
		for _, e := range lines.lines {
			if e.Result.String() != model.SanitiseLine(e.Result.String()) {
				t.Errorf("the log shows %q", e.Result)
			}
		}
		for _, e := range store.events {
			for _, p := range e.Replies {
				if p.Text != model.Sanitise(p.Text) {
					t.Errorf("a reply says %q", p.Text)
				}
			}
		}
	})
}
