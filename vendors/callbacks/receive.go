package callbacks

import (
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"viberdeck/model"
)

// storedAtOnce is how many callbacks go into one transaction: a flood needs few transactions.
const storedAtOnce = 100

// letter is a callback waiting to be stored, with a channel for the result.
type letter struct {
	callback model.Callback
	outcome  chan error // buffered: no receiver is needed
}

// receive answers one request. Whatever is wrong with the path, the answer is the same.
func (r *Receiver) receive(w http.ResponseWriter, req *http.Request) {
	a := r.addressed(req.URL)
	if a == nil {
		http.NotFound(w, req)
		return
	}
	switch req.Method {
	case http.MethodPost, http.MethodGet:
	case http.MethodHead:
		return // a vendor checking whether the address exists
	default:
		w.Header().Set("Allow", "GET, HEAD, POST")
		http.Error(w, "method not allowed", http.StatusMethodNotAllowed)
		return
	}
	if !a.rate.Allow() {
		r.refuse(w, a, http.StatusTooManyRequests,
			model.Say("too many callbacks in a second; the vendor was asked to repeat"))
		return
	}
	body, err := r.bodyOf(w, req)
	if tooLarge, ok := errors.AsType[*http.MaxBytesError](err); ok {
		r.refuse(w, a, http.StatusRequestEntityTooLarge,
			model.Say("a callback of more than %d bytes was turned away", tooLarge.Limit))
		return
	}
	if err != nil {
		http.Error(w, "the body could not be read", http.StatusBadRequest)
		return
	}
	if len(body) == 0 {
		return // it says nothing
	}
	c := model.Callback{Account: a.Name, Vendor: a.Vendor, Body: []byte(a.redact.Clean(string(body))),
		ReceivedAt: time.Now().UTC()}
	if err := r.store(req.Context(), c); err != nil {
		r.o.Logger.Warn("a callback was not stored", "account", a.Name, "error", err)
		r.refuse(w, a, http.StatusServiceUnavailable, model.Say(
			"the cache was too slow to take a callback; the vendor was asked to repeat"))
		return
	}
	w.WriteHeader(http.StatusOK)
}

// addressed returns the account to which the address belongs, nil for any other. The time it takes
// reveals nothing about names or secrets.
func (r *Receiver) addressed(u *url.URL) *account {
	rest, ok := strings.CutPrefix(u.EscapedPath(), root)
	if !ok {
		return nil
	}
	name, secret, _ := strings.Cut(rest, "/")
	name, err1 := url.PathUnescape(name)
	secret, err2 := url.PathUnescape(secret)
	a, known := r.accounts[name]
	if !known {
		a = r.nobody
	}
	digest := sha256.Sum256([]byte(secret))
	same := subtle.ConstantTimeCompare(digest[:], a.digest[:]) == 1
	if !known || !same || err1 != nil || err2 != nil {
		return nil
	}
	return a
}

// bodyOf returns the content of the request: the body, after the query if both are forms, or the
// query alone. The query of an address to which JSON is posted is part of the address and ignored.
func (r *Receiver) bodyOf(w http.ResponseWriter, req *http.Request) ([]byte, error) {
	body, err := io.ReadAll(http.MaxBytesReader(w, req.Body, r.o.MaxBody))
	if err != nil {
		return nil, err
	}
	query := req.URL.RawQuery
	switch {
	case query == "":
		return body, nil
	case len(body) == 0:
		return []byte(query), nil
	case strings.HasPrefix(req.Header.Get("Content-Type"), "application/x-www-form-urlencoded"):
		return append([]byte(query+"&"), body...), nil
	}
	return body, nil
}

// refuse answers with an error that makes vendors repeat, and logs why.
func (r *Receiver) refuse(w http.ResponseWriter, a *account, status int, why model.Text) {
	r.log(a, status, why, 0)
	if status != http.StatusRequestEntityTooLarge {
		w.Header().Set("Retry-After", "1")
	}
	http.Error(w, http.StatusText(status), status)
}

func (r *Receiver) log(a *account, status int, result model.Text, size int) {
	if a.lines.Allow() {
		r.o.Log(model.LogEntry{At: time.Now().UTC(), Account: a.Name, Method: "callback", Status: status, Try: 1,
			Result: result.Clean(a.redact.Clean), Bytes: int64(size)})
	}
}

// errSlow says that the store was not ready in time. The callback may still be stored; its
// repetition is then recognised.
var errSlow = model.Errorf("the cache did not answer in time")

// store passes the callback to the clerk and waits until it is stored, no longer than the
// receiver's patience.
func (r *Receiver) store(ctx context.Context, c model.Callback) error {
	patience := time.NewTimer(r.o.Patience)
	defer patience.Stop()
	l := &letter{callback: c, outcome: make(chan error, 1)}
	select {
	case r.arrived <- l:
	default:
		return errSlow
	}
	select {
	case err := <-l.outcome:
		return err
	case <-patience.C:
		return errSlow
	case <-ctx.Done():
		return ctx.Err()
	}
}

// clerk stores what arrives, in one transaction if it arrived together, until ctx ends.
func (r *Receiver) clerk(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case first := <-r.arrived:
			letters := []*letter{first}
			for more := true; more && len(letters) < storedAtOnce; {
				select {
				case l := <-r.arrived:
					letters = append(letters, l)
				default:
					more = false
				}
			}
			r.storeAll(ctx, letters)
		}
	}
}

func (r *Receiver) storeAll(ctx context.Context, letters []*letter) {
	ctx, cancel := context.WithTimeout(ctx, r.o.Patience)
	defer cancel()
	callbacks := make([]model.Callback, len(letters))
	for i, l := range letters {
		callbacks[i] = l.callback
	}
	repeated, err := r.o.Store.StoreCallbacks(ctx, callbacks)
	for _, l := range letters {
		l.outcome <- err
	}
	for _, known := range repeated {
		if err == nil && !known {
			r.ring()
			return
		}
	}
}

func (r *Receiver) ring() {
	select {
	case r.stored <- struct{}{}:
	default:
	}
}
