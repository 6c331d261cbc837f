package ui

import (
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"viberdeck/model"
	"viberdeck/ui/campaigns"
	"viberdeck/ui/kit"
	"viberdeck/ui/term"
)

func TestAWrongFilterIsExplainedWholeWhenItIsEntered(t *testing.T) {
	t.Parallel()
	drive(t, 80, 24, nil, func(d *driver) {
		d.press("2", "/")
		d.typeText("foo:bar")
		d.press("enter")
		d.sees("there is no field \"foo:\"", "before, after")
	})
}

func TestADialogOverTheFormLeavesTheFormInSight(t *testing.T) {
	t.Parallel()
	drive(t, 120, 40, nil, func(d *driver) {
		d.press("2", "N", "tab")
		d.typeText("Spring")
		d.press("ctrl+o")
		d.sees("People from which file?", "New campaign")
	})
}

func TestAConfirmationShowsItsKeysAndNotAnEarlierMessage(t *testing.T) {
	t.Parallel()
	drive(t, 80, 24, nil, func(d *driver) {
		d.press("2", "N", "tab")
		d.typeText("Spring")
		d.press("esc", "N")
		d.sees("your draft of")
		d.root.d.OpenUnasked(newHelp(d.root.d, nil, "x"))
		d.sees("Esc close")
		d.seesNot("your draft of")
	})
}

func TestWhatOneVendorRefusedIsNotHeldAgainstTheNext(t *testing.T) {
	t.Parallel()
	drive(t, 120, 40, nil, func(d *driver) {
		d.press("2", "N", "ctrl+s")
		var known bool
		for _, x := range d.form().Fields {
			known = known || x.Wrong != ""
		}
		if !known {
			t.Fatal("nothing was refused")
		}
		d.form().GoTo("account")
		d.press("right")
		for _, x := range d.form().Fields {
			if x.Wrong != "" {
				t.Errorf("%s still says %s", x.Key, x.Wrong)
			}
		}
	})
}

func TestWhatColumnsCutIsWholeBelowTheLogAndTheBlacklist(t *testing.T) {
	t.Parallel()
	const why = "connection refused by the other side of the line"
	change := func(_ *kit.Options, f *fakeStore) {
		f.logs = []model.LogEntry{{ID: 1, At: start, Account: "minsk", Method: "getViberDeliveryList", Try: 1,
			Result: model.Data(why)}}
		f.blacklist = []model.BlacklistEntry{{Phone: 375290000001, Reason: model.Data(why), AddedBy: "anna",
			AddedAt: start,
			Source:  model.SourceReply, Reply: 7}}
	}
	drive(t, 80, 24, change, func(d *driver) {
		d.press("8")
		d.sees("minsk · getViberDeliveryList", why)
		d.press("6")
		d.sees(why, "anna · reply · ")
	})
}

func TestWhatWasPastedOutsideAFieldIsSearchedForByTheNextKeyOnly(t *testing.T) {
	t.Parallel()
	drive(t, 100, 24, nil, func(d *driver) {
		d.press("2")
		d.send(tea.PasteMsg{Content: "Sale\n27"})
		d.sees("/ searches for it")
		d.press("/")
		d.wait(time.Second)
		d.sees(`/ "Sale 27"`)
		d.press("esc")
		d.send(tea.PasteMsg{Content: "q"})
		d.press("j", "/")
		d.seesNot("/ q")
		d.press("esc", "4")
		d.send(tea.PasteMsg{Content: "q"})
		d.seesNot("searches for it")
	})
}

func TestAKeyThatMeansNothingHereSaysSo(t *testing.T) {
	t.Parallel()
	drive(t, 100, 24, func(_ *kit.Options, f *fakeStore) { f.campaigns = nil }, func(d *driver) {
		d.press("2", "d")
		d.sees("d does nothing here; ? shows the keys of this screen")
		d.press("A")
		d.sees("there is nothing here to mark")
	})
}

func TestTheStatusLineKeepsItsPartsApart(t *testing.T) {
	t.Parallel()
	drive(t, 120, 24, func(_ *kit.Options, f *fakeStore) { f.overview.Brake = model.Brake{On: true, By: "anna"} },
		func(d *driver) {
			d.sees("BRAKE by anna · minsk shop")
			d.press("M")
			d.sees("phones masked · minsk shop")
		})
}

func TestTheStatusLineSaysThatTheDiskIsFull(t *testing.T) {
	t.Parallel()
	drive(t, 120, 24, func(_ *kit.Options, f *fakeStore) { f.overview.Space = model.DiskSpace{Low: true} },
		func(d *driver) { d.sees("DISK FULL, nothing is sent") })
}

func TestTheStatusLineSaysSinceWhenSomeAccountsAreOffline(t *testing.T) {
	t.Parallel()
	change := func(_ *kit.Options, f *fakeStore) {
		f.overview.Accounts[0].Online, f.overview.Accounts[0].Since = false, start.Add(-time.Hour)
	}
	drive(t, 120, 24, change, func(d *driver) { d.sees("OFFLINE minsk since 11:00") })
}

func TestWhatOnlyWaitsInItsRecallWindowIsNotCalledSending(t *testing.T) {
	t.Parallel()
	drive(t, 120, 24, func(_ *kit.Options, f *fakeStore) {
		f.overview.Sending, f.overview.Held, f.overview.Unknown = 1, 1, 0
	}, func(d *driver) {
		d.sees("outbox 1 held")
		d.seesNot("sending")
	})
}

func TestAPausedCampaignIsNotDue(t *testing.T) {
	t.Parallel()
	change := func(_ *kit.Options, f *fakeStore) {
		f.outbox = []model.OutboxRow{{Campaign: 1, CampaignName: "Sale", CampaignState: model.CampaignPaused,
			Account: "minsk", State: model.BatchQueued,
			Recipients: 60, DueAt: start.Add(9 * time.Minute)}}
	}
	drive(t, 100, 24, change, func(d *driver) {
		d.press("7")
		d.sees("paused")
		d.seesNot("in 9m")
	})
}

func TestAFigureOfProgressStaysWithItsWord(t *testing.T) {
	t.Parallel()
	for _, l := range term.WholeParts("accepted 0 · refused 0 · under way 0 · wait 60", 30) {
		if term.WidthOf(l) > 30 || strings.HasSuffix(l, "·") || strings.HasPrefix(l, "60") {
			t.Errorf("%q", l)
		}
	}
}

func TestActivityIsReadableToItsEndInForty(t *testing.T) {
	t.Parallel()
	drive(t, 40, 10, nil, func(d *driver) {
		lines := strings.Join(campaigns.ActivityLines(d.root.d,
			[]model.Activity{{At: start, Operator: "anna", Action: "submitted",
				Detail: model.Data("230 people through minsk")}},
			38), "\n")
		if !strings.Contains(lines, "minsk") || strings.Contains(lines, "…") {
			t.Errorf("cut:\n%s", lines)
		}
	})
}
