package model

import (
	"cmp"
	"slices"
	"time"
)

// CampaignState is the state of a campaign.
type CampaignState string

// The campaign states.
const (
	CampaignDraft         CampaignState = "draft"
	CampaignNeedsApproval CampaignState = "needs-approval"
	CampaignScheduled     CampaignState = "scheduled"
	CampaignHeld          CampaignState = "held" // in the recall window
	CampaignQueued        CampaignState = "queued"
	CampaignSending       CampaignState = "sending"
	CampaignPaused        CampaignState = "paused"
	CampaignSent          CampaignState = "sent"
	CampaignPartlySent    CampaignState = "partly-sent"
	CampaignFailed        CampaignState = "failed"
	CampaignCancelled     CampaignState = "cancelled"
	CampaignModeration    CampaignState = "moderation"
	CampaignUnknown       CampaignState = "unknown"
)

// CampaignStates lists all campaign states.
func CampaignStates() []CampaignState {
	return []CampaignState{CampaignDraft, CampaignNeedsApproval, CampaignScheduled, CampaignHeld, CampaignQueued,
		CampaignSending,
		CampaignPaused, CampaignSent, CampaignPartlySent, CampaignFailed, CampaignCancelled, CampaignModeration,
		CampaignUnknown}
}

// Over reports whether a campaign in this state has, as far as is known, nothing left to send and
// needs no decision.
func (s CampaignState) Over() bool {
	switch s {
	case CampaignSent, CampaignPartlySent, CampaignFailed, CampaignCancelled:
		return true
	}
	return false
}

// NotBegun reports whether a vendor whose campaign is in this state has sent none of it yet.
func (s CampaignState) NotBegun() bool {
	return s == CampaignDraft || s == CampaignScheduled || s == CampaignModeration
}

// Archivable reports whether a campaign can be archived: nothing of it is still awaited. A draft at
// a vendor, or a campaign whose state the vendor does not report, cannot be finished from here.
func (c Campaign) Archivable() bool {
	return c.State.Over() || !c.Ours && (c.State == CampaignDraft || c.State == CampaignUnknown)
}

// Class is how a vendor bills and checks a message.
type Class string

// The message classes.
const (
	ClassPromotional   Class = "promotional"
	ClassTransactional Class = "transactional"
	ClassSession       Class = "session"
)

// SMSFallback is the SMS sent when the Viber message does not arrive in time. The zero value means
// none. With an empty text the message's own text is sent, if the vendor supports that.
type SMSFallback struct {
	Text   string        `json:"text"`
	Sender string        `json:"sender"`
	After  time.Duration `json:"after"` // 0: the vendor's default
}

// Enabled reports whether a fallback is set.
func (f SMSFallback) Enabled() bool { return f.Text != "" || f.Sender != "" || f.After != 0 }

// Options are the settings that only some vendors have.
type Options struct {
	Label       string            `json:"label,omitempty"`        // Routee
	Tags        []string          `json:"tags,omitempty"`         // Wooxy
	Device      string            `json:"device,omitempty"`       // Wooxy: all or phone
	ContactList string            `json:"contact_list,omitempty"` // Wooxy
	Variables   map[string]string `json:"variables,omitempty"`    // Wooxy: common to all contacts
	// Kinds names the variables whose values are not texts, including values from a person's own
	// column of that name.
	Kinds       map[string]ValueKind `json:"kinds,omitempty"`
	CallbackURL string               `json:"callback_url,omitempty"` // Routee, sms.by
	// OneByOne sends each person a separate message instead of mailings, if the vendor has both.
	OneByOne bool `json:"one_by_one,omitempty"`
	// OtherLists are lists in addition to List, if the vendor allows several.
	OtherLists []string `json:"other_lists,omitempty"`
	InboundURL string   `json:"inbound_url,omitempty"` // Routee
}

// Lists returns all lists at the vendor that the campaign goes to.
func (c Campaign) Lists() []string {
	if c.List == "" {
		return nil
	}
	return append([]string{c.List}, c.Options.OtherLists...)
}

// Canary is a part of a campaign that goes first. The rest follows after a wait, if few enough of
// the first failed. Without people there is no canary.
type Canary struct {
	People int64
	Limit  float64 // share of them who may be refused or not reached
	Wait   time.Duration
}

// Campaign is one message to many people through one account. It was either made here or found at
// the vendor.
type Campaign struct {
	ID          CampaignID
	Account     string
	Vendor      Vendor
	VendorID    string // the vendor's own id; the first one if the campaign left in several calls
	Name        string
	State       CampaignState
	VendorState string // the vendor's own word; "" if it gave none
	// SingleRef is the reference that the call of a single message would have returned if this
	// entry of the vendor's list is such a message; "" if the vendor lists none.
	SingleRef  string
	Message    Message
	KindWord   MessageKind // the kind as the vendor lists it; ours follows from Message
	Sender     string      // the vendor's sender id
	SenderName string
	Class      Class
	CreatedAt  time.Time // zero: unknown
	SendAt     time.Time // zero: now (ours), unknown (a vendor's)
	Lifetime   time.Duration
	Stretch    time.Duration
	Fallback   SMSFallback
	SMS        SMSUse // whether people get an SMS instead; ours follows from Fallback
	Options    Options
	List       string // a list, address book or group at the vendor instead of phones
	Ours       bool   // made here, not merely found at the vendor
	Operator   string
	HoldUntil  time.Time // end of the recall window of a held campaign
	LeaveAt    time.Time // from when it may leave this host; zero: as soon as its recall window ends
	HandOver   bool      // the vendor gets it at once and applies SendAt itself
	Canary     Canary    // the people who go first
	PauseCause Text      // why it is paused, in words
	// PeopleRemoved says that rows of people were removed because of their age; the figures still
	// include them.
	PeopleRemoved bool
	Facts         []ReportedFact // what else the vendor reports about it
	Archived      bool           // lists show it only when asked
	AnswerTo      ReplyID        // the reply it answers; 0: none
	Totals        Totals
	Cost          Money
	Expected      Money     // its expected cost when it was confirmed
	AsOf          time.Time // age of the figures
}

// titleMax is the length in characters of a title made from the text.
const titleMax = 60

// Title returns the name by which a person knows the campaign: its name, else the beginning of its
// text, else the vendor's id. Some vendors list campaigns without names.
func (c Campaign) Title() string {
	if c.Name != "" {
		return c.Name
	}
	if line := []rune(SanitiseLine(c.Message.Text)); len(line) > titleMax {
		return string(line[:titleMax]) + "…"
	} else if len(line) > 0 {
		return string(line)
	}
	return c.VendorID
}

// Kind returns the message kind: the vendor's word, else the kind that follows from the parts.
func (c Campaign) Kind() MessageKind {
	if c.KindWord != "" {
		return c.KindWord
	}
	kind, _ := c.Message.Kind()
	return kind
}

// Totals are the figures of a campaign. Each may be unknown.
type Totals struct {
	Recipients  Figure
	Sent        Figure
	Delivered   Figure
	Read        Figure
	Clicked     Figure
	Undelivered Figure
	Failed      Figure
	Expired     Figure
	Unknown     Figure
	Replies     Figure
	OptOuts     Figure
}

// Statistics are the totals of one campaign at one time, with the state the vendor reports.
type Statistics struct {
	Campaign CampaignID
	Account  string
	// CampaignName is the campaign's title; "" in a vendor's report.
	CampaignName string
	Totals       Totals
	State        CampaignState // "" leaves the state as it is
	VendorState  string
	SMS          SMSUse // "" leaves it as it is
	Cost         Money
	AsOf         time.Time
	// ByPeople says that Totals were counted from the people the vendor names, because it reports
	// no totals.
	ByPeople bool
	// Own are the vendor's own totals; Counted are those of the people whom it names or to whom the
	// campaign was sent from here. Both are kept and shown separately.
	Own, Counted Totals
	Facts        []ReportedFact // what else the vendor reports
	// Quoted is the cost the vendor gave when it accepted the batches; Reported is the cost in its
	// report of the campaign.
	Quoted, Reported Money
	// Expected is the expected cost when the campaign was confirmed.
	Expected Money
	// NextPoll is when the campaign is polled next; zero: the vendor does not know it yet, or
	// Settled.
	NextPoll time.Time
	Settled  bool // final, or past its lifetime: no longer polled
	// Samples are the totals at earlier times, oldest first.
	Samples []Sample
	// Reasons groups the failures, most frequent first.
	Reasons []ReasonCount
}

// known reports whether any total is known.
func (t Totals) known() bool { return t != Totals{} }

// Differ reports whether both counts are known and any of their figures differ.
func (s Statistics) Differ() bool {
	if !s.Own.known() || !s.Counted.known() {
		return false
	}
	figures := func(t Totals) []Figure {
		return []Figure{t.Sent, t.Delivered, t.Read, t.Clicked, t.Undelivered, t.Failed}
	}
	return slices.CompareFunc(figures(s.Own), figures(s.Counted), func(a, b Figure) int {
		if !a.Known || !b.Known {
			return 0
		}
		return cmp.Compare(a.N, b.N)
	}) != 0
}

// Sample is the state of a campaign's totals at one time.
type Sample struct {
	At                    time.Time
	Sent, Delivered, Read int64
	Replies, Undelivered  int64
}

// ReasonCount is a group of people whose message failed for one reason.
type ReasonCount struct {
	Status DeliveryStatus
	Reason Text
	People int64
}
