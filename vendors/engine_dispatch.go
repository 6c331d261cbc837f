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
		pause := a.e.o.pollEvery
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
		if err := wait(ctx, pause, a.queued[0]); err != nil {
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
		return tally, model.Errorf("look for what is due: %w", err)
	}
	for _, c := range due {
		if d.mustRest(ctx) {
			break
		}
		if cause := d.cannotSend(); !cause.IsZero() {
			if err := d.a.e.o.Store.PauseCampaign(ctx, c.ID, cause, time.Now()); err != nil {
				return tally, model.Errorf("pause %s: %w", c.ID, err)
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

// mustRest reports whether nothing more may be claimed now: the engine ends, or the vendor cannot
// be reached.
func (d *dispatch) mustRest(ctx context.Context) bool {
	return ctx.Err() != nil || time.Now().Before(d.rest)
}

// cannotSend gives the reason why nothing can leave through the account, nothing if it can.
func (d *dispatch) cannotSend() model.Text {
	switch {
	case d.a.adapter.Account().ReadOnly:
		return model.Say("%s is read-only in the configuration", d.a.name)
	case d.sender == nil:
		return model.Say("%s cannot send: %s", d.a.name, d.a.caps.Why(model.ActSend))
	}
	return model.Text{}
}

// campaign sends the batches of one campaign in rounds, until one finds nothing left to claim or
// something stops it. What comes back unsent in one round is claimed in the next.
func (d *dispatch) campaign(ctx context.Context, c model.Campaign) (Tally, error) {
	calls := max(1, d.a.caps.Limits.CallsAtOnce)
	run := &campaignRun{
		d: d, c: c, misses: d.misses, calls: calls,
		claims: model.Claim{PerCall: max(1, d.sender.PerCall(c)), DailyCap: d.a.e.o.DailyCap,
			AskAgain: d.a.caps.Limits.AskAgain, Paced: !d.a.caps.Can(model.ActStretch)},
	}
	more, err := run.blacklistFirst(ctx)
	for more && err == nil && run.going(ctx) {
		more, err = run.round(ctx)
	}
	if err == nil {
		err = run.unready(ctx)
	}
	d.afterwards(ctx, run)
	return run.tally, err
}

// campaignRun is one pass over one campaign.
type campaignRun struct {
	d        *dispatch
	c        model.Campaign
	misses   int // before this run
	calls    int
	claims   model.Claim
	open     chan struct{} // one for each claim whose outcome is not judged: at most twice as many as calls at once
	results  chan result
	recorded chan []result
	dead     chan struct{} // closed when outcomes can no longer be recorded
	stop     atomic.Bool   // nothing more is claimed, and what was claimed is given back
	resting  atomic.Bool   // nothing more is claimed

	mu       sync.Mutex
	claimed  int   // in this round
	notReady error // why no call can begin
	failed   error // of a claim

	// Only the judging goroutine touches these.
	tally   Tally
	left    int // calls of this round that were not called back by the gate
	rest    time.Time
	lastErr error
}

// going reports whether more may be claimed.
func (r *campaignRun) going(ctx context.Context) bool {
	return !r.stop.Load() && !r.resting.Load() && ctx.Err() == nil
}

// round keeps the calls busy until there is nothing left to claim, and reports whether another
// round makes sense. When it returns without a fault, every claimed batch has an outcome.
func (r *campaignRun) round(ctx context.Context) (more bool, err error) {
	r.open = make(chan struct{}, 2*r.calls)
	r.results, r.recorded = make(chan result, 2*r.calls), make(chan []result, 2*r.calls)
	r.dead, r.claimed, r.left = make(chan struct{}), 0, 0
	workers, recorder := newLooseGroup(), newLooseGroup()
	for range r.calls {
		workers.start(model.Say("sending at %s", r.d.a.name), func() error { return r.work(ctx) })
	}
	recorder.start(model.Say("recording for %s", r.d.a.name), func() error { return r.record(ctx) })
	ended := make(chan error, 1)
	go func() {
		err := workers.Wait()
		close(r.results)
		ended <- err
	}()
	var failed error
	for group := range r.recorded {
		for _, res := range group {
			if err := r.judge(ctx, res); err != nil {
				failed = errors.Join(failed, err)
				r.stop.Store(true)
			}
			<-r.open
		}
	}
	failed = errors.Join(failed, r.failed)
	if fault := errors.Join(<-ended, recorder.Wait()); fault != nil {
		failed = errors.Join(&faultError{fault}, failed)
	}
	if r.claimed == 0 && r.notReady == nil && failed == nil && ctx.Err() == nil {
		delete(r.d.inARow, r.c.ID)
		delete(r.d.limited, r.c.ID)
	}
	return r.left > 0, failed
}

// work makes the calls of one worker: the permit first, then the claim, then at once the call.
func (r *campaignRun) work(ctx context.Context) error {
	for r.going(ctx) {
		select {
		case r.open <- struct{}{}:
		case <-r.dead:
			return nil
		case <-ctx.Done():
			return nil
		}
		permit, b, ok := r.claim(ctx)
		if !ok {
			<-r.open
			return nil
		}
		r.results <- r.call(ctx, permit, b)
	}
	return nil
}

// claim waits for a permit and claims one batch; ok is false where there is none of either.
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

// unready keeps why no call could begin: nobody was claimed for it.
func (r *campaignRun) unready(ctx context.Context) error {
	err := r.notReady
	if err == nil || ctx.Err() != nil {
		return nil //nolint:nilerr // the engine ends, which is not a reason of the vendor's
	}
	now := time.Now()
	r.lastErr = err
	if kind := model.KindOf(err); model.FateOf(err) == model.FateRefused &&
		(kind == model.KindDenied || kind == model.KindMoney) {
		return r.pause(ctx, model.Say("%s: %s", r.d.a.name, err))
	}
	r.tally.NotSent++
	o := outcomeOf(model.Batch{}, model.Outcome{}, err, now)
	if at := now.Add(max(retryAfterOf(err), restFor(r.misses))); at.After(r.rest) {
		r.rest = at
	}
	if err := r.d.a.e.o.Store.NotLeft(ctx, r.c.ID, err.Error(), o.NotBefore); err != nil {
		return model.Errorf("keep why %s waits: %w", r.c.ID, err)
	}
	return r.patience(ctx, result{outcome: o, err: err})
}

// judge counts an outcome and decides whether the campaign goes on.
func (r *campaignRun) judge(ctx context.Context, res result) error {
	if res.fault != nil {
		return &faultError{res.fault}
	}
	if res.outcome.State != model.BatchQueued {
		delete(r.d.limited, r.c.ID)
	}
	if res.outcome.State != model.BatchQueued || res.err != nil {
		r.left++
	}
	switch res.outcome.State {
	case model.BatchAccepted:
		r.tally.Accepted++
		r.d.inARow[r.c.ID], r.d.misses = 0, 0
		return nil
	case model.BatchQueued:
		if res.err == nil {
			return nil // it was given back because we stop, or because the gate let it not leave
		}
		r.tally.NotSent++
		r.lastErr = res.err
		if res.rest.After(r.rest) {
			r.rest = res.rest
			r.resting.Store(true)
		}
		if nobodyThere(res.err) && !r.stop.Load() {
			return r.pause(ctx, model.Say("%s: %s", r.d.a.name, res.outcome.Err))
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
		return r.pause(ctx, model.Say("%s: %s", r.d.a.name, res.outcome.Err))
	case r.d.inARow[r.c.ID] >= errorsInARow:
		delete(r.d.inARow, r.c.ID)
		return r.pause(ctx, model.Say("%s in a row: %s at %s", model.Counted(errorsInARow, "error", "errors"),
			res.outcome.Err, r.d.a.name))
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
	if retryAfterOf(res.err) >= longestAsked && !r.stop.Load() {
		delete(r.d.limited, r.c.ID)
		return r.pause(ctx, model.Say("%s asks to be left alone for an hour or longer; resume it later", r.d.a.name))
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
	return r.pause(ctx, model.Say("%s has asked for fewer requests for %s and taken none; resume it later",
		r.d.a.name, model.Counted(int(limitedFor/time.Minute), "minute", "minutes")))
}

func (r *campaignRun) pause(ctx context.Context, cause model.Text) error {
	r.stop.Store(true)
	r.tally.Paused++
	if err := r.d.a.e.o.Store.PauseCampaign(context.WithoutCancel(ctx), r.c.ID, cause, time.Now()); err != nil {
		return model.Errorf("pause %s: %w", r.c.ID, err)
	}
	return nil
}

// call sends one batch. Once begun, a send is finished and recorded even if the engine is asked to
// stop: an answer that is not waited for would be an unknown outcome.
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
	if errors.Is(err, errNotLet) {
		return result{batch: b, outcome: model.Outcome{
			Batch: b.ID, State: model.BatchQueued, People: got.People, At: now}}
	}
	outcome := outcomeOf(b, got, err, now)
	return result{batch: b, outcome: outcome, err: err, rest: restAfter(b, outcome, err, r.misses, now)}
}

// errNotLet is the cause of a request that the gate refused in the moment it was to be written.
var errNotLet = model.Errorf("it may not leave")

// gate asks the cache whether the call of a claimed batch may begin.
func (a *account) gate(id model.BatchID) Gate {
	return func(ctx context.Context) (func(), error) {
		done, why, err := a.e.o.Store.Begin(ctx, id, time.Now())
		switch {
		case err != nil:
			return nil, &model.Error{Kind: model.KindInternal, Fate: model.FateNotSent,
				Text: model.Say("the cache cannot tell whether it may leave"), Err: err}
		case !why.IsZero():
			return nil, &model.Error{Kind: model.KindConflict, Fate: model.FateNotSent, Text: why, Err: errNotLet}
		}
		return done, nil
	}
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
