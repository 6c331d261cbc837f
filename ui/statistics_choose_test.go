package ui

import "testing"

func TestAnyCampaignCanBeChosenInStatistics(t *testing.T) {
	t.Parallel()
	drive(t, 100, 24, nil, func(d *driver) {
		d.press("4")
		d.sees("Sale 30 · minsk")
		d.press("/")
		d.sees("Which campaign?", "a part of its name, or its id")
		d.press("enter")
		d.sees("Sale 30", "Sale 29", "type to find")
		d.press("2", "9", "enter")
		d.sees("Sale 29 · minsk")
		d.seesNot("Which campaign?")
		d.press("esc")
		d.sees("Sale 30 · minsk")
	})
}
