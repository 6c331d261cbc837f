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
	// Troubled names campaigns that failed, left partly or were paused, newest first, at most five.
	Troubled []string
}

// Any reports whether anything happened.
func (n News) Any() bool {
	return n.Sent+n.PartlySent+n.Failed+n.Paused+n.Approvals+n.Unknown+n.Replies > 0
}
