package sendpulse

import (
	"cmp"
	"context"
	"encoding/json"
	"net/http"
	"strconv"
	"strings"
	"time"

	"viberdeck/model"
	"viberdeck/vendors"
)

// createRequest is the body of POST /viber. Either recipients or address_book is given; the
// document's examples write the other one as null.
type createRequest struct {
	Recipients      []int64     `json:"recipients"`
	AddressBook     *int64      `json:"address_book"`
	TaskName        string      `json:"task_name"`
	Message         *string     `json:"message"`           // null for an image alone
	MessageType     int         `json:"message_type"`      // 2 promo, 3 system
	MessageLiveTime int64       `json:"message_live_time"` // seconds
	SenderID        int64       `json:"sender_id"`
	SendDate        string      `json:"send_date"`              // "now" or 2006-01-02 15:04:05 in the account's zone
	StretchTime     int64       `json:"stretch_time,omitempty"` // hours
	Additional      *additional `json:"additional,omitempty"`
}

type additional struct {
	Button    *button    `json:"button,omitempty"`
	Image     *image     `json:"image,omitempty"`
	ResendSMS *resendSMS `json:"resend_sms,omitempty"`
}

type button struct {
	Text string `json:"text"`
	Link string `json:"link"`
}

type image struct {
	Link string `json:"link"`
}

type resendSMS struct {
	Status     bool   `json:"status"`
	Text       string `json:"sms_text,omitempty"`
	SenderName string `json:"sms_sender_name,omitempty"`
}

const (
	typePromo  = 2
	typeSystem = 3
)

// anyZone is the largest difference between the clocks of two places in the world.
const anyZone = 26 * time.Hour

type createAnswer struct {
	Result json.RawMessage `json:"result"`
	Data   struct {
		TaskID        vendors.String  `json:"task_id"`
		ID            vendors.String  `json:"id"`
		SendDate      json.RawMessage `json:"send_date"`
		ResendSMS     json.RawMessage `json:"resend_sms"`
		AddressBookID json.RawMessage `json:"address_book_id"`
		SenderID      json.RawMessage `json:"sender_id"`
		LiveTime      json.RawMessage `json:"message_live_time"`
	} `json:"data"`
	TaskID vendors.String `json:"task_id"`
}

// PerCall is how many people of the campaign one call may contain; an address book is one call.
func (a *Adapter) PerCall(c model.Campaign) int {
	if c.List != "" {
		return 1
	}
	return perCall
}

// Ready waits until one call can begin at once, after a login.
func (a *Adapter) Ready(ctx context.Context) (*vendors.Permit, error) {
	return a.tokens.Ready(ctx, a.client)
}

// Send creates a campaign for the batch. The call is paid and made once; it is repeated only if it
// was refused for an expired token.
func (a *Adapter) Send(ctx context.Context, p *vendors.Permit, b model.Batch) (model.Outcome, error) {
	if err := a.Check(b.Campaign); err != nil {
		return model.Outcome{}, err
	}
	body, err := a.createRequest(b, time.Now())
	if err != nil {
		return model.Outcome{}, err
	}
	r, err := vendors.JSONRequest(http.MethodPost, a.base, "/viber", body)
	if err != nil {
		return model.Outcome{}, err
	}
	resp, err := a.call(ctx, r, p.Sender(a.client))
	if err != nil {
		return model.Outcome{}, err
	}
	return a.created(b, resp)
}

// created reads the vendor's answer to a new campaign. A task_id means that the vendor knows the
// campaign, whatever else the answer says, so it is kept: the outcome is unknown only if the answer
// also contains a refusal.
func (a *Adapter) created(b model.Batch, resp vendors.Response) (model.Outcome, error) {
	var answer createAnswer
	reported := a.refused(resp)
	err := resp.Decode(&answer)
	id := cmp.Or(answer.Data.TaskID, answer.Data.ID, answer.TaskID).Line()
	switch {
	case reported != nil && (!resp.OK() || err != nil || id == ""):
		return model.Outcome{}, reported
	case err != nil:
		return model.Outcome{}, vendors.Unreadable(a.account.Name, err)
	case id == "":
		return model.Outcome{}, vendors.Unreadable(a.account.Name, model.Errorf("there is no task_id in the answer"))
	}
	o := model.Outcome{Batch: b.ID, State: model.BatchAccepted, VendorRef: id, VendorIDs: []string{id},
		Err: a.otherwise(b.Campaign, answer, time.Now()), At: time.Now().UTC()}
	if reported != nil {
		o.Err = vendors.Beside(model.TextOf(reported), o.Err)
	}
	if isNo(answer.Result) {
		o.State = model.BatchUnknown
	}
	return o, nil
}

// otherwise says how the campaign that SendPulse created differs from the request, as far as its
// answer shows.
func (a *Adapter) otherwise(c model.Campaign, answer createAnswer, now time.Time) model.Text {
	var made vendors.Made
	var date, sender, book vendors.String
	var live vendors.Int
	if json.Unmarshal(answer.Data.SendDate, &date) == nil {
		made.At = vendors.ParseTime(string(date), a.zone)
	}
	if json.Unmarshal(answer.Data.SenderID, &sender) == nil {
		made.Sender = sender.Line()
	}
	if json.Unmarshal(answer.Data.LiveTime, &live) == nil && live.Known {
		made.Lifetime = time.Duration(live.N) * time.Second
	}
	doubt := time.Duration(0)
	if a.account.TimeZone == "" {
		doubt = anyZone
	}
	show := func(t time.Time) string { return t.In(a.zone).Format(time.DateTime) }
	all := made.Differences("SendPulse", c, now, doubt, show)
	var resend vendors.Bool
	known := len(answer.Data.ResendSMS) > 0 && string(answer.Data.ResendSMS) != "null"
	if known && json.Unmarshal(answer.Data.ResendSMS, &resend) == nil && c.Fallback.Enabled() && !bool(resend) {
		all = append(all, model.Say("SendPulse says that people without Viber get no SMS instead"))
	}
	if json.Unmarshal(answer.Data.AddressBookID, &book) == nil && c.List != "" && book != "" && book.Line() != c.List {
		all = append(all, model.Say("SendPulse sends it to address book %s, not to %s", book.Line(), c.List))
	}
	return vendors.Beside(all...)
}

func (a *Adapter) createRequest(b model.Batch, now time.Time) (createRequest, error) {
	c := b.Campaign
	m, err := vendors.FillTemplate(c.Message, nil)
	if err != nil {
		return createRequest{}, err
	}
	sender, err := strconv.ParseInt(c.Sender, 10, 64)
	if err != nil {
		return createRequest{}, model.Invalid("sender", "it is the number of a sender at SendPulse")
	}
	r := createRequest{
		TaskName: taskName(b), MessageType: typePromo, SenderID: sender, SendDate: "now",
		MessageLiveTime: int64(cmp.Or(c.Lifetime, Capabilities().Limits.LifetimeDefault) / time.Second),
		StretchTime:     int64(c.Stretch / time.Hour), Additional: extras(m, c.Fallback),
	}
	if c.Class == model.ClassTransactional {
		r.MessageType = typeSystem
	}
	if m.Text != "" {
		r.Message = &m.Text
	}
	if c.SendAt.After(now) {
		r.SendDate = c.SendAt.In(a.zone).Format(time.DateTime)
	}
	if c.List != "" {
		book, err := strconv.ParseInt(c.List, 10, 64)
		if err != nil {
			return r, model.Invalid("list", "it is the number of an address book at SendPulse")
		}
		r.AddressBook = &book
		return r, nil
	}
	if err := vendors.CheckPhones(b.People); err != nil {
		return r, err
	}
	r.Recipients = make([]int64, len(b.People))
	for i, p := range b.People {
		r.Recipients[i] = int64(p.Phone)
	}
	return r, nil
}

// extras returns nil if there is nothing beyond the text: the document's example then has no
// "additional".
func extras(m model.Message, f model.SMSFallback) *additional {
	var x additional
	if m.Button != (model.Button{}) {
		x.Button = &button{Text: m.Button.Caption, Link: m.Button.URL}
	}
	if m.ImageURL != "" {
		x.Image = &image{Link: m.ImageURL}
	}
	if f.Enabled() { // without its own text it uses the message's, as was confirmed
		x.ResendSMS = &resendSMS{Status: true, Text: cmp.Or(f.Text, m.Text), SenderName: f.Sender}
	}
	if x == (additional{}) {
		return nil
	}
	return &x
}

// taskName numbers the later batches of a campaign to distinguish them at the vendor. If the
// account has another campaign of that name, the batch's tag makes it unique.
func taskName(b model.Batch) string {
	switch {
	case b.Namesake && b.Tag != "":
		return taggedName(b)
	case b.Number > 1:
		return b.Campaign.Name + " " + strconv.Itoa(b.Number)
	}
	return b.Campaign.Name
}

func taggedName(b model.Batch) string { return strings.TrimSpace(b.Campaign.Name + " " + b.Tag) }
