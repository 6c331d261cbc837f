package vendors

import (
	"context"
	"time"
)

// youngSend is how old a send is taken to be unresolved at most; later its ids are known, or are
// not to be had.
const youngSend = 10 * time.Minute

// unfollowed is a batch of which the vendor did not say what became of it.
type unfollowed struct {
	what string
	err  error
}

// followNew asks for the campaign ids of what was sent from here and has none yet, before campaigns
// are listed: otherwise the vendor's list would show a mailing of ours as somebody else's.
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
			if gone(err) || ctx.Err() != nil {
				return failed
			}
		}
	}
	return failed
}
