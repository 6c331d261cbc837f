package vendortest

import (
	"iter"
	"net/http"
	"testing"
	"time"

	"viberdeck/model"
	"viberdeck/vendors"
)

// NewAdapter opens the adapter of an account with a client that is closed when the test ends.
func NewAdapter[A vendors.Adapter](t testing.TB, account model.Account,
	open func(model.Account, *vendors.Client) (A, error)) A {
	t.Helper()
	client := vendors.NewClient(vendors.ClientOptions{Account: account})
	t.Cleanup(client.Close)
	a, err := open(account, client)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// Opener adapts open for a Subject.
func Opener[A vendors.Adapter](open func(model.Account, *vendors.Client) (A, error)) func(model.Account,
	*vendors.Client) (vendors.Adapter, error) {
	return func(account model.Account, client *vendors.Client) (vendors.Adapter, error) {
		return open(account, client)
	}
}

// Standing is a clock that does not move, so that a simulated vendor gives the same answer twice.
func Standing() time.Time { return time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC) }

// Under serves requests below a prefix, like those of the simulated vendors.
func Under(prefix string, h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		inner := r.Clone(r.Context())
		inner.URL.Path = prefix + r.URL.Path
		h.ServeHTTP(w, inner)
	})
}

// At parses an RFC 3339 time; invalid text gives the zero time.
func At(s string) time.Time {
	t, err := time.Parse(time.RFC3339, s)
	if err != nil {
		return time.Time{}
	}
	return t
}

// All reads all pages and fails if one cannot be read.
func All[T any](t *testing.T, pages iter.Seq2[[]T, error]) []T {
	t.Helper()
	var all []T
	for page, err := range pages {
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, page...)
	}
	return all
}
