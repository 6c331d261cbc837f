package wooxy_test

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"testing"

	"viberdeck/model"
	"viberdeck/vendors/sim"
	"viberdeck/vendors/vendortest"
	"viberdeck/vendors/wooxy"
)

func TestConformance(t *testing.T) {
	t.Parallel()
	vendortest.Run(t, func(*testing.T) vendortest.Subject {
		world := sim.New(sim.Options{Seed: 7, Now: vendortest.Standing})
		token := world.Credentials().WooxyToken
		return vendortest.Subject{
			Vendor: vendortest.Under("/wooxy", world.Handler()),
			Account: model.Account{
				Name: "loyalty", Vendor: model.Wooxy, Secrets: model.Secrets{"access_token": {Value: token}},
				Settings: model.Settings{"contact_list": sim.WooxyList},
				Senders:  []model.ConfigSender{{ID: sim.WooxySender, Name: "Example"}},
			},
			Open:         vendortest.Opener(wooxy.New),
			Secrets:      []string{token},
			LocalSenders: true,
			SendPath:     "/v3/viber/batch",
			BlockPath:    "/blacklist/add",
			AskedBy:      "domainId",
			Batch: model.Batch{ID: 12, Number: 1, Campaign: model.Campaign{
				Name: "Conformance", Account: "loyalty", Vendor: model.Wooxy,
				Message: model.Message{Template: sim.WooxyTemplate},
			}, People: people(0, 2)},
			ShortPages: func(r *http.Request) {
				changeJSON(r, func(body map[string]any) {
					if _, paged := body["limit"]; paged {
						body["limit"] = 3
					}
				})
			},
		}
	})
}

// people are n contacts of the simulated lists from the first on.
func people(first, n int) []model.Recipient {
	list := make([]model.Recipient, n)
	for i := range list {
		list[i].Phone, _ = model.PhoneFromVendor(sim.WooxyPhone(first + i))
	}
	return list
}

// changeJSON changes the body of a request.
func changeJSON(r *http.Request, change func(map[string]any)) {
	body, _ := io.ReadAll(r.Body)
	var fields map[string]any
	if json.Unmarshal(body, &fields) == nil {
		change(fields)
		body, _ = json.Marshal(fields)
	}
	r.Body, r.ContentLength = io.NopCloser(bytes.NewReader(body)), int64(len(body))
}
