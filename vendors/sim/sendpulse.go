package sim

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

const (
	sendPulseTime      = "2006-01-02 15:04:05"
	sendPulseTokenLife = time.Hour
	sendPulseRate      = 10  // requests per second, and the same number at once
	sendPulsePage      = 100 // campaigns per page, whatever is requested
	sendPulseBlackPage = 50  // blacklist entries per page, whatever is requested
	sendPulsePrice     = 74  // kopecks per message
	sendPulseCurrency  = "UAH"
	sendPulseUser      = 7046460
)

// Types of messages at SendPulse.
const (
	sendPulsePromo  = 2
	sendPulseSystem = 3
)

// sendPulse is the simulated SendPulse: OAuth, Viber campaigns, senders, blacklist, address books,
// balance.
type sendPulse struct {
	setting
	credentials Credentials
	tokens      map[string]time.Time // expiry of each token
	issued      int
	allowance   bucket
	senders     []senderName
	templates   []string  // approved texts of system messages
	tasks       []*task   // by increasing id
	blacklist   []blocked // by increasing id
	blocks      int64     // the newest blacklist id
	books       []addressBook
	money       int64 // kopecks
}

// bucket allows a number of requests a second.
type bucket struct {
	left float64
	at   time.Time
}

func (b *bucket) take(now time.Time, rate float64) bool {
	if b.at.IsZero() {
		b.left = rate
	} else {
		b.left = min(rate, b.left+max(now.Sub(b.at).Seconds(), 0)*rate)
	}
	b.at = now
	if b.left < 1 {
		return false
	}
	b.left--
	return true
}

func newSendPulse(s setting, credentials Credentials) *sendPulse {
	v := &sendPulse{
		setting:     s,
		credentials: credentials,
		tokens:      map[string]time.Time{},
		templates: []string{"Ваше замовлення готове до видачі.", "Your order is ready for pickup.",
			"Напоминаем о записи завтра в 10:30."},
		blocks: 163,
		money:  25_000_00,
	}
	v.seedHistory()
	return v
}

func (v *sendPulse) operation(method, path string) string { return lookUp(method, path).name }

// lookUp finds the call of a method and a path, ignoring the ids in it.
func lookUp(method, path string) sendPulseCall {
	parts := strings.Split(strings.TrimPrefix(path, "/"), "/")
	for i, part := range parts {
		if _, err := strconv.ParseInt(part, 10, 64); err == nil {
			parts[i] = "{id}"
		}
	}
	if parts[0] == "balance" && len(parts) == 2 {
		parts[1] = "{currency}"
	}
	return sendPulseCalls[method+" /"+strings.Join(parts, "/")]
}

type sendPulseCall struct {
	name string
	do   func(*sendPulse, *call) reply
}

var sendPulseCalls = map[string]sendPulseCall{
	"POST /oauth/access_token":                 {opAccessToken, (*sendPulse).accessToken},
	"POST /viber":                              {"createCampaign", (*sendPulse).create},
	"GET /viber/task":                          {"listCampaigns", (*sendPulse).list},
	"GET /viber/task/{id}":                     {"campaignStatistics", (*sendPulse).statistics},
	"GET /viber/task/{id}/recipients":          {"campaignRecipients", (*sendPulse).recipients},
	"GET /viber/senders":                       {"listSenders", (*sendPulse).listSenders},
	"GET /viber/senders/{id}":                  {"sender", (*sendPulse).oneSender},
	"GET /v2/viber-service/phone-exception":    {"listBlacklist", (*sendPulse).listBlacklist},
	"POST /v2/viber-service/phone-exception":   {"addToBlacklist", (*sendPulse).addToBlacklist},
	"DELETE /v2/viber-service/phone-exception": {"removeFromBlacklist", (*sendPulse).removeFromBlacklist},
	"GET /addressbooks":                        {"listAddressBooks", (*sendPulse).listBooks},
	"GET /addressbooks/{id}":                   {"addressBook", (*sendPulse).oneBook},
	"GET /balance":                             {"balance", (*sendPulse).balance},
	"GET /balance/{currency}":                  {"balance", (*sendPulse).balance},
	"GET /user/balance/detail":                 {"balanceDetail", (*sendPulse).balanceDetail},
}

func (v *sendPulse) serve(c *call) reply {
	if c.op == opAccessToken {
		return v.accessToken(c)
	}
	if !v.admitted(c) {
		return unauthorized()
	}
	if !v.allowance.take(c.now, v.perSecond) {
		return v.limited()
	}
	if known := lookUp(c.method, c.path); known.do != nil {
		return known.do(v, c)
	}
	return notFound("The requested path was not found")
}

// problem is the body of an error; no document shows one for Viber, so it has the fields that the
// vendor's libraries look for.
type problem struct {
	Code    int                 `json:"error_code"`
	Message string              `json:"message"`
	Errors  map[string][]string `json:"errors,omitempty"`
}

func refused(status int, message string) reply {
	return reply{status: status, body: problem{Code: status, Message: message}}
}

// invalid names the wrong field: 400 if it is missing, 422 if its value is wrong.
func invalid(status int, field, message string) reply {
	return reply{status: status, body: problem{status, field + " " + message, map[string][]string{field: {message}}}}
}

func fine(body any) reply { return reply{status: http.StatusOK, body: body} }

func notFound(message string) reply { return refused(http.StatusNotFound, message) }

func unauthorized() reply {
	return reply{status: http.StatusUnauthorized, body: map[string]any{
		"error": "invalid_token", "error_description": "The access token is invalid or has expired",
		"error_code": http.StatusUnauthorized,
	}}
}

func (v *sendPulse) unreadable(err error) reply {
	return refused(http.StatusBadRequest, "The request cannot be read: "+err.Error())
}

func (v *sendPulse) limited() reply {
	return refused(http.StatusTooManyRequests, "Too many requests")
}

func (v *sendPulse) expire(c *call) reply {
	delete(v.tokens, bearer(c))
	return unauthorized()
}

func bearer(c *call) string {
	scheme, token, _ := strings.Cut(c.header.Get("Authorization"), " ")
	if !strings.EqualFold(scheme, "Bearer") {
		return ""
	}
	return strings.TrimSpace(token)
}

func (v *sendPulse) admitted(c *call) bool {
	token := bearer(c)
	return token != "" && (token == v.credentials.SendPulseAPIKey || c.now.Before(v.tokens[token]))
}

// accessToken is the client credentials grant; the credentials arrive as JSON, as a form or in a
// Basic header.
func (v *sendPulse) accessToken(c *call) reply {
	id, secret := c.params.text("client_id"), c.params.text("client_secret")
	if user, password, ok := (&http.Request{Header: c.header}).BasicAuth(); ok {
		id, secret = user, password
	}
	type denial struct {
		Error       string `json:"error"`
		Description string `json:"error_description"`
		Message     string `json:"message"`
	}
	if c.params.text("grant_type") != "client_credentials" {
		return reply{status: http.StatusBadRequest,
			body: denial{"unsupported_grant_type", "grant_type must be client_credentials", "Unsupported grant type"}}
	}
	if id != v.credentials.SendPulseClientID || secret != v.credentials.SendPulseClientSecret {
		return reply{status: http.StatusUnauthorized,
			body: denial{"invalid_client", "Client authentication failed", "Client authentication failed"}}
	}
	v.issued++
	d := throw(v.seed, "token", strconv.Itoa(v.issued))
	token := fmt.Sprintf("sim-%016x%016x", d.roll(), d.roll())
	for old, until := range v.tokens {
		if !c.now.Before(until) {
			delete(v.tokens, old)
		}
	}
	v.tokens[token] = c.now.Add(sendPulseTokenLife)
	return fine(struct {
		Token string `json:"access_token"`
		Type  string `json:"token_type"`
		Life  int    `json:"expires_in"`
	}{token, "Bearer", int(sendPulseTokenLife.Seconds())})
}

// id is the number in the path, at the given position counted from the end.
func (c *call) id(fromEnd int) int64 {
	parts := strings.Split(c.path, "/")
	n, err := strconv.ParseInt(parts[len(parts)-1-fromEnd], 10, 64)
	if err != nil {
		return -1
	}
	return n
}

func (v *sendPulse) isBlocked(phone string) bool {
	return slices.ContainsFunc(v.blacklist, func(b blocked) bool { return b.phone == phone })
}
