package vendors

import (
	"strings"
	"time"
)

// ParseTime reads a vendor's time. A time without a zone is in the account's zone. Invalid text
// gives the zero time: unknown. The result is in UTC.
func ParseTime(s string, zone *time.Location) time.Time {
	s = strings.TrimSpace(s)
	// The fraction of a second needs no layout of its own: Parse accepts it after the seconds.
	for _, layout := range []string{time.DateTime, "2006-01-02T15:04:05", time.RFC3339, "2006-01-02 15:04:05Z07:00",
		"2006-01-02 15:04", "2006-01-02T15:04", time.DateOnly} {
		t, err := time.ParseInLocation(layout, s, zone)
		if err == nil && t.Year() > 1970 && t.Year() < 10000 {
			return t.UTC()
		}
	}
	return time.Time{}
}
