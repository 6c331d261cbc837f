package vendors

import (
	"bufio"
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"viberdeck/model"
)

const testToken = "fictitious+token/42=="

// logged collects log entries.
type logged struct {
	mu      sync.Mutex
	entries []model.LogEntry
}

func (l *logged) add(e model.LogEntry) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.entries = append(l.entries, e)
}

func (l *logged) all() []model.LogEntry {
	l.mu.Lock()
	defer l.mu.Unlock()
	return append([]model.LogEntry(nil), l.entries...)
}

// testClient is a client with short time-outs whose errors and log entries are checked for the
// token at the end.
func testClient(t *testing.T, change func(*ClientOptions)) (*Client, *logged) {
	t.Helper()
	log := &logged{}
	o := ClientOptions{
		Account: model.Account{Name: "minsk", Vendor: model.SMSBy}, Secrets: []string{testToken}, Log: log.add,
		HeaderTimeout: 300 * time.Millisecond, ReadTimeout: 3 * time.Second, SendTimeout: 500 * time.Millisecond,
	}
	if change != nil {
		change(&o)
	}
	c := NewClient(o)
	t.Cleanup(func() {
		c.Close()
		for _, e := range log.all() {
			assertNoSecret(t, fmt.Sprintf("%+v", e))
		}
	})
	return c, log
}

func assertNoSecret(t *testing.T, s string) {
	t.Helper()
	for _, form := range []string{testToken, url.QueryEscape(testToken), url.PathEscape(testToken),
		base64.StdEncoding.EncodeToString([]byte(testToken))} {
		if strings.Contains(s, form) {
			t.Errorf("the token shows in %q", s)
		}
	}
}

// serve starts a loopback server and returns its address, with the token in the query, and the
// count of its requests.
func serve(t *testing.T, h http.HandlerFunc) (string, *atomic.Int64) {
	t.Helper()
	var n atomic.Int64
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		n.Add(1)
		h(w, r)
	}))
	t.Cleanup(s.Close)
	return s.URL + "/api/v1/x?token=" + url.QueryEscape(testToken), &n
}

// drop closes the connection of a request after writing raw bytes to it.
func drop(t *testing.T, w http.ResponseWriter, raw string) {
	t.Helper()
	conn, _, err := w.(http.Hijacker).Hijack()
	if err != nil {
		t.Errorf("hijack: %v", err)
		return
	}
	_, _ = io.WriteString(conn, raw)
	_ = conn.Close()
}

// closedAddress is an address on which nothing listens.
func closedAddress(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return "http://" + l.Addr().String() + "/?token=" + url.QueryEscape(testToken)
}

func TestAnAnswerIsGivenWhole(t *testing.T) {
	t.Parallel()
	address, _ := serve(t, func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		fmt.Fprintf(w, `{"method":%q,"body":%q,"type":%q,"accept":%q,"own":%q}`, r.Method, body,
			r.Header.Get("Content-Type"), r.Header.Get("Accept"), r.Header.Get("X-Own"))
	})
	c, log := testClient(t, nil)
	for _, call := range []func(context.Context, *Request) (Response, error){c.Read, c.Send} {
		resp, err := call(t.Context(), &Request{
			Method: "POST", URL: address, Body: []byte("hello"), ContentType: "text/plain",
			Header: http.Header{"x-own": {"1"}}})
		if err != nil || !resp.OK() ||
			string(resp.Body) != `{"method":"POST","body":"hello","type":"text/plain","accept":"application/json","own":"1"}` {
			t.Errorf("%v %s", err, resp.Body)
		}
	}
	entries := log.all()
	if len(entries) != 2 || entries[0].Method != "/api/v1/x" || entries[0].Status != 200 ||
		entries[0].Result.String() != "ok" ||
		entries[0].Bytes == 0 || entries[0].Account != "minsk" || entries[0].Try != 1 {
		t.Errorf("log: %+v", entries)
	}
}

func TestAReadIsRepeatedWhereThatHelps(t *testing.T) {
	t.Parallel()
	for name, first := range map[string]http.HandlerFunc{
		"dropped": func(w http.ResponseWriter, _ *http.Request) { drop(t, w, "") },
		"truncated": func(w http.ResponseWriter, _ *http.Request) {
			drop(t, w, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"a\":")
		},
		"500 with a page": func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(http.StatusInternalServerError)
			fmt.Fprint(w, "<html>oops</html>")
		},
		"no answer": func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() },
		"429": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Retry-After", "1")
			w.WriteHeader(http.StatusTooManyRequests)
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var n atomic.Int64
			address, count := serve(t, func(w http.ResponseWriter, r *http.Request) {
				if n.Add(1) == 1 {
					first(w, r)
					return
				}
				fmt.Fprint(w, "{}")
			})
			c, log := testClient(t, nil)
			resp, err := c.Read(t.Context(), &Request{URL: address, Op: "list"})
			if err != nil || string(resp.Body) != "{}" || count.Load() != 2 {
				t.Errorf("%v, %d requests", err, count.Load())
			}
			if entries := log.all(); len(entries) != 2 || entries[1].Try != 2 || entries[0].Result.String() == "ok" ||
				entries[0].Method != "list" {
				t.Errorf("log: %+v", log.all())
			}
		})
	}
}

func TestASlowAnswerIsWaitedForAndTheNextOneAtOnce(t *testing.T) {
	t.Parallel()
	address, count := serve(t, func(w http.ResponseWriter, r *http.Request) {
		select {
		case <-time.After(200 * time.Millisecond):
			fmt.Fprint(w, "{}")
		case <-r.Context().Done():
		}
	})
	c, _ := testClient(t, func(o *ClientOptions) {
		o.HeaderTimeout, o.ReadTimeout = 50*time.Millisecond, time.Minute
	})
	if !c.LastAnswer().IsZero() {
		t.Error("it has answered before it was asked")
	}
	for i, want := range []int64{2, 3, 4} { // the first question is repeated, and its repetition waited for
		if _, err := c.Read(t.Context(), &Request{URL: address}); err != nil || count.Load() != want {
			t.Errorf("question %d: %v after %d requests, want %d", i+1, err, count.Load(), want)
		}
	}
	if c.LastAnswer().IsZero() {
		t.Error("it does not know that it was answered")
	}
}

func TestAReadGivesUpAfterThreeTries(t *testing.T) {
	t.Parallel()
	address, count := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(http.StatusServiceUnavailable)
		fmt.Fprintf(w, "down for maintenance, you sent %s", testToken)
	})
	c, _ := testClient(t, nil)
	resp, err := c.Read(t.Context(), &Request{URL: address})
	if model.KindOf(err) != model.KindOffline || count.Load() != 3 || resp.Status != 503 ||
		!strings.Contains(err.Error(), "minsk") {
		t.Errorf("%v after %d", err, count.Load())
	}
	assertNoSecret(t, err.Error())
}

func TestARefusalOfAReadIsNotRepeated(t *testing.T) {
	t.Parallel()
	for _, status := range []int{400, 401, 403, 404, 409, 422} {
		address, count := serve(t, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(status) })
		c, _ := testClient(t, nil)
		resp, err := c.Read(t.Context(), &Request{URL: address})
		if err != nil || resp.Status != status || count.Load() != 1 {
			t.Errorf("%d: %v after %d", status, err, count.Load())
		}
		if e := c.Refusal(resp, "no, "+testToken); e.Fate != model.FateRefused || e.Kind == "" ||
			strings.Contains(e.Error(), testToken) {
			t.Errorf("%d: %v", status, e)
		}
	}
}

func TestAReadThatMustWaitTooLongSaysHowLong(t *testing.T) {
	t.Parallel()
	address, count := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Retry-After", "60")
		w.WriteHeader(http.StatusTooManyRequests)
	})
	c, _ := testClient(t, nil)
	_, err := c.Read(t.Context(), &Request{URL: address})
	e, ok := errors.AsType[*model.Error](err)
	if !ok || e.Kind != model.KindLimited || e.RetryAfter != time.Minute || count.Load() != 1 {
		t.Errorf("%v after %d", err, count.Load())
	}
}

func TestHostileAnswersEndInAClearError(t *testing.T) {
	t.Parallel()
	block := strings.Repeat("x", 1<<20)
	for name, c := range map[string]struct {
		h    http.HandlerFunc
		want string
	}{
		"endless": {func(w http.ResponseWriter, r *http.Request) {
			for range 200 {
				if _, err := io.WriteString(w, block); err != nil {
					return
				}
			}
		}, "answer larger than 32 MiB"},
		"announced large": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "209715200")
		}, "answer larger than 32 MiB"},
		"drip": {func(w http.ResponseWriter, r *http.Request) {
			tick := time.NewTicker(50 * time.Millisecond)
			defer tick.Stop()
			for {
				select {
				case <-tick.C:
					fmt.Fprint(w, "x")
					w.(http.Flusher).Flush()
				case <-r.Context().Done():
					return
				}
			}
		}, "no complete answer within 3s"},
		"redirect": {func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "http://elsewhere.example/?token="+url.QueryEscape(testToken), http.StatusFound)
		}, "redirects to http://elsewhere.example"},
		"no HTTP": {func(w http.ResponseWriter, _ *http.Request) { drop(t, w, testToken+" is no answer\r\n\r\n") },
			"does not answer"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			address, _ := serve(t, c.h)
			client, _ := testClient(t, nil)
			_, err := client.Read(t.Context(), &Request{URL: address})
			if err == nil || !strings.Contains(err.Error(), c.want) || !strings.Contains(err.Error(), "minsk") {
				t.Errorf("%v, want %q", err, c.want)
			}
			assertNoSecret(t, err.Error())
		})
	}
}

func TestAnEndlessAnswerNeedsBoundedMemory(t *testing.T) {
	block := make([]byte, 1<<20)
	address, _ := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		for range 200 {
			if _, err := w.Write(block); err != nil {
				return
			}
		}
	})
	c, _ := testClient(t, func(o *ClientOptions) { o.ReadTimeout = 20 * time.Second })
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	_, err := c.Read(t.Context(), &Request{URL: address})
	runtime.ReadMemStats(&after)
	if err == nil {
		t.Fatal("accepted")
	}
	if grown := after.TotalAlloc - before.TotalAlloc; grown > 150<<20 {
		t.Errorf("%d MiB were allocated", grown>>20)
	}
}

func TestASendIsNeverRepeated(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name string
		h    http.HandlerFunc
		fate model.Fate
		kind model.Kind
	}{
		{"dropped", func(w http.ResponseWriter, _ *http.Request) { drop(t, w, "") }, model.FateUnknown,
			model.KindUnknown},
		{"truncated", func(w http.ResponseWriter, _ *http.Request) {
			drop(t, w, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{")
		}, model.FateUnknown, model.KindUnknown},
		{"garbage", func(w http.ResponseWriter, _ *http.Request) { drop(t, w, "\x00\x01\r\n\r\n") }, model.FateUnknown,
			model.KindUnknown},
		{"500", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusInternalServerError) },
			model.FateUnknown, model.KindUnknown},
		{"504", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusGatewayTimeout) },
			model.FateUnknown, model.KindUnknown},
		{"no answer", func(_ http.ResponseWriter, r *http.Request) {
			_, _ = io.Copy(io.Discard, r.Body)
			<-r.Context().Done()
		}, model.FateUnknown, model.KindUnknown},
		{"429", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusTooManyRequests) },
			model.FateNotSent, model.KindLimited},
		{"moved", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Location", "/y")
			w.WriteHeader(http.StatusPermanentRedirect)
		}, model.FateRefused, model.KindOffline},
		{"see other", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Location", "/y")
			w.WriteHeader(http.StatusSeeOther)
		}, model.FateUnknown, model.KindUnknown},
		{"too large", func(w http.ResponseWriter, _ *http.Request) { w.Header().Set("Content-Length", "209715200") },
			model.FateUnknown, model.KindUnknown},
	} {
		for _, method := range []string{"POST", "GET", "PUT", "DELETE"} {
			t.Run(c.name+" "+method, func(t *testing.T) {
				t.Parallel()
				var warm atomic.Bool
				address, count := serve(t, func(w http.ResponseWriter, r *http.Request) {
					if warm.CompareAndSwap(false, true) {
						return
					}
					c.h(w, r)
				})
				client, _ := testClient(t, nil)
				// The connection is a reused one: on those, net/http would repeat by itself.
				if _, err := client.Read(t.Context(), &Request{URL: address}); err != nil {
					t.Fatal(err)
				}
				var body []byte
				if method != "GET" {
					body = []byte("{}")
				}
				_, err := client.Send(t.Context(), &Request{Method: method, URL: address, Body: body})
				if count.Load() != 2 || model.FateOf(err) != c.fate || model.KindOf(err) != c.kind {
					t.Errorf("%d requests, %q %q: %v", count.Load()-1, model.FateOf(err), model.KindOf(err), err)
				}
				assertNoSecret(t, err.Error())
			})
		}
	}
}

func TestASendThatCannotHaveArrivedIsNotSent(t *testing.T) {
	t.Parallel()
	tls := httptest.NewTLSServer(http.NotFoundHandler())
	t.Cleanup(tls.Close)
	for name, address := range map[string]string{
		"refused":     closedAddress(t),
		"certificate": tls.URL + "/?token=" + url.QueryEscape(testToken),
		"no TLS":      strings.Replace(closedAddress(t), "http:", "https:", 1),
		"no name":     "http://nobody.invalid/?token=" + url.QueryEscape(testToken),
	} {
		c, _ := testClient(t, nil)
		_, err := c.Send(t.Context(), &Request{Method: "POST", URL: address, Body: []byte("{}")})
		if model.FateOf(err) != model.FateNotSent || model.KindOf(err) != model.KindOffline ||
			!strings.Contains(err.Error(), "nothing was sent") {
			t.Errorf("%s: %v", name, err)
		}
		assertNoSecret(t, err.Error())
	}
	c, _ := testClient(t, nil)
	_, err := c.Send(t.Context(), &Request{Method: "POST", URL: "http://bad host/?token=" + testToken})
	if model.FateOf(err) != model.FateRefused || model.KindOf(err) != model.KindInvalid {
		t.Errorf("bad address: %v", err)
	}
	assertNoSecret(t, err.Error())
	stopped, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := c.Send(stopped, &Request{Method: "POST",
		URL: closedAddress(t)}); model.FateOf(err) != model.FateNotSent {
		t.Errorf("stopped before: %v", err)
	}
}

func TestAGetThatSendsLooksLikeAnyGet(t *testing.T) {
	t.Parallel()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	got := make(chan *http.Request, 1)
	go func() {
		conn, err := l.Accept()
		if err != nil {
			return
		}
		defer conn.Close()
		if r, err := http.ReadRequest(bufio.NewReader(conn)); err == nil {
			got <- r
		}
		_, _ = io.WriteString(conn, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}")
	}()
	c, _ := testClient(t, nil)
	if _, err := c.Send(t.Context(), &Request{URL: "http://" + l.Addr().String()}); err != nil {
		t.Fatal(err)
	}
	if r := <-got; len(r.TransferEncoding) > 0 || r.Header.Get("Content-Length") != "" {
		t.Errorf("%v %v", r.TransferEncoding, r.Header)
	}
}

func TestTheBreakerFailsAtOnceAndIsNotSent(t *testing.T) {
	t.Parallel()
	address := closedAddress(t)
	c, log := testClient(t, nil)
	for range 2 {
		_, _ = c.Read(t.Context(), &Request{URL: address})
	}
	before := len(log.all())
	_, err := c.Read(t.Context(), &Request{URL: address})
	if model.KindOf(err) != model.KindOffline || !strings.Contains(err.Error(), "the next try is in 15s") {
		t.Errorf("read: %v", err)
	}
	_, err = c.Send(t.Context(), &Request{Method: "POST", URL: address, Body: []byte("{}")})
	if e, ok := errors.AsType[*model.Error](err); !ok || e.Fate != model.FateNotSent || e.Kind != model.KindOffline ||
		e.RetryAfter <= 0 {
		t.Errorf("send: %v", err)
	}
	if len(log.all()) != before {
		t.Error("a request left through an open breaker")
	}
}

func TestCallsAtOnceAndPerSecondAreKept(t *testing.T) {
	t.Parallel()
	var now, most atomic.Int64
	address, _ := serve(t, func(http.ResponseWriter, *http.Request) {
		n := now.Add(1)
		for m := most.Load(); n > m && !most.CompareAndSwap(m, n); m = most.Load() {
		}
		runtime.Gosched()
		now.Add(-1)
	})
	c, _ := testClient(t, func(o *ClientOptions) { o.CallsAtOnce, o.PerSecond = 2, 100 })
	started := time.Now()
	var all sync.WaitGroup
	for range 21 {
		all.Go(func() {
			if _, err := c.Read(t.Context(), &Request{URL: address}); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if most.Load() > 2 {
		t.Errorf("%d at once", most.Load())
	}
	if d := time.Since(started); d < 190*time.Millisecond {
		t.Errorf("21 calls at 100 a second took %s", d)
	}
}

func TestWaitingForATurnEndsWithTheContext(t *testing.T) {
	t.Parallel()
	arrived, let := make(chan struct{}), make(chan struct{})
	address, _ := serve(t, func(http.ResponseWriter, *http.Request) {
		close(arrived)
		<-let
	})
	c, _ := testClient(t, func(o *ClientOptions) { o.CallsAtOnce, o.SendTimeout = 1, time.Minute })
	var all sync.WaitGroup
	all.Go(func() { _, _ = c.Send(t.Context(), &Request{Method: "POST", URL: address}) })
	<-arrived
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	if _, err := c.Read(ctx, &Request{URL: address}); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("read: %v", err)
	}
	if _, err := c.Send(ctx, &Request{Method: "POST", URL: address}); !errors.Is(err, context.DeadlineExceeded) ||
		model.FateOf(err) != model.FateNotSent {
		t.Errorf("send: %v", err)
	}
	close(let)
	all.Wait()
}
