package sim

import (
	"slices"
	"sync"
	"time"
)

// Send is one message to one person that a vendor has accepted and will charge for.
type Send struct {
	Vendor     string    `json:"vendor"`
	Account    string    `json:"account"`     // name of the credentials, as in Config
	Call       int       `json:"call"`        // the same for all people of one call; increases from 1
	CampaignID string    `json:"campaign_id"` // the vendor's id
	Name       string    `json:"name"`        // campaign name as sent; empty if the call has none
	Phone      string    `json:"phone"`       // digits
	Text       string    `json:"text"`
	At         time.Time `json:"at"` // when it was accepted, UTC
}

// BlacklistChange is one phone actually added to or removed from a vendor's blacklist.
type BlacklistChange struct {
	Vendor  string    `json:"vendor"`
	Account string    `json:"account"`
	Phone   string    `json:"phone"`
	Added   bool      `json:"added"` // false: removed
	Reason  string    `json:"reason"`
	At      time.Time `json:"at"`
}

// ReadMark is one unread reply that a client has marked as read.
type ReadMark struct {
	Vendor  string    `json:"vendor"`
	Account string    `json:"account"`
	ReplyID string    `json:"reply_id"`
	Phone   string    `json:"phone"`
	At      time.Time `json:"at"`
}

// Cancellation is one campaign that a client deleted before it left. Its messages are no longer
// among the sends.
type Cancellation struct {
	Vendor     string    `json:"vendor"`
	Account    string    `json:"account"`
	CampaignID string    `json:"campaign_id"`
	Name       string    `json:"name"`
	People     int       `json:"people"` // sends taken back; none for a campaign of the seeded history
	At         time.Time `json:"at"`
}

// Ledger is what the vendors have accepted since the world began, oldest first. The seeded history
// is not in it.
type Ledger struct {
	Sends     []Send            `json:"sends"`
	Blacklist []BlacklistChange `json:"blacklist"`
	Read      []ReadMark        `json:"read"`
	Cancelled []Cancellation    `json:"cancelled"`
	// AtOnce is the highest number of concurrent calls at each vendor, including refused ones.
	AtOnce map[string]int `json:"at_once"`
}

// Count is how many messages of the named campaign were sent to a phone (digits), across all
// vendors.
func (l Ledger) Count(name, phone string) int {
	n := 0
	for _, s := range l.Sends {
		if s.Name == name && s.Phone == phone {
			n++
		}
	}
	return n
}

// Counts is Count for every campaign name and phone.
func (l Ledger) Counts() map[string]map[string]int {
	counts := map[string]map[string]int{}
	for _, s := range l.Sends {
		if counts[s.Name] == nil {
			counts[s.Name] = map[string]int{}
		}
		counts[s.Name][s.Phone]++
	}
	return counts
}

// book is the writable form of the ledger.
type book struct {
	mu     sync.Mutex
	calls  int
	ledger Ledger
}

// nextCall numbers a call that sends something.
func (b *book) nextCall() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.calls++
	return b.calls
}

func (b *book) sent(s Send) {
	b.mu.Lock()
	defer b.mu.Unlock()
	s.At = s.At.UTC()
	b.ledger.Sends = append(b.ledger.Sends, s)
}

func (b *book) blacklisted(c BlacklistChange) {
	b.mu.Lock()
	defer b.mu.Unlock()
	c.At = c.At.UTC()
	b.ledger.Blacklist = append(b.ledger.Blacklist, c)
}

func (b *book) read(m ReadMark) {
	b.mu.Lock()
	defer b.mu.Unlock()
	m.At = m.At.UTC()
	b.ledger.Read = append(b.ledger.Read, m)
}

// cancelled removes the sends of a campaign.
func (b *book) cancelled(c Cancellation) {
	b.mu.Lock()
	defer b.mu.Unlock()
	before := len(b.ledger.Sends)
	b.ledger.Sends = slices.DeleteFunc(b.ledger.Sends,
		func(s Send) bool { return s.Vendor == c.Vendor && s.CampaignID == c.CampaignID })
	c.People, c.At = before-len(b.ledger.Sends), c.At.UTC()
	b.ledger.Cancelled = append(b.ledger.Cancelled, c)
}

func (b *book) copy() Ledger {
	b.mu.Lock()
	defer b.mu.Unlock()
	return Ledger{
		Sends:     append([]Send{}, b.ledger.Sends...),
		Blacklist: append([]BlacklistChange{}, b.ledger.Blacklist...),
		Read:      append([]ReadMark{}, b.ledger.Read...),
		Cancelled: append([]Cancellation{}, b.ledger.Cancelled...),
	}
}

// Request is one call made by a client, without its parameters, which contain secrets.
type Request struct {
	At     time.Time `json:"at"`
	Vendor string    `json:"vendor"`
	Op     string    `json:"op"` // the vendor's name for the call; empty if there is no such call
	Method string    `json:"method"`
	Path   string    `json:"path"`    // without the query
	Status int       `json:"status"`  // HTTP status sent; 0 if the connection ended without one
	Fault  Kind      `json:"fault"`   // the fault that was applied, if any
	AtOnce int       `json:"at_once"` // concurrent calls at the vendor when this one arrived, including it
}

// keptRequests limits the request log; a demo may run for days.
const keptRequests = 50_000

// requestLog keeps the newest requests.
type requestLog struct {
	mu      sync.Mutex
	entries []Request
}

func (l *requestLog) add(r Request) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.entries) >= keptRequests {
		l.entries = slices.Delete(l.entries, 0, keptRequests/10)
	}
	l.entries = append(l.entries, r)
}

func (l *requestLog) copy() []Request {
	l.mu.Lock()
	defer l.mu.Unlock()
	return append([]Request{}, l.entries...)
}
