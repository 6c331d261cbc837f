package sendpulse

import (
	"cmp"
	"strings"

	"viberdeck/model"
	"viberdeck/vendors"
)

// deliveryWords are the statuses of a person, which the document writes as prose. Punctuation, case
// and spaces are ignored. Any other word, and null, is kept as it is, with unknown meaning.
var deliveryWords = map[string]model.DeliveryStatus{
	"send":                 model.StatusSent,
	"sent":                 model.StatusSent,
	"delivered":            model.StatusDelivered,
	"delivered and opened": model.StatusRead,
	"delivered and read":   model.StatusRead,
	"delivered read and clickthrough followed": model.StatusClicked,
	"read and clickthrough followed":           model.StatusClicked,
	"not delivered":                            model.StatusUndelivered,
	"error":                                    model.StatusFailed,
}

// campaignWords are the states of a campaign seen so far. The document has no list of them.
var campaignWords = map[string]model.CampaignState{
	"moderation": model.CampaignModeration,
	"sent":       model.CampaignSent,
	"send":       model.CampaignSent,
}

// senderWords are the states of a sender. Only verified is documented.
var senderWords = map[string]model.SenderState{
	"verified": model.SenderApproved, "active": model.SenderApproved, "approved": model.SenderApproved,
	"moderation": model.SenderPending, "pending": model.SenderPending, "new": model.SenderPending,
	"rejected": model.SenderRejected, "declined": model.SenderRejected, "blocked": model.SenderRejected,
}

// plain returns a vendor's word without its variable parts: case, punctuation, hyphens, spaces and
// the article.
func plain(word vendors.String) string {
	s := strings.Map(func(r rune) rune {
		switch r {
		case ',', ';', '.', '_':
			return ' '
		case '-':
			return -1
		}
		return r
	}, strings.ToLower(string(word)))
	var words []string
	for _, w := range strings.Fields(s) {
		if w != "a" {
			words = append(words, w)
		}
	}
	return strings.Join(words, " ")
}

func deliveryStatus(word vendors.String) model.DeliveryStatus {
	return deliveryWords[strings.ReplaceAll(plain(word), "click through", "clickthrough")]
}

func campaignState(word vendors.String) model.CampaignState {
	return cmp.Or(campaignWords[plain(word)], model.CampaignUnknown)
}

func senderState(word vendors.String) model.SenderState {
	return cmp.Or(senderWords[plain(word)], model.SenderUnknown)
}
