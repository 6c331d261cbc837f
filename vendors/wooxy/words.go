package wooxy

import "viberdeck/model"

const (
	// subscribed says that a contact may be written to; it does not concern a message.
	subscribed = "viber-contact-channel-subscribed"
	// userBlocked appears in the raw log when the person has blocked the sender: Wooxy puts such a
	// person on its blacklist.
	userBlocked = "viber user blocked"
)

// eventStatuses maps the Viber events of the webhook page to the status of a message.
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

// Events names the Viber events to which a webhook can subscribe.
func Events() []string {
	all := make([]string, len(eventStatuses))
	for i, e := range eventStatuses {
		all[i] = e.name
	}
	return all
}
