package sim

import (
	"cmp"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

const (
	viberTextLimit = 1000 // characters, common to all vendors
	smsbyLinkLimit = 150  // characters, sendBulkViber
)

// vendorError is an error in the vendor's own words.
type vendorError string

func (s vendorError) Error() string { return string(s) }

// sendBulk is v1 sendBulkViber: several mailings at once. An invalid mailing becomes an error in
// statusBulkViber; the others leave.
func (v *smsby) sendBulk(c *call) reply {
	messages := list(c.params["messages"])
	if len(messages) == 0 {
		return refuse("messages is required")
	}
	request := &bulkRequest{}
	sequence := v.book.nextCall()
	for i, message := range messages {
		wanted := object(message)
		name := wanted.text("name")
		if name == "" {
			name = fmt.Sprintf("mailing list %d", i+1)
		}
		m, err := v.bulkMailing(wanted, c.now)
		if err == nil && !v.charge(m) {
			err = vendorError("Not enough money on the balance")
		}
		if err != nil {
			request.errors = append(request.errors, fmt.Sprintf("%s: %v", name, err))
			continue
		}
		m.name = name
		v.add(m)
		v.enter(m, sequence, c.now)
		request.mailings = append(request.mailings, m)
	}
	d := throw(v.seed, "uuid", fmt.Sprint(len(v.bulk)))
	uuid := fmt.Sprintf("%08x-8caf-11ef-b035-%012x", uint32(d.roll()), d.roll()>>16)
	v.bulk[uuid] = request
	return smsbyAnswer(struct {
		UUID    string `json:"uuid"`
		Success string `json:"success"`
	}{uuid, "OK"})
}

// bulkMailing checks one element of messages.
func (v *smsby) bulkMailing(wanted params, now time.Time) (*mailing, error) {
	sender, ok := v.sender(wanted.text("alphaname_id"))
	if !ok {
		return nil, vendorError("alphaname_id is not valid")
	}
	content := object(wanted["content"])
	m := &mailing{
		sender: sender.id, confirmed: true, created: now, leaves: now, kind: strings.ToUpper(content.text("type")),
		text: text(content["text"]), caption: content.text("caption"), link: content.text("button_link"),
		image: content.text("image_url"),
	}
	personal := wanted.text("message_type") == "personal"
	if !personal && wanted.text("message_type") != "bulk" {
		return nil, vendorError("message_type must be bulk or personal")
	}
	if personal && m.kind == smsbyImage {
		return nil, vendorError("Content type image can only be used with message_type bulk")
	}
	if at := wanted.text("schedule_time"); at != "" {
		scheduled, err := minskTime(at)
		if err != nil {
			return nil, vendorError("schedule_time must be in the format YYYY-MM-DDTHH:mm:ss")
		}
		m.leaves = later(scheduled, now)
	}
	for _, entry := range list(wanted["delivery_list"]) {
		p := addressee{phone: text(entry)}
		if personal {
			one := object(entry)
			p = addressee{phone: text(one["phone"]), text: text(one["text"]), link: one.text("button_link")}
		}
		digits, ok := phoneDigits(p.phone)
		if !ok {
			return nil, vendorError(fmt.Sprintf("incorrect phone number %s", p.phone))
		}
		p.phone = digits
		if err := checkContent(m.kind, cmp.Or(p.text, m.text), m.caption, cmp.Or(p.link, m.link), m.image,
			smsbyLinkLimit); err != nil {
			return nil, err
		}
		m.people = append(m.people, p)
	}
	if len(m.people) == 0 {
		return nil, vendorError("delivery_list is empty")
	}
	m.circumstances = circumstances{smsbyLifetime, m.kind == smsbyButton, liveReplyShare, v.drill()}
	return m, nil
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// minskTime reads a schedule in any of the spellings of the two versions.
func minskTime(s string) (time.Time, error) {
	var t time.Time
	var err error
	for _, layout := range []string{"2006-01-02T15:04:05", "2006-01-02 15:04", "2006-01-02 15:04:05",
		"2006-01-02T15:04"} {
		if t, err = time.ParseInLocation(layout, s, minsk); err == nil {
			return t, nil
		}
	}
	return t, err
}

// checkContent applies the rules for text, image and button; linkLimit 0 means no limit.
func checkContent(kind, message, caption, link, image string, linkLimit int) error {
	switch {
	case !slices.Contains([]string{smsbyText, smsbyImage, smsbyButton}, kind):
		return vendorError("Content type must be text, image or button")
	case kind == smsbyText && message == "":
		return vendorError("Message text is required")
	case utf8.RuneCountInString(message) > viberTextLimit:
		return vendorError(fmt.Sprintf("Message text is longer than %d characters", viberTextLimit))
	case kind == smsbyImage && image == "":
		return vendorError("Image is required")
	case image != "" && image != uploaded && !webAddress(image):
		return vendorError("Content url is not valid")
	case kind == smsbyButton && caption == "":
		return vendorError("Button caption is required")
	case kind == smsbyButton && link == "":
		return vendorError("button_link is required")
	case kind == smsbyButton && !webAddress(link):
		return vendorError("Button link is not valid")
	case linkLimit > 0 && utf8.RuneCountInString(link) > linkLimit:
		return vendorError(fmt.Sprintf("button_link must not exceed %d characters", linkLimit))
	}
	return nil
}

func webAddress(s string) bool {
	u, err := url.Parse(s)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != ""
}

// uploaded represents an image uploaded as a file.
const uploaded = "(uploaded)"

// v2Mailing reads what sendQuickViberMessage and sendViberMessageList have in common.
func (v *smsby) v2Mailing(c *call) (*mailing, error) {
	sender, ok := v.sender(c.params.text("vibername_id"))
	if !ok {
		return nil, vendorError("incorrect vibername_id")
	}
	m := &mailing{
		sender: sender.id, created: c.now, leaves: c.now,
		kind: strings.ToUpper(cmp.Or(c.params.text("type_message"), smsbyText)),
		text: text(c.params["message"]), caption: c.params.text("button"), link: c.params.text("button_link"),
		image: c.params.text("image_url"),
	}
	if file, ok := c.params["image"].(upload); ok && m.image == "" {
		if file.size == 0 {
			return nil, vendorError("image is empty")
		}
		m.image = uploaded
	}
	m.circumstances = circumstances{smsbyLifetime, m.kind == smsbyButton, liveReplyShare, v.drill()}
	return m, checkContent(m.kind, m.text, m.caption, m.link, m.image, 0)
}

// sendQuick is v2 sendQuickViberMessage: one person, sent and paid for at once.
func (v *smsby) sendQuick(c *call) reply {
	m, err := v.v2Mailing(c)
	if err != nil {
		return refuse("%v", err)
	}
	phone, ok := phoneDigits(c.params["phone"])
	if !ok {
		return refuse("incorrect phone number")
	}
	if c.params.text("forwarding_message") == "1" {
		if minutes := c.params.numberOr("forwarding_time", 60); minutes < 5 || minutes > 60 {
			return refuse("forwarding_time must be from 5 to 60 minutes")
		}
		if c.params.given("alphaname_id") && c.params.numberOr("alphaname_id", 0) <= 0 {
			return refuse("incorrect alphaname_id")
		}
	}
	m.quick, m.confirmed, m.people = true, true, []addressee{{phone: phone}}
	if !v.charge(m) {
		return refuse("not enough money")
	}
	v.add(m)
	v.enter(m, v.book.nextCall(), c.now)
	return okay(struct {
		MessageID int64 `json:"message_id"`
	}{m.id})
}

// sendList is v2 sendViberMessageList: it creates, and costs nothing.
func (v *smsby) sendList(c *call) reply {
	m, err := v.v2Mailing(c)
	if err != nil {
		return refuse("%v", err)
	}
	subscribers, ok := v.list(c.params.text("list_id"))
	switch {
	case !ok:
		return refuse("list not found")
	case len(subscribers.phones) == 0:
		return refuse("list is empty")
	}
	if at := c.params.text("d_schedule"); at != "" {
		scheduled, err := minskTime(at)
		if err != nil {
			return refuse("d_schedule must be in the format YYYY-MM-DD HH:MM")
		}
		m.leaves = later(scheduled, c.now)
	}
	for _, phone := range subscribers.phones {
		m.people = append(m.people, addressee{phone: phone})
	}
	m.name = cmp.Or(c.params.text("name"), "Viber "+c.now.In(minsk).Format(smsbyTime))
	v.add(m)
	return okay(struct {
		MessageID int64 `json:"message_id"`
		Count     int   `json:"count_subscribers"`
	}{m.id, len(m.people)})
}

// confirm is v2 confirmViberMessage: it debits the money, once.
func (v *smsby) confirm(c *call) reply {
	m, ok := v.mailing(c)
	switch {
	case !ok:
		return refuse("not found")
	case m.confirmed:
		return refuse("message is already confirmed")
	case !v.charge(m):
		return refuse("not enough money")
	}
	m.confirmed = true
	m.leaves = later(m.leaves, c.now)
	v.enter(m, v.book.nextCall(), c.now)
	return smsbyAnswer(struct {
		Status string `json:"status"`
	}{"OK"})
}
