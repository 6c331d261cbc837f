package ui

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"viberdeck/model"
	"viberdeck/ui/kit"
)

// withViews gives the configuration two views of Replies and one of Recipients.
func withViews(o *kit.Options, _ *fakeStore) {
	o.Views = []model.View{
		{Name: "unread", List: model.TopicReplies, Filter: "is:unread"},
		{Name: "не в Viber", List: model.TopicRecipients, Filter: "status:undelivered", Sort: "-updated_at"},
		{Name: "всё", List: model.TopicReplies, Filter: "-is:done"},
	}
}

func TestANumberAppliesASavedViewAndTheFilterLineNamesIt(t *testing.T) {
	t.Parallel()
	drive(t, 80, 24, withViews, func(d *driver) {
		d.sees(" 1 unread 6 ", " 2 всё ")
		d.press("V")
		d.sees("Saved views: replies", "▸ 1 unread", "is:unread", "for everybody, from the configuration")
		d.press("1")
		d.sees("[1 unread 6]", "view “unread” · is:unread")
		d.press("esc")
		d.seesNot("view “unread”")
		d.press("3", "V", "enter")
		d.sees("view “не в Viber” · status:undelivered", "by updated ↓")
	})
}

func TestTheFilterInForceIsKeptUnderANameOfOnesOwn(t *testing.T) {
	t.Parallel()
	drive(t, 80, 24, withViews, func(d *driver) {
		d.press("/", "ctrl+u")
		d.typeText("has:label is:open")
		d.press("esc", "/", "ctrl+u")
		d.typeText("is:snoozed")
		d.press("enter", "s", "V", "s")
		d.sees("Save the filter under a name", "is:snoozed · by arrival ↓")
		d.typeText("UNREAD")
		d.press("enter")
		d.sees("a view of the configuration is called")
		d.press("ctrl+u")
		d.typeText("Завтра 👨‍👩‍👧")
		d.press("enter")
		d.sees("saved as “Завтра 👨👩👧”", "view “Завтра 👨👩👧” · is:snoozed", "3 Завтра")
		var kept []model.View
		if err := json.Unmarshal([]byte(d.store.kept["olga/views"]), &kept); err != nil || len(kept) != 1 ||
			kept[0].Sort != "-received_at" {
			t.Errorf("kept is %v, %v", kept, err)
		}
		d.press("esc", "esc", "М", "3") // the key of V under a Cyrillic layout
		d.sees("view “Завтра 👨👩👧” · is:snoozed", "by arrival ↓")
		d.press("V", "end", "x", "y")
		d.sees("the view “Завтра 👨👩👧” is deleted")
		d.seesNot("view “Завтра 👨👩👧” ·")
		if d.store.kept["olga/views"] != "[]" {
			t.Errorf("kept is %s", d.store.kept["olga/views"])
		}
		d.press("x")
		d.press("g", "x")
		d.sees("it is in the configuration")
	})
}

func TestViewsOfAnotherSessionAreNotLostBySavingOne(t *testing.T) {
	t.Parallel()
	drive(t, 80, 24, nil, func(d *driver) {
		d.store.kept["olga/views"] = `[{"name":"theirs","list":"log","filter":"account:shop","sort":""}]`
		d.press("V", "s")
		d.typeText("mine")
		d.press("enter", "8", "V")
		d.sees("theirs")
		d.press("1")
		d.sees("view “theirs” · account:shop")
		d.press("1", "V")
		d.sees("mine")
	})
}

func TestAViewThatCannotBeCountedHasADashAndTheOthersTheirNumber(t *testing.T) {
	t.Parallel()
	drive(t, 80, 24, func(o *kit.Options, f *fakeStore) {
		withViews(o, f)
		o.Views[0].Filter = "is:unread is:"
		o.Views = append(o.Views, model.View{Name: "bad", List: model.TopicReplies, Filter: "before:never"})
	}, func(d *driver) {
		d.press("V")
		d.sees("3 bad            —", "2 всё           12")
	})
}

func TestCountsOfViewsFollowChangesButNotEachOne(t *testing.T) {
	t.Parallel()
	drive(t, 120, 40, withViews, func(d *driver) {
		d.wait(time.Minute)
		before := d.store.calls.Load()
		d.store.change([]model.ReplyID{1}, func(r *model.Reply) { r.Unread = !r.Unread })
		for range 20 {
			d.store.changes <- []model.Topic{model.TopicReplies}
			d.wait(10 * time.Millisecond)
		}
		d.wait(kit.ViewPause + time.Second)
		if was := d.screen(); strings.Contains(was, "1 unread 6 ") {
			t.Errorf("the count is old:\n%s", was)
		}
		if n := d.store.calls.Load() - before; n > 120 {
			t.Errorf("%d calls of the store for 20 changes", n)
		}
	})
}

func TestCountsThatAreQuickFollowAChangeSoon(t *testing.T) {
	t.Parallel()
	drive(t, 120, 40, withViews, func(d *driver) {
		d.wait(time.Minute)
		for _, unread := range []string{"1 unread 7", "1 unread 6", "1 unread 7"} {
			d.store.change([]model.ReplyID{2}, func(r *model.Reply) { r.Unread = !r.Unread })
			d.store.changes <- []model.Topic{model.TopicReplies}
			for range 8 { // one timer begins when another has ended
				d.wait(200 * time.Millisecond)
			}
			d.sees(unread)
		}
	})
}

func TestViewsFitANarrowScreen(t *testing.T) {
	t.Parallel()
	drive(t, 40, 10, func(o *kit.Options, f *fakeStore) {
		withViews(o, f)
		o.Views[0].Name = "непрочитанные от постоянных клиентов ещё"
		o.Language = model.Russian
	}, func(d *driver) {
		d.press("V")
		d.sees("▸ 1 непрочитанные от постоянн… ", "Подборки: входящие")
		d.press("2")
		d.sees("подборка «всё»")
	})
}
