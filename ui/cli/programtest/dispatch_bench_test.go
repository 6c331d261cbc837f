package programtest_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"viberdeck/vendors/sim"
)

// BenchmarkDispatch sends to Wooxy, 100 contacts a call, ten calls at once, and reports how long
// that takes beside the ideal: calls without a pause between them, from the first request to the
// last answer.
func BenchmarkDispatch(b *testing.B) {
	for _, delay := range []time.Duration{60 * time.Millisecond, 100 * time.Millisecond, 600 * time.Millisecond} {
		for _, people := range []int{3000, 6000} {
			b.Run(fmt.Sprintf("%d people at %s a call", people, delay), func(b *testing.B) {
				var ratios []float64
				for b.Loop() {
					ratios = append(ratios, dispatched(b, people, delay))
				}
				slices.Sort(ratios)
				b.ReportMetric(ratios[len(ratios)/2], "of-ideal")
			})
		}
	}
}

// dispatched sends one campaign and gives the time beside the ideal.
func dispatched(b *testing.B, people int, delay time.Duration) float64 {
	b.Helper()
	const perCall, atOnce, op = 100, 10, "viber/batch"
	bench := newBench(b, sim.Options{Vendors: sim.AllVendors(), Seed: 7})
	defer bench.server.Close()
	bench.world.SetFaults(sim.Fault{Op: op, Kind: sim.Delay, Delay: delay})
	loyal := killed{account: "loyalty", phone: func(i int) string { return sim.WooxyPhone(2000 + i) }}
	bench.must(3, loyal.campaign(bench, "Dispatched", "", 0, people)...) // 3: some contacts are inactive
	var times []time.Time
	for _, r := range bench.world.Requests() {
		if strings.Contains(r.Path, op) {
			times = append(times, r.At)
			if r.AtOnce > atOnce {
				b.Errorf("%d calls at once", r.AtOnce)
			}
		}
	}
	if want := people / perCall; len(times) != want {
		b.Fatalf("%d calls, want %d", len(times), want)
	}
	slices.SortFunc(times, time.Time.Compare)
	took := times[len(times)-1].Sub(times[0]) + delay
	return float64(took) / float64(delay*time.Duration(people/perCall/atOnce))
}
