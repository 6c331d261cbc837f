package sim

import (
	"bytes"
	"fmt"
	"mime/multipart"
	"net/url"
	"strings"
	"testing"
	"time"
)

const formType = "application/x-www-form-urlencoded"

// smsby makes one v2 call with form fields.
func (b *bench) smsby(op, form string) any {
	b.Helper()
	_, answer := b.ask("POST", "/smsby/api/v2/"+op, formType, "token="+fictitious.SMSByToken+"&"+form)
	return answer
}

func (b *bench) mailings() []any {
	b.Helper()
	return dig(b, b.smsby("getViberMessages", ""), "result").([]any)
}

// bulk makes one sendBulkViber call with the given messages and returns the immediate
// statusBulkViber answer.
func (b *bench) bulk(messages string) []any {
	b.Helper()
	_, answer := b.ask("POST", "/smsby/api/v1/sendBulkViber", "application/json",
		`{"token":"`+fictitious.SMSByToken+`","messages":`+messages+`}`)
	wantText(b, "success", dig(b, answer, "success"), "OK")
	return b.bulkStatus(text(dig(b, answer, "uuid")))
}

func (b *bench) bulkStatus(uuid string) []any {
	b.Helper()
	_, status := b.ask("POST", "/smsby/api/v1/statusBulkViber?token="+fictitious.SMSByToken+"&uuid="+uuid, "", "")
	return status.([]any)
}

// sendBulk sends a text to phones and returns the message_id.
func (b *bench) sendBulk(name string, phones ...string) string {
	b.Helper()
	status := b.bulk(fmt.Sprintf(
		`[{"alphaname_id":"444","name":%q,"message_type":"bulk","content":{"type":"text","text":"Hello"},"delivery_list":%s}]`, name, jsonOf(phones)))
	return text(dig(b, status[0], "message_id"))
}

func TestABulkRequestTakesWhatIsRightAndNamesWhatIsWrong(t *testing.T) {
	t.Parallel()
	b := newBench(t, Options{})
	long := strings.Repeat("a", 151)
	status := b.bulk(`[
		{"alphaname_id":444,"name":"personal","message_type":"personal","content":{"type":"button","image_url":"https://example.com/i.jpg","caption":"Push"},
		 "delivery_list":[{"phone":375291110001,"text":"one","button_link":"https://example.com/1"},{"phone":"+375 29 111-00-02","text":"two","button_link":"https://example.com/2"}]},
		{"alphaname_id":"444","name":"image to each","message_type":"personal","content":{"type":"image","image_url":"https://example.com/i.jpg"},"delivery_list":[{"phone":"375291110001"}]},
		{"alphaname_id":"444","name":"long link","message_type":"bulk","content":{"type":"button","text":"t","caption":"c","button_link":"https://example.com/` + long + `"},"delivery_list":["375291110001"]},
		{"alphaname_id":"1","name":"no sender","message_type":"bulk","content":{"type":"text","text":"t"},"delivery_list":["375291110001"]},
		{"alphaname_id":"444","name":"nobody","message_type":"bulk","content":{"type":"text","text":"t"},"delivery_list":[]},
		{"alphaname_id":"444","name":"bad phone","message_type":"bulk","content":{"type":"text","text":"t"},"delivery_list":["12"]},
		{"alphaname_id":"444","name":"no text","message_type":"bulk","content":{"type":"text"},"delivery_list":["375291110001"]},
		{"alphaname_id":"444","name":"bad time","message_type":"bulk","schedule_time":"tomorrow","content":{"type":"text","text":"t"},"delivery_list":["375291110001"]},
		{"alphaname_id":"444","name":"picture","message_type":"bulk","content":{"type":"image","image_url":"https://example.com/i.jpg"},"delivery_list":["375291110001"]}
	]`)
	wantText(t, "name", dig(t, status[0], "name"), "personal")
	wantText(t, "second phone", dig(t, status[0], "success", 1, "phone"), "375291110002")
	wantText(t, "status", dig(t, status[0], "success", 1, "status"), "NEW")
	wantText(t, "time in Minsk", dig(t, status[0], "success", 1, "status_time"), "2027-01-11 15:00:00.000000")
	wantText(t, "image to all", dig(t, status[1], "name"), "picture")
	wrong := jsonOf(status[2:])
	for _, name := range []string{"image to each", "long link", "no sender", "nobody", "bad phone", "no text",
		"bad time"} {
		if !strings.Contains(wrong, `"`+name+`: `) {
			t.Errorf("no error for %q in %s", name, wrong)
		}
	}
	sends := b.world.Ledger().Sends
	if len(sends) != 3 || sends[1].Text != "two" {
		t.Errorf("the ledger holds %+v", sends)
	}
}

func TestAMessageIsNewThenDeliveredThenRead(t *testing.T) {
	t.Parallel()
	b := newBench(t, Options{Speed: 60})
	id := b.sendBulk("Living", people(throw(5), belarus, 100)...)
	count := func() map[string]int {
		n := map[string]int{}
		for _, row := range dig(t, b.smsby("getViberDeliveryList", "message_id="+id), "result").([]any) {
			n[text(dig(t, row, "status"))]++
		}
		return n
	}
	if n := count(); n["NEW"] != 100 {
		t.Errorf("at once: %v", n)
	}
	b.clock.pass(10 * time.Second)
	early := count()
	if early["DELIVERED"] < 30 || early["READ"] == 0 {
		t.Errorf("after ten minutes of life: %v", early)
	}
	b.clock.pass(time.Hour)
	if late := count(); late["READ"] <= early["READ"] || late["NEW"] != 0 || late["UNDELIVERED"] == 0 {
		t.Errorf("after days of life: %v", late)
	}
}

func TestScheduledMailingsWaitForTheirMinskTime(t *testing.T) {
	t.Parallel()
	b := newBench(t, Options{})
	status := b.bulk(`[{"alphaname_id":"444","name":"later","message_type":"bulk","schedule_time":"2027-01-11T16:00:00","content":{"type":"text","text":"t"},"delivery_list":["375291110001"]}]`)
	id := text(dig(t, status[0], "message_id"))
	look := func() any { return dig(t, b.smsby("getViberMessageData", "message_id="+id), "result") }
	wantText(t, "d_schedule", dig(t, look(), "d_schedule"), "2027-01-11 16:00:00")
	wantText(t, "status", dig(t, look(), "status"), "SCHEDULED")
	b.clock.pass(59 * time.Minute)
	wantText(t, "status a minute before", dig(t, look(), "status"), "SCHEDULED")
	b.clock.pass(time.Minute)
	wantText(t, "status on time", dig(t, look(), "status"), "SENT")
}

func TestConfirmingAListMailingTakesTheMoneyOnce(t *testing.T) {
	t.Parallel()
	b := newBench(t, Options{})
	viberBalance := func() string { return text(dig(t, b.smsby("getBalance", ""), "result", 0, "viber_balance")) }
	answer := b.smsby("sendViberMessageList", "name=List&vibername_id=444&list_id=3434&message=Hi")
	wantText(t, "people", dig(t, answer, "result", "count_subscribers"), "4")
	id := text(dig(t, answer, "result", "message_id"))
	if got := viberBalance(); got != "5000.00000" || len(b.world.Ledger().Sends) != 0 {
		t.Errorf("creating costs money: %s left", got)
	}
	wantText(t, "confirm", dig(t, b.smsby("confirmViberMessage", "message_id="+id), "status"), "OK")
	wantText(t, "balance", viberBalance(), "4999.80400")
	wantText(t, "second confirm", dig(t, b.smsby("confirmViberMessage", "message_id="+id), "error"),
		"message is already confirmed")
	if got := viberBalance(); got != "4999.80400" || len(b.world.Ledger().Sends) != 4 {
		t.Errorf("%s left, %d in the ledger", got, len(b.world.Ledger().Sends))
	}
}

func TestMarkingRepliesReadFlagsExactlyThose(t *testing.T) {
	t.Parallel()
	b := newBench(t, Options{Seed: 1})
	var id string
	var unread []any
	for _, m := range b.mailings() {
		id = text(dig(t, m, "message_id"))
		if unread = dig(t, b.smsby("getNewIncomingMessages", "message_id="+id), "result").([]any); len(unread) >= 3 {
			break
		}
	}
	first, second := text(dig(t, unread, 0, "id")), text(dig(t, unread, 1, "id"))
	answer := b.smsby("readResponseStatus", url.Values{
		"incoming_messages": {first + ", " + second + ",999999999,x"}}.Encode())
	wantText(t, "result", dig(t, answer, "result"), "Number of flagged messages: 2")
	left := dig(t, b.smsby("getNewIncomingMessages", "message_id="+id), "result").([]any)
	if len(left) != len(unread)-2 || jsonOf(left) != jsonOf(unread[2:]) {
		t.Errorf("left are %s of %s", jsonOf(left), jsonOf(unread))
	}
	wantText(t, "again", dig(t, b.smsby("readResponseStatus", "incoming_messages="+first), "result"),
		"Number of flagged messages: 0")
	if marks := b.world.Ledger().Read; len(marks) != 2 || marks[0].ReplyID != first {
		t.Errorf("the ledger holds %+v", marks)
	}
}

func TestAQuickMessageTakesAnUploadedImageAndChecksForwarding(t *testing.T) {
	t.Parallel()
	b := newBench(t, Options{})
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	for field, value := range map[string]string{
		"vibername_id": "444", "phone": "375291110001", "type_message": "IMAGE"} {
		_ = form.WriteField(field, value)
	}
	file, _ := form.CreateFormFile("image", "shop.jpg")
	_, _ = file.Write([]byte("\xff\xd8\xff"))
	_ = form.Close()
	_, answer := b.ask("POST", "/smsby/api/v2/sendQuickViberMessage?token="+fictitious.SMSByToken,
		form.FormDataContentType(), body.String())
	id := text(dig(t, answer, "result", "message_id"))
	wantText(t, "phone", dig(t, b.smsby("getViberDeliveryData", "message_id="+id), "result", "phone"), "375291110001")

	quick := "vibername_id=444&phone=375291110001&message=Hi"
	for form, reason := range map[string]string{
		quick + "&forwarding_message=1&forwarding_time=4":  "forwarding_time must be from 5 to 60 minutes",
		quick + "&forwarding_message=1&forwarding_time=61": "forwarding_time must be from 5 to 60 minutes",
		"vibername_id=444&phone=12&message=Hi":             "incorrect phone number",
		"vibername_id=1&phone=375291110001&message=Hi":     "incorrect vibername_id",
		"vibername_id=444&phone=375291110001":              "Message text is required",
	} {
		wantText(t, form, dig(t, b.smsby("sendQuickViberMessage", form), "error"), reason)
	}
	if n := len(b.world.Ledger().Sends); n != 1 {
		t.Errorf("%d in the ledger, want 1", n)
	}
}

func TestTheTokenMayBeInQueryFormOrJSONAndReadsMayBeGETs(t *testing.T) {
	t.Parallel()
	token := fictitious.SMSByToken
	for _, c := range []struct{ method, target, contentType, body string }{
		{"GET", "/smsby/api/v1/getBalance?token=" + token, "", ""},
		{"POST", "/smsby/api/v1/getBalance", formType, "token=" + token},
		{"POST", "/smsby/api/v2/getViberMessages/", "application/json", `{"token":"` + token + `","limit_rows":1}`},
		{"POST", "/smsby/api/v2/getViberMessages?token=" + token, "application/json; charset=utf-8",
			`{"limit_rows":"1"}`},
		{"GET", "/smsby/api/v2/getViberMessages?limit_rows=1&token=" + token, "", ""},
	} {
		b := newBench(t, Options{})
		_, answer := b.ask(c.method, c.target, c.contentType, c.body)
		wantText(t, c.method+" "+c.target, dig(t, answer, "status"), "OK")
		if rows := dig(t, answer, "result").([]any); len(rows) != 1 {
			t.Errorf("%s %s: %d rows, want 1", c.method, c.target, len(rows))
		}
	}
}

func TestSMSByRefusesWithHTTP200(t *testing.T) {
	t.Parallel()
	b := newBench(t, Options{})
	for _, c := range []struct {
		method, target, body string
		status               int
		reason               string
	}{
		{"POST", "/smsby/api/v2/getViberMessages", "token=wrong", 200, "incorrect token"},
		{"POST", "/smsby/api/v2/getViberMessages", "", 200, "token is required"},
		{"POST", "/smsby/api/v2/getViberMessageData", "message_id=1&token=" + fictitious.SMSByToken, 200, "not found"},
		{"POST", "/smsby/api/v1/statusBulkViber", "uuid=none&token=" + fictitious.SMSByToken, 200, "not found"},
		{"POST", "/smsby/api/v2/noSuchMethod", "token=" + fictitious.SMSByToken, 404, "Page not found"},
		{"GET", "/smsby/api/v2/confirmViberMessage?message_id=1&token=" + fictitious.SMSByToken, "", 405,
			"Method not allowed"},
		{"POST", "/smsby/api/v1/sendBulkViber", `{"token":`, 400, "Invalid request"},
	} {
		status, answer := b.ask(c.method, c.target, formType, c.body)
		if status != c.status {
			t.Errorf("%s: HTTP %d, want %d", c.target, status, c.status)
		}
		wantText(t, c.target, dig(t, answer, "error"), c.reason)
	}
}

func TestPagesOfMailingsMeetWithoutGapOrOverlap(t *testing.T) {
	t.Parallel()
	b := newBench(t, Options{Scenario: Busy})
	var ids []string
	for offset := 0; ; offset += 100 {
		rows := dig(t, b.smsby("getViberMessages", fmt.Sprintf("limit_offset=%d", offset)), "result").([]any)
		if len(rows) == 0 {
			break
		}
		for _, row := range rows {
			ids = append(ids, text(dig(t, row, "message_id")))
		}
	}
	seen := map[string]bool{}
	for _, id := range ids {
		seen[id] = true
	}
	if len(ids) != 150 || len(seen) != 150 {
		t.Errorf("%d rows, %d different", len(ids), len(seen))
	}
}

func TestContactsImportedInPHPsKeysMakeAListToSendTo(t *testing.T) {
	t.Parallel()
	b := newBench(t, Options{})
	list := text(dig(t, b.smsby("createSubscriberList", "name=New"), "result", "list_id"))
	answer := b.smsby("importContacts", "list_id="+list+"&field_names[0]=name&field_names[1]=phone"+
		"&data[0][0]=Anna&data[0][1]=375291110001&data[1][0]=Bob&data[1][1]=nobody&data[2][0]=Anna+again&data[2][1]=375291110001")
	wantText(t, "result", dig(t, answer, "result"),
		`{"inserted":1,"invalid":1,"log":[{"error_message":"incorrect phone number nobody","index":1}],"updated":1}`)
	created := b.smsby("sendViberMessageList", "vibername_id=444&message=Hi&list_id="+list)
	wantText(t, "people", dig(t, created, "result", "count_subscribers"), "1")
}

func TestSMSByWritesJSONAsPHPDoes(t *testing.T) {
	t.Parallel()
	got := string(reply{body: map[string]string{"a": "https://e.by/ё\u2028😀\x1b"}, php: true}.bytes())
	if want := `{"a":"https:\/\/e.by\/\u0451\u2028\ud83d\ude00\u001b"}`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}
