package wooxy_test

import (
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"viberdeck/model"
	"viberdeck/vendors"
	"viberdeck/vendors/sim"
	"viberdeck/vendors/vendortest"
	"viberdeck/vendors/wooxy"
)

// documented is the batch of the document's sample.
func documented() model.Batch {
	return model.Batch{
		ID: 12, Number: 1,
		Campaign: model.Campaign{
			Name: "Sample", Sender: "YOUR_SENDER_ID", Lifetime: time.Hour,
			Message: model.Message{Template: "YOUR_TEMPLATE_ID"},
			Options: model.Options{
				ContactList: "YOUR_CONTACT_LIST_ID", Tags: []string{"YOUR_BATCH_TAGS"}, Device: "all",
				Variables: map[string]string{"templateVar": "templateVarValue"},
			},
		},
		People: []model.Recipient{
			{Contact: "contact1Identifier", Vars: map[string]string{"contactVar": "contactVarValue"}},
			{Contact: "contact2Identifier"}, {Contact: "contact3Identifier"},
		},
	}
}

// plain is a batch without anything that can be left out.
func plain(phones ...model.Phone) model.Batch {
	b := model.Batch{ID: 7, Number: 1, Campaign: model.Campaign{Message: model.Message{Template: "T"}}}
	for _, p := range phones {
		b.People = append(b.People, model.Recipient{Phone: p})
	}
	return b
}

func TestABatchIsWrittenAsTheDocumentShowsIt(t *testing.T) {
	t.Parallel()
	f := saying(t, 0, recorded(t, "batch.json"))
	o, err := adapter(t, f).Send(t.Context(), nil, documented())
	if err != nil || o.State != model.BatchAccepted || o.Batch != 12 {
		t.Fatalf("%+v, %v", o, err)
	}
	c := f.To("/v3/viber/batch")[0]
	if got, want := vendortest.Tree(t, c.Body), vendortest.Tree(t,
		[]byte(recorded(t, "batch-request.json"))); !reflect.DeepEqual(got, want) {
		t.Errorf("body\n got %v\nwant %v", got, want)
	}
	if c.Header.Get("Access-Token") != token || c.Header.Get("Content-Type") != "application/json" || c.Verb != "POST" {
		t.Errorf("%s with %s and token %q", c.Verb, c.Header.Get("Content-Type"), c.Header.Get("Access-Token"))
	}
	want := []model.Recipient{
		{Account: "loyalty", Contact: "contact1Identifier", Status: model.StatusAccepted, VendorStatus: "success",
			VendorID: "message-0001"},
		{Account: "loyalty", Contact: "contact2Identifier", Status: model.StatusAccepted, VendorStatus: "success",
			VendorID: "message-0002"},
		{Account: "loyalty", Contact: "contact3Identifier", Status: model.StatusRejected, VendorStatus: "failed",
			Reason: model.Data("Contact not found")},
	}
	if !reflect.DeepEqual(o.People, want) {
		t.Errorf("people\n got %+v\nwant %+v", o.People, want)
	}
}

func TestWhatACampaignDoesNotSetIsLeftOut(t *testing.T) {
	t.Parallel()
	f := saying(t, 0, `{"result":true,"success":{"+375291111111":"m1"},"failed":[]}`)
	if _, err := adapter(t, f).Send(t.Context(), nil, plain(375291111111)); err != nil {
		t.Fatal(err)
	}
	want := `{"templateId":"T","contactListId":"list-1","contacts":[{"contact":"+375291111111"}]}`
	if got := string(f.To("/v3/viber/batch")[0].Body); got != want {
		t.Errorf("body %s, want %s", got, want)
	}
}

func TestColumnsBecomeVariablesOfThePerson(t *testing.T) {
	t.Parallel()
	f := saying(t, 0, `{"result":true,"success":{"+375291111111":"m1"}}`)
	b := plain(375291111111)
	b.People[0].Vars = map[string]string{"name": "Анна <3", "empty": "", "last name": "no template can use it",
		"имя": "Анна", "9th": "no", "b_2": "x"}
	if _, err := adapter(t, f).Send(t.Context(), nil, b); err != nil {
		t.Fatal(err)
	}
	got := fmt.Sprint(vendortest.Tree(t, f.To("/v3/viber/batch")[0].Body)["contacts"])
	want := `[map[contact:+375291111111 variables:[map[name:b_2 value:x] map[name:name value:Анна <3] map[name:имя value:Анна]]]]`
	if got != want {
		t.Errorf("contacts\n got %s\nwant %s", got, want)
	}
}

func TestAnAnswerSaysOfEachPersonWhatIsKnown(t *testing.T) {
	t.Parallel()
	const a, b = "accepted", "rejected"
	for name, x := range map[string]struct {
		answer string
		state  model.BatchState
		people string
	}{
		"phones without the plus": {`{"result":true,"success":{"375291111111":"m1","375292222222":2}}`,
			model.BatchAccepted, a + " m1 , " + a + " 2 "},
		"maps in arrays": {
			`{"result":1,"success":[{"+375291111111":"m1"},{"+375292222222":["m2"]}],"failed":null}`,
			model.BatchAccepted, a + " m1 , " + a + " m2 "},
		"an id that is not told": {
			`{"result":true,"success":{"+375291111111":null,"+375292222222":""},"failed":[]}`, model.BatchAccepted,
			a + "  , " + a + "  "},
		"no money for the second": {
			`{"result":true,"success":{"+375291111111":"m1"},"failed":{"+375292222222":"Payment required"}}`,
			model.BatchAccepted, a + " m1 , no-money  Payment required"},
		"words nobody knows": {
			`{"result":true,"success":{"+375291111111":"m1"},"failed":{"+375292222222":"On holiday"}}`,
			model.BatchAccepted, a + " m1 , " + b + "  On holiday"},
		"a person who is left out": {`{"result":true,"success":{"+375291111111":"m1","+375293333333":"m3"}}`,
			model.BatchUnknown, a +
				" m1 , unknown  Wooxy's answer lists this person neither as accepted nor as failed"},
		"a person who is in both": {
			`{"result":true,"success":{"+375291111111":"m1","+375292222222":"m2"},` +
				`"failed":{"+375292222222":"Bad Request"}}`, model.BatchUnknown,
			a + " m1 , unknown m2 Wooxy's answer lists this person as accepted and as failed: Bad Request"},
		"false with somebody taken": {
			`{"result":false,"success":{"+375291111111":"m1"},"errors":["Payment required"]}`, model.BatchUnknown,
			a + " m1 , unknown  Wooxy's answer lists this person neither as accepted nor as failed"},
		"a failure inside the call": {
			`{"result":false,"failed":{"+375291111111":"Contact not found"},"errors":["Internal server error"]}`,
			model.BatchUnknown, b +
				"  Contact not found, unknown  Wooxy's answer lists this person neither as accepted nor as failed"},
		"a duplicate of the first": {
			`{"result":true,"success":{"+375291111111":"m1"},"failed":{"+375292222222":"Duplicated as +375291111111"}}`,
			model.BatchAccepted, a + " m1 , " + b + "  Duplicated as +375291111111"},
		"a server error for one": {
			`{"result":true,"success":{"+375291111111":"m1"},"failed":{"+375292222222":"Internal server error"}}`,
			model.BatchAccepted, a + " m1 , failed  Internal server error"},
		"text that would clear all": {
			`{"result":true,"success":{"+375291111111":"m1\u001b[2J"},"failed":{"+375292222222":"No\u001b[2J ` + token +
				`"}}`, model.BatchAccepted, a + " m1 , " + b + "  No ***"},
		"the same said with no 200s": {`{"result":true,"success":{"+375291111111":"m1","+375292222222":"m2"}}`,
			model.BatchAccepted, a + " m1 , " + a + " m2 "},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			status := 0
			if strings.Contains(name, "no 200s") {
				status = 500
			}
			o, err := adapter(t, saying(t, status, x.answer)).Send(t.Context(), nil, plain(375291111111, 375292222222))
			if err != nil || o.State != x.state {
				t.Fatalf("%s, %v; want %s", o.State, err, x.state)
			}
			var got []string
			for _, p := range o.People {
				got = append(got, fmt.Sprintf("%s %s %s", p.Status, p.VendorID, p.Reason))
			}
			if s := strings.Join(got, ", "); s != x.people {
				t.Errorf("people\n got %q\nwant %q", s, x.people)
			}
		})
	}
}

func TestACallThatTookNobodyIsRefused(t *testing.T) {
	t.Parallel()
	for name, x := range map[string]struct {
		answer string
		kind   model.Kind
		people string
	}{
		"each for a reason": {
			`{"result":true,"success":[],"failed":{"+375291111111":"Contact not found","+375292222222":"Contact is not active"}}`, model.KindNotFound, "rejected rejected"},
		"one lacks money": {
			`{"result":true,"success":[],"failed":{"+375291111111":"Contact not found","+375292222222":"Payment required"}}`, model.KindMoney, "rejected no-money"},
		"the call, one by name": {
			`{"result":false,"failed":{"+375291111111":"Contact not found"},"errors":["Payment required"]}`,
			model.KindMoney, "rejected no-money"},
	} {
		o, err := adapter(t, saying(t, 0, x.answer)).Send(t.Context(), nil, plain(375291111111, 375292222222))
		if model.KindOf(err) != x.kind || model.FateOf(err) != model.FateRefused || len(o.People) != 2 {
			t.Fatalf("%s: %v, %d people", name, err, len(o.People))
		}
		if got := fmt.Sprint(o.People[0].Status, " ", o.People[1].Status); got != x.people {
			t.Errorf("%s: %s, want %s", name, got, x.people)
		}
	}
}

func TestTheBodyDecidesWhatTheStatusDoesNotSay(t *testing.T) {
	t.Parallel()
	for _, x := range []struct {
		status int
		body   string
		fate   model.Fate
		kind   model.Kind
	}{
		{200, recorded(t, "batch-errors.json"), model.FateRefused, model.KindNotFound},
		{500, recorded(t, "batch-errors.json"), model.FateRefused, model.KindNotFound},
		{402, `{"result":false,"errors":["Payment required"]}`, model.FateRefused, model.KindMoney},
		{200, "\xef\xbb\xbf" + `{"result":false,"errors":["Payment required"]}`, model.FateRefused, model.KindMoney},
		{408, recorded(t, "batch-errors.json"), model.FateRefused, model.KindNotFound},
		{408, `{"message":"too slow"}`, model.FateUnknown, model.KindInvalid},
		{503, `{"result":"false","errors":"Payment required"}`, model.FateRefused, model.KindMoney},
		{200, `{"result":false,"errors":["Something new"]}`, model.FateRefused, model.KindInvalid},
		{500, `{"result":false,"errors":["Something new"]}`, model.FateUnknown, model.KindUnknown},
		{500, `{"errors":["Payment required"]}`, model.FateUnknown, model.KindUnknown},
		{200, `{"result":false,"errors":["Internal server error"]}`, model.FateUnknown, model.KindUnknown},
		{400, `{"result":false,"errors":["Internal server error"]}`, model.FateUnknown, model.KindUnknown},
		{200, `{"result":true}`, model.FateUnknown, model.KindUnknown},
		{200, `{"result":true,"success":"many"}`, model.FateUnknown, model.KindUnknown},
		{429, `{"result":false,"errors":["Too many requests"]}`, model.FateNotSent, model.KindLimited},
	} {
		_, err := adapter(t, saying(t, x.status, x.body)).Send(t.Context(), nil, plain(375291111111))
		if model.FateOf(err) != x.fate || model.KindOf(err) != x.kind {
			t.Errorf("%d %s: fate %q, kind %s (%v); want %q, %s", x.status, x.body, model.FateOf(err),
				model.KindOf(err), err, x.fate, x.kind)
		}
	}
}

func TestNothingLeavesThatBreaksALimit(t *testing.T) {
	t.Parallel()
	for field, change := range map[string]func(*model.Batch){
		"template":     func(b *model.Batch) { b.Campaign.Message.Template = " " },
		"contact_list": func(b *model.Batch) { b.Campaign.Options.ContactList = " " },
		"device":       func(b *model.Batch) { b.Campaign.Options.Device = "tablet" },
		"tags":         func(b *model.Batch) { b.Campaign.Options.Tags = []string{"fine", "_own"} },
		"tags ":        func(b *model.Batch) { b.Campaign.Options.Tags = []string{""} },
		"variables":    func(b *model.Batch) { b.Campaign.Options.Variables = map[string]string{"": "x"} },
		"variables ":   func(b *model.Batch) { b.Campaign.Options.Variables = map[string]string{"last name": "x"} },
		"phones":       func(b *model.Batch) { b.People = people(0, 101) },
		"phones ":      func(b *model.Batch) { b.People = nil },
		"phones  ":     func(b *model.Batch) { b.People = append(b.People, model.Recipient{}) },
	} {
		f := saying(t, 0, recorded(t, "batch.json"))
		a := adapterOf(t, model.Account{Name: "loyalty", Secrets: model.Secrets{"access_token": {Value: token}},
			BaseURL: f.URL})
		b := documented()
		change(&b)
		_, err := a.Send(t.Context(), nil, b)
		if err == nil || !strings.HasPrefix(err.Error(), strings.TrimSpace(field)+": ") ||
			model.FateOf(err) != model.FateRefused {
			t.Errorf("%s: %v", field, err)
		}
		if n := len(f.To("/v3/viber/batch")); n != 0 {
			t.Errorf("%s: %d calls", field, n)
		}
	}
}

func TestTheModelsCheckKnowsTheLimits(t *testing.T) {
	t.Parallel()
	for field, change := range map[string]func(*model.Campaign){
		"":             func(*model.Campaign) {},
		"tags":         func(c *model.Campaign) { c.Options.Tags = []string{strings.Repeat("ж", 51)} },
		"lifetime":     func(c *model.Campaign) { c.Lifetime = 29 * time.Minute },
		"lifetime ":    func(c *model.Campaign) { c.Lifetime = 72*time.Hour + time.Second },
		"hand_over":    func(c *model.Campaign) { c.SendAt, c.HandOver = vendortest.Standing().Add(time.Hour), true },
		"stretch":      func(c *model.Campaign) { c.Stretch = model.MaxPace + time.Second },
		"list":         func(c *model.Campaign) { c.List = "list-1" },
		"label":        func(c *model.Campaign) { c.Options.Label = "x" },
		"text":         func(c *model.Campaign) { c.Message = model.Message{Text: "Hello"} },
		"class":        func(c *model.Campaign) { c.Class = model.ClassSession },
		"sms_fallback": func(c *model.Campaign) { c.Fallback.Text = "Hello" },
		"callback_url": func(c *model.Campaign) { c.Options.CallbackURL = "https://example.com" },
	} {
		c := documented().Campaign
		change(&c)
		err := model.CheckCampaign(c, wooxy.Capabilities(), vendortest.Standing())
		if field == "" && err != nil || field != "" &&
			(err == nil || !strings.HasPrefix(err.Error(), strings.TrimSpace(field)+": ")) {
			t.Errorf("%q: %v", field, err)
		}
	}
}

// world opens an adapter to a simulated Wooxy.
func world(t *testing.T, faults ...sim.Fault) (*sim.World, *wooxy.Adapter) {
	t.Helper()
	w := sim.New(sim.Options{Seed: 7, Now: vendortest.Standing})
	w.SetFaults(faults...)
	f := serve(t, vendortest.Under("/wooxy", w.Handler()))
	return w, adapterOf(t, model.Account{
		Name: "loyalty", Vendor: model.Wooxy, Secrets: model.Secrets{
			"access_token": {Value: w.Credentials().WooxyToken}}, BaseURL: f,
		Settings: model.Settings{"contact_list": sim.WooxyList},
	})
}

// sendAll sends to people in as many calls as it takes, and counts calls and people by status.
func sendAll(t *testing.T, a *wooxy.Adapter, all []model.Recipient) (calls int, by map[model.DeliveryStatus]int,
	ids map[string]bool) {
	t.Helper()
	c := model.Campaign{Name: "Points", Account: "loyalty", Vendor: model.Wooxy,
		Message: model.Message{Template: sim.WooxyTemplate}}
	by, ids = map[model.DeliveryStatus]int{}, map[string]bool{}
	for from := 0; from < len(all); from += a.PerCall(c) {
		calls++
		some := all[from:min(from+a.PerCall(c), len(all))]
		o, err := a.Send(t.Context(), nil, model.Batch{
			ID: model.BatchID(calls), Number: calls, Campaign: c, People: some})
		if err != nil && model.FateOf(err) == model.FateUnknown {
			by[model.StatusUnknown] += len(some)
			continue
		}
		if err != nil || len(o.People) != len(some) {
			t.Fatalf("call %d: %d people, %v", calls, len(o.People), err)
		}
		for _, p := range o.People {
			by[p.Status]++
			if p.VendorID != "" {
				ids[p.VendorID] = true
			}
		}
	}
	return calls, by, ids
}

func Test252PeopleLeaveInThreeCallsWithExactCounts(t *testing.T) {
	t.Parallel()
	w, a := world(t)
	calls, by, ids := sendAll(t, a, people(0, 252)) // the 100th and the 200th are not active
	if want := map[model.DeliveryStatus]int{model.StatusAccepted: 250, model.StatusRejected: 2}; calls != 3 ||
		!reflect.DeepEqual(by, want) || len(ids) != 250 {
		t.Errorf("%d calls, %v, %d message ids; want 3, %v, 250", calls, by, len(ids), want)
	}
	if sent := len(w.Ledger().Sends); sent != 250 {
		t.Errorf("%d messages left, want 250", sent)
	}
}

func TestALostAnswerLeavesExactlyItsHundredUnknownAndIsNotRepeated(t *testing.T) {
	t.Parallel()
	for _, kind := range []sim.Kind{sim.DropAfter, sim.Garbage, sim.Truncated, sim.DropBefore, sim.HTML500} {
		w, a := world(t, sim.Fault{Vendor: "wooxy", Op: "batch", Kind: kind, Times: 1})
		calls, by, _ := sendAll(t, a, people(0, 252))
		want := map[model.DeliveryStatus]int{model.StatusUnknown: 100, model.StatusAccepted: 151,
			model.StatusRejected: 1}
		if calls != 3 || !reflect.DeepEqual(by, want) {
			t.Errorf("%s: %d calls, %v; want 3, %v", kind, calls, by, want)
		}
		if asked := len(w.Requests()); asked != 3 {
			t.Errorf("%s: %d requests, want 3", kind, asked)
		}
	}
}

func TestNobodyCanSettleALostSendAndItSaysSo(t *testing.T) {
	t.Parallel()
	_, a := world(t)
	if _, can := any(a).(vendors.Settler); can || a.Capabilities().Why(model.ActSettle).String() == "" {
		t.Error("it claims to settle, or does not say why not")
	}
}

func TestVariablesKeepTheirKind(t *testing.T) {
	t.Parallel()
	f := vendortest.NewAnswers(t, map[string][]string{"batch": {`{"result":true,"success":{"a@b.by":"m1"}}`}})
	b := model.Batch{Number: 1, Campaign: model.Campaign{Name: "x", Message: model.Message{Template: "t"},
		Options: model.Options{ContactList: "cl", Variables: map[string]string{"n": "5", "yes": "true", "s": "5"},
			Kinds: map[string]model.ValueKind{"n": model.ValueInteger, "yes": model.ValueBoolean}}},
		People: []model.Recipient{{Contact: "a@b.by", Vars: map[string]string{"yes": "false", "s": "false"}}}}
	if _, err := adapter(t, f).Send(t.Context(), nil, b); err != nil {
		t.Fatal(err)
	}
	body := string(f.To("batch")[0].Body)
	for _, want := range []string{`{"name":"n","value":5}`, `{"name":"yes","value":true}`, `{"name":"s","value":"5"}`,
		`{"name":"yes","value":false}`, `{"name":"s","value":"false"}`} {
		if !strings.Contains(body, want) {
			t.Errorf("%s lacks %s", body, want)
		}
	}
}
