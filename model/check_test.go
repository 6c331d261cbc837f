package model

import (
	"errors"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
)

func noon() time.Time { return time.Date(2026, 3, 4, 12, 0, 0, 0, time.UTC) }

// ableCapabilities is a vendor that can do everything, with limits like those of the real ones.
func ableCapabilities() Capabilities {
	kinds := []MessageKind{KindText, KindImage, KindTextButton, KindTextImageButton, KindFile, KindVideo, KindVideoText,
		KindVideoTextImage, KindTemplate}
	return Capabilities{
		Vendor: Routee, Name: "Routee", Kinds: kinds,
		Personal: []MessageKind{KindText, KindTextButton, KindTextImageButton},
		Classes:  []Class{ClassPromotional, ClassTransactional},
		Limits: Limits{
			TextMax: 1000, CaptionMax: 30, LinkMax: 150, ImageURLMax: 1000, HTTPSOnly: true,
			LifetimeMin: time.Minute, LifetimeMax: 24 * time.Hour, StretchMax: 5 * time.Hour, StretchStep: time.Hour,
			NameMin: 2, NameMax: 30, NamePattern: regexp.MustCompile(`^[A-Za-z0-9 -]+$`),
			NameRule: "Latin letters, digits, space and dash only",
			LabelMax: 350, TagMax: 50, FallbackAfterMin: 5 * time.Minute, FallbackAfterMax: time.Hour,
			FallbackStep:    time.Minute,
			FallbackTextMax: 160, FileNameMax: 25, FileTypes: []string{"pdf", "docx"}, VideoSizeMB: 200,
			VideoSeconds: 600,
		},
	}
}

// goodCampaign has every part that can be combined.
func goodCampaign() Campaign {
	return Campaign{
		Account: "promo", Vendor: Routee, Name: "Autumn sale", Sender: "444", Class: ClassPromotional,
		Message: Message{Text: "Hello", ImageURL: "https://example.com/a.png",
			Button: Button{"Shop", "https://example.com/shop"}},
	}
}

func TestACampaignWithinAllLimitsPasses(t *testing.T) {
	t.Parallel()
	c := goodCampaign()
	c.Lifetime, c.Stretch, c.SendAt = time.Hour, 2*time.Hour, noon().Add(time.Hour)
	c.Fallback = SMSFallback{Text: "Hello", Sender: "Shop", After: time.Hour}
	c.Options = Options{Label: "autumn", Tags: []string{"sale"}, Device: "all", ContactList: "7",
		Variables:   map[string]string{"a": "b"},
		CallbackURL: "https://example.com/hook", InboundURL: "https://example.com/in"}
	if err := CheckCampaign(c, ableCapabilities(), noon()); err != nil {
		t.Error(err)
	}
}

func TestEachLimitIsHeldToTheLastCharacter(t *testing.T) {
	t.Parallel()
	link := func(n int) string { return "https://example.com/" + strings.Repeat("a", n-len("https://example.com/")) }
	film := Video{URL: link(100), Thumbnail: link(100), SizeMB: 200, DurationS: 600}
	file := File{Name: strings.Repeat("я", 25), Type: "PDF", URL: link(100)}
	for _, l := range []struct {
		name, field, says string
		set               func(c *Campaign, beyond bool)
	}{
		{"text of Latin letters", "text", "1001 characters, the limit is 1000",
			func(c *Campaign, b bool) { c.Message.Text = repeat("a", 1000, b) }},
		{"text of Cyrillic", "text", "limit is 1000",
			func(c *Campaign, b bool) { c.Message.Text = repeat("ж", 1000, b) }},
		{"text of emoji", "text", "limit is 1000", func(c *Campaign, b bool) { c.Message.Text = repeat("😀", 1000, b) }},
		{"text beside a column", "text", "limit is 1000",
			func(c *Campaign, b bool) { c.Message.Text = "{{name|my dear friend}}" + repeat("a", 1000, b) }},
		{"text with braces", "text", "limit is 1000",
			func(c *Campaign, b bool) { c.Message.Text = `\{{` + repeat("a", 998, b) }},
		{"caption", "button.caption", "31 characters, the limit is 30",
			func(c *Campaign, b bool) { c.Message.Button.Caption = repeat("К", 30, b) }},
		{"link", "button.url", "151 characters, the limit is 150",
			func(c *Campaign, b bool) { c.Message.Button.URL = link(150 + one(b)) }},
		{"link beside a column", "button.url", "limit is 150",
			func(c *Campaign, b bool) { c.Message.Button.URL = link(150+one(b)) + "{{code|}}" }},
		{"image", "image_url", "1001 characters, the limit is 1000",
			func(c *Campaign, b bool) { c.Message.ImageURL = link(1000 + one(b)) }},
		{"longest name", "name", "31 characters, the limit is 30",
			func(c *Campaign, b bool) { c.Name = repeat("a", 30, b) }},
		{"shortest name", "name", "1 character, the least is 2", func(c *Campaign, b bool) { c.Name = "ab"[one(b):] }},
		{"shortest lifetime", "lifetime", "59s is outside 1m0s to 24h0m0s",
			func(c *Campaign, b bool) { c.Lifetime = time.Minute - seconds(b) }},
		{"longest lifetime", "lifetime", "24h0m1s is outside",
			func(c *Campaign, b bool) { c.Lifetime = 24*time.Hour + seconds(b) }},
		{"whole seconds of lifetime", "lifetime", "whole seconds",
			func(c *Campaign, b bool) { c.Lifetime = time.Hour + seconds(b)/2 }},
		{"negative lifetime", "lifetime", "outside",
			func(c *Campaign, b bool) { c.Lifetime = -time.Hour * time.Duration(one(b)) }},
		{"longest stretch", "stretch", "6h0m0s is outside 0s to 5h0m0s",
			func(c *Campaign, b bool) { c.Stretch = time.Hour * time.Duration(5+one(b)) }},
		{"stretch beyond by half a step", "stretch", "5h30m0s is outside",
			func(c *Campaign, b bool) { c.Stretch = 5*time.Hour + 1800*seconds(b) }},
		{"step of the stretch", "stretch", "in steps of 1h0m0s",
			func(c *Campaign, b bool) { c.Stretch = time.Hour + 1800*seconds(b) }},
		{"negative stretch", "stretch", "outside",
			func(c *Campaign, b bool) { c.Stretch = -time.Hour * time.Duration(one(b)) }},
		{"past", "send_at", "in the past", func(c *Campaign, b bool) {
			c.SendAt = noon().Add(-time.Minute - seconds(b))
		}},
		{"label", "label", "351 characters", func(c *Campaign, b bool) { c.Options.Label = repeat("ю", 350, b) }},
		{"tag", "tags", "51 characters", func(c *Campaign, b bool) {
			c.Options.Tags = []string{"sale", repeat("ю", 50, b)}
		}},
		{"earliest fallback", "sms_fallback.after", "4m59s is outside 5m0s to 1h0m0s",
			func(c *Campaign, b bool) { c.Fallback.After = 5*time.Minute - seconds(b) }},
		{"latest fallback", "sms_fallback.after", "outside",
			func(c *Campaign, b bool) { c.Fallback.After = time.Hour + 60*seconds(b) }},
		{"step of the fallback", "sms_fallback.after", "steps of 1m0s",
			func(c *Campaign, b bool) { c.Fallback.After = 7*time.Minute + seconds(b) }},
		{"fallback text", "sms_fallback.text", "161 characters",
			func(c *Campaign, b bool) { c.Fallback.Text = repeat("ж", 160, b) }},
		{"file name", "file.name", "26 characters, the limit is 25", func(c *Campaign, b bool) {
			c.Message = Message{File: file}
			c.Message.File.Name = repeat("я", 25, b)
		}},
		{"film size", "video.size_mb", "201 MB, the limit is 200", func(c *Campaign, b bool) {
			c.Message = Message{Video: film}
			c.Message.Video.SizeMB += one(b)
		}},
		{"film length", "video.duration_s", "601 s, the limit is 600", func(c *Campaign, b bool) {
			c.Message = Message{Video: film}
			c.Message.Video.DurationS += one(b)
		}},
		{"film address", "video.url", "1001 characters", func(c *Campaign, b bool) {
			c.Message = Message{Video: film}
			c.Message.Video.URL = link(1000 + one(b))
		}},
	} {
		c := goodCampaign()
		if l.set(&c, false); CheckCampaign(c, ableCapabilities(), noon()) != nil {
			t.Errorf("%s: refused at the limit: %v", l.name, CheckCampaign(c, ableCapabilities(), noon()))
		}
		c = goodCampaign()
		l.set(&c, true)
		expectField(t, l.name, CheckCampaign(c, ableCapabilities(), noon()), l.field, l.says)
	}
}

// repeat returns s n times, and once more when beyond is set.
func repeat(s string, n int, beyond bool) string { return strings.Repeat(s, n+one(beyond)) }

func one(beyond bool) int {
	if beyond {
		return 1
	}
	return 0
}

func seconds(beyond bool) time.Duration { return time.Duration(one(beyond)) * time.Second }

func TestWhatCannotBeSentIsRefusedWithItsField(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, field, says string
		spoil             func(*Campaign)
	}{
		{"no sender", "sender", "name the sender", func(c *Campaign) { c.Sender = "" }},
		{"another class", "class", "promotional, transactional", func(c *Campaign) { c.Class = ClassSession }},
		{"transactional with a picture", "class", "text only", func(c *Campaign) { c.Class = ClassTransactional }},
		{"empty message", "text", "empty", func(c *Campaign) { c.Message = Message{} }},
		{"name of Cyrillic", "name", "Latin letters", func(c *Campaign) { c.Name = "Распродажа" }},
		{"button without a caption", "button.caption", "needs a caption",
			func(c *Campaign) { c.Message.Button.Caption = "" }},
		{"button without an address", "button.url", "missing", func(c *Campaign) { c.Message.Button.URL = "" }},
		{"column in the caption", "button.caption", "same for all",
			func(c *Campaign) { c.Message.Button.Caption = "{{name}}" }},
		{"column in the picture", "image_url", "same for all",
			func(c *Campaign) { c.Message.ImageURL = "https://example.com/{{a}}.png" }},
		{"column in the fallback", "sms_fallback.text", "same for all",
			func(c *Campaign) { c.Fallback.Text = "Hello {{name}}" }},
		{"an escape sequence in the text", "text", "U+001B after “Hello”",
			func(c *Campaign) { c.Message.Text = "Hello\x1b[31m red" }},
		{"a control character in the caption", "button.caption", "U+0007",
			func(c *Campaign) { c.Message.Button.Caption = "Shop\a" }},
		{"open braces in the text", "text", "not closed", func(c *Campaign) { c.Message.Text = "Hello {{name" }},
		{"open braces in the link", "button.url", "not closed",
			func(c *Campaign) { c.Message.Button.URL = "https://example.com/{{a" }},
		{"picture over http", "image_url", "https://",
			func(c *Campaign) { c.Message.ImageURL = "http://example.com/a.png" }},
		{"file over http", "file.url", "https://", func(c *Campaign) {
			c.Message = Message{File: File{"a.pdf", "pdf", "http://example.com/a.pdf"}}
		}},
		{"file without a name", "file.name", "needs a name", func(c *Campaign) {
			c.Message = Message{File: File{"", "pdf", "https://example.com/a.pdf"}}
		}},
		{"file of another type", "file.type", "pdf docx", func(c *Campaign) {
			c.Message = Message{File: File{"a.exe", "exe", "https://example.com/a.exe"}}
		}},
		{"film without a size", "video.size_mb", "at least 1 MB", func(c *Campaign) {
			c.Message = Message{Video: Video{"https://example.com/a", "https://example.com/b", 0, 5}}
		}},
		{"film of negative length", "video.duration_s", "at least 1 s", func(c *Campaign) {
			c.Message = Message{Video: Video{"https://example.com/a", "https://example.com/b", 5, -5}}
		}},
		{"film without a thumbnail", "video.thumbnail", "missing", func(c *Campaign) {
			c.Message = Message{Video: Video{"https://example.com/a", "", 5, 5}}
		}},
		{"callback to nowhere", "callback_url", "web address", func(c *Campaign) { c.Options.CallbackURL = "hook" }},
		{"replies to nowhere", "inbound_url", "web address",
			func(c *Campaign) { c.Options.InboundURL = "ftp://example.com" }},
		{"columns for a list", "list", "needs phones",
			func(c *Campaign) { c.Message.Text, c.List = "Hello {{name}}", "7" }},
		{"columns in a kind that is the same for all", "text", "the same text to all", func(c *Campaign) {
			c.Message = Message{Text: "{{a}}", Video: Video{"https://example.com/a", "https://example.com/b", 5, 5}}
		}},
	} {
		campaign := goodCampaign()
		c.spoil(&campaign)
		expectField(t, c.name, CheckCampaign(campaign, ableCapabilities(), noon()), c.field, c.says)
	}
}

func TestANameIsOneLineOfPlainText(t *testing.T) {
	t.Parallel()
	caps := ableCapabilities()
	caps.Limits.NamePattern = nil
	for _, name := range []string{"a\nb", "a\tb", "a\x00b", "a\x1b[2Jb", "a\x7fb", "a\u0085b", "a\u2028b", "a\u202eb",
		"a\xffb"} {
		c := goodCampaign()
		c.Name = name
		expectField(t, strings.ToValidUTF8(name, "?"), CheckCampaign(c, caps, noon()), "name", "control characters")
	}
	for _, name := range []string{"Распродажа  «Осень»", "Sale 👨‍👩‍👧", "Sale 2/3 "} {
		c := goodCampaign()
		c.Name = name
		if err := CheckCampaign(c, caps, noon()); err != nil {
			t.Errorf("%q: %v", name, err)
		}
	}
}

func TestAButtonLeadsToAWebAddress(t *testing.T) {
	t.Parallel()
	for _, address := range []string{
		"https://example.com", "http://example.com/shop?a=b&c=d#e", "https://пример.бел/акция", "HTTPS://EXAMPLE.COM",
		"https://192.0.2.1:8443/",
		"https://example.com/{{code}}", "https://example.com/?c={{code|none}}#{{part|a}}",
	} {
		c := goodCampaign()
		c.Message.Button.URL = address
		if err := CheckCampaign(c, ableCapabilities(), noon()); err != nil {
			t.Errorf("%s: %v", address, err)
		}
	}
	for _, address := range []string{
		"example.com", "//example.com", "https://", "https:///shop", "https://:443/", "https:example.com",
		"javascript:alert(1)",
		"JavaScript://example.com/%0aalert(1)", "file:///etc/hosts", "data:text/html,x", "viber://chat",
		"https://user:password@example.com/",
		"https://user@example.com", "https://example.com/a b", "https://example.com/\n", "https://example.com/\x1b[2J",
		"https://exa mple.com",
		" https://example.com", "https://example.com/\u00a0", "{{url}}", "https://{{host}}/",
		"https://{{shop}}.example.com/", "{{scheme}}://example.com/",
	} {
		c := goodCampaign()
		c.Message.Button.URL = address
		err := CheckCampaign(c, ableCapabilities(), noon())
		expectField(t, address, err, "button.url", "")
		if err != nil && strings.Contains(err.Error(), "password@") {
			t.Errorf("the password is shown: %v", err)
		}
	}
}

func TestWhatAVendorLacksIsRefusedWithItsReason(t *testing.T) {
	t.Parallel()
	for act, c := range map[Action]struct {
		field string
		set   func(*Campaign)
	}{
		ActLabel:       {"label", func(c *Campaign) { c.Options.Label = "a" }},
		ActTags:        {"tags", func(c *Campaign) { c.Options.Tags = []string{"a"} }},
		ActDevice:      {"device", func(c *Campaign) { c.Options.Device = "all" }},
		ActContactList: {"contact_list", func(c *Campaign) { c.Options.ContactList = "7" }},
		ActVariables:   {"variables", func(c *Campaign) { c.Options.Variables = map[string]string{"a": "b"} }},
		ActCallbackURL: {"callback_url", func(c *Campaign) { c.Options.CallbackURL = "https://example.com" }},
		ActInboundURL:  {"inbound_url", func(c *Campaign) { c.Options.InboundURL = "https://example.com" }},
		ActSendList:    {"list", func(c *Campaign) { c.List = "7" }},
		ActLifetime:    {"lifetime", func(c *Campaign) { c.Lifetime = time.Hour }},
		ActStretch:     {"stretch", func(c *Campaign) { c.Stretch, c.List = time.Hour, "7" }},
		ActSchedule:    {"hand_over", func(c *Campaign) { c.SendAt, c.HandOver = noon().Add(time.Hour), true }},
		ActSMSFallback: {"sms_fallback", func(c *Campaign) { c.Fallback.Sender = "Shop" }},
		ActPersonal:    {"button.url", func(c *Campaign) { c.Message.Button.URL = "https://example.com/{{code}}" }},
	} {
		caps := ableCapabilities()
		caps.Lacks = map[Action]string{act: "the vendor has no such thing"}
		if caps.Can(act) || caps.Why(act).IsZero() || !caps.Can(ActSend) || !caps.Why(ActSend).IsZero() {
			t.Errorf("%s: the capabilities contradict themselves", act)
		}
		campaign := goodCampaign()
		if err := CheckCampaign(campaign, caps, noon()); err != nil {
			t.Errorf("%s: not used and yet refused: %v", act, err)
		}
		c.set(&campaign)
		expectField(t, string(act), CheckCampaign(campaign, caps, noon()), c.field, "no such thing")
	}
}

func TestWhatIsPacedAndScheduledHereIsNotRefused(t *testing.T) {
	t.Parallel()
	caps := ableCapabilities()
	caps.Lacks = map[Action]string{ActStretch: "no such thing", ActSchedule: "no such thing"}
	c := goodCampaign()
	c.Stretch, c.SendAt = 90*time.Minute, noon().Add(time.Hour)
	if err := CheckCampaign(c, caps, noon()); err != nil {
		t.Error(err)
	}
	c.Stretch = 25 * time.Hour
	expectField(t, "longer than a day", CheckCampaign(c, caps, noon()), "stretch", "outside 1m0s to 24h0m0s")
	plan := Plan{Campaign: c}
	if err := (Planner{Now: noon()}).schedule(&plan, caps); err != nil || !plan.Campaign.LeaveAt.Equal(c.SendAt) {
		t.Errorf("leaves at %s, %v", plan.Campaign.LeaveAt, err)
	}
}

func TestPeopleAreSpreadOverTheWholeStretch(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		stretch time.Duration
		people  int64
		want    Pace
	}{
		{0, 10, Pace{}}, {time.Hour, 0, Pace{}}, {time.Hour, 6000, Pace{100, time.Minute}},
		{time.Hour, 3, Pace{1, 20 * time.Minute}}, {2 * time.Minute, 120, Pace{10, 10 * time.Second}},
	} {
		if got := PaceOf(c.stretch, c.people); got != c.want {
			t.Errorf("%s, %d: %+v, want %+v", c.stretch, c.people, got, c.want)
		}
	}
}

func TestALayoutAVendorLacksNamesTheFieldToChange(t *testing.T) {
	t.Parallel()
	const web = "https://example.com/a"
	for field, m := range map[string]Message{
		"image_url": {ImageURL: web}, "button": {Text: "a", Button: Button{"b", web}},
		"file":  {File: File{"a", "pdf", web}},
		"video": {Video: Video{web, web, 1, 1}}, "template": {Template: "7"},
	} {
		caps := ableCapabilities()
		caps.Kinds = []MessageKind{KindText}
		c := goodCampaign()
		c.Message = m
		expectField(t, field, CheckCampaign(c, caps, noon()), field, "it sends text")
	}
	caps := ableCapabilities()
	caps.Kinds = []MessageKind{KindTemplate}
	c := goodCampaign()
	c.Message = Message{Text: "a"}
	expectField(t, "text", CheckCampaign(c, caps, noon()), "text", "it sends template")
}

func TestALimitThatNoDocumentStatesIsNone(t *testing.T) {
	t.Parallel()
	caps := ableCapabilities()
	caps.Limits = Limits{}
	c := goodCampaign()
	c.Name, c.Message.Text, c.Message.ImageURL = "", strings.Repeat("a", 100_000), "http://example.com/a.png"
	c.Lifetime, c.Stretch, c.Fallback = 1000*time.Hour, 7*time.Minute,
		SMSFallback{Text: strings.Repeat("a", 5000), After: 9 * time.Hour}
	if err := CheckCampaign(c, caps, noon()); err != nil {
		t.Error(err)
	}
	c.Lifetime = -time.Second
	expectField(t, "negative lifetime", CheckCampaign(c, caps, noon()), "lifetime", "1s or more")
}

func TestAllBreachesAreReportedAtOnce(t *testing.T) {
	t.Parallel()
	c := goodCampaign()
	c.Sender, c.Name, c.Message.Text, c.Lifetime = "", "x", strings.Repeat("a", 1001), time.Second
	err := CheckCampaign(c, ableCapabilities(), noon())
	if got := fieldsOf(err); !slices.Equal(got, []string{"sender", "name", "text", "lifetime"}) ||
		KindOf(err) != KindInvalid {
		t.Errorf("got %v: %v", got, err)
	}
	if _, ok := errors.AsType[*Error](err); !ok {
		t.Errorf("no application error: %v", err)
	}
}

func TestAPlatformWithASenderOfItsOwnNeedsNone(t *testing.T) {
	t.Parallel()
	caps := ableCapabilities()
	caps.DefaultSender = true
	c := goodCampaign()
	c.Sender, c.Message = "", Message{Template: "7"}
	if err := CheckCampaign(c, caps, noon()); err != nil {
		t.Error(err)
	}
}

func TestAVendorMayFillInColumnsForItsOwnListsOnly(t *testing.T) {
	t.Parallel()
	c := goodCampaign()
	c.Message.Text = "Hello {{name|friend}}"
	c.List = "customers"
	expectField(t, "a list", CheckCampaign(c, ableCapabilities(), noon()), "list", "needs phones")
	caps := ableCapabilities()
	caps.PersonalLists = true
	caps.Lacks = map[Action]string{ActPersonal: "only for its own groups"}
	if err := CheckCampaign(c, caps, noon()); err != nil {
		t.Errorf("a list whose people the vendor knows: %v", err)
	}
	caps.Personal = []MessageKind{KindText}
	expectField(t, "another layout", CheckCampaign(c, caps, noon()), "text", "the same text to all")
	c.List = ""
	expectField(t, "phones", CheckCampaign(c, caps, noon()), "text", "only for its own groups")
}
