package ui

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"viberdeck/ui/kit"
)

func TestThePaletteOffersEveryActionOfEveryScreen(t *testing.T) {
	t.Parallel()
	drive(t, 100, 30, nil, func(d *driver) {
		offered := map[string]bool{}
		for _, c := range d.root.palette().(*kit.Picker).Choices {
			if offered[c.Name] {
				t.Errorf("%s is offered twice", c.Name)
			}
			if offered[c.Name] = true; c.Note == "" {
				t.Errorf("%s says neither key nor reason", c.Name)
			}
		}
		for i := range d.root.screens {
			d.root.front = i
			for _, table := range d.root.bindings() {
				for _, b := range table {
					if !offered[string(b.Action)] {
						t.Errorf("%s is not offered", b.Action)
					}
				}
			}
		}
	})
}

func TestThePaletteSaysWhereAnActionOfAnotherScreenIs(t *testing.T) {
	t.Parallel()
	drive(t, 100, 30, nil, func(d *driver) {
		d.press(":")
		d.typeText("duplic")
		d.sees("duplicate", "D · not here: it belongs to Campaigns, press 2 first")
		d.press("enter")
		d.sees("Actions of Replies", "not here: it belongs to Campaigns")
	})
}

func TestThePaletteUnderstandsTheCyrillicLayout(t *testing.T) {
	t.Parallel()
	drive(t, 100, 30, nil, func(d *driver) {
		d.press("Ж") // ":" in that place
		d.typeText("ыдфин")
		d.sees("nothing matches")
		d.press("esc", "Ж")
		d.typeText("ытщщяу") // snooze
		d.sees("put it off until a time")
		d.press("enter")
		d.sees("tomorrow 9:00")
	})
}

func TestThePaletteFindsFirstWhatBeginsAsTyped(t *testing.T) {
	t.Parallel()
	drive(t, 100, 30, nil, func(d *driver) {
		d.press("2", ":")
		d.typeText("pau")
		d.sees("▸ pause or resume")
		d.press("esc", ":")
		d.typeText("resu")
		d.sees("▸ pause or resume")
	})
}

func TestHelpIsSearchedByWordsWithSpacesAndSaysWhenNothingMatches(t *testing.T) {
	t.Parallel()
	drive(t, 100, 30, nil, func(d *driver) {
		d.press("2", "?", "/") // the search key of every list is not part of the searched text
		d.typeText("or resume")
		d.sees("pause it at once, or resume it after a question")
		d.seesNot("write a new campaign")
		d.typeText("zzz")
		d.sees("nothing matches")
	})
}

func TestAMessageOfOneScreenIsNotLeftOnTheNext(t *testing.T) {
	t.Parallel()
	drive(t, 100, 30, nil, func(d *driver) {
		d.press("esc")
		d.sees("this is the top level")
		d.press("2")
		d.seesNot("this is the top level")
	})
}

func TestTheOrderIsNamedInWords(t *testing.T) {
	t.Parallel()
	drive(t, 100, 30, nil, func(d *driver) {
		d.press("2", "s")
		d.sees("by created ↓")
		d.seesNot("created_at")
	})
}

func TestALineOfKeysThatDoesNotFitKeepsTheWayOut(t *testing.T) {
	t.Parallel()
	hint := "ctrl+s check and send   ctrl+n sender   ctrl+r account   Esc leaves, draft stays"
	for w, want := range map[int]string{
		100: hint,
		78:  "ctrl+s check and send   ctrl+n sender   Esc leaves, draft stays",
		50:  "ctrl+s check and send   Esc leaves, draft stays",
	} {
		if got := hintWithin(hint, w); got != want {
			t.Errorf("in %d columns %q", w, got)
		}
	}
}

func TestTheMessageOfADialogGoesWithIt(t *testing.T) {
	t.Parallel()
	drive(t, 100, 30, nil, func(d *driver) {
		d.press("2", "N", "tab")
		d.typeText("Spring")
		d.press("esc", "N")
		d.sees("your draft of")
		d.press("esc")
		d.seesNot("your draft of")
	})
}

func TestAFortyColumnStatusLineNamesTheAccountsWhileNothingIsOnItsWay(t *testing.T) {
	t.Parallel()
	drive(t, 40, 10, func(_ *kit.Options, f *fakeStore) { f.overview.Sending, f.overview.Unknown = 0, 0 },
		func(d *driver) {
			d.sees("LIVE 2 acc.")
		})
}

func TestKeysThatPeopleKnowFromOtherProgramsWork(t *testing.T) {
	t.Parallel()
	drive(t, 100, 30, nil, func(d *driver) {
		d.press("2")
		d.sees("▸ Sale 30")
		d.press("ctrl+d")
		d.sees("▸ Sale 18")
		d.press("ctrl+u")
		d.sees("▸ Sale 30")
		d.press("]")
		d.sees("[3 Recipients]")
		d.press("[", "[")
		d.sees("[1 Replies 12]")
		d.press("х") // the key of [ on a Cyrillic layout
		d.sees("[8 Log]")
		d.press("ъ")
		d.sees("[1 Replies 12]")
	})
}

func TestEscTwiceInAMomentIsTwoEscs(t *testing.T) {
	t.Parallel()
	drive(t, 100, 30, nil, func(d *driver) {
		d.press("2", "enter")
		d.send(tea.KeyPressMsg{Code: tea.KeyEscape, Mod: tea.ModAlt})
		d.seesNot("alt+esc")
		d.sees("this is the top level")
	})
}

func TestHelpIsGroupedByWhatOneWantsToDoThisScreenFirst(t *testing.T) {
	t.Parallel()
	drive(t, 100, 60, nil, func(d *driver) {
		d.press("?")
		rest := d.screen()
		for _, text := range []string{"Act ", "put it off until a time", "Look closer", "read it on the whole screen",
			"Find and sort", "Choose several", "Copy and export", "Move "} {
			_, after, ok := strings.Cut(rest, text)
			if !ok {
				t.Fatalf("%q does not follow in\n%s", text, rest)
			}
			rest = after
		}
	})
}

func TestThePaletteLeadsWithWhatIsPossibleHereAndEndsWithWhatBelongsElsewhere(t *testing.T) {
	t.Parallel()
	drive(t, 100, 30, nil, func(d *driver) {
		d.press("8")
		choices, last := d.root.palette().(*kit.Picker).Choices, 0
		for i, c := range choices {
			now := 0
			switch {
			case strings.Contains(c.Note, "not here:"):
				now = 2
			case c.Off:
				now = 1
			}
			if now < last {
				t.Errorf("line %d, %s (%s), comes too late", i, c.Name, c.Note)
			}
			last = now
		}
		if last != 2 {
			t.Error("nothing belongs elsewhere")
		}
	})
}

func TestThePaletteTakesWhatAnActionIsFor(t *testing.T) {
	t.Parallel()
	drive(t, 100, 30, nil, func(d *driver) {
		d.press(":")
		d.typeText("filter from:x")
		d.sees("▸ filter from:x")
		d.press("enter")
		if got := d.root.screens[0].Memory(); !strings.Contains(got, "from:x") {
			t.Errorf("the filter is not in force: %s", got)
		}
		d.press(":")
		d.typeText("filter nosuchfield:x")
		d.press("enter")
		d.sees("nosuchfield")
		d.press("esc", ":")
		d.typeText("go outbox")
		d.press("enter")
		d.sees("[7 Outbox")
		d.press(":")
		d.typeText("go Sale 30")
		d.press("enter")
		d.sees("[2 Campaigns]")
		d.press(":")
		d.typeText("snooze 2h")
		d.sees("nothing matches")
	})
}

func TestThePalettePutsAReplyOffForAsLongAsIsTyped(t *testing.T) {
	t.Parallel()
	drive(t, 100, 30, nil, func(d *driver) {
		d.press(":")
		d.typeText("snooze 2h")
		d.press("enter")
		d.sees("1 reply snoozed until")
	})
}

func TestThePalettePutsALabelOnAReplyAndTakesItOff(t *testing.T) {
	t.Parallel()
	drive(t, 100, 30, nil, func(d *driver) {
		d.press(":")
		d.sees(":label vip")
		d.typeText("label vip")
		d.sees("▸ label vip")
		d.press("enter")
		d.sees("label vip on 1 reply")
		if got := d.store.last(); !strings.Contains(got, "vip") {
			t.Errorf("the label was not put on: %s", got)
		}
		d.press(":")
		d.typeText("label \u00a0vip")
		d.press("enter")
		d.sees("label vip off 1 reply")
		count := len(d.store.did)
		d.press(":")
		d.typeText("label " + strings.Repeat("v", 41))
		d.press("enter")
		d.sees("a label has 1 to 40 characters")
		if len(d.store.did) != count {
			t.Errorf("a label that is too long was stored: %s", d.store.last())
		}
	})
}

func TestHelpScrollsByHalfPagesAsListsDo(t *testing.T) {
	t.Parallel()
	drive(t, 80, 24, nil, func(d *driver) {
		d.press("?")
		first := d.screen()
		d.press("ctrl+d")
		if d.screen() == first {
			t.Error("ctrl+d does not scroll the help")
		}
		d.press("ctrl+u")
		if d.screen() != first {
			t.Errorf("ctrl+u does not scroll back:\n%s", d.screen())
		}
	})
}

func TestGEndsTheTextOfStatisticsAndOfACampaign(t *testing.T) {
	t.Parallel()
	for _, way := range [][]string{{"4"}, {"2", "enter", "tab"}, {"2", "enter", "tab", "tab"}} {
		drive(t, 80, 10, nil, func(d *driver) {
			d.press(way...)
			first := d.screen()
			d.press("G")
			if last := d.screen(); last == first || strings.Contains(last, "↓") {
				t.Errorf("after %v G leaves\n%s", way, last)
			}
			d.press("g")
			if d.screen() != first {
				t.Errorf("after %v g does not go back:\n%s", way, d.screen())
			}
		})
	}
}

func TestTheStatusLineNamesWhoIsHereOnlyBesideOthers(t *testing.T) {
	t.Parallel()
	drive(t, 100, 30, func(_ *kit.Options, f *fakeStore) { f.overview.Operators = nil }, func(d *driver) {
		d.seesNot("here:")
	})
}

func TestTheStatusLineLeavesOutWhatIsNone(t *testing.T) {
	t.Parallel()
	drive(t, 100, 30, func(_ *kit.Options, f *fakeStore) {
		f.overview.Sending, f.overview.Held, f.overview.Unknown = 0, 0, 1
	},
		func(d *driver) {
			d.sees("outbox 1 unknown")
			d.seesNot("0 sending")
		})
}
