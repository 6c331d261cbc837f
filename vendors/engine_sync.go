package vendors

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"time"

	"viberdeck/model"
)

// firstAnswer is how long a pass of reading waits for the account's first answer before it gives up
// on the account: a little longer than one request may take.
const firstAnswer = 35 * time.Second

// SyncOptions say how much SyncOnce reads.
type SyncOptions struct {
	// All reads the figures and people of every campaign again, even of those that can no longer
	// change.
	All bool
	// Progress is called with what is being read, from one goroutine at a time. May be nil.
	Progress func(model.SyncProgress)
}

// SyncOnce reads everything of the named accounts (all, if none is named) once, with the accounts
// in parallel: campaigns, senders, blacklist, lists and balance, then figures and people of the
// campaigns that can still change, and the replies to all campaigns. It changes nothing at the
// vendors and needs no lock. It gives up on an account that does not answer, so that the whole ends
// within 40 seconds if no vendor answers. The error joins the errors of the accounts and names each
// account.
func (e *Engine) SyncOnce(ctx context.Context, accounts []string, o SyncOptions) ([]model.SyncResult, error) {
	chosen, err := e.choose(accounts)
	if err != nil {
		return nil, err
	}
	o.Progress = oneAtATime(o.Progress)
	report := make([]model.SyncResult, len(chosen))
	all := newLooseGroup()
	for i, a := range chosen {
		report[i] = model.SyncResult{Account: a.name}
		all.start(model.Say("reading %s", a.name), func() error {
			err := guard(model.Say("reading %s", a.name), func() (err error) {
				report[i], err = a.readAll(ctx, o)
				return err
			})
			report[i].Err = errors.Join(report[i].Err, err)
			return nil
		})
	}
	if err := all.Wait(); err != nil {
		return report, err
	}
	var errs []error
	for _, r := range report {
		if r.Err != nil {
			errs = append(errs, r.Err)
		}
	}
	return report, errors.Join(errs...)
}

func (e *Engine) choose(names []string) ([]*account, error) {
	if len(names) == 0 {
		return e.accounts, nil
	}
	var chosen []*account
	for _, name := range names {
		i := slices.IndexFunc(e.accounts, func(a *account) bool { return a.name == name })
		if i < 0 {
			known := make([]string, len(e.accounts))
			for i, a := range e.accounts {
				known[i] = a.name
			}
			return nil, model.Invalid("account", "there is no account %q; the configuration has: %s", name,
				strings.Join(known, ", "))
		}
		if !slices.Contains(chosen, e.accounts[i]) {
			chosen = append(chosen, e.accounts[i])
		}
	}
	return chosen, nil
}

// oneAtATime lets many goroutines report progress to a function that must not be called
// concurrently.
func oneAtATime(progress func(model.SyncProgress)) func(model.SyncProgress) {
	if progress == nil {
		return nil
	}
	var mu sync.Mutex
	return func(p model.SyncProgress) {
		mu.Lock()
		defer mu.Unlock()
		progress(p)
	}
}

// readAll makes one complete pass. The error is a fault of the program; failures of the vendor and
// the cache are in the report.
func (a *account) readAll(ctx context.Context, o SyncOptions) (model.SyncResult, error) {
	r := &reading{a: a, progress: o.Progress, report: model.SyncResult{Account: a.name}}
	began := time.Now()
	err := r.whileAnswered(ctx, func(ctx context.Context) error {
		return r.pass(ctx, r.steps(), time.Time{}, func(p model.Poll) bool { return o.All || !p.Stopped })
	})
	r.report.Err, r.report.Took = r.failure(), time.Since(began)
	r.finish(ctx, r.report.Err == nil && err == nil)
	return r.report, err
}

// whileAnswered runs f and cancels it if the account has not answered for too long.
func (r *reading) whileAnswered(ctx context.Context, f func(context.Context) error) error {
	patient, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	silent := &model.Error{
		Kind: model.KindOffline,
		Text: model.Say("%s does not answer: nothing came within %s; what is shown is from the cache", r.a.name,
			firstAnswer),
	}
	began := time.Now()
	timer := time.AfterFunc(firstAnswer, func() {
		if !r.a.answeredSince(began) {
			cancel(silent)
		}
	})
	defer timer.Stop()
	r.heard = func() { timer.Stop() }
	err := f(patient)
	if ctx.Err() == nil && errors.Is(context.Cause(patient), silent) {
		r.errs, r.more, r.gone, r.inARow = []error{silent}, 0, silent, 1
	}
	return err
}

// answeredSince reports whether the vendor has answered any request since then, even one that is
// only a step to something, such as a login.
func (a *account) answeredSince(at time.Time) bool {
	v, ok := a.adapter.(Answering)
	return ok && v.LastAnswer().After(at)
}

// pollEarly is how much earlier than due a campaign is asked about when another one is due: each
// pass wakes the whole program.
const pollEarly = 10 * time.Second

// pass reads the given lists, then the campaigns whose polls are due by the given time and those
// due soon after, newest first; the zero time means all. detailed says which are read in full, and
// not only for their replies.
func (r *reading) pass(ctx context.Context, steps []step, by time.Time, detailed func(model.Poll) bool) error {
	unfollowed := r.a.followNew(ctx)
	if !r.lists(ctx, steps) {
		return nil
	}
	r.notFollowed(unfollowed)
	_, statistics := r.a.adapter.(StatisticsReader)
	_, recipients := r.a.adapter.(RecipientReader)
	_, replies := r.a.adapter.(ReplyReader)
	if !statistics && !recipients && !replies {
		return nil
	}
	soon := by
	if !by.IsZero() {
		soon = by.Add(pollEarly)
	}
	polls, err := r.a.e.o.Store.Polls(ctx, r.a.name, soon)
	if err != nil {
		r.note("look for campaigns to ask about", err)
		return nil
	}
	if !by.IsZero() && !slices.ContainsFunc(polls, func(p model.Poll) bool { return !p.NextAt.After(by) }) {
		return nil
	}
	var chosen []model.Poll
	full := make(map[string]bool)
	for _, p := range polls {
		details := detailed(p) && (statistics || recipients)
		if details || replies {
			chosen = append(chosen, p)
			full[p.VendorID] = details
		}
	}
	return r.details(ctx, chosen, func(p model.Poll) bool { return full[p.VendorID] })
}

// readPause is the minimum time between two passes of reading.
const readPause = 5 * time.Second

// readLoop keeps the cache of one account fresh.
func (a *account) readLoop(ctx context.Context) error {
	due := make(map[string]time.Time) // when each list is to be read again
	misses := 0
	for {
		err := a.readDue(ctx, due)
		if _, fault := errors.AsType[*faultError](err); fault {
			return err
		}
		pause := readPause
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case err == nil:
			misses = 0
		case accountUnusable(err):
			pause = jitter(min(10*time.Second<<min(misses, 5), longestRest))
			misses++
		}
		if waitErr := model.Pause(ctx, pause); waitErr != nil {
			return waitErr
		}
		if err == nil {
			err = a.waitToRead(ctx, due)
		}
		if ctx.Err() != nil {
			return err
		}
	}
}

// waitToRead waits until a list or campaign is due to be read, but no longer than a loop may sleep.
// Most changes of campaigns, which may bring that forward, are those that this loop has just read.
func (a *account) waitToRead(ctx context.Context, due map[string]time.Time) error {
	for end := time.Now().Add(a.e.until(time.Time{})); ; {
		next := earlier(end, a.nextRead(ctx, due))
		if !next.After(time.Now()) {
			return nil
		}
		if err := a.sent.wait(ctx, a.e.until(next)); err != nil {
			return err
		}
	}
}

// nextRead returns when the next list or campaign is due to be read.
func (a *account) nextRead(ctx context.Context, due map[string]time.Time) time.Time {
	next, err := a.e.o.Store.NextPoll(ctx, a.name)
	if err != nil {
		return time.Now() // the pass reports the error
	}
	for _, at := range due {
		next = earlier(next, at)
	}
	return next
}

// readDue reads the lists and campaigns that are due, and updates the time of each list's next
// reading.
func (a *account) readDue(ctx context.Context, due map[string]time.Time) error {
	r := &reading{a: a}
	now := time.Now()
	var steps []step
	every := r.steps()
	for _, s := range every {
		if !now.Before(due[s.name]) {
			read := s.read
			s.read = func(ctx context.Context) error {
				err := read(ctx)
				if err == nil {
					due[s.name] = time.Now().Add(jitter(s.every))
				} else if !accountUnusable(err) {
					due[s.name] = time.Now().Add(jitter(time.Minute))
				}
				return err
			}
			steps = append(steps, s)
		}
	}
	err := r.whileAnswered(ctx, func(ctx context.Context) error {
		return r.pass(ctx, steps, now, func(p model.Poll) bool { return !p.Stopped })
	})
	if err != nil {
		return err
	}
	failed := r.failure()
	if failed != nil && ctx.Err() == nil {
		a.warn("read", failed)
	}
	r.finish(ctx, failed == nil && len(steps) > 0)
	if r.inARow > 0 {
		return r.gone
	}
	return failed
}
