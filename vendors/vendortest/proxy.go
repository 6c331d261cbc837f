package vendortest

import (
	"bytes"
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"testing"
)

// fault answers a request in place of the vendor, or changes the vendor's answer.
type fault func(w http.ResponseWriter, r *http.Request, vendor http.Handler)

// proxy sits between an adapter and a vendor.
type proxy struct {
	URL string

	vendor http.Handler

	mu      sync.Mutex
	match   func(*http.Request) bool
	fault   fault
	left    int            // how many matching requests are still spoilt; negative: all
	asked   map[string]int // requests by path
	passed  map[string]int // requests that reached the vendor
	written int64          // bytes of endless answers
}

func newProxy(t *testing.T, vendor http.Handler) *proxy {
	t.Helper()
	p := &proxy{asked: map[string]int{}, passed: map[string]int{}}
	p.vendor = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		p.count(p.passed, r)
		vendor.ServeHTTP(w, r)
	})
	server := httptest.NewServer(http.HandlerFunc(p.serve))
	t.Cleanup(server.Close)
	p.URL = server.URL
	return p
}

// spoil applies the fault to the next n matching requests; to all of them if n is negative.
func (p *proxy) spoil(match func(*http.Request) bool, n int, f fault) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.match, p.left, p.fault = match, n, f
}

func (p *proxy) heal() { p.spoil(nil, 0, nil) }

func (p *proxy) serve(w http.ResponseWriter, r *http.Request) {
	p.count(p.asked, r)
	if f := p.turn(r); f != nil {
		f(w, r, p.vendor)
		return
	}
	p.vendor.ServeHTTP(w, r)
}

func (p *proxy) turn(r *http.Request) fault {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.fault == nil || p.left == 0 || !p.match(r) {
		return nil
	}
	if p.left > 0 {
		p.left--
	}
	return p.fault
}

func (p *proxy) count(which map[string]int, r *http.Request) {
	p.mu.Lock()
	defer p.mu.Unlock()
	which[r.URL.Path]++
}

// times returns how often paths that end in suffix were requested, and how often the request
// reached the vendor.
func (p *proxy) times(suffix string) (asked, passed int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for path, n := range p.asked {
		if strings.HasSuffix(path, suffix) {
			asked += n
			passed += p.passed[path]
		}
	}
	return asked, passed
}

func all(*http.Request) bool { return true }

func pathEnds(suffix string) func(*http.Request) bool {
	return func(r *http.Request) bool { return strings.HasSuffix(r.URL.Path, suffix) }
}

// The faults.

// says answers with a status and a body, without asking the vendor.
func says(status int, contentType, body string, header ...string) fault {
	return func(w http.ResponseWriter, _ *http.Request, _ http.Handler) {
		w.Header().Set("Content-Type", contentType)
		for i := 0; i+1 < len(header); i += 2 {
			w.Header().Set(header[i], header[i+1])
		}
		w.WriteHeader(status)
		_, _ = io.WriteString(w, body)
	}
}

// instead lets the vendor act and then applies the fault to the answer.
func instead(f fault) fault {
	return func(w http.ResponseWriter, r *http.Request, vendor http.Handler) {
		vendor.ServeHTTP(httptest.NewRecorder(), r)
		f(w, r, vendor)
	}
}

// hangsUp closes the connection without an answer.
func hangsUp(w http.ResponseWriter, r *http.Request, _ http.Handler) {
	_, _ = io.Copy(io.Discard, r.Body)
	panic(http.ErrAbortHandler)
}

// isSilent never answers; the client must give up.
func isSilent(_ http.ResponseWriter, r *http.Request, _ http.Handler) {
	_, _ = io.Copy(io.Discard, r.Body)
	<-r.Context().Done()
}

// cutsOff breaks the connection in the middle of the vendor's answer.
func cutsOff(w http.ResponseWriter, r *http.Request, vendor http.Handler) {
	rec := httptest.NewRecorder()
	vendor.ServeHTTP(rec, r)
	body := rec.Body.Bytes()
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Content-Length", strconv.Itoa(len(body)+10))
	w.WriteHeader(rec.Code)
	_, _ = w.Write(body[:len(body)/2])
	panic(http.ErrAbortHandler)
}

// endsEarly sends half of the vendor's answer as if it were complete.
func endsEarly(w http.ResponseWriter, r *http.Request, vendor http.Handler) {
	rec := httptest.NewRecorder()
	vendor.ServeHTTP(rec, r)
	body := rec.Body.Bytes()
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(rec.Code)
	_, _ = w.Write(body[:len(body)/2])
}

// neverEnds sends white space inside JSON until the client gives up.
func (p *proxy) neverEnds(w http.ResponseWriter, r *http.Request, _ http.Handler) {
	w.Header().Set("Content-Type", "application/json")
	_, _ = io.WriteString(w, "[")
	spaces := bytes.Repeat([]byte{' '}, 64<<10)
	for r.Context().Err() == nil {
		n, err := w.Write(spaces)
		p.mu.Lock()
		p.written += int64(n)
		p.mu.Unlock()
		if err != nil {
			return
		}
	}
}

// echoes answers with the complete request, as a careless vendor's error page does.
func echoes(status int) fault {
	return func(w http.ResponseWriter, r *http.Request, _ http.Handler) {
		body, _ := io.ReadAll(r.Body)
		text := r.URL.String() + " " + r.Header.Get("Authorization") + " " + r.Header.Get("Access-Token") + " " +
			string(body)
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(status)
		_, _ = w.Write(asJSON(map[string]string{"error": "cannot understand " + text, "message": text}))
	}
}

// rewritten applies a change to the JSON of the vendor's answer.
func rewritten(change func(any) any) fault {
	return func(w http.ResponseWriter, r *http.Request, vendor http.Handler) {
		rec := httptest.NewRecorder()
		vendor.ServeHTTP(rec, r)
		body := rec.Body.Bytes()
		if tree, ok := fromJSON(body); ok {
			body = asJSON(change(tree))
		}
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(rec.Code)
		_, _ = w.Write(body)
	}
}
