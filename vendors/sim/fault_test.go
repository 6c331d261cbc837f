package sim

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// line is a world on a real connection, as faults need one.
type line struct {
	*testing.T
	world *World
	base  string
	http  *http.Client
}

func newLine(t *testing.T, faults ...Fault) *line {
	t.Helper()
	w := New(Options{Seed: 1})
	w.SetFaults(faults...)
	server := httptest.NewServer(w.Handler())
	t.Cleanup(server.Close)
	return &line{t, w, server.URL, &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}}
}

// quick sends one message, and returns what came back.
func (l *line) quick() (status int, retryAfter, body string, err error) {
	l.Helper()
	form := "token=" + fictitious.SMSByToken + "&vibername_id=444&phone=375291110001&message=Hi"
	resp, err := l.http.Post(l.base+"/smsby/api/v2/sendQuickViberMessage", formType, strings.NewReader(form))
	if err != nil {
		return 0, "", "", err
	}
	defer func() { _ = resp.Body.Close() }()
	b, err := io.ReadAll(resp.Body)
	return resp.StatusCode, resp.Header.Get("Retry-After"), string(b), err
}

func TestEachFaultGoesWrongInItsOwnWayAndThenIsOver(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		fault  Fault
		sent   int    // in the ledger afterwards
		broken bool   // the client gets an error
		status int    // else this status
		body   string // and this in the body
	}{
		{Fault{Kind: Refuse}, 0, true, 0, ""},
		{Fault{Kind: DropBefore}, 0, true, 0, ""},
		{Fault{Kind: DropAfter}, 1, true, 0, ""},
		{Fault{Kind: Delay, Delay: time.Millisecond}, 1, false, 200, `"message_id"`},
		{Fault{Kind: Limit, RetryAfter: 3 * time.Second}, 0, false, 429, "Request limit exceeded"},
		{Fault{Kind: HTML500}, 0, false, 500, "<html>"},
		{Fault{Kind: Garbage}, 1, false, 200, "\xff\xfe"},
		{Fault{Kind: Truncated}, 1, true, 200, ""},
		{Fault{Kind: ExpiredToken}, 0, false, 200, "incorrect token"},
		{Fault{Kind: SlowDrip, Delay: time.Microsecond}, 1, false, 200, `{"status":"OK"`},
	} {
		t.Run(string(c.fault.Kind), func(t *testing.T) {
			t.Parallel()
			c.fault.Op, c.fault.Vendor, c.fault.Times = "sendquick", "smsby", 1
			l := newLine(t, c.fault)
			status, retryAfter, body, err := l.quick()
			if (err != nil) != c.broken {
				t.Fatalf("error %v, body %q", err, body)
			}
			if err == nil && (status != c.status || !strings.Contains(body, c.body)) {
				t.Errorf("HTTP %d %q", status, body)
			}
			if c.fault.RetryAfter > 0 && retryAfter != "3" {
				t.Errorf("Retry-After %q", retryAfter)
			}
			if n := len(l.world.Ledger().Sends); n != c.sent {
				t.Errorf("%d in the ledger, want %d", n, c.sent)
			}
			if _, _, body, err := l.quick(); err != nil || !strings.Contains(body, `"message_id"`) {
				t.Errorf("the next call fails too: %v %q", err, body)
			}
		})
	}
}

func TestAnEndlessAnswerEndsWhenTheClientLeaves(t *testing.T) {
	t.Parallel()
	l := newLine(t, Fault{Kind: Endless, Times: 1})
	ctx, leave := context.WithCancel(t.Context())
	r, _ := http.NewRequestWithContext(ctx, http.MethodGet,
		l.base+"/smsby/api/v2/getViberMessages?token="+fictitious.SMSByToken, nil)
	resp, err := l.http.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	if n, err := io.CopyN(io.Discard, resp.Body, 8<<20); err != nil {
		t.Errorf("only %d bytes: %v", n, err)
	}
	leave()
}

func TestAnExpiredTokenMustBeReplaced(t *testing.T) {
	t.Parallel()
	b := newBench(t, Options{})
	b.login()
	b.world.SetFaults(Fault{Kind: ExpiredToken, Vendor: "sendpulse", Op: "/viber/task", Times: 1})
	for i, want := range []int{401, 401} {
		if status, _ := b.ask("GET", "/sendpulse/viber/task", "", ""); status != want {
			t.Errorf("request %d: HTTP %d, want %d", i+1, status, want)
		}
	}
	b.login()
	if status, _ := b.ask("GET", "/sendpulse/viber/task", "", ""); status != 200 {
		t.Errorf("with a new token: HTTP %d", status)
	}
}

func TestWrongTypesShowAllTheirFaces(t *testing.T) {
	t.Parallel()
	b := newBench(t, Options{})
	b.login()
	b.world.SetFaults(Fault{Kind: WrongTypes, Op: "listBlacklist"})
	seen := ""
	for range 3 {
		_, answer := b.ask("GET", "/sendpulse/v2/viber-service/phone-exception?limit=1", "", "")
		switch rows := dig(t, answer, "data", "list").(type) {
		case nil:
			seen += "null "
		case []any:
			if _, ok := dig(t, rows, 0, "phone").(string); ok {
				seen += "strings "
			}
		case map[string]any:
			dig(t, rows, "0", "phone")
			seen += "object "
		}
	}
	for _, face := range []string{"null", "strings", "object"} {
		if !strings.Contains(seen, face) {
			t.Errorf("no %s in %s", face, seen)
		}
	}
}

func TestFaultsAreSetListedAndClearedOverHTTP(t *testing.T) {
	t.Parallel()
	b := newBench(t, Options{})
	_, listed := b.ask("POST", "/faults", "application/json",
		`{"vendor":"smsby","op":"send","kind":"429","times":2,"probability":0.5,"delay":"1m30s","retry_after":7}`)
	if len(listed.([]any)) != 1 {
		t.Errorf("listed %v", listed)
	}
	got := b.world.faults.copy()[0]
	if want := (Fault{"smsby", "send", Limit, 2, 0.5, 90 * time.Second, 7 * time.Second}); got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
	var again Fault
	if text, _ := json.Marshal(got); json.Unmarshal(text, &again) != nil || again != got {
		t.Errorf("%s reads back as %+v", text, again)
	}
	w := httptest.NewRecorder()
	b.world.Handler().ServeHTTP(w, httptest.NewRequest(http.MethodPost, "/faults",
		strings.NewReader(`[{"kind":"gremlins"}]`)))
	if w.Code != 400 || !strings.Contains(w.Body.String(), "gremlins") {
		t.Errorf("an unknown kind is answered HTTP %d %s", w.Code, w.Body)
	}
	b.ask("DELETE", "/faults", "", "")
	if left := b.world.faults.copy(); len(left) != 0 {
		t.Errorf("left after DELETE: %v", left)
	}
}

func TestFaultsWorkForEveryVendorBeforeOrAfterTheEffect(t *testing.T) {
	t.Parallel()
	calls := map[string]func(b *bench) (int, any){
		"routee": func(b *bench) (int, any) { return b.routee("POST", "/viber/campaign", goodMessage()) },
		"wooxy":  func(b *bench) (int, any) { return b.wooxy("/v3/viber/batch", goodBatch()) },
	}
	for vendor, call := range calls {
		for kind, want := range map[Kind]struct{ status, sends int }{
			Limit: {429, 0}, ExpiredToken: {401, 0}, WrongTypes: {200, 2}, "": {200, 2},
		} {
			b := newBench(t, Options{})
			if kind != "" {
				b.world.SetFaults(Fault{Kind: kind, Vendor: vendor, Op: "send", Times: 1})
			}
			status, answer := call(b)
			if n := len(b.world.Ledger().Sends); status != want.status || n != want.sends {
				t.Errorf("%s %q: HTTP %d, %d sends: %s", vendor, kind, status, n, jsonOf(answer))
			}
		}
	}
}

func TestTheFireDrillPostsCallbacksTwiceAndEventsNobodyKnows(t *testing.T) {
	t.Parallel()
	b := newBench(t, Options{Scenario: FireDrill, Seed: 1})
	b.wooxy("/v3/webhook/create", hook("http://127.0.0.1:1/wooxy", wooxyEvents()...))
	b.wooxy("/v3/viber/batch", goodBatch("contacts", contacts(0, 99)))
	b.routee("POST", "/viber/campaign", goodMessage("to", jsonOf(plus(people(throw(5), greece, 200))), "ttl", "80000",
		"callbackUrl", `"http://127.0.0.1:1/progress"`, "inboundUrl", `"http://127.0.0.1:1/replies"`))
	reported, unknown, hostile := map[string]int{}, 0, 0
	for _, l := range b.letters(newYear.Add(72 * time.Hour)) {
		text := string(l.body)
		reported[l.url+text]++
		if strings.Contains(text, "viber-teleported") || strings.Contains(text, "Parked") {
			unknown++
		}
		if strings.HasSuffix(l.url, "/replies") && strings.Contains(text, "\\u00") {
			hostile++
		}
	}
	twice := map[string]bool{}
	for letter, n := range reported {
		if n > 1 {
			twice[strings.SplitN(letter, "{", 2)[0]] = true
		}
	}
	if len(twice) != 2 || unknown == 0 || hostile == 0 {
		t.Errorf("told twice %v, %d unknown, %d hostile", twice, unknown, hostile)
	}
}

func TestTheRequestLogNamesInjectedFaults(t *testing.T) {
	t.Parallel()
	l := newLine(t, Fault{Kind: DropAfter, Times: 1})
	if _, _, _, err := l.quick(); err == nil {
		t.Error("the answer came through")
	}
	got := l.world.Requests()[0]
	if got.Op != "sendQuickViberMessage" || got.Fault != DropAfter || got.Status != 0 {
		t.Errorf("logged %+v", got)
	}
}

func TestTheFireDrillTakesAllFaultsInTurnWithQuietBetween(t *testing.T) {
	t.Parallel()
	seen := map[Kind]bool{}
	for lived := time.Duration(0); lived < 2*drillTurn*time.Duration(len(Kinds())); lived += drillTurn {
		faults := drill(lived)
		if quiet := int(lived/drillTurn)%2 == 0; quiet != (len(faults) == 0) {
			t.Errorf("after %v: %v", lived, faults)
		}
		for _, f := range faults {
			seen[f.Kind] = true
		}
	}
	if len(seen) != len(Kinds()) {
		t.Errorf("seen %v of %v", seen, Kinds())
	}
}

func TestTheFireDrillSendsHostileTextAndUnknownStatuses(t *testing.T) {
	t.Parallel()
	w := New(Options{Scenario: FireDrill, Seed: 1, Now: func() time.Time { return newYear }})
	sms, pulse := w.mounts[0].vendor.(*smsby), w.mounts[1].vendor.(*sendPulse)
	var texts, words strings.Builder
	for _, m := range sms.mailings {
		words.WriteString(m.status(newYear) + " ")
		for i := range m.people {
			word, _, _ := sms.state(m, i, newYear)
			words.WriteString(word + " ")
			for _, r := range sms.arrived(m, i, newYear) {
				texts.WriteString(r.text)
			}
		}
	}
	for _, task := range pulse.tasks {
		words.WriteString(pulse.status(task, newYear) + " ")
		texts.WriteString(task.name)
	}
	for _, mark := range []string{"\x1b", "\u202e", "\x07"} {
		if !strings.Contains(texts.String(), mark) {
			t.Errorf("no %q among the texts", mark)
		}
	}
	for _, word := range []string{"PARTIALLY_SENT", "SEEN_BY_OPERATOR", "rejected by operator"} {
		if !strings.Contains(words.String(), word) {
			t.Errorf("no %q among the statuses", word)
		}
	}
}

func TestADelayedAnswerIsLateButTheEffectIsNot(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		w := New(Options{Speed: 60})
		w.SetFaults(Fault{Kind: Delay, Times: 1})
		form := "token=" + fictitious.SMSByToken + "&vibername_id=444&phone=375291110001&message=Hi"
		r := httptest.NewRequest(http.MethodPost, "/smsby/api/v2/sendQuickViberMessage", strings.NewReader(form))
		r.Header.Set("Content-Type", formType)
		began := time.Now()
		answered := make(chan time.Duration, 1)
		go func() {
			w.Handler().ServeHTTP(httptest.NewRecorder(), r)
			answered <- time.Since(began)
		}()
		synctest.Wait()
		if n := len(w.Ledger().Sends); n != 1 {
			t.Errorf("%d in the ledger while the answer is held back, want 1", n)
		}
		if late := <-answered; late != defaultDelay {
			t.Errorf("answered after %v, want %v", late, defaultDelay)
		}
	})
}

func TestAnExpiredTokenFaultSparesTheCallForANewOne(t *testing.T) {
	t.Parallel()
	b := newBench(t, Options{})
	b.world.SetFaults(Fault{Kind: ExpiredToken})
	b.login()
	if b.token == "" {
		t.Error("no token")
	}
}

func TestManyClientsAtOnceAreCountedExactly(t *testing.T) {
	t.Parallel()
	l := newLine(t)
	var clients sync.WaitGroup
	for range 20 {
		clients.Go(func() {
			for range 5 {
				if _, _, body, err := l.quick(); err != nil || !strings.Contains(body, "message_id") {
					t.Errorf("%v %s", err, body)
				}
				l.world.Requests()
			}
		})
	}
	clients.Wait()
	ids := map[string]bool{}
	for _, s := range l.world.Ledger().Sends {
		ids[s.CampaignID] = true
	}
	if len(ids) != 100 || len(l.world.Requests()) != 100 {
		t.Errorf("%d ids, %d requests; want 100", len(ids), len(l.world.Requests()))
	}
}
