package ui

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"viberdeck/model"
	"viberdeck/ui/kit"
)

// wrongFilter is a slip for status: a field that no list has.
const wrongFilter = "stats:failed"

// selectsNothing fails unless the list in front shows no row and the reason, and no key acts on
// anything.
func (d *driver) selectsNothing() {
	d.t.Helper()
	d.sees("stats:", "Nothing is selected")
	d.seesNot("333-22", "111-11", "Sale 30")
	for _, key := range []string{"A", "o", "d", "e", "W", "space", "enter", "V", "down", "G"} {
		d.press(key)
		d.wait(time.Second)
		if d.root.d.Top() != nil || d.store.last() != "" {
			d.t.Errorf("%s did %q:\n%s", key, d.store.last(), d.screen())
		}
		d.seesNot("marked")
	}
}

func TestASavedViewWithAWrongFilterSelectsNothing(t *testing.T) {
	t.Parallel()
	for tab, list := range map[string]model.Topic{"1": model.TopicReplies, "2": model.TopicCampaigns,
		"3": model.TopicRecipients} {
		t.Run(string(list), func(t *testing.T) {
			t.Parallel()
			drive(t, 100, 24, func(o *kit.Options, _ *fakeStore) {
				o.Views = []model.View{{Name: "slip", List: list, Filter: wrongFilter}}
			}, func(d *driver) {
				d.press(tab)
				d.wait(time.Second)
				was := d.selected()
				d.press("V", "1")
				d.wait(time.Second)
				d.selectsNothing()
				d.press("esc")
				d.wait(time.Second)
				if got := d.selected(); got != was || was == "" {
					t.Errorf("Esc went back to %q, not to %q", got, was)
				}
			})
		})
	}
}

func TestAWrongFilterIsExplainedOnceAndWithoutNamingTheFilterTwice(t *testing.T) {
	t.Parallel()
	drive(t, 80, 24, nil, func(d *driver) {
		d.store.fail = model.Invalid("filter", "%s:%s means nothing in this list; it knows %s", model.FieldState,
			"scheduled", "open")
		d.press("/")
		d.typeText("state:scheduled")
		d.press("enter")
		d.wait(time.Second)
		d.sees("Nothing is selected: state:scheduled means nothing in this list")
		if n := strings.Count(d.screen(), "means nothing"); n != 1 {
			t.Errorf("the reason is given %d times:\n%s", n, d.screen())
		}
	})
}

func TestAQuestionMarkBehindAValueOfAFilterExplainsFilters(t *testing.T) {
	t.Parallel()
	drive(t, 80, 24, nil, func(d *driver) {
		d.press("/")
		d.typeText("is:unread")
		d.press("?")
		d.sees("╭", "Filters")
		d.press("esc")
		d.sees("is:unread")
		d.typeText(" когда")
		d.press("?")
		d.sees("когда?")
	})
}

func TestAKeptPlaceWithAWrongFilterSelectsNothing(t *testing.T) {
	t.Parallel()
	kept := map[string]string{"olga/dashboard": fmt.Sprintf(`{"tab":0,"screens":{"Replies":%q}}`,
		fmt.Sprintf(`{"filter":%q,"id":"r3","key":"zzz","marked":[1,2]}`, wrongFilter))}
	next(t, kept, func(d *driver) {
		d.wait(time.Second)
		d.selectsNothing()
		d.press("esc")
		d.wait(time.Second)
		d.sees("is:open", "/12")
	})
}

func TestAfterASendTheCursorIsOnTheNewCampaign(t *testing.T) {
	t.Parallel()
	for _, before := range []string{"down", "enter", "a", "s"} {
		t.Run(before, func(t *testing.T) {
			t.Parallel()
			drive(t, 80, 24, nil, func(d *driver) {
				d.press("2", "down", "down", before)
				d.write("Winter sale", "20 % off", "+375 29 111-11-11")
				d.press("ctrl+s")
				d.wait(time.Second)
				d.press("1", "enter")
				d.wait(time.Second)
				d.press("esc")
				d.wait(time.Second)
				d.press("X", "y")
				if got := d.store.last(); got != "olga recall c900" {
					t.Errorf("X did %q:\n%s", got, d.screen())
				}
			})
		})
	}
}
