package model

import "time"

// EventKind says what happened between a person and us.
type EventKind string

// The kinds of events in a person's history.
const (
	EventMessage EventKind = "message" // something we sent, or will send
	EventReply   EventKind = "reply"
	EventBlock   EventKind = "blocked"   // an entry of our blacklist
	EventUnblock EventKind = "unblocked" // its removal
	EventVendor  EventKind = "blocked at the vendor"
	EventNote    EventKind = "note"
)

// PersonEvent is one line of a person's history. Which fields are set depends on its kind.
type PersonEvent struct {
	Kind         EventKind
	At           time.Time // zero: unknown
	Account      string    // by which it went or came; for a block the only one, "" for everywhere
	Campaign     CampaignID
	CampaignName string
	Text         string         // of the message, reply or note, or the reason for the block
	Template     bool           // Text is a message's template: the person's values were not kept
	Status       DeliveryStatus // of a message
	Sending      CampaignState  // of the campaign, for our messages
	VendorStatus string
	Reason       Text // why a message failed, in the vendor's words; why a person was blocked
	Reply        ReplyID
	State        ReplyState // of a reply
	OptOut       string     // the words of a reply that look like an opt-out
	By           string     // the operator who sent, dealt with the reply, blocked or noted
	Source       BlacklistSource
}

// PersonHistory is everything known about one phone, across all accounts.
type PersonHistory struct {
	Phone   Phone
	Blocked bool
	Events  []PersonEvent // newest first; those of unknown time last
	More    bool          // older events exist
}

// Words returns what was written, or why the person was blocked.
func (e PersonEvent) Words() Text {
	switch e.Kind {
	case EventReply:
		return ReplyBody(e.Text)
	case EventBlock, EventUnblock, EventVendor:
		if !e.Reason.IsZero() {
			return e.Reason
		}
	case EventMessage, EventNote:
	}
	return Data(e.Text)
}

// Kept reports whether a message was not sent and will not be.
func (e PersonEvent) Kept() bool {
	return e.Status == StatusSuppressed || e.Status == StatusHeld ||
		e.Sending == CampaignCancelled && e.Status == StatusQueued
}

// Waits reports whether a message has yet to leave, here or at the vendor.
func (e PersonEvent) Waits() bool {
	if e.Kept() {
		return false
	}
	return e.Status == StatusQueued || e.Sending == CampaignScheduled && e.Status <= StatusAccepted
}
