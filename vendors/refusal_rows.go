package vendors

import (
	"cmp"
	"net/http"
	"slices"

	"viberdeck/model"
)

// Same returns one row for each of the vendor's words, which all mean the same.
func (r Refusal) Same(words ...string) []Refusal {
	rows := make([]Refusal, len(words))
	for i, w := range words {
		rows[i] = r
		rows[i].Words = w
	}
	return rows
}

// InvalidRefusal is the row of a field of the campaign file that the vendor does not accept.
func InvalidRefusal(words, field, text string) Refusal {
	return Refusal{Words: words, Kind: model.KindInvalid, Field: field, Text: text}
}

// MoneyRefusal is the row of a balance that is too low.
func MoneyRefusal(vendor string) Refusal {
	return Refusal{Kind: model.KindMoney, Vendor: vendor,
		Text: "the balance at %s does not cover it; top it up, then send again"}
}

// RequestRefusal is the row of a request in which something is wrong.
func RequestRefusal(vendor string) Refusal {
	return Refusal{Kind: model.KindInvalid, Vendor: vendor,
		Text: "%s does not accept the request as it is; fix what its message names"}
}

// PhoneRefusal is the row of a phone that the vendor does not accept.
func PhoneRefusal(vendor string) Refusal {
	return Refusal{Kind: model.KindInvalid, Field: "phones", Vendor: vendor,
		Text: "%s does not accept one of the phones; fix the list and send again"}
}

// SenderRefusal is the row of a sender that the vendor does not know.
func SenderRefusal(vendor string) Refusal {
	return Refusal{Kind: model.KindInvalid, Field: "sender", Vendor: vendor,
		Text: "%s does not accept this sender; choose an active one from the senders list"}
}

// NotFoundRefusal is the row of something that the vendor does not know.
func NotFoundRefusal(vendor string) Refusal {
	return Refusal{Kind: model.KindNotFound, Vendor: vendor,
		Text: "%s does not know it; it may have been deleted there, or belong to another account"}
}

// StatusRefusals end a vendor's table: they apply where its words do not help. own are the rows for
// the HTTP statuses that mean something else at this vendor than at others.
func StatusRefusals(vendor string, own ...Refusal) []Refusal {
	at := func(status int, r Refusal) Refusal {
		r.Status = status
		return r
	}
	all := slices.Clone(own)
	for _, r := range []Refusal{
		at(http.StatusPaymentRequired, MoneyRefusal(vendor)),
		at(http.StatusBadRequest, RequestRefusal(vendor)),
		at(http.StatusUnprocessableEntity, RequestRefusal(vendor)),
		{Status: http.StatusForbidden, Kind: model.KindDenied,
			Text: "%s does not allow this to the account or its plan; ask its support"},
		at(http.StatusNotFound, NotFoundRefusal(vendor)),
		{Status: http.StatusTooManyRequests, Kind: model.KindLimited,
			Text: "%s has had too many requests; it is asked again later"},
		{Status: http.StatusInternalServerError, Kind: model.KindOffline, Text: "%s is out of order; try again later"},
	} {
		r.Vendor = vendor
		if !slices.ContainsFunc(own, func(o Refusal) bool { return o.Status == r.Status }) {
			all = append(all, r)
		}
	}
	slices.SortFunc(all, func(a, b Refusal) int { return cmp.Compare(a.Status, b.Status) })
	return append(all, Refusal{Kind: model.KindInvalid, Text: "%s refused; its message says why", Vendor: vendor})
}
