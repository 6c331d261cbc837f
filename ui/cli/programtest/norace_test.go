//go:build !race

package programtest_test

func buildFlags() []string { return nil }
