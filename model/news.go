package model

import "time"

// News is what happened while an operator was away.
type News struct {
	Since time.Time
	// Campaigns made here that ended, by outcome.
	Sent, PartlySent, Failed int64
	Paused                   int64 // stopped by the program or a colleague, and still waiting
	Approvals                int64 // waiting for approval by someone other than their maker
	Unknown                  int64 // batches whose outcome is unknown
	Replies                  int64 // that arrived
	OpenReplies              int64 // of those, the ones not dealt with yet
	// Deeds are what colleagues did with replies, the most active first.
	Deeds     []Deeds
	Late      int64 // replies that need attention because of their age
	NewlyLate int64 // of those, the ones that have reached that age since then
	// Troubled names campaigns that failed, were partly sent or were paused, newest first, at most
	// five.
	Troubled []string
}

// Any reports whether anything happened.
func (n News) Any() bool {
	return n.Sent+n.PartlySent+n.Failed+n.Paused+n.Approvals+n.Unknown+n.Replies+n.NewlyLate+int64(len(n.Deeds)) > 0
}

// Deeds counts what one person did with replies.
type Deeds struct {
	Operator string
	Answered int64
	Blocked  int64 // whose people have been blocked since
	Done     int64 // without an answer or a block
	Claimed  int64 // that the person still holds
}

// All counts the replies.
func (d Deeds) All() int64 { return d.Answered + d.Blocked + d.Done + d.Claimed }
