package sendpulse_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"viberdeck/model"
	"viberdeck/vendors"
	"viberdeck/vendors/sendpulse"
	"viberdeck/vendors/sim"
	"viberdeck/vendors/vendortest"
)

func open(account model.Account, client *vendors.Client) (vendors.Adapter, error) {
	return sendpulse.New(account, client)
}

// standing is a clock that does not move, so that the simulated vendor says the same twice.
func standing() time.Time { return time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC) }

func TestConformance(t *testing.T) {
	t.Parallel()
	vendortest.Run(t, func(*testing.T) vendortest.Subject {
		world := sim.New(sim.Options{Seed: 7, Now: standing, PerSecond: 1e6})
		c := world.Credentials()
		return vendortest.Subject{
			Vendor:    http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { under("/sendpulse", world.Handler(), w, r) }),
			Account:   model.Account{Name: "shop-ua", Vendor: model.SendPulse, ClientID: c.SendPulseClientID, ClientSecret: c.SendPulseClientSecret},
			Open:      open,
			Secrets:   []string{c.SendPulseClientID, c.SendPulseClientSecret},
			TokenPath: "/oauth/access_token",
			SendPath:  "/viber",
			Batch: model.Batch{ID: 12, Number: 1, Campaign: model.Campaign{
				Name: "Conformance", Account: "shop-ua", Vendor: model.SendPulse, Sender: "4495", Class: model.ClassPromotional, Message: model.Message{Text: "Hello"},
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

// under serves a request below a prefix.
func under(prefix string, h http.Handler, w http.ResponseWriter, r *http.Request) {
	inner := r.Clone(r.Context())
	inner.URL.Path = prefix + strings.TrimSuffix(r.URL.Path, "/")
	h.ServeHTTP(w, inner)
}
