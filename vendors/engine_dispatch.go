package vendors

import (
	"cmp"
	"context"
	"errors"
	"time"

	"viberdeck/model"
)

// Sending a campaign takes three files: which campaigns of an account leave, and when (here); how
// one batch after another is claimed and called, with the two questions to the gate
// (engine_round.go); and what the answers mean for the campaign (engine_judge.go). engine_record.go
// records the outcomes.

// Tally counts batches by outcome.
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

// dispatch sends the due campaigns of one account. Only one goroutine uses it.
type dispatch struct {
	a      *account
	sender Dispatcher // nil if the vendor cannot send
	rest   time.Time  // the vendor is unreachable: no claim before this time
	misses int        // consecutive passes in which it was unreachable
	inARow map[model.CampaignID]int
	// limited holds, by campaign, since when the vendor has asked for fewer requests without
	// accepting any.
	limited map[model.CampaignID]time.Time
}

func newDispatch(a *account) *dispatch {
	sender, _ := a.adapter.(Dispatcher)
	return &dispatch{a: a, sender: sender, inARow: make(map[model.CampaignID]int),
		limited: make(map[model.CampaignID]time.Time)}
}

// faultError ends the engine: a panic, or outcomes that could not be recorded. Other errors of a
// pass are cache failures that may not recur in the next pass and leave no batch in a wrong state.
type faultError struct{ err error }

func (e *faultError) Error() string { return e.err.Error() }
func (e *faultError) Unwrap() error { return e.err }

func (a *account) dispatchLoop(ctx context.Context) error {
	d := newDispatch(a)
	for {
		_, err := d.pass(ctx)
		if _, fault := errors.AsType[*faultError](err); fault {
			return err
		}
		pause := 5 * time.Second
		if err == nil {
			pause = a.untilDue(ctx)
		} else if ctx.Err() == nil {
			a.warn("dispatch", err)
		}
		if err := a.queued.wait(ctx, pause); err != nil {
			return err
		}
	}
}

// untilDue is the time until something becomes due. What is already due and has not left is tried
// again soon, because the end of some obstacles is not reported.
func (a *account) untilDue(ctx context.Context) time.Duration {
	store, now, pause := a.e.o.Store, time.Now(), a.e.until(time.Time{})
	if at, ok, err := store.NextDue(ctx, now); err == nil && ok {
		pause = a.e.until(at)
	}
	if overdue, err := store.Overdue(ctx, now); err != nil || overdue {
		return min(cmp.Or(pause, a.e.o.pollEvery), a.e.o.pollEvery)
	}
	return cmp.Or(pause, a.e.o.pollEvery)
}

// pass sends everything that is due, campaign by campaign, oldest first.
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

// mustRest reports whether no more may be claimed now, because the engine is stopping or the vendor
// is unreachable.
func (d *dispatch) mustRest(ctx context.Context) bool {
	return ctx.Err() != nil || time.Now().Before(d.rest)
}

// cannotSend returns the reason why nothing can leave through the account, empty if it can.
func (d *dispatch) cannotSend() model.Text {
	switch {
	case d.a.adapter.Account().ReadOnly:
		return model.Say("%s is read-only in the configuration", d.a.name)
	case d.sender == nil:
		return model.Say("%s cannot send: %s", d.a.name, d.a.caps.Why(model.ActSend))
	}
	return model.Text{}
}

// campaign sends the batches of one campaign in rounds, until a round finds nothing left to claim
// or something stops it. Batches that come back unsent in one round are claimed in the next.
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

// afterwards remembers what the pass showed about the account.
func (d *dispatch) afterwards(ctx context.Context, r *campaignRun) {
	switch {
	case !r.rest.IsZero():
		d.rest = r.rest
		d.misses++
		d.a.saveHealth(ctx, r.lastErr, false)
	case r.tally.Accepted > 0:
		d.a.saveHealth(ctx, nil, false)
	case r.lastErr != nil:
		d.a.saveHealth(ctx, r.lastErr, false)
	}
}
