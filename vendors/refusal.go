package vendors

import (
	"errors"
	"net/http"
	"slices"
	"strings"

	"viberdeck/model"
)

// Refusal is one way in which a vendor refuses a request, as written in its document or its
// libraries. Each adapter has its own table of them, from which documentation is generated.
type Refusal struct {
	Status int    // HTTP status; 0: any
	Words  string // part of the vendor's text, ignoring case, with {name} for variable parts; "": any text
	Kind   model.Kind
	Field  string // the field of the campaign file that is wrong; "" if none
	Text   string // what to do, for a person; a %s in it is the vendor
	Vendor string // the value for the gap in Text
	// Person is the status of one person for whom the vendor gives this reason while it accepts
	// others. Unknown for vendors that identify no person.
	Person model.DeliveryStatus
}

// Sentence returns what to do as a sentence.
func (r Refusal) Sentence() model.Text {
	if r.Vendor == "" {
		return model.Text{Format: r.Text}
	}
	return model.Text{Format: r.Text, Args: []any{r.Vendor}}
}

// Fits reports whether the vendor's words match this row. A vendor that reports several problems at
// once joins them with "; ", and a {name} covers text within one of them only.
func (r Refusal) Fits(words string) bool {
	pieces := placeholder().Split(strings.ToLower(r.Words), -1)
	for text := range strings.SplitSeq(strings.ToLower(words), "; ") {
		if inOrder(text, pieces) {
			return true
		}
	}
	return false
}

var placeholder = model.NewPattern(`\{\w+\}`)

// inOrder reports whether s contains the pieces one after another.
func inOrder(s string, pieces []string) bool {
	for _, piece := range pieces {
		_, rest, found := strings.Cut(s, piece)
		if !found {
			return false
		}
		s = rest
	}
	return true
}

// Explain builds the error for an answer that is a refusal, as Client.Refusal does, with the kind,
// field and sentence of the first matching row in the vendor's table. words are the vendor's own,
// as received.
func Explain(c *Client, resp Response, words string, table []Refusal) *model.Error {
	e := c.Refusal(resp, words)
	if resp.OK() {
		e.Code = ""
	}
	if resp.Status == http.StatusRequestTimeout {
		e.Fate = model.FateUnknown // a gateway may return this for a request that it had already passed on
	}
	for _, r := range table {
		if (r.Status == 0 || r.Status == resp.Status) && r.Fits(words) {
			e.Kind, e.Field, e.Text = r.Kind, r.Field, withOthers(r.Sentence(), words, table)
			break
		}
	}
	explainCommon(c, e, resp, words)
	return e
}

// explainCommon corrects an error by words that mean the same at every vendor, whatever the status
// of the answer: a vendor that answers 200 with "too many requests" did not act, and one that
// reports an internal failure may have.
func explainCommon(c *Client, e *model.Error, resp Response, words string) {
	text := strings.ToLower(words)
	has := func(all ...string) bool {
		return slices.ContainsFunc(all, func(w string) bool { return strings.Contains(text, w) })
	}
	switch {
	case has("request limit exceeded", "too many requests", "rate limit"):
		if e.Fate != model.FateUnknown || resp.Status < http.StatusInternalServerError {
			limit := c.limited(resp, model.Text{})
			limit.Code, limit.Vendor = e.Code, c.Clean(words)
			*e = *limit
		}
	case has("server unavailable", "service unavailable", "server is unavailable"):
		e.Kind, e.Field, e.Fate = model.KindUnknown, "", model.FateUnknown
		e.Text = model.Say("%s says that it is out of order; look there before trying again", c.o.Account.Name)
	case model.MeansNoMoney(words), resp.Status == http.StatusPaymentRequired:
		if e.Kind != model.KindMoney {
			e.Kind, e.Field = model.KindMoney, ""
			e.Text = model.Say("the balance of %s does not cover it; top it up, then send again", c.o.Account.Name)
		}
	case e.Kind == model.KindDenied && resp.Status == http.StatusForbidden && forbiddenField(text) != "":
		e.Kind, e.Field = model.KindInvalid, forbiddenField(text)
		e.Text = model.Say("%s refuses the sender or one of the people; its message says why", c.o.Account.Name)
	case has("page not found"):
		e.Kind, e.Field, e.Fate = model.KindInvalid, "base_url", model.FateRefused
		e.Text = model.Say("%s has no such page: its address is wrong; correct base_url in the configuration",
			c.o.Account.Name)
	}
}

// forbiddenField returns the field of the campaign file whose value a vendor forbids by these words
// in lower case, "" if they are about the account itself.
func forbiddenField(words string) string {
	if ofTheAccount.MatchString(words) {
		return ""
	}
	for _, f := range forbidden {
		if f.words.MatchString(words) {
			return f.field
		}
	}
	return ""
}

var ofTheAccount = model.NewPattern(
	`\b(token|credentials?|authori[sz]\w*|unauthori[sz]ed|api key|ip|plan|permission)\b`)

var forbidden = []struct {
	words model.Pattern
	field string
}{
	{model.NewPattern(`\b(sender|sender_?id|alpha_?name|viber_?name)`), "sender"},
	{model.NewPattern(`\b(phones?|recipients?|subscribers?|destination|(the|this) contact|contact (is|not))\b`),
		"phones"},
	{model.NewPattern(`\btemplates?\b`), "template"},
}

// ExplainWords returns the vendor's words, cleaned, each preceded by the explanation from its
// table. Words that match no row stay as they are.
func ExplainWords(words string, table []Refusal) model.Text {
	if says := withOthers(model.Text{}, words, table); !says.IsZero() {
		return model.Say("%s (the vendor says: %s)", says, words)
	}
	return model.Data(words)
}

// StatusOfRefusal is the status of people whom the vendor refuses with these words after it
// accepted the call.
func StatusOfRefusal(words string, table []Refusal) model.DeliveryStatus {
	money := func(r Refusal) bool { return r.Kind == model.KindMoney && r.Words != "" && r.Fits(words) }
	if model.MeansNoMoney(words) || slices.ContainsFunc(table, money) {
		return model.StatusNoMoney
	}
	return model.StatusRejected
}

// withOthers adds to a sentence those for the other problems that the vendor reports at the same
// time.
func withOthers(first model.Text, words string, table []Refusal) model.Text {
	var all []model.Text
	if !first.IsZero() {
		all = append(all, first)
	}
	for text := range strings.SplitSeq(words, "; ") {
		fits := func(r Refusal) bool { return r.Status == 0 && r.Words != "" && r.Fits(text) }
		i := slices.IndexFunc(table, fits)
		if i < 0 {
			continue
		}
		says := table[i].Sentence()
		if !slices.ContainsFunc(all, func(t model.Text) bool { return t.String() == says.String() }) {
			all = append(all, says)
		}
	}
	return Beside(all...)
}

// Unreadable builds the error for a send whose answer cannot be read: its outcome is unknown.
func Unreadable(account string, err error) *model.Error {
	return &model.Error{
		Kind: model.KindUnknown, Err: err,
		Text: model.Say("%s gave an unreadable answer to a send; it is unknown whether it was accepted",
			account),
	}
}

// NotConfirmed is the error for a change that a vendor answered without saying that it made it. The
// change may be repeated.
func NotConfirmed(account, change string) *model.Error {
	return &model.Error{Kind: model.KindOffline,
		Text: model.Say("%s did not confirm %s; it is asked again later", account, change)}
}

// BeforeSending says of a failure before a send left (a login, a status check) that nothing was
// sent; a refusal stays a refusal.
func BeforeSending(err error) error {
	e, ok := errors.AsType[*model.Error](err)
	if !ok || e.Fate != model.FateUnknown {
		return err
	}
	before := *e
	before.Fate = model.FateNotSent
	return &before
}
