package vendors

import (
	"context"
	"time"

	"viberdeck/model"
)

// blacklistFirst sends our blocks to the vendor before a campaign to a list stored there may leave,
// and reports whether the list may be claimed. The cache's gate checks the same again. A vendor
// that refuses our blacklist pauses the campaign.
func (r *campaignRun) blacklistFirst(ctx context.Context) (bool, error) {
	if r.c.List == "" || !r.d.a.caps.Can(model.ActBlacklistAdd) {
		return true, nil
	}
	store := r.d.a.e.o.Store
	owed, err := store.QueueMissingBlocks(ctx, r.c.ID)
	if err != nil || owed == 0 {
		return err == nil, err
	}
	_, pushErr := r.d.a.pushBlocks(ctx)
	if pushErr == nil {
		if owed, err = store.QueueMissingBlocks(ctx, r.c.ID); err != nil || owed == 0 {
			return err == nil, err
		}
	}
	if ctx.Err() != nil {
		return false, nil //nolint:nilerr // the engine ends, which is no failure of the vendor
	}
	why := model.Say("%s at the vendor before the list leaves",
		model.Counted(owed, "person of the blacklist has to be blocked", "people of the blacklist have to be blocked"))
	if kind := model.KindOf(pushErr); pushErr != nil {
		why = model.Say("%s: %s", why, pushErr)
		if model.FateOf(pushErr) == model.FateRefused && kind != model.KindLimited {
			return false, r.pause(ctx, why)
		}
	}
	r.tally.NotSent++
	r.lastErr = pushErr
	now := time.Now()
	r.rest = now.Add(max(retryAfterOf(pushErr), restFor(r.misses)))
	if err := store.RecordWait(ctx, r.c.ID, why.String(), r.rest, model.Text{}); err != nil {
		return false, model.Errorf("keep why %s waits: %w", r.c.ID, err)
	}
	if pushErr == nil {
		r.rest = time.Time{} // the vendor is fine: only this campaign waits
	}
	return false, nil
}
