package model

import (
	"slices"
	"time"
)

// Answering is a campaign of one person that answers a reply, with what its author knew of the
// reply when it was confirmed. The store takes it only if that is still true.
type Answering struct {
	Reply ReplyID
	// Last is the newest answer to the reply that stands, if the author has seen it and wants to
	// add to it; 0 for none.
	Last CampaignID
	// ClaimedBy is the colleague whose claim the author has seen and wants to pass over; "" for
	// none.
	ClaimedBy string
	// Prepared names the prepared answer that the text was made from; "" for none.
	Prepared string
	// Then are the other steps of a macro that answers, carried out with the answer or not at all;
	// Session is that of a claim among them.
	Then    Chain
	Session string
}

// Answer is what we wrote to somebody because of a reply.
type Answer struct {
	Reply     ReplyID
	Campaign  CampaignID
	Operator  string
	Account   string
	Sender    string // its name, or its id
	Text      string
	At        time.Time // when it was stored
	State     CampaignState
	HoldUntil time.Time // until then anybody can recall it
	Status    DeliveryStatus
	Reason    string // why it did not arrive, in the vendor's words
}

// Stands reports whether the answer has reached the person, or may still do so.
func (a Answer) Stands() bool {
	return a.State != CampaignCancelled && a.State != CampaignFailed && a.Status != StatusSuppressed
}

// Recallable reports whether anybody can still recall the answer: nothing of it has left.
func (a Answer) Recallable() bool {
	switch a.State {
	case CampaignHeld, CampaignNeedsApproval, CampaignPaused, CampaignQueued:
		return true
	case CampaignDraft, CampaignScheduled, CampaignSending, CampaignSent, CampaignPartlySent, CampaignFailed,
		CampaignCancelled, CampaignModeration, CampaignUnknown:
	}
	return false
}

// Notice tells an operator what somebody else, or the program, did to their work.
type Notice struct {
	ID   int64
	At   time.Time
	Text Text
}

// AnswerName is what the campaign of an answer is called, here and at the vendor: in Latin letters,
// because some take no others.
func AnswerName(id ReplyID) string { return "Answer to " + id.String() }

// AnswerDraftName is the name under which a half-written answer to a reply is kept for an operator.
func AnswerDraftName(id ReplyID) string { return "answer " + id.String() }

// AnswerDraft is a half-written answer as it is kept, in JSON.
type AnswerDraft struct {
	Key     string `json:"key"` // makes storing the answer harmless to repeat; "" for a new one
	Text    string `json:"text"`
	Account string `json:"account"`
	Sender  string `json:"sender"`
	SMS     bool   `json:"sms,omitempty"` // an SMS follows where it is not delivered
	// Prepared names the prepared answer that was put into it last.
	Prepared string `json:"prepared,omitempty"`
}

// AnswerFile gives the campaign of one person that answers a reply. Where the vendor has session
// messages it is one, for the person has written; with sms an SMS of the same text follows where it
// is not delivered.
func AnswerFile(id ReplyID, caps Capabilities, text, sender string, sms bool) CampaignFile {
	f := CampaignFile{Name: AnswerName(id), Sender: FileID(sender), Text: text}
	if slices.Contains(caps.Classes, ClassSession) {
		f.Class = ClassSession
	}
	if sms {
		f.Fallback.Text = text
	}
	return f
}

// AnswerSenders gives the senders of an account that an answer can be signed with, and the id of
// the one that signs it unless another is chosen: the one that the person knows from what we had
// sent, else the first; "" if there is none.
func AnswerSenders(known []Sender, sent *Campaign, account string) (usable []Sender, first string) {
	for _, s := range known {
		if s.State != SenderRejected && s.State != SenderPending {
			usable = append(usable, s)
		}
	}
	is := func(id string) func(Sender) bool { return func(s Sender) bool { return s.ID == id } }
	ours := sent != nil && sent.Account == account && sent.Sender != ""
	if ours && !slices.ContainsFunc(known, is(sent.Sender)) {
		usable = append([]Sender{{ID: sent.Sender, Name: sent.SenderName}}, usable...)
	}
	switch {
	case ours && slices.ContainsFunc(usable, is(sent.Sender)):
		return usable, sent.Sender
	case len(usable) > 0:
		return usable, usable[0].ID
	}
	return nil, ""
}
