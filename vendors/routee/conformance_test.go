package routee_test

import (
	"net/http"
	"testing"

	"viberdeck/model"
	"viberdeck/vendors/routee"
	"viberdeck/vendors/sim"
	"viberdeck/vendors/vendortest"
)

// simulated is the simulated Routee behind one base address, its login too.
func simulated(world *sim.World) http.Handler {
	mux := http.NewServeMux()
	mux.Handle("/", vendortest.Under("/routee", world.Handler()))
	mux.Handle("/oauth/token", vendortest.Under("/routee-auth", world.Handler()))
	return mux
}

func simulatedAccount(world *sim.World) model.Account {
	c := world.Credentials()
	return model.Account{
		Name: "promo-gr", Vendor: model.Routee, Secrets: model.Secrets{
			"application_id": {Value: c.RouteeApplicationID}, "application_secret": {Value: c.RouteeApplicationSecret}},
		Senders: []model.ConfigSender{{ID: sim.RouteeSender, Name: "Example Shop"}},
	}
}

func TestConformance(t *testing.T) {
	t.Parallel()
	vendortest.Run(t, func(*testing.T) vendortest.Subject {
		world := sim.New(sim.Options{Seed: 7, Now: vendortest.Standing, PerSecond: 1e6, Vendors: []string{"routee"}})
		account := simulatedAccount(world)
		return vendortest.Subject{
			Vendor: simulated(world), Account: account, Open: vendortest.Opener(routee.New),
			Secrets:   account.SecretValues(),
			TokenPath: "/oauth/token", SendPath: "/viber/campaign",
			Batch: model.Batch{ID: 12, Number: 1, Campaign: model.Campaign{
				Name: "Conformance", Account: "promo-gr", Vendor: model.Routee, Sender: sim.RouteeSender,
				Class:   model.ClassPromotional,
				Message: model.Message{Text: "Hello"},
			}, People: []model.Recipient{{Phone: 306948530920}, {Phone: 306948530921}}},
			Unasked: []string{"senders"}, ForbiddenIsExpired: true,
		}
	})
}
