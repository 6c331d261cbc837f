package vendors

import (
	"context"
	"strings"
	"time"

	"viberdeck/model"
)

const (
	// errorsInARow is how many consecutive refused or unknown batches pause a campaign.
	errorsInARow = 12
	// limitedFor is how long a vendor may answer only "too many requests" before a campaign is
	// paused.
	limitedFor = 10 * time.Minute
)

// unready records why no call could begin; no batch was claimed for it.
func (r *campaignRun) unready(ctx context.Context) error {
	err := r.notReady
	if err == nil || ctx.Err() != nil {
		return nil //nolint:nilerr // the engine ends, which is not a reason of the vendor's
	}
	now := time.Now()
	r.lastErr = err
	if kind := model.KindOf(err); model.FateOf(err) == model.FateRefused &&
		(kind == model.KindDenied || kind == model.KindMoney) {
		return r.pause(ctx, ofAccount(r.d.a.name, model.TextOf(err)))
	}
	r.tally.NotSent++
	o := outcomeOf(model.Batch{}, model.Outcome{}, err, now)
	if at := now.Add(max(retryAfterOf(err), restFor(r.misses))); at.After(r.rest) {
		r.rest = at
	}
	cause := r.patience(result{outcome: o, err: err})
	if err := r.d.a.e.o.Store.RecordWait(ctx, r.c.ID, err.Error(), o.NotBefore, cause); err != nil {
		return model.Errorf("keep why %s waits: %w", r.c.ID, err)
	}
	return nil
}

// judge counts an outcome and decides whether the campaign continues; if it does not, cause says
// why.
func (r *campaignRun) judge(res result) (cause model.Text) {
	if res.fault != nil {
		r.stop.Store(true)
		return model.Text{}
	}
	if res.outcome.State != model.BatchQueued {
		delete(r.d.limited, r.c.ID)
	}
	if res.outcome.State != model.BatchQueued || res.err != nil {
		r.callsMade++
	}
	switch res.outcome.State {
	case model.BatchAccepted:
		r.tally.Accepted++
		r.d.inARow[r.c.ID], r.d.misses = 0, 0
		return model.Text{}
	case model.BatchQueued:
		if res.err == nil {
			return model.Text{} // it was given back because we are stopping, or because the gate refused it
		}
		r.tally.NotSent++
		r.lastErr = res.err
		if res.rest.After(r.rest) {
			r.rest = res.rest
			r.resting.Store(true)
		}
		if accessRefused(res.err) && !r.stop.Load() {
			return r.end(ofAccount(r.d.a.name, res.outcome.Err))
		}
		return r.patience(res)
	case model.BatchRefused:
		r.tally.Refused++
	default:
		r.tally.Unknown++
	}
	r.d.inARow[r.c.ID]++
	r.lastErr = res.err
	switch {
	case r.stop.Load():
	case res.outcome.State == model.BatchRefused && model.KindOf(res.err) == model.KindMoney:
		return r.end(ofAccount(r.d.a.name, res.outcome.Err))
	case r.d.inARow[r.c.ID] >= errorsInARow:
		delete(r.d.inARow, r.c.ID)
		return r.end(model.Say("%s in a row: %s at %s", model.Counted(errorsInARow, "error", "errors"),
			res.outcome.Err, r.d.a.name))
	}
	return model.Text{}
}

// patience ends the run when the vendor has asked for fewer requests for too long without accepting
// any: the pause lets a person learn of it.
func (r *campaignRun) patience(res result) (cause model.Text) {
	if model.KindOf(res.err) != model.KindLimited {
		delete(r.d.limited, r.c.ID)
		return model.Text{}
	}
	if retryAfterOf(res.err) >= longestAsked && !r.stop.Load() {
		delete(r.d.limited, r.c.ID)
		return r.end(model.Say("%s asks for no requests for an hour or longer; resume it later", r.d.a.name))
	}
	since, ok := r.d.limited[r.c.ID]
	if !ok {
		r.d.limited[r.c.ID] = res.outcome.At
		return model.Text{}
	}
	if r.stop.Load() || res.outcome.At.Sub(since) < limitedFor {
		return model.Text{}
	}
	delete(r.d.limited, r.c.ID)
	return r.end(model.Say("%s has asked for fewer requests for %s and taken none; resume it later",
		r.d.a.name, model.Counted(int(limitedFor/time.Minute), "minute", "minutes")))
}

// end stops further claims in this run and pauses the campaign for the given cause.
func (r *campaignRun) end(cause model.Text) model.Text {
	r.stop.Store(true)
	r.tally.Paused++
	return cause
}

// pause pauses the campaign when there is no outcome with which to record the pause.
func (r *campaignRun) pause(ctx context.Context, cause model.Text) error {
	if err := r.d.a.e.o.Store.PauseCampaign(context.WithoutCancel(ctx), r.c.ID, r.end(cause), time.Now()); err != nil {
		return model.Errorf("pause %s: %w", r.c.ID, err)
	}
	return nil
}

// ofAccount says what is wrong with an account, beginning with the account's name.
func ofAccount(name string, text model.Text) model.Text {
	if strings.HasPrefix(text.String(), name+" ") {
		return text
	}
	return model.Say("%s: %s", name, text)
}
