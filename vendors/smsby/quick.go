package smsby

import (
	"cmp"
	"context"
	"net/url"
	"strconv"
	"strings"
	"time"

	"viberdeck/model"
	"viberdeck/vendors"
)

// quickRef marks the reference of a single message, whose id is not the uuid of a bulk request.
const quickRef = "message:"

// alone reports whether a campaign goes to phones as single messages: only these can be forwarded
// as SMS, and an answer to one person is not a mailing.
func alone(c model.Campaign) bool {
	return c.List == "" && (c.Fallback.Enabled() || c.AnswerTo != 0 || c.Options.OneByOne)
}

// QuickMessage is one Viber message to one phone, optionally forwarded as SMS if it is not
// delivered in time.
type QuickMessage struct {
	Sender  string // number of the Viber name
	Phone   model.Phone
	Message model.Message // finished: without columns
	Image   *Image        // uploaded instead of using Message.ImageURL; nil: none
	Forward model.SMSFallback
}

type quickAnswer struct {
	MessageID vendors.String `json:"message_id"`
}

// SendQuick sends one message with v2 sendQuickViberMessage and returns its id. The call is paid
// and made once; the error's fate says what is known about it.
func (a *Adapter) SendQuick(ctx context.Context, p *vendors.Permit, q QuickMessage) (id string, err error) {
	fields := messageFields(q.Message, q.Image != nil)
	fields.Set("vibername_id", q.Sender)
	fields.Set("phone", q.Phone.Digits())
	if q.Forward.Enabled() {
		fields.Set("forwarding_message", "1")
		if q.Forward.After > 0 {
			fields.Set("forwarding_time", strconv.Itoa(int(q.Forward.After/time.Minute)))
		}
		if q.Forward.Sender != "" {
			fields.Set("alphaname_id", q.Forward.Sender)
		}
	}
	r, err := a.form("/api/v2/sendQuickViberMessage", inBody, fields, q.Image)
	if err != nil {
		return "", err
	}
	var answer reply[quickAnswer]
	if err := a.sendWith(ctx, p, r, &answer); err != nil {
		return "", err
	}
	if id = answer.Result.MessageID.Line(); id == "" {
		return "", vendors.Unreadable(a.account.Name, model.Errorf("there is no message_id in the answer"))
	}
	return id, nil
}

// messageFields returns the fields of a message as required by both v2 send methods.
func messageFields(m model.Message, uploaded bool) url.Values {
	fields := url.Values{"type_message": {"TEXT"}}
	if m.ImageURL != "" || uploaded {
		fields.Set("type_message", "IMAGE")
	}
	if m.Button != (model.Button{}) {
		fields.Set("type_message", "BUTTON")
		fields.Set("button", m.Button.Caption)
		fields.Set("button_link", m.Button.URL)
	}
	if m.Text != "" {
		fields.Set("message", m.Text)
	}
	if m.ImageURL != "" && !uploaded {
		fields.Set("image_url", m.ImageURL)
	}
	return fields
}

// sendQuick sends a batch of one person.
func (a *Adapter) sendQuick(ctx context.Context, p *vendors.Permit, b model.Batch) (model.Outcome, error) {
	if len(b.People) != 1 {
		return model.Outcome{}, model.Invalid("sms_fallback",
			"sms.by sends answers and messages with SMS fallback one by one, not %d at once", len(b.People))
	}
	if err := vendors.CheckPhones(b.People); err != nil {
		return model.Outcome{}, err
	}
	m, err := vendors.FillTemplate(b.Campaign.Message, b.People[0].Vars)
	if err != nil {
		return model.Outcome{}, err
	}
	picture, err := readImage(m.ImageFile)
	if err != nil {
		return model.Outcome{}, err
	}
	id, err := a.SendQuick(ctx, p, QuickMessage{Sender: b.Campaign.Sender, Phone: b.People[0].Phone, Message: m,
		Image: picture, Forward: b.Campaign.Fallback})
	if err != nil {
		return model.Outcome{}, err
	}
	return model.Outcome{Batch: b.ID, State: model.BatchAccepted, VendorRef: quickRef + id,
		At: time.Now().UTC()}, nil
}

// delivery is the v2 record of one phone.
type delivery struct {
	DeliveryID vendors.String `json:"delivery_id"`
	Phone      vendors.String `json:"phone"`
	Status     vendors.String `json:"status"`
	ErrorCode  vendors.String `json:"error_code"`
}

// key identifies a delivery: a person may be in a mailing twice.
func (d delivery) key() string {
	if d.Phone == "" {
		return ""
	}
	return string(d.Phone + " " + d.DeliveryID + " " + d.Status)
}

// quickDelivery reads the delivery of a single message with v2 getViberDeliveryData.
func (a *Adapter) quickDelivery(ctx context.Context, id string) ([]model.Recipient, error) {
	var answer reply[vendors.List[delivery]]
	if err := a.read(ctx, "/api/v2/getViberDeliveryData", inBody, url.Values{"message_id": {id}}, &answer); err != nil {
		return nil, err
	}
	var people []model.Recipient
	for _, d := range answer.Result {
		if r, ok := a.person(d); ok {
			r.VendorID = cmp.Or(r.VendorID, id)
			people = append(people, r)
		}
	}
	if len(people) == 0 {
		return nil, model.NotWhole(a.account.Name, "messages", model.Say("there is no message in its answer"))
	}
	return people, nil
}

// Message reads the delivery status of a single message.
func (a *Adapter) Message(ctx context.Context, id string) (model.Recipient, error) {
	people, err := a.quickDelivery(ctx, strings.TrimPrefix(id, quickRef))
	if err != nil {
		return model.Recipient{}, err
	}
	return people[0], nil
}

// person converts a delivery to a recipient; ok is false if it identifies no one.
func (a *Adapter) person(d delivery) (r model.Recipient, ok bool) {
	r, ok = person(d.Phone, d.Status, d.ErrorCode, d.DeliveryID)
	r.Account = a.account.Name
	return r, ok
}

// Track reads the result of a batch: for a bulk mailing by its uuid, for a single message by its
// id, for a mailing to a list by the mailing's id.
func (a *Adapter) Track(ctx context.Context, ref string) (model.Tracked, error) {
	if id, ok := strings.CutPrefix(ref, quickRef); ok {
		people, err := a.quickDelivery(ctx, id)
		return model.Tracked{People: people}, err // its id is not a mailing id
	}
	if isID(ref) {
		people, err := a.deliveries(ctx, ref)
		return model.Tracked{VendorIDs: []string{ref}, People: people}, err
	}
	return a.trackBulk(ctx, ref)
}
