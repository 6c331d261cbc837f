package model

import "time"

// MaxPace is the longest time over which a campaign is spread from here.
const MaxPace = 24 * time.Hour

// Pace spreads a campaign over its stretch if the vendor cannot: a number of people leave at once,
// with a pause after them.
type Pace struct {
	People int64
	Gap    time.Duration
}

// PaceOf spreads people evenly over a stretch, in up to sixty steps.
func PaceOf(stretch time.Duration, people int64) Pace {
	if stretch <= 0 || people <= 0 {
		return Pace{}
	}
	gap := min(max(stretch/60, 10*time.Second), 10*time.Minute)
	steps := max(1, int64(stretch/gap))
	p := Pace{People: (people + steps - 1) / steps}
	p.Gap = stretch / time.Duration((people+p.People-1)/p.People)
	return p
}

// calls returns how many calls the people leave in, with a limit for each call: those who go first
// have separate calls, and a campaign paced from here leaves in its steps.
func (p Plan) calls(caps Capabilities, perCall int) int {
	people, each, first := int64(p.People.Len()), int64(perCall), p.Campaign.Canary.People
	if perCall <= 0 {
		return 0
	}
	if pace := PaceOf(p.Campaign.Stretch, people); pace.People > 0 && !caps.Can(ActStretch) {
		each = min(each, pace.People)
	}
	of := func(n int64) int64 { return (n + each - 1) / each }
	return int(of(first) + of(people-first))
}
