//go:build !race

package programtest_test

// building is how the program is built.
func building() (flags, environment []string) { return asReleased() }
