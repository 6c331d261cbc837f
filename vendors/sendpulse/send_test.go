package sendpulse_test

import (
	"errors"
	"reflect"
	"strings"
	"testing"
	"time"

	"viberdeck/model"
	"viberdeck/vendors/vendortest"
)

// documented are the five requests of the document, without task_name, which its examples leave
// out.
func documented() map[string]model.Batch {
	people := []model.Recipient{{Phone: 380931111111}, {Phone: 380931111112}, {Phone: 380931111113}}
	campaign := func(m model.Message, sms string) model.Campaign {
		return model.Campaign{
			Name: "Sale", Sender: "1", Class: model.ClassPromotional, Lifetime: 1000 * time.Second, Message: m,
			Fallback: model.SMSFallback{Text: sms, Sender: "sendpulse"},
		}
	}
	quoted := `Margaret, you have been approved for a 50% discount on all items in the "Cosmetics" category`
	image := "https://sendpulse.com/images/image.png"
	gradual := model.Campaign{
		Name: "Sale", Sender: "4647", Class: model.ClassPromotional, Lifetime: 1000 * time.Second, Stretch: time.Hour,
		Message: model.Message{Text: "Test"},
	}
	return map[string]model.Batch{
		"create-text-button-image-request.json": {People: people, Campaign: campaign(model.Message{
			Text: strings.ReplaceAll(quoted, `"`, ""), ImageURL: image,
			Button: model.Button{Caption: "Buy all cosmetics", URL: "https://sendpulse.com/"},
		}, "Text of the sms message")},
		"create-text-request.json": {People: people,
			Campaign: campaign(model.Message{Text: quoted}, "Text of the sms message")},
		"create-image-request.json": {People: people,
			Campaign: campaign(model.Message{ImageURL: image}, "Text of the sms")},
		"create-text-button-request.json": {People: people, Campaign: campaign(model.Message{
			Text: quoted, Button: model.Button{Caption: "Buy all cosmetics", URL: "https://sendpulse.com"},
		}, "Text of the sms")},
		"create-gradual-request.json": {People: []model.Recipient{{Phone: 380683850429}}, Campaign: gradual},
	}
}

func TestACampaignIsWrittenAsTheDocumentShowsIt(t *testing.T) {
	t.Parallel()
	for name, b := range documented() {
		f := newFake(t, map[string][]string{"POST /viber": {recorded(t, "create.json")}})
		o, err := adapter(t, f).Send(t.Context(), nil, b)
		if err != nil || o.State != model.BatchAccepted || o.VendorRef != "90241" ||
			!reflect.DeepEqual(o.VendorIDs, []string{"90241"}) {
			t.Fatalf("%s: %+v, %v", name, o, err)
		}
		c := f.To("POST /viber")[0]
		got, want := vendortest.Tree(t, c.Body), vendortest.Tree(t, []byte(recorded(t, name)))
		want["task_name"] = "Sale"
		want["address_book"] = nil // left out in one example, null in the others
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%s:\n got %v\nwant %v", name, got, want)
		}
		if c.Header.Get("Authorization") != "Bearer token-of-nobody" {
			t.Errorf("authorization %q", c.Header.Get("Authorization"))
		}
	}
	login := map[string]any{"grant_type": "client_credentials", "client_id": "id-of-nobody",
		"client_secret": "secret-of-nobody"}
	f := newFake(t, map[string][]string{"GET /viber/senders": {recorded(t, "senders.json")}})
	if _, err := adapter(t, f).Senders(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := vendortest.Tree(t, f.To("POST /oauth/access_token")[0].Body); !reflect.DeepEqual(got, login) {
		t.Errorf("login %v", got)
	}
}

func TestAddressBookScheduleClassAndBatchNumber(t *testing.T) {
	t.Parallel()
	f := newFake(t, map[string][]string{"POST /viber": {recorded(t, "create.json")}})
	a := adapter(t, f)
	c := model.Campaign{
		Name: "Bill", Sender: "7", Class: model.ClassTransactional, Message: model.Message{Text: "Your bill"},
		List:   "1488435",
		SendAt: time.Date(2124, 1, 5, 8, 0, 0, 0, time.UTC),
	}
	if n := a.PerCall(c); n != 1 {
		t.Errorf("%d people a call for an address book", n)
	}
	if _, err := a.Send(t.Context(), nil, model.Batch{Number: 2, Campaign: c}); err != nil {
		t.Fatal(err)
	}
	want := map[string]any{
		"recipients": nil, "address_book": 1488435.0, "task_name": "Bill 2", "message": "Your bill",
		"message_type": 3.0, "message_live_time": 86400.0,
		"sender_id": 7.0, "send_date": "2124-01-05 10:00:00",
	}
	if got := vendortest.Tree(t, f.To("POST /viber")[0].Body); !reflect.DeepEqual(got, want) {
		t.Errorf("got %v\nwant %v", got, want)
	}
}

func TestAnAPIKeyNeedsNoLogin(t *testing.T) {
	t.Parallel()
	f := newFake(t, map[string][]string{"GET /viber/senders": {recorded(t, "senders.json")}})
	a := adapterOf(t, model.Account{Name: "shop-ua", Vendor: model.SendPulse,
		Secrets: model.Secrets{"api_key": {Value: "key-of-nobody"}}, BaseURL: f.URL + "/"})
	if _, err := a.Senders(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := f.To("GET /viber/senders")[0].Header.Get("Authorization"); got != "Bearer key-of-nobody" ||
		len(f.To("POST /oauth/access_token")) != 0 {
		t.Errorf("authorization %q after %d logins", got, len(f.To("POST /oauth/access_token")))
	}
}

func TestRefusalsWithStatus200AreRefusals(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		answer string
		kind   model.Kind
		field  string
	}{
		{recorded(t, "error.json"), model.KindInvalid, "sender"},
		{`{"result":false,"message":"Not enough money on your balance"}`, model.KindMoney, ""},
		{`{"result":false,"errors":{"recipients":["too many"]}}`, model.KindInvalid, "phones"},
		{`{"result":false,"message":"Text does not match an approved template"}`, model.KindInvalid, "text"},
		{`{"result":0}`, model.KindInvalid, ""},
		{`{"error":"whatever"}`, model.KindInvalid, ""},
	} {
		f := newFake(t, map[string][]string{"POST /viber": {c.answer}})
		_, err := adapter(t, f).Send(t.Context(), nil, documented()["create-text-request.json"])
		e, ok := errors.AsType[*model.Error](err)
		if !ok || e.Kind != c.kind || e.Field != c.field || e.Fate != model.FateRefused || e.Text.String() == "" {
			t.Errorf("%s: %#v", c.answer, err)
		}
	}
}

func TestWhatSendPulseCannotDoIsSaidBeforeAnythingLeaves(t *testing.T) {
	t.Parallel()
	text := model.Message{Text: "Hello"}
	at := time.Now().Add(time.Hour)
	for name, c := range map[string]struct {
		campaign model.Campaign
		field    string
	}{
		"a sender's name":        {model.Campaign{Sender: "Brand", Message: text}, "sender"},
		"an address book's name": {model.Campaign{Sender: "1", List: "Customers", Message: text}, "list"},
		"a delay of the SMS": {model.Campaign{
			Sender: "1", Message: text, Fallback: model.SMSFallback{Text: "x", After: time.Hour}},
			"sms_fallback.after"},
		"an SMS without a text": {model.Campaign{
			Sender: "1", Message: model.Message{ImageURL: "https://example.com/a.png"},
			Fallback: model.SMSFallback{Sender: "Shop"}}, "sms_fallback.text"},
		"a time in an unknown zone": {model.Campaign{Sender: "1", Message: text, SendAt: at}, "send_at"},
	} {
		f := newFake(t, map[string][]string{})
		a := adapterOf(t, model.Account{Name: "shop-ua", Vendor: model.SendPulse,
			Secrets: model.Secrets{"api_key": {Value: "key-of-nobody"}}, BaseURL: f.URL})
		if err := a.Check(c.campaign); err == nil || !strings.Contains(err.Error(), c.field+": ") {
			t.Errorf("%s: %v, want an error of the field %s", name, err, c.field)
		}
		_, err := a.Send(t.Context(), nil, model.Batch{
			Campaign: c.campaign, People: []model.Recipient{{Phone: 380931111111}}})
		if model.FateOf(err) != model.FateRefused || f.Asked() != 0 {
			t.Errorf("%s: sent with fate %q after %d calls", name, model.FateOf(err), f.Asked())
		}
	}
}

func TestAnSMSWithoutATextOfItsOwnHasThatOfTheMessage(t *testing.T) {
	t.Parallel()
	f := newFake(t, map[string][]string{"POST /viber": {recorded(t, "create.json")}})
	b := model.Batch{Number: 1, Campaign: model.Campaign{Name: "x", Sender: "1", Class: model.ClassPromotional,
		Message: model.Message{Text: "Hello"}, Fallback: model.SMSFallback{Sender: "Shop"}},
		People: []model.Recipient{{Phone: 380931111111}}}
	if _, err := adapter(t, f).Send(t.Context(), nil, b); err != nil {
		t.Fatal(err)
	}
	if body := string(f.To("POST /viber")[0].Body); !strings.Contains(body,
		`"resend_sms":{"status":true,"sms_text":"Hello","sms_sender_name":"Shop"}`) {
		t.Errorf("it leaves as %s", body)
	}
}

func TestWhatSendPulseMadeOtherwiseIsSaid(t *testing.T) {
	t.Parallel()
	at := time.Date(2124, 3, 2, 9, 0, 0, 0, time.UTC) // 11:00 in Kyiv
	for answer, want := range map[string]string{
		`{"result":true,"data":{"task_id":7,"send_date":"2124-03-02 11:00:00","resend_sms":1}}`: "",
		`{"result":true,"data":{"task_id":7,"send_date":"2124-03-02 12:00:00","resend_sms":null}}`: "sends it at " +
			"2124-03-02 12:00:00, not at 2124-03-02 11:00:00",
		`{"result":true,"data":{"task_id":7,"resend_sms":0}}`:                              "get no SMS instead",
		`{"result":true,"data":{"task_id":7,"resend_sms":{"status":true},"send_date":[]}}`: "",
		`{"result":true,"data":{"task_id":7,"sender_id":"1","message_live_time":86400}}`:   "",
		`{"result":true,"data":{"task_id":7,"sender_id":4501}}`: "from the sender 4501, " +
			"not from 1",
		`{"result":true,"data":{"task_id":7,"error":"odd","resend_sms":0},"error":"odd"}`: "odd",
	} {
		f := newFake(t, map[string][]string{"POST /viber": {answer}})
		o, err := adapter(
			t,
			f,
		).Send(
			t.Context(),
			nil,
			model.Batch{Number: 1, Campaign: model.Campaign{Name: "x", Sender: "1",
				SendAt: at, Class: model.ClassPromotional, Message: model.Message{Text: "Hello"},
				Fallback: model.SMSFallback{
					Text:   "Hello",
					Sender: "shop",
				}}, People: []model.Recipient{{Phone: 380931111111}}},
		)
		if err != nil || o.State != model.BatchAccepted || !strings.Contains(o.Err.String(), want) ||
			want == "" && !o.Err.IsZero() {
			t.Errorf("%s: %+v, %v; want %q", answer, o, err, want)
		}
	}
}

func TestAnIDBesideANoIsKeptAndUnknown(t *testing.T) {
	t.Parallel()
	for body, want := range map[string]model.BatchState{
		`{"result":false,"data":{"task_id":7},"message":"no money"}`: model.BatchUnknown,
		`{"result":true,"data":{"task_id":7},"error":"odd"}`:         model.BatchAccepted,
	} {
		f := newFake(t, map[string][]string{"POST /viber": {body}})
		b := model.Batch{Number: 1, Campaign: model.Campaign{Name: "x", Sender: "1", Class: model.ClassPromotional,
			Message: model.Message{Text: "Hello"}}, People: []model.Recipient{{Phone: 380931111111}}}
		o, err := adapter(t, f).Send(t.Context(), nil, b)
		if err != nil || o.State != want || o.VendorRef != "7" || o.Err.IsZero() {
			t.Errorf("%s: %+v, %v; want %s with the id and the words", body, o, err, want)
		}
	}
}
