package sim

import (
	"fmt"
	"net/http"
	"strconv"
	"time"
	"unicode/utf8"
)

const maxRecipients = 1000

// create is POST /viber. Every limit of the document is checked; the answer names the first wrong
// field.
func (v *sendPulse) create(c *call) reply {
	t, wrong := v.wanted(c)
	if wrong != nil {
		return *wrong
	}
	price := int64(len(t.phones)) * sendPulsePrice
	if price > v.money {
		return invalid(http.StatusUnprocessableEntity, "balance", "is not enough for this campaign")
	}
	v.money -= price
	v.add(t)
	sequence := v.book.nextCall()
	for _, phone := range t.phones {
		v.book.sent(Send{Vendor: "sendpulse", Account: SendPulseAccount, Call: sequence,
			CampaignID: strconv.FormatInt(t.id, 10), Name: t.name, Phone: phone, Text: t.text, At: c.now})
	}
	kind, _ := c.params.number("message_type")
	type data struct {
		Book     *string `json:"address_book_id"`
		Link     *string `json:"button_link"`
		Caption  *string `json:"button_text"`
		Image    *string `json:"image_link"`
		Text     *string `json:"message"`
		Lifetime string  `json:"message_live_time"`
		Kind     int64   `json:"message_type"`
		SMS      int     `json:"resend_sms"`
		SendAt   string  `json:"send_date"`
		SenderID int64   `json:"sender_id"`
		SMSFrom  *string `json:"sms_sender_name"`
		SMSText  *string `json:"sms_text"`
		ID       int64   `json:"task_id"`
		Name     string  `json:"task_name"`
	}
	d := data{
		Link: null(t.link), Caption: null(t.caption), Image: null(t.image), Text: null(t.text),
		Lifetime: strconv.Itoa(int(t.lifetime.Seconds())), Kind: kind, SendAt: sendPulseDate(t.sendAt),
		SenderID: t.sender.ID, ID: t.id, Name: t.name,
	}
	if t.book != 0 {
		d.Book = null(strconv.FormatInt(t.book, 10))
	}
	if t.sms != nil {
		d.SMS, d.SMSFrom, d.SMSText = 1, null(t.sms.sender), null(t.sms.text)
	}
	return fine(struct {
		Result bool `json:"result"`
		Data   data `json:"data"`
	}{true, d})
}

// add assigns a campaign's id, marks its blacklisted people, and stores it.
func (v *sendPulse) add(t *task) {
	t.id = 9_380_900
	if n := len(v.tasks); n > 0 {
		t.id = v.tasks[n-1].id + 1
	}
	t.barred = map[string]bool{}
	for _, phone := range t.phones {
		if v.isBlocked(phone) {
			t.barred[phone] = true
		}
	}
	v.tasks = append(v.tasks, t)
}

// wanted reads and checks a campaign.
func (v *sendPulse) wanted(c *call) (*task, *reply) {
	no := func(field, message string, args ...any) (*task, *reply) {
		status := http.StatusUnprocessableEntity
		if !c.params.given(field) {
			status = http.StatusBadRequest
		}
		rep := invalid(status, field, fmt.Sprintf(message, args...))
		return nil, &rep
	}
	extra := object(c.params["additional"])
	button, image, sms := object(extra["button"]), object(extra["image"]), object(extra["resend_sms"])
	t := &task{
		name: c.params.text("task_name"), text: text(c.params["message"]), caption: button.text("text"),
		link:  button.text("link"),
		image: image.text("link"), created: c.now, sendAt: c.now, book: c.params.numberOr("address_book", 0),
	}

	kind, ok := c.params.number("message_type")
	if !ok || kind != sendPulsePromo && kind != sendPulseSystem {
		return no("message_type", "must be 2 (promo) or 3 (system)")
	}
	if t.sender, ok = v.sender(c.params.numberOr("sender_id", -1)); !ok {
		return no("sender_id", "is not a sender name of this account")
	}
	if t.sender.Status != "verified" {
		return no("sender_id", "is not active")
	}
	if field, message := t.times(c); field != "" {
		return no(field, "%s", message)
	}
	if field, message := v.layout(t, kind); field != "" {
		return no(field, "%s", message)
	}
	if resend := sms.text("status"); resend == "1" || resend == "true" {
		if !sms.given("sms_text") {
			return no("sms_text", "is required to resend by SMS")
		}
		t.sms = &smsFallback{sms.text("sms_text"), sms.text("sms_sender_name")}
	}
	if field, message := v.audience(t, c.params["recipients"]); field != "" {
		return no(field, "%s", message)
	}
	if t.name == "" {
		t.name = "Viber campaign for the personal list on " + c.now.UTC().Format("2006-01-02 15:04")
		if t.book != 0 {
			t.name = "Viber campaign by book"
		}
	}
	if kind == sendPulsePromo {
		t.moderated = throw(v.seed, "moderation", t.name).between(5*time.Second, time.Minute)
	}
	t.circumstances = circumstances{lifetime: t.lifetime, button: t.link != ""}
	return t, nil
}

// times reads when a campaign is sent, over how long, and how long its messages live.
func (t *task) times(c *call) (field, message string) {
	lifetime, ok := c.params.number("message_live_time")
	if !ok || lifetime < 60 || lifetime > 86400 {
		return "message_live_time", "must be from 60 to 86400 seconds"
	}
	t.lifetime = time.Duration(lifetime) * time.Second
	stretch := c.params.numberOr("stretch_time", 0)
	if stretch < 0 || stretch > 5 || c.params.given("stretch_time") &&
		c.params.text("stretch_time") != strconv.FormatInt(stretch, 10) {
		return "stretch_time", "must be from 0 to 5 hours"
	}
	t.stretch = time.Duration(stretch) * time.Hour
	if at := c.params.text("send_date"); at != "now" {
		var err error
		if t.sendAt, err = time.ParseInLocation(sendPulseTime, at, time.UTC); err != nil {
			return "send_date", "must be now or a date in the format YYYY-MM-DD HH:MM:SS"
		}
		if t.sendAt.Before(c.now.Add(-time.Minute)) {
			return "send_date", "must be in the future"
		}
	}
	return "", ""
}

// layout checks the parts of a message: text; text and button; text, button and image; image.
// System messages are an approved text.
func (v *sendPulse) layout(t *task, kind int64) (field, message string) {
	hasButton := t.caption != "" || t.link != ""
	switch {
	case utf8.RuneCountInString(t.text) > viberTextLimit:
		return "message", "must not be longer than 1000 characters"
	case t.text == "" && t.image == "":
		return "message", "is required"
	case hasButton && t.caption == "":
		return "button", "needs a text"
	case hasButton && !webAddress(t.link):
		return "button", "needs a valid link"
	case t.image != "" && !webAddress(t.image):
		return "image", "needs a valid link"
	case t.text == "" && hasButton:
		return "message", "is required with a button"
	case t.text != "" && t.image != "" && !hasButton:
		return "button", "is required with text and image"
	case kind == sendPulseSystem && (hasButton || t.image != ""):
		return "message_type", "3 (system) allows text only"
	case kind == sendPulseSystem && !v.approved(t.text):
		return "message", "does not match an approved template"
	}
	return "", ""
}

func (v *sendPulse) approved(text string) bool {
	for _, template := range v.templates {
		if template == text {
			return true
		}
	}
	return false
}

// audience reads the people: exactly one of an address book or a list of phones.
func (v *sendPulse) audience(t *task, given any) (field, message string) {
	phones := list(given)
	switch {
	case t.book != 0 && len(phones) > 0:
		return "recipients", "cannot be used together with address_book"
	case t.book == 0 && len(phones) == 0:
		return "recipients", "or address_book is required"
	case len(phones) > maxRecipients:
		return "recipients", "must not be more than 1000"
	}
	if t.book != 0 {
		b, ok := v.addressBook(t.book)
		if !ok || len(b.phones) == 0 {
			return "address_book", "does not exist or has no phones"
		}
		t.phones = b.phones
		return "", ""
	}
	for _, value := range phones {
		phone, ok := phoneDigits(value)
		if !ok {
			return "recipients", "has an incorrect phone number: " + phone
		}
		t.phones = append(t.phones, phone)
	}
	return "", ""
}
