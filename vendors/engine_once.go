package vendors

import (
	"context"
	"errors"
	"sync"
	"time"

	"viberdeck/model"
)

// Report is what Once did, over all accounts.
type Report struct {
	Recovered int // claims without an outcome that are now unknown
	Settled   int // unknown batches whose outcome was found
	Sent      Tally
	Marks     int // replies marked as read at vendors
	Blocks    int // blacklist changes sent to vendors
	Read      []model.SyncResult
}

// Attributes returns what was done, if anything, as attributes of a line of the log.
func (r Report) Attributes() (all []any) {
	for _, done := range []struct {
		what   string
		number int
	}{
		{"claims without an outcome", r.Recovered}, {"outcomes found", r.Settled}, {"accepted", r.Sent.Accepted},
		{"refused", r.Sent.Refused}, {"unknown", r.Sent.Unknown}, {"to try again", r.Sent.NotSent},
		{"campaigns paused", r.Sent.Paused}, {"replies marked read", r.Marks}, {"blocks sent", r.Blocks},
	} {
		if done.number > 0 {
			all = append(all, done.what, done.number)
		}
	}
	return all
}

// Once does everything that is due and ends: it settles unknown outcomes where the vendor can
// report them, claims and sends, passes read marks and blocks on to vendors, and reads everything
// once, with the accounts in parallel. It asks twice about outcomes that may be too young to appear
// in the vendor's lists, which takes at most 3 seconds. The error joins the errors of the accounts
// and names each account.
func (e *Engine) Once(ctx context.Context) (Report, error) {
	var report Report
	if !e.running.CompareAndSwap(false, true) {
		return report, errRunning
	}
	defer e.running.Store(false)
	var err error
	if report.Recovered, err = e.recoverClaims(ctx); err != nil {
		return report, err
	}
	report.Read = make([]model.SyncResult, len(e.accounts))
	var mu sync.Mutex
	var errs []error
	all := newLooseGroup()
	for i, a := range e.accounts {
		all.start(model.Say("the work at %s", a.name), func() error {
			var own Report
			err := guard(model.Say("the work at %s", a.name), func() error { return a.once(ctx, &own) })
			mu.Lock()
			defer mu.Unlock()
			report.Settled += own.Settled
			report.Sent.add(own.Sent)
			report.Marks += own.Marks
			report.Blocks += own.Blocks
			report.Read[i] = model.SyncResult{Account: a.name}
			if len(own.Read) > 0 {
				report.Read[i] = own.Read[0]
			}
			if err != nil {
				errs = append(errs, err)
			}
			return nil
		})
	}
	err = errors.Join(all.Wait(), ctx.Err())
	if err == nil {
		err = e.tidy(ctx)
	}
	return report, errors.Join(append(errs, err)...)
}

// once does everything that is due at one account. A failure of one part does not stop the others.
func (a *account) once(ctx context.Context, report *Report) error {
	var errs []error
	note := func(what string, err error) {
		if err != nil && ctx.Err() == nil {
			errs = append(errs, model.Errorf("%s: %s: %w", a.name, what, err))
		}
	}
	u := newUpkeep(a)
	settled, err := u.settle(ctx, 0)
	report.Settled += settled
	note("settle unknown outcomes", err)
	report.Sent, err = newDispatch(a).pass(ctx)
	note("send", err)
	if !a.readOnly() {
		report.Marks, report.Blocks, err = u.push(ctx)
		note("notify the vendor", err)
	}
	note("follow what was sent", u.track(ctx))
	read, err := a.readAll(ctx, SyncOptions{})
	report.Read = []model.SyncResult{read}
	note("read", err)
	if read.Err != nil && ctx.Err() == nil {
		errs = append(errs, read.Err)
	}
	settled, err = a.settleYoung(ctx, u)
	report.Settled += settled
	note("settle unknown outcomes", err)
	return errors.Join(errs...)
}

// settleYoung asks a second time about sends that were too young to appear in the vendor's lists
// the first time.
func (a *account) settleYoung(ctx context.Context, u *upkeep) (int, error) {
	if !a.settles() {
		return 0, nil
	}
	batches, err := a.e.o.Store.UnknownBatches(ctx, a.name)
	if err != nil {
		return 0, model.Errorf("look for unknown batches: %w", err)
	}
	var latest time.Time
	for _, b := range batches {
		at := b.ClaimedAt.Add(settleOnce)
		if asked, ok := u.askedAt[b.ID]; (!ok || asked.Before(at)) && at.After(latest) {
			latest = at
		}
	}
	if latest.IsZero() {
		return 0, nil
	}
	if err := model.Pause(ctx, min(max(0, time.Until(latest)), settleOnce)); err != nil {
		return 0, err
	}
	clear(u.settleAt)
	return u.settle(ctx, settleOnce)
}
