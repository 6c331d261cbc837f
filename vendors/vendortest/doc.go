// Package vendortest is the conformance suite that every vendor's adapter must pass: complete
// pages, honest answers about unknown data, tolerance of wrong types, and the results of reads and
// sends when the network, the vendor or its token fails.
//
// It sits between the adapter and any HTTP handler that simulates the vendor, so its faults do not
// depend on the handler.
package vendortest
