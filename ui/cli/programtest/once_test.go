package programtest_test

import (
	"strings"
	"testing"
	"time"

	"viberdeck/vendors/sim"
)

func TestOnePassSaysWhatItPausedAndWhy(t *testing.T) {
	t.Parallel()
	b := newBench(t, sim.Options{})
	b.world.SetFaults(sim.Fault{Op: "sendBulkViber", Kind: sim.Limit, RetryAfter: 2 * time.Hour})
	b.queued("Patient")
	r := b.must(0, "work", "--once")
	for _, want := range []string{"Patient is paused, 10 people wait", "asks to be left alone for an hour or longer",
		"viberdeck campaign resume c1"} {
		if !strings.Contains(r.err, want) {
			t.Errorf("the pass that paused it does not say %q:\n%s", want, r.err)
		}
	}
	if r := b.must(0, "work", "--once"); strings.Contains(r.err, "paused") {
		t.Errorf("a pass says what it did not do:\n%s", r.err)
	}
}
