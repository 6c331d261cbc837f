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

// Refusals lists the ways in which Wooxy refuses, with their meaning and what to do: every error
// text of its document, in the document's order, with {name} for variable parts. The first matching
// row counts. The document gives no HTTP statuses, so those at the end are only for answers without
// a text. Person is the status of a contact under "failed".
func Refusals() []vendors.Refusal {
	const name = "Wooxy"
	all := slices.Concat(refusedContacts(), refusedTemplates(), vendors.MoneyRefusal(name).Same("Payment required"),
		refusedAccess(), refusedFields(), vendors.StatusRefusals(name,
			vendors.Refusal{Status: http.StatusUnauthorized, Kind: model.KindDenied, Text: fixToken},
			vendors.Refusal{Status: http.StatusNotFound, Kind: model.KindNotFound,
				Text: "Wooxy has no such method or " +
					"does not know what was named; check base_url in the configuration"},
			vendors.Refusal{Status: http.StatusInternalServerError, Kind: model.KindUnknown, Person: model.StatusFailed,
				Text: outOfOrder}))
	for i := range all {
		if r := &all[i]; r.Kind == model.KindMoney {
			r.Person = model.StatusNoMoney
		} else if r.Person == model.StatusUnknown {
			r.Person = model.StatusRejected
		}
	}
	return all
}

// refusedContacts are refusals of the people of a send.
func refusedContacts() []vendors.Refusal {
	return []vendors.Refusal{
		vendors.InvalidRefusal("Argument contactListId must be a string", "contact_list",
			"Wooxy does not accept the contact list; give its id"),
		vendors.InvalidRefusal("Argument contactListId must be a non-empty string", "contact_list",
			"Wooxy sends to people of a contact list; give its id"),
		{Words: "Contact list with id {contactListId} not found", Kind: model.KindNotFound, Field: "contact_list",
			Text: "Wooxy does not know the contact list; choose one from its lists"},
		vendors.InvalidRefusal("Each contact must contain contact field", "phones", fixContacts),
		vendors.InvalidRefusal("Argument contacts must be an array of objects", "phones", fixContacts),
		vendors.InvalidRefusal("Amount of contacts must be less or equal 100", "phones",
			"Wooxy takes at most 100 contacts a call"),
		vendors.InvalidRefusal("No contacts to handle", "phones",
			"Wooxy found no recipients; fix the recipients' file and send again"),
		{Words: "Duplicated as {contact}", Kind: model.KindConflict, Field: "phones",
			Text: "the person is in the same call under another contact, which counts; nothing is to be done"},
		{Words: "Contact not found", Kind: model.KindNotFound, Field: "phones",
			Text: "the contact is not in the contact list; add it there, or choose the list it is in"},
		vendors.InvalidRefusal("name of variable can not be empty", "variables", fixVariable),
	}
}

// refusedTemplates are refusals of a template, its tags and variables.
func refusedTemplates() []vendors.Refusal {
	return []vendors.Refusal{
		vendors.InvalidRefusal("Argument templateId must be a non-empty string", "template",
			"Wooxy sends only what a template says; give the id of an approved one"),
		{Words: "Template with id {templateId} not found", Kind: model.KindNotFound, Field: "template",
			Text: "Wooxy does not know the template; copy its id from Wooxy's templates page"},
		vendors.InvalidRefusal("Argument tags must be an array", "tags",
			"Wooxy does not accept the tags; write them as a list"),
		vendors.InvalidRefusal("Tag name must be a non-empty string", "tags", "a tag is empty; take it out"),
		vendors.InvalidRefusal("Tags should be 50 characters or less", "tags",
			"a tag has more than 50 characters; take a shorter one"),
		{Words: "Any tags starting with an underscore are reserved for internal use and will cause errors",
			Kind: model.KindInvalid, Field: "tags",
			Text: "a tag begins with an underscore, which Wooxy keeps for itself; rename it"},
		vendors.InvalidRefusal(`Argument variables must be an array of arrays with "name" and "value" fields`,
			"variables", fixVariable),
		vendors.InvalidRefusal("name of variable must be a string", "variables", fixVariable),
		vendors.InvalidRefusal(`variable "{name}" is reserved and can not be added as custom variable`, "variables",
			"Wooxy keeps the name of a variable for itself; rename the variable or the column of the recipients' file"),
		vendors.InvalidRefusal("invalid name of variable {name}", "variables", fixVariable),
	}
}

// refusedAccess are refusals of the credentials, and failures.
func refusedAccess() []vendors.Refusal {
	return []vendors.Refusal{
		{Words: "Twig syntax error: {error}", Kind: model.KindInvalid, Field: "template", Person: model.StatusFailed,
			Text: "the template does not parse; fix it on Wooxy's templates page"},
		{Words: "Invalid authorization token!", Kind: model.KindDenied, Text: fixToken},
		{Words: "Internal server error", Kind: model.KindUnknown, Person: model.StatusFailed, Text: outOfOrder},
		{Words: "Bad Request", Kind: model.KindInvalid,
			Text: "Wooxy does not understand the request; look at its options, and at base_url in the configuration"},
		{Words: "no matches found for access token {accessToken}", Kind: model.KindDenied, Text: fixToken},
		{Words: "user {id} not enabled", Kind: model.KindDenied,
			Text: "the user of the access token is switched off at Wooxy; ask its support"},
		{Words: "no data found for key {userId}", Kind: model.KindDenied,
			Text: "Wooxy no longer knows the user of the access token; make a new token and fix the configuration"},
		{Words: "access token check failed for key/secret {key}/{accessToken}", Kind: model.KindDenied,
			Text: fixToken},
	}
}

// refusedFields are refusals of the options of a send, of its template and sender.
func refusedFields() []vendors.Refusal {
	return []vendors.Refusal{
		{Words: "Argument {argument} required", Kind: model.KindInvalid,
			Text: "Wooxy finds something missing in the request; its message names it"},
		vendors.InvalidRefusal("Argument device must be a non-empty string", "device",
			"the device is empty; leave it out, or write all or phone"),
		vendors.InvalidRefusal("Argument device must be in [all, phone]", "device",
			"Wooxy has the devices all and phone"),
		vendors.InvalidRefusal("Argument senderId must be a non-empty string", "sender",
			"the sender is empty; leave it out for Wooxy's default, or name one of the account"),
		vendors.InvalidRefusal("There is no registered senderId {id} in account", "sender",
			"the account does not have this sender; choose one of its own, or leave it out for Wooxy's default"),
		vendors.InvalidRefusal("Sender with senderId {id} not registered in account", "sender",
			"the sender belongs to another account; choose one of its own, or leave it out for Wooxy's default"),
		vendors.InvalidRefusal("Sender with senderId {id} not approved", "sender",
			"the sender is not approved yet; choose an approved one, or leave it out for Wooxy's default"),
		vendors.InvalidRefusal("Country of contact is not allowed for senderId {id}", "sender",
			"the sender may not send to the person's country; choose another one for this country"),
		vendors.InvalidRefusal("No default senderId registered for country", "sender",
			"Wooxy has no default sender for the person's country; name a sender of the account"),
		vendors.InvalidRefusal("Argument ttl must be a positive integer", "lifetime",
			"Wooxy takes a lifetime of 30 minutes to 72 hours in whole seconds"),
		vendors.InvalidRefusal("Template {id} is rejected", "template",
			"the template was rejected by its moderators; fix it at Wooxy and submit it again"),
		vendors.InvalidRefusal("Template {id} is not approved", "template",
			"the template is not approved yet; wait for it or choose another one"),
		vendors.InvalidRefusal("Template {id} is not allowed to use in restricted country", "template",
			"the template may not be used in the person's country; choose one that is approved for it"),
		vendors.InvalidRefusal("Contact is not active", "phones",
			"the contact is not active in the contact list; leave the person out"),
		{Words: "Tag {tag} is not registered in account tags", Kind: model.KindNotFound, Field: "tags",
			Text: "the account does not have the tag; make it in Wooxy's tags section or take it out"},
	}
}

// explained returns the row for the vendor's words; ok is false for undocumented words.
func explained(words string) (r vendors.Refusal, ok bool) {
	for _, r := range Refusals() {
		if r.Words != "" && r.Fits(words) {
			return r, true
		}
	}
	return vendors.Refusal{}, false
}
