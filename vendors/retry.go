package vendors

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptrace"
	"strconv"
	"sync/atomic"
	"time"

	"github.com/cenkalti/backoff/v5"

	"viberdeck/model"
)

// readTries is the maximum number of attempts of a read request.
const readTries = 3

// pause is the wait between two attempts: growing with jitter, or what the vendor asked for.
type pause struct {
	*backoff.ExponentialBackOff
	asked time.Duration
}

func newPause() *pause {
	p := &pause{ExponentialBackOff: backoff.NewExponentialBackOff()}
	p.InitialInterval, p.MaxInterval = 300*time.Millisecond, 3*time.Second
	return p
}

// NextBackOff returns the wait before the next attempt.
func (p *pause) NextBackOff() time.Duration {
	next := max(p.ExponentialBackOff.NextBackOff(), p.asked)
	p.asked = 0
	return next
}

// Read makes a request that changes nothing at the vendor. It retries, with at most three attempts
// in all, after network failures, 429 and 5xx.
//
// A nil error means a complete answer with any status but 3xx, 429 and 5xx; the adapter judges it.
// With an error the response holds the last answer, if there was one. The errors are *model.Error:
// KindLimited after 429 with RetryAfter, otherwise KindOffline. Their fate is unknown unless
// nothing reached the vendor.
func (c *Client) Read(ctx context.Context, r *Request) (Response, error) {
	var (
		last Response
		end  time.Time
		n    int
	)
	waits := newPause()
	_, err := backoff.Retry(ctx, func() (struct{}, error) {
		n++
		release, err := c.admit(ctx)
		if err != nil {
			return struct{}{}, backoff.Permanent(c.notAdmitted(ctx, err))
		}
		defer release()
		if end.IsZero() {
			end = time.Now().Add(c.o.ReadTimeout)
		}
		var retry bool
		last, retry, err = c.readOnce(ctx, r, n, end)
		if err == nil {
			return struct{}{}, nil
		}
		if e, ok := errors.AsType[*model.Error](err); ok {
			waits.asked = e.RetryAfter
		}
		if !retry || time.Until(end) <= waits.asked {
			err = backoff.Permanent(err)
		}
		return struct{}{}, err
	}, backoff.WithBackOff(waits), backoff.WithMaxTries(readTries), backoff.WithMaxElapsedTime(c.o.ReadTimeout))
	if err == nil {
		return last, nil
	}
	if e, ok := errors.AsType[*model.Error](err); ok {
		return last, e
	}
	return last, c.stopped(ctx, err) // the context ended during a pause
}

// readOnce makes one attempt and reports whether another one makes sense.
func (c *Client) readOnce(ctx context.Context, r *Request, n int, end time.Time) (Response, bool, error) {
	try, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	whole := time.AfterFunc(time.Until(end), func() {
		cancel(&slowError{"no complete answer within %s", c.o.ReadTimeout})
	})
	defer whole.Stop()
	began, stop := time.Now(), func() bool { return true }
	if n == 1 && !c.slow.Load() { // a request that was lost on its way is repeated soon
		first := time.AfterFunc(c.o.HeaderTimeout,
			func() { cancel(&slowError{"no answer within %s", c.o.HeaderTimeout}) })
		stop = first.Stop
	}
	defer stop()
	var body io.Reader
	if len(r.Body) > 0 {
		body = bytes.NewReader(r.Body)
	}
	own := *r
	own.spilled = longer(whole, c.o.ReadTimeout)
	resp, err := c.try(try, &own, body, n, func() {
		stop()
		c.slow.Store(time.Since(began) > c.o.HeaderTimeout)
	})
	if err != nil {
		return resp, retryable(err) && ctx.Err() == nil, c.offline(ctx, try, err)
	}
	switch {
	case resp.Status == http.StatusTooManyRequests:
		return resp, true, c.limited(resp, model.Text{})
	case resp.Status >= 500:
		return resp, resp.Status != http.StatusNotImplemented, &model.Error{
			Kind: model.KindOffline, Code: strconv.Itoa(resp.Status), Status: resp.Status, Vendor: c.quote(resp),
			RetryAfter: retryAfter(resp.Header),
			Text: model.Say("%s has an internal failure (%d %s); what is shown is from the cache, try again later",
				c.o.Account.Name, resp.Status, http.StatusText(resp.Status)),
		}
	case resp.Status >= 300 && resp.Status <= 399:
		return resp, false, c.redirected(resp, model.FateRefused)
	}
	return resp, false, nil
}

// Send makes a request that may cost money or change something. It is made once and never repeated,
// neither here nor by the transport.
//
// A nil error means a complete answer with any status but 3xx, 429 and 5xx; the adapter judges it,
// and treats an answer it cannot read as FateUnknown. The errors are *model.Error. FateNotSent: no
// byte of it can have reached the vendor, or the vendor answered 429. FateRefused: a wrong address.
// Otherwise FateUnknown, with the answer if there was one, so that an adapter can recognise a
// documented refusal in a 5xx.
func (c *Client) Send(ctx context.Context, r *Request) (Response, error) {
	return c.SendWith(ctx, nil, r)
}

// SendWith is Send under a permit: its first request waits for nothing, and each asks the permit's
// gate when it is about to be written. A request that the gate refused is an error with
// FateNotSent.
func (c *Client) SendWith(ctx context.Context, p *Permit, r *Request) (Response, error) {
	release, err := c.admitted(ctx, p)
	if err != nil {
		e := c.notAdmitted(ctx, err)
		e.Fate = model.FateNotSent
		return Response{}, e
	}
	defer release()
	var way connectionTrace
	own := *r
	own.gate = &gateTrace{permit: p}
	defer func() { _ = own.gate.end() }()
	traced := httptrace.WithClientTrace(httptrace.WithClientTrace(ctx, way.trace()), own.gate.trace(ctx))
	try, cancel := context.WithTimeoutCause(traced, c.o.SendTimeout,
		&slowError{"no complete answer within %s", c.o.SendTimeout})
	defer cancel()
	// net/http does not repeat a GET whose empty body is not http.NoBody when a kept-alive
	// connection dies, and it looks the same on the wire. Other methods are never repeated, because
	// the body has no GetBody.
	var body io.Reader
	if len(r.Body) > 0 || r.Method == "" || r.Method == http.MethodGet {
		body = bytes.NewReader(r.Body)
	}
	resp, err := c.try(try, &own, body, 1, func() {})
	if refused, ok := errors.AsType[*gateRefusedError](err); ok {
		return Response{}, refused.err
	}
	switch {
	case err != nil && (isOpen(err) || way.notSent(err)):
		return resp, c.notSent(try, err)
	case err != nil:
		return resp, c.lost(try, err)
	case resp.Status == http.StatusTooManyRequests:
		return resp, c.limited(resp, model.Say("nothing was sent, and it is tried again automatically"))
	case resp.Status >= 500:
		return resp, &model.Error{
			Kind: model.KindUnknown, Code: strconv.Itoa(resp.Status), Vendor: c.quote(resp),
			Text: model.Say("%s answered %d %s: it is unknown whether it was accepted; look at the vendor's site "+
				"and resolve it in the outbox",
				c.o.Account.Name, resp.Status, http.StatusText(resp.Status)),
		}
	case resp.Status >= 300 && resp.Status <= 399:
		// These mean that the same request belongs elsewhere; the others may follow an accepted
		// form.
		switch resp.Status {
		case http.StatusMovedPermanently, http.StatusTemporaryRedirect, http.StatusPermanentRedirect:
			return resp, c.redirected(resp, model.FateRefused)
		}
		return resp, c.redirected(resp, model.FateUnknown)
	}
	return resp, nil
}

// connectionTrace watches how far a request got. Its hooks run on the transport's goroutines.
type connectionTrace struct{ asked, connected atomic.Bool }

func (w *connectionTrace) trace() *httptrace.ClientTrace {
	return &httptrace.ClientTrace{
		GetConn: func(string) { w.asked.Store(true) },
		GotConn: func(httptrace.GotConnInfo) { w.connected.Store(true) },
	}
}

// notSent reports whether no byte can have reached the vendor: the transport asked for a connection
// and never got one, or no request was built.
func (w *connectionTrace) notSent(err error) bool {
	_, bad := errors.AsType[*badRequestError](err)
	return bad || w.asked.Load() && !w.connected.Load()
}

// longestAsked is the longest pause that a vendor may ask for. If it asks for longer it is called
// again after this, and a campaign that waits for it is paused, because a person has to know.
const longestAsked = time.Hour

// retryAfter reads the Retry-After header: seconds or a date, at most longestAsked.
func retryAfter(h http.Header) time.Duration {
	s := h.Get("Retry-After")
	if n, err := strconv.ParseInt(s, 10, 64); n > 0 && (err == nil || errors.Is(err, strconv.ErrRange)) {
		return min(time.Duration(min(n, int64(longestAsked/time.Second)))*time.Second, longestAsked)
	}
	if at, err := http.ParseTime(s); err == nil {
		return min(max(0, time.Until(at)), longestAsked)
	}
	return 0
}
