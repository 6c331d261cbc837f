package callbacks

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"

	"viberdeck/model"
	"viberdeck/vendors"
)

func drain(t testing.TB, r *Receiver) {
	t.Helper()
	if err := r.Drain(t.Context()); err != nil {
		t.Fatal(err)
	}
}

func TestStoredCallbacksAreReadInTheirOrder(t *testing.T) {
	t.Parallel()
	store := &fakeStore{}
	r := serving(t, options(store))
	for i := range 250 {
		if got := post(t, r, fmt.Sprintf(`{"phone":"375290000001","text":"%d"}`, i)); got != http.StatusOK {
			t.Fatalf("answered %d", got)
		}
	}
	drain(t, r)
	if len(store.events) != 250 {
		t.Fatalf("%d were read", len(store.events))
	}
	for i, e := range store.events {
		if p := e.Replies[0]; p.Text != fmt.Sprint(i) || p.Phone != 375290000001 || p.Account != "loyalty" {
			t.Fatalf("number %d is %+v", i, p)
		}
	}
}

func TestWhatAnEarlierProcessStoredIsRead(t *testing.T) {
	t.Parallel()
	store := &fakeStore{}
	if got := post(t, serving(t, options(store)), `{"text":"from before"}`); got != http.StatusOK {
		t.Fatalf("answered %d", got)
	}
	drain(t, newReceiver(t, options(store)))
	if len(store.events) != 1 || store.events[0].Replies[0].Text != "from before" {
		t.Errorf("read: %+v", store.events)
	}
}

func TestWhatNobodyUnderstandsIsKeptAndShownHarmless(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("я", 200)
	for _, c := range []struct{ name, body, shown string }{
		{"no JSON", "status=READ", "unknown shape kept: status=READ"},
		{"hostile text", "\x1b]52;c;cm0gLXJm\x07\x1b[2Jx\u202e\r\ny", "unknown shape kept: x y"},
		{"nothing that can be shown", "\x00\x01\x02", "unknown shape kept: nothing that can be shown"},
		{"long text", long, "unknown shape kept: " + strings.Repeat("я", 80) + "…"},
		{"a decoder's own words", `{"odd":"event viber-teleported"}`, "unknown shape kept: event viber-teleported"},
		{"a decoder with a fault", `{"panic":true}`, `unknown shape kept: {"panic":true}`},
		{"credentials", `<token-0123456789>`, "unknown shape kept: <***>"},
	} {
		store, lines := &fakeStore{}, &logged{}
		o := options(store)
		o.Log = lines.add
		r := serving(t, o)
		if got := post(t, r, c.body); got != http.StatusOK {
			t.Errorf("%s: answered %d", c.name, got)
		}
		drain(t, r)
		if got, want := lines.text(), "loyalty callback 200 "+c.shown+"\n"; got != want {
			t.Errorf("%s: the log says %q, want %q", c.name, got, want)
		}
		if len(store.callbacks) != 1 || store.ended[1] == "" {
			t.Errorf("%s: kept %q with note %q", c.name, store.bodies(), store.ended[1])
		}
	}
}

func TestWhatIsUnderstoodBesideTheRestIsTaken(t *testing.T) {
	t.Parallel()
	read, odd := model.Recipient{VendorID: "m1", Status: model.StatusRead},
		model.Recipient{VendorID: "m2", VendorStatus: "viber-teleported"}
	for _, c := range []struct {
		name, shown string
		decode      Decoder
	}{
		{"an error", `unknown shape kept: {"events":2}`, func([]byte) (Event, error) {
			return Event{People: []model.Recipient{read}}, errors.New("event 2 names nobody")
		}},
		{"a status that nobody knows", "unknown shape kept: status viber-teleported",
			func([]byte) (Event, error) { return Event{People: []model.Recipient{odd, read}}, nil }},
	} {
		store, lines := &fakeStore{}, &logged{}
		o := options(store)
		o.Log, o.Accounts[0].Decode = lines.add, c.decode
		r := serving(t, o)
		post(t, r, `{"events":2}`)
		drain(t, r)
		if len(store.events) != 1 || len(store.events[0].People) != 1 || store.events[0].People[0].VendorID != "m1" ||
			len(store.events[0].Replies) != 0 {
			t.Errorf("%s: taken %+v", c.name, store.events)
		}
		if got := lines.text(); !strings.Contains(got, c.shown) {
			t.Errorf("%s: the log says %q", c.name, got)
		}
	}
}

func TestPeopleOfNoKnownCampaignAreSaidInTheLog(t *testing.T) {
	t.Parallel()
	store, lines := &fakeStore{result: model.CallbackResult{Homeless: 2}}, &logged{}
	o := options(store)
	o.Log = lines.add
	r := serving(t, o)
	post(t, r, `{"text":"x"}`)
	drain(t, r)
	if got := lines.text(); !strings.Contains(got, `kept: 2 people of no campaign known here: {"text":"x"}`) {
		t.Errorf("the log says %q", got)
	}
}

func TestACallbackThatTheStoreRefusesDoesNotHoldUpTheOthers(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		tries := 0
		store := &fakeStore{onApply: func(c model.Callback) error {
			if strings.Contains(string(c.Body), "poison") {
				tries++
				return errors.New("constraint failed")
			}
			return nil
		}}
		r := serving(t, options(store))
		post(t, r, `{"text":"poison"}`)
		post(t, r, `{"text":"good"}`)
		drain(t, r)
		if tries != mostTries || len(store.events) != 1 || !strings.Contains(store.ended[1], "could not take") {
			t.Errorf("%d tries, %d read, note %q", tries, len(store.events), store.ended[1])
		}
	})
}

func TestAStoreThatIsBusyForAMomentGetsTheNewsLater(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		busy := 2
		store := &fakeStore{onApply: func(model.Callback) error {
			if busy--; busy >= 0 {
				return errors.New("database is locked")
			}
			return nil
		}}
		r := serving(t, options(store))
		post(t, r, `{"text":"x"}`)
		drain(t, r)
		if len(store.events) != 1 || store.ended[1] != "" {
			t.Errorf("%d read, note %q", len(store.events), store.ended[1])
		}
	})
}

func TestCallbacksOfAnAccountThatWasRemovedAreKept(t *testing.T) {
	t.Parallel()
	store := &fakeStore{}
	post(t, serving(t, options(store)), `{"text":"x"}`)
	o := options(store)
	o.Accounts = o.Accounts[1:]
	drain(t, newReceiver(t, o))
	if len(store.events) != 0 || !strings.Contains(store.ended[1], "not in the configuration") {
		t.Errorf("%d read, note %q", len(store.events), store.ended[1])
	}
}

func TestTheFirstDecoderThatUnderstandsABodyReadsIt(t *testing.T) {
	t.Parallel()
	knows := func(word string) Decoder {
		return func(body []byte) (Event, error) {
			switch string(body) {
			case word:
				return Event{CampaignRef: word}, nil
			case "half " + word:
				return Event{Unknown: word + " is puzzled"}, nil
			}
			return Event{}, errors.New("no " + word)
		}
	}
	decode := vendors.FirstOf(knows("progress"), knows("inbound"))
	for body, want := range map[string]string{"progress": "progress||<nil>", "inbound": "inbound||<nil>",
		"half inbound": "|inbound is puzzled|<nil>", "else": "||no progress"} {
		e, err := decode([]byte(body))
		if got := fmt.Sprintf("%s|%s|%v", e.CampaignRef, e.Unknown, err); got != want {
			t.Errorf("%s: %s, want %s", body, got, want)
		}
	}
}
