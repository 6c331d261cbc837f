package vendors

import (
	"context"

	"viberdeck/model"
)

// Adapters of vendors that can look up one object by its id.
type (
	// SenderReader reads one sender.
	SenderReader interface {
		Sender(ctx context.Context, id string) (model.Sender, error)
	}
	// MessageReader reads the status of one message.
	MessageReader interface {
		Message(ctx context.Context, id string) (model.Recipient, error)
	}
	// ListLookup reads one list of people.
	ListLookup interface {
		List(ctx context.Context, id string) (model.List, error)
	}
	// CampaignLookup reads one campaign with its totals, as far as the vendor has them.
	CampaignLookup interface {
		Campaign(ctx context.Context, id string) (model.Campaign, error)
	}
)

// LookUp asks the vendor about one object now. Nothing is stored.
func LookUp(ctx context.Context, a Adapter, what model.Thing, id string) (got model.LookedUp, err error) {
	if v, ok := a.(SenderReader); ok && what == model.ThingSender {
		s, err := v.Sender(ctx, id)
		return model.LookedUp{Sender: &s}, err
	}
	if v, ok := a.(MessageReader); ok && what == model.ThingMessage {
		r, err := v.Message(ctx, id)
		return model.LookedUp{Person: &r}, err
	}
	if v, ok := a.(ListLookup); ok && what == model.ThingList {
		l, err := v.List(ctx, id)
		return model.LookedUp{List: &l}, err
	}
	if v, ok := a.(CampaignLookup); ok && what == model.ThingCampaign {
		c, err := v.Campaign(ctx, id)
		return model.LookedUp{Campaign: &c}, err
	}
	return got, model.Invalid("what", "%s has no method that reads one %s", a.Capabilities().Name, what)
}
