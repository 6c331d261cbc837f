package smsby

import (
	"context"
	"iter"
	"net/url"
	"strconv"
	"time"

	"viberdeck/model"
	"viberdeck/vendors"
)

// pageRows is the page size to request, the document's default.
const pageRows = 100

// mailing is one mailing as listed by v2.
type mailing struct {
	MessageID     vendors.String `json:"message_id"`
	MessageType   vendors.String `json:"message_type"`
	Message       vendors.String `json:"message"`
	ButtonCaption vendors.String `json:"button_caption"`
	ButtonLink    vendors.String `json:"button_link"`
	ImageFile     vendors.String `json:"image_file"`
	Name          vendors.String `json:"name"` // not in the document
	Status        vendors.String `json:"status"`
	Created       vendors.String `json:"d_create"`
	Schedule      vendors.String `json:"d_schedule"`
	Cost          vendors.String `json:"cost"` // "0.04900 EUR"
}

func (a *Adapter) campaign(m mailing) model.Campaign {
	cost, err := model.ParseMoney(string(m.Cost))
	if err != nil {
		cost = model.Money{}
	}
	return model.Campaign{
		Account: a.account.Name, Vendor: model.SMSBy, VendorID: m.MessageID.Line(), Name: m.Name.Line(),
		SingleRef: quickRef + m.MessageID.Line(),
		State:     mailingState(m.Status), VendorState: m.Status.Line(), KindWord: kindWord(m.MessageType, m.ImageFile),
		Message: model.Message{
			Text: m.Message.Safe(), ImageURL: m.ImageFile.Line(),
			Button: model.Button{Caption: m.ButtonCaption.Line(), URL: m.ButtonLink.Line()},
		},
		CreatedAt: vendors.ParseTime(string(m.Created), a.zone), SendAt: vendors.ParseTime(string(m.Schedule), a.zone),
		Cost: cost.AsReported(), AsOf: time.Now().UTC(),
	}
}

// Campaigns lists the mailings. The vendor's order is undocumented. Pages may be shorter than
// requested, so reading continues until a page is empty or contains nothing new.
func (a *Adapter) Campaigns(ctx context.Context) iter.Seq2[[]model.Campaign, error] {
	ask := func(at vendors.Position) (vendors.Page[mailing], error) {
		var answer reply[vendors.Rows[mailing]]
		fields := url.Values{"limit_offset": {strconv.Itoa(at.Rows)}, "limit_rows": {strconv.Itoa(pageRows)}}
		err := a.read(ctx, "/api/v2/getViberMessages", inBodyAndQuery, fields, &answer)
		return vendors.Page[mailing]{Rows: answer.Result}, err
	}
	return vendors.ReadPages(a.account.Name, "mailings", ask, vendors.Reader[mailing, model.Campaign]{
		Key:  func(m mailing) string { return m.MessageID.Line() },
		Read: func(m mailing) (model.Campaign, bool) { return a.campaign(m), true },
	})
}

// Mailing reads one mailing by v2 getViberMessageData.
func (a *Adapter) Mailing(ctx context.Context, id string) (model.Campaign, error) {
	var answer reply[vendors.List[mailing]]
	if err := a.read(ctx, "/api/v2/getViberMessageData", inBodyAndQuery, url.Values{"message_id": {id}},
		&answer); err != nil {
		return model.Campaign{}, err
	}
	if len(answer.Result) == 0 {
		return model.Campaign{}, model.NotFound("sms.by has no mailing %s", id)
	}
	return a.campaign(answer.Result[0]), nil
}

// Campaign reads one mailing.
func (a *Adapter) Campaign(ctx context.Context, id string) (model.Campaign, error) {
	return a.Mailing(ctx, id)
}

// deliveries reads the people of a mailing by v2 getViberDeliveryList. The document mentions no
// pages.
func (a *Adapter) deliveries(ctx context.Context, id string) ([]model.Recipient, error) {
	return results(ctx, a, "recipients", "/api/v2/getViberDeliveryList", id,
		vendors.Reader[delivery, model.Recipient]{Key: delivery.key, Read: a.person})
}

// Recipients reads the people of a mailing. The id may also be a reference that Send returned.
func (a *Adapter) Recipients(ctx context.Context, vendorID string) iter.Seq2[[]model.Recipient, error] {
	return func(yield func([]model.Recipient, error) bool) {
		people, err := a.peopleOf(ctx, vendorID)
		if len(people) > 0 && !yield(people, nil) {
			return
		}
		if err != nil {
			yield(nil, err)
		}
	}
}

func (a *Adapter) peopleOf(ctx context.Context, vendorID string) ([]model.Recipient, error) {
	if isID(vendorID) {
		return a.deliveries(ctx, vendorID)
	}
	t, err := a.Track(ctx, vendorID)
	return t.People, err
}
