package sendpulse_test

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
	"viberdeck/vendors/sendpulse"
)

// answering gives each request the same answer, without a network.
type answering []byte

func (a answering) RoundTrip(r *http.Request) (*http.Response, error) {
	return &http.Response{
		StatusCode: http.StatusOK, Header: http.Header{}, Body: io.NopCloser(bytes.NewReader(a)), ContentLength: int64(len(a)), Request: r,
	}, nil
}

// FuzzAnswers gives every method the same answer. Whatever it is, it ends in harmless data or an application error.
func FuzzAnswers(f *testing.F) {
	names, err := filepath.Glob(filepath.Join("..", "..", "testdata", "sendpulse", "*.json"))
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
		account := model.Account{Name: "fuzz", Vendor: model.SendPulse, APIKey: "key-of-nobody", BaseURL: "http://fuzz.example", TimeZone: "UTC"}
		a, err := sendpulse.New(account, vendors.NewClient(vendors.ClientOptions{Account: account, Transport: answering(answer)}))
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
		for page, err := range a.Campaigns(ctx) {
			check(err)
			for _, c := range page {
				check(nil, c.VendorID, c.Name, c.VendorState, c.Message.Text, c.Message.ImageURL, c.Message.Button.Caption, c.SenderName, c.List)
			}
		}
		for page, err := range a.Recipients(ctx, "7") {
			check(err)
			for _, r := range page {
				check(nil, r.Contact, r.VendorStatus, r.Price.Currency)
			}
		}
		for page, err := range a.Blacklist(ctx) {
			check(err)
			for _, e := range page {
				check(nil, e.Reason)
			}
		}
		senders, err := a.Senders(ctx)
		check(err)
		for _, s := range senders {
			check(nil, s.ID, s.Name, s.VendorState, s.Country, s.Traffic, s.Comment)
		}
		lists, err := a.Lists(ctx)
		check(err)
		for _, l := range lists {
			check(nil, l.ID, l.Name)
		}
		_, err = a.Sender(ctx, "7")
		check(err)
		_, err = a.Statistics(ctx, "7")
		check(err)
		_, err = a.Balance(ctx)
		check(err)
		check(a.Block(ctx, []model.Phone{380931111111}, "asked"))
		o, err := a.Send(ctx, documented()["create-text-request.json"])
		check(err, o.VendorRef)
	})
}
