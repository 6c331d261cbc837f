package vendors

import (
	"context"
	"time"
)

// youngSend is the longest time for which a send counts as unresolved; after that its ids are
// known, or never will be.
const youngSend = 10 * time.Minute

// unfollowed is a batch whose outcome the vendor did not report.
type unfollowed struct {
	what string
	err  error
}

// followNew asks for the missing campaign ids of our own sends before campaigns are listed.
// Otherwise the vendor's list would show our mailing as someone else's.
func (a *account) followNew(ctx context.Context) (failed []unfollowed) {
	tracker, ok := a.adapter.(Tracker)
	if !ok {
		return nil
	}
	if _, lists := a.adapter.(CampaignLister); !lists {
		return nil
	}
	batches, err := a.e.o.Store.TrackedRefs(ctx, a.name, time.Now())
	if err != nil {
		a.warn("look for what to follow", err)
		return nil
	}
	for _, b := range batches {
		if b.Campaign.VendorID != b.VendorRef && time.Since(b.ClaimedAt) > youngSend {
			continue
		}
		if err := a.follow(ctx, tracker, b); err != nil {
			a.warn("follow "+b.ID.String(), err)
			failed = append(failed, unfollowed{"campaign " + b.VendorRef, err})
			if accountUnusable(err) || ctx.Err() != nil {
				return failed
			}
		}
	}
	return failed
}
