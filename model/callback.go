package model

import "time"

// Callback is what a vendor posted to this host, as it came.
type Callback struct {
	ID         int64
	Account    string
	Vendor     Vendor
	Body       []byte
	ReceivedAt time.Time
	Released   bool // a person lets its news be taken, whomever it is about
}

// KeptCallback is a callback whose news was not taken; a person decides about it.
type KeptCallback struct {
	Callback
	Note string // why it was kept
}

// callbackShown is how many characters of a callback a list shows.
const callbackShown = 2000

// KeptCallbackFields are the fields of a kept callback, in the order in which they are written.
func KeptCallbackFields() []RowField[KeptCallback] {
	return []RowField[KeptCallback]{
		{"id", func(k KeptCallback) any { return k.ID }},
		{"account", func(k KeptCallback) any { return k.Account }},
		{"vendor", func(k KeptCallback) any { return string(k.Vendor) }},
		{"received_at", func(k KeptCallback) any { return k.ReceivedAt }},
		{"why", func(k KeptCallback) any { return k.Note }},
		{"body", func(k KeptCallback) any { return Clip(SanitiseLine(string(k.Body)), callbackShown) }},
	}
}

// CallbackEvent is what a callback says, once it was read.
type CallbackEvent struct {
	CampaignRef string      // the vendor's id of the campaign; "" where the vendor names none
	OfCall      bool        // CampaignRef may be that of a call, of which the campaign is known only later
	People      []Recipient // each by VendorID, Phone or Contact; what is left out stays as it is known
	Replies     []Reply
	Unknown     string // what in it was not understood, in words; "" if nothing. Such a callback is kept
}

// CallbackResult is what became of a callback's news.
type CallbackResult struct {
	Changed    int // people of whom something new was learnt
	Illegal    int // steps that a message cannot take, left out: a late "delivered" after "read"
	Homeless   int // people of no campaign known here; the callback is kept
	NewReplies int
}
