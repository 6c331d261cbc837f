package ui

import (
	"context"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"viberdeck/model"
	"viberdeck/ui/kit"
)

func TestTheFireDrillGuidesStepByStep(t *testing.T) {
	t.Parallel()
	var done atomic.Int32
	change := func(o *kit.Options, _ *fakeStore) {
		o.Drill = func(context.Context) ([]model.DrillStep, error) {
			steps := []model.DrillStep{
				{Name: model.Say("%s is paused", "Autumn"), Story: model.Say("Look why."),
					Well: model.Say("You looked.")},
				{Name: model.Say("two accounts do not work"), Story: model.Say("Pull the brake."),
					Well: model.Say("It holds.")},
			}
			for i := range int(done.Load()) {
				steps[i].Done = true
			}
			return steps, nil
		}
	}
	drive(t, 80, 24, change, func(d *driver) {
		d.sees("fire drill: 2 things need you; K explains")
		d.wait(needsPause) // it stays until it can have been read
		d.press("K")
		d.sees("Fire drill: 2 things need you", "1. Autumn is paused", "Look why.", "2. two accounts do not work")
		d.press("x")
		done.Store(1)
		d.wait(2 * needsPause)
		d.sees("done well; 1 thing is left, next: two accounts do not work")
		d.wait(needsPause)
		d.press("K")
		d.sees("Fire drill: 1 thing needs you", "1. done well: Autumn is paused", "You looked.", "Pull the brake.")
		d.press("x")
		done.Store(2)
		d.wait(2 * needsPause)
		d.sees("done well, all of it; q ends the drill")
	})
	drive(t, 80, 24, nil, func(d *driver) {
		if slices.ContainsFunc(d.root.globalKeys(), func(b kit.Binding) bool { return b.Action == actDrill }) {
			t.Error("there is a drill where there is none")
		}
		d.wait(time.Second)
		d.seesNot("fire drill")
	})
}
