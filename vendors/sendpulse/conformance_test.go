package sendpulse_test

import (
	"net/http"
	"testing"

	"viberdeck/model"
	"viberdeck/vendors/sendpulse"
	"viberdeck/vendors/sim"
	"viberdeck/vendors/vendortest"
)

func TestConformance(t *testing.T) {
	t.Parallel()
	vendortest.Run(t, func(*testing.T) vendortest.Subject {
		world := sim.New(sim.Options{Seed: 7, Now: vendortest.Standing, PerSecond: 1e6})
		c := world.Credentials()
		return vendortest.Subject{
			Vendor: vendortest.Under("/sendpulse", world.Handler()),
			Account: model.Account{Name: "shop-ua", Vendor: model.SendPulse,
				Secrets: model.Secrets{"client_id": {Value: c.SendPulseClientID},
					"client_secret": {Value: c.SendPulseClientSecret}}},
			Open:      vendortest.Opener(sendpulse.New),
			Secrets:   []string{c.SendPulseClientID, c.SendPulseClientSecret},
			TokenPath: "/oauth/access_token",
			SendPath:  "/viber",
			BlockPath: "/phone-exception",
			Batch: model.Batch{ID: 12, Number: 1, Campaign: model.Campaign{
				Name: "Conformance", Account: "shop-ua", Vendor: model.SendPulse, Sender: "4495",
				Class: model.ClassPromotional, Message: model.Message{Text: "Hello"},
			}, People: []model.Recipient{{Phone: 380931111111}, {Phone: 380931111112}}},
			ShortPages: func(r *http.Request) {
				query := r.URL.Query()
				if query.Has("limit") {
					query.Set("limit", "7")
					r.URL.RawQuery = query.Encode()
				}
			},
		}
	})
}
