package smsby_test

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"viberdeck/model"
	"viberdeck/vendors/smsby"
	"viberdeck/vendors/vendortest"
)

var schedule = time.Date(2124, 10, 30, 19, 56, 0, 0, time.UTC) // 22:56 in Minsk, far enough away to be the future

// documented are the five mailings of the document's sample.
func documented() []model.Batch {
	people := func(vars ...map[string]string) []model.Recipient {
		list := []model.Recipient{{Phone: 375291111111}, {Phone: 375292222222}}
		for i := range vars {
			list[i].Vars = vars[i]
		}
		return list
	}
	campaign := func(name string, m model.Message) model.Campaign {
		return model.Campaign{Name: name, Sender: "444", SendAt: schedule, Message: m,
			Options: model.Options{CallbackURL: "http://example-site.com/webhook.php"}}
	}
	image := "https://example-site.com/images/image.jpg"
	n := func(s string) map[string]string { return map[string]string{"n": s} }
	return []model.Batch{
		{Number: 1, People: people(n("1"), n("2")),
			Campaign: campaign("mailing list 1", model.Message{Text: "personal message 1.{{n}}", ImageURL: image,
				Button: model.Button{Caption: "Push me", URL: "https://example-site.com/some_action/{{n}}"}})},
		{Number: 1, People: people(n("1"), n("2")),
			Campaign: campaign("mailing list 2", model.Message{Text: "personal message 2.{{n}}"})},
		{Number: 1, People: people(), Campaign: campaign("mailing list 3",
			model.Message{Text: "message text 3", ImageURL: image,
				Button: model.Button{Caption: "Button", URL: "https://example-site.com/some_action"}})},
		{Number: 1, People: people(), Campaign: campaign("mailing list 4", model.Message{Text: "message text 4"})},
		{Number: 1, People: people(), Campaign: campaign("mailing list 5", model.Message{ImageURL: image})},
	}
}

func TestABulkMailingIsWrittenAsTheDocumentShowsIt(t *testing.T) {
	t.Parallel()
	sample := strings.ReplaceAll(recorded(t, "sendBulkViber-request.json"), "2024-10-30", "2124-10-30")
	want := vendortest.Tree(t, []byte(sample))
	for i, b := range documented() {
		f := vendortest.NewAnswers(t, map[string][]string{"sendBulkViber": {recorded(t, "sendBulkViber.json")}})
		o, err := adapter(t, f).Send(t.Context(), nil, b)
		if err != nil || o.State != model.BatchAccepted || o.VendorRef != "cc9c8043-8caf-11ef-b035-9e8f47954dec" {
			t.Fatalf("mailing %d: %+v, %v", i+1, o, err)
		}
		c := f.To("sendBulkViber")[0]
		got := vendortest.Tree(t, c.Body)
		if !reflect.DeepEqual(got["messages"].([]any)[0], want["messages"].([]any)[i]) {
			t.Errorf("mailing %d:\n got %v\nwant %v", i+1, got["messages"].([]any)[0], want["messages"].([]any)[i])
		}
		if got["token"] != want["token"] || got["callback_url"] != want["callback_url"] || len(c.Query) != 0 {
			t.Errorf("mailing %d: token %v, callback %v, query %v", i+1, got["token"], got["callback_url"], c.Query)
		}
		if c.Path != "/api/v1/sendBulkViber" || c.Verb != "POST" {
			t.Errorf("%s %s", c.Verb, c.Path)
		}
	}
}

func TestLaterBatchesAreNumberedAndPastTimesLeaveAtOnce(t *testing.T) {
	t.Parallel()
	f := vendortest.NewAnswers(t, map[string][]string{"sendBulkViber": {recorded(t, "sendBulkViber.json")}})
	b := documented()[3]
	b.Number, b.Campaign.SendAt = 2, time.Now().Add(-time.Second)
	if _, err := adapter(t, f).Send(t.Context(), nil, b); err != nil {
		t.Fatal(err)
	}
	mailing := vendortest.Tree(t, f.To("sendBulkViber")[0].Body)["messages"].([]any)[0].(map[string]any)
	if mailing["name"] != "mailing list 4 2" || mailing["schedule_time"] != nil {
		t.Errorf("name %v, schedule %v", mailing["name"], mailing["schedule_time"])
	}
}

func TestTheTokenCanBePutIntoTheAddress(t *testing.T) {
	t.Parallel()
	f := vendortest.NewAnswers(t, map[string][]string{
		"sendBulkViber":        {recorded(t, "sendBulkViber.json")},
		"getViberDeliveryList": {recorded(t, "getViberDeliveryList.json")},
	})
	a := adapterOf(t, model.Account{Name: "white", Vendor: model.SMSBy,
		Secrets: model.Secrets{"token": {Value: "token-of-nobody"}}, BaseURL: f.URL + "/",
		Settings: model.Settings{"token_in_query": "true"}})
	if _, err := a.Send(t.Context(), nil, documented()[3]); err != nil {
		t.Fatal(err)
	}
	for _, err := range a.Recipients(t.Context(), "8483") {
		if err != nil {
			t.Fatal(err)
		}
	}
	sent, asked := f.To("sendBulkViber")[0], f.To("getViberDeliveryList")[0]
	if sent.Params().Get("token") != "token-of-nobody" || strings.Contains(string(sent.Body), "token-of-nobody") {
		t.Errorf("the send has query %v and body %s", sent.Query, sent.Body)
	}
	if asked.Params().Get("token") != "token-of-nobody" || asked.Form.Has("token") ||
		asked.Path != "/api/v2/getViberDeliveryList" {
		t.Errorf("the question to %s has query %v and form %v", asked.Path, asked.Query, asked.Form)
	}
}

func TestAMessageWithSMSFallbackIsSentAlone(t *testing.T) {
	t.Parallel()
	f := vendortest.NewAnswers(t, map[string][]string{
		"sendQuickViberMessage": {recorded(t, "sendQuickViberMessage.json")}})
	a := adapter(t, f)
	c := model.Campaign{
		Sender: "444", Message: model.Message{Text: "Hello {{name}}",
			Button: model.Button{Caption: "Shop", URL: "https://example.com"}},
		Fallback: model.SMSFallback{Sender: "17", After: 20 * time.Minute},
	}
	if n := a.PerCall(c); n != 1 {
		t.Errorf("%d people a call", n)
	}
	o, err := a.Send(t.Context(), nil, model.Batch{Campaign: c,
		People: []model.Recipient{{Phone: 375291111111, Vars: map[string]string{"name": "Anna"}}}})
	if err != nil || o.VendorRef != "message:8484" || len(o.VendorIDs) > 0 {
		t.Fatalf("%+v, %v", o, err)
	}
	want := map[string]string{
		"token": "token-of-nobody", "vibername_id": "444", "phone": "375291111111", "type_message": "BUTTON",
		"message": "Hello Anna", "button": "Shop",
		"button_link": "https://example.com", "forwarding_message": "1", "forwarding_time": "20", "alphaname_id": "17",
	}
	form := f.To("sendQuickViberMessage")[0].Form
	for name, value := range want {
		if form.Get(name) != value {
			t.Errorf("%s is %q, want %q", name, form.Get(name), value)
		}
	}
	if len(form) != len(want) {
		t.Errorf("form %v", form)
	}
}

func TestAnAnswerLeavesAsASingleMessage(t *testing.T) {
	t.Parallel()
	c := model.Campaign{Sender: "444", Message: model.Message{Text: "We open at nine."}, AnswerTo: 7}
	for _, sms := range []bool{false, true} {
		f := vendortest.NewAnswers(t, map[string][]string{
			"sendQuickViberMessage": {recorded(t, "sendQuickViberMessage.json")}})
		if c.Fallback = (model.SMSFallback{}); sms {
			c.Fallback.Text = c.Message.Text
		}
		a := adapter(t, f)
		o, err := a.Send(t.Context(), nil, model.Batch{Campaign: c, People: []model.Recipient{{Phone: 375291111111}}})
		if err != nil || o.VendorRef != "message:8484" || a.PerCall(c) != 1 {
			t.Fatalf("%+v, %v", o, err)
		}
		form := f.To("sendQuickViberMessage")[0].Form
		if form.Get("message") != "We open at nine." || form.Get("phone") != "375291111111" ||
			form.Has("forwarding_message") != sms {
			t.Errorf("with SMS %v: %v", sms, form)
		}
	}
	if c.Options.CallbackURL = "https://example.com/x"; adapter(t, vendortest.NewAnswers(t, nil)).Check(c) == nil {
		t.Error("a callback address is taken that the method does not have")
	}
}

func TestAnImageCanBeUploaded(t *testing.T) {
	t.Parallel()
	f := vendortest.NewAnswers(t, map[string][]string{
		"sendQuickViberMessage": {recorded(t, "sendQuickViberMessage.json")}})
	id, err := adapter(t, f).SendQuick(t.Context(), nil, smsby.QuickMessage{
		Sender: "444", Phone: 375291111111, Image: &smsby.Image{Name: "sale.png", Data: strings.NewReader("\x89PNG")},
	})
	c := f.To("sendQuickViberMessage")[0]
	if err != nil || id != "8484" || c.File != "sale.png:\x89PNG" || c.Form.Get("type_message") != "IMAGE" ||
		c.Form.Get("phone") != "375291111111" ||
		c.Form.Get("token") != "token-of-nobody" || c.Params().Get("token") != "token-of-nobody" {
		t.Errorf("id %s, %v; file %q, form %v, query %v", id, err, c.File, c.Form, c.Query)
	}
}

func TestMessagesGoOneByOneWhereThatIsAskedFor(t *testing.T) {
	t.Parallel()
	picture := filepath.Join(t.TempDir(), "sale.png")
	if err := os.WriteFile(picture, []byte("\x89PNG"), 0o600); err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256([]byte("\x89PNG"))
	upload := model.Upload{Path: picture, Sum: hex.EncodeToString(sum[:])}
	button := model.Button{Caption: "Go", URL: "https://site.by/{{code}}"}
	for kind, c := range map[string]struct {
		message model.Message
		file    string
	}{
		"TEXT":           {model.Message{Text: "Hello {{code}}"}, ""},
		"IMAGE":          {model.Message{Text: "Hello {{code}}", ImageURL: "https://b.by/i.png"}, ""},
		"IMAGE uploaded": {model.Message{ImageFile: upload}, "sale.png:\x89PNG"},
		"BUTTON":         {model.Message{Button: button}, ""},
		"BUTTON image":   {model.Message{Button: button, ImageFile: upload}, "sale.png:\x89PNG"},
		"BUTTON text":    {model.Message{Button: button, Text: "Hello {{code}}"}, ""},
	} {
		f := vendortest.NewAnswers(t, map[string][]string{
			"sendQuickViberMessage": {recorded(t, "sendQuickViberMessage.json")}})
		a := adapter(t, f)
		campaign := model.Campaign{Name: "Sale", Vendor: model.SMSBy, Sender: "444", Message: c.message}
		if kind != "TEXT" && a.Check(campaign) == nil {
			t.Errorf("%s: it goes to phones as a mailing", kind)
		}
		campaign.Options.OneByOne = true
		if err := errors.Join(a.Check(campaign),
			model.CheckCampaign(campaign, a.Capabilities(), time.Now())); err != nil {
			t.Fatalf("%s: %v", kind, err)
		}
		person := model.Recipient{Phone: 375291111111, Vars: map[string]string{"code": "7"}}
		o, err := a.Send(t.Context(), nil, model.Batch{Campaign: campaign, People: []model.Recipient{person}})
		if err != nil || o.VendorRef != "message:8484" || a.PerCall(campaign) != 1 {
			t.Fatalf("%s: %+v, %v", kind, o, err)
		}
		sent := f.To("sendQuickViberMessage")[0]
		word, _, _ := strings.Cut(kind, " ")
		if sent.Form.Get("type_message") != word || sent.File != c.file || sent.Form.Has("forwarding_message") ||
			sent.Form.Has("message") != (c.message.Text != "") || strings.Contains(sent.Form.Encode(), "code") {
			t.Errorf("%s: form %v, file %q", kind, sent.Form, sent.File)
		}
	}
	if err := os.WriteFile(picture, []byte("\x89PNG2"), 0o600); err != nil {
		t.Fatal(err)
	}
	f := vendortest.NewAnswers(t, nil)
	_, err := adapter(t, f).Send(t.Context(), nil, model.Batch{People: []model.Recipient{{Phone: 375291111111}},
		Campaign: model.Campaign{Sender: "444", Message: model.Message{ImageFile: upload},
			Options: model.Options{OneByOne: true}}})
	if model.FateOf(err) != model.FateRefused || f.Asked() != 0 {
		t.Errorf("another image than the one that was confirmed: %v", err)
	}
}

func TestAListIsPreparedForNothingAndConfirmedOnce(t *testing.T) {
	t.Parallel()
	f := vendortest.NewAnswers(t, map[string][]string{
		"sendViberMessageList": {recorded(t, "sendViberMessageList.json")},
		"confirmViberMessage":  {recorded(t, "confirmViberMessage.json")},
		"getViberMessageData":  {recorded(t, "getViberMessageData.json")},
	})
	a := adapter(t, f)
	c := model.Campaign{Name: "Autumn", Sender: "444", List: "3434", Message: model.Message{Text: "Hello"},
		SendAt: schedule.Add(10 * time.Second)}
	made, err := a.PrepareList(t.Context(), c)
	if err != nil || made.VendorID != "4905" || made.People != model.Known(4) || made.Cost.String() != "0.049 EUR" {
		t.Fatalf("%+v, cost %s, %v", made, made.Cost, err)
	}
	id := made.VendorID
	form := f.To("sendViberMessageList")[0].Form
	if form.Get("list_id") != "3434" || form.Get("name") != "Autumn" || form.Get("d_schedule") != "2124-10-30 22:57" ||
		form.Get("vibername_id") != "444" {
		t.Errorf("form %v", form)
	}
	if n := len(f.To("confirmViberMessage")); n != 0 {
		t.Fatalf("confirmed %d times before anybody sent it", n)
	}
	c.VendorID = id
	for _, repeat := range []bool{false, true} { // the second time it is already SENT
		if o, err := a.Send(t.Context(), nil, model.Batch{Campaign: c, Repeat: repeat}); err != nil ||
			o.State != model.BatchAccepted ||
			o.VendorRef != "4905" {
			t.Fatalf("%+v, %v", o, err)
		}
	}
	confirmed := f.To("confirmViberMessage")
	if len(confirmed) != 1 || confirmed[0].Form.Get("message_id") != "4905" ||
		confirmed[0].Params().Get("token") != "token-of-nobody" || confirmed[0].Form.Get("token") != "token-of-nobody" {
		t.Errorf("confirmations: %+v", confirmed)
	}
}

func TestAFirstAttemptConfirmsAListWithoutLooking(t *testing.T) {
	t.Parallel()
	for _, word := range []string{"SENT", "MODERATION", "PROCESSING", "DONE", "NEW", ""} {
		for _, repeat := range []bool{false, true} {
			f := vendortest.NewAnswers(t, map[string][]string{
				"confirmViberMessage": {recorded(t, "confirmViberMessage.json")},
				"getViberMessageData": {
					strings.ReplaceAll(recorded(t, "getViberMessageData.json"), `"SENT"`, `"`+word+`"`),
				},
			})
			o, err := adapter(t, f).Send(t.Context(), nil, model.Batch{Repeat: repeat, Campaign: model.Campaign{
				VendorID: "4905", Sender: "444", List: "3434", Message: model.Message{Text: "Hello"}}})
			if err != nil || o.State != model.BatchAccepted {
				t.Fatalf("%s: %+v, %v", word, o, err)
			}
			want := 1
			if repeat && word == "SENT" { // the only documented word
				want = 0
			}
			if n := len(f.To("confirmViberMessage")); n != want {
				t.Errorf("%q, repeated %v: confirmed %d times, want %d", word, repeat, n, want)
			}
			if n := len(f.To("getViberMessageData")); repeat != (n == 1) {
				t.Errorf("%q, repeated %v: looked %d times", word, repeat, n)
			}
		}
	}
}

func TestAUuidIsKeptAndOnlyAYesIsOne(t *testing.T) {
	t.Parallel()
	const ref = "cc9c8043-8caf-11ef-b035-9e8f47954dec"
	for answer, want := range map[string]model.BatchState{
		`{"uuid":"` + ref + `","success":"OK"}`: model.BatchAccepted,
		`{"uuid":"` + ref + `"}`:                model.BatchAccepted,
		`{"uuid":"` + ref + `","success":"OK","errors":["mailing list 4: Content url is not valid"]}`: model.BatchAccepted,
		`{"uuid":"` + ref + `","errors":["mailing list 4: Content url is not valid"]}`:                model.BatchUnknown,
		`{"uuid":"` + ref + `","success":"FAIL"}`:                                                     model.BatchUnknown,
		`{"uuid":"` + ref + `","success":false}`:                                                      model.BatchUnknown,
		`{"uuid":"` + ref + `","error":"something"}`:                                                  model.BatchUnknown,
	} {
		f := vendortest.NewAnswers(t, map[string][]string{"sendBulkViber": {answer}})
		o, err := adapter(t, f).Send(t.Context(), nil, documented()[3])
		if err != nil || o.State != want || o.VendorRef != ref {
			t.Errorf("%s: %+v, %v; want %s", answer, o, err, want)
		}
		if strings.Contains(answer, "Content url") &&
			!strings.Contains(o.Err.String(), "cannot read the image at its address") {
			t.Errorf("%s: said %q", answer, o.Err)
		}
		if want == model.BatchUnknown && o.Err.String() == "" {
			t.Errorf("%s: nothing is said", answer)
		}
	}
}

func TestARequestWithoutAYesIsSettledByItsId(t *testing.T) {
	t.Parallel()
	for answer, want := range map[string]model.BatchState{
		`[]`: model.BatchUnknown,
		`[{"errors":["mailing list 4: Optimal image size 800x800 px"]}]`: model.BatchRefused,
		`[{"errors":["mailing list 4: Not enough money"]}]`:              model.BatchRefused,
		recorded(t, "statusBulkViber.json"):                              model.BatchAccepted,
	} {
		f := vendortest.NewAnswers(t, map[string][]string{"statusBulkViber": {answer}})
		b := documented()[3]
		b.VendorRef = "cc9c8043-8caf-11ef-b035-9e8f47954dec"
		o, err := adapter(t, f).Settle(t.Context(), b)
		if err != nil || o.State != want || o.Evidence.String() == "" {
			t.Errorf("%s: %+v, %v; want %s", answer, o, err, want)
		}
		if want == model.BatchRefused && (o.RefusedAs == model.StatusNoMoney) != strings.Contains(answer, "money") {
			t.Errorf("%s makes people %s", answer, o.RefusedAs)
		}
	}
}

func TestAFailedLookBeforeAConfirmationSentNothing(t *testing.T) {
	t.Parallel()
	f := vendortest.NewAnswers(t, map[string][]string{
		"getViberMessageData": {"<html>"}, "confirmViberMessage": {recorded(t, "confirmViberMessage.json")}})
	_, err := adapter(t, f).Send(t.Context(), nil, model.Batch{Repeat: true,
		Campaign: model.Campaign{VendorID: "4905", Sender: "444", List: "3434", Message: model.Message{Text: "Hello"}}})
	if model.FateOf(err) != model.FateNotSent || len(f.To("confirmViberMessage")) != 0 {
		t.Errorf("%v, fate %q", err, model.FateOf(err))
	}
}

func TestRefusalsWithStatus200AreRefusals(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		answer string
		kind   model.Kind
		field  string
	}{
		{recorded(t, "error.json"), model.KindInvalid, "phones"},
		{recorded(t, "error-status.json"), model.KindNotFound, ""},
		{`{"error":"Not enough money"}`, model.KindMoney, ""},
		{`{"error":{"text":"invalid token"}}`, model.KindDenied, ""},
		{`{"errors":["mailing list 4: Optimal image size 800x800 px"]}`, model.KindInvalid, "image_url"},
		{`{"error":"something nobody has heard of"}`, model.KindInvalid, ""},
	} {
		f := vendortest.NewAnswers(t, map[string][]string{"sendBulkViber": {c.answer}})
		_, err := adapter(t, f).Send(t.Context(), nil, documented()[3])
		e, ok := errors.AsType[*model.Error](err)
		if !ok || e.Kind != c.kind || e.Field != c.field || e.Fate != model.FateRefused || e.Vendor == "" ||
			e.Text.String() == "" {
			t.Errorf("%s: %#v", c.answer, err)
		}
	}
}

func TestWhatSMSByCannotDoIsSaidBeforeAnythingLeaves(t *testing.T) {
	t.Parallel()
	text := model.Message{Text: "Hello"}
	for name, c := range map[string]struct {
		campaign model.Campaign
		field    string
	}{
		"text and button without an image": {model.Campaign{
			Sender: "4", Message: model.Message{Text: "x", Button: model.Button{Caption: "a", URL: "https://b.by"}}},
			"image_url"},
		"another text for the SMS": {model.Campaign{
			Sender: "4", Message: text, Fallback: model.SMSFallback{Text: "other"}}, "sms_fallback.text"},
		"a scheduled SMS fallback": {model.Campaign{
			Sender: "4", Message: text, SendAt: schedule, Fallback: model.SMSFallback{Text: "Hello"}}, "send_at"},
		"an SMS fallback of an image": {model.Campaign{
			Sender: "4", Message: model.Message{ImageURL: "https://b.by/i.png"},
			Fallback: model.SMSFallback{Sender: "5"}}, "sms_fallback"},
		"a list with an SMS fallback": {model.Campaign{
			Sender: "4", List: "3", Message: text, Fallback: model.SMSFallback{Sender: "5"}}, "sms_fallback"},
		"a sender's name": {model.Campaign{Sender: "Brand", List: "3", Message: text}, "sender"},
		"a callback for a list": {model.Campaign{
			Sender: "4", List: "3", Message: text, Options: model.Options{CallbackURL: "https://b.by"}},
			"callback_url"},
	} {
		f := vendortest.NewAnswers(t, nil)
		a := adapter(t, f)
		if err := a.Check(c.campaign); err == nil || !strings.Contains(err.Error(), c.field+": ") {
			t.Errorf("%s: %v, want an error of the field %s", name, err, c.field)
		}
		_, err := a.Send(t.Context(), nil, model.Batch{
			Campaign: c.campaign, People: []model.Recipient{{Phone: 375291111111}}})
		if model.FateOf(err) != model.FateRefused || f.Asked() != 0 {
			t.Errorf("%s: sent with fate %q after %d calls", name, model.FateOf(err), f.Asked())
		}
	}
	a := adapter(t, vendortest.NewAnswers(t, nil))
	for i, b := range documented() {
		if err := a.Check(b.Campaign); err != nil {
			t.Errorf("mailing %d of the document: %v", i+1, err)
		}
	}
}

func TestAConfirmationThatSaysNeitherYesNorNoIsUnknown(t *testing.T) {
	t.Parallel()
	for answer, want := range map[string]model.Fate{
		`{"status":"PERHAPS"}`: model.FateUnknown, `{}`: model.FateUnknown, `[]`: model.FateUnknown,
		`{"status":"error","message":"not found"}`: model.FateRefused,
		`{"error":"Not enough money"}`:             model.FateRefused,
	} {
		f := vendortest.NewAnswers(t, map[string][]string{"confirmViberMessage": {answer}})
		if err := adapter(t, f).Confirm(t.Context(), "4905"); err == nil || model.FateOf(err) != want {
			t.Errorf("%s: %v, fate %q, want %q", answer, err, model.FateOf(err), want)
		}
		if n := len(f.To("confirmViberMessage")); n != 1 {
			t.Errorf("%s: confirmed %d times", answer, n)
		}
	}
}
