package sim

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Seeded things at Routee that clients can name. Routee cannot list senders and campaigns.
const (
	RouteeSender       = "6f1e0000-0000-4000-8000-000000000001" // "Example Shop"
	RouteeSecondSender = "6f1e0000-0000-4000-8000-000000000002" // "Παράδειγμα"

	RouteeGroup      = "customers" // 180 contacts, ten of them on the blacklist
	RouteeSmallGroup = "vip"       // 12 contacts
	RouteeEmptyGroup = "empty"

	// RouteeTakenName is the name of RouteeCampaign(0): a second campaign of this name is refused.
	RouteeTakenName = "Easter offers"
	// RouteeScheduled is the trackingId of a campaign that leaves tomorrow.
	RouteeScheduled = "7c2a0000-0000-4000-8000-000000999999"

	// RouteeLargeFile in an address marks a file larger than 600 KB.
	RouteeLargeFile = "larger-than-600-kb"
)

// RouteeCampaign is the trackingId of the n-th seeded campaign that has left, from 0 to 6.
func RouteeCampaign(n int) string { return fmt.Sprintf("7c2a0000-0000-4000-8000-%012d", n) }

const (
	routeeTokenLife = time.Hour
	routeeUnits     = 10_000
	routeePage      = 20 // default page size
	routeeMostPage  = 2000
	routeeMost      = 1000 // items of to, contacts or groups
	routeeTime      = "2006-01-02T15:04:05.000Z"
)

// routee is the simulated Routee: OAuth, Viber campaigns and single messages, tracking, contacts,
// groups, blacklist, balance.
type routee struct {
	setting
	credentials Credentials
	tokens      map[string]time.Time // expiry of each token
	issued      int
	turned      int // tokens rejected
	campaigns   map[string]*routeeCampaign
	names       map[string]string // campaign name → its id
	messages    map[string]routeeMessage
	made        int // campaigns created so far
	contacts    []*routeeContact
	groups      []string
	blacklist   []string // contact ids
	money       int64
}

func newRoutee(s setting, credentials Credentials) *routee {
	v := &routee{
		setting: s, credentials: credentials, tokens: map[string]time.Time{}, campaigns: map[string]*routeeCampaign{},
		names: map[string]string{}, messages: map[string]routeeMessage{}, money: 900 * routeeUnits,
	}
	v.seedHistory()
	return v
}

type routeeCall struct {
	method, pattern, name string
	do                    func(*routee, *call) reply
}

func routeeCalls() []routeeCall {
	return []routeeCall{
		{"POST", "/oauth/token", opAccessToken, (*routee).accessToken},
		{"POST", "/viber/campaign", "sendCampaign", (*routee).sendCampaign},
		{"DELETE", "/viber/campaign/{id}", "deleteCampaign", (*routee).deleteCampaign},
		{"POST", "/viber", "sendSingle", (*routee).sendSingle},
		{"GET", "/viber/tracking/campaign/{id}", "campaignTracking", (*routee).campaignTracking},
		{"GET", "/viber/tracking/{id}", "messageTracking", (*routee).messageTracking},
		{"POST", "/viber/session", "listSessions", (*routee).listSessions},
		{"GET", "/viber/session/{id}", "session", (*routee).oneSession},
		{"GET", "/campaigns/{id}", "campaign", (*routee).oneCampaign},
		{"GET", "/system/prices", "prices", (*routee).prices},
		{"GET", "/accounts/me/balance", "balance", (*routee).balance},
		{"GET", "/accounts/me/transactions", "transactions", (*routee).transactions},
		{"GET", "/contacts/my", "listContacts", (*routee).listContacts},
		{"POST", "/contacts/my", "createContact", (*routee).createContact},
		{"DELETE", "/contacts/my", "deleteContacts", (*routee).deleteContacts},
		{"HEAD", "/contacts/my/mobile", "hasContact", (*routee).hasContact},
		{"GET", "/contacts/my/blacklist/{service}", "listBlacklist", (*routee).listBlacklist},
		{"POST", "/contacts/my/blacklist/{service}", "addToBlacklist", (*routee).addToBlacklist},
		{"DELETE", "/contacts/my/blacklist/{service}", "removeFromBlacklist", (*routee).removeFromBlacklist},
		{"DELETE", "/contacts/my/blacklist/{service}/groups", "removeGroupsFromBlacklist",
			(*routee).removeGroupsFromBlacklist},
		{"GET", "/contacts/my/{id}", "contact", (*routee).oneContact},
		{"PUT", "/contacts/my/{id}", "updateContact", (*routee).updateContact},
		{"DELETE", "/contacts/my/{id}", "deleteContact", (*routee).deleteContact},
		{"GET", "/groups/my", "listGroups", (*routee).listGroups},
		{"GET", "/groups/my/page", "pageGroups", (*routee).pageGroups},
		{"POST", "/groups/my", "createGroup", (*routee).createGroup},
		{"DELETE", "/groups/my", "deleteGroups", (*routee).deleteGroups},
		{"GET", "/groups/my/{name}", "group", (*routee).oneGroup},
		{"GET", "/groups/my/{name}/contacts", "groupContacts", (*routee).groupContacts},
		{"POST", "/groups/my/{name}/contacts", "addToGroup", (*routee).addToGroup},
		{"DELETE", "/groups/my/{name}/contacts", "removeFromGroup", (*routee).removeFromGroup},
	}
}

// routeeCallOf finds the call of a method and a path; calls with fixed paths come before those with
// ids.
func routeeCallOf(method, path string) routeeCall {
	parts := strings.Split(path, "/")
	for _, known := range routeeCalls() {
		pattern := strings.Split(known.pattern, "/")
		if known.method == method && slices.EqualFunc(pattern, parts, func(wanted, got string) bool {
			return wanted == got || strings.HasPrefix(wanted, "{") && got != ""
		}) {
			return known
		}
	}
	return routeeCall{}
}

func (v *routee) operation(method, path string) string { return routeeCallOf(method, path).name }

func (v *routee) serve(c *call) reply {
	known := routeeCallOf(c.method, c.path)
	if known.name == opAccessToken {
		return known.do(v, c)
	}
	if token := bearer(c); token == "" || !c.now.Before(v.tokens[token]) {
		return v.turnAway(token)
	}
	if known.do == nil {
		return routeeNo(http.StatusNotFound, "404000000", "The requested resource was not found")
	}
	return known.do(v, c)
}

// turnAway answers a call without a valid token: 401, and for an expired one alternately 403, since
// both are documented.
func (v *routee) turnAway(token string) reply {
	type denial struct {
		Error       string `json:"error"`
		Description string `json:"error_description"`
	}
	if _, expired := v.tokens[token]; expired {
		v.turned++
		if v.turned%2 == 0 {
			return reply{status: http.StatusForbidden, body: denial{"access_denied", "The access token expired"}}
		}
	}
	return reply{status: http.StatusUnauthorized, body: denial{"invalid_token", "Invalid or expired access token"}}
}

// expire invalidates the token; it stays known, as expired ones do.
func (v *routee) expire(c *call) reply {
	token := bearer(c)
	if _, ours := v.tokens[token]; ours {
		v.tokens[token] = c.now
	}
	return v.turnAway(token)
}

// accessToken is the client credentials grant, with the application's credentials in a Basic
// header.
func (v *routee) accessToken(c *call) reply {
	type denial struct {
		Error       string `json:"error"`
		Description string `json:"error_description"`
	}
	id, secret, basic := (&http.Request{Header: c.header}).BasicAuth()
	switch {
	case !basic:
		return reply{status: http.StatusUnauthorized,
			body: denial{"unauthorized", "Full authentication is required to access this resource"}}
	case id != v.credentials.RouteeApplicationID || secret != v.credentials.RouteeApplicationSecret:
		return reply{status: http.StatusUnauthorized, body: denial{"invalid_client", "Bad client credentials"}}
	case c.params.text("grant_type") != "client_credentials":
		return reply{status: http.StatusBadRequest,
			body: denial{"unsupported_grant_type", "Unsupported grant type: " + c.params.text("grant_type")}}
	}
	v.issued++
	token := uuid(throw(v.seed, "routee", "token", strconv.Itoa(v.issued)))
	for old, until := range v.tokens {
		if c.now.Sub(until) > 24*routeeTokenLife { // until then it counts as expired
			delete(v.tokens, old)
		}
	}
	v.tokens[token] = c.now.Add(routeeTokenLife)
	return fine(struct {
		Token       string   `json:"access_token"`
		Type        string   `json:"token_type"`
		Life        int      `json:"expires_in"`
		Scope       string   `json:"scope"`
		Permissions []string `json:"permissions"`
	}{token, "bearer", int(routeeTokenLife.Seconds()), "viber contact account",
		[]string{"MT_ROLE_VIBER", "MT_ROLE_CONTACTS", "MT_ROLE_ACCOUNT_FINANCE"}})
}

// routeeError is the body of every error except those about tokens. An inner error code is among
// the properties.
type routeeError struct {
	Code       string            `json:"code"`
	Message    string            `json:"developerMessage"`
	Properties map[string]string `json:"properties,omitempty"`
}

func routeeNo(status int, code, words string) reply {
	return reply{status: status, body: routeeError{Code: code, Message: words}}
}

// wrongField refuses a value with the general code and names the field.
func wrongField(field, words string) *reply {
	return &reply{status: http.StatusBadRequest, body: routeeError{"400000000", words, map[string]string{field: words}}}
}

// wrongCampaign refuses a campaign with an inner error code; the document has none for video.
func wrongCampaign(inner, words string) *reply {
	e := routeeError{Code: "400019002", Message: words}
	if inner != "" {
		e.Properties = map[string]string{"errorCode": inner}
	}
	return &reply{status: http.StatusBadRequest, body: e}
}

func (v *routee) unreadable(err error) reply {
	return routeeNo(http.StatusBadRequest, "400000000", "The request cannot be read: "+err.Error())
}

// limited is a guess: the documents list no 429.
func (v *routee) limited() reply {
	return routeeNo(http.StatusTooManyRequests, "429000000", "Too many requests")
}

func uuid(d *dice) string {
	a, b := d.roll(), d.roll()
	return fmt.Sprintf("%08x-%04x-4%03x-8%03x-%012x", a>>32, a>>16&0xffff, a&0xfff, b>>52, b&0xffffffffffff)
}

// springPage is a page in Spring's format.
type springPage[R any] struct {
	Content    []R  `json:"content"`
	Pages      int  `json:"totalPages"`
	Total      int  `json:"totalElements"`
	Last       bool `json:"last"`
	First      bool `json:"first"`
	OnThisPage int  `json:"numberOfElements"`
	Size       int  `json:"size"`
	Number     int  `json:"number"` // from 0
}

// spring selects the page that a call requests with page and size, and converts its rows.
func spring[T, R any](c *call, items []T, row func(T) R) reply {
	size := c.params.numberOr("size", routeePage)
	if size <= 0 || size > routeeMostPage {
		size = routeePage
	}
	number := min(max(c.params.numberOr("page", 0), 0), int64(len(items))) // all pages beyond the end are empty
	p := springPage[R]{Content: []R{}, Total: len(items), Size: int(size), Number: int(number)}
	p.Pages = (len(items) + p.Size - 1) / p.Size
	p.First, p.Last = number == 0, p.Number+1 >= p.Pages
	for _, item := range page(items, number*size, size, routeeMostPage) {
		p.Content = append(p.Content, row(item))
	}
	p.OnThisPage = len(p.Content)
	return fine(p)
}

func routeeDate(t time.Time) string { return t.UTC().Format(routeeTime) }

// amount is money as a JSON number.
type amount int64

// MarshalJSON writes all four decimals.
func (a amount) MarshalJSON() ([]byte, error) {
	return fmt.Appendf(nil, "%d.%04d", int64(a)/routeeUnits, int64(a)%routeeUnits), nil
}

// last is the last part of a call's path: an id or a name.
func (c *call) last() string { return c.path[strings.LastIndex(c.path, "/")+1:] }
