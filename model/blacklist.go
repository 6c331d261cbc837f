package model

import (
	"cmp"
	"strings"
	"time"
)

// OptOutDelay is how long a block made at a screen, such as an accepted opt-out, waits before it is
// sent to vendors. Until then it can be undone without a trace; here it applies at once.
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

// Blocking are phones to put on the blacklist, and what is to be kept with their entries.
type Blocking struct {
	Phones  []Phone
	Reason  string           // of those without one of their own
	Reasons map[Phone]string // of the others
	Only    []string         // the accounts to which the entries are limited; empty: everywhere
	Source  BlacklistSource  // "": SourceOperator
	Delay   time.Duration    // until the vendors are notified
}

// ReasonOf returns why a phone is to be blocked.
func (b Blocking) ReasonOf(p Phone) string { return cmp.Or(b.Reasons[p], b.Reason) }

// Pulled returns the compared blocks that are missing here, each phone once and with the vendor's
// reason.
func Pulled(all []ComparedBlock) Blocking {
	b := Blocking{Source: SourceVendor, Reasons: map[Phone]string{}}
	for _, c := range all {
		if !c.ToPull() || b.Reasons[c.Phone] != "" {
			continue
		}
		at := "blocked at " + c.Account
		b.Reason = cmp.Or(b.Reason, at)
		b.Phones, b.Reasons[c.Phone] = append(b.Phones, c.Phone), cmp.Or(c.Reason.String(), at)
	}
	return b
}

// ReasonColumn returns the column of a list that says why its people are to be blocked, "" if there
// is none.
func ReasonColumn(columns []string) string {
	for _, name := range columns {
		key := columnKey(name)
		for _, stem := range []string{"reason", "причин", "прычын", "αιτί"} {
			if strings.Contains(key, stem) {
				return name
			}
		}
	}
	return ""
}

// Reasons returns why people of a list are to be blocked, as its column says: by phone, and by
// contact for those without one. People with an empty cell are left out.
func (p People) Reasons(column string) (phones map[Phone]string, contacts map[string]string) {
	if column == "" {
		return nil, nil
	}
	phones, contacts = map[Phone]string{}, map[string]string{}
	for _, r := range p.All() {
		why, err := Reason(columnValue(r.Vars, column))
		switch {
		case err != nil:
		case r.Phone != 0:
			phones[r.Phone] = why
		default:
			contacts[FoldContact(r.Contact)] = why
		}
	}
	return phones, contacts
}

// Compared counts how two blacklists differ.
type Compared struct {
	Here, There, Both int
	ToBlock           int     // of Here, those already on their way to the vendor
	ToUnblock         int     // of There, those whose vendor is to be notified of the end of the block
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
			if c.ToBlock {
				n.ToBlock++
			}
		default:
			n.There++
			if c.ToUnblock {
				n.ToUnblock++
			}
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
