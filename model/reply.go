package model

import (
	"net/url"
	"path"
	"slices"
	"strings"
	"time"
)

// ReplyState is where the triage of a reply stands.
type ReplyState string

// The reply states.
const (
	ReplyOpen    ReplyState = "open"
	ReplySnoozed ReplyState = "snoozed"
	ReplyDone    ReplyState = "done"
)

// Reply is an incoming message. It is kept for ever, whatever the vendor does with its own copy.
type Reply struct {
	ID           ReplyID
	Account      string
	VendorID     string
	Campaign     CampaignID // 0: not known
	CampaignName string
	CampaignRef  string // the vendor's id of the campaign it answers; "" if the vendor gives none
	Phone        Phone
	Text         string // sanitised
	ReceivedAt   time.Time
	State        ReplyState
	Unread       bool
	ClaimedBy    string
	OptOut       string // the matched words when the text looks like an opt-out; "" if not
	Labels       []string
	SnoozedUntil time.Time
	DoneBy       string
	DoneAt       time.Time
	Blocked      bool       // the phone is on the blacklist
	Answers      int        // answers of ours that stand
	LastAnswer   CampaignID // the newest of them, 0 for none
	AnsweredBy   string     // who answered it last; "" while no answer stands
}

// Note is what a colleague wrote beside a reply. It never leaves the host.
type Note struct {
	At   time.Time
	By   string
	Text string
}

// Thread is a reply with the whole conversation around it.
type Thread struct {
	Reply    Reply
	Sent     *Campaign // what we had sent, as this person got it; nil if not known
	Template bool      // its text is the template: this person's values were not kept
	Status   DeliveryStatus
	ReadAt   time.Time
	Notes    []Note
	Answers  []Answer // ours to it, oldest first, those that were recalled too
	// Events are what else happened with the person, through all accounts, oldest first: at most
	// MostThreadEvents of each kind.
	Events []PersonEvent
	Person PersonTotals
}

// PersonTotals count what there was between us and a person, through all accounts.
type PersonTotals struct {
	Messages int64 // that left
	Replies  int64
	OptOuts  int64     // replies whose words look like an opt-out
	Since    time.Time // the first message or reply
}

// MostThreadEvents is how many events of each kind a thread has. The person's history has them all.
const MostThreadEvents = 20

// StickerText is what is kept of a reply that is a sticker: a vendor gives its number at most.
const StickerText = "[sticker]"

// ReplyBody gives what a reply says: its text, that it has none, that it is a sticker, or that
// it is a picture and where that is.
func ReplyBody(text string) Text {
	line := strings.TrimSpace(text)
	if line == "" {
		return Say("(no text)")
	}
	if line == StickerText {
		return Say("(a sticker)")
	}
	if !strings.HasPrefix(line, "http") || strings.ContainsAny(line, " \n") {
		return Data(text)
	}
	if u, err := url.Parse(line); err == nil && slices.Contains(pictureEnds, strings.ToLower(path.Ext(u.Path))) {
		return Say("(a picture: %s)", line)
	}
	return Data(text)
}

// pictureEnds are the ends of the addresses of pictures.
var pictureEnds = []string{".jpg", ".jpeg", ".png", ".gif", ".webp", ".heic"}
