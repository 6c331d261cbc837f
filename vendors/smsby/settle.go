package smsby

import (
	"cmp"
	"context"
	"slices"
	"time"

	"viberdeck/model"
	"viberdeck/vendors"
)

// Settle looks for the outcome of a batch whose answer was lost. The state of a mailing to a list
// shows it. For a bulk or single message, the previously unknown mailings are compared by time,
// kind, text and people. Exactly one match is conclusive. No match proves nothing, because the
// vendor may still be working on it; nor does a match in everything but the time, which depends on
// the time zone of the account.
func (a *Adapter) Settle(ctx context.Context, b model.Batch) (model.Outcome, error) {
	if b.Campaign.List != "" {
		return a.settleList(ctx, b)
	}
	if b.VendorRef != "" {
		return a.settleRef(ctx, b)
	}
	return a.settleByPeople(ctx, b)
}

// settleByPeople compares a batch with the mailings that were not known before it.
func (a *Adapter) settleByPeople(ctx context.Context, b model.Batch) (model.Outcome, error) {
	now := time.Now().UTC()
	listed, err := vendors.FindCandidates(a.Campaigns(ctx), b.Known,
		func(m model.Campaign) bool { return sameMailing(b.Campaign, m) })
	if err != nil {
		return model.Outcome{}, err
	}
	near, wide := listed.Clock.Made(b.ClaimedAt, now)
	var candidates, others []model.Campaign
	for _, m := range listed.Campaigns {
		switch {
		case near.Holds(m.CreatedAt):
			candidates = append(candidates, m)
		case wide.Holds(m.CreatedAt) && !listed.Clock.Learned:
			others = append(others, m)
		}
	}
	found, err := a.samePeople(ctx, b, candidates)
	if err != nil {
		return model.Outcome{}, err
	}
	var doubtful []string
	if len(found) == 0 {
		if doubtful, err = a.samePeople(ctx, b, others); err != nil {
			return model.Outcome{}, err
		}
	}
	since := wide.From
	if listed.Clock.Learned {
		since = near.From
	}
	seen := mailings{looked: listed.Looked, candidates: candidates, found: found, doubtful: doubtful, from: near.From,
		since: since}
	return a.judge(b, seen, now), nil
}

// mailings are those of the vendor that were compared with a batch.
type mailings struct {
	looked     int
	candidates []model.Campaign // of its time, with its message
	found      []string         // of these, those to exactly its people
	doubtful   []string         // those that are of another time, but alike in everything else
	from       time.Time        // when the time of the candidates begins, by the vendor's clock
	since      time.Time        // when the time begins in which any could be the batch's
}

// judge says what the mailings prove about a batch whose answer was lost.
func (a *Adapter) judge(b model.Batch, seen mailings, now time.Time) model.Outcome {
	o := model.Outcome{Batch: b.ID, State: model.BatchUnknown, At: now}
	looked, candidates, found, doubtful := seen.looked, seen.candidates, seen.found, seen.doubtful
	also, phones := rivals(b, found, candidates), model.Counted(len(phoneSet(b.People)), "phone", "phones")
	made := model.Moment{At: seen.from.In(a.zone), Layout: "15:04"}
	since := model.Moment{At: seen.since.In(a.zone), Layout: "2 Jan 15:04"}
	switch {
	case len(found) == 1 && len(also) > 0:
		o.Evidence = model.Say("mailing %s, made after %s, has this message and the same %s; it may be that of %s as "+
			"well: look which one it was", found[0], made, phones, model.Listed(also))
	case len(found) == 1:
		o.State, o.VendorRef, o.VendorIDs = model.BatchAccepted, found[0], found
		o.Evidence = model.Say("mailing %s, made after %s by the vendor's clock, has this message and exactly the "+
			"same %s",
			found[0], made, phones)
	case len(found) > 1:
		o.Evidence = model.Say("mailings %s, made after %s, all have this message and the same %s: look which one it "+
			"was", model.Listed(found), made, phones)
	case len(doubtful) > 0:
		o.Evidence = model.Say("mailings %s have this message and the same %s, but not the time of the call: the time "+
			"zone of the account may be wrong; look whether it is one of them", model.Listed(doubtful), phones)
	case len(candidates) > vendors.MaxCandidates:
		o.Evidence = model.Say("%s looked at, made after %s with this message: %d; the people of the first %d are "+
			"others", model.Counted(looked, "mailing", "mailings"), made, len(candidates), vendors.MaxCandidates)
	default:
		o.Evidence = model.Say("%s looked at, none of them new, made after %s by the vendor's clock and with this "+
			"message and the same %s", model.Counted(looked, "mailing", "mailings"), since, phones)
	}
	return o
}

// rivals names our other campaigns to which the found mailings may belong as well.
func rivals(b model.Batch, found []string, candidates []model.Campaign) []string {
	var names []string
	for _, r := range b.Known.Rivals {
		if slices.ContainsFunc(candidates, func(m model.Campaign) bool {
			return slices.Contains(found, m.VendorID) && sameMailing(r.Campaign, m)
		}) {
			names = append(names, cmp.Or(r.Campaign.Name, r.Campaign.ID.String()))
		}
	}
	return names
}

// samePeople returns those of the first candidates that went to exactly the batch's people.
func (a *Adapter) samePeople(ctx context.Context, b model.Batch, candidates []model.Campaign) (found []string,
	err error) {
	phones := phoneSet(b.People)
	for _, m := range candidates[:min(len(candidates), vendors.MaxCandidates)] {
		people, err := a.deliveries(ctx, m.VendorID)
		if err != nil {
			return nil, err
		}
		if samePhones(phones, people) {
			found = append(found, m.VendorID)
		}
	}
	return found, nil
}

// sameMailing reports whether a listed mailing may be the campaign's: it has the same layout, and
// the same text and button if it shows any. The text of a personal mailing differs for each person
// and is not compared.
func sameMailing(c model.Campaign, m model.Campaign) bool {
	kind, _ := c.Message.Kind()
	if m.CreatedAt.IsZero() || wireKind(kind) != wireKind(m.KindWord) {
		return false
	}
	if c.Personal() {
		return true
	}
	ours, err := vendors.FillTemplate(c.Message, nil)
	if err != nil {
		return false
	}
	differs := func(listed, sent string) bool {
		return listed != "" && model.SanitiseLine(listed) != model.SanitiseLine(sent)
	}
	return !differs(m.Message.Text, ours.Text) && !differs(m.Message.Button.Caption, ours.Button.Caption) &&
		!differs(m.Message.Button.URL, ours.Button.URL)
}

// wireKind is the vendor's own, coarser classification: a button with or without an image or a text
// is one kind, and so is an image with or without a text.
func wireKind(k model.MessageKind) model.MessageKind {
	switch k {
	case model.KindTextButton, model.KindButton, model.KindImageButton:
		return model.KindTextImageButton
	case model.KindTextImage:
		return model.KindImage
	}
	return k
}

func phoneSet(people []model.Recipient) map[model.Phone]bool {
	set := make(map[model.Phone]bool, len(people))
	for _, r := range people {
		set[r.Phone] = true
	}
	return set
}

func samePhones(ours map[model.Phone]bool, theirs []model.Recipient) bool {
	set := phoneSet(theirs)
	if len(set) != len(ours) {
		return false
	}
	for p := range set {
		if !ours[p] {
			return false
		}
	}
	return true
}

// settleList checks the state of the mailing to be confirmed. One that is still waiting is not
// conclusive, because the vendor may yet act on the lost request. The evidence says that it may be
// sent again, and Send checks once more before it confirms.
func (a *Adapter) settleList(ctx context.Context, b model.Batch) (model.Outcome, error) {
	o := model.Outcome{Batch: b.ID, State: model.BatchUnknown, At: time.Now().UTC()}
	id := b.Campaign.VendorID
	if id == "" {
		o.State, o.Err, o.Evidence = model.BatchRefused, model.Say("the mailing to the list was never made"), model.Say(
			"the campaign has no mailing at sms.by")
		return o, nil
	}
	m, err := a.Mailing(ctx, id)
	if err != nil {
		return model.Outcome{}, err
	}
	word := key(vendors.String(m.VendorState))
	o.Evidence = model.Say("mailing %s is %q", id, m.VendorState)
	switch {
	case confirmedWords[word]:
		o.State, o.VendorRef = model.BatchAccepted, id
	case unconfirmedWords[word]:
		o.Evidence = model.Say("mailing %s is %q: it was not confirmed and cost nothing; it can be sent again", id,
			m.VendorState)
	}
	return o, nil
}
