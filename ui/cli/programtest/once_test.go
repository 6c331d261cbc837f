package programtest_test

import (
	"strings"
	"testing"
	"time"

	"viberdeck/vendors/sim"
)

func TestOnePassSaysWhatItPausedAndWhy(t *testing.T) {
	t.Parallel()
	b := newBench(t, sim.Options{Young: true})
	b.world.SetFaults(sim.Fault{Op: "sendBulkViber", Kind: sim.Limit, RetryAfter: 2 * time.Hour})
	b.queued("Patient")
	r := b.must(0, "work", "--once")
	for _, want := range []string{"Patient is paused, 10 people wait", "asks for no requests for an hour or longer",
		"viberdeck campaign resume c1"} {
		if !strings.Contains(r.err, want) {
			t.Errorf("the pass that paused it does not say %q:\n%s", want, r.err)
		}
	}
	if r := b.must(0, "work", "--once"); strings.Contains(r.err, "paused") {
		t.Errorf("a pass says what it did not do:\n%s", r.err)
	}
}

func TestOnePassSaysWhatTheBrakeHoldsBackAndEndsWithItsExitCode(t *testing.T) {
	t.Parallel()
	b := newBench(t, sim.Options{Young: true})
	b.must(0, "work", "--once") // nothing to do
	b.queued("Braked")
	b.must(0, "brake", "on", "--reason", "a drill")
	r := b.must(1, "work", "--once")
	for _, want := range []string{"Braked: 10 people wait: the brake is on", "a drill", "viberdeck brake off"} {
		if !strings.Contains(r.err, want) {
			t.Errorf("the pass that sent nothing does not say %q:\n%s", want, r.err)
		}
	}
	if r := b.must(1, "work", "--once", "--json"); !strings.Contains(r.out, `"campaign_name":"Braked"`) ||
		!strings.Contains(r.out, `"accepted":0,`) || !strings.Contains(r.out, `"waiting":10,`) ||
		!strings.Contains(r.out, `"error":"the brake is on"`) {
		t.Errorf("for scripts:\n%s", r.out)
	}
	b.must(0, "brake", "off")
	if r := b.must(0, "work", "--once"); !strings.Contains(r.err, "Braked: accepted 10, refused 0, unknown 0") ||
		strings.Contains(r.err, "wait") || b.sends() != 10 {
		t.Errorf("the pass that sent them (%d left):\n%s", b.sends(), r.err)
	}
	if r := b.must(0, "work", "--once"); strings.Contains(r.err, "Braked") {
		t.Errorf("a pass says what an earlier one did:\n%s", r.err)
	}
}

func TestOnePassSaysWhoWasRefusedAndWhy(t *testing.T) {
	t.Parallel()
	b := newBench(t, sim.Options{Young: true, Vendors: sim.AllVendors()})
	all := b.csv("all.csv", "contact", 2, func(i int) string { return sim.WooxyPhone(100*i + 99) })
	some := b.csv("some.csv", "contact", 2, func(i int) string { return sim.WooxyPhone(200 + 99*i) })
	for _, c := range []struct {
		name, people string
		code         int
		want         []string
	}{
		{"Nobody", all, 1, []string{"Nobody: accepted 0, refused 2, unknown 0", "Contact is not active",
			"nobody was accepted"}},
		{"Somebody", some, 3, []string{"Somebody: accepted 1, refused 1, unknown 0",
			"1 rejected: Contact is not active"}},
	} {
		b.must(0, "send", b.wooxyFile(c.name), "--to", c.people, "--confirm", "2", "--hold", "0", "--wait=false")
		r := b.must(c.code, "work", "--once")
		for _, want := range c.want {
			if !strings.Contains(r.err, want) {
				t.Errorf("the pass whose people were refused does not say %q:\n%s", want, r.err)
			}
		}
	}
}

func TestOnePassSaysWhoWaitsForATimeAndForAPerson(t *testing.T) {
	t.Parallel()
	b := newBench(t, sim.Options{Young: true})
	b.must(0, "send", b.campaignFile("minsk", "Tomorrow", 10, "send_at = "+
		time.Now().Add(24*time.Hour).Format(time.RFC3339)), "--confirm", "10", "--wait=false")
	b.queued("Stopped")
	b.must(0, "campaign", "pause", "c2")
	r := b.must(0, "work", "--once")
	for _, want := range []string{"Tomorrow: 10 people wait until ", "10 people wait for a decision",
		"viberdeck attention"} {
		if !strings.Contains(r.err, want) {
			t.Errorf("the pass does not say %q:\n%s", want, r.err)
		}
	}
}
