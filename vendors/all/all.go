// Package all is the registry of vendors, with one row for each. Everything that needs the list of
// vendors reads it.
package all

import (
	"viberdeck/model"
	"viberdeck/vendors"
	"viberdeck/vendors/routee"
	"viberdeck/vendors/sendpulse"
	"viberdeck/vendors/smsby"
	"viberdeck/vendors/wooxy"
)

// Vendors are the vendors that this version supports.
func Vendors() vendors.Registry {
	return vendors.Registry{
		{
			VendorFacts: model.VendorFacts{Vendor: model.Wooxy, Capabilities: wooxy.Capabilities(),
				Secrets: [][]string{{"access_token"}}, Settings: wooxy.Settings()},
			New: adapter(wooxy.New), Decode: always(wooxy.DecodeCallback), Methods: wooxy.Methods(),
			Refusals: wooxy.Refusals(),
		},
		{
			VendorFacts: model.VendorFacts{Vendor: model.SMSBy, Capabilities: smsby.Capabilities(),
				Secrets: [][]string{{"token"}}, Settings: smsby.Settings()},
			New: adapter(smsby.New), Decode: smsby.DecodeCallback, Methods: smsby.Methods(), Refusals: smsby.Refusals(),
		},
		{
			VendorFacts: model.VendorFacts{Vendor: model.Routee, Capabilities: routee.Capabilities(),
				Secrets: [][]string{{"application_id", "application_secret"}}, Settings: routee.Settings()},
			New: adapter(routee.New), Decode: always(routee.DecodeCallback), Methods: routee.Methods(),
			Refusals: routee.Refusals(),
		},
		{
			VendorFacts: model.VendorFacts{Vendor: model.SendPulse,
				Capabilities: sendpulse.Capabilities(),
				Secrets:      [][]string{{"client_id", "client_secret"}, {"api_key"}}},
			New: adapter(sendpulse.New), Methods: sendpulse.Methods(), Refusals: sendpulse.Refusals(),
		},
	}
}

// always returns the decoder of a vendor whose callbacks are read the same way for all accounts.
func always(d vendors.Decoder) func(model.Account) vendors.Decoder {
	return func(model.Account) vendors.Decoder { return d }
}

// adapter generalises the constructor of one adapter.
func adapter[A vendors.Adapter](
	open func(model.Account, *vendors.Client) (A, error),
) func(model.Account, *vendors.Client) (vendors.Adapter, error) {
	return func(a model.Account, client *vendors.Client) (vendors.Adapter, error) {
		made, err := open(a, client)
		if err != nil {
			return nil, err
		}
		return made, nil
	}
}
