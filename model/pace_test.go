package model

import (
	"testing"
	"time"
)

func TestTheCallsThatAreConfirmedAreThoseThatLeave(t *testing.T) {
	t.Parallel()
	able := ableCapabilities()
	unable := able
	unable.Lacks = map[Action]string{ActStretch: "it cannot send gradually"}
	for _, c := range []struct {
		people  int
		stretch time.Duration
		canary  int64
		caps    Capabilities
		want    int
	}{
		{people: 1000, caps: able, want: 1}, {people: 1001, caps: able, want: 2},
		{people: 1000, canary: 100, caps: able, want: 2}, {people: 2000, canary: 100, caps: able, want: 3},
		{people: 4, stretch: 2 * time.Hour, caps: able, want: 1},
		{people: 4, stretch: 2 * time.Hour, caps: unable, want: 4},
		{people: 6000, stretch: time.Hour, caps: unable, want: 60},
		{people: 6000, stretch: time.Hour, canary: 50, caps: unable, want: 61},
	} {
		people := make([]Recipient, c.people)
		p := Plan{People: PeopleOf(people...), Campaign: Campaign{Stretch: c.stretch, Canary: Canary{People: c.canary}}}
		if got := p.calls(c.caps, 1000); got != c.want {
			t.Errorf("%+v: %d", c, got)
		}
	}
}
