package model

import (
	"cmp"
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
)

// Duration is a time.Duration that configuration files write as "10s" or "24h".
type Duration struct{ time.Duration }

// russianTimeUnits are the units of time that can be typed without a Latin letter.
var russianTimeUnits = strings.NewReplacer("мин", "m", "м", "m", "сек", "s", "с", "s", "час", "h", "ч", "h", "дн", "d",
	"д", "d", " ", "")

var leadingDays = NewPattern(`^([0-9.]{1,6})d(.*)$`)

// ParseDuration reads a duration as people type it: 10s, 90m, 24h, 1h30m, 3d (days come first), and
// in Russian 10с, 90м, 24ч, 1ч 30м, 3д. A negative duration is refused. Errors are of KindInvalid,
// without a field.
func ParseDuration(s string) (time.Duration, error) {
	text, days := russianTimeUnits.Replace(strings.ToLower(s)), 0.0
	var err error
	if parts := leadingDays().FindStringSubmatch(text); parts != nil {
		days, err = strconv.ParseFloat(parts[1], 64)
		text = cmp.Or(parts[2], "0")
	}
	span, wrong := time.ParseDuration(text)
	days *= float64(24 * time.Hour)
	if err != nil || wrong != nil || span < 0 || days+float64(span) > math.MaxInt64/2 { // 146 years
		return 0, Invalid("", "%q is not a duration; write it like 10s, 90m or 24h", strings.TrimSpace(s))
	}
	return span + time.Duration(days), nil
}

// UnmarshalText reads what ParseDuration reads, and 0.
func (d *Duration) UnmarshalText(b []byte) error {
	s := strings.TrimSpace(string(b))
	if s == "" || s == "0" {
		d.Duration = 0
		return nil
	}
	v, err := ParseDuration(s)
	if err != nil {
		return err
	}
	d.Duration = v
	return nil
}

// MarshalText writes the duration as UnmarshalText reads it.
func (d Duration) MarshalText() ([]byte, error) { return []byte(d.Duration.String()), nil }

// QuietHours is a daily span in which nobody should be written to, in minutes after midnight. It
// includes From and excludes Until; if From is later than Until, the span crosses midnight.
type QuietHours struct{ From, Until int }

// parseQuietHours reads "21:00-09:00".
func parseQuietHours(s string) (QuietHours, error) {
	from, until, _ := strings.Cut(s, "-")
	a, errFrom := time.Parse("15:04", strings.TrimSpace(from))
	b, errUntil := time.Parse("15:04", strings.TrimSpace(until))
	if errFrom != nil || errUntil != nil || a.Equal(b) {
		return QuietHours{}, Invalid("send.quiet_hours", "%q is not a span of hours; write it like 21:00-09:00", s)
	}
	return QuietHours{From: minuteOfDay(a), Until: minuteOfDay(b)}, nil
}

// Hold reports whether a time, in its own zone, is within the span.
func (q QuietHours) Hold(t time.Time) bool {
	m := minuteOfDay(t)
	if q.From <= q.Until {
		return q.From <= m && m < q.Until
	}
	return m >= q.From || m < q.Until
}

// Next returns how long after t, to the minute, the span next begins: 0 in the minute in which it
// begins.
func (q QuietHours) Next(t time.Time) time.Duration {
	return time.Duration((q.From-minuteOfDay(t)+24*60)%(24*60)) * time.Minute
}

// String writes the span as parseQuietHours reads it.
func (q QuietHours) String() string {
	return fmt.Sprintf("%02d:%02d-%02d:%02d", q.From/60, q.From%60, q.Until/60, q.Until%60)
}

func minuteOfDay(t time.Time) int { return t.Hour()*60 + t.Minute() }
