package vendors

import (
	"bytes"
	"crypto/x509"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"viberdeck/model"
)

var png = append([]byte("\x89PNG\r\n\x1a\n"), bytes.Repeat([]byte{0}, 1000)...)

// linkSite is a site on loopback; elsewhere counts what reaches another server of this host.
func linkSite(t *testing.T) (site *httptest.Server, roots *x509.CertPool, elsewhere *atomic.Int64) {
	t.Helper()
	elsewhere = &atomic.Int64{}
	inside := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { elsewhere.Add(1) }))
	t.Cleanup(inside.Close)
	released := make(chan struct{})
	mux := http.NewServeMux()
	mux.HandleFunc("/page", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "<html>hello") })
	mux.HandleFunc("/gone", http.NotFound)
	mux.HandleFunc("/moved", func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "/page", http.StatusFound)
	})
	mux.HandleFunc("/round", func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "/round", http.StatusFound)
	})
	mux.HandleFunc("/inside", func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, inside.URL, http.StatusFound)
	})
	mux.HandleFunc("/a.png", func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(png) })
	mux.HandleFunc("/not.png", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "image/png")
		fmt.Fprint(w, "<html>please log in")
	})
	mux.HandleFunc("/streamed.png", func(w http.ResponseWriter, _ *http.Request) {
		for range 500 {
			_, _ = w.Write(png)
			w.(http.Flusher).Flush()
		}
	})
	mux.HandleFunc("/endless.png", func(w http.ResponseWriter, r *http.Request) {
		for r.Context().Err() == nil {
			_, _ = w.Write(png)
		}
	})
	mux.HandleFunc("/silent", func(_ http.ResponseWriter, r *http.Request) {
		select {
		case <-released:
		case <-r.Context().Done():
		}
	})
	site = httptest.NewTLSServer(mux)
	t.Cleanup(site.Close)
	t.Cleanup(func() { close(released) })
	roots = x509.NewCertPool()
	roots.AddCert(site.Certificate())
	return site, roots, elsewhere
}

func TestAddressesAreAskedAsAPhoneOrAVendorWill(t *testing.T) {
	t.Parallel()
	site, roots, elsewhere := linkSite(t)
	a := linkAsker{Here: true, Roots: roots, Within: time.Minute}
	for _, tt := range []struct {
		path  string
		image bool
		state model.LinkState
		says  string
	}{
		{"/page", false, model.LinkWorks, ""},
		{"/moved", false, model.LinkWorks, ""},
		{"/gone", false, model.LinkFails, "it answers 404 Not Found"},
		{"/round", false, model.LinkFails, "goes through more than 5 redirects"},
		{"/inside", false, model.LinkFails, "redirects to this host or its own network"},
		{"/a.png", true, model.LinkWorks, ""},
		{"/not.png", true, model.LinkFails, "not an image, but text/html"},
		{"/streamed.png", true, model.LinkFails, "493 KB"},
		{"/endless.png", true, model.LinkFails, "1024 KB"},
	} {
		m := model.Message{Button: model.Button{URL: site.URL + tt.path}}
		if tt.image {
			m = model.Message{ImageURL: site.URL + tt.path}
		}
		found := a.Ask(t.Context(), model.Campaign{Message: m}.Links(model.Limits{ImageKB: 400}))
		if f := found[0]; f.State != tt.state || !strings.Contains(f.Line().String(), tt.says) ||
			(tt.says == "") != (len(f.Problems) == 0) {
			t.Errorf("%s: %s %q, want %s %q", tt.path, f.State, f.Line(), tt.state, tt.says)
		}
	}
	if n := elsewhere.Load(); n != 0 {
		t.Errorf("a redirect reached another server of this host %d times", n)
	}
}

func TestAnAddressIsAskedForABoundedTimeAndACertificateIsChecked(t *testing.T) {
	t.Parallel()
	site, roots, _ := linkSite(t)
	link := model.Campaign{Message: model.Message{Text: site.URL + "/silent"}}.Links(model.Limits{})
	f := linkAsker{Here: true, Roots: roots, Within: 50 * time.Millisecond}.Ask(t.Context(), link)[0]
	if f.State != model.LinkFails || !strings.Contains(f.Line().String(), "does not answer") {
		t.Errorf("a silent site: %s %q", f.State, f.Line())
	}
	nobody := model.Campaign{Message: model.Message{Text: "https://127.0.0.1:1/"}}.Links(model.Limits{})
	if f = (linkAsker{Here: true, Within: time.Minute}).Ask(t.Context(), nobody)[0]; !strings.HasSuffix(
		f.Line().String(), "nothing answers there: connection refused") {
		t.Errorf("nobody listens: %q", f.Line())
	}
	link = model.Campaign{Message: model.Message{Text: site.URL + "/page"}}.Links(model.Limits{})
	if f = (linkAsker{Here: true, Within: time.Minute}).Ask(t.Context(), link)[0]; f.State != model.LinkFails ||
		!strings.Contains(f.Line().String(), "certificate is not valid") {
		t.Errorf("a certificate of nobody: %s %q", f.State, f.Line())
	}
}

func TestNoAddressInsideIsAskedAndAtASimulatedVendorNoneOutside(t *testing.T) {
	t.Parallel()
	reached := atomic.Int64{}
	inside := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { reached.Add(1) }))
	t.Cleanup(inside.Close)
	at, _ := url.Parse(inside.URL)
	for _, address := range []string{inside.URL, "http://localhost:" + at.Port() + "/", "http://10.1.2.3/",
		"http://[::1]:" + at.Port() + "/", "http://printer.lan/"} {
		link := model.Campaign{Message: model.Message{Text: address}}.Links(model.Limits{})
		f := linkAsker{}.Ask(t.Context(), link)[0]
		if f.State != model.LinkUnchecked || !strings.Contains(f.Line().String(), "on this host or its own network") {
			t.Errorf("%s: %s %q", address, f.State, f.Line())
		}
	}
	if reached.Load() != 0 {
		t.Error("an address of this host was asked")
	}
	link := model.Campaign{Message: model.Message{Text: "https://shop.example/"}}.Links(model.Limits{})
	if f := (linkAsker{Here: true}).Ask(t.Context(), link)[0]; f.State != model.LinkUnchecked ||
		!strings.Contains(f.Line().String(), "the vendor is simulated") {
		t.Errorf("an address outside: %s %q", f.State, f.Line())
	}
}

func TestANameThatLeadsInsideIsNotAsked(t *testing.T) {
	t.Parallel()
	for address, public := range map[string]bool{"127.0.0.1": false, "::1": false, "::ffff:10.0.0.1": false,
		"169.254.169.254": false, "100.64.0.1": false, "fd00::1": false, "224.0.0.1": false, "0.0.0.0": false,
		"192.0.2.7": true, "2001:db8::1": true} {
		if got := model.PublicAddress(netip.MustParseAddr(address)); got != public {
			t.Errorf("%s: public %v, want %v", address, got, public)
		}
	}
}

func TestOnlyTheFirstAddressesOfAMessageAreAsked(t *testing.T) {
	t.Parallel()
	var text strings.Builder
	for i := range linksAsked + 2 {
		fmt.Fprintf(&text, "https://shop.example/%d ", i)
	}
	found := linkAsker{Here: true}.Ask(t.Context(), model.Campaign{Message: model.Message{Text: text.String()}}.Links(
		model.Limits{}))
	for i, says := range map[int]string{0: "the vendor is simulated", linksAsked - 1: "the vendor is simulated",
		linksAsked: "only the first 20 addresses are", linksAsked + 1: "only the first 20 addresses are"} {
		if got := found[i].Line().String(); !strings.Contains(got, says) {
			t.Errorf("%d: %s", i, got)
		}
	}
}
