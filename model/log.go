package model

import "time"

// LogEntry is one request to a vendor as the log shows it. It never contains a secret.
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

// Origin is where a person acted from; it is empty on this host.
type Origin struct {
	Key     string // the fingerprint of the key
	Address string
}

// Activity is one thing that a person or the program did. The program offers no way to change it.
type Activity struct {
	Line         int64 // in the log, from 1; 0: not stored yet
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

// ActivityCheck is the result of a check of the activity log.
type ActivityCheck struct {
	Lines    int64
	Unsealed int64  // lines of an older version, which cannot be checked
	Redacted int64  // lines that lost a phone because of their age, as a later line records
	Head     string // the last seal
	Faults   []ActivityFault
}

// ActivityFault is a fault of the log; line 0 means the log as a whole.
type ActivityFault struct {
	Line int64
	Text Text
}

// Words returns the faults in words.
func (c ActivityCheck) Words() []string {
	words := make([]string, len(c.Faults))
	for i, f := range c.Faults {
		words[i] = f.Text.String()
	}
	return words
}

// Health is the state of the connection to one account.
type Health struct {
	Account  string
	Vendor   Vendor
	ReadOnly bool
	Online   bool
	Known    bool      // false: no request has been made yet
	Since    time.Time // since when it is online or offline
	SyncedAt time.Time // last complete reading
	Error    Text      // why it is offline or, if online, which answers are not believed
	Balances []Balance
}

// Overview is what the status line shows.
type Overview struct {
	Accounts      []Health
	Sending       int64 // batches that wait or are under way, and campaigns with waiting people
	Held          int64 // those of them that can still be recalled without cost
	Unknown       int64 // batches whose outcome is unknown
	Brake         Brake
	Operators     []string     // other people who have the dashboard open
	Readers       []Reader     // which replies they have open
	Notices       []Notice     // notices for the operator, oldest first, at most 20
	Recallable    []Answer     // anybody's answers that can still be recalled, newest first, at most 20
	Engine        EngineRun    // which process runs the engine, or ran it last
	Standing      FileStanding // whether messages may leave from this cache
	Alarms        []Alarm      // problems of this host, oldest first
	OpenReplies   int64
	NewestOpen    []ReplyID // the open replies received last, at most 100
	LastReply     ReplyID   // the one stored last, whatever became of it
	UnreadReplies int64
	Space         DiskSpace // of the cache
	At            time.Time
}

// Pulse is what a monitoring system gets: figures and ages, without personal data.
type Pulse struct {
	Overview
	Batches    map[BatchState]int64 // those without an end
	Waiting    int64                // people who wait to leave
	OldestOpen time.Time            // when the oldest open reply arrived; zero: none is open
}

// Alarm is a problem of this host that lasts until it is cleared.
type Alarm struct {
	Name  string // of the problem, such as callbacks
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
