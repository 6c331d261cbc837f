package sim

import (
	"net/http"
	"slices"
	"strings"
	"time"
)

// Seeded things at Wooxy that clients can name. Wooxy cannot list templates and senders.
const (
	WooxyDomain = "shop.example.com" // its id is wooxyDomainID

	WooxyList        = "sim-list-loyalty-0001" // WooxyPhone(0) to WooxyPhone(1999)
	WooxyLargeList   = "sim-list-all-0002"     // WooxyPhone(0) to WooxyPhone(11999)
	WooxySmallList   = "sim-list-vip-0003"     // WooxyPhone(0) to WooxyPhone(119)
	WooxyEmptyList   = "sim-list-empty-0004"
	WooxySender      = "EXAMPLE"   // the platform's default is "Wooxy"
	WooxyGreekSender = "EXAMPLEGR" // approved for Greece only

	WooxySenderNotApproved = "PENDING"
	WooxySenderOfOthers    = "FOREIGN" // registered to another account

	WooxyTemplate            = "sim-template-welcome" // Здравствуйте, {{ name }}!
	WooxyBonusTemplate       = "sim-template-bonus"   // {{ points }}, {{ day|default('Sunday') }}; with a button
	WooxyTemplateNotApproved = "sim-template-new"
	WooxyTemplateRejected    = "sim-template-rejected"
	WooxyTemplateRestricted  = "sim-template-promo"  // not for Belarus, Ukraine and Russia
	WooxyTemplateBroken      = "sim-template-broken" // its Twig does not parse
	WooxyTemplateCrashing    = "sim-template-crash"  // HTTP 500 "Internal server error"
)

// Tokens that Wooxy recognises but does not accept, each with its own words.
const (
	WooxyTokenDisabled = "sim-wooxy-token-disabled" // user {id} not enabled
	WooxyTokenDeleted  = "sim-wooxy-token-deleted"  // no data found for key {userId}
	WooxyTokenRevoked  = "sim-wooxy-token-revoked"  // access token check failed for key/secret …
	WooxyTokenUnpaid   = "sim-wooxy-token-unpaid"   // Payment required
)

const (
	wooxyAtOnce   = 10 // concurrent calls
	wooxyDomainID = "sim-domain-0001"
	wooxyUnits    = 10_000
	wooxyPrice    = 150 // per message, in units
	wooxyLifetime = time.Hour
	wooxyTime     = "2006-01-02 15:04:05"
	wooxyPage     = 20 // default page size
	wooxyMostPage = 100
)

// wooxy is the simulated Wooxy: messages from templates to the people of its lists, blacklist,
// webhooks.
type wooxy struct {
	setting
	token     string
	lists     []contactList
	templates map[string]wooxyTemplate
	senders   map[string]wooxySender
	tags      []string
	gone      map[int]time.Time // people who leave the channel, by the time they do
	blacklist []wooxyBlocked
	webhooks  []webhook
	hooks     int // webhooks created so far
	messages  int // messages created so far
	money     int64
}

func newWooxy(s setting, token string) *wooxy {
	v := &wooxy{setting: s, token: token, gone: map[int]time.Time{}, money: 2500 * wooxyUnits}
	v.seedHistory()
	return v
}

type wooxyCall struct {
	name string
	do   func(*wooxy, *call) reply
}

var wooxyCalls = map[string]wooxyCall{
	"/v3/viber/batch":            {"sendBatch", (*wooxy).batch},
	"/v3/viber/trigger":          {"sendTriggered", (*wooxy).trigger},
	"/v3/viber/send":             {"sendText", (*wooxy).sendText},
	"/v3/viber/blacklist/add":    {"addToBlacklist", (*wooxy).addToBlacklist},
	"/v3/viber/blacklist/find":   {"findInBlacklist", (*wooxy).findInBlacklist},
	"/v3/viber/blacklist/remove": {"removeFromBlacklist", (*wooxy).removeFromBlacklist},
	"/v3/contact-list/find":      {"findContactLists", (*wooxy).findLists},
	"/v3/contact-list/get":       {"contactList", (*wooxy).oneList},
	"/v3/contact/get":            {"contact", (*wooxy).oneContact},
	"/v3/domain/find":            {"findDomains", (*wooxy).findDomains},
	"/v3/domain/get":             {"domain", (*wooxy).findDomains},
	"/v3/account/info":           {"accountInfo", (*wooxy).accountInfo},
	"/v3/tags/create":            {"createTag", (*wooxy).createTag},
	"/v3/tags/get":               {"listTags", (*wooxy).listTags},
	"/v3/tags/remove":            {"removeTag", (*wooxy).removeTag},
	"/v3/webhook/create":         {"createWebhook", (*wooxy).createWebhook},
	"/v3/webhook/list":           {"listWebhooks", (*wooxy).listWebhooks},
	"/v3/webhook/remove":         {"removeWebhook", (*wooxy).removeWebhook},
}

func (v *wooxy) operation(_, path string) string { return wooxyCalls[path].name }

// serve accepts only POST. Which HTTP statuses accompany Wooxy's errors is undocumented: here it
// uses 401, 402, 403, 400 and 500 for errors whose words suggest them, 429 for too many concurrent
// calls, and 200 for all others.
func (v *wooxy) serve(c *call) reply {
	if c.atOnce > wooxyAtOnce {
		return v.limited()
	}
	if rep := v.stranger(c.header.Get("Access-Token")); rep != nil {
		return *rep
	}
	known := wooxyCalls[c.path]
	switch {
	case known.do == nil:
		return wooxyRefused(http.StatusNotFound, "Not found")
	case c.method != http.MethodPost:
		return wooxyRefused(http.StatusMethodNotAllowed, "Bad Request")
	}
	if _, isList := c.params[bareList]; isList {
		return v.unreadable(nil)
	}
	return known.do(v, c)
}

// stranger refuses a token; it returns nil for the right one.
func (v *wooxy) stranger(token string) *reply {
	status, words := http.StatusUnauthorized, "no matches found for access token "+token
	switch strings.TrimSpace(token) {
	case v.token:
		return nil
	case "":
		words = "Invalid authorization token!"
	case WooxyTokenDisabled:
		status, words = http.StatusForbidden, "user 100231 not enabled"
	case WooxyTokenDeleted:
		status, words = http.StatusForbidden, "no data found for key 100299"
	case WooxyTokenRevoked:
		words = "access token check failed for key/secret 100231/" + token
	case WooxyTokenUnpaid:
		status, words = http.StatusPaymentRequired, "Payment required"
	}
	rep := wooxyRefused(status, words)
	return &rep
}

func wooxyRefused(status int, problems ...string) reply {
	return reply{status: status, php: true, body: struct {
		Result bool     `json:"result"`
		Errors []string `json:"errors"`
	}{false, problems}}
}

// wooxyRefuse refuses a call whose arguments are wrong.
func wooxyRefuse(problems ...string) reply { return wooxyRefused(http.StatusOK, problems...) }

func wooxyFine(body any) reply { return reply{status: http.StatusOK, body: body, php: true} }

// wooxyDone is a success without data.
func wooxyDone() reply {
	return wooxyFine(struct {
		Result bool `json:"result"`
	}{true})
}

func (v *wooxy) unreadable(error) reply { return wooxyRefused(http.StatusBadRequest, "Bad Request") }

// limited refuses the eleventh concurrent call. No document shows the words.
func (v *wooxy) limited() reply {
	return wooxyRefused(http.StatusTooManyRequests, "Too many concurrent requests")
}

// expire cannot invalidate the only token; it returns Wooxy's answer to an invalid one.
func (v *wooxy) expire(*call) reply {
	return wooxyRefused(http.StatusUnauthorized, "Invalid authorization token!")
}

// arguments reads a call's arguments and collects their errors, in Wooxy's words.
type arguments struct {
	params
	problems []string
}

func (a *arguments) problem(words string) {
	if !slices.Contains(a.problems, words) {
		a.problems = append(a.problems, words)
	}
}

// word reads an argument that must be a non-empty text.
func (a *arguments) word(name string, required bool) string {
	value, given := a.params[name]
	if !given || value == nil {
		if required {
			a.problem("Argument " + name + " required")
		}
		return ""
	}
	word, isText := value.(string)
	switch {
	case !isText && name == "contactListId":
		a.problem("Argument contactListId must be a string")
	case !isText || strings.TrimSpace(word) == "":
		a.problem("Argument " + name + " must be a non-empty string")
	}
	return strings.TrimSpace(word)
}
