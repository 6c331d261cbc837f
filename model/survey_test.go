package model

import (
	"slices"
	"strings"
	"testing"
)

func TestASurveyPutsTheEmptiestFirstAndCountsWhoLacksWhat(t *testing.T) {
	t.Parallel()
	m := Message{Text: "{{name|friend}}, {{City}}",
		Button: Button{Caption: "Shop", URL: "https://example.com/{{code}}?n={{name}}"}}
	people := []Recipient{
		{Phone: 375291111111, Vars: map[string]string{"name": "Anna", "city": "Minsk", "code": "1"}},
		{Phone: 375291111112, Vars: map[string]string{"name": "Olga", "city": " "}},
		{Phone: 375291111113},
		{Phone: 375291111114, Vars: map[string]string{"Name": "Ivan the Terrible", "city": "Brest"}},
	}
	s, err := SurveyOf(m, PeopleOf(people...))
	if err != nil {
		t.Fatal(err)
	}
	if want := []int32{2, 1, 3, 0}; !slices.Equal(s.Order, want) {
		t.Errorf("the order is %v, want %v", s.Order, want)
	}
	if want := []Place{{"name", 1, "friend", false}, {"City", 2, "", false},
		{"code", 3, "", false}}; !slices.Equal(s.Places, want) {
		t.Errorf("the places are %v, want %v", s.Places, want)
	}
	if s.Longest != len("Ivan the Terrible, Brest") || s.LongestOf != 3 {
		t.Errorf("the longest text has %d characters, of %d", s.Longest, s.LongestOf)
	}
	if p := s.Unfilled(); p == nil || p.Column != "name" {
		t.Errorf("unfilled is %v", p)
	}
}

func TestAMessageThatIsTheSameForAllNeedsNoOrder(t *testing.T) {
	t.Parallel()
	s, err := SurveyOf(Message{Text: `Привет \{{x}}`}, PeopleOf(Recipient{Phone: 375291111111}))
	if err != nil || s.Order != nil || s.Longest != 12 || s.Unfilled() != nil {
		t.Errorf("%+v, %v", s, err)
	}
	if _, err := SurveyOf(Message{Text: "{{a"}, People{}); err == nil {
		t.Error("a broken text was taken")
	}
	if _, err := SurveyOf(Message{Button: Button{URL: "https://example.com/{{a"}}, People{}); err == nil ||
		!strings.Contains(err.Error(), "button.url") {
		t.Errorf("of a broken link: %v", err)
	}
}

func TestEachPieceOfAFinishedTextSaysWhereItIsFrom(t *testing.T) {
	t.Parallel()
	got := mustTemplate(t, "Hi {{name}} {{nick|friend}} {{code}}").Pieces(map[string]string{"NAME": "Anna"})
	want := []Piece{{"Hi ", "", FilledByText}, {"Anna", "name", FilledByRow}, {" ", "", FilledByText},
		{"friend", "nick", FilledByFallback},
		{" ", "", FilledByText}, {"", "code", FilledByNothing}}
	if !slices.Equal(got, want) {
		t.Errorf("got %v", got)
	}
}

func TestAPlanCountsThePeopleWhoLackAColumn(t *testing.T) {
	t.Parallel()
	a := Audience{People: PeopleOf(Recipient{Phone: 375291111111},
		Recipient{Phone: 375291111112, Vars: map[string]string{"city": "Minsk"}}, Recipient{Phone: 375291111113})}
	c := goodCampaign()
	c.Message.Text = "Hello {{city}}"
	_, err := Planner{Reader: &fakeStore{}, Now: noon()}.Plan(t.Context(), c, a, ableCapabilities(), 10)
	if err == nil || !strings.Contains(err.Error(), "2 people have no value for {{city}}, +375291111111 the first") {
		t.Errorf("%v", err)
	}
}
