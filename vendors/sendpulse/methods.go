package sendpulse

import (
	"net/http"

	"viberdeck/vendors"
)

// Methods lists the methods called at SendPulse, the paid call first.
func Methods() []vendors.Method {
	const get = http.MethodGet
	return []vendors.Method{
		{Verb: http.MethodPost, Path: "/viber", Does: "sends a campaign to at most 1000 phones or to an address book",
			Source: "Create a Viber campaign", Pays: true},
		{Verb: get, Path: "/viber/task", Does: "lists the campaigns, page by page", Source: "Get a list of campaigns"},
		{Verb: get, Path: "/viber/task/{id}", Does: "reads the figures of a campaign",
			Source: "Get statistics on a campaign"},
		{Verb: get, Path: "/viber/task/{id}/recipients", Does: "reads the people of a campaign",
			Source: "Get a list of Viber campaign recipients",
			Unkept: "task_id is the campaign asked about; send_date of a person counts where last_update is missing"},
		{Verb: get, Path: "/viber/senders", Does: "lists the senders", Source: "Get a list of sender names"},
		{Verb: get, Path: "/viber/senders/{id}", Does: "reads one sender", Source: "Get a sender name"},
		{Verb: get, Path: blacklistPath, Does: "reads the blacklist, page by page",
			Source: "Get a list of contacts in the blacklist",
			Unkept: "id and user_id of an entry: phones are added and removed by themselves"},
		{Verb: http.MethodPost, Path: blacklistPath, Does: "puts phones on the blacklist",
			Source: "Add phone number to the blacklist"},
		{Verb: http.MethodDelete, Path: blacklistPath, Does: "takes phones off the blacklist",
			Source: "Remove a phone number from the blacklist",
			Unkept: "deleted: phones that were not on it do not count"},
		{Verb: get, Path: "/addressbooks", Does: "lists the address books with the number of their phones",
			Source: "vendor's own library"},
		{Verb: get, Path: "/balance", Does: "reads the balance", Source: "third party"},
		{Verb: http.MethodPost, Path: "/oauth/access_token", Does: "gets a token for client_id and client_secret",
			Source: "vendor's site, API"},
	}
}
