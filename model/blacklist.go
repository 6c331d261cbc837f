package model

import "time"

// OptOutDelay is how long an accepted opt-out waits before a vendor is told of it. It can be undone
// without a trace until then; here it holds at once.
const OptOutDelay = 30 * time.Second

// BlacklistSource says where an entry came from.
type BlacklistSource string

// The sources of blacklist entries.
const (
	SourceOperator BlacklistSource = "operator" // typed here
	SourceReply    BlacklistSource = "reply"    // an opt-out that a person accepted
	SourceVendor   BlacklistSource = "vendor"   // found in a vendor's own list
	SourceImport   BlacklistSource = "import"
)

// BlacklistEntry is a phone that must not be written to. Entries of ours hold at every vendor;
// entries found at a vendor hold everywhere too, because a person who does not want messages does
// not care which vendor carries them.
type BlacklistEntry struct {
	Phone    Phone    // 0 for a contact that is not a phone
	Contact  string   // holds only for the accounts of Only
	Accounts []string // where the vendor itself blocks it
	Pending  []string // accounts to which the block still has to be pushed
	// TellAt is when the vendors in Pending are told; zero: at once.
	TellAt time.Time
	// Only holds the accounts an entry of ours is limited to; empty: everywhere.
	Only    []string
	Reason  Text
	AddedBy string
	AddedAt time.Time // zero: not known
	Source  BlacklistSource
	Reply   ReplyID // the reply it came from; 0 if none
}

// ComparedBlock is a phone that is blocked through an account by an entry of ours, by its vendor's
// own list, or by both.
type ComparedBlock struct {
	Account     string
	Phone       Phone
	Here, There bool
	Reason      Text // ours where there is one
	// ToBlock and ToUnblock say that the vendor has yet to be told so.
	ToBlock, ToUnblock bool
}

// ToPush reports whether the vendor lacks the block and is not about to be told.
func (c ComparedBlock) ToPush() bool { return c.Here && !c.There && !c.ToBlock }

// ToPull reports whether an entry is lacking here. One that somebody here removed, and whose vendor
// has yet to be told so, is not.
func (c ComparedBlock) ToPull() bool { return c.There && !c.Here && !c.ToUnblock }
