package wooxy

import "viberdeck/model"

const (
	// subscribed says that a contact may be written to, and nothing of a message.
	subscribed = "viber-contact-channel-subscribed"
	// userBlocked is in the raw log when the person blocked the sender: Wooxy puts such a person on
	// its blacklist.
	userBlocked = "viber user blocked"
)

// eventStatuses are the Viber events of the webhook page and what each says of a message.
var eventStatuses = []struct {
	name   string
	status model.DeliveryStatus
}{
	{"viber-delivered", model.StatusDelivered},
	{"viber-failed", model.StatusFailed},
	{"viber-expired", model.StatusExpired},
	{"viber-rejected", model.StatusRejected},
	{"viber-viewed", model.StatusRead},
	{"viber-clicked", model.StatusClicked},
	{subscribed, model.StatusUnknown},
	{"viber-contact-channel-unsubscribed", model.StatusOptedOut},
}

// Events names the Viber events of which a webhook can be told.
func Events() []string {
	all := make([]string, len(eventStatuses))
	for i, e := range eventStatuses {
		all[i] = e.name
	}
	return all
}
