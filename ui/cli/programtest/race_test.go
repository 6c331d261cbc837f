//go:build race

package programtest_test

// buildFlags build the program as these tests were built; `make race` says why SQLite is left out.
func buildFlags() []string {
	return []string{"-race", "-gcflags=modernc.org/...=-race=false"}
}
