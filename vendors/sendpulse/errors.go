package sendpulse

import (
	"net/http"
	"slices"

	"viberdeck/model"
	"viberdeck/vendors"
)

// Refusals lists the ways in which SendPulse refuses, with their meaning and what to do. The first
// matching row counts. Its document lists no errors; the meanings of HTTP statuses are from the
// vendor's own libraries, and the words are the names of request fields, which a refusal repeats.
func Refusals() []vendors.Refusal {
	const name = "SendPulse"
	return slices.Concat([]vendors.Refusal{
		{Words: "invalid_client", Kind: model.KindDenied,
			Text: "SendPulse does not accept client_id and client_secret; fix the configuration"},
	}, vendors.SenderRefusal(name).Same("sender_id", "sender"), []vendors.Refusal{
		vendors.InvalidRefusal("message_live_time", "lifetime", "SendPulse takes a lifetime of 60 s to 24 h"),
		vendors.InvalidRefusal("stretch_time", "stretch", "SendPulse sends gradually over 0 to 5 whole hours"),
		vendors.InvalidRefusal("send_date", "send_at",
			"SendPulse does not accept this time; choose a later one, and check time_zone of the account"),
		vendors.InvalidRefusal("recipients", "phones",
			"SendPulse does not accept the phones; at most 1000 go in one call"),
	}, vendors.PhoneRefusal(name).Same("phone"), []vendors.Refusal{
		vendors.InvalidRefusal("address_book", "list",
			"SendPulse does not know this address book; choose one from its lists"),
		vendors.InvalidRefusal("template", "text",
			"a transactional text must match an approved template; submit it at SendPulse, or "+
				"send it as promotional"),
		vendors.InvalidRefusal("button", "button", "SendPulse does not accept the button; fix its caption and address"),
		vendors.InvalidRefusal("image", "image_url",
			"SendPulse does not accept the image; check that its address is public"),
	}, vendors.MoneyRefusal(name).Same("balance", "not enough", "insufficient"), []vendors.Refusal{
		vendors.InvalidRefusal("message_type", "class", "SendPulse takes promotional and transactional messages"),
	}, vendors.NotFoundRefusal(name).Same("not found"), []vendors.Refusal{
		{Words: "message", Status: http.StatusBadRequest, Kind: model.KindInvalid, Field: "text",
			Text: "SendPulse does not accept the text; it may have 1000 characters"},
	}, vendors.StatusRefusals(name, vendors.Refusal{Status: http.StatusUnauthorized, Kind: model.KindDenied,
		Text: "SendPulse does not accept the credentials; fix client_id and client_secret, or api_key"},
		vendors.Refusal{Status: http.StatusNotFound, Kind: model.KindNotFound,
			Text: "SendPulse does not know it; check the id, and base_url in the configuration"}))
}
