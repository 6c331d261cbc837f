package ui

import (
	"fmt"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
)

func TestALargePasteIsReadBesideTheScreenAndNothingOvertakesIt(t *testing.T) {
	t.Parallel()
	drive(t, 80, 24, nil, func(d *driver) {
		d.press("2", "N")
		d.form().GoTo("phones")
		var many strings.Builder
		for i := range 300 {
			fmt.Fprintf(&many, "+37529%07d\n", 1000000+i)
		}
		d.hold = true
		d.send(tea.PasteMsg{Content: many.String()})
		d.sees("reading what was pasted…")
		d.typeText("+375291111111")
		d.press("enter")
		d.press("ctrl+s")
		if n := len(d.form().Field("phones").People.Phones); n != 0 || d.form().Busy {
			t.Errorf("while the paste is read there are %d phones, and the check runs: %v", n, d.form().Busy)
		}
		var order []int
		for i := range d.kept {
			order = append(order, i)
		}
		d.release(order...)
		d.form().GoTo("phones")
		d.sees("300 phones")
		d.typeText("+375291000005")
		d.press("enter")
		d.sees("300 phones, 1 given twice")
	})
}
