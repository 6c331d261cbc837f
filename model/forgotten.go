package model

import (
	"fmt"
	"time"
)

// Forgotten is how much personal data was removed because of its age.
type Forgotten struct {
	People   int64 // rows of recipients
	Replies  int64
	Contacts int64 // identifiers that no row names any more
	Lines    int64 // log lines, kept posts of vendors, and lines out of which a phone was taken
}

// Any tells whether anything was removed.
func (f Forgotten) Any() bool { return f != Forgotten{} }

// String says it for the log of who did what.
func (f Forgotten) String() string {
	return fmt.Sprintf("%d people, %d replies, %d contacts and %d lines; the figures stay", f.People, f.Replies, f.Contacts, f.Lines)
}

const (
	day = 24 * time.Hour
	// shortestRetention leaves time for the last statuses and the answers to a campaign.
	shortestRetention = 30 * day
	longestRetention  = 36500 * day
)

// ParseRetention reads an age in days, "365d"; "" and "0" mean for ever, which is 0.
func ParseRetention(s string) (time.Duration, error) {
	if s == "" || s == "0" {
		return 0, nil
	}
	var days int
	var rest string
	if n, _ := fmt.Sscanf(s, "%d%s", &days, &rest); n != 2 || rest != "d" || days < 0 || fmt.Sprintf("%dd", days) != s {
		return 0, Invalid("retention", `%q is no age; write it in days like 365d, or 0 to keep everything`, s)
	}
	age := time.Duration(min(days, 100_000)) * day
	if age < shortestRetention || age > longestRetention {
		return 0, Invalid("retention", "%s is not between %d and %d days: news of a campaign come for up to a month", s, shortestRetention/day, longestRetention/day)
	}
	return age, nil
}
