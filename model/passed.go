package model

import "time"

// PassResult is what became of people of a campaign in one pass of the engine, and which of them
// wait.
type PassResult struct {
	Campaign
	Accepted int64 // people the vendor accepted
	Refused  int64
	Unknown  int64
	Waiting  int64
	Person   bool      // they wait for a person's decision
	Until    time.Time // until when they wait as decided; zero: their time has come
	Why      Text      // what keeps back those whose time has come
}

// HeldBack reports whether people should have left and did not.
func (p PassResult) HeldBack() bool { return p.Waiting > 0 && !p.Person && p.Until.IsZero() }

// PassedFields are the fields of a pass, in the order in which they are written.
func PassedFields() []RowField[PassResult] {
	return []RowField[PassResult]{
		{"campaign", func(p PassResult) any { return p.ID.String() }},
		{"account", func(p PassResult) any { return p.Account }},
		{"campaign_name", func(p PassResult) any { return known(p.Name) }},
		{"state", func(p PassResult) any { return string(p.State) }},
		{"accepted", func(p PassResult) any { return p.Accepted }},
		{"refused", func(p PassResult) any { return p.Refused }},
		{"unknown", func(p PassResult) any { return p.Unknown }},
		{"waiting", func(p PassResult) any { return p.Waiting }},
		{"until", func(p PassResult) any { return p.Until }},
		{"error", func(p PassResult) any { return known(p.Why.String()) }},
	}
}
