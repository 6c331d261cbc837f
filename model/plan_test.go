package model

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// fakeStore returns what a test sets, and records the calls it receives.
type fakeStore struct {
	blocked     map[Phone]string
	contacts    map[string]string
	overlap     int64
	onBlacklist ListBlocks
	names       []string
	senders     []Sender
	lists       []List
	sent        int64
	writtenTo   int64
	prices      PriceFacts
	refused     Text // the template
	refusedAt   time.Time
	known       KnownValues
	err         map[string]error // by method

	asked      []Phone
	overlapped []Phone
	since      time.Time
	sentSince  time.Time
	midnight   time.Time
	account    string
}

func (d *fakeStore) Blocked(_ context.Context, account string, phones []Phone) (map[Phone]string, error) {
	d.account, d.asked = account, phones
	return d.blocked, d.err["blocked"]
}

func (d *fakeStore) BlockedContacts(_ context.Context, _ string, contacts []string) (map[string]string, error) {
	found := map[string]string{}
	for _, c := range contacts {
		if reason, ok := d.contacts[c]; ok {
			found[c] = reason
		}
	}
	return found, d.err["blocked"]
}

func (d *fakeStore) Overlap(_ context.Context, _ Campaign, people People, since time.Time) (int64, []Earlier, error) {
	d.overlapped, d.since = people.Phones(), since
	var earlier []Earlier
	for _, name := range d.names {
		earlier = append(earlier, Earlier{Name: name})
	}
	return d.overlap, earlier, d.err["overlap"]
}

func (d *fakeStore) KnownSenders(context.Context, string) ([]Sender, error) {
	return d.senders, d.err["senders"]
}

func (d *fakeStore) Lists(context.Context, string) ([]List, error) { return d.lists, d.err["lists"] }

func (d *fakeStore) SentSince(_ context.Context, _ string, since time.Time) (int64, error) {
	d.sentSince = since
	return d.sent, d.err["sent"]
}

func (d *fakeStore) WrittenTo(_ context.Context, people People, since time.Time) (int64, []string, error) {
	d.midnight = since
	return d.writtenTo, d.names, d.err["today"]
}

func (d *fakeStore) FreeName(_ context.Context, c Campaign, longest int) (string, error) {
	return c.CopyName(longest), nil
}

func (d *fakeStore) OnBlacklist(context.Context, string) (ListBlocks, error) {
	return d.onBlacklist, nil
}

func (d *fakeStore) TemplateRefused(context.Context, string, string) (Text, time.Time, error) {
	return d.refused, d.refusedAt, d.err["template"]
}

func (d *fakeStore) KnownValues(context.Context, string) (KnownValues, error) {
	return d.known, d.err["known"]
}

func (d *fakeStore) Prices(context.Context, string, []string) (PriceFacts, error) {
	return d.prices, d.err["prices"]
}

const firstPhone = Phone(375291111111)

// people returns n people with phones, each with a name and a code.
func people(n int) Audience {
	var all []Recipient
	for i := range n {
		all = append(all, Recipient{Phone: firstPhone + Phone(i),
			Vars: map[string]string{"name": "Anna", "code": strconv.Itoa(i)}})
	}
	return Audience{Total: int64(n), People: PeopleOf(all...)}
}

func makePlan(t *testing.T, d *fakeStore, send SendConfig, c Campaign, a Audience) (Plan, error) {
	t.Helper()
	return Planner{Reader: d, Send: send, Now: noon()}.Plan(t.Context(), c, a, ableCapabilities(), 1000)
}

func TestAPlanCountsWhoWillReceiveIt(t *testing.T) {
	t.Parallel()
	a := people(2500)
	a.Total, a.Duplicates, a.Invalid = 2510, 7, 3
	a.BadRows = []BadRow{{Line: 9}}
	a.People = changed(a.People, 0, func(r *Recipient) { r.Phone = 306948530920 })
	d := &fakeStore{}
	plan, err := makePlan(t, d, SendConfig{}, goodCampaign(), a)
	if err != nil {
		t.Fatal(err)
	}
	if plan.Recipients != Known(2500) || plan.People.Len() != 2500 || plan.Calls != 3 || plan.Total != 2510 ||
		plan.Duplicates != 7 ||
		plan.Invalid != 3 || len(plan.BadRows) != 1 || plan.Suppressed != 0 {
		t.Errorf("got %s people of %d in %d calls, %d duplicates, %d invalid", plan.Recipients, plan.Total, plan.Calls,
			plan.Duplicates, plan.Invalid)
	}
	if plan.Countries["GR"] != 1 || plan.Countries["BY"] != 2499 || plan.Price.Expected.Known ||
		len(plan.Warnings) != 0 {
		t.Errorf("got %v, cost %s, %q", plan.Countries, plan.Price.Expected, plan.Warnings)
	}
	if d.account != "promo" || len(d.asked) != 2500 {
		t.Errorf("the blacklist of %q was asked for %d phones", d.account, len(d.asked))
	}
}

func TestNobodyOnTheBlacklistIsInThePlan(t *testing.T) {
	t.Parallel()
	d := &fakeStore{blocked: map[Phone]string{}}
	a := people(50)
	for i := range 25 {
		d.blocked[a.People.At(2*i).Phone] = "opted out"
	}
	delete(a.People.At(0).Vars, "name") // what a suppressed person lacks stops nothing
	c := goodCampaign()
	c.Message.Text = "Hello {{name}}"
	plan, err := makePlan(t, d, SendConfig{}, c, a)
	if err != nil || plan.Suppressed != 25 || plan.Recipients != Known(25) || len(plan.LeftOut) != 20 {
		t.Fatalf("got %d suppressed, %d named, %s left, %v", plan.Suppressed, len(plan.LeftOut), plan.Recipients, err)
	}
	for _, r := range plan.People.All() {
		if d.blocked[r.Phone] != "" {
			t.Errorf("%s opted out and would be written to", r.Phone)
		}
	}
	if slices.ContainsFunc(d.overlapped, func(p Phone) bool { return d.blocked[p] != "" }) {
		t.Error("the repeat guard counts people who are left out")
	}
}

func TestAPlanWithNobodyLeftIsRefused(t *testing.T) {
	t.Parallel()
	_, err := makePlan(t, &fakeStore{}, SendConfig{}, goodCampaign(), Audience{Total: 3, Duplicates: 1, Invalid: 2})
	expectField(t, "empty", err, "phones", "3 given, 1 duplicate, 2 invalid, 0 on the blacklist")
	a := people(1)
	_, err = makePlan(t, &fakeStore{blocked: map[Phone]string{firstPhone: "x"}}, SendConfig{}, goodCampaign(), a)
	expectField(t, "all blocked", err, "phones", "1 on the blacklist")
}

func TestAContactThatIsNotAPhonePassesThrough(t *testing.T) {
	t.Parallel()
	a := Audience{Total: 2, People: PeopleOf(Recipient{Contact: "anna@example.com"}, Recipient{Phone: firstPhone})}
	d := &fakeStore{blocked: map[Phone]string{0: "no phone at all"}}
	plan, err := makePlan(t, d, SendConfig{}, goodCampaign(), a)
	if err != nil || plan.Recipients != Known(2) || plan.People.At(0).Contact != "anna@example.com" ||
		plan.Countries["?"] != 1 {
		t.Errorf("got %+v, %v", plan.People, err)
	}
	if !slices.Equal(d.asked, []Phone{firstPhone}) || !slices.Equal(d.overlapped, []Phone{firstPhone}) {
		t.Errorf("asked for %v and %v", d.asked, d.overlapped)
	}
}

func TestASenderIsFoundByIDOrByName(t *testing.T) {
	t.Parallel()
	senders := []Sender{
		{ID: "1", Name: "Shop", State: SenderRejected}, {ID: "2", Name: "Shop", State: SenderApproved},
		{ID: "3", Name: "2", State: SenderApproved},
		{ID: "4", Name: "Soon", State: SenderPending}, {ID: "5", Name: "Maybe", State: SenderUnknown},
		{ID: "6", Name: "Never", State: SenderRejected},
	}
	for _, c := range []struct{ given, id, name, refused string }{
		{"2", "2", "Shop", ""}, {"shop", "2", "Shop", ""}, {"Maybe", "5", "Maybe", ""}, {"3", "3", "2", ""},
		{"not listed", "", "", "synchronise"}, {"77", "", "", "choose one of the list"},
		{"1", "", "", "rejected"}, {"Soon", "", "", "pending"}, {"4", "", "", "pending"}, {"Never", "", "", "rejected"},
	} {
		campaign := goodCampaign()
		campaign.Sender = c.given
		plan, err := makePlan(t, &fakeStore{senders: senders}, SendConfig{}, campaign, people(1))
		if c.refused != "" {
			expectField(t, c.given, err, "sender", c.refused)
		} else if err != nil || plan.Campaign.Sender != c.id || plan.Campaign.SenderName != c.name {
			t.Errorf("%q: got %q, %q, %v", c.given, plan.Campaign.Sender, plan.Campaign.SenderName, err)
		}
	}
}

func TestASenderThatNoListKnowsIsTheVendorsToJudge(t *testing.T) {
	t.Parallel()
	campaign := goodCampaign()
	campaign.Sender = "77"
	if plan, err := makePlan(t, &fakeStore{}, SendConfig{}, campaign, people(1)); err != nil ||
		plan.Campaign.Sender != "77" {
		t.Errorf("got %q, %v", plan.Campaign.Sender, err)
	}
}

func TestOnePersonsFinishedMessageIsChecked(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, text, link, code, field, says string
	}{
		{"no value", "Hello {{city}}", "https://example.com", "", "text", "+375291111112 has no value for {{city}}"},
		{"no value in the link", "Hello", "https://example.com/{{shop}}", "", "button.url",
			"+375291111112 has no value for {{shop}}"},
		{"text too long", "{{code}}", "https://example.com", strings.Repeat("ж", 1001), "text",
			"the text for +375291111112: text: 1001 characters"},
		{"link too long", "Hello", "https://example.com/{{code}}", strings.Repeat("a", 131), "button.url",
			"the button for +375291111112: button.url: 151 characters"},
		{"space in the link", "Hello", "https://example.com/{{code}}", "a b", "button.url",
			"the button for +375291111112: button.url: an address has no spaces"},
		{"line break in the link", "Hello", "https://example.com/{{code}}", "a\nb", "button.url",
			"the button for +375291111112"},
	} {
		campaign := goodCampaign()
		campaign.Message.Text, campaign.Message.Button.URL = c.text, c.link
		a := people(2)
		a.People.At(0).Vars["city"], a.People.At(0).Vars["shop"] = "Minsk", "1"
		a.People.At(1).Vars["code"] = c.code
		_, err := makePlan(t, &fakeStore{}, SendConfig{}, campaign, a)
		expectField(t, c.name, err, c.field, c.says)
	}
}

func TestAtTheLimitAfterFillingInTheMessagePasses(t *testing.T) {
	t.Parallel()
	c := goodCampaign()
	// The template is longer than the limit; what each person receives is not.
	c.Message.Text = strings.Repeat("a", 995) + "{{a very long name of a column|and a fallback that is never used}}"
	c.Message.Button.URL = "https://example.com/{{code}}?" + strings.Repeat("b", 119)
	a := people(1)
	a.People = changed(a.People, 0, func(r *Recipient) {
		r.Vars = map[string]string{"a very long name of a column": "Аннам", "code": "0123456789"}
	})
	if _, err := makePlan(t, &fakeStore{}, SendConfig{}, c, a); err != nil {
		t.Error(err)
	}
}

func TestAFallbackStandsInForAMissingValue(t *testing.T) {
	t.Parallel()
	c := goodCampaign()
	c.Message.Text, c.Message.Button.URL = "Hello {{city|friend}}", "https://example.com/{{shop|all}}"
	if plan, err := makePlan(t, &fakeStore{}, SendConfig{}, c, people(1)); err != nil || plan.Recipients != Known(1) {
		t.Errorf("got %s, %v", plan.Recipients, err)
	}
}

func TestBracesInAValueAreOnlyText(t *testing.T) {
	t.Parallel()
	c := goodCampaign()
	c.Message.Text, c.Message.Button.URL = "Hello {{name}}", "https://example.com/?{{code}}"
	a := people(1)
	a.People = changed(a.People, 0, func(r *Recipient) { r.Vars = map[string]string{"name": "{{", "code": "{{x"} })
	if _, err := makePlan(t, &fakeStore{}, SendConfig{}, c, a); err != nil {
		t.Error(err)
	}
}

func TestTheDailyCapIsHeldToTheLastPerson(t *testing.T) {
	t.Parallel()
	d := &fakeStore{sent: 90, prices: PriceFacts{Paid: []Paid{paid(1, "BY", 10, "0.50", "0.05")}}}
	if _, err := makePlan(t, d, SendConfig{DailyCap: 100}, goodCampaign(), people(10)); err != nil {
		t.Error(err)
	}
	if !d.sentSince.Equal(noon().Add(-24 * time.Hour)) {
		t.Errorf("asked since %s", d.sentSince)
	}
	plan, err := makePlan(t, d, SendConfig{DailyCap: 100}, goodCampaign(), people(11))
	if !plan.Price.Expected.Known {
		t.Errorf("what was refused has no price: %+v", plan.Price)
	}
	if KindOf(err) != KindLimited || FateOf(err) != FateRefused || !strings.Contains(err.Error(), "90 people") ||
		!strings.HasSuffix(err.Error(), "by 1") {
		t.Errorf("got %v", err)
	}
	c := goodCampaign()
	c.List = "7"
	if _, err := makePlan(t, d, SendConfig{DailyCap: 100}, c, Audience{List: Known(11)}); KindOf(err) != KindLimited {
		t.Errorf("a list passes the cap: %v", err)
	}
}

func TestARepeatedMessageIsAConflictBesideThePlan(t *testing.T) {
	t.Parallel()
	d := &fakeStore{overlap: 4, names: []string{"Spring sale", "Spring sale 2"}}
	plan, err := makePlan(t, d, SendConfig{}, goodCampaign(), people(10))
	if KindOf(err) != KindConflict || !strings.Contains(err.Error(),
		"4 of these people got the same message within 24h0m0s (Spring sale, Spring sale 2)") {
		t.Errorf("got %v", err)
	}
	if plan.Recipients != Known(10) || plan.Calls != 1 || plan.Overlap != 4 || len(plan.Earlier) != 2 ||
		plan.People.Len() != 10 {
		t.Errorf("the plan is not whole: %+v", plan)
	}
	if !d.since.Equal(noon().Add(-24 * time.Hour)) {
		t.Errorf("asked since %s", d.since)
	}
	if plan, err = makePlan(t, d, SendConfig{RepeatWindow: &Duration{}}, goodCampaign(), people(10)); err != nil ||
		plan.Overlap != 0 {
		t.Errorf("the guard is off and yet: %d, %v", plan.Overlap, err)
	}
}

func TestAListIsPlannedWithoutPhones(t *testing.T) {
	t.Parallel()
	c := goodCampaign()
	c.List = "7"
	plan, err := makePlan(t, &fakeStore{}, SendConfig{}, c, Audience{List: Known(1240)})
	if err != nil || plan.Recipients != Known(1240) || plan.Calls != 1 || plan.Total != 1240 ||
		len(plan.Warnings) != 1 || !strings.Contains(plan.Warnings[0].String(), "blacklist") {
		t.Errorf("got %+v, %v", plan, err)
	}
	plan, err = makePlan(t, &fakeStore{}, SendConfig{DailyCap: 5}, c, Audience{})
	if err != nil || plan.Recipients.Known || len(plan.Warnings) != 2 {
		t.Errorf("a list of unknown size: %+v, %v", plan, err)
	}
	_, err = makePlan(t, &fakeStore{}, SendConfig{}, c, Audience{List: Known(0)})
	expectField(t, "empty list", err, "list", `"7" is empty`)
	_, err = makePlan(t, &fakeStore{}, SendConfig{}, c, people(1))
	expectField(t, "both", err, "list", "not both")
	_, err = makePlan(t, &fakeStore{}, SendConfig{}, c, Audience{Total: 1, Invalid: 1})
	expectField(t, "a list and a bad phone", err, "list", "not both")
}

func TestPeopleAreNamedBesideAListWhereTheVendorTakesBothInOneCall(t *testing.T) {
	t.Parallel()
	caps := ableCapabilities()
	caps.PeopleBesideLists, caps.PersonalLists, caps.Limits.PeoplePerCall = true, true, 3
	caps.Lacks = map[Action]string{ActPersonal: "only lists"}
	d := &fakeStore{blocked: map[Phone]string{375291000001: "asked"}}
	planner := Planner{Reader: d, Now: noon()}
	c := goodCampaign()
	c.List, c.Message.Text = "7", "Hello {{name|friend}}"
	who := people(3)
	all := who.People.Slice(0, 3)
	all[0].Phone, all[1].Vars = 375291000001, map[string]string{"name": "Anna", ContactColumn: "c-1"}
	all[2].Vars = map[string]string{"name": "Boris"}
	who.People, who.List = PeopleOf(all...), Known(40)
	plan, err := planner.Plan(t.Context(), c, who, caps, 1)
	if err != nil || plan.Recipients != Known(42) || plan.Total != 43 || plan.Suppressed != 1 || plan.Calls != 1 ||
		plan.People.Len() != 2 || plan.Countries["BY"] != 2 || plan.Countries["?"] != 40 {
		t.Fatalf("got %+v, %v", plan, err)
	}
	if first, second := plan.People.At(0), plan.People.At(1); first.Value(ContactColumn) != "c-1" ||
		first.Value("name") != "" || len(second.Vars) != 0 {
		t.Errorf("rows that the vendor fills in itself are kept: %+v, %+v", first, second)
	}
	if text := fmt.Sprint(plan.Warnings); !strings.Contains(text, "one call") || !strings.Contains(text, "fallbacks") {
		t.Errorf("it says %s", text)
	}
	who.List = Figure{}
	if plan, err = planner.Plan(t.Context(), c, who, caps, 1); err != nil || plan.Recipients.Known ||
		len(plan.Countries) != 0 {
		t.Errorf("with a list of unknown size: %+v, %v", plan, err)
	}
	four := people(4)
	four.List = Known(1)
	_, err = planner.Plan(t.Context(), c, four, caps, 1)
	expectField(t, "more than a call takes", err, "phones", "at most 3")
	c.Message.Text = "Hello {{name}}"
	_, err = planner.Plan(t.Context(), c, who, caps, 1)
	expectField(t, "a label without a fallback", err, "text", "{{name|fallback}}")
}

func TestASendWithinTheQuietHoursIsPointedOut(t *testing.T) {
	t.Parallel()
	minsk := time.FixedZone("Minsk", 3*60*60)
	for _, c := range []struct {
		name    string
		at      time.Time // UTC; zero: now, noon
		stretch time.Duration
		zone    *time.Location
		span    string
		says    string
	}{
		{"late", noon().Add(8*time.Hour + 10*time.Minute), 0, minsk, "21:00-09:00",
			"1 person in BY: it would arrive at 23:10, within the quiet hours 21:00-09:00"},
		{"late in UTC", noon().Add(11 * time.Hour), 0, nil, "21:00-09:00",
			"1 person in BY: it would arrive at 02:00, within"},
		{"now", time.Time{}, 0, minsk, "14:00-16:00", "it would arrive at 15:00, within"},
		{"by day", noon(), 0, minsk, "21:00-09:00", ""},
		{"stretched into the evening", noon().Add(4 * time.Hour), 3 * time.Hour, minsk, "21:00-09:00",
			"it would still be arriving at 21:00"},
		{"stretched until the evening", noon().Add(4 * time.Hour), 2 * time.Hour, minsk, "21:00-09:00", ""},
		{"no quiet hours", noon().Add(11 * time.Hour), 0, minsk, "", ""},
	} {
		campaign := goodCampaign()
		campaign.SendAt, campaign.Stretch = c.at, c.stretch
		planner := Planner{Reader: &fakeStore{}, Send: SendConfig{QuietHours: c.span,
			ScheduleLead: &Duration{1000 * time.Hour}}, Now: noon(), Zone: c.zone}
		plan, err := planner.Plan(t.Context(), campaign, people(1), ableCapabilities(), 1000)
		if got := ListedBy("; ", plan.Quiet).String(); err != nil || (got == "") != (c.says == "") ||
			!strings.Contains(got, c.says) {
			t.Errorf("%s: got %q, %v; want %q", c.name, got, err, c.says)
		}
	}
}

func TestABreachOfTheVendorsRulesEndsThePlanBeforeTheBlacklistIsAsked(t *testing.T) {
	t.Parallel()
	c := goodCampaign()
	c.Message.Button.Caption = ""
	d := &fakeStore{}
	_, err := makePlan(t, d, SendConfig{}, c, people(1))
	expectField(t, "caption", err, "button.caption", "caption")
	if d.asked != nil {
		t.Error("the blacklist was asked")
	}
}

func TestAQuestionThatCannotBeAnsweredStopsThePlan(t *testing.T) {
	t.Parallel()
	for method, says := range map[string]string{
		"senders": "senders of promo: ", "blocked": "blacklist: ", "overlap": "repeat guard: ", "sent": "daily cap: ",
		"prices": "prices of promo: ",
	} {
		d := &fakeStore{err: map[string]error{method: io.ErrUnexpectedEOF}}
		_, err := makePlan(t, d, SendConfig{DailyCap: 100}, goodCampaign(), people(1))
		if !errors.Is(err, io.ErrUnexpectedEOF) || !strings.HasPrefix(fmt.Sprint(err), says) {
			t.Errorf("%s: got %v", method, err)
		}
	}
}

func BenchmarkPlanOfHundredThousandPeople(b *testing.B) {
	a := people(100_000)
	c := goodCampaign()
	c.Message.Text, c.Message.Button.URL = "Hello {{name}}", "https://example.com/{{code}}"
	for b.Loop() {
		if _, err := (Planner{Reader: &fakeStore{}, Now: noon()}).Plan(b.Context(), c, a, ableCapabilities(),
			1000); err != nil {
			b.Fatal(err)
		}
	}
}

func TestBlockedContactsAreLeftOutOfAPlan(t *testing.T) {
	t.Parallel()
	store := &fakeStore{contacts: map[string]string{"ev3@b.by": "opted out"}}
	a := Audience{Total: 2, People: PeopleOf(Recipient{Contact: "Ev3@b.by"}, Recipient{Contact: "ev4@b.by"})}
	c := Campaign{Account: "loyalty", Vendor: Wooxy, Name: "x", Message: Message{Template: "t"}, Ours: true}
	caps := Capabilities{Vendor: Wooxy, Kinds: []MessageKind{KindTemplate}, DefaultSender: true}
	plan, err := Planner{Reader: store}.Plan(t.Context(), c, a, caps, 100)
	if err != nil || plan.Suppressed != 1 || plan.People.Len() != 1 || plan.People.At(0).Contact != "ev4@b.by" {
		t.Errorf("%+v, %v", plan, err)
	}
}

func TestTagsThatNoCampaignHasHadAreSaidBeforeASend(t *testing.T) {
	t.Parallel()
	c := Campaign{Account: "loyalty", Vendor: Wooxy, Name: "x", Message: Message{Template: "t"}, Ours: true,
		Options: Options{Tags: []string{"spring", "club"}}}
	caps := Capabilities{Vendor: Wooxy, Kinds: []MessageKind{KindTemplate}, DefaultSender: true}
	store := &fakeStore{known: KnownValues{Tags: []KnownValue{{Value: "spring", At: noon()}}}}
	plan, err := Planner{Reader: store, Now: noon()}.Plan(t.Context(), c, people(1), caps, 100)
	if text := fmt.Sprint(plan.Warnings); err != nil || !strings.Contains(text, "not used here before: club;") {
		t.Errorf("%s, %v", text, err)
	}
	c.Options.Tags = c.Options.Tags[:1]
	if plan, err = (Planner{Reader: store, Now: noon()}).Plan(t.Context(), c, people(1), caps, 100); err != nil ||
		len(plan.Warnings) > 0 {
		t.Errorf("%s, %v", plan.Warnings, err)
	}
}

func TestATemplateThatTheVendorRefusedIsSentAgainOnlyAsATest(t *testing.T) {
	t.Parallel()
	c := Campaign{Account: "loyalty", Vendor: Wooxy, Name: "x", Message: Message{Template: "t"}, Ours: true}
	caps := Capabilities{Vendor: Wooxy, Kinds: []MessageKind{KindTemplate}, DefaultSender: true}
	for says, at := range map[string]time.Time{"refused on 4 Mar 11:00: not approved": noon().Add(-time.Hour),
		"refused on 1 Feb 12:00: not approved": noon().AddDate(0, -1, -3)} {
		planner := Planner{Reader: &fakeStore{refused: Say("not approved"), refusedAt: at}, Now: noon()}
		if _, err := planner.Plan(t.Context(), c, people(1), caps, 100); err == nil ||
			!strings.Contains(err.Error(), says) || !strings.Contains(err.Error(), "send a test") {
			t.Errorf("%s: %v", at, err)
		}
		planner.Test = true
		if _, err := planner.Plan(t.Context(), c, people(1), caps, 100); err != nil {
			t.Errorf("a test with it is refused: %v", err)
		}
	}
}

func TestATextAloneIsPlannedAsTheClassThatTheVendorTakesItFor(t *testing.T) {
	t.Parallel()
	caps := ableCapabilities()
	caps.TextIsTransactional, caps.Classes = true, append(caps.Classes, ClassSession)
	for name, c := range map[string]struct {
		class, want Class
		button      Button
	}{
		"a text alone":       {ClassPromotional, ClassTransactional, Button{}},
		"a session":          {ClassSession, ClassSession, Button{}},
		"a text with button": {ClassPromotional, ClassPromotional, Button{Caption: "Shop", URL: "https://example.com"}},
	} {
		campaign := goodCampaign()
		campaign.Class, campaign.Message = c.class, Message{Text: "Hello", Button: c.button}
		plan, err := Planner{Reader: &fakeStore{}, Now: noon()}.Plan(t.Context(), campaign, people(1), caps, 1)
		if err != nil || plan.Campaign.Class != c.want {
			t.Errorf("%s is %s, want %s: %v", name, plan.Campaign.Class, c.want, err)
		}
		text := ""
		for _, f := range plan.Facts(PlanView{Capabilities: caps, Zone: time.UTC, Now: noon()}) {
			if f.Label.Text == "class" {
				text = f.Text.String()
			}
		}
		if (c.want == ClassTransactional) != strings.Contains(text, "takes every text alone") {
			t.Errorf("%s: the confirmation says %q", name, text)
		}
	}
}

func TestColumnsOfFlagsAreBooleansWhereTheVendorHasThem(t *testing.T) {
	t.Parallel()
	caps := ableCapabilities()
	caps.Limits.VariableName = regexp.MustCompile(`^[a-z]+$`)
	who := people(4)
	all := who.People.Slice(0, 4)
	for i := range all {
		all[i].Vars = map[string]string{"vip": []string{"true", "FALSE", "", "false"}[i], "none": "",
			"code": []string{"true", "false", "true", "7"}[i], "told": "true", "bad name": "true"}
	}
	who.People = PeopleOf(all...)
	c := goodCampaign()
	c.Options.Variables = map[string]string{"told": "x"}
	plan, err := Planner{Reader: &fakeStore{}, Now: noon()}.Plan(t.Context(), c, who, caps, 1)
	if want := map[string]ValueKind{"vip": ValueBoolean}; err != nil || !maps.Equal(plan.Campaign.Options.Kinds, want) {
		t.Errorf("kinds %v, want %v: %v", plan.Campaign.Options.Kinds, want, err)
	}
	if text := fmt.Sprint(plan.Warnings); !strings.Contains(text, "not as texts: vip]") {
		t.Errorf("it says %s", text)
	}
	caps.Limits.VariableName = nil
	if plan, err = (Planner{Reader: &fakeStore{}, Now: noon()}).Plan(t.Context(), c, who, caps, 1); err != nil ||
		plan.Campaign.Options.Kinds != nil {
		t.Errorf("without variables: %v, %v", plan.Campaign.Options.Kinds, err)
	}
}
