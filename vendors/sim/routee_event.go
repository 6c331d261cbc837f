package sim

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"time"
)

// routeePauses are the pauses before a callback that was not accepted is repeated. The vendor's own
// policy is unknown.
func routeePauses() []time.Duration {
	return []time.Duration{10 * time.Second, time.Minute, 10 * time.Minute}
}

// routeeProgress is the POST to callbackUrl: one for each step of each message. Where tracking has
// status.status and status.date it has status.name and status.updatedDate, and it spells statuses
// like "Delivered".
type routeeProgress struct {
	ID          string         `json:"trackingId"`
	CampaignID  string         `json:"campaignTrackingId,omitempty"`
	To          string         `json:"to"`
	From        string         `json:"from"`
	Groups      []string       `json:"groups"`
	Country     string         `json:"country"`
	Status      progressStatus `json:"status"`
	Body        routeeSentBody `json:"body"`
	TTL         int64          `json:"ttl,omitempty"`
	Label       string         `json:"label,omitempty"`
	Inbound     string         `json:"inboundUrl,omitempty"`
	Application string         `json:"applicationName"`
	Price       amount         `json:"price"`
	Direction   string         `json:"direction"`
	Service     string         `json:"originatingService"`
	Created     string         `json:"createdAt"`
}

type progressStatus struct {
	Name    string        `json:"name"`
	Reason  *routeeReason `json:"reason,omitempty"`
	Updated string        `json:"updatedDate"`
}

type routeeSentBody struct {
	Text   string        `json:"text,omitempty"`
	Image  string        `json:"imageURL,omitempty"`
	Action *routeeAction `json:"viberAction,omitempty"`
	File   *routeeFile   `json:"viberFile,omitempty"`
	Video  *routeeVideo  `json:"viberVideo,omitempty"`
}

// routeeInbound is the POST to inboundUrl. The page that describes it was not found, so its shape
// is our guess: the field names are those of the progress callback, with from and to swapped, and
// the person's words are in body.text and message.
type routeeInbound struct {
	ID         string `json:"trackingId"` // of this message
	OriginalID string `json:"originalTrackingId"`
	CampaignID string `json:"campaignTrackingId,omitempty"`
	Campaign   string `json:"campaignName,omitempty"`
	From       string `json:"from"` // the person
	To         string `json:"to"`   // the sender's name
	Country    string `json:"country"`
	Body       struct {
		Text string `json:"text"`
	} `json:"body"`
	Message   string `json:"message"`
	Session   string `json:"sessionId,omitempty"`
	Label     string `json:"label,omitempty"`
	Direction string `json:"direction"`
	Service   string `json:"originatingService"`
	Created   string `json:"createdAt"`
}

// announce schedules the callbacks about a campaign's messages to its addresses.
func (v *routee) announce(of *routeeCampaign) {
	for i := range of.people {
		m := routeeMessage{of, i}
		f := v.fate(m)
		if of.callback != "" && loopback(of.callback) {
			for _, s := range f.steps {
				v.schedule(m, s.stage, v.clock.after(v.left(m), s.after))
			}
		}
		if of.inbound != "" && loopback(of.inbound) {
			for _, a := range v.replies(m) {
				v.postReply(a)
			}
		}
	}
}

// schedule posts one step of a message when it happens, if its campaign still exists. In the fire
// drill some are sent twice.
func (v *routee) schedule(m routeeMessage, reached stage, at time.Time) {
	if reached == clicked { // SEEN again
		return
	}
	p := v.word(m, reached, at)
	times := 1
	if v.drill() && m.i%5 == 0 {
		times = 2
	}
	v.post.add(at, func(time.Time) []letter {
		if v.campaigns[m.campaign.id] == nil {
			return nil
		}
		row := v.row(m, at)
		body, err := json.Marshal(routeeProgress{
			ID: row.ID, CampaignID: row.CampaignID, To: row.To, From: row.From, Groups: row.Groups,
			Country: row.Country,
			Status:  progressStatus{capital(p.word), p.reason(), routeeDate(at)},
			Body:    routeeSentBody{row.Message, row.Image, row.Action, row.File, row.Video}, TTL: row.TTL,
			Label: m.campaign.label, Inbound: m.campaign.inbound,
			Application: row.Application, Price: row.Price, Direction: row.Direction, Service: row.Service,
			Created: routeeDate(m.campaign.created),
		})
		if err != nil {
			return nil
		}
		return slices.Repeat([]letter{{m.campaign.callback, body, routeePauses()}}, times)
	})
}

func capital(word string) string { return word[:1] + strings.ToLower(word[1:]) }

// routeeReply is one inbound message.
type routeeReply struct {
	message routeeMessage
	id      string
	text    string
	at      time.Time
}

// replies lists what a person will have replied, in order of time.
func (v *routee) replies(m routeeMessage) []routeeReply {
	d := throw(v.seed, "routee", "reply", m.person().id)
	left := v.left(m)
	var replies []routeeReply
	for _, a := range v.fate(m).answers {
		replies = append(replies, routeeReply{m, uuid(d), a.text, v.clock.after(left, a.after)})
	}
	return replies
}

func (v *routee) postReply(r routeeReply) {
	v.post.add(r.at, func(time.Time) []letter {
		of := r.message.campaign
		if v.campaigns[of.id] == nil {
			return nil
		}
		body, err := json.Marshal(v.inbound(r))
		if err != nil {
			return nil
		}
		return []letter{{of.inbound, body, routeePauses()}}
	})
}

func (v *routee) inbound(r routeeReply) routeeInbound {
	of, person := r.message.campaign, r.message.person()
	in := routeeInbound{
		ID: r.id, OriginalID: person.id, Campaign: of.name, From: "+" + person.phone, To: senderOfRoutee(of.sender),
		Country: countryOf(person.phone),
		Message: r.text, Label: of.label, Direction: "Inbound", Service: "Viber", Created: routeeDate(r.at),
	}
	in.Body.Text = r.text
	if !of.single {
		in.CampaignID = of.id
	}
	if of.session {
		in.Session = sessionID(r.message)
	}
	return in
}

// sessionMessage is a message of a session, in either direction.
type sessionMessage struct {
	ID        string `json:"trackingId"`
	Session   string `json:"sessionId"`
	From      string `json:"from"`
	To        string `json:"to"`
	Message   string `json:"message"`
	Direction string `json:"direction"`
	Status    string `json:"status"`
	Date      string `json:"date"`
	at        time.Time
}

// sessionMessages lists the messages of a session so far: first ours, then the person's.
func (v *routee) sessionMessages(m routeeMessage, now time.Time) []sessionMessage {
	row := v.row(m, now)
	all := []sessionMessage{{row.ID, sessionID(m), row.From, row.To, row.Message, row.Direction, row.Status.Status,
		routeeDate(m.campaign.created), m.campaign.created}}
	for _, r := range v.replies(m) {
		if !r.at.After(now) {
			all = append(all, sessionMessage{r.id, sessionID(m), row.To, row.From, r.text, "Inbound", "RECEIVED",
				routeeDate(r.at), r.at})
		}
	}
	return all
}

// listSessions is POST /viber/session: all session messages of a phone between dateStart and
// dateEnd, oldest first.
func (v *routee) listSessions(c *call) reply {
	phone, ok := phoneDigits(c.params["phoneNumber"])
	if !ok {
		return *wrongField("phoneNumber", "The phone number is not valid.")
	}
	from, to := time.Time{}, c.now
	for name, bound := range map[string]*time.Time{"dateStart": &from, "dateEnd": &to} {
		if at, err := time.Parse(time.RFC3339, c.params.text(name)); err == nil {
			*bound = at
		} else if c.params.given(name) {
			return *wrongField(name, "The date must be in the format YYYY-MM-DDThh:mm:ssTZD.")
		}
	}
	var all []sessionMessage
	for _, m := range v.messages {
		if m.campaign.session && m.person().phone == phone {
			all = append(all, v.sessionMessages(m, c.now)...)
		}
	}
	all = slices.DeleteFunc(all, func(m sessionMessage) bool { return m.at.Before(from) || m.at.After(to) })
	slices.SortFunc(all, func(a, b sessionMessage) int {
		if order := a.at.Compare(b.at); order != 0 {
			return order
		}
		return strings.Compare(a.ID, b.ID)
	})
	return spring(c, all, func(m sessionMessage) sessionMessage { return m })
}

// oneSession is GET /viber/session/{id}.
func (v *routee) oneSession(c *call) reply {
	m, ok := v.messages[strings.TrimPrefix(c.last(), "session-")]
	if !ok || !m.campaign.session {
		return routeeNo(http.StatusNotFound, "404019006", "The session does not exist.")
	}
	return fine(struct {
		ID       string           `json:"sessionId"`
		Messages []sessionMessage `json:"messages"`
	}{sessionID(m), v.sessionMessages(m, c.now)})
}
