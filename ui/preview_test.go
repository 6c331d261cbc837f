package ui

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"viberdeck/model"
	"viberdeck/ui/compose"
	"viberdeck/ui/kit"
	"viberdeck/ui/term"
)

// listFile writes a file of people and returns its path.
func listFile(t *testing.T, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "people.csv")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// fills lets the vendors of a test fill in columns.
func fills(o *kit.Options, _ *fakeStore) {
	for vendor, caps := range o.Capabilities {
		caps.Personal = caps.Kinds
		o.Capabilities[vendor] = caps
	}
}

// people is a list in which one person lacks everything and another a name.
const people = "phone;name;city\n+375291111111;Anna;Minsk\n+375291111112;;\n12;Nobody;\n+375291111113;;Brest\n"

func TestThePreviewShowsTextImageAndButtonWithTheirCounts(t *testing.T) {
	t.Parallel()
	drive(t, 120, 40, nil, func(d *driver) {
		d.press("2", "N")
		f := d.form()
		f.Field("text").Set("Скидка 20 % на всё")
		f.Field("image_url").Set("https://example.com/a.png")
		f.Field("button.caption").Set("Купить")
		f.Field("button.url").Set("https://example.com/shop")
		d.press("tab")
		d.sees("╭─ Brand ─", "│ Скидка 20 % на всё", "░ image ░", "│ https://example.com/a.png", "[ Купить ]",
			"→ https://example.com/shop",
			"text: 18 of 1000", "button: 6 of 30", "button goes to: 24 of 150")
	})
	drive(t, 80, 24, nil, func(d *driver) {
		d.press("2", "N")
		d.form().Field("text").Set("Скидка")
		d.seesNot("╭─ Brand ─")
		d.press("ctrl+p")
		d.sees("╭─ Brand ─", "│ Скидка", "text: 6 of 1000")
		d.press("esc")
		d.sees("nothing leaves before you type the number of people")
	})
}

func TestNoTextBreaksTheBordersOfThePreview(t *testing.T) {
	t.Parallel()
	// terminals that join characters, and those that do not
	widths := []func(string) int{ansi.StringWidth, ansi.StringWidthWc}
	for _, text := range []string{
		"👨‍👩‍👧‍👦👩🏽‍🚀🇧🇾 семья и флаг 👨‍👩‍👧‍👦👨‍👩‍👧‍👦👨‍👩‍👧‍👦👨‍👩‍👧‍👦👨‍👩‍👧‍👦👨‍👩‍👧‍👦👨‍👩‍👧‍👦👨‍👩‍👧‍👦👨‍👩‍👧‍👦👨‍👩‍👧‍👦",
		"שלום עולם, מבצע גדול היום בחנות שלנו, בואו לראות", "e\u0301a\u0308o\u0302 " + strings.Repeat("e\u0301", 90),
		strings.Repeat("漢字", 60),
		"a\tb\rc\x1b[31mred\x1b]0;title\x07", strings.Repeat("x", 300),
		"{{name|друг мой дорогой " + strings.Repeat("очень ", 20) + "}} привет", "строка\n\nещё",
	} {
		d := &kit.Deck{Options: options(newFakeStore(start)), Now: start, Style: term.NewTheme(model.Theme{}, true)}
		p := &compose.Preview{D: d, Content: func() model.Campaign {
			return model.Campaign{Account: "minsk", SenderName: "Brand 👨‍👩‍👧",
				Message: model.Message{Text: text, ImageURL: "https://example.com/" + strings.Repeat("я", 60)}}
		}}
		p.Look(model.PeopleOf(model.Recipient{Phone: 375291111111}), model.Survey{})
		for _, w := range []int{12, 36, 40} {
			inside := false
			for _, l := range p.Lines(w) {
				plain := ansi.Strip(l)
				if strings.HasPrefix(plain, "╭") {
					inside = true
				}
				for _, width := range widths {
					if inside && width(plain) != w {
						t.Errorf("%q at %d: %q is %d wide", text, w, plain, width(plain))
					}
				}
				if inside && (!strings.ContainsAny(plain[:3], "╭│╰") || !strings.HasSuffix(plain, "│") &&
					!strings.HasSuffix(plain, "╮") && !strings.HasSuffix(plain, "╯")) {
					t.Errorf("%q at %d: the border is broken: %q", text, w, plain)
				}
				if strings.HasPrefix(plain, "╰") {
					inside = false
				}
				if strings.Contains(l, "\x1b]") || strings.Contains(plain, "\r") {
					t.Errorf("%q leaves %q", text, l)
				}
			}
		}
	}
}

func TestOneStepsThroughThePeopleOfAFileTheEmptiestFirst(t *testing.T) {
	t.Parallel()
	path := listFile(t, people)
	drive(t, 120, 40, fills, func(d *driver) {
		d.write("Winter sale", "Hi {{name|friend}}, {{city}}!", "@"+path)
		d.sees("People from people.csv", "3 people · given twice: 0 · left out: 1",
			"phones are in the column “phone”; for the text: {{name}} {{city}}",
			"read as UTF-8, separated by ;", "1 line cannot be used", "line 4 “12”")
		d.wait(kit.IgnoreKeysFor)
		d.press("enter")
		d.sees("3 people from the file people.csv, {{name}} {{city}}, 1 line")
		d.wait(compose.LivePause)
		d.sees("+375 29 111-11-12", "1 of 3", "│ Hi friend, {{city}}!", "{{name}}: the fallback “friend”",
			"! {{city}}: no value and no fallback",
			"{{name}}: fallback for 2 people", "! {{city}} is empty for 1 person",
			"! one person has no value for {{city}}")
		d.press("ctrl+p", "down")
		d.sees("+375 29 111-11-13", "2 of 3", "│ Hi friend, Brest!")
		d.press("о") // j under a Cyrillic layout
		d.sees("+375 29 111-11-11", "3 of 3", "│ Hi Anna, Minsk!")
		d.press("g", "esc", "ctrl+s")
		d.sees("+375291111112 has no value for {{city}}")
		if got := d.store.last(); got != "" {
			t.Errorf("the store was told %q", got)
		}
	})
}

func TestAFileIsReadAgainWithTheDraft(t *testing.T) {
	t.Parallel()
	path := listFile(t, people)
	var kept map[string]string
	drive(t, 80, 40, nil, func(d *driver) {
		d.write("Winter sale", "Hi {{name|friend}}", path)
		d.wait(kit.IgnoreKeysFor)
		d.press("enter")
		d.wait(kit.KeepPause)
		kept = d.store.kept
		if strings.Contains(kept["olga/draft"], "375291111111") {
			t.Errorf("the people themselves are kept: %s", kept["olga/draft"])
		}
	})
	drive(t, 80, 40, func(_ *kit.Options, f *fakeStore) { f.kept = kept }, func(d *driver) {
		d.wait(kit.IgnoreKeysFor)
		d.press("esc", "2", "N")
		d.sees("3 people from the file people.csv")
	})
}

func TestAFileThatCannotBeUsedSaysWhy(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for name, want := range map[string]string{
		filepath.Join(dir, "none.csv"): "the file none.csv cannot be read",
		dir:                            "is not a file",
		listFile(t, "a;b\n1;2\n"):      "no column is named phone or contact",
		listFile(t, ""):                "the list is empty",
	} {
		drive(t, 80, 40, nil, func(d *driver) {
			d.write("Winter sale", "Hi", "")
			d.send(tea.PasteMsg{Content: name})
			d.sees(want)
		})
	}
}

func TestWhatIsAFileAndWhatAPhone(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"@people.csv": "people.csv", " @/tmp/a b.csv ": "/tmp/a b.csv", "/tmp/a.csv": "/tmp/a.csv",
		"'/tmp/a b.csv'": "/tmp/a b.csv", "~/a.csv": "~/a.csv",
		"file:///tmp/a.csv": "/tmp/a.csv", "./a.csv": "./a.csv", "+375291111111": "", "80291111111, 80291111112": "",
		"": "", "@": "", "/tmp/a\n/tmp/b": "",
	} {
		if got := compose.FileNamed(text); got != want {
			t.Errorf("%q is the file %q, want %q", text, got, want)
		}
	}
}

func TestWhatTheVendorWouldRefuseStandsBesideTheFieldWhileTyping(t *testing.T) {
	t.Parallel()
	drive(t, 120, 40, nil, func(d *driver) {
		d.press("2", "N")
		d.wait(compose.LivePause)
		d.seesNot("! ")
		d.form().GoTo("image_url")
		d.typeText("www.example.com")
		d.seesNot("it is not a web address") // while the keys move
		d.wait(compose.LivePause)
		d.sees("! it is not a web address; one begins with https://")
		d.press("ctrl+u")
		d.typeText("https://example.com/a.png")
		d.wait(compose.LivePause)
		d.seesNot("! it is not a web address")
		d.form().GoTo("button.caption")
		d.typeText("Купить")
		d.press("tab")
		d.typeText("https://example.com/" + strings.Repeat("a", 140))
		d.wait(compose.LivePause)
		d.sees("! 160 characters, the limit is 150", "160/150: 10 too many", "! button goes to: 160 of 150, 10 too")
		if d.form().Busy || d.store.last() != "" {
			t.Error("looking at the form did something")
		}
	})
}

func TestTheVendorsOwnRulesAreAppliedWhileTyping(t *testing.T) {
	t.Parallel()
	change := func(o *kit.Options, _ *fakeStore) {
		o.Check = func(c model.Campaign) error {
			if c.Sender == "444" && strings.Contains(c.Message.Text, "казино") {
				return model.Invalid("text", "the vendor takes no gambling")
			}
			return nil
		}
	}
	drive(t, 120, 40, change, func(d *driver) {
		d.write("Winter sale", "казино", "+375291111111")
		d.wait(compose.LivePause)
		d.sees("! the vendor takes no gambling")
	})
}

func TestTheSenderUsedLastIsProposedAndSaysSo(t *testing.T) {
	t.Parallel()
	change := func(_ *kit.Options, f *fakeStore) {
		f.senders = append(f.senders, model.Sender{
			Account: "minsk", ID: "555", Name: "Other", State: model.SenderApproved})
		f.lastSender = map[string]string{"minsk": "555"}
	}
	drive(t, 90, 40, change, func(d *driver) {
		d.press("2", "N")
		d.sees("sender         Other")
		d.form().GoTo("sender")
		d.sees("last used with this account, 2 Feb 12:00 · approved · ctrl+r shows all 2")
		d.press("ctrl+u")
		d.typeText("Brand")
		d.seesNot("last used")
	})
}

func TestTheConfirmationShowsWhatEachPersonReceives(t *testing.T) {
	t.Parallel()
	path := listFile(t, "phone,name\n+375291111111,Anna\n+375291111112,\n")
	drive(t, 120, 40, fills, func(d *driver) {
		d.write("Winter sale", "Hi {{name|friend}}", path)
		d.wait(kit.IgnoreKeysFor)
		d.press("enter", "ctrl+s")
		d.sees("2 people", "│ Hi friend", "1 of 2")
		d.wait(kit.IgnoreKeysFor)
		d.press("ctrl+p", "down")
		d.sees("│ Hi Anna", "2 of 2")
		d.press("esc", "2", "enter")
		if got := d.store.last(); !strings.HasPrefix(got, "olga submit Winter sale 2 people") {
			t.Errorf("the store was told %q", got)
		}
	})
}

func TestMasksHideThePhonesInThePreview(t *testing.T) {
	t.Parallel()
	path := listFile(t, "phone,name\n+375291111111,Anna +375 29 222-22-22\n")
	drive(t, 120, 40, fills, func(d *driver) {
		d.press("M")
		d.write("Winter sale", "Hi {{name}}", path)
		d.wait(kit.IgnoreKeysFor)
		d.press("enter")
		d.wait(compose.LivePause)
		d.sees("1 of 1", "│ Hi Anna")
		d.seesNot("111-11-11  1 of 1", "222-22-22")
	})
}

func TestAPersonChoosesHowAFileIsRead(t *testing.T) {
	t.Parallel()
	doubtful := listFile(t, "phone;name\n+375291111101;\xc1\n")
	drive(t, 100, 40, nil, func(d *driver) {
		d.write("Winter sale", "Hi {{name}}", doubtful)
		d.sees("it is not certain how the list is written")
		d.wait(kit.IgnoreKeysFor)
		d.press("K", "O", "I", "8", "-", "R", "enter")
		d.sees("People from people.csv", "read as KOI8-R, separated by ;", "the first gets: “Hi а”")
		d.wait(kit.IgnoreKeysFor)
		d.press("e")
		d.wait(kit.IgnoreKeysFor)
		d.press("1", "2", "5", "1", "enter")
		d.sees("read as Windows-1251", "the first gets: “Hi Б”")
	})
	same := listFile(t, "phone;phone\n+375291111101;+375291111102\n")
	drive(t, 100, 40, nil, func(d *driver) {
		d.write("Winter sale", "Hi", same)
		d.sees("two columns are named")
		d.wait(kit.IgnoreKeysFor)
		d.press("down", "enter")
		d.sees("1 person · given twice: 0 · left out: 0")
		d.wait(kit.IgnoreKeysFor)
		d.press("p")
		d.sees("Which column holds the phones?")
	})
}
