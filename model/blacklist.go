package model

import (
	"cmp"
	"time"
)

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
	// Vendors say since when and why each of Accounts blocks it.
	Vendors []VendorBlock
	// Freeing are the accounts that have yet to be told that the block is over.
	Freeing []string
	// Back is what the person wrote since to get messages again; a person here decides.
	Back *WantsBack
}

// VendorBlock is a block in a vendor's own list.
type VendorBlock struct {
	Account string
	Reason  Text
	At      time.Time // zero: not known
}

// WantsBack is a wish of somebody who is blocked to get messages again.
type WantsBack struct {
	Words string // those that say so
	At    time.Time
	Reply ReplyID
}

// mostLastWords is how many replies are looked through for a wish.
const mostLastWords = 5

// LastWord gives the last word of somebody who is blocked, of texts with the newest first: the wish
// to get messages again, unless an opt-out came after it. The optOut of a reply is what was
// recognised in it.
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

// PulledBlocks are phones to block here for one reason.
type PulledBlocks struct {
	Reason string
	Phones []Phone
}

// Pulled gives what is lacking here of compared blocks, each phone once and with the vendor's
// reason, and how many phones that are.
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
	Pull              []Phone // there is no entry here
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
