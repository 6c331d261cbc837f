package vendors

import (
	"cmp"
	"slices"

	"viberdeck/model"
)

// Registration is what the program knows about one vendor: its row in the registry (vendors/all).
type Registration struct {
	model.VendorFacts
	// New makes the adapter of an account.
	New func(model.Account, *Client) (Adapter, error)
	// Decode returns the decoder for the callbacks that the vendor posts about an account. Nil: the
	// vendor has no callbacks, and whatever arrives is kept for a person to see.
	Decode func(model.Account) Decoder
	// Methods are the methods that are called, and Refusals what is recognised in the vendor's
	// answers.
	Methods  []Method
	Refusals []Refusal
}

// Constructor makes the New of a registration from the constructor of one adapter.
func Constructor[A Adapter](open func(model.Account, *Client) (A, error)) func(model.Account, *Client) (Adapter,
	error) {
	return func(a model.Account, client *Client) (Adapter, error) {
		made, err := open(a, client)
		if err != nil {
			return nil, err
		}
		return made, nil
	}
}

// SameDecoder makes the Decode of a registration for a vendor whose callbacks are read in the same
// way for all accounts.
func SameDecoder(d Decoder) func(model.Account) Decoder {
	return func(model.Account) Decoder { return d }
}

// Registry is all vendors that the program supports.
type Registry []Registration

// Find returns the vendor's row; ok is false for a vendor that this version does not support.
func (r Registry) Find(v model.Vendor) (row Registration, ok bool) {
	i := slices.IndexFunc(r, func(row Registration) bool { return row.Vendor == v })
	if i < 0 {
		return Registration{}, false
	}
	return r[i], true
}

// Facts returns what is known about the vendors as data.
func (r Registry) Facts() model.Vendors {
	all := make(model.Vendors, len(r))
	for i, row := range r {
		all[i] = row.VendorFacts
	}
	return all
}

// Capabilities says what each vendor can do.
func (r Registry) Capabilities() map[model.Vendor]model.Capabilities {
	all := make(map[model.Vendor]model.Capabilities, len(r))
	for _, row := range r {
		all[row.Vendor] = row.Capabilities
	}
	return all
}

// Open makes the HTTP client of an account, limited to the vendor's calls per second and at once,
// and its adapter. The caller must close the client, even after an error.
func (r Registry) Open(a model.Account, log func(model.LogEntry)) (Adapter, *Client, error) {
	row, known := r.Find(a.Vendor)
	rate := row.Capabilities.Limits.PerSecond
	if a.PerSecond > 0 {
		rate = a.PerSecond
	}
	client := NewClient(ClientOptions{Account: a.WithoutSecrets(), Secrets: a.SecretValues(), PerSecond: rate,
		CallsAtOnce: row.Capabilities.Limits.CallsAtOnce, Log: log})
	if !known {
		return nil, client, &model.Error{Kind: model.KindInvalid, Field: "account " + a.Name + ".vendor",
			Fate: model.FateNotSent,
			Text: model.Say("this version does not work with %s yet", a.Vendor)}
	}
	adapter, err := row.New(a, client)
	return adapter, client, err
}

// Decoder reads the body of a callback: JSON, a form, or the query of a callback without a body.
// With an error, or an Unknown in the event, what was understood is stored and the callback is kept
// for a person to see. The same applies to people whose status is unknown: an unknown word must not
// hide what is known about a message.
type Decoder func(body []byte) (model.CallbackEvent, error)

// Decoder returns the decoder for the callbacks of an account.
func (r Registry) Decoder(a model.Account) Decoder {
	if row, ok := r.Find(a.Vendor); ok && row.Decode != nil {
		return row.Decode(a)
	}
	return func(body []byte) (model.CallbackEvent, error) {
		return model.CallbackEvent{Unknown: cmp.Or(string(body), "an empty body")}, nil
	}
}

// FirstOf reads with the first decoder that returns no error. If all fail, the first one's result
// counts. It serves vendors that post different things to one address.
func FirstOf(decoders ...Decoder) Decoder {
	return func(body []byte) (model.CallbackEvent, error) {
		var first model.CallbackEvent
		var failed error
		for i, decode := range decoders {
			e, err := decode(body)
			if err == nil {
				return e, nil
			}
			if i == 0 {
				first, failed = e, err
			}
		}
		return first, failed
	}
}
