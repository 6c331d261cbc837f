package routee

import (
	"maps"
	"net/http"
	"regexp"
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

// refusals are the ways in which Routee refuses. Words are matched against "code (errorCode: inner)
// message; field: message", the document's notation: the answer has the parts in different places.
var refusals = []vendors.Refusal{
	{Words: "400001009", Kind: model.KindMoney,
		Text: "the balance at Routee does not cover it; top it up, then send again"},
	{Words: "400019002 (errorcode: 001)", Kind: model.KindInvalid, Field: "phones",
		Text: "Routee does not accept one of the phones, and therefore none; fix the list and send again"},
	{Words: "400019002 (errorcode: 007)", Kind: model.KindInvalid, Field: "text",
		Text: "Routee does not have this layout; it sends text, image, file, text with button, text with image " +
			"and button"},
	{Words: "400019002 (errorcode: 016)", Kind: model.KindInvalid, Field: "file.url",
		Text: "the file is larger than 600 KB; make it smaller"},
	{Words: "400019002 (errorcode: 019)", Kind: model.KindInvalid, Field: "file.type",
		Text: "Routee does not send this type of file; give a document, a sheet, a text or a pdf"},
	{Words: "400019002 (errorcode: 020)", Kind: model.KindInvalid, Field: "class",
		Text: "a session message is a text, an image or a file alone; change the layout or the class"},
	{Words: "video message is not supported by viber session", Kind: model.KindInvalid, Field: "class",
		Text: "a session message has no video; change the class or take the video out"},
	{Words: "the supported types are: video", Kind: model.KindInvalid, Field: "video",
		Text: "a video goes alone, with a text, or with a text and an image"},
	{Words: "wrong message type combination", Kind: model.KindInvalid, Field: "text",
		Text: "Routee does not have this layout; change the parts of the message"},
	{Words: "bad_thumbnail", Kind: model.KindInvalid, Field: "video.thumbnail",
		Text: "the address of the video's thumbnail may have 1000 characters"},
	{Words: "size of the video", Kind: model.KindInvalid, Field: "video.size_mb",
		Text: "a video may have 200 MB; make it smaller"},
	{Words: "video duration", Kind: model.KindInvalid, Field: "video.duration_s",
		Text: "a video may last 600 seconds; make it shorter"},
	{Words: "value of ttl", Kind: model.KindInvalid, Field: "lifetime",
		Text: "Routee takes a lifetime of 30 s to 24 h"},
	{Words: "image url length", Kind: model.KindInvalid, Field: "image_url",
		Text: "the image's address may have 1000 characters"},
	{Words: "image url should be secure", Kind: model.KindInvalid, Field: "image_url",
		Text: "the image's address must begin with https://"},
	{Words: "image url should be valid", Kind: model.KindInvalid, Field: "image_url",
		Text: "Routee does not accept the image's address; check that it is complete and public"},
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
	{Words: "campaignname", Kind: model.KindInvalid, Field: "name",
		Text: "Routee takes names of 2 to 30 Latin letters, digits, spaces and -"},
	{Words: "senderinfotrackingid", Kind: model.KindInvalid, Field: "sender",
		Text: "Routee does not accept this sender; copy its id from Routee's web platform"},
	{Words: "scheduleddate", Kind: model.KindInvalid, Field: "send_at",
		Text: "Routee does not accept this time; choose a later one"},
	{Words: "callbackurl", Kind: model.KindInvalid, Field: "callback_url",
		Text: "Routee does not accept the callback address; check that it is complete and public"},
	{Words: "inboundurl", Kind: model.KindInvalid, Field: "inbound_url",
		Text: "Routee does not accept the address for replies; check that it is complete and public"},
	{Words: "caption", Kind: model.KindInvalid, Field: "button.caption",
		Text: "a button's caption has 1 to 30 characters"},
	{Words: "targeturl", Kind: model.KindInvalid, Field: "button.url",
		Text: "Routee does not accept the button's address; check that it is complete"},
	{Words: "filename", Kind: model.KindInvalid, Field: "file.name", Text: "a file's name may have 25 characters"},
	{Words: "filetype", Kind: model.KindInvalid, Field: "file.type",
		Text: "Routee does not send this type of file; give a document, a sheet, a text or a pdf"},
	{Words: "fileurl", Kind: model.KindInvalid, Field: "file.url",
		Text: "Routee does not accept the file's address; check that it is complete and public"},
	{Words: "videourl", Kind: model.KindInvalid, Field: "video.url",
		Text: "Routee does not accept the video's address; it begins with https:// and has at most 1000 characters"},
	{Words: "imageurl", Kind: model.KindInvalid, Field: "image_url",
		Text: "Routee does not accept the image's address; it begins with https:// and has at most 1000 characters"},
	{Words: "ttl", Status: http.StatusBadRequest, Kind: model.KindInvalid, Field: "lifetime",
		Text: "Routee takes a lifetime of 30 s to 24 h"},
	{Words: "400019002", Kind: model.KindInvalid,
		Text: "Routee does not accept the campaign as it is; fix what its message names"},
	{Words: "400000000", Kind: model.KindInvalid,
		Text: "Routee does not accept the request as it is; fix what its message names"},
	{Status: http.StatusBadRequest, Kind: model.KindInvalid,
		Text: "Routee does not accept the request as it is; fix what its message names"},
	{Status: http.StatusUnauthorized, Kind: model.KindDenied,
		Text: "Routee does not accept the credentials; check application_id and application_secret in the configuration"},
	{Status: http.StatusForbidden, Kind: model.KindDenied,
		Text: "Routee does not allow this to the application; check its rights and its list of allowed IP addresses " +
			"at Routee"},
	{Status: http.StatusNotFound, Kind: model.KindNotFound,
		Text: "Routee does not know it; it may have been deleted there, or belong to another account"},
	{Status: http.StatusConflict, Kind: model.KindConflict,
		Text: "Routee has it already; look there before trying again"},
}

// Refusals lists the ways in which Routee refuses, with their meaning and what to do. The first
// matching row counts.
func Refusals() []vendors.Refusal { return slices.Concat(refusals, vendors.LastRefusals("Routee")) }

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

var innerCode = regexp.MustCompile(`(?i)\(?\berrorCode\W{1,4}(\d{3})\b\)?`)

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
	if found := innerCode.FindStringSubmatch(message); found != nil {
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
