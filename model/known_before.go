package model

import "time"

// KnownBefore is what was known of an account's campaigns at its vendor when a call was made whose
// answer was lost: evidence of the call is only what is new.
type KnownBefore struct {
	// IDs are campaigns at the vendor that cannot be the call's: known before it, or of another
	// call of ours.
	IDs map[string]bool
	// Taken gives, by the id at the vendor, when calls were made that the vendor took lately. Their
	// times in the vendor's lists tell how far those are from ours.
	Taken map[string]time.Time
	// Rivals are other calls of ours to exactly the same people of which is not known which
	// campaign at the vendor is theirs: what fits one of them as well proves nothing.
	Rivals []Batch
}

// VendorClock learns how far the times in a vendor's lists are from ours: its clock may be wrong,
// and so may be the time zone of the account.
type VendorClock struct {
	taken   map[string]time.Time
	newest  time.Time
	Ahead   time.Duration
	Learned bool
}

// NewVendorClock makes a clock that has learned nothing yet.
func NewVendorClock(k KnownBefore) *VendorClock { return &VendorClock{taken: k.Taken} }

// See learns from a listed campaign, if it is one that the vendor is known to have taken.
func (v *VendorClock) See(c Campaign) {
	at, ok := v.taken[c.VendorID]
	if !ok || c.CreatedAt.IsZero() || at.Before(v.newest) {
		return
	}
	v.newest, v.Learned, v.Ahead = at, true, c.CreatedAt.Sub(at)
}

const (
	// clockSlack is how far a vendor's clock may be behind ours, or behind what was learned of it.
	clockSlack = 2 * time.Minute
	// zoneSlack is the widest distance between two time zones.
	zoneSlack = 26 * time.Hour
)

// MadeBetween is from when until when a campaign may have been made, by the vendor's clock.
type MadeBetween struct{ From, Until time.Time }

// Holds reports whether the time is within the span.
func (s MadeBetween) Holds(at time.Time) bool { return !at.Before(s.From) && !at.After(s.Until) }

// Made gives when a call that was made at a time, and of which is asked now, may have made a
// campaign: near if the zone of the account is right or the clock was learned, and wide whatever
// the zone is.
func (v *VendorClock) Made(at, now time.Time) (near, wide MadeBetween) {
	near = MadeBetween{at.Add(v.Ahead - clockSlack), now.Add(v.Ahead + clockSlack)}
	return near, MadeBetween{near.From.Add(-zoneSlack), near.Until.Add(zoneSlack)}
}
