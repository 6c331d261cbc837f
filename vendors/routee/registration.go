package routee

import (
	"viberdeck/model"
	"viberdeck/vendors"
)

// Registration is the row of Routee in the registry of vendors.
func Registration() vendors.Registration {
	return vendors.Registration{
		VendorFacts: model.VendorFacts{Vendor: model.Routee, Capabilities: Capabilities(),
			Secrets:  [][]string{{"application_id", "application_secret"}},
			Settings: Settings(),
		},
		New:      vendors.Constructor(New),
		Decode:   vendors.SameDecoder(DecodeCallback),
		Methods:  Methods(),
		Refusals: Refusals(),
	}
}
