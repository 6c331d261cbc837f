package model

import "time"

// KnownBefore is what was known about an account's campaigns at its vendor when a call was made
// whose answer was lost: only what is new is evidence of the call.
type KnownBefore struct {
	// IDs are campaigns at the vendor that cannot be the call's: known before it, or belonging to
	// another of our calls.
	IDs map[string]bool
	// Taken gives, by the id at the vendor, the calls that the vendor took lately, each from when
	// it was made until it was answered. Their times in the vendor's lists show how far those are
	// from ours.
	Taken map[string]MadeBetween
	// Rivals are other calls of ours to exactly the same people of which is not known which
	// campaign at the vendor is theirs: what fits one of them as well proves nothing.
	Rivals []Batch
}

// VendorClock learns how far the times in a vendor's lists differ from ours: its clock may be
// wrong, and so may the time zone of the account.
type VendorClock struct {
	taken   map[string]MadeBetween
	newest  time.Time
	Ahead   time.Duration // at least: what a call made stands at this distance from the call, or later
	Learned bool
}

// NewVendorClock makes a clock that has learned nothing yet.
func NewVendorClock(k KnownBefore) *VendorClock { return &VendorClock{taken: k.Taken} }

// See learns from a listed campaign, if it is one that the vendor is known to have taken. It was
// made before the vendor answered.
func (v *VendorClock) See(c Campaign) {
	call, ok := v.taken[c.VendorID]
	if !ok || c.CreatedAt.IsZero() || call.From.Before(v.newest) {
		return
	}
	v.newest, v.Learned, v.Ahead = call.From, true, c.CreatedAt.Sub(call.Until)
}

const (
	// clockSlack is how far a vendor's clock may be ahead of ours, or of what was learned of it.
	clockSlack = 2 * time.Minute
	// zoneSlack is the widest distance between two time zones.
	zoneSlack = 26 * time.Hour
)

// MadeBetween is the period in which a campaign may have been made, by the vendor's clock.
type MadeBetween struct{ From, Until time.Time }

// Holds reports whether the time is within the span.
func (s MadeBetween) Holds(at time.Time) bool { return !at.Before(s.From) && !at.After(s.Until) }

// Made returns when a call that was made at a time, and of which is asked now, may have made a
// campaign: near if the clock is right or was learned, and wide whatever clock and time zone are.
// Near does not begin before the call: somebody else may have sent the same to the same people a
// moment earlier. The times in lists are whole seconds.
func (v *VendorClock) Made(at, now time.Time) (near, wide MadeBetween) {
	near = MadeBetween{at.Add(v.Ahead).Truncate(time.Second), now.Add(v.Ahead + clockSlack)}
	return near, MadeBetween{near.From.Add(-clockSlack - zoneSlack), near.Until.Add(zoneSlack)}
}
