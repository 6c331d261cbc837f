// Package all is the registry of vendors, with one row for each. Everything that needs the list of
// vendors reads it.
package all

import (
	"viberdeck/vendors"
	"viberdeck/vendors/routee"
	"viberdeck/vendors/sendpulse"
	"viberdeck/vendors/smsby"
	"viberdeck/vendors/wooxy"
)

// Vendors are the vendors that this version supports.
func Vendors() vendors.Registry {
	return vendors.Registry{
		wooxy.Registration(),
		smsby.Registration(),
		routee.Registration(),
		sendpulse.Registration(),
	}
}
