package routee

import (
	"maps"
	"net/http"
	"slices"
	"strings"

	"viberdeck/model"
	"viberdeck/vendors"
)

// Codes that decide the outcome of a batch.
const (
	codeNameTaken  = "409009003"
	codeBadNumbers = "400019002/001"
)

// Refusals lists the ways in which Routee refuses, with their meaning and what to do. The first
// matching row counts. Words are matched against "code (errorCode: inner) message; field: message",
// the document's notation: the answer has the parts in different places.
func Refusals() []vendors.Refusal {
	const name = "Routee"
	return slices.Concat(vendors.MoneyRefusal(name).Same("400001009"), refusedMessages(), refusedFields(),
		vendors.RequestRefusal(name).Same("400000000"), vendors.StatusRefusals(name,
			vendors.Refusal{Status: http.StatusUnauthorized, Kind: model.KindDenied,
				Text: "Routee does not accept the " +
					"credentials; check application_id and application_secret in the configuration"},
			vendors.Refusal{Status: http.StatusForbidden, Kind: model.KindDenied,
				Text: "Routee does not allow this to the " +
					"application; check its rights and its list of allowed IP addresses at Routee"},
			vendors.Refusal{Status: http.StatusConflict, Kind: model.KindConflict,
				Text: "Routee has it already; look there before trying again"}))
}

// refusedMessages are refusals of what a message consists of.
func refusedMessages() []vendors.Refusal {
	return []vendors.Refusal{
		vendors.InvalidRefusal("400019002 (errorcode: 001)", "phones",
			"Routee does not accept one of the phones, and therefore none; fix the list and send again"),
		vendors.InvalidRefusal("400019002 (errorcode: 007)", "text",
			"Routee does not have this layout; it sends text, image, file, text with button, text with image "+
				"and button"),
		vendors.InvalidRefusal("400019002 (errorcode: 016)", "file.url",
			"the file is larger than 600 KB; make it smaller"),
		vendors.InvalidRefusal("400019002 (errorcode: 019)", "file.type",
			"Routee does not send this type of file; give a document, a sheet, a text or a pdf"),
		vendors.InvalidRefusal("400019002 (errorcode: 020)", "class",
			"a session message is a text, an image or a file alone; change the layout or the class"),
		vendors.InvalidRefusal("video message is not supported by viber session", "class",
			"a session message has no video; change the class or take the video out"),
		vendors.InvalidRefusal("the supported types are: video", "video",
			"a video goes alone, with a text, or with a text and an image"),
		vendors.InvalidRefusal("wrong message type combination", "text",
			"Routee does not have this layout; change the parts of the message"),
		vendors.InvalidRefusal("bad_thumbnail", "video.thumbnail",
			"the address of the video's thumbnail may have 1000 characters"),
		vendors.InvalidRefusal("size of the video", "video.size_mb", "a video may have 200 MB; make it smaller"),
		vendors.InvalidRefusal("video duration", "video.duration_s", "a video may last 600 seconds; make it shorter"),
		vendors.InvalidRefusal("value of ttl", "lifetime", "Routee takes a lifetime of 30 s to 24 h"),
		vendors.InvalidRefusal("image url length", "image_url", "the image's address may have 1000 characters"),
		vendors.InvalidRefusal("image url should be secure", "image_url",
			"the image's address must begin with https://"),
		vendors.InvalidRefusal("image url should be valid", "image_url",
			"Routee does not accept the image's address; check that it is complete and public"),
	}
}

// refusedFields are refusals of a field of the request, and of a campaign as a whole.
func refusedFields() []vendors.Refusal {
	return []vendors.Refusal{
		{Words: "404002001", Kind: model.KindNotFound, Field: "phones",
			Text: "Routee does not know one of the contacts; read the contacts again"},
		{Words: "404001001", Kind: model.KindDenied,
			Text: "Routee does not know the account; check the credentials in the configuration"},
		{Words: "404020001", Kind: model.KindNotFound, Field: "sender",
			Text: "Routee does not know this sender; copy its id from Routee's web platform into the configuration"},
		{Words: "404019006", Kind: model.KindNotFound,
			Text: "Routee does not know this message; it may belong to another account"},
		{Words: codeNameTaken, Kind: model.KindConflict, Field: "name",
			Text: "Routee has a campaign of this name already; choose another name"},
		vendors.InvalidRefusal("campaignname", "name",
			"Routee takes names of 2 to 30 Latin letters, digits, spaces and -"),
		vendors.InvalidRefusal("senderinfotrackingid", "sender",
			"Routee does not accept this sender; copy its id from Routee's web platform"),
		vendors.InvalidRefusal("scheduleddate", "send_at", "Routee does not accept this time; choose a later one"),
		vendors.InvalidRefusal("callbackurl", "callback_url",
			"Routee does not accept the callback address; check that it is complete and public"),
		vendors.InvalidRefusal("inboundurl", "inbound_url",
			"Routee does not accept the address for replies; check that it is complete and public"),
		vendors.InvalidRefusal("caption", "button.caption", "a button's caption has 1 to 30 characters"),
		vendors.InvalidRefusal("targeturl", "button.url",
			"Routee does not accept the button's address; check that it is complete"),
		vendors.InvalidRefusal("filename", "file.name", "a file's name may have 25 characters"),
		vendors.InvalidRefusal("filetype", "file.type",
			"Routee does not send this type of file; give a document, a sheet, a text or a pdf"),
		vendors.InvalidRefusal("fileurl", "file.url",
			"Routee does not accept the file's address; check that it is complete and public"),
		vendors.InvalidRefusal("videourl", "video.url",
			"Routee does not accept the video's address; it begins with https:// and has at most 1000 characters"),
		vendors.InvalidRefusal("imageurl", "image_url",
			"Routee does not accept the image's address; it begins with https:// and has at most 1000 characters"),
		{Words: "ttl", Status: http.StatusBadRequest, Kind: model.KindInvalid, Field: "lifetime",
			Text: "Routee takes a lifetime of 30 s to 24 h"},
		{Words: "400019002", Kind: model.KindInvalid,
			Text: "Routee does not accept the campaign as it is; fix what its message names"},
	}
}

// refusal is the body of a refusal. Its inner error code appears only in the document, as prose: it
// is looked for beside the code, among the properties and in the text.
type refusal struct {
	Code        lenient            `json:"code"`
	Inner       lenient            `json:"errorCode"`
	Message     lenient            `json:"developerMessage"`
	Properties  map[string]lenient `json:"properties"`
	Error       lenient            `json:"error"` // OAuth style
	Description lenient            `json:"error_description"`
	Other       lenient            `json:"message"`
}

// lenient is a text of any shape: a value that is not a scalar stays JSON, null and false are "".
type lenient string

// UnmarshalJSON never fails.
func (l *lenient) UnmarshalJSON(b []byte) error {
	var t vendors.String
	if t.UnmarshalJSON(b) != nil {
		t = vendors.String(b)
	}
	if t == "false" {
		t = ""
	}
	*l = lenient(t)
	return nil
}

var innerCode = model.NewPattern(`(?i)\(?\berrorCode\W{1,4}(\d{3})\b\)?`)

// refused reports whether Routee refused: by status, or with status 200 by a failure code or an
// error.
func (a *Adapter) refused(resp vendors.Response) *model.Error {
	var answer refusal
	if !resp.Object(&answer) {
		answer.Properties = nil // of another shape
	}
	failed := answer.Error != "" || answer.Message != "" || strings.HasPrefix(string(answer.Code), "4") &&
		len(answer.Code) == 9
	if resp.OK() && !failed {
		return nil
	}
	code, words := answer.words()
	e := vendors.Explain(a.client, resp, words, Refusals())
	if code != "" {
		e.Code = a.client.Clean(code)
	}
	return e
}

// words returns the code, "400019002/001" if there is an inner one, and the whole message in the
// document's notation.
func (r refusal) words() (code, words string) {
	code = string(r.Code)
	message := strings.TrimSpace(strings.Join(nonEmpty(r.Message, r.Error, r.Description, r.Other), "; "))
	inner := string(r.Inner)
	for name, value := range r.Properties {
		if strings.EqualFold(name, "errorCode") {
			inner = string(value)
		}
	}
	if found := innerCode().FindStringSubmatch(message); found != nil {
		if inner == "" {
			inner = found[1]
		}
		message = strings.TrimSpace(strings.Replace(message, found[0], "", 1))
	}
	parts := nonEmpty(lenient(message))
	for _, name := range slices.Sorted(maps.Keys(r.Properties)) {
		if value := string(r.Properties[name]); !strings.EqualFold(name, "errorCode") && value != message {
			parts = append(parts, name+": "+value)
		} else if value == message {
			parts = append(parts, name)
		}
	}
	words = code
	if inner != "" {
		words += " (errorCode: " + inner + ")"
		code += "/" + inner
	}
	return code, strings.TrimSpace(words + " " + strings.Join(parts, "; "))
}

func nonEmpty(texts ...lenient) []string {
	var all []string
	for _, t := range texts {
		if t != "" {
			all = append(all, string(t))
		}
	}
	return all
}
