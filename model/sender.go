package model

import "time"

// SenderState is what a vendor allows a sender to do.
type SenderState string

// The sender states.
const (
	SenderApproved SenderState = "approved"
	SenderPending  SenderState = "pending"
	SenderRejected SenderState = "rejected"
	SenderUnknown  SenderState = "unknown"
)

// Sender is a name messages come from.
type Sender struct {
	Account     string
	Vendor      Vendor
	ID          string // the vendor's id
	Name        string
	State       SenderState
	VendorState string
	Country     string // as the vendor writes it
	Traffic     string // type of traffic, as the vendor writes it
	Comment     string // the moderator's words
	FromConfig  bool   // from the configuration: the vendor cannot list its senders
	AsOf        time.Time
}

// List is a list of people kept at a vendor: a subscriber list, an address book or a group.
type List struct {
	Account string
	ID      string
	Name    string
	People  Figure
}

// VendorLists are rows of an account's lists at its vendor.
type VendorLists struct {
	Senders   []Sender
	Lists     []List
	Blacklist []BlacklistEntry
}

// Balance is the money left in an account.
type Balance struct {
	Account string
	Name    string // "" for the main balance, "viber" for a separate Viber balance
	Amount  Money
	AsOf    time.Time
}
