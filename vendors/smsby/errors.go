package smsby

import (
	"net/http"
	"slices"

	"viberdeck/model"
	"viberdeck/vendors"
)

// refusals are the ways in which sms.by refuses. It mostly answers HTTP 200 with {"error":"text"};
// the texts are from its documents and its own libraries.
var refusals = []vendors.Refusal{
	{Words: "content url is not valid", Kind: model.KindInvalid, Field: "image_url",
		Text: "sms.by cannot read the image at its address; check that it is public and an image"},
	{Words: "optimal image size", Kind: model.KindInvalid, Field: "image_url",
		Text: "sms.by wants another image; 800×800 px is what it recommends"},
	{Words: "incorrect phone", Kind: model.KindInvalid, Field: "phones",
		Text: "sms.by does not accept one of the phones; fix the list and send again"},
	{Words: "invalid phone", Kind: model.KindInvalid, Field: "phones",
		Text: "sms.by does not accept one of the phones; fix the list and send again"},
	{Words: "button_link", Kind: model.KindInvalid, Field: "button.url",
		Text: "sms.by does not accept the button's address; it may have 150 characters"},
	{Words: "image_url", Kind: model.KindInvalid, Field: "image_url",
		Text: "sms.by does not accept the image's address; it must be public"},
	{Words: "alphaname", Kind: model.KindInvalid, Field: "sender",
		Text: "sms.by does not know this sender; choose one from the senders list"},
	{Words: "vibername", Kind: model.KindInvalid, Field: "sender",
		Text: "sms.by does not know this sender; choose one from the senders list"},
	{Words: "schedule", Kind: model.KindInvalid, Field: "send_at",
		Text: "sms.by does not accept this time; choose a later one"},
	{Words: "balance", Kind: model.KindMoney,
		Text: "the balance at sms.by does not cover it; top it up, then send again"},
	{Words: "not enough", Kind: model.KindMoney,
		Text: "the balance at sms.by does not cover it; top it up, then send again"},
	{Words: "insufficient", Kind: model.KindMoney,
		Text: "the balance at sms.by does not cover it; top it up, then send again"},
	{Words: "money", Kind: model.KindMoney,
		Text: "the balance at sms.by does not cover it; top it up, then send again"},
	{Words: "token", Kind: model.KindDenied,
		Text: "sms.by does not accept the token; look at app.sms.by/user-api/token and fix the configuration"},
	{Words: "api key", Kind: model.KindDenied,
		Text: "sms.by does not accept the token; look at app.sms.by/user-api/token and fix the configuration"},
	{Words: "unauthorized", Kind: model.KindDenied,
		Text: "sms.by does not accept the token; look at app.sms.by/user-api/token and fix the configuration"},
	{Words: "access denied", Kind: model.KindDenied,
		Text: "sms.by does not allow this to the account; ask its support"},
	{Words: "not found", Kind: model.KindNotFound,
		Text: "sms.by does not know it; it may have been deleted there, or belong to another account"},
	{Words: "limit exceeded", Kind: model.KindLimited,
		Text: "sms.by has had too many requests; it is asked again later"},
	{Status: http.StatusBadRequest, Kind: model.KindInvalid,
		Text: "sms.by does not accept the request as it is; fix what it names"},
	{Status: http.StatusUnauthorized, Kind: model.KindDenied,
		Text: "sms.by does not accept the token; look at app.sms.by/user-api/token and fix the configuration"},
	{Status: http.StatusForbidden, Kind: model.KindDenied,
		Text: "sms.by does not allow this to the account; ask its support"},
	{Status: http.StatusNotFound, Kind: model.KindInvalid, Field: "base_url",
		Text: "sms.by has no such page; check base_url in the configuration"},
}

// Refusals lists the ways in which sms.by refuses, with their meaning and what to do. The first
// matching row counts.
func Refusals() []vendors.Refusal { return slices.Concat(refusals, vendors.LastRefusals("sms.by")) }
