//go:build race

package programtest_test

// buildFlags build the program as these tests were built.
func buildFlags() []string { return []string{"-race"} }
