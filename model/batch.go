package model

import "time"

// BatchState is the state of one vendor call of a campaign.
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
	// Tag makes the batch's name at a vendor unique: TagLength letters and digits, stored before
	// the call. It is "" for batches of earlier versions.
	Tag string
	// Namesake says that another campaign of the account had the same name when it was claimed.
	Namesake  bool
	Tries     int // calls made so far that certainly did not leave
	ClaimedAt time.Time
	VendorRef string // what the vendor answered with: task id, uuid, tracking id
	Size      int    // number of people, even when People is not loaded
	Err       Text   // why it was refused or is unknown, in words
	Evidence  Text   // what was found when trying to settle an unknown outcome
	// Known is what was known when the batch was claimed; it is set when the batch is settled.
	Known KnownBefore
	// Repeat says that the batch repeats an earlier one whose outcome was unknown, under the same
	// number and to the same people except those blocked meanwhile.
	Repeat bool
}

// Claim limits how much of a campaign may be claimed.
type Claim struct {
	PerCall  int   // most people in the batch
	DailyCap int64 // people the account may write to in 24 hours; 0: no cap
	// AskAgain is how long after its time a call whose answer was lost is repeated automatically;
	// 0: never.
	AskAgain time.Duration
	// Paced spreads a campaign over time here, because the vendor cannot.
	Paced bool
}

// Outcome is what became of one batch.
type Outcome struct {
	Batch     BatchID
	State     BatchState // accepted, refused or unknown; queued gives it back untouched for another try
	VendorRef string     // the vendor's id of what it accepted
	// VendorIDs are further ids by which the vendor knows the campaign, if it gave them.
	VendorIDs []string
	// People holds the outcomes that differ from the batch's own, by phone or contact. The rest
	// follow State.
	People []Recipient
	// RefusedAs is the status of the rest of a refused batch; 0: rejected.
	RefusedAs DeliveryStatus
	Cost      Money
	Err       Text // in words, for the outbox
	Evidence  Text
	Facts     []ReportedFact // what else the vendor reports about its campaign
	NotBefore time.Time      // for a batch given back: when to try again
	Pause     Text           // why this pauses the campaign; empty: it continues
	At        time.Time
}

// Tracked is what a vendor says later about a batch that it accepted.
type Tracked struct {
	VendorIDs []string // further ids of its campaign
	People    []Recipient
	// Refused says why the vendor, after accepting the call, refused everyone in the batch who is
	// not in People; "" if it did not.
	Refused Text
	// RefusedAs is the status of those people; 0: rejected.
	RefusedAs DeliveryStatus
}

// Resolution is what a person decides about a batch whose outcome is unknown.
type Resolution string

// The resolutions.
const (
	ResolveAccepted Resolution = "accepted" // count it as sent
	ResolveResend   Resolution = "resend"   // it did not leave: send it again
	ResolveDropped  Resolution = "dropped"  // it did not leave, and must not
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
	// until when the engine repeats the call of an unknown batch automatically; zero: it does not
	AskedUntil time.Time
	ResolvedBy string    // the person who decided its outcome; "" if that was not needed
	ResolvedAt time.Time // when that was
}

// Progress is how far one of our campaigns has got, derived from its rows.
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
	Held       int64 // stopped here
	Cost       Money
	HoldUntil  time.Time
	SendAt     time.Time // the time it was scheduled for; zero: none was
	LeaveAt    time.Time // until then a scheduled one waits here; zero: it does not
	PauseCause Text
	StartedAt  time.Time // when its first batch was claimed; zero: none yet
	Waits      Text      // why the last call did not leave; empty if it did
	NextTry    time.Time // when the vendor may be called again; zero: it did not say
	Evidence   Text      // what was found about people whose outcome is unknown
	AskedUntil time.Time // until when their calls are repeated automatically; zero: they are not
	Deletion   Text      // the progress of its deletion at the vendor; empty if not requested
	Refusal    Text      // why the vendor last refused whole batches, in its words
}

// WaitsForItsTime reports whether the campaign stays here until shortly before its time.
func (p Progress) WaitsForItsTime(now time.Time) bool {
	return p.LeaveAt.After(now) && p.LeaveAt.After(p.HoldUntil) && p.Waiting > 0 &&
		(p.State == CampaignHeld || p.State == CampaignScheduled)
}

// PerMinute returns the people with an outcome a minute since the campaign began to leave, 0 while
// too little is known. It is the same for everybody who looks, whenever they began to.
func (p Progress) PerMinute(now time.Time) float64 {
	const least = 2 * time.Second
	spent := now.Sub(p.StartedAt)
	if p.StartedAt.IsZero() || spent < least {
		return 0
	}
	return float64(p.Accepted+p.Refused+p.Unknown) / spent.Minutes()
}

// TimeLeft returns how long the rest takes at the rate so far, 0 while unknown.
func (p Progress) TimeLeft(now time.Time) time.Duration {
	rate := p.PerMinute(now)
	if rate == 0 {
		return 0
	}
	return time.Duration(float64(p.Waiting+p.InFlight) / rate * float64(time.Minute))
}

// Done reports whether every person has an outcome.
func (p Progress) Done() bool { return p.Waiting == 0 && p.InFlight == 0 }
