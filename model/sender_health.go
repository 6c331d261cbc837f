package model

import "time"

// SenderHealth is how people responded to what one sender of an account sent within a span of time.
// It covers the campaigns for which the vendor has reported deliveries; Without counts the others.
// Unknown figures stay unknown.
type SenderHealth struct {
	Account   string
	Vendor    Vendor
	Sender    string // the vendor's id; "" if only the name is known
	Name      string
	Campaigns int64
	Without   int64  // campaigns without delivery reports
	Sent      Figure // people
	Delivered Figure
	// OptOuts are people whose opt-out was accepted here or reported by the vendor.
	OptOuts Figure
	// Complaints are replies that look like an opt-out or whose opt-out was accepted, and people
	// who opted out at the vendor. No vendor says what it counts as a complaint, so this is the
	// closest approximation.
	Complaints Figure
	// Rejected are people whose message the vendor refused: the sender or the number is blocked, or
	// the message was not allowed.
	Rejected Figure
	AsOf     time.Time // of the oldest figure counted
	Since    time.Time // when the span begins: later than requested if there is too much to count
}

// warnBefore is the share of a vendor's blocking level at which a sender's complaints need
// attention: 2 % if it blocks above 5 %.
const warnBefore = 0.4

// HealthLevel is how close a sender is to being blocked by its vendor.
type HealthLevel int

// The levels. HealthUnknown means that the vendor states no level or that the complaints are
// unknown.
const (
	HealthUnknown HealthLevel = iota
	HealthGood
	HealthWarning // well under the vendor's level, but time to act
	HealthDanger  // above the vendor's level
)

// Of reports whether the figures belong to the sender.
func (h SenderHealth) Of(s Sender) bool {
	return h.Account == s.Account && (h.Sender == s.ID || h.Sender == "" && h.Name != "" && h.Name == s.Name)
}

// Level compares the complaints, as a share of the deliveries, with the level at which the vendor
// blocks.
func (h SenderHealth) Level(l Limits) HealthLevel {
	percent, ok := h.Complaints.Share(h.Delivered)
	switch {
	case !ok || l.ComplaintsBlock <= 0:
		return HealthUnknown
	case percent > l.ComplaintsBlock:
		return HealthDanger
	case percent >= l.ComplaintsWarn():
		return HealthWarning
	}
	return HealthGood
}

// ComplaintsWarn is the share of complaints, in percent, at which to warn; 0 if the vendor states
// no level.
func (l Limits) ComplaintsWarn() float64 { return warnBefore * l.ComplaintsBlock }
