package sim

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// wooxy makes one Wooxy call.
func (b *bench) wooxy(path, body string) (int, any) {
	b.Helper()
	if b.key == "" {
		b.key = fictitious.WooxyToken
	}
	return b.ask(http.MethodPost, "/wooxy"+path, "application/json", body)
}

// goodBatch is a batch that Wooxy takes; the fields given replace its own, an empty value leaves
// one out.
func goodBatch(fields ...string) string {
	parts := map[string]string{
		"contactListId": `"` + WooxyList + `"`, "templateId": `"` + WooxyTemplate + `"`, "contacts": contacts(0, 2),
		"tags": `["loyalty"]`, "device": `"all"`, "senderId": `"` + WooxySender + `"`, "ttl": "3600",
	}
	for i := 0; i < len(fields); i += 2 {
		parts[fields[i]] = fields[i+1]
	}
	var body []string
	for key, value := range parts {
		if value != "" {
			body = append(body, fmt.Sprintf("%q:%s", key, value))
		}
	}
	return "{" + strings.Join(body, ",") + "}"
}

// contacts are n contacts from the first on.
func contacts(first, n int) string {
	var items []string
	for i := range n {
		items = append(items, fmt.Sprintf(`{"contact":%q}`, WooxyPhone(first+i)))
	}
	return "[" + strings.Join(items, ",") + "]"
}

func variables(name, value string) string {
	return fmt.Sprintf(`[{"name":%s,"value":%s}]`, name, value)
}

func TestEveryDocumentedErrorOfABatchIsSaidInItsSituation(t *testing.T) {
	t.Parallel()
	for want, fields := range map[string][]string{
		"Argument contactListId required": {
			"contactListId", ""},
		"Argument contactListId must be a string": {
			"contactListId", "7"},
		"Argument contactListId must be a non-empty string": {
			"contactListId", `""`},
		"Contact list with id nowhere not found": {
			"contactListId", `"nowhere"`},
		"Argument contacts required": {"contacts", ""},
		"Each contact must contain contact field": {
			"contacts", `[{"variables":[]}]`},
		"Argument contacts must be an array of objects": {
			"contacts", `["+375291200000"]`},
		"Amount of contacts must be less or equal 100": {
			"contacts", contacts(0, 101)},
		"No contacts to handle": {"contacts", "[]"},
		"name of variable can not be empty": {
			"variables", variables(`""`, `"x"`)},
		"name of variable must be a string": {
			"variables", variables("5", `"x"`)},
		"invalid name of variable два слова": {
			"variables", variables(`"два слова"`, `"x"`)},
		`variable "email" is reserved and can not be added as custom variable`: {
			"variables", variables(`"email"`, `"x"`)},
		`Argument variables must be an array of arrays with "name" and "value" fields`: {"variables", `{"a":"b"}`},
		"Argument templateId required": {"templateId", ""},
		"Argument templateId must be a non-empty string": {
			"templateId", `" "`},
		"Template with id none not found": {
			"templateId", `"none"`},
		"Template " + WooxyTemplateRejected + " is rejected": {
			"templateId", `"` + WooxyTemplateRejected + `"`},
		"Template " + WooxyTemplateNotApproved +
			" is not approved": {"templateId", `"` + WooxyTemplateNotApproved + `"`},
		`Twig syntax error: Unclosed "variable" at line 1.`: {"templateId", `"` + WooxyTemplateBroken + `"`},
		"Internal server error":                             {"templateId", `"` + WooxyTemplateCrashing + `"`},
		"Argument tags must be an array":                    {"tags", `"loyalty"`},
		"Tag name must be a non-empty string":               {"tags", `[""]`},
		"Tags should be 50 characters or less":              {"tags", `["` + strings.Repeat("ж", 51) + `"]`},
		"Any tags starting with an underscore are reserved for internal use and will cause errors": {
			"tags", `["_own"]`},
		"Tag spring is not registered in account tags":           {"tags", "", "tag", `["spring"]`},
		"Argument device must be a non-empty string":             {"device", `""`},
		"Argument device must be in [all, phone]":                {"device", `"tablet"`},
		"Argument senderId must be a non-empty string":           {"senderId", `""`},
		"There is no registered senderId NOBODY in account":      {"senderId", `"NOBODY"`},
		"Sender with senderId FOREIGN not registered in account": {"senderId", `"FOREIGN"`},
		"Sender with senderId PENDING not approved":              {"senderId", `"PENDING"`},
		"Argument ttl must be a positive integer":                {"ttl", "-5"},
	} {
		t.Run(want, func(t *testing.T) {
			t.Parallel()
			b := newBench(t, Options{})
			_, answer := b.wooxy("/v3/viber/batch", goodBatch(fields...))
			wantText(t, "result", dig(t, answer, "result"), "false")
			if problems := dig(t, answer, "errors").([]any); !slices.Contains(problems, any(want)) {
				t.Errorf("errors %v", problems)
			}
			if n := len(b.world.Ledger().Sends); n != 0 {
				t.Errorf("%d sends of a refused call", n)
			}
		})
	}
}

func TestEveryDocumentedErrorOfATokenIsSaidWithItsStatus(t *testing.T) {
	t.Parallel()
	for token, want := range map[string]string{
		" ":                "401 Invalid authorization token!",
		"nobody's":         "401 no matches found for access token nobody's",
		WooxyTokenDisabled: "403 user 100231 not enabled",
		WooxyTokenDeleted:  "403 no data found for key 100299",
		WooxyTokenRevoked:  "401 access token check failed for key/secret 100231/" + WooxyTokenRevoked,
		WooxyTokenUnpaid:   "402 Payment required",
	} {
		b := newBench(t, Options{})
		b.key = token
		status, answer := b.wooxy("/v3/viber/batch", goodBatch())
		if got := fmt.Sprint(status, " ", text(dig(t, answer, "errors", 0))); got != want {
			t.Errorf("token %q: %s, want %s", token, got, want)
		}
	}
	b := newBench(t, Options{})
	if status, answer := b.wooxy("/v3/viber/batch", `{"templateId":`); status != 400 ||
		jsonOf(dig(t, answer, "errors")) != `["Bad Request"]` {
		t.Errorf("half a body: HTTP %d %s", status, jsonOf(answer))
	}
}

func TestABatchSaysForEachPersonWhyTheyCannotGetTheMessage(t *testing.T) {
	t.Parallel()
	b := newBench(t, Options{})
	body := goodBatch("senderId", "", "templateId", `"`+WooxyTemplateRestricted+`"`, "contacts",
		`[{"contact":"+375290000000"},{"contact":"user-00099"},{"contact":"client01965@example.com"},{"contact":"+375291200007"},{"contact":"`+WooxyPhone(1901)+`"},{"contact":"user-01901"}]`)
	_, answer := b.wooxy("/v3/viber/batch", body)
	wantText(t, "result", dig(t, answer, "result"), "true")
	wantText(t, "failed", dig(t, answer, "failed"), jsonOf(map[string]string{
		"+375290000000": "Contact not found", "user-00099": "Contact is not active",
		"client01965@example.com": "No default senderId registered for country",
		"+375291200007":           "Template sim-template-promo is not allowed to use in restricted country",
		"user-01901":              "Duplicated as " + WooxyPhone(1901),
	}))
	if success := dig(t, answer, "success").(map[string]any); len(success) != 1 ||
		text(success[WooxyPhone(1901)]) == "" {
		t.Errorf("success %v", success)
	}
	_, answer = b.wooxy("/v3/viber/batch", goodBatch("senderId", `"`+WooxyGreekSender+`"`))
	wantText(t, "failed", dig(t, answer, "failed", WooxyPhone(0)),
		"Country of contact is not allowed for senderId EXAMPLEGR")
	if n := len(b.world.Ledger().Sends); n != 1 {
		t.Errorf("%d in the ledger, want 1", n)
	}
}

func TestVariablesOfAContactWinOverCommonOnesAndThoseOverTheLists(t *testing.T) {
	t.Parallel()
	b := newBench(t, Options{})
	b.wooxy("/v3/viber/batch", goodBatch("templateId", `"`+WooxyBonusTemplate+`"`, "variables",
		variables(`"points"`, "14"), "contacts",
		`[{"contact":"user-00000","variables":[{"name":"points","value":"15"},{"name":"day","value":true}]},{"contact":"user-00002"}]`))
	sends := b.world.Ledger().Sends
	wantText(t, "own", sends[0].Text, "Анна, you have 15 points until 1.")
	wantText(t, "common", sends[1].Text, "Maria, you have 14 points until Sunday.")
	if sends[0].Phone != "375291200000" || sends[0].Vendor != "wooxy" || sends[0].Account != WooxyAccount ||
		sends[0].Call != sends[1].Call {
		t.Errorf("ledger %+v", sends)
	}
}

func TestAnAccountWithoutMoneyHasToPay(t *testing.T) {
	t.Parallel()
	b := newBench(t, Options{})
	for _, m := range b.world.mounts {
		if v, ok := m.vendor.(*wooxy); ok {
			v.money = wooxyPrice
		}
	}
	status, answer := b.wooxy("/v3/viber/batch", goodBatch())
	if status != 402 || jsonOf(dig(t, answer, "errors")) != `["Payment required"]` {
		t.Errorf("HTTP %d %s", status, jsonOf(answer))
	}
	_, answer = b.wooxy("/v3/account/info", "{}")
	wantText(t, "balance", dig(t, answer, "accountBalance"), "0.0150")
}

func TestTheEleventhCallAtOnceIsRefusedAndRecorded(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		w := New(Options{})
		w.SetFaults(Fault{Kind: Delay, Vendor: "wooxy", Delay: time.Second})
		statuses := make(chan int, 11)
		for i := range 11 {
			r := httptest.NewRequest(http.MethodPost, "/wooxy/v3/viber/batch",
				strings.NewReader(goodBatch("contacts", contacts(100*i, 20))))
			r.Header.Set("Access-Token", fictitious.WooxyToken)
			go func() {
				recorder := httptest.NewRecorder()
				w.Handler().ServeHTTP(recorder, r)
				statuses <- recorder.Code
			}()
		}
		count := map[int]int{}
		for range 11 {
			count[<-statuses]++
		}
		ledger := w.Ledger()
		if count[200] != 10 || count[429] != 1 || ledger.AtOnce["wooxy"] != 11 || len(ledger.Sends) != 200 {
			t.Errorf("statuses %v, at once %v, %d sends", count, ledger.AtOnce, len(ledger.Sends))
		}
		if !slices.ContainsFunc(w.Requests(), func(r Request) bool { return r.AtOnce == 11 && r.Status == 429 }) {
			t.Error("the eleventh is not in the log")
		}
	})
}

func TestTenClientsOneAfterTheOtherAreNeverEleven(t *testing.T) {
	t.Parallel()
	l := newLine(t)
	var clients sync.WaitGroup
	for n := range 10 {
		clients.Go(func() {
			for i := range 12 {
				r, _ := http.NewRequestWithContext(t.Context(), http.MethodPost, l.base+"/wooxy/v3/viber/batch",
					strings.NewReader(goodBatch("contacts", contacts(n*100+i, 5))))
				r.Header.Set("Access-Token", fictitious.WooxyToken)
				resp, err := http.DefaultClient.Do(r)
				if err != nil {
					t.Error(err)
					return
				}
				_ = resp.Body.Close()
				if resp.StatusCode != http.StatusOK {
					t.Errorf("HTTP %d", resp.StatusCode)
				}
			}
		})
	}
	clients.Wait()
	if most := l.world.Ledger().AtOnce["wooxy"]; most > 10 {
		t.Errorf("%d at once", most)
	}
}

func TestTriggerAndSendReachOnePersonEach(t *testing.T) {
	t.Parallel()
	b := newBench(t, Options{})
	_, answer := b.wooxy("/v3/viber/trigger", goodBatch("contacts", "", "contact", `"user-00005"`, "tags",
		`["anything"]`))
	first := text(dig(t, answer, "Viber_message_ids", 0))
	_, answer = b.wooxy("/v3/viber/trigger", goodBatch("contacts", "", "contact", `"user-77777"`))
	wantText(t, "unknown person", dig(t, answer, "errors", 0), "Contact not found")

	letter := `{"domain":"shop.example.com","phoneNumber":%q,"text":"Hi","buttons":{"text":"Shop","url":"https://example.com"}%s}`
	_, answer = b.wooxy("/v3/viber/send", fmt.Sprintf(letter, "+306948500001", ""))
	second := text(dig(t, answer, "viber_message_ids", 0))
	_, answer = b.wooxy("/v3/viber/send", fmt.Sprintf(letter, "+375291200001", ""))
	wantText(t, "restricted country", dig(t, answer, "errors", 0), "No default senderId registered for country")
	_, answer = b.wooxy("/v3/viber/send", fmt.Sprintf(letter, "+375291200001", `,"senderId":"EXAMPLE"`))
	wantText(t, "restricted country", dig(t, answer, "errors", 0),
		"Country of contact is not allowed for senderId EXAMPLE")
	sends := b.world.Ledger().Sends
	if len(sends) != 2 || sends[0].CampaignID != first || sends[1].CampaignID != second || sends[1].Text != "Hi" {
		t.Errorf("ledger %+v", sends)
	}
}

func TestTheViberBlacklistPagesAddsAndRemoves(t *testing.T) {
	t.Parallel()
	b := newBench(t, Options{})
	_, answer := b.wooxy("/v3/viber/blacklist/find", `{"limit":20,"offset":40}`)
	wantText(t, "total", dig(t, answer, "totalCount"), "47")
	if n := len(dig(t, answer, "data").([]any)); n != 7 {
		t.Errorf("%d in the last page, want 7", n)
	}
	add := `{"records":[{"phoneNumber":"+375291200000","rejectType":"spam","rawLog":"asked"},{"phoneNumber":"+375291200000","rejectType":"spam"}]}`
	_, answer = b.wooxy("/v3/viber/blacklist/add", add)
	wantText(t, "result", dig(t, answer, "result"), "true")
	_, answer = b.wooxy("/v3/viber/blacklist/find", `{"phoneNumber":"+375291200000"}`)
	wantText(t, "total", dig(t, answer, "totalCount"), "1")
	wantText(t, "type", dig(t, answer, "data", 0, "rejectType"), "spam")
	wantText(t, "source", dig(t, answer, "data", 0, "source"), "api")
	_, answer = b.wooxy("/v3/viber/blacklist/remove", `{"phoneNumber":"+375291200000"}`)
	wantText(t, "result", dig(t, answer, "result"), "true")
	_, answer = b.wooxy("/v3/viber/blacklist/find", `{"phoneNumber":"+375291200000"}`)
	wantText(t, "total", dig(t, answer, "totalCount"), "0")
	if changes := b.world.Ledger().Blacklist; len(changes) != 2 || !changes[0].Added || changes[1].Added ||
		changes[0].Phone != "375291200000" {
		t.Errorf("ledger %+v", changes)
	}
	many := `{"records":[` + strings.TrimSuffix(strings.Repeat(`{"phoneNumber":"+375291200000","rejectType":"spam"},`,
		101), ",") + `]}`
	for body, want := range map[string]string{
		many: "Amount of records must be less or equal 100", `{}`: "Argument records required",
		`{"records":[{"phoneNumber":"12","rejectType":"spam"}]}`: "Argument phoneNumber must be a valid " +
			"phone number",
		`{"records":[{"phoneNumber":"+375291200000","rejectType":"odd"}]}`: "Argument rejectType must be in [spam, " +
			"invalid]",
	} {
		_, answer = b.wooxy("/v3/viber/blacklist/add", body)
		wantText(t, "error", dig(t, answer, "errors", 0), want)
	}
}

func TestListsOfContactsAndTagsCanBeFound(t *testing.T) {
	t.Parallel()
	b := newBench(t, Options{})
	_, answer := b.wooxy("/v3/contact-list/find", `{"domain":"shop.example.com","limit":3}`)
	wantText(t, "total", dig(t, answer, "totalCount"), "4")
	wantText(t, "id", dig(t, answer, "data", 0, "contactListId"), WooxyList)
	_, answer = b.wooxy("/v3/contact-list/find", `{}`)
	wantText(t, "error", dig(t, answer, "errors", 0), "Argument domainId required")
	_, answer = b.wooxy("/v3/contact-list/get", `{"contactListId":"`+WooxySmallList+`"}`)
	wantText(t, "name", dig(t, answer, "data", "contactListName"), "VIP")
	_, answer = b.wooxy("/v3/contact/get", `{"contactListId":"`+WooxySmallList+`","contact":"user-00099"}`)
	wantText(t, "active", dig(t, answer, "isActive"), "false")

	b.wooxy("/v3/tags/create", `{"name":"spring"}`)
	_, answer = b.wooxy("/v3/viber/batch", goodBatch("tags", `["spring"]`))
	wantText(t, "result", dig(t, answer, "result"), "true")
	b.wooxy("/v3/tags/remove", `{"name":"spring"}`)
	_, answer = b.wooxy("/v3/tags/get", `{}`)
	wantText(t, "tags", dig(t, answer, "totalCount"), "4")
}
