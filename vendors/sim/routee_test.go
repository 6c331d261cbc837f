package sim

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"
)

// enterRoutee gets a token for Routee, its credentials in a Basic header.
func (b *bench) enterRoutee() {
	b.Helper()
	status, answer := b.routeeToken(fictitious.RouteeApplicationID, fictitious.RouteeApplicationSecret,
		"client_credentials")
	if status != 200 {
		b.Fatalf("HTTP %d: %s", status, jsonOf(answer))
	}
	b.token = text(dig(b, answer, "access_token"))
}

func (b *bench) routeeToken(id, secret, grant string) (status int, answer any) {
	b.Helper()
	r := httptest.NewRequest(http.MethodPost, "/routee-auth/oauth/token", strings.NewReader("grant_type="+grant))
	r.Header.Set("Content-Type", formType)
	r.SetBasicAuth(id, secret)
	w := httptest.NewRecorder()
	b.world.Handler().ServeHTTP(w, r)
	if err := decodeJSON(w.Body.Bytes(), &answer); err != nil {
		b.Fatal(err)
	}
	return w.Code, answer
}

// routee makes one Routee call.
func (b *bench) routee(method, path, body string) (int, any) {
	b.Helper()
	if b.token == "" {
		b.enterRoutee()
	}
	return b.ask(method, "/routee"+path, "application/json", body)
}

// goodMessage is a campaign that Routee takes; the fields given replace its own, an empty value
// leaves one out.
func goodMessage(fields ...string) string {
	parts := map[string]string{
		"senderInfoTrackingId": `"` + RouteeSender + `"`, "to": `["+306948590001","+35796500002"]`,
		"campaignName": `"Autumn-1"`, "body": `{"text":"Hello"}`,
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

func TestEveryDocumentedErrorOfACampaignHasItsCode(t *testing.T) {
	t.Parallel()
	long := "https://example.com/" + strings.Repeat("x", 1000)
	many := `["` + strings.TrimSuffix(strings.Repeat(`+306948590001","`, 1001), `,"`) + `]`
	const action = `"action":{"caption":"Shop","targetUrl":"https://example.com"}`
	const video = `"viberVideo":{"videoURL":"https://example.com/v.mp4","videoThumbnail":"https://example.com/t.jpg","fileSize":%s,"duration":%s}`
	for name, c := range map[string]struct {
		want   string // status, code, inner code
		fields []string
	}{
		"one bad number":        {"400 400019002 001", []string{"to", `["+306948590001","+30210"]`}},
		"number without a plus": {"400 400019002 001", []string{"to", `["306948590001"]`}},
		"a landline":            {"400 400019002 001", []string{"to", `["+302109590001"]`}},
		"image no address":      {"400 400000000 body.imageURL", []string{"body", `{"imageURL":"image"}`}},
		"image address long":    {"400 400000000 body.imageURL", []string{"body", `{"imageURL":"` + long + `"}`}},
		"image not secure": {"400 400000000 body.imageURL",
			[]string{"body", `{"imageURL":"http://example.com/i.png"}`}},
		"text and image": {"400 400019002 007",
			[]string{"body", `{"text":"a","imageURL":"https://example.com/i.png"}`}},
		"file and text": {"400 400019002 007",
			[]string{"body", `{"text":"a","viberFile":{"fileName":"a","fileType":"pdf","fileUrl":"https://example.com/a"}}`}},
		"ttl too long":    {"400 400000000 ttl", []string{"ttl", "86401"}},
		"ttl too short":   {"400 400000000 ttl", []string{"ttl", "29"}},
		"unknown contact": {"404 404002001 ", []string{"contacts", `["nobody"]`}},
		"unknown sender":  {"404 404020001 ", []string{"senderInfoTrackingId", `"nobody"`}},
		"taken name":      {"409 409009003 ", []string{"campaignName", `"` + RouteeTakenName + `"`}},
		"file type": {"400 400019002 019",
			[]string{"body", `{"viberFile":{"fileName":"a","fileType":"html","fileUrl":"https://example.com/a"}}`}},
		"file size": {"400 400019002 016",
			[]string{"body", `{"viberFile":{"fileName":"a","fileType":"pdf","fileUrl":"https://example.com/larger-than-600-kb.pdf"}}`}},
		"file name": {"400 400000000 body.viberFile.fileName",
			[]string{"body", `{"viberFile":{"fileName":"` + strings.Repeat("a", 26) +
				`","fileType":"pdf","fileUrl":"https://example.com/a"}}`}},
		"session with a button": {"400 400019002 020",
			[]string{"isSessionMessage", "true", "body", `{"text":"a",` + action + `}`}},
		"session with video": {"400 400019002 ",
			[]string{"isSessionMessage", "true", "body", "{" + fmt.Sprintf(video, "5", "5") + "}"}},
		"thumbnail": {"400 400000000 body.viberVideo.videoThumbnail",
			[]string{"body", `{"viberVideo":{"videoURL":"https://example.com/v","videoThumbnail":"` + long +
				`","fileSize":1,"duration":1}}`}},
		"video size": {"400 400000000 body.viberVideo.fileSize",
			[]string{"body", "{" + fmt.Sprintf(video, "201", "5") + "}"}},
		"video duration": {"400 400000000 body.viberVideo.duration",
			[]string{"body", "{" + fmt.Sprintf(video, "5", "601") + "}"}},
		"video and button": {"400 400019002 ",
			[]string{"body", `{"text":"a",` + action + "," + fmt.Sprintf(video, "5", "5") + "}"}},
		"nobody":   {"400 400000000 to", []string{"to", "[]"}},
		"too many": {"400 400000000 to", []string{"to", many}},
		"name too long": {"400 400000000 campaignName",
			[]string{"campaignName", `"` + strings.Repeat("a", 31) + `"`}},
		"name in Greek": {"400 400000000 campaignName", []string{"campaignName", `"Άνοιξη"`}},
		"text too long": {"400 400000000 body.text",
			[]string{"body", `{"text":"` + strings.Repeat("ж", 1001) + `"}`}},
		"caption too long": {"400 400000000 body.action.caption",
			[]string{"body", `{"text":"a","action":{"caption":"` + strings.Repeat("ж", 31) +
				`","targetUrl":"https://example.com"}}`}},
		"label too long":      {"400 400000000 label", []string{"label", `"` + strings.Repeat("ж", 351) + `"`}},
		"date without a zone": {"400 400000000 scheduledDate", []string{"scheduledDate", `"2027-02-01T10:00:00"`}},
		"no body":             {"400 400000000 body", []string{"body", ""}},
		"no sender":           {"400 400000000 senderInfoTrackingId", []string{"senderInfoTrackingId", ""}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := newBench(t, Options{})
			status, answer := b.routee("POST", "/viber/campaign", goodMessage(c.fields...))
			dig(t, answer, "developerMessage")
			inner := ""
			if properties, ok := answer.(map[string]any)["properties"].(map[string]any); ok {
				for field, value := range properties {
					if inner = field; field == "errorCode" {
						inner = text(value)
					}
				}
			}
			if got := fmt.Sprint(status, " ", text(dig(t, answer, "code")), " ", inner); got != c.want {
				t.Errorf("%s, want %s", got, c.want)
			}
			if n := len(b.world.Ledger().Sends); n != 0 {
				t.Errorf("%d sends of a refused campaign", n)
			}
		})
	}
}

func TestACampaignThatCostsMoreThanThereIsIsRefused(t *testing.T) {
	t.Parallel()
	b := newBench(t, Options{})
	b.world.mounts[2].vendor.(*routee).money = 100
	status, answer := b.routee("POST", "/viber/campaign", goodMessage())
	if code := text(dig(t, answer, "code")); status != 400 || code != "400001009" {
		t.Errorf("HTTP %d, code %s", status, code)
	}
}

func TestEachRouteeLayoutIsTaken(t *testing.T) {
	t.Parallel()
	const action = `"action":{"caption":"Shop","targetUrl":"https://example.com"}`
	const video = `"viberVideo":{"videoURL":"https://example.com/v.mp4","fileSize":"200","duration":600}`
	const image = `"imageURL":"https://example.com/i.png"`
	for name, fields := range map[string][]string{
		"text":                nil,
		"image":               {"body", "{" + image + "}"},
		"text, button":        {"body", `{"text":"a",` + action + "}"},
		"text, image, button": {"body", `{"text":"a",` + image + "," + action + "}"},
		"file": {
			"body", `{"viberFile":{"fileName":"a.pdf","fileType":"pdf","fileUrl":"https://example.com/a.pdf"}}`},
		"video":              {"body", "{" + video + "}"},
		"video, text":        {"body", `{"text":"a",` + video + "}"},
		"video, text, image": {"body", `{"text":"a",` + image + "," + video + "}"},
		"session":            {"isSessionMessage", "true"},
		"everything else": {"ttl", "30", "label", `"x"`, "scheduledDate", `"2027-02-01T10:00:00+02:00"`,
			"callbackUrl", `"https://example.com/cb"`, "inboundUrl", `"https://example.com/in"`},
		"no name":              {"campaignName", ""},
		"people of all kinds":  {"contacts", `["` + RouteeContact(5) + `"]`, "groups", `["vip"]`},
		"an empty group alone": {"to", "", "groups", `["empty"]`},
	} {
		b := newBench(t, Options{})
		if status, answer := b.routee("POST", "/viber/campaign", goodMessage(fields...)); status != 200 {
			t.Errorf("%s: HTTP %d: %s", name, status, jsonOf(answer))
		}
	}
}

func TestACampaignIsAnalysedChargedAndCountsEachPersonOnce(t *testing.T) {
	t.Parallel()
	b := newBench(t, Options{})
	_, answer := b.routee("POST", "/viber/campaign",
		goodMessage("to", fmt.Sprintf("[%q,%q]", RouteeContactPhone(0), RouteeContactPhone(9)),
			"contacts", fmt.Sprintf("[%q,%q]", RouteeContact(0), RouteeContact(50)), "groups", `["customers","vip"]`,
			"body", `{"text":"Dear [~{firstName}] of [~{city}]","fallbackValues":{"firstName":"friend","city":"Greece"},"action":{"caption":"Shop","targetUrl":"https://example.com"}}`))
	wantText(t, "recipients", dig(t, answer, "viberAnalysis", "numberOfRecipients"), "170")
	wantText(t, "per group", dig(t, answer, "viberAnalysis", "recipientsPerGroup"), `{"customers":170,"vip":12}`)
	wantText(t, "in groups", dig(t, answer, "viberAnalysis", "totalInGroups"), "167")
	wantText(t, "per country", dig(t, answer, "viberAnalysis", "recipientsPerCountry"), `{"CY":17,"GR":153}`)
	wantText(t, "country", dig(t, answer, "viberAnalysis", "recipientCountries", RouteeContactPhone(9)), "CY")
	wantText(t, "characters", dig(t, answer, "viberAnalysis", "bodyAnalysis", "characters"), "32")
	wantText(t, "messages", dig(t, answer, "totalMessages"), "170")
	wantText(t, "cost", dig(t, answer, "cost"), "4.8790") // 153 × 0.028 + 17 × 0.035
	wantText(t, "state", dig(t, answer, "state"), "Queued")
	_, balance := b.routee("GET", "/accounts/me/balance", "")
	wantText(t, "balance", dig(t, balance, "balance"), "895.1210")
	wantText(t, "currency", dig(t, balance, "currency", "code"), "EUR")
	texts := map[string]string{}
	for _, s := range b.world.Ledger().Sends {
		texts[s.Phone] = s.Text
	}
	wantText(t, "own labels", texts[strings.TrimPrefix(RouteeContactPhone(0), "+")], "Dear Μαρία of Αθήνα")
	wantText(t, "fallback", texts[strings.TrimPrefix(RouteeContactPhone(20), "+")], "Dear friend of Greece")
}

func TestTrackingReportsEveryMessagePageByPage(t *testing.T) {
	t.Parallel()
	b := newBench(t, Options{Seed: 2})
	_, answer := b.routee("POST", "/viber/campaign",
		goodMessage("to", jsonOf(plus(people(throw(5), greece, 130))), "ttl", "3000"))
	path := "/viber/tracking/campaign/" + text(dig(t, answer, "trackingId"))
	_, fresh := b.routee("GET", path, "")
	wantText(t, "default size", dig(t, fresh, "numberOfElements"), "20")
	wantText(t, "status", dig(t, fresh, "content", 0, "status", "status"), "QUEUED")
	b.clock.pass(59 * time.Minute)
	words, seen := map[string]int{}, map[string]bool{}
	for number := 0; ; number++ {
		_, answer := b.routee("GET", fmt.Sprintf("%s?page=%d&size=50", path, number), "")
		wantText(t, "total", dig(t, answer, "totalElements"), "130")
		wantText(t, "pages", dig(t, answer, "totalPages"), "3")
		for _, row := range dig(t, answer, "content").([]any) {
			words[text(dig(t, row, "status", "status"))]++
			seen[text(dig(t, row, "trackingId"))] = true
		}
		if jsonOf(dig(t, answer, "last")) == "true" {
			break
		}
	}
	if len(seen) != 130 || words["SEEN"] == 0 || words["DELIVERED"] == 0 || words["EXPIRED"] == 0 ||
		words["UNDELIVERED"] == 0 || words["QUEUED"] != 0 {
		t.Errorf("%d messages in states %v", len(seen), words)
	}
	_, sorted := b.routee("GET", path+"?size=200&sort=to,desc", "")
	rows := dig(t, sorted, "content").([]any)
	if !slices.IsSortedFunc(rows, func(x, y any) int {
		return strings.Compare(text(dig(t, y, "to")), text(dig(t, x, "to")))
	}) {
		t.Error("not sorted by phone, the last first")
	}
	id := text(dig(t, rows, 0, "trackingId"))
	_, one := b.routee("GET", "/viber/tracking/"+id, "")
	wantText(t, "campaign", dig(t, one, "campaign"), "Autumn-1")
	wantText(t, "one message", dig(t, one, "trackingId"), id)
	status, answer := b.routee("GET", "/viber/tracking/nothing", "")
	if code := text(dig(t, answer, "code")); status != 404 || code != "404019006" {
		t.Errorf("HTTP %d, code %s", status, code)
	}
}

func plus(phones []string) []string {
	for i, phone := range phones {
		phones[i] = "+" + phone
	}
	return phones
}

func TestASecondCampaignOfOneNameIsAConflictUntilTheFirstIsDeleted(t *testing.T) {
	t.Parallel()
	b := newBench(t, Options{})
	scheduled := goodMessage("scheduledDate", `"2027-01-12T10:00:00+02:00"`)
	_, answer := b.routee("POST", "/viber/campaign", scheduled)
	wantText(t, "date", dig(t, answer, "scheduledDate"), "2027-01-12T08:00:00.000Z")
	wantText(t, "state", dig(t, answer, "state"), "Scheduled")
	id := text(dig(t, answer, "trackingId"))
	if status, _ := b.routee("POST", "/viber/campaign", scheduled); status != 409 {
		t.Errorf("the second is answered HTTP %d", status)
	}
	if status, _ := b.routee("DELETE", "/viber/campaign/"+id, ""); status != 200 {
		t.Errorf("HTTP %d", status)
	}
	if status, _ := b.routee("GET", "/viber/tracking/campaign/"+id, ""); status != 404 {
		t.Errorf("a deleted campaign is answered HTTP %d", status)
	}
	if status, _ := b.routee("POST", "/viber/campaign", goodMessage()); status != 200 {
		t.Errorf("the name is not free: HTTP %d", status)
	}
	ledger := b.world.Ledger()
	if ledger.Count("Autumn-1", "306948590001") != 1 || len(ledger.Cancelled) != 1 || ledger.Cancelled[0].People != 2 ||
		ledger.Cancelled[0].CampaignID != id {
		t.Errorf("ledger %+v", ledger)
	}
	status, answer := b.routee("DELETE", "/viber/campaign/"+RouteeCampaign(0), "")
	if status != 400 {
		t.Errorf("a campaign that has left is deleted: HTTP %d %s", status, jsonOf(answer))
	}
	if status, _ := b.routee("DELETE", "/viber/campaign/"+RouteeScheduled, ""); status != 200 {
		t.Errorf("the seeded scheduled campaign: HTTP %d", status)
	}
}

func TestTokensAreGivenForCredentialsAndExpireAsDocumented(t *testing.T) {
	t.Parallel()
	b := newBench(t, Options{})
	for _, c := range []struct {
		id, secret, grant, want string
		status                  int
	}{
		{"nobody", "x", "client_credentials", "invalid_client", 401},
		{fictitious.RouteeApplicationID, "x", "client_credentials", "invalid_client", 401},
		{fictitious.RouteeApplicationID, fictitious.RouteeApplicationSecret, "password", "unsupported_grant_type", 400},
	} {
		status, answer := b.routeeToken(c.id, c.secret, c.grant)
		if status != c.status || text(dig(t, answer, "error")) != c.want {
			t.Errorf("%+v: HTTP %d %s", c, status, jsonOf(answer))
		}
	}
	if status, _ := b.ask("POST", "/routee-auth/oauth/token", formType,
		"grant_type=client_credentials"); status != 401 {
		t.Errorf("without credentials: HTTP %d", status)
	}
	b.enterRoutee()
	b.clock.pass(59 * time.Minute)
	if status, _ := b.routee("GET", "/groups/my", ""); status != 200 {
		t.Errorf("a good token: HTTP %d", status)
	}
	b.clock.pass(time.Minute)
	var statuses []int
	for range 2 {
		status, _ := b.routee("GET", "/groups/my", "")
		statuses = append(statuses, status)
	}
	slices.Sort(statuses)
	if !slices.Equal(statuses, []int{401, 403}) {
		t.Errorf("an expired token: HTTP %v, want 401 and 403", statuses)
	}
	b.enterRoutee()
	b.world.SetFaults(Fault{Kind: ExpiredToken, Vendor: "routee", Times: 1})
	for range 2 {
		if status, _ := b.routee("GET", "/groups/my", ""); status != 401 && status != 403 {
			t.Errorf("a void token: HTTP %d", status)
		}
	}
}

func TestOfWhatRouteeWritesInTwoWaysOneIsTakenAtATime(t *testing.T) {
	t.Parallel()
	const path = "/contacts/my/blacklist/Viber"
	for scenario, takes := range map[string]int{Calm: 0, OtherSpellings: 2} {
		b := newBench(t, Options{Scenario: scenario})
		for i, shape := range []string{`{"contacts":[%q]}`, `[%q]`, `[{"id":%q}]`, `{"contacts":[{"id":%q}]}`} {
			for _, method := range []string{"POST", "DELETE"} {
				status, answer := b.routee(method, path, fmt.Sprintf(shape, RouteeContact(i)))
				if i != takes && status == 400 {
					continue
				}
				wantText(t, method+" "+shape, dig(t, answer, "updated"), "1")
			}
		}
		_, answer := b.routee("GET", path, "")
		if rows := answer.([]any); len(rows) != 10 {
			t.Errorf("%d entries, want the seeded ten", len(rows))
		}
		for i, field := range []string{"videoURL", "videoUrl"} {
			want := map[bool]int{true: 200, false: 400}[i == takes/2]
			if status, answer := b.routee("POST", "/viber/campaign",
				goodMessage("campaignName", fmt.Sprintf("%q", "Film "+fmt.Sprint(i)),
					"body", `{"viberVideo":{"`+field+
						`":"https://example.com/v.mp4","fileSize":1,"duration":1}}`)); status != want {
				t.Errorf("%s, %s: HTTP %d, want %d: %v", scenario, field, status, want, answer)
			}
		}
		if changes := b.world.Ledger().Blacklist; len(changes) != 2 ||
			"+"+changes[0].Phone != RouteeContactPhone(takes) ||
			!changes[0].Added || changes[1].Added {
			t.Errorf("ledger %+v", changes)
		}
	}
	b := newBench(t, Options{})
	status, answer := b.routee("POST", path, `{"contacts":["nobody"]}`)
	if code := text(dig(t, answer, "code")); status != 404 || code != "404002001" {
		t.Errorf("HTTP %d, code %s", status, code)
	}
}

func TestContactsAndGroupsCanBeReadAndMade(t *testing.T) {
	t.Parallel()
	b := newBench(t, Options{})
	_, answer := b.routee("GET", "/contacts/my?page=1&size=200", "")
	wantText(t, "total", dig(t, answer, "totalElements"), "300")
	wantText(t, "on this page", dig(t, answer, "numberOfElements"), "100")
	wantText(t, "first", dig(t, answer, "content", 0, "id"), RouteeContact(200))
	for phone, want := range map[string]int{RouteeContactPhone(7): 200, "+306948599999": 404} {
		if status, _ := b.routee("HEAD", "/contacts/my/mobile?value="+phone, ""); status != want {
			t.Errorf("HEAD %s: HTTP %d, want %d", phone, status, want)
		}
	}
	status, answer := b.routee("POST", "/contacts/my",
		`{"mobile":"+306948599999","firstName":"New","labels":[{"name":"city","value":"Volos"}]}`)
	if status != 201 {
		t.Errorf("HTTP %d", status)
	}
	_, answer = b.routee("GET", "/contacts/my/"+text(dig(t, answer, "id")), "")
	wantText(t, "label", dig(t, answer, "labels", 0, "value"), "Volos")
	if status, _ := b.routee("POST", "/contacts/my", `{"mobile":"+306948599999"}`); status != 409 {
		t.Errorf("a second contact of one number: HTTP %d", status)
	}
	_, answer = b.routee("GET", "/groups/my", "")
	wantText(t, "groups", answer, `[{"name":"customers"},{"name":"vip"},{"name":"empty"}]`)
	_, answer = b.routee("GET", "/groups/my/vip", "")
	wantText(t, "group", answer, `{"name":"vip","size":12}`)
	_, answer = b.routee("GET", "/groups/my/customers/contacts?size=5", "")
	wantText(t, "members", dig(t, answer, "totalElements"), "180")
	_, answer = b.routee("GET", "/system/prices?service=Viber&mcc=202", "")
	wantText(t, "price", dig(t, answer, "viber", 0, "networks", 0, "price"), "0.0280")
}

func TestContactsAndGroupsCanBeChanged(t *testing.T) {
	t.Parallel()
	b := newBench(t, Options{})
	_, answer := b.routee("PUT", "/contacts/my/"+RouteeContact(1), `{"firstName":"Other","labels":[]}`)
	wantText(t, "name", dig(t, answer, "firstName"), "Other")
	wantText(t, "labels", dig(t, answer, "labels"), "[]")
	b.routee("POST", "/groups/my", `{"name":"new"}`)
	_, answer = b.routee("POST", "/groups/my/new/contacts",
		fmt.Sprintf(`[%q,%q]`, RouteeContact(171), RouteeContact(299)))
	wantText(t, "size", dig(t, answer, "size"), "2")
	_, answer = b.routee("DELETE", "/contacts/my/blacklist/Viber/groups", `{"groups":["new"]}`)
	wantText(t, "off the blacklist", dig(t, answer, "updated"), "1")
	_, answer = b.routee("DELETE", "/groups/my/new/contacts", fmt.Sprintf(`{"contacts":[%q]}`, RouteeContact(171)))
	wantText(t, "size", dig(t, answer, "size"), "1")
	_, answer = b.routee("DELETE", "/groups/my", `["new"]`)
	wantText(t, "groups deleted", dig(t, answer, "updated"), "1")
	_, answer = b.routee("DELETE", "/contacts/my", fmt.Sprintf(`[{"id":%q},"nobody"]`, RouteeContact(299)))
	wantText(t, "contacts deleted", dig(t, answer, "updated"), "1")
	if status, _ := b.routee("DELETE", "/contacts/my/"+RouteeContact(299), ""); status != 404 {
		t.Errorf("a deleted contact: HTTP %d", status)
	}
	b.routee("POST", "/viber/campaign", goodMessage())
	_, answer = b.routee("GET", "/accounts/me/transactions?size=1", "")
	wantText(t, "newest", dig(t, answer, "content", 0, "amount"), "0.0430")
}

func TestTheSameSeedGivesTheSameRouteeAndWooxy(t *testing.T) {
	t.Parallel()
	look := func(seed uint64) string {
		b := newBench(t, Options{Seed: seed})
		b.enterRoutee()
		_, sent := b.routee("POST", "/viber/campaign", goodMessage())
		_, batch := b.wooxy("/v3/viber/batch", goodBatch())
		b.clock.pass(30 * time.Minute)
		_, seeded := b.routee("GET", "/viber/tracking/campaign/"+RouteeCampaign(6)+"?size=100", "")
		_, mine := b.routee("GET", "/viber/tracking/campaign/"+text(dig(t, sent, "trackingId")), "")
		_, blocked := b.wooxy("/v3/viber/blacklist/find", "{}")
		return jsonOf([]any{sent, batch, seeded, mine, blocked})
	}
	if first, second := look(7), look(7); first != second {
		t.Errorf("two worlds of one seed differ:\n%s\n%s", first, second)
	}
	if look(7) == look(8) {
		t.Error("two seeds give one world")
	}
}

func TestALostAnswerLeavesTheNameTaken(t *testing.T) {
	t.Parallel()
	l := newLine(t)
	b := &bench{T: t, world: l.world}
	b.enterRoutee()
	l.world.SetFaults(Fault{Kind: DropAfter, Vendor: "routee", Op: "sendCampaign", Times: 1})
	r, _ := http.NewRequestWithContext(t.Context(), http.MethodPost, l.base+"/routee/viber/campaign",
		strings.NewReader(goodMessage()))
	r.Header.Set("Authorization", "Bearer "+b.token)
	if resp, err := l.http.Do(r); err == nil {
		_ = resp.Body.Close()
		t.Error("the answer came through")
	}
	if status, _ := b.routee("POST", "/viber/campaign", goodMessage()); status != 409 {
		t.Errorf("the repeat is answered HTTP %d", status)
	}
	if n := l.world.Ledger().Count("Autumn-1", "306948590001"); n != 1 {
		t.Errorf("sent %d times", n)
	}
}

func TestASingleMessageIsTrackedByItsOwnID(t *testing.T) {
	t.Parallel()
	b := newBench(t, Options{})
	_, answer := b.routee("POST", "/viber", goodMessage("to", `"+306948590001"`, "campaignName", "", "isSessionMessage",
		"true"))
	id := text(dig(t, answer, "trackingId"))
	_, answer = b.routee("GET", "/viber/tracking/"+id, "")
	wantText(t, "to", dig(t, answer, "to"), "+306948590001")
	_, session := b.routee("GET", "/viber/session/"+text(dig(t, answer, "sessionId")), "")
	wantText(t, "message", dig(t, session, "messages", 0, "message"), "Hello")
	_, session = b.routee("POST", "/viber/session?size=5&dateStart=2027-01-11T00:00:00Z",
		`{"phoneNumber":"+306948590001"}`)
	wantText(t, "session messages", dig(t, session, "totalElements"), "1")
	if n := len(b.world.Ledger().Sends); n != 1 {
		t.Errorf("%d in the ledger, want 1", n)
	}
}

func TestTheSeededCampaignsOfRouteeAreAlive(t *testing.T) {
	t.Parallel()
	for _, scenario := range Scenarios() {
		b := newBench(t, Options{Scenario: scenario})
		words := map[string]bool{}
		for n := range 7 {
			_, answer := b.routee("GET", "/viber/tracking/campaign/"+RouteeCampaign(n)+"?size=2000", "")
			for _, row := range dig(t, answer, "content").([]any) {
				words[text(dig(t, row, "status", "status"))] = true
			}
		}
		if !words["SEEN"] || !words["DELIVERED"] || words["UNSENT"] != (scenario == FireDrill) {
			t.Errorf("%s: %v", scenario, words)
		}
		_, answer := b.routee("GET", "/campaigns/"+RouteeScheduled, "")
		wantText(t, "state", dig(t, answer, "state"), "Scheduled")
	}
}
