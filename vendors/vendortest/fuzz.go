package vendortest

import (
	"bytes"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"viberdeck/model"
	"viberdeck/vendors"
)

// Answering is a network in which each request gets the same answer, and each login a token.
type Answering []byte

// RoundTrip returns the answer.
func (a Answering) RoundTrip(r *http.Request) (*http.Response, error) {
	if strings.Contains(r.URL.Path, "/oauth/") {
		a = []byte(`{"access_token":"token-of-nobody"}`)
	}
	return &http.Response{
		StatusCode: http.StatusOK, Header: http.Header{}, Body: io.NopCloser(bytes.NewReader(a)),
		ContentLength: int64(len(a)), Request: r,
	}, nil
}

// FuzzAnswers returns the same answer to each method that ask calls, beginning with the vendor's
// recorded ones. Whatever the answer is, the result must be harmless data or an application error:
// ask passes the result of each method to check.
func FuzzAnswers[A vendors.Adapter](f *testing.F, account model.Account,
	open func(model.Account, *vendors.Client) (A, error),
	ask func(t *testing.T, a A, answer []byte, check func(v any, err error)),
) {
	f.Helper()
	names, err := filepath.Glob(filepath.Join("..", "..", "testdata", string(account.Vendor), "*.json"))
	if err != nil || len(names) == 0 {
		f.Fatalf("no recorded answers: %v", err)
	}
	for _, name := range names {
		answer, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(answer)
	}
	account.BaseURL = "http://fuzz.example"
	account.Settings = with(account.Settings, "auth_url", "http://fuzz.example")
	f.Fuzz(func(t *testing.T, answer []byte) {
		client := vendors.NewClient(vendors.ClientOptions{Account: account, Transport: Answering(answer)})
		a, err := open(account, client)
		if err != nil {
			t.Fatal(err)
		}
		ask(t, a, answer, func(v any, err error) {
			t.Helper()
			if err != nil && model.KindOf(err) == model.KindInternal {
				t.Errorf("%v is no application error", err)
			}
			Harmless(t, v)
		})
	})
}

// Harmless fails if a text in v, however deep, could do harm on a screen.
func Harmless(t testing.TB, v any) {
	t.Helper()
	if v == nil {
		return
	}
	eachString(reflect.ValueOf(v), func(field, s string) {
		if model.Sanitise(s) != s {
			t.Errorf("harmful text in %s: %q", field, s)
		}
	})
}
