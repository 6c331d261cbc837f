package wooxy

import (
	"cmp"
	"context"
	"encoding/json"
	"maps"
	"net/http"
	"strings"
	"time"

	"viberdeck/model"
	"viberdeck/vendors"
)

const defaultBase = "https://api.wooxy.com"

// Adapter is one account at Wooxy.
type Adapter struct {
	account model.Account
	client  *vendors.Client
	base    string
	token   string
}

// New makes the adapter of an account.
func New(account model.Account, client *vendors.Client) (*Adapter, error) {
	token := account.Secret("access_token")
	if token == "" {
		return nil, model.Invalid("account "+account.Name+".access_token",
			"it is missing; copy it from Wooxy's settings under API")
	}
	client.Hide(token)
	return &Adapter{account: account.WithoutSecrets(), client: client, base: account.Address(defaultBase),
		token: token}, nil
}

// Account returns the account without its token.
func (a *Adapter) Account() model.Account { return a.account }

// LastAnswer is when the vendor last answered anything, zero if it never did.
func (a *Adapter) LastAnswer() time.Time { return a.client.LastAnswer() }

// Capabilities say what Wooxy can do; they include what is only inferred if the account's setting
// allows it.
func (a *Adapter) Capabilities() model.Capabilities {
	caps := Capabilities()
	if a.account.Flag(settingInferred) {
		caps.Lacks = maps.Clone(caps.Lacks)
		delete(caps.Lacks, model.ActBlacklistRemove)
	}
	return caps
}

// request builds a call: each method is a POST with JSON with the token in a header.
func (a *Adapter) request(path string, body any) (*vendors.Request, error) {
	encoded, err := json.Marshal(body)
	if err != nil {
		return nil, model.Errorf("write %s: %w", path, err)
	}
	return &vendors.Request{
		Method: http.MethodPost, Op: path, URL: a.base + path, Body: encoded, ContentType: "application/json",
		Header: http.Header{"Access-Token": {a.token}},
	}, nil
}

// read makes a call that may be repeated without harm and decodes the answer into.
func (a *Adapter) read(ctx context.Context, path string, body, into any) error {
	r, err := a.request(path, body)
	if err != nil {
		return err
	}
	resp, err := a.client.Read(ctx, r)
	if e := a.refused(resp, err); e != nil {
		if e.Kind == model.KindUnknown {
			e.Kind = model.KindOffline // the outcome of a read cannot be unknown
		}
		return e
	}
	if err != nil {
		return err
	}
	return resp.Decode(into)
}

// change makes a call that changes something and may be repeated without harm. Only result:true
// confirms it.
func (a *Adapter) change(ctx context.Context, path string, body any) error {
	var answer struct {
		Result vendors.Bool `json:"result"`
	}
	if err := a.read(ctx, path, body, &answer); err != nil {
		return err
	}
	if !answer.Result {
		return vendors.NotConfirmed(a.account.Name, path)
	}
	return nil
}

// envelope holds the fields that every answer may have around its data.
type envelope struct {
	Result  json.RawMessage `json:"result"`
	Errors  json.RawMessage `json:"errors"`
	Error   json.RawMessage `json:"error"`
	Message json.RawMessage `json:"message"`
}

// no reports whether the answer says result:false, in any spelling.
func (e envelope) no() bool {
	switch strings.ToLower(strings.Trim(string(e.Result), `" `)) {
	case "false", "0":
		return true
	}
	return false
}

// words returns the vendor's own words from a refusal.
func (e envelope) words() string {
	return cmp.Or(vendors.Words(e.Errors), vendors.Words(e.Error), vendors.Words(e.Message))
}

// refused reports whether the vendor refused. The document gives no HTTP statuses, so the body
// decides: an answer with result:false and documented words is a refusal whatever its status, even
// if the client made the error failed for it. In any other case of result:false with a client
// error, that error counts and refused returns nil.
func (a *Adapter) refused(resp vendors.Response, failed error) *model.Error {
	if failed != nil && resp.Status < http.StatusInternalServerError {
		return nil
	}
	var answer envelope
	if !resp.Object(&answer) {
		answer = envelope{}
	}
	words := answer.words()
	known, documented := explained(words)
	documented = documented && answer.no()
	switch {
	case failed != nil && !documented:
		return nil
	case resp.OK() && !answer.no() && (answer.Result != nil || vendors.Words(answer.Errors, answer.Error) == ""):
		return nil
	}
	e := vendors.Explain(a.client, resp, words, Refusals())
	if documented && e.Kind != model.KindLimited {
		e.Fate = model.FateRefused
	}
	if known.Kind == model.KindUnknown {
		e.Fate = model.FateUnknown
	}
	return e
}
