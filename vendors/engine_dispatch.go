package vendors

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"sync/atomic"
	"time"

	"viberdeck/model"
)

const (
	// callTimeout bounds one send, also after the engine was asked to stop. It is longer than any
	// client's own time-out.
	callTimeout = 90 * time.Second
	// errorsInARow is how many refused or unknown batches in a row pause a campaign.
	errorsInARow = 12
	// limitedFor is how long a vendor may answer nothing but "too many requests" before a campaign
	// is paused.
	limitedFor = 10 * time.Minute
)

// Tally counts batches by what became of them.
type Tally struct {
	Accepted int
	Refused  int
	Unknown  int
	NotSent  int // given back for another try
	Paused   int // campaigns paused
}

func (t *Tally) add(o Tally) {
	t.Accepted += o.Accepted
	t.Refused += o.Refused
	t.Unknown += o.Unknown
	t.NotSent += o.NotSent
	t.Paused += o.Paused
}

// dispatch sends what is due at one account. It belongs to one goroutine.
type dispatch struct {
	a      *account
	sender Dispatcher // nil: the vendor cannot send
	rest   time.Time  // the vendor cannot be reached: no claim before this
	misses int        // passes in a row in which it could not be reached
	inARow map[model.CampaignID]int
	// limited tells since when the vendor has asked for fewer requests and taken none.
	limited map[model.CampaignID]time.Time
}

// result is what became of a batch, with the error it follows from.
type result struct {
	batch   model.Batch
	outcome model.Outcome
	err     error
	rest    time.Time // until when the account is left alone; zero: it is not
	fault   error     // a panic in the adapter
}

func newDispatch(a *account) *dispatch {
	sender, _ := a.adapter.(Dispatcher)
	return &dispatch{a: a, sender: sender, inARow: make(map[model.CampaignID]int),
		limited: make(map[model.CampaignID]time.Time)}
}

// faultError ends the engine: a panic, or outcomes that could not be recorded. Other errors of a
// pass are failures of the cache that the next pass may not meet, and leave no batch in a wrong
// state.
type faultError struct{ err error }

func (e *faultError) Error() string { return e.err.Error() }
func (e *faultError) Unwrap() error { return e.err }

func (a *account) dispatchLoop(ctx context.Context) error {
	d := newDispatch(a)
	for {
		pause := a.e.o.PollEvery
		_, err := d.pass(ctx)
		if _, fault := errors.AsType[*faultError](err); fault {
			return err
		}
		if err != nil && ctx.Err() == nil {
			a.warn("dispatch", err)
			pause = 5 * time.Second
		} else if at, ok, err := a.e.o.Store.NextDue(ctx, time.Now()); err == nil && ok && time.Until(at) > 0 {
			pause = min(pause, time.Until(at))
		}
		if _, err := wait(ctx, pause, a.queued[0]); err != nil {
			return err
		}
	}
}

// pass sends all that is due, campaign by campaign, the oldest first.
func (d *dispatch) pass(ctx context.Context) (Tally, error) {
	var tally Tally
	if d.a.e.o.ReadOnly || time.Now().Before(d.rest) {
		return tally, nil
	}
	due, err := d.a.e.o.Store.DueCampaigns(ctx, d.a.name, time.Now())
	if err != nil {
		return tally, fmt.Errorf("look for what is due: %w", err)
	}
	for _, c := range due {
		if d.mustRest(ctx) {
			break
		}
		if cause := d.cannotSend(); cause != "" {
			if err := d.a.e.o.Store.PauseCampaign(ctx, c.ID, cause, time.Now()); err != nil {
				return tally, fmt.Errorf("pause %s: %w", c.ID, err)
			}
			tally.Paused++
			continue
		}
		t, err := d.campaign(ctx, c)
		tally.add(t)
		if err != nil {
			return tally, err
		}
	}
	return tally, nil
}

// mustRest tells whether nothing more may be claimed now: the engine ends, or the vendor cannot be
// reached.
func (d *dispatch) mustRest(ctx context.Context) bool {
	return ctx.Err() != nil || time.Now().Before(d.rest)
}

// cannotSend gives the reason why nothing can leave through the account, "" if it can.
func (d *dispatch) cannotSend() string {
	switch {
	case d.a.adapter.Account().ReadOnly:
		return d.a.name + " is read-only in the configuration"
	case d.sender == nil:
		return d.a.name + " cannot send: " + d.a.caps.Why(model.ActSend)
	}
	return ""
}

// campaign sends the batches of one campaign: calls are kept busy by claiming the next batches
// while calls run, but never are more than twice as many batches claimed as calls may run at once,
// because each of them becomes unknown if the process is killed.
func (d *dispatch) campaign(ctx context.Context, c model.Campaign) (Tally, error) {
	calls := max(1, d.a.caps.Limits.CallsAtOnce)
	run := &campaignRun{
		d: d, c: c, misses: d.misses, calls: calls,
		claims: model.Claim{PerCall: max(1, d.sender.PerCall(c)), Batches: calls, DailyCap: d.a.e.o.DailyCap},
		jobs:   make(chan model.Batch, 2*calls), results: make(chan result, 2*calls),
		recorded: make(chan []result, 2*calls),
	}
	workers, recorder := newLooseGroup(), newLooseGroup()
	for range calls {
		workers.start("sending at "+d.a.name, func() error { return run.work(ctx) })
	}
	recorder.start("recording for "+d.a.name, func() error { return run.record(context.WithoutCancel(ctx)) })
	err := run.claim(ctx)
	close(run.jobs)
	sending := workers.Wait()
	close(run.results)
	if fault := errors.Join(sending, recorder.Wait()); fault != nil {
		err = errors.Join(&faultError{fault}, err)
	}
	d.afterwards(ctx, run)
	return run.tally, err
}

// campaignRun is one pass over one campaign. Jobs, results and recorded never block: together they
// hold at most the batches that were claimed and have no outcome yet.
type campaignRun struct {
	d        *dispatch
	c        model.Campaign
	misses   int // before this run
	calls    int
	claims   model.Claim
	jobs     chan model.Batch
	results  chan result
	recorded chan []result
	stop     atomic.Bool // batches not yet under way are given back

	// Only the claiming goroutine touches these.
	tally   Tally
	rest    time.Time
	lastErr error
}

// claim claims batches and judges their recorded outcomes until nothing is left or something stops
// the campaign. When it returns without a fault, every claimed batch has an outcome.
func (r *campaignRun) claim(ctx context.Context) error {
	outstanding, exhausted := 0, false
	var failed error
	for {
		going := failed == nil && !r.stop.Load() && r.rest.IsZero() && ctx.Err() == nil
		if going && !exhausted && outstanding <= r.calls {
			batches, err := r.d.a.e.o.Store.ClaimBatches(ctx, r.c.ID, r.claims, time.Now())
			if err != nil {
				failed = fmt.Errorf("claim batches of %s: %w", r.c.ID, err)
				continue
			}
			exhausted = len(batches) == 0
			outstanding += len(batches)
			for _, b := range batches {
				r.jobs <- b
			}
			if exhausted && outstanding == 0 {
				delete(r.d.inARow, r.c.ID)
				delete(r.d.limited, r.c.ID)
				return nil
			}
			continue
		}
		if outstanding == 0 {
			if !going {
				return failed
			}
			exhausted = false // the last claim lets the cache settle the campaign's state
			continue
		}
		group, open := <-r.recorded
		if !open {
			return failed // the recorder has failed and says why itself
		}
		outstanding -= len(group)
		for _, res := range group {
			if err := r.judge(ctx, res); err != nil {
				failed = errors.Join(failed, err)
				r.stop.Store(true)
			}
		}
	}
}

// judge counts an outcome and decides whether the campaign goes on.
func (r *campaignRun) judge(ctx context.Context, res result) error {
	if res.fault != nil {
		return &faultError{res.fault}
	}
	if res.outcome.State != model.BatchQueued {
		delete(r.d.limited, r.c.ID)
	}
	switch res.outcome.State {
	case model.BatchAccepted:
		r.tally.Accepted++
		r.d.inARow[r.c.ID], r.d.misses = 0, 0
		return nil
	case model.BatchQueued:
		if res.err == nil {
			return nil // it was given back because we stop
		}
		r.tally.NotSent++
		r.lastErr = res.err
		if res.rest.After(r.rest) {
			r.rest = res.rest
		}
		return r.patience(ctx, res)
	case model.BatchRefused:
		r.tally.Refused++
	default:
		r.tally.Unknown++
	}
	r.d.inARow[r.c.ID]++
	r.lastErr = res.err
	kind := model.KindOf(res.err)
	switch {
	case r.stop.Load():
		return nil
	case res.outcome.State == model.BatchRefused && (kind == model.KindDenied || kind == model.KindMoney):
		return r.pause(ctx, fmt.Sprintf("%s: %s", r.d.a.name, res.outcome.Err))
	case r.d.inARow[r.c.ID] >= errorsInARow:
		delete(r.d.inARow, r.c.ID)
		return r.pause(ctx, fmt.Sprintf("%d errors in a row: %s at %s", errorsInARow, res.outcome.Err, r.d.a.name))
	}
	return nil
}

// patience pauses the campaign when the vendor has asked for fewer requests, and taken none, for
// too long: a person has to know.
func (r *campaignRun) patience(ctx context.Context, res result) error {
	if model.KindOf(res.err) != model.KindLimited {
		delete(r.d.limited, r.c.ID)
		return nil
	}
	since, ok := r.d.limited[r.c.ID]
	if !ok {
		r.d.limited[r.c.ID] = res.outcome.At
		return nil
	}
	if r.stop.Load() || res.outcome.At.Sub(since) < limitedFor {
		return nil
	}
	delete(r.d.limited, r.c.ID)
	return r.pause(ctx, fmt.Sprintf("%s has asked for fewer requests for %d minutes and taken none; resume it later",
		r.d.a.name, limitedFor/time.Minute))
}

func (r *campaignRun) pause(ctx context.Context, cause string) error {
	r.stop.Store(true)
	r.tally.Paused++
	if err := r.d.a.e.o.Store.PauseCampaign(context.WithoutCancel(ctx), r.c.ID, cause, time.Now()); err != nil {
		return fmt.Errorf("pause %s: %w", r.c.ID, err)
	}
	return nil
}

// work makes the calls of one worker.
func (r *campaignRun) work(ctx context.Context) error {
	for b := range r.jobs {
		r.results <- r.call(ctx, b)
	}
	return nil
}

// call sends one batch. Once begun, a send is finished and recorded even if the engine is asked to
// stop: an answer that nobody waits for would be an unknown outcome.
func (r *campaignRun) call(ctx context.Context, b model.Batch) (res result) {
	defer func() {
		if p := recover(); p != nil {
			res = result{batch: b, fault: fmt.Errorf("fault in the adapter of %s: %v\n%s", r.d.a.name, p,
				debug.Stack())}
			res.outcome = model.Outcome{Batch: b.ID, State: model.BatchUnknown,
				Err: "a fault of this program interrupted the call", At: time.Now()}
		}
	}()
	if r.stop.Load() || ctx.Err() != nil {
		return result{batch: b, outcome: model.Outcome{Batch: b.ID, State: model.BatchQueued, At: time.Now()}}
	}
	call, cancel := context.WithTimeout(context.WithoutCancel(ctx), callTimeout)
	defer cancel()
	got, err := r.d.sender.Send(call, b)
	now := time.Now()
	outcome := outcomeOf(b, got, err, now)
	return result{batch: b, outcome: outcome, err: err, rest: restAfter(b, outcome, err, r.misses, now)}
}

// afterwards keeps what the pass has taught about the account.
func (d *dispatch) afterwards(ctx context.Context, r *campaignRun) {
	switch {
	case !r.rest.IsZero():
		d.rest = r.rest
		d.misses++
		d.a.tell(ctx, r.lastErr, false)
	case r.tally.Accepted > 0:
		d.a.tell(ctx, nil, false)
	case r.lastErr != nil:
		d.a.tell(ctx, r.lastErr, false)
	}
}
