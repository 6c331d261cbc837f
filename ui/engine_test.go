package ui

import (
	"testing"
	"time"

	"viberdeck/model"
	"viberdeck/ui/kit"
)

func TestTheStatusLineSaysThatNothingLeavesFromThisFile(t *testing.T) {
	t.Parallel()
	for kind, want := range map[model.StandingKind]string{
		model.StandingMoved: "MOVED FILE", model.StandingCopied: "COPIED FILE",
		model.StandingRestored: "OLDER FILE", model.StandingGone: "FILE GONE",
	} {
		drive(t, 120, 24, func(_ *kit.Options, f *fakeStore) { f.overview.Standing.Kind = kind },
			func(d *driver) { d.sees(want + ": sends nothing") })
		drive(t, 60, 24, func(_ *kit.Options, f *fakeStore) { f.overview.Standing.Kind = kind },
			func(d *driver) { d.sees("SENDS NOTHING") })
	}
}

func TestTheStatusLineNamesAnEngineThatStandsStill(t *testing.T) {
	t.Parallel()
	drive(t, 160, 24, func(_ *kit.Options, f *fakeStore) {
		f.overview.Engine = model.EngineRun{Term: 3, Host: "deck", Process: 42, Seen: start.Add(-40 * time.Second),
			Life: model.EngineStopped}
	}, func(d *driver) { d.sees("ENGINE NOT RESPONDING: process 42 on deck, last seen 40s ago") })
}
