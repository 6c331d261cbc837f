package ui

import (
	"testing"
	"time"

	"viberdeck/model"
	"viberdeck/ui/kit"
)

func TestQueuesAreTabsWithCountsOfWhatIsFiltered(t *testing.T) {
	t.Parallel()
	drive(t, 100, 24, nil, func(d *driver) {
		d.sees("[1 open ", " 2 unread 6 ", " 5 snoozed ", " 6 done today ")
		d.press(">")
		d.sees("[2 unread 6]", "is:unread")
		d.press("/")
		d.typeText(" zzzz")
		d.press("enter")
		d.wait(kit.FilterPause + time.Second)
		d.sees("[2 unread 0]", " 1 open 0 ")
		d.press("<")
		d.sees("[1 open 0]", "is:open zzzz")
		d.press("esc")
		d.seesNot("zzzz")
		d.press("Й", "5") // Q under a Cyrillic layout
		d.sees("[5 snoozed ", "is:snoozed")
		d.press("Ю")
		d.sees("[6 done today ", "done:today")
		d.press("Ю")
		d.sees("[1 open ")
	})
}

func TestTheNextQueueAfterTheLastIsTheFirstSavedView(t *testing.T) {
	t.Parallel()
	drive(t, 100, 24, withViews, func(d *driver) {
		d.press("Q", "6", ">")
		d.sees("view “unread” · is:unread")
		d.press(">")
		d.sees("view “всё” · -is:done")
		d.press(">")
		d.sees("[1 open ")
	})
}

func TestQueuesFoldInTheirOrderAndThePresentOneStays(t *testing.T) {
	t.Parallel()
	drive(t, 40, 10, func(o *kit.Options, _ *fakeStore) { o.Language = model.Russian }, func(d *driver) {
		d.sees("[1 открыто ", "…")
		d.seesNot("сегодня готово")
		d.press("Б", "Б") // < under a Cyrillic layout
		d.sees("[5 отложено ", "1 открыто")
		d.press(">")
		d.sees("[6 готово ")
	})
}

func TestTheThreeScopesOfMarksHaveTheirTrueCounts(t *testing.T) {
	t.Parallel()
	drive(t, 80, 24, nil, func(d *driver) {
		for i := range 400 {
			d.store.replies = append(d.store.replies, model.Reply{ID: model.ReplyID(1000 + i), Account: "minsk",
				Phone: model.Phone(375447000000 + i), Text: "later", State: model.ReplyOpen,
				ReceivedAt: start.Add(time.Duration(i) * time.Second)})
		}
		d.press("r", "g")
		d.wait(time.Second)
		d.press("j", "-", "j", "j", "-")
		d.sees("3 rows marked: from there to here", "3 marked")
		d.press("esc", "g", "*")
		d.sees("rows marked: those on screen")
		d.press("esc", "g", "-", "G")
		d.sees("a range is begun")
		d.wait(time.Second)
		d.press("-")
		d.wait(time.Second)
		d.sees("412 rows marked: from there to here")
		d.press("esc", "A")
		d.wait(time.Second)
		d.sees("412 rows marked: all that match")
		d.press("esc", "-", "esc")
		d.seesNot("a range is begun")
	})
}
