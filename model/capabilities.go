package model

import (
	"regexp"
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

// Capabilities say as data what a vendor can do. Forms, checks, keys and help follow them.
type Capabilities struct {
	Vendor  Vendor
	Kinds   []MessageKind // the layouts it can send
	Classes []Class
	// Lacks names what the vendor cannot do, each with the reason in words. What is not named, it
	// can.
	Lacks map[Action]string
	// Personal names the layouts that may differ from person to person.
	Personal []MessageKind
	// NoClass says that the vendor is told no class: it is a note of ours.
	NoClass bool
	// NamesCalls says that each call carries the campaign's name and a tag of its own.
	NamesCalls bool
	// PersonalLists says that the vendor itself fills the {{columns}} of a text in for the people
	// of its own lists.
	PersonalLists bool
	// TextIsTransactional says that the vendor takes a text alone as transactional, whatever a
	// campaign calls it.
	TextIsTransactional bool
	// PeopleBesideLists says that one call takes people by name beside its lists, and that whoever
	// is named and in a list too gets the message once.
	PeopleBesideLists bool
	// Contacts says that people may be named by an identifier of the vendor's instead of a phone.
	Contacts bool
	// DefaultSender says that a campaign may name no sender: the platform then uses its own.
	DefaultSender bool
	// ViberDeliveriesOnly says that its delivery statuses are those of the Viber message, also
	// where an SMS may follow it.
	ViberDeliveriesOnly bool
	// ZoneToSchedule says that its account needs a time zone of its own before anything can be
	// scheduled: the vendor's times carry none.
	ZoneToSchedule bool
	// Undocumented names what is read although no document gives its shape. That the vendor lacks
	// such a method (403, 404, 405, 501) is no failure of the account; any other failure is.
	Undocumented []Action
	Limits       Limits
	// Guard says in words what protects against a repeated send.
	Guard string
}

// Why gives the reason why the vendor cannot do the action, nothing when it can.
func (c Capabilities) Why(a Action) Text { return Text{Format: c.Lacks[a]} }

// Can reports whether the vendor can do the action.
func (c Capabilities) Can(a Action) bool { return c.Lacks[a] == "" }

// takesAsTransactional reports whether the vendor itself decides that the message is transactional.
func (c Capabilities) takesAsTransactional(of Campaign) bool {
	return c.TextIsTransactional && of.Kind() == KindText
}

// CanSend reports whether the vendor has the layout.
func (c Capabilities) CanSend(k MessageKind) bool { return slices.Contains(c.Kinds, k) }

// Limits are the figures of a vendor's document. Zero means that the document states none. Text
// lengths are in characters (code points), sizes of addresses in characters.
type Limits struct {
	PeoplePerCall   int
	CallsAtOnce     int
	PerSecond       float64 // calls a second
	TextMax         int
	CaptionMax      int
	LinkMax         int
	ImageURLMax     int
	ImageKB         int64 // of an image that is fetched from its address
	FileKB          int64
	HTTPSOnly       bool // images, files and films only from https addresses
	LifetimeMin     time.Duration
	LifetimeMax     time.Duration
	LifetimeDefault time.Duration // used when the campaign names none and the vendor requires one
	StretchMax      time.Duration
	StretchStep     time.Duration
	ListsPerCall    int // lists that one campaign may go to; 0: one
	NameMin         int
	NameMax         int
	NamePattern     *regexp.Regexp
	NameRule        string // the pattern in words
	LabelMax        int
	TagMax          int // characters of one tag
	// VariableName is what a column must be called to reach the vendor; nil: columns stay here.
	VariableName     *regexp.Regexp
	FallbackAfterMin time.Duration
	FallbackAfterMax time.Duration
	FallbackStep     time.Duration
	FallbackTextMax  int
	FileNameMax      int
	FileTypes        []string
	VideoSizeMB      int
	VideoSeconds     int
	// AskAgain is how long after its time a call whose answer was lost is made again by itself,
	// because the vendor takes the same call once only; 0: never.
	AskAgain time.Duration
	// ComplaintsBlock is the share of complaints, in percent of its volume, above which the vendor
	// blocks a sender; 0: none is stated.
	ComplaintsBlock float64
}
