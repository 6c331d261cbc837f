package wooxy_test

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"viberdeck/model"
	"viberdeck/vendors/sim"
	"viberdeck/vendors/vendortest"
	"viberdeck/vendors/wooxy"
)

func TestTheBalanceIsReadWithoutACurrency(t *testing.T) {
	t.Parallel()
	f := vendortest.NewAnswers(t, map[string][]string{"/v3/account/info": {recorded(t, "account.json")}})
	got, err := adapter(t, f).Balance(t.Context())
	if err != nil || len(got) != 1 || got[0].Amount.String() != "1250.5" || got[0].Account != "loyalty" ||
		got[0].AsOf.IsZero() {
		t.Errorf("%+v, %v", got, err)
	}
	f = vendortest.NewAnswers(t, map[string][]string{"/v3/account/info": {`{"result":true}`}})
	if got, err := adapter(t, f).Balance(t.Context()); !model.IsNotWhole(err) || len(got) != 0 {
		t.Errorf("a balance that the answer does not have: %+v, %v", got, err)
	}
}

func TestSendersComeFromTheConfigurationAndNobodyIsAsked(t *testing.T) {
	t.Parallel()
	a := adapterOf(t, model.Account{Name: "loyalty", Secrets: model.Secrets{"access_token": {Value: token}},
		BaseURL: "http://127.0.0.1:1", Senders: []model.ConfigSender{{ID: "EX", Name: "Example"}}})
	got, err := a.Senders(t.Context())
	if err != nil || len(got) != 1 || got[0].ID != "EX" || got[0].Name != "Example" || !got[0].FromConfig ||
		got[0].Account != "loyalty" || got[0].AsOf.IsZero() {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestListsAreThoseOfTheDomain(t *testing.T) {
	t.Parallel()
	f := vendortest.NewAnswers(t, map[string][]string{
		"/v3/contact-list/find": {recorded(t, "contact-list-find.json"), recorded(t, "contact-list-find.json")},
		"/v3/contact-list/get": {recorded(t, "contact-list-get.json"),
			`{"result":false,"errors":["Contact list with id x not found"]}`},
	})
	a := adapter(t, f)
	want := model.List{Account: "loyalty", ID: "list-1", Name: "Loyalty"}
	lists, err := a.Lists(t.Context())
	if err != nil || !slices.Equal(lists, []model.List{want}) {
		t.Errorf("%+v, %v", lists, err)
	}
	calls := f.To("/v3/contact-list/find")
	if len(calls) != 2 || string(calls[0].Body) != `{"contactListId":"list-1","offset":0,"limit":100}` ||
		string(calls[1].Body) != `{"domainId":"domain-1","offset":0,"limit":100}` {
		t.Errorf("calls %q", calls)
	}
	if l, err := a.List(t.Context(), "list-1"); err != nil || l != want {
		t.Errorf("%+v, %v", l, err)
	}
	if _, err := a.List(t.Context(), "x"); model.KindOf(err) != model.KindNotFound {
		t.Error(err)
	}
}

func TestListsOfAnAccountWithoutOneAreFoundByItsDomains(t *testing.T) {
	t.Parallel()
	w := sim.New(sim.Options{Seed: 7, Now: vendortest.Standing})
	a := adapterOf(t, model.Account{Name: "loyalty",
		Secrets: model.Secrets{"access_token": {Value: w.Credentials().WooxyToken}},
		BaseURL: serve(t, vendortest.Under("/wooxy", w.Handler()))})
	lists, err := a.Lists(t.Context())
	if err != nil || len(lists) < 4 || !slices.ContainsFunc(lists,
		func(l model.List) bool { return l.ID == sim.WooxyLargeList }) {
		t.Errorf("%+v, %v", lists, err)
	}
}

func TestTheBlacklistIsReadWithItsReasons(t *testing.T) {
	t.Parallel()
	f := vendortest.NewAnswers(t, map[string][]string{"/v3/viber/blacklist/find": {recorded(t, "blacklist-find.json")}})
	got := vendortest.All(t, adapter(t, f).Blacklist(t.Context()))
	want := []model.BlacklistEntry{
		{Phone: 375291111111, Accounts: []string{"loyalty"}, Reason: model.Data("Viber user blocked"),
			AddedAt: time.Date(2025, 1, 2, 3, 4, 5, 0, time.UTC), Source: model.SourceVendor},
		{Phone: 375292222222, Accounts: []string{"loyalty"}, Reason: model.Data("invalid"), Source: model.SourceVendor},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v", got)
	}
	entry, ok, err := adapter(t, f).FindBlocked(t.Context(), 375291111111)
	if err != nil || !ok || !reflect.DeepEqual(entry, want[0]) {
		t.Errorf("%+v, %v, %v", entry, ok, err)
	}
	if _, ok, err := adapter(t, f).FindBlocked(t.Context(), 375299999999); ok || err != nil {
		t.Errorf("a phone that is not on the list: %v, %v", ok, err)
	}
}

func TestABlacklistThatCannotBeListedSaysSo(t *testing.T) {
	t.Parallel()
	f := vendortest.NewAnswers(t, map[string][]string{
		"/v3/viber/blacklist/find": {`{"result":false,"errors":["Argument phoneNumber required"]}`}})
	a := adapter(t, f)
	for _, err := range a.Blacklist(t.Context()) {
		if model.KindOf(err) != model.KindNotFound || !strings.Contains(err.Error(), "only be asked about one phone") {
			t.Error(err)
		}
	}
	if !slices.Contains(a.Capabilities().Undocumented, model.ActBlacklistRead) {
		t.Error("it would count as a failure of the account")
	}
}

func TestPhonesAreBlockedAHundredAtATime(t *testing.T) {
	t.Parallel()
	w, a := world(t)
	var phones []model.Phone
	for _, p := range people(1000, 250) {
		phones = append(phones, p.Phone)
	}
	for range 2 { // a repeat does no harm
		if err := a.Block(t.Context(), phones, strings.Repeat("ж", 2000)); err != nil {
			t.Fatal(err)
		}
	}
	changes := w.Ledger().Blacklist
	if len(changes) != 250 || len(w.Requests()) != 6 || changes[0].Reason != strings.Repeat("ж", 1024) {
		t.Errorf("%d blocked by %d calls", len(changes), len(w.Requests()))
	}
	entry, ok, err := a.FindBlocked(t.Context(), phones[249])
	if err != nil || !ok || entry.Phone != phones[249] {
		t.Errorf("%+v, %v, %v", entry, ok, err)
	}
}

func TestABlockIsWrittenAsASpamReport(t *testing.T) {
	t.Parallel()
	f := vendortest.NewAnswers(t, map[string][]string{"/v3/viber/blacklist/add": {`{"result":true}`}})
	if err := adapter(t, f).Block(t.Context(), []model.Phone{375291111111}, "asked to stop"); err != nil {
		t.Fatal(err)
	}
	want := `{"records":[{"phoneNumber":"+375291111111","rejectType":"spam","rawLog":"asked to stop"}]}`
	if got := string(f.To("/v3/viber/blacklist/add")[0].Body); got != want {
		t.Errorf("body %s, want %s", got, want)
	}
}

func TestABlockThatIsNotConfirmedIsAFailure(t *testing.T) {
	t.Parallel()
	for _, answer := range []string{`{}`, `{"result":false}`, `[]`, `{"result":null,"data":[]}`,
		"\xef\xbb\xbf" + `{"result":false,"errors":["Bad Request"]}`} {
		f := vendortest.NewAnswers(t, map[string][]string{"/v3/viber/blacklist/add": {answer}})
		if err := adapter(t, f).Block(t.Context(), []model.Phone{375291111111}, "stop"); err == nil {
			t.Errorf("%s was taken for a yes", answer)
		}
	}
}

func TestABlockStaysAtWooxyUnlessTheAccountAllowsWhatIsInferred(t *testing.T) {
	t.Parallel()
	w, a := world(t)
	phones := []model.Phone{375291209000}
	if err := a.Block(t.Context(), phones, "asked to stop"); err != nil {
		t.Fatal(err)
	}
	before := len(w.Requests())
	err := a.Unblock(t.Context(), phones)
	if model.KindOf(err) != model.KindDenied || !strings.Contains(err.Error(),
		"no way to take a phone off its Viber blacklist") ||
		len(w.Requests()) != before {
		t.Errorf("%v after %d requests", err, len(w.Requests())-before)
	}
	if a.Capabilities().Can(model.ActBlacklistRemove) || wooxy.Capabilities().Can(model.ActBlacklistRemove) {
		t.Error("it claims to remove")
	}

	account := a.Account()
	account.Secrets = model.Secrets{"access_token": {Value: w.Credentials().WooxyToken}}
	account.Settings = model.Settings{"contact_list": account.Setting("contact_list"), "inferred": "true"}
	a = adapterOf(t, account)
	if !a.Capabilities().Can(model.ActBlacklistRemove) || wooxy.Capabilities().Can(model.ActBlacklistRemove) {
		t.Error("the setting changes nothing, or too much")
	}
	for range 2 { // a repeat does no harm
		if err := a.Unblock(t.Context(), phones); err != nil {
			t.Error(err)
		}
	}
	if changes := w.Ledger().Blacklist; len(changes) != 2 || changes[1].Added {
		t.Errorf("changes %+v", changes)
	}
}

func TestAWebhookIsMadeForTheDomainOfTheContactList(t *testing.T) {
	t.Parallel()
	w, a := world(t)
	id, err := a.CreateWebhook(t.Context(), model.Webhook{Title: "viberdeck", URL: "http://127.0.0.1:1/callbacks"})
	if err != nil || id == "" {
		t.Fatalf("%q, %v", id, err)
	}
	hooks, err := a.Webhooks(t.Context())
	if err != nil || len(hooks) != 1 || hooks[0].ID != id || hooks[0].Title != "viberdeck" ||
		fmt.Sprint(hooks[0].Events) != fmt.Sprint(wooxy.Events()) {
		t.Errorf("%+v, %v", hooks, err)
	}
	if err := a.RemoveWebhook(t.Context(), id); model.KindOf(err) != model.KindDenied {
		t.Errorf("what is inferred was done: %v", err)
	}
	account := a.Account()
	account.Secrets = model.Secrets{"access_token": {Value: w.Credentials().WooxyToken}}
	account.Settings = model.Settings{"contact_list": account.Setting("contact_list"), "inferred": "true"}
	a = adapterOf(t, account)
	if err := a.RemoveWebhook(t.Context(), id); err != nil {
		t.Error(err)
	}
	if hooks, err := a.Webhooks(t.Context()); err != nil || len(hooks) != 0 {
		t.Errorf("%+v, %v", hooks, err)
	}
}

func TestWebhooksAreReadLeniently(t *testing.T) {
	t.Parallel()
	f := vendortest.NewAnswers(t, map[string][]string{
		"/v3/webhook/list":   {recorded(t, "webhook-list.json")},
		"/v3/webhook/create": {`{"result":true,"data":{"id":9}}`}})
	a := adapter(t, f)
	hooks, err := a.Webhooks(t.Context())
	want := []model.Webhook{{ID: "7", Title: "viberdeck", URL: "https://hooks.example.com/x", DomainID: "domain-1",
		Events: []string{"viber-delivered"}}}
	if err != nil || !reflect.DeepEqual(hooks, want) {
		t.Errorf("%+v, %v", hooks, err)
	}
	id, err := a.CreateWebhook(t.Context(), model.Webhook{
		Title: "T", URL: "https://hooks.example.com/y", Domain: "shop.example.com", Events: []string{"viber-viewed"}})
	body := string(f.To("/v3/webhook/create")[0].Body)
	if err != nil || id != "9" ||
		body != `{"title":"T","url":"https://hooks.example.com/y","domain":"shop.example.com","events":["viber-viewed"]}` {
		t.Errorf("%q, %v, %s", id, err, body)
	}
	if _, err := a.CreateWebhook(t.Context(), model.Webhook{}); model.FateOf(err) != model.FateRefused {
		t.Errorf("a webhook without an address: %v", err)
	}
}

func TestAWebhookOfThisHostIsRefusedBeforeAnythingLeaves(t *testing.T) {
	t.Parallel()
	a := adapterOf(t, model.Account{Name: "loyalty", Secrets: model.Secrets{"access_token": {Value: token}}})
	_, err := a.CreateWebhook(t.Context(), model.Webhook{
		Title: "T", URL: "https://127.1/x", Domain: "shop.example.com"})
	if model.KindOf(err) != model.KindInvalid || !strings.Contains(err.Error(), "cannot reach it") {
		t.Error(err)
	}
}

func TestAnAccountNeedsItsTokenAndKeepsItToItself(t *testing.T) {
	t.Parallel()
	if _, err := wooxy.New(model.Account{Name: "loyalty"}, nil); model.KindOf(err) != model.KindInvalid ||
		!strings.HasPrefix(err.Error(), "account loyalty.access_token: ") {
		t.Error(err)
	}
	a := adapterOf(t, model.Account{Name: "loyalty", Secrets: model.Secrets{"access_token": {Value: token}}})
	if a.Account().Secret("access_token") != "" {
		t.Error("the account shows its token")
	}
}
