package model

import "time"

// Probed is what an account answered to the doctor. Even with an error it shows how far the check
// got.
type Probed struct {
	Answered bool // the vendor gave an answer of any kind
	Accepted bool // something was read that requires the credentials
	Balances []Balance
	Senders  []string      // names, or ids where there is no name
	Ahead    time.Duration // how far this host's clock is ahead of the vendor's, to about a second; only if Answered
}
