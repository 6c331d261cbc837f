// Package vendortest is the conformance suite that every vendor's adapter must pass: complete
// pages, honest answers about what is not known, leniency towards wrong types, and what becomes of
// reads and sends when the network, the vendor or its token fails.
//
// It stands between the adapter and any HTTP handler that plays the vendor, so its faults do not
// depend on the handler.
package vendortest
