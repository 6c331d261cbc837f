package smsby

import (
	"viberdeck/model"
	"viberdeck/vendors"
)

// Registration is the row of sms.by in the registry of vendors.
func Registration() vendors.Registration {
	return vendors.Registration{
		VendorFacts: model.VendorFacts{Vendor: model.SMSBy, Capabilities: Capabilities(),
			Secrets:  [][]string{{"token"}},
			Settings: Settings(),
		},
		New:      vendors.Constructor(New),
		Decode:   DecodeCallback,
		Methods:  Methods(),
		Refusals: Refusals(),
	}
}
