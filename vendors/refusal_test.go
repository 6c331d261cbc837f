package vendors

import (
	"fmt"
	"net/http"
	"reflect"
	"strings"
	"testing"

	"viberdeck/model"
)

func TestTheFirstLineThatFitsExplainsARefusal(t *testing.T) {
	t.Parallel()
	table := []Refusal{
		{Words: "sender", Kind: model.KindInvalid, Field: "sender", Text: "choose another sender"},
		{Status: http.StatusForbidden, Kind: model.KindDenied, Text: "ask support"},
		{Kind: model.KindInvalid, Text: "read its words"},
	}
	c := NewClient(ClientOptions{Account: model.Account{Name: "minsk"}, Secrets: []string{"token-of-nobody"}})
	for _, x := range []struct {
		status int
		words  string
		want   model.Error
	}{
		{200, "Bad SENDER token-of-nobody\x1b[2J",
			model.Error{Kind: model.KindInvalid, Field: "sender", Text: model.Say("choose another sender"),
				Vendor: "Bad SENDER ***", Fate: model.FateRefused}},
		{403, "no", model.Error{Kind: model.KindDenied, Text: model.Say("ask support"), Vendor: "no", Code: "403",
			Fate: model.FateRefused}},
		{400, "no", model.Error{Kind: model.KindInvalid, Text: model.Say("read its words"), Vendor: "no", Code: "400",
			Fate: model.FateRefused}},
		{408, "", model.Error{Kind: model.KindInvalid, Text: model.Say("read its words"), Code: "408",
			Fate: model.FateUnknown}},
	} {
		x.want.Status = x.status
		if got := Explain(c, Response{Status: x.status}, x.words, table); !reflect.DeepEqual(*got, x.want) {
			t.Errorf("%d %q:\n got %#v\nwant %#v", x.status, x.words, *got, x.want)
		}
	}
}

func TestEachOfSeveralThingsThatAVendorSaysHasItsSentence(t *testing.T) {
	t.Parallel()
	table := []Refusal{
		{Words: "content url", Kind: model.KindInvalid, Field: "image_url", Text: "check its address"},
		{Words: "optimal image", Kind: model.KindInvalid, Field: "image_url", Text: "take another image"},
		{Kind: model.KindInvalid, Text: "read its words"},
	}
	const words = "a: Optimal image size 800x800 px; b: Content url is not valid; c: Content url is not valid; odd"
	want := "take another image; check its address (the vendor says: " + words + ")"
	if got := ExplainWords(words, table).String(); got != want {
		t.Errorf("%q, want %q", got, want)
	}
	c := NewClient(ClientOptions{Account: model.Account{Name: "minsk"}})
	if got := Explain(c, Response{Status: 200}, words,
		table).Text.String(); got != "check its address; take another image" {
		t.Errorf("a refused call says %q", got)
	}
	if got := ExplainWords("odd", table).String(); got != "odd" {
		t.Errorf("words that nothing fits became %q", got)
	}
}

func TestWordsWithPlacesFitWhateverStandsInThem(t *testing.T) {
	t.Parallel()
	for _, x := range []struct {
		words, answer string
		want          bool
	}{
		{"Template with id {templateId} not found", "template with id 77-a not found", true},
		{"Template with id {templateId} not found", "Template with id 7 is rejected; List with id 3 not found", false},
		{"Template with id {templateId} not found", "No tags; Template with id 7 not found", true},
		{"Duplicated as {contact}", "Duplicated as +375291111111", true},
		{"Argument {argument} required", "Argument required", false},
		{"", "anything", true},
	} {
		if got := (Refusal{Words: x.words}).Fits(x.answer); got != x.want {
			t.Errorf("%q fits %q: %v", x.words, x.answer, got)
		}
	}
}

func TestWhatFailsBeforeASendSentNothing(t *testing.T) {
	t.Parallel()
	lost := &model.Error{Kind: model.KindOffline, Text: model.Say("no answer")}
	if got := model.FateOf(BeforeSending(lost)); got != model.FateNotSent || lost.Fate != model.FateUnknown {
		t.Errorf("fate %q, and the original's %q", got, lost.Fate)
	}
	refused := &model.Error{Kind: model.KindDenied, Fate: model.FateRefused}
	if got := model.FateOf(BeforeSending(refused)); got != model.FateRefused {
		t.Errorf("a refusal became %q", got)
	}
	if got := model.FateOf(Unreadable("minsk", lost)); got != model.FateUnknown {
		t.Errorf("an unreadable answer is %q", got)
	}
}

func TestAMessageIsFinishedForEachPerson(t *testing.T) {
	t.Parallel()
	m := model.Message{Text: `Hello {{name|friend}}, \{{x}}`,
		Button: model.Button{Caption: "Shop", URL: "https://example.com/{{id}}"}}
	got, err := FillTemplate(m, map[string]string{"id": "7"})
	if err != nil || got.Text != "Hello friend, {{x}}" || got.Button.URL != "https://example.com/7" {
		t.Errorf("%+v, %v", got, err)
	}
	if _, err := FillTemplate(m, nil); model.KindOf(err) != model.KindInvalid ||
		model.FateOf(err) != model.FateRefused {
		t.Errorf("a missing column: %v", err)
	}
}

func TestOnlyPeopleWithPhonesCanBeWrittenTo(t *testing.T) {
	t.Parallel()
	for name, people := range map[string][]model.Recipient{
		"nobody": nil, "a contact": {{Phone: 375291111111}, {Contact: "anna@example.com"}}} {
		if err := CheckPhones(people); model.FateOf(err) != model.FateRefused {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := CheckPhones([]model.Recipient{{Phone: 375291111111}}); err != nil {
		t.Error(err)
	}
}

func TestAVendorsOwnMeaningOfAStatusTakesThePlaceOfTheUsualOne(t *testing.T) {
	t.Parallel()
	rows := StatusRefusals("Acme", Refusal{Status: http.StatusNotFound, Kind: model.KindInvalid, Text: "no such page"},
		Refusal{Status: http.StatusConflict, Kind: model.KindConflict, Text: "it has it"})
	var got []string
	for _, r := range rows {
		got = append(got, fmt.Sprint(r.Status, " ", r.Kind))
	}
	if want := "400 invalid, 402 money, 403 denied, 404 invalid, 409 conflict, 422 invalid, 429 limited, 500 offline, " +
		"0 invalid"; strings.Join(got, ", ") != want {
		t.Errorf("%s, want %s", got, want)
	}
	if says := rows[1].Sentence().String(); says != "the balance at Acme does not cover it; top it up, then send again" {
		t.Error(says)
	}
}
