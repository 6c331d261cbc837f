package model

import (
	"context"
	"errors"
)

// SendPath is what a plan needs of the way to the account's vendor. Parts that are nil are left
// out.
type SendPath struct {
	// PerCall is how many people of the campaign leave in one call; nil: as many as the vendor's
	// limits say.
	PerCall func(c Campaign) int
	// Check says what the vendor would refuse although its data allows it.
	Check func(c Campaign) error
	// Prepare readies a send to a list at the vendor, at no cost, and tells its size; nil for a
	// plan that is only looked at.
	Prepare func(ctx context.Context, c Campaign) (Prepared, error)
	// Links asks the addresses of the message whether they work, in a few seconds.
	Links func(ctx context.Context, c Campaign) []LinkFinding
}

// Prepared is a send to a list at the vendor that waits for its confirmation.
type Prepared struct {
	VendorID string // "" where the vendor makes nothing before the send
	People   Figure
	Cost     Money // unknown where the vendor does not say
}

// Ready plans a campaign so that it can be submitted: it plans, lets the vendor's own rules judge
// the campaign as planned (only then a sender's name has become its id), and where it goes to a
// list readies that and plans again with its size. Errors are those of Plan.
func (p Planner) Ready(ctx context.Context, c Campaign, a Audience, caps Capabilities, road SendPath) (Plan, error) {
	plan, err := p.ready(ctx, c, a, caps, road)
	if road.Links != nil && (err == nil || KindOf(err) == KindConflict && plan.Overlap > 0) {
		plan.Links = road.Links(ctx, plan.Campaign)
	}
	return plan, err
}

func (p Planner) ready(ctx context.Context, c Campaign, a Audience, caps Capabilities, road SendPath) (Plan, error) {
	perCall := caps.Limits.PeoplePerCall
	if road.PerCall != nil {
		perCall = road.PerCall(c)
	}
	plan, err := p.Plan(ctx, c, a, caps, perCall)
	if road.Check != nil {
		refusal := road.Check(plan.Campaign)
		switch {
		case refusal == nil:
		case KindOf(err) == KindInvalid:
			return plan, errors.Join(err, refusal) // all that has to be fixed, at once
		case err == nil || KindOf(err) == KindConflict:
			return plan, refusal
		}
	}
	if err != nil || c.List == "" || road.Prepare == nil {
		return plan, err
	}
	made, err := road.Prepare(ctx, plan.Campaign)
	if err != nil {
		return plan, Errorf("list %s: %w", c.List, err)
	}
	c = plan.Campaign
	c.VendorID, a.List = made.VendorID, made.People
	plan, err = p.Plan(ctx, c, a, caps, 1)
	if made.Cost.Known {
		plan.Price.Expected, plan.Price.Maximum, plan.Price.Each = made.Cost, made.Cost, Money{}
		plan.Price.Basis = Say("what the vendor says of the prepared mailing")
	}
	return plan, err
}
