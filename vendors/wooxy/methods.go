package wooxy

import (
	"net/http"

	"viberdeck/vendors"
)

// Methods lists the methods called at Wooxy, the paid call first.
func Methods() []vendors.Method {
	const post = http.MethodPost
	return []vendors.Method{
		{Verb: post, Path: batchPath, Does: "sends a template to at most 100 contacts",
			Source: "Send Batch Triggered Viber message", Pays: true},
		{Verb: post, Path: "/v3/viber/blacklist/find", Does: "reads the Viber blacklist",
			Source: "vendor's site, Find contact in Viber black list; whether it lists without a phone is open"},
		{Verb: post, Path: "/v3/viber/blacklist/add", Does: "puts phones on the Viber blacklist, at most 100 a call",
			Source: "vendor's site, Add contact to Viber black list"},
		{Verb: post, Path: "/v3/viber/blacklist/remove",
			Does:   "takes a phone off the Viber blacklist; only with inferred = true",
			Source: "inferred from the phone blacklist's method"},
		{Verb: post, Path: "/v3/contact-list/find", Does: "lists the contact lists",
			Source: "vendor's site, Find contact list"},
		{Verb: post, Path: "/v3/contact-list/get", Does: "reads one contact list, for its domain",
			Source: "vendor's site, Get contact list"},
		{Verb: post, Path: "/v3/domain/find", Does: "finds the domain of a webhook", Source: "third party"},
		{Verb: post, Path: "/v3/account/info", Does: "reads the balance", Source: "third party"},
		{Verb: post, Path: "/v3/webhook/create", Does: "makes a webhook for delivery events",
			Source: "vendor's site, Webhook create"},
		{Verb: post, Path: "/v3/webhook/list", Does: "lists the webhooks", Source: "third party"},
		{Verb: post, Path: "/v3/webhook/remove", Does: "removes a webhook; only with inferred = true",
			Source: "third party; the name of its argument is inferred"},
	}
}
