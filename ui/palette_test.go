package ui

import "testing"

func TestThePaletteOffersEveryActionOfEveryScreen(t *testing.T) {
	t.Parallel()
	drive(t, 100, 30, nil, func(d *driver) {
		offered := map[string]bool{}
		for _, c := range d.root.palette().(*picker).choices {
			if offered[c.name] {
				t.Errorf("%s is offered twice", c.name)
			}
			if offered[c.name] = true; c.note == "" {
				t.Errorf("%s says neither key nor reason", c.name)
			}
		}
		for _, s := range d.root.screens {
			for _, table := range append(s.keys(), globalKeys) {
				for _, b := range table {
					if !offered[string(b.action)] {
						t.Errorf("%s is not offered", b.action)
					}
				}
			}
		}
	})
}

func TestThePaletteSaysWhereAnActionOfAnotherScreenIs(t *testing.T) {
	t.Parallel()
	drive(t, 100, 30, nil, func(d *driver) {
		d.press(":")
		d.typeText("duplic")
		d.sees("duplicate", "D · not here: it belongs to Campaigns, press 2 first")
		d.press("enter")
		d.sees("Actions of Replies", "not here: it belongs to Campaigns")
	})
}

func TestThePaletteUnderstandsTheCyrillicLayout(t *testing.T) {
	t.Parallel()
	drive(t, 100, 30, nil, func(d *driver) {
		d.press("Ж") // ":" in that place
		d.typeText("ыдфин")
		d.sees("nothing matches")
		d.press("esc", "Ж")
		d.typeText("ытщщяу") // snooze
		d.sees("put it off until a time")
		d.press("enter")
		d.sees("tomorrow 9:00")
	})
}
