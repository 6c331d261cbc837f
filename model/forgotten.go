package model

import (
	"time"
)

// Forgotten counts the personal data that was removed because of its age.
type Forgotten struct {
	People   int64 // rows of recipients
	Replies  int64
	Contacts int64 // identifiers that no row refers to any more
	Lines    int64 // log lines, kept posts of vendors, and lines from which a phone was removed
}

// Any reports whether anything was removed.
func (f Forgotten) Any() bool { return f != Forgotten{} }

// Text describes it for the activity log.
func (f Forgotten) Text() Text {
	return Say("%s, %s, %s and %s; the figures stay", Persons(f.People), Counted(f.Replies, "reply", "replies"),
		Counted(f.Contacts, "contact", "contacts"), Counted(f.Lines, "line", "lines"))
}

const (
	// shortestRetention leaves time for the last statuses and the answers to a campaign.
	shortestRetention = 30 * 24 * time.Hour
	longestRetention  = 36500 * 24 * time.Hour
)

// checkRetention checks the age at which personal data is removed; 0 means never.
func checkRetention(age time.Duration) error {
	if age != 0 && (age < shortestRetention || age > longestRetention) {
		return Invalid("retention",
			"it is not between 30 and 36500 days; write it like 365d, or 0 to keep everything: news of a campaign "+
				"come for up to a month")
	}
	return nil
}
