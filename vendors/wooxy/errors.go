package wooxy

import (
	"net/http"
	"slices"

	"viberdeck/model"
	"viberdeck/vendors"
)

// Sentences shared by several rows.
const (
	fixToken = "Wooxy does not accept the access token; copy it again from Wooxy's settings and fix the " +
		"configuration"
	fixVariable = "Wooxy does not accept a variable; fix its name, or rename the column of the recipients' file"
	fixContacts = "Wooxy does not accept the contacts as they are; fix the recipients' file and send again"
	outOfOrder  = "Wooxy has an internal failure; look at its web office before anything is sent again"
)

// refusals are the ways in which Wooxy refuses: every error text of its document, in the document's
// order, with {name} for variable parts. The document gives no HTTP statuses, so those at the end
// are only for answers without a text. Person is the status of a contact under "failed".
var refusals = []vendors.Refusal{
	{Words: "Argument contactListId must be a string", Kind: model.KindInvalid, Field: "contact_list",
		Person: model.StatusRejected, Text: "Wooxy does not accept the contact list; give its id"},
	{Words: "Argument contactListId must be a non-empty string", Kind: model.KindInvalid, Field: "contact_list",
		Person: model.StatusRejected, Text: "Wooxy sends to people of a contact list; give its id"},
	{Words: "Contact list with id {contactListId} not found", Kind: model.KindNotFound, Field: "contact_list",
		Person: model.StatusRejected, Text: "Wooxy does not know the contact list; choose one from its lists"},
	{Words: "Each contact must contain contact field", Kind: model.KindInvalid, Field: "phones",
		Person: model.StatusRejected, Text: fixContacts},
	{Words: "Argument contacts must be an array of objects", Kind: model.KindInvalid, Field: "phones",
		Person: model.StatusRejected, Text: fixContacts},
	{Words: "Amount of contacts must be less or equal 100", Kind: model.KindInvalid, Field: "phones",
		Person: model.StatusRejected, Text: "Wooxy takes at most 100 contacts a call"},
	{Words: "No contacts to handle", Kind: model.KindInvalid, Field: "phones", Person: model.StatusRejected,
		Text: "Wooxy found no recipients; fix the recipients' file and send again"},
	{Words: "Duplicated as {contact}", Kind: model.KindConflict, Field: "phones", Person: model.StatusRejected,
		Text: "the person is in the same call under another contact, which counts; nothing is to be done"},
	{Words: "Contact not found", Kind: model.KindNotFound, Field: "phones", Person: model.StatusRejected,
		Text: "the contact is not in the contact list; add it there, or choose the list it is in"},
	{Words: "name of variable can not be empty", Kind: model.KindInvalid, Field: "variables",
		Person: model.StatusRejected, Text: fixVariable},
	{Words: "Argument templateId must be a non-empty string", Kind: model.KindInvalid, Field: "template",
		Person: model.StatusRejected, Text: "Wooxy sends only what a template says; give the id of an approved one"},
	{Words: "Template with id {templateId} not found", Kind: model.KindNotFound, Field: "template",
		Person: model.StatusRejected,
		Text:   "Wooxy does not know the template; copy its id from Wooxy's templates page"},
	{Words: "Argument tags must be an array", Kind: model.KindInvalid, Field: "tags", Person: model.StatusRejected,
		Text: "Wooxy does not accept the tags; write them as a list"},
	{Words: "Tag name must be a non-empty string", Kind: model.KindInvalid, Field: "tags", Person: model.StatusRejected,
		Text: "a tag is empty; take it out"},
	{Words: "Tags should be 50 characters or less", Kind: model.KindInvalid, Field: "tags",
		Person: model.StatusRejected, Text: "a tag has more than 50 characters; take a shorter one"},
	{Words: "Any tags starting with an underscore are reserved for internal use and will cause errors",
		Kind: model.KindInvalid, Field: "tags", Person: model.StatusRejected,
		Text: "a tag begins with an underscore, which Wooxy keeps for itself; rename it"},
	{Words: `Argument variables must be an array of arrays with "name" and "value" fields`, Kind: model.KindInvalid,
		Field: "variables", Person: model.StatusRejected, Text: fixVariable},
	{Words: "name of variable must be a string", Kind: model.KindInvalid, Field: "variables",
		Person: model.StatusRejected, Text: fixVariable},
	{Words: `variable "{name}" is reserved and can not be added as custom variable`, Kind: model.KindInvalid,
		Field: "variables", Person: model.StatusRejected,
		Text: "Wooxy keeps the name of a variable for itself; rename the variable or the column of the recipients' file"},
	{Words: "invalid name of variable {name}", Kind: model.KindInvalid, Field: "variables",
		Person: model.StatusRejected, Text: fixVariable},
	{Words: "Payment required", Kind: model.KindMoney, Person: model.StatusNoMoney,
		Text: "the balance at Wooxy does not cover it; top it up, then send again"},
	{Words: "Twig syntax error: {error}", Kind: model.KindInvalid, Field: "template", Person: model.StatusFailed,
		Text: "the template does not parse; fix it on Wooxy's templates page"},
	{Words: "Invalid authorization token!", Kind: model.KindDenied, Person: model.StatusRejected, Text: fixToken},
	{Words: "Internal server error", Kind: model.KindUnknown, Person: model.StatusFailed, Text: outOfOrder},
	{Words: "Bad Request", Kind: model.KindInvalid, Person: model.StatusRejected,
		Text: "Wooxy does not understand the request; look at its options, and at base_url in the configuration"},
	{Words: "no matches found for access token {accessToken}", Kind: model.KindDenied, Person: model.StatusRejected,
		Text: fixToken},
	{Words: "user {id} not enabled", Kind: model.KindDenied, Person: model.StatusRejected,
		Text: "the user of the access token is switched off at Wooxy; ask its support"},
	{Words: "no data found for key {userId}", Kind: model.KindDenied, Person: model.StatusRejected,
		Text: "Wooxy no longer knows the user of the access token; make a new token and fix the configuration"},
	{Words: "access token check failed for key/secret {key}/{accessToken}", Kind: model.KindDenied,
		Person: model.StatusRejected, Text: fixToken},
	{Words: "Argument {argument} required", Kind: model.KindInvalid, Person: model.StatusRejected,
		Text: "Wooxy finds something missing in the request; its message names it"},
	{Words: "Argument device must be a non-empty string", Kind: model.KindInvalid, Field: "device",
		Person: model.StatusRejected, Text: "the device is empty; leave it out, or write all or phone"},
	{Words: "Argument device must be in [all, phone]", Kind: model.KindInvalid, Field: "device",
		Person: model.StatusRejected, Text: "Wooxy has the devices all and phone"},
	{Words: "Argument senderId must be a non-empty string", Kind: model.KindInvalid, Field: "sender",
		Person: model.StatusRejected,
		Text:   "the sender is empty; leave it out for Wooxy's default, or name one of the account"},
	{Words: "There is no registered senderId {id} in account", Kind: model.KindInvalid, Field: "sender",
		Person: model.StatusRejected,
		Text:   "the account does not have this sender; choose one of its own, or leave it out for Wooxy's default"},
	{Words: "Sender with senderId {id} not registered in account", Kind: model.KindInvalid, Field: "sender",
		Person: model.StatusRejected,
		Text:   "the sender belongs to another account; choose one of its own, or leave it out for Wooxy's default"},
	{Words: "Sender with senderId {id} not approved", Kind: model.KindInvalid, Field: "sender",
		Person: model.StatusRejected,
		Text:   "the sender is not approved yet; choose an approved one, or leave it out for Wooxy's default"},
	{Words: "Country of contact is not allowed for senderId {id}", Kind: model.KindInvalid, Field: "sender",
		Person: model.StatusRejected,
		Text:   "the sender may not send to the person's country; choose another one for this country"},
	{Words: "No default senderId registered for country", Kind: model.KindInvalid, Field: "sender",
		Person: model.StatusRejected,
		Text:   "Wooxy has no default sender for the person's country; name a sender of the account"},
	{Words: "Argument ttl must be a positive integer", Kind: model.KindInvalid, Field: "lifetime",
		Person: model.StatusRejected, Text: "Wooxy takes a lifetime of 30 minutes to 72 hours in whole seconds"},
	{Words: "Template {id} is rejected", Kind: model.KindInvalid, Field: "template", Person: model.StatusRejected,
		Text: "the template was rejected by its moderators; fix it at Wooxy and submit it again"},
	{Words: "Template {id} is not approved", Kind: model.KindInvalid, Field: "template", Person: model.StatusRejected,
		Text: "the template is not approved yet; wait for it or choose another one"},
	{Words: "Template {id} is not allowed to use in restricted country", Kind: model.KindInvalid, Field: "template",
		Person: model.StatusRejected,
		Text:   "the template may not be used in the person's country; choose one that is approved for it"},
	{Words: "Contact is not active", Kind: model.KindInvalid, Field: "phones", Person: model.StatusRejected,
		Text: "the contact is not active in the contact list; leave the person out"},
	{Words: "Tag {tag} is not registered in account tags", Kind: model.KindNotFound, Field: "tags",
		Person: model.StatusRejected,
		Text:   "the account does not have the tag; make it in Wooxy's tags section or take it out"},
	{Status: http.StatusPaymentRequired, Kind: model.KindMoney, Person: model.StatusNoMoney,
		Text: "the balance at Wooxy does not cover it; top it up, then send again"},
	{Status: http.StatusUnauthorized, Kind: model.KindDenied, Person: model.StatusRejected, Text: fixToken},
	{Status: http.StatusForbidden, Kind: model.KindDenied, Person: model.StatusRejected,
		Text: "Wooxy does not allow this to the account or its plan; ask its support"},
	{Status: http.StatusNotFound, Kind: model.KindNotFound, Person: model.StatusRejected,
		Text: "Wooxy has no such method or does not know what was named; check base_url in the configuration"},
	{Status: http.StatusTooManyRequests, Kind: model.KindLimited, Person: model.StatusRejected,
		Text: "Wooxy has had too many requests at once; it is asked again later"},
	{Status: http.StatusInternalServerError, Kind: model.KindUnknown, Person: model.StatusFailed, Text: outOfOrder},
	{Kind: model.KindInvalid, Person: model.StatusRejected, Text: "Wooxy refused; its message says why"},
}

// Refusals lists the ways in which Wooxy refuses, with their meaning and what to do. The first
// matching row counts.
func Refusals() []vendors.Refusal { return slices.Clone(refusals) }

// explained returns the row for the vendor's words; ok is false for undocumented words.
func explained(words string) (r vendors.Refusal, ok bool) {
	for _, r := range refusals {
		if r.Words != "" && r.Fits(words) {
			return r, true
		}
	}
	return vendors.Refusal{}, false
}
