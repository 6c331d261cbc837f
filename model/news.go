package model

import "time"

// News is what happened while an operator was away.
type News struct {
	Since time.Time
	// Campaigns made here that came to their end, by how.
	Sent, PartlySent, Failed int64
	Paused                   int64 // that the program or a colleague stopped and that still wait
	Approvals                int64 // that wait for the approval of somebody else than their maker
	Unknown                  int64 // batches whose outcome is unknown
	Replies                  int64 // that arrived
	OpenReplies              int64 // of those, the ones nobody has dealt with
	// Deeds are what colleagues did with replies, those who did most first.
	Deeds     []Deeds
	Late      int64 // replies that need somebody's attention because of their age
	NewlyLate int64 // of those, the ones that have come to that age since
	// Troubled names campaigns that failed, left partly or were paused, newest first, at most five.
	Troubled []string
}

// Any reports whether anything happened.
func (n News) Any() bool {
	return n.Sent+n.PartlySent+n.Failed+n.Paused+n.Approvals+n.Unknown+n.Replies+n.NewlyLate+int64(len(n.Deeds)) > 0
}

// Deeds count what somebody did with replies.
type Deeds struct {
	Operator string
	Answered int64
	Blocked  int64 // whose people are blocked since
	Done     int64 // without an answer or a block
	Claimed  int64 // that the person still has
}

// All counts the replies.
func (d Deeds) All() int64 { return d.Answered + d.Blocked + d.Done + d.Claimed }
