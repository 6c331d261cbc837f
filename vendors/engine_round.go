package vendors

import (
	"context"
	"errors"
	"runtime/debug"
	"sync"
	"sync/atomic"
	"time"

	"viberdeck/model"
)

// callTimeout bounds one send, also after the engine was asked to stop. It is longer than any
// client's own time-out.
const callTimeout = 90 * time.Second

// result is the outcome of a batch, with the error it follows from.
type result struct {
	batch   model.Batch
	outcome model.Outcome
	err     error
	rest    time.Time // until when to avoid the account; zero: not at all
	fault   error     // a panic in the adapter
}

// campaignRun is one pass over one campaign.
type campaignRun struct {
	d               *dispatch
	c               model.Campaign
	misses          int // before this run
	calls           int
	claims          model.Claim
	unrecorded      chan struct{} // one per claim whose outcome has not been judged: at most twice the parallel calls
	results         chan result
	recordingFailed chan struct{} // closed when outcomes can no longer be recorded
	stop            atomic.Bool   // no more is claimed, and what was claimed is given back
	resting         atomic.Bool   // no more is claimed

	mu       sync.Mutex
	claimed  int   // in this round
	notReady error // why no call can begin
	failed   error // of a claim

	// Only the recording goroutine touches these during a round.
	tally     Tally
	callsMade int // calls of this round that the gate did not cancel
	rest      time.Time
	lastErr   error
}

// going reports whether more may be claimed.
func (r *campaignRun) going(ctx context.Context) bool {
	return !r.stop.Load() && !r.resting.Load() && ctx.Err() == nil
}

// round keeps the calls busy until there is nothing left to claim, and reports whether another
// round makes sense. When it returns without a fault, every claimed batch has an outcome.
func (r *campaignRun) round(ctx context.Context) (more bool, err error) {
	r.unrecorded = make(chan struct{}, 2*r.calls)
	r.results, r.recordingFailed = make(chan result, 2*r.calls), make(chan struct{})
	r.claimed, r.callsMade = 0, 0
	workers, recorder := newLooseGroup(), newLooseGroup()
	for range r.calls {
		workers.start(model.Say("sending at %s", r.d.a.name), func() error { return r.work(ctx) })
	}
	recorder.start(model.Say("recording for %s", r.d.a.name), func() error { return r.record(ctx) })
	ended := workers.Wait()
	close(r.results)
	failed := r.failed
	if fault := errors.Join(recorder.Wait(), ended); fault != nil {
		failed = errors.Join(&faultError{fault}, failed)
	}
	if r.claimed == 0 && r.notReady == nil && failed == nil && ctx.Err() == nil {
		delete(r.d.inARow, r.c.ID)
		delete(r.d.limited, r.c.ID)
	}
	return r.callsMade > 0, failed
}

// work makes the calls of one worker: first the permit, then the claim, then immediately the call.
func (r *campaignRun) work(ctx context.Context) error {
	for r.going(ctx) {
		select {
		case r.unrecorded <- struct{}{}:
		case <-r.recordingFailed:
			return nil
		case <-ctx.Done():
			return nil
		}
		permit, b, ok := r.claim(ctx)
		if !ok {
			<-r.unrecorded
			return nil
		}
		r.results <- r.call(ctx, permit, b)
	}
	return nil
}

// claim waits for a permit and claims one batch; ok is false if there is no permit or no batch.
func (r *campaignRun) claim(ctx context.Context) (permit *Permit, b model.Batch, ok bool) {
	permit, err := r.d.sender.Ready(ctx)
	r.mu.Lock()
	if err != nil {
		if r.notReady == nil && ctx.Err() == nil {
			r.notReady = err
		}
		r.mu.Unlock()
		r.resting.Store(true)
		return nil, b, false
	}
	r.mu.Unlock()
	if r.going(ctx) {
		b, ok, err = r.d.a.e.o.Store.ClaimBatch(ctx, r.c.ID, r.claims, time.Now())
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if ok {
		r.claimed++
		return permit, b, true
	}
	permit.Release()
	if err != nil {
		r.failed = errors.Join(r.failed, model.Errorf("claim a batch of %s: %w", r.c.ID, err))
		r.stop.Store(true)
	}
	return nil, b, false
}

// call sends one batch. Once begun, a send is finished and recorded even if the engine is asked to
// stop: without waiting for the answer, the outcome would be unknown.
func (r *campaignRun) call(ctx context.Context, permit *Permit, b model.Batch) (res result) {
	defer permit.Release()
	defer func() {
		if p := recover(); p != nil {
			res = result{batch: b, fault: model.Errorf("fault in the adapter of %s: %v\n%s", r.d.a.name, p,
				debug.Stack())}
			res.outcome = model.Outcome{Batch: b.ID, State: model.BatchUnknown,
				Err: model.Say("a fault of this program interrupted the call"), At: time.Now()}
		}
	}()
	if r.stop.Load() || ctx.Err() != nil {
		return result{batch: b, outcome: model.Outcome{Batch: b.ID, State: model.BatchQueued, At: time.Now()}}
	}
	call, cancel := context.WithTimeout(context.WithoutCancel(ctx), callTimeout)
	defer cancel()
	permit.Guard(r.d.a.gate(b.ID))
	got, err := r.d.sender.Send(call, permit, r.d.a.addressed(call, b))
	now := time.Now()
	if errors.Is(err, errGateRefused) {
		return result{batch: b, outcome: model.Outcome{
			Batch: b.ID, State: model.BatchQueued, People: got.People, At: now}}
	}
	outcome := outcomeOf(b, got, err, now)
	return result{batch: b, outcome: outcome, err: err, rest: restAfter(b, outcome, err, r.misses, now)}
}

// errGateRefused is the cause when the gate refuses a request at the moment it is about to be
// written.
var errGateRefused = model.Errorf("it may not leave")

// gate asks the cache whether the call of a claimed batch may begin.
func (a *account) gate(id model.BatchID) Gate {
	return func(ctx context.Context) (func(), error) {
		done, why, err := a.e.o.Store.Begin(ctx, id, time.Now())
		switch {
		case err != nil:
			return nil, &model.Error{Kind: model.KindInternal, Fate: model.FateNotSent,
				Text: model.Say("the cache cannot say whether it may leave"), Err: err}
		case !why.IsZero():
			return nil, &model.Error{Kind: model.KindConflict, Fate: model.FateNotSent, Text: why, Err: errGateRefused}
		}
		return done, nil
	}
}
