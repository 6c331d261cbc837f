package vendors

import (
	"context"
	"net/http/httptrace"
	"sync"
	"time"

	"viberdeck/model"
)

// Gate decides, when a request is about to be written, whether it may leave. Until done is called
// no process can commit a stop (brake, pause, recall, block), so that a stop comes either before
// the question or after the request.
type Gate func(ctx context.Context) (done func(), err error)

// gateHeld is how long a request that is written slowly may hold the gate: by then its first bytes
// are on the wire.
const gateHeld = 50 * time.Millisecond

// Permit is the right to make one call now: its slot and its place in the account's rate are taken
// and the login is done, so that nothing is waited for between the claim of a batch and its call. A
// nil permit grants nothing: requests wait for the limits and ask no gate.
type Permit struct {
	gate Gate

	mu   sync.Mutex
	free func() // gives the slot back; nil once that has been done
}

// NewPermit makes a permit whose slot is given back by free, which may be nil.
func NewPermit(free func()) *Permit { return &Permit{free: free} }

// Guard makes each request under the permit ask the gate when it is about to be written.
func (p *Permit) Guard(gate Gate) { p.gate = gate }

// Begin asks the gate for a request that is about to be written.
func (p *Permit) Begin(ctx context.Context) (done func(), err error) {
	if p == nil || p.gate == nil {
		return func() {}, nil
	}
	done, err = p.gate(ctx)
	if err != nil {
		return nil, err
	}
	return sync.OnceFunc(done), nil
}

// Release gives the slot back, if a request has not done so. It may be called more than once.
func (p *Permit) Release() {
	if free := p.take(); free != nil {
		free()
	}
}

// take passes the slot to the caller; it returns nil if the slot has already been taken.
func (p *Permit) take() func() {
	if p == nil {
		return nil
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	free := p.free
	p.free = nil
	return free
}

// Sender is the client's SendWith under this permit.
func (p *Permit) Sender(c *Client) func(context.Context, *Request) (Response, error) {
	return func(ctx context.Context, r *Request) (Response, error) { return c.SendWith(ctx, p, r) }
}

// Ready waits until the limits let one more request begin and takes its slot. The fate of its
// errors is FateNotSent.
func (c *Client) Ready(ctx context.Context) (*Permit, error) {
	release, err := c.admit(ctx)
	if err != nil {
		e := c.notAdmitted(ctx, err)
		e.Fate = model.FateNotSent
		return nil, e
	}
	return NewPermit(release), nil
}

// admitted passes the permit's slot to its first request; further requests wait for the limits as
// usual.
func (c *Client) admitted(ctx context.Context, p *Permit) (release func(), err error) {
	if free := p.take(); free != nil {
		return free, nil
	}
	return c.admit(ctx)
}

// gateTrace asks the gate once the transport has a connection and before it writes. At that moment
// a request can be cancelled only by closing its connection, after which nothing can be written to
// it.
type gateTrace struct {
	permit *Permit

	mu      sync.Mutex
	done    func()
	refused error
}

func (w *gateTrace) trace(ctx context.Context) *httptrace.ClientTrace {
	return &httptrace.ClientTrace{
		GotConn: func(info httptrace.GotConnInfo) {
			done, err := w.permit.Begin(ctx)
			w.mu.Lock()
			defer w.mu.Unlock()
			if err != nil {
				w.refused = err
				_ = info.Conn.Close()
				return
			}
			w.done = done
			time.AfterFunc(gateHeld, done)
		},
		WroteRequest: func(httptrace.WroteRequestInfo) { _ = w.end() },
	}
}

// end allows stops to be committed again and reports whether the gate refused the request. A nil
// passage refuses none.
func (w *gateTrace) end() error {
	if w == nil {
		return nil
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.done != nil {
		w.done()
	}
	return w.refused
}

// gateRefusedError is a request that the gate refused. It says nothing about the vendor.
type gateRefusedError struct{ err error }

func (e *gateRefusedError) Error() string { return e.err.Error() }
func (e *gateRefusedError) Unwrap() error { return e.err }
