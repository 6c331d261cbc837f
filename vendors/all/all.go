// Package all is the registry of vendors: one row each. Everything that has to know which vendors
// there are reads it.
package all

import (
	"viberdeck/model"
	"viberdeck/vendors"
	"viberdeck/vendors/routee"
	"viberdeck/vendors/sendpulse"
	"viberdeck/vendors/smsby"
	"viberdeck/vendors/wooxy"
)

// Vendors are the vendors that this version speaks to.
func Vendors() vendors.Registry {
	return vendors.Registry{
		{Vendor: model.Wooxy, Capabilities: wooxy.Capabilities(), New: adapter(wooxy.New),
			Decode: wooxy.DecodeCallback},
		{Vendor: model.SMSBy, Capabilities: smsby.Capabilities(), New: adapter(smsby.New)},
		{Vendor: model.Routee, Capabilities: routee.Capabilities(), New: adapter(routee.New),
			Decode: routee.DecodeCallback},
		{Vendor: model.SendPulse, Capabilities: sendpulse.Capabilities(), New: adapter(sendpulse.New)},
	}
}

// adapter makes a constructor of one adapter one of any.
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
