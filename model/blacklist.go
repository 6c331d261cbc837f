package model

import (
	"cmp"
	"time"
)

// OptOutDelay is how long an accepted opt-out waits before it is sent to vendors. Until then it can
// be undone without a trace; here it applies at once.
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

// BlacklistEntry is a phone that must not be written to. Our own entries apply at every vendor.
// Entries found at a vendor apply everywhere too, because a person who does not want messages does
// not care which vendor carries them.
type BlacklistEntry struct {
	Phone    Phone    // 0 for a contact that is not a phone
	Contact  string   // applies only to the accounts in Only
	Accounts []string // where the vendor itself blocks it
	Pending  []string // accounts whose vendor has not been sent the block yet
	// SendAt is when the block is sent to the vendors in Pending; zero: at once.
	SendAt time.Time
	// Only holds the accounts to which one of our entries is limited; empty: everywhere.
	Only    []string
	Reason  Text
	AddedBy string
	AddedAt time.Time // zero: unknown
	Source  BlacklistSource
	Reply   ReplyID // the reply it came from; 0 if none
	// Vendors gives since when and why each of Accounts blocks it.
	Vendors []VendorBlock
	// Freeing are the accounts whose vendor has not been notified yet that the block is over.
	Freeing []string
	// Back is what the person wrote since then to get messages again; an operator decides.
	Back *WantsBack
}

// VendorBlock is a block in a vendor's own list.
type VendorBlock struct {
	Account string
	Reason  Text
	At      time.Time // zero: unknown
}

// WantsBack is a blocked person's wish to get messages again.
type WantsBack struct {
	Words string // the words that express it
	At    time.Time
	Reply ReplyID
}

// mostLastWords is how many replies are searched for a wish.
const mostLastWords = 5

// LastWord returns a blocked person's wish to get messages again, unless an opt-out came after it.
// The texts come newest first; the optOut of a reply is what was recognised in it.
func LastWord(newestFirst []Reply) *WantsBack {
	for _, r := range newestFirst[:min(len(newestFirst), mostLastWords)] {
		if r.OptOut != "" {
			return nil
		}
		if m, wants := RecogniseOptIn(r.Text); wants {
			return &WantsBack{Words: m.Words, At: r.ReceivedAt, Reply: r.ID}
		}
	}
	return nil
}

// ComparedBlock is a phone that is blocked through an account by one of our entries, by its
// vendor's own list, or by both.
type ComparedBlock struct {
	Account     string
	Phone       Phone
	Here, There bool
	Reason      Text // ours if there is one
	// ToBlock and ToUnblock say that this has not been sent to the vendor yet.
	ToBlock, ToUnblock bool
}

// ToPush reports whether the vendor lacks the block and it is not queued either.
func (c ComparedBlock) ToPush() bool { return c.Here && !c.There && !c.ToBlock }

// ToPull reports whether an entry is missing here. It is not if it was removed here and the vendor
// has not been notified yet.
func (c ComparedBlock) ToPull() bool { return c.There && !c.Here && !c.ToUnblock }

// PulledBlocks are phones to block here for the same reason.
type PulledBlocks struct {
	Reason string
	Phones []Phone
}

// Pulled returns the compared blocks that are missing here, each phone once and with the vendor's
// reason, and the number of phones.
func Pulled(all []ComparedBlock) (blocks []PulledBlocks, n int) {
	seen := map[Phone]bool{}
	place := map[string]int{}
	for _, c := range all {
		if !c.ToPull() || seen[c.Phone] {
			continue
		}
		seen[c.Phone] = true
		reason := cmp.Or(c.Reason.String(), "blocked at "+c.Account)
		i, ok := place[reason]
		if !ok {
			i = len(blocks)
			place[reason], blocks = i, append(blocks, PulledBlocks{Reason: reason})
		}
		blocks[i].Phones = append(blocks[i].Phones, c.Phone)
	}
	return blocks, len(seen)
}

// Compared counts how two blacklists differ.
type Compared struct {
	Here, There, Both int
	Push              []Phone // the vendor lacks them
	Pull              []Phone // no entry exists here
}

// CountCompared counts the blocks of one account.
func CountCompared(all []ComparedBlock) Compared {
	var n Compared
	for _, c := range all {
		switch {
		case c.Here && c.There:
			n.Both++
		case c.Here:
			n.Here++
		default:
			n.There++
		}
		if c.ToPush() {
			n.Push = append(n.Push, c.Phone)
		}
		if c.ToPull() {
			n.Pull = append(n.Pull, c.Phone)
		}
	}
	return n
}
