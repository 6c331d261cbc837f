package model

import (
	"fmt"
	"strings"
	"time"
)

// Duration is a time.Duration that configuration files write as "10s" or "24h".
type Duration struct{ time.Duration }

// UnmarshalText reads "90m", "24h", "0" and the like.
func (d *Duration) UnmarshalText(b []byte) error {
	s := strings.TrimSpace(string(b))
	if s == "" || s == "0" {
		d.Duration = 0
		return nil
	}
	v, err := time.ParseDuration(s)
	if err != nil || v < 0 {
		return fmt.Errorf("%q is no duration; write it like 10s, 90m or 24h", s)
	}
	d.Duration = v
	return nil
}

// MarshalText writes the duration as UnmarshalText reads it.
func (d Duration) MarshalText() ([]byte, error) { return []byte(d.Duration.String()), nil }

// QuietHours is a daily span in which nobody should be written to, in minutes after midnight. From is in it, Until is not;
// From may be later than Until: the span then goes over midnight.
type QuietHours struct{ From, Until int }

// ParseQuietHours reads "21:00-09:00".
func ParseQuietHours(s string) (QuietHours, error) {
	from, until, _ := strings.Cut(s, "-")
	a, errFrom := time.Parse("15:04", strings.TrimSpace(from))
	b, errUntil := time.Parse("15:04", strings.TrimSpace(until))
	if errFrom != nil || errUntil != nil || a.Equal(b) {
		return QuietHours{}, Invalid("send.quiet_hours", "%q is no span of hours; write it like 21:00-09:00", s)
	}
	return QuietHours{From: minuteOfDay(a), Until: minuteOfDay(b)}, nil
}

// Hold tells whether a time, in its own zone, lies within the span.
func (q QuietHours) Hold(t time.Time) bool {
	m := minuteOfDay(t)
	if q.From <= q.Until {
		return q.From <= m && m < q.Until
	}
	return m >= q.From || m < q.Until
}

// Next gives how long after t, to the minute, the span next begins: 0 in the minute in which it does.
func (q QuietHours) Next(t time.Time) time.Duration {
	return time.Duration((q.From-minuteOfDay(t)+24*60)%(24*60)) * time.Minute
}

// String writes the span as ParseQuietHours reads it.
func (q QuietHours) String() string {
	return fmt.Sprintf("%02d:%02d-%02d:%02d", q.From/60, q.From%60, q.Until/60, q.Until%60)
}

func minuteOfDay(t time.Time) int { return t.Hour()*60 + t.Minute() }
