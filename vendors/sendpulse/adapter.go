package sendpulse

import (
	"context"
	"encoding/json"
	"net/http"
	"strings"
	"time"

	"golang.org/x/oauth2"

	"viberdeck/model"
	"viberdeck/vendors"
)

const (
	defaultBase = "https://api.sendpulse.com"
	// pageRows is the page size to request.
	pageRows = 100
)

// Adapter is one account at SendPulse.
type Adapter struct {
	account model.Account
	client  *vendors.Client
	base    string
	apiKey  string               // "": tokens are used
	tokens  *vendors.TokenSource // nil with an API key
	zone    *time.Location
}

// New makes the adapter of an account, with an API key or with client id and secret.
func New(account model.Account, client *vendors.Client) (*Adapter, error) {
	id, secret, key := account.Secret("client_id"), account.Secret("client_secret"), account.Secret("api_key")
	if key == "" && (id == "" || secret == "") {
		return nil, model.Invalid("account "+account.Name+".client_id",
			"give client_id and client_secret, or api_key; they are in SendPulse's settings under API")
	}
	if err := account.CheckZone(); err != nil {
		return nil, err
	}
	a := &Adapter{account: account.WithoutSecrets(), client: client, base: account.Address(defaultBase), apiKey: key,
		zone: account.Location()}
	client.Hide(id, secret, key)
	if a.apiKey == "" {
		a.tokens = vendors.NewTokenSource(a.exchange(id, secret), client.Hide)
	}
	return a, nil
}

// Account returns the account without its secrets.
func (a *Adapter) Account() model.Account { return a.account }

// LastAnswer is when the vendor last answered anything, zero if it never did.
func (a *Adapter) LastAnswer() time.Time { return a.client.LastAnswer() }

// Capabilities say what SendPulse can do.
func (a *Adapter) Capabilities() model.Capabilities { return Capabilities() }

// exchange gets a token. The vendor expects the credentials as JSON, not as a form as in the OAuth
// standard.
func (a *Adapter) exchange(id, secret string) func(context.Context) (*oauth2.Token, error) {
	return func(ctx context.Context) (*oauth2.Token, error) {
		body, err := json.Marshal(map[string]string{
			"grant_type": "client_credentials", "client_id": id, "client_secret": secret})
		if err != nil {
			return nil, model.Errorf("write the login: %w", err)
		}
		resp, err := a.client.Read(ctx, &vendors.Request{
			Method: http.MethodPost, Op: "oauth/access_token", URL: a.base + "/oauth/access_token", Body: body,
			ContentType: "application/json",
		})
		if err != nil {
			return nil, err
		}
		return vendors.ParseToken(a.client, resp)
	}
}

// call makes a request with the account's credentials. A 401 says that the token has expired: then
// it gets a new one and makes the request once more, even if it is a send, because a refused
// request had no effect.
func (a *Adapter) call(ctx context.Context, r *vendors.Request,
	do func(context.Context, *vendors.Request) (vendors.Response, error)) (vendors.Response, error) {
	if a.tokens == nil {
		r.Header = http.Header{"Authorization": {"Bearer " + a.apiKey}}
		return do(ctx, r)
	}
	return a.tokens.Authorized(ctx, r, do, http.StatusUnauthorized)
}

// read makes a request that may be repeated without harm and decodes the answer into.
func (a *Adapter) read(ctx context.Context, method, path string, body, into any) error {
	r, err := vendors.JSONRequest(method, a.base, path, body)
	if err != nil {
		return err
	}
	resp, err := a.call(ctx, r, a.client.Read)
	return vendors.Answered(resp, err, a.refused, into)
}

// refused reports whether the vendor refused: by status, or with status 200 by result:false or by
// an error without a result. The shape of its errors is undocumented, so every shape seen so far is
// read.
func (a *Adapter) refused(resp vendors.Response) *model.Error {
	var answer struct {
		Result      json.RawMessage `json:"result"`
		Error       json.RawMessage `json:"error"`
		Description json.RawMessage `json:"error_description"`
		Message     json.RawMessage `json:"message"`
		Errors      json.RawMessage `json:"errors"`
		Code        json.RawMessage `json:"error_code"`
	}
	if !resp.Object(&answer) {
		if resp.OK() {
			return nil
		}
		return vendors.Explain(a.client, resp, "", Refusals())
	}
	switch words := vendors.Words(answer.Error, answer.Errors, answer.Code); {
	case !resp.OK(), words != "", isNo(answer.Result):
		// "message" contains the words of a refusal only if there is one: a campaign's text has the
		// same name.
		e := vendors.Explain(a.client, resp, vendors.Words(answer.Message, answer.Description, answer.Error,
			answer.Errors),
			Refusals())
		if code := vendors.Words(answer.Code); code != "" {
			e.Code = a.client.Clean(code)
		}
		return e
	}
	return nil
}

func isNo(raw json.RawMessage) bool {
	switch strings.ToLower(strings.Trim(string(raw), `" `)) {
	case "false", "0", "error":
		return true
	}
	return false
}
