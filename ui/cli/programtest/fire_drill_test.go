package programtest_test

import (
	"strings"
	"testing"

	"viberdeck/vendors/sim"
)

func TestTheFireDrillBeginsWithWhatHasGoneWrongAndEndsWithAReview(t *testing.T) {
	t.Parallel()
	b := newBench(t, sim.Options{})
	b.server.Close()
	s := b.open(120, 30, "demo", "--scenario", "fire-drill")
	s.until("replies", func(string) bool { return s.selected() != "" })
	s.press("7")
	s.until("what has gone wrong", func(screen string) bool {
		return strings.Contains(screen, "UNKNOWN") && strings.Contains(screen, "paused") &&
			strings.Contains(screen, "OFFLINE promo-gr shop-ua")
	})
	s.press("q")
	if err := s.ends(); err != nil {
		t.Error(err)
	}
	s.shows("The drill is over; done well: 0, left: 3")
}
