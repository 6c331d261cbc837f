package wooxy_test

import (
	"bytes"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"reflect"
	"testing"

	"viberdeck/model"
	"viberdeck/vendors"
	"viberdeck/vendors/wooxy"
)

// answering gives each request the same answer, without a network.
type answering []byte

func (a answering) RoundTrip(r *http.Request) (*http.Response, error) {
	return &http.Response{
		StatusCode: http.StatusOK, Header: http.Header{}, Body: io.NopCloser(bytes.NewReader(a)), ContentLength: int64(len(a)), Request: r,
	}, nil
}

// FuzzAnswers gives every method the same answer. Whatever it is, it ends in harmless data or an application error, and a send
// has an outcome for each person of the batch or is refused or unknown as a whole.
func FuzzAnswers(f *testing.F) {
	names, err := filepath.Glob(filepath.Join("..", "..", "testdata", "wooxy", "*.json"))
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
	f.Fuzz(func(t *testing.T, answer []byte) {
		account := model.Account{Name: "fuzz", Vendor: model.Wooxy, AccessToken: token, BaseURL: "http://fuzz.example", ContactList: "list-1", Inferred: true}
		a, err := wooxy.New(account, vendors.NewClient(vendors.ClientOptions{Account: account, Transport: answering(answer)}))
		if err != nil {
			t.Fatal(err)
		}
		ctx := t.Context()
		check := func(v any, err error) {
			if err != nil && model.KindOf(err) == model.KindInternal {
				t.Errorf("%v is no application error", err)
			}
			harmless(t, reflect.ValueOf(v))
		}
		for page, err := range a.Blacklist(ctx) {
			check(page, err)
		}
		lists, err := a.Lists(ctx)
		check(lists, err)
		balance, err := a.Balance(ctx)
		check(balance, err)
		hooks, err := a.Webhooks(ctx)
		check(hooks, err)
		id, err := a.CreateWebhook(ctx, wooxy.Webhook{Title: "T", URL: "https://example.com", Domain: "example.com"})
		check(id, err)
		check(nil, a.Block(ctx, []model.Phone{375291111111}, "stop"))
		check(nil, a.Unblock(ctx, []model.Phone{375291111111}))
		b := documented()
		o, err := a.Send(ctx, b)
		check(o, err)
		if err == nil && len(o.People) != len(b.People) {
			t.Errorf("an outcome of %d people, want %d", len(o.People), len(b.People))
		}
	})
}
