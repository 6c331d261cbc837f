package vendors

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"golang.org/x/oauth2"
	"golang.org/x/sync/singleflight"

	"viberdeck/model"
)

const (
	// tokenMargin is how long before its expiry a token is no longer used.
	tokenMargin = time.Minute
	// deniedFor is how long refused credentials are not tried again: people do not correct them
	// within seconds, and vendors lock accounts that keep guessing.
	deniedFor = 30 * time.Second
)

// TokenSource keeps the access token of an account that obtains one by OAuth 2.0 client credentials
// (RFC 6749, 4.4). However many callers ask at once, the vendor is asked once. It is safe for
// concurrent use.
type TokenSource struct {
	exchange func(context.Context) (*oauth2.Token, error)
	hide     func(...string)
	flight   singleflight.Group

	mu      sync.Mutex
	token   *oauth2.Token
	renewAt time.Time // zero: the vendor gave no expiry
	denied  error
	until   time.Time // of the denial
}

// NewTokenSource makes a source that gets new tokens from exchange, which speaks the vendor's
// dialect, usually with Client.Read and ParseToken. hide is called with each token so that no error
// shows it, and is usually Client.Hide.
func NewTokenSource(exchange func(context.Context) (*oauth2.Token, error), hide func(...string)) *TokenSource {
	return &TokenSource{exchange: exchange, hide: hide}
}

// Token returns a token that is valid for at least a minute, or for half of its lifetime if that is
// shorter. After a denial it returns the same denial for half a minute without asking again.
func (s *TokenSource) Token(ctx context.Context) (string, error) {
	if token, err := s.kept(); token != "" || err != nil {
		return token, err
	}
	// All waiting callers share the exchange, so it must not end with the one who came first.
	shared := context.WithoutCancel(ctx)
	result := s.flight.DoChan("", func() (any, error) {
		if token, err := s.kept(); token != "" || err != nil {
			return token, err
		}
		return s.renew(shared)
	})
	select {
	case r := <-result:
		if r.Err != nil {
			return "", r.Err
		}
		return r.Val.(string), nil
	case <-ctx.Done():
		return "", &model.Error{Kind: model.KindOffline, Fate: model.FateNotSent,
			Text: model.Say("the login took too long; it is tried again with the next call"),
			Err:  ctx.Err()}
	}
}

// invalidate discards the given token after the vendor refused it with 401. If another one has been
// obtained in the meantime, that one stays.
func (s *TokenSource) invalidate(token string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.token != nil && s.token.AccessToken == token {
		s.token = nil
	}
}

func (s *TokenSource) kept() (string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.denied != nil && time.Now().Before(s.until) {
		return "", s.denied
	}
	if s.token == nil || !s.renewAt.IsZero() && !time.Now().Before(s.renewAt) {
		return "", nil
	}
	return s.token.AccessToken, nil
}

func (s *TokenSource) renew(ctx context.Context) (string, error) {
	asked := time.Now()
	token, err := s.exchange(ctx)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.denied = nil
	if err != nil {
		s.token = nil
		if model.KindOf(err) == model.KindDenied {
			s.denied, s.until = err, time.Now().Add(deniedFor)
		}
		return "", err
	}
	if s.hide != nil {
		s.hide(token.AccessToken)
	}
	s.token, s.renewAt = token, time.Time{}
	if !token.Expiry.IsZero() {
		s.renewAt = token.Expiry.Add(-min(tokenMargin, token.Expiry.Sub(asked)/2))
	}
	return token.AccessToken, nil
}

// ParseToken reads the answer of a token endpoint (RFC 6749, 5.1 and 5.2). A refusal of the
// credentials is KindDenied. Nothing has been sent yet, so the fate of every error is FateNotSent
// or FateRefused.
func ParseToken(c *Client, resp Response) (*oauth2.Token, error) {
	var got struct {
		AccessToken string `json:"access_token"`
		TokenType   String `json:"token_type"`
		ExpiresIn   Int    `json:"expires_in"`
		Error       String `json:"error"`
		Description String `json:"error_description"`
		Message     String `json:"message"`
	}
	err := resp.Decode(&got)
	words := strings.TrimSpace(string(got.Error + " " + got.Description + " " + got.Message))
	switch {
	case resp.Status == 400 || resp.Status == 401 || resp.Status == 403 || resp.OK() && err == nil &&
		got.AccessToken == "":
		return nil, &model.Error{
			Kind: model.KindDenied, Vendor: c.Clean(words), Fate: model.FateRefused,
			Text: model.Say("%s refuses the login; check the credentials in the configuration and at the vendor",
				c.o.Account.Name),
		}
	case !resp.OK():
		return nil, c.Refusal(resp, words)
	}
	if err != nil {
		if e, ok := errors.AsType[*model.Error](err); ok {
			e.Fate = model.FateNotSent
		}
		return nil, err
	}
	token := &oauth2.Token{AccessToken: got.AccessToken, TokenType: string(got.TokenType), ExpiresIn: got.ExpiresIn.N}
	if got.ExpiresIn.N > 0 {
		// Some vendors issue tokens for twenty years; more than a year makes no difference.
		token.Expiry = time.Now().Add(time.Duration(min(got.ExpiresIn.N, 365*24*3600)) * time.Second)
	}
	return token, nil
}

// Authorized makes a request with the source's token. If the answer's status says that the token is
// no longer valid, it gets a new one and makes the request once more, even if it is a send: a
// request refused for its token had no effect.
func (s *TokenSource) Authorized(ctx context.Context, r *Request, do func(context.Context, *Request) (Response, error),
	expired ...int) (Response, error) {
	for renewed := false; ; renewed = true {
		token, err := s.Token(ctx)
		if err != nil {
			return Response{}, BeforeSending(err)
		}
		r.Header = http.Header{"Authorization": {"Bearer " + token}}
		resp, err := do(ctx, r)
		if err != nil || !slices.Contains(expired, resp.Status) || renewed {
			return resp, err
		}
		s.invalidate(token)
	}
}

// Ready is Client.Ready after a login: it gets the token before it takes the slot, because getting
// a token takes a slot.
func (s *TokenSource) Ready(ctx context.Context, c *Client) (*Permit, error) {
	for {
		if _, err := s.Token(ctx); err != nil {
			return nil, BeforeSending(err)
		}
		permit, err := c.Ready(ctx)
		if err != nil {
			return nil, err
		}
		if token, _ := s.kept(); token != "" { // it has not expired during the wait
			return permit, nil
		}
		permit.Release()
	}
}
