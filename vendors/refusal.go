package vendors

import (
	"errors"
	"net/http"
	"regexp"
	"slices"
	"strings"

	"viberdeck/model"
)

// Refusal is one way in which a vendor says no, as its document or its libraries write it. Each
// adapter keeps its own as a table, so that documentation can be made of it.
type Refusal struct {
	Status int    // HTTP status; 0: any
	Words  string // part of the vendor's text in any case, with {name} for what varies in it; "": any text
	Kind   model.Kind
	Field  string // the field of the campaign file at fault; "" if none
	Text   string // what to do, for a person; a %s in it is the vendor
	Vendor string // what stands in the gap of Text
	// Person is what becomes of one person of whom the vendor says it while it takes others.
	// Unknown: vendors that name no person.
	Person model.DeliveryStatus
}

// Says gives what to do as a sentence.
func (r Refusal) Says() model.Text {
	if r.Vendor == "" {
		return model.Text{Format: r.Text}
	}
	return model.Text{Format: r.Text, Args: []any{r.Vendor}}
}

// Fits reports whether the vendor's words are of this line. A vendor that says several things at
// once joins them with "; ", and a {name} covers text within one of them only.
func (r Refusal) Fits(words string) bool {
	pieces := placeholder.Split(strings.ToLower(r.Words), -1)
	for said := range strings.SplitSeq(strings.ToLower(words), "; ") {
		if inOrder(said, pieces) {
			return true
		}
	}
	return false
}

var placeholder = regexp.MustCompile(`\{\w+\}`)

// inOrder reports whether s holds the pieces one after the other.
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

// Explain makes the error of an answer that said no, as Client.Refusal does, with kind, field and
// sentence of the first line of the vendor's table that fits. Words are the vendor's own, as they
// came.
func Explain(c *Client, resp Response, words string, table []Refusal) *model.Error {
	e := c.Refusal(resp, words)
	if resp.OK() {
		e.Code = ""
	}
	if resp.Status == http.StatusRequestTimeout {
		e.Fate = model.FateUnknown // a gateway may say so of a request that it had passed on
	}
	for _, r := range table {
		if (r.Status == 0 || r.Status == resp.Status) && r.Fits(words) {
			e.Kind, e.Field, e.Text = r.Kind, r.Field, withOthers(r.Says(), words, table)
			break
		}
	}
	explainCommon(c, e, resp, words)
	return e
}

// explainCommon corrects an error by words that mean the same at every vendor, whatever the status
// of the answer: a vendor that says with 200 that it has had too many requests did not act, and one
// that says that it is out of order may have.
func explainCommon(c *Client, e *model.Error, resp Response, words string) {
	said := strings.ToLower(words)
	has := func(all ...string) bool {
		return slices.ContainsFunc(all, func(w string) bool { return strings.Contains(said, w) })
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
	case has("payment required"), resp.Status == http.StatusPaymentRequired:
		if e.Kind != model.KindMoney {
			e.Kind, e.Field = model.KindMoney, ""
			e.Text = model.Say("the balance of %s does not cover it; top it up, then send again", c.o.Account.Name)
		}
	case has("page not found"):
		e.Kind, e.Field, e.Fate = model.KindInvalid, "base_url", model.FateRefused
		e.Text = model.Say("%s has no such page: its address is wrong; correct base_url in the configuration",
			c.o.Account.Name)
	}
}

// Sentence gives the vendor's words, cleaned, with what its table says of each of them before them.
// Words of which no line knows anything stay as they are.
func Sentence(words string, table []Refusal) model.Text {
	if says := withOthers(model.Text{}, words, table); !says.IsZero() {
		return model.Say("%s (the vendor says: %s)", says, words)
	}
	return model.Data(words)
}

// withOthers adds to a sentence those of the other things that the vendor says at once.
func withOthers(first model.Text, words string, table []Refusal) model.Text {
	var all []model.Text
	if !first.IsZero() {
		all = append(all, first)
	}
	for said := range strings.SplitSeq(words, "; ") {
		fits := func(r Refusal) bool { return r.Status == 0 && r.Words != "" && r.Fits(said) }
		i := slices.IndexFunc(table, fits)
		if i < 0 {
			continue
		}
		says := table[i].Says()
		if !slices.ContainsFunc(all, func(t model.Text) bool { return t.String() == says.String() }) {
			all = append(all, says)
		}
	}
	return Beside(all...)
}

// Unreadable makes the error of a send that the vendor answered with what cannot be read: nobody
// knows what became of it.
func Unreadable(account string, err error) *model.Error {
	return &model.Error{
		Kind: model.KindUnknown, Err: err,
		Text: model.Say("%s answered a send with what cannot be read; it is unknown whether it was accepted",
			account),
	}
}

// BeforeSending says of what failed before a send left (a login, a look at a state) that nothing
// was sent; a refusal stays one.
func BeforeSending(err error) error {
	e, ok := errors.AsType[*model.Error](err)
	if !ok || e.Fate != model.FateUnknown {
		return err
	}
	before := *e
	before.Fate = model.FateNotSent
	return &before
}
