//go:build !linux

package cache

// networkFileSystem would name the network file system dir is on. It is unknown here, so every
// directory counts as local.
func networkFileSystem(string) (string, error) { return "", nil }

// fileSystem would name the kind of file system a directory is on. It is unknown here.
func fileSystem(string) string { return "" }
