package model

import (
	"strings"
	"testing"
	"time"
)

func TestATimeIsSaidInThreeZonesEachOnce(t *testing.T) {
	t.Parallel()
	minsk, athens := time.FixedZone("Minsk", 3*60*60), time.FixedZone("Athens", 2*60*60)
	at := noon().Add(32 * time.Hour)
	for name, c := range map[string]struct {
		operator, vendor *time.Location
		want             string
	}{
		"three": {minsk, athens, "Thu 5 Mar 2026 23:00 +03:00 (here); Thu 5 Mar 2026 22:00 +02:00 (at the vendor); " +
			"Thu 5 Mar 2026 20:00 +00:00 (UTC); in 1 d 8 h"},
		"two": {minsk, minsk, "Thu 5 Mar 2026 23:00 +03:00 (here, at the vendor); " +
			"Thu 5 Mar 2026 20:00 +00:00 (UTC); in 1 d 8 h"},
		"one": {time.UTC, time.UTC, "Thu 5 Mar 2026 20:00 +00:00 (here, at the vendor, UTC); in 1 d 8 h"},
	} {
		if got := ListedBy("; ", Clocks(at, noon(), c.operator, c.vendor)).String(); got != c.want {
			t.Errorf("%s: %s", name, got)
		}
	}
	if got := Ahead(3*time.Hour + 10*time.Minute).String(); got != "in 3 h 10 min" {
		t.Error(got)
	}
}

func TestAnAccountWithoutAZoneHasItsVendorsClock(t *testing.T) {
	t.Parallel()
	plan := Plan{Campaign: Campaign{SendAt: noon().Add(32 * time.Hour)}}
	caps := Capabilities{Zone: "Europe/Athens"}
	for zone, want := range map[string]string{
		"":           "Thu 5 Mar 2026 22:00 +02:00 (at the vendor)",
		"Asia/Tokyo": "Fri 6 Mar 2026 05:00 +09:00 (at the vendor)",
	} {
		got := factLines(plan, PlanView{Account: Account{TimeZone: zone}, Capabilities: caps, Zone: time.UTC, Now: noon()})
		if !strings.Contains(got, want) {
			t.Errorf("%q: %s lacks %s", zone, got, want)
		}
	}
}

func TestTheConfirmationSaysEverythingThatWillBeTrue(t *testing.T) {
	t.Parallel()
	c := Campaign{Account: "loyalty", Vendor: Wooxy, Class: ClassTransactional, Lifetime: 90 * time.Minute,
		Stretch: 2 * time.Hour, SendAt: noon().Add(3 * time.Hour), LeaveAt: noon().Add(3 * time.Hour),
		Message: Message{Template: "t1"}, Fallback: SMSFallback{Text: "hello", Sender: "SHOP", After: time.Hour},
		Options: Options{Variables: map[string]string{"code": "7"}}}
	view := PlanView{Account: Account{Templates: []ConfigTemplate{{ID: "t1", Name: "Welcome"}}}, Zone: time.UTC,
		Now: noon(), Hold: 10 * time.Second,
		Capabilities: Capabilities{Lacks: map[Action]string{ActStretch: "no", ActSchedule: "no"}}}
	var all []string
	for _, f := range (Plan{Campaign: c}).Facts(view) {
		all = append(all, f.Label.Text+": "+f.Text.String())
	}
	got := strings.Join(all, "\n")
	for _, want := range []string{"cost: price unknown", "when: Wed 4 Mar 2026 15:00", "in 3 h 0 min",
		"recall: it stays here and can be recalled until Wed 4 Mar 15:00", "cannot be taken back", "lifetime: 90 min",
		"send over: 2 h, paced from here", "class: transactional", "template: Welcome · t1; code = 7",
		"SMS instead: to those Viber does not reach within 1 h", "from SHOP", "1 part, each charged: hello"} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is missing in\n%s", want, got)
		}
	}
}

func TestTheConfirmationSaysWhetherAVendorDeletesWhatIsScheduledThere(t *testing.T) {
	t.Parallel()
	lacks := func(what ...Action) Capabilities {
		c := Capabilities{Vendor: Routee, Name: "Routee", Lacks: map[Action]string{}}
		for _, a := range what {
			c.Lacks[a] = "no"
		}
		return c
	}
	const never, deleted, site = "what the vendor has taken cannot be taken back",
		"it is deleted at Routee when it is recalled",
		"it can be cancelled only at Routee's site"
	at := noon().Add(3 * time.Hour)
	for name, c := range map[string]struct {
		sendAt, leaveAt time.Time
		hold            time.Duration
		caps            Capabilities
		want            string
	}{
		"at once":                {caps: lacks(), want: "there is no recall window: " + never},
		"at once after a window": {hold: time.Minute, caps: lacks(), want: "from then on " + never},
		"handed over": {sendAt: at, caps: lacks(),
			want: "there is no recall window: " + deleted},
		"handed over after a window": {sendAt: at, hold: time.Minute, caps: lacks(),
			want: "from then on " + deleted},
		"handed over shortly before": {sendAt: at, leaveAt: at.Add(-time.Minute), caps: lacks(),
			want: "from then on " + deleted},
		"handed over to one that does not": {sendAt: at, caps: lacks(ActCancelScheduled),
			want: "there is no recall window: " + site},
		"kept here for one that has no time": {sendAt: at, leaveAt: at, caps: lacks(ActSchedule),
			want: "from then on " + never},
	} {
		p := Plan{Campaign: Campaign{SendAt: c.sendAt, LeaveAt: c.leaveAt}}
		var all []string
		for _, line := range p.recall(PlanView{Now: noon(), Zone: time.UTC, Hold: c.hold, Capabilities: c.caps}) {
			all = append(all, line.String())
		}
		if got := strings.Join(all, "\n"); !strings.Contains(got, c.want) {
			t.Errorf("%s: %q, want it to say %q", name, got, c.want)
		}
	}
}

func TestQuietHoursAreThoseOfTheRecipientsAndCountTheLifetime(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		phone    Phone
		lifetime time.Duration
		says     string
	}{
		"Belarus by day":               {375291111111, 0, ""},
		"Belarus, alive in the night":  {375291111111, 12 * time.Hour, "could arrive after 21:00"},
		"Belarus, dead in the evening": {375291111111, 6 * time.Hour, ""},
		"Sydney": {61291111111, 0,
			"1 person in AU: it would arrive at 23:00, within the quiet hours"},
		"New York": {12125550123, 0, "1 person in US: it would arrive at 07:00, within the quiet hours"},
	} {
		campaign := goodCampaign()
		campaign.Lifetime = c.lifetime
		planner := Planner{Reader: &fakeStore{}, Send: SendConfig{QuietHours: "21:00-09:00"}, Now: noon()}
		plan, err := planner.Plan(t.Context(), campaign,
			Audience{Total: 1, People: PeopleOf(Recipient{Phone: c.phone})},
			ableCapabilities(), 1000)
		if got := ListedBy("; ", plan.Quiet).String(); err != nil || (got == "") != (c.says == "") ||
			!strings.Contains(got, c.says) {
			t.Errorf("%s: %q, %v", name, got, err)
		}
	}
}

func TestAPlanSaysWhoGetsAFallbackAndWhoGotAMessageToday(t *testing.T) {
	t.Parallel()
	c := goodCampaign()
	c.Message.Text = "Hello {{Name|friend}}, {{city|}} {{code}}"
	a := people(3)
	a.People = changed(a.People, 1, func(r *Recipient) { r.Vars = map[string]string{"code": "7"} })
	d := &fakeStore{writtenTo: 2, names: []string{"one", "two", "three", "four"}}
	midnight := Midnight(noon(), time.FixedZone("", 3*60*60))
	plan, err := Planner{Reader: d, Now: noon(), Midnight: midnight}.Plan(t.Context(), c, a, ableCapabilities(), 1000)
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, f := range plan.Facts(PlanView{Zone: time.UTC, Now: noon()}) {
		all = append(all, f.Label.Text+": "+f.Text.String())
	}
	got := strings.Join(all, "\n")
	for _, want := range []string{
		"fallback: 1 person gets “friend” for {{Name}}\n: nobody has a value for {{city}}: all get “”",
		"today: 2 of these people have got a message already: one, two, three…"} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is not said in\n%s", want, got)
		}
	}
	if want := time.Date(2026, 3, 3, 21, 0, 0, 0, time.UTC); !d.midnight.Equal(want) {
		t.Errorf("the day began at %s, want %s", d.midnight, want)
	}
}
