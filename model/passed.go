package model

import "time"

// Passed is what became of people of a campaign in one pass of the engine, and which of them wait.
type Passed struct {
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
func (p Passed) HeldBack() bool { return p.Waiting > 0 && !p.Person && p.Until.IsZero() }

// PassedFields are the fields of a pass, in the order in which they are written.
func PassedFields() []RowField[Passed] {
	return []RowField[Passed]{
		{"campaign", func(p Passed) any { return p.ID.String() }},
		{"account", func(p Passed) any { return p.Account }},
		{"campaign_name", func(p Passed) any { return known(p.Name) }},
		{"state", func(p Passed) any { return string(p.State) }},
		{"accepted", func(p Passed) any { return p.Accepted }},
		{"refused", func(p Passed) any { return p.Refused }},
		{"unknown", func(p Passed) any { return p.Unknown }},
		{"waiting", func(p Passed) any { return p.Waiting }},
		{"until", func(p Passed) any { return p.Until }},
		{"error", func(p Passed) any { return known(p.Why.String()) }},
	}
}
