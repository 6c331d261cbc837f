package model

import (
	"cmp"
	"slices"
	"time"
)

// Action is something a vendor may or may not be able to do.
type Action string

// The actions that differ between vendors.
const (
	ActListCampaigns   Action = "list campaigns"
	ActStatistics      Action = "statistics"
	ActRecipients      Action = "recipients"
	ActReplies         Action = "replies"
	ActMarkRead        Action = "mark replies read"
	ActAnswer          Action = "answer a reply"
	ActSenders         Action = "list senders"
	ActBlacklistRead   Action = "read the blacklist"
	ActBlacklistAdd    Action = "add to the blacklist"
	ActBlacklistRemove Action = "remove from the blacklist"
	ActSend            Action = "send"
	ActSendList        Action = "send to a list"
	ActPersonal        Action = "personal texts"
	ActSchedule        Action = "schedule"
	ActStretch         Action = "send gradually"
	ActLifetime        Action = "lifetime"
	ActSMSFallback     Action = "SMS fallback"
	ActFallbackAfter   Action = "delay of the SMS fallback"
	ActCancelScheduled Action = "cancel a scheduled campaign"
	ActCancelRunning   Action = "cancel a running send"
	ActSettle          Action = "settle an unknown outcome"
	ActLists           Action = "lists of people"
	ActBalance         Action = "balance"
	ActCallbackURL     Action = "callback address"
	ActInboundURL      Action = "address for replies"
	ActLabel           Action = "label"
	ActTags            Action = "tags"
	ActDevice          Action = "device"
	ActUpload          Action = "upload an image"
	ActOneByOne        Action = "a call for each person"
	ActContactList     Action = "contact list"
	ActTemplate        Action = "template"
	ActVariables       Action = "common variables"
)

// Capabilities describe as data what a vendor can do. Forms, checks, keys and help follow from
// them.
type Capabilities struct {
	Vendor  Vendor
	Name    string        // of the vendor, as it spells it
	Kinds   []MessageKind // the layouts it can send
	Classes []Class
	// Lacks names what the vendor cannot do, each with the reason in words. It can do everything
	// else.
	Lacks map[Action]string
	// Personal names the layouts that may differ from person to person.
	Personal []MessageKind
	// NoClass says that the class is not sent to the vendor: it is our own note.
	NoClass bool
	// NamesCalls says that each call carries the campaign's name and a tag of its own.
	NamesCalls bool
	// PersonalLists says that the vendor itself fills in the {{columns}} of a text for the people
	// of its own lists.
	PersonalLists bool
	// TextIsTransactional says that the vendor treats a message of text alone as transactional,
	// whatever class the campaign has.
	TextIsTransactional bool
	// PeopleBesideLists says that one call may name people in addition to its lists, and that a
	// person who is named and also on a list gets the message once.
	PeopleBesideLists bool
	// Contacts says that people may be identified by a vendor's identifier instead of a phone.
	Contacts bool
	// DefaultSender says that a campaign may omit the sender: the platform then uses its own.
	DefaultSender bool
	// ViberDeliveriesOnly says that its delivery statuses are those of the Viber message, even if
	// an SMS may follow it.
	ViberDeliveriesOnly bool
	// Zone is the time zone of the vendor's times that carry none, unless the account names
	// another; "": UTC.
	Zone string
	// ZoneToSchedule says that its account needs a time zone before anything can be scheduled,
	// because the vendor's times have none.
	ZoneToSchedule bool
	// Undocumented names what is read although no document describes its format. If the vendor
	// lacks such a method (403, 404, 405, 501), that is not a failure of the account; any other
	// failure is.
	Undocumented []Action
	Limits       Limits
	// Guard says in words what protects against a repeated send.
	Guard string
}

// Why says why the vendor cannot do the action; it is empty if it can.
func (c Capabilities) Why(a Action) Text { return Text{Format: c.Lacks[a]} }

// Can reports whether the vendor can do the action.
func (c Capabilities) Can(a Action) bool { return c.Lacks[a] == "" }

// Location returns the time zone of an account's times at the vendor that carry none.
func (c Capabilities) Location(a Account) *time.Location {
	a.TimeZone = cmp.Or(a.TimeZone, c.Zone)
	return a.Location()
}

// takesAsTransactional reports whether the vendor itself decides that the message is transactional.
func (c Capabilities) takesAsTransactional(of Campaign) bool {
	return c.TextIsTransactional && of.Kind() == KindText
}

// CanSend reports whether the vendor has the layout.
func (c Capabilities) CanSend(k MessageKind) bool { return slices.Contains(c.Kinds, k) }

// Limits are the figures in a vendor's documents. Zero means that the documents state none. Text
// lengths are in characters (code points), sizes of addresses in characters.
type Limits struct {
	PeoplePerCall   int
	CallsAtOnce     int
	PerSecond       float64 // calls a second
	TextMax         int
	CaptionMax      int
	LinkMax         int
	ImageURLMax     int
	ImageKB         int64 // of an image that the vendor fetches
	FileKB          int64
	HTTPSOnly       bool // images, files and films only from https addresses
	LifetimeMin     time.Duration
	LifetimeMax     time.Duration
	LifetimeDefault time.Duration // used if the campaign gives none and the vendor requires one
	StretchMax      time.Duration
	StretchStep     time.Duration
	ListsPerCall    int // lists that one campaign may go to; 0: one
	NameMin         int
	NameMax         int
	NamePattern     Matcher
	NameRule        string // the pattern in words
	LabelMax        int
	TagMax          int // characters of one tag
	// VariableName is the pattern of columns that can be sent to the vendor; nil: columns stay
	// here.
	VariableName     Matcher
	FallbackAfterMin time.Duration
	FallbackAfterMax time.Duration
	FallbackStep     time.Duration
	FallbackTextMax  int
	FileNameMax      int
	FileTypes        []string
	VideoSizeMB      int
	VideoSeconds     int
	// AskAgain is how long after its time a call whose answer was lost is repeated automatically,
	// because the vendor accepts the same call only once; 0: never.
	AskAgain time.Duration
	// ComplaintsBlock is the share of complaints, in percent of its volume, above which the vendor
	// blocks a sender; 0: no limit is stated.
	ComplaintsBlock float64
}
