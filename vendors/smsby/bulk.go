package smsby

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"viberdeck/model"
	"viberdeck/vendors"
)

// bulkRequest is the body of v1 sendBulkViber.
type bulkRequest struct {
	Token       string        `json:"token,omitempty"`
	CallbackURL string        `json:"callback_url,omitempty"`
	Messages    []bulkMailing `json:"messages"`
}

type bulkMailing struct {
	AlphanameID  string      `json:"alphaname_id"`
	Name         string      `json:"name"`
	MessageType  string      `json:"message_type"` // bulk: one message for all; personal: a text for each person
	ScheduleTime string      `json:"schedule_time,omitempty"`
	Content      bulkContent `json:"content"`
	DeliveryList any         `json:"delivery_list"` // []string for bulk, []bulkPerson for personal
}

type bulkContent struct {
	Type       string `json:"type"` // text, image or button
	ImageURL   string `json:"image_url,omitempty"`
	ButtonLink string `json:"button_link,omitempty"`
	Caption    string `json:"caption,omitempty"`
	Text       string `json:"text,omitempty"`
}

type bulkPerson struct {
	Phone      string `json:"phone"`
	Text       string `json:"text"`
	ButtonLink string `json:"button_link,omitempty"`
}

type bulkAnswer struct {
	UUID    vendors.String  `json:"uuid"`
	Success vendors.String  `json:"success"`
	Error   json.RawMessage `json:"error"`
	Errors  json.RawMessage `json:"errors"`
}

// sendBulk sends a batch as one v1 mailing. Track reads the result of its asynchronous processing.
func (a *Adapter) sendBulk(ctx context.Context, p *vendors.Permit, b model.Batch) (model.Outcome, error) {
	mailing, err := a.bulkMailing(b, time.Now())
	if err != nil {
		return model.Outcome{}, err
	}
	body := bulkRequest{CallbackURL: b.Campaign.Options.CallbackURL, Messages: []bulkMailing{mailing}}
	address := a.base + "/api/v1/sendBulkViber"
	if a.inQuery {
		address += "?" + url.Values{"token": {a.token}}.Encode()
	} else {
		body.Token = a.token
	}
	encoded, err := json.Marshal(body)
	if err != nil {
		return model.Outcome{}, model.Errorf("write the mailing: %w", err)
	}
	resp, err := a.client.SendWith(ctx, p, &vendors.Request{
		Method: http.MethodPost, Op: "sendBulkViber", URL: address, Body: encoded, ContentType: "application/json",
	})
	if err != nil {
		return model.Outcome{}, err
	}
	return a.bulkOutcome(b, resp)
}

// bulkOutcome reads the vendor's answer to a bulk request. A uuid means that the vendor knows the
// request, whatever else the answer says, so it is kept: only an answer that also confirms counts
// as accepted, and the outcome of any other is looked up by the uuid.
func (a *Adapter) bulkOutcome(b model.Batch, resp vendors.Response) (model.Outcome, error) {
	var answer bulkAnswer
	if !resp.OK() || !resp.Object(&answer) || answer.UUID.Line() == "" {
		if e := a.refused(resp); e != nil {
			return model.Outcome{}, e
		}
		if err := resp.Decode(&answer); err != nil {
			return model.Outcome{}, vendors.Unreadable(a.account.Name, err)
		}
		return model.Outcome{}, vendors.Unreadable(a.account.Name, model.Errorf("there is no uuid in the answer"))
	}
	o := model.Outcome{Batch: b.ID, State: model.BatchAccepted, VendorRef: answer.UUID.Line(), At: time.Now().UTC()}
	words := vendors.Words(answer.Error, answer.Errors)
	if words != "" {
		o.Err = vendors.ExplainWords(a.client.Clean(words), Refusals())
	}
	switch text := key(answer.Success); {
	case text == "OK", text == "SUCCESS", text == "TRUE", text == "" && words == "":
		return o, nil
	default:
		o.State = model.BatchUnknown
		if words == "" {
			o.Err = model.Say("sms.by knows the request and says %q of it; it is asked again by its id",
				answer.Success.Line())
		}
	}
	return o, nil
}

func (a *Adapter) bulkMailing(b model.Batch, now time.Time) (bulkMailing, error) {
	c := b.Campaign
	if err := vendors.CheckPhones(b.People); err != nil {
		return bulkMailing{}, err
	}
	mailing := bulkMailing{AlphanameID: c.Sender, Name: mailingName(b), MessageType: "bulk"}
	if c.SendAt.After(now) {
		mailing.ScheduleTime = c.SendAt.In(a.zone).Format("2006-01-02T15:04:05")
	}
	m := c.Message
	mailing.Content.ImageURL, mailing.Content.Caption = m.ImageURL, m.Button.Caption
	switch kind, err := m.Kind(); {
	case err != nil:
		return mailing, err
	case kind == model.KindText:
		mailing.Content.Type = "text"
	case kind == model.KindImage:
		mailing.Content.Type = "image"
	default:
		mailing.Content.Type = "button"
	}
	if c.Personal() {
		people, err := bulkPeople(m, b.People)
		mailing.MessageType, mailing.DeliveryList = "personal", people
		return mailing, err
	}
	same, err := vendors.FillTemplate(m, nil)
	if err != nil {
		return mailing, err
	}
	mailing.Content.Text, mailing.Content.ButtonLink = same.Text, same.Button.URL
	phones := make([]string, len(b.People))
	for i, r := range b.People {
		phones[i] = r.Phone.Digits()
	}
	mailing.DeliveryList = phones
	return mailing, nil
}

func bulkPeople(m model.Message, people []model.Recipient) ([]bulkPerson, error) {
	list := make([]bulkPerson, len(people))
	for i, r := range people {
		own, err := vendors.FillTemplate(m, r.Vars)
		if err != nil {
			return nil, err
		}
		list[i] = bulkPerson{Phone: r.Phone.Digits(), Text: own.Text, ButtonLink: own.Button.URL}
	}
	return list, nil
}

// mailingName numbers the later batches of a campaign, to distinguish them at the vendor.
func mailingName(b model.Batch) string {
	if b.Number > 1 {
		return b.Campaign.Name + " " + strconv.Itoa(b.Number)
	}
	return b.Campaign.Name
}

// bulkStatus is one element of the answer to v1 statusBulkViber: a mailing that was created, or
// only errors. An error's text begins with the name of its mailing.
type bulkStatus struct {
	MessageID vendors.String               `json:"message_id"`
	Name      vendors.String               `json:"name"`
	Success   vendors.List[bulkDelivery]   `json:"success"`
	Errors    vendors.List[vendors.String] `json:"errors"`
}

type bulkDelivery struct {
	DeliveryID vendors.String `json:"delivery_id"`
	Phone      vendors.String `json:"phone"`
	Status     vendors.String `json:"status"`
	StatusTime vendors.String `json:"status_time"`
	ErrorCode  vendors.String `json:"error_code"`
}

// trackBulk looks up the result of a bulk mailing by its uuid.
func (a *Adapter) trackBulk(ctx context.Context, uuid string) (model.Tracked, error) {
	fields := url.Values{"uuid": {uuid}}
	address := "/api/v1/statusBulkViber"
	r, err := a.form(address, inBodyAndQuery, fields, nil)
	if err != nil {
		return model.Tracked{}, err
	}
	r.URL += "&" + url.Values{"uuid": {uuid}}.Encode() // the document has both parameters in the query
	var elements vendors.Rows[bulkStatus]
	if err := a.ask(ctx, r, &elements); err != nil {
		return model.Tracked{}, err
	}
	if !elements.Present {
		return model.Tracked{}, model.NotWhole(a.account.Name, "statuses of "+uuid,
			model.Say("there is no list in its answer"))
	}
	return a.tracked(elements.List), nil
}

// tracked reads the elements of the answer about one call. A call carries one mailing, so errors
// concern that mailing: everyone in it if none was created, otherwise those it does not list.
func (a *Adapter) tracked(elements []bulkStatus) model.Tracked {
	var t model.Tracked
	var words []string
	for _, e := range elements {
		if id := e.MessageID.Line(); id != "" {
			t.VendorIDs = append(t.VendorIDs, id)
		}
		for _, d := range e.Success {
			if r, ok := person(d.Phone, d.Status, d.ErrorCode, d.DeliveryID); ok {
				r.Account, r.UpdatedAt = a.account.Name, vendors.ParseTime(string(d.StatusTime), a.zone)
				t.People = append(t.People, r)
			}
		}
		for _, text := range e.Errors {
			words = append(words, text.Line())
		}
	}
	if len(words) > 0 {
		said := strings.Join(words, "; ")
		t.Refused, t.RefusedAs = vendors.ExplainWords(said, Refusals()), vendors.StatusOfRefusal(said, Refusals())
	}
	return t
}

// person converts what a list says about one phone to a recipient; ok is false if it identifies no
// one.
func person(phone, status, errorCode, deliveryID vendors.String) (r model.Recipient, ok bool) {
	r = model.Recipient{Status: deliveryStatus(status), VendorStatus: status.Line(), VendorID: deliveryID.Line()}
	if code := errorCode.Line(); code != "" && code != "0" {
		r.Reason = model.Say("error code %s", code)
	}
	if r.Phone, ok = model.PhoneFromVendor(string(phone)); !ok {
		r.Contact = phone.Line()
	}
	return r, r.Phone != 0 || r.Contact != ""
}
