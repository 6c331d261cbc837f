package programtest_test

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"viberdeck/model"
	"viberdeck/vendors"
	"viberdeck/vendors/all"
	"viberdeck/vendors/sim"
)

// documented is one failure as a vendor's document (or, where it names none, its own library)
// writes it, and what it must become.
type documented struct {
	words  string // the vendor's text
	status int    // HTTP status; 0: 200
	code   string // Routee's code
	inner  string // Routee's inner errorCode
	kind   model.Kind
	field  string // of the campaign file
}

// wooxyFailures are the error texts of wooxy-send-batch-viber.txt in its order. What varies in them
// is filled in by filled.
func wooxyFailures() []documented {
	const invalid, notFound, denied = model.KindInvalid, model.KindNotFound, model.KindDenied
	return []documented{
		{words: "Argument contactListId must be a string", kind: invalid, field: "contact_list"},
		{words: "Argument contactListId must be a non-empty string", kind: invalid, field: "contact_list"},
		{words: "Contact list with id {contactListId} not found", kind: notFound, field: "contact_list"},
		{words: "Each contact must contain contact field", kind: invalid, field: "phones"},
		{words: "Argument contacts must be an array of objects", kind: invalid, field: "phones"},
		{words: "Amount of contacts must be less or equal 100", kind: invalid, field: "phones"},
		{words: "No contacts to handle", kind: invalid, field: "phones"},
		{words: "Duplicated as {contact}", kind: model.KindConflict, field: "phones"},
		{words: "Contact not found", kind: notFound, field: "phones"},
		{words: "name of variable can not be empty", kind: invalid, field: "variables"},
		{words: "Argument templateId must be a non-empty string", kind: invalid, field: "template"},
		{words: "Template with id {templateId} not found", kind: notFound, field: "template"},
		{words: "Argument tags must be an array", kind: invalid, field: "tags"},
		{words: "Tag name must be a non-empty string", kind: invalid, field: "tags"},
		{words: "Tags should be 50 characters or less", kind: invalid, field: "tags"},
		{words: "Any tags starting with an underscore are reserved for internal use and will cause errors",
			kind: invalid, field: "tags"},
		{words: `Argument variables must be an array of arrays with "name" and "value" fields`, kind: invalid,
			field: "variables"},
		{words: "name of variable must be a string", kind: invalid, field: "variables"},
		{words: `variable "{name}" is reserved and can not be added as custom variable`, kind: invalid,
			field: "variables"},
		{words: "invalid name of variable {name}", kind: invalid, field: "variables"},
		{words: "Payment required", kind: model.KindMoney},
		{words: "Twig syntax error: {error}", kind: invalid, field: "template"},
		{words: "Invalid authorization token!", kind: denied},
		// It is unknown what a failing server has done: the document says no more.
		{words: "Internal server error", kind: model.KindUnknown},
		{words: "Bad Request", kind: invalid},
		{words: "no matches found for access token {accessToken}", kind: denied},
		{words: "user {id} not enabled", kind: denied},
		{words: "no data found for key {userId}", kind: denied},
		{words: "access token check failed for key/secret $key/$accessToken", kind: denied},
		{words: "Argument {argument} required", kind: invalid},
		{words: "Argument device must be a non-empty string", kind: invalid, field: "device"},
		{words: "Argument device must be in [all, phone]", kind: invalid, field: "device"},
		{words: "Argument senderId must be a non-empty string", kind: invalid, field: "sender"},
		{words: "There is no registered senderId {id} in account", kind: invalid, field: "sender"},
		{words: "Sender with senderId {id} not registered in account", kind: invalid, field: "sender"},
		{words: "Sender with senderId {id} not approved", kind: invalid, field: "sender"},
		{words: "Country of contact is not allowed for senderId {id}", kind: invalid, field: "sender"},
		{words: "No default senderId registered for country", kind: invalid, field: "sender"},
		{words: "Argument ttl must be a positive integer", kind: invalid, field: "lifetime"},
		{words: "Template {id} is rejected", kind: invalid, field: "template"},
		{words: "Template {id} is not approved", kind: invalid, field: "template"},
		{words: "Template {id} is not allowed to use in restricted country", kind: invalid, field: "template"},
		{words: "Contact is not active", kind: invalid, field: "phones"},
		{words: "Tag %s is not registered in account tags", kind: notFound, field: "tags"},
	}
}

// routeeFailures are the rows of the error table of routee-send-viber-campaign.txt.
func routeeFailures() []documented {
	const invalid, notFound = model.KindInvalid, model.KindNotFound
	return []documented{
		{"You don't have enough balance to send the campaign.", 400, "400001009", "", model.KindMoney, ""},
		{"The recipient numbers are not in the correct format (mobile numbers) or your array of numbers contains at " +
			"least one wrong number.", 400, "400019002", "001", invalid, "phones"},
		{"The provided image URL should be valid.", 400, "400000000", "", invalid, "image_url"},
		{"The image URL length must be up to 1000 characters.", 400, "400000000", "", invalid, "image_url"},
		{"The provided image URL should be secure, starting with https:/", 400, "400000000", "", invalid, "image_url"},
		{"Your campaign has wrong message type combination. The supported types are: Text, Image, File, Text + " +
			"Action, Text + Action + Image.", 400, "400019002", "007", invalid, "text"},
		{"The value of ttl must be less than or equal to 86400.", 400, "400000000", "", invalid, "lifetime"},
		{"A contact id does not exist.", 404, "404002001", "", notFound, "phones"},
		{"The sender ID is not correct.", 404, "404020001", "", notFound, "sender"},
		{"Your account already has a campaign with the given name.", 409, "409009003", "", model.KindConflict, "name"},
		{"Invalid file type (e.g. HTML)", 400, "400019002", "019", invalid, "file.type"},
		{"File larger than 600 KB", 400, "400019002", "016", invalid, "file.url"},
		{"Provided ViberCampaign is a session one, but its type is invalid. Supported session types are: Text-Only, " +
			"Image and File.", 400, "400019002", "020", invalid, "class"},
		{"SRVC_BAD_THUMBNAIL In case the thumbnail URL is complied of more than 1000.", 400, "400000000", "", invalid,
			"video.thumbnail"},
		{"The size of the video file is bigger than 200MB.", 400, "400000000", "", invalid, "video.size_mb"},
		{"The video duration is bigger than 600 seconds.", 400, "400000000", "", invalid, "video.duration_s"},
		{"Campaign has wrong message type combination. The supported types are: Video, Video+Text, Video+Text+Image.",
			400, "400019002", "", invalid, "video"},
		{"Viber Video message is not supported by Viber Session message.", 400, "400019002", "", invalid, "class"},
		// The vendor's list of HTTP codes.
		{"", 400, "", "", invalid, ""},
		{"invalid_token", 401, "", "", model.KindDenied, ""},
		{"", 403, "", "", model.KindDenied, ""},
		{"", 404, "", "", notFound, ""},
		{"", 409, "", "", model.KindConflict, ""},
		{"", 500, "", "", model.KindUnknown, ""}, // for a send, it is unknown what a failing server has done
	}
}

// smsbyFailures are the HTTP codes and error texts of the sms.by documents and of its own
// libraries.
func smsbyFailures() []documented {
	return []documented{
		{words: "Invalid request", status: 400, kind: model.KindInvalid},
		{words: "Page not found", status: 404, kind: model.KindInvalid, field: "base_url"},
		{words: "Request limit exceeded", status: 429, kind: model.KindLimited},
		{words: "Server unavailable", status: 500, kind: model.KindUnknown},
		{words: "mailing list 3: Content url is not valid", kind: model.KindInvalid, field: "image_url"},
		{words: "mailing list 4: Optimal image size 800x800 px", kind: model.KindInvalid, field: "image_url"},
		{words: "not found", kind: model.KindNotFound},
		{words: "incorrect phone number", kind: model.KindInvalid, field: "phones"},
		{words: "access denied", status: 403, kind: model.KindDenied},
	}
}

// sendpulseFailures are the HTTP meanings of the vendor's own libraries; its document names no
// error.
func sendpulseFailures() []documented {
	return []documented{
		{words: "message_live_time is wrong", status: 400, kind: model.KindInvalid, field: "lifetime"},
		{words: "The sender_id field is wrong", status: 422, kind: model.KindInvalid, field: "sender"},
		{words: "Validation failed", status: 422, kind: model.KindInvalid},
		{words: "invalid_client", status: 401, kind: model.KindDenied},
		{words: "The plan does not allow it", status: 403, kind: model.KindDenied},
		{words: "Nothing here", status: 404, kind: model.KindNotFound},
		{words: "Too many requests", status: 429, kind: model.KindLimited},
		{words: "", status: 503, kind: model.KindUnknown},
	}
}

var varies = regexp.MustCompile(`\{\w+\}|\$\w+|%s`)

// filled puts what a vendor would write into the variable parts of a text.
func filled(words, with string) string { return varies.ReplaceAllLiteralString(words, with) }

// sendTo sends a batch of one through a real adapter to a server that answers so, and returns the
// error.
func sendTo(t *testing.T, vendor model.Vendor, status int, body string) error {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		if strings.Contains(r.URL.Path, "/oauth/") {
			fmt.Fprint(w, `{"access_token":"fictitious-token","token_type":"Bearer","expires_in":3600}`)
			return
		}
		w.WriteHeader(cmp.Or(status, http.StatusOK))
		fmt.Fprint(w, body)
	}))
	defer server.Close()
	account := model.Account{Name: "shop", Vendor: vendor, BaseURL: server.URL, TimeZone: "UTC",
		PerSecond: 1000,
		Secrets: model.Secrets{"token": {Value: "fictitious-a"}, "application_id": {Value: "fictitious-b"},
			"application_secret": {Value: "fictitious-c"}, "client_id": {Value: "fictitious-d"},
			"client_secret": {Value: "fictitious-e"}, "access_token": {Value: "fictitious-f"}},
		Settings: model.Settings{"auth_url": server.URL, "contact_list": "list-1"}}
	adapter, client, err := all.Vendors().Open(account, nil)
	defer client.Close()
	if err != nil {
		t.Fatal(err)
	}
	c := model.Campaign{Account: "shop", Vendor: vendor, Name: "Autumn sale", Sender: "444",
		Class: model.ClassPromotional, Message: model.Message{Text: "Hello"}}
	if vendor == model.Wooxy {
		c.Message, c.Sender = model.Message{Template: "template-1"}, ""
	}
	phone, ok := model.PhoneFromVendor("375291111111")
	if !ok {
		t.Fatal("no phone")
	}
	_, err = adapter.(vendors.Dispatcher).Send(t.Context(), nil,
		model.Batch{ID: 1, Campaign: c, Number: 1, People: []model.Recipient{{Phone: phone}}, Size: 1, Attempt: "one"})
	return err
}

// recognised fails unless the error is an application error of this kind and field, with a sentence
// that explains what to do.
func (d documented) recognised(t *testing.T, err error) {
	t.Helper()
	e, ok := errors.AsType[*model.Error](err)
	if !ok {
		t.Fatalf("no application error: %v", err)
	}
	if e.Kind != d.kind || e.Field != d.field || len(e.Text.String()) < 20 {
		t.Errorf("%s of %q: %s; want %s of %q", e.Kind, e.Field, e, d.kind, d.field)
	}
	if strings.Contains(e.Text.String(), "its message says why") {
		t.Errorf("no line of the table is about it: %s", e)
	}
	if unknown := d.kind == model.KindUnknown; unknown != (e.Fate == model.FateUnknown) {
		t.Errorf("fate %q of a failure of kind %s", e.Fate, e.Kind)
	}
}

func TestEveryDocumentedWooxyFailureIsRecognised(t *testing.T) {
	t.Parallel()
	failures := wooxyFailures()
	if len(failures) != 44 {
		t.Errorf("%d texts, the document has 44", len(failures))
	}
	for _, d := range failures {
		for _, with := range []string{"5f1c2a3b4d", "Autumn, not found", "123"} {
			if !varies.MatchString(d.words) && with != "123" {
				continue
			}
			words := filled(d.words, with)
			t.Run(words, func(t *testing.T) {
				t.Parallel()
				text, err := json.Marshal(words)
				if err != nil {
					t.Fatal(err)
				}
				for _, status := range []int{200, 400} {
					d.recognised(t, sendTo(t, model.Wooxy, status, `{"result":false,"errors":[`+string(text)+`]}`))
				}
			})
		}
	}
}

func TestEveryDocumentedRouteeFailureIsRecognised(t *testing.T) {
	t.Parallel()
	for _, d := range routeeFailures() {
		t.Run(strings.TrimSpace(fmt.Sprintf("%d %s %s %s", d.status, d.code, d.inner, d.words)), func(t *testing.T) {
			t.Parallel()
			reported := map[string]any{"code": d.code, "developerMessage": d.words}
			if d.status == http.StatusUnauthorized {
				reported = map[string]any{"error": d.words}
			}
			if d.inner != "" {
				reported["properties"] = map[string]string{"errorCode": d.inner}
			}
			body, err := json.Marshal(reported)
			if err != nil {
				t.Fatal(err)
			}
			d.recognised(t, sendTo(t, model.Routee, d.status, string(body)))
			if d.inner == "" {
				return
			}
			words := fmt.Sprintf(`{"code":%q,"developerMessage":%q}`, d.code, "(errorCode: "+d.inner+") "+d.words)
			d.recognised(t, sendTo(t, model.Routee, d.status, words))
		})
	}
}

func TestEveryDocumentedSMSByFailureIsRecognised(t *testing.T) {
	t.Parallel()
	for _, d := range smsbyFailures() {
		t.Run(d.words, func(t *testing.T) {
			t.Parallel()
			for _, body := range []string{fmt.Sprintf(`{"error":%q}`, d.words), fmt.Sprintf(`{"errors":[%q]}`, d.words),
				fmt.Sprintf(`{"status":"error","message":%q}`, d.words)} {
				d.recognised(t, sendTo(t, model.SMSBy, d.status, body))
			}
			if d.status != 0 {
				d.recognised(t, sendTo(t, model.SMSBy, d.status, "<html>"+d.words+"</html>"))
			}
		})
	}
}

func TestEveryDocumentedSendPulseFailureIsRecognised(t *testing.T) {
	t.Parallel()
	for _, d := range sendpulseFailures() {
		t.Run(strconv.Itoa(d.status)+" "+d.words, func(t *testing.T) {
			t.Parallel()
			for _, body := range []string{fmt.Sprintf(`{"error":%q}`, d.words),
				fmt.Sprintf(`{"result":false,"message":%q}`, d.words),
				fmt.Sprintf(`{"errors":{"field":[%q]}}`, d.words)} {
				d.recognised(t, sendTo(t, model.SendPulse, d.status, body))
			}
		})
	}
	// A refusal inside HTTP 200.
	documented{kind: model.KindInvalid, field: "lifetime"}.recognised(t,
		sendTo(t, model.SendPulse, 0, `{"result":false,"message":"message_live_time is wrong"}`))
}

// The requests that reach the simulators while everything is read and something is sent are in the
// adapters' tables of methods.
func TestEveryMethodThatIsCalledIsWrittenDown(t *testing.T) {
	t.Parallel()
	b := newBench(t, sim.Options{Vendors: sim.AllVendors()})
	b.must(0, "sync")
	b.must(0, "doctor")
	b.must(0, "send", b.campaignFile("minsk", "Autumn sale", 3, ""), "--confirm", "3", "--hold", "0")
	b.must(0, "send", b.campaignFile("shop-ua", "Winter sale", 3, ""), "--confirm", "3", "--hold", "0")
	b.must(0, "send", b.routeeFile("Spring sale", 3), "--confirm", "3", "--hold", "0")
	b.must(0, "blacklist", "add", phone(1), "--reason", "asked to stop")
	b.must(0, "work", "--once")
	for _, r := range b.world.Requests() {
		if !writtenDown(model.Vendor(r.Vendor), r.Method, r.Path) {
			t.Errorf("%s: %s %s is in no table of methods", r.Vendor, r.Method, r.Path)
		}
	}
}

func writtenDown(vendor model.Vendor, verb, path string) bool {
	row, _ := all.Vendors().Find(vendor)
	for _, m := range row.Methods {
		if m.Verb == verb && matches(m.Path, path) {
			return true
		}
	}
	return false
}

// matches reports whether a path belongs to a method, which has {id} in place of the varying part.
func matches(method, path string) bool {
	pattern := regexp.MustCompile(`\\\{\w+\\\}`).ReplaceAllLiteralString(regexp.QuoteMeta(method), `[^/]+`)
	return regexp.MustCompile(pattern + `$`).MatchString(path)
}

func TestEachRowOfTheRegistryIsWhole(t *testing.T) {
	t.Parallel()
	for _, row := range all.Vendors() {
		if row.Vendor != row.Capabilities.Vendor || row.Capabilities.Name == "" || len(row.Secrets) == 0 ||
			row.New == nil ||
			len(row.Methods) == 0 || len(row.Refusals) == 0 {
			t.Errorf("the row of %s is not whole", row.Vendor)
		}
		if len(rulesOf(t, row.Vendor).Rule) == 0 {
			t.Errorf("no test breaks a rule of %s", row.Vendor)
		}
	}
}
