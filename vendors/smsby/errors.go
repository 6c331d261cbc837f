package smsby

import (
	"net/http"
	"slices"

	"viberdeck/model"
	"viberdeck/vendors"
)

// Refusals lists the ways in which sms.by refuses, with their meaning and what to do. The first
// matching row counts. It mostly answers HTTP 200 with {"error":"text"}; the texts are from its
// documents and its own libraries.
func Refusals() []vendors.Refusal {
	const name = "sms.by"
	token := vendors.Refusal{Kind: model.KindDenied,
		Text: "sms.by does not accept the token; look at app.sms.by/user-api/token and fix the configuration"}
	badToken := token
	badToken.Status = http.StatusUnauthorized
	return slices.Concat([]vendors.Refusal{
		vendors.InvalidRefusal("content url is not valid", "image_url",
			"sms.by cannot read the image at its address; check that it is public and an image"),
		vendors.InvalidRefusal("optimal image size", "image_url",
			"sms.by wants another image; 800×800 px is what it recommends"),
	}, vendors.PhoneRefusal(name).Same("incorrect phone", "invalid phone"), []vendors.Refusal{
		vendors.InvalidRefusal("button_link", "button.url",
			"sms.by does not accept the button's address; it may have 150 characters"),
		vendors.InvalidRefusal("image_url", "image_url",
			"sms.by does not accept the image's address; it must be public"),
	}, vendors.SenderRefusal(name).Same("alphaname", "vibername"), []vendors.Refusal{
		vendors.InvalidRefusal("schedule", "send_at", "sms.by does not accept this time; choose a later one"),
	}, vendors.MoneyRefusal(name).Same("balance", "not enough", "insufficient", "money"),
		token.Same("token", "api key", "unauthorized"), []vendors.Refusal{
			{Words: "access denied", Kind: model.KindDenied,
				Text: "sms.by does not allow this to the account; ask its support"},
		}, vendors.NotFoundRefusal(name).Same("not found"), []vendors.Refusal{
			{Words: "limit exceeded", Kind: model.KindLimited,
				Text: "sms.by has had too many requests; it is asked again later"},
		}, vendors.StatusRefusals(name, badToken, vendors.Refusal{Status: http.StatusNotFound, Kind: model.KindInvalid,
			Field: "base_url", Text: "sms.by has no such page; check base_url in the configuration"}))
}
