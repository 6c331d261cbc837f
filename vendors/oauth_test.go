package vendors

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"golang.org/x/oauth2"

	"viberdeck/model"
)

// issuer issues tokens t1, t2 … after a second.
func issuer(n *atomic.Int64, life time.Duration) func(context.Context) (*oauth2.Token, error) {
	return func(context.Context) (*oauth2.Token, error) {
		<-time.After(time.Second)
		token := &oauth2.Token{AccessToken: fmt.Sprint("t", n.Add(1))}
		if life > 0 {
			token.Expiry = time.Now().Add(life)
		}
		return token, nil
	}
}

func TestManyAskForATokenAndTheVendorIsAskedOnce(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var n atomic.Int64
		redact := NewRedactor()
		s := NewTokenSource(issuer(&n, time.Hour), redact.Hide)
		var all sync.WaitGroup
		impatient, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
		defer cancel()
		all.Go(func() {
			if _, err := s.Token(impatient); !errors.Is(err, context.DeadlineExceeded) {
				t.Errorf("impatient: %v", err)
			}
		})
		for range 10 {
			all.Go(func() {
				if token, err := s.Token(t.Context()); token != "t1" || err != nil {
					t.Errorf("%q %v", token, err)
				}
			})
		}
		all.Wait()
		if n.Load() != 1 {
			t.Errorf("%d tokens were issued", n.Load())
		}
	})
}

func TestATokenIsRenewedBeforeItsEndAndAfterARefusal(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		for _, c := range []struct{ life, good, renewed time.Duration }{
			{time.Hour, 58 * time.Minute, 2 * time.Minute},
			{40 * time.Second, 19 * time.Second, 2 * time.Second}, // half of a short life
			{0, 24 * 365 * time.Hour, 0},                          // no end
		} {
			var n atomic.Int64
			s := NewTokenSource(issuer(&n, c.life), nil)
			want := func(token string) {
				t.Helper()
				if got, err := s.Token(t.Context()); got != token || err != nil {
					t.Errorf("life %s: %q %v, want %q", c.life, got, err, token)
				}
			}
			want("t1")
			time.Sleep(c.good)
			want("t1")
			if c.renewed > 0 {
				time.Sleep(c.renewed)
				want("t2")
				s.invalidate("t1") // a late refusal of the old one
				want("t2")
			}
			s.invalidate(fmt.Sprint("t", n.Load()))
			want(fmt.Sprint("t", n.Load()+1))
		}
	})
}

func TestRefusedCredentialsAreNotOfferedInALoop(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		asked, denied := 0, true
		s := NewTokenSource(func(context.Context) (*oauth2.Token, error) {
			if asked++; denied {
				return nil, &model.Error{Kind: model.KindDenied, Text: model.Data("no")}
			}
			return &oauth2.Token{AccessToken: "good"}, nil
		}, nil)
		for range 10 {
			if _, err := s.Token(t.Context()); model.KindOf(err) != model.KindDenied {
				t.Errorf("%v", err)
			}
			s.invalidate("")
		}
		if asked != 1 {
			t.Errorf("asked %d times", asked)
		}
		denied = false
		time.Sleep(deniedFor)
		if token, err := s.Token(t.Context()); token != "good" || err != nil {
			t.Errorf("%q %v", token, err)
		}
	})
}

func TestAFailureOfTheNetworkIsNotADenial(t *testing.T) {
	t.Parallel()
	asked := 0
	s := NewTokenSource(func(context.Context) (*oauth2.Token, error) {
		asked++
		return nil, down("shop")
	}, nil)
	for range 3 {
		if _, err := s.Token(t.Context()); model.KindOf(err) != model.KindOffline {
			t.Errorf("%v", err)
		}
	}
	if asked != 3 {
		t.Errorf("asked %d times", asked)
	}
}

func TestTheAnswerOfATokenEndpointIsRead(t *testing.T) {
	t.Parallel()
	c, _ := testClient(t, nil)
	for _, x := range []struct {
		status int
		body   string
		kind   model.Kind
		fate   model.Fate
		life   time.Duration
	}{
		{200, `{"access_token":"fictitious","token_type":"Bearer","expires_in":3600}`, "", "", time.Hour},
		{200, `{"access_token":"fictitious","expires_in":"3600"}`, "", "", time.Hour},
		{200, `{"access_token":"fictitious"}`, "", "", 0},
		{200, `{"error":"invalid_client"}`, model.KindDenied, model.FateRefused, 0},
		{400, `{"error":"invalid_client","error_description":"no such client"}`, model.KindDenied, model.FateRefused,
			0},
		{401, `<html>`, model.KindDenied, model.FateRefused, 0},
		{404, `{}`, model.KindNotFound, model.FateRefused, 0},
		{200, `<html>`, model.KindOffline, model.FateNotSent, 0},
	} {
		token, err := ParseToken(c, Response{Status: x.status, Header: http.Header{}, Body: []byte(x.body)})
		if model.KindOf(err) != x.kind || model.FateOf(err) != x.fate {
			t.Errorf("%d %s: %v", x.status, x.body, err)
		}
		if err == nil && (token.AccessToken != "fictitious" || x.life == 0 != token.Expiry.IsZero() || x.life > 0 &&
			time.Until(token.Expiry).Round(time.Minute) != x.life) {
			t.Errorf("%s: %+v", x.body, token)
		}
	}
}
