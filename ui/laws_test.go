package ui

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"viberdeck/model"
	"viberdeck/ui/campaigns"
	"viberdeck/ui/kit"
	"viberdeck/ui/lists"
)

// everyKey are keys that do something somewhere.
var everyKey = []string{"j", "k", "g", "G", "pgdown", "pgup", "space", "A", "d", "c", "o", "z", "R", "n", "t", "y",
	"enter", "esc", "tab", "s", "N", "D", "P", "X",
	"B", "v", "a", "x", "u", "r", "e", "?", ":", "/", "1", "2", "3", "4", "5", "6", "7", "8", "left", "right", "up",
	"down", "о", "л", "home", "end", "C", "S", "w", "W", "V", "H"}

func TestUpdateAndViewNeverTouchTheStore(t *testing.T) {
	t.Parallel()
	drive(t, 80, 24, nil, func(d *driver) {
		r := rand.New(rand.NewPCG(1, 2))
		for range 1500 {
			d.press(everyKey[r.IntN(len(everyKey))])
		}
		d.wait(time.Minute)
		if n := d.store.breaches.Load(); n != 0 {
			t.Errorf("%d calls of the store from within Update or View", n)
		}
		if d.store.calls.Load() < 100 {
			t.Error("the keys did not reach the store at all")
		}
	})
}

func TestEscNeverLeavesTheProgram(t *testing.T) {
	t.Parallel()
	drive(t, 80, 24, nil, func(d *driver) {
		for _, tab := range []string{"1", "2", "3", "4", "5", "6", "7", "8"} {
			d.press(tab, "enter", "?", "/")
			for range 8 {
				d.press("esc")
			}
			if d.quit {
				t.Fatalf("Esc left the program on tab %s", tab)
			}
		}
		d.sees("q ends the program")
	})
}

func TestQGoesUpAndLeavesAtTheTop(t *testing.T) {
	t.Parallel()
	drive(t, 80, 24, nil, func(d *driver) {
		d.press("2", "enter", "q")
		d.sees("[2 Campaigns]", "newest first")
		d.press("q")
		d.sees("Leave?", "2 batches are waiting or under way")
		d.press("q")
		if d.quit {
			t.Fatal("a second press of the same key left the program")
		}
		d.press("q", "y")
		if !d.quit {
			t.Error("y did not leave")
		}
	})
}

func TestControlCLeavesAtOnceFromAnywhere(t *testing.T) {
	t.Parallel()
	drive(t, 80, 24, nil, func(d *driver) {
		d.press("2", "N", "ctrl+c")
		if !d.quit {
			t.Error("ctrl+c in a form did not leave")
		}
	})
}

func TestKeysWorkByTheirPlaceOnACyrillicKeyboard(t *testing.T) {
	t.Parallel()
	drive(t, 80, 24, nil, func(d *driver) {
		d.press("о", "о", "л") // j j k
		if !strings.Contains(d.selected(), "333-22-01") {
			t.Errorf("the cursor is on %q", d.selected())
		}
		d.press("в") // d
		if got := d.store.last(); got != "olga done [r2] -" {
			t.Errorf("the store was told %q", got)
		}
		d.press(".") // the key of /
		d.typeText("вода")
		d.sees("/ is:open вода") // text stays as it was typed
		d.press("esc", ",")      // the key of ?
		d.sees("Keys of Replies")
		d.press("esc", "Ж") // the key of :
		d.sees("Actions of Replies")
		d.press("esc")
		d.store.mu.Lock()
		d.store.overview.Sending = 0
		d.store.mu.Unlock()
		d.press("к", "й") // r q
		if !d.quit {
			t.Error("й did not leave as q does")
		}
	})
}

func TestPasteOutsideAFieldDoesNothing(t *testing.T) {
	t.Parallel()
	drive(t, 80, 24, nil, func(d *driver) {
		for _, tab := range []string{"1", "2", "3", "4", "5", "6", "7", "8"} {
			d.press(tab)
			before := d.selected()
			d.send(tea.PasteMsg{Content: "dddd\nq\nBy\n8"})
			d.sees("pasted text does nothing here")
			if d.selected() != before || d.quit || d.store.last() != "" {
				t.Errorf("on tab %s the paste acted", tab)
			}
		}
	})
}

func TestPasteIntoTheFilterIsText(t *testing.T) {
	t.Parallel()
	drive(t, 80, 24, nil, func(d *driver) {
		d.press("/")
		d.send(tea.PasteMsg{Content: "Yes\nq\n"})
		d.sees("/ is:open Yes q")
	})
}

// hostile contains everything that attackers try.
const hostile = "a\x1b[2J\x1b]52;c;aGVsbG8=\x07\x1b]0;title\x07\x1b[31mred\rFORGED\u202eevil\u2066x\u009b31m\u2028line\x00\b\b" +
	"\x1b]8;;https://evil.example\x1b\\link\x1b]8;;\x1b\\ \u200b\u0300\u0300\u0300\u0300 👨‍👩‍👧"

func TestHostileTextIsOnlyText(t *testing.T) {
	t.Parallel()
	change := func(_ *kit.Options, f *fakeStore) {
		for i := range f.replies {
			f.replies[i].Text, f.replies[i].CampaignName, f.replies[i].ClaimedBy, f.replies[i].OptOut = hostile,
				hostile, hostile, hostile
			f.replies[i].Labels = []string{hostile}
		}
		for i := range f.campaigns {
			f.campaigns[i].Name, f.campaigns[i].VendorState, f.campaigns[i].SenderName,
				f.campaigns[i].Message.Text = hostile, hostile, hostile, hostile
			f.campaigns[i].PauseCause = model.Data(hostile)
		}
		for i := range f.recipients {
			f.recipients[i].Reason, f.recipients[i].VendorStatus, f.recipients[i].Contact = model.Data(hostile),
				hostile, hostile
		}
		for i := range f.senders {
			f.senders[i].Comment, f.senders[i].Name = hostile, hostile
		}
		for i := range f.blacklist {
			f.blacklist[i].Reason, f.blacklist[i].AddedBy = model.Data(hostile), hostile
		}
		for i := range f.outbox {
			f.outbox[i].Error, f.outbox[i].Evidence, f.outbox[i].CampaignName = model.Data(hostile),
				model.Data(hostile), hostile
		}
		for i := range f.logs {
			f.logs[i].Result, f.logs[i].Method = model.Data(hostile), hostile
		}
		f.overview.Operators = []string{hostile}
		f.overview.Brake = model.Brake{On: true, By: hostile, Reason: hostile}
		f.stats.Reasons[0].Reason = model.Data(hostile)
		f.progress.PauseCause = model.Data(hostile)
	}
	drive(t, 120, 40, change, func(d *driver) {
		check := func(where string) {
			t.Helper()
			content := d.root.View().Content
			for _, r := range ansi.Strip(content) {
				if r < ' ' && r != '\n' || r >= 0x7f && r < 0xa0 ||
					strings.ContainsRune("\u202e\u2066\u2028\u2029\u200b", r) {
					t.Fatalf("%s: the screen holds %U", where, r)
				}
			}
			for _, seq := range []string{"\x1b]", "\x1b[2J", "\x1b[31mred", "\x1bP"} {
				if strings.Contains(content, seq) {
					t.Fatalf("%s: the screen holds %q", where, seq)
				}
			}
			for i, line := range strings.Split(content, "\n") {
				if w := ansi.StringWidth(line); w != 120 {
					t.Fatalf("%s: line %d is %d columns wide", where, i, w)
				}
			}
			if title := d.root.View().WindowTitle; strings.ContainsAny(title, "\x1b\x07") {
				t.Fatalf("%s: the window's title is %q", where, title)
			}
		}
		for _, keys := range []string{"1", "o", "esc", "enter", "esc", "d", "esc", "t", "esc", "z", "esc", "2", "enter",
			"tab", "tab", "tab", "esc", "X", "esc",
			"P", "esc", "3", "4", "5", "6", "x", "esc", "7", "enter", "esc", "8", "B", "esc", "?", "esc", ":", "esc"} {
			d.press(keys)
			check(keys)
		}
		d.root.d.Fail(errors.New(hostile))
		check("an error")
	})
}

func TestAnySizeIsDrawnExactly(t *testing.T) {
	t.Parallel()
	drive(t, 80, 24, nil, func(d *driver) {
		openings := [][]string{{"1"}, {"1", "enter"}, {"1", "o"}, {"1", "/"}, {"1", "?"}, {"1", ":"}, {"2"},
			{"2", "enter"}, {"2", "enter", "tab"}, {"2", "enter", "tab", "tab"},
			{"2", "N"}, {"3"}, {"4"}, {"5"}, {"6"}, {"6", "o"}, {"7"}, {"7", "enter"}, {"8"}, {"B"}, {"4", "tab"},
			{"4", "tab"}, {"2", "space", "space", "C"}, {"3", "w"}, {"3", "e"}, {"2", "enter", "tab"}}
		sizes := [][2]int{{80, 24}, {20, 5}, {1, 1}, {2, 3}, {5, 2}, {0, 0}, {40, 10}, {200, 60}, {120, 40}, {79, 3},
			{12, 50}, {300, 4}, {30, 9}, {11, 11}}
		for _, keys := range openings {
			d.press(keys...)
			for _, s := range sizes {
				d.send(tea.WindowSizeMsg{Width: s[0], Height: s[1]})
				content := d.root.View().Content
				if s[0] == 0 {
					continue
				}
				lines := strings.Split(content, "\n")
				if len(lines) != s[1] {
					t.Fatalf("%v at %v: %d lines", keys, s, len(lines))
				}
				for i, line := range lines {
					if w := ansi.StringWidth(line); w != s[0] {
						t.Fatalf("%v at %v: line %d is %d columns wide: %q", keys, s, i, w, line)
					}
				}
			}
			d.send(tea.WindowSizeMsg{Width: 80, Height: 24})
			for range 6 {
				d.press("esc")
			}
		}
	})
}

func TestAStormOfResizesLosesNoInput(t *testing.T) {
	t.Parallel()
	drive(t, 80, 24, nil, func(d *driver) {
		d.press("2", "N", "tab")
		for i, r := range "Осенняя распродажа" {
			d.send(tea.WindowSizeMsg{Width: 1 + i*7%150, Height: 1 + i*5%60})
			d.send(tea.KeyPressMsg{Code: r, Text: string(r)})
		}
		if got := d.form().Field("name").Value(); got != "Осенняя распродажа" {
			t.Errorf("the field holds %q", got)
		}
		d.press("esc", "1")
		for i := range 200 {
			d.send(tea.WindowSizeMsg{Width: i * 13 % 220, Height: i * 7 % 70})
			d.press("j")
		}
	})
}

func TestNoKeyMeansTwoThingsOnOneScreen(t *testing.T) {
	t.Parallel()
	r := New(options(newFakeStore(start)))
	second := r.screens[1].(*campaigns.Campaigns)
	open := func() { second.Open = campaigns.NewCampaignPage(r.d, r.focus, campaignOf(30)) }
	for _, prepare := range []func(){func() {}, open, func() { second.Open.Pane = campaigns.PaneMessage }} {
		prepare()
		for i := range r.screens {
			r.front = i
			name := tabs()[i].name
			owner, actions := map[string]kit.Action{}, map[kit.Action]bool{}
			for _, table := range r.bindings() {
				for _, b := range table {
					if b.Help == "" || len(b.Keys) == 0 || b.Do == nil {
						t.Errorf("%s: %s has no help, no key or nothing to do", name, b.Action)
					}
					if actions[b.Action] {
						t.Errorf("%s: %s is listed twice", name, b.Action)
					}
					actions[b.Action] = true
					for _, k := range b.Keys {
						if owner[k] != "" {
							t.Errorf("%s: %s means %s and %s", name, k, owner[k], b.Action)
						}
						owner[k] = b.Action
						if typed := []rune(k); len(typed) == 1 && model.LatinKey(typed[0]) != typed[0] {
							t.Errorf("%s: %s of %s is read as %c", name, k, b.Action, model.LatinKey(typed[0]))
						}
					}
				}
			}
		}
	}
}

func TestALetterMeansOneThingInAllViews(t *testing.T) {
	t.Parallel()
	r := New(options(newFakeStore(start)))
	// The parts of one thing under one letter.
	same := map[kit.Action]kit.Action{"recall the answer": "recall", "add": "opt-out",
		"choose a campaign": kit.ActFilter}
	means := map[string]kit.Action{}
	for i := range r.screens {
		r.front = i
		for _, table := range r.bindings() {
			for _, b := range table {
				action := b.Action
				if one, ok := same[action]; ok {
					action = one
				}
				for _, k := range b.Keys {
					if len([]rune(k)) > 1 || k == "h" || k == "l" {
						continue // named keys go in, and move, as each view is built
					}
					if means[k] != "" && means[k] != action {
						t.Errorf("%s means %s, and %s in %s", k, means[k], action, tabs()[i].name)
					}
					means[k] = action
				}
			}
		}
	}
	if means["N"] == "" || means["s"] == "" || means["y"] == "" {
		t.Error("no key begins a campaign, sorts or copies")
	}
}

func TestEveryListSortsAndCopiesAndACampaignBeginsWhereOneMayWantIt(t *testing.T) {
	t.Parallel()
	r := New(options(newFakeStore(start)))
	for i := range r.screens {
		r.front = i
		for _, key := range []string{"s", "y", "N"} {
			if _, ok := kit.Find(key, r.bindings()...); ok || tabs()[i].name == "Statistics" && key != "N" ||
				tabs()[i].name == "Log" && key == "N" {
				continue
			}
			t.Errorf("%s does nothing in %s", key, tabs()[i].name)
		}
	}
}

func TestEnterInTheLogShowsTheWholeRequest(t *testing.T) {
	t.Parallel()
	drive(t, 80, 24, nil, func(d *driver) {
		d.press("8", "enter")
		d.sees("Request to", "bytes", "took")
		d.press("esc")
		d.seesNot("Request to")
	})
}

func campaignOf(id model.CampaignID) model.Campaign {
	return model.Campaign{ID: id, Name: fmt.Sprintf("Sale %d", id), Account: "minsk", Vendor: model.SMSBy, Ours: true}
}

func TestReadOnlyTakesOutgoingActionsAway(t *testing.T) {
	t.Parallel()
	drive(t, 120, 40, func(o *kit.Options, _ *fakeStore) { o.Mode = kit.ReadOnly }, func(d *driver) {
		d.sees("READ-ONLY")
		d.seesNot("o opt-out")
		for _, c := range []struct{ tab, key string }{
			{"1", "o"}, {"2", "N"}, {"2", "D"}, {"2", "P"}, {"2", "X"}, {"2", "v"}, {"2", "W"}, {"3", "w"}, {"6", "o"},
			{"6", "x"}, {"7", "enter"}, {"7", "P"}} {
			d.press(c.tab, c.key)
			if d.root.d.Top() != nil {
				t.Errorf("%s on tab %s opened a dialog", c.key, c.tab)
			}
			d.sees("read-only")
		}
		if got := d.store.last(); got != "" {
			t.Errorf("the store was told %q", got)
		}
		d.press("2", "?")
		d.seesNot("write a new campaign")
		d.press("esc", ":")
		d.typeText("new camp")
		d.sees("nothing matches")
	})
}

func TestARoleThatIsTooSmallIsTheReasonOfADisabledKey(t *testing.T) {
	t.Parallel()
	drive(t, 120, 40, func(o *kit.Options, _ *fakeStore) { o.Role = model.RoleViewer }, func(d *driver) {
		for _, c := range []struct{ tab, key string }{
			{"1", "d"}, {"1", "a"}, {"1", "o"}, {"1", "c"}, {"1", "u"}, {"1", "B"}, {"2", "N"}, {"2", "D"}, {"2", "P"},
			{"2", "X"}, {"2", "v"}, {"2", "W"}, {"2", "H"}, {"3", "w"}, {"6", "o"}, {"6", "x"}, {"7", "P"}} {
			d.press(c.tab, c.key)
			if d.root.d.Top() != nil {
				t.Errorf("%s on tab %s opened a dialog", c.key, c.tab)
			}
			d.sees("your role is viewer")
		}
		if got := d.store.last(); got != "" {
			t.Errorf("the store was told %q", got)
		}
	})
}

func TestDemoIsPaintedOnEveryScreen(t *testing.T) {
	t.Parallel()
	for _, size := range [][2]int{{80, 24}, {40, 10}, {20, 5}} {
		drive(t, size[0], size[1], func(o *kit.Options, _ *fakeStore) { o.Mode = kit.Demo }, func(d *driver) {
			for _, keys := range [][]string{{"1"}, {"2"}, {"2", "N"}, {"esc", "3"}, {"4"}, {"5"}, {"6"}, {"7"}, {"8"},
				{"?"}} {
				d.press(keys...)
				d.sees("DEMO")
			}
		})
	}
}

func TestOneBurstOfChangesIsOneReading(t *testing.T) {
	t.Parallel()
	drive(t, 80, 24, nil, func(d *driver) {
		d.wait(2 * time.Second)
		before := d.store.calls.Load()
		d.store.changes <- []model.Topic{model.TopicReplies, model.TopicLog, model.TopicRecipients}
		d.wait(0)
		if n := d.store.calls.Load() - before; n > 6 {
			t.Errorf("%d calls after one change", n)
		}
		d.store.changes <- []model.Topic{model.TopicLog}
		d.wait(0)
		if len(d.root.screens[7].(*lists.Logs).Grid.Rows) != 0 {
			t.Error("a screen that is not in front was read")
		}
	})
}

func TestPresenceIsStoredEveryTenSeconds(t *testing.T) {
	t.Parallel()
	drive(t, 80, 24, nil, func(d *driver) {
		before := d.store.present.Load()
		for range 60 {
			d.wait(time.Second)
		}
		if n := d.store.present.Load() - before; n < 5 || n > 7 {
			t.Errorf("in a minute presence was told %d times", n)
		}
	})
}

func TestADialogThatOpensByItselfSwallowsStrayKeys(t *testing.T) {
	t.Parallel()
	drive(t, 80, 24, nil, func(d *driver) {
		known := false
		d.root.d.OpenUnasked(kit.NewConfirm(d.root.d, "Sure?", nil, "", "",
			func() tea.Cmd { known = true; return nil }))
		for range 5 {
			d.press("y")
			d.wait(kit.IgnoreKeysFor - 50*time.Millisecond)
		}
		if known {
			t.Fatal("a stray key answered")
		}
		d.wait(kit.IgnoreKeysFor)
		d.press("y")
		if !known {
			t.Error("after a pause the key was not heard")
		}
	})
}

func TestOfflineSaysSinceWhen(t *testing.T) {
	t.Parallel()
	change := func(_ *kit.Options, f *fakeStore) {
		for i := range f.overview.Accounts {
			f.overview.Accounts[i].Online, f.overview.Accounts[i].Since = false, start.Add(-time.Hour)
		}
		f.overview.Brake = model.Brake{On: true, By: "anna"}
	}
	drive(t, 80, 24, change, func(d *driver) { d.sees("OFFLINE since 11:00", "BRAKE by anna", "LIVE") })
}

func TestAStoreThatFailsIsReportedAndTriedAgain(t *testing.T) {
	t.Parallel()
	drive(t, 80, 24, func(_ *kit.Options, f *fakeStore) { f.fail = errors.New("the cache is locked") },
		func(d *driver) {
			d.sees("This list could not be read: the cache is locked")
			d.store.fail = nil
			d.press("r")
			d.sees("333-22-00")
		})
}

func TestTheNextSessionOpensWhereThisOneEnded(t *testing.T) {
	t.Parallel()
	var kept map[string]string
	drive(t, 80, 24, nil, func(d *driver) {
		d.press("/")
		d.typeText("yes")
		d.press("enter", "6", "ctrl+c")
		kept = d.store.kept
	})
	drive(t, 80, 24, func(_ *kit.Options, f *fakeStore) { f.kept = kept }, func(d *driver) {
		d.sees("[6 Black")
		d.press("1")
		d.sees("is:open yes", "1/2")
	})
}
