package model

import "time"

// ReplyState is the triage state of a reply.
type ReplyState string

// The reply states.
const (
	ReplyOpen    ReplyState = "open"
	ReplySnoozed ReplyState = "snoozed"
	ReplyDone    ReplyState = "done"
)

// Reply is an incoming message. It is kept forever, whatever the vendor does with its own copy.
type Reply struct {
	ID           ReplyID
	Account      string
	VendorID     string
	Campaign     CampaignID // 0: unknown
	CampaignName string
	CampaignRef  string // the vendor's id of the campaign it answers; "" if the vendor gives none
	Phone        Phone
	Text         string // sanitised
	ReceivedAt   time.Time
	State        ReplyState
	Unread       bool
	ClaimedBy    string
	OptOut       string // the matched words if the text looks like an opt-out; "" if not
	Labels       []string
	SnoozedUntil time.Time
	DoneBy       string
	DoneAt       time.Time
	Blocked      bool       // the phone is on the blacklist
	Answers      int        // our answers that stand
	LastAnswer   CampaignID // the newest of them, 0 for none
	AnsweredBy   string     // the operator who answered it last; "" while no answer stands
}

// Note is a colleague's note on a reply. It never leaves the host.
type Note struct {
	At   time.Time
	By   string
	Text string
}

// Thread is a reply with the whole conversation around it.
type Thread struct {
	Reply    Reply
	Sent     *Campaign // what we sent, as this person got it; nil if unknown
	Template bool      // its text is the template, because this person's values were not kept
	Status   DeliveryStatus
	ReadAt   time.Time
	Notes    []Note
	Answers  []Answer // ours to it, oldest first, including those that were recalled
	// Events are the person's other events, through all accounts, oldest first: at most
	// MostThreadEvents of each kind.
	Events []PersonEvent
	Person PersonTotals
}

// PersonTotals counts what has passed between us and a person, through all accounts.
type PersonTotals struct {
	Messages int64 // that left
	Replies  int64
	OptOuts  int64     // replies whose words look like an opt-out
	Since    time.Time // the first message or reply
}

// MostThreadEvents is how many events of each kind a thread has. The person's history has them all.
const MostThreadEvents = 20
