package routee

import (
	"context"
	"errors"
	"slices"
	"time"

	"viberdeck/model"
	"viberdeck/vendors"
)

const (
	// repeatAfter is how long to wait for the first request to end before the same request is made
	// again.
	repeatAfter = 2 * time.Second
	// repeatFor is how long after its time a message may still be sent without asking a person.
	repeatFor = time.Hour
)

// Repeat makes the same request once more, under the same name and to the same people. Routee
// accepts each name only once, and the batch's tag makes its name unique. That makes the repetition
// harmless: if Routee had accepted the first request it answers 409 and writes to no one; if not,
// this is the send. Nothing else could reveal the outcome, because campaigns are known by the id
// that was lost.
//
// The batch stays unknown if the answer does not settle the first request (no answer, no money, no
// access), if the batch has no tag, or if it is too old to be sent without asking a person.
func (a *Adapter) Repeat(ctx context.Context, p *vendors.Permit, b model.Batch) (model.Outcome, error) {
	o := model.Outcome{Batch: b.ID, State: model.BatchUnknown, At: time.Now().UTC()}
	at := b.ClaimedAt
	if b.Campaign.SendAt.After(at) {
		at = b.Campaign.SendAt
	}
	heard := slices.IndexFunc(b.People, func(p model.Recipient) bool {
		return p.Status.Left() && p.Status != model.StatusUnknown && p.Status != model.StatusRejected
	})
	b.People = open(b.People)
	switch {
	case heard >= 0:
		o.State, o.Evidence = model.BatchAccepted, model.Say("Routee has reported on its people")
		return o, nil
	case b.Tag == "":
		o.Evidence = model.Say("its name at Routee, %q, may be that of another campaign: look on Routee's web platform",
			campaignName(b))
		return o, nil
	case o.At.Sub(b.ClaimedAt) < repeatAfter:
		o.Evidence = model.Say("the first request may still be under way")
		return o, nil
	case o.At.Sub(at) > repeatFor:
		o.Evidence = model.Say("it is too late to send it without asking: look on Routee's web platform for a "+
			"campaign %q", campaignName(b))
		return o, nil
	}
	got, err := a.send(ctx, p, b)
	if err == nil && got.State == model.BatchUnknown {
		return got, nil
	}
	if err == nil {
		evidence := model.Say("the first request had not been taken; the same request was made again and was taken")
		if !got.Evidence.IsZero() {
			evidence = model.Say("%s: %s", evidence, got.Evidence)
		}
		got.Evidence = evidence
		return got, nil
	}
	e, ok := errors.AsType[*model.Error](err)
	switch {
	case !ok:
		return model.Outcome{}, err
	case e.Code == codeNameTaken:
		return taken(b), nil
	case e.Fate == model.FateNotSent:
		return model.Outcome{}, err // asked again later
	case e.Fate == model.FateRefused && e.Code != "" && (e.Kind == model.KindInvalid || e.Kind == model.KindNotFound):
		o.State, o.Err = model.BatchRefused, model.TextOf(err)
		o.Evidence = model.Say("the same request was made again, and Routee refused it")
		return o, nil
	}
	o.People = got.People
	o.Evidence = model.Say("the same request was made again, without an answer that says what became of the first: %s",
		err)
	return o, nil
}

// open leaves out people about whom Routee has already reported, and those it refused individually.
func open(people []model.Recipient) []model.Recipient {
	var still []model.Recipient
	for _, p := range people {
		if p.Status == model.StatusUnknown || p.Status == model.StatusQueued {
			still = append(still, p)
		}
	}
	return still
}
