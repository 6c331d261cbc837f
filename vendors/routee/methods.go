package routee

import (
	"net/http"

	"viberdeck/vendors"
)

// Methods lists the methods called at Routee, the paid call first. The token comes from auth_url.
func Methods() []vendors.Method {
	return []vendors.Method{
		{Verb: http.MethodPost, Path: "/viber/campaign",
			Does: "sends a campaign to at most 1000 people, contacts or groups", Source: "Send a Viber Campaign",
			Pays: true, Unkept: "type, createdAt, to, campaignName, body, callbackUrl, inboundUrl, label and " +
				"isSessionMessage repeat the request; recipientCountries: the phone itself says its country"},
		{Verb: http.MethodDelete, Path: "/viber/campaign/{trackingId}",
			Does:   "deletes a campaign that is scheduled and has not begun",
			Source: "third party, Delete a scheduled Viber campaign"},
		{Verb: http.MethodGet, Path: "/viber/tracking/campaign/{trackingId}",
			Does:   "reads the messages of a campaign, page by page",
			Source: "vendor's site, Retrieve Viber tracking by campaign",
			Unkept: "from, country, message, applicationName, originatingService, direction, ttl, sessionMessage and " +
				"the parts of the message repeat the campaign"},
		{Verb: http.MethodGet, Path: "/viber/tracking/{trackingId}", Does: "reads one message",
			Source: "vendor's site, Retrieve single Viber tracking"},
		{Verb: http.MethodGet, Path: "/groups/my", Does: "lists the groups of contacts", Source: "third party"},
		{Verb: http.MethodGet, Path: "/groups/my/{name}", Does: "reads the size of a group", Source: "third party"},
		{Verb: http.MethodGet, Path: blacklistPath, Does: "reads the blacklist of Viber", Source: "third party"},
		{Verb: http.MethodPost, Path: blacklistPath, Does: "puts contacts on the blacklist, by their ids",
			Source: "vendor's site, Add contacts to blacklist; the shape of the body is contradictory"},
		{Verb: http.MethodDelete, Path: blacklistPath, Does: "takes contacts off the blacklist, by their ids",
			Source: "third party"},
		{Verb: http.MethodHead, Path: contactsPath + "/mobile", Does: "says whether a phone is a contact",
			Source: "third-party libraries"},
		{Verb: http.MethodGet, Path: contactsPath, Does: "finds the contacts of phones, page by page",
			Source: "third party"},
		{Verb: http.MethodPost, Path: contactsPath, Does: "makes a contact of a phone that is to be blocked",
			Source: "third party"},
		{Verb: http.MethodGet, Path: "/accounts/me/balance", Does: "reads the balance", Source: "third party"},
		{Verb: http.MethodPost, Path: tokenPath, Does: "gets a token, at auth_url",
			Source: "vendor's site, Get authenticated"},
	}
}
