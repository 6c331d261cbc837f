package programtest_test

import (
	"testing"
	"time"

	"viberdeck/vendors/sim"
)

// quiet waits until nothing has been drawn for a while, and returns the total number of bytes
// drawn.
func (s *screen) quiet() int {
	s.t.Helper()
	for {
		select {
		case <-s.news:
		case <-time.After(120 * time.Millisecond):
			s.mu.Lock()
			defer s.mu.Unlock()
			return s.raw.Len()
		}
	}
}

// mostPresses keeps the cursor within the shortest list.
const mostPresses = 8

// BenchmarkKeysOnTheWire reports how many bytes a key press sends over the line at 80×24: an SSH
// line is the bottleneck, not the processor.
func BenchmarkKeysOnTheWire(b *testing.B) {
	keysOnTheWire(b, synced(b, sim.Options{Scenario: sim.Busy, Seed: 3}))
}

// BenchmarkSizeKeysOnTheWire reports the same of the large lists.
func BenchmarkSizeKeysOnTheWire(b *testing.B) { keysOnTheWire(b, sized(b)) }

func keysOnTheWire(b *testing.B, bench *bench) {
	for _, tt := range []struct{ name, view, key string }{
		{"cursor-down in replies", "1", "j"}, {"cursor-down in campaigns", "2", "j"},
		{"cursor-down in recipients", "3", "j"},
		{"page-down in replies", "1", "\x1b[6~"}, {"page-down in campaigns", "2", "\x1b[6~"},
		{"page-down in recipients", "3", "\x1b[6~"},
	} {
		b.Run(tt.name, func(b *testing.B) {
			s := bench.open(80, 24)
			s.until("replies", func(string) bool { return s.selected() != "" })
			s.press(tt.view)
			before := s.quiet()
			presses := 0
			for b.Loop() {
				if presses++; presses <= mostPresses {
					s.moves(tt.key)
				}
			}
			b.ReportMetric(float64(s.quiet()-before)/float64(min(presses, mostPresses)), "bytes/key")
		})
	}
}

// BenchmarkFirstScreen reports the time from a start until the first row is on the screen, process
// start included.
func BenchmarkFirstScreen(b *testing.B) {
	bench := synced(b, sim.Options{Scenario: sim.Busy, Seed: 3})
	for b.Loop() {
		s := bench.open(80, 24)
		s.until("replies", func(string) bool { return s.selected() != "" })
		_ = s.cmd.Process.Kill()
		_ = s.ends()
	}
}
