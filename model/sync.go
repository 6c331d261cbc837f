package model

import "time"

// SyncProgress is how far the reading of one account has got.
type SyncProgress struct {
	Account     string
	What        string // the list, or "details" for the campaigns one by one
	Done, Total int    // Total 0: unknown yet
}

// SyncResult is what one pass read of an account.
type SyncResult struct {
	Account    string
	Campaigns  int
	Recipients int
	NewReplies int
	Senders    int
	Blacklist  int
	Answered   int           // requests that got an answer
	Took       time.Duration // how long it took
	Err        error         // what failed, joined; nil if all went well
	// Missing are the campaigns that the vendor says it does not know: these are answers, not
	// failures.
	Missing []error
	// Asides failed too, but no document of the vendor promises them.
	Asides []error
}
