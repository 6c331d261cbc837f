package sendpulse

import (
	"context"
	"slices"
	"time"

	"viberdeck/model"
	"viberdeck/vendors"
)

// Settle looks for the outcome of a batch whose answer was lost: previously unknown campaigns are
// compared by name, text and people. People count where the vendor shows any; exactly one match is
// conclusive. No match proves nothing, because the vendor may still be working on it. The batch's
// tag in the name proves that the campaign is its own; without a tag the time has to match as well.
func (a *Adapter) Settle(ctx context.Context, b model.Batch) (model.Outcome, error) {
	now := time.Now().UTC()
	listed, err := vendors.FindCandidates(a.Campaigns(ctx), b.Known,
		func(c model.Campaign) bool { return sameCampaign(b, c) })
	if err != nil {
		return model.Outcome{}, err
	}
	clock, candidates := listed.Clock, listed.Campaigns
	near, wide := clock.Made(b.ClaimedAt, now)
	sure := clock.Learned || a.account.TimeZone != ""
	if i := slices.IndexFunc(candidates, func(c model.Campaign) bool { return tagged(b, c) }); i >= 0 {
		candidates, sure = candidates[i:i+1], true
	} else if inTime := made(candidates, near); sure && (len(inTime) > 0 || clock.Learned) {
		candidates = inTime
	} else {
		candidates, sure = made(candidates, wide), false
	}
	exact, silent, err := a.compare(ctx, b, candidates[:min(len(candidates), vendors.MaxCandidates)])
	if err != nil {
		return model.Outcome{}, err
	}
	o := model.Outcome{Batch: b.ID, State: model.BatchUnknown, At: now}
	name := taskName(b)
	accept := func(id string, why model.Text) {
		o.State, o.VendorRef, o.VendorIDs = model.BatchAccepted, id, []string{id}
		o.Evidence = model.Say("campaign %s, new since the call, is called %q and %s", id, name, why)
	}
	switch {
	case len(exact) == 1 && sure:
		accept(exact[0], model.Say("has exactly the same %s", model.Counted(len(b.People), "phone", "phones")))
	case len(exact) == 0 && len(silent) == 1 && len(candidates) == 1 && sure:
		accept(silent[0], model.Say("is the only one; its people are not shown yet"))
	case len(exact) == 0 && len(silent) == 0:
		o.Evidence = model.Say("%s looked at, none of them new since the call, called %q and with these people",
			model.Counted(listed.Looked, "campaign", "campaigns"), name)
	default:
		o.Evidence = model.Say("campaigns %s, not known before the call, are called %q: look whether it is one of them",
			model.Listed(append(exact, silent...)), name)
	}
	return o, nil
}

// made returns the campaigns that were made in the span.
func made(listed []model.Campaign, in model.MadeBetween) (found []model.Campaign) {
	for _, c := range listed {
		if in.Holds(c.CreatedAt) {
			found = append(found, c)
		}
	}
	return found
}

// tagged reports whether a listed campaign has the name that only this batch can have.
func tagged(b model.Batch, c model.Campaign) bool {
	return b.Tag != "" && c.Name == model.SanitiseLine(taggedName(b))
}

// sameCampaign reports whether a listed, previously unknown campaign may be the batch's.
func sameCampaign(b model.Batch, c model.Campaign) bool {
	if c.Name != model.SanitiseLine(taskName(b)) && !tagged(b, c) {
		return false
	}
	if b.Campaign.List != "" && c.List != "" && c.List != b.Campaign.List {
		return false
	}
	ours, err := vendors.FillTemplate(b.Campaign.Message, nil)
	return err == nil && (c.Message.Text == "" || model.SanitiseLine(c.Message.Text) == model.SanitiseLine(ours.Text))
}

// compare reads the people of the candidates. Exact candidates have the batch's phones and no
// others; silent ones show no people yet, or went to an address book, whose people are unknown
// here.
func (a *Adapter) compare(ctx context.Context, b model.Batch, candidates []model.Campaign) (exact, silent []string,
	err error) {
	ours := make(map[model.Phone]bool, len(b.People))
	for _, r := range b.People {
		ours[r.Phone] = true
	}
	for _, c := range candidates {
		if b.Campaign.List != "" {
			silent = append(silent, c.VendorID)
			continue
		}
		theirs := map[model.Phone]bool{}
		same := true
		for people, err := range a.Recipients(ctx, c.VendorID) {
			if err != nil {
				return nil, nil, err
			}
			for _, r := range people {
				theirs[r.Phone] = true
				same = same && ours[r.Phone]
			}
		}
		switch {
		case len(theirs) == 0:
			silent = append(silent, c.VendorID)
		case same && len(theirs) == len(ours):
			exact = append(exact, c.VendorID)
		}
	}
	return exact, silent, nil
}
