package sendpulse

import (
	"context"
	"time"

	"viberdeck/model"
	"viberdeck/vendors"
)

const (
	// clockSlack is how far the vendor's clock may be behind ours.
	clockSlack = 2 * time.Minute
	// zoneSlack is added where the zone of the vendor's times is not known: the widest distance
	// between two zones.
	zoneSlack = 26 * time.Hour
	// maxCandidates bounds how many campaigns' people are read for one batch.
	maxCandidates = 20
)

// Settle looks for what became of a batch whose answer was lost: the campaigns are compared by
// name, time, text and people. The people count where the vendor shows any; exactly one campaign
// that fits is conclusive. None proves nothing, because the vendor may still be working on it.
func (a *Adapter) Settle(ctx context.Context, b model.Batch) (model.Outcome, error) {
	since := b.ClaimedAt.Add(-clockSlack)
	if a.account.TimeZone == "" {
		since = since.Add(-zoneSlack)
	}
	looked, candidates := 0, []model.Campaign(nil)
	for page, err := range a.Campaigns(ctx) {
		if err != nil {
			return model.Outcome{}, err
		}
		looked += len(page)
		for _, c := range page {
			if sameCampaign(b, c, since) {
				candidates = append(candidates, c)
			}
		}
	}
	exact, silent, err := a.compare(ctx, b, candidates[:min(len(candidates), maxCandidates)])
	if err != nil {
		return model.Outcome{}, err
	}
	o := model.Outcome{Batch: b.ID, State: model.BatchUnknown, At: time.Now().UTC()}
	made, name := model.Moment{At: since.In(a.zone), Layout: "2 Jan 15:04"}, taskName(b)
	accept := func(id string, why model.Text) {
		o.State, o.VendorRef, o.VendorIDs = model.BatchAccepted, id, []string{id}
		o.Evidence = model.Say("campaign %s, made after %s, is called %q and %s", id, made, name, why)
	}
	switch {
	case len(exact) == 1:
		accept(exact[0], model.Say("has exactly the same %s", model.Counted(len(b.People), "phone", "phones")))
	case len(exact) == 0 && len(silent) == 1 && a.account.TimeZone != "" && len(candidates) == 1:
		accept(silent[0], model.Say("is the only one; its people are not shown yet"))
	case len(exact) == 0 && len(silent) == 0:
		o.Evidence = model.Say("%s looked at, none made after %s is called %q and has these people",
			model.Counted(looked, "campaign", "campaigns"), made, name)
	default:
		o.Evidence = model.Say("campaigns %s, made after %s, are called %q: look which one it was",
			model.Listed(append(exact, silent...)), made, name)
	}
	return o, nil
}

// sameCampaign reports whether a listed campaign may be the batch's.
func sameCampaign(b model.Batch, c model.Campaign, since time.Time) bool {
	if c.Name != model.SanitiseLine(taskName(b)) || c.CreatedAt.IsZero() || c.CreatedAt.Before(since) {
		return false
	}
	if b.Campaign.List != "" && c.List != "" && c.List != b.Campaign.List {
		return false
	}
	ours, err := vendors.Finished(b.Campaign.Message, nil)
	return err == nil && (c.Message.Text == "" || model.SanitiseLine(c.Message.Text) == model.SanitiseLine(ours.Text))
}

// compare reads the people of the candidates. Exact ones have the batch's phones and nobody else;
// silent ones show nobody yet, or went to an address book, whose people are not ours to know.
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
