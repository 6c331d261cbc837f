package smsby_test

import (
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"viberdeck/model"
	"viberdeck/vendors/sim"
	"viberdeck/vendors/smsby"
	"viberdeck/vendors/vendortest"
)

func TestConformance(t *testing.T) {
	t.Parallel()
	vendortest.Run(t, func(*testing.T) vendortest.Subject {
		world := sim.New(sim.Options{Seed: 7, Now: vendortest.Standing})
		token := world.Credentials().SMSByToken
		return vendortest.Subject{
			Vendor: vendortest.Under("/smsby", world.Handler()),
			Account: model.Account{Name: "minsk", Vendor: model.SMSBy,
				Secrets: model.Secrets{"token": {Value: token}}},
			Open:     vendortest.Opener(smsby.New),
			Secrets:  []string{token},
			SendPath: "/sendBulkViber",
			Batch: model.Batch{ID: 12, Number: 1, Campaign: model.Campaign{
				Name: "Conformance", Account: "minsk", Vendor: model.SMSBy, Sender: "444",
				Message: model.Message{Text: "Hello"},
			}, People: []model.Recipient{{Phone: 375291111111}, {Phone: 375292222222}}},
			ShortPages: func(r *http.Request) {
				body, _ := io.ReadAll(r.Body)
				form, err := url.ParseQuery(string(body))
				if err == nil && form.Has("limit_rows") {
					form.Set("limit_rows", "3")
					body = []byte(form.Encode())
				}
				r.Body, r.ContentLength = io.NopCloser(strings.NewReader(string(body))), int64(len(body))
			},
		}
	})
}
