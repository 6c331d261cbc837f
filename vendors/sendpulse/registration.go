package sendpulse

import (
	"viberdeck/model"
	"viberdeck/vendors"
)

// Registration is the row of SendPulse in the registry of vendors.
func Registration() vendors.Registration {
	return vendors.Registration{
		VendorFacts: model.VendorFacts{Vendor: model.SendPulse, Capabilities: Capabilities(),
			Secrets: [][]string{{"client_id", "client_secret"}, {"api_key"}},
		},
		New:      vendors.Constructor(New),
		Methods:  Methods(),
		Refusals: Refusals(),
	}
}
