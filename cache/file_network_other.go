//go:build !linux

package cache

// networkFileSystem names the network file system dir is on. Here nothing tells it, so every
// directory counts as local.
func networkFileSystem(string) (string, error) { return "", nil }

// fileSystem names the kind of file system a directory is on, "" here.
func fileSystem(string) string { return "" }
