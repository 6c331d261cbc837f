//go:build race

package programtest_test

import "os"

// building is how the program is built: with the race detector in the long run only. SQLite is ten
// times slower under it, so that a stop during a large send would wait longer than it does for any
// user; the packages in which goroutines meet have their own tests under it.
func building() (flags, environment []string) {
	if os.Getenv("VIBERDECK_SOAK") == "" {
		return asReleased()
	}
	return []string{"-race"}, nil
}
