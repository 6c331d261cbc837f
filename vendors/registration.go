package vendors

import (
	"cmp"
	"slices"

	"viberdeck/model"
)

// Registration is what the program knows of one vendor: its row in the registry (vendors/all).
type Registration struct {
	model.VendorFacts
	// New makes the adapter of an account.
	New func(model.Account, *Client) (Adapter, error)
	// Decode gives what reads the callbacks that the vendor posts about an account. Nil: it has
	// none, and whatever comes is kept for a person to see.
	Decode func(model.Account) Decoder
	// Methods are those that are called, and Refusals what is recognised in the vendor's answers.
	Methods  []Method
	Refusals []Refusal
}

// Registry is all vendors that the program speaks to.
type Registry []Registration

// Find gives the vendor's row; ok is false for a vendor that this version does not speak to.
func (r Registry) Find(v model.Vendor) (row Registration, ok bool) {
	i := slices.IndexFunc(r, func(row Registration) bool { return row.Vendor == v })
	if i < 0 {
		return Registration{}, false
	}
	return r[i], true
}

// Facts gives what is known of the vendors as data.
func (r Registry) Facts() []model.VendorFacts {
	all := make([]model.VendorFacts, len(r))
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

// Open makes the HTTP client of an account, which does at most the vendor's calls a second and at
// once, and its adapter on it. The client is to be closed by the caller, also with an error.
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
			Text: model.Say("this version does not speak to %s yet", a.Vendor)}
	}
	adapter, err := row.New(a, client)
	return adapter, client, err
}

// Decoder reads the body of a callback: JSON, a form, or the query of a callback that came without
// a body. With an error, or an Unknown in the event, what was understood is taken and the callback
// is kept for a person to see. So it is for people whose status is unknown: an unknown word must
// not hide what is known of a message.
type Decoder func(body []byte) (model.CallbackEvent, error)

// Decoder gives what reads the callbacks of an account.
func (r Registry) Decoder(a model.Account) Decoder {
	if row, ok := r.Find(a.Vendor); ok && row.Decode != nil {
		return row.Decode(a)
	}
	return func(body []byte) (model.CallbackEvent, error) {
		return model.CallbackEvent{Unknown: cmp.Or(string(body), "an empty body")}, nil
	}
}

// FirstOf reads with the first decoder that gives no error. Where all do, the first one's answer
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
