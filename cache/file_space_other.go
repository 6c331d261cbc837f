//go:build !linux

package cache

// freeSpace does not say here how much room a disk has.
func freeSpace(string) (bytes int64, known bool) { return 0, false }
