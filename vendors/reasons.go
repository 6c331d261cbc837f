package vendors

import (
	"context"
	"crypto/tls"
	"errors"
	"io"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"syscall"
	"time"

	"viberdeck/model"
)

// slowError is the cause of a request that we ended because it took too long.
type slowError struct {
	words string // with a gap for the time
	after time.Duration
}

func (e *slowError) Error() string { return e.Text().String() }

// Text returns the error as a sentence for a screen.
func (e *slowError) Text() model.Text {
	return model.Text{Format: e.words, Args: []any{model.Span(e.after)}}
}

// tooLargeError says that an answer was larger than the limit.
type tooLargeError struct{ limit int64 }

func (e *tooLargeError) Error() string { return e.Text().String() }

// Text returns the error as a sentence for a screen.
func (e *tooLargeError) Text() model.Text {
	if e.limit >= 1<<20 {
		return model.Say("answer larger than %d MiB", e.limit>>20)
	}
	return model.Say("answer larger than %d bytes", e.limit)
}

// bodyError says that an answer broke off.
type bodyError struct{ err error }

func (e *bodyError) Error() string { return e.Text().String() }

// Text returns the error as a sentence for a screen.
func (e *bodyError) Text() model.Text { return model.Say("the answer was cut off: %s", e.err) }
func (e *bodyError) Unwrap() error    { return e.err }

// badRequestError says that no request could be built from the input.
type badRequestError struct{ err error }

func (e *badRequestError) Error() string { return e.Text().String() }

// Text returns the error as a sentence for a screen.
func (e *badRequestError) Text() model.Text { return model.Say("the address is not valid") }
func (e *badRequestError) Unwrap() error    { return e.err }

// retryable reports whether another attempt may succeed.
func retryable(err error) bool {
	_, large := errors.AsType[*tooLargeError](err)
	_, bad := errors.AsType[*badRequestError](err)
	_, cert := errors.AsType[*tls.CertificateVerificationError](err)
	return !large && !bad && !cert && !isOpen(err)
}

// reason says in a few words, without address or secret, why there is no answer.
func (c *Client) reason(ctx context.Context, err error) model.Text {
	if slow, ok := errors.AsType[*slowError](context.Cause(ctx)); ok {
		return slow.Text()
	}
	if dns, ok := errors.AsType[*net.DNSError](err); ok {
		return model.Say("the name %s cannot be resolved", c.redact.line(dns.Name, 200))
	}
	if cert, ok := errors.AsType[*tls.CertificateVerificationError](err); ok {
		return model.Say("its certificate is not valid: %s", c.redact.line(cert.Err.Error(), 200))
	}
	_, body := errors.AsType[*bodyError](err)
	var timeout net.Error
	switch {
	case isOpen(err):
		return model.Say("it failed %d times in a row; the next try is in %s", breakAfter, breakFor)
	case errors.Is(err, context.Canceled):
		return model.Say("the request was stopped")
	case errors.Is(err, context.DeadlineExceeded):
		return model.Say("the time for the request is over")
	case errors.Is(err, syscall.ECONNREFUSED):
		return model.Say("connection refused")
	case errors.Is(err, io.ErrUnexpectedEOF), body && errors.Is(err, io.EOF):
		return model.Say("the answer was cut off")
	case errors.Is(err, syscall.ECONNRESET):
		return model.Say("the connection was reset")
	case errors.Is(err, io.EOF):
		return model.Say("the connection was closed without an answer")
	case errors.As(err, &timeout) && timeout.Timeout():
		return model.Say("no connection in time")
	}
	// net/http puts the address, query included, around the cause.
	if wrapped, ok := errors.AsType[*url.Error](err); ok {
		err = wrapped.Err
	}
	return model.Data(c.redact.line(err.Error(), 200))
}

// offline says that a read request got no usable answer.
func (c *Client) offline(ctx, try context.Context, err error) *model.Error {
	if ctx.Err() != nil {
		return c.stopped(ctx, err)
	}
	if _, bad := errors.AsType[*badRequestError](err); bad {
		return c.badAddress()
	}
	if large, ok := errors.AsType[*tooLargeError](err); ok {
		return &model.Error{Kind: model.KindOffline,
			Text: model.Say("%s: %v; what is shown is from the cache", c.o.Account.Name, large)}
	}
	return &model.Error{
		Kind: model.KindOffline,
		Text: model.Say("%s does not answer: %s; what is shown is from the cache", c.o.Account.Name,
			c.reason(try, err)),
	}
}

// stopped says that the caller no longer waits for the answer.
func (c *Client) stopped(ctx context.Context, err error) *model.Error {
	cause := ctx.Err()
	if cause == nil {
		cause = context.DeadlineExceeded
		if errors.Is(err, context.Canceled) {
			cause = context.Canceled
		}
	}
	return &model.Error{Kind: model.KindOffline, Text: model.Say("%s did not answer in time", c.o.Account.Name),
		Err: cause}
}

// notAdmitted says why a request did not even start.
func (c *Client) notAdmitted(ctx context.Context, err error) *model.Error {
	if isOpen(err) {
		return &model.Error{
			Kind: model.KindOffline, RetryAfter: breakFor, Fate: model.FateNotSent,
			Text: model.Say("%s does not answer: %s; what is shown is from the cache", c.o.Account.Name,
				c.reason(ctx, err)),
		}
	}
	e := c.stopped(ctx, err)
	e.Fate = model.FateNotSent
	return e
}

// notSent says that a send did not leave.
func (c *Client) notSent(try context.Context, err error) *model.Error {
	if _, bad := errors.AsType[*badRequestError](err); bad {
		return c.badAddress()
	}
	e := &model.Error{
		Kind: model.KindOffline, Fate: model.FateNotSent,
		Text: model.Say("%s cannot be reached: %s; nothing was sent, and it is tried again automatically",
			c.o.Account.Name,
			c.reason(try, err)),
	}
	if isOpen(err) {
		e.RetryAfter = breakFor
	}
	return e
}

// lost says that the outcome of a send is unknown.
func (c *Client) lost(try context.Context, err error) *model.Error {
	return &model.Error{
		Kind: model.KindUnknown,
		Text: model.Say("%s got the request and gave no complete answer: %s; it is unknown whether it was accepted",
			c.o.Account.Name, c.reason(try, err)),
	}
}

// limited says that the vendor asks for fewer requests.
func (c *Client) limited(resp Response, then model.Text) *model.Error {
	wait := retryAfter(resp.Header)
	if then.IsZero() {
		then = model.Say("try again later")
		if wait > 0 {
			then = model.Say("try again after %s", wait.Round(time.Second))
		}
	}
	return &model.Error{
		Kind: model.KindLimited, Code: strconv.Itoa(resp.Status), Status: resp.Status, Vendor: c.quote(resp),
		RetryAfter: wait,
		Fate:       model.FateNotSent,
		Text:       model.Say("%s asks for fewer requests; %s", c.o.Account.Name, then),
	}
}

func (c *Client) badAddress() *model.Error {
	return &model.Error{
		Kind: model.KindInvalid, Field: "base_url", Fate: model.FateRefused,
		Text: model.Say("the address of %s is not valid; correct it in the configuration", c.o.Account.Name),
	}
}

func (c *Client) redirected(resp Response, fate model.Fate) *model.Error {
	where := "elsewhere"
	if u, err := url.Parse(resp.Header.Get("Location")); err == nil && u.Host != "" {
		where = c.redact.line(u.Scheme+"://"+u.Host, 100)
	}
	e := &model.Error{
		Kind: model.KindOffline, Field: "base_url", Code: strconv.Itoa(resp.Status), Fate: fate,
		Text: model.Say("%s redirects to %s instead of answering; correct its address in the configuration",
			c.o.Account.Name, where),
	}
	if fate == model.FateUnknown {
		e.Kind = model.KindUnknown
	}
	return e
}

// quote returns the beginning of an answer as words for a person, "" if it has none.
func (c *Client) quote(resp Response) string {
	body := string(resp.Body[:min(len(resp.Body), 4096)])
	if strings.HasPrefix(strings.TrimSpace(body), "<") {
		return "" // a web page
	}
	return c.redact.line(body, maxShown)
}

// Refusal builds the error for an answer that is a refusal, from its HTTP status. words are the
// vendor's own, as received. The adapter corrects the kind where the vendor's document is more
// specific. The fate is FateRefused.
func (c *Client) Refusal(resp Response, words string) *model.Error {
	name := c.o.Account.Name
	e := &model.Error{Fate: model.FateRefused, Vendor: c.Clean(words), Code: strconv.Itoa(resp.Status),
		Status: resp.Status}
	if words == "" {
		e.Vendor = c.quote(resp)
	}
	switch resp.Status {
	case http.StatusUnauthorized, http.StatusForbidden:
		e.Kind, e.Text = model.KindDenied,
			model.Say("%s refuses the credentials; check them in the configuration and at the vendor", name)
	case http.StatusPaymentRequired:
		e.Kind, e.Text = model.KindMoney, model.Say("the balance of %s does not cover it; top it up and resume", name)
	case http.StatusNotFound, http.StatusGone:
		e.Kind, e.Text = model.KindNotFound, model.Say("%s does not have what was asked for; read the list again", name)
	case http.StatusConflict:
		e.Kind, e.Text = model.KindConflict,
			model.Say("%s has it already; look at the vendor's list before trying again", name)
	case http.StatusTooManyRequests:
		return c.limited(resp, model.Text{})
	default:
		if resp.Status >= 500 {
			e.Kind, e.Fate, e.Text = model.KindUnknown, model.FateUnknown,
				model.Say("%s has an internal failure (%d); try again later", name, resp.Status)
			return e
		}
		e.Kind, e.Text = model.KindInvalid, model.Say("%s refused the request with status %d; correct what it names",
			name, resp.Status)
	}
	return e
}
