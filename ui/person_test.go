package ui

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/exp/golden"

	"viberdeck/model"
	"viberdeck/ui/kit"
	"viberdeck/ui/person"
)

func TestOneKeyShowsEverythingThatHappenedWithAPerson(t *testing.T) {
	t.Parallel()
	for _, keys := range [][]string{{"p"}, {"з"}, {"j", "k", "enter", "p"}} {
		drive(t, 100, 30, nil, func(d *driver) {
			d.press(keys...)
			d.sees("+375 29 333-22-00", "blocked: nothing is sent", "2 messages · 1 reply · 1 note", "asked by phone",
				"called her", "СТОП",
				"looks like an opt-out", "Здравствуйте, Анна!", "not a Viber user", "complaint")
			d.press("esc")
			d.sees("[1 Replies")
		})
	}
}

func TestAPersonIsFoundByPhoneInAnySpelling(t *testing.T) {
	t.Parallel()
	for _, spelling := range []string{"80293332201", "+375 29 333-22-01", "375293332201", "8 (029) 333 22 01"} {
		drive(t, 100, 30, nil, func(d *driver) {
			d.press("5", "F")
			d.typeText(spelling)
			d.press("enter")
			d.sees("+375 29 333-22-01", "Summer sale")
		})
	}
	drive(t, 100, 30, nil, func(d *driver) {
		d.press("F")
		d.typeText("12")
		d.press("enter")
		d.sees("is not a phone number")
	})
}

func TestAPersonWithoutAHistorySaysSo(t *testing.T) {
	t.Parallel()
	drive(t, 80, 24, nil, func(d *driver) {
		d.press("3", "p")
		d.sees("Nothing is known of this phone")
	})
}

func TestMasksHideEveryPhoneAndTakingThemOffIsWrittenDown(t *testing.T) {
	t.Parallel()
	drive(t, 120, 40, nil, func(d *driver) {
		d.press("M")
		d.sees("phones masked", "+375 29 ***-**-00")
		check := func(where string) {
			t.Helper()
			for _, digits := range []string{"333-22", "333 22", "33322", "111-11", "11111", "100-00", "10000"} {
				if strings.Contains(ansi.Strip(d.screen()), digits) {
					t.Errorf("%s shows %s:\n%s", where, digits, d.screen())
				}
			}
		}
		for _, keys := range [][]string{{"1"}, {"enter"}, {"esc"}, {"n"}, {"esc"}, {"j"}, {"o"}, {"esc"}, {"k"}, {"p"},
			{"y"},
			{"esc"}, {"y"}, {"3"}, {"y"}, {"6"}, {"y"}, {"x", "o", "enter"}, {"esc"}} {
			d.press(keys...)
			check(strings.Join(keys, " "))
		}
		if d.store.last() != "" {
			t.Errorf("masking was written down: %q", d.store.last())
		}
		d.press("1", "M")
		d.sees("+375 29 333-22-00")
		if got := d.store.last(); got != "olga did unmasked: phones are shown whole again" {
			t.Errorf("the store was told %q", got)
		}
	})
}

func TestMasksStayOnInTheNextSession(t *testing.T) {
	t.Parallel()
	var kept map[string]string
	drive(t, 80, 24, nil, func(d *driver) {
		d.press("M", "ctrl+c")
		kept = d.store.kept
	})
	next(t, kept, func(d *driver) {
		d.sees("+375 29 ***-**-00")
		d.seesNot("333-22")
	})
}

func TestGoldenHistory(t *testing.T) {
	t.Parallel()
	for _, size := range goldenSizes {
		t.Run(fmt.Sprintf("%dx%d", size[0], size[1]), func(t *testing.T) {
			t.Parallel()
			drive(t, size[0], size[1], nil, func(d *driver) {
				d.press("p")
				golden.RequireEqual(t, d.frame())
			})
		})
	}
}

func TestMasksHidePhonesInsideTextsToo(t *testing.T) {
	t.Parallel()
	const text = "звоните 8 029 777-66-55 или +375297776655"
	change := func(_ *kit.Options, f *fakeStore) {
		for i := range f.replies {
			f.replies[i].Text, f.replies[i].OptOut = text, text
		}
		f.campaigns[0].Message.Text = text
		f.events = []model.PersonEvent{{Kind: model.EventMessage, At: start.Add(time.Hour), CampaignName: text,
			Text: text, Reason: model.Data(text), By: "anna"}}
	}
	for _, size := range [][2]int{{40, 10}, {80, 24}, {200, 60}} {
		drive(t, size[0], size[1], change, func(d *driver) {
			d.press("M")
			d.wait(time.Minute) // the message about it goes
			check := func(where string) {
				t.Helper()
				for _, digits := range []string{"777", "776", "766", "665"} {
					if strings.Contains(ansi.Strip(d.screen()), digits) {
						t.Errorf("%dx%d: %s shows %s:\n%s", size[0], size[1], where, digits, d.screen())
					}
				}
			}
			for _, keys := range [][]string{{"1"}, {"enter"}, {"esc"}, {"j"}, {"o"}, {"esc"}, {"k"},
				{"space", "space", "d"}, {"esc"},
				{"esc"}, {"p"}, {"esc"}, {"a"}, {"o", "k", "ctrl+s"}, {"1", "enter"}} {
				d.press(keys...)
				d.wait(time.Second)
				check(strings.Join(keys, " "))
			}
			d.press("esc", "esc", "esc", "esc")
			d.sees("***-**-0")
		})
	}
}

func TestAPersonWithThousandsOfEventsIsReadToTheFirstOne(t *testing.T) {
	t.Parallel()
	many := func(_ *kit.Options, f *fakeStore) {
		for i := range 1300 {
			f.events = append(f.events, model.PersonEvent{
				Kind: model.EventMessage, At: start.Add(-time.Duration(i) * time.Second),
				Text: fmt.Sprintf("message %d.", i)})
		}
	}
	drive(t, 80, 24, many, func(d *driver) {
		d.press("p")
		d.sees("500 messages · 0 replies · and older ones", "message 0.", "↓ more")
		p := d.root.d.Top().Dialog.(*person.History)
		if n := len(p.Lines); n > 50 {
			t.Errorf("%d lines were drawn for 20", n)
		}
		d.press("G")
		d.sees("message 498.", "1 000 messages · 0 replies · and older ones", "↓ more")
		d.press("pgdown")
		d.sees("message 500.")
		d.press("G", "G", "G")
		d.sees("1 302 messages · 1 reply · 1 note", "complaint")
		d.seesNot("and older ones", "↓ more")
		d.press("k")
		d.sees("↓ more")
		d.press("g")
		d.sees("message 0.")
	})
}
