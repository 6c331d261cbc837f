package smsby_test

import (
	"net/http"
	"os"
	"path/filepath"
	"reflect"
	"testing"

	"viberdeck/model"
	"viberdeck/vendors"
	"viberdeck/vendors/smsby"
)

// answering gives each request the same answer, without a network.
type answering []byte

func (a answering) RoundTrip(r *http.Request) (*http.Response, error) {
	return &http.Response{StatusCode: http.StatusOK, Header: http.Header{}, Body: body(a), ContentLength: int64(len(a)), Request: r}, nil
}

// FuzzAnswers gives every method the same answer. Whatever it is, it ends in harmless data or an application error.
func FuzzAnswers(f *testing.F) {
	names, err := filepath.Glob(filepath.Join("..", "..", "testdata", "smsby", "*.json"))
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
		account := model.Account{Name: "fuzz", Vendor: model.SMSBy, Token: "token-of-nobody", BaseURL: "http://fuzz.example"}
		client := vendors.NewClient(vendors.ClientOptions{Account: account, Transport: answering(answer)})
		a, err := smsby.New(account, client)
		if err != nil {
			t.Fatal(err)
		}
		ctx := t.Context()
		check := func(v any, err error) {
			if err != nil {
				if model.KindOf(err) == model.KindInternal {
					t.Errorf("%v is no application error", err)
				}
				return
			}
			harmless(t, reflect.ValueOf(v))
		}
		for page, err := range a.Campaigns(ctx) {
			check(page, err)
		}
		for page, err := range a.Recipients(ctx, "7") {
			check(page, err)
		}
		check(call2(a.Track(ctx, "uuid-of-nothing")))
		check(call2(a.Track(ctx, "message:7")))
		check(call2(a.Replies(ctx, "7")))
		check(call2(a.Senders(ctx)))
		check(call2(a.Lists(ctx)))
		check(call2(a.Balance(ctx)))
		check(nil, a.MarkRead(ctx, []string{"1"}))
		for _, b := range documented() {
			check(call2(a.Send(ctx, b)))
		}
	})
}
