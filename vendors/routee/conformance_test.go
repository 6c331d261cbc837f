package routee_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"viberdeck/model"
	"viberdeck/vendors"
	"viberdeck/vendors/routee"
	"viberdeck/vendors/sim"
	"viberdeck/vendors/vendortest"
)

func openRoutee(account model.Account, client *vendors.Client) (vendors.Adapter, error) {
	return routee.New(account, client)
}

// standing is a clock that does not move, so that the simulated vendor says the same twice.
func standing() time.Time { return time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC) }

// simulated is the simulated Routee behind one base address, its login too.
func simulated(world *sim.World) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		inner := r.Clone(r.Context())
		prefix := "/routee"
		if strings.HasSuffix(r.URL.Path, "/oauth/token") {
			prefix = "/routee-auth"
		}
		inner.URL.Path = prefix + r.URL.Path
		world.Handler().ServeHTTP(w, inner)
	})
}

func simulatedAccount(world *sim.World) model.Account {
	c := world.Credentials()
	return model.Account{
		Name: "promo-gr", Vendor: model.Routee, ApplicationID: c.RouteeApplicationID, ApplicationSecret: c.RouteeApplicationSecret,
		Senders: []model.ConfigSender{{ID: sim.RouteeSender, Name: "Example Shop"}},
	}
}

func TestConformance(t *testing.T) {
	t.Parallel()
	vendortest.Run(t, func(*testing.T) vendortest.Subject {
		world := sim.New(sim.Options{Seed: 7, Now: standing, PerSecond: 1e6, Vendors: []string{"routee"}})
		account := simulatedAccount(world)
		return vendortest.Subject{
			Vendor: simulated(world), Account: account, Open: openRoutee,
			Secrets:   []string{account.ApplicationID, account.ApplicationSecret},
			TokenPath: "/oauth/token", SendPath: "/viber/campaign",
			Batch: model.Batch{ID: 12, Number: 1, Campaign: model.Campaign{
				Name: "Conformance", Account: "promo-gr", Vendor: model.Routee, Sender: sim.RouteeSender, Class: model.ClassPromotional,
				Message: model.Message{Text: "Hello"},
			}, People: []model.Recipient{{Phone: 306948530920}, {Phone: 306948530921}}},
			Unasked: []string{"senders"}, ForbiddenIsExpired: true,
		}
	})
}
