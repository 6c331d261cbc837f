package model

import (
	"testing"
	"time"
)

func TestTheRateIsTheSameWhenSomebodyBeginsToLookLater(t *testing.T) {
	t.Parallel()
	start := time.Date(2026, 2, 3, 9, 0, 0, 0, time.UTC)
	p := Progress{Total: 1000, Waiting: 600, InFlight: 100, Accepted: 280, Refused: 15, Unknown: 5, Suppressed: 30,
		StartedAt: start}
	now := start.Add(3 * time.Minute)
	if rate, left := p.PerMinute(now), p.TimeLeft(now); rate != 100 || left != 7*time.Minute {
		t.Errorf("%v a minute, %v left", rate, left)
	}
	for _, unknown := range []Progress{{}, {StartedAt: now, Accepted: 5}} {
		if unknown.PerMinute(now) != 0 || unknown.TimeLeft(now) != 0 {
			t.Errorf("%+v has a rate", unknown)
		}
	}
}
