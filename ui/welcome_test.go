package ui

import (
	"fmt"
	"testing"
	"time"

	"github.com/charmbracelet/x/exp/golden"

	"viberdeck/model"
	"viberdeck/ui/kit"
)

// away returns a store whose operator was last here three hours before the tests begin.
func away(n model.News) func(*kit.Options, *fakeStore) {
	return func(_ *kit.Options, f *fakeStore) {
		f.news = n
		f.kept["olga/dashboard"] = fmt.Sprintf(`{"tab":1,"seen":%q}`, start.Add(-3*time.Hour).Format(time.RFC3339))
	}
}

func eventful() model.News {
	return model.News{Sent: 3, Failed: 1, Unknown: 2, Replies: 12, OpenReplies: 9, Approvals: 1,
		Troubled: []string{"Autumn sale"}}
}

func TestTheNextSessionSaysWhatHappenedMeanwhile(t *testing.T) {
	t.Parallel()
	drive(t, 80, 24, away(eventful()), func(d *driver) {
		d.sees("Since you left (09:00)", "12 replies arrived, 9 still open", "3 campaigns were sent",
			"1 campaign FAILED", "look at: Autumn sale",
			"2 batches with an unknown", "1 campaign waits for approval", "any key closes this")
		d.press("3") // half a word typed before the box opened
		d.sees("Since you left")
		d.wait(time.Second)
		d.press("3")
		d.seesNot("Since you left")
		d.sees("[2 Campaigns]")
	})
}

func TestNothingIsSaidWhenNothingHappened(t *testing.T) {
	t.Parallel()
	drive(t, 80, 24, away(model.News{}), func(d *driver) { d.seesNot("Since you left", "Welcome") })
	first := func(_ *kit.Options, f *fakeStore) { f.news = eventful() }
	drive(t, 80, 24, first, func(d *driver) { d.seesNot("Since you left", "Welcome") })
	moment := func(_ *kit.Options, f *fakeStore) {
		f.news = eventful()
		f.kept["olga/dashboard"] = fmt.Sprintf(`{"seen":%q}`, start.Add(-10*time.Second).Format(time.RFC3339))
	}
	drive(t, 80, 24, moment, func(d *driver) { d.seesNot("Since you left", "Welcome") })
}

func TestASenderThatWasApprovedOrRejectedIsNamedAtTheNextStart(t *testing.T) {
	t.Parallel()
	var kept map[string]string
	drive(t, 80, 24, nil, func(d *driver) {
		d.seesNot("sender Shop")
		kept = d.store.kept
	})
	change := func(_ *kit.Options, f *fakeStore) {
		f.kept = kept
		f.senders[0].State, f.senders[0].Comment = model.SenderRejected, "not your trade mark"
	}
	drive(t, 80, 24, change, func(d *driver) {
		d.sees("sender Brand (minsk) is rejected now: not your trade mark")
		d.seesNot("sender Shop")
	})
	drive(t, 80, 24, change, func(d *driver) { d.seesNot("sender Brand") }) // it was reported
}

func TestAHalfWrittenCampaignIsOfferedAtTheNextStart(t *testing.T) {
	t.Parallel()
	var kept map[string]string
	drive(t, 80, 24, nil, func(d *driver) {
		d.press("2", "N", "tab")
		d.typeText("Winter")
		d.wait(kit.KeepPause) // and then it is killed
		kept = d.store.kept
	})
	next(t, kept, func(d *driver) {
		d.sees("Welcome back", "your campaign “Winter” of 12:00 is unfinished")
		d.wait(time.Second)
		d.press("N")
		d.sees("New campaign", "Winter")
	})
}

func TestThatTheOperatorIsHereIsKeptWhileNoKeyIsPressed(t *testing.T) {
	t.Parallel()
	drive(t, 80, 24, nil, func(d *driver) {
		for range 30 {
			d.wait(10 * time.Second)
		}
		var was memory
		root := New(options(d.store))
		if was = root.restore(d.store.kept["olga/dashboard"]); d.root.d.Now.Sub(was.Seen) > 2*presenceSavePause {
			t.Errorf("last kept at %s, now it is %s", was.Seen, d.root.d.Now)
		}
	})
}

func TestGoldenWelcome(t *testing.T) {
	t.Parallel()
	for _, size := range goldenSizes {
		t.Run(fmt.Sprintf("%dx%d", size[0], size[1]), func(t *testing.T) {
			t.Parallel()
			drive(t, size[0], size[1], away(eventful()), func(d *driver) { golden.RequireEqual(t, d.frame()) })
		})
	}
}
