package sim

import (
	"cmp"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"
)

// minsk is the time zone of sms.by in both directions; Belarus has had no other offset since 2011.
var minsk = time.FixedZone("Europe/Minsk", 3*60*60)

const (
	smsbyTime     = "2006-01-02 15:04:05"
	smsbyBulkTime = "2006-01-02 15:04:05.000000"

	// smsbyPace is the time between the messages of one mailing, in simulated time.
	smsbyPace = 10 * time.Millisecond
	// smsbyLifetime is invented: the documents give no lifetime.
	smsbyLifetime = 24 * time.Hour
	// smsbyPrice is the price of a message in smsbyUnits: the documents' 0.04900 EUR.
	smsbyPrice    = 4900
	smsbyUnits    = 100_000
	smsbyCurrency = "EUR"
)

// Types of messages at sms.by, v2 spelling.
const (
	smsbyText   = "TEXT"
	smsbyImage  = "IMAGE"
	smsbyButton = "BUTTON"
)

// smsby is the simulated sms.by: v1 bulk mailings, v2 quick messages and list mailings, replies,
// lists, balance.
type smsby struct {
	setting
	token      string
	vibernames []vibername
	mailings   []*mailing // by increasing id
	bulk       map[string]*bulkRequest
	lists      []*subscriberList
	marked     map[int64]bool // replies marked as read
	money      int64          // Viber balance in units
	deliveries int64          // the newest delivery id
}

type vibername struct {
	id   int64
	name string
}

// mailing is one message to its people: a list mailing, one of a bulk request, or a quick message.
type mailing struct {
	id                         int64
	name, kind                 string
	sender                     int64
	text, caption, link, image string
	quick, confirmed           bool
	oddStatus                  string // an undocumented status
	created, leaves            time.Time
	firstDelivery              int64
	people                     []addressee
	circumstances              circumstances
}

// addressee is one person of a mailing; text and link are set only in personal mailings.
type addressee struct {
	phone, text, link string
}

// bulkRequest is the result of one sendBulkViber call: for each mailing, the mailing or its error.
type bulkRequest struct {
	mailings []*mailing
	errors   []string
}

func newSMSBy(s setting, token string) *smsby {
	v := &smsby{
		setting:    s,
		token:      token,
		vibernames: []vibername{{444, "Example Shop"}, {445, "Пример"}, {512, "Example Clinic"}},
		bulk:       map[string]*bulkRequest{},
		marked:     map[int64]bool{},
		money:      5000 * smsbyUnits,
		deliveries: 1000,
	}
	v.seedHistory()
	return v
}

// operation names the call: /api/v1/<name> or /api/v2/<name>. Methods for which the documents give
// no version answer under both.
func (v *smsby) operation(_, path string) string {
	version, name, _ := strings.Cut(strings.TrimPrefix(path, "/api/"), "/")
	known := smsbyCalls[name]
	if known == nil || !slices.Contains(known.versions, version) {
		return ""
	}
	return name
}

// smsbyCall is one documented method.
type smsbyCall struct {
	versions []string
	writes   bool // requires POST; reads also answer to GET, which the vendor's own libraries use
	do       func(*smsby, *call) reply
}

var smsbyCalls = map[string]*smsbyCall{
	"sendBulkViber":          {[]string{"v1"}, true, (*smsby).sendBulk},
	"statusBulkViber":        {[]string{"v1"}, false, (*smsby).statusBulk},
	"sendQuickViberMessage":  {[]string{"v2"}, true, (*smsby).sendQuick},
	"getViberDeliveryData":   {[]string{"v2"}, false, (*smsby).deliveryData},
	"sendViberMessageList":   {[]string{"v2"}, true, (*smsby).sendList},
	"confirmViberMessage":    {[]string{"v2"}, true, (*smsby).confirm},
	"getViberMessages":       {[]string{"v2"}, false, (*smsby).messages},
	"getViberMessageData":    {[]string{"v2"}, false, (*smsby).messageData},
	"getViberDeliveryList":   {[]string{"v2"}, false, (*smsby).deliveryList},
	"getNewIncomingMessages": {[]string{"v2"}, false, (*smsby).newIncoming},
	"readResponseStatus":     {[]string{"v2"}, true, (*smsby).markRead},
	"getVibernames":          {[]string{"v1", "v2"}, false, (*smsby).listVibernames},
	"getSubscriberLists":     {[]string{"v1", "v2"}, false, (*smsby).subscriberLists},
	"createSubscriberList":   {[]string{"v1", "v2"}, true, (*smsby).createList},
	"importContacts":         {[]string{"v1", "v2"}, true, (*smsby).importContacts},
	"getBalance":             {[]string{"v1", "v2"}, false, (*smsby).balance},
	"getLimit":               {[]string{"v1", "v2"}, false, (*smsby).limit},
}

func (v *smsby) serve(c *call) reply {
	known := smsbyCalls[c.op]
	switch {
	case known == nil:
		return reply{status: http.StatusNotFound, body: refusal{"Page not found"}, php: true}
	case known.writes && c.method != http.MethodPost:
		return reply{status: http.StatusMethodNotAllowed, body: refusal{"Method not allowed"}, php: true}
	case c.params.text("token") == "":
		return refuse("token is required")
	case c.params.text("token") != v.token:
		return refuse("incorrect token")
	}
	return known.do(v, c)
}

// refusal is how sms.by refuses: with HTTP 200.
type refusal struct {
	Error string `json:"error"`
}

func refuse(format string, args ...any) reply {
	return reply{status: http.StatusOK, body: refusal{fmt.Sprintf(format, args...)}, php: true}
}

// okay is the v2 success reply.
func okay(result any) reply {
	return smsbyAnswer(struct {
		Status string `json:"status"`
		Result any    `json:"result"`
	}{"OK", result})
}

func smsbyAnswer(body any) reply { return reply{status: http.StatusOK, body: body, php: true} }

func (v *smsby) unreadable(error) reply {
	return reply{status: http.StatusBadRequest, body: refusal{"Invalid request"}, php: true}
}

func (v *smsby) limited() reply {
	return reply{status: http.StatusTooManyRequests, body: refusal{"Request limit exceeded"}, php: true}
}

// expire cannot invalidate the only token; it returns sms.by's answer to an invalid one.
func (v *smsby) expire(*call) reply { return refuse("incorrect token") }

func (v *smsby) sender(id string) (vibername, bool) {
	for _, name := range v.vibernames {
		if fmt.Sprint(name.id) == id {
			return name, true
		}
	}
	return vibername{}, false
}

// mailing finds the mailing of a call's message_id.
func (v *smsby) mailing(c *call) (*mailing, bool) {
	id, ok := c.params.number("message_id")
	if !ok {
		return nil, false
	}
	i, found := slices.BinarySearchFunc(v.mailings, id, func(m *mailing, id int64) int { return cmp.Compare(m.id, id) })
	if !found {
		return nil, false
	}
	return v.mailings[i], true
}

// add assigns the ids of a mailing and stores it.
func (v *smsby) add(m *mailing) {
	m.id = 8483
	if n := len(v.mailings); n > 0 {
		m.id = v.mailings[n-1].id + 1
	}
	m.firstDelivery = v.deliveries + 1
	v.deliveries += int64(len(m.people))
	v.mailings = append(v.mailings, m)
}

func (m *mailing) cost() int64 { return int64(len(m.people)) * smsbyPrice }

// charge debits the price of a mailing, if the balance suffices.
func (v *smsby) charge(m *mailing) bool {
	if m.cost() > v.money {
		return false
	}
	v.money -= m.cost()
	return true
}

// enter records a paid mailing in the ledger.
func (v *smsby) enter(m *mailing, sequence int, now time.Time) {
	for _, p := range m.people {
		text := p.text
		if text == "" {
			text = m.text
		}
		v.book.sent(Send{Vendor: "smsby", Account: SMSByAccount, Call: sequence, CampaignID: fmt.Sprint(m.id),
			Name: m.name, Phone: p.phone, Text: text, At: now})
	}
}

// fate is the fate of the message to the i-th person of a mailing.
func (v *smsby) fate(m *mailing, i int) fate {
	key := m.name
	if key == "" {
		key = m.text
	}
	return fateOf(v.seed, "smsby", key, m.people[i].phone, m.circumstances)
}

// left is when the message of the i-th person leaves.
func (v *smsby) left(m *mailing, i int) time.Time {
	return v.clock.after(m.leaves, time.Duration(i)*smsbyPace)
}

// state is the i-th person's status word, its error code, and since when.
func (v *smsby) state(m *mailing, i int, now time.Time) (word string, code int, since time.Time) {
	if !m.confirmed {
		return "NEW", 0, m.created
	}
	reached, since := v.fate(m, i).at(v.clock, v.left(m, i), now)
	if reached == waiting {
		since = m.created
	}
	if v.drill() && i%9 == 5 && reached >= delivered {
		return "SEEN_BY_OPERATOR", 0, since
	}
	switch reached {
	case delivered:
		return "DELIVERED", 0, since
	case read, clicked:
		return "READ", 0, since
	case undelivered:
		return "UNDELIVERED", 3, since
	case expired:
		return "EXPIRED", 8, since
	case failed:
		return "FAILED", 12, since
	}
	return "NEW", 0, since
}

func (m *mailing) status(now time.Time) string {
	switch {
	case m.oddStatus != "":
		return m.oddStatus
	case !m.confirmed:
		return "NEW"
	case now.Before(m.leaves):
		return "SCHEDULED"
	}
	return "SENT"
}

func euros(units int64) string { return fmt.Sprintf("%d.%05d", units/smsbyUnits, units%smsbyUnits) }
