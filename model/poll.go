package model

import "time"

// Poll is what is known about a campaign's next polls. The engine decides the times, the store
// keeps them.
type Poll struct {
	Account   string
	VendorID  string
	Campaign  CampaignID
	State     CampaignState
	CreatedAt time.Time // zero: unknown
	SendAt    time.Time
	Lifetime  time.Duration
	LastAt    time.Time // last successful poll; zero: never
	NextAt    time.Time // zero: at once
	Stopped   bool      // final or past its lifetime: no longer polled, except for replies
	OpenRows  int64     // recipients whose status is not final; -1: unknown
}

// Block is a blacklist change to be sent to a vendor.
type Block struct {
	Phone  Phone
	Remove bool
	Reason string
}
