package sim

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"reflect"
	"strings"
	"testing"
	"time"
)

// newYear is where the tests' clocks begin: noon in London, 15:00 in Minsk.
var newYear = time.Date(2027, 1, 11, 12, 0, 0, 0, time.UTC)

// testClock is a clock that moves only when set.
type testClock struct{ now time.Time }

func (c *testClock) Now() time.Time { return c.now }

func (c *testClock) pass(d time.Duration) { c.now = c.now.Add(d) }

// bench is a world on a test clock, asked without a network.
type bench struct {
	*testing.T
	world *World
	clock *testClock
	token string // bearer for SendPulse and Routee
	key   string // Access-Token for Wooxy
}

func newBench(t *testing.T, o Options) *bench {
	t.Helper()
	clock := &testClock{newYear}
	o.Now = clock.Now
	return &bench{T: t, world: New(o), clock: clock}
}

// ask makes one request and decodes the JSON answer, numbers kept as written.
func (b *bench) ask(method, target, contentType, body string) (status int, answer any) {
	b.Helper()
	r := httptest.NewRequest(method, target, strings.NewReader(body))
	if contentType != "" {
		r.Header.Set("Content-Type", contentType)
	}
	if b.token != "" {
		r.Header.Set("Authorization", "Bearer "+b.token)
	}
	if b.key != "" {
		r.Header.Set("Access-Token", b.key)
	}
	w := httptest.NewRecorder()
	b.world.Handler().ServeHTTP(w, r)
	if err := decodeJSON(w.Body.Bytes(), &answer); err != nil {
		b.Fatalf("%s %s: answer %q is no JSON: %v", method, target, w.Body, err)
	}
	return w.Code, answer
}

// dig follows keys (string) and positions (int) into an answer.
func dig(t testing.TB, value any, path ...any) any {
	t.Helper()
	for _, step := range path {
		switch step := step.(type) {
		case string:
			object, ok := value.(map[string]any)
			if !ok {
				t.Fatalf("no object where %q of %v is wanted: %v", step, path, value)
			}
			if value, ok = object[step]; !ok {
				t.Fatalf("no key %q in %v", step, object)
			}
		case int:
			items, ok := value.([]any)
			if !ok || step >= len(items) {
				t.Fatalf("no element %d of %v in %v", step, path, value)
			}
			value = items[step]
		}
	}
	return value
}

func wantText(t testing.TB, what string, value any, want string) {
	t.Helper()
	got := text(value)
	if _, isText := value.(string); !isText {
		got = strings.TrimSpace(jsonOf(value))
	}
	if got != want {
		t.Errorf("%s is %s, want %s", what, got, want)
	}
}

func jsonOf(value any) string {
	b, _ := json.Marshal(value)
	return string(b)
}

func TestTheSameSeedGivesTheSameWorldAndTheSameFates(t *testing.T) {
	t.Parallel()
	look := func(seed uint64, wait time.Duration) string {
		b := newBench(t, Options{Seed: seed})
		b.clock.pass(wait)
		return b.lookAround()
	}
	if first, second := look(7, time.Hour), look(7, time.Hour); first != second {
		t.Error("two worlds of one seed differ")
	}
	if look(7, time.Hour) == look(8, time.Hour) {
		t.Error("two seeds give one world")
	}
}

// lookAround reads the whole sms.by account.
func (b *bench) lookAround() string {
	var all strings.Builder
	for _, m := range b.mailings() {
		all.WriteString(jsonOf(m))
		id := text(dig(b, m, "message_id"))
		all.WriteString(jsonOf(b.smsby("getViberDeliveryList", "message_id="+id)))
		all.WriteString(jsonOf(b.smsby("getNewIncomingMessages", "message_id="+id)))
	}
	return all.String()
}

func TestTheFateOfAMessageDoesNotDependOnWhenOrInWhatOrderThePeopleWereAsked(t *testing.T) {
	t.Parallel()
	fates := func(phones []string, wait time.Duration) map[string]string {
		b := newBench(t, Options{Seed: 3})
		b.clock.pass(wait)
		id := b.sendBulk("One name", phones...)
		b.clock.pass(48 * time.Hour)
		states := map[string]string{}
		for _, row := range dig(b, b.smsby("getViberDeliveryList", "message_id="+id), "result").([]any) {
			states[text(dig(b, row, "phone"))] = text(dig(b, row, "status"))
		}
		return states
	}
	phones := people(throw(1), belarus, 60)
	forward := fates(phones, time.Minute)
	reversed := make([]string, len(phones))
	for i, p := range phones {
		reversed[len(phones)-1-i] = p
	}
	if backward := fates(reversed, 5*time.Hour); !reflect.DeepEqual(forward, backward) {
		t.Errorf("fates differ:\n%v\n%v", forward, backward)
	}
	kinds := map[string]bool{}
	for _, state := range forward {
		kinds[state] = true
	}
	if !kinds["READ"] || !kinds["DELIVERED"] || len(kinds) < 3 {
		t.Errorf("60 people end in %v; some should read, some not, some fail", kinds)
	}
}

func TestSpeedShortensLivesAndLeavesTheClockAlone(t *testing.T) {
	t.Parallel()
	slow := clock{start: newYear, speed: 1}
	fast := clock{start: newYear, speed: 60}
	for _, c := range []struct {
		name  string
		clock clock
		begun time.Duration // against the start of the world
		lasts time.Duration
		over  time.Duration
	}{
		{"natural speed", slow, time.Minute, time.Hour, time.Hour + time.Minute},
		{"accelerated", fast, time.Minute, time.Hour, 2 * time.Minute},
		{"history is natural", fast, -time.Hour, 30 * time.Minute, -30 * time.Minute},
		{"history that reaches into the present", fast, -time.Hour, 2 * time.Hour, time.Minute},
	} {
		if got := c.clock.after(newYear.Add(c.begun), c.lasts); !got.Equal(newYear.Add(c.over)) {
			t.Errorf("%s: over at %v, want %v", c.name, got.Sub(newYear), c.over)
		}
	}
}

func TestAMessageNeverGoesBackwards(t *testing.T) {
	t.Parallel()
	c := clock{start: newYear, speed: 60}
	for _, phone := range people(throw(9), belarus, 300) {
		f := fateOf(1, "smsby", "Any", phone, circumstances{24 * time.Hour, true, 1, false})
		last, lastSince := waiting, time.Time{}
		for minute := range 60 * 26 {
			now := newYear.Add(time.Duration(minute) * time.Second)
			reached, since := f.at(c, newYear, now)
			if reached < last || since.Before(lastSince) || since.After(now) {
				t.Fatalf("%s: from %v since %v to %v since %v at %v", phone, last, lastSince, reached, since, now)
			}
			last, lastSince = reached, since
		}
		if last <= sent {
			t.Fatalf("%s ends in %v after its lifetime", phone, last)
		}
	}
}

func TestEachScenarioHasLivingDataForEveryView(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		scenario           string
		mailings, tasks    int
		replies, mostReply int
		largest            int
		blacklist          int
	}{
		{Calm, 15, 15, 25, 70, 400, 60},
		{Busy, 150, 261, 400, 900, 20_000, 500},
		{FireDrill, 15, 15, 25, 70, 400, 60},
	} {
		t.Run(c.scenario, func(t *testing.T) {
			t.Parallel()
			b := newBench(t, Options{Scenario: c.scenario, Seed: 1})
			sms, pulse := b.world.mounts[0].vendor.(*smsby), b.world.mounts[1].vendor.(*sendPulse)
			replies, largest := 0, 0
			for _, m := range sms.mailings {
				largest = max(largest, len(m.people))
				for i := range m.people {
					replies += len(sms.arrived(m, i, b.clock.now))
				}
			}
			if len(sms.mailings) < c.mailings || largest != c.largest {
				t.Errorf("%d mailings, the largest to %d", len(sms.mailings), largest)
			}
			if replies < c.replies || replies > c.mostReply {
				t.Errorf("%d replies, want %d to %d", replies, c.replies, c.mostReply)
			}
			if len(pulse.tasks) < c.tasks || len(pulse.blacklist) < c.blacklist {
				t.Errorf("%d campaigns, %d on the blacklist", len(pulse.tasks), len(pulse.blacklist))
			}
			words := map[string]bool{}
			for _, task := range pulse.tasks {
				words[pulse.status(task, b.clock.now)] = true
			}
			if !words["sent"] || !words["moderation"] || !words[""] {
				t.Errorf("campaign statuses %v; sent, moderation and null are wanted", words)
			}
		})
	}
}

func TestRepliesGoOnArrivingWhileSomebodyWatches(t *testing.T) {
	t.Parallel()
	b := newBench(t, Options{Speed: 60, Seed: 1})
	before := b.countReplies()
	b.clock.pass(5 * time.Minute)
	if after := b.countReplies(); after <= before {
		t.Errorf("%d replies, five minutes later %d", before, after)
	}
}

func (b *bench) countReplies() int {
	n := 0
	for _, m := range b.mailings() {
		n += len(dig(b, b.smsby("getNewIncomingMessages", "message_id="+text(dig(b, m, "message_id"))),
			"result").([]any))
	}
	return n
}

func TestTheRequestLogHoldsNoSecrets(t *testing.T) {
	t.Parallel()
	b := newBench(t, Options{})
	b.ask("GET", "/smsby/api/v2/getViberMessages?token="+fictitious.SMSByToken, "", "")
	b.login()
	b.wooxy("/v3/account/info", "{}")
	_, log := b.ask("GET", "/requests", "", "")
	for _, secret := range []string{fictitious.SMSByToken, fictitious.SendPulseClientSecret, fictitious.WooxyToken,
		b.token} {
		if strings.Contains(jsonOf(log), secret) {
			t.Errorf("the log shows %s", secret)
		}
	}
	wantText(t, "op", dig(t, log, 0, "op"), "getViberMessages")
	wantText(t, "status", dig(t, log, 0, "status"), "200")
	wantText(t, "second op", dig(t, log, 1, "op"), "accessToken")
}

func TestTheLedgerCountsEachPersonOfEachCampaign(t *testing.T) {
	t.Parallel()
	b := newBench(t, Options{})
	b.sendBulk("Twice", "375291110001", "375291110002")
	b.sendBulk("Twice", "375291110001")
	ledger := b.world.Ledger()
	if n := ledger.Count("Twice", "375291110001"); n != 2 {
		t.Errorf("counted %d, want 2", n)
	}
	if ledger.Sends[0].Call != ledger.Sends[1].Call || ledger.Sends[1].Call == ledger.Sends[2].Call {
		t.Errorf("call numbers do not tell the calls apart: %+v", ledger.Sends)
	}
	_, answer := b.ask("GET", "/ledger", "", "")
	wantText(t, "count", dig(t, answer, "counts", "Twice", "375291110002"), "1")
	wantText(t, "account", dig(t, answer, "sends", 0, "account"), "minsk")
}

func TestAServedWorldAnswersAndEndsWithItsContext(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	w := New(Options{})
	base, wait, err := Serve(ctx, "127.0.0.1:0", w)
	if err != nil {
		t.Fatal(err)
	}
	resp, err := http.Get(base + "/smsby/api/v1/getBalance/?token=" + w.Credentials().SMSByToken)
	if err != nil {
		t.Fatal(err)
	}
	body, _ := io.ReadAll(resp.Body)
	_ = resp.Body.Close()
	if !strings.Contains(string(body), `"viber_balance":"5000.00000"`) {
		t.Errorf("balance answered %s", body)
	}
	cancel()
	if err := wait(); err != nil {
		t.Errorf("ended with %v", err)
	}
	if resp, err := http.Get(base + "/ledger"); err == nil {
		_ = resp.Body.Close()
		t.Error("a stopped server still answers")
	}
}

func TestAServerEndsEvenWhileAnEndlessAnswerIsRead(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	w := New(Options{})
	w.SetFaults(Fault{Kind: Endless})
	base, wait, err := Serve(ctx, "127.0.0.1:0", w)
	if err != nil {
		t.Fatal(err)
	}
	resp, err := http.Get(base + "/sendpulse/balance")
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	cancel()
	if _, err := io.Copy(io.Discard, resp.Body); err == nil {
		t.Error("the endless answer ended as if it were whole")
	}
	if err := wait(); err != nil {
		t.Errorf("ended with %v", err)
	}
}

func TestAnAddressThatCannotBeListenedOnIsAnError(t *testing.T) {
	t.Parallel()
	if _, _, err := Serve(t.Context(), "127.0.0.1:notaport", New(Options{})); err == nil {
		t.Error("no error")
	}
}

func TestTheConfigurationNamesTheVendorsThatAreAskedFor(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		vendors []string
		want    []string
	}{
		{nil, []string{"smsby", "sendpulse"}},
		{AllVendors(), AllVendors()},
		{[]string{"wooxy"}, []string{"wooxy"}},
	} {
		config := New(Options{Vendors: c.vendors}).Config("http://127.0.0.1:1/", "/nowhere/cache.db")
		if n := strings.Count(config, "[[account]]"); n != len(c.want) {
			t.Errorf("%d accounts for %v in\n%s", n, c.vendors, config)
		}
		for _, vendor := range c.want {
			if !strings.Contains(config, "vendor = \""+vendor+"\"\n") {
				t.Errorf("no %s in\n%s", vendor, config)
			}
		}
	}
	config := New(Options{Vendors: AllVendors()}).Config("http://127.0.0.1:1", "cache.db")
	for _, line := range []string{
		`base_url = "http://127.0.0.1:1/routee"`, `auth_url = "http://127.0.0.1:1/routee-auth"`,
		`application_secret = "` + fictitious.RouteeApplicationSecret + `"`,
		`[[account.sender]]`, `id = "` + RouteeSender + `"`, `base_url = "http://127.0.0.1:1/wooxy"`,
		`contact_list = "` + WooxyList + `"`,
		`[[account.template]]`, `id = "` + WooxyTemplate + `"`, `access_token = "` + fictitious.WooxyToken + `"`,
	} {
		if !strings.Contains(config, line+"\n") {
			t.Errorf("no line %s in\n%s", line, config)
		}
	}
}

func TestTheConfigurationNamesOneAccountPerVendor(t *testing.T) {
	t.Parallel()
	config := New(Options{}).Config("http://127.0.0.1:1/", "/nowhere/cache.db")
	for _, line := range []string{
		`cache = "/nowhere/cache.db"`,
		`base_url = "http://127.0.0.1:1/smsby"`, `base_url = "http://127.0.0.1:1/sendpulse"`,
		`token = "` + fictitious.SMSByToken + `"`, `client_secret = "` + fictitious.SendPulseClientSecret + `"`,
		`time_zone = "Europe/Minsk"`,
	} {
		if !strings.Contains(config, line+"\n") {
			t.Errorf("no line %s in\n%s", line, config)
		}
	}
}
