package model

import (
	"encoding/json"
	"slices"
)

// DeliveryStatus is what is known about one message to one person. The zero value is StatusUnknown.
// The numbers are stored, so they must never change.
type DeliveryStatus uint8

// The delivery statuses.
const (
	StatusUnknown     DeliveryStatus = iota // unknown
	StatusQueued                            // ours: waits for a batch; a vendor's: waits at the vendor
	StatusHeld                              // stopped here before it left
	StatusSuppressed                        // on the blacklist: never leaves
	StatusAccepted                          // the vendor accepted it
	StatusSent                              // the vendor passed it on
	StatusDelivered                         // on the person's device
	StatusRead                              // seen
	StatusClicked                           // the button was followed
	StatusExpired                           // its lifetime ended first
	StatusUndelivered                       // could not be delivered
	StatusRejected                          // refused because of its content or its recipient
	StatusFailed                            // a technical failure
	StatusNoMoney                           // the balance did not cover it
	StatusOptedOut                          // the person blocked the sender or business messages
)

var statusNames = [...]string{"unknown", "queued", "held", "suppressed", "accepted", "sent", "delivered", "read",
	"clicked",
	"expired", "undelivered", "rejected", "failed", "no-money", "opted-out"}

// Statuses lists all delivery statuses in the order of a message's life.
func Statuses() []DeliveryStatus {
	all := make([]DeliveryStatus, 0, len(statusNames))
	for s := StatusQueued; int(s) < len(statusNames); s++ {
		all = append(all, s)
	}
	return append(all, StatusUnknown)
}

// String returns the word used in screens, filters and JSON.
func (s DeliveryStatus) String() string {
	if int(s) < len(statusNames) {
		return statusNames[s]
	}
	return statusNames[StatusUnknown]
}

// parseStatus reads the word of a delivery status.
func parseStatus(word string) (DeliveryStatus, error) {
	if i := slices.Index(statusNames[:], word); i >= 0 {
		return DeliveryStatus(i), nil
	}
	return StatusUnknown, Invalid("status", "%q is not a delivery status; the words are %s", clip(word),
		Listed(statusNames[:]))
}

// MarshalJSON writes the word.
func (s DeliveryStatus) MarshalJSON() ([]byte, error) { return json.Marshal(s.String()) }

// UnmarshalJSON reads the word.
func (s *DeliveryStatus) UnmarshalJSON(b []byte) error {
	var word string
	if err := json.Unmarshal(b, &word); err != nil {
		return Errorf("delivery status: %w", err)
	}
	parsed, err := parseStatus(word)
	*s = parsed
	return err
}

// Final reports whether no further news of the message is expected. Delivered is not final, because
// it may still be read.
func (s DeliveryStatus) Final() bool {
	switch s {
	case StatusUnknown, StatusQueued, StatusHeld, StatusAccepted, StatusSent, StatusDelivered:
		return false
	}
	return true
}

// Reached reports whether the message arrived on the person's device.
func (s DeliveryStatus) Reached() bool {
	return s == StatusDelivered || s == StatusRead || s == StatusClicked
}

// Left reports whether the message left this host for good: the vendor accepted it, or may have.
func (s DeliveryStatus) Left() bool {
	return s != StatusQueued && s != StatusHeld && s != StatusSuppressed
}

// transitions gives, for each status, the statuses it may change to. A message never goes
// backwards: read stays read when a late "delivered" comes. Evidence of arrival overrules an
// earlier "expired" or "undelivered". Delivered may expire: a vendor can count a message that is
// not read in time as expired.
var transitions = [len(statusNames)][]DeliveryStatus{
	StatusUnknown: {StatusAccepted, StatusSent, StatusDelivered, StatusRead, StatusClicked, StatusExpired,
		StatusUndelivered,
		StatusRejected, StatusFailed, StatusNoMoney, StatusOptedOut},
	StatusQueued: {StatusHeld, StatusSuppressed, StatusAccepted, StatusSent, StatusDelivered, StatusRead, StatusClicked,
		StatusExpired,
		StatusUndelivered, StatusRejected, StatusFailed, StatusNoMoney, StatusOptedOut, StatusUnknown},
	StatusHeld: {StatusQueued, StatusSuppressed},
	StatusAccepted: {StatusSent, StatusDelivered, StatusRead, StatusClicked, StatusExpired, StatusUndelivered,
		StatusRejected, StatusFailed, StatusNoMoney, StatusOptedOut, StatusUnknown},
	StatusSent: {StatusDelivered, StatusRead, StatusClicked, StatusExpired, StatusUndelivered, StatusRejected,
		StatusFailed,
		StatusNoMoney, StatusOptedOut, StatusUnknown},
	StatusDelivered:   {StatusRead, StatusClicked, StatusExpired},
	StatusRead:        {StatusClicked},
	StatusExpired:     {StatusDelivered, StatusRead, StatusClicked},
	StatusUndelivered: {StatusDelivered, StatusRead, StatusClicked, StatusExpired, StatusOptedOut},
	StatusFailed:      {StatusDelivered, StatusRead, StatusClicked},
}

// CanBecome reports whether a message may go from s to next. A status may always stay the same.
func (s DeliveryStatus) CanBecome(next DeliveryStatus) bool {
	return s == next || int(s) < len(transitions) && slices.Contains(transitions[s], next)
}

// Sources returns, as a bit set (bit n is the status numbered n), the statuses that may become s.
// The storage uses it to apply a step only where it is allowed.
func (s DeliveryStatus) Sources() uint32 {
	var set uint32
	for from := range transitions {
		if DeliveryStatus(from).CanBecome(s) {
			set |= 1 << from
		}
	}
	return set
}
