package sim

import (
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"viberdeck/model"
)

// routeeCampaign is one campaign, or a single message if it has no trackingId of its own.
type routeeCampaign struct {
	id, name             string
	sender               string
	body                 routeeBody
	to, contacts, groups []string
	ttl                  int64 // seconds; 0: not set
	label                string
	callback, inbound    string
	session, single      bool
	created, leaves      time.Time
	scheduled            bool
	people               []routeePerson
	perGroup             map[string]int
	inGroups             int
	cost                 int64
	circumstances        circumstances
}

// routeePerson is one message of a campaign.
type routeePerson struct {
	id, phone, text string
	groups          []string
	price           int64
	barred          bool // was on the blacklist when the campaign was created
}

const (
	routeeLabelLimit = 350
	routeeShortest   = 30
	routeeLongest    = 86400
	routeeLifetime   = 14 * 24 * time.Hour // when ttl is not set
)

var routeeName = model.NewPattern(`^[A-Za-z0-9 -]{2,30}$`)

// sendCampaign is POST /viber/campaign.
func (v *routee) sendCampaign(c *call) reply {
	m := &routeeCampaign{created: c.now, leaves: c.now, name: text(c.params["campaignName"])}
	for _, check := range []func(*routeeCampaign, params) *reply{
		v.readSettings, v.readSchedule, v.readSender, v.readAudience, v.readName} {
		if wrong := check(m, c.params); wrong != nil {
			return *wrong
		}
	}
	if wrong := v.accept(m, c.now); wrong != nil {
		return *wrong
	}
	return fine(v.describe(m, c.now))
}

// sendSingle is POST /viber: one message, with to as a single text.
func (v *routee) sendSingle(c *call) reply {
	m := &routeeCampaign{created: c.now, leaves: c.now, single: true}
	p := maps.Clone(c.params)
	p["to"] = []any{c.params["to"]}
	if _, isText := c.params["to"].(string); !isText {
		return *wrongField("to", "The recipient is required.")
	}
	for _, check := range []func(*routeeCampaign, params) *reply{v.readSettings, v.readSender, v.readAudience} {
		if wrong := check(m, p); wrong != nil {
			return *wrong
		}
	}
	if wrong := v.accept(m, c.now); wrong != nil {
		return *wrong
	}
	type status struct {
		Name    string `json:"name"`
		Updated string `json:"updatedDate"`
	}
	return fine(struct {
		ID      string     `json:"trackingId"`
		Status  status     `json:"status"`
		Created string     `json:"createdAt"`
		Sender  string     `json:"senderInfoTrackingId"`
		To      string     `json:"to"`
		Body    routeeBody `json:"body"`
		Label   string     `json:"label,omitempty"`
		Cost    amount     `json:"cost"`
	}{m.people[0].id, status{"Queued", routeeDate(c.now)}, routeeDate(c.now), m.sender, "+" + m.people[0].phone, m.body,
		m.label, amount(m.cost)})
}

// readSettings reads everything about a message except its sender and recipients.
func (v *routee) readSettings(m *routeeCampaign, p params) (wrong *reply) {
	m.session = p.text("isSessionMessage") == "1" || p.text("isSessionMessage") == "true"
	if m.body, wrong = readBody(p["body"], m.session, v.videoField()); wrong != nil {
		return wrong
	}
	lifetime := routeeLifetime
	if p.given("ttl") {
		ttl, ok := p.number("ttl")
		switch {
		case !ok || ttl < routeeShortest:
			return wrongField("ttl", "The value of ttl must be greater than or equal to 30.")
		case ttl > routeeLongest:
			return wrongField("ttl", "The value of ttl must be less than or equal to 86400.")
		}
		m.ttl, lifetime = ttl, time.Duration(ttl)*time.Second
	}
	m.label, m.callback, m.inbound = p.text("label"), p.text("callbackUrl"), p.text("inboundUrl")
	switch {
	case utf8.RuneCountInString(m.label) > routeeLabelLimit:
		return wrongField("label", "The label must be up to 350 characters.")
	case m.callback != "" && !webAddress(m.callback):
		return wrongField("callbackUrl", "The callback URL should be valid.")
	case m.inbound != "" && !webAddress(m.inbound):
		return wrongField("inboundUrl", "The inbound URL should be valid.")
	}
	m.circumstances = circumstances{lifetime, m.body.Action != nil, liveReplyShare, v.drill()}
	return nil
}

// readSchedule reads scheduledDate. A campaign with a past date leaves at once: no error for it is
// documented.
func (v *routee) readSchedule(m *routeeCampaign, p params) *reply {
	if !p.given("scheduledDate") {
		return nil
	}
	at, err := time.Parse(time.RFC3339, p.text("scheduledDate"))
	if err != nil {
		return wrongField("scheduledDate", "The scheduled date must be in the format YYYY-MM-DDThh:mm:ssTZD.")
	}
	m.scheduled, m.leaves = true, later(at, m.created)
	return nil
}

func (v *routee) readSender(m *routeeCampaign, p params) *reply {
	m.sender = p.text("senderInfoTrackingId")
	if m.sender == "" {
		return wrongField("senderInfoTrackingId", "The sender id is required.")
	}
	if senderOfRoutee(m.sender) == "" {
		rep := routeeNo(http.StatusNotFound, "404020001", "The sender ID is not correct.")
		return &rep
	}
	return nil
}

func senderOfRoutee(id string) string {
	return map[string]string{RouteeSender: "Example Shop", RouteeSecondSender: "Παράδειγμα"}[id]
}

func (v *routee) readName(m *routeeCampaign, p params) *reply {
	if !p.given("campaignName") {
		return nil
	}
	if !routeeName.MatchString(m.name) {
		return wrongField("campaignName",
			"The name must be between 2 and 30 characters and contain only latin letters, numbers, spaces and -")
	}
	if _, taken := v.names[m.name]; taken {
		rep := routeeNo(http.StatusConflict, "409009003", "Your account already has a campaign with the given name.")
		return &rep
	}
	return nil
}

// readAudience reads the recipients of a message. People listed twice in to get it twice; contacts
// and members of groups get it once.
func (v *routee) readAudience(m *routeeCampaign, p params) *reply {
	for _, field := range []struct {
		name  string
		items *[]string
	}{{"to", &m.to}, {"contacts", &m.contacts}, {"groups", &m.groups}} {
		items, isList := p[field.name].([]any)
		if p.given(field.name) && !isList {
			return wrongField(field.name, "The value of "+field.name+" must be an array of strings.")
		}
		if len(items) > routeeMost {
			return wrongField(field.name, "The size of "+field.name+" must be up to 1000.")
		}
		for _, item := range items {
			*field.items = append(*field.items, text(item))
		}
	}
	if len(m.to)+len(m.contacts)+len(m.groups) == 0 {
		return wrongField("to", `One of "groups", "to", "contacts" parameters are required.`)
	}
	reached := map[string]bool{}
	for _, number := range m.to {
		phone, ok := mobile(number)
		if !ok {
			return wrongCampaign("001",
				"The recipient numbers are not in the correct format (mobile numbers) or your array of numbers "+
					"contains at least one wrong number.")
		}
		v.address(m, v.contactOf(phone), phone, nil)
		reached[phone] = true
	}
	for _, id := range m.contacts {
		contact := v.contact(id)
		if contact == nil {
			rep := routeeNo(http.StatusNotFound, "404002001", "The contact id "+id+" does not exist.")
			return &rep
		}
		if !reached[contact.phone] {
			v.address(m, contact, contact.phone, nil)
			reached[contact.phone] = true
		}
	}
	return v.addressGroups(m, reached)
}

// addressGroups adds the members of the groups who are not on the blacklist.
func (v *routee) addressGroups(m *routeeCampaign, reached map[string]bool) *reply {
	m.perGroup = map[string]int{}
	for _, group := range m.groups {
		if !slices.Contains(v.groups, group) {
			rep := noGroup(group)
			return &rep
		}
		for _, contact := range v.members(group) {
			if v.isBlocked(contact) {
				continue
			}
			m.perGroup[group]++
			if !reached[contact.phone] {
				m.inGroups++
				v.address(m, contact, contact.phone, []string{group})
				reached[contact.phone] = true
			}
		}
	}
	return nil
}

// address adds one message; the contact is nil for a phone without a known contact.
func (v *routee) address(m *routeeCampaign, contact *routeeContact, phone string, groups []string) {
	person := routeePerson{phone: phone, groups: groups, price: routeePrice(phone, m.body.promotional())}
	person.text = m.body.personal(contact.labelValues())
	person.barred = contact != nil && v.isBlocked(contact)
	m.people = append(m.people, person)
	m.cost += person.price
}

// mobile reads a phone from to: E.164 with its plus; a Greek one must be a mobile number.
func mobile(number string) (phone string, ok bool) {
	phone, ok = phoneDigits(number)
	return phone, ok && strings.HasPrefix(number, "+") &&
		(!strings.HasPrefix(phone, "30") || strings.HasPrefix(phone, "3069"))
}

// routeePrice is what a message costs, in units; text alone is cheaper.
func routeePrice(phone string, promotional bool) int64 {
	price := int64(350)
	if countryOf(phone) == "GR" {
		price = 280
	}
	if !promotional {
		price -= 100
	}
	return price
}

// accept debits the price of a campaign, assigns its ids, writes the ledger and starts it.
func (v *routee) accept(m *routeeCampaign, now time.Time) *reply {
	if m.cost > v.money {
		rep := routeeNo(http.StatusBadRequest, "400001009", "You don't have enough balance to send the campaign.")
		return &rep
	}
	v.money -= m.cost
	v.made++
	v.add(m, uuid(throw(v.seed, "routee", "campaign", strconv.Itoa(v.made))))
	sequence := v.book.nextCall()
	for _, person := range m.people {
		v.book.sent(Send{Vendor: "routee", Account: RouteeAccount, Call: sequence, CampaignID: m.id, Name: m.name,
			Phone: person.phone, Text: person.text, At: now})
	}
	v.announce(m)
	return nil
}

// add stores a campaign under its id and assigns the ids of its messages.
func (v *routee) add(m *routeeCampaign, id string) {
	m.id = id
	v.campaigns[id] = m
	if m.name != "" {
		v.names[m.name] = id
	}
	d := throw(v.seed, "routee", "messages", id)
	for i := range m.people {
		m.people[i].id = uuid(d)
		v.messages[m.people[i].id] = routeeMessage{m, i}
	}
}

// deleteCampaign is DELETE /viber/campaign/{id}, for one that has not left yet. The codes of its
// errors are invented.
func (v *routee) deleteCampaign(c *call) reply {
	m := v.campaigns[c.last()]
	switch {
	case m == nil || m.single:
		return routeeNo(http.StatusNotFound, "404009001", "The campaign does not exist.")
	case !m.scheduled || !c.now.Before(m.leaves):
		return routeeNo(http.StatusBadRequest, "400009004", "Only scheduled campaigns can be deleted.")
	}
	delete(v.campaigns, m.id)
	delete(v.names, m.name)
	for _, person := range m.people {
		delete(v.messages, person.id)
	}
	v.money += m.cost
	v.book.cancelled(Cancellation{Vendor: "routee", Account: RouteeAccount, CampaignID: m.id, Name: m.name, At: c.now})
	return reply{status: http.StatusOK, body: struct{}{}}
}
