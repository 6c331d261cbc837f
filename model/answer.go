package model

import (
	"slices"
	"time"
)

// Answering is a campaign to one person that answers a reply, with what its author knew about the
// reply when confirming it. The store accepts it only if that is still true.
type Answering struct {
	Reply ReplyID
	// Last is the newest answer to the reply that stands, if the author has seen it and intends to
	// add to it; 0 for none.
	Last CampaignID
	// ClaimedBy is the colleague whose claim the author has seen and overrides; "" for none.
	ClaimedBy string
	// Prepared names the prepared answer that the text was made from; "" for none.
	Prepared string
	// Then are the other steps of a macro that answers, carried out together with the answer or not
	// at all; Session is the session for a claim among them.
	Then    Chain
	Session string
}

// Answer is a message we sent to a person because of a reply.
type Answer struct {
	Reply     ReplyID
	Campaign  CampaignID
	Operator  string
	Account   string
	Sender    string // its name, or its id
	Text      string
	At        time.Time // when it was stored
	State     CampaignState
	HoldUntil time.Time // until then any operator can recall it
	Status    DeliveryStatus
	Reason    string // why it did not arrive, in the vendor's words
}

// Stands reports whether the answer has reached the person, or may still do so.
func (a Answer) Stands() bool {
	return a.State != CampaignCancelled && a.State != CampaignFailed && a.Status != StatusSuppressed
}

// Recallable reports whether the answer can still be recalled: nothing of it has left.
func (a Answer) Recallable() bool {
	switch a.State {
	case CampaignHeld, CampaignNeedsApproval, CampaignPaused, CampaignQueued:
		return true
	case CampaignDraft, CampaignScheduled, CampaignSending, CampaignSent, CampaignPartlySent, CampaignFailed,
		CampaignCancelled, CampaignModeration, CampaignUnknown:
	}
	return false
}

// Notice reports to an operator what a colleague, or the program, did to their work.
type Notice struct {
	ID   int64
	At   time.Time
	Text Text
}

// answerName is the name of an answer's campaign, here and at the vendor: in Latin letters, because
// some vendors accept no others.
func answerName(id ReplyID) string { return "Answer to " + id.String() }

// AnswerDraftName is the setting's name under which an operator's half-written answer is kept.
func AnswerDraftName(id ReplyID) string { return "answer " + id.String() }

// AnswerDraft is a half-written answer as stored, in JSON.
type AnswerDraft struct {
	Key     string `json:"key"` // makes storing the answer harmless to repeat; "" for a new one
	Text    string `json:"text"`
	Account string `json:"account"`
	Sender  string `json:"sender"`
	SMS     bool   `json:"sms,omitempty"` // an SMS follows if it is not delivered
	// Prepared names the prepared answer that was inserted last.
	Prepared string `json:"prepared,omitempty"`
}

// AnswerFile returns the campaign to one person that answers a reply. If the vendor has session
// messages it is one, for the person has written; with sms an SMS of the same text follows if it is
// not delivered.
func AnswerFile(id ReplyID, caps Capabilities, text, sender string, sms bool) CampaignFile {
	f := CampaignFile{Name: answerName(id), Sender: FileID(sender), Text: text}
	if slices.Contains(caps.Classes, ClassSession) {
		f.Class = ClassSession
	}
	if sms {
		f.Fallback.Text = text
	}
	return f
}

// AnswerSenders returns the senders of an account that can sign an answer, and the id of the
// default one: the sender that the person knows from our earlier message, else the first; "" if
// there is none.
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
