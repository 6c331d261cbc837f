package model

import "time"

// Callback is what a vendor posted to this host, as received.
type Callback struct {
	ID         int64
	Account    string
	Vendor     Vendor
	Body       []byte
	ReceivedAt time.Time
	Released   bool // a person has decided to apply its news, no matter which person it is about
}

// CallbackDecision is what a person decides about a callback that was kept, as the activity log
// says it.
type CallbackDecision string

// The decisions about kept callbacks.
const (
	CallbackReleased CallbackDecision = "released" // read again, and applied whichever person it is about
	CallbackDropped  CallbackDecision = "dropped"
)

// PendingCallback is a callback whose news was not applied; a person decides about it.
type PendingCallback struct {
	Callback
	Note string // why it was kept
}

// callbackShown is how many characters of a callback a list shows.
const callbackShown = 2000

// KeptCallbackFields are the fields of a kept callback, in the order in which they are written.
func KeptCallbackFields() []RowField[PendingCallback] {
	return []RowField[PendingCallback]{
		{"id", func(k PendingCallback) any { return k.ID }},
		{"account", func(k PendingCallback) any { return k.Account }},
		{"vendor", func(k PendingCallback) any { return string(k.Vendor) }},
		{"received_at", func(k PendingCallback) any { return k.ReceivedAt }},
		{"why", func(k PendingCallback) any { return k.Note }},
		{"body", func(k PendingCallback) any { return Clip(SanitiseLine(string(k.Body)), callbackShown) }},
	}
}

// CallbackEvent is the content of a callback once it has been read.
type CallbackEvent struct {
	CampaignRef string      // the vendor's id of the campaign; "" if the vendor gives none
	OfCall      bool        // CampaignRef may be the id of a call, whose campaign becomes known only later
	People      []Recipient // each by VendorID, Phone or Contact; what is omitted stays as known
	Replies     []Reply
	Unknown     string // what in it was not understood, in words; "" if nothing. Such a callback is kept
}

// CallbackResult is the effect of a callback's news.
type CallbackResult struct {
	Changed    int // people about whom something new was learned
	Illegal    int // steps that a message cannot take, skipped: a late "delivered" after "read"
	Homeless   int // people of no campaign known here; the callback is kept
	NewReplies int
}
