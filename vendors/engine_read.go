package vendors

import (
	"context"
	"errors"
	"iter"
	"net/http"
	"slices"
	"sync"
	"time"

	"viberdeck/model"
)

const (
	// campaignsEvery and listsEvery are how often a running engine reads campaigns, and the lists
	// that seldom change.
	campaignsEvery = 5 * time.Minute
	listsEvery     = time.Hour
	// readAtOnce limits how many requests for details of one account may be under way.
	readAtOnce = 4
	// goneInARow is how many consecutive campaigns may get no answer before this pass gives up on
	// the account.
	goneInARow = 3
	// mostFailures is how many failures of one account are reported individually.
	mostFailures = 5
)

// reading is one pass of reading an account.
type reading struct {
	a        *account
	progress func(model.SyncProgress)

	mu     sync.Mutex
	report model.SyncResult
	errs   []error
	more   int    // failures beyond those in errs
	inARow int    // consecutive failures that mean the account is gone
	gone   error  // the last of these errors
	heard  func() // called when the account answers

	polls []model.Poll // of campaigns that were asked about, to be stored together
}

// step is one list of an account.
type step struct {
	name  string
	act   model.Action
	every time.Duration
	read  func(context.Context) error
}

// steps returns the lists that the vendor has, most wanted first.
func (r *reading) steps() []step {
	var all []step
	add := func(name string, act model.Action, every time.Duration, read func(context.Context) error) {
		all = append(all, step{name, act, every, read})
	}
	store, account := r.a.e.o.Store, r.a.name
	if v, ok := r.a.adapter.(CampaignLister); ok {
		add("campaigns", model.ActListCampaigns, campaignsEvery,
			func(ctx context.Context) error { return r.campaigns(ctx, v) })
	}
	if v, ok := r.a.adapter.(SenderLister); ok {
		add("senders", model.ActSenders, listsEvery, func(ctx context.Context) error {
			senders, err := v.Senders(ctx)
			if err != nil {
				return r.savePartial(ctx, model.VendorLists{Senders: senders}, err)
			}
			r.count(func(p *model.SyncResult) { p.Senders = len(senders) })
			return store.SaveSenders(ctx, account, senders, time.Now())
		})
	}
	if v, ok := r.a.adapter.(BlacklistReader); ok {
		add("blacklist", model.ActBlacklistRead, listsEvery,
			func(ctx context.Context) error { return r.blacklist(ctx, v) })
	}
	if v, ok := r.a.adapter.(ListReader); ok {
		add("lists", model.ActLists, listsEvery, func(ctx context.Context) error {
			lists, err := v.Lists(ctx)
			if err != nil {
				return r.savePartial(ctx, model.VendorLists{Lists: lists}, err)
			}
			return store.SaveLists(ctx, account, lists, time.Now())
		})
	}
	if v, ok := r.a.adapter.(BalanceReader); ok {
		add("balance", model.ActBalance, listsEvery, func(ctx context.Context) error {
			balances, err := v.Balance(ctx)
			if err != nil {
				return err
			}
			return store.SaveBalance(ctx, account, balances, time.Now())
		})
	}
	return all
}

// campaigns reads and stores the vendor's campaigns, a page at a time.
func (r *reading) campaigns(ctx context.Context, v CampaignLister) error {
	store, account := r.a.e.o.Store, r.a.name
	var ids []string
	err := eachPage(v.Campaigns(ctx), func(page []model.Campaign) error {
		r.note("", nil)
		r.count(func(p *model.SyncResult) { p.Campaigns += len(page) })
		for _, c := range page {
			ids = append(ids, c.VendorID)
		}
		return store.SaveCampaigns(ctx, account, page, time.Now())
	})
	if err != nil {
		return err
	}
	return store.CampaignsListed(ctx, account, ids)
}

// blacklist reads and stores the vendor's blacklist.
func (r *reading) blacklist(ctx context.Context, v BlacklistReader) error {
	var entries []model.BlacklistEntry
	err := eachPage(v.Blacklist(ctx), func(page []model.BlacklistEntry) error {
		r.note("", nil)
		entries = append(entries, page...)
		return nil
	})
	if err != nil {
		return r.savePartial(ctx, model.VendorLists{Blacklist: entries}, err)
	}
	r.count(func(p *model.SyncResult) { p.Blacklist = len(entries) })
	return r.a.e.o.Store.SaveBlacklist(ctx, r.a.name, entries, time.Now())
}

// savePartial stores what was read of a list before reading failed, and returns the error.
func (r *reading) savePartial(ctx context.Context, some model.VendorLists, err error) error {
	if ctx.Err() != nil {
		return err
	}
	if unsaved := r.a.e.o.Store.SavePartial(ctx, r.a.name, some, time.Now()); unsaved != nil {
		return errors.Join(err, unsaved)
	}
	return err
}

// eachPage passes on the pages of a list until one fails.
func eachPage[T any](pages iter.Seq2[[]T, error], save func([]T) error) error {
	for page, err := range pages {
		if err != nil {
			return err
		}
		if err := save(page); err != nil {
			return err
		}
	}
	return nil
}

// lists reads the given lists, starting with those that the vendor's document promises: only after
// one of them was answered can the refusal of another be ignored for the account's health. It
// reports whether the account is worth asking further, which is not so if the first request of the
// pass, or two in a row, found the vendor unreachable.
func (r *reading) lists(ctx context.Context, steps []step) (goOn bool) {
	promised := func(s step) int {
		if slices.Contains(r.a.caps.Undocumented, s.act) {
			return 1
		}
		return 0
	}
	slices.SortStableFunc(steps, func(a, b step) int { return promised(a) - promised(b) })
	for i, s := range steps {
		if ctx.Err() != nil {
			return false
		}
		r.showProgress(s.name, i, len(steps))
		err := s.read(ctx)
		if ctx.Err() == nil && (err == nil || model.IsNotWhole(err)) {
			r.a.markUnconfirmed(ctx, s.name, err)
		}
		if slices.Contains(r.a.caps.Undocumented, s.act) && methodMissing(err) &&
			(r.report.Answered > 0 || !accountUnusable(err)) &&
			ctx.Err() == nil {
			r.noteUndocumented(s.name, err)
			continue
		}
		if err == nil && !r.a.caps.Can(s.act) {
			continue // it comes from the configuration: the vendor has not answered
		}
		r.note(s.name, err)
		if err != nil && accountUnusable(err) && (r.report.Answered == 0 || r.inARow > 1) {
			return false
		}
	}
	return true
}

// note counts the result of one request.
func (r *reading) note(what string, err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	switch {
	case err == nil:
		r.report.Answered++
		r.inARow = 0
		if r.heard != nil {
			r.heard()
		}
		return
	case accountUnusable(err):
		r.inARow++
		r.gone = err
	default:
		r.inARow = 0
	}
	r.fail(what, err)
}

// fail records a failure. The caller holds the mutex.
func (r *reading) fail(what string, err error) {
	if len(r.errs) == mostFailures {
		r.more++
		return
	}
	r.errs = append(r.errs, model.Errorf("%s: %s: %w", r.a.name, what, err))
}

// notFollowed records our calls whose outcome the account did not report although it answers.
func (r *reading) notFollowed(all []unfollowed) {
	for _, f := range all {
		if allNotFound(f.err) {
			r.noteUnknownCampaign(f.what, f.err)
			continue
		}
		r.mu.Lock()
		r.fail(f.what, f.err)
		r.mu.Unlock()
	}
}

// failure joins the failures, nil if there are none. Each line names the account.
func (r *reading) failure() error {
	if r.more > 0 {
		return errors.Join(append(r.errs, model.Errorf("%s: another %s", r.a.name,
			model.Counted(r.more, "failure", "failures")))...)
	}
	return errors.Join(r.errs...)
}

// finish stores what the pass shows about the account's health: an account whose last request was
// answered is online, whatever else failed, even if none of its answers can be believed.
func (r *reading) finish(ctx context.Context, synced bool) {
	answered := r.report.Answered > 0 || slices.ContainsFunc(r.errs, model.IsNotWhole)
	switch e, ok := errors.AsType[*model.Error](r.gone); {
	case r.inARow == 0 && (answered || synced):
		r.a.saveHealth(ctx, nil, synced)
	case r.inARow > 0 && ok:
		r.a.saveHealth(ctx, e, false)
	}
}

// noteUndocumented records a failure of something that was never promised.
func (r *reading) noteUndocumented(what string, err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.report.Asides = append(r.report.Asides, model.Errorf("%s: %w", what, err))
}

// noteUnknownCampaign records a campaign that the vendor says it does not know.
func (r *reading) noteUnknownCampaign(what string, err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		err = joined.Unwrap()[0] // it says the same about its figures and its people
	}
	r.report.Missing = append(r.report.Missing, model.Errorf("%s: %w", what, err))
}

func (r *reading) givenUp() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.inARow >= goneInARow
}

func (r *reading) count(change func(*model.SyncResult)) {
	r.mu.Lock()
	defer r.mu.Unlock()
	change(&r.report)
}

func (r *reading) showProgress(what string, done, total int) {
	if r.progress != nil {
		r.progress(model.SyncProgress{Account: r.a.name, What: what, Done: done, Total: total})
	}
}

// methodMissing reports whether the vendor says that it does not have such a method, or not for
// this account.
func methodMissing(err error) bool {
	e, ok := errors.AsType[*model.Error](err)
	if !ok {
		return false
	}
	switch e.Status {
	case http.StatusForbidden, http.StatusNotFound, http.StatusMethodNotAllowed, http.StatusNotImplemented:
		return true
	}
	return e.Kind == model.KindNotFound
}

// allNotFound reports whether all of the joined errors say that the vendor does not know the
// requested object.
func allNotFound(err error) bool {
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		return !slices.ContainsFunc(joined.Unwrap(), func(e error) bool { return !allNotFound(e) })
	}
	return model.KindOf(err) == model.KindNotFound
}

func anyGone(errs []error) bool {
	for _, err := range errs {
		if accountUnusable(err) {
			return true
		}
	}
	return false
}
