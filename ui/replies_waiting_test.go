package ui

import (
	"testing"
	"time"

	"viberdeck/model"
	"viberdeck/ui/kit"
)

func TestAReplyIsMarkedFromTheConfiguredWaitOn(t *testing.T) {
	t.Parallel()
	drive(t, 100, 24, nil, func(d *driver) {
		d.sees("5h00!", "3h40")
		d.seesNot("3h40!")
	})
	limited := func(limit time.Duration) func(*kit.Options, *fakeStore) {
		return func(o *kit.Options, _ *fakeStore) { o.Patience.Usual = limit }
	}
	drive(t, 100, 24, limited(3*time.Hour), func(d *driver) {
		d.sees("3h40!", "3h00!", "2h40")
		d.seesNot("2h40!")
		d.wait(20 * time.Minute)
		d.sees("3h00!", "333-22-08 2h40 ")
		d.seesNot("2h40!", "333-22-07 2h40")
		d.press("enter")
		d.sees("waits 5h20!")
	})
	own := func(o *kit.Options, f *fakeStore) {
		o.Patience.Accounts = map[string]time.Duration{
			"minsk": 200 * time.Minute}
	}
	drive(t, 100, 24, own, func(d *driver) { d.sees("5h00!", "3h40!", "3h00") })
	drive(t, 100, 24, limited(0), func(d *driver) {
		d.sees("5h00")
		d.seesNot("5h00!", "4h00!")
	})
}

func TestAReplyIsMarkedByTheLimitOfTheViewThroughWhichItIsSeen(t *testing.T) {
	t.Parallel()
	limits := func(o *kit.Options, _ *fakeStore) {
		o.Patience.Accounts = map[string]time.Duration{"minsk": 200 * time.Minute}
		o.Views = []model.View{
			{Name: "soon", List: model.TopicReplies, Filter: "is:open -is:snoozed",
				Waiting: &model.Duration{Duration: 170 * time.Minute}},
			{Name: "patient", List: model.TopicReplies, Filter: "is:open -is:done",
				Waiting: &model.Duration{Duration: 290 * time.Minute}},
			{Name: "never", List: model.TopicReplies, Filter: "-is:done", Waiting: &model.Duration{}},
			{Name: "usual", List: model.TopicReplies, Filter: "-is:snoozed"},
		}
	}
	usual := func(d *driver) {
		d.sees("5h00!", "3h40!", "3h00 ")
		d.seesNot("3h00!")
	}
	drive(t, 100, 24, limits, func(d *driver) {
		usual(d)
		d.press("V")
		d.sees("replies are marked with ! after 170 min")
		d.press("down", "down")
		d.sees("no reply is")
		d.press("1")
		d.sees("view “soon”", "5h00!", "3h00!", "2h40 ")
		d.press("V", "2")
		d.sees("view “patient”", "5h00!", "3h40 ")
		d.seesNot("3h40!") // not even by the account's own, which is shorter
		d.press("V", "3")
		d.sees("view “never”", "5h00 ")
		d.seesNot("5h00!")
		d.press("V", "4")
		usual(d)
		d.press("V", "1", "s")
		d.sees("3h00!") // another order is the same view
		d.press("esc", "esc")
		usual(d)
	})
}
