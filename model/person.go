package model

import "time"

// EventKind says what happened between a person and us.
type EventKind string

// The kinds of events in a person's history.
const (
	EventMessage EventKind = "message" // something we sent, or have yet to send
	EventReply   EventKind = "reply"
	EventBlock   EventKind = "blocked"   // an entry of our blacklist
	EventUnblock EventKind = "unblocked" // its removal
	EventVendor  EventKind = "blocked at the vendor"
	EventNote    EventKind = "note"
)

// PersonEvent is one line of a person's history. Which fields are filled in depends on its kind.
type PersonEvent struct {
	Kind         EventKind
	At           time.Time // zero: unknown
	Account      string    // by which it went or came; for a block the account it is limited to, "" for everywhere
	Campaign     CampaignID
	CampaignName string
	Text         string         // what was written: the message, the reply, the note, or why it was blocked
	Template     bool           // the text of a message is its template: this person's values were not kept
	Status       DeliveryStatus // of a message
	Sending      CampaignState  // of the campaign of a message of ours
	VendorStatus string
	Reason       Text // why a message failed, in the vendor's words; why somebody was blocked
	Reply        ReplyID
	State        ReplyState // of a reply
	OptOut       string     // the words of a reply that look like an opt-out
	By           string     // who of us did it: sent, dealt with the reply, blocked, wrote the note
	Source       BlacklistSource
}

// PersonHistory is everything that is known of one phone, across all accounts.
type PersonHistory struct {
	Phone   Phone
	Blocked bool
	Events  []PersonEvent // newest first; those of unknown time come last
	More    bool          // there are older events than these
}

// Said gives what was written, or why somebody was blocked.
func (e PersonEvent) Said() Text {
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

// Kept reports of a message that it was not sent and will not be.
func (e PersonEvent) Kept() bool {
	return e.Status == StatusSuppressed || e.Status == StatusHeld ||
		e.Sending == CampaignCancelled && e.Status == StatusQueued
}

// Waits reports of a message that it is still to leave, here or at the vendor.
func (e PersonEvent) Waits() bool {
	if e.Kept() {
		return false
	}
	return e.Status == StatusQueued || e.Sending == CampaignScheduled && e.Status <= StatusAccepted
}
