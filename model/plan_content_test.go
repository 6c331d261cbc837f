package model

import (
	"strings"
	"testing"
	"time"
)

func factLines(p Plan, v PlanView) string {
	var all []string
	for _, f := range p.Facts(v) {
		all = append(all, f.Label.Text+": "+f.Text.String())
	}
	return strings.Join(all, "\n")
}

func TestTheDearestSMSIsThatOfTheLongestFinishedText(t *testing.T) {
	t.Parallel()
	c := goodCampaign()
	c.Message = Message{Text: "Здравствуйте, {{name}}! " + strings.Repeat("ж", 40)} // 64 letters as it is written
	c.Fallback = SMSFallback{Sender: "512", After: time.Hour}
	a := people(2)
	a.People = changed(a.People, 1, func(r *Recipient) { r.Vars = map[string]string{"name": strings.Repeat("я", 20)} })
	d := &fakeStore{senders: []Sender{{ID: "444", Name: "Shop"}, {ID: "512", Name: "Clinic"}}}
	accounts := []Account{{Name: "promo", Prices: []ConfigPrice{
		{Country: "BY", Message: "0.05", SMS: "0.1", Currency: "EUR"}}}}
	plan, err := Planner{Reader: d, Now: noon(), Accounts: accounts}.Plan(t.Context(), c, a, ableCapabilities(), 1000)
	if err != nil {
		t.Fatal(err)
	}
	if plan.SMSParts != 2 || plan.Price.Maximum.String() != "0.5 EUR" {
		t.Errorf("%d parts, at most %s; want 2 and 2 × (0.05 + 2 × 0.1)", plan.SMSParts, plan.Price.Maximum)
	}
	got := factLines(plan, PlanView{Zone: time.UTC, Now: noon()})
	for _, want := range []string{"from Clinic", "at most 2 parts, each charged: the text as each of them gets it"} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is missing in\n%s", want, got)
		}
	}
}

func TestTheConfirmationSaysTheClassAsTheVendorWillHaveIt(t *testing.T) {
	t.Parallel()
	c := Campaign{Class: ClassTransactional, Vendor: Routee, Message: Message{Text: "Hello"}}
	for want, caps := range map[string]Capabilities{
		"class: transactional": {},
		"class: transactional, as Routee takes every text alone":           {Name: "Routee", TextIsTransactional: true},
		"class: transactional, as a note of yours: Routee does not get it": {Name: "Routee", NoClass: true},
	} {
		got := factLines(Plan{Campaign: c}, PlanView{Zone: time.UTC, Now: noon(), Capabilities: caps})
		if !strings.Contains(got+"\n", want+"\n") {
			t.Errorf("%q is missing in\n%s", want, got)
		}
	}
}

func TestTheConfirmationSaysWhatFillsATemplateIn(t *testing.T) {
	t.Parallel()
	p := Plan{Campaign: Campaign{Message: Message{Template: "t1"},
		Options: Options{Variables: map[string]string{"code": "7"}}},
		People: PeopleOf(Recipient{Phone: firstPhone, Vars: map[string]string{"name": "Anna", "code": "", "2nd": "x"}}),
		unsent: []string{"2nd"}}
	if got := p.Example(0); got != "name = Anna" || !p.Personal() {
		t.Errorf("the first gets %q", got)
	}
	got := factLines(p, PlanView{Zone: time.UTC, Now: noon()})
	for _, want := range []string{"template: t1; code = 7", "from the list, for each person: name"} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is missing in\n%s", want, got)
		}
	}
	p.Today, p.Campaign.Name = Known(2), "Sale"
	got = factLines(p, PlanView{Zone: time.UTC, Now: noon(), Capabilities: Capabilities{NamesCalls: true}})
	for _, want := range []string{"its name: Sale, and random letters or digits of its own for each call",
		"today: 2 of these people have got a message already\n"} {
		if !strings.Contains(got+"\n", want) {
			t.Errorf("%q is missing in\n%s", want, got)
		}
	}
}
