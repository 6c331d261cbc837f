package smsby

import (
	"net/http"

	"viberdeck/vendors"
)

// Methods lists the methods called at sms.by, the paid calls first.
func Methods() []vendors.Method {
	const post = http.MethodPost
	return []vendors.Method{
		{Verb: post, Path: "/api/v1/sendBulkViber", Does: "sends one text to many phones, or a text of its own to each",
			Source: "sendBulkViber", Pays: true},
		{Verb: post, Path: "/api/v2/sendQuickViberMessage",
			Does:   "sends one message, with an SMS where Viber does not deliver in time",
			Source: "sendQuickViberMessage", Pays: true},
		{Verb: post, Path: "/api/v2/confirmViberMessage", Does: "confirms a mailing to a list: this debits the money",
			Source: "confirmViberMessage", Pays: true},
		{Verb: post, Path: "/api/v2/sendViberMessageList",
			Does:   "prepares a mailing to a list and says how many people it has; costs nothing",
			Source: "sendViberMessageList"},
		{Verb: post, Path: "/api/v1/statusBulkViber", Does: "reads what became of a bulk mailing",
			Source: "statusBulkViber",
			Unkept: "name and alphaname_id of the mailing: a call has one mailing, whose name and sender are known"},
		{Verb: post, Path: "/api/v2/getViberDeliveryData", Does: "reads what became of one message",
			Source: "getViberDeliveryData"},
		{Verb: post, Path: "/api/v2/getViberMessages", Does: "lists the mailings, 100 a page",
			Source: "getViberMessages"},
		{Verb: post, Path: "/api/v2/getViberMessageData", Does: "reads one mailing", Source: "getViberMessageData"},
		{Verb: post, Path: "/api/v2/getViberDeliveryList", Does: "reads the people of a mailing",
			Source: "getViberDeliveryList"},
		{Verb: post, Path: "/api/v2/getNewIncomingMessages", Does: "reads the unread replies to a mailing",
			Source: "getNewIncomingMessages"},
		{Verb: post, Path: "/api/v2/readResponseStatus", Does: "marks replies read, after somebody is done with them",
			Source: "readResponseStatus"},
		{Verb: http.MethodGet, Path: "/api/v1/getVibernames", Does: "lists the senders",
			Source: "vendor's own library; the shape of the answer is inferred"},
		{Verb: post, Path: "/api/v2/getSubscriberLists", Does: "lists the subscriber lists",
			Source: "vendor's site, mailing lists; the shape of the answer is inferred"},
		{Verb: http.MethodGet, Path: "/api/v1/getBalance", Does: "reads the balances", Source: "vendor's own library"},
	}
}
