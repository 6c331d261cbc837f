package sim

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

func (b *bench) login() {
	b.Helper()
	_, answer := b.ask("POST", "/sendpulse/oauth/access_token", "application/json", fmt.Sprintf(
		`{"grant_type":"client_credentials","client_id":%q,"client_secret":%q}`, fictitious.SendPulseClientID,
		fictitious.SendPulseClientSecret))
	b.token = text(dig(b, answer, "access_token"))
}

// pulse makes one SendPulse call, waiting as long as the rate limit requires.
func (b *bench) pulse(method, path, body string) (int, any) {
	b.Helper()
	if b.token == "" {
		b.login()
	}
	b.clock.pass(100 * time.Millisecond)
	return b.ask(method, "/sendpulse"+path, "application/json", body)
}

// goodCampaign is a request that SendPulse takes; the fields given replace its own.
func goodCampaign(fields ...string) string {
	parts := map[string]string{
		"task_name": `"Autumn"`, "message_type": "2", "sender_id": "4495", "message_live_time": "3600",
		"send_date":  `"now"`,
		"recipients": "[380931111111,\"380931111112\"]", "address_book": "null", "message": `"Hello"`,
	}
	for i := 0; i < len(fields); i += 2 {
		parts[fields[i]] = fields[i+1]
	}
	var body []string
	for key, value := range parts {
		body = append(body, fmt.Sprintf("%q:%s", key, value))
	}
	return "{" + strings.Join(body, ",") + "}"
}

func TestACampaignIsModeratedThenSentAndItsFiguresAddUp(t *testing.T) {
	t.Parallel()
	b := newBench(t, Options{Seed: 4})
	phones := people(throw(2), ukraine, 200)
	status, answer := b.pulse("POST", "/viber", goodCampaign("recipients", jsonOf(phones),
		"additional", `{"button":{"text":"Shop","link":"https://example.com"},"image":{"link":"https://example.com/i.png"},"resend_sms":{"status":true,"sms_text":"s","sms_sender_name":"Ex"}}`))
	if status != 200 {
		t.Fatalf("HTTP %d: %s", status, jsonOf(answer))
	}
	wantText(t, "lifetime", dig(t, answer, "data", "message_live_time"), "3600")
	wantText(t, "book", dig(t, answer, "data", "address_book_id"), "null")
	wantText(t, "sms", dig(t, answer, "data", "resend_sms"), "1")
	path := "/viber/task/" + text(dig(t, answer, "data", "task_id"))

	_, fresh := b.pulse("GET", path, "")
	wantText(t, "status", dig(t, fresh, "status"), "moderation")
	wantText(t, "sent", dig(t, fresh, "statistic", "sent"), "0")
	_, people := b.pulse("GET", path+"/recipients", "")
	wantText(t, "recipient's status", dig(t, people, "recipients", 0, "status"), "null")

	b.clock.pass(59 * time.Minute)
	_, old := b.pulse("GET", path, "")
	wantText(t, "status", dig(t, old, "status"), "sent")
	figure := func(name string) int64 {
		n, _ := params(dig(t, old, "statistic").(map[string]any)).number(name)
		return n
	}
	if figure("read") == 0 || figure("redirected") == 0 || figure("errors") == 0 {
		t.Errorf("figures %s", jsonOf(dig(t, old, "statistic")))
	}
	if figure("sent")+figure("errors") != 200 || figure("read") > figure("delivered") ||
		figure("redirected") > figure("read") {
		t.Errorf("figures do not add up: %s", jsonOf(dig(t, old, "statistic")))
	}
	if n := b.world.Ledger().Count("Autumn", phones[7]); n != 1 {
		t.Errorf("the ledger counts %d", n)
	}
}

func TestCreateNamesTheFieldThatBreaksADocumentedLimit(t *testing.T) {
	t.Parallel()
	many := "[" + strings.TrimSuffix(strings.Repeat("380931111111,", 1001), ",") + "]"
	button := `{"button":{"text":"Shop","link":"https://example.com"}}`
	image := `{"image":{"link":"https://example.com/i.png"}}`
	for name, c := range map[string]struct {
		field  string
		fields []string
	}{
		"too many people":         {"recipients", []string{"recipients", many}},
		"nobody":                  {"recipients", []string{"recipients", "[]"}},
		"people and a book":       {"recipients", []string{"address_book", "1488435"}},
		"an empty book":           {"address_book", []string{"recipients", "null", "address_book", "1488437"}},
		"bad phone":               {"recipients", []string{"recipients", `["12"]`}},
		"long text":               {"message", []string{"message", `"` + strings.Repeat("ж", 1001) + `"`}},
		"no text":                 {"message", []string{"message", "null"}},
		"short lifetime":          {"message_live_time", []string{"message_live_time", "59"}},
		"long lifetime":           {"message_live_time", []string{"message_live_time", "86401"}},
		"stretched too far":       {"stretch_time", []string{"stretch_time", "6"}},
		"odd date":                {"send_date", []string{"send_date", `"2027-01-11T20:00:00Z"`}},
		"date gone by":            {"send_date", []string{"send_date", `"2027-01-10 20:00:00"`}},
		"unknown sender":          {"sender_id", []string{"sender_id", "1"}},
		"sender not yet verified": {"sender_id", []string{"sender_id", "4647"}},
		"type":                    {"message_type", []string{"message_type", "1"}},
		"image with text only":    {"button", []string{"additional", image}},
		"button without text": {"message", []string{
			"message", "null", "additional",
			`{"button":{"text":"a","link":"https://example.com"},"image":{"link":"https://example.com/i.png"}}`}},
		"button without link":      {"button", []string{"additional", `{"button":{"text":"a"}}`}},
		"system text not approved": {"message", []string{"message_type", "3"}},
		"system with a button":     {"message_type", []string{"message_type", "3", "additional", button}},
		"sms without text":         {"sms_text", []string{"additional", `{"resend_sms":{"status":true}}`}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := newBench(t, Options{})
			status, answer := b.pulse("POST", "/viber", goodCampaign(c.fields...))
			if status != 400 && status != 422 {
				t.Fatalf("HTTP %d: %s", status, jsonOf(answer))
			}
			dig(t, answer, "errors", c.field)
			if n := len(b.world.Ledger().Sends); n != 0 {
				t.Errorf("%d sends of a refused campaign", n)
			}
		})
	}
}

func TestEachDocumentedLayoutIsTaken(t *testing.T) {
	t.Parallel()
	for name, fields := range map[string][]string{
		"text":            nil,
		"longest text":    {"message", `"` + strings.Repeat("ж", 1000) + `"`},
		"text and button": {"additional", `{"button":{"text":"Shop","link":"https://example.com"}}`},
		"text, button and image": {"additional",
			`{"button":{"text":"Shop","link":"https://example.com"},"image":{"link":"https://example.com/i.png"}}`},
		"image":                {"message", "null", "additional", `{"image":{"link":"https://example.com/i.png"}}`},
		"approved system text": {"message_type", "3", "message", `"Your order is ready for pickup."`},
		"address book":         {"recipients", "null", "address_book", "1488436"},
		"scheduled, gradual":   {"send_date", `"2027-01-11 20:00:00"`, "stretch_time", "5"},
	} {
		b := newBench(t, Options{})
		if status, answer := b.pulse("POST", "/viber", goodCampaign(fields...)); status != 200 {
			t.Errorf("%s: HTTP %d: %s", name, status, jsonOf(answer))
		}
	}
}

func TestACampaignWithoutANameGetsTheServersOwn(t *testing.T) {
	t.Parallel()
	b := newBench(t, Options{})
	_, answer := b.pulse("POST", "/viber", goodCampaign("task_name", "null"))
	wantText(t, "name", dig(t, answer, "data", "task_name"), "Viber campaign for the personal list on 2027-01-11 12:00")
}

func TestGradualSendingLeavesPeopleForLater(t *testing.T) {
	t.Parallel()
	b := newBench(t, Options{})
	_, answer := b.pulse("POST", "/viber", goodCampaign("recipients", jsonOf(people(throw(2), ukraine, 100)),
		"stretch_time", "2"))
	path := "/viber/task/" + text(dig(t, answer, "data", "task_id"))
	b.clock.pass(30 * time.Minute)
	_, half := b.pulse("GET", path, "")
	n, _ := params(dig(t, half, "statistic").(map[string]any)).number("sent")
	if n < 15 || n > 30 {
		t.Errorf("%d of 100 sent after a quarter of the time", n)
	}
	wantText(t, "status", dig(t, half, "status"), "send")
}

func TestCampaignPagesHoldAHundredHoweverManyAreAskedFor(t *testing.T) {
	t.Parallel()
	b := newBench(t, Options{Scenario: Busy})
	seen := map[string]bool{}
	for offset := 0; ; offset += 100 {
		_, rows := b.pulse("GET", fmt.Sprintf("/viber/task?limit=1000&offset=%d", offset), "")
		if len(rows.([]any)) > 100 {
			t.Fatalf("%d in a page", len(rows.([]any)))
		}
		if len(rows.([]any)) == 0 {
			break
		}
		for _, row := range rows.([]any) {
			seen[text(dig(t, row, "id"))] = true
		}
	}
	if len(seen) != 265 {
		t.Errorf("%d campaigns, want 265", len(seen))
	}
}

func TestTheBlacklistPagesAddsAndRemoves(t *testing.T) {
	t.Parallel()
	const path = "/v2/viber-service/phone-exception"
	b := newBench(t, Options{})
	_, first := b.pulse("GET", path+"?limit=500", "")
	wantText(t, "total", dig(t, first, "data", "total"), "64")
	if n := len(dig(t, first, "data", "list").([]any)); n != 50 {
		t.Errorf("%d in a page, want 50", n)
	}
	_, second := b.pulse("GET", path+"?limit=500&offset=50", "")
	if n := len(dig(t, second, "data", "list").([]any)); n != 14 {
		t.Errorf("%d in the second page, want 14", n)
	}
	known := text(dig(t, first, "data", "list", 0, "phone"))
	_, added := b.pulse("POST", path+"/",
		fmt.Sprintf(`{"phones":["380977217975",380977217977,%q],"description":"asked"}`, known))
	wantText(t, "counters", dig(t, added, "counters"), `{"added":2,"exists":1}`)
	_, removed := b.pulse("DELETE", path, `{"phones":["380977217975","380000000000"]}`)
	wantText(t, "deleted", dig(t, removed, "deleted"), "1")
	_, after := b.pulse("GET", path, "")
	wantText(t, "total", dig(t, after, "data", "total"), "65")
	changes := b.world.Ledger().Blacklist
	if len(changes) != 3 || !changes[0].Added || changes[0].Reason != "asked" || changes[2].Added {
		t.Errorf("the ledger holds %+v", changes)
	}
}

func TestAPersonOnTheBlacklistIsInTheLedgerAndEndsInError(t *testing.T) {
	t.Parallel()
	b := newBench(t, Options{})
	b.pulse("POST", "/v2/viber-service/phone-exception", `{"phones":["380931111111"]}`)
	_, answer := b.pulse("POST", "/viber", goodCampaign())
	b.clock.pass(2 * time.Minute)
	_, people := b.pulse("GET", "/viber/task/"+text(dig(t, answer, "data", "task_id"))+"/recipients", "")
	wantText(t, "status", dig(t, people, "recipients", 0, "status"), "error")
	wantText(t, "phone", dig(t, people, "recipients", 0, "phone"), "380931111111")
	if n := b.world.Ledger().Count("Autumn", "380931111111"); n != 1 {
		t.Errorf("the ledger counts %d", n)
	}
}

func TestTokensComeForTheRightCredentialsAndEnd(t *testing.T) {
	t.Parallel()
	b := newBench(t, Options{})
	form := "grant_type=client_credentials&client_id=" + fictitious.SendPulseClientID + "&client_secret="
	status, answer := b.ask("POST", "/sendpulse/oauth/access_token", formType, form+"wrong")
	if status != 401 {
		t.Errorf("HTTP %d for a wrong secret", status)
	}
	wantText(t, "error", dig(t, answer, "error"), "invalid_client")
	_, answer = b.ask("POST", "/sendpulse/oauth/access_token/", formType, form+fictitious.SendPulseClientSecret)
	wantText(t, "life", dig(t, answer, "expires_in"), "3600")
	b.token = text(dig(t, answer, "access_token"))
	for _, c := range []struct {
		token  string
		wait   time.Duration
		status int
	}{
		{b.token, 59 * time.Minute, 200}, {b.token, time.Minute, 401}, {"", 0, 401}, {"made-up", 0, 401},
		{fictitious.SendPulseAPIKey, 0, 200},
	} {
		b.clock.pass(c.wait)
		b.token = c.token
		if status, _ := b.ask("GET", "/sendpulse/viber/senders", "", ""); status != c.status {
			t.Errorf("token %q after %v: HTTP %d, want %d", c.token, c.wait, status, c.status)
		}
	}
}

func TestCredentialsMayComeInABasicHeader(t *testing.T) {
	t.Parallel()
	r := httptest.NewRequest(http.MethodPost, "/sendpulse/oauth/access_token",
		strings.NewReader("grant_type=client_credentials"))
	r.Header.Set("Content-Type", formType)
	r.SetBasicAuth(fictitious.SendPulseClientID, fictitious.SendPulseClientSecret)
	w := httptest.NewRecorder()
	New(Options{}).Handler().ServeHTTP(w, r)
	if w.Code != 200 || !strings.Contains(w.Body.String(), `"token_type":"Bearer"`) {
		t.Errorf("HTTP %d %s", w.Code, w.Body)
	}
}

func TestTheTextIsKeptAsItWasSent(t *testing.T) {
	t.Parallel()
	b := newBench(t, Options{})
	const words = " 👨‍👩‍👧‍👦 Скидка\\n 20 % "
	b.pulse("POST", "/viber", goodCampaign("message", `"`+words+`"`))
	want := strings.ReplaceAll(words, `\n`, "\n")
	if got := b.world.Ledger().Sends[0].Text; got != want {
		t.Errorf("the ledger holds %q, want %q", got, want)
	}
	_, rows := b.pulse("GET", "/viber/task?limit=1", "")
	wantText(t, "message", dig(t, rows, 0, "message"), want)
}

func TestTheEleventhRequestOfASecondIsTooMuch(t *testing.T) {
	t.Parallel()
	b := newBench(t, Options{})
	b.login()
	for i := range 12 {
		status, _ := b.ask("GET", "/sendpulse/balance", "", "")
		if limited := status == 429; limited != (i >= 10) {
			t.Errorf("request %d: HTTP %d", i+1, status)
		}
	}
	b.clock.pass(time.Second)
	if status, _ := b.ask("GET", "/sendpulse/balance", "", ""); status != 200 {
		t.Errorf("a second later: HTTP %d", status)
	}
}

func TestTheRestOfTheAccountCanBeRead(t *testing.T) {
	t.Parallel()
	b := newBench(t, Options{})
	for path, want := range map[string]struct {
		where []any
		value string
	}{
		"/viber/senders": {[]any{3, "status"}, "rejected"},
		"/viber/senders/4650": {[]any{"admin_comment"},
			"The web site does not open. Please send a link to your service."},
		"/viber/senders/4501":   {[]any{"admin_comment"}, "null"},
		"/viber/senders/1":      {[]any{"message"}, "Sender not found"},
		"/viber/task/1":         {[]any{"message"}, "Campaign not found"},
		"/addressbooks":         {[]any{1, "name"}, "Newsletter UA"},
		"/addressbooks/1488435": {[]any{0, "name"}, "Постійні покупці"},
		"/balance":              {[]any{"balance_currency"}, "25000.00"},
		"/balance/uah":          {[]any{"currency"}, "UAH"},
		"/user/balance/detail":  {[]any{"balance", "main"}, "25000.00"},
		"/nowhere":              {[]any{"error_code"}, "404"},
	} {
		_, answer := b.pulse("GET", path, "")
		wantText(t, path, dig(t, answer, want.where...), want.value)
	}
}
