package model

import (
	"slices"
	"strings"
	"testing"
)

func TestTemplatesAndListsMayBeCalledByTheirNames(t *testing.T) {
	t.Parallel()
	store := &fakeStore{lists: []List{{ID: "cl-1", Name: "Regulars"}, {ID: "12", Name: "Minsk"},
		{ID: "13", Name: "Brest"},
		{ID: "14", Name: "brest"}}}
	p := Planner{Reader: store, Now: noon(), Accounts: []Account{{Name: "shop",
		Templates: []ConfigTemplate{{ID: "t-7", Name: "Welcome"}}}}}
	for _, c := range []struct{ template, contacts, list, want, refused string }{
		{"welcome", "REGULARS", "minsk", "t-7 cl-1 12", ""},
		{"t-7", "cl-1", "12", "t-7 cl-1 12", ""},
		{"t-9", "cl-9", "99", "t-9 cl-9 99", ""}, // what has not been read is left to the vendor
		{"", "", "Brest", "", "2 are called \"Brest\"; give the id of one: 13, 14"},
	} {
		plan := Plan{Campaign: Campaign{Account: "shop", Message: Message{Template: c.template},
			Options: Options{ContactList: c.contacts, OtherLists: []string{c.list}}, List: c.list}}
		err := p.names(t.Context(), &plan, ableCapabilities())
		got := plan.Campaign
		if c.refused != "" {
			if err == nil || !strings.Contains(err.Error(), c.refused) {
				t.Errorf("%v, want %q", err, c.refused)
			}
			continue
		}
		if s := strings.Join([]string{got.Message.Template, got.Options.ContactList, got.List}, " "); err != nil ||
			s != c.want || !slices.Equal(got.Lists(), []string{got.List, got.List}) {
			t.Errorf("%s, %v, %v; want %s", s, got.Lists(), err, c.want)
		}
	}
}

func TestConfirmationsNameListsAndShowAnIDOnlyWhereNoNameTells(t *testing.T) {
	t.Parallel()
	p := Planner{Reader: &fakeStore{lists: []List{{ID: "cl-1", Name: "Regulars"}, {ID: "12", Name: "Minsk"},
		{ID: "13", Name: "Brest"}, {ID: "14", Name: "brest"}}}, Now: noon(), Accounts: []Account{{Name: "shop"}}}
	plan := Plan{Campaign: Campaign{Account: "shop", List: "minsk",
		Options: Options{ContactList: "cl-1", OtherLists: []string{"13", "99"}}}}
	if err := p.names(t.Context(), &plan, ableCapabilities()); err != nil {
		t.Fatal(err)
	}
	if got := plan.Lists(); got != "Minsk, Brest (13), 99" {
		t.Errorf("lists %q", got)
	}
	if got := plan.Details(); len(got) != 1 || got[0].Value != "Regulars" {
		t.Errorf("details %v", got)
	}
	if c := plan.Campaign; c.List != "12" || c.Options.ContactList != "cl-1" {
		t.Errorf("the vendor would get %q and %q", c.List, c.Options.ContactList)
	}
}

func TestTheContactListOfTheAccountIsConfirmedWhereNoneIsNamed(t *testing.T) {
	t.Parallel()
	able := ableCapabilities()
	unable := able
	unable.Lacks = map[Action]string{ActContactList: "it has no contact lists"}
	p := Planner{Reader: &fakeStore{lists: []List{{ID: "cl-1", Name: "Regulars"}}}, Now: noon(),
		Accounts: []Account{{Name: "shop", Settings: Settings{SettingContactList: "regulars"}}}}
	for _, c := range []struct {
		named, want string
		caps        Capabilities
	}{{"", "cl-1", able}, {" ", "cl-1", able}, {"cl-9", "cl-9", able}, {"", "", unable}} {
		plan := Plan{Campaign: Campaign{Account: "shop", Options: Options{ContactList: c.named}}}
		if err := p.names(t.Context(), &plan, c.caps); err != nil || plan.Campaign.Options.ContactList != c.want {
			t.Errorf("%q: %q, %v; want %q", c.named, plan.Campaign.Options.ContactList, err, c.want)
		}
	}
}

func TestWhatIsNotAmongTheKnownNamesIsSaid(t *testing.T) {
	t.Parallel()
	store := &fakeStore{lists: []List{{ID: "cl-1", Name: "Regulars"}}}
	p := Planner{Reader: store, Now: noon(), Accounts: []Account{
		{Name: "shop", Settings: Settings{"contact_list": "regulars"},
			Templates: []ConfigTemplate{{ID: "t-7", Name: "Welcome"}}}}}
	for _, c := range []struct{ template, contacts, want, warned string }{
		{"t-7", "", "cl-1", ""},
		{"t-7", "cl-9", "cl-9", `"cl-9" is not among the lists that were read from shop`},
		{"t-9", "", "cl-1", `"t-9" is not among the templates of the configuration`},
	} {
		plan := Plan{Campaign: Campaign{Account: "shop", Message: Message{Template: c.template},
			Options: Options{ContactList: c.contacts}}}
		if err := p.names(t.Context(), &plan, ableCapabilities()); err != nil ||
			plan.Campaign.Options.ContactList != c.want {
			t.Errorf("%q, %v; want %q", plan.Campaign.Options.ContactList, err, c.want)
		}
		var words []string
		for _, w := range plan.Warnings {
			words = append(words, w.String())
		}
		if all := strings.Join(words, "; "); !strings.Contains(all, c.warned) || (all == "") != (c.warned == "") {
			t.Errorf("%q is said, want %q", all, c.warned)
		}
	}
}

func TestTheVendorFillsATextInForItsOwnContactsOnly(t *testing.T) {
	t.Parallel()
	caps := ableCapabilities()
	caps.PersonalLists, caps.Contacts, caps.Limits.ListsPerCall = true, true, 2
	caps.Lacks = map[Action]string{ActPersonal: "it knows its own contacts only"}
	contact := Recipient{Phone: firstPhone, Vars: map[string]string{"Contact_ID": " k1 "}}
	for _, c := range []struct {
		text, refused string
		person        Recipient
		lists         []string
	}{
		{text: "Hello {{name|friend}}", person: contact},
		{text: "Hello {{name|}}", person: Recipient{Contact: "k2"}},
		{text: "Hello {{name}}", person: contact, refused: "only the vendor knows who has {{name}}"},
		{text: "Hello {{name|friend}}", person: Recipient{Phone: firstPhone},
			refused: "it knows its own contacts only"},
		{text: "Hello {{name}}", lists: []string{"a"}, refused: "only the vendor knows who has {{name}}"},
		{text: "Hello {{name|friend}}", lists: []string{"a", "b"}},
		{text: "Hello", lists: []string{"a", "b", "c"}, refused: "3 lists"},
	} {
		campaign := Campaign{Account: "shop", Name: "Sale", Sender: "1", Message: Message{Text: c.text}}
		var a Audience
		if len(c.lists) > 0 {
			campaign.List, campaign.Options.OtherLists, a.List = c.lists[0], c.lists[1:], Known(7)
		} else {
			a.People, a.Total = PeopleOf(c.person), 1
		}
		plan, err := Planner{Reader: &fakeStore{}, Now: noon()}.Plan(t.Context(), campaign, a, caps, 1)
		if c.refused == "" && err != nil || c.refused != "" &&
			(err == nil || !strings.Contains(err.Error(), c.refused)) {
			t.Errorf("%q to %+v %v: %v, want %q", c.text, c.person, c.lists, err, c.refused)
		}
		known := strings.Contains(Listed(plan.Warnings).String(), "only by the id of a contact")
		if err == nil && known != (c.person.Contact != "") {
			t.Errorf("warnings %v", plan.Warnings)
		}
	}
}
