package model

import (
	"context"
	"errors"
)

// SendPath is what a plan needs from the account's vendor. Parts that are nil are skipped.
type SendPath struct {
	// PerCall is how many people of the campaign leave in one call; nil: as many as the vendor's
	// limits allow.
	PerCall func(c Campaign) int
	// Check reports what the vendor would refuse although its data allows it.
	Check func(c Campaign) error
	// Prepare prepares a send to a list at the vendor, at no cost, and reports its size; nil for a
	// plan that is only viewed.
	Prepare func(ctx context.Context, c Campaign) (Prepared, error)
	// Links checks, within a few seconds, whether the addresses in the message work.
	Links func(ctx context.Context, c Campaign) []LinkFinding
}

// Prepared is a send to a list at the vendor that waits for confirmation.
type Prepared struct {
	VendorID string // "" if the vendor creates nothing before the send
	People   Figure
	Cost     Money // unknown if the vendor does not report it
}

// Ready plans a campaign so that it can be submitted. It plans, and lets the vendor's own rules
// check the campaign as planned, because only then has a sender's name become an id. If the
// campaign goes to a list, it prepares that and plans again with its size. Errors are those of
// Plan.
func (p Planner) Ready(ctx context.Context, c Campaign, a Audience, caps Capabilities, path SendPath) (Plan, error) {
	plan, err := p.ready(ctx, c, a, caps, path)
	if path.Links != nil && (err == nil || plan.Repeats(err)) {
		plan.Links = path.Links(ctx, plan.Campaign)
	}
	return plan, err
}

func (p Planner) ready(ctx context.Context, c Campaign, a Audience, caps Capabilities, path SendPath) (Plan, error) {
	perCall := caps.Limits.PeoplePerCall
	if path.PerCall != nil {
		perCall = path.PerCall(c)
	}
	plan, err := p.Plan(ctx, c, a, caps, perCall)
	if path.Check != nil {
		refusal := path.Check(plan.Campaign)
		switch {
		case refusal == nil:
		case KindOf(err) == KindInvalid:
			return plan, errors.Join(err, refusal) // everything that has to be fixed, at once
		case err == nil || KindOf(err) == KindConflict:
			return plan, refusal
		}
	}
	if err != nil || c.List == "" || path.Prepare == nil {
		return plan, err
	}
	made, err := path.Prepare(ctx, plan.Campaign)
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
