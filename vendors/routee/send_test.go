package routee_test

import (
	"encoding/base64"
	"errors"
	"net/http"
	"reflect"
	"regexp"
	"strings"
	"testing"
	"time"

	"viberdeck/model"
	"viberdeck/vendors"
	"viberdeck/vendors/routee"
	"viberdeck/vendors/vendortest"
)

func TestACampaignIsWrittenWithTheDocumentsFields(t *testing.T) {
	t.Parallel()
	b := batch()
	b.People[1].Phone = 35796500001
	c := &b.Campaign
	c.Message.ImageURL, c.Message.Button = "https://example.com/a.png",
		model.Button{Caption: "Shop", URL: "https://example.com/shop"}
	c.SendAt, c.Lifetime = time.Date(2124, 12, 1, 10, 0, 0, 0, time.FixedZone("", 7200)), time.Hour
	c.Options = model.Options{Label: "autumn", CallbackURL: "https://example.com/hook",
		InboundURL: "https://example.com/in"}
	f := newFake(t, map[string][]string{send: {recorded(t, "campaign.json")}})
	o, err := adapter(t, f).Send(t.Context(), nil, b)
	if err != nil {
		t.Fatal(err)
	}
	id := "7c2a0000-0000-4000-8000-00000000abcd"
	if o.State != model.BatchAccepted || o.VendorRef != id || !reflect.DeepEqual(o.VendorIDs, []string{id}) ||
		o.Cost.Amount.String() != "12.5" {
		t.Errorf("outcome %+v", o)
	}
	if want := "1000 recipients; GR 990, CY 10; groups: customers 170; " +
		"170 in groups; 63 characters; 1000 messages; state Queued"; o.Evidence.String() != want {
		t.Errorf("analysis %q, want %q", o.Evidence, want)
	}
	if got, want := vendortest.Tree(t, f.To(send)[0].Body),
		vendortest.Tree(t, []byte(recorded(t, "full-request.json"))); !reflect.DeepEqual(got, want) {
		t.Errorf("got  %v\nwant %v", got, want)
	}
	if got := f.To(send)[0].Header.Get("Authorization"); got != "Bearer token-of-nobody" {
		t.Errorf("authorization %q", got)
	}
	login := f.To("POST /oauth/token")[0]
	if want := "Basic " +
		base64.StdEncoding.EncodeToString([]byte("id-of-nobody:secret-of-nobody")); login.Header.Get(
		"Authorization") != want || string(login.Body) != "grant_type=client_credentials" {
		t.Errorf("login %q with %q", login.Header.Get("Authorization"), login.Body)
	}
}

func TestEachLayoutHasItsOwnBody(t *testing.T) {
	t.Parallel()
	film := model.Video{URL: "https://example.com/a.mp4", Thumbnail: "https://example.com/a.jpg", SizeMB: 20,
		DurationS: 60}
	wantFilm := map[string]any{"videoURL": film.URL, "videoThumbnail": film.Thumbnail, "fileSize": 20.0,
		"duration": 60.0}
	button := model.Button{Caption: "Shop", URL: "https://example.com"}
	wantButton := map[string]any{"caption": "Shop", "targetUrl": "https://example.com"}
	picture := "https://example.com/a.png"
	for name, c := range map[string]struct {
		message model.Message
		want    map[string]any
	}{
		"text":  {model.Message{Text: `Price \{{1}}`}, map[string]any{"text": "Price {{1}}"}},
		"image": {model.Message{ImageURL: picture}, map[string]any{"imageURL": picture}},
		"text+button": {model.Message{Text: "Hi", Button: button},
			map[string]any{"text": "Hi", "action": wantButton}},
		"text+image+button": {model.Message{Text: "Hi", ImageURL: picture, Button: button},
			map[string]any{"text": "Hi", "imageURL": picture, "action": wantButton}},
		"file": {model.Message{File: model.File{Name: "Prices", Type: "PDF", URL: "https://example.com/p.pdf"}},
			map[string]any{"viberFile": map[string]any{
				"fileName": "Prices", "fileType": "pdf", "fileUrl": "https://example.com/p.pdf"}}},
		"video": {model.Message{Video: film}, map[string]any{"viberVideo": wantFilm}},
		"video+text": {model.Message{Text: "Hi", Video: film},
			map[string]any{"text": "Hi", "viberVideo": wantFilm}},
		"video+text+image": {model.Message{Text: "Hi", ImageURL: picture, Video: film},
			map[string]any{"text": "Hi", "imageURL": picture, "viberVideo": wantFilm}},
	} {
		b := batch()
		b.Campaign.Message = c.message
		f := newFake(t, map[string][]string{send: {recorded(t, "campaign.json")}})
		a := adapter(t, f)
		if kind, _ := c.message.Kind(); string(kind) != name || !a.Capabilities().CanSend(kind) {
			t.Errorf("%s is %s, or cannot be sent", name, kind)
		}
		if _, err := a.Send(t.Context(), nil, b); err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		got := vendortest.Tree(t, f.To(send)[0].Body)
		if !reflect.DeepEqual(got["body"], c.want) {
			t.Errorf("%s: body %v, want %v", name, got["body"], c.want)
		}
		if got["ttl"] != nil || got["isSessionMessage"] != nil || got["scheduledDate"] != nil {
			t.Errorf("%s: what nobody set was sent: %v", name, got)
		}
	}
}

func TestAGroupIsFilledInByRoutee(t *testing.T) {
	t.Parallel()
	b := batch()
	b.People = nil
	b.Campaign.List, b.Campaign.Message.Text = "customers", "Hello {{name|friend}}, your code is {{code}}"
	f := newFake(t, map[string][]string{send: {recorded(t, "campaign.json"), recorded(t, "campaign.json")},
		"GET /groups/my/customers": {recorded(t, "group.json"), recorded(t, "group.json"), recorded(t, "group.json")}})
	a := adapter(t, f)
	if err := model.CheckCampaign(b.Campaign, a.Capabilities(), time.Now()); err != nil {
		t.Fatal(err)
	}
	made, err := a.PrepareList(t.Context(), b.Campaign)
	if err != nil || made != (model.Prepared{People: model.Known(180)}) || a.PerCall(b.Campaign) != 1 {
		t.Errorf("prepared %+v, %v", made, err)
	}
	if _, err := a.Send(t.Context(), nil, b); err != nil {
		t.Fatal(err)
	}
	if got, want := vendortest.Tree(t, f.To(send)[0].Body),
		vendortest.Tree(t, []byte(recorded(t, "group-request.json"))); !reflect.DeepEqual(got, want) {
		t.Errorf("got  %v\nwant %v", got, want)
	}
	b.Campaign.Options.OtherLists = []string{"customers"}
	if made, err := a.PrepareList(t.Context(), b.Campaign); err != nil || made.People != model.Known(2*180) {
		t.Errorf("two groups: %+v, %v", made, err)
	}
	if _, err := a.Send(t.Context(), nil, b); err != nil {
		t.Fatal(err)
	}
	if got := vendortest.Tree(t, f.To(send)[1].Body)["groups"]; !reflect.DeepEqual(got,
		[]any{"customers", "customers"}) {
		t.Errorf("two groups leave as %v", got)
	}
	b.Campaign.List = "nobody"
	if _, err := a.PrepareList(t.Context(), b.Campaign); model.KindOf(err) != model.KindNotFound ||
		!strings.HasPrefix(err.Error(), "list: ") {
		t.Errorf("a group that is not there: %v", err)
	}
}

func TestGroupsPhonesAndContactsLeaveInOneCall(t *testing.T) {
	t.Parallel()
	b := batch()
	b.Campaign.List, b.Campaign.Options.OtherLists = "vip", []string{"customers"}
	b.Campaign.Message.Text = "Hi {{name|friend}}"
	b.People = []model.Recipient{{Phone: 306948530920},
		{Phone: 306948530921, Vars: map[string]string{"contact_id": "k-9"}}}
	f := newFake(t, map[string][]string{send: {
		`{"trackingId": "t-1", "viberAnalysis": {"numberOfRecipients": 5, "totalInGroups": 4}}`}})
	o, err := adapter(t, f).Send(t.Context(), nil, b)
	if err != nil {
		t.Fatal(err)
	}
	got := vendortest.Tree(t, f.To(send)[0].Body)
	for name, want := range map[string]any{
		"groups": []any{"vip", "customers"}, "to": []any{"+306948530920"}, "contacts": []any{"k-9"},
		"body": map[string]any{"text": "Hi [~{name}]", "fallbackValues": map[string]any{"name": "friend"}},
	} {
		if !reflect.DeepEqual(got[name], want) {
			t.Errorf("%s is %v, want %v", name, got[name], want)
		}
	}
	if o.State != model.BatchAccepted || !strings.Contains(o.Err.String(), "recognised 1 of 2") {
		t.Errorf("got %+v", o)
	}
}

func TestPeopleWithPhonesAllGetTheSameText(t *testing.T) {
	t.Parallel()
	b := batch()
	b.Campaign.Message.Text = "Hello {{name|friend}}"
	f := newFake(t, map[string][]string{})
	a := adapter(t, f)
	err := model.CheckCampaign(b.Campaign, a.Capabilities(), time.Now())
	if err == nil || !strings.Contains(err.Error(), "only from its own contacts and groups") {
		t.Errorf("%v", err)
	}
	if _, err := a.Send(t.Context(), nil, b); model.FateOf(err) != model.FateRefused || len(f.To(send)) != 0 {
		t.Errorf("sent with %v after %d calls", err, len(f.To(send)))
	}
}

func TestContactsGoByTheirIDs(t *testing.T) {
	t.Parallel()
	b := batch()
	b.People = []model.Recipient{{Contact: "k-1"}, {Contact: "k-2"}}
	b.Campaign.Message.Text = "Hello {{name|friend}}"
	f := newFake(t, map[string][]string{send: {recorded(t, "campaign.json"), recorded(t, "campaign.json")}})
	if _, err := adapter(t, f).Send(t.Context(), nil, b); err != nil {
		t.Fatal(err)
	}
	got := vendortest.Tree(t, f.To(send)[0].Body)
	b.People = []model.Recipient{{Phone: 306948530920, Vars: map[string]string{"contact_id": "k-3"}}}
	if _, err := adapter(t, f).Send(t.Context(), nil, b); err != nil {
		t.Fatal(err)
	}
	if beside := vendortest.Tree(t, f.To(send)[1].Body); beside["to"] != nil ||
		!reflect.DeepEqual(beside["contacts"], []any{"k-3"}) {
		t.Errorf("a contact whose phone is known: %v", beside)
	}
	if !reflect.DeepEqual(got["contacts"], []any{"k-1", "k-2"}) || got["to"] != nil ||
		got["body"].(map[string]any)["text"] != "Hello [~{name}]" {
		t.Errorf("%v", got)
	}
}

func TestLaterBatchesHaveNamesOfTheirOwn(t *testing.T) {
	t.Parallel()
	rule := regexp.MustCompile(`^[A-Za-z0-9 -]{2,30}$`)
	for _, name := range []string{"Autumn sale", "ab", strings.Repeat("x", 30), strings.Repeat("y", 27) + " zz"} {
		seen := map[string]bool{}
		for _, number := range []int{1, 2, 3, 10, 100} {
			b := batch()
			b.Number, b.Campaign.Name = number, name
			f := newFake(t, map[string][]string{send: {recorded(t, "campaign.json")}})
			if _, err := adapter(t, f).Send(t.Context(), nil, b); err != nil {
				t.Fatal(err)
			}
			got := vendortest.Tree(t, f.To(send)[0].Body)["campaignName"].(string)
			if !rule.MatchString(got) || seen[got] || number == 1 && got != name {
				t.Errorf("batch %d of %q is called %q", number, name, got)
			}
			seen[got] = true
		}
	}
}

func TestASessionMessageIsTextImageOrFile(t *testing.T) {
	t.Parallel()
	f := newFake(t, map[string][]string{send: {recorded(t, "campaign.json")}})
	a := adapter(t, f)
	b := batch()
	b.Campaign.Class = model.ClassSession
	if _, err := a.Send(t.Context(), nil, b); err != nil ||
		vendortest.Tree(t, f.To(send)[0].Body)["isSessionMessage"] != true {
		t.Errorf("%v, %s", err, f.To(send)[0].Body)
	}
	b.Campaign.Message.Button = model.Button{Caption: "Shop", URL: "https://example.com"}
	if err := a.Check(b.Campaign); err == nil || !strings.HasPrefix(err.Error(), "class: ") {
		t.Errorf("with a button: %v", err)
	}
	b.Campaign.Message = model.Message{Video: model.Video{URL: "https://example.com/a.mp4"}}
	if err := a.Check(b.Campaign); err == nil || !strings.HasPrefix(err.Error(), "class: ") {
		t.Errorf("a video: %v", err)
	}
}

func TestANumberThatRouteeNamesIsLeftOutAndTheOthersGo(t *testing.T) {
	t.Parallel()
	f := newFake(t, map[string][]string{send: {"400 " + recorded(t, "bad-number.json"), recorded(t, "campaign.json")}})
	o, err := adapter(t, f).Send(t.Context(), nil, batch())
	if err != nil || o.State != model.BatchAccepted || len(o.People) != 1 || o.People[0].Phone != 306948530921 ||
		o.People[0].Status != model.StatusRejected || o.People[0].Reason.String() == "" {
		t.Fatalf("%+v, %v", o, err)
	}
	if got := vendortest.Tree(t, f.To(send)[1].Body); !reflect.DeepEqual(got["to"], []any{"+306948530920"}) ||
		got["campaignName"] != "Autumn sale" {
		t.Errorf("the second request is %v", got)
	}
	nameless := `400 {"code":"400019002","properties":{"errorCode":"001"}}`
	f = newFake(t, map[string][]string{send: {nameless}})
	_, err = adapter(t, f).Send(t.Context(), nil, batch())
	if e, ok := errors.AsType[*model.Error](err); !ok || e.Fate != model.FateRefused || e.Field != "phones" ||
		e.Code != "400019002/001" || len(f.To(send)) != 1 {
		t.Errorf("no number named: %v after %d calls", err, len(f.To(send)))
	}
}

func TestAnExpiredTokenIsRenewedAfter401And403(t *testing.T) {
	t.Parallel()
	for _, status := range []string{"401", "403"} {
		f := newFake(t, map[string][]string{send: {
			status + ` {"error":"invalid_token"}`, recorded(t, "campaign.json")}})
		if o, err := adapter(t, f).Send(t.Context(), nil, batch()); err != nil || o.State != model.BatchAccepted ||
			len(f.To("POST /oauth/token")) != 2 {
			t.Errorf("%s: %+v, %v after %d logins", status, o, err, len(f.To("POST /oauth/token")))
		}
		f = newFake(t, map[string][]string{send: {status + ` {"error":"invalid_token"}`}})
		_, err := adapter(t, f).Send(t.Context(), nil, batch())
		if model.KindOf(err) != model.KindDenied || model.FateOf(err) != model.FateRefused || len(f.To(send)) != 2 {
			t.Errorf("%s for ever: %v after %d calls", status, err, len(f.To(send)))
		}
	}
}

// roundTrip answers every request with a token and calls f with it, without a network.
type roundTrip func(*http.Request)

func (f roundTrip) RoundTrip(r *http.Request) (*http.Response, error) {
	f(r)
	return vendortest.Answering(`{"balance":1}`).RoundTrip(r)
}

func TestTheLoginGoesToItsOwnAddress(t *testing.T) {
	t.Parallel()
	asked := map[string]bool{}
	transport := roundTrip(func(r *http.Request) { asked[r.URL.Host+r.URL.Path] = true })
	for _, c := range []struct{ base, auth, login, api string }{
		{"", "", "auth.routee.net/oauth/token", "connect.routee.net/accounts/me/balance"},
		{"http://api.example/r/", "http://login.example/a/", "login.example/a/oauth/token",
			"api.example/r/accounts/me/balance"},
		{"http://api.example/r", "http://login.example/oauth/token", "login.example/oauth/token",
			"api.example/r/accounts/me/balance"},
	} {
		clear(asked)
		at := account("")
		at.BaseURL, at.Settings = c.base, model.Settings{"auth_url": c.auth}
		a, err := routee.New(at, vendors.NewClient(vendors.ClientOptions{Account: at, Transport: transport}))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := a.Balance(t.Context()); err != nil || !asked[c.login] || !asked[c.api] {
			t.Errorf("%+v: %v, %v", c, asked, err)
		}
	}
}

func TestWhatRouteeCannotFillInIsSaidBeforeAnythingLeaves(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		message model.Message
		field   string
	}{
		"a column in the button's address": {model.Message{
			Text: "Hi", Button: model.Button{Caption: "Shop", URL: "https://example.com/{{code|x}}"}}, "button.url"},
		"a column that is not a label":     {model.Message{Text: "Hi {{first}name}}"}, "text"},
		"a text that labels make too long": {model.Message{Text: strings.Repeat("a", 990) + "{{firstname}}"}, "text"},
	} {
		b := batch()
		b.People, b.Campaign.List, b.Campaign.Message = nil, "customers", c.message
		f := newFake(t, map[string][]string{})
		_, err := adapter(t, f).Send(t.Context(), nil, b)
		if err == nil || !strings.HasPrefix(err.Error(), c.field+": ") || model.FateOf(err) != model.FateRefused ||
			len(f.To(send)) != 0 {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestAnIDBesideANoIsKeptAndUnknown(t *testing.T) {
	t.Parallel()
	f := newFake(t, map[string][]string{send: {
		`{"trackingId":"t-1","code":"400001009","developerMessage":"You don't have enough balance"}`}})
	o, err := adapter(t, f).Send(t.Context(), nil, batch())
	if err != nil || o.State != model.BatchUnknown || o.VendorRef != "t-1" || o.Err.IsZero() {
		t.Errorf("%+v, %v; want it unknown with the id and the words", o, err)
	}
}
