package ui

import (
	"strings"
	"testing"
	"time"

	"viberdeck/model"
	"viberdeck/ui/kit"
)

func macros(o *kit.Options, f *fakeStore) {
	prepared(o, f)
	o.Macros = []model.Macro{{Name: "stop", Do: []string{"opt-out", "label stop", "done"}},
		{Name: "later", Do: []string{"snooze 2h", "note call back"}},
		{Name: "tell hours", Do: []string{"answer hours", "label time"}},
		{Name: "tell price", Do: []string{"answer price", "done"}}}
}

func TestAMacroRunsOnOneKeyAndItsNumber(t *testing.T) {
	t.Parallel()
	drive(t, 80, 24, macros, func(d *driver) {
		d.press(";")
		d.sees("Macros", "▸ 1 stop", "opt-out, label stop, done", "2 later")
		d.press("enter") // its words are marked: one key accepts an opt-out, and so does a macro
		if got := d.store.last(); got != "olga macro [r1] stop [opt-out label stop done]" {
			t.Errorf("the store was told %q", got)
		}
		d.sees("stop: 1 reply; u takes it back")
		if got := d.selected(); !strings.Contains(got, "333-22-01") {
			t.Errorf("the cursor stands on %q", got)
		}
		d.wait(time.Second)
		d.press("ж") // by its place on a Russian keyboard
		d.press("1")
		d.sees("stop: 1 reply?", "Nothing in the reply asks for that.", "Vendors learn of it in 30 s")
		d.press("esc", ";", "2")
		if got := d.store.last(); got != "olga macro [r2] later [snooze 2h note call back]" {
			t.Errorf("the store was told %q", got)
		}
	})
}

func TestAMacroThatAnswersShowsTheAnswerBeforeItLeaves(t *testing.T) {
	t.Parallel()
	drive(t, 80, 24, macros, func(d *driver) {
		d.press(";", "3")
		d.sees("Answer to +375 29 333-22-00", "We are open 9 to 18, Анна. olga", "tell hours: label time",
			"through minsk")
		d.press("ctrl+s")
		d.wait(time.Second)
		if got := d.store.last(); got != "olga submit Answer to r1 1 people hold 10s approve 0" {
			t.Errorf("the store was told %q", got)
		}
		if got := d.store.then; got.Name != "tell hours" || len(got.Steps) != 1 {
			t.Errorf("with it goes %+v", got)
		}
		d.press(";", "4")
		d.sees("no value here for {{price}}")
	})
	drive(t, 80, 24, func(o *kit.Options, f *fakeStore) { macros(o, f); f.replies[0].Blocked = true }, func(d *driver) {
		count := len(d.store.did)
		d.press(";", "3")
		d.sees("3 tell hours: the phone is on the blacklist")
		if len(d.store.did) != count {
			t.Errorf("the store was told %q", d.store.last())
		}
	})
	drive(t, 80, 24, nil, func(d *driver) {
		d.press(";")
		d.sees("macro: the configuration has none")
	})
}
