package model

import (
	"strings"
	"testing"
)

func TestAPreparedAnswerIsFilledInOrSaysWhatItLacks(t *testing.T) {
	t.Parallel()
	book := Answerbook{Columns: map[string]string{"Имя": "Анна {{x}}", "city": "Минск"}}
	values := book.Values(Reply{CampaignName: "Autumn sale"}, "olga")
	a := PreparedAnswer{Name: "hours", Text: "{{name|friend}} из {{city}}: {{campaign}}, {{operator}}, {{day|Monday}}"}
	got, err := a.Fill(values)
	if want := `Анна \{{x}} из Минск: Autumn sale, olga, Monday`; got != want || err != nil {
		t.Errorf("filled %q, %v, want %q", got, err, want)
	}
	a.Text = "{{price}} and {{day}}"
	if _, err := a.Fill(values); KindOf(err) != KindInvalid || !strings.Contains(err.Error(), "{{price}}, {{day}}") {
		t.Errorf("without values: %v", err)
	}
	if _, err := a.Fill(Answerbook{}.Values(Reply{}, "")); err == nil {
		t.Error("nothing at all is known, and it is filled in")
	}
}

func TestTheAnswersUsedMostWithTheCampaignOrLabelComeFirst(t *testing.T) {
	t.Parallel()
	configured := []PreparedAnswer{{Name: "Hours", Text: "Open at 9."}, {Name: "price", Text: "Цена 5"},
		{Name: "часы", Text: "С девяти", Labels: []string{"время"}}}
	book := Answerbook{Written: []PreparedAnswer{{Name: "hours", Text: "Open at 10.", By: "anna"},
		{Name: "thanks", Text: "Спасибо"}},
		Uses: map[string]AnswerUses{Fold("thanks"): {Here: 2, All: 2}, Fold("price"): {All: 9}}}
	names := func(r Reply) string {
		var all []string
		for _, a := range book.For(r, configured) {
			all = append(all, a.Name)
		}
		return strings.Join(all, " ")
	}
	if got, want := names(Reply{Text: "Когда?", Labels: []string{"время"}}), "thanks часы price hours"; got != want {
		t.Errorf("the order is %q, want %q", got, want)
	}
	book.Uses = nil
	if got, want := names(Reply{Text: "When?"}), "hours price thanks часы"; got != want {
		t.Errorf("the order is %q, want %q", got, want)
	}
	if a, ok := FindPrepared(book.All(configured), " HOURS "); !ok || a.By != "anna" {
		t.Errorf("found %+v", a)
	}
}

func TestPreparedAnswersOfTheConfigurationAreChecked(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		want    string
		answers []PreparedAnswer
	}{
		{"", []PreparedAnswer{{Name: "hours", Text: "{{name|friend}}", Language: "be", Labels: []string{"время"}}}},
		{"answer[0].name", []PreparedAnswer{{Text: "x"}}},
		{"answer[0].text", []PreparedAnswer{{Name: "a", Text: " "}}},
		{"answer[0].text", []PreparedAnswer{{Name: "a", Text: "{{name"}}},
		{"answer[0].language", []PreparedAnswer{{Name: "a", Text: "x", Language: "Russian"}}},
		{"answer[0].labels", []PreparedAnswer{{Name: "a", Text: "x", Labels: []string{""}}}},
		{"answer[1].name", []PreparedAnswer{{Name: "a", Text: "x"}, {Name: "A", Text: "y"}}},
	} {
		err := (&Config{Answers: tt.answers}).Validate(nil)
		if (err == nil) != (tt.want == "") || err != nil && !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%+v: %v, want %q", tt.answers, err, tt.want)
		}
	}
}
