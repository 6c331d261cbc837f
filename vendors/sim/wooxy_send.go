package sim

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"viberdeck/model"
)

const wooxyContacts = 100 // per call

// bidden is one contact of a batch, as named by the client.
type bidden struct {
	contact   string
	variables map[string]string
}

// batch is POST /v3/viber/batch. A problem with one person is reported in failed, under the name
// that the client used; any other problem refuses the call.
func (v *wooxy) batch(c *call) reply {
	a := &arguments{params: c.params}
	o := v.order(a)
	v.registered(a, o.tags)
	contacts := a.contacts()
	if rep := v.refusal(a, o, len(contacts)); rep != nil {
		return *rep
	}
	success, failed := map[string]string{}, map[string]string{}
	seen := map[int]string{}
	sequence := v.book.nextCall()
	for _, b := range contacts {
		person, problem := v.personFor(o, b.contact)
		if first, again := seen[person]; again && problem == "" {
			problem = "Duplicated as " + first
		}
		if problem != "" {
			failed[b.contact] = problem
			continue
		}
		seen[person] = b.contact
		success[b.contact] = v.enter(o, person, b.variables, sequence, c.now)
	}
	return wooxyFine(struct {
		Result  bool `json:"result"`
		Success any  `json:"success"`
		Failed  any  `json:"failed"`
	}{true, v.phpMap(success), v.phpMap(failed)})
}

// phpMap returns a map as PHP encodes it; in the fire drill an empty one is an empty list, as with
// PHP's arrays.
func (v *wooxy) phpMap(m map[string]string) any {
	if len(m) == 0 && v.drill() {
		return []string{}
	}
	return m
}

// contacts reads the people of a batch.
func (a *arguments) contacts() []bidden {
	value, given := a.params["contacts"]
	if !given || value == nil {
		a.problem("Argument contacts required")
		return nil
	}
	items, isList := value.([]any)
	switch {
	case !isList:
		a.problem("Argument contacts must be an array of objects")
		return nil
	case len(items) == 0:
		a.problem("No contacts to handle")
	case len(items) > wooxyContacts:
		a.problem("Amount of contacts must be less or equal 100")
		return nil
	}
	contacts := make([]bidden, 0, len(items))
	for _, item := range items {
		members, isObject := item.(map[string]any)
		if !isObject {
			a.problem("Argument contacts must be an array of objects")
			continue
		}
		contact := strings.TrimSpace(text(members["contact"]))
		if contact == "" {
			a.problem("Each contact must contain contact field")
			continue
		}
		contacts = append(contacts, bidden{contact, a.variables(members)})
	}
	return contacts
}

// refusal refuses a call that cannot be done for anyone; nil if it can.
func (v *wooxy) refusal(a *arguments, o order, people int) *reply {
	var rep reply
	switch {
	case len(a.problems) > 0:
		rep = wooxyRefuse(a.problems...)
	case o.template.crashes:
		rep = wooxyRefused(500, "Internal server error")
	case int64(people)*wooxyPrice > v.money:
		rep = wooxyRefused(402, "Payment required")
	default:
		return nil
	}
	return &rep
}

// personFor finds a person of the order's list and returns the problem that keeps the message from
// them.
func (v *wooxy) personFor(o order, contact string) (person int, problem string) {
	person, known := o.list.find(contact)
	if !known {
		return -1, "Contact not found"
	}
	country := countryOf(wooxyPhone(person))
	switch {
	case !v.active(person):
		return person, "Contact is not active"
	case o.sender == nil && !v.senders[""].covers(country):
		return person, "No default senderId registered for country"
	case o.sender != nil && !o.sender.covers(country):
		return person, "Country of contact is not allowed for senderId " + o.sender.id
	case o.template.restricted && restrictedCountry(country):
		return person, "Template " + o.template.id + " is not allowed to use in restricted country"
	}
	return person, ""
}

func restrictedCountry(country string) bool {
	return country == "BY" || country == "UA" || country == "RU"
}

// trigger is POST /v3/viber/trigger: one contact, whose problems refuse the call.
func (v *wooxy) trigger(c *call) reply {
	a := &arguments{params: c.params}
	o := v.order(a)
	contact := a.word("contact", true)
	if rep := v.refusal(a, o, 1); rep != nil {
		return *rep
	}
	person, problem := v.personFor(o, contact)
	if problem != "" {
		return wooxyRefuse(problem)
	}
	id := v.enter(o, person, nil, v.book.nextCall(), c.now)
	return wooxyFine(struct {
		Result bool     `json:"result"`
		IDs    []string `json:"Viber_message_ids"`
	}{true, []string{id}})
}

// sendText is POST /v3/viber/send: free text to any phone outside Ukraine, Belarus and Russia.
func (v *wooxy) sendText(c *call) reply {
	a := &arguments{params: c.params}
	var o order
	v.delivery(a, &o)
	if domain := a.word("domain", true); domain != "" && domain != WooxyDomain {
		a.problem("Domain " + domain + " not found")
	}
	phone, ok := phoneDigits(a.word("phoneNumber", true))
	if !ok && c.params.given("phoneNumber") {
		a.problem("Argument phoneNumber must be a valid phone number")
	}
	o.template.text = a.word("text", true)
	if button := object(c.params["buttons"]); len(button) > 0 {
		o.template.button = true
		if !button.given("text") || !webAddress(button.text("url")) {
			a.problem("Argument buttons must contain text and url fields")
		}
	}
	if rep := v.refusal(a, o, 1); rep != nil {
		return *rep
	}
	country := countryOf(phone)
	switch {
	case o.sender == nil && (restrictedCountry(country) || !v.senders[""].covers(country)):
		return wooxyRefuse("No default senderId registered for country")
	case o.sender != nil && (restrictedCountry(country) || !o.sender.covers(country)):
		return wooxyRefuse("Country of contact is not allowed for senderId " + o.sender.id)
	}
	id := v.hand(o, wooxyMessage{phone: phone, text: o.template.text, person: -1}, v.book.nextCall(), c.now)
	return wooxyFine(struct {
		Result bool     `json:"result"`
		IDs    []string `json:"viber_message_ids"`
	}{true, []string{id}})
}

// wooxyMessage is one message to one person.
type wooxyMessage struct {
	id, phone, text string
	person          int // -1: a phone that is in no list
}

// enter makes a message from a template and hands it over. A person's own variables override common
// ones, which override the list's.
func (v *wooxy) enter(o order, person int, own map[string]string, sequence int, now time.Time) string {
	filled := fill(o.template.text, own, o.variables, listVariables(person))
	return v.hand(o, wooxyMessage{phone: wooxyPhone(person), text: filled, person: person}, sequence, now)
}

// hand debits the price of a message, writes the ledger and starts its life.
func (v *wooxy) hand(o order, m wooxyMessage, sequence int, now time.Time) string {
	v.messages++
	d := throw(v.seed, "wooxy", "message", strconv.Itoa(v.messages))
	m.id = fmt.Sprintf("%08x-%016x", v.messages, d.roll())
	v.money -= wooxyPrice
	v.book.sent(Send{Vendor: "wooxy", Account: WooxyAccount, Call: sequence, CampaignID: m.id, Phone: m.phone,
		Text: m.text, At: now})
	v.announce(o, m, now)
	return m.id
}

var placeholder = model.NewPattern(`\{\{\s*([A-Za-z_][A-Za-z0-9_]*)\s*(?:\|\s*default\('([^']*)'\)\s*)?\}\}`)

// fill inserts variables into a template; the first set that has a value wins.
func fill(template string, sets ...map[string]string) string {
	return placeholder().ReplaceAllStringFunc(template, func(found string) string {
		part := placeholder().FindStringSubmatch(found)
		for _, set := range sets {
			if value, ok := set[part[1]]; ok {
				return value
			}
		}
		return part[2]
	})
}
