package ui

import (
	"strings"
	"testing"
	"time"

	"viberdeck/model"
	"viberdeck/ui/kit"
)

// next runs a session that begins with the state an earlier one kept.
func next(t *testing.T, kept map[string]string, test func(d *driver)) {
	t.Helper()
	drive(t, 80, 24, func(_ *kit.Options, f *fakeStore) { f.kept = kept }, test)
}

func TestAKilledSessionComesBackToTheSameRowFilterAndOrder(t *testing.T) {
	t.Parallel()
	var kept map[string]string
	var row string
	drive(t, 80, 24, nil, func(d *driver) {
		d.press("j", "j", "2", "s", "j", "j", "j", "3", "pgdown", "pgdown", "pgdown", "pgdown", "j")
		d.wait(kit.KeepPause) // and then it is killed
		kept, row = d.store.kept, d.selected()
	})
	next(t, kept, func(d *driver) {
		d.sees("[3 Recip")
		if d.selected() != row {
			t.Errorf("the cursor is on %q", d.selected())
		}
		d.press("1")
		if !strings.Contains(d.selected(), "333-22-02") {
			t.Errorf("in Replies the cursor is on %q", d.selected())
		}
		d.press("2")
		d.sees("by created ↓")
		if !strings.Contains(d.selected(), "Sale 27") {
			t.Errorf("in Campaigns the cursor is on %q", d.selected())
		}
	})
}

func TestASessionComesBackIntoTheOpenCampaign(t *testing.T) {
	t.Parallel()
	var kept map[string]string
	drive(t, 80, 24, nil, func(d *driver) {
		d.press("2", "enter", "tab", "tab", "ctrl+c")
		kept = d.store.kept
	})
	next(t, kept, func(d *driver) {
		d.sees("Sale 30", "[Message]", "Скидка 20 %")
		d.press("3")
		d.sees("Sale 30", "100-00-00")
	})
}

func TestARowThatIsGoneGivesItsPlaceToTheNextOne(t *testing.T) {
	t.Parallel()
	var kept map[string]string
	drive(t, 80, 24, nil, func(d *driver) {
		d.press("j", "j", "j", "ctrl+c")
		kept = d.store.kept
	})
	drive(t, 80, 24, func(_ *kit.Options, f *fakeStore) {
		f.kept = kept
		f.replies[3].State = model.ReplyDone
	}, func(d *driver) {
		if !strings.Contains(d.selected(), "333-22-04") {
			t.Errorf("the cursor is on %q", d.selected())
		}
	})
}

func TestAKeptPlaceThatNobodyUnderstandsOpensTheListAtItsBeginning(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"", "{", `{"tab":99}`, `{"tab":0,"screens":{"Replies":"is:unread","Campaigns":"[]"}}`,
		`{"screens":{"Replies":"{\"id\":\"r9\",\"key\":\"zzz\"}"}}`} {
		next(t, map[string]string{"olga/dashboard": text}, func(d *driver) {
			d.sees("[1 Replies")
			d.press("2")
			d.sees("Sale 30")
		})
	}
}

func TestAHangUpInTheMiddleOfAWordKeepsCampaignAnswerAndPlace(t *testing.T) {
	t.Parallel()
	drive(t, 80, 24, nil, func(d *driver) {
		d.press("j", "a")
		d.typeText("half an ans")
		d.root.leave()
		if got := d.store.kept["olga/answer r2"]; !strings.Contains(got, "half an ans") {
			t.Errorf("of the answer is kept: %q", got)
		}
		d.press("esc", "2", "N", "tab")
		d.typeText("Wint")
		d.root.leave()
		if got := d.store.kept["olga/draft"]; !strings.Contains(got, "Wint") {
			t.Errorf("of the campaign is kept: %q", got)
		}
		if got := d.store.kept["olga/dashboard"]; !strings.Contains(got, `"tab":1`) {
			t.Errorf("of the place is kept: %q", got)
		}
	})
}

func TestAnEndBeforeTheMemoryWasReadOverwritesNothing(t *testing.T) {
	t.Parallel()
	store := newFakeStore(start)
	store.kept["olga/dashboard"] = "as it was"
	New(options(store)).leave()
	if got := store.kept["olga/dashboard"]; got != "as it was" {
		t.Errorf("kept: %q", got)
	}
}

func TestSomebodyWhoNeverPausesLosesNoMoreThanTwoSecondsOfADraft(t *testing.T) {
	t.Parallel()
	drive(t, 80, 24, nil, func(d *driver) {
		d.press("2", "N", "tab")
		for range 50 {
			d.typeText("x")
			d.wait(100 * time.Millisecond)
		}
		if n := strings.Count(d.store.kept["olga/draft"], "x"); n < 30 {
			t.Errorf("of 50 letters %d are kept: %s", n, d.store.kept["olga/draft"])
		}
	})
}

func TestAHalfTypedReasonComesBackAndIsForgottenOnceItIsGiven(t *testing.T) {
	t.Parallel()
	var kept map[string]string
	drive(t, 80, 24, nil, func(d *driver) {
		d.press("6", "o")
		d.typeText("80291111119")
		d.press("enter")
		d.typeText("asked by")
		d.wait(kit.KeepPause)
		kept = d.store.kept
	})
	next(t, kept, func(d *driver) {
		d.press("6", "o")
		d.typeText("80291111119")
		d.press("enter")
		d.sees("asked by", "what you began to write here is back")
		d.typeText(" phone")
		d.press("enter")
		d.wait(2 * kit.KeepPause)
		if got := d.store.kept["olga/block reason"]; got != "" {
			t.Errorf("still kept: %q", got)
		}
	})
}
