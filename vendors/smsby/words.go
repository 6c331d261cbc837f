package smsby

import (
	"cmp"
	"strings"

	"viberdeck/model"
	"viberdeck/vendors"
)

// deliveryWords are the statuses of a person. The documents show NEW, DELIVERED and READ, and SENT
// for a mailing; the rest are Viber's own receipts in the words that the platform would use. Any
// other word is kept as it is, with unknown meaning.
var deliveryWords = map[string]model.DeliveryStatus{
	"NEW":         model.StatusAccepted,
	"SENT":        model.StatusSent,
	"DELIVERED":   model.StatusDelivered,
	"READ":        model.StatusRead,
	"EXPIRED":     model.StatusExpired,
	"UNDELIVERED": model.StatusUndelivered,
	"REJECTED":    model.StatusRejected,
	"FAILED":      model.StatusFailed,
}

// mailingWords are the states of a mailing. Only SENT is documented. NEW is the state of people
// before anything has happened, and of a mailing to a list before it is confirmed; the others are
// self-explanatory.
var mailingWords = map[string]model.CampaignState{
	"NEW":       model.CampaignQueued,
	"DRAFT":     model.CampaignDraft,
	"SCHEDULED": model.CampaignScheduled,
	"SENT":      model.CampaignSent,
	// The vendor documents this for SMS lists: texts are reviewed before they leave.
	"MODERATION": model.CampaignModeration,
	"MODERATED":  model.CampaignModeration,
}

// confirmedWords are the states of a mailing that has certainly been confirmed: the documented one.
var confirmedWords = map[string]bool{"SENT": true}

// unconfirmedWords are the states of a mailing that has certainly not been confirmed.
var unconfirmedWords = map[string]bool{"NEW": true, "DRAFT": true, "CREATED": true, "UNCONFIRMED": true,
	"NOT_CONFIRMED": true}

// senderWords are the states of a sender, none of them documented; a missing state stays unknown.
var senderWords = map[string]model.SenderState{
	"ACTIVE": model.SenderApproved, "APPROVED": model.SenderApproved, "VERIFIED": model.SenderApproved,
	"CONFIRMED": model.SenderApproved,
	"PENDING":   model.SenderPending, "MODERATION": model.SenderPending, "NEW": model.SenderPending,
	"REJECTED": model.SenderRejected, "DECLINED": model.SenderRejected, "BLOCKED": model.SenderRejected,
}

func key(word vendors.String) string { return strings.ToUpper(strings.TrimSpace(string(word))) }

func deliveryStatus(word vendors.String) model.DeliveryStatus { return deliveryWords[key(word)] }

func mailingState(word vendors.String) model.CampaignState {
	return cmp.Or(mailingWords[key(word)], model.CampaignUnknown)
}

func senderState(word vendors.String) model.SenderState {
	return cmp.Or(senderWords[key(word)], model.SenderUnknown)
}

// kindWord returns the kind of a listed mailing. An undocumented word stays as it is.
func kindWord(word vendors.String, image vendors.String) model.MessageKind {
	switch key(word) {
	case "TEXT":
		return model.KindText
	case "IMAGE":
		return model.KindImage
	case "BUTTON":
		if image != "" {
			return model.KindTextImageButton
		}
		return model.KindTextButton
	}
	return model.MessageKind(word.Line())
}
