package cache

import (
	"context"
	"os"
	"path/filepath"
	"sync"
	"testing"
)

// empty returns the bytes of a cache file without rows. Running all migrations for each of the
// tests costs more than the tests themselves.
var empty = sync.OnceValues(func() ([]byte, error) {
	dir, err := os.MkdirTemp("", "viberdeck-cache-*")
	if err != nil {
		return nil, err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	path := filepath.Join(dir, "cache.db")
	if err := os.WriteFile(path, nil, 0o600); err != nil {
		return nil, err
	}
	reader, err := openSchema(context.Background(), path, Options{}, sharing{})
	if err != nil {
		return nil, err
	}
	if err := reader.Close(); err != nil {
		return nil, err
	}
	return os.ReadFile(path)
})

// emptyFile writes a cache file without rows and returns its path.
func emptyFile(t testing.TB) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "cache.db")
	if err := os.WriteFile(path, must(empty())(t), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}
