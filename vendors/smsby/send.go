package smsby

import (
	"context"

	"viberdeck/model"
	"viberdeck/vendors"
)

// PerCall is how many people of the campaign one call may contain: an answer and a message with SMS
// fallback are sent individually, a list is one call.
func (a *Adapter) PerCall(c model.Campaign) int {
	if alone(c) || c.List != "" {
		return 1
	}
	return perCall
}

// Ready waits until one call can begin at once.
func (a *Adapter) Ready(ctx context.Context) (*vendors.Permit, error) { return a.client.Ready(ctx) }

// Send sends a batch: as a bulk mailing, as a single message, or by confirming the mailing to
// a list.
func (a *Adapter) Send(ctx context.Context, p *vendors.Permit, b model.Batch) (model.Outcome, error) {
	if err := a.Check(b.Campaign); err != nil {
		return model.Outcome{}, err
	}
	switch {
	case b.Campaign.List != "":
		return a.sendList(ctx, p, b)
	case alone(b.Campaign):
		return a.sendQuick(ctx, p, b)
	}
	return a.sendBulk(ctx, p, b)
}
