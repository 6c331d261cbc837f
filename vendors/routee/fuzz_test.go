package routee_test

import (
	"bytes"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"viberdeck/model"
	"viberdeck/vendors"
	"viberdeck/vendors/routee"
)

// roundTrip answers every request with a token and calls f with it, without a network.
type roundTrip func(*http.Request)

func (f roundTrip) RoundTrip(r *http.Request) (*http.Response, error) {
	f(r)
	return answering(`{"access_token":"token-of-nobody","balance":1}`).RoundTrip(r)
}

// answering gives each request the same answer, and the login a token.
type answering []byte

func (a answering) RoundTrip(r *http.Request) (*http.Response, error) {
	if strings.HasSuffix(r.URL.Path, "/oauth/token") {
		a = []byte(`{"access_token":"token-of-nobody"}`)
	}
	return &http.Response{
		StatusCode: http.StatusOK, Header: http.Header{}, Body: io.NopCloser(bytes.NewReader(a)), ContentLength: int64(len(a)), Request: r,
	}, nil
}

// FuzzAnswers gives every method the same answer. Whatever it is, it ends in harmless data or an application error.
func FuzzAnswers(f *testing.F) {
	names, err := filepath.Glob(filepath.Join("..", "..", "testdata", "routee", "*.json"))
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
		at := account("http://fuzz.example")
		a, err := routee.New(at, vendors.NewClient(vendors.ClientOptions{Account: at, Transport: answering(answer)}))
		if err != nil {
			t.Fatal(err)
		}
		ctx := t.Context()
		check := func(err error, texts ...string) {
			if err != nil && model.KindOf(err) == model.KindInternal {
				t.Errorf("%v is no application error", err)
			}
			if all := strings.Join(texts, "\n"); model.Sanitise(all) != all && len(all) < model.MaxText {
				t.Errorf("harmful text %q", all)
			}
		}
		for page, err := range a.Recipients(ctx, "7") {
			check(err)
			for _, r := range page {
				check(nil, r.Contact, r.VendorStatus, r.Reason, r.VendorID, r.Price.Currency)
			}
		}
		for page, err := range a.Blacklist(ctx) {
			check(err)
			for _, e := range page {
				check(nil, e.Reason)
			}
		}
		lists, err := a.Lists(ctx)
		check(err)
		for _, l := range lists {
			check(nil, l.ID, l.Name)
		}
		r, err := a.Message(ctx, "7")
		check(err, r.Contact, r.VendorStatus, r.Reason, r.VendorID)
		_, err = a.Balance(ctx)
		check(err)
		check(a.Block(ctx, []model.Phone{306948530930}, "asked"))
		check(a.Unblock(ctx, []model.Phone{306948530930}))
		check(a.DeleteScheduled(ctx, "7"))
		o, err := a.Send(ctx, batch())
		check(err, o.VendorRef, o.Evidence, o.Cost.Currency)
		id, r, err := routee.DecodeProgress(answer)
		check(err, id, r.Contact, r.VendorStatus, r.Reason, r.VendorID)
		reply, err := routee.DecodeInbound(answer)
		check(err, reply.VendorID, reply.CampaignRef, reply.Text)
	})
}
