package model

import (
	"cmp"
	"slices"
)

// ToldName names something that a vendor reports about its campaign in addition to state, figures
// and cost.
type ToldName string

// The things that vendors report.
const (
	ToldState      ToldName = "state"
	ToldMessages   ToldName = "messages"
	ToldRecipients ToldName = "recipients"
	ToldCountries  ToldName = "countries"
	ToldGroups     ToldName = "groups"
	ToldInGroups   ToldName = "in groups"
	ToldCharacters ToldName = "characters"
	ToldSMSState   ToldName = "state of the SMS"
	ToldLists      ToldName = "lists"
)

// Told is one such thing, in the vendor's words and numbers.
type Told struct {
	Name  ToldName `json:"name"`
	Value string   `json:"value"`
}

// known reports whether any total is known.
func (t Totals) known() bool { return t != Totals{} }

// Differ reports whether both counts are known and any of their figures differ.
func (s Statistics) Differ() bool {
	if !s.Own.known() || !s.Counted.known() {
		return false
	}
	figures := func(t Totals) []Figure {
		return []Figure{t.Sent, t.Delivered, t.Read, t.Clicked, t.Undelivered, t.Failed}
	}
	return slices.CompareFunc(figures(s.Own), figures(s.Counted), func(a, b Figure) int {
		if !a.Known || !b.Known {
			return 0
		}
		return cmp.Compare(a.N, b.N)
	}) != 0
}
