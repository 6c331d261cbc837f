package ui

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"viberdeck/model"
	"viberdeck/ui/campaigns"
	"viberdeck/ui/kit"
)

func TestCampaignsAreStoppedRecalledAndApprovedWithAReasonWhenNot(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name  string
		state model.CampaignState
		keys  []string
		told  string
		sees  string
	}{
		{"a sending one is paused at once", model.CampaignSending, []string{"P"}, "olga pause c30", "paused: Sale 30"},
		{"a paused one goes on after a yes", model.CampaignPaused, []string{"P", "P", "y"}, "olga resume c30",
			"resumed: Sale 30"},
		{"a held one is recalled after a yes", model.CampaignHeld, []string{"X", "X", "enter", "y"}, "olga recall c30",
			"recalled: Sale 30"},
		{"a sent one is beyond recall", model.CampaignSent, []string{"X"}, "",
			"it is sent: there is nothing left to stop"},
		{"a large one is approved by its number", model.CampaignNeedsApproval,
			[]string{"v", "1", "2", "4", "0", "enter"}, "olga approve c30", "approved: Sale 30"},
		{"its maker is shown why not before anything is typed", model.CampaignNeedsApproval, []string{"v"}, "",
			"you made it; somebody else has to approve it"},
		{"another needs no approval", model.CampaignSent, []string{"v"}, "", "it needs no approval"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			change := func(_ *kit.Options, f *fakeStore) {
				f.campaigns[29].State, f.progress.Unknown = c.state, 0
				if strings.HasPrefix(c.name, "its maker") {
					f.campaigns[29].Operator = "olga"
				}
			}
			drive(t, 100, 24, change, func(d *driver) {
				d.press(append([]string{"2"}, c.keys...)...)
				if got := d.store.last(); got != c.told {
					t.Errorf("the store was told %q, not %q", got, c.told)
				}
				d.sees(c.sees)
			})
		})
	}
}

func TestACampaignIsStoppedAlsoWhereItsAccountCannotBeUsed(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		state model.CampaignState
		keys  []string
		told  string
	}{
		{model.CampaignSending, []string{"P"}, "olga pause c30"},
		{model.CampaignHeld, []string{"X", "X", "enter", "y"}, "olga recall c30"},
		{model.CampaignPaused, []string{"P"}, ""},
	} {
		change := func(o *kit.Options, f *fakeStore) {
			o.Unusable = map[string]model.Text{"minsk": model.Say("the account %s has no secret here", "minsk"),
				"shop": model.Say("the account %s has no secret here", "shop")}
			f.campaigns[29].State = c.state
		}
		drive(t, 120, 24, change, func(d *driver) {
			d.press(append([]string{"2"}, c.keys...)...)
			if got := d.store.last(); got != c.told {
				t.Errorf("%s: the store was told %q, not %q", c.state, got, c.told)
			}
			if c.told == "" {
				d.sees("pause or resume: the account")
			}
		})
	}
}

func TestWhatAPersonDidIsOnScreenBeforeTheCacheReportsIt(t *testing.T) {
	t.Parallel()
	sending := func(_ *kit.Options, f *fakeStore) { f.campaigns[29].State = model.CampaignSending }
	drive(t, 100, 24, sending, func(d *driver) {
		d.press("2")
		d.store.mu.Lock()
		d.store.campaigns[29].State = model.CampaignPaused // as P does; the store reports no change
		d.store.mu.Unlock()
		d.press("P")
		d.sees("Sale 30                  paused ", "paused: Sale 30")
	})
}

func TestAnApprovalSaysSenderTimeAndWhatItIsToCost(t *testing.T) {
	t.Parallel()
	change := func(_ *kit.Options, f *fakeStore) {
		c := &f.campaigns[29]
		c.State, c.SenderName, c.Cost, c.SendAt = model.CampaignNeedsApproval, "Brand", model.Money{}, time.Time{}
		c.Expected, _ = model.ParseMoney("12.4 EUR")
	}
	drive(t, 100, 24, change, func(d *driver) {
		d.press("2", "v")
		d.sees("Sender: Brand. Time: at once.", "Cost: 12.4 EUR")
	})
}

func TestAnApprovalShowsCountriesAndTheTextAsTheFirstPersonGetsIt(t *testing.T) {
	t.Parallel()
	change := func(_ *kit.Options, f *fakeStore) {
		c := &f.campaigns[29]
		c.State, c.Message.Text = model.CampaignNeedsApproval, "Hello {{name}}!"
		f.recipients = []model.Recipient{
			{Campaign: c.ID, Phone: 375291111111, Vars: map[string]string{"name": "Vera"}},
			{Campaign: c.ID, Phone: 375291111112, Vars: map[string]string{"name": "Oleg"}},
			{Campaign: c.ID + 1, Phone: 48221234567}}
	}
	drive(t, 100, 24, change, func(d *driver) {
		d.press("2", "v")
		d.sees("Countries: BY 2", "gets: Hello Vera!")
	})
}

func TestAPausedCampaignWithUnknownOutcomesGoesOnAfterTheNumber(t *testing.T) {
	t.Parallel()
	change := func(_ *kit.Options, f *fakeStore) { f.campaigns[29].State = model.CampaignPaused }
	drive(t, 100, 24, change, func(d *driver) {
		d.press("2", "P", "y", "enter")
		d.sees("it is unknown whether 100 people got it")
		if got := d.store.last(); got != "" {
			t.Errorf("without the number the store was told %q", got)
		}
		d.press("esc", "P", "6", "4", "0", "enter")
		if got := d.store.last(); got != "olga resume c30" {
			t.Errorf("the store was told %q", got)
		}
	})
}

func TestACampaignOfTheVendorCannotBeStoppedFromHere(t *testing.T) {
	t.Parallel()
	drive(t, 100, 24, func(_ *kit.Options, f *fakeStore) { f.campaigns[29].Ours = false }, func(d *driver) {
		d.press("2", "X")
		d.sees("sms.by cannot stop a mailing")
	})
}

func TestAnAccountThatIsReadOnlySendsNothing(t *testing.T) {
	t.Parallel()
	drive(t, 100, 24, func(o *kit.Options, _ *fakeStore) { o.Accounts[0].ReadOnly = true }, func(d *driver) {
		d.press("2", "X")
		d.sees("the account minsk is read-only")
		d.write("Winter sale", "Скидка", "+375291111111")
		d.press("ctrl+s")
		d.sees("! the account minsk is read-only")
	})
}

func TestTheOpenedCampaignIsTheOneOfRecipientsAndStatistics(t *testing.T) {
	t.Parallel()
	drive(t, 80, 24, nil, func(d *driver) {
		d.press("2", "j", "enter", "3")
		d.sees("No people here")
		d.press("esc")
		d.sees("1/5 000")
		d.press("2", "esc", "k", "enter", "3")
		d.sees("1/5 000", "Sale 30")
		d.press("4")
		d.sees("Sale 30 · minsk (sms.by)")
	})
}

func TestStatisticsSayWhatIsUnknownAndAddUp(t *testing.T) {
	t.Parallel()
	change := func(_ *kit.Options, f *fakeStore) {
		f.stats.Totals = model.Totals{Recipients: model.Known(100), Sent: model.Known(100), Delivered: model.Known(80),
			Undelivered: model.Known(15),
			Expired:     model.Known(3), Failed: model.Known(0), Unknown: model.Known(0)}
		f.stats.Cost = model.Money{}
	}
	drive(t, 230, 40, change, func(d *driver) {
		d.press("4")
		d.sees("of 100 recipients", "delivered          80   80.0 %", "undelivered        15   15.0 %",
			"expired             3    3.0 %", "failed              0",
			"under way           2    2.0 %", "read                —  not reported yet",
			"clicked             —  not reported yet", "cost               —  not reported by the vendor",
			"as of 11:59:48")
		d.seesNot(" 0.0 %", "—      0 %")
	})
	tooMany := func(_ *kit.Options, f *fakeStore) { f.stats.Totals.Undelivered = model.Known(900) }
	drive(t, 230, 40, tooMany, func(d *driver) {
		d.press("4")
		d.sees("together 1 920, 680 too many")
	})
}

func TestPhonesAreBlockedAndUnblockedWithReasonAndNumber(t *testing.T) {
	t.Parallel()
	drive(t, 80, 24, nil, func(d *driver) {
		d.press("6", "o")
		d.typeText("80291234567, +375 29 123-45-68")
		d.press("enter")
		d.sees("Why are they blocked?")
		d.press("enter")
		d.sees("say why")
		d.typeText("жалоба")
		d.press("enter")
		d.sees("Block 2 phones?", "+375 29 123-45-67")
		d.press("y", "enter", "backspace", "2", "enter")
		if got := d.store.last(); got != "olga block [+375291234567 +375291234568] жалоба [] operator" {
			t.Errorf("the store was told %q", got)
		}
		d.press("x")
		d.typeText("a mistake")
		d.press("enter")
		d.sees("These people may get messages again")
		d.press("enter", "x", "enter", "backspace", "1", "enter")
		if got := d.store.last(); got != "olga unblock [+375291111111] a mistake" {
			t.Errorf("the store was told %q", got)
		}
	})
}

func TestAnUnknownBatchIsDecidedByATypedWord(t *testing.T) {
	t.Parallel()
	drive(t, 80, 24, nil, func(d *driver) {
		d.press("7", "enter")
		d.sees("Evidence: the vendor lists no mailing of that name", "TWICE")
		d.press("enter", "y", "enter")
		d.sees("type one of the three words")
		d.press("backspace")
		d.typeText("resend")
		d.press("enter")
		d.sees("100 people will get it AGAIN through minsk", "price unknown", "the number of people")
		d.typeText("99")
		d.press("enter")
		d.sees("that is not the number of people")
		if got := d.store.last(); strings.Contains(got, "resolve") {
			t.Errorf("the store was told %q without the number", got)
		}
		d.press("backspace", "backspace")
		d.typeText("100")
		d.press("enter")
		if got := d.store.last(); got != "olga resolve b7 resend" {
			t.Errorf("the store was told %q", got)
		}
		d.press("j", "enter")
		d.sees("only a batch whose outcome is unknown")
	})
}

func TestWhatIsTypedToDecideMayBeRussian(t *testing.T) {
	t.Parallel()
	drive(t, 80, 24, func(o *kit.Options, _ *fakeStore) { o.Language = model.Russian }, func(d *driver) {
		d.press("7", "enter")
		d.sees("принят, повтор или снят")
		d.typeText("Повтор")
		d.press("enter")
		d.sees("100 человек", "ЕЩЁ РАЗ")
		d.typeText("100")
		d.press("enter")
		if got := d.store.last(); got != "olga resolve b7 resend" {
			t.Errorf("the store was told %q", got)
		}
		d.store.overview.Brake = model.Brake{On: true, By: "olga", Since: start}
		d.press("r", "B")
		d.sees("«снять»")
		d.typeText("снять")
		d.press("enter")
		if got := d.store.last(); got != "olga brake false " {
			t.Errorf("the store was told %q", got)
		}
	})
}

func TestTheBrakeSaysWhatStopsAndWantsAWordToComeOff(t *testing.T) {
	t.Parallel()
	drive(t, 80, 24, nil, func(d *driver) {
		d.press("B")
		d.sees("waiting or under way: 2 batches")
		d.press("B", "enter", "y")
		if got := d.store.last(); got != "olga brake true by hand from the dashboard" {
			t.Errorf("the store was told %q", got)
		}
		d.store.overview.Brake = model.Brake{On: true, By: "olga", Since: start}
		d.press("r", "B")
		d.typeText("off")
		d.press("enter")
		if got := d.store.last(); got != "olga brake false " {
			t.Errorf("the store was told %q", got)
		}
	})
}

func TestALongListHoldsThreePagesAtMost(t *testing.T) {
	t.Parallel()
	drive(t, 80, 24, nil, func(d *driver) {
		d.press("3")
		g := &d.root.screens[2].(*campaigns.Recipients).Grid
		check := func() {
			t.Helper()
			if len(g.Rows) > 3*kit.PageRows+g.Height {
				t.Fatalf("%d rows are held", len(g.Rows))
			}
		}
		for range 120 {
			d.press("pgdown")
			check()
		}
		d.sees("+375 29 100-21-60", "2 161/5 000")
		place := g.Place()
		for range 100 {
			d.press("pgup")
			check()
		}
		if g.Place() >= place-1500 {
			t.Errorf("100 pages up from %d the cursor is on %d", place, g.Place())
		}
		d.press("G")
		d.sees("5 000/5 000", "+375 29 100-49-99")
		d.press("k", "g")
		d.sees("1/5 000")
		d.seesNot("+375 29 100-49-99")
	})
}

func TestSortingKeepsTheCursorOnItsRow(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		tab, row string
		orders   []string
	}{
		{"2", "Sale 27", []string{"by created ↓", "by name ↑", "by state ↑"}},
		{"3", "+375 29 100-00-03", []string{"by status ↑", "by updated ↓", "by phone ↑"}},
		{"1", "333-22-03", []string{"by arrival ↓", "by phone ↑", "by campaign ↑"}},
	} {
		drive(t, 120, 24, nil, func(d *driver) {
			d.press(c.tab, "j", "j", "j", "S")
			d.sees("s sorts by a column")
			for _, order := range c.orders {
				d.press("s")
				d.sees(order)
				if !strings.Contains(d.selected(), c.row) {
					t.Errorf("%s: the cursor is on %q", order, d.selected())
				}
			}
			d.press("S")
			d.sees(strings.NewReplacer("↓", "↑", "↑", "↓").Replace(c.orders[2]))
			d.press("esc")
			d.seesNot("by phone")
			if !strings.Contains(d.selected(), c.row) {
				t.Errorf("without an order the cursor is on %q", d.selected())
			}
		})
	}
}

func TestCopySaysThatNobodyKnowsWhetherItArrived(t *testing.T) {
	t.Parallel()
	drive(t, 120, 24, nil, func(d *driver) {
		d.press("y")
		d.sees("offered to your terminal's clipboard (OSC 52; it may refuse): +375293332200; Y shows it to select")
	})
	drive(t, 120, 24, func(o *kit.Options, _ *fakeStore) { o.Env = []string{"TMUX=/tmp/tmux-0/default,1,0"} },
		func(d *driver) {
			d.press("y")
			d.sees("offered through tmux to your terminal's clipboard (OSC 52; needs tmux's set-clipboard on): " +
				"+375293332200")
			if !slices.ContainsFunc(d.messages, func(m tea.Msg) bool {
				raw, ok := m.(tea.RawMsg)
				return ok && strings.HasPrefix(fmt.Sprint(raw.Msg), "\x1bPtmux;")
			}) {
				t.Error("the sequence was not wrapped for tmux")
			}
		})
}

func TestATextTooLongForAClipboardIsNotOffered(t *testing.T) {
	t.Parallel()
	drive(t, 120, 24, nil, func(d *driver) {
		cmd := d.root.d.Copied(strings.Repeat("x", kit.ClipboardMost+1))
		before := len(d.messages)
		d.run(cmd)
		d.settle()
		d.sees("too long for a terminal's clipboard (74 001 bytes")
		if len(d.messages) != before {
			t.Errorf("%d messages were sent", len(d.messages)-before)
		}
	})
}

func TestWhatWasCopiedIsShownAsPlainTextAndMaskedWhileMasksAreOn(t *testing.T) {
	t.Parallel()
	drive(t, 80, 24, nil, func(d *driver) {
		d.press("Y")
		d.sees("nothing was copied yet; y copies")
		d.press("space", "space", "y", "Y")
		lines := strings.Split(d.screen(), "\n")
		if strings.TrimRight(lines[1], " ") != "+375293332200" || strings.TrimRight(lines[2], " ") != "+375293332201" {
			t.Errorf("the copied phones are shown as %q and %q", lines[1], lines[2])
		}
		d.press("esc", "M", "Y")
		d.seesNot("333220", "333-22-0")
		d.sees("***")
	})
}

func TestMessagesStayLongEnoughToRead(t *testing.T) {
	t.Parallel()
	drive(t, 120, 24, nil, func(d *driver) {
		d.press("d")
		d.wait(3 * time.Second)
		d.sees("1 reply done")
		d.wait(3 * time.Second)
		d.seesNot("1 reply done")
	})
}

func TestStatesAreShownByWordsWithoutColour(t *testing.T) {
	t.Parallel()
	// The screens of these tests have no styles left: what they show is what a terminal without
	// colour shows.
	drive(t, 120, 40, nil, func(d *driver) {
		d.press("space")
		d.sees("•", "▸", "stop?", "anna", "5h00!", "*")
		d.press("2")
		d.sees("held 42 s", "paused", "sending 40.3 %", "[2 Campaigns]")
		d.press("5")
		d.sees("REJECTED", "pending", "approved")
		d.press("7")
		d.sees("UNKNOWN")
	})
}
