package vendors

import (
	"strings"
	"time"
)

// ParseTime reads a vendor's time. Where it carries no zone it is of the account's. What is not a
// time gives the zero time: not known. The result is UTC.
func ParseTime(s string, zone *time.Location) time.Time {
	s = strings.TrimSpace(s)
	// The fraction of a second needs no layout of its own: Parse takes it after the seconds.
	for _, layout := range []string{time.DateTime, "2006-01-02T15:04:05", time.RFC3339, "2006-01-02 15:04:05Z07:00",
		"2006-01-02 15:04", "2006-01-02T15:04", time.DateOnly} {
		t, err := time.ParseInLocation(layout, s, zone)
		if err == nil && t.Year() > 1970 && t.Year() < 10000 {
			return t.UTC()
		}
	}
	return time.Time{}
}
