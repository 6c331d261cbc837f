package model

import (
	"cmp"
	"slices"
)

// VendorFactName names something that a vendor reports about its campaign in addition to state,
// figures and cost.
type VendorFactName string

// The things that vendors report.
const (
	FactState      VendorFactName = "state"
	FactMessages   VendorFactName = "messages"
	FactRecipients VendorFactName = "recipients"
	FactCountries  VendorFactName = "countries"
	FactGroups     VendorFactName = "groups"
	FactInGroups   VendorFactName = "in groups"
	FactCharacters VendorFactName = "characters"
	FactSMSState   VendorFactName = "state of the SMS"
	FactLists      VendorFactName = "lists"
)

// VendorFact is one such thing, in the vendor's words and numbers.
type VendorFact struct {
	Name  VendorFactName `json:"name"`
	Value string         `json:"value"`
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
