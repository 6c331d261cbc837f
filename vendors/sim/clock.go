package sim

import "time"

// clock is the wall clock and the speed of simulated lives. Before start, in the seeded history,
// lives run at their natural speed; from start on they run speed times faster.
type clock struct {
	now   func() time.Time
	start time.Time
	speed float64
}

// after returns the moment when a step of a life that began at t and takes d is over.
func (c clock) after(t time.Time, d time.Duration) time.Time {
	if past := c.start.Sub(t); past > 0 {
		if d <= past {
			return t.Add(d)
		}
		t, d = c.start, d-past
	}
	return t.Add(time.Duration(float64(d) / c.speed))
}

// lived is how much simulated time has passed since the world began.
func (c clock) lived(now time.Time) time.Duration {
	return time.Duration(float64(now.Sub(c.start)) * c.speed)
}
