package sendpulse

import (
	"net/http"
	"slices"

	"viberdeck/model"
	"viberdeck/vendors"
)

// refusals are the ways in which SendPulse refuses. Its document lists no errors; the meanings of
// HTTP statuses are from the vendor's own libraries, and the words are the names of request fields,
// which a refusal repeats.
var refusals = []vendors.Refusal{
	{Words: "invalid_client", Kind: model.KindDenied,
		Text: "SendPulse does not accept client_id and client_secret; fix the configuration"},
	{Words: "sender_id", Kind: model.KindInvalid, Field: "sender",
		Text: "SendPulse does not accept this sender; choose an active one from the senders list"},
	{Words: "sender", Kind: model.KindInvalid, Field: "sender",
		Text: "SendPulse does not accept this sender; choose an active one from the senders list"},
	{Words: "message_live_time", Kind: model.KindInvalid, Field: "lifetime",
		Text: "SendPulse takes a lifetime of 60 s to 24 h"},
	{Words: "stretch_time", Kind: model.KindInvalid, Field: "stretch",
		Text: "SendPulse sends gradually over 0 to 5 whole hours"},
	{Words: "send_date", Kind: model.KindInvalid, Field: "send_at",
		Text: "SendPulse does not accept this time; choose a later one, and check time_zone of the account"},
	{Words: "recipients", Kind: model.KindInvalid, Field: "phones",
		Text: "SendPulse does not accept the phones; at most 1000 go in one call"},
	{Words: "phone", Kind: model.KindInvalid, Field: "phones",
		Text: "SendPulse does not accept one of the phones; fix the list and send again"},
	{Words: "address_book", Kind: model.KindInvalid, Field: "list",
		Text: "SendPulse does not know this address book; choose one from its lists"},
	{Words: "template", Kind: model.KindInvalid, Field: "text",
		Text: "a transactional text must match an approved template; submit it at SendPulse, or send it as promotional"},
	{Words: "button", Kind: model.KindInvalid, Field: "button",
		Text: "SendPulse does not accept the button; fix its caption and address"},
	{Words: "image", Kind: model.KindInvalid, Field: "image_url",
		Text: "SendPulse does not accept the image; check that its address is public"},
	{Words: "balance", Kind: model.KindMoney,
		Text: "the balance at SendPulse does not cover it; top it up, then send again"},
	{Words: "not enough", Kind: model.KindMoney,
		Text: "the balance at SendPulse does not cover it; top it up, then send again"},
	{Words: "insufficient", Kind: model.KindMoney,
		Text: "the balance at SendPulse does not cover it; top it up, then send again"},
	{Words: "message_type", Kind: model.KindInvalid, Field: "class",
		Text: "SendPulse takes promotional and transactional messages"},
	{Words: "not found", Kind: model.KindNotFound,
		Text: "SendPulse does not know it; it may have been deleted there, or belong to another account"},
	{Words: "message", Status: http.StatusBadRequest, Kind: model.KindInvalid, Field: "text",
		Text: "SendPulse does not accept the text; it may have 1000 characters"},
	{Status: http.StatusPaymentRequired, Kind: model.KindMoney,
		Text: "the balance at SendPulse does not cover it; top it up, then send again"},
	{Status: http.StatusBadRequest, Kind: model.KindInvalid,
		Text: "SendPulse does not accept the request as it is; fix what it names"},
	{Status: http.StatusUnprocessableEntity, Kind: model.KindInvalid,
		Text: "SendPulse does not accept the request as it is; fix what it names"},
	{Status: http.StatusUnauthorized, Kind: model.KindDenied,
		Text: "SendPulse does not accept the credentials; fix client_id and client_secret, or api_key"},
	{Status: http.StatusForbidden, Kind: model.KindDenied,
		Text: "SendPulse does not allow this to the account or its plan; ask its support"},
	{Status: http.StatusNotFound, Kind: model.KindNotFound,
		Text: "SendPulse does not know it; check the id, and base_url in the configuration"},
}

// Refusals lists the ways in which SendPulse refuses, with their meaning and what to do. The first
// matching row counts.
func Refusals() []vendors.Refusal { return slices.Concat(refusals, vendors.LastRefusals("SendPulse")) }
