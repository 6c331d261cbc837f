package vendors

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"github.com/sony/gobreaker/v2"
	"golang.org/x/sync/semaphore"
	"golang.org/x/time/rate"

	"viberdeck/model"
)

// Default limits of an HTTP client.
const (
	defaultMaxBody       = 32 << 20
	DefaultHeaderTimeout = 8 * time.Second
	defaultReadTimeout   = 33 * time.Second
	defaultSendTimeout   = 60 * time.Second
)

// ClientOptions configure an account's HTTP client. Zero values mean the defaults.
type ClientOptions struct {
	Account model.Account
	// Secrets are the values that must not appear in errors or log entries.
	Secrets []string
	// PerSecond is how many requests may start in a second; 0: unlimited.
	PerSecond float64
	// CallsAtOnce is how many requests may be under way at once; 0: unlimited.
	CallsAtOnce int
	// Log receives one entry for each request, including failed ones. It must not block. May be
	// nil.
	Log func(model.LogEntry)
	// Transport replaces the client's own transport.
	Transport http.RoundTripper
	// MaxBody is the size in bytes above which an answer is refused.
	MaxBody int64
	// HeaderTimeout is how long the first attempt of a read request waits for the answer to begin;
	// later attempts, and all to a vendor that has turned out to be slower, wait for ReadTimeout.
	HeaderTimeout time.Duration
	// ReadTimeout is how long a read request may take in all, including retries and the pauses
	// between them.
	ReadTimeout time.Duration
	// SendTimeout is how long a send request may take.
	SendTimeout time.Duration
}

// Client makes the HTTP requests of one account, with time-outs, limits on rate and concurrency, a
// circuit breaker and a log; secrets never appear in its errors. It is safe for concurrent use.
type Client struct {
	o       ClientOptions
	http    http.Client
	redact  *Redactor
	rate    *rate.Limiter
	slots   *semaphore.Weighted // nil if unlimited
	breaker *gobreaker.CircuitBreaker[Response]
	skew    atomic.Pointer[time.Duration] // nil until the vendor has reported its time
	slow    atomic.Bool                   // the last answer to a read took longer than HeaderTimeout
	heard   atomic.Int64                  // when an answer last began, in Unix nanoseconds; 0: never
}

// Request is one HTTP request to a vendor.
type Request struct {
	Method string // GET if empty
	// Op is the vendor's name for the method, for the log; if empty, the path is used.
	Op          string
	URL         string
	Header      http.Header
	Body        []byte
	ContentType string
	Accept      string // application/json if empty
	// Large says that the answer to this read may be too large for memory and is then returned as
	// Response.Large.
	Large bool

	spilled func()     // called once the answer has turned out to be large
	gate    *gateTrace // only for sends; nil: no gate
}

// JSONRequest builds a request to base+path with body as JSON; body may be nil. The log shows it by
// method and path.
func JSONRequest(method, base, path string, body any) (*Request, error) {
	op, _, _ := strings.Cut(path, "?")
	r := &Request{Method: method, Op: method + " " + op, URL: base + path}
	if body == nil {
		return r, nil
	}
	encoded, err := json.Marshal(body)
	if err != nil {
		return nil, model.Errorf("write %s: %w", op, err)
	}
	r.Body, r.ContentType = encoded, "application/json"
	return r, nil
}

// Response is a complete answer. Its body is not larger than the client's limit. A long answer to a
// Large request is in Large instead, which the caller must close.
type Response struct {
	Status int
	Header http.Header
	Body   []byte
	Large  *os.File

	size    int64
	account string
	redact  *Redactor
}

// OK reports whether the status is 2xx.
func (r Response) OK() bool { return r.Status >= 200 && r.Status <= 299 }

// Decode reads the JSON body; see the function Decode.
func (r Response) Decode(into any) error {
	if r.redact == nil {
		return Decode(r.Body, into)
	}
	return decode(r.Body, into, r.account, r.redact)
}

// NewClient makes the HTTP client of an account.
func NewClient(o ClientOptions) *Client {
	if o.MaxBody <= 0 {
		o.MaxBody = defaultMaxBody
	}
	if o.HeaderTimeout <= 0 {
		o.HeaderTimeout = DefaultHeaderTimeout
	}
	if o.ReadTimeout <= 0 {
		o.ReadTimeout = defaultReadTimeout
	}
	if o.SendTimeout <= 0 {
		o.SendTimeout = defaultSendTimeout
	}
	if o.Transport == nil {
		o.Transport = newTransport()
	}
	limit := rate.Inf
	if o.PerSecond > 0 {
		limit = rate.Limit(o.PerSecond)
	}
	c := &Client{
		o:       o,
		redact:  NewRedactor(o.Secrets...),
		rate:    rate.NewLimiter(limit, 1),
		breaker: newBreaker(o.Account.Name),
		http: http.Client{
			Transport: o.Transport,
			// An API address that redirects is a wrong address. Following it could repeat a send or
			// carry a secret elsewhere.
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		},
	}
	if o.CallsAtOnce > 0 {
		c.slots = semaphore.NewWeighted(int64(o.CallsAtOnce))
	}
	return c
}

// newTransport makes a transport for HTTP/1.1 only, where it is clear when a request may have
// reached the vendor. Idle connections are closed before servers close them, so that a send rarely
// uses a connection that is just closing.
func newTransport() *http.Transport {
	dialer := &net.Dialer{Timeout: 5 * time.Second, KeepAlive: 15 * time.Second}
	// One request per connection: the gate cancels a request by closing its connection, which in
	// HTTP/2 would also cut off the other calls on it.
	var protocols http.Protocols
	protocols.SetHTTP1(true)
	return &http.Transport{
		Protocols:              &protocols,
		Proxy:                  http.ProxyFromEnvironment,
		DialContext:            dialer.DialContext,
		TLSHandshakeTimeout:    6 * time.Second,
		MaxIdleConnsPerHost:    16,
		IdleConnTimeout:        4 * time.Second,
		MaxResponseHeaderBytes: 1 << 20,
	}
}

// Hide keeps another secret, such as a token that the vendor has just issued, out of errors and the
// log.
func (c *Client) Hide(secrets ...string) { c.redact.Hide(secrets...) }

// Clean returns text from the vendor as one harmless line without secrets, for model.Error.Vendor.
func (c *Client) Clean(s string) string { return c.redact.line(s, 300) }

// Skew is how far this host's clock is ahead of the vendor's, to about a second, taken from the
// Date of the newest answer; ok is false until the vendor has reported a time.
func (c *Client) Skew() (ahead time.Duration, ok bool) {
	if skew := c.skew.Load(); skew != nil {
		return *skew, true
	}
	return 0, false
}

// LastAnswer is when an answer last began, zero if none ever did.
func (c *Client) LastAnswer() time.Time {
	if at := c.heard.Load(); at != 0 {
		return time.Unix(0, at)
	}
	return time.Time{}
}

// Close closes the idle connections.
func (c *Client) Close() { c.http.CloseIdleConnections() }

// admit waits until the limits allow another request. The caller calls release after the request.
func (c *Client) admit(ctx context.Context) (release func(), err error) {
	if c.breaker.State() == gobreaker.StateOpen {
		return nil, gobreaker.ErrOpenState
	}
	release = func() {}
	if c.slots != nil {
		if err := c.slots.Acquire(ctx, 1); err != nil {
			return nil, err
		}
		release = func() { c.slots.Release(1) }
	}
	if err := c.rate.Wait(ctx); err != nil {
		release()
		return nil, err
	}
	return release, nil
}

// try makes one request through the breaker and logs it. It returns an error only for network
// failures; any complete answer is a success.
func (c *Client) try(ctx context.Context, r *Request, body io.Reader, n int, onHeaders func()) (Response, error) {
	started := time.Now()
	resp, err := c.breaker.Execute(func() (Response, error) { return c.roundTrip(ctx, r, body, onHeaders) })
	if _, silent := errors.AsType[*gateRefusedError](err); c.o.Log != nil && !isOpen(err) && !silent {
		result := model.Data("ok")
		if err != nil {
			result = c.reason(ctx, err)
		} else if !resp.OK() {
			result = model.Data(strconv.Itoa(resp.Status) + " " + http.StatusText(resp.Status))
		}
		c.o.Log(model.LogEntry{
			At: started.UTC(), Account: c.o.Account.Name, Method: c.redact.Clean(r.op()), Status: resp.Status,
			Duration: time.Since(started), Try: n, Result: result, Bytes: resp.size,
		})
	}
	return resp, err
}

// op is the name of the request in the log: never the query, which contains the token at sms.by.
func (r *Request) op() string {
	if r.Op != "" {
		return model.SanitiseLine(r.Op)
	}
	u, err := url.Parse(r.URL)
	if err != nil {
		return "request"
	}
	return model.SanitiseLine(u.Path)
}

func (c *Client) roundTrip(ctx context.Context, r *Request, body io.Reader, onHeaders func()) (Response, error) {
	method := r.Method
	if method == "" {
		method = http.MethodGet
	}
	req, err := http.NewRequestWithContext(ctx, method, r.URL, nil)
	if err != nil {
		return Response{}, &badRequestError{err}
	}
	for name, values := range r.Header {
		req.Header[http.CanonicalHeaderKey(name)] = values
	}
	req.Header.Set("Accept", "application/json")
	if r.Accept != "" {
		req.Header.Set("Accept", r.Accept)
	}
	if r.ContentType != "" {
		req.Header.Set("Content-Type", r.ContentType)
	}
	if req.Header.Get("User-Agent") == "" {
		req.Header.Set("User-Agent", "viberdeck")
	}
	if body != nil {
		// Without GetBody the transport cannot retry the request by itself.
		req.Body, req.ContentLength = io.NopCloser(body), int64(len(r.Body))
	}
	got, err := c.http.Do(req)
	if err != nil {
		if refused := r.gate.end(); refused != nil {
			err = &gateRefusedError{refused}
		}
		return Response{}, err
	}
	defer got.Body.Close()
	c.heard.Store(time.Now().UnixNano())
	onHeaders()
	if at, err := http.ParseTime(got.Header.Get("Date")); err == nil {
		skew := time.Since(at)
		c.skew.Store(&skew)
	}
	resp := Response{Status: got.StatusCode, Header: got.Header, account: c.o.Account.Name, redact: c.redact}
	if !r.Large || !resp.OK() {
		resp.Body, err = readBody(got, c.o.MaxBody, nil)
		resp.size = int64(len(resp.Body))
		return resp, err
	}
	resp.Body, err = readBody(got, spillAt, func(pieces [][]byte) (err error) {
		if r.spilled != nil {
			r.spilled()
		}
		resp.Large, resp.size, err = spill(pieces, got.Body)
		return err
	})
	resp.size += int64(len(resp.Body))
	return resp, err
}

// readBody reads an answer of at most limit bytes. The caller closes it, which drops the connection
// if anything is left unread. It reads in pieces, so that an endless answer takes no more memory
// than the limit. A larger answer is refused, or passed to spill with the pieces already read.
func readBody(resp *http.Response, limit int64, spill func(pieces [][]byte) error) ([]byte, error) {
	if spill == nil && resp.ContentLength > limit {
		return nil, &tooLargeError{limit}
	}
	var pieces [][]byte
	piece := make([]byte, 0, 4<<10)
	for size := int64(0); ; {
		n, err := resp.Body.Read(piece[len(piece):cap(piece)])
		piece, size = piece[:len(piece)+n], size+int64(n)
		switch {
		case size > limit && spill != nil && (err == nil || errors.Is(err, io.EOF)):
			return nil, spill(append(pieces, piece))
		case size > limit:
			return nil, &tooLargeError{limit}
		case errors.Is(err, io.EOF):
			return bytes.Join(append(pieces, piece), nil), nil
		case err != nil:
			return nil, &bodyError{err}
		case len(piece) == cap(piece):
			pieces = append(pieces, piece)
			piece = make([]byte, 0, min(2*cap(piece), 1<<20))
		}
	}
}
