package wooxy

import (
	"viberdeck/model"
	"viberdeck/vendors"
)

// Registration is the row of Wooxy in the registry of vendors.
func Registration() vendors.Registration {
	return vendors.Registration{
		VendorFacts: model.VendorFacts{Vendor: model.Wooxy, Capabilities: Capabilities(),
			Secrets:  [][]string{{"access_token"}},
			Settings: Settings(),
		},
		New:      vendors.Constructor(New),
		Decode:   vendors.SameDecoder(DecodeCallback),
		Methods:  Methods(),
		Refusals: Refusals(),
	}
}
