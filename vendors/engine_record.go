package vendors

import (
	"context"
	"errors"
	"math/rand/v2"
	"time"

	"github.com/cenkalti/backoff/v5"

	"viberdeck/model"
)

const (
	// recordFor is how long a stopping engine still tries to record outcomes when the cache fails.
	// Until it is asked to stop it tries indefinitely: the answers wait in memory.
	recordFor = time.Minute
	// recordedAtOnce is how many people's outcomes end a transaction, which keeps other slots from
	// claiming.
	recordedAtOnce = 200
	// longestRecordRest is the longest wait between two attempts.
	longestRecordRest = 5 * time.Second
	// recordRest is how long an outcome waits to be recorded, so that the free slot can claim
	// first, which is quicker.
	recordRest = 2 * time.Millisecond
	// firstRest and longestRest bound the wait before another attempt at a batch that certainly did
	// not leave.
	firstRest   = 2 * time.Second
	longestRest = 5 * time.Minute
)

// record judges outcomes and commits them as they arrive, each with the pause that follows from it:
// those that are waiting together share a transaction, and a single one is committed at once.
func (r *campaignRun) record(ctx context.Context) error {
	var faults []error
	for first := range r.results {
		_ = model.Pause(context.WithoutCancel(ctx), recordRest)
		group := r.group(first)
		outcomes := make([]model.Outcome, len(group))
		for i, res := range group {
			outcomes[i] = res.outcome
			outcomes[i].Pause = r.judge(res)
			if res.fault != nil {
				faults = append(faults, res.fault)
			}
		}
		if err := r.d.a.e.recordOutcomes(ctx, outcomes); err != nil {
			r.stop.Store(true)
			close(r.recordingFailed)
			for range r.results { // senders must not wait for a record that never comes
			}
			return errors.Join(append(faults, err)...)
		}
		for range group {
			<-r.unrecorded
		}
	}
	return errors.Join(faults...)
}

// group adds the results that are waiting to be recorded to the first one, limited to so few people
// that no other write waits long for it.
func (r *campaignRun) group(first result) []result {
	all, people := []result{first}, len(first.batch.People)
	for people < recordedAtOnce {
		select {
		case next, open := <-r.results:
			if !open {
				return all
			}
			all, people = append(all, next), people+len(next.batch.People)
		default:
			return all
		}
	}
	return all
}

// recordOutcomes commits outcomes. An outcome that is not recorded stays unknown forever. Recording
// is therefore retried as long as the engine runs, however long the cache is busy or its disk is
// full, and for another minute after it was asked to stop, unless the cache was removed.
func (e *Engine) recordOutcomes(ctx context.Context, outcomes []model.Outcome) error {
	kept := context.WithoutCancel(ctx)
	var asked time.Time // to stop
	rest := backoff.NewExponentialBackOff()
	rest.MaxInterval = longestRecordRest
	_, err := backoff.Retry(kept, func() (struct{}, error) {
		err := e.o.Store.RecordOutcomes(kept, outcomes)
		switch now := time.Now(); {
		case err == nil || ctx.Err() == nil:
		case model.KindOf(err) == model.KindNotFound: // the cache itself was removed
			err = backoff.Permanent(err)
		case asked.IsZero():
			asked = now
		case now.Sub(asked) > recordFor:
			err = backoff.Permanent(err)
		}
		return struct{}{}, err
	}, backoff.WithBackOff(rest), backoff.WithMaxElapsedTime(0), backoff.WithNotify(func(err error, _ time.Duration) {
		e.o.Logger.Warn("record outcomes", "error", err)
	}))
	if err != nil {
		return model.Errorf("record %s: %w", model.Counted(len(outcomes), "outcome", "outcomes"), err)
	}
	return nil
}

// recoverClaims looks for interrupted sends. It waits if the cache is busy or its disk is full: a
// temporary failure must not end the engine.
func (e *Engine) recoverClaims(ctx context.Context) (int, error) {
	for {
		n, err := e.o.Store.RecoverClaims(ctx, time.Now())
		if err == nil {
			return n, nil
		}
		if retryAfterOf(err) == 0 {
			return 0, model.Errorf("look for sends that were interrupted: %w", err)
		}
		e.o.Logger.Warn("look for sends that were interrupted", "error", err)
		if err := model.Pause(ctx, retryAfterOf(err)); err != nil {
			return 0, err
		}
	}
}

// outcomeOf decides the outcome of a batch. The batch may be sent again only after an error whose
// fate allows it; an adapter that returns an answer without a verdict leaves it unknown.
//
// Only a wait that the vendor asked for is stored with a returned batch. How long this process
// avoids an account that does not answer is its own affair (see restAfter): another process asked
// to do what is due tries at once.
func outcomeOf(b model.Batch, got model.Outcome, err error, now time.Time) model.Outcome {
	got.Batch = b.ID
	if got.At.IsZero() {
		got.At = now
	}
	if err == nil {
		if got.State != model.BatchAccepted && got.State != model.BatchRefused {
			got.State = model.BatchUnknown
		}
		return got
	}
	got.Err = model.TextOf(err)
	switch model.FateOf(err) {
	case model.FateNotSent:
		got.State = model.BatchQueued
		if after := retryAfterOf(err); after > 0 && model.KindOf(err) == model.KindLimited { // not the breaker's pause
			got.NotBefore = now.Add(after)
		}
	case model.FateRefused:
		got.State = model.BatchRefused
		switch {
		case accessRefused(err): // these people were not refused
			got.State, got.People = model.BatchQueued, nil
		case model.KindOf(err) == model.KindMoney:
			got.RefusedAs = model.StatusNoMoney // worth another attempt
		}
	default:
		got.State = model.BatchUnknown
	}
	return got
}

// accessRefused reports whether a refusal concerns the way to the vendor and nobody in the batch:
// the configured address leads to no such vendor, or the credentials were refused. Everyone in it
// waits until a person has corrected the configuration and resumes the campaign.
func accessRefused(err error) bool {
	e, ok := errors.AsType[*model.Error](err)
	return ok && e.Fate == model.FateRefused && (e.Kind == model.KindDenied || e.Field == "base_url")
}

// restAfter returns until when to avoid the account after a batch came back unsent; zero for any
// other outcome.
func restAfter(b model.Batch, o model.Outcome, err error, misses int, now time.Time) time.Time {
	if err == nil || o.State != model.BatchQueued {
		return time.Time{}
	}
	return now.Add(max(retryAfterOf(err), restFor(max(misses, b.Tries))))
}

// restFor returns the wait after the given number of misses: doubling from two seconds to five
// minutes, give or take a tenth.
func restFor(misses int) time.Duration {
	d := longestRest
	if misses < 10 {
		d = min(firstRest<<max(0, misses), longestRest)
	}
	return jitter(d)
}

// jitter returns d, give or take a tenth, so that accounts and processes do not move in step.
func jitter(d time.Duration) time.Duration {
	return d + time.Duration((rand.Float64()-0.5)/5*float64(d))
}

// retryAfterOf returns how long the vendor asked to wait; 0 if it did not say.
func retryAfterOf(err error) time.Duration {
	if e, ok := errors.AsType[*model.Error](err); ok {
		return e.RetryAfter
	}
	return 0
}
