package model

import (
	"cmp"
	"slices"
)

// Vendor names one of the vendor APIs.
type Vendor string

// The vendors.
const (
	Wooxy     Vendor = "wooxy"
	SMSBy     Vendor = "smsby"
	Routee    Vendor = "routee"
	SendPulse Vendor = "sendpulse"
)

// VendorFacts describes a vendor as data.
type VendorFacts struct {
	Vendor Vendor
	// Secrets are the keys of the credentials that an account needs: those of one of the sets.
	Secrets [][]string
	// Settings are the other keys that only accounts of this vendor have.
	Settings     []Setting
	Capabilities Capabilities
}

// Wants reports whether the key belongs to one of the vendor's secrets.
func (v VendorFacts) Wants(key string) bool {
	return slices.ContainsFunc(v.Secrets, func(set []string) bool { return slices.Contains(set, key) })
}

// Vendors are the vendors that the program knows.
type Vendors []VendorFacts

// find returns the facts of a vendor; nil for an unknown one.
func (all Vendors) find(v Vendor) *VendorFacts {
	i := slices.IndexFunc(all, func(known VendorFacts) bool { return known.Vendor == v })
	if i < 0 {
		return nil
	}
	return &all[i]
}

// Capabilities returns what a vendor can do; ok is false for one that the program does not know.
func (all Vendors) Capabilities(v Vendor) (caps Capabilities, ok bool) {
	if known := all.find(v); known != nil {
		return known.Capabilities, true
	}
	return caps, false
}

// Name returns the vendor's name as the vendor spells it, its key if the program does not know it.
func (all Vendors) Name(v Vendor) string {
	caps, _ := all.Capabilities(v)
	return cmp.Or(caps.Name, string(v))
}
