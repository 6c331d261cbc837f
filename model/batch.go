package model

import "time"

// BatchState is where one vendor call of a campaign stands.
type BatchState string

// The batch states.
const (
	BatchQueued   BatchState = "queued"
	BatchClaimed  BatchState = "claimed"
	BatchAccepted BatchState = "accepted"
	BatchRefused  BatchState = "refused"
	BatchUnknown  BatchState = "unknown"
	BatchDropped  BatchState = "dropped" // a person decided that it was not sent and will not be
	BatchResent   BatchState = "resent"  // a person decided that it was not sent; its people were queued again
)

// TagLength is how many letters and digits the tag of a batch has.
const TagLength = 6

// Batch is the part of a campaign that leaves in one vendor call.
type Batch struct {
	ID       BatchID
	Campaign Campaign
	Number   int // 1 for the campaign's first batch
	People   []Recipient
	State    BatchState
	Attempt  string // id of this attempt, made when it was claimed
	// Tag makes the batch's name at a vendor one that nobody else has: TagLength letters and
	// digits, stored before the call. It is "" for batches of earlier versions.
	Tag string
	// Namesake says that another campaign of the account had the same name when it was claimed.
	Namesake  bool
	Tries     int // calls made so far, for those that certainly did not leave
	ClaimedAt time.Time
	VendorRef string // what the vendor answered with: task id, uuid, tracking id
	Size      int    // number of people, also when People is not loaded
	Err       Text   // why it was refused or is unknown, in words
	Evidence  Text   // what was found when trying to settle an unknown outcome
	// Known is what was known when the batch was claimed; it is there when the batch is settled.
	Known KnownBefore
	// Repeat says that the batch repeats, under the same number and to the same people without
	// those blocked meanwhile, an earlier one whose outcome was unknown.
	Repeat bool
}

// Claim says how much of a campaign may be claimed.
type Claim struct {
	PerCall  int   // people of the batch at most
	DailyCap int64 // people the account may write to in 24 hours; 0: no cap
	// AskAgain is how long after its time a call whose answer was lost is made again by itself; 0:
	// never.
	AskAgain time.Duration
	// Paced spreads a campaign over its stretch here, as the vendor cannot.
	Paced bool
}

// Outcome is what became of one batch.
type Outcome struct {
	Batch     BatchID
	State     BatchState // accepted, refused or unknown; queued gives it back untouched for another try
	VendorRef string     // the vendor's id of what it accepted
	// VendorIDs are further ids the vendor knows the campaign by, when it told them.
	VendorIDs []string
	// People holds the outcomes that differ from the batch's own, by phone or contact. The rest
	// follow State.
	People    []Recipient
	Cost      Money
	Err       Text // in words, for the outbox
	Evidence  Text
	Told      []Told    // what else the vendor says of its campaign
	NotBefore time.Time // for a batch given back: when to try again
	Pause     Text      // why the campaign is paused by this; nothing: it goes on
	At        time.Time
}

// Resolution is what a person decides about a batch whose outcome is unknown.
type Resolution string

// The resolutions.
const (
	ResolveAccepted Resolution = "accepted" // count it as sent
	ResolveResend   Resolution = "resend"   // it did not leave: send it again
	ResolveDropped  Resolution = "dropped"  // it did not leave, and shall not
)

// OutboxRow is one line of the outbox: a batch, or the part of a campaign that waits for one.
type OutboxRow struct {
	Campaign      CampaignID
	CampaignName  string
	CampaignState CampaignState
	Batch         BatchID // 0: people who wait for a batch
	Account       string
	State         BatchState
	Recipients    int64
	Attempt       string
	ClaimedAt     time.Time
	DueAt         time.Time // when waiting people may leave; zero: now
	Error         Text
	Evidence      Text
	// until when the engine makes the call of an unknown batch again by itself; zero: it does not
	AskedUntil time.Time
	ResolvedBy string    // who decided what became of it; "" when nobody had to
	ResolvedAt time.Time // when that was
}

// Progress is how far a campaign of ours has got, derived from its rows.
type Progress struct {
	Campaign   CampaignID
	State      CampaignState
	Total      int64 // people in the campaign
	Waiting    int64 // not dispatched yet
	InFlight   int64 // claimed, no outcome yet
	Accepted   int64 // the vendor took them, whatever became of them since
	Refused    int64
	Unknown    int64
	Suppressed int64
	Held       int64 // stopped by us
	Cost       Money
	HoldUntil  time.Time
	SendAt     time.Time // the time it was scheduled for; zero: none was
	LeaveAt    time.Time // until then a scheduled one waits here; zero: it does not
	PauseCause Text
	StartedAt  time.Time // when its first batch was claimed; zero: none was
	Waits      Text      // why the last call did not leave; nothing when it did
	NextTry    time.Time // when the vendor lets itself be asked again; zero: it did not say
	Evidence   Text      // what was found about those whose outcome is unknown
	AskedUntil time.Time // until when calls of theirs are made again by themselves; zero: none is
	Deletion   Text      // how its deletion at the vendor stands, nothing if nobody asked for it
	Refusal    Text      // why the vendor refused the last ones it refused as a whole, in its words
}

// WaitsForItsTime reports whether the campaign stays here until shortly before its time.
func (p Progress) WaitsForItsTime(now time.Time) bool {
	return p.LeaveAt.After(now) && p.LeaveAt.After(p.HoldUntil) && p.Waiting > 0 &&
		(p.State == CampaignHeld || p.State == CampaignScheduled)
}

// PerMinute gives the people with an outcome a minute since the campaign began to leave, 0 while
// too little is known. It is the same for everybody who looks, whenever they began to.
func (p Progress) PerMinute(now time.Time) float64 {
	const least = 2 * time.Second
	spent := now.Sub(p.StartedAt)
	if p.StartedAt.IsZero() || spent < least {
		return 0
	}
	return float64(p.Accepted+p.Refused+p.Unknown) / spent.Minutes()
}

// TimeLeft gives how long the rest takes at the rate so far, 0 while not known.
func (p Progress) TimeLeft(now time.Time) time.Duration {
	rate := p.PerMinute(now)
	if rate == 0 {
		return 0
	}
	return time.Duration(float64(p.Waiting+p.InFlight) / rate * float64(time.Minute))
}

// Done reports whether every person has an outcome.
func (p Progress) Done() bool { return p.Waiting == 0 && p.InFlight == 0 }
