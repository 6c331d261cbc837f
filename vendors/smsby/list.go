package smsby

import (
	"context"
	"net/url"
	"time"

	"viberdeck/model"
	"viberdeck/vendors"
)

// listMailing is a mailing to a subscriber list. It costs nothing until it is confirmed.
type listMailing struct {
	Name    string // "": the vendor generates one
	Sender  string // number of the Viber name
	List    string // number of the subscriber list
	Message model.Message
	Image   *Image    // uploaded instead of using Message.ImageURL; nil: none
	SendAt  time.Time // zero: as soon as it is confirmed
}

type listAnswer struct {
	MessageID vendors.String `json:"message_id"`
	Count     vendors.Int    `json:"count_subscribers"`
}

// createListMailing creates a mailing with v2 sendViberMessageList and returns its id and its
// number of people. Nothing is sent or paid before it is confirmed.
func (a *Adapter) createListMailing(ctx context.Context, l listMailing) (id string, people model.Figure, err error) {
	fields := messageFields(l.Message, l.Image != nil)
	fields.Set("vibername_id", l.Sender)
	fields.Set("list_id", l.List)
	if l.Name != "" {
		fields.Set("name", l.Name)
	}
	if !l.SendAt.IsZero() {
		// The format has only minutes: better a little late than early.
		at := l.SendAt.Add(time.Minute - time.Nanosecond).Truncate(time.Minute)
		fields.Set("d_schedule", at.In(a.zone).Format("2006-01-02 15:04"))
	}
	r, err := a.form("/api/v2/sendViberMessageList", inBody, fields, l.Image)
	if err != nil {
		return "", model.Figure{}, err
	}
	var answer reply[listAnswer]
	if err := a.send(ctx, r, &answer); err != nil {
		return "", model.Figure{}, err
	}
	if id = answer.Result.MessageID.Line(); id == "" {
		return "", model.Figure{}, vendors.Unreadable(a.account.Name,
			model.Errorf("there is no message_id in the answer"))
	}
	return id, answer.Result.Count.Figure(), nil
}

// PrepareList creates the mailing of a campaign to a subscriber list. It is free; Send confirms it.
// The price is requested too; if the mailing does not report one yet, it is unknown.
func (a *Adapter) PrepareList(ctx context.Context, c model.Campaign) (model.Prepared, error) {
	if err := a.Check(c); err != nil {
		return model.Prepared{}, err
	}
	m, err := vendors.FillTemplate(c.Message, nil)
	if err != nil {
		return model.Prepared{}, err
	}
	picture, err := readImage(m.ImageFile)
	if err != nil {
		return model.Prepared{}, err
	}
	l := listMailing{Name: c.Name, Sender: c.Sender, List: c.List, Message: m, Image: picture}
	if c.SendAt.After(time.Now()) {
		l.SendAt = c.SendAt
	}
	id, people, err := a.createListMailing(ctx, l)
	if err != nil {
		return model.Prepared{}, err
	}
	made := model.Prepared{VendorID: id, People: people}
	if m, err := a.Mailing(ctx, id); err == nil {
		made.Cost = m.Cost.AsReported()
	}
	return made, nil
}

// Confirm confirms a mailing with v2 confirmViberMessage, for which money is debited. The call is
// made once.
func (a *Adapter) Confirm(ctx context.Context, id string) error { return a.confirm(ctx, nil, id) }

func (a *Adapter) confirm(ctx context.Context, p *vendors.Permit, id string) error {
	r, err := a.form("/api/v2/confirmViberMessage", inBodyAndQuery, url.Values{"message_id": {id}}, nil)
	if err != nil {
		return err
	}
	var answer reply[any]
	if err := a.sendWith(ctx, p, r, &answer); err != nil {
		return err
	}
	switch key(answer.Status) {
	case "OK", "SUCCESS":
		return nil
	}
	return vendors.Unreadable(a.account.Name, model.Errorf("the status of the answer is %q", answer.Status.Line()))
}

// sendList confirms the prepared mailing of a campaign. The first attempt confirms without
// checking: a mailing only created by PrepareList cannot have been confirmed, and the vendor's
// words for such a mailing are undocumented. Only an attempt that follows a lost answer checks
// first, and only the documented word counts as confirmed.
func (a *Adapter) sendList(ctx context.Context, p *vendors.Permit, b model.Batch) (model.Outcome, error) {
	id := b.Campaign.VendorID
	if id == "" {
		return model.Outcome{}, model.Invalid("list",
			"the mailing to the list was not prepared at sms.by; make the campaign again")
	}
	accepted := model.Outcome{Batch: b.ID, State: model.BatchAccepted, VendorRef: id, At: time.Now().UTC()}
	if b.Repeat {
		p.Release() // the read takes a slot as well
		mailing, err := a.Mailing(ctx, id)
		if err != nil {
			return model.Outcome{}, vendors.BeforeSending(err)
		}
		if confirmedWords[key(vendors.String(mailing.VendorState))] {
			accepted.Evidence = model.Say("mailing %s was %q already and was not confirmed again", id,
				mailing.VendorState)
			return accepted, nil
		}
	}
	if err := a.confirm(ctx, p, id); err != nil {
		return model.Outcome{}, err
	}
	return accepted, nil
}
