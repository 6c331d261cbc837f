package ui

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
)

func TestTheMouseIsTheTerminalsUntilAKeyTakesIt(t *testing.T) {
	t.Parallel()
	drive(t, 80, 24, nil, func(d *driver) {
		if d.root.View().MouseMode != tea.MouseModeNone {
			t.Error("the program took the mouse unasked")
		}
		d.press("m")
		if d.root.View().MouseMode != tea.MouseModeCellMotion {
			t.Error("the key did not take the mouse")
		}
		d.press("m")
		if d.root.View().MouseMode != tea.MouseModeNone {
			t.Error("the key did not give the mouse back")
		}
	})
}

func TestAClickPutsTheCursorOnARowAndATabToTheFront(t *testing.T) {
	t.Parallel()
	drive(t, 80, 24, nil, func(d *driver) {
		d.press("2", "m")
		lines := strings.Split(d.screen(), "\n")
		d.send(tea.MouseClickMsg{X: 10, Y: 7, Button: tea.MouseLeft})
		name := strings.Fields(lines[7])[0] + " " + strings.Fields(lines[7])[1]
		if !strings.Contains(d.selected(), name) {
			t.Errorf("a click on %q selected %q", lines[7], d.selected())
		}
		d.send(tea.MouseClickMsg{X: 10, Y: 7, Button: tea.MouseRight})
		d.send(tea.MouseClickMsg{X: 10, Y: 23, Button: tea.MouseLeft})
		if !strings.Contains(d.selected(), name) {
			t.Errorf("a click beside the rows, or with another button, selected %q", d.selected())
		}
		d.send(tea.MouseWheelMsg{Button: tea.MouseWheelDown})
		if got := d.selected(); !strings.Contains(got, strings.Fields(lines[10])[1]) {
			t.Errorf("the wheel went to %q, not three rows down", got)
		}
		d.send(tea.MouseClickMsg{X: strings.Index(lines[0], "6 Black"), Y: 0, Button: tea.MouseLeft})
		d.sees("[6 Black")
	})
}

func TestADialogDoesNotHearAClick(t *testing.T) {
	t.Parallel()
	drive(t, 80, 24, nil, func(d *driver) {
		d.press("2", "m", "?")
		before := d.screen()
		d.send(tea.MouseClickMsg{X: 2, Y: 0, Button: tea.MouseLeft})
		d.send(tea.MouseClickMsg{X: 10, Y: 7, Button: tea.MouseLeft})
		if d.screen() != before {
			t.Error("a click went through the dialog")
		}
		d.send(tea.MouseWheelMsg{Button: tea.MouseWheelDown})
		if d.screen() == before {
			t.Error("the wheel does not scroll the dialog")
		}
	})
}
