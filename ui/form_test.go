package ui

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"viberdeck/model"
	"viberdeck/ui/compose"
	"viberdeck/ui/kit"
)

// write fills the form with a campaign that can be sent.
func (d *driver) write(name, text string, phones string) {
	d.t.Helper()
	d.press("2", "N", "tab")
	d.typeText(name)
	d.press("tab", "ctrl+n", "tab")
	d.typeText(text)
	for range 40 {
		if d.form().Fields[d.form().At].Key == "phones" {
			break
		}
		d.press("tab")
	}
	d.send(tea.PasteMsg{Content: phones})
}

func (d *driver) form() *compose.Form {
	d.t.Helper()
	f, ok := d.root.d.Top().Dialog.(*compose.Form)
	if !ok {
		d.t.Fatalf("no form is in front:\n%s", d.screen())
	}
	return f
}

func TestACampaignIsSentOnlyAfterTheNumberWasTyped(t *testing.T) {
	t.Parallel()
	change := func(_ *kit.Options, f *fakeStore) { f.blocked[375291111119] = "opt-out" }
	drive(t, 80, 24, change, func(d *driver) {
		d.write("Winter sale", "Скидка 20 %",
			"+375 29 111-11-11\n80291111112;375291111113, +375291111119 +375291111111\nabc")
		d.sees("4 phones", "1 given twice", "1 is not a phone")
		d.press("ctrl+s")
		d.sees("Winter sale", "sms.by, account minsk, sender Brand", "3 people",
			"given        6 · 1 duplicate · 1 invalid · 1 on the blacklist", "price unknown",
			"at once after the recall window (10 s)", "+375 29 111-11-11", "left out", "+375 29 111-11-19")
		d.press("3", "enter") // typed before the dialog listens: lost
		d.wait(kit.IgnoreKeysFor)
		d.press("enter", "enter", "y", "enter")
		d.sees("that is not the number of people")
		if got := d.store.last(); got != "" {
			t.Fatalf("nothing was confirmed, but the store was told %q", got)
		}
		d.press("backspace")
		d.send(tea.PasteMsg{Content: "3"})
		d.sees("pasting does not confirm")
		d.press("3", "enter")
		if got := d.store.last(); got != "olga submit Winter sale 3 people hold 10s approve 0" {
			t.Fatalf("the store was told %q", got)
		}
		d.sees("Leaves soon: Winter sale", "leaves in", "X recalls it at no cost")
		d.wait(kit.IgnoreKeysFor)
		d.press("X")
		if got := d.store.last(); got != "olga recall c900" {
			t.Errorf("the store was told %q", got)
		}
	})
}

func TestTheCountdownOfARecallWindowRunsByTheSecond(t *testing.T) {
	t.Parallel()
	drive(t, 80, 24, nil, func(d *driver) {
		d.write("Winter sale", "Скидка", "+375291111111")
		d.press("ctrl+s")
		d.wait(kit.IgnoreKeysFor)
		d.press("1", "enter")
		seen := map[string]bool{}
		for range 5 {
			line := d.screen()
			i := strings.Index(line, "leaves in ")
			if i < 0 {
				t.Fatalf("no countdown:\n%s", line)
			}
			seen[line[i:i+14]] = true
			d.wait(time.Second)
		}
		if len(seen) < 5 {
			t.Errorf("in 5 seconds the screen showed %v", seen)
		}
	})
}

func TestARepeatToTheSamePeopleWantsAWordOfItsOwn(t *testing.T) {
	t.Parallel()
	drive(t, 80, 24, func(_ *kit.Options, f *fakeStore) { f.overlap = 1 }, func(d *driver) {
		d.write("Winter sale", "Скидка", "+375291111111")
		d.press("ctrl+s")
		d.sees("REPEAT", "Autumn sale")
		d.wait(kit.IgnoreKeysFor)
		d.press("1", "enter")
		d.sees("that is not “again”")
		d.press("backspace")
		d.typeText("again")
		d.press("enter")
		if got := d.store.last(); got != "" {
			t.Fatalf("the number was not typed, but the store was told %q", got)
		}
		d.press("1", "enter")
		if got := d.store.last(); !strings.HasPrefix(got, "olga submit") {
			t.Errorf("the store was told %q", got)
		}
	})
}

func TestAPhoneThatWasOnlyTypedIsTakenByTheCheckAndKeptInTheDraft(t *testing.T) {
	t.Parallel()
	drive(t, 80, 24, nil, func(d *driver) {
		d.write("Winter sale", "Скидка", "+375291111111")
		d.typeText("80291111112")
		d.press("esc", "N")
		if got := d.form().Field("phones").Value(); got != "80291111112" {
			t.Errorf("the draft has %q of what was typed", got)
		}
		d.press("ctrl+s")
		d.sees("recipients   2 people")
		d.wait(kit.IgnoreKeysFor)
		d.press("esc")
		d.form().GoTo("phones")
		d.typeText("8029111")
		d.press("ctrl+s")
		d.sees(`! "8029111" is not a phone number of BY`, "2 phones", "▸phones         8029111")
	})
}

func TestANewlineNeverSubmitsAForm(t *testing.T) {
	t.Parallel()
	drive(t, 80, 24, nil, func(d *driver) {
		d.press("2", "N", "tab", "tab", "tab")
		d.send(tea.PasteMsg{Content: "first\nsecond\n\n"})
		d.press("enter")
		if got := d.form().Field("text").Value(); got != "first\nsecond\n\n\n" {
			t.Errorf("the text is %q", got)
		}
		if d.form().Busy || d.store.last() != "" {
			t.Error("a newline submitted the form")
		}
	})
}

func TestErrorsStandAtTheirFields(t *testing.T) {
	t.Parallel()
	drive(t, 80, 24, nil, func(d *driver) {
		d.press("2", "N", "ctrl+s")
		d.sees("! the message is empty")
		if f := d.form(); f.Fields[f.At].Wrong == "" {
			t.Errorf("the focus is on %s, which has no error", f.Fields[f.At].Key)
		}
	})
}

func TestTheLiveCounterShowsTheLimit(t *testing.T) {
	t.Parallel()
	drive(t, 80, 40, nil, func(d *driver) {
		d.press("2", "N", "tab", "tab", "tab")
		d.typeText("Привет 👋")
		d.sees("8/1000")
		d.send(tea.PasteMsg{Content: strings.Repeat("ы", 1000)})
		d.sees("1008/1000: 8 too many")
	})
}

func TestWhatAVendorLacksIsShownWithTheReason(t *testing.T) {
	t.Parallel()
	drive(t, 100, 50, nil, func(d *driver) {
		d.press("2", "N")
		d.sees("16 fields are not for sms.by; ctrl+g", "shows why")
		d.seesNot("sms.by has no lifetime")
		d.press("ctrl+g")
		d.sees("— sms.by has no lifetime", "— sms.by sends no templates", "— sms.by has no labels")
		d.press("right")
		d.seesNot("sms.by has no lifetime")
		d.sees("‹shop›")
	})
}

func TestADraftOutlivesTheForm(t *testing.T) {
	t.Parallel()
	drive(t, 80, 24, nil, func(d *driver) {
		d.press("2", "N", "tab")
		d.typeText("Half written")
		d.wait(kit.KeepPause)
		if !strings.Contains(d.store.kept["olga/draft"], "Half written") {
			t.Errorf("kept: %v", d.store.kept)
		}
		d.press("esc", "N")
		d.sees("Half written", "your draft")
		d.press("ctrl+x")
		d.seesNot("Half written")
		d.press("ctrl+z")
		d.sees("Half written")
		d.wait(kit.KeepPause)
		if !strings.Contains(d.store.kept["olga/draft"], "Half written") {
			t.Errorf("what was brought back is not kept: %v", d.store.kept)
		}
		d.press("ctrl+x", "esc")
		if got := d.store.kept["olga/draft"]; got != "" {
			t.Errorf("an empty form left the draft %q", got)
		}
	})
}

func TestCtrlZSuspendsAlsoWhileADialogOrATextFieldIsOpen(t *testing.T) {
	t.Parallel()
	drive(t, 100, 30, func(o *kit.Options, _ *fakeStore) { o.Elsewhere = true }, func(d *driver) {
		for _, keys := range [][]string{{"B"}, {"?"}, {"/"}, {"a"}, {"2", "N", "tab"}} {
			d.press(keys...)
			d.press("ctrl+z")
			d.sees("ctrl+z stops nothing over this line") // where a person at this host would be in the shell
			d.press("esc")
		}
	})
}

func TestATimeIsSaidBackInThreeZones(t *testing.T) {
	t.Parallel()
	drive(t, 90, 40, nil, func(d *driver) {
		d.press("2", "N")
		d.form().GoTo("send_at")
		d.typeText("2026-02-03 15:10")
		d.sees("Tue 3 Feb 2026 15:10 +03:00 (here)", "Tue 3 Feb 2026 12:10 +00:00 (at the", "vendor, UTC)",
			"in 3 h 10 min")
		d.press("backspace", "backspace", "backspace", "backspace", "backspace")
		d.typeText("09:00")
		d.sees("in the past")
	})
}

func TestFiftyThousandPastedPhonesAreAllThere(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	for i := range 50000 {
		fmt.Fprintf(&b, "+37529%07d\n", 1000000+i)
	}
	drive(t, 80, 24, nil, func(d *driver) {
		d.write("Big", "Скидка", b.String())
		d.sees("50 000 phones")
		d.press("ctrl+s")
		d.sees("50 000 people", "given        50 000")
	})
}

func TestPhonesMayBeSeparatedByAnything(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		text string
		want int
	}{
		{"+375291111111", 1},
		{"+375 29 111-11-11 +375 29 111-11-12", 2},
		{"+375291111111+375291111112", 2},
		{"80291111111 80291111112\t80291111113", 3},
		{"8 (029) 111-11-11; 8 029 111 11 12 | 375291111113", 3},
		{"\"+375291111111\",\n\n ,", 1},
		{"", 0},
	} {
		b := compose.ReadPhones("BY", nil, c.text)
		if len(b.Phones) != c.want || len(b.Bad) != 0 {
			t.Errorf("%q: %v, and no phones: %v", c.text, b.Phones, b.Bad)
		}
	}
}

func TestAListOfAVendorOfUnknownSizeWantsAWord(t *testing.T) {
	t.Parallel()
	change := func(o *kit.Options, _ *fakeStore) {
		o.Prepare = nil
	}
	drive(t, 80, 24, change, func(d *driver) {
		d.write("List", "Скидка", "")
		d.form().GoTo("list")
		d.typeText("77")
		d.press("ctrl+s")
		d.sees("unknown: the vendor does not report")
		d.wait(kit.IgnoreKeysFor)
		d.typeText("send")
		d.press("enter")
		if got := d.store.last(); !strings.HasPrefix(got, "olga submit List") {
			t.Errorf("the store was told %q", got)
		}
	})
}

func TestAListMailingThatIsNotConfirmedIsSaidToStayAtTheVendor(t *testing.T) {
	t.Parallel()
	drive(t, 120, 40, nil, func(d *driver) {
		d.write("List", "Скидка", "")
		d.form().GoTo("list")
		d.typeText("77")
		d.press("ctrl+s")
		d.sees("320 people")
		d.wait(kit.IgnoreKeysFor)
		d.press("esc")
		d.sees("mailing 77 was prepared at sms.by and stays there unconfirmed")
	})
}

func TestAListThatMayHaveBlockedPeopleWantsAWordOfItsOwn(t *testing.T) {
	t.Parallel()
	change := func(o *kit.Options, s *fakeStore) {
		o.Prepare = nil
		s.onBlacklist = model.ListBlocks{Phones: 3, AsOf: 7}
		caps := o.Capabilities[model.SMSBy]
		caps.Lacks = map[model.Action]string{model.ActBlacklistAdd: "sms.by has no blacklist of its own"}
		o.Capabilities[model.SMSBy] = caps
	}
	drive(t, 120, 40, change, func(d *driver) {
		d.write("List", "Скидка", "")
		d.form().GoTo("list")
		d.typeText("77")
		d.press("ctrl+s")
		d.sees("3 people of our blacklist may be in this list")
		d.wait(kit.IgnoreKeysFor)
		d.typeText("send")
		d.press("enter")
		d.sees("that is not “blacklist”")
		if got := d.store.last(); strings.Contains(got, "submit") {
			t.Fatalf("the store was told %q", got)
		}
		d.press("ctrl+u")
		d.typeText("blacklist")
		d.press("enter")
		d.typeText("send")
		d.press("enter")
		if got := d.store.last(); !strings.HasPrefix(got, "olga submit List") {
			t.Errorf("the store was told %q", got)
		}
	})
}

func TestASecondSubmitUsesTheSameKey(t *testing.T) {
	t.Parallel()
	drive(t, 80, 24, nil, func(d *driver) {
		d.write("Winter sale", "Скидка", "+375291111111")
		key := d.form().Key
		d.press("ctrl+s")
		d.wait(kit.IgnoreKeysFor)
		d.store.failIntent = model.Invalid("cache", "the disk is full")
		d.press("1", "enter")
		d.sees("not stored, nothing was sent")
		d.store.failIntent = nil
		d.press("1", "enter")
		d.store.mu.Lock()
		defer d.store.mu.Unlock()
		if len(d.store.keys) != 2 || d.store.keys[0] != key || d.store.keys[1] != key {
			t.Errorf("the keys were %q, the form's is %q", d.store.keys, key)
		}
	})
}

func TestATestGoesToTheStaffOnlyAndKeepsTheForm(t *testing.T) {
	t.Parallel()
	change := func(o *kit.Options, _ *fakeStore) { o.StaffPhones = []string{"+375297654321", "80297654322"} }
	drive(t, 80, 24, change, func(d *driver) {
		d.write("Winter sale", "Скидка", "+375291111111")
		d.press("ctrl+t")
		d.sees("Winter sale test", "2 people", "to the staff's phones only", "+375 29 765-43-21")
		d.seesNot("111-11-11")
		d.wait(kit.IgnoreKeysFor)
		d.press("2", "enter")
		if got := d.store.last(); got != "olga submit Winter sale test 2 people hold 0s approve 0" {
			t.Errorf("the store was told %q", got)
		}
		d.wait(kit.IgnoreKeysFor)
		d.press("esc")
		if got := d.form().Field("name").Value(); got != "Winter sale" {
			t.Errorf("the form holds %q", got)
		}
	})
	drive(t, 80, 24, nil, func(d *driver) {
		d.write("Winter sale", "Скидка", "+375291111111")
		d.press("ctrl+t")
		d.sees("a test goes to the phones of your staff only")
	})
}

func TestACopyKeepsWhereItGoesAndChoosesNoSender(t *testing.T) {
	t.Parallel()
	c := model.Campaign{ID: 5, Account: "loyalty", Vendor: model.Wooxy, Name: "Club", Ours: true,
		State: model.CampaignSent, Message: model.Message{Template: "t1"},
		Options: model.Options{ContactList: "cl-9", Tags: []string{"a"}, Device: "phone",
			Variables: map[string]string{"n": "5"}}}
	loyal := func(o *kit.Options, f *fakeStore) {
		o.Accounts = append(o.Accounts, model.Account{Name: "loyalty", Vendor: model.Wooxy})
		f.senders = append(f.senders, model.Sender{Account: "loyalty", ID: "s1", Name: "Lone Brand",
			State: model.SenderApproved})
		o.Capabilities[model.Wooxy] = model.Capabilities{
			Vendor: model.Wooxy, Kinds: []model.MessageKind{model.KindTemplate}}
	}
	drive(t, 160, 30, loyal, func(d *driver) {
		d.run(compose.Duplicate(d.root.d, c))
		d.settle()
		d.sees("Copy with contact list cl-9", "tags a", "device phone", "variables n=5")
		d.seesNot("Lone Brand")
	})
}

// wholeCampaign has every part that a form can write, at a vendor that takes them all.
func wholeCampaign() model.Campaign {
	return model.Campaign{ID: 5, Account: "all", Vendor: "all", Name: "Club", Ours: true, State: model.CampaignSent,
		Sender: "s1", SenderName: "Brand", Class: model.ClassSession, Lifetime: 30 * time.Minute,
		Stretch: 90 * time.Second, List: "77",
		Message: model.Message{Text: "Hello",
			File: model.File{Name: "price", Type: "pdf", URL: "https://example.com/a?b=1"},
			Video: model.Video{URL: "https://example.com/f.mp4", Thumbnail: "https://example.com/f.jpg", SizeMB: 12,
				DurationS: 40}},
		Fallback: model.SMSFallback{Text: "SMS", Sender: "Shop", After: 10 * time.Minute},
		Options: model.Options{Label: "spring", Tags: []string{"a", `b, "c"`}, Device: "phone", ContactList: "cl-9",
			Variables:   map[string]string{"n": "5", "word": "5", "lines": "one\ntwo = 2", "yes": "true"},
			Kinds:       map[string]model.ValueKind{"n": model.ValueInteger, "yes": model.ValueBoolean},
			CallbackURL: "https://example.com/cb", InboundURL: "https://example.com/in"}}
}

func ableToAll(o *kit.Options, _ *fakeStore) {
	o.Accounts = append(o.Accounts, model.Account{Name: "all", Vendor: "all"})
	o.Capabilities["all"] = model.Capabilities{Vendor: "all", Kinds: []model.MessageKind{model.KindText,
		model.KindTemplate, model.KindFile, model.KindVideo, model.KindImage, model.KindTextButton},
		Classes: []model.Class{model.ClassPromotional, model.ClassSession}}
}

func TestACopyAndItsDraftKeepEveryPartOfACampaign(t *testing.T) {
	t.Parallel()
	want := wholeCampaign()
	drive(t, 80, 24, ableToAll, func(d *driver) {
		d.run(compose.Duplicate(d.root.d, want))
		d.settle()
		same := func(what string) {
			t.Helper()
			got := d.form().Written()
			if !reflect.DeepEqual(got.Message, want.Message) || !reflect.DeepEqual(got.Options, want.Options) ||
				got.Fallback != want.Fallback || got.Lifetime != want.Lifetime || got.Stretch != want.Stretch ||
				got.Class != want.Class || got.List != want.List {
				t.Errorf("%s: %+v", what, got)
			}
		}
		same("the copy")
		d.press("esc", "2", "N")
		same("the draft")
		for range 60 { // every line can be reached
			d.press("tab")
		}
		d.form().GoTo("inbound_url")
		d.sees("https://example.com/in")
	})
}

func TestASenderThatIsProposedForAnotherAccountCanBeDeleted(t *testing.T) {
	t.Parallel()
	change := func(o *kit.Options, f *fakeStore) {
		o.Accounts = append(o.Accounts, model.Account{Name: "long", Vendor: model.SMSBy})
		f.senders = []model.Sender{{Account: "minsk", ID: "1", Name: "Shop", State: model.SenderApproved},
			{Account: "long", ID: "2", Name: "A longer name", State: model.SenderApproved}}
	}
	drive(t, 100, 40, change, func(d *driver) {
		d.press("2", "N")
		d.form().GoTo("account")
		d.press("left") // the last account
		d.settle()
		d.form().GoTo("sender")
		d.press("backspace")
		if got := d.form().Field("sender").Value(); got != "A longer nam" {
			t.Errorf("a key at the end leaves %q", got)
		}
	})
}

func TestWhatAVendorHasNoUseForIsSaidToBeLeftOut(t *testing.T) {
	t.Parallel()
	drive(t, 100, 40, ableToAll, func(d *driver) {
		d.run(compose.Duplicate(d.root.d, wholeCampaign()))
		d.settle()
		d.form().GoTo("account")
		d.press("right") // to an account of sms.by
		d.sees("— not sent, sms.by has no labels: spring")
		if got := d.form().Written(); got.Options.Label != "" {
			t.Errorf("%+v", got.Options)
		}
	})
}

func TestWhatIsTypedIntoPartsIsReadAsMeant(t *testing.T) {
	t.Parallel()
	drive(t, 100, 40, ableToAll, func(d *driver) {
		d.run(compose.Duplicate(d.root.d, model.Campaign{Account: "all", Vendor: "all"}))
		d.settle()
		d.seesNot("file name", "its picture at")
		d.form().GoTo("file.url")
		d.typeText("https://example.com/docs/price.pdf?x=1")
		d.sees("file name")
		if got := d.form().Written().Message.File; got.Name != "price.pdf" || got.Type != "pdf" {
			t.Errorf("the file is %+v", got)
		}
		d.form().GoTo("variables")
		d.typeText("count := many")
		d.press("ctrl+s")
		d.sees("“count := many”: write one a line")
		d.press("ctrl+u", "backspace")
		for _, line := range []string{`code = 0042`, `n := 5`, `on = true`, `off = false`, `word = "false"`} {
			d.typeText(line)
			d.press("enter")
		}
		o := d.form().Written().Options
		if o.Variables["code"] != "0042" || o.Variables["word"] != "false" || !maps.Equal(o.Kinds,
			map[string]model.ValueKind{"n": model.ValueInteger, "on": model.ValueBoolean, "off": model.ValueBoolean}) {
			t.Errorf("variables %v of kinds %v", o.Variables, o.Kinds)
		}
		d.form().GoTo("video.url")
		d.typeText("https://example.com/f.mp4")
		d.form().GoTo("video.size_mb")
		d.typeText("big")
		d.press("ctrl+s")
		d.sees("is not a whole number")
	})
}

func TestKnownValuesAreChosenFromAListInTheirFields(t *testing.T) {
	t.Parallel()
	used := start.Add(-48 * time.Hour)
	change := func(o *kit.Options, f *fakeStore) {
		ableToAll(o, f)
		o.Accounts[len(o.Accounts)-1].Templates = []model.ConfigTemplate{
			{ID: "t1", Name: "Welcome"}, {ID: "t2", Name: "Bonus"}}
		f.known = model.KnownValues{Templates: []model.KnownValue{{Value: "t1", At: used}, {Value: "t9", At: used}},
			Labels: []model.KnownValue{{Value: "spring", At: used}},
			Tags:   []model.KnownValue{{Value: "club", At: used}}}
		f.refusedTemplates = map[string]string{"t2": "it is not approved"}
	}
	drive(t, 100, 40, change, func(d *driver) {
		d.run(compose.Duplicate(d.root.d, model.Campaign{Account: "all", Vendor: "all"}))
		d.settle()
		pick := func(field string) {
			d.form().GoTo(field)
			d.press("ctrl+r")
		}
		pick("template")
		d.sees("Welcome · used · last used", "Bonus · refused", "it is not approved", "t9")
		d.typeText("Bonus")
		d.press("enter") // refused: not taken
		d.sees("it is not approved")
		for range 5 {
			d.press("backspace")
		}
		d.typeText("Welc")
		d.press("enter")
		if got := d.form().Field("template").Value(); got != "t1" {
			t.Errorf("the template is %q", got)
		}
		d.sees("Welcome · used")
		pick("label")
		d.press("enter")
		d.form().GoTo("tags")
		d.typeText("new")
		d.press("ctrl+r", "enter")
		if got := d.form().Written().Options; got.Label != "spring" ||
			!slices.Equal(got.Tags, []string{"new", "club"}) {
			t.Errorf("%+v", got)
		}
	})
}

func TestAShortfallIsShownWholeAndPhonesAreNotBroken(t *testing.T) {
	t.Parallel()
	change := func(o *kit.Options, f *fakeStore) { o.Send.DailyCap, f.sentSince = 40, 46 }
	for _, width := range []int{40, 80} {
		drive(t, width, 14, change, func(d *driver) {
			d.write("Winter sale", "Hello", "+375291111111")
			d.press("ctrl+s")
			d.sees("passed by 7")
		})
		drive(t, width, 40, nil, func(d *driver) {
			d.write("Winter sale", "Hello", "+375291111111 +375291111112 +375291111113")
			d.press("ctrl+s")
			d.sees("+375 29 111-11-11", "+375 29 111-11-12", "+375 29 111-11-13")
		})
	}
}

func TestSeveralListsAndPeopleBesideThemAreWrittenInTheForm(t *testing.T) {
	change := func(o *kit.Options, _ *fakeStore) {
		o.Prepare = nil
		caps := o.Capabilities[model.SMSBy]
		caps.PeopleBesideLists, caps.Limits.ListsPerCall = true, 10
		caps.Lacks = nil
		o.Capabilities[model.SMSBy] = caps
	}
	drive(t, 120, 40, change, func(d *driver) {
		d.write("List", "Скидка", "375291111111")
		d.form().GoTo("list")
		d.typeText(`77, "a, b"`)
		c := d.form().Written()
		if want := []string{"77", "a, b"}; !slices.Equal(c.Lists(), want) {
			t.Errorf("the lists are %q, want %q", c.Lists(), want)
		}
		d.press("ctrl+s")
		d.sees("does not report the size of list")
		d.sees("Customers, a, b, and 1 person named beside it")
		d.sees("leave with it in one call")
	})
}

func TestAnImageOfThisHostIsChosenOnTheFormAndLookedAtBeforeTheConfirmation(t *testing.T) {
	t.Parallel()
	png := filepath.Join(t.TempDir(), "sale.png")
	if err := os.WriteFile(png, []byte("\x89PNG\r\n\x1a\n0000"), 0o600); err != nil {
		t.Fatal(err)
	}
	drive(t, 100, 40, nil, func(d *driver) {
		d.write("Winter sale", "Скидка 20 %", "+375291111111")
		d.form().GoTo("one_by_one")
		d.press("right")
		d.form().Field("button.caption").Set("Open")
		d.form().Field("button.url").Set("https://example.com")
		d.form().Field("image_url").Set(filepath.Dir(png))
		d.press("ctrl+s")
		d.sees("is not an image of at most 10 MB")
		d.form().Field("image_url").Set(png)
		d.press("ctrl+s")
		d.sees("image file", "one by one   each person gets a message of their own")
		d.wait(kit.IgnoreKeysFor)
		d.press("1", "enter")
		c := d.store.campaigns[len(d.store.campaigns)-1]
		if c.Message.ImageFile.Path != png || len(c.Message.ImageFile.Sum) != 64 || !c.Options.OneByOne {
			t.Errorf("submitted: %+v, %+v", c.Message, c.Options)
		}
	})
}
