package routee

import (
	"context"
	"encoding/base64"
	"net/http"
	"net/url"
	"strings"
	"time"

	"golang.org/x/oauth2"

	"viberdeck/model"
	"viberdeck/vendors"
)

const (
	defaultBase = "https://connect.routee.net"
	defaultAuth = "https://auth.routee.net"
	tokenPath   = "/oauth/token"
)

// Adapter is one account (an "application") at Routee.
type Adapter struct {
	account model.Account
	client  *vendors.Client
	base    string
	tokens  *vendors.TokenSource
	zone    *time.Location
}

// New makes the adapter of an account.
func New(account model.Account, client *vendors.Client) (*Adapter, error) {
	id, secret := account.Secret("application_id"), account.Secret("application_secret")
	if id == "" || secret == "" {
		return nil, model.Invalid("account "+account.Name+".application_id",
			"give application_id and application_secret; Routee's web platform shows them under Applications")
	}
	if err := account.CheckZone(); err != nil {
		return nil, err
	}
	a := &Adapter{account: account.WithoutSecrets(), client: client, base: account.Address(defaultBase),
		zone: account.Location()}
	auth := defaultAuth
	if own := account.Setting(settingAuthURL); own != "" {
		auth = strings.TrimSuffix(strings.TrimRight(own, "/"), tokenPath)
	}
	basic := base64.StdEncoding.EncodeToString([]byte(id + ":" + secret))
	client.Hide(id, secret, basic)
	a.tokens = vendors.NewTokenSource(a.exchange(auth+tokenPath, basic), client.Hide)
	return a, nil
}

// Account returns the account without its secrets.
func (a *Adapter) Account() model.Account { return a.account }

// LastAnswer is when the vendor last answered anything, zero if it never did.
func (a *Adapter) LastAnswer() time.Time { return a.client.LastAnswer() }

// Capabilities say what Routee can do.
func (a *Adapter) Capabilities() model.Capabilities { return Capabilities() }

// exchange gets a token for everything the application may do: it requests no scope.
func (a *Adapter) exchange(address, basic string) func(context.Context) (*oauth2.Token, error) {
	return func(ctx context.Context) (*oauth2.Token, error) {
		resp, err := a.client.Read(ctx, &vendors.Request{
			Method: http.MethodPost, Op: "POST " + tokenPath, URL: address,
			Header:      http.Header{"Authorization": {"Basic " + basic}},
			Body:        []byte(url.Values{"grant_type": {"client_credentials"}}.Encode()),
			ContentType: "application/x-www-form-urlencoded",
		})
		if err != nil {
			return nil, err
		}
		return vendors.ParseToken(a.client, resp)
	}
}

// call makes a request with the account's token. Routee answers 401 or 403 when a token is no
// longer valid: then call gets a new one and makes the request once more, even if it is a send,
// because a refused request had no effect.
func (a *Adapter) call(ctx context.Context, r *vendors.Request,
	do func(context.Context, *vendors.Request) (vendors.Response, error)) (vendors.Response, error) {
	return a.tokens.Authorized(ctx, r, do, http.StatusUnauthorized, http.StatusForbidden)
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
