package wooxy

import (
	"context"
	"maps"
	"net/http"
	"slices"
	"strings"
	"time"

	"viberdeck/model"
	"viberdeck/vendors"
)

const batchPath = "/v3/viber/batch"

// batchRequest is the body of POST /v3/viber/batch. The document spells the tags field tag in its
// examples and tags in its table and errors; tags is sent. Without senderId the platform's default
// sender is used, without device all devices, without ttl one hour.
type batchRequest struct {
	TemplateID    string     `json:"templateId"`
	ContactListID string     `json:"contactListId"`
	Contacts      []contact  `json:"contacts"`
	Variables     []variable `json:"variables,omitempty"` // shared by all
	Tags          []string   `json:"tags,omitempty"`
	Device        string     `json:"device,omitempty"`
	SenderID      string     `json:"senderId,omitempty"`
	TTL           int64      `json:"ttl,omitempty"` // seconds
}

type contact struct {
	Contact   string     `json:"contact"`
	Variables []variable `json:"variables,omitempty"` // of this person; they override the shared ones
}

type variable struct {
	Name  string `json:"name"`
	Value any    `json:"value"` // a text, an integer or a boolean
}

// PerCall is how many people one call may contain.
func (a *Adapter) PerCall(model.Campaign) int { return perCall }

// Ready waits until one call can begin at once.
func (a *Adapter) Ready(ctx context.Context) (*vendors.Permit, error) { return a.client.Ready(ctx) }

// Send sends a batch with POST /v3/viber/batch. The call is paid and made once. The outcome covers
// each person: taken, with the id of the message; failed, in the vendor's words; or unknown if the
// answer does not list them. A call in which nothing was taken is an error with FateRefused.
func (a *Adapter) Send(ctx context.Context, p *vendors.Permit, b model.Batch) (model.Outcome, error) {
	if err := a.Check(b.Campaign); err != nil {
		return model.Outcome{}, err
	}
	body, err := a.batchRequest(b)
	if err != nil {
		return model.Outcome{}, err
	}
	r, err := a.request(batchPath, body)
	if err != nil {
		return model.Outcome{}, err
	}
	resp, err := a.client.SendWith(ctx, p, r)
	if err != nil && resp.Status < http.StatusInternalServerError {
		return model.Outcome{}, err
	}
	var answer batchAnswer
	unreadable := resp.Decode(&answer)
	if unreadable == nil && len(answer.Success)+len(answer.Failed) > 0 {
		return a.outcome(b, resp, answer)
	}
	if e := a.refused(resp, err); e != nil {
		return model.Outcome{}, e
	}
	switch {
	case err != nil:
		return model.Outcome{}, err
	case unreadable != nil:
		return model.Outcome{}, vendors.Unreadable(a.account.Name, unreadable)
	}
	return model.Outcome{}, vendors.Unreadable(a.account.Name, errNamesNoOne)
}

func (a *Adapter) batchRequest(b model.Batch) (batchRequest, error) {
	c := b.Campaign
	switch n := len(b.People); {
	case n == 0:
		return batchRequest{}, model.Invalid("phones", "the batch is empty")
	case n > perCall:
		return batchRequest{}, model.Invalid("phones", "%s in one call, the limit is %d", model.Persons(n), perCall)
	}
	r := batchRequest{
		TemplateID: c.Message.Template, ContactListID: a.contactList(c), Contacts: make([]contact, len(b.People)),
		Variables: common(c.Options), Tags: c.Options.Tags, Device: c.Options.Device, SenderID: c.Sender,
		TTL: int64(c.Lifetime / time.Second),
	}
	for i, p := range b.People {
		r.Contacts[i] = contact{Contact: identifier(p), Variables: own(p.Vars, c.Options.Kinds)}
		if r.Contacts[i].Contact == "" {
			return r, model.Invalid("phones", "a person has neither phone nor contact")
		}
	}
	return r, nil
}

// identifier is how a person is identified in the call: the contact of the list, or the phone with
// its plus.
func identifier(p model.Recipient) string {
	if p.Contact != "" {
		return p.Contact
	}
	return p.Phone.String()
}

// common returns the shared variables, including empty ones.
func common(o model.Options) []variable {
	list := make([]variable, 0, len(o.Variables))
	for _, name := range names(o.Variables) {
		list = append(list, variable{name, o.Kinds[name].Typed(o.Variables[name])})
	}
	return list
}

// own returns the columns of one person as variables. Empty cells are left out, so that the shared
// variable or the list's own value applies. Columns whose names no template can use are also left
// out, because the vendor would refuse the whole call. A column has the type of the shared variable
// with its name.
func own(vars map[string]string, kinds map[string]model.ValueKind) []variable {
	var list []variable
	for _, name := range names(vars) {
		value := vars[name]
		if name = strings.TrimSpace(name); value != "" && variableName.MatchString(name) {
			list = append(list, variable{name, kinds[name].Typed(value)})
		}
	}
	return list
}

func names(vars map[string]string) []string { return slices.Sorted(maps.Keys(vars)) }
