package model

import "time"

// LogEntry is one request to a vendor as the log shows it. It never holds a secret.
type LogEntry struct {
	ID       int64
	At       time.Time
	Account  string
	Method   string // the vendor's method or path, without query
	Status   int    // HTTP status; 0: no answer
	Duration time.Duration
	Try      int   // 1 for the first try
	Result   Text  // "ok" or the error in words
	Bytes    int64 // size of the answer's body
}

// Origin is from where somebody did something; it is empty for somebody on this host.
type Origin struct {
	Key     string // the fingerprint of the key
	Address string
}

// Activity is one thing that a person or the program did. It cannot be changed from the tool.
type Activity struct {
	Line         int64 // of the log, from 1; 0: not stored yet
	At           time.Time
	Operator     string
	Action       string
	Campaign     CampaignID
	CampaignName string
	Account      string
	Detail       Text
	Origin
	Seal string // the digest of this line and the one before; "" for lines of an older version
}

// ActivityCheck is what a check of the log of who did what has found.
type ActivityCheck struct {
	Lines    int64
	Unsealed int64  // lines of an older version, which nothing is known of
	Redacted int64  // lines that lost a phone because of their age, as a later line says
	Head     string // the last seal
	Faults   []ActivityFault
}

// ActivityFault is something that is wrong with the log; line 0: with the whole.
type ActivityFault struct {
	Line int64
	Text Text
}

// Words are the faults in words.
func (c ActivityCheck) Words() []string {
	words := make([]string, len(c.Faults))
	for i, f := range c.Faults {
		words[i] = f.Text.String()
	}
	return words
}

// Health is what is known of the way to one account.
type Health struct {
	Account  string
	Vendor   Vendor
	ReadOnly bool
	Online   bool
	Known    bool      // false: nothing was asked yet
	Since    time.Time // since when it is online or offline
	SyncedAt time.Time // last complete reading
	Error    Text      // why it is offline or, if it is online, what of its answers is not believed
	Balances []Balance
}

// Overview is what the status line shows.
type Overview struct {
	Accounts      []Health
	Sending       int64 // batches that wait or are under way, and campaigns of which people wait
	Held          int64 // those of them that may still be recalled at no cost
	Unknown       int64 // batches whose outcome is unknown
	Brake         Brake
	Operators     []string  // who else has the dashboard open
	Readers       []Reader  // which replies they have open
	Notices       []Notice  // what the operator must be shown, oldest first, at most 20
	Recallable    []Answer  // answers of anybody that can still be recalled, newest first, at most 20
	Engine        EngineRun // which process runs the engine, or ran it last
	Standing      Standing  // whether messages may leave from this cache
	Alarms        []Alarm   // what is wrong on this host, oldest first
	OpenReplies   int64
	NewestOpen    []ReplyID // the open replies that were received last, at most 100
	LastReply     ReplyID   // that was stored last, whatever became of it
	UnreadReplies int64
	Space         DiskSpace // of the cache
	At            time.Time
}

// Pulse is what a monitoring system is told: figures and ages, of nobody in particular.
type Pulse struct {
	Overview
	Batches    map[BatchState]int64 // those without an end
	Waiting    int64                // people who wait to leave
	OldestOpen time.Time            // when the oldest open reply came in; zero: none is open
}

// Alarm is something that is wrong on this host until it is right again.
type Alarm struct {
	Name  string // of the matter, such as callbacks
	Text  Text
	Since time.Time
}

// Reader is a colleague who has a reply open.
type Reader struct {
	Operator string
	Reply    ReplyID
}

// Brake stops every claim on the host.
type Brake struct {
	On     bool
	By     string
	Reason string
	Since  time.Time
}
