package sim

import (
	"net/http"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// routeeMessage is one message identified by its position in its campaign.
type routeeMessage struct {
	campaign *routeeCampaign
	i        int
}

func (m routeeMessage) person() routeePerson { return m.campaign.people[m.i] }

// routeePace is the time between the messages of one campaign, in simulated time.
const routeePace = 10 * time.Millisecond

func (v *routee) left(m routeeMessage) time.Time {
	return v.clock.after(m.campaign.leaves, time.Duration(m.i)*routeePace)
}

func (v *routee) fate(m routeeMessage) fate {
	key := m.campaign.name
	if key == "" {
		key = m.campaign.body.Text
	}
	if m.person().barred {
		return fate{steps: []step{{undelivered, time.Second}}}
	}
	return fateOf(v.seed, "routee", key, m.person().phone, m.campaign.circumstances)
}

// progress is a status with its reason, which only failed messages have.
type progress struct {
	word, detail, description string
	since                     time.Time
}

// word is Routee's word for a stage.
func (v *routee) word(m routeeMessage, reached stage, since time.Time) progress {
	d := throw(v.seed, "routee", "reason", m.person().id)
	if v.drill() && reached >= delivered {
		switch d.pick(11) {
		case 3:
			return progress{"UNSENT", "", "Insufficient balance", since}
		case 7:
			return progress{"PARKED \x1b[7m", "Lost\u202eteehs", "A status that no document knows", since}
		}
	}
	switch reached {
	case delivered:
		return progress{word: "DELIVERED", since: since}
	case read, clicked:
		return progress{word: "SEEN", since: since}
	case undelivered:
		if m.person().barred || d.chance(0.3) {
			return progress{"UNDELIVERED", "Opted Out", "The recipient has opted out", since}
		}
		return progress{"UNDELIVERED", []string{"Not Viber User", "Unsupported Equipment"}[d.pick(2)],
			"The recipient cannot be reached in Viber", since}
	case expired:
		return progress{"EXPIRED", "TTL Expired", "The message was not delivered in time", since}
	case failed:
		return progress{"FAILED", []string{"Message Rejected", "System Failure", "Timed Out"}[d.pick(3)],
			"The message was not accepted", since}
	}
	return progress{word: "QUEUED", since: since}
}

func (v *routee) state(m routeeMessage, now time.Time) progress {
	reached, since := v.fate(m).at(v.clock, v.left(m), now)
	if reached == waiting {
		since = m.campaign.created
	}
	return v.word(m, reached, since)
}

type routeeReason struct {
	Detail      string `json:"detailedStatus"`
	Description string `json:"description"`
}

func (p progress) reason() *routeeReason {
	if p.detail == "" && p.description == "" {
		return nil
	}
	return &routeeReason{p.detail, p.description}
}

// trackingRow is one message in the tracking replies; the callback names some fields differently.
type trackingRow struct {
	ID          string         `json:"trackingId"`
	To          string         `json:"to"`
	From        string         `json:"from"`
	Groups      []string       `json:"groups"`
	Country     string         `json:"country"`
	Status      trackingStatus `json:"status"`
	Campaign    string         `json:"campaign,omitempty"`
	CampaignID  string         `json:"campaignTrackingId,omitempty"`
	Application string         `json:"applicationName"`
	Service     string         `json:"originatingService"`
	Direction   string         `json:"direction"`
	TTL         int64          `json:"ttl,omitempty"`
	Message     string         `json:"message"`
	Price       amount         `json:"price"`
	Action      *routeeAction  `json:"viberAction,omitempty"`
	Image       string         `json:"imageUrl,omitempty"`
	File        *routeeFile    `json:"viberFile,omitempty"`
	Video       *routeeVideo   `json:"viberVideo,omitempty"`
	Session     bool           `json:"sessionMessage"`
	SessionID   string         `json:"sessionId,omitempty"`
	Expires     bool           `json:"expireOnDelivery"`
}

type trackingStatus struct {
	Status string        `json:"status"`
	Date   string        `json:"date"`
	Reason *routeeReason `json:"reason,omitempty"`
}

func (v *routee) row(m routeeMessage, now time.Time) trackingRow {
	p, person, of := v.state(m, now), m.person(), m.campaign
	r := trackingRow{
		ID: person.id, To: "+" + person.phone, From: senderOfRoutee(of.sender),
		Groups: append([]string{}, person.groups...), Country: countryOf(person.phone),
		Status:   trackingStatus{p.word, routeeDate(p.since), p.reason()},
		Campaign: of.name, Application: "Example application", Service: "Viber", Direction: "Outbound", TTL: of.ttl,
		Message: person.text, Price: amount(person.price),
		Action: of.body.Action, Image: of.body.Image, File: of.body.File, Video: of.body.Video, Session: of.session,
	}
	if !of.single {
		r.CampaignID = of.id
	}
	if of.session {
		r.SessionID = sessionID(m)
	}
	return r
}

func sessionID(m routeeMessage) string { return "session-" + m.person().id }

// campaignTracking is GET /viber/tracking/campaign/{id}. The order is that of sending;
// sort=to[,desc] is the only alternative.
func (v *routee) campaignTracking(c *call) reply {
	m := v.campaigns[c.last()]
	if m == nil {
		return routeeNo(http.StatusNotFound, "404009001", "The campaign does not exist.") // the code is invented
	}
	all := make([]routeeMessage, len(m.people))
	for i := range all {
		all[i] = routeeMessage{m, i}
	}
	if by, direction, _ := strings.Cut(c.params.text("sort"), ","); by == "to" {
		slices.SortStableFunc(all, func(a, b routeeMessage) int {
			if strings.EqualFold(direction, "desc") {
				a, b = b, a
			}
			return strings.Compare(a.person().phone, b.person().phone)
		})
	}
	return spring(c, all, func(m routeeMessage) trackingRow { return v.row(m, c.now) })
}

// messageTracking is GET /viber/tracking/{id}.
func (v *routee) messageTracking(c *call) reply {
	m, ok := v.messages[c.last()]
	if !ok {
		return routeeNo(http.StatusNotFound, "404019006", "The message tracking id does not exist.")
	}
	return fine(v.row(m, c.now))
}

// campaignRow is the reply to a campaign. Its states are our own words: the documents define none.
type campaignRow struct {
	ID         string         `json:"trackingId"`
	Type       string         `json:"type"`
	State      string         `json:"state"`
	Created    string         `json:"createdAt"`
	Sender     string         `json:"senderInfoTrackingId"`
	SenderName string         `json:"senderInfoName"`
	To         []string       `json:"to"`
	Contacts   []string       `json:"contacts"`
	Groups     []string       `json:"groups"`
	Name       string         `json:"campaignName,omitempty"`
	Scheduled  string         `json:"scheduledDate,omitempty"`
	Body       routeeBody     `json:"body"`
	TTL        int64          `json:"ttl,omitempty"`
	Cost       amount         `json:"cost"`
	Messages   int            `json:"totalMessages"`
	Analysis   routeeAnalysis `json:"viberAnalysis"`
	Callback   string         `json:"callbackUrl,omitempty"`
	Inbound    string         `json:"inboundUrl,omitempty"`
	Label      string         `json:"label,omitempty"`
	Session    bool           `json:"isSessionMessage"`
	Quiet      bool           `json:"respectQuietHours"`
}

type routeeAnalysis struct {
	Recipients int               `json:"numberOfRecipients"`
	PerCountry map[string]int    `json:"recipientsPerCountry"`
	Countries  map[string]string `json:"recipientCountries"` // by phone
	PerGroup   map[string]int    `json:"recipientsPerGroup"`
	InGroups   int               `json:"totalInGroups"`
	Contacts   map[string]string `json:"contacts"` // id → phone
	Body       struct {
		Characters int `json:"characters"`
	} `json:"bodyAnalysis"`
}

func (v *routee) describe(m *routeeCampaign, now time.Time) campaignRow {
	r := campaignRow{
		ID: m.id, Type: "Viber", State: v.campaignState(m, now), Created: routeeDate(m.created), Sender: m.sender,
		SenderName: senderOfRoutee(m.sender),
		To:         append([]string{}, m.to...), Contacts: append([]string{}, m.contacts...),
		Groups: append([]string{}, m.groups...), Name: m.name,
		Body: m.body, TTL: m.ttl, Cost: amount(m.cost), Messages: len(m.people), Callback: m.callback,
		Inbound: m.inbound, Label: m.label, Session: m.session,
		Analysis: routeeAnalysis{Recipients: len(m.people), PerCountry: map[string]int{},
			Countries: map[string]string{}, PerGroup: m.perGroup, InGroups: m.inGroups, Contacts: map[string]string{}},
	}
	if m.scheduled {
		r.Scheduled = routeeDate(m.leaves)
	}
	for _, person := range m.people {
		country := countryOf(person.phone)
		r.Analysis.PerCountry[country]++
		r.Analysis.Countries["+"+person.phone] = country
	}
	for _, id := range m.contacts {
		if contact := v.contact(id); contact != nil {
			r.Analysis.Contacts[id] = "+" + contact.phone
		}
	}
	r.Analysis.Body.Characters = utf8.RuneCountInString(m.body.Text)
	return r
}

func (v *routee) campaignState(m *routeeCampaign, now time.Time) string {
	switch {
	case m.scheduled && now.Before(m.leaves):
		return "Scheduled"
	case now.Equal(m.created):
		return "Queued"
	case len(m.people) > 0 && now.Before(v.left(routeeMessage{m, len(m.people) - 1})):
		return "Running"
	}
	return "Finished"
}

// oneCampaign is GET /campaigns/{id}, documented for SMS; that it serves Viber is a guess.
func (v *routee) oneCampaign(c *call) reply {
	m := v.campaigns[c.last()]
	if m == nil || m.single {
		return routeeNo(http.StatusNotFound, "404009001", "The campaign does not exist.")
	}
	return fine(v.describe(m, c.now))
}
