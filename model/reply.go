package model

import "time"

// ReplyState is where the triage of a reply stands.
type ReplyState string

// The reply states.
const (
	ReplyOpen    ReplyState = "open"
	ReplySnoozed ReplyState = "snoozed"
	ReplyDone    ReplyState = "done"
)

// Reply is an incoming message. It is kept for ever, whatever the vendor does with its own copy.
type Reply struct {
	ID           ReplyID
	Account      string
	VendorID     string
	Campaign     CampaignID // 0: not known
	CampaignName string
	CampaignRef  string // the vendor's id of the campaign it answers; "" if the vendor gives none
	Phone        Phone
	Text         string // sanitised
	ReceivedAt   time.Time
	State        ReplyState
	Unread       bool
	ClaimedBy    string
	OptOut       string // the matched words when the text looks like an opt-out; "" if not
	Labels       []string
	SnoozedUntil time.Time
	DoneBy       string
	DoneAt       time.Time
	Blocked      bool       // the phone is on the blacklist
	Answers      int        // answers of ours that stand
	LastAnswer   CampaignID // the newest of them, 0 for none
	AnsweredBy   string     // who answered it last; "" while no answer stands
}

// Note is what a colleague wrote beside a reply. It never leaves the host.
type Note struct {
	At   time.Time
	By   string
	Text string
}

// Thread is a reply with what surrounds it.
type Thread struct {
	Reply   Reply
	Sent    *Campaign // what we had sent; nil if not known
	Status  DeliveryStatus
	ReadAt  time.Time
	Earlier []Reply // other replies of that phone, newest first, at most 20
	Notes   []Note
	Answers []Answer // ours to it, oldest first, those that were recalled too
}
