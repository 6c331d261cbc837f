//go:build race

package programtest_test

import "os"

// buildFlags build the program with the race detector in the long run only. SQLite is ten times
// slower under it, so that a stop beside a large send would wait for what no user waits for; the
// packages in which goroutines meet have their own tests under it.
func buildFlags() []string {
	if os.Getenv("VIBERDECK_SOAK") == "" {
		return nil
	}
	return []string{"-race"}
}
